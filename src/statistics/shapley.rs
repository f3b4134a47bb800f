//! A fair share of what several causes bring together.
//!
//! Shapley, *A value for n-person games*, in Contributions to the Theory of Games II, 1953, 307-317: a
//! cause's share is what it adds to those that are there already, averaged over all orders in which the
//! causes may come. It is the only attribution whose parts always add up to the whole, in which alike
//! causes have alike parts, and in which a cause that changes nothing has none.

/// More causes than this have too many coalitions to look at all of them.
const MOST_EXACT: usize = 20;

/// The share of each of `causes` causes, from what every coalition of them brings. A coalition is a
/// number whose bit k says whether cause k is in.
///
/// # Panics
/// If there are more than `MOST_EXACT` causes.
pub fn shapley(causes: usize, brings: impl Fn(usize) -> f64) -> Vec<f64> {
    assert!(causes <= MOST_EXACT, "{causes} causes have too many coalitions");
    // Of all orders, this share has so many causes before this one.
    let mut weights = vec![1.0 / causes.max(1) as f64; causes.max(1)];
    for size in 1..causes {
        weights[size] = weights[size - 1] * size as f64 / (causes - size) as f64;
    }
    let mut shares = vec![0.0; causes];
    for coalition in 0..1_usize << causes {
        for (cause, share) in shares.iter_mut().enumerate() {
            if coalition & (1 << cause) == 0 {
                let added = brings(coalition | (1 << cause)) - brings(coalition);
                *share += weights[coalition.count_ones() as usize] * added;
            }
        }
    }
    shares
}

/// What each cause adds when they come in one order: `brings[k]` is what the first k bring together. The
/// mean over random orders is the share by [`shapley`].
pub fn along(order: &[usize], brings: &[f64]) -> Vec<f64> {
    let mut added = vec![0.0; order.len()];
    for (position, &cause) in order.iter().enumerate() {
        added[cause] = brings[position + 1] - brings[position];
    }
    added
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn assert_near(found: &[f64], wanted: &[f64]) {
        assert_eq!(found.len(), wanted.len());
        for (found, wanted) in found.iter().zip(wanted) {
            assert!((found - wanted).abs() < 1e-12, "{found} {wanted}");
        }
    }

    #[test]
    fn the_glove_game_has_its_published_value() {
        // Two have a left glove, one a right one; a pair is worth 1: 1/6, 1/6 and 2/3 (Shapley's example as
        // in Osborne and Rubinstein, A Course in Game Theory, 1994, and most textbooks).
        let pair = |coalition: usize| f64::from(coalition & 0b100 != 0 && coalition & 0b011 != 0);
        assert_near(&shapley(3, pair), &[1.0 / 6.0, 1.0 / 6.0, 2.0 / 3.0]);
    }

    #[test]
    fn the_airport_game_has_its_published_value() {
        // A runway for the largest costs all: who needs 1, 2 and 4 shares each stretch with those who need
        // it too (Littlechild and Owen, Management Science 20, 1973): 1/3; 1/3 + 1/2; 1/3 + 1/2 + 2.
        const NEEDS: [f64; 3] = [1.0, 2.0, 4.0];
        let cost = |coalition: usize| {
            let of = NEEDS.iter().enumerate().filter(|(cause, _)| coalition & (1 << cause) != 0);
            of.map(|(_, need)| *need).fold(0.0, f64::max)
        };
        let wanted = [1.0 / 3.0, 1.0 / 3.0 + 0.5, 1.0 / 3.0 + 0.5 + 2.0];
        assert_near(&shapley(3, cost), &wanted);
    }

    proptest! {
        #[test]
        fn parts_add_up_to_the_whole_whatever_the_game(
            causes in 0..=6_usize,
            brings in prop::collection::vec(-1e3..1e3_f64, 64),
            order in Just((0..6).collect::<Vec<usize>>()).prop_shuffle(),
        ) {
            let whole = brings[(1 << causes) - 1] - brings[0];
            let sum: f64 = shapley(causes, |coalition| brings[coalition]).iter().sum();
            prop_assert!((sum - whole).abs() < 1e-9, "{causes}: {sum} {whole}");
            let sum: f64 = along(&order, &brings[..7]).iter().sum();
            prop_assert!((sum - (brings[6] - brings[0])).abs() < 1e-9);
        }

        #[test]
        fn who_changes_nothing_has_no_part_and_who_are_alike_have_the_same(
            of_others in prop::collection::vec(-1e3..1e3_f64, 12),
        ) {
            // Cause 0 changes nothing; of causes 1 and 2 only the number counts; 3 and 4 are what they are.
            let brings = |coalition: usize| {
                let alike = (coalition >> 1 & 0b11).count_ones() as usize;
                of_others[4 * alike + (coalition >> 3)]
            };
            let shares = shapley(5, brings);
            prop_assert!(shares[0].abs() < 1e-9);
            prop_assert!((shares[1] - shares[2]).abs() < 1e-9, "{shares:?}");
        }
    }

    #[test]
    fn the_mean_over_all_orders_is_the_value() {
        let brings = |coalition: usize| [0.0, 3.0, 1.0, 9.0, 2.0, 4.0, 8.0, 20.0][coalition];
        let orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
        let mut mean = vec![0.0; 3];
        for order in orders {
            let mut coalition = 0;
            let mut found = vec![brings(0)];
            for cause in order {
                coalition |= 1 << cause;
                found.push(brings(coalition));
            }
            for (mean, added) in mean.iter_mut().zip(along(&order, &found)) {
                *mean += added / 6.0;
            }
        }
        assert_near(&mean, &shapley(3, brings));
    }
}
