//! Which points of a space to try: designs of experiments.
//!
//! A design is laid out in the unit cube; whoever asked knows what a coordinate means for a factor.
//! Points are worked out one by one, and any of them by its number, so that a design takes no memory
//! to speak of (a Latin hypercube takes four bytes for each point and factor) and parts of it can be
//! run on different machines.

mod latin_hypercube;
mod morris;
mod sobol;

use thiserror::Error;

use self::latin_hypercube::LatinHypercube;
pub(super) use self::latin_hypercube::latin_hypercube;
use self::morris::Morris;
use self::sobol::Sobol;
use crate::random::Key;
pub use crate::scenario::sweep::Design;

/// A factor as a design sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Axis {
    /// Its path, by which Saltelli's parts are named.
    pub path: String,
    /// How many levels a grid gives it; other designs do not ask.
    pub levels: u32,
}

/// A point to try.
#[derive(Debug, Clone, PartialEq)]
pub struct DesignPoint {
    /// Where it lies in the unit cube, in the order of the factors [0-1]. Levels of a grid or a
    /// trajectory are equally spaced from 0 to 1; a single level lies in the middle.
    pub coordinates: Vec<f64>,
    /// What it is for: `A`, `B` or `AB:<path of a factor>` (Saltelli), `trajectory` (Morris), or
    /// nothing.
    pub part: String,
    /// Which base point, trajectory or point of the design it belongs to, from 0 on.
    pub index: usize,
}

/// Why a design cannot be laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum DesignError {
    /// There is nothing to vary.
    #[error("a design needs at least one factor")]
    NoFactors,
    /// There is nothing to try.
    #[error("the design has no points")]
    NoPoints,
    /// Trajectories cannot be made.
    #[error("trajectories need an even number of levels, such as 4; not {0}")]
    OddLevels(u32),
    /// The sequence does not have as many dimensions.
    #[error("the design takes at most {most} factors, and there are {factors}")]
    TooManyFactors {
        /// As many as there are.
        factors: usize,
        /// As many as there may be.
        most: usize,
    },
    /// The points cannot be counted.
    #[error("the design has more than 4 billion points")]
    TooManyPoints,
}

/// The points of a design.
#[derive(Debug, Clone)]
pub struct DesignPoints {
    axes: Vec<Axis>,
    count: usize,
    kind: Kind,
}

#[derive(Debug, Clone)]
enum Kind {
    Grid,
    LatinHypercube(LatinHypercube),
    Sobol(Sobol),
    Morris(Morris),
    Saltelli(Sobol),
}

/// Lays out a design over some factors. The same seed gives the same points.
///
/// # Errors
/// If there is nothing to vary or to try, or the design does not allow for so many factors, levels or
/// points.
pub fn lay_out(design: Design, axes: &[Axis], seed: u64) -> Result<DesignPoints, DesignError> {
    let factors = axes.len();
    if factors == 0 {
        return Err(DesignError::NoFactors);
    }
    let at_most = |most: usize| match factors {
        _ if factors > most => Err(DesignError::TooManyFactors { factors, most }),
        _ => Ok(()),
    };
    let key = Key::of_name("design").part(seed);
    let per = |each: usize, count: u32| each.checked_mul(count as usize);
    let (count, kind) = match design {
        Design::Grid => {
            let mut levels = axes.iter().map(|axis| axis.levels as usize);
            (levels.try_fold(1, usize::checked_mul), Kind::Grid)
        }
        Design::LatinHypercube { points } => {
            (per(1, points), Kind::LatinHypercube(LatinHypercube::new(points, factors, key)))
        }
        Design::Sobol { points } => {
            at_most(sobol::MOST_DIMENSIONS)?;
            (per(1, points), Kind::Sobol(Sobol::new(factors, key)))
        }
        Design::Morris { levels, .. } if levels == 0 || levels % 2 != 0 => {
            return Err(DesignError::OddLevels(levels));
        }
        Design::Morris { trajectories, levels } => {
            (per(factors + 1, trajectories), Kind::Morris(Morris::new(levels, factors, key)))
        }
        Design::Saltelli { base_points } => {
            at_most(sobol::MOST_DIMENSIONS / 2)?;
            (per(factors + 2, base_points), Kind::Saltelli(Sobol::new(2 * factors, key)))
        }
    };
    match count.filter(|count| *count <= u32::MAX as usize).ok_or(DesignError::TooManyPoints)? {
        0 => Err(DesignError::NoPoints),
        count => Ok(DesignPoints { axes: axes.to_vec(), count, kind }),
    }
}

impl DesignPoints {
    /// How many points there are; at least one.
    #[expect(clippy::len_without_is_empty, reason = "a design without points is refused")]
    pub fn len(&self) -> usize {
        self.count
    }

    /// All points, in order. The first so many base points or trajectories are complete before the
    /// next begins.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = DesignPoint> + '_ {
        (0..self.count).map(|number| self.get(number))
    }

    /// Point `number`, from 0 on.
    ///
    /// # Panics
    /// If there are fewer points.
    pub fn get(&self, number: usize) -> DesignPoint {
        assert!(number < self.count, "a design has the points below its length");
        let plain = |coordinates| DesignPoint { coordinates, part: String::new(), index: number };
        let factors = self.axes.len();
        match &self.kind {
            Kind::Grid => plain(self.on_the_grid(number)),
            Kind::LatinHypercube(cube) => plain(cube.point(number)),
            Kind::Sobol(sobol) => plain(sobol.point(short(number))),
            Kind::Morris(morris) => {
                let (index, steps) = (number / (factors + 1), number % (factors + 1));
                let coordinates = morris.point(index as u64, steps);
                DesignPoint { coordinates, part: "trajectory".to_owned(), index }
            }
            Kind::Saltelli(sobol) => {
                let (index, part) = (number / (factors + 2), number % (factors + 2));
                let mut a = sobol.point(short(index));
                let b = a.split_off(factors);
                let (coordinates, part) = match part {
                    0 => (a, "A".to_owned()),
                    1 => (b, "B".to_owned()),
                    _ => {
                        let factor = part - 2;
                        a[factor] = b[factor];
                        (a, format!("AB:{}", self.axes[factor].path))
                    }
                };
                DesignPoint { coordinates, part, index }
            }
        }
    }

    /// The levels of the last factor change first.
    fn on_the_grid(&self, number: usize) -> Vec<f64> {
        let mut rest = number;
        let levels = self.axes.iter().rev().map(|axis| {
            let level = rest % axis.levels as usize;
            rest /= axis.levels as usize;
            if axis.levels == 1 { 0.5 } else { level as f64 / f64::from(axis.levels - 1) }
        });
        let mut coordinates: Vec<f64> = levels.collect();
        coordinates.reverse();
        coordinates
    }
}

/// The number of a point, of which there are at most 2^32 - 1.
fn short(number: usize) -> u32 {
    u32::try_from(number).expect("points are counted in 32 bits")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn axes(levels: &[u32]) -> Vec<Axis> {
        let axis =
            |(number, levels): (usize, &u32)| Axis { path: format!("f{number}"), levels: *levels };
        levels.iter().enumerate().map(axis).collect()
    }

    fn all(design: Design, levels: &[u32]) -> Vec<DesignPoint> {
        lay_out(design, &axes(levels), 7).expect("it can be laid out").iter().collect()
    }

    #[test]
    fn a_grid_has_every_level_with_every_other() {
        let points = all(Design::Grid, &[2, 1, 3]);
        let found: Vec<&[f64]> = points.iter().map(|point| point.coordinates.as_slice()).collect();
        let first = [[0.0, 0.5, 0.0], [0.0, 0.5, 0.5], [0.0, 0.5, 1.0], [1.0, 0.5, 0.0]];
        assert_eq!(found[..4], first);
        assert_eq!(found.len(), 6);
        assert_eq!(points[5].index, 5);
    }

    #[test]
    fn saltellis_mixtures_differ_from_a_in_one_factor_which_is_that_of_b() {
        let points = all(Design::Saltelli { base_points: 8 }, &[1, 1, 1]);
        assert_eq!(points.len(), 8 * 5);
        for (index, group) in points.chunks(5).enumerate() {
            let parts: Vec<&str> = group.iter().map(|point| point.part.as_str()).collect();
            assert_eq!(parts, ["A", "B", "AB:f0", "AB:f1", "AB:f2"]);
            assert!(group.iter().all(|point| point.index == index));
            let [a, b] = [0, 1].map(|part: usize| &group[part].coordinates);
            for factor in 0..3 {
                let mut mixed = a.clone();
                mixed[factor] = b[factor];
                assert_eq!(group[2 + factor].coordinates, mixed);
                assert!((a[factor] - b[factor]).abs() > 1e-9);
            }
        }
    }

    #[test]
    fn trajectories_are_told_by_their_number() {
        let points = all(Design::Morris { trajectories: 3, levels: 4 }, &[1, 1]);
        let indices: Vec<usize> = points.iter().map(|point| point.index).collect();
        assert_eq!(indices, [0, 0, 0, 1, 1, 1, 2, 2, 2]);
        assert!(points.iter().all(|point| point.part == "trajectory"));
    }

    #[test]
    fn the_seed_and_nothing_else_decides_the_points() {
        for design in [
            Design::LatinHypercube { points: 9 },
            Design::Sobol { points: 9 },
            Design::Morris { trajectories: 3, levels: 4 },
            Design::Saltelli { base_points: 3 },
        ] {
            let of = |seed| lay_out(design, &axes(&[1, 1]), seed).expect("it can be laid out");
            let points: Vec<DesignPoint> = of(1).iter().collect();
            assert_eq!(points, of(1).iter().collect::<Vec<_>>());
            assert_ne!(points, of(2).iter().collect::<Vec<_>>());
            assert_eq!(points[5], of(1).get(5), "any point can be had by its number");
        }
    }

    #[test]
    fn what_cannot_be_laid_out_is_said() {
        let error = |design, levels: &[u32]| lay_out(design, &axes(levels), 1).err();
        assert_eq!(error(Design::Grid, &[]), Some(DesignError::NoFactors));
        assert_eq!(error(Design::Grid, &[3, 0]), Some(DesignError::NoPoints));
        assert_eq!(error(Design::Grid, &[u32::MAX; 2]), Some(DesignError::TooManyPoints));
        assert_eq!(error(Design::Grid, &[u32::MAX; 5]), Some(DesignError::TooManyPoints));
        assert_eq!(error(Design::Sobol { points: 0 }, &[1]), Some(DesignError::NoPoints));
        let morris = |levels| Design::Morris { trajectories: 1, levels };
        assert_eq!(error(morris(3), &[1]), Some(DesignError::OddLevels(3)));
        assert_eq!(error(morris(0), &[1]), Some(DesignError::OddLevels(0)));
        let many = DesignError::TooManyFactors { factors: 501, most: 500 };
        assert_eq!(error(Design::Saltelli { base_points: 1 }, &[1; 501]), Some(many));
    }
}
