//! Where decisions are batched: ward rounds, huddles, funding panels.
//!
//! When a meeting sits, it takes the cases that were in before its cut-off, those who waited longest
//! first, as many as it takes at a time. Each is decided or put off to the next meeting; a case that
//! is put off used up its turn, and keeps its place in the queue. The decision on a case falls at a
//! moment of the meeting's hours, and the person goes on then.

use super::calendar::{day_of, start_of};
use super::person::{Stage, next_stamp};
use super::recorder::{Recorder, What};
use super::rules::{Chance, MeetingRules};
use super::world::{Event, Replication};
use super::{delay, draws, waiting};
use crate::engine::{Agenda, Phase, Queue, Span, Time};

/// The state of a meeting.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Meeting {
    /// The cases that wait for a decision.
    queue: Queue,
    /// Sittings that carry another stamp are of rules no longer in force.
    stamp: u32,
}

/// Convenes the meeting by the rules in force.
pub(super) fn convene<R: Recorder>(
    run: &mut Replication<'_, R>,
    agenda: &mut Agenda<Event>,
    meeting: usize,
) {
    let state = &mut run.meetings[meeting];
    state.stamp = next_stamp(state.stamp);
    let stamp = state.stamp;
    schedule_next(run, agenda, meeting as u8, stamp, agenda.now());
}

/// Puts a person before a meeting.
pub(super) fn put_before<R: Recorder>(
    run: &mut Replication<'_, R>,
    agenda: &mut Agenda<Event>,
    slot: u32,
    meeting: u8,
) {
    run.people[slot].stage = Stage::Queued;
    run.meetings[usize::from(meeting)].queue.join(&mut run.links, slot);
    let at = run.people[slot].at;
    run.record(agenda.now(), slot, What::Waits(at));
    waiting::be_patient(run, agenda, slot, run.step(at));
}

/// Somebody who waits is not put before it any more.
pub(super) fn give_up<R: Recorder>(run: &mut Replication<'_, R>, slot: u32, meeting: u8) {
    run.meetings[usize::from(meeting)].queue.leave(&mut run.links, slot);
}

/// The meeting sits, and decides.
pub(super) fn sits<R: Recorder>(
    run: &mut Replication<'_, R>,
    agenda: &mut Agenda<Event>,
    meeting: u8,
    stamp: u32,
) {
    let index = usize::from(meeting);
    if run.meetings[index].stamp != stamp {
        return;
    }
    let now = agenda.now();
    let day = day_of(now);
    let rules = &run.rules.meetings[index];
    let date = run.model.days.absolute(day);
    let factor_index = run.model.days.factor_index(day);
    let value = rules.decided.value * rules.weekday_factors[factor_index];
    let chance = run.factors.chance(&Chance { value, ..rules.decided });
    let mut next = run.meetings[index].queue.first();
    let mut turns = rules.cases;
    while let Some(slot) = next
        && turns > 0
    {
        let person = &run.people[slot];
        let step = run.step(person.at);
        next = run.meetings[index].queue.behind(&run.links, slot);
        if person.step_since + rules.cut_off > now {
            break;
        }
        turns -= 1;
        let (at, key, asked) = (person.at, person.key, person.step_since);
        if draws::decides(step, chance, key, date) {
            run.meetings[index].queue.leave(&mut run.links, slot);
            waiting::be_served(run, slot, step);
            let moment = now + draws::moment_of_decision(rules, step, key, date);
            run.observed.meetings[index].add(moment.since(asked).seconds());
            delay::book(run, now, slot, step.queue_cell);
            run.record(now, slot, What::Begins(at));
            run.busy_until(agenda, slot, moment);
        } else {
            run.record(now, slot, What::PutOff(at));
        }
    }
    schedule_next(run, agenda, meeting, stamp, now + Span::from_seconds(1));
}

/// Schedules the first sitting at or after `from`.
fn schedule_next<R: Recorder>(
    run: &Replication<'_, R>,
    agenda: &mut Agenda<Event>,
    meeting: u8,
    stamp: u32,
    from: Time,
) {
    let rules: &MeetingRules = &run.rules.meetings[usize::from(meeting)];
    let starts = rules.between.first().map_or(0, |range| range.0);
    let mut day = day_of(from);
    loop {
        let at = start_of(day) + Span::from_seconds(starts);
        let besides = rules.besides.iter().any(|(first, end)| (*first..*end).contains(&day));
        if at >= from && (besides || rules.days[run.model.days.factor_index(day)]) {
            agenda.schedule(at, Phase::Normal, Event::MeetingSits { meeting, stamp });
            return;
        }
        day += 1;
        if start_of(day) == Time::NEVER {
            return;
        }
    }
}
