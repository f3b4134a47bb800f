//! The table of where the days of delay go: by group and reason, and by owner.

use super::numbers::{aligned, column_decimals, figure, whole};
use super::reasons::short;
use super::{Page, table};
use crate::experiment::{Delay, Summary};

const FIGURES: [&str; 3] = ["People delayed", "Share", "Days/year"];

/// Both tables; nothing if the scenario knows no delay.
pub(super) fn ledger(page: &Page, summary: &Summary) -> String {
    let Some(ledger) = &summary.ledger else { return String::new() };
    let mut out = page.heading("Where the days of delay go, by NHS England's reasons");
    let decimals = column_decimals(ledger.total.mean);
    let row = |title: String, delay: &Delay| {
        vec![
            title,
            aligned(&delay.people, "people", decimals),
            figure(delay.share, "share"),
            whole(delay.days_a_year),
        ]
    };
    let mut rows = Vec::new();
    for group in &ledger.groups {
        rows.push(row(group.group.title().to_owned(), &group.delay));
        for line in group.lines.iter().filter(|line| line.delay.people.mean > 0.0) {
            let reason = line.reason;
            let number = reason.code.rsplit('_').next().unwrap_or_default();
            rows.push(row(format!("  {number} {}", short(reason.code, reason.text)), &line.delay));
        }
    }
    rows.push(vec![
        "All".to_owned(),
        aligned(&ledger.total, "people", decimals),
        "100.0%".to_owned(),
        whole(ledger.total.mean * 365.0),
    ]);
    out += &table::columns(page, &header("Reason"), &[1, 2, 3], rows);
    out += &page.heading("Whose delay it is");
    let owners = ledger.owners.iter().filter(|line| line.delay.people.mean > 0.0);
    let rows = owners.map(|line| row(line.owner.title.clone(), &line.delay)).collect();
    out += &table::columns(page, &header("Owner"), &[1, 2, 3], rows);
    out += &page.dim(&page.wrap(
        "People delayed: how many are in hospital and delayed by it at a time, on average; the same \
         number as days of delay a day.",
        0,
    ));
    out.push('\n');
    out
}

fn header(first: &'static str) -> [&'static str; 4] {
    let [people, share, days] = FIGURES;
    [first, people, share, days]
}
