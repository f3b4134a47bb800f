//! Differences as dots with their intervals, around a line at 0.

use kuva::plot::ForestPlot;
use kuva::plot::forest::ForestRow;
use kuva::render::layout::Layout;
use kuva::render::plots::Plot;
use kuva::render::render::{Scene, render_multiple};

use super::terminal::{CELL_WIDTH, Grid, draw};
use super::{clipped, longest, plain, round_step};
use crate::report::Page;
use crate::statistics::Estimate;

/// Blue for better, orange for worse, grey for neither: nearly everybody can tell them apart.
const GOOD: &str = "#4c8fc7";
const BAD: &str = "#d9822b";
const NEITHER: &str = "#8a8a8a";

/// An axis that is cut ends at so many times the middle one of the intervals' far ends.
const FARTHEST: f64 = 4.0;

/// The longest label beside a picture on paper \[characters\].
const LONGEST_ON_PAPER: usize = 40;

/// Dots, the first on top.
#[derive(Debug, Clone, PartialEq)]
pub struct Forest {
    /// A short name for its file.
    pub name: String,
    /// What the dots show.
    pub title: String,
    /// Their unit.
    pub unit: String,
    /// Whether the axis ends before the intervals that reach much farther than most.
    pub cut: bool,
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
    /// A row of characters for each dot: label, figures, interval and dot; then the axis.
    pub(super) fn terminal(&self, page: &Page) -> String {
        let values: Vec<String> = self.dots.iter().map(|dot| self.value(dot)).collect();
        let value = longest(values.iter());
        let most = (page.width * 7 / 10).saturating_sub(value + 2).max(8);
        let label = longest(self.dots.iter().map(|dot| &dot.label)).min(most);
        let left = label + value + 2;
        let grid = Grid {
            columns: page.width.saturating_sub(left),
            rows: self.dots.len() + 2,
            // Room for half of the first label of the axis.
            left: 3,
            right: 2,
            below: 2,
        };
        let plots = vec![self.plot(vec![String::new(); self.dots.len()], CELL_WIDTH * 0.4)];
        let mut layout = self.layout(&plots);
        // The labels stand before the rows; the library would draw a tick to each of them.
        layout.suppress_y_ticks = true;
        let drawn = draw(page, grid, plots, layout);
        let labels = self.dots.iter().zip(&values).map(|(dot, value_of_it)| {
            format!("{:<label$}  {value_of_it:<value$}", clipped(&dot.label, label))
        });
        let labels = labels.chain(std::iter::repeat(" ".repeat(left)));
        labels.zip(drawn.lines()).map(|(label, line)| format!("{label}{line}\n")).collect()
    }

    pub(super) fn svg_scene(&self, title: String) -> Scene {
        let label = |dot: &Dot| {
            format!("{}: {}", clipped(dot.label.trim(), LONGEST_ON_PAPER), self.value(dot))
        };
        let plots = vec![self.plot(self.dots.iter().map(label).collect(), 5.0)];
        let layout = self
            .layout(&plots)
            .with_width(860.0)
            .with_height(120.0 + 30.0 * self.dots.len() as f64)
            .with_x_label(plain(&self.unit))
            .with_title(title);
        render_multiple(plots, layout)
    }

    fn plot(&self, labels: Vec<String>, marker: f64) -> Plot {
        let (low, high) = self.ends();
        let mut plot = ForestPlot::new().with_null_value(0.0).with_marker_size(marker);
        plot.rows = labels
            .into_iter()
            .zip(&self.dots)
            .map(|(label, dot)| {
                let [mean, lower, upper] = dot.parts().map(|value| value.clamp(low, high));
                let mut row = ForestRow::new(plain(&label), mean, lower, upper);
                row.color = Some(colour(dot.news).to_owned());
                row
            })
            .collect();
        Plot::Forest(plot)
    }

    fn layout(&self, plots: &[Plot]) -> Layout {
        let (low, high) = self.ends();
        Layout::auto_from_plots(plots)
            .with_x_axis_min(low)
            .with_x_axis_max(high)
            .with_x_tick_step(round_step((high - low) / 3.0))
    }

    /// The figures of a dot; with an arrow if it reaches beyond the axis.
    fn value(&self, dot: &Dot) -> String {
        let (low, high) = self.ends();
        let [_, lower, upper] = dot.parts();
        match () {
            () if upper > high => format!("{} →", dot.value),
            () if lower < low => format!("{} ←", dot.value),
            () => dot.value.clone(),
        }
    }

    /// Where the axis begins and ends: around 0 and all intervals, unless it is cut.
    fn ends(&self) -> (f64, f64) {
        let far = |dot: &Dot| dot.parts().map(f64::abs).into_iter().fold(0.0, f64::max);
        let mut sizes: Vec<f64> = self.dots.iter().map(far).collect();
        sizes.sort_by(f64::total_cmp);
        let middle = sizes.get(sizes.len() / 2).copied().unwrap_or(0.0);
        let most = if self.cut && middle > 0.0 { middle * FARTHEST } else { f64::INFINITY };
        let parts = || self.dots.iter().flat_map(Dot::parts).map(|end| end.clamp(-most, most));
        let (low, high) = (parts().fold(0.0, f64::min), parts().fold(0.0, f64::max));
        // Some room beyond the last interval; where there is none, the axis begins at 0.
        let room = (high - low) * 0.06;
        let and_room = |end: f64| if end == 0.0 { 0.0 } else { end + room * end.signum() };
        if high > low { (and_room(low), and_room(high)) } else { (-1.0, 1.0) }
    }
}

impl Dot {
    /// The mean and both ends, which are the mean if there is no interval.
    fn parts(&self) -> [f64; 3] {
        let it = &self.estimate;
        let or_mean = |end: f64| if end.is_nan() { it.mean } else { end };
        [it.mean, or_mean(it.lower), or_mean(it.upper)]
    }
}

fn colour(news: News) -> &'static str {
    match news {
        News::Good => GOOD,
        News::Bad => BAD,
        News::None => NEITHER,
    }
}
