//! Into a place and out of it.

use super::depart;
use crate::engine::Time;
use crate::model::person::NO_PLACE;
use crate::model::recorder::{Recorder, What};
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
    depart(run, now, old);
}
