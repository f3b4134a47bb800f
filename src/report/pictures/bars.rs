//! Amounts side by side, with their intervals.

use kuva::plot::BarPlot;
use kuva::render::layout::Layout;
use kuva::render::plots::Plot;
use kuva::render::render::{Scene, render_multiple};

use super::terminal::{Grid, draw};
use super::{clipped, longest, plain};
use crate::report::Page;
use crate::statistics::Estimate;

/// The colour of all bars: blue, which nearly everybody can tell from its ground.
const COLOUR: &str = "#4c8fc7";

/// Bars, the first on top.
#[derive(Debug, Clone, PartialEq)]
pub struct Bars {
    /// A short name for its file.
    pub name: &'static str,
    /// What the bars show.
    pub title: String,
    /// Their unit.
    pub unit: String,
    /// The bars.
    pub bars: Vec<Bar>,
}

/// One bar.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    /// What it is.
    pub label: String,
    /// Its length in figures, with the interval.
    pub value: String,
    /// Its length.
    pub estimate: Estimate,
}

impl Bars {
    /// A row of characters for each bar: label, figures, bar, and the end of the interval.
    pub(super) fn terminal(&self, page: &Page) -> String {
        let value = longest(self.bars.iter().map(|bar| &bar.value));
        let most = (page.width * 3 / 5).saturating_sub(value + 5).max(8);
        let label = longest(self.bars.iter().map(|bar| &bar.label)).min(most);
        let labels = self
            .bars
            .iter()
            .map(|bar| format!("{:<label$}  {:>value$}", clipped(&bar.label, label), bar.value));
        let grid = Grid {
            columns: page.width,
            rows: self.bars.len() + 1,
            left: label + value + 5,
            right: 2,
            below: 1,
        };
        let plots = vec![self.plot(labels.collect(), 0.45)];
        let mut layout =
            Layout::auto_from_plots(&plots).with_x_axis_min(0.0).with_x_axis_max(self.top());
        layout.suppress_x_ticks = true;
        let drawn = draw(page, grid, plots, layout);
        // The last row is the axis, which says nothing: the figures stand beside the bars.
        let keep = drawn.trim_end_matches('\n').rfind('\n').map_or(0, |at| at + 1);
        drawn[..keep].to_owned()
    }

    pub(super) fn svg_scene(&self, title: String) -> Scene {
        let labels = self.bars.iter().map(|bar| format!("{}: {}", bar.label, bar.value));
        let plots = vec![self.plot(labels.collect(), 0.6)];
        let layout = Layout::auto_from_plots(&plots)
            .with_width(860.0)
            .with_height(120.0 + 36.0 * self.bars.len() as f64)
            .with_x_axis_min(0.0)
            .with_x_axis_max(self.top())
            .with_x_label(plain(&self.unit))
            .with_title(title);
        render_multiple(plots, layout)
    }

    fn plot(&self, labels: Vec<String>, width: f64) -> Plot {
        // The library begins at the bottom.
        let bars = labels.into_iter().zip(&self.bars).rev();
        let bars = bars.map(|(label, bar)| (plain(&label), bar.estimate.mean, COLOUR));
        let errors = self.bars.iter().rev().map(|bar| {
            let half = bar.estimate.half_width();
            if half.is_nan() { 0.0 } else { half }
        });
        let mut plot =
            BarPlot::new().with_horizontal(true).with_width(width).with_colored_bars(bars);
        if self.bars.iter().any(|bar| !bar.estimate.half_width().is_nan()) {
            plot = plot.with_error(errors).with_error_color("#888888");
        }
        Plot::Bar(plot)
    }

    /// The end of the axis.
    fn top(&self) -> f64 {
        let end = |bar: &Bar| bar.estimate.upper.max(bar.estimate.mean);
        let top = self.bars.iter().map(end).fold(0.0, f64::max);
        if top > 0.0 { top * 1.02 } else { 1.0 }
    }
}
