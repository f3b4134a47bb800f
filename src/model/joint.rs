//! Work that two teams do together: it begins when both have somebody free, and ends in both.
//!
//! The person waits in the queue of the team that the step's `task` names. Neither team is kept free
//! for the other: of those who wait for one of them, whoever asked first of those for whom work can
//! begin is next. So somebody who needs the one team alone may go before somebody who needs both.

use super::queueing::Ranking;
use super::recorder::Recorder;
use super::world::{Event, Replication};
use super::{delay, team, waiting};
use crate::engine::{Agenda, Span, Time};

/// The other team of somebody's task, if it is joint work.
#[inline]
pub(super) fn other<R: Recorder>(run: &Replication<'_, R>, slot: u32) -> Option<u8> {
    run.rules.other_team(run.people[slot].at)
}

/// Whether the work of somebody's step could begin at once, given that one team has somebody free.
pub(super) fn other_is_free<R: Recorder>(run: &Replication<'_, R>, slot: u32) -> bool {
    other(run, slot).is_none_or(|with| run.teams[usize::from(with)].pool.is_free())
}

/// Begins whatever work can begin in a team that works with others.
pub(super) fn serve_those_waiting<R: Recorder>(
    run: &mut Replication<'_, R>,
    agenda: &mut Agenda<Event>,
    team: usize,
) {
    while run.teams[team].pool.is_free()
        && let Some((slot, asked)) = next(run, team)
    {
        let now = agenda.now();
        run.teams[asked].pool.serve(now, &mut run.links, slot);
        let step = run.step(run.people[slot].at);
        waiting::be_served(run, slot, step);
        delay::book(run, now, slot, step.queue_cell);
        team::begin(run, agenda, slot, asked as u8);
    }
}

/// Who is next in a team that has somebody free: the person, and the team that they asked.
fn next<R: Recorder>(run: &Replication<'_, R>, team: usize) -> Option<(u32, usize)> {
    let own = waiting(run, team).find(|slot| other_is_free(run, *slot)).map(|slot| (slot, team));
    let asked_others = (0..run.teams.len()).filter(|asked| *asked != team).filter_map(|asked| {
        if !run.rules.teams[asked].works_with_others || !run.teams[asked].pool.is_free() {
            return None;
        }
        let needs = |slot: &u32| other(run, *slot).map(usize::from) == Some(team);
        waiting(run, asked).find(needs).map(|slot| (slot, asked))
    });
    let ranking = Ranking::of_team(run.rules, team);
    own.into_iter().chain(asked_others).min_by_key(|(slot, _)| {
        (ranking.rank(run.rules, &run.people, *slot), run.people[*slot].step_since)
    })
}

/// Those who wait for a team, whoever is next first.
fn waiting<R: Recorder>(run: &Replication<'_, R>, team: usize) -> impl Iterator<Item = u32> {
    let queue = run.teams[team].pool.queue();
    queue.slots(&run.links)
}

/// Work begins in the other team as well, if two do it together; returns when it ends.
pub(super) fn begin<R: Recorder>(
    run: &mut Replication<'_, R>,
    now: Time,
    slot: u32,
    work: Span,
    end: Time,
) -> Time {
    let rules = run.rules;
    let Some(joint) = rules.joint_work(run.people[slot].at) else { return end };
    let other = &mut run.teams[usize::from(joint.with)];
    other.pool.take(now, 1);
    other.note_busy(now, &rules.teams[usize::from(joint.with)]);
    run.end_of(now, joint.hours, work)
}
