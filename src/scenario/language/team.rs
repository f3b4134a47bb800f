//! How teams work: what becomes of their work when they close, and when it begins.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::scenario::units::{Clock, Weekday};

/// What becomes of work in progress when a team closes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AtClosing {
    /// It stops, and goes on when the team opens again; whoever does it stays with it.
    #[default]
    Pause,
    /// It goes on until it is done; nothing new begins.
    Finish,
    /// It is handed over: the person waits for the rest of it, before all who wait for their work to
    /// begin, in the queue of the team itself or of that of `hand_over_to`.
    HandOver,
}

/// A time of the day at which a team begins with cases.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StartSlot {
    /// The time.
    pub at: Clock,
    /// How many cases begin then, at most.
    pub cases: u32,
    /// The days; every day, if not said. Bank holidays are Sundays.
    #[serde(default = "all_days")]
    pub days: Vec<Weekday>,
}

fn all_days() -> Vec<Weekday> {
    Weekday::ALL.to_vec()
}
