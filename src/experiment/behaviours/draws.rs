//! The behaviours under parameters drawn from their ranges.

use std::sync::atomic::{AtomicBool, Ordering};

use rayon::ThreadPoolBuilder;
use rayon::prelude::*;

use super::{Claim, Policy, Worlds, claims};
use crate::experiment::design::latin_hypercube;
use crate::experiment::progress::Progress;
use crate::experiment::runs::Stopped;
use crate::model::Model;
use crate::random::Key;
use crate::scenario::language::coordination::Parameters;

/// Theta in the draws: as in the prototype's, so that they centre above the default.
const THETA: (f64, f64) = (0.3, 1.3);

/// In how many draws a claim held.
#[derive(Debug, Clone, PartialEq)]
pub struct Share {
    /// The claim.
    pub claim: Claim,
    /// The share of draws in which its mean sum was above zero.
    pub holds: f64,
}

/// Draws all parameters and theta from their ranges by a Latin hypercube, runs every policy
/// `replications` times in each draw, and says in how many draws each claim held on average.
///
/// # Errors
/// If `cancel` became true, or the threads could not be started.
pub fn share_of_draws(
    worlds: &Worlds,
    draws: u32,
    replications: u32,
    threads: Option<usize>,
    progress: &dyn Progress,
    cancel: &AtomicBool,
) -> Result<Vec<Share>, Stopped> {
    let pool = ThreadPoolBuilder::new().num_threads(threads.unwrap_or(0)).build()?;
    let claims = claims();
    let points = latin_hypercube(draws, Parameters::ALL.len() + 1, Key::of_name("behaviours"));
    progress.planned(draws);
    let held: Option<Vec<Vec<bool>>> = pool.install(|| {
        points
            .par_iter()
            .with_max_len(1)
            .map(|point| {
                let models = models(worlds, point);
                let mut sums = vec![0.0; claims.len()];
                for replication in 0..replications {
                    if cancel.load(Ordering::Relaxed) {
                        return None;
                    }
                    let looked = worlds.look(replication, &models);
                    for (sum, of_one) in sums.iter_mut().zip(worlds.sums(&claims, &looked)) {
                        *sum += of_one;
                    }
                }
                progress.ended_one();
                Some(sums.into_iter().map(|sum| sum > 0.0).collect())
            })
            .collect()
    });
    let held = held.ok_or(Stopped::Cancelled(Box::default()))?;
    let share = |(index, claim): (usize, Claim)| {
        let count = held.iter().filter(|held| held[index]).count();
        Share { claim, holds: count as f64 / held.len() as f64 }
    };
    Ok(claims.into_iter().enumerate().map(share).collect())
}

/// The models of all policies with the parameters of a point of the unit cube.
fn models(worlds: &Worlds, point: &[f64]) -> Vec<(Policy, Model)> {
    let within = |(low, high): (f64, f64), unit: f64| low + (high - low) * unit;
    let theta = within(THETA, point[0]);
    let values = Parameters::ALL
        .iter()
        .zip(&point[1..])
        .map(|(parameter, unit)| within((parameter.low, parameter.high), *unit));
    let parameters = Parameters::from_values(values);
    worlds
        .models
        .iter()
        .map(|(policy, model)| {
            let mut model = model.with_parameters(&parameters);
            if !policy.has_own_theta() {
                model = model.with_theta(theta);
            }
            (*policy, model)
        })
        .collect()
}
