//! Pictures of a result. The only place that knows the drawing library.
//!
//! A [`Picture`] is data; it is drawn in the terminal, as SVG or as PNG from the same scene.

mod bars;
mod cells;
mod choices;
mod effects;
mod forest;
mod heat;
mod line;
mod panels;
mod terminal;
mod waterfall;

use kuva::backend::png::PngBackend;
use kuva::backend::svg::SvgBackend;
use kuva::render::render::Scene;

pub use self::bars::{Bar, Bars};
pub use self::choices::{Choices, Spot};
pub use self::effects::Effects;
pub use self::forest::{Dot, Forest, News};
pub use self::heat::Heat;
pub use self::line::Line;
pub use self::panels::Panels;
pub use self::waterfall::Waterfall;
use super::Page;
use super::numbers::{aligned, column_decimals};
use crate::experiment::Summary;

/// Plain letters, whichever a machine has.
pub(super) const FONT: &str = "DejaVu Sans, Verdana, Liberation Sans, Arial, sans-serif";

/// A picture.
#[derive(Debug, Clone, PartialEq)]
pub enum Picture {
    /// Amounts side by side, with their intervals.
    Bars(Bars),
    /// Choices by two counts, on paper only.
    Choices(Choices),
    /// Effects as colours in a grid, on paper only.
    Effects(Effects),
    /// Differences as dots with their intervals.
    Forest(Forest),
    /// An outcome over two things at once.
    Heat(Heat),
    /// A difference as a flight of steps.
    Waterfall(Waterfall),
    /// Something over time, with its band.
    Line(Line),
    /// Several quantities over time, each in a panel of its own.
    Panels(Panels),
}

impl Picture {
    /// What it shows, with the unit.
    pub fn title(&self) -> String {
        match self {
            Picture::Bars(bars) => format!("{} [{}]", bars.title, bars.unit),
            Picture::Forest(forest) => format!("{} [{}]", forest.title, forest.unit),
            Picture::Heat(heat) => heat.heading(),
            Picture::Choices(choices) => choices.title.clone(),
            Picture::Effects(effects) => effects.title.clone(),
            Picture::Waterfall(it) => format!("{} [{}]", it.title, it.unit),
            Picture::Line(line) => line.title.clone(),
            Picture::Panels(panels) => format!("{}: {}", panels.title, panels.columns),
        }
    }

    /// A short name for its file.
    pub fn name(&self) -> &str {
        match self {
            Picture::Bars(bars) => bars.name,
            Picture::Forest(forest) => &forest.name,
            Picture::Heat(heat) => &heat.name,
            Picture::Choices(choices) => &choices.name,
            Picture::Effects(effects) => &effects.name,
            Picture::Waterfall(waterfall) => &waterfall.name,
            Picture::Line(line) => line.name,
            Picture::Panels(panels) => panels.name,
        }
    }

    /// Drawn with characters, without its title.
    pub fn terminal(&self, page: &Page) -> String {
        match self {
            Picture::Bars(bars) => bars.terminal(page),
            Picture::Forest(forest) => forest.terminal(page),
            Picture::Heat(heat) => heat.terminal(page),
            // In the terminal their figures stand in a table.
            Picture::Effects(_) | Picture::Choices(_) => String::new(),
            Picture::Waterfall(waterfall) => waterfall.terminal(page),
            Picture::Line(line) => line.terminal(page),
            Picture::Panels(panels) => panels.terminal(page),
        }
    }

    /// Drawn as SVG, with its title.
    pub fn svg(&self) -> String {
        SvgBackend::new().render_scene(&self.scene())
    }

    /// The same in dots, twice as fine, for slides and documents that take no SVG.
    ///
    /// # Errors
    /// What the drawing library says.
    pub fn png(&self) -> Result<Vec<u8>, String> {
        PngBackend::new().render_scene(&self.scene())
    }

    fn scene(&self) -> Scene {
        let title = plain(&self.title());
        match self {
            Picture::Bars(bars) => bars.svg_scene(title),
            Picture::Forest(forest) => forest.svg_scene(title),
            // Its axes say over what.
            Picture::Heat(heat) => {
                heat.svg_scene(plain(&format!("{} [{}]", heat.title, heat.unit)))
            }
            Picture::Effects(effects) => effects.svg_scene(title),
            Picture::Choices(choices) => choices.svg_scene(title),
            Picture::Waterfall(waterfall) => waterfall.svg_scene(title),
            Picture::Line(line) => line.svg_scene(title),
            Picture::Panels(panels) => panels.svg_scene(),
        }
    }
}

/// The drawing library reads `$` as the start of a formula.
fn plain(text: &str) -> String {
    text.replace('$', "\\$")
}

/// Text that fits into some columns.
fn clipped(text: &str, columns: usize) -> String {
    if text.chars().count() <= columns {
        return text.to_owned();
    }
    let mut clipped: String = text.chars().take(columns.saturating_sub(1)).collect();
    clipped.truncate(clipped.trim_end().len());
    clipped + "…"
}

/// The columns of the longest text.
fn longest<'a>(texts: impl Iterator<Item = &'a String>) -> usize {
    texts.map(|text| text.chars().count()).max().unwrap_or(0)
}

/// The next round number from a positive one on: 1, 2 or 5 times a power of ten.
fn round_step(rough: f64) -> f64 {
    let power = 10_f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 5.0].map(|part| part * power).into_iter().find(|step| *step >= rough);
    step.unwrap_or(10.0 * power)
}

/// The pictures of a result, in the order of the page.
pub fn of(summary: &Summary) -> Vec<Picture> {
    let mut pictures = of_delay(summary);
    let layer = summary.layer.iter().flat_map(panels::of);
    pictures.extend(layer.map(Picture::Panels));
    pictures
}

/// The pictures of delay; none for a network that knows no delay.
fn of_delay(summary: &Summary) -> Vec<Picture> {
    let mut pictures = Vec::new();
    let Some(ledger) = &summary.ledger else { return pictures };
    if ledger.total.mean > 0.0 {
        let decimals = column_decimals(ledger.total.mean);
        let bar = |label: &str, estimate| Bar {
            label: label.to_owned(),
            value: aligned(&estimate, "people", decimals),
            estimate,
        };
        pictures.push(Picture::Bars(Bars {
            name: "delay_by_group",
            title: "What people wait for".to_owned(),
            unit: "people delayed on average".to_owned(),
            bars: ledger
                .groups
                .iter()
                .map(|line| bar(line.group.title(), line.delay.people))
                .collect(),
        }));
    }
    let line = Line::of(&summary.ready_for_picture);
    if line.points.len() > 1 {
        pictures.push(Picture::Line(line));
    }
    if !summary.pathways.is_empty() {
        pictures.push(Picture::Bars(Bars {
            name: "delay_by_pathway",
            title: "Delay by pathway".to_owned(),
            unit: "days per person who leaves".to_owned(),
            bars: summary
                .pathways
                .iter()
                .map(|pathway| Bar {
                    label: pathway.title.clone(),
                    value: aligned(&pathway.days, "days", 2),
                    estimate: pathway.days,
                })
                .collect(),
        }));
    }
    pictures
}
