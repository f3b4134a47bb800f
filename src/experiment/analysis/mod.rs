//! What a sweep says: which factors matter, where an outcome holds, and which choices are best.
//!
//! Everything here is worked out from the means over the replications of each point, which have the
//! same people throughout. Levers and uncertainties are kept apart. What the design of a sweep does
//! not allow for is said, with the design that would.

mod condition;
mod effects;
mod front;
mod map;
mod regions;
mod shares;
mod swept;

pub use self::condition::{Condition, Side};
pub use self::effects::{Elementary, MainEffect, MainEffects};
pub use self::front::{Aim, Choice, Front, Standing};
pub use self::map::{Cell, Map};
pub use self::regions::{Regions, WANTED};
pub use self::shares::Shares;
pub use self::swept::{Factor, Kept, Kind, Point, Swept};
use crate::statistics::Estimate;

/// What is asked of a sweep. All measures are those that it kept.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Questions {
    /// Measures whose causes are wanted.
    pub measures: Vec<usize>,
    /// An outcome whose region is wanted: all of these; empty if none is.
    pub holds: Vec<Condition>,
    /// Counts of which the front is wanted; empty if none is.
    pub aims: Vec<Aim>,
    /// Pairs of factors of which a map is wanted; by itself the two that matter most.
    pub maps: Vec<[usize; 2]>,
}

/// What a sweep says.
#[derive(Debug, Clone, PartialEq)]
pub struct Analysis {
    /// The answers for each measure.
    pub causes: Vec<Causes>,
    /// Where the outcome holds, if that is asked.
    pub regions: Option<Result<Regions, Missing>>,
    /// The front, if it is asked for.
    pub front: Option<Front>,
    /// A map for each measure and pair.
    pub maps: Vec<Map>,
}

/// What moves a measure.
#[derive(Debug, Clone, PartialEq)]
pub struct Causes {
    /// Which measure.
    pub measure: usize,
    /// Its mean over the points that stand for the whole space; the interval says nothing but how
    /// far these points stand for it.
    pub mean: Estimate,
    /// Its least and its most at any point.
    pub span: (f64, f64),
    /// Main effects.
    pub main: Result<MainEffects, Missing>,
    /// Morris's figures.
    pub elementary: Result<Vec<Elementary>, Missing>,
    /// Sobol' indices.
    pub shares: Result<Vec<Shares>, Missing>,
}

/// Why something cannot be worked out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// It takes trajectories.
    NeedsMorris,
    /// It takes two sets of points and their mixtures.
    NeedsSaltelli,
    /// Trajectories do not spread over the space; their own figures say more.
    TrajectoriesInstead,
    /// It takes at least so many points, with all factors varying by themselves.
    TooFewPoints {
        /// So many.
        least: usize,
    },
    /// The measure is the same everywhere.
    NothingVaries,
}

impl Analysis {
    /// Answers questions.
    pub fn of(swept: &Swept, questions: &Questions) -> Analysis {
        let causes: Vec<Causes> =
            questions.measures.iter().map(|measure| Causes::of(swept, *measure)).collect();
        let mut maps = Vec::new();
        for of_measure in &causes {
            let pairs = match questions.maps.as_slice() {
                [] => of_measure.strongest_two().into_iter().collect(),
                pairs => pairs.to_vec(),
            };
            maps.extend(pairs.into_iter().map(|pair| map::of(swept, of_measure.measure, pair)));
        }
        let regions = (!questions.holds.is_empty()).then(|| regions::of(swept, &questions.holds));
        let front = (!questions.aims.is_empty()).then(|| front::of(swept, &questions.aims));
        Analysis { causes, regions, front, maps }
    }
}

impl Causes {
    fn of(swept: &Swept, measure: usize) -> Causes {
        let means = || swept.points.iter().map(|point| point.mean(measure));
        let span = means().filter(|it| !it.is_nan());
        Causes {
            measure,
            mean: Estimate::of(swept.spread().map(|point| point.mean(measure))),
            span: span.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), it| {
                (low.min(it), high.max(it))
            }),
            main: effects::main(swept, measure),
            elementary: effects::elementary(swept, measure),
            shares: shares::of(swept, measure),
        }
    }

    /// How much each factor matters, by the best figure that there is; empty if there is none.
    pub fn weights(&self) -> Vec<(usize, f64)> {
        match (&self.shares, &self.elementary, &self.main) {
            (Ok(shares), ..) => shares.iter().map(|it| it.total.mean).enumerate().collect(),
            (_, Ok(elementary), _) => {
                elementary.iter().map(|it| it.mu_star.mean).enumerate().collect()
            }
            (_, _, Ok(main)) => {
                let mut weights: Vec<(usize, f64)> = Vec::new();
                for line in &main.lines {
                    let size = line.change.mean.abs();
                    match weights.iter_mut().find(|(factor, _)| *factor == line.factor) {
                        Some((_, weight)) => *weight = weight.max(size),
                        None => weights.push((line.factor, size)),
                    }
                }
                weights
            }
            _ => Vec::new(),
        }
    }

    /// The two factors that matter most, if there are two.
    fn strongest_two(&self) -> Option<[usize; 2]> {
        let mut weights = self.weights();
        weights.sort_by(|one, other| other.1.total_cmp(&one.1));
        match weights[..] {
            [(one, _), (other, _), ..] => Some([one, other]),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests;
