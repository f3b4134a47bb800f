//! From when on a simulation has settled: the truncation rule MSER-5.
//!
//! White, *An effective truncation heuristic for bias reduction in simulation output*, Simulation
//! 69(6), 1997; with batches of five: White, Cobb and Spratt, *A comparison of five steady-state
//! truncation heuristics for simulation*, Proceedings of the Winter Simulation Conference, 2000.

/// Observations in a batch.
const BATCH: usize = 5;

/// Of the last batches, so many are never the only ones that are kept: their spread says little.
const KEPT: usize = 5;

/// How many observations at the beginning MSER-5 leaves out: those without which the standard error
/// of the mean of the batches of five would be the least. `None` if there are too few to tell.
pub fn mser_5(series: &[f64]) -> Option<usize> {
    let batches: Vec<f64> =
        series.chunks_exact(BATCH).map(|batch| batch.iter().sum::<f64>() / BATCH as f64).collect();
    let most = batches.len().checked_sub(KEPT)?;
    if most == 0 {
        return None;
    }
    let error = |from: usize| {
        let kept = &batches[from..];
        let n = kept.len() as f64;
        let mean = kept.iter().sum::<f64>() / n;
        kept.iter().map(|batch| (batch - mean).powi(2)).sum::<f64>() / (n * n)
    };
    let best = (0..=most).min_by(|one, other| error(*one).total_cmp(&error(*other)))?;
    Some(best * BATCH)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A series whose batches of five have these means.
    fn with_means(means: &[f64]) -> Vec<f64> {
        means.iter().flat_map(|mean| [-2.0, 1.0, 0.0, -1.0, 2.0].map(|off| mean + off)).collect()
    }

    #[test]
    fn it_leaves_out_what_is_worked_out_by_hand() {
        // Left out: none: (41 - 19^2 / 11) / 121 = 0.068; one: 2.5 / 100 = 0.025; two:
        // (24 - 14^2 / 9) / 81 = 0.027; three: 2 / 64 = 0.031; and more from there.
        let means = [4.0, 1.0, 2.0, 1.0, 2.0, 1.0, 2.0, 1.0, 2.0, 1.0, 2.0];
        assert_eq!(mser_5(&with_means(&means)), Some(5));
        // A start from nothing that takes three batches, and then the same for ever.
        let means = [0.0, 4.0, 6.0, 7.0, 7.0, 7.0, 7.0, 7.0, 7.0, 7.0, 7.0, 7.0];
        assert_eq!(mser_5(&with_means(&means)), Some(15));
    }

    #[test]
    fn what_never_settles_is_told_by_leaving_out_as_much_as_it_may() {
        let growing: Vec<f64> = (0..200).map(f64::from).collect();
        assert_eq!(mser_5(&growing), Some(175));
    }

    #[test]
    fn too_short_a_series_tells_nothing() {
        assert_eq!(mser_5(&[1.0; 29]), None);
        assert_eq!(mser_5(&[1.0; 30]), Some(0));
        assert_eq!(mser_5(&[]), None);
    }

    #[test]
    fn noise_without_a_beginning_of_its_own_loses_little() {
        // A fixed sequence that looks like noise (the logistic map at 4).
        let mut x = 0.3;
        let noise: Vec<f64> = (0..2_000)
            .map(|_| {
                x = 4.0 * x * (1.0 - x);
                x
            })
            .collect();
        let left_out = mser_5(&noise).expect("it is long enough");
        assert!(left_out < 500, "{left_out}");
        // With a ramp before it, the ramp and little more is left out.
        let ramp = (0..300).map(|n| 10.0 - f64::from(n) / 30.0);
        let left_out = mser_5(&ramp.chain(noise).collect::<Vec<_>>()).expect("long enough");
        assert!((200..800).contains(&left_out), "{left_out}");
    }
}
