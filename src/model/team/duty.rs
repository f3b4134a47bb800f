//! Who is on duty, and when: opening hours, the staff of a day, and what is done at closing time.

use super::serve_those_waiting;
use crate::engine::{Agenda, Phase, Span};
use crate::model::calendar::{DAY, day_of};
use crate::model::person::next_stamp;
use crate::model::recorder::Recorder;
use crate::model::rules::Rules;
use crate::model::world::{Event, Replication};
use crate::model::{draws, slots, work};
use crate::scenario::language::AtClosing;

/// Begins to work by the rules in force: opens or closes, and schedules what follows.
pub(in crate::model) fn take_up<R: Recorder>(
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
pub(in crate::model) fn staff_the_day<R: Recorder>(
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
pub(in crate::model) fn work_later<R: Recorder>(
    run: &mut Replication<'_, R>,
    team: u8,
    work: Span,
) {
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
pub(in crate::model) fn hours_turn<R: Recorder>(
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
