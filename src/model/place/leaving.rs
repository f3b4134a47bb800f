//! Places that people leave only at certain hours of the day.
//!
//! Whoever would go at another time waits where they are. Where they go to, a unit is held for them.

use super::{end_hold, move_to, serving};
use crate::engine::{Agenda, Time};
use crate::model::person::NO_PLACE;
use crate::model::recorder::{Recorder, What};
use crate::model::world::{Event, Replication};

/// Whether somebody cannot leave now the place where they are; if so, they wait until they can.
pub(in crate::model) fn waits_to_leave<R: Recorder>(
    run: &mut Replication<'_, R>,
    agenda: &mut Agenda<Event>,
    slot: u32,
) -> bool {
    let now = agenda.now();
    let person = &run.people[slot];
    let at = person.at;
    let here = run.rules.places.get(usize::from(person.place));
    let Some(hours) = here.and_then(|place| place.leaving) else { return false };
    let opens = run.rules.calendars[usize::from(hours)].next_open(&run.model.days, now);
    if opens == now {
        return false;
    }
    run.record(now, slot, What::Begins(at));
    run.busy_until(agenda, slot, opens);
    true
}

/// Whether somebody who was granted a place cannot go there now; if so, it is held for them until they
/// can.
pub(in crate::model) fn waits_to_move<R: Recorder>(
    run: &mut Replication<'_, R>,
    agenda: &mut Agenda<Event>,
    slot: u32,
    granted: u8,
) -> bool {
    let waits = waits_to_leave(run, agenda, slot);
    if waits {
        run.places[usize::from(granted)].held.raise(agenda.now());
    }
    waits
}

/// Somebody who waited for it goes to the place that was granted to them.
pub(in crate::model) fn move_to_granted<R: Recorder>(
    run: &mut Replication<'_, R>,
    now: Time,
    slot: u32,
) {
    let granted = run.holdings.of(slot).granted_place;
    debug_assert_ne!(granted, NO_PLACE, "a place was granted to them");
    end_hold(run, now, granted);
    move_to(run, now, slot, granted);
}

/// Somebody who waits for it does not go to the place that was granted to them.
pub(in crate::model) fn give_up_granted<R: Recorder>(
    run: &mut Replication<'_, R>,
    now: Time,
    slot: u32,
) {
    let granted = run.holdings.of(slot).granted_place;
    end_hold(run, now, granted);
    serving::release_granted(run, now, slot, granted.into());
}
