//! Values below which a share of a distribution lies.

use statrs::distribution::{ContinuousCDF, Normal};

/// The value below which a standard normal variable lies with a probability between 0 and 1.
pub fn normal(share: f64) -> f64 {
    Normal::standard().inverse_cdf(share)
}

/// The value below which a triangular variable lies with a probability from 0 to 1.
pub fn triangular(low: f64, mode: f64, high: f64, share: f64) -> f64 {
    let width = high - low;
    if share * width < mode - low {
        low + (share * width * (mode - low)).sqrt()
    } else {
        high - ((1.0 - share) * width * (high - mode)).sqrt()
    }
}

/// The value below which a lognormal variable of this mean and standard deviation lies with a
/// probability between 0 and 1.
pub fn lognormal(mean: f64, sd: f64, share: f64) -> f64 {
    let variance = (sd / mean).powi(2).ln_1p();
    (mean.ln() - variance / 2.0 + variance.sqrt() * normal(share)).exp()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_those_of_the_tables() {
        // 97.5 % of a standard normal variable lies below 1.959964.
        assert!((normal(0.975) - 1.959_964).abs() < 1e-6);
        assert!(normal(0.5).abs() < 1e-9);
        // A triangle from 0 over 1 to 4: a quarter lies below the mode.
        let of = |share| triangular(0.0, 1.0, 4.0, share);
        let close = |a: f64, b: f64| (a - b).abs() < 1e-12;
        assert!(close(of(0.25), 1.0) && close(of(0.0), 0.0) && close(of(1.0), 4.0));
        assert!(close(of(0.0625), 0.5), "a sixteenth below half of the way up");
        // The median of a lognormal variable is mean^2 / sqrt(mean^2 + sd^2).
        assert!((lognormal(3.0, 4.0, 0.5) - 9.0 / 5.0).abs() < 1e-9);
    }
}
