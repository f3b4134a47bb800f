//! Effects as colours in a grid.

use kuva::render::render::{Scene, render_multiple};

use super::cells::{BLUE, Cells, ORANGE, css};

/// A cell of a grid on paper \[points\].
const CELL: (f64, f64) = (104.0, 30.0);

/// A grid of effects: blue is better, orange worse, white neither or nothing that can be told.
#[derive(Debug, Clone, PartialEq)]
pub struct Effects {
    /// A short name for its file.
    pub name: String,
    /// What the cells show, with the unit.
    pub title: String,
    /// Whether less of it is better.
    pub lower_is_better: bool,
    /// What stands below the columns.
    pub columns: Vec<String>,
    /// What stands before the rows, the first on top.
    pub rows: Vec<String>,
    /// The effects by row; `None` where there is none to be told.
    pub cells: Vec<Vec<Option<f64>>>,
    /// The same in figures.
    pub figures: Vec<Vec<String>>,
}

impl Effects {
    pub(super) fn svg_scene(&self, title: String) -> Scene {
        // The first is to stand on top.
        let rows = self.cells.iter().rev();
        let values: Vec<Vec<f64>> =
            rows.map(|row| row.iter().map(|cell| cell.unwrap_or(0.0)).collect()).collect();
        let all = values.iter().flatten();
        let size = all.fold(0.0_f64, |size, value| size.max(value.abs()));
        let lower_is_better = self.lower_is_better;
        let colour = move |value: f64| {
            let strength = if size > 0.0 { (value / size).clamp(-1.0, 1.0) } else { 0.0 };
            let is_better = (strength < 0.0) == lower_is_better;
            css(if is_better { BLUE } else { ORANGE }, strength.abs())
        };
        let cells = Cells {
            columns: &self.columns,
            rows: self.rows.iter().rev().collect(),
            values,
            figures: self.figures.iter().rev().collect(),
            height: CELL.1,
        };
        let (plots, layout) = cells.draw(colour);
        let layout = layout
            .with_width(460.0 + CELL.0 * self.columns.len() as f64)
            .with_height(180.0 + CELL.1 * self.rows.len() as f64)
            .with_title(title);
        render_multiple(plots, layout)
    }
}

#[cfg(test)]
mod tests {
    use super::super::Picture;
    use super::super::cells::tests::{colour_at, place_of};
    use super::*;

    #[test]
    fn each_effect_stands_in_its_row_and_column_and_has_the_colour_of_its_kind() {
        let words = |words: &[&str]| words.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
        let effects = Effects {
            name: String::new(),
            title: "Delay".to_owned(),
            lower_is_better: true,
            columns: words(&["left", "right"]),
            rows: words(&["top", "middle", "bottom"]),
            cells: vec![vec![Some(-5.0), None], vec![Some(5.0), None], vec![None, Some(-1.0)]],
            figures: vec![words(&["t-l", "t-r"]), words(&["m-l", "m-r"]), words(&["b-l", "b-r"])],
        };
        let svg = Picture::Effects(effects).svg();
        for row in ["top", "middle", "bottom"] {
            for column in ["left", "right"] {
                let (x, y) = place_of(&svg, &format!("{}-{}", &row[..1], &column[..1]));
                assert!((y - place_of(&svg, row).1).abs() < CELL.1 / 3.0, "{row}");
                assert!((x - place_of(&svg, column).0).abs() < CELL.0 / 3.0, "{column}");
            }
        }
        assert!(place_of(&svg, "top").1 < place_of(&svg, "bottom").1);
        let colour = |figure: &str| colour_at(&svg, place_of(&svg, figure));
        assert_eq!(colour("t-l"), css(BLUE, 1.0));
        assert_eq!(colour("m-l"), css(ORANGE, 1.0));
        assert_eq!(colour("t-r"), "#ffffff");
        assert_eq!(colour("b-r"), css(BLUE, 0.2));
    }
}
