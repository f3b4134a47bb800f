//! Staff who do work for a person, and their opening hours.
//!
//! Work that has begun stops at closing time and goes on when the team opens again; whoever does it
//! stays with it. Where a scenario says so, it is finished instead, or handed over
//! ([`work`]). New work begins only in opening hours, as far as staff are on duty that
//! day.

mod duty;

pub(super) use self::duty::{hours_turn, staff_the_day, take_up, work_later};
use super::calendar::day_of;
use super::observations::QueueTally;
use super::person::Stage;
use super::queueing::{Ranking, request_of};
use super::recorder::{Recorder, What};
use super::rules::TeamRules;
use super::world::{Event, Replication};
use super::{draws, joint, waiting, work};
use crate::engine::{Agenda, Level, Pool, Span, Time};
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
    if !R::PLAIN && run.rules.teams[usize::from(team)].interrupts {
        work::ask(run, now, slot, team);
    }
    if begins_at_once(run, slot, team)
        || (!R::PLAIN
            && run.rules.teams[usize::from(team)].preempts
            && work::interrupt_for(run, now, slot, team.into()))
    {
        let units = units(run, slot);
        run.teams[usize::from(team)].pool.take(now, units);
        begin(run, agenda, slot, team);
    } else {
        let state = &mut run.teams[usize::from(team)];
        let (rules, people) = (run.rules, &run.people);
        if R::PLAIN || rules.teams[usize::from(team)].discipline == Discipline::FirstCome {
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

/// Whether a team has somebody free for the work of the person's step.
#[inline(always)]
fn begins_at_once<R: Recorder>(run: &Replication<'_, R>, slot: u32, team: u8) -> bool {
    let pool = &run.teams[usize::from(team)].pool;
    if R::PLAIN {
        return pool.can_take();
    }
    let rules = &run.rules.teams[usize::from(team)];
    if !rules.slots.is_empty() {
        return false;
    }
    // Of those who wait for a team that works with others, nobody could be served who is not.
    match rules.works_with_others {
        true => joint::other_is_free(run, slot) && pool.is_free(),
        false => pool.can_take() && pool.free() >= units(run, slot),
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
    let end = match !R::PLAIN && rules.works_with_others {
        true => joint::begin(run, now, slot, work, end),
        false => end,
    };
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
    if !R::PLAIN && rules.teams[usize::from(asked)].interrupts {
        team = work::ends(run, slot);
        if done {
            work::done(run, now, slot, asked);
        }
    }
    let units = units(run, slot);
    let state = &mut run.teams[usize::from(team)];
    state.pool.give_back_units(now, units);
    state.note_busy(now, &rules.teams[usize::from(team)]);
    if !R::PLAIN
        && rules.teams[usize::from(team)].works_with_others
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
    let waited = now.since(work::waits_since(run, slot, asked));
    run.observed.teams[usize::from(team)].given_up_seconds += u64::from(waited.seconds());
    run.teams[usize::from(team)].pool.give_up(now, &mut run.links, slot);
}

/// Those who wait stand in the order of the rules in force; whose work has begun already, before others
/// who go first as they do.
pub(super) fn queue_anew<R: Recorder>(run: &mut Replication<'_, R>, team: usize) {
    let rules = run.rules;
    let mut slots: Vec<u32> = run.teams[team].pool.queue().slots(&run.links).collect();
    let ranking = Ranking::of_team(rules, team);
    slots.sort_by_key(|slot| {
        let rank = ranking.rank(rules, &run.people, *slot);
        let begun = work::has_begun(run, *slot);
        (rank, !begun, if begun { Time::START } else { run.people[*slot].step_since })
    });
    run.teams[team].pool.reorder(&mut run.links, &slots);
}

/// Begins whatever work can begin. A team with slots waits for the next of them.
pub(super) fn serve_those_waiting<R: Recorder>(
    run: &mut Replication<'_, R>,
    agenda: &mut Agenda<Event>,
    team: usize,
) {
    let rules = &run.rules.teams[team];
    if R::PLAIN {
        serve_up_to(run, agenda, team, u32::MAX);
    } else if rules.works_with_others {
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
    if R::PLAIN {
        return 1;
    }
    request_of(run.rules, run.people[slot].at).map_or(1, |request| request.units)
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
    if !R::PLAIN && run.rules.teams[team].discipline != Discipline::FirstCome {
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
