//! Choices on the Pareto front, as a table.

use crate::experiment::analysis::{Choice, Front, Kind, Standing, Swept};
use crate::model::measures::Better;
use crate::report::numbers::figure;
use crate::report::{Page, table};
use crate::statistics::Estimate;

/// Choices on the front, and near it, are listed up to so many.
const MOST: [usize; 2] = [30, 12];

/// The section.
pub(super) fn of(page: &Page, swept: &Swept, front: &Front) -> String {
    let mut out = page.heading("Choices that no other beats on every count");
    let standing = |standing| front.choices.iter().filter(move |it| it.standing == standing);
    let (on, near) = (standing(Standing::OnFront).count(), standing(Standing::NearFront).count());
    let about = format!(
        "Of {} choices of levers {on} are on the front, {near} cannot be told apart from it, and {} are \
         surely beaten by one on every count (replication by replication, 95%).",
        front.choices.len(),
        standing(Standing::Beaten).count()
    );
    out += &format!("{}\n", page.wrap(&about, 0));
    for (place, title, most) in [
        (Standing::OnFront, "On the front", MOST[0]),
        (Standing::NearFront, "Cannot be told apart from it", MOST[1]),
    ] {
        let mut choices: Vec<&Choice> = standing(place).collect();
        choices.sort_by(|one, other| one.counts[0].mean.total_cmp(&other.counts[0].mean));
        let title = match choices.len() {
            0 => continue,
            all if all > most => {
                format!("{title}: {all}, of which some are shown; all are in --json")
            }
            _ => title.to_owned(),
        };
        let step = choices.len().div_ceil(most);
        let shown: Vec<&Choice> = choices.into_iter().step_by(step).collect();
        out += &format!("\n{}\n", page.bold(&title));
        out += &rows(page, swept, front, &shown);
    }
    if front.with_uncertainties && front.fewest_points < 2 {
        let note = "Each choice was tried under its own circumstances only, so that the front mixes good \
                    choices with good luck: a design of kind \"grid\" tries every choice under all.";
        out += &format!("{}\n", page.wrap(note, 0));
    } else if front.with_uncertainties {
        let note = format!(
            "Each count is the mean over all circumstances that were tried: at least {} for each choice.",
            front.fewest_points
        );
        out += &format!("{}\n", page.dim(&page.wrap(&note, 0)));
    }
    out
}

fn rows(page: &Page, swept: &Swept, front: &Front, choices: &[&Choice]) -> String {
    let levers = || swept.factors.iter().filter(|factor| factor.kind == Kind::Lever);
    let header: Vec<String> = levers().map(|factor| factor.path.clone()).collect();
    let counts = front.aims.iter().map(|aim| {
        let way = if aim.better == Better::Higher { "more" } else { "less" };
        format!("{} ({way} is better)", aim.measure)
    });
    let header: Vec<String> = header.into_iter().chain(counts).collect();
    let unit = |name: &str| swept.measure(name).map_or("", |it| swept.measures[it].unit.as_str());
    let rows = choices.iter().map(|choice| {
        let shown = levers().zip(&choice.levers).map(|(factor, value)| factor.show(*value));
        let counts = choice.counts.iter().zip(&front.aims);
        shown.chain(counts.map(|(it, aim)| with_half_width(it, unit(&aim.measure)))).collect()
    });
    let header: Vec<&str> = header.iter().map(String::as_str).collect();
    let right: Vec<usize> = (0..header.len()).collect();
    table::columns(page, &header, &right, rows.collect())
}

/// An estimate and half the width of its interval: `8.12 ± 0.14`.
fn with_half_width(it: &Estimate, unit: &str) -> String {
    match it.half_width() {
        half if half.is_nan() => figure(it.mean, unit),
        half => format!("{} ± {}", figure(it.mean, unit), figure(half, unit)),
    }
}
