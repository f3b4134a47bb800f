//! Streams of people.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Distribution, Named, Pathways};
use crate::scenario::units::{Clock, Duration, Moment, Weekday};

/// The keys that say how the people of a stream come; a stream has one of them.
pub(crate) const COMING: &[&str] = &["per_day", "every", "gaps", "at", "on"];

/// The keys of the profile that a rate follows.
pub(crate) const PROFILES: &[&str] = &["weekday", "month", "hour"];

/// A stream of people: Poisson with a rate that follows the month, the weekday and the hour; with
/// gaps that are drawn or always the same; at times of the day; or at moments that are listed.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Arrivals {
    /// Who they are, in a few words.
    #[serde(default)]
    pub title: String,
    /// Mean number of people a day, before the profiles below; with `batch`, of groups
    /// [people a day].
    #[serde(default)]
    pub per_day: Option<f64>,
    /// Somebody comes each time that so much has passed, first when it has passed since the start of
    /// the simulation, its warm-up included.
    #[serde(default)]
    pub every: Option<Duration>,
    /// The time from each person to the next, drawn anew each time, and from the start of the
    /// simulation to the first: a renewal process.
    #[serde(default)]
    pub gaps: Option<Distribution>,
    /// The moments at which people come, one person each, instead of a rate.
    #[serde(default)]
    pub at: Vec<Moment>,
    /// The times of the day at which people come, one person each, instead of a rate.
    #[serde(default)]
    pub on: Option<Daily>,
    /// How many people come together, each a person of their own; one, if not said.
    #[serde(default)]
    pub batch: Option<Batch>,
    /// Factors for Monday to Sunday; bank holidays are Sundays.
    #[serde(default = "even_week")]
    pub weekday: [f64; 7],
    /// Factors for January to December.
    #[serde(default = "even_year")]
    pub month: [f64; 12],
    /// Relative weight of equal parts of the day: 4 weights are quarters of a day, 24 are hours.
    #[serde(default)]
    pub hour: Vec<f64>,
    /// The share of people of each value of an attribute, where it differs from those of the
    /// attribute; the shares of each add up to 1.
    #[serde(default)]
    pub attributes: Named<Named<f64>>,
    /// The share of the stream that each pathway takes, for all people or by the value of an
    /// attribute; the shares add up to 1.
    pub pathways: Pathways,
}

/// Times of the day, on some days.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Daily {
    /// The times.
    pub at: Vec<Clock>,
    /// The days; every day, if not said. Bank holidays are Sundays.
    #[serde(default = "all_days")]
    pub days: Vec<Weekday>,
}

/// How many people come together: a number, or numbers with their shares, which add up to 1.
#[derive(Debug, Clone, PartialEq)]
pub struct Batch(pub Vec<(u32, f64)>);

fn all_days() -> Vec<Weekday> {
    Weekday::ALL.to_vec()
}

fn even_week() -> [f64; 7] {
    [1.0; 7]
}

fn even_year() -> [f64; 12] {
    [1.0; 12]
}
