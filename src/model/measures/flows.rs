//! Measures of places, teams, meetings and streams: use, queues, waits, costs.

use super::{
    ARRIVALS_PER_DAY, BOOKS_QUEUE, BOOKS_WAIT_DAYS, COST_PER_DAY, GAVE_UP_SHARE, GRIDLOCKS,
    HARM_PER_YEAR, LONG_WAIT_SHARE, LOST_SHARE, OCCUPANCY, ON_BOOKS, PEOPLE_IN, QUEUE, READY_SHARE,
    REFUSED_SHARE, Sink, THROUGHPUT_PER_DAY, TURNAROUND_DAYS, UTILISATION, WAIT_DAYS, ratio,
};
use crate::model::calendar::DAY;
use crate::model::observations::WaitTally;
use crate::model::{Model, Name, Observations};

const DAY_SECONDS: f64 = DAY as f64;

pub(super) fn each(model: &Model, observed: &Observations, sink: &mut Sink<'_>) {
    let seconds = observed.measured_seconds as f64;
    let days = seconds / DAY_SECONDS;
    let wait = |waits: &WaitTally| ratio(waits.seconds as f64 / DAY_SECONDS, waits.count as f64);
    for (index, name) in model.names.places.iter().enumerate() {
        let tally = &observed.places[index];
        let capacity_area = model.capacity_area(index, observed.measured_seconds);
        if capacity_area.is_finite() {
            let varies = model.first_rules().places[index].varies;
            let capacity_area =
                if varies { tally.queue.capacity_area as f64 } else { capacity_area };
            sink(OCCUPANCY, &name.id, ratio(tally.queue.in_use_area as f64, capacity_area));
        }
        sink(PEOPLE_IN, &name.id, tally.people_area as f64 / seconds);
        sink(QUEUE, &name.id, tally.queue.waiting_area as f64 / seconds);
        sink(WAIT_DAYS, &name.id, wait(&tally.queue.waits));
        if model.first_rules().places[index].long_wait.is_some() {
            let share = ratio(tally.long_waits as f64, tally.queue.waits.count as f64);
            sink(LONG_WAIT_SHARE, &name.id, share);
        }
        sink(THROUGHPUT_PER_DAY, &name.id, tally.departures as f64 / days);
        sink(READY_SHARE, &name.id, ratio(tally.ready_area as f64, tally.people_area as f64));
    }
    for (name, tally) in model.names.teams.iter().zip(&observed.teams) {
        sink(QUEUE, &name.id, tally.waiting_area as f64 / seconds);
        sink(WAIT_DAYS, &name.id, wait(&tally.waits));
        sink(TURNAROUND_DAYS, &name.id, wait(&tally.turnarounds));
        let utilisation = ratio(tally.in_use_area as f64, tally.capacity_area as f64);
        sink(UTILISATION, &name.id, utilisation);
    }
    let has_books = model.first_rules().teams.iter().map(|team| team.caseload.is_some());
    for ((name, tally), _) in
        model.names.teams.iter().zip(&observed.books).zip(has_books).filter(|(_, has)| *has)
    {
        sink(ON_BOOKS, &name.id, tally.in_use_area as f64 / seconds);
        sink(BOOKS_QUEUE, &name.id, tally.waiting_area as f64 / seconds);
        sink(BOOKS_WAIT_DAYS, &name.id, wait(&tally.waits));
    }
    for (name, waits) in model.names.meetings.iter().zip(&observed.meetings) {
        sink(WAIT_DAYS, &name.id, wait(waits));
    }
    for (name, arrived) in model.names.arrivals.iter().zip(&observed.arrived) {
        sink(ARRIVALS_PER_DAY, &name.id, *arrived as f64 / days);
    }
    losses(model, observed, sink);
    for (circle, count) in model.circles.iter().zip(&observed.gridlocks) {
        let ids = circle.iter().map(|place| model.names.places[usize::from(*place)].id.as_str());
        sink(GRIDLOCKS, &ids.collect::<Vec<_>>().join("+"), *count as f64);
    }
    costs(model, observed, sink);
}

/// Those who were refused, who gave up, and who left for either.
fn losses(model: &Model, observed: &Observations, sink: &mut Sink<'_>) {
    let losses = &model.losses;
    if !losses.any {
        return;
    }
    let streams = model.names.arrivals.iter().zip(observed.lost.iter().zip(&observed.arrived));
    for (name, (lost, arrived)) in streams {
        sink(LOST_SHARE, &name.id, ratio(*lost as f64, *arrived as f64));
    }
    for (index, name) in model.names.places.iter().enumerate() {
        let refused = observed.refused[index] as f64;
        let gave_up = observed.impatient.places[index] as f64;
        let served = observed.places[index].queue.waits.count as f64;
        let asked = served + gave_up + refused;
        if losses.refusing[index] {
            sink(REFUSED_SHARE, &name.id, ratio(refused, asked));
        }
        if losses.places[index] {
            sink(GAVE_UP_SHARE, &name.id, ratio(gave_up, asked));
        }
    }
    let mut gave_up = |known: &[bool], names: &[Name], gave_up: &[u64], served: &[u64]| {
        for (index, name) in names.iter().enumerate().filter(|(index, _)| known[*index]) {
            let (gave_up, served) = (gave_up[index] as f64, served[index] as f64);
            sink(GAVE_UP_SHARE, &name.id, ratio(gave_up, gave_up + served));
        }
    };
    let impatient = &observed.impatient;
    // Who waits for a team waits for its work, or to be on its books.
    let waits = observed.teams.iter().zip(&observed.books);
    let served: Vec<u64> =
        waits.map(|(work, books)| work.waits.count + books.waits.count).collect();
    gave_up(&losses.teams, &model.names.teams, &impatient.teams, &served);
    let served: Vec<u64> = observed.meetings.iter().map(|waits| waits.count).collect();
    gave_up(&losses.meetings, &model.names.meetings, &impatient.meetings, &served);
}

fn costs(model: &Model, observed: &Observations, sink: &mut Sink<'_>) {
    let seconds = observed.measured_seconds as f64;
    let rules = model.first_rules();
    for (index, name) in model.names.organisations.iter().enumerate() {
        let cost: f64 = rules
            .places
            .iter()
            .zip(&observed.places)
            .filter(|(rules, _)| usize::from(rules.organisation) == index)
            .map(|(rules, tally)| rules.cost_per_day_pounds * tally.people_area as f64 / seconds)
            .sum();
        sink(COST_PER_DAY, &name.id, cost);
    }
    let years = seconds / DAY_SECONDS / 365.0;
    for (name, harm) in model.names.harms.iter().zip(&model.harms) {
        let delayed: u64 = observed.ledger.acute.iter().sum();
        let long_waits =
            harm.place.map_or(0, |place| observed.places[usize::from(place)].long_waits);
        let harmed = harm.per_delayed_day * delayed as f64 / DAY_SECONDS
            + harm.per_long_wait * long_waits as f64;
        sink(HARM_PER_YEAR, &name.id, harmed / years);
    }
}
