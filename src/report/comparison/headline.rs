//! The measures that a comparison shows first, and what they are called.

use crate::experiment::{Comparison, Difference, Summary, Versus};

/// More rows than this nobody takes in.
const MOST: usize = 22;

/// A measure with its words.
#[derive(Debug, Clone)]
pub(super) struct Row<'a> {
    /// What it is; blanks before it if it is a part of the row above.
    pub label: String,
    /// What differs.
    pub difference: &'a Difference,
}

/// The rows of a scenario: those of the key measures which both have and which are not 0 in both.
pub(super) fn rows<'a>(comparison: &Comparison, versus: &'a Versus) -> Vec<Row<'a>> {
    let wanted = match comparison.base.ledger {
        Some(_) => of_delay(&comparison.base),
        None => of_queues(&comparison.base),
    };
    let rows = wanted.into_iter().filter_map(|(name, label)| {
        let difference = versus.find(&name)?;
        let paired = &difference.paired;
        let shows = paired.n() > 0 && (paired.base != 0.0 || paired.other != 0.0);
        shows.then_some(Row { label, difference })
    });
    rows.take(MOST).collect()
}

/// Full names and words, for a scenario that knows delay.
fn of_delay(base: &Summary) -> Vec<(String, String)> {
    let row = |name: &str, label: &str| (name.to_owned(), label.to_owned());
    let mut wanted = vec![
        row("ready_waiting.all", "People ready to leave"),
        row("delay_days.all", "Delay in days"),
    ];
    for pathway in &base.pathways {
        wanted.push((format!("delay_days.{}", pathway.id), format!("  {}", pathway.title)));
    }
    wanted.push(row("delayed_share.all", "Delayed past midnight"));
    wanted.push(row("delay_nights_if_delayed.all", "Nights, if delayed"));
    wanted.push(row("stay_days.all", "Days in hospital"));
    if let Some(acute) = &base.acute_occupancy {
        wanted.push((format!("occupancy.{}", acute.place), format!("{}: in use", acute.title)));
        let wait = format!("{}: wait, days", acute.title);
        wanted.push((format!("wait_days.{}", acute.place), wait));
    }
    wanted.push(row("readmitted_share.all", "People who come back"));
    wanted.push(row("delay_cost_per_year.all", "Delay cost, £ a year"));
    for measured in base.measures.iter().filter(|it| it.measure.name == "harm_per_year") {
        let title = base.title_of(&measured.group);
        wanted.push((measured.name.clone(), format!("Harm a year: {title}")));
    }
    let layer = base.layer.as_ref();
    for (measure, title) in [("relationship", "Relationship"), ("morale", "Morale")] {
        let quantity = layer.and_then(|layer| layer.find(measure));
        for course in quantity.iter().flat_map(|quantity| &quantity.courses) {
            wanted.push((
                format!("{measure}.{}", course.group),
                format!("{title}: {}", course.title),
            ));
        }
    }
    wanted
}

/// Full names and words, for a plain network of queues.
fn of_queues(base: &Summary) -> Vec<(String, String)> {
    let what = |measure: &str| match measure {
        "occupancy" | "utilisation" => Some("in use"),
        "queue" => Some("people waiting"),
        "wait_days" => Some("days of wait"),
        _ => None,
    };
    base.measures
        .iter()
        .filter_map(|it| {
            let label = format!("{}: {}", base.title_of(&it.group), what(it.measure.name)?);
            Some((it.name.clone(), label))
        })
        .collect()
}
