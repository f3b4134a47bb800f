//! Where people are: ward beds, community beds, home-care places, care-home rooms.

mod asking;
mod capacity;
mod holding;
mod leaving;
mod moving;
pub(super) mod rules;
mod serving;

pub(super) use self::asking::{Answer, ask_with_care, is_there};
pub(super) use self::capacity::{capacity_turns, take_up};
pub(super) use self::holding::AllHoldings;
pub(super) use self::leaving::{
    give_up_granted, move_to_granted, opens_later, waits_to_leave, waits_to_move,
};
pub(super) use self::moving::{granted, hold, move_to, move_to_reserved};
use self::rules::PlaceRules;
pub(super) use self::serving::{keep, serve_with_care};
use super::observations::{PlaceTally, WaitTally};
use super::person::{NO_PLACE, Stage, next_stamp};
use super::recorder::{Recorder, What};
use super::world::Replication;
use crate::engine::{Level, Pool, Queue, Span, Time};

/// The state of a place.
#[derive(Debug, Clone)]
pub(super) struct Place {
    /// Its units, including those that are held for somebody who has not come yet.
    pub pool: Pool,
    /// Whether more than its capacity says who gets in, at some time of the run.
    pub careful: bool,
    /// Those that are held for somebody who has not come yet.
    pub held: Level,
    /// The people in it who are ready to leave.
    pub ready: Level,
    /// Waits for it that ended, and those of them that were long.
    waits: WaitTally,
    long_waits: u64,
    /// People who left it.
    departures: u64,
    /// Units in use beyond one for each person.
    pub extra: Level,
    /// Units that there are; only of places that need care.
    capacity: Level,
    /// Units that there are by its ordinary capacity.
    ordinary: u32,
    /// Whether further units are opened.
    opened: bool,
    /// Units in use by each class of the scenario.
    used: Vec<u32>,
    /// People elsewhere who go back to it when they can.
    outliers: Queue,
    /// Turns of its capacity that carry another stamp are of rules no longer in force.
    stamp: u32,
}

impl Place {
    /// A place by its rules, in a scenario of so many classes of people.
    pub(super) fn new(rules: &PlaceRules, classes: usize) -> Place {
        Place {
            pool: Pool::new(rules.capacity),
            careful: rules.careful,
            extra: Level::default(),
            capacity: Level::default(),
            ordinary: rules.capacity,
            opened: false,
            used: if rules.careful { vec![0; classes] } else { Vec::new() },
            outliers: Queue::default(),
            stamp: 0,
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
        self.extra.restart(now);
        self.capacity.restart(now);
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
        tally.queue.capacity_area = self.capacity.area(now);
        tally.people_area = tally.queue.in_use_area - self.held.area(now) - self.extra.area(now);
    }

    /// The people in it.
    pub(super) fn people(&self) -> u32 {
        self.pool.in_use().value() - self.held.value() - self.extra.value()
    }

    /// Counts the wait of somebody who is served.
    fn note_wait(&mut self, waited: Span, long_wait: Option<Span>) {
        self.waits.add(waited.seconds());
        self.long_waits += u64::from(long_wait.is_some_and(|long| waited > long));
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
    let waited = now.since(run.people[slot].step_since);
    run.observed.places[usize::from(place)].queue.given_up_seconds += u64::from(waited.seconds());
    run.places[usize::from(place)].pool.give_up(now, &mut run.links, slot);
    if is_careful(run, place) {
        // They may have stood in the way of others.
        serve_with_care(run, now, place.into());
    }
}

/// Whether more than its capacity says who gets into a place.
#[inline(always)]
fn is_careful<R: Recorder>(run: &Replication<'_, R>, place: u8) -> bool {
    !R::PLAIN && run.places[usize::from(place)].careful
}

/// Somebody has left a place.
#[inline]
pub(super) fn depart<R: Recorder>(run: &mut Replication<'_, R>, now: Time, slot: u32, place: u8) {
    // Nobody's place is none of them.
    if let Some(state) = run.places.get_mut(usize::from(place)) {
        state.departures += 1;
        if !R::PLAIN && state.careful {
            return serving::depart_with_care(run, now, slot, place.into());
        }
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
pub(super) fn release_held<R: Recorder>(
    run: &mut Replication<'_, R>,
    now: Time,
    slot: u32,
    place: u8,
) {
    if place != NO_PLACE {
        release(run, now, slot, place);
    }
}

/// A unit that was held for somebody is free again.
#[inline(never)]
fn release<R: Recorder>(run: &mut Replication<'_, R>, now: Time, slot: u32, place: u8) {
    end_hold(run, now, place);
    let state = &mut run.places[usize::from(place)];
    if !R::PLAIN && state.careful {
        let holding = run.holdings.of(slot).reserved;
        return serving::release_with_care(run, now, holding, place.into());
    }
    state.pool.give_back(now);
    give_to_those_waiting(run, now, place.into());
}

/// Whether there is room for somebody who waits for the place where `leaver` is, once they leave.
pub(super) fn fits_instead_of<R>(run: &Replication<'_, R>, slot: u32, leaver: u32) -> bool {
    let place = usize::from(run.people[leaver].place);
    let state = &run.places[place];
    match state.careful {
        true => serving::fits_instead_of(run, slot, leaver, place),
        false => state.pool.in_use().value() <= state.pool.capacity(),
    }
}

/// Gives somebody who waits a unit that another leaves in the same instant.
pub(super) fn grant<R: Recorder>(run: &mut Replication<'_, R>, now: Time, slot: u32, place: u8) {
    if run.places[usize::from(place)].careful {
        return serving::grant(run, now, slot, place.into(), place.into());
    }
    let long_wait = run.rules.places[usize::from(place)].long_wait;
    let state = &mut run.places[usize::from(place)];
    state.pool.serve(now, &mut run.links, slot);
    let person = &mut run.people[slot];
    person.stage = Stage::Busy;
    person.stamp = next_stamp(person.stamp);
    state.note_wait(now.since(person.step_since), long_wait);
    run.granted.push_back(slot);
}

/// Gives free units to those who wait longest. They move before the instant is over.
#[inline(never)]
pub(super) fn give_to_those_waiting<R: Recorder>(
    run: &mut Replication<'_, R>,
    now: Time,
    place: usize,
) {
    let long_wait = run.rules.places[place].long_wait;
    let state = &mut run.places[place];
    while let Some(slot) = state.pool.next_served(now, &mut run.links) {
        let person = &mut run.people[slot];
        person.stage = Stage::Busy;
        state.note_wait(now.since(person.step_since), long_wait);
        run.granted.push_back(slot);
    }
}
