//! Choices by two counts, as dots with their intervals, on paper only.

use kuva::plot::ScatterPlot;
use kuva::render::layout::Layout;
use kuva::render::plots::Plot;
use kuva::render::render::{Scene, render_multiple};

use super::{plain, round_step};
use crate::statistics::Estimate;

/// Blue for the front, grey for what may belong to it, orange for what is beaten.
const COLOURS: [&str; 3] = ["#1f6fa8", "#8a8a8a", "#d9822b"];
/// More dots than this have no names.
const MOST_NAMES: usize = 30;

/// Choices as dots.
#[derive(Debug, Clone, PartialEq)]
pub struct Choices {
    /// A short name for its file.
    pub name: String,
    /// What it shows.
    pub title: String,
    /// What runs from left to right, with its unit and which way is better.
    pub across: String,
    /// What runs from below upwards.
    pub up: String,
    /// Those on the front, those that cannot be told apart from it, and those that are beaten.
    pub groups: [(String, Vec<Spot>); 3],
}

/// A choice.
#[derive(Debug, Clone, PartialEq)]
pub struct Spot {
    /// What is chosen.
    pub label: String,
    /// Where it lies from left to right.
    pub across: Estimate,
    /// How high.
    pub up: Estimate,
}

impl Choices {
    pub(super) fn svg_scene(&self, title: String) -> Scene {
        let layout = self
            .layout()
            .with_width(900.0)
            .with_height(560.0)
            .with_x_label(plain(&self.across))
            .with_y_label(plain(&self.up))
            .with_title(title);
        render_multiple(self.plots(), layout)
    }

    fn plots(&self) -> Vec<Plot> {
        let all: usize = self.groups.iter().map(|(_, spots)| spots.len()).sum();
        let groups = self.groups.iter().zip(COLOURS).filter(|((_, spots), _)| !spots.is_empty());
        // The front lies over the others.
        let plots = groups.rev().map(|((title, spots), colour)| {
            let half = |it: &Estimate| if it.half_width().is_nan() { 0.0 } else { it.half_width() };
            let plot = ScatterPlot::new()
                .with_data(spots.iter().map(|spot| (spot.across.mean, spot.up.mean)))
                .with_x_err(spots.iter().map(|spot| half(&spot.across)))
                .with_y_err(spots.iter().map(|spot| half(&spot.up)))
                .with_color(colour)
                .with_size(5.0)
                .with_legend(title.as_str());
            Plot::Scatter(match all > MOST_NAMES {
                true => plot,
                false => plot.with_labels(spots.iter().map(|spot| plain(&spot.label))),
            })
        });
        plots.collect()
    }

    fn layout(&self) -> Layout {
        let spots = || self.groups.iter().flat_map(|(_, spots)| spots);
        let (left, right, step) = ends(spots().map(|spot| spot.across));
        let (low, high, rise) = ends(spots().map(|spot| spot.up));
        Layout::auto_from_plots(&self.plots())
            .with_x_axis_min(left)
            .with_x_axis_max(right)
            .with_x_tick_step(step)
            .with_y_axis_min(low)
            .with_y_axis_max(high)
            .with_y_tick_step(rise)
    }
}

/// Round ends of an axis around all estimates, and its steps.
fn ends(estimates: impl Iterator<Item = Estimate>) -> (f64, f64, f64) {
    let ends = estimates.flat_map(|it| {
        if it.half_width().is_nan() { [it.mean, it.mean] } else { [it.lower, it.upper] }
    });
    let (low, high) = ends
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), end| (low.min(end), high.max(end)));
    let span = if high > low { high - low } else { high.abs().max(1.0) };
    let step = round_step(span / 4.0);
    let (low, high) = ((low / step).floor() * step, (high / step).ceil() * step);
    if high > low { (low, high, step) } else { (low - step, high + step, step) }
}
