//! The books of teams with a caseload: the people whom they have taken on, from a step `join` until
//! `leave_books` or until they leave.

use super::observations::{QueueTally, WaitTally};
use super::person::Stage;
use super::recorder::{Recorder, What};
use super::world::{Event, Replication};
use super::{rules::Rules, waiting};
use crate::engine::{Agenda, Pool, Time};

/// The books of all teams.
#[derive(Debug, Default)]
pub(super) struct Books {
    /// By team: who is on its books, and who waits to be.
    pools: Vec<Pool>,
    waits: Vec<WaitTally>,
    /// By the slot of a person: the teams on whose books they are, a bit each.
    of: Vec<[u64; 4]>,
}

impl Books {
    /// Empty books of all teams.
    pub(super) fn new(rules: &Rules) -> Books {
        let pools = rules.teams.iter().map(|team| Pool::new(team.caseload.unwrap_or(0)));
        Books {
            pools: pools.collect(),
            waits: vec![WaitTally::default(); rules.teams.len()],
            of: Vec::new(),
        }
    }

    pub(super) fn restart(&mut self, now: Time) {
        self.pools.iter_mut().for_each(|pool| pool.restart(now));
        self.waits.fill(WaitTally::default());
    }

    /// What was counted until `now`, by team.
    pub(super) fn tally(&self, now: Time) -> Vec<QueueTally> {
        let tally = |(pool, waits): (&Pool, &WaitTally)| QueueTally {
            waits: *waits,
            in_use_area: pool.in_use().area(now),
            waiting_area: pool.waiting().area(now),
            ..QueueTally::default()
        };
        self.pools.iter().zip(&self.waits).map(tally).collect()
    }

    fn has(&self, slot: u32, team: u8) -> bool {
        let of = self.of.get(slot as usize);
        of.is_some_and(|of| of[usize::from(team) / 64] >> (team % 64) & 1 == 1)
    }

    fn turn(&mut self, slot: u32, team: u8) {
        if self.of.len() <= slot as usize {
            self.of.resize(slot as usize + 1, [0; 4]);
        }
        self.of[slot as usize][usize::from(team) / 64] ^= 1 << (team % 64);
    }
}

/// Asks to be on the books of a team: true if the person is, false if they wait.
pub(super) fn join<R: Recorder>(
    run: &mut Replication<'_, R>,
    agenda: &mut Agenda<Event>,
    slot: u32,
    team: u8,
) -> bool {
    let now = agenda.now();
    let index = usize::from(team);
    if run.books.has(slot, team) {
        return true;
    }
    let joins = run.books.pools[index].take_or_wait(now, &mut run.links, slot);
    if joins {
        run.books.waits[index].count += 1;
        note(run, now, slot, team);
    } else {
        run.people[slot].stage = Stage::Queued;
        let at = run.people[slot].at;
        run.record(now, slot, What::Waits(at));
        waiting::be_patient(run, agenda, slot, run.step(at));
    }
    joins
}

/// Somebody is on the books of a team, who had room for them.
pub(super) fn note<R: Recorder>(run: &mut Replication<'_, R>, now: Time, slot: u32, team: u8) {
    run.books.turn(slot, team);
    run.record(now, slot, What::Joins(team));
}

/// Somebody who waits to be on the books of a team gives up.
pub(super) fn give_up<R: Recorder>(run: &mut Replication<'_, R>, now: Time, slot: u32, team: u8) {
    run.books.pools[usize::from(team)].give_up(now, &mut run.links, slot);
}

/// Somebody is not on the books of a team any more, if they were: another may be.
pub(super) fn leave<R: Recorder>(run: &mut Replication<'_, R>, now: Time, slot: u32, team: u8) {
    if run.books.has(slot, team) {
        run.books.turn(slot, team);
        run.books.pools[usize::from(team)].give_back(now);
        take_on(run, now, team);
    }
}

/// Somebody leaves all books.
#[inline]
pub(super) fn leave_all<R: Recorder>(run: &mut Replication<'_, R>, now: Time, slot: u32) {
    if !run.books.of.is_empty() {
        for team in 0..run.teams.len() {
            leave(run, now, slot, team as u8);
        }
    }
}

/// The rules in force say how many people are on the books at most. Nobody is sent away.
pub(super) fn take_up<R: Recorder>(run: &mut Replication<'_, R>, now: Time) {
    for (team, rules) in (0..).zip(&run.rules.teams) {
        run.books.pools[usize::from(team)].set_capacity(rules.caseload.unwrap_or(0));
        take_on(run, now, team);
    }
}

/// Takes on those who wait longest, while there is room. They go on before the instant is over.
fn take_on<R: Recorder>(run: &mut Replication<'_, R>, now: Time, team: u8) {
    let index = usize::from(team);
    while let Some(slot) = run.books.pools[index].next_served(now, &mut run.links) {
        let person = &mut run.people[slot];
        person.stage = Stage::Busy;
        let (at, since) = (person.at, person.step_since);
        run.books.waits[index].add(now.since(since).seconds());
        waiting::be_served(run, slot, run.step(at));
        run.granted.push_back(slot);
    }
}
