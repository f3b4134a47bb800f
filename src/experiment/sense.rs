//! What must hold of every queue after a run: that it does not grow without limit, and Little's law.

use super::Runs;
use crate::model::{DAY, Model, Observations};
use crate::statistics::{Estimate, Moments};

/// What the replications say of one queue.
#[derive(Debug, Clone, Copy, Default)]
pub struct QueueMoments {
    /// Mean number of people waiting in each quarter of the measured time.
    quarters: [Moments; 4],
    /// By how much the last exceeds the first.
    growth: Moments,
    /// Mean number waiting.
    waiting: Moments,
    /// That, less all waits that ended over the measured time: nothing, by Little's law, but for those
    /// who wait at the beginning and the end.
    gap: Moments,
    /// Mean wait of those served \[days\].
    wait: Moments,
}

/// What a run found of one queue.
#[derive(Debug, Clone, PartialEq)]
pub struct QueueSense {
    /// The place or team as people know it.
    pub title: String,
    /// Mean number of people waiting in each quarter of the measured time.
    pub quarters: [Estimate; 4],
    /// By how much the last exceeds the first.
    pub growth: Estimate,
    /// Mean number waiting, over all the measured time.
    pub waiting: Estimate,
    /// What Little's law leaves unexplained of that.
    pub gap: Estimate,
    /// How long the measured time is, in mean waits.
    pub waits_long: f64,
}

/// A queue that is longer by half in the last quarter of a run than in the first, and by a person at
/// least, grows.
const LONGER: f64 = 1.5;
const PEOPLE: f64 = 1.0;

impl QueueSense {
    /// Whether the queue grew throughout the run: from quarter to quarter, beyond doubt and by much. A
    /// queue that is long in winter and short again in summer does not.
    pub fn grows(&self) -> bool {
        let [first, .., last] = self.quarters;
        self.growth.lower > 0.0
            && self.growth.mean >= PEOPLE
            && last.mean >= LONGER * first.mean
            && self.quarters.is_sorted_by(|earlier, later| earlier.mean < later.mean)
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
    let places = observed.places.iter().map(|place| &place.queue);
    let all = places.chain(&observed.teams);
    queues.resize(observed.places.len() + observed.teams.len(), QueueMoments::default());
    for (index, (moments, queue)) in queues.iter_mut().zip(all).enumerate() {
        let area = queue.waiting_area as f64;
        moments.waiting.add(area / seconds);
        let ended = queue.waits.seconds + queue.given_up_seconds;
        moments.gap.add((area - ended as f64) / seconds);
        moments.wait.add(queue.waits.seconds as f64 / queue.waits.count as f64 / f64::from(DAY));
        if let [first, second, third] = observed.waiting_so_far.as_slice()
            && (third.0 as f64) < seconds
        {
            let at = |(seconds, areas): &(u64, Vec<u64>)| (*seconds as f64, areas[index] as f64);
            let ends = [(0.0, 0.0), at(first), at(second), at(third), (seconds, area)];
            let mean = |ends: &[(f64, f64)]| (ends[1].1 - ends[0].1) / (ends[1].0 - ends[0].0);
            let means: Vec<f64> = ends.windows(2).map(mean).collect();
            moments.quarters.iter_mut().zip(&means).for_each(|(all, mean)| all.add(*mean));
            moments.growth.add(means[3] - means[0]);
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
            quarters: queue.quarters.map(|quarter| quarter.estimate()),
            growth: queue.growth.estimate(),
            waiting: queue.waiting.estimate(),
            gap: queue.gap.estimate(),
            waits_long: days / queue.wait.estimate().mean.max(1e-9),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::compile;
    use crate::scenario::Scenario;

    #[test]
    fn waits_that_are_not_counted_break_littles_law() {
        let text = r#"
            schema = 1
            title = "One team"
            run = { start = 2024-01-01, length = "300 days" }
            organisations.council = {}
            teams.server = { organisation = "council", headcount = 1 }
            arrivals.people = { per_day = 1.6, pathways = { through = 1.0 } }
            [pathways.through.steps]
            work = { task = "server", takes = { exponential = "12 hours" } }
            out = { leave = "done" }
        "#;
        let model = compile(&Scenario::parse("team", text).expect("it has no mistakes"));
        let holds = |lost: f64| {
            let mut runs = Runs::default();
            for replication in 0..10 {
                let mut observed = model.simulate(replication);
                let waits = &mut observed.teams[0].waits.seconds;
                *waits -= (*waits as f64 * lost) as u64;
                add(&mut runs.queues, &observed);
                runs.measured_seconds.push(observed.measured_seconds);
            }
            of(&model, &runs)[0].keeps_littles_law()
        };
        assert!(holds(0.0));
        assert!(!holds(0.1));
    }
}
