//! How a scenario is run, what it must reproduce, and what follows from its delays.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Stop, WarmUp};
use crate::scenario::units::{Date, Duration};

/// When a run starts, how long it lasts, and how often it is repeated.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RunSettings {
    /// The day on which measuring starts; the warm-up lies before it.
    pub start: Date,
    /// Simulated time before anything is measured, so that the beds have filled; or `"found"`: as long
    /// as pilot runs show that it must be.
    #[serde(default)]
    pub warm_up: WarmUp,
    /// Measured time.
    pub length: Duration,
    /// What ends a replication earlier, if anything does.
    #[serde(default)]
    pub stop: Option<Stop>,
    /// Repetitions with other random numbers, from which the intervals come.
    #[serde(default = "thirty")]
    pub replications: u32,
    /// The number from which all randomness of the run follows.
    #[serde(default)]
    pub seed: u64,
    /// What happens when a circle of full places comes to a standstill.
    #[serde(default)]
    pub at_gridlock: AtGridlock,
}

/// What happens at a gridlock: when all people in some full places wait for each other's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AtGridlock {
    /// It is counted, and the run goes on: those people wait until something else frees a place.
    #[default]
    GoOn,
    /// The replication ends there.
    Stop,
    /// A circle of them changes places at once.
    Swap,
}

fn thirty() -> u32 {
    30
}

/// A figure that the run must reproduce.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Check {
    /// What is checked, in a few words.
    #[serde(default)]
    pub title: String,
    /// The name of a measure, as `homeward measures` lists them.
    pub measure: String,
    /// The official or measured figure, in the unit of the measure.
    pub official: f64,
    /// The lowest simulated mean that is accepted.
    pub low: f64,
    /// The highest simulated mean that is accepted.
    pub high: f64,
}

/// Harm expected from delay: a rate multiplied with simulated time or people, never a draw.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Harm {
    /// What happens, in a few words.
    #[serde(default)]
    pub title: String,
    /// Expected number per day of delay in the acute places.
    #[serde(default)]
    pub per_delayed_day: f64,
    /// Expected number per person who waited longer than `long_wait` for `place`.
    #[serde(default)]
    pub per_long_wait: f64,
    /// The place whose long waits do the harm.
    #[serde(default)]
    pub place: Option<String>,
}
