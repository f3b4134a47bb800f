//! How sure the figures are that a result rests on.

use super::Page;
use crate::experiment::Summary;
use crate::scenario::Confidence;
use crate::scenario::grounds::{Counts, Standing};

/// One sentence: how many figures are official, measured, derived or assumed.
pub(super) fn confidence(page: &Page, summary: &Summary) -> String {
    if summary.grounds.total() == 0 {
        return String::new();
    }
    let text = format!(
        "What it rests on: {}. `homeward evidence` lists them.",
        shares(&summary.grounds, "figures")
    );
    format!("{}\n", page.wrap(&text, 0))
}

/// `of 412 figures 61 are official, 20 are measured and for 40 no source is given`.
pub(super) fn shares(counts: &Counts, figures: &str) -> String {
    let parts: Vec<String> =
        counts.each().filter(|(_, count)| *count > 0).map(|(it, count)| part(it, count)).collect();
    match counts.total() {
        1 => format!("of its one figure {}", and(&parts)),
        total => format!("of {total} {figures} {}", and(&parts)),
    }
}

fn part(standing: Standing, count: usize) -> String {
    let one_or_many =
        |one: &str, many: &str| if count == 1 { one.to_owned() } else { many.to_owned() };
    let word = match standing {
        Standing::Sure(Confidence::Official) => one_or_many("is official", "are official"),
        Standing::Sure(Confidence::Measured) => one_or_many("is measured", "are measured"),
        Standing::Sure(Confidence::Derived) => one_or_many("is derived", "are derived"),
        Standing::Sure(Confidence::Assumption) => {
            one_or_many("is an assumption", "are assumptions")
        }
        Standing::Unrated => one_or_many(
            "has a source but does not say how sure it is",
            "have a source but do not say how sure they are",
        ),
        Standing::NoSource => return format!("for {count} no source is given"),
    };
    format!("{count} {word}")
}

/// `a, b and c`.
pub(super) fn and(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
