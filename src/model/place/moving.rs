//! Into a place and out of it.

use super::{depart, end_hold, is_careful, serving};
use crate::engine::Time;
use crate::model::person::NO_PLACE;
use crate::model::recorder::{Recorder, What};
use crate::model::rules::Step;
use crate::model::spell;
use crate::model::world::Replication;
use crate::scenario::language::Outcome;

/// A place is held for a person who has not moved yet.
pub(in crate::model) fn hold<R: Recorder>(
    run: &mut Replication<'_, R>,
    now: Time,
    slot: u32,
    place: u8,
) {
    debug_assert_eq!(run.people[slot].reserved, NO_PLACE, "one place is held at a time");
    run.people[slot].reserved = place;
    run.places[usize::from(place)].held.raise(now);
    if is_careful(run, place) {
        let holdings = run.holdings.of(slot);
        holdings.reserved = holdings.granted;
    }
    run.record(now, slot, What::Reserved(place));
}

/// Moves a person, for whom a unit of `place` has been taken, out of the old place and into it.
#[inline(always)]
pub(in crate::model) fn move_to<R: Recorder>(
    run: &mut Replication<'_, R>,
    now: Time,
    slot: u32,
    place: u8,
) {
    let counted = run.counts_in(place);
    spell::leave_spell(run, now, slot, !counted, Outcome::Home);
    let person = &mut run.people[slot];
    let old = std::mem::replace(&mut person.place, place);
    if counted && !person.in_spell {
        person.in_spell = true;
        person.spell_since = now;
    }
    run.record(now, slot, What::Moves(place));
    if old != NO_PLACE {
        depart(run, now, slot, old);
    }
    if is_careful(run, place) {
        serving::come_in(run, slot);
    }
}

/// Moves a person to the place that is held for them.
pub(in crate::model) fn move_to_reserved<R: Recorder>(
    run: &mut Replication<'_, R>,
    now: Time,
    slot: u32,
) {
    let place = run.people[slot].reserved;
    debug_assert_ne!(place, NO_PLACE, "checked: a move follows a reserve");
    run.people[slot].reserved = NO_PLACE;
    end_hold(run, now, place);
    if is_careful(run, place) {
        let holdings = run.holdings.of(slot);
        holdings.granted = holdings.reserved;
    }
    move_to(run, now, slot, place);
}

/// The place that was granted to somebody who asked for one: it may be one to which their step
/// overflows.
pub(in crate::model) fn granted<R: Recorder>(
    run: &mut Replication<'_, R>,
    slot: u32,
    step: &Step,
    asked: u8,
) -> u8 {
    if step.has_request::<R>() { run.holdings.of(slot).granted_place } else { asked }
}
