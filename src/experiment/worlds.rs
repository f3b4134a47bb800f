//! Many worlds with the same people, in which only a few figures matter.
//!
//! All replications of all worlds share the cores, one replication of every world after the other, so
//! that no core idles between two worlds and what is done so far is balanced.

use std::ops::ControlFlow;
use std::sync::atomic::AtomicBool;

use rayon::ThreadPoolBuilder;

use super::in_order::in_order;
use super::{Progress, Runs, Stopped};
use crate::model::{Model, measures};

/// What to run.
#[derive(Debug, Clone, Copy)]
pub struct Batch {
    /// How many replications of each world.
    pub replications: u32,
    /// How many threads; all cores, if not said.
    pub threads: Option<usize>,
}

/// Makes something of every world in every replication: by replication, then by world.
pub(super) fn each<T: Send>(
    batch: Batch,
    worlds: usize,
    progress: &dyn Progress,
    make: impl Fn(u32, usize) -> Option<T> + Sync,
) -> Result<Vec<Vec<T>>, Stopped> {
    let pool = ThreadPoolBuilder::new().num_threads(batch.threads.unwrap_or(0)).build()?;
    let of_each = worlds as u64;
    let mut found: Vec<Vec<T>> = Vec::new();
    progress.planned(batch.replications);
    let all = in_order(
        &pool,
        0..u64::from(batch.replications) * of_each,
        |number| {
            let replication =
                u32::try_from(number / of_each).expect("it is below the number asked");
            let world = usize::try_from(number % of_each).expect("it is below the worlds");
            let made = make(replication, world)?;
            progress.ended_one();
            Some(made)
        },
        |number, made| {
            if number % of_each == 0 {
                found.push(Vec::with_capacity(worlds));
            }
            found.last_mut().expect("the first world opens the replication").push(made);
            ControlFlow::Continue(())
        },
    );
    if all { Ok(found) } else { Err(Stopped::Cancelled(Box::<Runs>::default())) }
}

/// The values of all measures in one replication, unless it is cancelled.
pub(super) fn values(model: &Model, replication: u32, cancel: &AtomicBool) -> Option<Vec<f64>> {
    let observed = model.simulate_unless(replication, cancel)?;
    Some(measures::values(model, &observed))
}
