//! Where people are: ward beds, community beds, home-care places, care-home rooms.

use super::observations::PlaceTally;
use super::person::{NO_PLACE, Stage};
use super::recorder::{Recorder, What};
use super::rules::PlaceRules;
use super::world::Replication;
use crate::engine::{Level, Pool, Time};

/// The state of a place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    /// Its units, including those that are held for somebody who has not come yet.
    pub pool: Pool,
    /// Those that are held for somebody who has not come yet.
    pub held: Level,
    /// The people in it who are ready to leave.
    pub ready: Level,
}

impl Place {
    pub(super) fn new(rules: &PlaceRules) -> Place {
        Place { pool: Pool::new(rules.capacity), held: Level::default(), ready: Level::default() }
    }

    pub(super) fn restart(&mut self, now: Time) {
        self.pool.restart(now);
        self.held.restart(now);
        self.ready.restart(now);
    }

    /// Adds the areas until `now` to a tally.
    pub(super) fn tally(&self, now: Time, tally: &mut PlaceTally) {
        tally.queue.in_use_area = self.pool.in_use().area(now);
        tally.queue.waiting_area = self.pool.waiting().area(now);
        tally.ready_area = self.ready.area(now);
        tally.people_area = tally.queue.in_use_area - self.held.area(now);
    }
}

/// Asks for a unit of a place: takes it, or waits.
#[inline]
pub(super) fn ask<R: Recorder>(
    run: &mut Replication<'_, R>,
    now: Time,
    slot: u32,
    place: u8,
) -> bool {
    let granted = run.places[usize::from(place)].pool.take_or_wait(now, &mut run.links, slot);
    if granted {
        run.observed.places[usize::from(place)].queue.waits.count += 1;
    } else {
        run.people[slot].stage = Stage::Queued;
        let at = run.people[slot].at;
        run.record(now, slot, What::Waits(at));
    }
    granted
}

/// Somebody who waits gives up.
pub(super) fn give_up<R: Recorder>(run: &mut Replication<'_, R>, now: Time, slot: u32, place: u8) {
    run.places[usize::from(place)].pool.give_up(now, &mut run.links, slot);
}

/// Somebody has left a place.
#[inline]
pub(super) fn depart<R: Recorder>(run: &mut Replication<'_, R>, now: Time, place: u8) {
    if place != NO_PLACE {
        run.observed.places[usize::from(place)].departures += 1;
        release(run, now, place);
    }
}

/// A unit is held for somebody who has not come yet.
pub(super) fn hold<R: Recorder>(run: &mut Replication<'_, R>, now: Time, place: u8) {
    run.places[usize::from(place)].held.raise(now);
}

/// A unit is not held any more: somebody comes, or will not come.
pub(super) fn end_hold<R: Recorder>(run: &mut Replication<'_, R>, now: Time, place: u8) {
    run.places[usize::from(place)].held.lower(now);
}

/// A unit that was held for somebody is free again.
pub(super) fn release_held<R: Recorder>(run: &mut Replication<'_, R>, now: Time, place: u8) {
    if place != NO_PLACE {
        end_hold(run, now, place);
        release(run, now, place);
    }
}

/// A unit of a place is free again.
fn release<R: Recorder>(run: &mut Replication<'_, R>, now: Time, place: u8) {
    run.places[usize::from(place)].pool.give_back(now);
    give_to_those_waiting(run, now, place.into());
}

/// Gives free units to those who wait longest. They move before the instant is over.
#[inline]
pub(super) fn give_to_those_waiting<R: Recorder>(
    run: &mut Replication<'_, R>,
    now: Time,
    place: usize,
) {
    while let Some(slot) = run.places[place].pool.next_served(now, &mut run.links) {
        run.people[slot].stage = Stage::Busy;
        count_wait(run, now, slot, place as u8);
        run.granted.push_back(slot);
    }
}

fn count_wait<R: Recorder>(run: &mut Replication<'_, R>, now: Time, slot: u32, place: u8) {
    let waited = now.since(run.people[slot].step_since);
    let tally = &mut run.observed.places[usize::from(place)];
    tally.queue.waits.add(waited.seconds());
    if let Some(long) = run.rules.places[usize::from(place)].long_wait {
        tally.long_waits += u64::from(waited > long);
    }
}
