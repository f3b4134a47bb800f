//! What one may still say of a difference if many are looked at.

/// P-values that allow for each other, in their order: a family of which those below 5% are called
/// differences calls a truly nothing one in at most 5 of 100 such families, however the differences
/// hang together (Holm, *A simple sequentially rejective multiple test procedure*, Scandinavian
/// Journal of Statistics 6, 1979, 65-70). What is not a number is no part of the family.
pub fn holm(p: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p.len()).filter(|&index| !p[index].is_nan()).collect();
    order.sort_by(|&one, &other| p[one].total_cmp(&p[other]));
    let mut adjusted = vec![f64::NAN; p.len()];
    let mut least = 0.0_f64;
    for (rank, &index) in order.iter().enumerate() {
        let left = (order.len() - rank) as f64;
        least = least.max((p[index] * left).min(1.0));
        adjusted[index] = least;
    }
    adjusted
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::Paired;

    #[test]
    fn worked_by_hand() {
        // Smallest first: 0.005 x 4 = 0.02; 0.01 x 3 = 0.03; 0.03 x 2 = 0.06; 0.04 x 1 = 0.04, but never
        // less than the one before.
        let found = holm(&[0.01, 0.04, f64::NAN, 0.03, 0.005]);
        for (found, wanted) in found.iter().zip([0.03, 0.06, f64::NAN, 0.06, 0.02]) {
            assert!((found - wanted).abs() < 1e-15 || (found.is_nan() && wanted.is_nan()));
        }
        assert!(holm(&[]).is_empty());
        assert!((holm(&[0.7, 0.9])[1] - 1.0).abs() < 1e-15, "never above 1");
    }

    #[test]
    fn alone_it_is_the_interval_that_decides() {
        for shift in [0.0, 0.5, 0.7, 1.0, 2.0] {
            let paired = Paired::of([0.3, -0.2, 0.9, -0.6].map(|noise| (1.0, 1.0 + shift + noise)));
            let alone = holm(&[paired.p])[0] < 0.05;
            assert_eq!(alone, paired.difference.lower > 0.0, "{paired:?}");
        }
    }
}
