//! Sobol' points: a sequence that fills the cube evenly from the first points on.
//!
//! The direction numbers are those of Joe and Kuo (2008), *Constructing Sobol sequences with better
//! two-dimensional projections*, SIAM J. Sci. Comput. 30, 2635-2654, set D(6). The points are moved
//! by a random digital shift of each dimension (the bits of all its points are turned by the same
//! random bits), which keeps how evenly they lie, makes every mean unbiased, and spares the first
//! point of the published sequence, which is the corner of the cube (Owen, 2020, *On dropping the
//! first Sobol' point*).

use sobol::params::JoeKuoD6;

use crate::random::Key;

/// The most dimensions that there are direction numbers for.
pub(super) const MOST_DIMENSIONS: usize = 1_000;

/// Bits of a coordinate.
const BITS: usize = 32;

/// A sequence in some dimensions.
#[derive(Debug, Clone)]
pub(super) struct Sobol {
    /// Direction numbers, by dimension and bit.
    directions: Vec<Vec<u32>>,
    /// The digital shift of each dimension.
    shifts: Vec<u32>,
}

impl Sobol {
    /// A sequence of at most [`MOST_DIMENSIONS`] dimensions; the same key gives the same points.
    pub(super) fn new(dimensions: usize, key: Key) -> Sobol {
        let purpose = Key::of_name("digital shift");
        let shift = |dimension: u64| (key.part(dimension).draw(purpose, 0).bits() >> 32) as u32;
        Sobol {
            directions: directions(dimensions),
            shifts: (0..dimensions as u64).map(shift).collect(),
        }
    }

    /// Point `index` of the sequence, from 0 on: each coordinate in the middle of one of 2^32 cells.
    pub(super) fn point(&self, index: u32) -> Vec<f64> {
        let shifted = self.directions.iter().zip(&self.shifts);
        let cells = shifted.map(|(directions, shift)| cell(directions, index) ^ shift);
        cells.map(|cell| (f64::from(cell) + 0.5) / (1_u64 << BITS) as f64).collect()
    }
}

fn directions(dimensions: usize) -> Vec<Vec<u32>> {
    let parameters = if dimensions <= 100 { JoeKuoD6::minimal() } else { JoeKuoD6::standard() };
    sobol::Sobol::<u32>::init_direction_vals(dimensions, BITS, &parameters)
}

/// Where point `index` lies in a dimension before its shift, as a number of cells. The points come
/// in the order of the Gray code (Antonov and Saleev, 1979), as in the published tables.
fn cell(directions: &[u32], index: u32) -> u32 {
    let gray = index ^ (index >> 1);
    let set = directions.iter().enumerate().filter(|(bit, _)| gray >> bit & 1 == 1);
    set.fold(0, |cell, (_, direction)| cell ^ direction)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_points_are_those_that_are_published() {
        // The first ten points in three dimensions on the page of Joe and Kuo with the direction
        // numbers (the output of their program for N = 10, D = 3).
        let published: [[f64; 3]; 10] = [
            [0.0, 0.0, 0.0],
            [0.5, 0.5, 0.5],
            [0.75, 0.25, 0.25],
            [0.25, 0.75, 0.75],
            [0.375, 0.375, 0.625],
            [0.875, 0.875, 0.125],
            [0.625, 0.125, 0.875],
            [0.125, 0.625, 0.375],
            [0.1875, 0.3125, 0.9375],
            [0.6875, 0.8125, 0.4375],
        ];
        let directions = directions(3);
        for (index, point) in (0..).zip(published) {
            for (directions, coordinate) in directions.iter().zip(point) {
                let found = f64::from(cell(directions, index)) / (1_u64 << BITS) as f64;
                assert!((found - coordinate).abs() < 1e-15, "{index}: {found} {coordinate}");
            }
        }
    }

    #[test]
    fn every_dimension_is_evenly_filled_after_any_power_of_two_of_points() {
        let sobol = Sobol::new(40, Key::of_name("test"));
        for points in [16_u32, 256] {
            let all: Vec<Vec<f64>> = (0..points).map(|index| sobol.point(index)).collect();
            for dimension in 0..40 {
                let cell = |point: &Vec<f64>| (point[dimension] * f64::from(points)) as u32;
                let mut cells: Vec<u32> = all.iter().map(cell).collect();
                cells.sort_unstable();
                assert_eq!(cells, (0..points).collect::<Vec<_>>(), "dimension {dimension}");
            }
        }
        // The first two dimensions together: each of 16 x 16 squares holds one of 256 points.
        let square = |point: Vec<f64>| ((point[0] * 16.0) as u32, (point[1] * 16.0) as u32);
        let mut squares: Vec<_> = (0..256).map(|index| square(sobol.point(index))).collect();
        squares.sort_unstable();
        squares.dedup();
        assert_eq!(squares.len(), 256);
    }

    #[test]
    fn another_key_moves_the_points() {
        let [one, other] = ["one", "other"].map(|name| Sobol::new(2, Key::of_name(name)).point(0));
        assert!((one[0] - other[0]).abs() > 1e-9 && (one[0] - one[1]).abs() > 1e-9);
    }
}
