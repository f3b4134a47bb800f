//! The figures a leader asks for first, in words.

use super::numbers::{aligned, shown, whole};
use super::{Page, layer};
use crate::experiment::Summary;
use crate::statistics::Estimate;

/// A few sentences; nothing for a network that knows no delay.
pub(super) fn headline(page: &Page, summary: &Summary) -> String {
    let sentences = [
        waiting(summary),
        leavers(summary),
        cause(summary),
        beds(summary),
        cost(summary),
        layer::sentence(summary),
    ];
    let mut out = String::new();
    for sentence in sentences.into_iter().flatten() {
        out += &format!("{}\n", page.wrap(&format!("  • {sentence}"), 4));
    }
    out
}

fn waiting(summary: &Summary) -> Option<String> {
    let ready = summary.estimate("ready_waiting.all")?;
    summary.ledger.as_ref()?;
    let mut text = format!(
        "On an average midnight {} people are ready to leave and still in hospital",
        people(&ready)
    );
    if let Some(share) = summary.estimate("ready_waiting_share.all")
        && share.mean > 0.0
    {
        text += &format!(": {} beds that are in use", one_in(share.mean));
    }
    Some(text + ".")
}

fn leavers(summary: &Summary) -> Option<String> {
    summary.ledger.as_ref()?;
    let share = summary.estimate("delayed_share.all")?;
    let mut text =
        format!("Of those who leave, {} wait past at least one midnight", percent(&share));
    if let Some(nights) = summary.estimate("delay_nights_if_delayed.all") {
        text += &format!(", {} nights on average", shown(nights.mean, "nights", 1));
    }
    Some(text + ".")
}

fn cause(summary: &Summary) -> Option<String> {
    let ledger = summary.ledger.as_ref()?;
    let group = ledger
        .groups
        .iter()
        .max_by(|a, b| a.delay.people.mean.total_cmp(&b.delay.people.mean))
        .filter(|line| line.delay.people.mean > 0.0)?;
    Some(format!(
        "The largest group of reasons is {}, with {} of all delay.",
        group.group.title().to_lowercase(),
        shown(group.delay.share, "share", 0)
    ))
}

fn beds(summary: &Summary) -> Option<String> {
    let occupancy = summary.acute_occupancy.as_ref()?;
    Some(format!("{}: {} in use.", occupancy.title, percent(&occupancy.estimate)))
}

fn cost(summary: &Summary) -> Option<String> {
    let cost = summary.estimate("delay_cost_per_year.all").filter(|cost| cost.mean > 0.0)?;
    let text = match cost.mean {
        mean if mean >= 1e6 => format!("£{:.1} million", mean / 1e6),
        mean => format!("£{}", whole(mean)),
    };
    Some(format!("The delay costs {text} a year."))
}

/// `84 (80–88)`: whole people, unless they are few.
fn people(estimate: &Estimate) -> String {
    if estimate.mean < 10.0 {
        return aligned(estimate, "people", 1);
    }
    if estimate.lower.is_nan() {
        return whole(estimate.mean);
    }
    format!("{} ({}–{})", whole(estimate.mean), whole(estimate.lower), whole(estimate.upper))
}

fn percent(estimate: &Estimate) -> String {
    aligned(estimate, "share", 1)
}

/// `1 in 8 of the`: a share as a fraction that people can picture.
fn one_in(share: f64) -> String {
    let every = (1.0 / share).round();
    match every {
        _ if share > 0.4 => format!("{} of the", shown(share, "share", 0)),
        _ => format!("1 in {} of the", whole(every)),
    }
}
