//! How sure the scenario's own figures are.

use super::Page;
use crate::experiment::Summary;
use crate::scenario::Confidence;

/// One line: how many figures are official, measured, derived or assumed.
pub(super) fn confidence(page: &Page, summary: &Summary) -> String {
    let total: usize = summary.confidence.iter().map(|(_, count)| count).sum();
    if total == 0 {
        return String::new();
    }
    let parts: Vec<String> = summary
        .confidence
        .iter()
        .filter(|(_, count)| *count > 0)
        .map(|(confidence, count)| format!("{count} {}", word(*confidence, *count)))
        .collect();
    let text = format!(
        "What it rests on: of {total} figures whose source the scenario gives, {}.",
        and(&parts)
    );
    format!("{}\n", page.wrap(&text, 0))
}

fn word(confidence: Confidence, count: usize) -> &'static str {
    match (confidence, count) {
        (Confidence::Official, 1) => "is official",
        (Confidence::Official, _) => "are official",
        (Confidence::Measured, _) => "measured",
        (Confidence::Derived, _) => "derived",
        (Confidence::Assumption, 1) => "is an assumption",
        (Confidence::Assumption, _) => "are assumptions",
    }
}

/// `a, b and c`.
pub(super) fn and(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
