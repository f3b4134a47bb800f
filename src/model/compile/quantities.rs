//! Capacities, chances and distributions, from the words of a scenario to numbers.

use super::{coordination, position};
use crate::engine::Span;
use crate::model::calendar::{DAY, Days};
use crate::model::coordination::ChanceOf;
use crate::model::place::rules::{CapacityAt, Escalation, Order};
use crate::model::rules::{Chance, MeetingRules, NO_EFFECT, PlaceRules, StartSlot, TeamRules};
use crate::random::{Distribution, Key};
use crate::scenario::language::{
    self, AtClosing, Capacity, Chance as Said, Description, Distribution as Times, Meeting, Place,
    Quantity, Team,
};
use crate::scenario::law;
use crate::scenario::units::{Date, Duration, Weekday};

pub(super) fn span(duration: Duration) -> Span {
    Span::round_seconds(duration.seconds)
}

fn capacity(said: Capacity) -> u32 {
    match said {
        Capacity::Limited(number) => number,
        Capacity::Unlimited => u32::MAX,
    }
}

pub(super) fn place(
    description: &Description,
    days: &Days,
    classes: &[String],
    place: &Place,
) -> PlaceRules {
    let day = |date: Date| u32::try_from(days.number_of(date.civil())).unwrap_or(0);
    let capacity_at = place.capacity_at.iter().map(|entry| CapacityAt {
        days: Weekday::ALL.map(|day| entry.days.is_empty() || entry.days.contains(&day)),
        hours: entry.hours.map(|hours| (hours.starts, hours.ends)),
        from: entry.from.map_or(0, day),
        until: entry.until.map_or(u32::MAX, day),
        capacity: capacity(entry.capacity),
    });
    let kept = |class: &String| place.kept.get(class).copied().unwrap_or(0);
    let keeps = !place.kept.is_empty();
    PlaceRules {
        capacity: capacity(place.capacity),
        acute: place.acute,
        counts: place.acute || !description.places.values().any(|place| place.acute),
        organisation: position(&description.organisations, &place.organisation),
        long_wait: place.long_wait.map(span),
        careful: false,
        varies: false,
        capacity_at: capacity_at.collect(),
        escalation: place.escalation.map(|it| Escalation {
            beds: it.beds,
            above: it.above,
            below: it.below,
        }),
        kept: classes.iter().filter(|_| keeps).map(kept).collect(),
        order: Order {
            discipline: place.queue,
            first_from: place
                .first_from
                .iter()
                .map(|it| position(&description.places, it))
                .collect(),
        },
        leaving: None,
        leaving_cell: 0,
        overflow_from: Vec::new(),
        queue_limit: place.queue_limit,
        cost_per_day_pounds: place.cost_per_day_pounds,
        delayed_day_cost_pounds: place.delayed_day_cost_pounds,
    }
}

/// Staff of a team, after vacancies and sickness [whole-time equivalents].
pub(super) fn staff(description: &Description, team: &Team) -> f64 {
    let organisation = &description.organisations[&team.organisation];
    let vacancy = team.vacancy.unwrap_or(organisation.vacancy);
    let sickness = team.sickness.unwrap_or(organisation.sickness);
    team.headcount * (1.0 - vacancy) * (1.0 - sickness)
}

pub(super) fn team(description: &Description, name: &str, team: &Team) -> TeamRules {
    let staff = staff(description, team);
    let hands_over = team.at_closing == AtClosing::HandOver;
    TeamRules {
        organisation: position(&description.organisations, &team.organisation),
        cases: staff * team.share_of_time * team.cases_at_once,
        weekday_factors: team.weekday_factors,
        discipline: team.queue,
        calendar: team.calendar.as_deref().map(|it| position(&description.calendars, it).into()),
        at_closing: team.at_closing,
        hand_over_to: position(
            &description.teams,
            team.hand_over_to.as_deref().filter(|_| hands_over).unwrap_or(name),
        ),
        slots: team.slots.iter().map(slot).collect(),
        works_with_others: false,
        caseload: team.caseload.map(|each| {
            let vacancy =
                team.vacancy.unwrap_or(description.organisations[&team.organisation].vacancy);
            (team.headcount * (1.0 - vacancy) * each + 1e-9) as u32
        }),
        preempts: team.preempt,
        interrupts: hands_over || team.preempt,
        purpose: Key::of_name(&format!("teams.{name}")),
    }
}

fn slot(said: &language::StartSlot) -> StartSlot {
    StartSlot {
        second: said.at.second,
        days: Weekday::ALL.map(|day| said.days.contains(&day)),
        cases: said.cases,
    }
}

pub(super) fn meeting(
    description: &Description,
    days: &Days,
    changed: &mut Vec<ChanceOf>,
    name: &str,
    meeting: &Meeting,
) -> MeetingRules {
    let decided = chance(description, changed, &meeting.decided);
    let (daily, besides) = match changed.get(usize::from(decided.effect)) {
        Some(of) if of.quantity == Quantity::JointDecision => {
            (coordination::decides_daily(description, of), coordination::made(description, days))
        }
        _ => (false, Vec::new()),
    };
    MeetingRules {
        days: Weekday::ALL.map(|day| meeting.days.contains(&day) || (daily && day.index() < 5)),
        besides,
        between: meeting.between.ranges().to_vec(),
        cut_off: span(meeting.cut_off),
        cases: meeting.cases.unwrap_or(u32::MAX),
        decided,
        weekday_factors: meeting.weekday_factors,
        purpose: Key::of_name(&format!("meetings.{name}")),
    }
}

/// The running sums of weights, as shares of their total.
pub(super) fn cumulative(weights: &[f64]) -> Vec<f64> {
    let total: f64 = weights.iter().sum();
    let mut sum = 0.0;
    weights
        .iter()
        .map(|weight| {
            sum += weight;
            sum / total
        })
        .collect()
}

/// A chance; if coordination changes it, it is among those `changed`.
pub(super) fn chance(
    description: &Description,
    changed: &mut Vec<ChanceOf>,
    said: &Said,
) -> Chance {
    let effect = match said.of {
        Some(quantity) if description.coordination.is_some() => {
            let between = coordination::pair(description, &said.between);
            coordination::position_in(changed, ChanceOf { quantity, between })
        }
        _ => NO_EFFECT,
    };
    Chance { value: said.value, effect }
}

/// The chance per second of a hazard that has a chance `per_day` on each day.
pub(super) fn rate_per_second(per_day: f64) -> f64 {
    if per_day >= 1.0 { f64::INFINITY } else { -(1.0 - per_day).ln() / f64::from(DAY) }
}

/// A distribution of times.
pub(super) fn distribution(said: &Times) -> Distribution {
    law::of(said).expect("checked: the parameters of a distribution")
}
