//! People who come.
//!
//! Each stream is a Poisson process whose rate follows the month, the weekday and the hour. How many
//! come on a day is drawn for the day alone, and when each comes is drawn for the person: so a day
//! with more people has the same people as before and some others, and no other day changes.

use super::calendar::start_of;
use super::draws;
use super::journey;
use super::person::PersonId;
use super::recorder::{Recorder, What};
use super::rules::ArrivalRules;
use super::world::{Event, Replication};
use crate::engine::{Agenda, Phase, Span};
use crate::random::Key;

/// The day that has begun.
#[derive(Debug, Default)]
pub(super) struct Today {
    /// Which.
    day: u32,
    /// What the randomness of each stream depends on today.
    streams: Vec<Key>,
}

/// Schedules everybody who comes on a day.
pub(super) fn expect_the_day<R: Recorder>(
    run: &mut Replication<'_, R>,
    agenda: &mut Agenda<Event>,
    day: u32,
) {
    let days = &run.model.days;
    run.today.day = day;
    run.today.streams.clear();
    for (index, stream) in (0_u8..).zip(&run.rules.arrivals) {
        let factor = stream.weekday[days.factor_index(day)] * stream.month[days.month(day)];
        let key = day_key(run.key, stream, days.absolute(day));
        run.today.streams.push(key);
        let people = draws::people_on_day(stream, key, stream.per_day * factor);
        for number in 0..people {
            let second = draws::moment_of_arrival(stream, key.part(number.into()));
            let time = start_of(day) + Span::from_seconds(second);
            agenda.schedule(time, Phase::Arrive, Event::Arrival { stream: index, number });
        }
        let today = stream.listed.iter().filter(|listed| listed.0 == day);
        for (number, (_, second)) in (0..).zip(today) {
            let time = start_of(day) + Span::from_seconds(*second);
            agenda.schedule(time, Phase::Arrive, Event::Arrival { stream: index, number });
        }
    }
}

/// Somebody comes.
pub(super) fn arrive<R: Recorder>(
    run: &mut Replication<'_, R>,
    agenda: &mut Agenda<Event>,
    stream: u8,
    number: u32,
) {
    let now = agenda.now();
    let rules = &run.rules.arrivals[usize::from(stream)];
    let key = run.today.streams[usize::from(stream)].part(number.into());
    let pathway = draws::pathway(rules, key);
    let id = PersonId { stream, visit: 0, day: run.today.day, number };
    run.observed.arrived[usize::from(stream)] += 1;
    let slot = run.people.come(&mut run.links, key, id, pathway, now);
    run.people[slot].in_spell = !run.model.has_acute;
    run.record(now, slot, What::Arrives(stream));
    journey::go_on(run, agenda, slot, run.rules.starts[usize::from(pathway)]);
}

/// Somebody who had left comes back, as a person of a stream.
pub(super) fn come_back<R: Recorder>(
    run: &mut Replication<'_, R>,
    agenda: &mut Agenda<Event>,
    slot: u32,
    stream: u8,
) {
    let now = agenda.now();
    let person = &mut run.people[slot];
    person.visit = person.visit.saturating_add(1);
    person.key = person.key.part(u64::MAX - 1);
    person.loops = 0;
    person.in_spell = !run.model.has_acute;
    person.spell_since = now;
    person.pathway = draws::pathway(&run.rules.arrivals[usize::from(stream)], person.key);
    let pathway = usize::from(person.pathway);
    run.record(now, slot, What::Returns);
    journey::go_on(run, agenda, slot, run.rules.starts[pathway]);
}

/// How busy a month is, against the mean of all months.
pub(super) fn season(streams: &[ArrivalRules], month: usize) -> f64 {
    let people = |month: usize| -> f64 {
        streams.iter().map(|stream| stream.per_day * stream.month[month]).sum()
    };
    let mean = (0..12).map(people).sum::<f64>() / 12.0;
    if mean > 0.0 { people(month) / mean } else { 1.0 }
}

#[inline]
fn day_key(run: Key, stream: &ArrivalRules, date: u64) -> Key {
    run.joined(stream.purpose).part(date)
}
