//! How people ask, where a step or what it asks for says more than first come, first served.

use super::position;
use super::steps::{add_time, short};
use crate::engine::Time;
use crate::model::place::rules::{COMMON_PRIORITY, NO_CLASS};
use crate::model::rules::{Action, NOWHERE, PLAIN, Request, Rules};
use crate::scenario::flow::FlatStep;
use crate::scenario::language::{Description, Discipline, Outcome};

/// The classes of people for which places keep units, at any time of the run.
pub(super) fn classes<'a>(all: impl Iterator<Item = &'a Description>) -> Vec<String> {
    let mut classes: Vec<String> = Vec::new();
    for class in all.flat_map(|it| it.places.values()).flat_map(|place| place.kept.keys()) {
        if !classes.contains(class) {
            classes.push(class.clone());
        }
    }
    classes
}

/// How people ask in a step, as a position in the requests of the rules.
pub(super) fn request(description: &Description, flat: &FlatStep<'_>, rules: &mut Rules) -> u16 {
    let said = flat.step;
    if said.enter.is_none()
        && said.reserve.is_none()
        && said.task.is_none()
        && said.join.is_none()
        && said.meeting.is_none()
    {
        return PLAIN;
    }
    let target = |step: Option<usize>| step.map_or(NOWHERE, |step| step as u32);
    let of_pathway = description.pathways.get_index(flat.pathway).and_then(|(_, it)| it.priority);
    let class = said.class.as_ref().and_then(|name| rules.classes.iter().position(|it| it == name));
    let request = Request {
        units: said.units.unwrap_or(1),
        class: class.and_then(|class| u8::try_from(class).ok()).unwrap_or(NO_CLASS),
        priority: said.priority.or(of_pathway).unwrap_or(COMMON_PRIORITY),
        overflow: said.overflow.iter().map(|it| position(&description.places, it)).collect(),
        back: said.back.unwrap_or_default(),
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
    note_overflow(all);
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
    let varies: Vec<bool> = (0..first.places.len())
        .map(|place| all.iter().any(|(_, rules)| rules.places[place].turns()))
        .collect();
    // Whoever waits to leave one place holds another.
    let wait_to_leave =
        all.iter().any(|(_, rules)| rules.places.iter().any(|place| place.leaving.is_some()));
    let mut careful: Vec<bool> = (0..first.places.len())
        .map(|place| all.iter().any(|(_, rules)| rules.places[place].is_special()))
        .map(|special| special || wait_to_leave)
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
            match rules.steps[step].action {
                Action::Task { team, .. } => {
                    *asks |= rules.teams[usize::from(team)].discipline != Discipline::FirstCome;
                }
                Action::Leave(outcome) => *asks |= wait_to_leave && outcome != Outcome::Died,
                Action::Move => *asks |= wait_to_leave,
                _ => {}
            }
        }
    }
    for (_, rules) in all.iter_mut() {
        for (index, place) in rules.places.iter_mut().enumerate() {
            place.careful = careful[index];
            place.varies = varies[index];
        }
        for (step, asks) in asks.iter().enumerate() {
            if *asks && rules.steps[step].request == PLAIN {
                rules.steps[step].request = add(rules, Request::default());
            }
        }
    }
}

/// Tells each place whose people may come to it instead of waiting.
fn note_overflow(all: &mut [(Time, Rules)]) {
    for (_, rules) in all {
        for step in &rules.steps {
            let (Action::Enter(asked) | Action::Reserve(asked)) = step.action else { continue };
            if step.request == PLAIN {
                continue;
            }
            for &other in &rules.requests[usize::from(step.request)].overflow {
                let from = &mut rules.places[usize::from(other)].overflow_from;
                if !from.contains(&asked) {
                    from.push(asked);
                }
            }
        }
    }
}
