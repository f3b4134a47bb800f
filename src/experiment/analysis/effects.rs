//! Main effects and elementary effects: by how much a factor moves an outcome.

use std::collections::BTreeMap;

use super::Missing;
use super::swept::{Point, Swept};
use crate::statistics::{Estimate, Moments, Regression};

/// What moving a factor does, the others being spread as they are.
#[derive(Debug, Clone, PartialEq)]
pub struct MainEffects {
    /// A line for each factor of numbers; for each label but the first of other factors.
    pub lines: Vec<MainEffect>,
    /// The share of the variance between points that these explain, as straight lines that add up;
    /// the rest is bends, factors that act together, and chance [0-1].
    pub explained: f64,
}

/// One of them.
#[derive(Debug, Clone, PartialEq)]
pub struct MainEffect {
    /// Which factor.
    pub factor: usize,
    /// From this value of it ...
    pub from: f64,
    /// ... to this one.
    pub to: f64,
    /// The change of the outcome on the way.
    pub change: Estimate,
}

/// Morris's figures of a factor, in units of the outcome for the whole way of the factor.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Elementary {
    /// The mean of the sizes of its effects: how much it matters.
    pub mu_star: Estimate,
    /// The mean of its effects; not a number if its values have no order.
    pub mu: Estimate,
    /// The standard deviation of its effects: how much they bend, or depend on other factors.
    pub sigma: f64,
}

/// Main effects by least squares: replications of a point are averaged first, and the interval is that
/// of Student's t for what stays around the lines.
pub(super) fn main(swept: &Swept, measure: usize) -> Result<MainEffects, Missing> {
    if swept.points.iter().any(|point| point.part == "trajectory") {
        return Err(Missing::TrajectoriesInstead);
    }
    // Every column is 0 at one end and 1 at the other, so that its slope is the change.
    let columns: Vec<(usize, f64, f64)> = (0..swept.factors.len())
        .flat_map(|factor| {
            let (low, high) = swept.span(factor);
            let labels = swept.factors[factor].labels.as_ref().map_or(0, Vec::len);
            let tried = |label: &f64| swept.points.iter().any(|it| same(it.values[factor], *label));
            let of_labels: Vec<f64> = (1..labels).map(|label| label as f64).filter(tried).collect();
            match labels {
                0 => vec![(factor, low, high)],
                _ => of_labels.into_iter().map(|label| (factor, 0.0, label)).collect(),
            }
        })
        .collect();
    let column = |point: &Point, (factor, from, to): (usize, f64, f64)| {
        let value = point.values[factor];
        match swept.factors[factor].labels {
            Some(_) => f64::from(u8::from(same(value, to))),
            None => (value - from) / (to - from),
        }
    };
    let points: Vec<(Vec<f64>, f64)> = swept
        .spread()
        .map(|point| (columns.iter().map(|it| column(point, *it)).collect(), point.mean(measure)))
        .filter(|(_, outcome): &(Vec<f64>, f64)| !outcome.is_nan())
        .collect();
    let Regression { slopes, explained } =
        Regression::of(&points).ok_or(Missing::TooFewPoints { least: columns.len() + 2 })?;
    let lines = columns.into_iter().zip(slopes);
    let lines = lines.map(|((factor, from, to), change)| MainEffect { factor, from, to, change });
    Ok(MainEffects { lines: lines.collect(), explained })
}

/// Morris's figures of all factors from trajectories that were run to the end.
pub(super) fn elementary(swept: &Swept, measure: usize) -> Result<Vec<Elementary>, Missing> {
    let factors = swept.factors.len();
    let mut trajectories: BTreeMap<u64, Vec<&Point>> = BTreeMap::new();
    for point in swept.points.iter().filter(|point| point.part == "trajectory") {
        trajectories.entry(point.index).or_default().push(point);
    }
    if trajectories.is_empty() {
        return Err(Missing::NeedsMorris);
    }
    let step = step(swept);
    let mut effects = vec![Vec::new(); factors];
    for points in trajectories.values() {
        for pair in points.windows(2) {
            // A step that was not run leaves a gap.
            if pair[0].number + 1 != pair[1].number {
                continue;
            }
            let moved = |factor: &usize| !same(pair[0].values[*factor], pair[1].values[*factor]);
            let mut moved = (0..factors).filter(moved);
            let Some(factor) = moved.next() else { continue };
            let up = pair[1].values[factor] > pair[0].values[factor];
            let change = (pair[1].mean(measure) - pair[0].mean(measure)) / step;
            effects[factor].push(if up { change } else { -change });
        }
    }
    if effects.iter().any(|of_factor| of_factor.len() < 2) {
        return Err(Missing::TooFewPoints { least: 2 * (factors + 1) });
    }
    let of = |(factor, effects): (usize, Vec<f64>)| {
        let mut moments = Moments::default();
        effects.iter().for_each(|effect| moments.add(*effect));
        let has_order = swept.factors[factor].labels.is_none();
        Elementary {
            mu_star: Estimate::of(effects.iter().map(|effect| effect.abs())),
            mu: if has_order { moments.estimate() } else { Estimate::of([]) },
            sigma: moments.variance().sqrt(),
        }
    };
    Ok(effects.into_iter().enumerate().map(of).collect())
}

/// How far a step goes, as a share of the whole way: levels / (2 (levels - 1)), with as many levels as
/// the factor with most of them shows.
fn step(swept: &Swept) -> f64 {
    let levels = |factor: usize| {
        let mut values: Vec<f64> = swept.points.iter().map(|it| it.values[factor]).collect();
        values.sort_by(f64::total_cmp);
        values.dedup_by(|one, other| same(*one, *other));
        values.len()
    };
    let levels = (0..swept.factors.len()).map(levels).max().unwrap_or(2).max(2);
    // There is an even number of them; few trajectories may not have met each.
    let levels = levels.next_multiple_of(2) as f64;
    levels / (2.0 * (levels - 1.0))
}

/// Whether two values are the same but for how they were written down.
pub(super) fn same(one: f64, other: f64) -> bool {
    (one - other).abs() <= 1e-9 * one.abs().max(other.abs())
}
