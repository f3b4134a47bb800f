//! The table of figures which the run must reproduce.

use super::numbers::{given, range, with_interval};
use super::{Page, table};
use crate::experiment::Summary;

/// What stands in the table, and is coloured afterwards.
const YES: &str = "✓ yes";
const NO: &str = "✗ no";

/// The table, and how many are in their bands; nothing if the scenario has no checks.
pub(super) fn checks(page: &Page, summary: &Summary) -> String {
    if summary.checks.is_empty() {
        return String::new();
    }
    let rows = summary
        .checks
        .iter()
        .map(|check| {
            let unit = check.kind.map_or("", |kind| kind.unit);
            vec![
                titled(&check.title, unit),
                given(check.official, unit),
                range(check.low, check.high, unit),
                with_interval(&check.estimate, unit),
                if check.in_band { YES } else { NO }.to_owned(),
            ]
        })
        .collect();
    let header = ["Check", "Official", "Band", "Simulated", "In band"];
    let mut out = page.heading("Does it reproduce the official figures?");
    out += &table::columns(page, &header, &[1, 2, 3], rows)
        .replace(YES, &page.good(YES))
        .replace(NO, &page.bad(NO));
    out += &format!("{}\n", page.bold(&count(summary)));
    out
}

/// How many checks are in their bands, in a sentence.
pub(super) fn count(summary: &Summary) -> String {
    let all = summary.checks.len();
    let good = summary.checks.iter().filter(|check| check.in_band).count();
    match (good, all) {
        (_, 1) if good == 1 => "The check is in its band.".to_owned(),
        (_, 1) => "The check is not in its band.".to_owned(),
        _ if good == all => format!("All {all} checks are in band."),
        _ => format!("{good} of {all} checks are in band."),
    }
}

/// A title with its unit, unless it says it itself or needs none.
fn titled(title: &str, unit: &str) -> String {
    let word = unit.split(' ').next().unwrap_or_default();
    if ["", "share", "index,"].contains(&word) || title.to_lowercase().contains(word) {
        return title.to_owned();
    }
    format!("{title} [{unit}]")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_needs_its_unit_once() {
        assert_eq!(titled("Delay on pathway 1", "days"), "Delay on pathway 1 [days]");
        assert_eq!(titled("Days of delay, P1", "days"), "Days of delay, P1");
        assert_eq!(titled("Discharges on Friday", "index, mean 1"), "Discharges on Friday");
        assert_eq!(titled("Bed occupancy", "share of capacity"), "Bed occupancy");
    }
}
