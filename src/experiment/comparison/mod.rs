//! What differs between scenarios that were run on the same people.
//!
//! Replication k of every scenario has the same people, so the difference is taken replication by
//! replication, and its interval is that of the differences. Each interval holds by itself. Verdicts on
//! the figures of the page allow for how many of them there are over all scenarios, by Holm's method.

mod headline;
mod sequential;

pub use self::sequential::{Reach, Target, Width, run_until_precise, usual_targets};

use super::ledger::{self, Owner};
use super::precision::LOOK_CONFIDENCE;
use super::{Runs, Summary};
use crate::model::measures::{Better, Measure, names};
use crate::model::{Cell, Model};
use crate::scenario::Scenario;
use crate::scenario::reasons::ReasonGroup;
use crate::statistics::{CONFIDENCE, Paired, Verdict, holm};

/// How often one figure or more of a page may be called different although nothing differs [0-1].
const FAMILY_ERROR: f64 = 0.05;

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
    /// How many figures the verdicts allow for: all of the page, over all scenarios.
    pub family: usize,
    /// In how many replications each has the fewest people ready and waiting, the base first; who shares
    /// the first place shares the replication. `None` if that is not measured.
    pub fewest_waiting: Option<Vec<f64>>,
    /// How precise each difference became, if a precision was asked for.
    pub precision: Option<Vec<Reach>>,
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
    /// Full names of the measures that the page shows, which are a part of `differences`.
    pub headline: Vec<String>,
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
    /// The p-value that allows for all others of the page, if it is one of them.
    pub family_p: Option<f64>,
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
    pub fn of(base: Ran<'_>, others: &[Ran<'_>], precision: Option<Vec<Reach>>) -> Comparison {
        let confidence = if precision.is_some() { LOOK_CONFIDENCE } else { CONFIDENCE };
        let found = Summary::of(base.scenario, base.model, base.runs);
        let fewest_waiting = fewest_waiting(base, others);
        let mut others: Vec<Versus> =
            others.iter().map(|other| Versus::of(base, &found, *other, confidence)).collect();
        let family = allow_for_each_other(&mut others, confidence);
        Comparison {
            name: base.name.to_owned(),
            base: found,
            others,
            family,
            fewest_waiting,
            precision,
        }
    }
}

/// Gives each figure of the page its p-value among all of them, and says how many they are.
fn allow_for_each_other(others: &mut [Versus], confidence: f64) -> usize {
    let mut family: Vec<&mut Difference> = Vec::new();
    for versus in others {
        let Versus { differences, headline, .. } = versus;
        family.extend(differences.iter_mut().filter(|it| headline.contains(&it.name)));
    }
    // Several looks at the runs cost as much of the 5% as the intervals that allow for them do.
    let looks = (1.0 - CONFIDENCE) / (1.0 - confidence);
    let alone: Vec<f64> = family.iter().map(|it| (it.paired.p * looks).min(1.0)).collect();
    for (difference, p) in family.iter_mut().zip(holm(&alone)) {
        difference.family_p = Some(p);
    }
    family.len()
}

/// Who has the fewest people waiting, replication by replication; the base first.
fn fewest_waiting(base: Ran<'_>, others: &[Ran<'_>]) -> Option<Vec<f64>> {
    let all: Vec<Ran<'_>> = std::iter::once(base).chain(others.iter().copied()).collect();
    let waiting = all.iter().map(|ran| {
        let index = names(ran.model).iter().position(|(name, _)| name == headline::WAITING)?;
        Some(ran.runs.values.iter().map(|values| values[index]).collect::<Vec<f64>>())
    });
    let waiting: Vec<Vec<f64>> = waiting.collect::<Option<_>>()?;
    let mut firsts = vec![0.0; all.len()];
    for replication in 0..waiting.iter().map(Vec::len).min()? {
        let values: Vec<f64> = waiting.iter().map(|of_one| of_one[replication]).collect();
        let least = values.iter().copied().fold(f64::INFINITY, f64::min);
        let is_first = |value: &f64| *value <= least;
        let share = 1.0 / values.iter().filter(|value| is_first(value)).count().max(1) as f64;
        for (first, value) in firsts.iter_mut().zip(&values) {
            *first += if is_first(value) { share } else { 0.0 };
        }
    }
    Some(firsts)
}

impl Versus {
    fn of(base: Ran<'_>, found: &Summary, other: Ran<'_>, confidence: f64) -> Versus {
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
                paired: Paired::at(
                    confidence,
                    pairs.map(|(base, other)| (base[index], other[there])),
                ),
                family_p: None,
            });
        }
        let only_other = names_of_other.into_iter().map(|(name, _)| name);
        let only_other = only_other.filter(|name| found.find(name).is_none()).collect();
        Versus {
            name: other.name.to_owned(),
            groups: groups(base, other, confidence),
            owners: owners(base, other, confidence),
            headline: headline::names(found, &differences),
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

    /// Whether the scenario is better than the base or worse; `None` if that cannot be told, also for
    /// all the figures that are looked at.
    pub fn is_better(&self) -> Option<bool> {
        if self.holds_only_alone() {
            return None;
        }
        is_better(self.paired.verdict(), self.measure.better)
    }

    /// Whether its interval tells both apart, but among all figures of the page that may be chance.
    pub fn holds_only_alone(&self) -> bool {
        let differs = matches!(self.paired.verdict(), Verdict::Lower | Verdict::Higher);
        differs && self.family_p.is_some_and(|p| p >= FAMILY_ERROR)
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

fn groups(base: Ran<'_>, other: Ran<'_>, confidence: f64) -> Vec<GroupChange> {
    ReasonGroup::ALL
        .into_iter()
        .filter_map(|group| {
            let is_of_it =
                |_: &Model, cell: &Cell| cell.reason.is_some_and(|reason| reason.group == group);
            Some(GroupChange { group, people: people(base, other, is_of_it, confidence)? })
        })
        .collect()
}

fn owners(base: Ran<'_>, other: Ran<'_>, confidence: f64) -> Vec<OwnerChange> {
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
            let people = people(base, other, is_its, confidence)?;
            Some(OwnerChange { owner, people })
        })
        .collect()
}

/// People delayed in both by the cells that are wanted, replication by replication. Who has no such
/// cell delays nobody by it; `None` if neither has.
fn people(
    base: Ran<'_>,
    other: Ran<'_>,
    wanted: impl Fn(&Model, &Cell) -> bool,
    confidence: f64,
) -> Option<Paired> {
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
    Some(Paired::at(confidence, base_people.zip(other_people)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::Estimate;

    fn paired(lower: u32, equal: u32, higher: u32) -> Paired {
        let difference = Estimate::of([]);
        Paired { base: 0.0, other: 0.0, difference, p: 1.0, lower, equal, higher }
    }

    #[test]
    fn ties_count_half_for_either_direction() {
        let share = |better| better_share(&paired(3, 2, 5), better);
        assert_eq!(share(Better::Lower), Some(0.4));
        assert_eq!(share(Better::Higher), Some(0.6));
        assert_eq!(share(Better::Neither), None);
        assert_eq!(better_share(&paired(0, 0, 0), Better::Lower), None);
    }

    fn difference(p: f64, family_p: Option<f64>) -> Difference {
        let estimate = Estimate { mean: -2.0, lower: -3.0, upper: -1.0, n: 9 };
        let measure = crate::model::measures::ALL
            .iter()
            .find(|measure| measure.name == "delay_days")
            .expect("it is measured");
        let paired = Paired { difference: estimate, p, ..paired(9, 0, 0) };
        Difference { name: String::new(), group: String::new(), measure, paired, family_p }
    }

    #[test]
    fn what_holds_only_alone_is_not_called_better() {
        assert_eq!(difference(0.01, None).is_better(), Some(true), "no part of the page");
        assert_eq!(difference(0.001, Some(0.04)).is_better(), Some(true));
        assert_eq!(difference(0.01, Some(0.05)).is_better(), None);
        assert!(difference(0.01, Some(0.05)).holds_only_alone());
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
