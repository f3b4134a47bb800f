//! Differences as dots with their intervals, around a line at 0.

use kuva::plot::ForestPlot;
use kuva::plot::forest::ForestRow;
use kuva::render::layout::Layout;
use kuva::render::plots::Plot;
use kuva::render::render::{Scene, render_multiple};

use super::terminal::{Grid, draw};
use super::{clipped, longest, plain};
use crate::report::Page;
use crate::statistics::Estimate;

/// Blue for better, orange for worse, grey for neither: nearly everybody can tell them apart.
const GOOD: &str = "#4c8fc7";
const BAD: &str = "#d9822b";
const NEITHER: &str = "#8a8a8a";

/// Dots, the first on top.
#[derive(Debug, Clone, PartialEq)]
pub struct Forest {
    /// A short name for its file.
    pub name: String,
    /// What the dots show.
    pub title: String,
    /// Their unit.
    pub unit: String,
    /// The dots.
    pub dots: Vec<Dot>,
}

/// One difference.
#[derive(Debug, Clone, PartialEq)]
pub struct Dot {
    /// What differs.
    pub label: String,
    /// By how much, in figures or words.
    pub value: String,
    /// Where the dot and its interval lie.
    pub estimate: Estimate,
    /// Whether that is good.
    pub news: News,
}

/// What a difference means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum News {
    /// It is better.
    Good,
    /// It is worse.
    Bad,
    /// It is neither, or cannot be told.
    None,
}

impl Forest {
    /// A row of characters for each dot: label, figures, interval and dot.
    pub(super) fn terminal(&self, page: &Page) -> String {
        let value = longest(self.dots.iter().map(|dot| &dot.value));
        let most = (page.width * 13 / 20).saturating_sub(value + 5).max(8);
        let label = longest(self.dots.iter().map(|dot| &dot.label)).min(most);
        let labels = self
            .dots
            .iter()
            .map(|dot| format!("{:<label$}  {:<value$}", clipped(&dot.label, label), dot.value));
        let grid = Grid {
            columns: page.width,
            rows: self.dots.len() + 2,
            left: label + value + 5,
            right: 2,
            below: 2,
        };
        let plots = vec![self.plot(labels.collect(), super::terminal::CELL_WIDTH * 0.4)];
        let layout = self.layout(&plots);
        draw(page, grid, plots, layout)
    }

    pub(super) fn svg_scene(&self, title: String) -> Scene {
        let labels = self.dots.iter().map(|dot| format!("{}: {}", dot.label.trim(), dot.value));
        let plots = vec![self.plot(labels.collect(), 5.0)];
        let layout = self
            .layout(&plots)
            .with_width(860.0)
            .with_height(120.0 + 30.0 * self.dots.len() as f64)
            .with_x_label(plain(&self.unit))
            .with_title(title);
        render_multiple(plots, layout)
    }

    fn plot(&self, labels: Vec<String>, marker: f64) -> Plot {
        let mut plot = ForestPlot::new().with_null_value(0.0).with_marker_size(marker);
        plot.rows = labels
            .into_iter()
            .zip(&self.dots)
            .map(|(label, dot)| {
                let it = &dot.estimate;
                let or_mean = |end: f64| if end.is_nan() { it.mean } else { end };
                let end = self.end();
                let [mean, lower, upper] = [it.mean, or_mean(it.lower), or_mean(it.upper)]
                    .map(|value| value.clamp(-end, end));
                let mut row = ForestRow::new(plain(&label), mean, lower, upper);
                row.color = Some(colour(dot.news).to_owned());
                row
            })
            .collect();
        Plot::Forest(plot)
    }

    fn layout(&self, plots: &[Plot]) -> Layout {
        let end = self.end();
        Layout::auto_from_plots(plots).with_x_axis_min(-end).with_x_axis_max(end)
    }

    /// Where the axis ends on either side.
    fn end(&self) -> f64 {
        let far = |dot: &Dot| dot.estimate.lower.abs().max(dot.estimate.upper.abs());
        let end = self.dots.iter().map(far).filter(|end| end.is_finite()).fold(0.0, f64::max);
        if end > 0.0 { end } else { 1.0 }
    }
}

fn colour(news: News) -> &'static str {
    match news {
        News::Good => GOOD,
        News::Bad => BAD,
        News::None => NEITHER,
    }
}
