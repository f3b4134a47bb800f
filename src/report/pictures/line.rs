//! Something over time, with its band.

use jiff::civil::Date;
use kuva::plot::{BandPlot, LinePlot};
use kuva::render::datetime::DateTimeAxis;
use kuva::render::layout::Layout;
use kuva::render::plots::Plot;
use kuva::render::render::{Scene, render_multiple};

use super::round_step;
use super::terminal::{Grid, draw};
use crate::experiment::SeriesEstimate;
use crate::report::Page;
use crate::statistics::Estimate;

/// Line and band on the dark ground of a terminal, and on paper.
const ON_DARK: [&str; 2] = ["#7fc4ee", "#33607f"];
const ON_PAPER: [&str; 2] = ["#1f6fa8", "#4c8fc7"];
/// Seconds of a day.
pub(super) const DAY: f64 = 86_400.0;
/// Days between the start of the Unix clock and the first day that a scenario may speak of.
const EPOCH: Date = Date::constant(1970, 1, 1);

/// A line with a band.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// A short name for its file.
    pub name: &'static str,
    /// What it shows.
    pub title: String,
    /// Its unit.
    pub unit: String,
    /// Dates and estimates.
    pub points: Vec<(Date, Estimate)>,
}

impl Line {
    /// A series as a line.
    pub(super) fn of(series: &SeriesEstimate) -> Line {
        let step = match series.days_per_step {
            1 => "by day".to_owned(),
            7 => "by week".to_owned(),
            28 => "by four weeks".to_owned(),
            days => format!("by {days} days"),
        };
        Line {
            name: "ready_waiting",
            title: match series.estimates.iter().any(|it| !it.lower.is_nan()) {
                true => format!("{}, {step} (mean and 95% interval)", series.title),
                false => format!("{}, {step}", series.title),
            },
            unit: series.unit.to_owned(),
            points: series.dates.iter().copied().zip(series.estimates.iter().copied()).collect(),
        }
    }

    pub(super) fn terminal(&self, page: &Page) -> String {
        // Without colours nobody could see a line in its band: then the ends are lines as well.
        let plots = if page.colour { self.plots(ON_DARK) } else { self.three_lines() };
        let grid = Grid { columns: page.width, rows: 11, left: 6, right: 2, below: 2 };
        draw(page, grid, plots, self.layout(page.width))
    }

    pub(super) fn svg_scene(&self, title: String) -> Scene {
        let layout = self
            .layout(100)
            .with_width(860.0)
            .with_height(320.0)
            .with_y_label(self.unit.as_str())
            .with_title(title);
        render_multiple(self.plots(ON_PAPER), layout)
    }

    fn plots(&self, [of_line, of_band]: [&str; 2]) -> Vec<Plot> {
        let part = |index: usize| self.parts().map(move |(x, ends)| (x, ends[index]));
        let x = part(0).map(|(x, _)| x);
        let band = BandPlot::new(x, part(0).map(|(_, y)| y), part(2).map(|(_, y)| y));
        vec![Plot::Band(band.with_color(of_band)), line(part(1), of_line)]
    }

    fn three_lines(&self) -> Vec<Plot> {
        let part = |index: usize| self.parts().map(move |(x, ends)| (x, ends[index]));
        (0..3).map(|index| line(part(index), ON_DARK[0])).collect()
    }

    /// For each point its time, and the lower end, the mean and the upper end.
    fn parts(&self) -> impl Iterator<Item = (f64, [f64; 3])> + '_ {
        self.points.iter().map(|(date, it)| {
            let or_mean = |end: f64| if end.is_nan() { it.mean } else { end };
            // Where replications are few an interval may reach below nobody.
            (seconds(*date), [or_mean(it.lower).max(0.0), it.mean, or_mean(it.upper)])
        })
    }

    /// The axes, with labels of time that fit into so many columns.
    fn layout(&self, columns: usize) -> Layout {
        let ends = self.points.first().zip(self.points.last());
        let (first, last) = ends.map_or((EPOCH, EPOCH), |(first, last)| (first.0, last.0));
        let (low, high, step) = self.heights();
        Layout::auto_from_plots(&self.plots(ON_PAPER))
            .with_y_axis_min(low)
            .with_y_axis_max(high)
            .with_y_tick_step(step)
            .with_x_datetime(time_axis(first, last, columns))
            .with_x_axis_min(seconds(first))
            .with_x_axis_max(seconds(last).max(seconds(first) + DAY))
    }
}

impl Line {
    /// Where the upright axis begins and ends, and its steps: round numbers around all points.
    fn heights(&self) -> (f64, f64, f64) {
        let ends = self.parts().flat_map(|(_, ends)| ends);
        let (low, high) = ends.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), end| {
            (low.min(end), high.max(end))
        });
        if !(low.is_finite() && high > low) {
            let middle = if low.is_finite() { low } else { 0.0 };
            return ((middle - 1.0).max(0.0), middle + 1.0, 1.0);
        }
        let step = round_step((high - low) / 4.0);
        ((low / step).floor() * step, (high / step).ceil() * step, step)
    }
}

fn line(points: impl Iterator<Item = (f64, f64)>, colour: &str) -> Plot {
    Plot::Line(LinePlot::new().with_data(points).with_color(colour).with_stroke_width(2.0))
}

/// An axis of time, with labels that fit into so many columns.
pub(super) fn time_axis(first: Date, last: Date, columns: usize) -> DateTimeAxis {
    let days = (last - first).get_days().unsigned_abs() as usize;
    // A step at which labels of some width have blanks between them.
    let step = |count: usize, width: usize| count.div_ceil(columns / (width + 3)).max(1);
    match days {
        0..=21 => DateTimeAxis::days("%-d %b").with_step(step(days, 6)),
        22..=75 => DateTimeAxis::weeks("%-d %b").with_step(step(days / 7, 6)),
        76..=460 => DateTimeAxis::months("%b").with_step(step(days / 30, 3)),
        461..=1_900 => DateTimeAxis::months("%b %y").with_step(step(days / 30, 6).div_ceil(3) * 3),
        _ => DateTimeAxis::years("%Y").with_step(step(days / 365, 4)),
    }
}

/// A date as the drawing library counts: seconds since 1970.
pub(super) fn seconds(date: Date) -> f64 {
    f64::from((date - EPOCH).get_days()) * DAY
}
