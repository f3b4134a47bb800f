//! An outcome over two factors.

use super::effects::same;
use super::swept::Swept;

/// Factors with more values than this are cut into [`PARTS`] equal parts.
const MOST_LEVELS: usize = 16;
const PARTS: usize = 8;

/// An outcome over two factors: the mean over all points of a cell.
#[derive(Debug, Clone, PartialEq)]
pub struct Map {
    /// Which measure.
    pub measure: usize,
    /// Which factor runs from left to right, and which from below upwards.
    pub factors: [usize; 2],
    /// The columns, and the rows from below.
    pub cells: [Vec<Cell>; 2],
    /// Means by row, from below, and column; not a number where there is no point.
    pub means: Vec<Vec<f64>>,
    /// How many points the cell with fewest has, of those with any.
    pub fewest_points: usize,
}

/// A column or row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cell {
    /// The least value in it.
    pub low: f64,
    /// The most; the same if it is one level.
    pub high: f64,
}

/// Averages a measure over two factors.
pub(super) fn of(swept: &Swept, measure: usize, factors: [usize; 2]) -> Map {
    let cells = factors.map(|factor| cells(swept, factor));
    let place = |axis: usize, value: f64| {
        let found = cells[axis].iter().position(|cell| value < cell.high || same(value, cell.high));
        found.unwrap_or(cells[axis].len() - 1)
    };
    let mut sums = vec![vec![(0.0, 0_usize); cells[0].len()]; cells[1].len()];
    for point in swept.spread() {
        let [column, row] = [0, 1].map(|axis: usize| place(axis, point.values[factors[axis]]));
        let mean = point.mean(measure);
        if !mean.is_nan() {
            sums[row][column].0 += mean;
            sums[row][column].1 += 1;
        }
    }
    let counts = sums.iter().flatten().map(|(_, count)| *count).filter(|count| *count > 0);
    let fewest_points = counts.min().unwrap_or(0);
    let mean = |(sum, count): &(f64, usize)| sum / *count as f64;
    let means = sums.iter().map(|row| row.iter().map(mean).collect()).collect();
    Map { measure, factors, cells, means, fewest_points }
}

fn cells(swept: &Swept, factor: usize) -> Vec<Cell> {
    let mut values: Vec<f64> = swept.spread().map(|point| point.values[factor]).collect();
    values.sort_by(f64::total_cmp);
    values.dedup_by(|one, other| same(*one, *other));
    if values.len() <= MOST_LEVELS {
        return values.into_iter().map(|value| Cell { low: value, high: value }).collect();
    }
    let (low, high) = (values[0], values[values.len() - 1]);
    let at = |part: usize| low + (high - low) * part as f64 / PARTS as f64;
    (0..PARTS).map(|part| Cell { low: at(part), high: at(part + 1) }).collect()
}
