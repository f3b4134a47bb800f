//! Streams of people.

use serde::Deserialize;

use super::Named;

/// A stream of people, Poisson with a rate that follows the month, the weekday and the hour.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Arrivals {
    /// Who they are, in a few words.
    #[serde(default)]
    pub title: String,
    /// Mean number of people a day, before the profiles below [people a day].
    pub per_day: f64,
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
