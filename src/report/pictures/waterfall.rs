//! A difference as a flight of steps: what each part brings, and where they end together.

use kuva::plot::WaterfallPlot;
use kuva::render::layout::Layout;
use kuva::render::plots::Plot;
use kuva::render::render::{Scene, render_multiple};

use super::terminal::{Grid, draw};
use super::{plain, round_step};
use crate::report::Page;

/// Blue for better, orange for worse, grey for the whole and where neither is better.
const BLUE: &str = "#4c8fc7";
const ORANGE: &str = "#d9822b";
const GREY: &str = "#8a8a8a";
/// Rows of the picture in the terminal.
const ROWS: usize = 13;
/// More steps than this do not fit into the terminal.
const WIDEST_STEP: usize = 9;

/// Steps from 0 to the whole.
#[derive(Debug, Clone, PartialEq)]
pub struct Waterfall {
    /// A short name for its file.
    pub name: String,
    /// What it takes apart.
    pub title: String,
    /// Its unit.
    pub unit: String,
    /// Whether more is better; `None` if neither way is.
    pub more_is_better: Option<bool>,
    /// The steps: what stands below each in the terminal, what on paper, and how far it goes.
    pub steps: Vec<(String, String, f64)>,
}

impl Waterfall {
    /// Steps with their numbers below them; the whole stands last.
    pub(super) fn terminal(&self, page: &Page) -> String {
        let bars = self.steps.len() + 1;
        let grid = Grid {
            columns: page.width.min(10 + bars * WIDEST_STEP),
            rows: ROWS,
            left: 8,
            right: 2,
            below: 2,
        };
        let labels = self.steps.iter().map(|(number, ..)| number.clone());
        let plots = vec![self.plot(labels)];
        let layout = self.layout(&plots);
        draw(page, grid, plots, layout)
    }

    pub(super) fn svg_scene(&self, title: String) -> Scene {
        let labels = self.steps.iter().map(|(_, label, _)| plain(label));
        let plots = vec![self.plot(labels)];
        let layout = self
            .layout(&plots)
            .with_width((280.0 + 110.0 * (self.steps.len() + 1) as f64).max(860.0))
            .with_height(560.0)
            .with_x_tick_rotate(-35.0)
            .with_y_label(plain(&self.unit))
            .with_title(title);
        render_multiple(plots, layout)
    }

    fn plot(&self, labels: impl Iterator<Item = String>) -> Plot {
        let (up, down) = match self.more_is_better {
            Some(true) => (BLUE, ORANGE),
            Some(false) => (ORANGE, BLUE),
            None => (GREY, GREY),
        };
        let mut plot = WaterfallPlot::new()
            .with_color_positive(up)
            .with_color_negative(down)
            .with_color_total(GREY)
            .with_connectors();
        for (label, (_, _, value)) in labels.zip(&self.steps) {
            plot = plot.with_delta(label, *value);
        }
        Plot::Waterfall(plot.with_total("all"))
    }

    fn layout(&self, plots: &[Plot]) -> Layout {
        let mut at = 0.0;
        let (mut low, mut high) = (0.0_f64, 0.0_f64);
        for (_, _, value) in &self.steps {
            at += value;
            low = low.min(at);
            high = high.max(at);
        }
        let span = if high > low { high - low } else { 1.0 };
        let room = |end: f64| if end == 0.0 { 0.0 } else { end + 0.08 * span * end.signum() };
        Layout::auto_from_plots(plots)
            .with_y_axis_min(room(low))
            .with_y_axis_max(if high > low { room(high) } else { 1.0 })
            .with_y_tick_step(round_step(span / 3.0))
    }
}
