//! Where an outcome holds, in words.

use super::causes::why;
use crate::experiment::analysis::{Kind, Missing, Regions, Swept, WANTED};
use crate::report::Page;
use crate::report::numbers::shown;
use crate::statistics::FoundBox;

/// The section.
pub(super) fn of(page: &Page, swept: &Swept, regions: &Result<Regions, Missing>) -> String {
    let regions = match regions {
        Ok(regions) => regions,
        Err(missing) => {
            return format!("{}{}\n", page.heading("Where it holds"), page.wrap(&why(*missing), 0));
        }
    };
    let conditions: Vec<String> = regions.conditions.iter().map(ToString::to_string).collect();
    let mut out = page.heading(&format!("Where {}", conditions.join(" and ")));
    let share = shown(regions.holding as f64 / regions.points as f64, "share", 0);
    let holds = format!("It holds at {} of {} points ({share}).", regions.holding, regions.points);
    out += &format!("{}\n", page.wrap(&holds, 0));
    for (number, found) in regions.boxes.iter().enumerate() {
        let title = match number {
            0 => "The box in which it mostly holds".to_owned(),
            _ => format!("Box {} (points outside of those above)", number + 1),
        };
        out += &described(page, swept, found, &title);
    }
    if regions.boxes.is_empty() {
        out += &format!("{}\n", page.wrap(none(regions), 0));
    }
    match &regions.by_levers {
        Some(Some(found)) => {
            out += &described(page, swept, found, "By levers alone, whatever the uncertainties");
        }
        Some(None) => out += "\nBy levers alone: no choice of levers makes it likelier.\n",
        None => {}
    }
    let note = format!(
        "Boxes by the patient rule induction method, which looks for {} of a box's points or more. They \
         are judged on the points that they were found with: try one with new points before you rely on it.",
        shown(WANTED, "share", 0)
    );
    out + &format!("{}\n", page.dim(&page.wrap(&note, 0)))
}

fn none(regions: &Regions) -> &'static str {
    match regions.holding {
        0 => "It holds nowhere, so there is no box.",
        all if all == regions.points => "It holds everywhere, so every box will do.",
        _ => "No limit of any factor makes it surely likelier.",
    }
}

fn described(page: &Page, swept: &Swept, found: &FoundBox, title: &str) -> String {
    let percent = |share: f64| shown(share, "share", 0);
    let mut out = format!("\n{}\n", page.bold(title));
    let text = format!(
        "  It holds at {} of {} points in the box (density {}), which are {} of all where it holds \
         (coverage).",
        found.holding,
        found.points,
        percent(found.density),
        percent(found.coverage)
    );
    out += &format!("{}\n", page.wrap(&text, 2));
    for (kind, word) in [(Kind::Lever, "Choose"), (Kind::Uncertainty, "Provided that")] {
        let of_kind = |factor: usize| swept.factors[factor].kind == kind;
        for limit in found.limits.iter().filter(|limit| of_kind(limit.factor)) {
            let factor = &swept.factors[limit.factor];
            let range = match &factor.labels {
                Some(labels) => {
                    let within = |it: &f64| limit.low <= *it && *it <= limit.high;
                    let shown = (0..labels.len()).map(|it| it as f64).filter(within);
                    shown.map(|it| factor.show(it)).collect::<Vec<_>>().join(" or ")
                }
                None => match (limit.low.is_finite(), limit.high.is_finite()) {
                    (true, true) => {
                        format!("from {} to {}", factor.show(limit.low), factor.show(limit.high))
                    }
                    (true, false) => format!("at least {}", factor.show(limit.low)),
                    _ => format!("at most {}", factor.show(limit.high)),
                },
            };
            let chance = match limit.by_chance {
                it if it < 0.001 => "below 0.001".to_owned(),
                it => format!("{it:.3}"),
            };
            let line = format!("  {word} {} {range} (by chance: {chance})", factor.path);
            out += &format!("{}\n", page.wrap(&line, 4));
        }
    }
    out
}
