//! Choices that no other choice beats on every count.

use super::effects::same;
use super::swept::{Kind, Swept, mean};
use crate::model::measures::Better;
use crate::statistics::{Estimate, Paired, Verdict, pareto_front};

/// A count, and which way of it is better.
#[derive(Debug, Clone, PartialEq)]
pub struct Aim {
    /// The full name of the measure.
    pub measure: String,
    /// Which way is better; not neither.
    pub better: Better,
}

/// Choices by several counts.
#[derive(Debug, Clone, PartialEq)]
pub struct Front {
    /// The counts.
    pub aims: Vec<Aim>,
    /// All choices: points that agree in all levers are one, whatever the uncertainties are there.
    pub choices: Vec<Choice>,
    /// How many points the choice with fewest has.
    pub fewest_points: usize,
    /// Whether the sweep has uncertainties as well.
    pub with_uncertainties: bool,
}

/// What can be decided, and how it does.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// The value of each lever, in the order of the factors.
    pub levers: Vec<f64>,
    /// How many points there are of it.
    pub points: usize,
    /// Each count, averaged over its points; the interval is over replications.
    pub counts: Vec<Estimate>,
    /// Where it stands.
    pub standing: Standing,
    /// By replication, each count averaged over its points.
    by_replication: Vec<Vec<f64>>,
}

/// Where a choice stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// No other beats it on every count.
    OnFront,
    /// Others do, but it cannot be told apart from the front in these replications.
    NearFront,
    /// It is surely beaten: by one choice on every count, replication by replication.
    Beaten,
}

/// Works out the front.
pub(super) fn of(swept: &Swept, aims: &[Aim]) -> Front {
    let levers: Vec<usize> = (0..swept.factors.len())
        .filter(|factor| swept.factors[*factor].kind == Kind::Lever)
        .collect();
    let measures: Vec<usize> =
        aims.iter().map(|aim| swept.measure(&aim.measure).expect("checked: it was kept")).collect();
    let mut sorted: Vec<(Vec<f64>, usize)> = swept
        .points
        .iter()
        .enumerate()
        .map(|(place, point)| (levers.iter().map(|it| point.values[*it]).collect(), place))
        .collect();
    sorted.sort_by(|one, other| {
        let each = one.0.iter().zip(&other.0).map(|(one, other)| one.total_cmp(other));
        each.fold(std::cmp::Ordering::Equal, std::cmp::Ordering::then)
    });
    let equal = |one: &(Vec<f64>, usize), other: &(Vec<f64>, usize)| {
        one.0.iter().zip(&other.0).all(|(one, other)| same(*one, *other))
    };
    let mut choices: Vec<Choice> = sorted
        .chunk_by(equal)
        .map(|group| {
            let by_replication: Vec<Vec<f64>> = measures
                .iter()
                .map(|measure| {
                    let of = |replication: usize| {
                        let outcomes = group
                            .iter()
                            .map(|(_, place)| swept.points[*place].outcomes[*measure][replication]);
                        mean(&outcomes.collect::<Vec<f64>>())
                    };
                    (0..swept.replications as usize).map(of).collect()
                })
                .collect();
            let counts = by_replication.iter().map(|values| Estimate::of(values.iter().copied()));
            Choice {
                levers: group[0].0.clone(),
                points: group.len(),
                counts: counts.collect(),
                standing: Standing::NearFront,
                by_replication,
            }
        })
        .collect();
    let lower_is_better: Vec<Vec<f64>> = choices
        .iter()
        .map(|choice| choice.counts.iter().zip(aims).map(|(it, aim)| it.mean * sign(aim)).collect())
        .collect();
    let front = pareto_front(&lower_is_better);
    for place in 0..choices.len() {
        choices[place].standing = match () {
            () if front.contains(&place) => Standing::OnFront,
            () if front.iter().any(|it| surely(&choices[*it], &choices[place], aims)) => {
                Standing::Beaten
            }
            () => Standing::NearFront,
        };
    }
    Front {
        aims: aims.to_vec(),
        fewest_points: choices.iter().map(|choice| choice.points).min().unwrap_or(0),
        with_uncertainties: levers.len() < swept.factors.len(),
        choices,
    }
}

/// 1 if less is better, -1 if more is.
fn sign(aim: &Aim) -> f64 {
    if aim.better == Better::Higher { -1.0 } else { 1.0 }
}

/// Whether one choice is surely better than another on every count, or the same.
fn surely(one: &Choice, other: &Choice, aims: &[Aim]) -> bool {
    let verdicts = aims.iter().enumerate().map(|(count, aim)| {
        let pairs = other.by_replication[count].iter().zip(&one.by_replication[count]);
        let less = Paired::of(pairs.map(|(other, one)| (other * sign(aim), one * sign(aim))));
        less.verdict()
    });
    let verdicts: Vec<Verdict> = verdicts.collect();
    verdicts.iter().all(|it| matches!(it, Verdict::Lower | Verdict::Same))
        && verdicts.contains(&Verdict::Lower)
}
