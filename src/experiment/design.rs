//! Which points of a space to try.

use crate::random::Key;

/// A Latin hypercube in the unit cube: in each of its dimensions, every one of `points` equal parts
/// holds exactly one point, at an even chance within it. The same key gives the same points.
pub(super) fn latin_hypercube(points: u32, dimensions: usize, key: Key) -> Vec<Vec<f64>> {
    let mut cube = vec![vec![0.0; dimensions]; points as usize];
    for dimension in 0..dimensions {
        let of_dimension = key.part(dimension as u64);
        // Parts in the order of random numbers are parts in random order.
        let mut order: Vec<(u64, u32)> = (0..points)
            .map(|part| (of_dimension.draw(Key::of_name("order"), part.into()).bits(), part))
            .collect();
        order.sort_unstable();
        for (point, (_, part)) in cube.iter_mut().zip(order) {
            let within = of_dimension.draw(Key::of_name("within"), part.into()).unit();
            point[dimension] = (f64::from(part) + within) / f64::from(points);
        }
    }
    cube
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
