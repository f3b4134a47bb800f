//! Streams of people.

use serde::Deserialize;

use super::Named;
use crate::scenario::units::Moment;

/// A stream of people: Poisson with a rate that follows the month, the weekday and the hour, or
/// people who come at moments that are listed.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Arrivals {
    /// Who they are, in a few words.
    #[serde(default)]
    pub title: String,
    /// Mean number of people a day, before the profiles below [people a day].
    #[serde(default)]
    pub per_day: Option<f64>,
    /// The moments at which people come, one person each, instead of a rate.
    #[serde(default)]
    pub at: Vec<Moment>,
    /// Factors for Monday to Sunday; bank holidays are Sundays.
    #[serde(default = "even_week")]
    pub weekday: [f64; 7],
    /// Factors for January to December.
    #[serde(default = "even_year")]
    pub month: [f64; 12],
    /// Relative weight of equal parts of the day: 4 weights are quarters of a day, 24 are hours.
    #[serde(default)]
    pub hour: Vec<f64>,
    /// The share of the stream that each pathway takes; the shares add up to 1.
    pub pathways: Named<f64>,
}

fn even_week() -> [f64; 7] {
    [1.0; 7]
}

fn even_year() -> [f64; 12] {
    [1.0; 12]
}
