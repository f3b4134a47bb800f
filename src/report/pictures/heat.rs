//! An outcome over two things at once.

use kuva::plot::{ColorMap, Heatmap};
use kuva::render::layout::Layout;
use kuva::render::plots::Plot;
use kuva::render::render::{Scene, render_multiple};

use super::plain;
use crate::report::{Page, table};

/// Shades from least to most, for pages without colours as well.
const SHADES: [&str; 5] = [" ", "░", "▒", "▓", "█"];

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
        let lines = self.rows.iter().zip(self.values.iter().zip(&self.figures)).rev();
        let lines = lines.map(|(label, (values, figures))| {
            let cells = values.iter().zip(figures);
            let cells = cells.map(|(value, figure)| format!("{figure} {}", shade(*value)));
            std::iter::once(label.clone()).chain(cells).collect()
        });
        let header: Vec<String> = std::iter::once(String::new())
            .chain(self.columns.iter().map(|it| format!("{it}  ")))
            .collect();
        let header: Vec<&str> = header.iter().map(String::as_str).collect();
        let right: Vec<usize> = (0..header.len()).collect();
        let drawn = table::columns(page, &header, &right, lines.collect());
        let axes = format!("Rows: {}. Columns: {}.", self.up, self.across);
        format!("{drawn}{}\n", page.dim(&page.wrap(&axes, 0)))
    }

    pub(super) fn svg_scene(&self, title: String) -> Scene {
        let mut heat =
            // The library begins at the top.
            Heatmap::new().with_data(self.values.iter().rev().cloned()).with_color_map(ColorMap::Viridis);
        if self.columns.len() <= 12 {
            heat = heat.with_values();
        }
        let plots = vec![Plot::Heatmap(heat)];
        let layout = Layout::auto_from_plots(&plots)
            .with_width(160.0 + 64.0 * self.columns.len().max(6) as f64)
            .with_height(160.0 + 40.0 * self.rows.len().max(4) as f64)
            .with_x_categories(self.columns.iter().map(|it| plain(it)).collect())
            .with_y_categories(self.rows.iter().map(|it| plain(it)).collect())
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
