//! Mean and variance of values that come one by one.

use super::estimate::{CONFIDENCE, Estimate};

/// Mean and variance so far, by Welford's method (1962): one pass, no loss of digits.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Moments {
    n: u32,
    mean: f64,
    squares: f64,
}

impl Moments {
    /// Adds a value; one that is not a number is left out.
    pub fn add(&mut self, value: f64) {
        if value.is_nan() {
            return;
        }
        self.n += 1;
        let before = value - self.mean;
        self.mean += before / f64::from(self.n);
        self.squares += before * (value - self.mean);
    }

    /// How many values there were.
    pub fn n(&self) -> u32 {
        self.n
    }

    /// The mean; not a number if there were no values.
    pub fn mean(&self) -> f64 {
        if self.n == 0 { f64::NAN } else { self.mean }
    }

    /// The variance of the population from which the values come; not a number for fewer than two.
    pub fn variance(&self) -> f64 {
        if self.n < 2 { f64::NAN } else { self.squares / f64::from(self.n - 1) }
    }

    /// The mean with its interval.
    pub fn estimate(&self) -> Estimate {
        self.estimate_at(CONFIDENCE)
    }

    /// The mean with an interval of which this share hold the true mean.
    pub fn estimate_at(&self, confidence: f64) -> Estimate {
        Estimate::from_moments(self.mean(), self.variance(), self.n, confidence)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_kept_far_from_zero() {
        // NIST's dataset NumAcc4: mean 10000000.2, standard deviation 0.1.
        let mut moments = Moments::default();
        moments.add(10_000_000.2);
        for _ in 0..500 {
            moments.add(10_000_000.1);
            moments.add(10_000_000.3);
        }
        assert!((moments.mean() - 10_000_000.2).abs() < 1e-7);
        assert!((moments.variance().sqrt() - 0.1).abs() < 1e-7);
        assert_eq!(moments.n(), 1001);
    }
}
