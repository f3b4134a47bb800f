//! How many replications a precision takes.

use super::Runs;
use crate::statistics::Estimate;

/// No precision is worth more replications.
pub const MOST_REPLICATIONS: u32 = 10_000;

/// Replications before the first look at the intervals.
pub(super) const FIRST_BATCH: u32 = 20;

/// How precise a run became.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reached {
    /// What was asked for, as a share of the mean.
    pub asked: f64,
    /// The widest of the intervals that were watched: half its width as a share of the mean. Not a
    /// number if there was none to watch.
    pub widest: f64,
    /// The measure of that interval, as a position of [`names`](crate::model::measures::names).
    pub measure: Option<usize>,
}

impl Reached {
    /// Whether it is as precise as was asked for.
    pub fn is_enough(&self) -> bool {
        self.times() <= 1.0
    }

    /// How many times wider than asked for the widest interval is; 0 if none was watched.
    pub(super) fn times(&self) -> f64 {
        if self.measure.is_none() { 0.0 } else { self.widest / self.asked }
    }
}

/// The widest interval of those watched.
pub(super) fn reached(runs: &Runs, watched: &[usize], asked: f64) -> Reached {
    let mut reached = Reached { asked, widest: f64::NAN, measure: None };
    for &index in watched {
        let width =
            Estimate::of(runs.values.iter().map(|values| values[index])).relative_half_width();
        // A comparison with what is not a number is false, so the first width always enters.
        let narrower = width <= reached.widest;
        if !width.is_nan() && !narrower {
            reached.widest = width;
            reached.measure = Some(index);
        }
    }
    reached
}

/// How many replications to have next; `None` if there are enough, or as many as allowed. `times` is
/// how many times wider than asked for the widest interval is.
pub(super) fn next(times: f64, count: u32) -> Option<u32> {
    if times <= 1.0 || count >= MOST_REPLICATIONS {
        return None;
    }
    // Never more than four times as many guards against a lucky or unlucky first look.
    Some(expected(times, count).min(count * 4))
}

/// How many replications it will take as far as can be told after `count`.
pub(super) fn expected(times: f64, count: u32) -> u32 {
    // An interval narrows with the square root of the replications. A tenth more saves most rounds.
    let needed = (f64::from(count) * times.powi(2) * 1.1).min(f64::from(MOST_REPLICATIONS)).ceil();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most 10,000")]
    let needed = needed as u32;
    needed.clamp(count + 1, MOST_REPLICATIONS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twice_the_width_takes_four_times_the_replications() {
        assert_eq!(next(2.0, 20), Some(80));
        assert_eq!(next(1.2, 100), Some(159));
        assert_eq!(next(1.0, 100), None);
        assert_eq!(next(18.0, 9_000), Some(MOST_REPLICATIONS));
        assert_eq!(next(18.0, MOST_REPLICATIONS), None);
    }

    #[test]
    fn the_widest_interval_is_the_one_that_counts() {
        let runs = Runs {
            values: vec![vec![1.0, 10.0, f64::NAN, 0.0], vec![1.1, 20.0, f64::NAN, 0.0]],
            ..Runs::default()
        };
        let reached = reached(&runs, &[0, 1, 2, 3], 0.05);
        assert_eq!(reached.measure, Some(1));
        assert!(!reached.is_enough());
    }
}
