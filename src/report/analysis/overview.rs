//! What a sweep says, on a page of the terminal.

use super::{causes, choices, pictures, regions};
use crate::experiment::analysis::{Analysis, Kind, Swept};
use crate::report::Page;
use crate::report::numbers::whole;
use crate::report::pictures::Picture;

/// The analysis for people, to be read from top to bottom.
pub fn overview(page: &Page, name: &str, swept: &Swept, analysis: &Analysis) -> String {
    let mut out = format!("{}\n", page.bold(&page.wrap(&format!("What {name} says"), 0)));
    out += &format!("{}\n", page.dim(&page.wrap(&how(swept), 0)));
    if swept.failed + swept.unfinished > 0 {
        out += &format!("{}\n", page.wrap(&left_out(swept), 0));
    }
    for causes in &analysis.causes {
        out += &causes::of(page, swept, causes);
    }
    for map in &analysis.maps {
        let picture = Picture::Heat(pictures::heat(swept, map));
        out += &page.heading(&picture.title());
        out += &picture.terminal(page);
    }
    if let Some(found) = &analysis.regions {
        out += &regions::of(page, swept, found);
    }
    if let Some(front) = &analysis.front {
        out += &choices::of(page, swept, front);
    }
    if let Some(first) = analysis.causes.first() {
        let beyond = causes::beyond_design(page, first);
        if !beyond.is_empty() {
            out += &page.heading("What this design cannot say");
            out += &beyond;
        }
    }
    out
}

/// What was run.
fn how(swept: &Swept) -> String {
    let count = |kind| swept.factors.iter().filter(|factor| factor.kind == kind).count();
    let many = |count: usize, one: &str, more: &str| match count {
        1 => format!("1 {one}"),
        many => format!("{} {more}", whole(many as f64)),
    };
    format!(
        "{} ({}), {} each on the same people, seed {}: {} and {}",
        many(swept.points.len(), "point", "points"),
        swept.design.replace('_', " "),
        many(swept.replications as usize, "replication", "replications"),
        swept.seed,
        many(count(Kind::Lever), "lever", "levers"),
        many(count(Kind::Uncertainty), "uncertainty", "uncertainties"),
    )
}

fn left_out(swept: &Swept) -> String {
    let mut parts = Vec::new();
    if swept.failed > 0 {
        parts.push(format!("{} that could not be run (see failed.csv)", swept.failed));
    }
    if swept.unfinished > 0 {
        parts.push(format!("{} that are not finished", swept.unfinished));
    }
    format!("Points left out: {}.", parts.join(" and "))
}
