//! Gridlock: full places, all of whose people wait for each other's.
//!
//! It can only come about where places lead to each other in a circle, which the scenario tells before
//! anything is run; elsewhere nothing of this costs anything. When somebody has to wait for a place of
//! a circle, the world is looked at once the instant is over: of the full places, those are taken off
//! one after the other of which somebody does not wait for a place that is left. What is left is stuck
//! until something from outside happens: capacity is added, or somebody's wait ends otherwise.

use super::person::{NO_PLACE, Stage};
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
    /// For each place, how many of its units are with people who wait for each place.
    waits: Vec<u32>,
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
    if !is_new {
        return;
    }
    for (circle, count) in run.model.circles.iter().zip(&mut run.observed.gridlocks) {
        *count += u64::from(circle.iter().any(|place| run.gridlock.stuck.contains(place)));
    }
    match run.rules.at_gridlock {
        AtGridlock::GoOn => {}
        AtGridlock::Stop => {
            run.gridlock.ended = Some(agenda.now());
            // Nothing happens any more.
            *agenda = Agenda::default();
        }
        AtGridlock::Swap => swap(run, agenda.now()),
    }
}

/// The places that are stuck, in the order of the scenario.
fn find<R: Recorder>(run: &mut Replication<'_, R>) -> Vec<u8> {
    let is_full = |place: &u8| {
        let pool = &run.places[usize::from(*place)].pool;
        pool.in_use().value() >= pool.capacity() && pool.in_use().value() > 0
    };
    let mut stuck: Vec<u8> = run.model.circles.iter().flatten().copied().filter(is_full).collect();
    stuck.sort_unstable();
    stuck.dedup();
    let in_use = |place: u8| run.places[usize::from(place)].pool.in_use().value();
    let waiting: u32 =
        stuck.iter().map(|place| run.places[usize::from(*place)].pool.waiting().value()).sum();
    let least = stuck.iter().map(|place| in_use(*place)).min().unwrap_or(0);
    if stuck.len() < 2 || waiting < 2 * least {
        return Vec::new();
    }
    let count = run.places.len();
    let mut waits = std::mem::take(&mut run.gridlock.waits);
    waits.clear();
    waits.resize(count * count, 0);
    for slot in run.people.present() {
        let person = &run.people[slot];
        if let Some(wanted) = wanted(run, slot) {
            for kept in [person.place, person.reserved] {
                if kept != NO_PLACE {
                    waits[usize::from(kept) * count + usize::from(wanted)] += 1;
                }
            }
        }
    }
    loop {
        let before = stuck.len();
        let rest = stuck.clone();
        stuck.retain(|place| {
            let of_it = &waits[usize::from(*place) * count..][..count];
            let waiting: u32 = rest.iter().map(|wanted| of_it[usize::from(*wanted)]).sum();
            waiting >= in_use(*place)
        });
        if stuck.len() == before {
            break;
        }
    }
    run.gridlock.waits = waits;
    stuck
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
/// of people who move at once when they can. Of those in a place, who waits longest moves.
fn swap<R: Recorder>(run: &mut Replication<'_, R>, now: Time) {
    let Some(circle) = circle_of_people(run) else { return };
    for slot in circle {
        let Some(place) = wanted(run, slot) else { continue };
        super::place::grant(run, now, slot, place);
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
