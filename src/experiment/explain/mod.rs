//! Which change brought which part of a difference, and through what.
//!
//! Every part is a Shapley value: what a change adds to those that are there already, averaged over all
//! orders in which they may come; parts add up to the whole. It is taken in each replication on the same
//! people, so that its interval is that of the replications. Where there are too many coalitions to run
//! them all, each replication has an order of its own, and every second one that order backwards: the
//! interval then holds the chance of the orders as well.

mod couplings;
mod without;

pub use self::without::{Removed, Without, Withouts, causes};

use std::sync::atomic::AtomicBool;

use super::worlds::{self, Batch};
use super::{Progress, Stopped};
use crate::model::measures::{Measure, names};
use crate::model::{self, Model};
use crate::random::Key;
use crate::scenario::differences::{Differences, Part};
use crate::scenario::grounds::Theta;
use crate::scenario::{Diagnostics, Scenario};
use crate::statistics::{Estimate, along, shapley};

/// With more changes than this, orders are drawn.
pub const MOST_COALITIONS_OF: usize = 6;

/// What a difference is made of.
#[derive(Debug, Clone, PartialEq)]
pub struct Explained {
    /// What the base is called.
    pub base: String,
    /// What the other is called.
    pub other: String,
    /// The seed of both.
    pub seed: u64,
    /// How often each world was run.
    pub replications: u32,
    /// The measured time \[days\].
    pub measured_days: f64,
    /// How much of what relationships are assumed to do they do in the other, if there is a layer.
    pub theta: Option<Theta>,
    /// What differs.
    pub parts: Vec<Part>,
    /// Whether all coalitions were run, and not orders drawn.
    pub is_exact: bool,
    /// The couplings of the relationship layer by which the difference can come: name and meaning.
    pub couplings: Vec<(&'static str, &'static str)>,
    /// What brought the difference in each measure.
    pub measures: Vec<Attribution>,
}

/// What brought the difference in a measure.
#[derive(Debug, Clone, PartialEq)]
pub struct Attribution {
    /// Its full name.
    pub name: String,
    /// The measure.
    pub measure: &'static Measure,
    /// Its mean in the base.
    pub base: f64,
    /// Its mean in the other.
    pub other: f64,
    /// The whole difference.
    pub whole: Estimate,
    /// What each part brought.
    pub parts: Vec<Estimate>,
    /// The same difference by coupling, if there are any.
    pub couplings: Option<ByCoupling>,
}

/// A difference by coupling.
#[derive(Debug, Clone, PartialEq)]
pub struct ByCoupling {
    /// What is left with all couplings switched off in both: what comes through none of them.
    pub through_none: Estimate,
    /// What comes through each.
    pub parts: Vec<Estimate>,
}

/// Two scenarios, and what differs between them.
#[derive(Debug)]
pub struct Question<'a> {
    base: (&'a str, &'a Scenario, &'a Model),
    other: (&'a str, &'a Scenario, &'a Model),
    differences: Differences,
    coalitions: Vec<Model>,
    couplings: Vec<usize>,
}

impl<'a> Question<'a> {
    /// Finds what differs, and compiles all coalitions if they are few.
    ///
    /// # Errors
    /// What is wrong with a coalition of changes.
    pub fn new(
        base: (&'a str, &'a Scenario, &'a Model),
        other: (&'a str, &'a Scenario, &'a Model),
    ) -> Result<Question<'a>, Diagnostics> {
        let differences = Differences::between(base.1, other.1);
        let parts = differences.parts().len();
        let mut coalitions = Vec::new();
        if parts <= MOST_COALITIONS_OF {
            for coalition in 0..1_usize << parts {
                let scenario = differences.with(|part| coalition & (1 << part) != 0)?;
                coalitions.push(model::compile(&scenario));
            }
        }
        let couplings = couplings::in_either(base.1, other.1);
        Ok(Question { base, other, differences, coalitions, couplings })
    }

    /// How many parts the difference has.
    pub fn parts(&self) -> &[Part] {
        self.differences.parts()
    }

    /// How many worlds each replication has.
    pub fn worlds(&self) -> usize {
        self.worlds_of_changes() + self.worlds_of_couplings()
    }

    fn is_exact(&self) -> bool {
        !self.coalitions.is_empty()
    }

    fn worlds_of_changes(&self) -> usize {
        if self.is_exact() { self.coalitions.len() } else { self.parts().len() + 1 }
    }

    fn worlds_of_couplings(&self) -> usize {
        if self.couplings.is_empty() { 0 } else { 2 * (self.couplings.len() + 1) }
    }

    /// Runs all worlds on the same people and takes the difference in these measures apart.
    ///
    /// # Errors
    /// If `cancel` became true, or the threads could not be started.
    ///
    /// # Panics
    /// If a measure is not one of both.
    pub fn answer(
        &self,
        measures: &[String],
        batch: Batch,
        progress: &dyn Progress,
        cancel: &AtomicBool,
    ) -> Result<Explained, Stopped> {
        let known = names(self.base.2);
        let found = worlds::each(batch, self.worlds(), progress, |replication, world| {
            self.make(measures, replication, world, cancel)
        })?;
        let attribution = |(index, name): (usize, &String)| {
            let measure = known.iter().find(|(known, _)| known == name);
            let measure = measure.expect("a measure that is asked for is one of both").1;
            self.attribution(name, measure, &found, index)
        };
        let all = crate::scenario::language::coordination::Couplings::ALL;
        Ok(Explained {
            base: self.base.0.to_owned(),
            other: self.other.0.to_owned(),
            seed: self.base.2.seed,
            replications: batch.replications,
            measured_days: f64::from(self.base.2.measured_days()),
            theta: Theta::of(self.other.1),
            parts: self.parts().to_vec(),
            is_exact: self.is_exact(),
            couplings: self.couplings.iter().map(|&index| all[index]).collect(),
            measures: measures.iter().enumerate().map(attribution).collect(),
        })
    }

    /// The values of the measures in a world of a replication.
    fn make(
        &self,
        measures: &[String],
        replication: u32,
        world: usize,
        cancel: &AtomicBool,
    ) -> Option<Vec<f64>> {
        let made;
        let model = if let Some(model) = self.coalitions.get(world) {
            model
        } else if world < self.worlds_of_changes() {
            let order = self.order_of_changes(replication);
            let first = &order[..world];
            match self.differences.with(|part| first.contains(&part)) {
                Ok(scenario) => made = model::compile(&scenario),
                // Parts that are sound one by one but not in this coalition: the replication tells
                // nothing.
                Err(_) => return Some(vec![f64::NAN; measures.len()]),
            }
            &made
        } else {
            let place = world - self.worlds_of_changes();
            let (scenario, on) = (place % 2, place / 2);
            let order = self.order_of_couplings(replication);
            let on: Vec<usize> = order[..on].iter().map(|&at| self.couplings[at]).collect();
            let scenario = if scenario == 0 { self.base.1 } else { self.other.1 };
            made = model::compile(&couplings::only(scenario, &on));
            &made
        };
        let values = worlds::values(model, replication, cancel)?;
        let known = names(model);
        let value = |name: &String| {
            let index = known.iter().position(|(known, _)| known == name);
            index.map_or(f64::NAN, |index| values[index])
        };
        Some(measures.iter().map(value).collect())
    }

    fn order_of_changes(&self, replication: u32) -> Vec<usize> {
        order("explain.changes", self.base.2.seed, replication, self.parts().len())
    }

    fn order_of_couplings(&self, replication: u32) -> Vec<usize> {
        order("explain.couplings", self.base.2.seed, replication, self.couplings.len())
    }

    /// Takes a measure apart, from its values by replication and world.
    fn attribution(
        &self,
        name: &str,
        measure: &'static Measure,
        found: &[Vec<Vec<f64>>],
        index: usize,
    ) -> Attribution {
        let of_changes = self.worlds_of_changes();
        let value = |worlds: &[Vec<f64>], world: usize| worlds[world][index];
        let mut ends = Vec::new();
        let mut parts = Vec::new();
        let mut through_none = Vec::new();
        let mut couplings = Vec::new();
        for (replication, worlds) in (0_u32..).zip(found) {
            // A replication in which some world cannot tell the measure would not add up.
            if worlds.iter().any(|world| world[index].is_nan()) {
                continue;
            }
            ends.push((value(worlds, 0), value(worlds, of_changes - 1)));
            parts.push(if self.is_exact() {
                shapley(self.parts().len(), |coalition| value(worlds, coalition))
            } else {
                let brings: Vec<f64> = (0..of_changes).map(|world| value(worlds, world)).collect();
                along(&self.order_of_changes(replication), &brings)
            });
            if !self.couplings.is_empty() {
                let differences: Vec<f64> = (0..=self.couplings.len())
                    .map(|on| {
                        let at = of_changes + 2 * on;
                        value(worlds, at + 1) - value(worlds, at)
                    })
                    .collect();
                through_none.push(differences[0]);
                couplings.push(along(&self.order_of_couplings(replication), &differences));
            }
        }
        let by_coupling = ByCoupling {
            through_none: Estimate::of(through_none),
            parts: each_of(self.couplings.len(), &couplings),
        };
        Attribution {
            name: name.to_owned(),
            measure,
            base: Estimate::of(ends.iter().map(|end| end.0)).mean,
            other: Estimate::of(ends.iter().map(|end| end.1)).mean,
            whole: Estimate::of(ends.iter().map(|end| end.1 - end.0)),
            parts: each_of(self.parts().len(), &parts),
            couplings: (!self.couplings.is_empty()).then_some(by_coupling),
        }
    }
}

/// The estimate of each of `count` parts, from the parts of each replication.
fn each_of(count: usize, of_replications: &[Vec<f64>]) -> Vec<Estimate> {
    (0..count).map(|part| Estimate::of(of_replications.iter().map(|parts| parts[part]))).collect()
}

/// The order of so many things in a replication: at random in every first of two, backwards in the next.
fn order(purpose: &str, seed: u64, replication: u32, count: usize) -> Vec<usize> {
    let key = Key::new(seed, replication / 2);
    let mut drawn: Vec<(u64, usize)> = (0..count)
        .map(|thing| (key.draw(Key::of_name(purpose), thing as u64).bits(), thing))
        .collect();
    drawn.sort_unstable();
    let mut order: Vec<usize> = drawn.into_iter().map(|(_, thing)| thing).collect();
    if !replication.is_multiple_of(2) {
        order.reverse();
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_come_in_pairs_and_are_all_alike() {
        let (mut first, even) = ([0; 4], order("test", 1, 6, 4));
        assert_eq!(even.iter().rev().copied().collect::<Vec<_>>(), order("test", 1, 7, 4));
        for replication in 0..4_000 {
            let order = order("test", 1, 2 * replication, 4);
            let mut sorted = order.clone();
            sorted.sort_unstable();
            assert_eq!(sorted, [0, 1, 2, 3]);
            first[order[0]] += 1;
        }
        // 1,000 each, with a standard deviation of 27.4.
        assert!(first.iter().all(|count| (890..1_110).contains(count)), "{first:?}");
    }
}
