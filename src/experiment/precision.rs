//! How many replications a precision takes.
//!
//! After a first batch the intervals are looked at; if one is too wide, as many replications follow as
//! its width says, and so on. Whoever stops when an interval happens to be narrow is right less often
//! than the interval says. So every look takes intervals at [`LOOK_CONFIDENCE`], and after the last
//! look at least 95 % of them hold the truth: see the tests, which measure it.

use super::{Progress, Runs};
use crate::statistics::Estimate;

/// The confidence of the intervals at each look. Where the differences of single replications are
/// bell-shaped, at least 95 % of the intervals at the end hold the truth, whatever the precision; where
/// they are as skewed as exponential waiting times, at least 89 %.
pub const LOOK_CONFIDENCE: f64 = 0.96;

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
        let width = Estimate::at(LOOK_CONFIDENCE, runs.values.iter().map(|values| values[index]))
            .relative_half_width();
        // A comparison with what is not a number is false, so the first width always enters.
        let narrower = width <= reached.widest;
        if !width.is_nan() && !narrower {
            reached.widest = width;
            reached.measure = Some(index);
        }
    }
    reached
}

/// Asks for more and more replications until they are enough: `have` makes as many as it is told, and
/// answers how many times wider than asked for the widest interval then is.
pub(super) fn until_precise<E>(
    progress: &dyn Progress,
    mut have: impl FnMut(u32) -> Result<f64, E>,
) -> Result<(), E> {
    let mut count = FIRST_BATCH;
    progress.planned(count);
    loop {
        let times = have(count)?;
        let Some(more) = next(times, count) else { return Ok(()) };
        progress.planned(expected(times, count));
        count = more;
    }
}

/// How many replications to have next; `None` if there are enough, or as many as allowed. `times` is
/// how many times wider than asked for the widest interval is.
fn next(times: f64, count: u32) -> Option<u32> {
    if times <= 1.0 || count >= MOST_REPLICATIONS {
        return None;
    }
    // Never more than four times as many guards against a lucky or unlucky first look.
    Some(expected(times, count).min(count * 4))
}

/// How many replications it will take as far as can be told after `count`.
fn expected(times: f64, count: u32) -> u32 {
    // An interval narrows with the square root of the replications. A tenth more saves most rounds.
    let needed = (f64::from(count) * times.powi(2) * 1.1).min(f64::from(MOST_REPLICATIONS)).ceil();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most 10,000")]
    let needed = needed as u32;
    needed.clamp(count + 1, MOST_REPLICATIONS)
}

#[cfg(test)]
pub(super) mod tests {
    use std::convert::Infallible;

    use super::*;
    use crate::experiment::Quiet;
    use crate::random::Key;

    /// Values of single replications, with mean 0 and standard deviation 1, from two numbers that are
    /// even between 0 and 1.
    pub(in crate::experiment) type Shape = fn(f64, f64) -> f64;

    pub(in crate::experiment) fn bell(one: f64, other: f64) -> f64 {
        let radius = (-2.0 * (1.0 - one).ln()).sqrt();
        radius * (std::f64::consts::TAU * other).cos()
    }

    pub(in crate::experiment) fn exponential(one: f64, _: f64) -> f64 {
        -(1.0 - one).ln() - 1.0
    }

    /// The share of experiments whose last interval holds the truth, and the mean number of replications.
    /// `look` says how many times too wide the interval is after these values, and whether it holds it.
    pub(in crate::experiment) fn coverage(
        shape: Shape,
        experiments: u32,
        look: impl Fn(&[f64]) -> (f64, bool),
    ) -> (f64, f64) {
        let (mut held, mut replications) = (0, 0);
        for experiment in 0..experiments {
            let key = Key::new(5, experiment);
            let mut values: Vec<f64> = Vec::new();
            let mut last = (f64::NAN, false);
            let Ok(()) = until_precise::<Infallible>(&Quiet, |count| {
                for replication in values.len() as u64..count.into() {
                    let mut draw = key.draw(Key::of_name("pair"), replication);
                    let (one, other) = (draw.unit(), draw.unit());
                    values.push(shape(one, other));
                }
                last = look(&values);
                Ok(last.0)
            });
            assert!(last.0 <= 1.0, "it is as narrow as asked");
            held += u32::from(last.1);
            replications += u32::try_from(values.len()).expect("few");
        }
        let each = |sum: u32| f64::from(sum) / f64::from(experiments);
        (each(held), each(replications))
    }

    #[test]
    fn as_many_intervals_of_a_mean_hold_it_as_is_said() {
        // Means of 1 with a standard deviation of a half, watched as a run watches them.
        const EXPERIMENTS: u32 = 4_000;
        let errors = |share: f64| 4.0 * (share * (1.0 - share) / f64::from(EXPERIMENTS)).sqrt();
        for asked in [0.25, 0.2, 0.1, 0.06] {
            let found = |shape: Shape| {
                coverage(shape, EXPERIMENTS, |values| {
                    let values = values.iter().map(|value| vec![1.0 + 0.5 * value]).collect();
                    let mut runs = Runs { values, ..Runs::default() };
                    let reached = reached(&runs, &[0], asked);
                    runs.reached = Some(reached);
                    let shown = runs.estimate(runs.values.iter().map(|values| values[0]));
                    (reached.times(), shown.lower <= 1.0 && 1.0 <= shown.upper)
                })
            };
            let (held, replications) = found(bell);
            assert!(held > 0.95 - errors(0.95), "{asked}: {held} after {replications}");
            let (held, replications) = found(exponential);
            assert!(held > 0.89 - errors(0.89), "{asked}: {held} after {replications}");
        }
    }

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
