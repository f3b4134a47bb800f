//! Who is there when a simulation begins, and what ends it besides its length.

use std::fmt;

use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::{self, Deserializer, Visitor};

use super::Distribution;
use crate::scenario::units::Duration;

/// People who are there when the simulation begins: a number of them, or persons one by one.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Initial {
    /// Who they are, in a few words.
    #[serde(default)]
    pub title: String,
    /// How many they are.
    #[serde(default)]
    pub people: Option<u32>,
    /// The persons, one by one, instead of a number.
    #[serde(default)]
    pub persons: Vec<Known>,
    /// The step in which they are, `pathway.step`; they are in the place that a step before it enters.
    pub at: String,
    /// The stream of arrivals in which they once came; the first, if not said.
    #[serde(default)]
    pub stream: Option<String>,
    /// How long they have been there.
    #[serde(default)]
    pub stayed: Option<Distribution>,
    /// How long the step still takes them. If it is not said, what is left of the time of the step for
    /// those who have already stayed so long.
    #[serde(default)]
    pub remaining: Option<Distribution>,
}

/// Somebody who is there when the simulation begins.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Known {
    /// How long they have been there.
    #[serde(default)]
    pub stayed: Option<Duration>,
    /// How long the step still takes them.
    #[serde(default)]
    pub remaining: Option<Duration>,
}

/// What ends a replication before its length has passed, whichever comes first. All are counted from
/// the start of measuring.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Stop {
    /// So many people have left.
    pub leavers: Option<u64>,
    /// So many people have come.
    pub arrivals: Option<u64>,
    /// Everybody who was there has left.
    pub empty: Option<bool>,
}

/// Simulated time before anything is measured.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct WarmUp {
    /// How long it is; nothing as long as it is to be found.
    pub length: Duration,
    /// It is as long as pilot runs show that it must be.
    pub found: bool,
}

impl<'de> Deserialize<'de> for WarmUp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct WarmUpVisitor;
        impl Visitor<'_> for WarmUpVisitor {
            type Value = WarmUp;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a length of time with its unit, such as \"60 days\", or \"found\"")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<WarmUp, E> {
                match text {
                    "found" => Ok(WarmUp { length: Duration::default(), found: true }),
                    _ => Duration::parse(text)
                        .map(|length| WarmUp { length, found: false })
                        .map_err(E::custom),
                }
            }
            fn visit_i64<E: de::Error>(self, number: i64) -> Result<WarmUp, E> {
                Err(crate::scenario::units::bare(number))
            }
            fn visit_f64<E: de::Error>(self, number: f64) -> Result<WarmUp, E> {
                Err(crate::scenario::units::bare(number))
            }
        }
        deserializer.deserialize_any(WarmUpVisitor)
    }
}
