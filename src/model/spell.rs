//! A spell in hospital: how it ends, and what is counted then.

use super::calendar::{DAY, Days, day_of, second_of_day};
use super::observations::Observations;
use super::person::{NO_PLACE, Person, next_stamp};

use super::recorder::Recorder;
use super::world::Replication;
use crate::engine::{Span, Time};
use crate::scenario::language::Outcome;

/// More nights of delay than these are counted as these.
pub(super) const MOST_NIGHTS: usize = 60;

/// Five in the afternoon \[s of the day\].
const FIVE_PM: u32 = 17 * 3_600;

/// Ends the delay, and the spell in hospital if the person goes `outside` it.
#[inline(always)]
pub(super) fn leave_spell<R: Recorder>(
    run: &mut Replication<'_, R>,
    now: Time,
    slot: u32,
    outside: bool,
    outcome: Outcome,
) {
    let person = &mut run.people[slot];
    if person.in_spell && outside {
        person.in_spell = false;
        let observed = &mut run.observed;
        let before = if R::PLAIN { Span::ZERO } else { run.before.of(slot) };
        count_discharge(observed, &run.model.days, now, person, before, outcome);
        let beyond = beyond_21_days(person, now, before, run.measured_from);
        if !R::PLAIN {
            run.before.forget(slot);
        }
        observed.seconds_beyond_21_days += u64::from(beyond.seconds());
    }
    if person.ready {
        end_ready(run, now, slot);
    }
}

/// Somebody leaves without what they came for. Who was in no place yet has had no spell.
pub(super) fn note_loss<R: Recorder>(run: &mut Replication<'_, R>, slot: u32) {
    let person = &mut run.people[slot];
    if person.visit == 0 {
        run.observed.lost[usize::from(person.stream)] += 1;
    }
    if person.place == NO_PLACE {
        person.in_spell = false;
    }
}

/// The person needs the place they are in again, or leaves it.
pub(super) fn end_ready<R: Recorder>(run: &mut Replication<'_, R>, now: Time, slot: u32) {
    let person = &mut run.people[slot];
    if person.ready {
        person.ready = false;
        person.ready_stamp = next_stamp(person.ready_stamp);
        if person.place != NO_PLACE {
            run.places[usize::from(person.place)].ready.lower(now);
        }
    }
}

/// Counts the end of a spell in hospital.
#[inline]
fn count_discharge(
    observed: &mut Observations,
    days: &Days,
    now: Time,
    person: &Person,
    before: Span,
    outcome: Outcome,
) {
    let leavers = &mut observed.leavers[usize::from(person.pathway)];
    leavers.all += 1;
    leavers.stay_seconds += u64::from((now.since(person.spell_since) + before).seconds());
    if outcome == Outcome::Died {
        return;
    }
    leavers.alive += 1;
    let today = day_of(now);
    let mut nights = 0;
    if person.ready {
        nights = today - day_of(person.ready_since);
        leavers.delay_seconds += u64::from(now.since(person.ready_since).seconds());
        leavers.nights += u64::from(nights);
        leavers.delayed += u64::from(nights > 0);
    }
    observed.discharges_by_nights[(nights as usize).min(MOST_NIGHTS)] += 1;
    observed.discharges_by_weekday[days.weekday(today)] += 1;
    observed.discharges_by_17 += u64::from(second_of_day(now) < FIVE_PM);
}

/// Counts the part of a spell in hospital beyond the 21st day that was measured.
pub(super) fn count_long_stay<R: Recorder>(run: &mut Replication<'_, R>, now: Time, slot: u32) {
    let person = &run.people[slot];
    if person.in_spell {
        let beyond = beyond_21_days(person, now, run.before.of(slot), run.measured_from);
        run.observed.seconds_beyond_21_days += u64::from(beyond.seconds());
    }
}

/// The part of a spell until `now` beyond the 21st day that was measured.
#[inline]
fn beyond_21_days(person: &Person, now: Time, before: Span, measured_from: Time) -> Span {
    let from = person.spell_since + (Span::from_seconds(21 * DAY) - before);
    now.since(from.max(measured_from))
}
