//! A Latin hypercube: few points that are spread evenly over each factor by itself.

use crate::random::Key;

/// A Latin hypercube in the unit cube: in each of its dimensions, every one of its equal parts, as
/// many as there are points, holds exactly one point, at an even chance within it. The same key
/// gives the same points.
#[derive(Debug, Clone)]
pub(super) struct LatinHypercube {
    key: Key,
    /// By dimension, which part each point lies in.
    parts: Vec<Vec<u32>>,
    points: u32,
}

impl LatinHypercube {
    pub(super) fn new(points: u32, dimensions: usize, key: Key) -> LatinHypercube {
        let parts = (0..dimensions as u64).map(|dimension| {
            let of_dimension = key.part(dimension);
            // Parts in the order of random numbers are parts in random order.
            let mut order: Vec<(u64, u32)> = (0..points)
                .map(|part| (of_dimension.draw(Key::of_name("order"), part.into()).bits(), part))
                .collect();
            order.sort_unstable();
            order.into_iter().map(|(_, part)| part).collect()
        });
        LatinHypercube { key, parts: parts.collect(), points }
    }

    pub(super) fn point(&self, index: usize) -> Vec<f64> {
        let coordinates = (0_u64..).zip(&self.parts).map(|(dimension, parts)| {
            let part = parts[index];
            let draw = self.key.part(dimension).draw(Key::of_name("within"), part.into()).unit();
            (f64::from(part) + draw) / f64::from(self.points)
        });
        coordinates.collect()
    }
}

/// All points of a [`LatinHypercube`].
pub(in crate::experiment) fn latin_hypercube(
    points: u32,
    dimensions: usize,
    key: Key,
) -> Vec<Vec<f64>> {
    let cube = LatinHypercube::new(points, dimensions, key);
    (0..points as usize).map(|index| cube.point(index)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_of_every_dimension_holds_one_point() {
        let cube = latin_hypercube(50, 4, Key::of_name("test"));
        for dimension in 0..4 {
            let mut parts: Vec<u32> =
                cube.iter().map(|point| (point[dimension] * 50.0).floor() as u32).collect();
            parts.sort_unstable();
            assert_eq!(parts, (0..50).collect::<Vec<_>>());
        }
        assert!((cube[0][0] - cube[0][1]).abs() > 1e-9, "dimensions are not alike");
        assert_eq!(cube, latin_hypercube(50, 4, Key::of_name("test")));
    }
}
