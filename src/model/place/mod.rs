//! Where people are: ward beds, community beds, home-care places, care-home rooms.

mod asking;
mod moving;

pub(super) use self::asking::{Answer, ask_with_care};
pub(super) use self::moving::{hold, move_to};
use super::observations::{PlaceTally, WaitTally};
use super::person::{NO_PLACE, Stage, next_stamp};
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
    /// Waits for it that ended, and those of them that were long.
    waits: WaitTally,
    long_waits: u64,
    /// People who left it.
    departures: u64,
}

impl Place {
    pub(super) fn new(rules: &PlaceRules) -> Place {
        Place {
            pool: Pool::new(rules.capacity),
            held: Level::default(),
            ready: Level::default(),
            waits: WaitTally::default(),
            long_waits: 0,
            departures: 0,
        }
    }

    pub(super) fn restart(&mut self, now: Time) {
        self.pool.restart(now);
        self.held.restart(now);
        self.ready.restart(now);
        self.waits = WaitTally::default();
        self.long_waits = 0;
        self.departures = 0;
    }

    /// Writes what was counted until `now` to a tally.
    pub(super) fn tally(&self, now: Time, tally: &mut PlaceTally) {
        tally.queue.waits = self.waits;
        tally.long_waits = self.long_waits;
        tally.departures = self.departures;
        tally.queue.in_use_area = self.pool.in_use().area(now);
        tally.queue.waiting_area = self.pool.waiting().area(now);
        tally.ready_area = self.ready.area(now);
        tally.people_area = tally.queue.in_use_area - self.held.area(now);
    }
}

/// Asks for a unit of a place: takes it, or waits.
#[inline(always)]
pub(super) fn ask<R: Recorder>(
    run: &mut Replication<'_, R>,
    now: Time,
    slot: u32,
    place: u8,
) -> bool {
    let state = &mut run.places[usize::from(place)];
    let granted = state.pool.take_or_wait(now, &mut run.links, slot);
    if granted {
        state.waits.count += 1;
    } else {
        let person = &mut run.people[slot];
        person.stage = Stage::Queued;
        let at = person.at;
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
    // Nobody's place is none of them.
    if let Some(state) = run.places.get_mut(usize::from(place)) {
        state.departures += 1;
        state.pool.give_back(now);
        if state.pool.can_serve() {
            give_to_those_waiting(run, now, place.into());
        }
    }
}

/// A unit is not held any more: somebody comes, or will not come.
pub(super) fn end_hold<R: Recorder>(run: &mut Replication<'_, R>, now: Time, place: u8) {
    run.places[usize::from(place)].held.lower(now);
}

/// A unit that was held for somebody, if any, is free again.
#[inline]
pub(super) fn release_held<R: Recorder>(run: &mut Replication<'_, R>, now: Time, place: u8) {
    if place != NO_PLACE {
        release(run, now, place);
    }
}

/// A unit that was held for somebody is free again.
#[inline(never)]
fn release<R: Recorder>(run: &mut Replication<'_, R>, now: Time, place: u8) {
    end_hold(run, now, place);
    run.places[usize::from(place)].pool.give_back(now);
    give_to_those_waiting(run, now, place.into());
}

/// Gives free units to those who wait longest. They move before the instant is over.
#[inline(never)]
pub(super) fn give_to_those_waiting<R: Recorder>(
    run: &mut Replication<'_, R>,
    now: Time,
    place: usize,
) {
    let PlaceRules { long_wait, careful, .. } = run.rules.places[place];
    let state = &mut run.places[place];
    while let Some(slot) = state.pool.next_served(now, &mut run.links) {
        let person = &mut run.people[slot];
        person.stage = Stage::Busy;
        if careful {
            // Patience is not tried any more.
            person.stamp = next_stamp(person.stamp);
        }
        let waited = now.since(person.step_since);
        state.waits.add(waited.seconds());
        state.long_waits += u64::from(long_wait.is_some_and(|long| waited > long));
        run.granted.push_back(slot);
    }
}
