//! Small multiples on paper and on a projector: a grid of panels, with labels beside the lines.

use kuva::plot::line::LineStyle;
use kuva::plot::{BandPlot, LinePlot};
use kuva::render::color::Color;
use kuva::render::layout::{Layout, TickFormat};
use kuva::render::plots::Plot;
use kuva::render::render::{Primitive, Scene, TextAnchor, render_multiple};

use super::{HOURS, Panels};
use crate::experiment::{Course, Quantity};
use crate::report::Page;
use crate::report::pictures::line::{DAY, seconds, time_axis};
use crate::report::pictures::{FONT, plain, round_step};

/// Colours that nearly everybody can tell apart, on white and on a pale projector (Okabe and Ito).
const COLOURS: [&str; 6] = ["#0072b2", "#d55e00", "#009e73", "#7b4ea3", "#a6761d", "#333333"];
/// Dashes, so that lines which lie on each other can all be seen.
const STROKES: [Option<&str>; 3] = [None, Some("11 7"), Some("3 6")];
/// A panel, in points.
const PANEL: (f64, f64) = (600.0, 310.0);
/// What lies around the plot of a panel: left, top, bottom.
const MARGINS: (f64, f64, f64) = (64.0, 44.0, 40.0);
/// Between the plot and the labels of its lines.
const BESIDE: f64 = 10.0;
/// Around everything.
const PADDING: f64 = 14.0;
/// What the title of the whole picture takes.
const TITLE: f64 = 44.0;
/// Sizes of letters.
const TITLE_SIZE: u32 = 22;
const PANEL_TITLE_SIZE: u32 = 17;
const LABEL_SIZE: u32 = 15;
const TICK_SIZE: u32 = 14;
/// Characters in a line of a label.
const LABEL_WIDTH: usize = 22;
/// From one line of a label to the next.
const LEADING: f64 = 18.0;

/// The upright axis of a panel.
struct Axis {
    low: f64,
    high: f64,
    step: f64,
}

/// The label of a line.
struct Label {
    lines: Vec<String>,
    colour: &'static str,
    /// Where its middle would be best.
    middle: f64,
}

impl Panels {
    /// Drawn as a scene.
    pub(in crate::report::pictures) fn svg_scene(&self) -> Scene {
        let columns = self.quantities.len().clamp(1, 2);
        let rows = self.quantities.len().div_ceil(columns);
        let mut scene = Scene::new(
            2.0 * PADDING + PANEL.0 * columns as f64,
            2.0 * PADDING + TITLE + PANEL.1 * rows as f64,
        );
        scene.background_color = Some("white".to_owned());
        scene.font_family = Some(FONT.to_owned());
        scene.add(Primitive::Text {
            x: PADDING,
            y: PADDING + f64::from(TITLE_SIZE),
            content: plain(&format!("{} (mean and 95% interval)", self.title)),
            size: TITLE_SIZE,
            anchor: TextAnchor::Start,
            rotate: None,
            bold: true,
            color: None,
        });
        let highest = self.highest();
        for (index, quantity) in self.quantities.iter().enumerate() {
            let x = PADDING + PANEL.0 * (index % columns) as f64;
            let y = PADDING + TITLE + PANEL.1 * (index / columns) as f64;
            scene.add(Primitive::GroupStart {
                transform: Some(format!("translate({x},{y})")),
                title: None,
                extra_attrs: None,
            });
            scene.elements.extend(panel(quantity, &axis(quantity, highest)).elements);
            scene.add(Primitive::GroupEnd);
        }
        scene
    }

    /// The highest share of the hours that are not for tasks, which have one scale.
    fn highest(&self) -> Option<f64> {
        let protected = self.quantities.iter().filter(|it| it.name != "effort_task");
        (self.name == HOURS).then(|| protected.flat_map(values).fold(0.0, f64::max))
    }
}

/// The means and the ends of all intervals of a quantity.
fn values(quantity: &Quantity) -> impl Iterator<Item = f64> + '_ {
    let points = quantity.courses.iter().flat_map(|course| &course.points);
    let ends = points.flat_map(|(_, it)| [it.lower, it.mean, it.upper]);
    ends.filter(|value| value.is_finite())
}

/// The whole scale where it has ends; from nothing where it has one; else what there is to see.
fn axis(quantity: &Quantity, highest: Option<f64>) -> Axis {
    let top = values(quantity).fold(0.0, f64::max);
    match quantity.unit {
        "0 to 1" => Axis { low: 0.0, high: 1.0, step: 0.2 },
        "1 to 5" => Axis { low: 1.0, high: 5.0, step: 1.0 },
        "share" if quantity.name == "effort_task" => Axis { low: 0.0, high: 1.0, step: 0.25 },
        "share" | "share of the start" => {
            let top = highest.unwrap_or(top).max(0.01);
            let step = round_step(top / 5.0);
            Axis { low: 0.0, high: (top / step).ceil() * step, step }
        }
        _ => {
            // Around 1, where as much is asked as can be done.
            let least = values(quantity).fold(0.9, f64::min);
            let step = round_step((top.max(1.1) - least) / 5.0);
            let high = (top.max(1.1) / step).ceil() * step;
            Axis { low: (least / step).floor() * step, high, step }
        }
    }
}

/// A panel: its title, its lines with their bands, and their labels.
fn panel(quantity: &Quantity, axis: &Axis) -> Scene {
    let right = BESIDE + 0.6 * f64::from(LABEL_SIZE) * LABEL_WIDTH as f64;
    let mut plots = Vec::new();
    let mut labels = Vec::new();
    let plot_height = PANEL.1 - MARGINS.1 - MARGINS.2;
    for (index, (course, colour)) in quantity.courses.iter().zip(COLOURS.iter().cycle()).enumerate()
    {
        plots.extend(lines(course, axis, colour, STROKES[index % STROKES.len()]));
        if let Some((_, last)) = course.points.last() {
            let share = ((last.mean - axis.low) / (axis.high - axis.low)).clamp(0.0, 1.0);
            labels.push(Label {
                lines: label(&course.title),
                colour,
                middle: MARGINS.1 + plot_height * (1.0 - share),
            });
        }
    }
    let unit = match quantity.unit {
        "share of the start" => "% of those at the start".to_owned(),
        "share" => "% of staff".to_owned(),
        unit => unit.to_owned(),
    };
    let unit =
        if quantity.name.starts_with("effort_") { "% of all hours".to_owned() } else { unit };
    let mut scene = render_multiple(plots, layout(quantity, axis, right));
    scene.add(Primitive::Text {
        x: MARGINS.0,
        y: MARGINS.1 - 16.0,
        content: plain(&format!("{} [{unit}]", quantity.title)),
        size: PANEL_TITLE_SIZE,
        anchor: TextAnchor::Start,
        rotate: None,
        bold: true,
        color: None,
    });
    for (label, top) in spread(&mut labels, MARGINS.1, MARGINS.1 + plot_height) {
        for (index, line) in label.lines.iter().enumerate() {
            scene.add(Primitive::Text {
                x: PANEL.0 - right + BESIDE,
                y: top + LEADING * index as f64 + 0.75 * LEADING,
                content: line.clone(),
                size: LABEL_SIZE,
                anchor: TextAnchor::Start,
                rotate: None,
                bold: false,
                color: Some(Color::from(label.colour)),
            });
        }
    }
    scene
}

/// A name in short lines; a pair of organisations is broken between them.
fn label(title: &str) -> Vec<String> {
    let narrow = Page { width: LABEL_WIDTH, colour: false };
    let (one, other) = title.split_once(" with ").unwrap_or((title, ""));
    let other = if other.is_empty() { String::new() } else { format!("with {other}") };
    let parts = [one, &other].map(|part| narrow.wrap(part, 0));
    parts.iter().flat_map(|part| part.lines()).map(plain).collect()
}

/// The band and the line of a course.
fn lines(course: &Course, axis: &Axis, colour: &str, stroke: Option<&str>) -> Vec<Plot> {
    let held = |value: f64| value.clamp(axis.low, axis.high);
    let points = || course.points.iter().filter(|(_, it)| it.mean.is_finite());
    let or_mean = |end: f64, mean: f64| held(if end.is_nan() { mean } else { end });
    let band = BandPlot::new(
        points().map(|(date, _)| seconds(*date)),
        points().map(|(_, it)| or_mean(it.lower, it.mean)),
        points().map(|(_, it)| or_mean(it.upper, it.mean)),
    );
    let line = LinePlot::new()
        .with_data(points().map(|(date, it)| (seconds(*date), held(it.mean))))
        .with_color(colour)
        .with_stroke_width(2.8)
        .with_line_style(stroke.map_or(LineStyle::Solid, |it| LineStyle::Custom(it.to_owned())));
    vec![Plot::Band(band.with_color(colour).with_opacity(0.18)), Plot::Line(line)]
}

/// The axes of a panel.
fn layout(quantity: &Quantity, axis: &Axis, right: f64) -> Layout {
    let dates = || quantity.courses.iter().flat_map(|it| &it.points).map(|(date, _)| *date);
    let epoch = jiff::civil::Date::constant(1970, 1, 1);
    let (first, last) = (dates().min().unwrap_or(epoch), dates().max().unwrap_or(epoch));
    let percent = quantity.unit.starts_with("share");
    let digits = if axis.step < 0.1 { 2 } else { 1 };
    let tick = move |value: f64| match percent {
        true => format!("{:.0}%", value * 100.0),
        false if (value - value.round()).abs() < 1e-9 => format!("{value:.0}"),
        false => format!("{value:.digits$}"),
    };
    Layout::new((seconds(first), seconds(last)), (axis.low, axis.high))
        .with_width(PANEL.0)
        .with_height(PANEL.1)
        .with_force_margins(MARGINS.0, right)
        .with_force_margins_y(MARGINS.1, MARGINS.2)
        .with_tick_size(TICK_SIZE)
        .with_y_axis_min(axis.low)
        .with_y_axis_max(axis.high)
        .with_y_tick_step(axis.step)
        .with_y_tick_format(TickFormat::Custom(std::sync::Arc::new(tick)))
        .with_x_datetime(time_axis(first, last, 40))
        .with_x_axis_min(seconds(first))
        .with_x_axis_max(seconds(last).max(seconds(first) + DAY))
}

/// Labels with their tops: each as near to its line as the others let it, and none on another.
fn spread(labels: &mut [Label], top: f64, bottom: f64) -> Vec<(&Label, f64)> {
    labels.sort_by(|one, other| one.middle.total_cmp(&other.middle));
    let height = |label: &Label| LEADING * label.lines.len() as f64;
    let mut tops = Vec::new();
    let mut free = top - LEADING / 2.0;
    for label in labels.iter() {
        let at = (label.middle - height(label) / 2.0).max(free);
        tops.push(at);
        free = at + height(label);
    }
    // What hangs over at the bottom moves up, and with it those above.
    let mut end = bottom + LEADING / 2.0;
    for (at, label) in tops.iter_mut().zip(labels.iter()).rev() {
        *at = at.min(end - height(label));
        end = *at;
    }
    labels.iter().zip(tops).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tops(middles: &[f64]) -> Vec<f64> {
        let label = |middle: &f64| Label {
            lines: vec!["a".to_owned(), "b".to_owned()],
            colour: COLOURS[0],
            middle: *middle,
        };
        let mut labels: Vec<Label> = middles.iter().map(label).collect();
        spread(&mut labels, 0.0, 200.0).into_iter().map(|(_, top)| top).collect()
    }

    #[test]
    fn labels_stand_at_their_lines_and_never_on_each_other() {
        assert_eq!(tops(&[50.0, 150.0]), [32.0, 132.0]);
        assert_eq!(tops(&[100.0, 100.0]), [82.0, 118.0]);
        assert_eq!(tops(&[200.0, 199.0]), [137.0, 173.0], "they stay within the panel");
    }
}
