//! How many fit and when, and who goes first.

use schemars::JsonSchema;
use serde::Deserialize;

use super::Capacity;
use crate::scenario::units::{Date, Shift, Weekday};

/// Who goes first among those who wait; among equals, who came first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Discipline {
    /// Who came first.
    #[default]
    FirstCome,
    /// Who has the lower number of `priority`. Nobody who is served is interrupted, except in a team
    /// with `preempt`.
    Priority,
    /// Who has been ready to leave for longest; then those who are not ready.
    LongestDelayed,
    /// Who has blocked another place for longest while waiting; then those who are in no place.
    LongestBlocked,
    /// Who is in a place of the same organisation.
    OwnFirst,
}

/// The capacity of a place at certain times: where all that is said here holds.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CapacityAt {
    /// On these days; on all, if not said. Bank holidays are Sundays.
    #[serde(default)]
    pub days: Vec<Weekday>,
    /// In these hours of the day. Hours over midnight, such as `"20:00-08:00"`, belong to the day on
    /// which they begin.
    #[serde(default)]
    pub hours: Option<Shift>,
    /// From this date on.
    #[serde(default)]
    pub from: Option<Date>,
    /// Until this date, on which it does not hold any more.
    #[serde(default)]
    pub until: Option<Date>,
    /// How many people fit then.
    pub capacity: Capacity,
}

/// Further units that are opened when a place is nearly full.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Escalation {
    /// How many.
    pub beds: u32,
    /// They open when more than this share of the ordinary capacity is in use, or somebody would
    /// have to wait [0-1].
    pub above: f64,
    /// They close when less than this share of the ordinary capacity is in use. Nobody is thrown
    /// out [0-1].
    pub below: f64,
}

/// Whether people who found no unit in the place of their first choice go back there when one falls
/// free.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Back {
    /// Before those who wait for it.
    First,
    /// After those who wait for it.
    Last,
    /// Not at all.
    #[default]
    Never,
}
