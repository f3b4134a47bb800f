//! Effects as colours in a grid.

use std::sync::Arc;

use kuva::plot::{ColorMap, Heatmap};
use kuva::render::layout::Layout;
use kuva::render::plots::Plot;
use kuva::render::render::{Scene, render_multiple};

use super::plain;

/// A cell of a grid on paper \[points\].
const CELL: (f64, f64) = (104.0, 30.0);
/// Blue and orange, which nearly everybody can tell apart: red, green and blue from 0 to 1.
const BLUE: [f64; 3] = [0.16, 0.42, 0.68];
const ORANGE: [f64; 3] = [0.85, 0.46, 0.10];

/// A grid of effects: blue is better, orange worse, white neither or nothing that can be told.
#[derive(Debug, Clone, PartialEq)]
pub struct Effects {
    /// A short name for its file.
    pub name: String,
    /// What the cells show, with the unit.
    pub title: String,
    /// Whether less of it is better.
    pub lower_is_better: bool,
    /// What stands above the columns.
    pub columns: Vec<String>,
    /// What stands before the rows, the first on top.
    pub rows: Vec<String>,
    /// The effects by row; `None` where there is none to be told.
    pub cells: Vec<Vec<Option<f64>>>,
}

impl Effects {
    pub(super) fn svg_scene(&self, title: String) -> Scene {
        // The library begins at the bottom.
        let data: Vec<Vec<f64>> = (self.cells.iter().rev())
            .map(|row| row.iter().map(|cell| cell.unwrap_or(0.0)).collect())
            .collect();
        let all = || data.iter().flatten().copied();
        let (low, high) = (all().fold(0.0, f64::min), all().fold(0.0, f64::max));
        let size = high.max(-low);
        let lower_is_better = self.lower_is_better;
        let colour = move |share: f64| {
            let value = low + share * (high - low);
            let strength = if size > 0.0 { (value / size).clamp(-1.0, 1.0) } else { 0.0 };
            let is_better = (strength < 0.0) == lower_is_better;
            css(if is_better { BLUE } else { ORANGE }, strength.abs())
        };
        let heatmap = Heatmap::new()
            .with_data(data)
            .with_color_map(ColorMap::Custom(Arc::new(colour)))
            .with_values();
        let plots = vec![Plot::Heatmap(heatmap)];
        let labels = self.rows.iter().rev().map(|label| plain(label)).collect();
        let layout = Layout::auto_from_plots(&plots)
            .with_x_categories(self.columns.iter().map(|label| plain(label)).collect())
            .with_y_categories(labels)
            .with_width(460.0 + CELL.0 * self.columns.len() as f64)
            .with_height(180.0 + CELL.1 * self.rows.len() as f64)
            .with_title(title);
        render_multiple(plots, layout)
    }
}

/// White, and the more of a colour the stronger it is.
fn css(colour: [f64; 3], strength: f64) -> String {
    // Never so dark that black figures on it cannot be read.
    let share = strength.sqrt() * 0.75;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to 255")]
    let parts = colour.map(|part| (255.0 * (1.0 - share * (1.0 - part))).round() as u8);
    format!("#{:02x}{:02x}{:02x}", parts[0], parts[1], parts[2])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_white() {
        assert_eq!(css(BLUE, 0.0), "#ffffff");
        assert_eq!(css(ORANGE, 0.0), "#ffffff");
        assert_ne!(css(BLUE, 1.0), css(ORANGE, 1.0));
    }
}
