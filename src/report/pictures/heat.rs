//! An outcome over two things at once.

use kuva::render::render::{Scene, render_multiple};

use super::cells::{BLUE, Cells, css};
use super::plain;
use crate::report::{Page, table};

/// Shades from least to most, for pages without colours as well.
const SHADES: [&str; 5] = [" ", "░", "▒", "▓", "█"];

/// A cell on paper \[points\].
const CELL: (f64, f64) = (72.0, 40.0);

/// Cells in rows and columns, darker for more.
#[derive(Debug, Clone, PartialEq)]
pub struct Heat {
    /// A short name for its file.
    pub name: String,
    /// What the cells show.
    pub title: String,
    /// Their unit.
    pub unit: String,
    /// What runs from left to right.
    pub across: String,
    /// What runs from below upwards.
    pub up: String,
    /// The columns.
    pub columns: Vec<String>,
    /// The rows, from below.
    pub rows: Vec<String>,
    /// The cells by row, from below, and column; not a number where there is none.
    pub values: Vec<Vec<f64>>,
    /// The same in figures.
    pub figures: Vec<Vec<String>>,
}

impl Heat {
    /// What it shows, in words.
    pub(super) fn heading(&self) -> String {
        format!("{} [{}] over {} and {}", self.title, self.unit, self.across, self.up)
    }

    /// A table of figures, each with its shade.
    pub(super) fn terminal(&self, page: &Page) -> String {
        let (low, high) = self.ends();
        let shade = |value: f64| {
            let share = (value - low) / (high - low).max(f64::MIN_POSITIVE);
            let step = (share * SHADES.len() as f64).floor().clamp(0.0, SHADES.len() as f64 - 1.0);
            if value.is_nan() { " " } else { SHADES[step as usize] }
        };
        // A range that does not fit breaks after its dash.
        let breaking = |label: &String| label.replace('–', "– ");
        let lines = self.rows.iter().zip(self.values.iter().zip(&self.figures)).rev();
        let lines = lines.map(|(label, (values, figures))| {
            let cells = values.iter().zip(figures);
            let cells = cells.map(|(value, figure)| format!("{figure} {}", shade(*value)));
            std::iter::once(breaking(label)).chain(cells).collect()
        });
        let header: Vec<String> = std::iter::once(String::new())
            .chain(self.columns.iter().map(|it| format!("{}  ", breaking(it))))
            .collect();
        let header: Vec<&str> = header.iter().map(String::as_str).collect();
        let right: Vec<usize> = (0..header.len()).collect();
        let drawn = table::columns(page, &header, &right, lines.collect());
        let axes = format!("Rows: {}. Columns: {}.", self.up, self.across);
        format!("{drawn}{}\n", page.dim(&page.wrap(&axes, 0)))
    }

    pub(super) fn svg_scene(&self, title: String) -> Scene {
        let (low, high) = self.ends();
        // A map of few rows has higher ones.
        let height = CELL.1 * self.rows.len().max(4) as f64;
        let cells = Cells {
            columns: &self.columns,
            rows: self.rows.iter().collect(),
            values: self.values.clone(),
            figures: if self.columns.len() <= 12 {
                self.figures.iter().collect()
            } else {
                Vec::new()
            },
            height: height / self.rows.len().max(1) as f64,
        };
        let share = move |value: f64| (value - low) / (high - low).max(f64::MIN_POSITIVE);
        let (plots, layout) = cells.draw(move |value| css(BLUE, share(value)));
        let layout = layout
            .with_width((260.0 + CELL.0 * self.columns.len() as f64).max(620.0))
            .with_height(160.0 + height)
            .with_x_label(plain(&self.across))
            .with_y_label(plain(&self.up))
            .with_title(title);
        render_multiple(plots, layout)
    }

    fn ends(&self) -> (f64, f64) {
        let known = self.values.iter().flatten().filter(|value| !value.is_nan());
        known.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
            (low.min(*value), high.max(*value))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::Picture;
    use super::super::cells::tests::{colour_at, place_of};
    use super::*;

    #[test]
    fn rows_run_upwards_and_more_is_darker_on_paper_and_in_the_terminal() {
        let words = |words: &[&str]| words.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
        let heat = Heat {
            name: String::new(),
            title: "delay".to_owned(),
            unit: "days".to_owned(),
            across: "x".to_owned(),
            up: "y".to_owned(),
            columns: words(&["10", "20"]),
            rows: words(&["first", "second"]),
            values: vec![vec![1.0, 2.0], vec![3.0, f64::NAN]],
            figures: vec![words(&["f-1", "f-2"]), words(&["s-1", "s-2"])],
        };
        let drawn = heat.terminal(&Page::PLAIN);
        let line = |text: &str| drawn.lines().position(|line| line.contains(text));
        assert!(line("second") < line("first"), "{drawn}");
        assert_eq!(line("second"), line("s-1"));
        let svg = Picture::Heat(heat).svg();
        for (row, column, figure) in
            [("first", "10", "f-1"), ("first", "20", "f-2"), ("second", "10", "s-1")]
        {
            let (x, y) = place_of(&svg, figure);
            assert!((y - place_of(&svg, row).1).abs() < CELL.1 / 3.0, "{figure}");
            assert!((x - place_of(&svg, column).0).abs() < CELL.0 / 3.0, "{figure}");
        }
        assert!(place_of(&svg, "second").1 < place_of(&svg, "first").1);
        let colour = |figure: &str| colour_at(&svg, place_of(&svg, figure));
        assert_eq!([colour("f-1"), colour("s-1")], ["#ffffff".to_owned(), css(BLUE, 1.0)]);
        assert_eq!(colour("s-2"), super::super::cells::NOTHING);
    }
}
