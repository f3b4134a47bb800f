//! Work that may be interrupted: what is left of it, and who does it.
//!
//! Most work, once it has begun, goes on to its end, and nothing is kept of it but the event of that
//! end. A team that hands over when it closes, or that interrupts its work for more important people, needs
//! more: whom it works for, and how much of each case is left. That is kept here, beside the people, for the cases of such teams only.

use super::calendar::{Calendar, Days};
use super::person::{Stage, next_stamp};
use super::queueing::Ranking;
use super::recorder::{Recorder, What};
use super::rules::{Action, TeamRules};
use super::world::{Event, Replication};
use super::{delay, draws, team};
use crate::engine::{Agenda, Span, Time};
use crate::scenario::language::AtClosing;

/// The work of a person's step.
#[derive(Debug, Clone, Copy)]
struct Work<'m> {
    /// Who does it, or for whom the person waits.
    team: u8,
    /// Whether that team has worked on it before.
    known: bool,
    /// What is left of it, once it has begun.
    left: Option<Span>,
    /// Since when the person has waited for that team.
    waits_since: Time,
    /// When it ends, if nothing interrupts it.
    ends: Time,
    /// The opening hours in which it goes on; at all hours, if none.
    hours: Option<&'m Calendar>,
}

/// All work that may be interrupted.
#[derive(Debug, Default)]
pub(super) struct Works<'m> {
    /// By the slot of the person: of use while they are in a task of a team with such work.
    of: Vec<Option<Work<'m>>>,
    /// By team: for whom it works, those first for whom it began first.
    served: Vec<Vec<u32>>,
}

impl<'m> Works<'m> {
    /// None yet, of so many teams.
    pub(super) fn of_teams(teams: usize) -> Works<'m> {
        Works { of: Vec::new(), served: vec![Vec::new(); teams] }
    }

    /// Whether somebody's work ends later than now.
    fn ends_after(&self, slot: u32, now: Time) -> bool {
        self.of[slot as usize].is_some_and(|work| work.ends > now)
    }

    fn get(&mut self, slot: u32) -> &mut Work<'m> {
        self.of[slot as usize].as_mut().expect("who asked such a team has work")
    }
}

/// Notes that a person asks a team whose work may be interrupted.
pub(super) fn ask<R: Recorder>(run: &mut Replication<'_, R>, now: Time, slot: u32, team: u8) {
    let of = &mut run.works.of;
    if of.len() <= slot as usize {
        of.resize(slot as usize + 1, None);
    }
    of[slot as usize] =
        Some(Work { team, known: false, left: None, waits_since: now, ends: now, hours: None });
}

/// Whether the work of a task may be interrupted.
#[inline]
pub(super) fn may_be_interrupted<R: Recorder>(run: &Replication<'_, R>, at: u32) -> bool {
    match run.step(at).action {
        Action::Task { team, .. } => !R::PLAIN && run.rules.teams[usize::from(team)].interrupts,
        _ => unreachable!("a team works on tasks"),
    }
}

/// The team that does the work of somebody's step, or for which they wait: the one that the step asks,
/// unless it has handed over.
#[inline]
pub(super) fn doing<R: Recorder>(run: &mut Replication<'_, R>, slot: u32, asked: u8) -> u8 {
    if run.rules.teams[usize::from(asked)].interrupts { run.works.get(slot).team } else { asked }
}

/// Since when somebody has waited for the team that does the work for which they asked a team.
pub(super) fn waits_since<R: Recorder>(run: &mut Replication<'_, R>, slot: u32, asked: u8) -> Time {
    match !R::PLAIN && run.rules.teams[usize::from(asked)].interrupts {
        true => run.works.get(slot).waits_since,
        false => run.people[slot].step_since,
    }
}

/// Whether the work of somebody's step has begun, and was interrupted.
pub(super) fn has_begun<R: Recorder>(run: &Replication<'_, R>, slot: u32) -> bool {
    let work = run.works.of.get(slot as usize).copied().flatten();
    may_be_interrupted(run, run.people[slot].at) && work.is_some_and(|work| work.left.is_some())
}

/// The work for somebody begins or goes on; a unit has been taken.
pub(super) fn begin<R: Recorder>(
    run: &mut Replication<'_, R>,
    agenda: &mut Agenda<Event>,
    slot: u32,
    team: u8,
) {
    let now = agenda.now();
    let rules = run.rules;
    let at = run.people[slot].at;
    let work = *run.works.get(slot);
    let waited = now.since(work.waits_since).seconds();
    let waits = &mut run.observed.teams[usize::from(team)].waits;
    // Waiting once more for the same team makes the same wait longer.
    waits.count += u64::from(!work.known);
    waits.seconds += u64::from(waited);
    let left = work.left.unwrap_or_else(|| draw(run, slot));
    let of_team = &rules.teams[usize::from(team)];
    let calendar = of_team.calendar.map(|calendar| &rules.calendars[usize::from(calendar)]);
    let hours = calendar.filter(|_| of_team.at_closing == AtClosing::Pause);
    let ends = hours.map_or(now + left, |hours| hours.end_of_work(&run.model.days, now, left));
    *run.works.get(slot) = Work { known: true, left: Some(left), ends, hours, ..work };
    if of_team.interrupts {
        run.works.served[usize::from(team)].push(slot);
    }
    run.record(now, slot, What::Begins(at));
    run.busy_until(agenda, slot, ends);
}

/// How much work the step of a person is.
pub(super) fn draw<R: Recorder>(run: &Replication<'_, R>, slot: u32) -> Span {
    let person = &run.people[slot];
    let step = run.step(person.at);
    let Action::Task { time, team, .. } = step.action else {
        unreachable!("a team works on tasks")
    };
    let work = draws::time(step, &run.rules.times[usize::from(time)], person.key, person.loops);
    if run.layer.is_none() {
        return work;
    }
    let slower = run.factors.team(team.into()).time;
    Span::round_seconds(f64::from(work.seconds()) * slower)
}

/// The work for somebody ends; returns the team that did it.
pub(super) fn ends<R: Recorder>(run: &mut Replication<'_, R>, slot: u32) -> u8 {
    let team = run.works.get(slot).team;
    run.works.served[usize::from(team)].retain(|served| *served != slot);
    team
}

/// The work of a step is done: how long it took from asking is known now.
pub(super) fn done<R: Recorder>(run: &mut Replication<'_, R>, now: Time, slot: u32, asked: u8) {
    let took = now.since(run.people[slot].step_since);
    run.observed.teams[usize::from(asked)].turnarounds.add(took.seconds());
}

/// A team closes: the people for whom it works wait for the rest, the first begun first.
pub(super) fn hand_over<R: Recorder>(run: &mut Replication<'_, R>, now: Time, team: usize) {
    let TeamRules { at_closing: AtClosing::HandOver, hand_over_to, .. } = run.rules.teams[team]
    else {
        return;
    };
    for slot in std::mem::take(&mut run.works.served[team]).into_iter().rev() {
        let at = run.people[slot].at;
        stop(run, now, slot, team as u8, hand_over_to);
        if usize::from(hand_over_to) != team
            && let Some(layer) = &mut run.layer
        {
            layer.ask(hand_over_to);
        }
        run.record(now, slot, What::HandedOver { at, team: hand_over_to });
    }
}

/// Whoever closes as a team opens hands over to it before it begins anything.
pub(super) fn take_over<R: Recorder>(run: &mut Replication<'_, R>, now: Time, team: usize) {
    let rules = run.rules;
    for (other, of_other) in rules.teams.iter().enumerate() {
        let hands_over = of_other.at_closing == AtClosing::HandOver
            && usize::from(of_other.hand_over_to) == team
            && other != team;
        let closes = |calendar: u16| {
            let calendar = &rules.calendars[usize::from(calendar)];
            calendar.closes_at(&run.model.days, now).is_none()
        };
        if hands_over && run.teams[other].open && of_other.calendar.is_some_and(closes) {
            run.teams[other].open = false;
            hand_over(run, now, other);
            run.teams[other].refresh(now, of_other);
        }
    }
}

/// Interrupts whoever is least important of those for whom a team works, if `slot` goes before them:
/// one member of staff is free then. Of equals, that whose work began last.
pub(super) fn interrupt_for<R: Recorder>(
    run: &mut Replication<'_, R>,
    now: Time,
    slot: u32,
    team: usize,
) -> bool {
    let state = &run.teams[team];
    if !state.open || state.pool.in_use().value() > state.pool.capacity() {
        // Nobody would be free for it.
        return false;
    }
    let ranking = Ranking::of_team(run.rules, team);
    let rank = |slot: u32| ranking.rank(run.rules, &run.people, slot);
    let works = &run.works;
    // Whoever is done in this very moment is not interrupted.
    let served = works.served[team].iter().copied().filter(|served| works.ends_after(*served, now));
    let Some(least) = served.max_by_key(|served| rank(*served)) else { return false };
    if rank(slot) >= rank(least) {
        return false;
    }
    let at = run.people[least].at;
    run.works.served[team].retain(|served| *served != least);
    stop(run, now, least, team as u8, team as u8);
    run.record(now, least, What::Interrupted(at));
    true
}

/// Interrupts somebody for whoever is first of those who wait.
pub(super) fn interrupt_for_first<R: Recorder>(
    run: &mut Replication<'_, R>,
    now: Time,
    team: usize,
) -> bool {
    let first = run.teams[team].pool.queue().first();
    first.is_some_and(|first| interrupt_for(run, now, first, team))
}

/// The work of `team` for somebody stops before it is done. They wait for the rest of it, at the head
/// of the queue of the team `next`.
fn stop<R: Recorder>(run: &mut Replication<'_, R>, now: Time, slot: u32, team: u8, next: u8) {
    let cell = run.cell_of(slot);
    delay::book(run, now, slot, cell);
    let person = &mut run.people[slot];
    person.stamp = next_stamp(person.stamp);
    person.stage = Stage::Queued;
    let days = &run.model.days;
    let work = run.works.get(slot);
    let left = work.rest(days, now);
    let known = work.known && next == team;
    *work = Work { team: next, known, left: Some(left), waits_since: now, ..*work };
    let units = team::units(run, slot);
    run.teams[usize::from(team)].pool.give_back_units(now, units);
    // Before all those before whom they do not have to stand back.
    let (rules, people) = (run.rules, &run.people);
    let ranking = Ranking::of_team(rules, next.into());
    run.teams[usize::from(next)].pool.wait_by(now, &mut run.links, slot, |other| {
        !ranking.goes_before(rules, people, other, slot)
    });
}

impl Work<'_> {
    /// What is left of it at a moment after it began.
    fn rest(&self, days: &Days, now: Time) -> Span {
        match self.hours {
            Some(hours) => hours.open_between(days, now, self.ends),
            None => self.ends.since(now),
        }
    }
}
