//! The difference between two worlds, run by run.

use super::estimate::{CONFIDENCE, p_value};
use super::{Estimate, Moments};

/// Pairs of values, one of each world in the same run, and what they say together.
///
/// Pairs of which either value is not a number are left out of everything here.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Paired {
    /// Mean of the first values.
    pub base: f64,
    /// Mean of the second values.
    pub other: f64,
    /// The second less the first, with the interval of the paired t-test.
    pub difference: Estimate,
    /// The chance of a difference as large as this, either way, if there were truly none: that of the
    /// paired t-test. Not a number for fewer than two pairs.
    pub p: f64,
    /// Pairs in which the second value is lower.
    pub lower: u32,
    /// Pairs in which both are the same.
    pub equal: u32,
    /// Pairs in which the second value is higher.
    pub higher: u32,
}

/// What can be said of a difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Both values are the same in every pair.
    Same,
    /// The interval of the difference lies below 0.
    Lower,
    /// The interval of the difference lies above 0.
    Higher,
    /// The interval of the difference contains 0.
    CannotBeToldApart,
    /// There are fewer than two pairs, and hence no interval.
    NoInterval,
}

impl Paired {
    /// Pairs of values: those of the base first.
    pub fn of(pairs: impl IntoIterator<Item = (f64, f64)>) -> Paired {
        Paired::at(CONFIDENCE, pairs)
    }

    /// The same, with an interval of which this share hold the true difference.
    pub fn at(confidence: f64, pairs: impl IntoIterator<Item = (f64, f64)>) -> Paired {
        let pairs: Vec<(f64, f64)> =
            pairs.into_iter().filter(|(base, other)| !(other - base).is_nan()).collect();
        let differences: Vec<f64> = pairs.iter().map(|(base, other)| other - base).collect();
        let count = |is: fn(f64) -> bool| {
            let count = differences.iter().filter(|difference| is(**difference)).count();
            u32::try_from(count).expect("pairs are counted in 32 bits")
        };
        let mut moments = Moments::default();
        differences.iter().for_each(|difference| moments.add(*difference));
        Paired {
            base: Estimate::of(pairs.iter().map(|pair| pair.0)).mean,
            other: Estimate::of(pairs.iter().map(|pair| pair.1)).mean,
            difference: moments.estimate_at(confidence),
            p: p_value(moments.mean(), moments.variance(), moments.n()),
            lower: count(|difference| difference < 0.0),
            equal: count(|difference| difference == 0.0),
            higher: count(|difference| difference > 0.0),
        }
    }

    /// How many pairs there are.
    pub fn n(&self) -> u32 {
        self.lower + self.equal + self.higher
    }

    /// What can be said of the difference.
    pub fn verdict(&self) -> Verdict {
        if self.n() > 0 && self.equal == self.n() {
            Verdict::Same
        } else if self.n() < 2 {
            Verdict::NoInterval
        } else if self.difference.upper < 0.0 {
            Verdict::Lower
        } else if self.difference.lower > 0.0 {
            Verdict::Higher
        } else {
            Verdict::CannotBeToldApart
        }
    }

    /// The difference as a share of the base's mean, which is taken as known; `None` if that is 0.
    pub fn relative(&self) -> Option<Estimate> {
        let size = self.base.abs();
        (size > 0.0).then(|| self.difference.times(1.0 / size))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Additional hours of sleep of ten people on two drugs: Student (1908), Biometrika 6, 1-25.
    const SLEEP: [(f64, f64); 10] = [
        (0.7, 1.9),
        (-1.6, 0.8),
        (-0.2, 1.1),
        (-1.2, 0.1),
        (-0.1, -0.1),
        (3.4, 4.4),
        (3.7, 5.5),
        (0.8, 1.6),
        (0.0, 4.6),
        (2.0, 3.4),
    ];

    fn swapped(pairs: &[(f64, f64)]) -> Paired {
        Paired::of(pairs.iter().map(|&(base, other)| (other, base)))
    }

    #[test]
    fn students_sleep_gives_the_interval_that_is_published() {
        // R's documentation of `t.test`, paired: mean 1.58, 95 % from 0.7001142 to 2.4598858.
        let paired = Paired::of(SLEEP);
        assert!((paired.difference.mean - 1.58).abs() < 1e-12);
        assert!((paired.difference.lower - 0.700_114_2).abs() < 1e-6, "{paired:?}");
        assert!((paired.difference.upper - 2.459_885_8).abs() < 1e-6, "{paired:?}");
        assert_eq!((paired.lower, paired.equal, paired.higher), (0, 1, 9));
        assert_eq!(paired.verdict(), Verdict::Higher);
        assert!((paired.p - 0.002_833).abs() < 1e-6, "{}", paired.p);
        // Means 0.75 and 2.33.
        let relative = paired.relative().expect("the base is not 0");
        assert!((relative.mean - 1.58 / 0.75).abs() < 1e-12);
    }

    #[test]
    fn swapping_both_flips_the_sign_exactly() {
        let (there, back) = (Paired::of(SLEEP).difference, swapped(&SLEEP).difference);
        for (there, back) in
            [(there.mean, back.mean), (there.lower, back.upper), (there.upper, back.lower)]
        {
            assert_eq!(there.to_bits(), (-back).to_bits());
        }
        assert_eq!(swapped(&SLEEP).verdict(), Verdict::Lower);
    }

    #[test]
    fn a_worked_example() {
        // Differences 1, 2, 3: mean 2, sd 1, t(2) = 4.3027, half width 4.3027 / sqrt(3) = 2.4841.
        let paired = Paired::of([(10.0, 11.0), (20.0, 22.0), (30.0, 33.0)]);
        assert!((paired.difference.lower + 0.4841).abs() < 1e-4);
        assert_eq!(paired.verdict(), Verdict::CannotBeToldApart);
        assert_eq!(paired.higher, 3, "although it is higher each time");
    }

    #[test]
    fn an_interval_that_touches_zero_contains_it() {
        let with = |lower: f64, upper: f64| {
            let difference = Estimate { mean: (lower + upper) / 2.0, lower, upper, n: 4 };
            Paired { base: 1.0, other: 1.0, difference, p: 0.5, lower: 2, equal: 0, higher: 2 }
                .verdict()
        };
        assert_eq!(with(0.0, 2.0), Verdict::CannotBeToldApart);
        assert_eq!(with(-2.0, 0.0), Verdict::CannotBeToldApart);
        assert_eq!(with(-2.0, -0.0), Verdict::CannotBeToldApart);
        assert_eq!(with(f64::MIN_POSITIVE, 2.0), Verdict::Higher);
        assert_eq!(with(-2.0, -f64::MIN_POSITIVE), Verdict::Lower);
    }

    #[test]
    fn the_same_is_the_same_and_few_pairs_tell_nothing() {
        assert_eq!(Paired::of([(0.1, 0.1), (7.3, 7.3)]).verdict(), Verdict::Same);
        assert_eq!(Paired::of([(0.1, 0.1)]).verdict(), Verdict::Same);
        assert_eq!(Paired::of([(0.1, 0.2), (0.1, f64::NAN)]).verdict(), Verdict::NoInterval);
        let nothing = Paired::of([(f64::NAN, 1.0)]);
        assert_eq!(nothing.verdict(), Verdict::NoInterval);
        assert!(nothing.base.is_nan() && nothing.relative().is_none());
    }

    #[test]
    fn equal_differences_leave_no_doubt() {
        assert_eq!(Paired::of([(1.0, 2.0), (3.0, 4.0)]).verdict(), Verdict::Higher);
    }
}
