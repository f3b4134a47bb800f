//! A scene on a grid of characters.

use kuva::backend::terminal::TerminalBackend;
use kuva::render::layout::Layout;
use kuva::render::plots::Plot;
use kuva::render::render::render_multiple;
use kuva::render::theme::Theme;

use crate::report::Page;

/// Width of a character in the scene. The scene is drawn large, so that hardly any line is so nearly
/// flat that it becomes a row of dashes.
pub(super) const CELL_WIDTH: f64 = 10.0 * SCALE;
/// Height of a character in the scene.
pub(super) const CELL_HEIGHT: f64 = 20.0 * SCALE;
const SCALE: f64 = 8.0;

/// What has this colour in the scene has that of the terminal's own text, on whatever ground.
const PLAIN: &str = "#fefdfc";
const PLAIN_ESCAPE: &str = "\x1b[38;2;254;253;252m";

/// What a picture in the terminal takes, in characters.
#[derive(Debug, Clone, Copy)]
pub(super) struct Grid {
    /// Columns of the whole picture.
    pub columns: usize,
    /// Rows of the whole picture.
    pub rows: usize,
    /// Columns to the left of the axis.
    pub left: usize,
    /// Columns to the right of the plot.
    pub right: usize,
    /// Rows below the axis, the axis itself included.
    pub below: usize,
}

/// Draws plots on a grid.
pub(super) fn draw(page: &Page, grid: Grid, plots: Vec<Plot>, layout: Layout) -> String {
    let columns = |count: usize| count as f64 * CELL_WIDTH;
    let rows = |count: usize| count as f64 * CELL_HEIGHT;
    let layout = layout
        .with_theme(Theme {
            text_color: PLAIN.into(),
            axis_color: PLAIN.into(),
            tick_color: PLAIN.into(),
            ..Theme::dark()
        })
        .with_show_grid(false)
        // Larger than the characters, so that labels come to lie in the row below the axis.
        .with_scale(SCALE * 3.0)
        .with_width(columns(grid.columns))
        .with_height(rows(grid.rows))
        .with_force_margins(columns(grid.left), columns(grid.right))
        .with_force_margins_y(0.0, rows(grid.below));
    let scene = render_multiple(plots, layout);
    let drawn = TerminalBackend::new(grid.columns, grid.rows).render_scene(&scene);
    drawn.lines().map(|line| finish(page, line)).filter(|line| !line.is_empty()).collect()
}

/// A line without blanks at its end, and without colours if the page has none.
fn finish(page: &Page, line: &str) -> String {
    let plain = without_colours(line);
    if plain.trim().is_empty() {
        return String::new();
    }
    if page.colour {
        format!("{}\n", line.replace(PLAIN_ESCAPE, "\x1b[39m").trim_end())
    } else {
        format!("{}\n", plain.trim_end())
    }
}

/// A line of exactly so many columns that stands within other text.
pub(super) fn within(page: &Page, line: &str, columns: usize) -> String {
    let plain = without_colours(line);
    let drawn = plain.trim_end();
    let blanks = " ".repeat(columns.saturating_sub(drawn.chars().count()));
    if page.colour {
        format!("{}\x1b[0m{blanks}", line.trim_end())
    } else {
        format!("{drawn}{blanks}")
    }
}

fn without_colours(line: &str) -> String {
    let mut out = String::new();
    let mut in_escape = false;
    for c in line.chars() {
        match c {
            '\x1b' => in_escape = true,
            'm' if in_escape => in_escape = false,
            _ if in_escape => {}
            _ => out.push(c),
        }
    }
    out
}
