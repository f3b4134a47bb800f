//! A box of factors in which an outcome mostly holds: the patient rule induction method (PRIM).
//!
//! Friedman and Fisher (1999), *Bump hunting in high-dimensional data*, Statistics and Computing 9,
//! 123-143; used as in Bryant and Lempert (2010), *Thinking inside the box*, Technol. Forecast. Soc.
//! Change 77, 34-49. Peeling cuts a thin slice off, again and again, wherever that raises the share of
//! points in the box in which the outcome holds; pasting gives back slices that do no harm. Limits
//! that do not matter are taken off at the end.

use statrs::distribution::{Binomial, DiscreteCDF};

/// The share of a box's points that a slice takes at most, but for points that are equal.
const SLICE: f64 = 0.05;
/// A box has at least this share of all points, and at least so many.
const LEAST: (f64, usize) = (0.03, 10);
/// A limit stays if chance alone would raise the share as much with less than this probability.
const BY_CHANCE: f64 = 0.05;

/// How far a factor goes in a box: both ends belong to it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limit {
    /// Which factor.
    pub factor: usize,
    /// Its lower end; minus infinity if there is none.
    pub low: f64,
    /// Its upper end; infinity if there is none.
    pub high: f64,
    /// How likely it is that a limit that has nothing to do with the outcome would raise the share as
    /// much (Bryant and Lempert's quasi-p-value) [0-1].
    pub by_chance: f64,
}

/// A box.
#[derive(Debug, Clone, PartialEq)]
pub struct FoundBox {
    /// Its limits, in the order of the factors.
    pub limits: Vec<Limit>,
    /// Points in it.
    pub points: usize,
    /// Points in it where the outcome holds.
    pub holding: usize,
    /// Of the points in the box, those where it holds [0-1].
    pub density: f64,
    /// Of all points where it holds, those in the box [0-1].
    pub coverage: f64,
}

/// Looks for the largest box in which the outcome holds in at least the share `wanted` of points; if
/// there is none, for the box of the highest share. `None` if it holds nowhere, everywhere, or there
/// are too few points.
///
/// Each point has its factors and whether the outcome holds there.
pub fn find_box(points: &[(Vec<f64>, bool)], wanted: f64) -> Option<FoundBox> {
    let factors = points.first()?.0.len();
    let holding = points.iter().filter(|point| point.1).count();
    let least = ((points.len() as f64 * LEAST.0).ceil() as usize).max(LEAST.1);
    if holding == 0 || holding == points.len() || points.len() < 2 * least {
        return None;
    }
    let search = Search { points, least };
    let mut limits = vec![(f64::NEG_INFINITY, f64::INFINITY); factors];
    while search.density(&limits) < wanted {
        let Some(narrower) = search.peeled(&limits) else { break };
        limits = narrower;
    }
    let kept = search.density(&limits).min(wanted);
    while let Some(wider) = search.pasted(&limits, kept) {
        limits = wider;
    }
    Some(search.described(limits, holding))
}

type Limits = Vec<(f64, f64)>;

struct Search<'p> {
    points: &'p [(Vec<f64>, bool)],
    least: usize,
}

impl<'p> Search<'p> {
    fn within(&self, limits: &Limits) -> impl Iterator<Item = &'p (Vec<f64>, bool)> {
        let points: &'p [(Vec<f64>, bool)] = self.points;
        points.iter().filter(move |(at, _)| {
            at.iter().zip(limits).all(|(x, (low, high))| low <= x && x <= high)
        })
    }

    /// How many points are in a box, and where the outcome holds of those.
    fn count(&self, limits: &Limits) -> (usize, usize) {
        self.within(limits)
            .fold((0, 0), |(all, hold), point| (all + 1, hold + usize::from(point.1)))
    }

    fn density(&self, limits: &Limits) -> f64 {
        let (all, holding) = self.count(limits);
        holding as f64 / all as f64
    }

    /// The box without the slice whose loss raises the share most for each point that it costs.
    fn peeled(&self, limits: &Limits) -> Option<Limits> {
        let (all, holding) = self.count(limits);
        let now = holding as f64 / all as f64;
        let mut best: Option<(f64, Limits)> = None;
        for factor in 0..limits.len() {
            let mut values: Vec<f64> = self.within(limits).map(|point| point.0[factor]).collect();
            values.sort_by(f64::total_cmp);
            for upper in [false, true] {
                let Some(end) = end_after_slice(&values, upper) else { continue };
                let mut narrower = limits.clone();
                if upper {
                    narrower[factor].1 = end
                } else {
                    narrower[factor].0 = end
                }
                let (left, holding) = self.count(&narrower);
                let gain = (holding as f64 / left as f64 - now) / (all - left) as f64;
                let better = best.as_ref().is_none_or(|(most, _)| gain > *most);
                if left >= self.least && gain > 0.0 && better {
                    best = Some((gain, narrower));
                }
            }
        }
        best.map(|(_, limits)| limits)
    }

    /// The box with one limit moved out by a slice, or taken off, if the share stays at least `kept`;
    /// the one that gains most points where the outcome holds.
    fn pasted(&self, limits: &Limits, kept: f64) -> Option<Limits> {
        let (all, holding) = self.count(limits);
        let mut best: Option<(usize, Limits)> = None;
        for factor in 0..limits.len() {
            for upper in [false, true] {
                let end = if upper { limits[factor].1 } else { limits[factor].0 };
                if end.is_infinite() {
                    continue;
                }
                let open = if upper { f64::INFINITY } else { f64::NEG_INFINITY };
                let mut wider = limits.clone();
                let set = |wider: &mut Limits, to: f64| match upper {
                    true => wider[factor].1 = to,
                    false => wider[factor].0 = to,
                };
                set(&mut wider, open);
                let beyond = self.within(&wider).map(|point| point.0[factor]);
                let mut beyond: Vec<f64> =
                    beyond.filter(|x| if upper { *x > end } else { *x < end }).collect();
                beyond.sort_by(
                    |one, other| {
                        if upper { one.total_cmp(other) } else { other.total_cmp(one) }
                    },
                );
                let slice = ((all as f64 * SLICE / 5.0).ceil() as usize).max(1);
                if let Some(to) = beyond.get(slice) {
                    set(&mut wider, *to);
                }
                let (now, hold) = self.count(&wider);
                let fits = hold as f64 / now as f64 >= kept && hold > holding;
                if fits && best.as_ref().is_none_or(|(most, _)| hold > *most) {
                    best = Some((hold, wider));
                }
            }
        }
        best.map(|(_, limits)| limits)
    }

    /// Takes off what does not matter, and counts.
    fn described(&self, mut limits: Limits, all_holding: usize) -> FoundBox {
        let open = (f64::NEG_INFINITY, f64::INFINITY);
        let chance = |limits: &Limits, factor: usize| {
            let mut without = limits.clone();
            without[factor] = open;
            let ((all, holding), share) = (self.count(limits), self.density(&without));
            at_least(holding, all, share)
        };
        loop {
            let narrow = (0..limits.len()).filter(|factor| limits[*factor] != open);
            let worst = narrow
                .map(|factor| (chance(&limits, factor), factor))
                .max_by(|one, other| one.0.total_cmp(&other.0));
            match worst {
                Some((by_chance, factor)) if by_chance > BY_CHANCE => limits[factor] = open,
                _ => break,
            }
        }
        let (points, holding) = self.count(&limits);
        let narrow = (0..limits.len()).filter(|factor| limits[*factor] != open);
        let described = narrow.map(|factor| Limit {
            factor,
            low: limits[factor].0,
            high: limits[factor].1,
            by_chance: chance(&limits, factor),
        });
        FoundBox {
            limits: described.collect(),
            points,
            holding,
            density: holding as f64 / points as f64,
            coverage: holding as f64 / all_holding as f64,
        }
    }
}

/// Where sorted values end once a slice is cut off, all equals of its last value with it; `None` if
/// nothing would be left.
fn end_after_slice(values: &[f64], upper: bool) -> Option<f64> {
    let slice = ((values.len() as f64 * SLICE).ceil() as usize).max(1);
    let last = values.len().checked_sub(slice + 1)?;
    if upper {
        let cut = values[last + 1];
        values.iter().rev().copied().find(|value| *value < cut)
    } else {
        let cut = values[slice - 1];
        values.iter().copied().find(|value| *value > cut)
    }
}

/// The chance of at least so many successes.
fn at_least(successes: usize, trials: usize, share: f64) -> f64 {
    match Binomial::new(share.clamp(0.0, 1.0), trials as u64) {
        Ok(binomial) if successes > 0 => binomial.sf(successes as u64 - 1),
        _ => 1.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A grid of 20 x 20 x 5 points in the unit cube, in the middles of cells.
    fn points(holds: impl Fn(f64, f64) -> bool) -> Vec<(Vec<f64>, bool)> {
        let middle = |cell: i32, cells: i32| (f64::from(cell) + 0.5) / f64::from(cells);
        let each = (0..2_000).map(|it| (it / 100, it / 5 % 20, it % 5));
        let each = each.map(|(x, y, z)| (middle(x, 20), middle(y, 20), middle(z, 5)));
        each.map(|(x, y, z)| (vec![x, y, z], holds(x, y))).collect()
    }

    #[test]
    fn a_box_is_found_and_the_factor_that_does_not_matter_is_not_in_it() {
        // It holds where x > 0.6 and y < 0.3: 8 x 6 of 400 squares.
        let found = find_box(&points(|x, y| x > 0.6 && y < 0.3), 0.95).expect("there is one");
        assert_eq!(found.limits.len(), 2, "{found:?}");
        let [x, y] = [found.limits[0], found.limits[1]];
        assert_eq!((x.factor, y.factor), (0, 1));
        assert!((0.55..0.65).contains(&x.low) && x.high.is_infinite(), "{found:?}");
        assert!((0.25..0.35).contains(&y.high) && y.low.is_infinite(), "{found:?}");
        assert!(found.density >= 0.95 && found.coverage > 0.95, "{found:?}");
        assert!(x.by_chance < 1e-6 && y.by_chance < 1e-6);
    }

    #[test]
    fn density_and_coverage_are_counted() {
        let all = points(|x, y| x > 0.6 && y < 0.3);
        let found = find_box(&all, 0.95).expect("there is one");
        let within = |point: &&(Vec<f64>, bool)| {
            found.limits.iter().all(|it| {
                let x = point.0[it.factor];
                it.low <= x && x <= it.high
            })
        };
        let inside: Vec<_> = all.iter().filter(within).collect();
        let holding = inside.iter().filter(|point| point.1).count();
        assert_eq!((inside.len(), holding), (found.points, found.holding));
        assert!((found.coverage - holding as f64 / 240.0).abs() < 1e-12);
    }

    #[test]
    fn what_holds_everywhere_or_nowhere_has_no_box() {
        assert!(find_box(&points(|_, _| true), 0.9).is_none());
        assert!(find_box(&points(|_, _| false), 0.9).is_none());
        assert!(find_box(&[], 0.9).is_none());
    }

    #[test]
    fn what_chance_alone_does_has_hardly_a_limit() {
        // The outcome jumps about: no factor has to do with it.
        let mut all = points(|_, _| false);
        for (number, point) in (0_u64..).zip(&mut all) {
            point.1 = number.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 62 == 0;
        }
        let found = find_box(&all, 0.9).expect("there is some box");
        assert!(found.density < 0.7, "{found:?}");
    }
}
