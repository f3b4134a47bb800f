//! Asking for a place where more than its capacity says who gets in.

use super::Stage;
use crate::engine::Time;
use crate::model::recorder::{Recorder, What};
use crate::model::world::Replication;

/// What somebody who asks for a place is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::model) enum Answer {
    /// They have it.
    Granted,
    /// They wait for it.
    Waits,
    /// Its queue is full.
    Refused,
}

/// Asks for a unit of a place: takes it, waits, or is refused.
pub(in crate::model) fn ask_with_care<R: Recorder>(
    run: &mut Replication<'_, R>,
    now: Time,
    slot: u32,
    place: u8,
) -> Answer {
    let index = usize::from(place);
    let rules = &run.rules.places[index];
    let state = &mut run.places[index];
    let at = run.people[slot].at;
    if state.pool.can_take() {
        state.pool.take(now);
        state.waits.count += 1;
        return Answer::Granted;
    }
    if rules.queue_limit.is_some_and(|limit| state.pool.queue().len() >= limit) {
        run.observed.refused[index] += 1;
        run.record(now, slot, What::Refused(at));
        return Answer::Refused;
    }
    state.pool.wait(now, &mut run.links, slot);
    run.people[slot].stage = Stage::Queued;
    run.record(now, slot, What::Waits(at));
    Answer::Waits
}
