//! The whole result on one page of the terminal: the headline first, then pictures and tables.

use super::numbers::whole;
use super::{Page, checks, confidence, headline, layer, ledger, pictures, places};
use crate::experiment::{LOOK_CONFIDENCE, Reached, Summary};

/// The result of a run for people, to be read from top to bottom.
pub fn overview(page: &Page, summary: &Summary) -> String {
    let mut out = format!("{}\n", page.bold(&page.wrap(&summary.title, 0)));
    out += &format!("{}\n", page.dim(&page.wrap(&how(summary), 0)));
    let headline = headline::headline(page, summary);
    if !headline.is_empty() {
        out += &format!("\n{headline}");
    }
    for picture in pictures::of(summary) {
        out += &page.heading(&picture.title());
        out += &picture.terminal(page);
    }
    out += &checks::checks(page, summary);
    out += &ledger::ledger(page, summary);
    if summary.ledger.is_none() {
        out += &places::places(page, summary);
    }
    out += &closing(page, summary);
    out
}

/// What was run.
fn how(summary: &Summary) -> String {
    let times = match summary.replications {
        1 => "once".to_owned(),
        many => format!("{} times", whole(f64::from(many))),
    };
    format!(
        "{} · {} days from {}, {times}, seed {}",
        summary.scenario,
        whole(summary.measured_days),
        summary.starts.strftime("%-d %B %Y"),
        summary.seed
    )
}

/// What to know before believing it, and what to do next.
fn closing(page: &Page, summary: &Summary) -> String {
    let mut out = String::from("\n");
    out += &confidence::confidence(page, summary);
    if let Some(layer) = &summary.layer {
        out += &format!("{}\n", page.wrap(&layer::caution(&layer.theta), 0));
    }
    if let Some((reached, measure)) = &summary.precision {
        out += &format!("{}\n", page.wrap(&precision(reached, measure, summary.replications), 0));
    }
    let checks = match summary.checks.is_empty() {
        true => String::new(),
        false => format!("{} ", checks::count(summary)),
    };
    let events = whole(summary.events_per_replication);
    let text = match summary.replications {
        1 => format!(
            "{checks}Seed {}, one replication of {events} events, which gives no intervals: ask \
             for more with --replications 30.",
            summary.seed
        ),
        many => format!(
            "{checks}Seed {}, {} replications of {events} events. Figures in brackets are {}.",
            summary.seed,
            whole(f64::from(many)),
            if summary.precision.is_some() {
                "these intervals"
            } else {
                "95% intervals of the mean"
            }
        ),
    };
    out += &format!("{}\n", page.wrap(&text, 0));
    out
}

/// How precise it became.
fn precision(reached: &Reached, measure: &str, replications: u32) -> String {
    let percent = |share: f64| format!("{:.1}%", share * 100.0);
    if reached.measure.is_none() {
        return "No interval could be watched for the precision.".to_owned();
    }
    let verdict = if reached.is_enough() { "reached" } else { "not reached" };
    format!(
        "Precision of {} {verdict} with {} replications: the widest interval is that of {measure}, \
         with half its width at {} of the mean. All intervals are taken at {}%, of which at least 95% hold \
         the mean although runs stopped when they were narrow.",
        percent(reached.asked),
        whole(f64::from(replications)),
        percent(reached.widest),
        LOOK_CONFIDENCE * 100.0
    )
}
