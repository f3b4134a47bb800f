//! Coloured cells in rows and columns, each with its figure.

use std::sync::Arc;

use kuva::plot::{ColorMap, Heatmap};
use kuva::render::annotations::TextAnnotation;
use kuva::render::layout::Layout;
use kuva::render::plots::Plot;

use super::plain;

/// Blue and orange, which nearly everybody can tell apart: red, green and blue from 0 to 1.
pub(super) const BLUE: [f64; 3] = [0.16, 0.42, 0.68];
pub(super) const ORANGE: [f64; 3] = [0.85, 0.46, 0.10];
/// Where there is nothing to show.
pub(super) const NOTHING: &str = "#e4e4e4";

/// Cells as the library counts them: rows from below.
pub(super) struct Cells<'a> {
    /// What stands below the columns.
    pub columns: &'a [String],
    /// What stands before the rows, from below.
    pub rows: Vec<&'a String>,
    /// The cells by row, from below, and column.
    pub values: Vec<Vec<f64>>,
    /// What stands in them, in the same order.
    pub figures: Vec<&'a Vec<String>>,
    /// The height of a cell \[points\].
    pub height: f64,
}

impl Cells<'_> {
    /// The plot and its axes; `colour` is asked with the value of a cell.
    pub(super) fn draw(
        self,
        colour: impl Fn(f64) -> String + Send + Sync + 'static,
    ) -> (Vec<Plot>, Layout) {
        let known = || self.values.iter().flatten().copied().filter(|value| !value.is_nan());
        let (low, high) = known().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
            (low.min(value), high.max(value))
        });
        let of_share = move |share: f64| match share.is_nan() || low > high {
            true => NOTHING.to_owned(),
            false => colour(low + share * (high - low)),
        };
        let map = ColorMap::Custom(Arc::new(of_share));
        let heatmap = Heatmap::new().with_data(self.values).with_color_map(map);
        let plots = vec![Plot::Heatmap(heatmap)];
        let mut layout = Layout::auto_from_plots(&plots)
            .with_x_categories(self.columns.iter().map(|label| plain(label)).collect())
            .with_y_categories(self.rows.iter().map(|label| plain(label)).collect());
        // The library's own figures always have two digits after the point, also where there is nothing
        // to be said. A note stands 6 points above its place; this puts it into the middle of the cell.
        let down = 10.0 / self.height;
        for (row, figures) in (1_u32..).zip(&self.figures) {
            for (column, figure) in (1_u32..).zip(figures.iter()) {
                let (x, y) = (f64::from(column), f64::from(row) - down);
                layout = layout.with_annotation(TextAnnotation::new(plain(figure.trim()), x, y));
            }
        }
        (plots, layout)
    }
}

/// White, and the more of a colour the stronger it is.
pub(super) fn css(colour: [f64; 3], strength: f64) -> String {
    // Never so dark that black figures on it cannot be read.
    let share = strength.sqrt() * 0.75;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to 255")]
    let parts = colour.map(|part| (255.0 * (1.0 - share * (1.0 - part))).round() as u8);
    format!("#{:02x}{:02x}{:02x}", parts[0], parts[1], parts[2])
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    #[test]
    fn nothing_is_white() {
        assert_eq!(css(BLUE, 0.0), "#ffffff");
        assert_eq!(css(ORANGE, 0.0), "#ffffff");
        assert_ne!(css(BLUE, 1.0), css(ORANGE, 1.0));
    }

    /// Where a text stands in a picture.
    pub(in crate::report::pictures) fn place_of(svg: &str, text: &str) -> (f64, f64) {
        let end = svg.find(&format!(">{text}<")).unwrap_or_else(|| panic!("no {text} in {svg}"));
        let start = svg[..end].rfind("<text").expect("it stands in a text");
        let number = |name: &str| {
            let of = svg[start..end].split_once(&format!(" {name}=\"")).expect("it has a place").1;
            of.split_once('"').expect("it ends").0.parse::<f64>().expect("a number")
        };
        (number("x"), number("y"))
    }

    /// The colour of the cell in which a place lies.
    pub(in crate::report::pictures) fn colour_at(svg: &str, (x, y): (f64, f64)) -> String {
        let rects = svg.split("<rect").skip(1).filter_map(|rect| {
            let rect = rect.split_once("/>")?.0;
            let value = |name: &str| {
                let of = rect.split_once(&format!(" {name}=\""))?.1;
                Some(of.split_once('"')?.0.to_owned())
            };
            let number = |name: &str| value(name)?.parse::<f64>().ok();
            let (left, top) = (number("x")?, number("y")?);
            let inside = (left..left + number("width")?).contains(&x)
                && (top..top + number("height")?).contains(&y);
            inside.then(|| value("fill"))?
        });
        rects.last().expect("it lies in a cell")
    }
}
