//! What is there: units of places, cases that teams can work on, decisions of meetings, on average.

use super::Load;
use crate::engine::Time;
use crate::model::calendar::{DAY, Days};
use crate::model::rules::{PlaceRules, Rules};

/// The units of a place over the time from `from` until `until`, with those that are opened when it is
/// full; infinite if everybody fits at some time.
pub(super) fn units(days: &Days, place: &PlaceRules, from: Time, until: Time) -> f64 {
    if place.is_ever_unlimited() {
        return f64::INFINITY;
    }
    let opened = place.escalation.map_or(0, |it| it.beds);
    if place.capacity_at.is_empty() || until <= from {
        return f64::from(place.capacity) + f64::from(opened);
    }
    let (mut now, mut area) = (from, 0.0);
    while now < until {
        let next = place.next_turn(now).min(until);
        area += f64::from(place.capacity_at(days, now)) * f64::from(next.since(now).seconds());
        now = next;
    }
    area / f64::from(until.since(from).seconds()) + f64::from(opened)
}

/// What a team can work on that begins only in slots: at most so much as the cases of the slots are.
pub(super) fn in_slots(rules: &Rules, team: usize, load: &Load) -> f64 {
    let slots = &rules.teams[team].slots;
    if slots.is_empty() || load.people_a_day <= 0.0 {
        return load.there;
    }
    let of_slot = |slot: &crate::model::rules::StartSlot| {
        f64::from(slot.cases) * slot.days.iter().filter(|day| **day).count() as f64 / 7.0
    };
    let begun_a_day: f64 = slots.iter().map(of_slot).sum();
    load.there.min(begun_a_day * load.asked / load.people_a_day)
}

/// Cases that a team can work on at a time, on average over all hours of a week.
pub(super) fn cases(rules: &Rules, team: usize) -> f64 {
    let team = &rules.teams[team];
    let open = |day| match team.calendar {
        Some(calendar) => f64::from(rules.calendars[usize::from(calendar)].open_on(day)),
        None => f64::from(DAY),
    };
    (0..7).map(|day| team.expected_cases(day) * open(day)).sum::<f64>() / 7.0 / f64::from(DAY)
}

/// Decisions a day that a meeting can take.
pub(super) fn decisions(rules: &Rules, meeting: usize) -> f64 {
    let meeting = &rules.meetings[meeting];
    if meeting.cases == u32::MAX {
        return f64::INFINITY;
    }
    let chance = |day: usize| (meeting.decided.value * meeting.weekday_factors[day]).min(1.0);
    let held = (0..7).filter(|day| meeting.days[*day]);
    f64::from(meeting.cases) * held.map(chance).sum::<f64>() / 7.0
}
