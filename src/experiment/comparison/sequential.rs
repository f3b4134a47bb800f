//! As many replications as it takes until differences are as precise as was asked for.
//!
//! Every look takes intervals at [`LOOK_CONFIDENCE`], and after the last look at least 95 % of them hold
//! the true difference: see the test of this module, which measures it.

use std::sync::atomic::AtomicBool;

use rayon::ThreadPoolBuilder;

use super::headline::{DELAY, WAITING};
use crate::experiment::precision::{LOOK_CONFIDENCE, until_precise};
use crate::experiment::{Progress, Runs, Stopped};
use crate::model::Model;
use crate::model::measures::{Measure, names};
use crate::statistics::Paired;

/// How precise the difference in a measure shall be.
#[derive(Debug, Clone, PartialEq)]
pub struct Target {
    /// The full name of the measure.
    pub measure: String,
    /// Half the width of the interval of the difference that is wanted.
    pub width: Width,
}

/// Half the width of an interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Width {
    /// As a share of the mean of the base [0-1].
    OfBase(f64),
    /// In the unit of the measure.
    InUnit(f64),
}

/// How precise the difference in a measure became.
#[derive(Debug, Clone, PartialEq)]
pub struct Reach {
    /// Which of the other scenarios, as a position.
    pub other: usize,
    /// The full name of the measure.
    pub name: String,
    /// The measure.
    pub measure: &'static Measure,
    /// What was asked for.
    pub asked: Width,
    /// What was reached, in the same terms. Not a number where there is no interval; infinite where
    /// the base is 0, of which nothing is a share.
    pub reached: f64,
}

impl Width {
    /// The number.
    pub fn value(self) -> f64 {
        match self {
            Width::OfBase(value) | Width::InUnit(value) => value,
        }
    }

    /// Half the width of the interval of a difference, in the same terms.
    fn of(self, paired: &Paired) -> f64 {
        let half = paired.difference.half_width();
        match self {
            _ if half == 0.0 => 0.0,
            Width::OfBase(_) => half / paired.base.abs(),
            Width::InUnit(_) => half,
        }
    }
}

impl Reach {
    /// Whether it is as precise as was asked for.
    pub fn is_enough(&self) -> bool {
        self.reached <= self.asked.value()
    }

    /// How many times wider than asked for it is; 0 if more replications would not help.
    fn times(&self) -> f64 {
        if self.reached.is_finite() { self.reached / self.asked.value() } else { 0.0 }
    }
}

/// What a precision is of if no measure is named: people ready and waiting and the mean delay; the
/// waits of a network that knows no delay.
pub fn usual_targets(model: &Model, share: f64) -> Vec<Target> {
    let names = names(model);
    let target = |name: &str| Target { measure: name.to_owned(), width: Width::OfBase(share) };
    let delay = [WAITING, DELAY].into_iter().filter(|it| names.iter().any(|(name, _)| name == it));
    let delay: Vec<Target> = delay.map(target).collect();
    if !delay.is_empty() {
        return delay;
    }
    let waits = names.iter().filter(|(_, measure)| measure.name == "wait_days");
    waits.map(|(name, _)| target(name)).collect()
}

/// Runs a base and others on the same people until every target is reached in every other.
///
/// # Errors
/// If `cancel` became true, or the threads could not be started.
///
/// # Panics
/// If a scenario does not have a measure of a target.
pub fn run_until_precise(
    models: &[&Model],
    targets: &[Target],
    threads: Option<usize>,
    progress: &dyn Progress,
    cancel: &AtomicBool,
) -> Result<(Vec<Runs>, Vec<Reach>), Stopped> {
    let pool = ThreadPoolBuilder::new().num_threads(threads.unwrap_or(0)).build()?;
    let mut runs = vec![Runs::default(); models.len()];
    let mut reaches = Vec::new();
    until_precise::<Stopped>(progress, |count| {
        for (model, runs) in models.iter().zip(&mut runs) {
            runs.extend(&pool, model, count, progress, cancel)?;
        }
        reaches = reached(models, &runs, targets);
        Ok(reaches.iter().map(Reach::times).fold(0.0, f64::max))
    })?;
    Ok((runs, reaches))
}

/// How precise every target is in every scenario but the first.
fn reached(models: &[&Model], runs: &[Runs], targets: &[Target]) -> Vec<Reach> {
    let values = |scenario: usize, name: &str| {
        let names = names(models[scenario]);
        let index = names.iter().position(|(known, _)| known == name);
        let index = index.expect("targets are measures of all scenarios");
        (runs[scenario].values.iter().map(move |values| values[index]), names[index].1)
    };
    let mut reaches = Vec::new();
    for other in 1..models.len() {
        for target in targets {
            let (base, measure) = values(0, &target.measure);
            let (there, _) = values(other, &target.measure);
            let paired = Paired::at(LOOK_CONFIDENCE, base.zip(there));
            reaches.push(Reach {
                other: other - 1,
                name: target.measure.clone(),
                measure,
                asked: target.width,
                reached: target.width.of(&paired),
            });
        }
    }
    reaches
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::precision::FIRST_BATCH;
    use crate::experiment::precision::tests::{Shape, bell, coverage, exponential};

    /// The share of experiments whose last interval holds the true difference, which is 0, and the mean
    /// number of replications. The base is 1 all the time, so that shares of it are widths.
    fn coverage_of(shape: Shape, width: Width, experiments: u32) -> (f64, f64) {
        coverage(shape, experiments, |differences| {
            let paired = Paired::at(LOOK_CONFIDENCE, differences.iter().map(|it| (1.0, 1.0 + it)));
            let it = paired.difference;
            (width.of(&paired) / width.value(), it.lower <= 0.0 && 0.0 <= it.upper)
        })
    }

    #[test]
    fn as_many_intervals_hold_the_truth_as_is_said_although_one_stops_when_they_are_narrow() {
        const EXPERIMENTS: u32 = 6_000;
        let errors = |share: f64| 4.0 * (share * (1.0 - share) / f64::from(EXPERIMENTS)).sqrt();
        for width in [0.5, 0.4, 0.3, 0.2, 0.12] {
            let (held, replications) = coverage_of(bell, Width::OfBase(width), EXPERIMENTS);
            // Never below the 95 % that are said, nor above the 96 % of a single look.
            assert!(held > 0.95 - errors(0.95), "{width}: {held} after {replications}");
            assert!(held < LOOK_CONFIDENCE + errors(0.96), "{width}: {held} after {replications}");
            let (held, replications) = coverage_of(exponential, Width::InUnit(width), EXPERIMENTS);
            assert!(held > 0.89 - errors(0.89), "{width}: {held} after {replications}");
            // What a known spread would take, and not much more.
            let needed = (2.05 / width).powi(2).max(f64::from(FIRST_BATCH));
            assert!(replications < needed * 1.5, "{width}: {replications} of {needed}");
        }
    }

    #[test]
    fn a_share_of_nothing_is_hopeless_and_an_equal_pair_precise() {
        let reach = |width: Width, pairs: &[(f64, f64)]| {
            let reached = width.of(&Paired::at(LOOK_CONFIDENCE, pairs.iter().copied()));
            let measure = crate::model::measures::ALL[0];
            Reach { other: 0, name: String::new(), measure, asked: width, reached }
        };
        let from_nothing = reach(Width::OfBase(0.05), &[(0.0, 1.0), (0.0, 2.0)]);
        assert!(!from_nothing.is_enough() && from_nothing.times() == 0.0);
        assert!(reach(Width::OfBase(0.05), &[(0.0, 0.0), (0.0, 0.0)]).is_enough());
        let one = reach(Width::InUnit(0.05), &[(1.0, 2.0)]);
        assert!(!one.is_enough() && one.times() == 0.0);
        // Differences 1 and 2: half the interval is t(1; 96 %) = 15.895 times 0.5.
        let two = reach(Width::InUnit(1.0), &[(1.0, 2.0), (1.0, 3.0)]);
        assert!((two.times() - 7.947).abs() < 1e-3, "{}", two.reached);
    }
}
