//! Staff who do work for a person, and their opening hours.
//!
//! Work that has begun stops at closing time and goes on when the team opens again; whoever does it
//! stays with it. Where a scenario says so, it is finished instead, or handed over
//! ([`work`]). New work begins only in opening hours, as far as staff are on duty that
//! day.

use super::calendar::{DAY, day_of};
use super::observations::QueueTally;
use super::person::{Stage, next_stamp};
use super::queueing::{Ranking, request_of};
use super::recorder::{Recorder, What};
use super::rules::{Rules, TeamRules};
use super::world::{Event, Replication};
use super::{draws, joint, slots, waiting, work};
use crate::engine::{Agenda, Level, Phase, Pool, Span, Time};
use crate::scenario::language::{AtClosing, Discipline};

/// The state of a team.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Team {
    /// Its cases: capacity is zero while it is closed.
    pub pool: Pool,
    /// The cases that the staff on duty today can work on.
    on_duty: u32,
    pub open: bool,
    /// Cases that are worked on, zero while work stands still because the team is closed.
    busy: Level,
    /// Cases that can be worked on; while closed, only those that are being finished.
    duty: Level,
    /// Work that it does for people who have left, and has not done yet.
    later: Span,
    /// How often it has chosen today whom to see next.
    chosen: u32,
    /// Openings and closings that carry another stamp are of rules no longer in force.
    stamp: u32,
}

impl Team {
    pub(super) fn restart(&mut self, now: Time) {
        self.pool.restart(now);
        self.busy.restart(now);
        self.duty.restart(now);
    }

    pub(super) fn tally(&self, now: Time, tally: &mut QueueTally) {
        tally.in_use_area = self.busy.area(now);
        tally.waiting_area = self.pool.waiting().area(now);
        tally.capacity_area = self.duty.area(now);
    }

    /// Brings capacity and levels in line with who is on duty and whether it is open.
    pub(super) fn refresh(&mut self, now: Time, rules: &TeamRules) {
        let capacity = if self.open { self.on_duty } else { 0 };
        self.pool.set_capacity(capacity);
        self.duty.set(now, capacity);
        self.note_busy(now, rules);
    }

    /// Whether a stamp is of the rules in force.
    pub(super) fn is_of(&self, stamp: u32) -> bool {
        self.stamp == stamp
    }

    #[inline]
    pub(super) fn note_busy(&mut self, now: Time, rules: &TeamRules) {
        let in_use = self.pool.in_use().value();
        if self.open {
            self.busy.set(now, in_use);
        } else {
            // Whoever finishes a case after closing is on duty for it.
            let busy = if rules.at_closing == AtClosing::Finish { in_use } else { 0 };
            self.busy.set(now, busy);
            self.duty.set(now, busy);
        }
    }
}

/// Begins to work by the rules in force: opens or closes, and schedules what follows.
pub(super) fn take_up<R: Recorder>(
    run: &mut Replication<'_, R>,
    agenda: &mut Agenda<Event>,
    team: usize,
) {
    let now = agenda.now();
    let state = &mut run.teams[team];
    state.stamp = next_stamp(state.stamp);
    let stamp = state.stamp;
    keep_hours(run, agenda, team, stamp);
    staff(run, agenda, team, day_of(now));
    slots::schedule_next(run, agenda, team, stamp, now);
}

/// Opens or closes by the calendar, and schedules when that turns. Around midnight a team may close
/// and open at the same moment: it stays open. One that closes may hand over.
fn keep_hours<R: Recorder>(
    run: &mut Replication<'_, R>,
    agenda: &mut Agenda<Event>,
    team: usize,
    stamp: u32,
) {
    let now = agenda.now();
    let days = &run.model.days;
    let was_open = run.teams[team].open;
    run.teams[team].open = match run.rules.teams[team].calendar {
        None => true,
        Some(calendar) => {
            let calendar = &run.rules.calendars[usize::from(calendar)];
            let closes = calendar.closes_at(days, now);
            let turns = closes.unwrap_or_else(|| calendar.next_opening(days, now));
            let team = team as u8;
            agenda.schedule(turns, Phase::Normal, Event::TeamHours { team, stamp });
            closes.is_some()
        }
    };
    let rules = run.rules;
    if was_open && !run.teams[team].open && rules.teams[team].at_closing == AtClosing::HandOver {
        work::hand_over(run, now, team);
        let next = usize::from(rules.teams[team].hand_over_to);
        if next != team {
            serve_those_waiting(run, agenda, next);
        }
    }
}

/// Sets who is on duty on a day, in all teams for which it changes.
pub(super) fn staff_the_day<R: Recorder>(
    run: &mut Replication<'_, R>,
    agenda: &mut Agenda<Event>,
    day: u32,
) {
    for team in 0..run.teams.len() {
        if run.layer.is_some() || !run.rules.teams[team].is_constant() {
            staff(run, agenda, team, day);
        }
    }
}

fn staff<R: Recorder>(
    run: &mut Replication<'_, R>,
    agenda: &mut Agenda<Event>,
    team: usize,
    day: u32,
) {
    let factor_index = run.model.days.factor_index(day);
    let date = run.model.days.absolute(day);
    let rules = &run.rules.teams[team];
    let mut expected = rules.expected_cases(factor_index) * run.factors.team(team).headcount;
    let later = &mut run.teams[team].later;
    if *later > Span::ZERO && expected > 0.0 {
        // Those who do it are not there for others.
        let open = open_seconds(run.rules, rules.calendar, run.model.days.kind(day));
        let busy = (f64::from(later.seconds()) / open.max(1.0)).min(expected);
        *later = Span::round_seconds(f64::from(later.seconds()) - busy * open);
        expected -= busy;
    }
    run.teams[team].on_duty = draws::cases_on_duty(rules, expected, run.key, date);
    run.teams[team].chosen = 0;
    run.teams[team].refresh(agenda.now(), rules);
    serve_those_waiting(run, agenda, team);
}

/// Work for somebody who has left, which the team does from tomorrow on.
pub(super) fn work_later<R: Recorder>(run: &mut Replication<'_, R>, team: u8, work: Span) {
    let index = usize::from(team);
    run.teams[index].later = run.teams[index].later + work;
    if let Some(layer) = &mut run.layer {
        layer.ask(team);
    }
}

/// How long a team is open on a kind of day \[s\].
fn open_seconds(rules: &Rules, calendar: Option<u16>, kind: usize) -> f64 {
    let open = calendar.map_or(DAY, |at| rules.calendars[usize::from(at)].open_on(kind));
    f64::from(open)
}

/// A team opens or closes.
pub(super) fn hours_turn<R: Recorder>(
    run: &mut Replication<'_, R>,
    agenda: &mut Agenda<Event>,
    team: u8,
    stamp: u32,
) {
    let index = usize::from(team);
    if run.teams[index].stamp != stamp {
        return;
    }
    keep_hours(run, agenda, index, stamp);
    run.teams[index].refresh(agenda.now(), &run.rules.teams[index]);
    work::take_over(run, agenda.now(), index);
    serve_those_waiting(run, agenda, index);
}

/// Asks a team for the work of the person's step: it begins, or the person waits.
pub(super) fn ask<R: Recorder>(
    run: &mut Replication<'_, R>,
    agenda: &mut Agenda<Event>,
    slot: u32,
    team: u8,
) {
    let now = agenda.now();
    if let Some(layer) = &mut run.layer {
        layer.ask(team);
    }
    if run.rules.teams[usize::from(team)].interrupts {
        work::ask(run, now, slot, team);
    }
    let rules = &run.rules.teams[usize::from(team)];
    let at_once =
        rules.slots.is_empty() && (!rules.works_with_others || joint::other_is_free(run, slot));
    let units = units(run, slot);
    let state = &run.teams[usize::from(team)];
    // Of those who wait for a team that works with others, nobody could be served who is not.
    let free = match rules.works_with_others {
        true => at_once && state.pool.is_free(),
        false => at_once && state.pool.can_take() && state.pool.free() >= units,
    };
    if free || (rules.preempts && work::interrupt_for(run, now, slot, team.into())) {
        run.teams[usize::from(team)].pool.take(now, units);
        begin(run, agenda, slot, team);
    } else {
        let state = &mut run.teams[usize::from(team)];
        let (rules, people) = (run.rules, &run.people);
        if rules.teams[usize::from(team)].discipline == Discipline::FirstCome {
            state.pool.wait(now, &mut run.links, slot);
        } else {
            let ranking = Ranking::of_team(rules, team.into());
            state.pool.wait_by(now, &mut run.links, slot, |other| {
                ranking.goes_before(rules, people, slot, other)
            });
        }
        run.people[slot].stage = Stage::Queued;
        let at = run.people[slot].at;
        run.record(now, slot, What::Waits(at));
        waiting::be_patient(run, agenda, slot, run.step(at));
    }
}

/// The work for somebody begins; a unit has been taken.
pub(super) fn begin<R: Recorder>(
    run: &mut Replication<'_, R>,
    agenda: &mut Agenda<Event>,
    slot: u32,
    team: u8,
) {
    let now = agenda.now();
    let rules = &run.rules.teams[usize::from(team)];
    run.teams[usize::from(team)].note_busy(now, rules);
    let person = &run.people[slot];
    let at = person.at;
    if work::may_be_interrupted(run, at) {
        return work::begin(run, agenda, slot, team);
    }
    let waited = now.since(person.step_since);
    run.observed.teams[usize::from(team)].waits.add(waited.seconds());
    let work = work::draw(run, slot);
    let end = match rules.at_closing {
        AtClosing::Pause => run.end_of(now, rules.calendar, work),
        AtClosing::Finish | AtClosing::HandOver => now + work,
    };
    let end = if rules.works_with_others { joint::begin(run, now, slot, work, end) } else { end };
    let turnaround = waited + end.since(now);
    run.observed.teams[usize::from(team)].turnarounds.add(turnaround.seconds());
    run.record(now, slot, What::Begins(at));
    run.busy_until(agenda, slot, end);
}

/// The work for somebody, for which their step asked a team, is done or given up: the next can begin.
pub(super) fn work_ends<R: Recorder>(
    run: &mut Replication<'_, R>,
    agenda: &mut Agenda<Event>,
    slot: u32,
    asked: u8,
    done: bool,
) {
    let now = agenda.now();
    let rules = run.rules;
    let mut team = asked;
    if rules.teams[usize::from(asked)].interrupts {
        team = work::ends(run, slot);
        if done {
            work::done(run, now, slot, asked);
        }
    }
    let units = units(run, slot);
    let state = &mut run.teams[usize::from(team)];
    state.pool.give_back_units(now, units);
    state.note_busy(now, &rules.teams[usize::from(team)]);
    if rules.teams[usize::from(team)].works_with_others
        && let Some(other) = joint::other(run, slot)
    {
        let state = &mut run.teams[usize::from(other)];
        state.pool.give_back(now);
        state.note_busy(now, &rules.teams[usize::from(other)]);
        serve_those_waiting(run, agenda, other.into());
    }
    serve_those_waiting(run, agenda, team.into());
}

/// Somebody who waits for the work of their step, for which it asked a team, gives up.
pub(super) fn give_up<R: Recorder>(run: &mut Replication<'_, R>, now: Time, slot: u32, asked: u8) {
    let team = work::doing(run, slot, asked);
    run.teams[usize::from(team)].pool.give_up(now, &mut run.links, slot);
}

/// Begins whatever work can begin. A team with slots waits for the next of them.
pub(super) fn serve_those_waiting<R: Recorder>(
    run: &mut Replication<'_, R>,
    agenda: &mut Agenda<Event>,
    team: usize,
) {
    let rules = &run.rules.teams[team];
    if rules.works_with_others {
        joint::serve_those_waiting(run, agenda, team);
    } else if rules.slots.is_empty() {
        serve_up_to(run, agenda, team, u32::MAX);
        while rules.preempts && work::interrupt_for_first(run, agenda.now(), team) {
            serve_up_to(run, agenda, team, u32::MAX);
        }
    }
}

/// How many members of the team the work of somebody's step takes at once.
#[inline]
pub(super) fn units<R: Recorder>(run: &Replication<'_, R>, slot: u32) -> u32 {
    let rules = run.rules;
    request_of(rules, run.people[slot].at).map_or(1, |request| request.units)
}

/// Begins work for those who wait, at most for so many.
pub(super) fn serve_up_to<R: Recorder>(
    run: &mut Replication<'_, R>,
    agenda: &mut Agenda<Event>,
    team: usize,
    most: u32,
) {
    let mut begun = 0;
    while begun < most && run.teams[team].pool.can_serve() {
        begun += 1;
        let slot = choose(run, agenda.now(), team);
        let units = units(run, slot);
        if run.teams[team].pool.free() < units {
            // Nobody overtakes who needs more than are free.
            return;
        }
        run.teams[team].pool.serve(agenda.now(), &mut run.links, slot);
        run.teams[team].pool.take(agenda.now(), units - 1);
        let step = run.step(run.people[slot].at);
        waiting::be_served(run, slot, step);
        super::delay::book(run, agenda.now(), slot, step.queue_cell);
        begin(run, agenda, slot, team as u8);
    }
}

/// Whom the team sees next: who waits longest; or, where coordination decides, the longest delayed or
/// the team's own people.
fn choose<R: Recorder>(run: &mut Replication<'_, R>, now: Time, team: usize) -> u32 {
    let state = &mut run.teams[team];
    let queue = state.pool.queue();
    let first = queue.first().expect("somebody waits");
    if run.rules.teams[team].discipline != Discipline::FirstCome {
        // The queue stands in that order.
        return first;
    }
    let Some(chance) = run.factors.team(team).system_first else { return first };
    if queue.len() == 1 {
        return first;
    }
    state.chosen += 1;
    let rules = &run.rules.teams[team];
    let date = run.model.days.absolute(day_of(now));
    let longest_delayed = draws::sees_longest_delayed(rules, chance, run.key, date, state.chosen);
    let waiting = queue.slots(&run.links);
    if longest_delayed {
        let delayed_since = |slot: &u32| {
            let person = &run.people[*slot];
            if person.ready { person.ready_since } else { Time::NEVER }
        };
        return waiting.min_by_key(delayed_since).unwrap_or(first);
    }
    let is_own = |slot: &u32| {
        let place = run.rules.places.get(usize::from(run.people[*slot].place));
        place.is_some_and(|place| place.organisation == rules.organisation)
    };
    let mut waiting = waiting;
    waiting.find(is_own).unwrap_or(first)
}
