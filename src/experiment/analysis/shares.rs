//! Sobol' indices with their intervals.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::Missing;
use super::swept::{Point, Swept};
use crate::random::Key;
use crate::statistics::{Estimate, SaltelliOutcomes, SobolIndices};

/// How many samples a bootstrap draws.
const SAMPLES: u64 = 1_000;
/// Fewer base points than this say nothing.
const LEAST: usize = 8;

/// The share of the variance that comes from a factor.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shares {
    /// By itself.
    pub first: Estimate,
    /// Together with all others.
    pub total: Estimate,
}

/// The shares of all factors. Intervals are those between the 2.5th and the 97.5th of a hundred
/// bootstrap samples of base points.
pub(super) fn of(swept: &Swept, measure: usize) -> Result<Vec<Shares>, Missing> {
    let outcomes = outcomes(swept, measure);
    if !swept.points.iter().any(|point| point.part == "A") {
        return Err(Missing::NeedsSaltelli);
    }
    let count = outcomes.a.len();
    if count < LEAST {
        return Err(Missing::TooFewPoints { least: LEAST * (swept.factors.len() + 2) });
    }
    let found = outcomes.indices(&(0..count).collect::<Vec<_>>());
    if found.iter().any(|it| it.first.is_nan()) {
        return Err(Missing::NothingVaries);
    }
    let key = Key::of_name("bootstrap").part(swept.seed);
    let samples: Vec<Vec<SobolIndices>> = (0..SAMPLES)
        .into_par_iter()
        .map(|sample| {
            let mut draw = key.draw(Key::of_name("sample"), sample);
            let row = |_| (draw.unit() * count as f64) as usize;
            outcomes.indices(&(0..count).map(row).collect::<Vec<_>>())
        })
        .collect();
    let n = u32::try_from(count).expect("points are counted in 32 bits");
    let estimate = |mean: f64, of: &dyn Fn(&Vec<SobolIndices>) -> f64| {
        let mut values: Vec<f64> = samples.iter().map(of).filter(|it| !it.is_nan()).collect();
        values.sort_by(f64::total_cmp);
        let at = |share: f64| {
            let place = (share * (values.len() as f64 - 1.0)).round() as usize;
            values.get(place).copied().unwrap_or(f64::NAN)
        };
        Estimate { mean, lower: at(0.025), upper: at(0.975), n }
    };
    let shares = found.iter().enumerate().map(|(factor, it)| Shares {
        first: estimate(it.first, &|sample| sample[factor].first),
        total: estimate(it.total, &|sample| sample[factor].total),
    });
    Ok(shares.collect())
}

/// The outcomes of the base points of which every mixture was run.
fn outcomes(swept: &Swept, measure: usize) -> SaltelliOutcomes {
    let factors = swept.factors.len();
    let mut bases: BTreeMap<u64, Vec<Option<f64>>> = BTreeMap::new();
    for point in &swept.points {
        let Some(place) = place(swept, point) else { continue };
        let base = bases.entry(point.index).or_insert_with(|| vec![None; factors + 2]);
        base[place] = Some(point.mean(measure)).filter(|mean| !mean.is_nan());
    }
    let mut outcomes =
        SaltelliOutcomes { mixed: vec![Vec::new(); factors], ..SaltelliOutcomes::default() };
    for base in bases.into_values() {
        let Some(base) = base.into_iter().collect::<Option<Vec<f64>>>() else { continue };
        outcomes.a.push(base[0]);
        outcomes.b.push(base[1]);
        outcomes.mixed.iter_mut().zip(&base[2..]).for_each(|(list, value)| list.push(*value));
    }
    outcomes
}

/// Where a point stands among those of its base point.
fn place(swept: &Swept, point: &Point) -> Option<usize> {
    match point.part.as_str() {
        "A" => Some(0),
        "B" => Some(1),
        part => {
            let path = part.strip_prefix("AB:")?;
            swept.factors.iter().position(|factor| factor.path == path).map(|it| it + 2)
        }
    }
}
