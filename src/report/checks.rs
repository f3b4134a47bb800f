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
            // A title often ends in its unit; the figures then need none.
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

fn titled(title: &str, unit: &str) -> String {
    if unit.starts_with("share") || unit.is_empty() || title.contains(unit) {
        return title.to_owned();
    }
    let unit = if unit.starts_with("index") { "index" } else { unit };
    if title.contains(unit) { title.to_owned() } else { format!("{title} [{unit}]") }
}
