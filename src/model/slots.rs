//! Teams that begin with cases only at certain times of the day, so many each time.

use super::calendar::{day_of, start_of};
use super::recorder::Recorder;
use super::team;
use super::world::{Event, Replication};
use crate::engine::{Agenda, Phase, Span, Time};

/// Schedules the first slot of a team at or after `from`, if it has slots.
pub(super) fn schedule_next<R: Recorder>(
    run: &Replication<'_, R>,
    agenda: &mut Agenda<Event>,
    team: usize,
    stamp: u32,
    from: Time,
) {
    let slots = &run.rules.teams[team].slots;
    let mut day = day_of(from);
    while !slots.is_empty() && start_of(day) < run.model.end {
        let factor_index = run.model.days.factor_index(day);
        let of_day = slots.iter().filter(|slot| slot.days[factor_index]);
        let times = of_day.map(|slot| start_of(day) + Span::from_seconds(slot.second));
        if let Some(at) = times.filter(|at| *at >= from).min() {
            let team = team as u8;
            // Whoever asks in the very second of a slot has asked in time.
            agenda.schedule(at, Phase::Observe, Event::TeamSlot { team, stamp });
            return;
        }
        day += 1;
    }
}

/// The time of a slot has come: as many cases begin as it takes and the staff can work on.
pub(super) fn begins<R: Recorder>(
    run: &mut Replication<'_, R>,
    agenda: &mut Agenda<Event>,
    team: u8,
    stamp: u32,
) {
    let now = agenda.now();
    let index = usize::from(team);
    if !run.teams[index].is_of(stamp) {
        return;
    }
    let day = day_of(now);
    let factor_index = run.model.days.factor_index(day);
    let slots = run.rules.teams[index].slots.iter();
    let cases = slots
        .filter(|slot| slot.days[factor_index])
        .find(|slot| start_of(day) + Span::from_seconds(slot.second) == now)
        .map_or(0, |slot| slot.cases);
    team::serve_up_to(run, agenda, index, cases);
    schedule_next(run, agenda, index, stamp, now + Span::from_seconds(1));
}
