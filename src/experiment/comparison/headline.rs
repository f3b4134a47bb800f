//! The measures that a comparison shows first, and over which its verdicts hold together.

use super::Difference;
use crate::experiment::Summary;

/// The most important of all.
pub(super) const WAITING: &str = "ready_waiting.all";
/// The next.
pub(super) const DELAY: &str = "delay_days.all";

/// More rows than this nobody takes in.
const MOST: usize = 22;

/// Full names of the key measures which both have and which are not 0 in both.
pub(super) fn names(base: &Summary, differences: &[Difference]) -> Vec<String> {
    let wanted = if base.ledger.is_some() { of_delay(base) } else { of_queues(base) };
    let shows = |name: &String| {
        let paired = differences.iter().find(|it| it.name == *name).map(|it| &it.paired);
        paired.is_some_and(|it| it.n() > 0 && (it.base != 0.0 || it.other != 0.0))
    };
    wanted.into_iter().filter(shows).take(MOST).collect()
}

/// For a scenario that knows delay.
fn of_delay(base: &Summary) -> Vec<String> {
    let mut wanted = vec![WAITING.to_owned(), DELAY.to_owned()];
    wanted.extend(base.pathways.iter().map(|pathway| format!("delay_days.{}", pathway.id)));
    let nights = ["delayed_share.all", "delay_nights_if_delayed.all", "stay_days.all"];
    wanted.extend(nights.map(str::to_owned));
    if let Some(acute) = &base.acute_occupancy {
        wanted.push(format!("occupancy.{}", acute.place));
        wanted.push(format!("wait_days.{}", acute.place));
    }
    wanted.extend(["readmitted_share.all", "delay_cost_per_year.all"].map(str::to_owned));
    let harms = base.measures.iter().filter(|it| it.measure.name == "harm_per_year");
    wanted.extend(harms.map(|it| it.name.clone()));
    for measure in ["relationship", "morale"] {
        let quantity = base.layer.as_ref().and_then(|layer| layer.find(measure));
        let courses = quantity.iter().flat_map(|quantity| &quantity.courses);
        wanted.extend(courses.map(|course| format!("{measure}.{}", course.group)));
    }
    wanted
}

/// For a plain network of queues.
fn of_queues(base: &Summary) -> Vec<String> {
    const MEASURES: [&str; 4] = ["occupancy", "utilisation", "queue", "wait_days"];
    let of_one = base.measures.iter().filter(|it| MEASURES.contains(&it.measure.name));
    of_one.map(|it| it.name.clone()).collect()
}
