//! Where in the space of factors an outcome holds.

use super::swept::{Kind, Swept};
use super::{Condition, Missing};
use crate::statistics::{FoundBox, find_box};

/// The share of points in a box in which the outcome is to hold.
pub const WANTED: f64 = 0.9;
/// At most so many boxes are looked for, each among the points that are in none before it.
const MOST: usize = 3;
/// A further box is worth telling if it covers at least this share.
const WORTH: f64 = 0.05;

/// Where an outcome holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Regions {
    /// The outcome: all of these.
    pub conditions: Vec<Condition>,
    /// How many points were looked at.
    pub points: usize,
    /// At how many of them it holds.
    pub holding: usize,
    /// Boxes in which it mostly holds, the best first. The limits are apart: those of levers say what
    /// to choose, those of uncertainties under which circumstances.
    pub boxes: Vec<FoundBox>,
    /// Boxes in levers alone, whatever the uncertainties are: at most one. `None` if there are not
    /// both kinds of factors.
    pub by_levers: Option<Option<FoundBox>>,
}

/// Looks for boxes.
pub(super) fn of(swept: &Swept, conditions: &[Condition]) -> Result<Regions, Missing> {
    let measures: Vec<usize> = conditions
        .iter()
        .map(|condition| swept.measure(&condition.measure).expect("checked: it was kept"))
        .collect();
    let points: Vec<(Vec<f64>, bool)> = swept
        .spread()
        .filter_map(|point| {
            let means: Vec<f64> = measures.iter().map(|measure| point.mean(*measure)).collect();
            let known = means.iter().all(|mean| !mean.is_nan());
            let holds = conditions.iter().zip(&means).all(|(it, mean)| it.holds(*mean));
            known.then(|| (point.values.clone(), holds))
        })
        .collect();
    if points.len() < 20 {
        return Err(Missing::TooFewPoints { least: 20 });
    }
    let holding = points.iter().filter(|point| point.1).count();
    let mut boxes: Vec<FoundBox> = Vec::new();
    let mut left = points.clone();
    while boxes.len() < MOST {
        let Some(mut found) = find_box(&left, WANTED) else { break };
        found.coverage = found.holding as f64 / holding as f64;
        let enough = boxes.is_empty() || (found.density >= WANTED && found.coverage >= WORTH);
        if found.limits.is_empty() || !enough {
            break;
        }
        left.retain(|(values, _)| !is_within(values, &found));
        boxes.push(found);
    }
    let is_lever = |factor: usize| swept.factors[factor].kind == Kind::Lever;
    let levers: Vec<usize> = (0..swept.factors.len()).filter(|it| is_lever(*it)).collect();
    let both = !levers.is_empty() && levers.len() < swept.factors.len();
    let by_levers = both.then(|| {
        let only = |(values, holds): &(Vec<f64>, bool)| {
            (levers.iter().map(|lever| values[*lever]).collect(), *holds)
        };
        let found = find_box(&points.iter().map(only).collect::<Vec<_>>(), WANTED);
        found.filter(|it| !it.limits.is_empty()).map(|mut found| {
            found.limits.iter_mut().for_each(|limit| limit.factor = levers[limit.factor]);
            found
        })
    });
    Ok(Regions { conditions: conditions.to_vec(), points: points.len(), holding, boxes, by_levers })
}

fn is_within(values: &[f64], found: &FoundBox) -> bool {
    found.limits.iter().all(|it| it.low <= values[it.factor] && values[it.factor] <= it.high)
}
