//! What differs between scenarios that were run on the same people.
//!
//! Replication k of every scenario has the same people, so the difference is taken replication by
//! replication, and its interval is that of the differences. Each interval holds by itself: nothing
//! is corrected for how many are looked at.

use super::ledger::{self, Owner};
use super::{Runs, Summary};
use crate::model::measures::{Better, Measure, names};
use crate::model::{Cell, Model};
use crate::scenario::Scenario;
use crate::scenario::reasons::ReasonGroup;
use crate::statistics::{Paired, Verdict};

/// A scenario that was run.
#[derive(Debug, Clone, Copy)]
pub struct Ran<'a> {
    /// What it is called in the comparison.
    pub name: &'a str,
    /// The scenario.
    pub scenario: &'a Scenario,
    /// The scenario, compiled.
    pub model: &'a Model,
    /// Its replications.
    pub runs: &'a Runs,
}

/// A base and what others do differently.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// What the base is called.
    pub name: String,
    /// What the base found.
    pub base: Summary,
    /// The others, in the order in which they were named.
    pub others: Vec<Versus>,
}

/// A scenario beside the base.
#[derive(Debug, Clone, PartialEq)]
pub struct Versus {
    /// What it is called; no two have the same name.
    pub name: String,
    /// What it found.
    pub summary: Summary,
    /// Measures that both have, in the order of the base.
    pub differences: Vec<Difference>,
    /// Delay by group of reasons: groups that either has, in the order of England's report.
    pub groups: Vec<GroupChange>,
    /// Delay by owner: owners that either has, in the order of the base.
    pub owners: Vec<OwnerChange>,
    /// Full names of measures that only the base has.
    pub only_base: Vec<String>,
    /// Full names of measures that only this scenario has.
    pub only_other: Vec<String>,
}

/// A measure in both.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// Its full name, such as `delay_days.p1`.
    pub name: String,
    /// The group after the dot.
    pub group: String,
    /// The measure.
    pub measure: &'static Measure,
    /// Its values in both, replication by replication.
    pub paired: Paired,
}

/// How many people a group of reasons delays in both.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupChange {
    /// The group.
    pub group: ReasonGroup,
    /// People delayed on average in acute places.
    pub people: Paired,
}

/// How many people's delay is an owner's in both.
#[derive(Debug, Clone, PartialEq)]
pub struct OwnerChange {
    /// Whose delay it is.
    pub owner: Owner,
    /// People delayed on average in acute places.
    pub people: Paired,
}

impl Comparison {
    /// Compares scenarios with a base. All must have been run with the same seed over the same time;
    /// replications that only one has are left out.
    pub fn of(base: Ran<'_>, others: &[Ran<'_>]) -> Comparison {
        let found = Summary::of(base.scenario, base.model, base.runs);
        let others = others.iter().map(|other| Versus::of(base, &found, *other)).collect();
        Comparison { name: base.name.to_owned(), base: found, others }
    }
}

impl Versus {
    fn of(base: Ran<'_>, found: &Summary, other: Ran<'_>) -> Versus {
        let summary = Summary::of(other.scenario, other.model, other.runs);
        let mut differences = Vec::new();
        let mut only_base = Vec::new();
        let names_of_other = names(other.model);
        for (index, measured) in found.measures.iter().enumerate() {
            let known = names_of_other.iter().position(|(name, _)| *name == measured.name);
            let Some(there) = known else {
                only_base.push(measured.name.clone());
                continue;
            };
            let pairs = base.runs.values.iter().zip(&other.runs.values);
            differences.push(Difference {
                name: measured.name.clone(),
                group: measured.group.clone(),
                measure: measured.measure,
                paired: Paired::of(pairs.map(|(base, other)| (base[index], other[there]))),
            });
        }
        let only_other = names_of_other.into_iter().map(|(name, _)| name);
        let only_other = only_other.filter(|name| found.find(name).is_none()).collect();
        Versus {
            name: other.name.to_owned(),
            groups: groups(base, other),
            owners: owners(base, other),
            summary,
            differences,
            only_base,
            only_other,
        }
    }

    /// A measure that both have, by its full name.
    pub fn find(&self, name: &str) -> Option<&Difference> {
        self.differences.iter().find(|difference| difference.name == name)
    }
}

impl Difference {
    /// The share of replications in which the scenario is better than the base, where ties count
    /// half; `None` if neither way is better, or no replication can tell.
    pub fn better_share(&self) -> Option<f64> {
        better_share(&self.paired, self.measure.better)
    }

    /// Whether the scenario is better than the base or worse; `None` if that cannot be told.
    pub fn is_better(&self) -> Option<bool> {
        is_better(self.paired.verdict(), self.measure.better)
    }
}

/// The share of pairs in which the second is better, where ties count half.
pub fn better_share(paired: &Paired, better: Better) -> Option<f64> {
    let wins = match better {
        Better::Lower => paired.lower,
        Better::Higher => paired.higher,
        Better::Neither => return None,
    };
    let share = (f64::from(wins) + f64::from(paired.equal) / 2.0) / f64::from(paired.n());
    (paired.n() > 0).then_some(share)
}

/// Whether a verdict is good news or bad; `None` if it is neither.
pub fn is_better(verdict: Verdict, better: Better) -> Option<bool> {
    match (verdict, better) {
        (Verdict::Lower, Better::Lower) | (Verdict::Higher, Better::Higher) => Some(true),
        (Verdict::Higher, Better::Lower) | (Verdict::Lower, Better::Higher) => Some(false),
        _ => None,
    }
}

fn groups(base: Ran<'_>, other: Ran<'_>) -> Vec<GroupChange> {
    ReasonGroup::ALL
        .into_iter()
        .filter_map(|group| {
            let is_of_it =
                |_: &Model, cell: &Cell| cell.reason.is_some_and(|reason| reason.group == group);
            Some(GroupChange { group, people: people(base, other, is_of_it)? })
        })
        .collect()
}

fn owners(base: Ran<'_>, other: Ran<'_>) -> Vec<OwnerChange> {
    let mut owners: Vec<Owner> = Vec::new();
    for ran in [base, other] {
        for line in ledger::of(ran.model, ran.runs).into_iter().flat_map(|ledger| ledger.owners) {
            if owners.iter().all(|known| known.id != line.owner.id) {
                owners.push(line.owner);
            }
        }
    }
    owners
        .into_iter()
        .filter_map(|owner| {
            let is_its = |model: &Model, cell: &Cell| {
                cell.reason.is_some() && model.owner_name(cell) == owner.id
            };
            let people = people(base, other, is_its)?;
            Some(OwnerChange { owner, people })
        })
        .collect()
}

/// People delayed in both by the cells that are wanted, replication by replication. Who has no such
/// cell delays nobody by it; `None` if neither has.
fn people(base: Ran<'_>, other: Ran<'_>, wanted: impl Fn(&Model, &Cell) -> bool) -> Option<Paired> {
    let [base_cells, other_cells] = [base, other].map(|ran| {
        let cells = ran.model.cells.iter().enumerate();
        let cells = cells.filter(|(_, cell)| wanted(ran.model, cell));
        cells.map(|(index, _)| index).collect::<Vec<usize>>()
    });
    if base_cells.is_empty() && other_cells.is_empty() {
        return None;
    }
    let base_people = ledger::people_by_replication(base.runs, &base_cells);
    let other_people = ledger::people_by_replication(other.runs, &other_cells);
    Some(Paired::of(base_people.zip(other_people)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::Estimate;

    fn paired(lower: u32, equal: u32, higher: u32) -> Paired {
        let difference = Estimate::of([]);
        Paired { base: 0.0, other: 0.0, difference, lower, equal, higher }
    }

    #[test]
    fn ties_count_half_for_either_direction() {
        let share = |better| better_share(&paired(3, 2, 5), better);
        assert_eq!(share(Better::Lower), Some(0.4));
        assert_eq!(share(Better::Higher), Some(0.6));
        assert_eq!(share(Better::Neither), None);
        assert_eq!(better_share(&paired(0, 0, 0), Better::Lower), None);
    }

    #[test]
    fn good_news_needs_a_direction_and_a_difference() {
        assert_eq!(is_better(Verdict::Lower, Better::Lower), Some(true));
        assert_eq!(is_better(Verdict::Lower, Better::Higher), Some(false));
        assert_eq!(is_better(Verdict::Lower, Better::Neither), None);
        for verdict in [Verdict::Same, Verdict::CannotBeToldApart, Verdict::NoInterval] {
            assert_eq!(is_better(verdict, Better::Lower), None);
        }
    }
}
