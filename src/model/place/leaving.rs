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
    let Some(opens) = opens_later(run, agenda.now(), slot) else { return false };
    wait(run, agenda, slot, opens);
    true
}

/// When somebody can leave the place where they are, if they cannot now.
pub(in crate::model) fn opens_later<R>(
    run: &Replication<'_, R>,
    now: Time,
    slot: u32,
) -> Option<Time> {
    let here = run.rules.places.get(usize::from(run.people[slot].place))?;
    let hours = &run.rules.calendars[usize::from(here.leaving?)];
    let opens = hours.next_open(&run.model.days, now);
    (opens > now).then_some(opens)
}

fn wait<R: Recorder>(
    run: &mut Replication<'_, R>,
    agenda: &mut Agenda<Event>,
    slot: u32,
    opens: Time,
) {
    let at = run.people[slot].at;
    run.record(agenda.now(), slot, What::Begins(at));
    run.busy_until(agenda, slot, opens);
}

/// Whether somebody who was granted a place cannot go there now; if so, it is held for them until they
/// can.
pub(in crate::model) fn waits_to_move<R: Recorder>(
    run: &mut Replication<'_, R>,
    agenda: &mut Agenda<Event>,
    slot: u32,
    granted: u8,
) -> bool {
    let now = agenda.now();
    let Some(opens) = opens_later(run, now, slot) else { return false };
    run.places[usize::from(granted)].held.raise(now);
    run.record(now, slot, What::Reserved(granted));
    wait(run, agenda, slot, opens);
    true
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
    let holding = run.holdings.of(slot).granted;
    serving::release_with_care(run, now, holding, granted.into());
}
