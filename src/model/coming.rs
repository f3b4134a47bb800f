//! A stream of people, as the rules hold it.

use super::calendar::DAY;
use crate::random::{Distribution, Key};

/// When in the day people come: a rate that is constant in each equal part of the day, turned
/// around to find the moment for a number between 0 and 1.
#[derive(Debug, Clone, PartialEq)]
pub struct Moments {
    /// For each part: the share of people who have come by its end, by its start, the seconds per
    /// share within it, and the second at which it starts.
    parts: Vec<(f64, f64, f64, f64)>,
    /// The part in which each 64th share begins.
    guide: [u16; 64],
}

impl Moments {
    /// From the weights of equal parts of the day, at most 1,440 of them.
    pub fn new(weights: &[f64]) -> Moments {
        let total: f64 = weights.iter().sum();
        let part_seconds = f64::from(DAY) / weights.len() as f64;
        let mut by_end = 0.0;
        let mut parts = Vec::new();
        for (index, weight) in weights.iter().enumerate() {
            let by_start = by_end;
            by_end = if index + 1 == weights.len() { 1.0 } else { by_end + weight / total };
            let start = f64::from(DAY) * index as f64 / weights.len() as f64;
            parts.push((by_end, by_start, part_seconds / (by_end - by_start), start));
        }
        let guide = std::array::from_fn(|share| {
            let share = share as f64 / 64.0;
            parts.iter().position(|part| share < part.0).unwrap_or(parts.len() - 1) as u16
        });
        Moments { parts, guide }
    }

    /// The moment at which a share of the people, from 0 to below 1, has come [s of the day].
    #[inline]
    pub fn at(&self, share: f64) -> u32 {
        let guess = usize::from(self.guide[(share * 64.0) as u32 as usize % 64]);
        let part = self.parts[guess..].iter().find(|part| share < part.0);
        let (_, by_start, seconds_per_share, start) = *part.expect("the last share is 1");
        (((share - by_start) * seconds_per_share + start) as u32).min(DAY - 1)
    }
}

/// Times of the day at which people come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Daily {
    /// The times [s of the day].
    pub seconds: Vec<u32>,
    /// On which days, from Monday to Sunday.
    pub days: [bool; 7],
}

/// Pathways, each with the share of people up to it.
pub(super) type Pathways = Vec<(f64, u8)>;

/// The rules of a stream of arrivals.
#[derive(Debug, Clone)]
pub struct ArrivalRules {
    /// Mean number of people a day; with groups, of groups.
    pub per_day: f64,
    /// The time from one to the next, if they come by gaps.
    pub gaps: Option<Distribution>,
    /// The times of the day at which they come, if they do.
    pub daily: Option<Daily>,
    /// How many come together: cumulative share and number; nothing if everybody comes alone.
    pub together: Vec<(f64, u32)>,
    /// The most who ever come together in this stream.
    pub largest_group: u32,
    /// The people who come at listed moments: the day of the run and the second of it.
    pub listed: Vec<(u32, u32)>,
    /// Factors from Monday to Sunday.
    pub weekday: [f64; 7],
    /// Factors from January to December.
    pub month: [f64; 12],
    /// When in the day they come.
    pub moments: Moments,
    /// Cumulative share and pathway; nothing if they go by an attribute.
    pub pathways: Pathways,
    /// The attribute by which the pathways go, and cumulative share and pathway for each of its values.
    pub pathways_by: Option<(u8, Vec<Pathways>)>,
    /// For each attribute, the cumulative shares of its values.
    pub attributes: Vec<Vec<f64>>,
    /// What its draws are for.
    pub purpose: Key,
}

impl ArrivalRules {
    /// The mean number of people a day in a month, on days of which the weekday's factor is 1.
    pub fn people_a_day(&self, month: usize) -> f64 {
        let by_rate = self.per_day * self.month[month];
        let by_gaps = self.gaps.as_ref().map_or(0.0, |gaps| f64::from(DAY) / gaps.mean());
        let by_clock = self.daily.as_ref().map_or(0.0, |daily| {
            let days = daily.days.iter().filter(|is| **is).count();
            daily.seconds.len() as f64 * days as f64 / 7.0
        });
        (by_rate + by_gaps + by_clock) * self.mean_group()
    }

    /// How many come together on average.
    pub(super) fn mean_group(&self) -> f64 {
        if self.together.is_empty() {
            return 1.0;
        }
        let mut before = 0.0;
        let mut mean = 0.0;
        for &(up_to, size) in &self.together {
            mean += (up_to - before) * f64::from(size);
            before = up_to;
        }
        mean
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_follow_the_weights_of_the_parts_of_the_day() {
        // Nobody in the first quarter, then 1 : 2 : 1.
        let moments = Moments::new(&[0.0, 1.0, 2.0, 1.0]);
        let hour = DAY / 24;
        assert_eq!(moments.at(0.0), 6 * hour);
        assert_eq!(moments.at(0.125), 9 * hour);
        assert_eq!(moments.at(0.25), 12 * hour);
        assert_eq!(moments.at(0.5), 15 * hour);
        assert_eq!(moments.at(0.875), 21 * hour);
        assert_eq!(moments.at(1.0 - 1e-16), DAY - 1);
    }
}
