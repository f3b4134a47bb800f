//! What must hold of every queue after a run: that it does not grow without limit, and Little's law.

use super::Runs;
use crate::model::{DAY, Model, Observations};
use crate::statistics::{Estimate, Moments};

/// What the replications say of one queue.
#[derive(Debug, Clone, Copy, Default)]
pub struct QueueMoments {
    /// Mean number of people waiting in the first half of the measured time.
    first: Moments,
    /// And in the second.
    second: Moments,
    /// By how much the second exceeds the first.
    growth: Moments,
    /// Mean number waiting.
    waiting: Moments,
    /// That, less the waits of those served over the measured time: nothing, by Little's law, but for
    /// those who wait at the beginning and the end.
    gap: Moments,
    /// Mean wait of those served \[days\].
    wait: Moments,
}

/// What a run found of one queue.
#[derive(Debug, Clone, PartialEq)]
pub struct QueueSense {
    /// The place or team as people know it.
    pub title: String,
    /// Mean number of people waiting in the first half of the measured time.
    pub first: Estimate,
    /// And in the second.
    pub second: Estimate,
    /// By how much the second exceeds the first.
    pub growth: Estimate,
    /// Mean number waiting, over all the measured time.
    pub waiting: Estimate,
    /// What Little's law leaves unexplained of that.
    pub gap: Estimate,
    /// How long the measured time is, in mean waits.
    pub waits_long: f64,
}

/// A queue that is longer by half in the second half of a run, and by a person at least, grows.
const LONGER: f64 = 1.5;
const PEOPLE: f64 = 1.0;

impl QueueSense {
    /// Whether the queue grew throughout the run: beyond doubt and by much.
    pub fn grows(&self) -> bool {
        self.growth.lower > 0.0
            && self.growth.mean >= PEOPLE
            && self.second.mean >= LONGER * self.first.mean
    }

    /// Whether Little's law holds within the error of the simulation: twice the interval, and what those
    /// make up who wait when measuring begins or ends. It says nothing of a queue that grows.
    pub fn keeps_littles_law(&self) -> bool {
        if self.grows() || self.gap.n < 2 {
            return true;
        }
        let at_the_ends = 2.0 * self.waiting.mean / self.waits_long.max(1.0);
        self.gap.mean.abs() <= 2.0 * self.gap.half_width() + at_the_ends + 1e-9
    }
}

/// Adds a replication: places first, then teams.
pub(super) fn add(queues: &mut Vec<QueueMoments>, observed: &Observations) {
    let seconds = observed.measured_seconds as f64;
    let half = observed.half_seconds as f64;
    let places = observed.places.iter().map(|place| &place.queue);
    let all = places.chain(&observed.teams);
    queues.resize(observed.places.len() + observed.teams.len(), QueueMoments::default());
    for (index, (moments, queue)) in queues.iter_mut().zip(all).enumerate() {
        let area = queue.waiting_area as f64;
        moments.waiting.add(area / seconds);
        moments.gap.add((area - queue.waits.seconds as f64) / seconds);
        moments.wait.add(queue.waits.seconds as f64 / queue.waits.count as f64 / f64::from(DAY));
        if let Some(by_half) = observed.waiting_by_half.get(index).filter(|_| half < seconds) {
            let first = *by_half as f64 / half;
            let second = (area - *by_half as f64) / (seconds - half);
            moments.first.add(first);
            moments.second.add(second);
            moments.growth.add(second - first);
        }
    }
}

/// What the runs say of all queues, places first.
pub(super) fn of(model: &Model, runs: &Runs) -> Vec<QueueSense> {
    let names = model.names.places.iter().chain(&model.names.teams);
    let replications = runs.measured_seconds.len().max(1) as f64;
    let seconds: u64 = runs.measured_seconds.iter().sum();
    let days = seconds as f64 / replications / f64::from(DAY);
    names
        .zip(&runs.queues)
        .map(|(name, queue)| QueueSense {
            title: name.title.clone(),
            first: queue.first.estimate(),
            second: queue.second.estimate(),
            growth: queue.growth.estimate(),
            waiting: queue.waiting.estimate(),
            gap: queue.gap.estimate(),
            waits_long: days / queue.wait.estimate().mean.max(1e-9),
        })
        .collect()
}
