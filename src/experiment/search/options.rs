//! Options that are scenarios.

use std::sync::atomic::AtomicBool;

use rayon::ThreadPoolBuilder;
use rayon::prelude::*;
use thiserror::Error;

use super::decide::{Decision, Question, Values, decide};
use crate::experiment::progress::Progress;
use crate::model::{Model, measures};

/// A scenario that may be chosen.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// What it is called.
    pub name: String,
    /// The scenario, compiled.
    pub model: Model,
    /// What is to be least, if anything.
    pub objective: Option<Aim>,
    /// What is to be below the target, if there is one.
    pub target: Option<Aim>,
}

/// A sum of measures, and a part that is the same in every replication.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Aim {
    /// Weights of measures, by their position in [`measures::names`].
    pub weights: Vec<(f64, usize)>,
    /// What is added.
    pub fixed: f64,
}

impl Aim {
    fn of(&self, values: &[f64]) -> f64 {
        self.fixed
            + self.weights.iter().map(|(weight, measure)| weight * values[*measure]).sum::<f64>()
    }
}

/// The options, in order, cheapest first.
#[derive(Debug, Clone)]
pub struct Options(pub Vec<Candidate>);

/// Why there is no verdict.
#[derive(Debug, Error)]
pub enum Unclear {
    /// Somebody asked for it.
    #[error("the search was cancelled")]
    Cancelled,
    /// The threads could not be started.
    #[error("the threads could not be started")]
    Threads(#[from] rayon::ThreadPoolBuildError),
    /// A measure says nothing in a replication.
    #[error(
        "replication {replication} of {name} has no figure for what is asked: nobody was there to measure it on"
    )]
    NoFigure {
        /// The option.
        name: String,
        /// The replication.
        replication: u32,
    },
}

impl Options {
    /// Decides between them. The result does not depend on the number of threads.
    ///
    /// # Errors
    /// If `cancel` became true, a measure has no figure, or the threads could not be started.
    pub fn decide(
        &self,
        question: &Question,
        threads: Option<usize>,
        progress: &dyn Progress,
        cancel: &AtomicBool,
    ) -> Result<Decision, Unclear> {
        let pool = ThreadPoolBuilder::new().num_threads(threads.unwrap_or(0)).build()?;
        let mut planned = 0;
        let one = |&(option, replication): &(usize, u32)| {
            let candidate = &self.0[option];
            let observed =
                candidate.model.simulate_unless(replication, cancel).ok_or(Unclear::Cancelled)?;
            let values = measures::values(&candidate.model, &observed);
            let of = |aim: &Option<Aim>| aim.as_ref().map_or(0.0, |aim| aim.of(&values));
            let found =
                Values { objective: of(&candidate.objective), target: of(&candidate.target) };
            progress.ended_one();
            match found.objective.is_nan() || found.target.is_nan() {
                true => Err(Unclear::NoFigure { name: candidate.name.clone(), replication }),
                false => Ok(found),
            }
        };
        decide(self.0.len(), question, &mut |jobs| {
            planned += u32::try_from(jobs.len()).unwrap_or(u32::MAX);
            progress.planned(planned);
            let made: Vec<Result<Values, Unclear>> =
                pool.install(|| jobs.par_iter().with_max_len(1).map(one).collect());
            // The first mistake in the order of the work, on any number of threads.
            made.into_iter().collect()
        })
    }
}
