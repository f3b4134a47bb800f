//! A mean with its doubt.

use statrs::distribution::{ContinuousCDF, StudentsT};

use super::Moments;

/// The share of such intervals that hold the true mean.
pub const CONFIDENCE: f64 = 0.95;

/// The mean over independent replications and its 95 % interval by Student's t.
///
/// Without any value nothing is a number; with one value there is a mean but no interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// Mean of the values.
    pub mean: f64,
    /// Lower end of the interval.
    pub lower: f64,
    /// Upper end of the interval.
    pub upper: f64,
    /// How many values there were.
    pub n: u32,
}

impl Estimate {
    /// Estimates from the values of all replications; those that are not a number are left out.
    pub fn of(values: impl IntoIterator<Item = f64>) -> Estimate {
        Estimate::at(CONFIDENCE, values)
    }

    /// The same with an interval of which this share hold the true mean.
    pub fn at(confidence: f64, values: impl IntoIterator<Item = f64>) -> Estimate {
        let mut moments = Moments::default();
        for value in values {
            moments.add(value);
        }
        moments.estimate_at(confidence)
    }

    /// From a mean, the variance of the values \[unit squared\], their number, and the share of such
    /// intervals that shall hold the true mean.
    pub(super) fn from_moments(mean: f64, variance: f64, n: u32, confidence: f64) -> Estimate {
        if n < 2 {
            return Estimate { mean, lower: f64::NAN, upper: f64::NAN, n };
        }
        let half = student_t(n - 1, confidence) * (variance / f64::from(n)).sqrt();
        Estimate { mean, lower: mean - half, upper: mean + half, n }
    }

    /// Half the width of the interval.
    pub fn half_width(&self) -> f64 {
        (self.upper - self.lower) / 2.0
    }

    /// Half the width of the interval, relative to the mean; not a number if the mean is 0.
    pub fn relative_half_width(&self) -> f64 {
        if self.mean == 0.0 { f64::NAN } else { self.half_width() / self.mean.abs() }
    }

    /// The same estimate in a unit of which one is `factor` of the old ones.
    pub fn times(self, factor: f64) -> Estimate {
        Estimate {
            mean: self.mean * factor,
            lower: if factor < 0.0 { self.upper } else { self.lower } * factor,
            upper: if factor < 0.0 { self.lower } else { self.upper } * factor,
            n: self.n,
        }
    }
}

/// How many standard errors the interval reaches to either side, by degrees of freedom.
pub(super) fn student_t(degrees: u32, confidence: f64) -> f64 {
    student(degrees).inverse_cdf(0.5 + confidence / 2.0)
}

/// The chance that a mean whose true value is 0 lies as many standard errors from 0 as this one, or
/// more, to either side. Not a number for fewer than two values.
pub(super) fn p_value(mean: f64, variance: f64, n: u32) -> f64 {
    if n < 2 || mean.is_nan() {
        return f64::NAN;
    }
    if mean == 0.0 {
        return 1.0;
    }
    // Without any spread, a mean that is not 0 is infinitely many standard errors from it.
    let errors = mean.abs() / (variance / f64::from(n)).sqrt();
    2.0 * student(n - 1).sf(errors)
}

fn student(degrees: u32) -> StudentsT {
    StudentsT::new(0.0, 1.0, f64::from(degrees)).expect("degrees of freedom are positive")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_reaches_as_far_as_the_table_of_t_says() {
        // Two-sided 95 %, from the table of the NIST/SEMATECH e-Handbook, section 1.3.6.7.2.
        for (degrees, t) in [(1, 12.706), (2, 4.303), (9, 2.262), (29, 2.045), (100, 1.984)] {
            let found = student_t(degrees, 0.95);
            assert!((found - t).abs() < 0.0006, "{degrees}: {found}");
        }
    }

    #[test]
    fn a_stricter_interval_reaches_farther() {
        // The same table, two-sided 99 %.
        for (degrees, t) in [(1, 63.657), (9, 3.250), (29, 2.756)] {
            let found = student_t(degrees, 0.99);
            assert!((found - t).abs() < 0.0006, "{degrees}: {found}");
        }
    }

    #[test]
    fn a_p_value_is_that_of_the_published_example() {
        // Student's sleep (R's documentation of `t.test`, paired): t 4.0621 with 9 degrees of freedom,
        // p 0.002833.
        let (mean, variance) = (1.58, 1.512_889);
        assert!((p_value(mean, variance, 10) - 0.002_833).abs() < 1e-6);
        assert!((p_value(-mean, variance, 10) - 0.002_833).abs() < 1e-6);
        assert!((p_value(0.0, 1.0, 10) - 1.0).abs() < 1e-15);
        assert!(p_value(0.1, 0.0, 10) < 1e-300, "no doubt");
        assert!(p_value(0.1, 1.0, 1).is_nan());
    }

    #[test]
    fn a_worked_example() {
        // 2, 4, 6: mean 4, sd 2, standard error 2/sqrt(3), t(2) = 4.3027.
        let estimate = Estimate::of([2.0, 4.0, 6.0]);
        assert!((estimate.mean - 4.0).abs() < 1e-12);
        assert!((estimate.half_width() - 4.3027 * 2.0 / 3.0_f64.sqrt()).abs() < 1e-3);
        assert!((estimate.upper - 4.0 - (4.0 - estimate.lower)).abs() < 1e-12);
        assert!((estimate.relative_half_width() - estimate.half_width() / 4.0).abs() < 1e-12);
    }

    #[test]
    fn one_value_has_no_interval_and_none_has_no_mean() {
        let one = Estimate::of([3.0, f64::NAN]);
        assert!((one.mean - 3.0).abs() < 1e-12 && one.lower.is_nan() && one.upper.is_nan());
        assert_eq!(one.n, 1);
        let none = Estimate::of([f64::NAN]);
        assert!(none.mean.is_nan() && none.n == 0);
    }

    #[test]
    fn equal_values_leave_no_doubt() {
        let estimate = Estimate::of([0.1; 30]);
        assert!(estimate.half_width() < 1e-15);
    }
}
