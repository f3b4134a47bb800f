//! Gridlock: full places, all of whose people wait for each other's.
//!
//! It can only come about where places lead to each other in a circle, which the scenario tells before
//! anything is run; elsewhere nothing of this costs anything. When somebody has to wait for a place of
//! a circle, the world is looked at once the instant is over: of the places for which people wait, those
//! are taken off one after the other of which somebody does not wait, or may go to a place that is not left. What is left is stuck
//! until something from outside happens: capacity is added, or somebody's wait ends otherwise.

use super::person::{NO_PLACE, Stage};
use super::place;
use super::queueing::request_of;
use super::recorder::Recorder;
use super::rules::Action;
use super::world::{Event, Replication};
use crate::engine::{Agenda, Phase, Time};
use crate::scenario::language::AtGridlock;

/// What is known of gridlocks.
#[derive(Debug, Default)]
pub(super) struct Gridlock {
    /// The world is looked at when this instant is over.
    looks: Option<Time>,
    /// The places that are stuck.
    stuck: Vec<u8>,
    /// People could not swap places because it was no hour at which they leave them.
    swaps_later: bool,
    /// When the replication ended because of a gridlock.
    pub(super) ended: Option<Time>,
}

/// Somebody has to wait for a place: the world is looked at if that may be a gridlock.
pub(super) fn suspect<R: Recorder>(
    run: &mut Replication<'_, R>,
    agenda: &mut Agenda<Event>,
    place: u8,
) {
    let now = agenda.now();
    let is_in_circle = run.model.circles.iter().any(|circle| circle.contains(&place));
    if is_in_circle && run.gridlock.looks != Some(now) {
        run.gridlock.looks = Some(now);
        agenda.schedule(now, Phase::Observe, Event::LookForGridlock);
    }
}

/// Looks for a gridlock, and does what the scenario says.
pub(super) fn look<R: Recorder>(run: &mut Replication<'_, R>, agenda: &mut Agenda<Event>) {
    run.gridlock.looks = None;
    let stuck = find(run);
    let is_new = stuck.iter().any(|place| !run.gridlock.stuck.contains(place));
    run.gridlock.stuck = stuck;
    if is_new {
        for (circle, count) in run.model.circles.iter().zip(&mut run.observed.gridlocks) {
            *count += u64::from(circle.iter().any(|place| run.gridlock.stuck.contains(place)));
        }
    } else if !std::mem::take(&mut run.gridlock.swaps_later) {
        return;
    }
    match run.rules.at_gridlock {
        AtGridlock::GoOn => {}
        AtGridlock::Stop if is_new => {
            run.gridlock.ended = Some(agenda.now());
            // Nothing happens any more.
            *agenda = Agenda::default();
        }
        AtGridlock::Stop => {}
        AtGridlock::Swap => swap(run, agenda),
    }
}

/// The places that are stuck, in the order of the scenario.
fn find<R: Recorder>(run: &Replication<'_, R>) -> Vec<u8> {
    // Who waits once the instant is over waits because there is not enough room.
    let is_waited_for = |place: &u8| {
        let place = &run.places[usize::from(*place)];
        place.people() > 0 && !place.pool.queue().is_empty()
    };
    let mut stuck: Vec<u8> =
        run.model.circles.iter().flatten().copied().filter(is_waited_for).collect();
    stuck.sort_unstable();
    stuck.dedup();
    let waiting: u32 =
        stuck.iter().map(|place| run.places[usize::from(*place)].pool.waiting().value()).sum();
    let least = stuck.iter().map(|place| run.places[usize::from(*place)].people()).min();
    if stuck.len() < 2 || waiting < 2 * least.unwrap_or(0) {
        return Vec::new();
    }
    let queued: Vec<(u32, u8)> =
        run.people.present().filter_map(|slot| Some((slot, wanted(run, slot)?))).collect();
    loop {
        let before = stuck.len();
        let mut waiting = vec![0; run.places.len()];
        for &(slot, wanted) in &queued {
            if may_go_only_to(run, slot, wanted, &stuck) {
                for (kept, units) in kept(run, slot) {
                    waiting[usize::from(kept)] += units;
                }
            }
        }
        stuck.retain(|place| {
            let place = usize::from(*place);
            waiting[place] >= run.places[place].pool.in_use().value()
        });
        if stuck.len() == before {
            return stuck;
        }
    }
}

/// Whether nobody but people of these places can make room for somebody who waits.
fn may_go_only_to<R: Recorder>(
    run: &Replication<'_, R>,
    slot: u32,
    wanted: u8,
    stuck: &[u8],
) -> bool {
    let person = &run.people[slot];
    let others = request_of(run.rules, person.at).map_or(&[][..], |request| &request.overflow);
    let others = others.iter().filter(|other| **other != person.place);
    stuck.contains(&wanted) && others.into_iter().all(|other| stuck.contains(other))
}

/// The places that somebody keeps while they wait, and how many units of each.
fn kept<R: Recorder>(run: &Replication<'_, R>, slot: u32) -> impl Iterator<Item = (u8, u32)> {
    let person = &run.people[slot];
    let units = |place: u8, held: bool| match run.places.get(usize::from(place)) {
        Some(state) if state.careful => {
            let holdings = run.holdings.seen(slot);
            if held { holdings.reserved.units } else { holdings.here.units }
        }
        _ => 1,
    };
    let both = [
        (person.place, units(person.place, false)),
        (person.reserved, units(person.reserved, true)),
    ];
    both.into_iter().filter(|(place, _)| *place != NO_PLACE)
}

/// The place for which somebody waits.
fn wanted<R: Recorder>(run: &Replication<'_, R>, slot: u32) -> Option<u8> {
    let person = &run.people[slot];
    match run.step(person.at).action {
        Action::Enter(place) | Action::Reserve(place) if person.stage == Stage::Queued => {
            Some(place)
        }
        _ => None,
    }
}

/// Moves a circle of people round, each into the place that the next one leaves, if there is a circle
/// of people who move at once when they can and for whom there is room then. Of those in a place, who
/// waits longest moves. If it is no hour at which they leave, it is tried again when it is.
fn swap<R: Recorder>(run: &mut Replication<'_, R>, agenda: &mut Agenda<Event>) {
    let now = agenda.now();
    let circle = circle_of_people(run).unwrap_or_default();
    let opens = circle.iter().filter_map(|slot| place::opens_later(run, now, *slot)).max();
    if let Some(opens) = opens {
        run.gridlock.swaps_later = true;
        agenda.schedule(opens, Phase::Observe, Event::LookForGridlock);
        return;
    }
    let all_fit = circle.iter().enumerate().all(|(index, slot)| {
        let next = circle[(index + 1) % circle.len()];
        place::fits_instead_of(run, *slot, next)
    });
    if circle.is_empty() || !all_fit {
        return;
    }
    for slot in circle {
        let Some(place) = wanted(run, slot) else { continue };
        place::grant(run, now, slot, place);
    }
    run.gridlock.stuck.clear();
}

fn circle_of_people<R: Recorder>(run: &Replication<'_, R>) -> Option<Vec<u32>> {
    // Of each stuck place, who has waited longest for another stuck place.
    let first_of = |place: u8| {
        let here = run.people.present().filter(|slot| {
            let person = &run.people[*slot];
            let moves = matches!(run.step(person.at).action, Action::Enter(_));
            let to = wanted(run, *slot);
            person.place == place
                && person.reserved == NO_PLACE
                && moves
                && to.is_some_and(|to| run.gridlock.stuck.contains(&to))
        });
        here.min_by_key(|slot| (run.people[*slot].step_since, *slot))
    };
    let mut way: Vec<(u8, u32)> = Vec::new();
    let mut place = *run.gridlock.stuck.first()?;
    loop {
        if let Some(begin) = way.iter().position(|(met, _)| *met == place) {
            return Some(way[begin..].iter().map(|(_, slot)| *slot).collect());
        }
        let slot = first_of(place)?;
        way.push((place, slot));
        place = wanted(run, slot)?;
    }
}
