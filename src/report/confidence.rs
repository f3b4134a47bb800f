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
        .map(|(confidence, count)| match total {
            1 => word(*confidence, *count).to_owned(),
            _ => format!("{count} {}", word(*confidence, *count)),
        })
        .collect();
    if total == 1 {
        let text = format!(
            "What it rests on: one figure whose source the scenario gives, which {}.",
            parts.join("")
        );
        return format!("{}\n", page.wrap(&text, 0));
    }
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
        (Confidence::Measured, 1) => "is measured",
        (Confidence::Measured, _) => "are measured",
        (Confidence::Derived, 1) => "is derived",
        (Confidence::Derived, _) => "are derived",
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
