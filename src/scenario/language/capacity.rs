//! What is scarce: places, the hours of teams, and the seats of meetings.

use schemars::JsonSchema;
use serde::Deserialize;

use super::Named;
use super::pathway::Chance;
use super::queueing::{CapacityAt, Discipline, Escalation};
use super::team::{AtClosing, StartSlot};
use crate::scenario::units::{Duration, Hours, Weekday};

/// An organisation, or anything else that owns places and employs teams.
#[derive(Debug, Clone, PartialEq, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Organisation {
    /// Its name as people know it.
    #[serde(default)]
    pub title: String,
    /// Share of posts that nobody holds [0-1].
    #[serde(default)]
    pub vacancy: f64,
    /// Share of staff who are off sick [0-1].
    #[serde(default)]
    pub sickness: f64,
    /// Share of staff who leave in a year; read by the relationship layer only [0-1 a year].
    #[serde(default)]
    pub turnover_per_year: f64,
}

/// Opening hours by weekday. A day that is not named is closed.
#[derive(Debug, Clone, PartialEq, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Calendar {
    /// Hours of all seven days, unless a day or group below says otherwise.
    pub every_day: Option<Hours>,
    /// Hours of Monday to Friday.
    pub weekdays: Option<Hours>,
    /// Hours of Saturday and Sunday.
    pub weekend: Option<Hours>,
    /// Hours of one day.
    pub monday: Option<Hours>,
    /// Hours of one day.
    pub tuesday: Option<Hours>,
    /// Hours of one day.
    pub wednesday: Option<Hours>,
    /// Hours of one day.
    pub thursday: Option<Hours>,
    /// Hours of one day.
    pub friday: Option<Hours>,
    /// Hours of one day.
    pub saturday: Option<Hours>,
    /// Hours of one day.
    pub sunday: Option<Hours>,
    /// Hours of a bank holiday; as on a Sunday if not said.
    pub bank_holidays: Option<Hours>,
}

impl Calendar {
    /// The hours of a weekday (0 = Monday), or of a bank holiday (7).
    pub fn hours(&self, day: usize) -> Hours {
        let own = [
            &self.monday,
            &self.tuesday,
            &self.wednesday,
            &self.thursday,
            &self.friday,
            &self.saturday,
            &self.sunday,
        ];
        if day == 7
            && let Some(hours) = &self.bank_holidays
        {
            return hours.clone();
        }
        let day = day.min(6);
        let group = if day < 5 { &self.weekdays } else { &self.weekend };
        own[day]
            .as_ref()
            .or(group.as_ref())
            .or(self.every_day.as_ref())
            .cloned()
            .unwrap_or_default()
    }
}

/// How many people fit: a number, or `"unlimited"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Capacity {
    /// At most this many people at a time.
    Limited(u32),
    /// Nobody ever waits.
    Unlimited,
}

/// Where a person is.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// Its name as people know it.
    #[serde(default)]
    pub title: String,
    /// Who owns it.
    pub organisation: String,
    /// How many people fit at a time.
    pub capacity: Capacity,
    /// Whether England's statistics of delay count the people in it: an acute hospital's beds.
    /// If no place of a scenario says so, all count.
    #[serde(default)]
    pub acute: bool,
    /// Cost of a day in it \[pounds\].
    #[serde(default)]
    pub cost_per_day_pounds: f64,
    /// Cost of a day in it for someone who is ready to leave, where it is counted apart \[pounds\].
    #[serde(default)]
    pub delayed_day_cost_pounds: f64,
    /// A wait for this place that is longer is counted as a long wait.
    #[serde(default)]
    pub long_wait: Option<Duration>,
    /// The capacity at certain times: the first entry that holds at a moment says it; where none
    /// holds, it is `capacity`. A cut throws nobody out.
    #[serde(default)]
    pub capacity_at: Vec<CapacityAt>,
    /// Further units that are opened when it is nearly full.
    #[serde(default)]
    pub escalation: Option<Escalation>,
    /// Units that are kept for a class of people, by the name of the class; the others are common.
    #[serde(default)]
    pub kept: Named<u32>,
    /// Who goes first among those who wait.
    #[serde(default)]
    pub queue: Discipline,
    /// Among those who wait, who are in the first of these places go before those who are in the
    /// second, and so on, and all others last; `queue` says who goes first among each.
    #[serde(default)]
    pub first_from: Vec<String>,
    /// At most so many people wait for it; who comes then is refused. Any number, if not said.
    #[serde(default)]
    pub queue_limit: Option<u32>,
    /// The hours in which people leave it, whether they go home or to another place: whoever would go
    /// at another time waits in it until then. Those who die, give up, or go back to the place of
    /// their first choice do not wait. At any time, if not said.
    #[serde(default)]
    pub leaving: Option<Hours>,
    /// NHS England's code of the reason for delay while people who are ready to leave wait for these
    /// hours; the delay is that of the owner of the place.
    #[serde(default)]
    pub leaving_reason: Option<String>,
}

/// Staff who do work for a person.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Team {
    /// Its name as people know it.
    #[serde(default)]
    pub title: String,
    /// Who employs it.
    pub organisation: String,
    /// Posts [whole-time equivalents].
    pub headcount: f64,
    /// When it works; always, if not said.
    #[serde(default)]
    pub calendar: Option<String>,
    /// Share of posts that nobody holds; the organisation's, if not said [0-1].
    #[serde(default)]
    pub vacancy: Option<f64>,
    /// Share of staff who are off sick; the organisation's, if not said [0-1].
    #[serde(default)]
    pub sickness: Option<f64>,
    /// Share of its hours that it has for the work in this scenario [0-1].
    #[serde(default = "one")]
    pub share_of_time: f64,
    /// How many people one member of staff looks after at a time.
    #[serde(default = "one")]
    pub cases_at_once: f64,
    /// Share of the staff on duty from Monday to Sunday; bank holidays are Sundays.
    #[serde(default = "whole_week")]
    pub weekday_factors: [f64; 7],
    /// Who goes first among those who wait.
    #[serde(default)]
    pub queue: Discipline,
    /// With `queue = "priority"`: whether whoever goes first interrupts the least important of those for
    /// whom the team works. They wait for the rest of their work, before others of their priority.
    #[serde(default)]
    pub preempt: bool,
    /// How many people may be on the books of the team at a time, for each member of staff on the
    /// payroll (posts that somebody holds, sick or not): from a step `join` to `leave_books` [people at a time].
    #[serde(default)]
    pub caseload: Option<f64>,
    /// What becomes of work in progress when the team closes.
    #[serde(default)]
    pub at_closing: AtClosing,
    /// The team that takes over when this one closes; it closes by `at_closing = "hand_over"`.
    #[serde(default)]
    pub hand_over_to: Option<String>,
    /// The times of the day at which it begins with cases, so many each time; if not said, it begins
    /// whenever somebody is free.
    #[serde(default)]
    pub slots: Vec<StartSlot>,
}

/// Where decisions are batched: a ward round, a huddle, a funding panel.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Meeting {
    /// Its name as people know it.
    #[serde(default)]
    pub title: String,
    /// Who holds it.
    pub organisation: String,
    /// The days on which it is held; every day, if not said.
    #[serde(default = "all_days")]
    pub days: Vec<Weekday>,
    /// The hours within which it is held. Each person's decision falls at an even chance within them.
    pub between: Hours,
    /// How long before its start a case must be in.
    #[serde(default)]
    pub cut_off: Duration,
    /// How many cases it takes at a time; any number, if not said.
    #[serde(default)]
    pub cases: Option<u32>,
    /// The chance that a case is decided and not put off to the next meeting.
    #[serde(default)]
    pub decided: Chance,
    /// Factors of that chance from Monday to Sunday; bank holidays are Sundays.
    #[serde(default = "whole_week")]
    pub weekday_factors: [f64; 7],
}

fn one() -> f64 {
    1.0
}

fn whole_week() -> [f64; 7] {
    [1.0; 7]
}

fn all_days() -> Vec<Weekday> {
    Weekday::ALL.to_vec()
}
