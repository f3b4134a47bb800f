//! People who come.
//!
//! A stream with a rate is a Poisson process whose rate follows the month, the weekday and the hour.
//! How many come on a day is drawn for the day alone, and when each comes is drawn for the person: so
//! a day with more people has the same people as before and some others, and no other day changes.
//!
//! A stream with gaps knows no days: its people are numbered, and the gap before each is drawn for
//! the person. So they are the same people in every scenario, at the same times.

use super::calendar::start_of;
use super::draws;
use super::journey::{self, Way};
use super::person::PersonId;
use super::recorder::{Recorder, What};
use super::rules::{Action, ArrivalRules, Step};
use super::traits::Traits;
use super::world::{Event, Replication};
use crate::engine::{Agenda, Phase, Span};
use crate::random::Key;

/// What a stream of numbered people has in place of a date; no date is as late.
const NUMBERED: u64 = u64::MAX - 2;
/// The second of those who come together, in the key of the first.
const TOGETHER: u64 = u64::MAX - 2_000;

/// Who is expected.
#[derive(Debug, Default)]
pub(super) struct Expected {
    /// The day that has begun.
    day: u32,
    /// What the randomness of each stream depends on today.
    streams: Vec<Key>,
    /// For each stream with gaps, the number of who comes next, and whether they are on their way.
    next: Vec<(u32, bool)>,
}

/// Schedules everybody who comes on a day.
pub(super) fn expect_the_day<R: Recorder>(
    run: &mut Replication<'_, R>,
    agenda: &mut Agenda<Event>,
    day: u32,
) {
    let days = &run.model.days;
    run.expected.day = day;
    run.expected.streams.clear();
    for (index, stream) in (0_u8..).zip(&run.rules.arrivals) {
        let factor = stream.weekday[days.factor_index(day)] * stream.month[days.month(day)];
        let key = day_key(run.key, stream, days.absolute(day));
        run.expected.streams.push(key);
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
        if let Some(daily) = &stream.daily
            && daily.days[days.factor_index(day)]
        {
            for (number, second) in (0..).zip(&daily.seconds) {
                let time = start_of(day) + Span::from_seconds(*second);
                agenda.schedule(time, Phase::Arrive, Event::Arrival { stream: index, number });
            }
        }
    }
}

/// Whoever comes first in each stream with gaps is on their way, unless they are already.
pub(super) fn expect_the_next<R: Recorder>(
    run: &mut Replication<'_, R>,
    agenda: &mut Agenda<Event>,
) {
    run.expected.next.resize(run.rules.arrivals.len(), (0, false));
    for stream in 0..run.rules.arrivals.len() {
        if !run.expected.next[stream].1 {
            expect_after_gap(run, agenda, stream);
        }
    }
}

/// Schedules the next person of a stream with gaps.
fn expect_after_gap<R: Recorder>(
    run: &mut Replication<'_, R>,
    agenda: &mut Agenda<Event>,
    stream: usize,
) {
    let rules = &run.rules.arrivals[stream];
    let (number, on_their_way) = &mut run.expected.next[stream];
    *on_their_way = rules.gaps.is_some();
    if let Some(gaps) = &rules.gaps {
        let key = day_key(run.key, rules, NUMBERED).part((*number).into());
        let gap = draws::gap(rules, gaps, key);
        let stream = u8::try_from(stream).expect("checked: at most 250 streams");
        agenda.schedule_in(gap, Phase::Arrive, Event::NextComes { stream });
    }
}

/// The next person of a stream with gaps comes.
#[inline(never)]
pub(super) fn next_comes<R: Recorder>(
    run: &mut Replication<'_, R>,
    agenda: &mut Agenda<Event>,
    stream: u8,
) {
    let rules = &run.rules.arrivals[usize::from(stream)];
    let (number, on_their_way) = &mut run.expected.next[usize::from(stream)];
    if rules.gaps.is_none() {
        // Since a dated change, the stream comes otherwise.
        *on_their_way = false;
        return;
    }
    let this = *number;
    *number += 1;
    let key = day_key(run.key, rules, NUMBERED).part(this.into());
    // Numbers go on where those of a day would end; those of the first are of who was there already.
    let first = u64::from(this) * u64::from(rules.largest_group);
    let day = 1 + (first / run.model.numbers_a_day) as u32;
    let number = (first % run.model.numbers_a_day) as u32;
    come(run, agenda, key, PersonId { stream, visit: 0, day, number });
    expect_after_gap(run, agenda, usize::from(stream));
}

/// Somebody comes on the day that has begun.
#[inline]
pub(super) fn arrive<R: Recorder>(
    run: &mut Replication<'_, R>,
    agenda: &mut Agenda<Event>,
    stream: u8,
    number: u32,
) {
    let key = run.expected.streams[usize::from(stream)].part(number.into());
    let mut number = number;
    if !R::PLAIN {
        number *= run.rules.arrivals[usize::from(stream)].largest_group;
    }
    come(run, agenda, key, PersonId { stream, visit: 0, day: run.expected.day, number });
}

/// Somebody comes, alone or with others.
#[inline(always)]
fn come<R: Recorder>(
    run: &mut Replication<'_, R>,
    agenda: &mut Agenda<Event>,
    key: Key,
    id: PersonId,
) {
    begin(run, agenda, key, id);
    if !R::PLAIN && run.rules.arrivals[usize::from(id.stream)].largest_group > 1 {
        come_with_others(run, agenda, key, id);
    }
}

/// Those who come with somebody who has come.
#[inline(never)]
fn come_with_others<R: Recorder>(
    run: &mut Replication<'_, R>,
    agenda: &mut Agenda<Event>,
    key: Key,
    first: PersonId,
) {
    let rules = &run.rules.arrivals[usize::from(first.stream)];
    let together = if rules.together.is_empty() { 1 } else { draws::together(rules, key) };
    for other in 1..together {
        journey::move_those_granted(run, agenda);
        let id = PersonId { number: first.number + other, ..first };
        begin(run, agenda, key.part(TOGETHER + u64::from(other)), id);
    }
}

/// Begins somebody's way.
#[inline(always)]
fn begin<R: Recorder>(
    run: &mut Replication<'_, R>,
    agenda: &mut Agenda<Event>,
    key: Key,
    id: PersonId,
) {
    let now = agenda.now();
    let stream = id.stream;
    let rules = &run.rules.arrivals[usize::from(stream)];
    run.observed.arrived[usize::from(stream)] += 1;
    let slot = run.people.come(&mut run.links, key, id, now);
    let pathways = if R::PLAIN {
        &rules.pathways
    } else {
        run.traits.come(run.rules, rules, key, slot);
        pathways(rules, &run.traits, slot)
    };
    let pathway = draws::pathway(rules, pathways, key);
    let person = &mut run.people[slot];
    person.pathway = pathway;
    person.in_spell = !run.model.has_acute;
    run.record(now, slot, What::Arrives(stream));
    journey::walk(run, agenda, slot, run.rules.starts[usize::from(pathway)]);
}

/// Having left: comes back to hospital with a certain chance, or is gone.
pub(super) fn perhaps_come_back<R: Recorder>(
    run: &mut Replication<'_, R>,
    agenda: &mut Agenda<Event>,
    slot: u32,
    step: &Step,
) -> Way {
    let person = &run.people[slot];
    let Action::Readmit { chance, time, .. } = step.action else {
        unreachable!("only a readmission brings people back")
    };
    let after = &run.rules.times[usize::from(time)];
    let chance = run.factors.chance(&chance);
    match draws::comes_back(step, chance, after, person.key, person.loops) {
        Some(after) => {
            run.observed.leavers[usize::from(person.pathway)].readmitted += 1;
            let time = agenda.now() + after;
            run.busy_until(agenda, slot, time);
            Way::Waits
        }
        None => {
            run.people.go(slot);
            Way::Gone
        }
    }
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
    let rules = &run.rules.arrivals[usize::from(stream)];
    person.pathway = draws::pathway(rules, pathways(rules, &run.traits, slot), person.key);
    let pathway = usize::from(person.pathway);
    run.record(now, slot, What::Returns);
    journey::go_on(run, agenda, slot, run.rules.starts[pathway]);
}

/// Cumulative shares of the pathways for somebody who comes in a stream.
#[inline]
fn pathways<'r>(stream: &'r ArrivalRules, traits: &Traits, slot: u32) -> &'r [(f64, u8)] {
    match &stream.pathways_by {
        None => &stream.pathways,
        Some((attribute, lists)) => &lists[usize::from(traits.value(slot, *attribute))],
    }
}

/// How busy a month is, against the mean of all months.
pub(super) fn season(streams: &[ArrivalRules], month: usize) -> f64 {
    let people =
        |month: usize| -> f64 { streams.iter().map(|stream| stream.people_a_day(month)).sum() };
    let mean = (0..12).map(people).sum::<f64>() / 12.0;
    if mean > 0.0 { people(month) / mean } else { 1.0 }
}

#[inline]
fn day_key(run: Key, stream: &ArrivalRules, date: u64) -> Key {
    run.joined(stream.purpose).part(date)
}
