//! Asking for a place where more than its capacity says who gets in.

use super::holding::Holding;
use super::rules::Request;
use super::{Stage, capacity, serving};
use crate::engine::Time;
use crate::model::person::NO_PLACE;
use crate::model::queueing::{Ranking, request_of};
use crate::model::recorder::{Recorder, What};
use crate::model::rules::Step;
use crate::model::world::Replication;

/// What somebody who asks for a place is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::model) enum Answer {
    /// They have this place.
    Granted(u8),
    /// They wait for it.
    Waits,
    /// Its queue is full.
    Refused,
}

/// Asks for a place by the request of a step: takes it or one to which the step overflows, waits, or
/// is refused.
pub(in crate::model) fn ask_with_care<R: Recorder>(
    run: &mut Replication<'_, R>,
    now: Time,
    slot: u32,
    step: &Step,
    place: u8,
) -> Answer {
    let index = usize::from(place);
    let rules = run.rules;
    let request = &rules.requests[usize::from(step.request)];
    let at = run.people[slot].at;
    let mut has_room = may_take(run, slot, request, place);
    if !has_room && capacity::would_wait(run, now, index) {
        // Further units were opened.
        has_room = may_take(run, slot, request, place);
    }
    if has_room {
        return grant_at_once(run, now, slot, request, place, place);
    }
    let here = run.people[slot].place;
    for &other in &request.overflow {
        if other != here && may_take(run, slot, request, other) {
            return grant_at_once(run, now, slot, request, place, other);
        }
    }
    let limit = rules.places[index].queue_limit;
    if limit.is_some_and(|limit| run.places[index].pool.queue().len() >= limit) {
        run.observed.refused[index] += 1;
        run.record(now, slot, What::Refused(at));
        return Answer::Refused;
    }
    let ranking = Ranking::of_place(rules, index);
    let (people, pool) = (&run.people, &mut run.places[index].pool);
    pool.wait_by(now, &mut run.links, slot, |other| {
        ranking.goes_before(rules, people, slot, other)
    });
    run.people[slot].stage = Stage::Queued;
    run.record(now, slot, What::Waits(at));
    // Units that were opened for them go to those who wait before them, and then to them.
    serving::serve_with_care(run, now, index);
    Answer::Waits
}

fn grant_at_once<R: Recorder>(
    run: &mut Replication<'_, R>,
    now: Time,
    slot: u32,
    request: &Request,
    asked: u8,
    granted: u8,
) -> Answer {
    let first_choice = if asked == granted { NO_PLACE } else { asked };
    serving::take(run, now, slot, Holding::of(request, first_choice), granted);
    run.places[usize::from(asked)].waits.count += 1;
    // Further units may have opened.
    if !run.places[usize::from(granted)].pool.queue().is_empty() {
        serving::serve_with_care(run, now, granted.into());
    }
    Answer::Granted(granted)
}

/// Whether somebody who comes gets a place at once: enough units are free that are not kept for
/// others, and nobody of the same class waits who goes before them.
fn may_take<R: Recorder>(
    run: &Replication<'_, R>,
    slot: u32,
    request: &Request,
    place: u8,
) -> bool {
    let index = usize::from(place);
    let state = &run.places[index];
    if !serving::fits(run, request.units, request.class, index) {
        return false;
    }
    let ranking = Ranking::of_place(run.rules, index);
    for other in state.pool.queue().slots(&run.links) {
        if ranking.goes_before(run.rules, &run.people, slot, other) {
            return true;
        }
        let class = request_of(run.rules, run.people[other].at).map(|request| request.class);
        if class == Some(request.class) {
            return false;
        }
    }
    true
}

/// Whether somebody is already where a step leads that enters `place`: there, or in another place
/// because there was no room.
pub(in crate::model) fn is_there<R: Recorder>(
    run: &mut Replication<'_, R>,
    slot: u32,
    place: u8,
) -> bool {
    let here = run.people[slot].place;
    here == place
        || (here != NO_PLACE
            && run.places[usize::from(here)].careful
            && run.holdings.of(slot).here.first_choice == place)
}
