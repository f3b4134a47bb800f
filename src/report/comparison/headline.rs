//! What the measures of the page are called.

use crate::experiment::{Comparison, Difference, Summary, Versus};

/// A measure with its words.
#[derive(Debug, Clone)]
pub(super) struct Row<'a> {
    /// What it is; blanks before it if it is a part of the row above.
    pub label: String,
    /// What differs.
    pub difference: &'a Difference,
}

/// The rows of a scenario.
pub(super) fn rows<'a>(comparison: &Comparison, versus: &'a Versus) -> Vec<Row<'a>> {
    let found = versus.headline.iter().filter_map(|name| versus.find(name));
    let row =
        |difference: &'a Difference| Row { label: label(&comparison.base, difference), difference };
    found.map(row).collect()
}

fn label(base: &Summary, difference: &Difference) -> String {
    let group = &difference.group;
    let title = base.title_of(group);
    let course = |measure: &str| {
        let quantity = base.layer.as_ref().and_then(|layer| layer.find(measure));
        let found = quantity.and_then(|it| it.courses.iter().find(|it| it.group == *group));
        found.map_or(group.as_str(), |course| course.title.as_str())
    };
    let pathway = || base.pathways.iter().find(|pathway| pathway.id == *group);
    match difference.measure.name {
        "ready_waiting" => "People ready to leave".to_owned(),
        "delay_days" => match pathway() {
            Some(pathway) => format!("  {}", pathway.title),
            None => "Delay in days".to_owned(),
        },
        "delayed_share" => "Delayed past midnight".to_owned(),
        "delay_nights_if_delayed" => "Nights, if delayed".to_owned(),
        "stay_days" => "Days in hospital".to_owned(),
        "readmitted_share" => "People who come back".to_owned(),
        "delay_cost_per_year" => "Delay cost, £ a year".to_owned(),
        "harm_per_year" => format!("Harm a year: {title}"),
        "relationship" => format!("Relationship: {}", course("relationship")),
        "morale" => format!("Morale: {}", course("morale")),
        "occupancy" | "utilisation" => format!("{title}: in use"),
        "queue" => format!("{title}: people waiting"),
        "wait_days" if base.ledger.is_some() => format!("{title}: wait, days"),
        "wait_days" => format!("{title}: days of wait"),
        _ => difference.name.clone(),
    }
}
