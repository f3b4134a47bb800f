//! Charts as small as a word, to stand within a line of text.

use kuva::backend::terminal::TerminalBackend;
use kuva::render::color::Color;
use kuva::render::render::{PathData, Primitive, Scene};

use crate::report::Page;
use crate::report::pictures::round_step;
use crate::report::pictures::terminal::{CELL_HEIGHT, CELL_WIDTH, within};

/// The line on the dark ground of a terminal.
const COLOUR: &str = "#7fc4ee";

/// The upright scale that several small charts share.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Scale {
    /// The lower end.
    pub(super) low: f64,
    /// The upper end.
    pub(super) high: f64,
}

impl Scale {
    /// Round ends around all values, at least so far apart.
    pub(super) fn around(values: &[f64], least_span: f64) -> Scale {
        let known = values.iter().filter(|value| value.is_finite());
        let ends = known.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
            (low.min(*value), high.max(*value))
        });
        let (low, high) = if ends.0 <= ends.1 { ends } else { (0.0, 0.0) };
        let missing = (least_span - (high - low)).max(0.0);
        // What cannot be negative is not drawn on a scale that is.
        let below = if low >= 0.0 { (missing / 2.0).min(low) } else { missing / 2.0 };
        let (low, high) = (low - below, high + missing - below);
        let step = round_step((high - low) / 4.0);
        Scale { low: (low / step).floor() * step, high: (high / step).ceil() * step }
    }

    /// Where a value lies, from 0 at the lower end to 1 at the upper.
    fn share(&self, value: f64) -> f64 {
        ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0)
    }
}

/// Values from left to right in one line of so many columns.
pub(super) fn chart(page: &Page, columns: usize, values: &[f64], scale: &Scale) -> String {
    let (width, height) = (columns as f64 * CELL_WIDTH, CELL_HEIGHT);
    // Half a dot from the edges, so that the line lies within.
    let inset = height / 8.0;
    let last = values.len().saturating_sub(1).max(1) as f64;
    let points = values.iter().enumerate().filter(|(_, value)| value.is_finite());
    let mut path = String::new();
    for (index, value) in points {
        let x = inset + (width - 2.0 * inset) * index as f64 / last;
        let y = height - inset - (height - 2.0 * inset) * scale.share(*value);
        path += &format!("{}{x:.2},{y:.2} ", if path.is_empty() { 'M' } else { 'L' });
    }
    let mut scene = Scene::new(width, height);
    scene.add(Primitive::Path(Box::new(PathData {
        d: path,
        fill: None,
        stroke: Color::from(COLOUR),
        stroke_width: 2.0,
        opacity: None,
        stroke_dasharray: None,
    })));
    let drawn = TerminalBackend::new(columns, 1).render_scene(&scene);
    let line = drawn.lines().next().unwrap_or_default();
    within(page, line, columns)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scales_are_round_and_make_little_of_little() {
        let around = |values: &[f64], least| {
            let scale = Scale::around(values, least);
            format!("{:.3} to {:.3}", scale.low, scale.high)
        };
        assert_eq!(around(&[0.41, 0.58], 0.1), "0.400 to 0.600");
        assert_eq!(around(&[0.5, 0.5], 0.1), "0.450 to 0.550");
        assert_eq!(around(&[0.001, 0.002, f64::NAN], 0.1), "0.000 to 0.100");
        assert_eq!(around(&[], 0.1), "0.000 to 0.100");
    }

    #[test]
    fn a_chart_is_as_wide_as_it_should_be() {
        let scale = Scale { low: 0.0, high: 1.0 };
        let rising = chart(&Page::PLAIN, 6, &[0.0, 0.25, 0.5, 0.75, 1.0], &scale);
        assert_eq!(rising, "⣀⠤⠤⠤⠒⠉");
        let broken = chart(&Page::PLAIN, 6, &[f64::NAN], &scale);
        assert_eq!(broken, " ".repeat(6));
        let colour = Page { width: 80, colour: true };
        assert!(chart(&colour, 6, &[0.0, 1.0], &scale).ends_with("\x1b[0m"));
    }
}
