//! How long something takes, as a distribution over seconds.

use rand_distr::{Distribution as _, Exp1, StandardNormal};

use super::Generator;
use super::exp::exp;
use crate::engine::Span;

/// A distribution of lengths of time. All parameters are in seconds.
#[derive(Debug, Clone, Copy)]
pub enum Distribution {
    /// Always the same.
    Fixed(Span),
    /// Exponential, by its mean \[s\].
    Exponential {
        /// Mean \[s\].
        mean: f64,
    },
    /// Lognormal, by the mean and the standard deviation of its logarithm.
    Lognormal {
        /// Mean of the logarithm of the seconds.
        mu: f64,
        /// Standard deviation of the logarithm.
        sigma: f64,
    },
    /// Gamma, also Erlang.
    Gamma(rand_distr::Gamma<f64>),
    /// Weibull.
    Weibull(rand_distr::Weibull<f64>),
    /// Triangular.
    Triangular(rand_distr::Triangular<f64>),
    /// Even between two bounds \[s\].
    Uniform {
        /// Lower bound \[s\].
        low: f64,
        /// Upper bound \[s\].
        high: f64,
    },
}

/// Parameters of which there is no such distribution.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no such distribution: {0}")]
pub struct ParameterError(String);

impl Distribution {
    /// Lognormal by its mean and standard deviation \[s\].
    pub fn lognormal(mean: f64, sd: f64) -> Distribution {
        let variance = (1.0 + (sd / mean).powi(2)).ln();
        Distribution::Lognormal { mu: mean.ln() - variance / 2.0, sigma: variance.sqrt() }
    }

    /// Lognormal by its mean and median \[s\].
    pub fn lognormal_by_median(mean: f64, median: f64) -> Distribution {
        Distribution::Lognormal {
            mu: median.ln(),
            sigma: (2.0 * (mean / median).ln()).max(0.0).sqrt(),
        }
    }

    /// Gamma by its shape and scale \[s\].
    ///
    /// # Errors
    /// If either is not positive and finite.
    pub fn gamma(shape: f64, scale: f64) -> Result<Distribution, ParameterError> {
        rand_distr::Gamma::new(shape, scale)
            .map(Distribution::Gamma)
            .map_err(|error| ParameterError(error.to_string()))
    }

    /// Weibull by its scale \[s\] and shape.
    ///
    /// # Errors
    /// If either is not positive and finite.
    pub fn weibull(scale: f64, shape: f64) -> Result<Distribution, ParameterError> {
        rand_distr::Weibull::new(scale, shape)
            .map(Distribution::Weibull)
            .map_err(|error| ParameterError(error.to_string()))
    }

    /// Triangular by its bounds and peak \[s\].
    ///
    /// # Errors
    /// If `low <= mode <= high` and `low < high` do not hold.
    pub fn triangular(low: f64, mode: f64, high: f64) -> Result<Distribution, ParameterError> {
        rand_distr::Triangular::new(low, high, mode)
            .map(Distribution::Triangular)
            .map_err(|error| ParameterError(error.to_string()))
    }

    /// Draws a length of time, to the nearest second.
    #[inline(always)]
    pub fn sample(&self, generator: &mut Generator) -> Span {
        match self {
            Distribution::Fixed(span) => *span,
            Distribution::Exponential { mean } => {
                let draw: f64 = Exp1.sample(generator);
                Span::round_seconds(mean * draw)
            }
            Distribution::Lognormal { mu, sigma } => {
                let draw: f64 = StandardNormal.sample(generator);
                Span::round_seconds(exp(mu + sigma * draw))
            }
            Distribution::Uniform { low, high } => {
                Span::round_seconds(low + (high - low) * generator.unit())
            }
            Distribution::Gamma(_) | Distribution::Weibull(_) | Distribution::Triangular(_) => {
                self.sample_long(generator)
            }
        }
    }

    /// A draw of the normal distribution with mean 0 and standard deviation 1.
    pub fn unit_normal(generator: &mut Generator) -> f64 {
        StandardNormal.sample(generator)
    }

    /// Draws from those whose code is long, away from the others.
    #[inline(never)]
    fn sample_long(&self, generator: &mut Generator) -> Span {
        Span::round_seconds(match self {
            Distribution::Gamma(gamma) => gamma.sample(generator),
            Distribution::Weibull(weibull) => weibull.sample(generator),
            Distribution::Triangular(triangular) => triangular.sample(generator),
            _ => unreachable!("the others are drawn in place"),
        })
    }

    /// A draw of the exponential distribution with mean 1.
    #[inline]
    pub fn unit_exponential(generator: &mut Generator) -> f64 {
        Exp1.sample(generator)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Key;

    /// Mean and standard deviation of many draws [s].
    fn moments(distribution: Distribution) -> (f64, f64) {
        let run = Key::new(11, 0);
        let purpose = Key::of_name("moments");
        let n = 400_000_u32;
        let (mut sum, mut squares) = (0.0, 0.0);
        for person in 0..n {
            let mut generator = run.part(person.into()).draw(purpose, 0);
            let x = f64::from(distribution.sample(&mut generator).seconds());
            sum += x;
            squares += x * x;
        }
        let mean = sum / f64::from(n);
        (mean, (squares / f64::from(n) - mean * mean).sqrt())
    }

    fn assert_moments(distribution: Distribution, mean: f64, sd: f64) {
        let found = moments(distribution);
        // 4 standard errors of a mean of 400,000; the spread of the sd is left wider, for heavy tails.
        assert!((found.0 - mean).abs() < 4.0 * sd / 632.0 + 0.5, "{distribution:?}: {found:?}");
        assert!((found.1 / sd - 1.0).abs() < 0.03, "{distribution:?}: {found:?}");
    }

    #[test]
    fn distributions_have_the_moments_that_they_say() {
        let day = 86_400.0;
        assert_moments(Distribution::Exponential { mean: day }, day, day);
        assert_moments(Distribution::lognormal(2.0 * day, 1.5 * day), 2.0 * day, 1.5 * day);
        assert_moments(
            Distribution::gamma(2.5, day).expect("valid"),
            2.5 * day,
            2.5_f64.sqrt() * day,
        );
        // Weibull of shape 2: mean = scale x sqrt(pi)/2, variance = scale^2 (1 - pi/4).
        let pi = std::f64::consts::PI;
        assert_moments(
            Distribution::weibull(day, 2.0).expect("valid"),
            day * pi.sqrt() / 2.0,
            day * (1.0 - pi / 4.0).sqrt(),
        );
        // Triangular on 0, 1, 2 days: mean 1 day, variance 1/6.
        assert_moments(
            Distribution::triangular(0.0, day, 2.0 * day).expect("valid"),
            day,
            day / 6_f64.sqrt(),
        );
        assert_moments(
            Distribution::Uniform { low: 0.0, high: day },
            day / 2.0,
            day / 12_f64.sqrt(),
        );
    }

    #[test]
    fn a_lognormal_by_mean_and_median_is_the_one_by_mean_and_sd() {
        let by_median = Distribution::lognormal_by_median(16.2, 8.5);
        let Distribution::Lognormal { mu, sigma } = by_median else { panic!("it is lognormal") };
        assert!(((mu + sigma * sigma / 2.0).exp() - 16.2).abs() < 1e-9);
        assert!((mu.exp() - 8.5).abs() < 1e-9);
    }
}
