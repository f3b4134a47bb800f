//! The table of places, teams and meetings: use, queue and wait.

use super::numbers::figure;
use super::{Page, table};
use crate::experiment::{Measured, Summary};

/// What stands in the columns: in use, waiting, wait.
const COLUMNS: [&str; 3] = ["use", "queue", "wait_days"];

/// The table.
pub(super) fn places(page: &Page, summary: &Summary) -> String {
    let mut groups: Vec<&str> = Vec::new();
    for measured in &summary.measures {
        if column(measured).is_some() && !groups.contains(&measured.group.as_str()) {
            groups.push(&measured.group);
        }
    }
    if groups.is_empty() {
        return String::new();
    }
    let rows = groups
        .into_iter()
        .map(|group| {
            let of_group = |wanted: &str| {
                summary
                    .measures
                    .iter()
                    .filter(|it| it.group == group && column(it) == Some(wanted))
                    .find(|it| !it.estimate.mean.is_nan())
                    .map_or_else(String::new, |it| figure(it.estimate.mean, it.measure.unit))
            };
            let mut row = vec![summary.title_of(group).to_owned()];
            row.extend(COLUMNS.map(of_group));
            row
        })
        .collect();
    let mut out = page.heading("Places, teams and meetings, on average");
    out +=
        &table::columns(page, &["", "In use", "People waiting", "Wait in days"], &[1, 2, 3], rows);
    out
}

fn column(measured: &Measured) -> Option<&'static str> {
    match measured.measure.name {
        "occupancy" | "utilisation" => Some("use"),
        "queue" => Some("queue"),
        "wait_days" => Some("wait_days"),
        _ => None,
    }
}
