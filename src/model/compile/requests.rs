//! How people ask, where a step or what it asks for says more than first come, first served.

use super::steps::{add_time, short};
use crate::engine::Time;
use crate::model::rules::{Action, NOWHERE, PLAIN, Request, Rules};
use crate::scenario::flow::FlatStep;

/// How people ask in a step, as a position in the requests of the rules.
pub(super) fn request(flat: &FlatStep<'_>, rules: &mut Rules) -> u16 {
    let said = flat.step;
    let target = |step: Option<usize>| step.map_or(NOWHERE, |step| step as u32);
    let request = Request {
        if_refused: target(flat.refused),
        patience: said.patience.as_ref().map(|time| add_time(rules, time)),
        if_impatient: target(flat.impatient),
    };
    if request == Request::default() { PLAIN } else { add(rules, request) }
}

fn add(rules: &mut Rules, request: Request) -> u16 {
    rules.requests.push(request);
    short(rules.requests.len() - 1)
}

/// Marks the places that need care at some time of the run, and gives a request to every step that
/// asks for one of them or has a request at another time of the run: who got in by one set of rules
/// leaves by another.
pub(super) fn settle(all: &mut [(Time, Rules)]) {
    let Some((_, first)) = all.first() else { return };
    let asks_with_care = |step: usize, all: &[(Time, Rules)]| {
        all.iter().any(|(_, rules)| rules.steps[step].request != PLAIN)
    };
    let mut asks: Vec<bool> =
        (0..first.steps.len()).map(|step| asks_with_care(step, all)).collect();
    let place_of = |rules: &Rules, step: usize| match rules.steps[step].action {
        Action::Enter(place) | Action::Reserve(place) => Some(usize::from(place)),
        _ => None,
    };
    let mut careful: Vec<bool> = (0..first.places.len())
        .map(|place| all.iter().any(|(_, rules)| rules.places[place].is_special()))
        .collect();
    for (_, rules) in all.iter() {
        for step in (0..asks.len()).filter(|step| asks[*step]) {
            if let Some(place) = place_of(rules, step) {
                careful[place] = true;
            }
        }
    }
    for (_, rules) in all.iter() {
        for (step, asks) in asks.iter_mut().enumerate() {
            *asks |= place_of(rules, step).is_some_and(|place| careful[place]);
        }
    }
    for (_, rules) in all.iter_mut() {
        for (place, careful) in rules.places.iter_mut().zip(&careful) {
            place.careful = *careful;
        }
        for (step, asks) in asks.iter().enumerate() {
            if *asks && rules.steps[step].request == PLAIN {
                rules.steps[step].request = add(rules, Request::default());
            }
        }
    }
}
