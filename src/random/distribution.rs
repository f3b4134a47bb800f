//! How long something takes, as a distribution over seconds.

use rand_distr::{Distribution as _, Exp1, StandardNormal};

use super::Generator;
use super::exp::exp;
use super::law::{Law, running_shares};
use crate::engine::Span;

/// A distribution of lengths of time. All parameters are in seconds.
///
/// Those that are drawn most lie open; the others, which need more parameters, are boxed.
#[derive(Debug, Clone)]
pub struct Distribution(pub(super) Kind);

#[derive(Debug, Clone)]
pub(super) enum Kind {
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
    /// Even between two bounds \[s\].
    Uniform {
        /// Lower bound \[s\].
        low: f64,
        /// Upper bound \[s\].
        high: f64,
    },
    /// Any other.
    Long(Box<Law>),
}

/// Parameters of which there is no such distribution.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no such distribution: {0}")]
pub struct ParameterError(String);

impl Distribution {
    /// Always the same \[s\].
    pub fn fixed(seconds: f64) -> Distribution {
        Distribution(Kind::Fixed(Span::round_seconds(seconds)))
    }

    /// Exponential, by its mean \[s\].
    pub fn exponential(mean: f64) -> Distribution {
        Distribution(Kind::Exponential { mean })
    }

    /// Lognormal by the mean and standard deviation of the logarithm of its seconds.
    pub fn lognormal_by_logarithm(mu: f64, sigma: f64) -> Distribution {
        Distribution(Kind::Lognormal { mu, sigma })
    }

    /// Lognormal by its mean and standard deviation \[s\].
    pub fn lognormal(mean: f64, sd: f64) -> Distribution {
        let variance = (1.0 + (sd / mean).powi(2)).ln();
        Distribution::lognormal_by_logarithm(mean.ln() - variance / 2.0, variance.sqrt())
    }

    /// Lognormal by its mean and median \[s\].
    pub fn lognormal_by_median(mean: f64, median: f64) -> Distribution {
        let sigma = (2.0 * (mean / median).ln()).max(0.0).sqrt();
        Distribution::lognormal_by_logarithm(median.ln(), sigma)
    }

    /// Even between two bounds \[s\].
    pub fn uniform(low: f64, high: f64) -> Distribution {
        Distribution(Kind::Uniform { low, high })
    }

    /// Gamma by its shape and scale \[s\].
    ///
    /// # Errors
    /// If either is not positive and finite.
    pub fn gamma(shape: f64, scale: f64) -> Result<Distribution, ParameterError> {
        let sampler = rand_distr::Gamma::new(shape, scale).map_err(ParameterError::of)?;
        Ok(Distribution::long(Law::Gamma { shape, scale, sampler }))
    }

    /// Weibull by its scale \[s\] and shape.
    ///
    /// # Errors
    /// If either is not positive and finite.
    pub fn weibull(scale: f64, shape: f64) -> Result<Distribution, ParameterError> {
        let sampler = rand_distr::Weibull::new(scale, shape).map_err(ParameterError::of)?;
        Ok(Distribution::long(Law::Weibull { scale, shape, sampler }))
    }

    /// Triangular by its bounds and peak \[s\].
    ///
    /// # Errors
    /// If `low <= mode <= high` and `low < high` do not hold.
    pub fn triangular(low: f64, mode: f64, high: f64) -> Result<Distribution, ParameterError> {
        let sampler = rand_distr::Triangular::new(low, high, mode).map_err(ParameterError::of)?;
        Ok(Distribution::long(Law::Triangular { low, mode, high, sampler }))
    }

    /// One of several values \[s\], by their weights.
    ///
    /// # Errors
    /// If there are not as many weights as values, or no weight is positive.
    pub fn values(values: &[f64], weights: &[f64]) -> Result<Distribution, ParameterError> {
        if values.len() != weights.len() {
            return Err(ParameterError("each value has one weight".to_owned()));
        }
        let shares = shares(weights)?;
        Ok(Distribution::long(Law::Values(
            shares.into_iter().zip(values.iter().copied()).collect(),
        )))
    }

    /// Even between each edge and the next \[s\], by the weights of these parts.
    ///
    /// # Errors
    /// If the edges do not rise, there is not one more of them than weights, or no weight is positive.
    pub fn histogram(edges: &[f64], weights: &[f64]) -> Result<Distribution, ParameterError> {
        if edges.len() != weights.len() + 1 || edges.windows(2).any(|part| part[0] >= part[1]) {
            return Err(ParameterError("the edges of its parts rise".to_owned()));
        }
        let parts = shares(weights)?.into_iter().zip(edges.windows(2));
        let parts = parts.map(|(share, part)| (share, part[0], part[1])).collect();
        Ok(Distribution::long(Law::Histogram(parts)))
    }

    /// One of several distributions, by their weights.
    ///
    /// # Errors
    /// If no weight is positive.
    pub fn mixture(parts: Vec<(f64, Distribution)>) -> Result<Distribution, ParameterError> {
        let weights: Vec<f64> = parts.iter().map(|part| part.0).collect();
        let laws = parts.into_iter().map(|part| part.1);
        Ok(Distribution::long(Law::Mixture(shares(&weights)?.into_iter().zip(laws).collect())))
    }

    /// The times of a distribution that lie from `low` to `high` \[s\]: whatever is outside is drawn
    /// again.
    ///
    /// # Errors
    /// If less than [`LEAST_KEPT`] of the distribution lies there.
    pub fn truncated(
        of: Distribution,
        low: f64,
        high: f64,
    ) -> Result<Distribution, ParameterError> {
        let kept = of.share_between(low, high);
        if kept >= LEAST_KEPT {
            Ok(Distribution::long(Law::Truncated { of, low, high }))
        } else {
            Err(ParameterError(format!("only {kept} of it is kept")))
        }
    }

    fn long(law: Law) -> Distribution {
        Distribution(Kind::Long(Box::new(law)))
    }

    /// Draws a length of time, to the nearest second.
    #[inline(always)]
    pub fn sample(&self, generator: &mut Generator) -> Span {
        // Nearly all times are lognormal: they need no choice of kinds.
        if let Kind::Lognormal { mu, sigma } = &self.0 {
            let draw = Distribution::unit_normal(generator);
            return Span::round_seconds(exp(mu + sigma * draw));
        }
        let (span, advanced) = self.sample_other(generator.clone());
        *generator = advanced;
        span
    }

    /// Draws from the others, away from those. The generator is handed over and back, so that those
    /// need no place in memory for theirs.
    #[inline(never)]
    fn sample_other(&self, mut generator: Generator) -> (Span, Generator) {
        let span = match &self.0 {
            Kind::Fixed(span) => *span,
            _ => Span::round_seconds(self.sample_seconds(&mut generator)),
        };
        (span, generator)
    }

    /// Draws a length of time \[s\].
    pub(super) fn sample_seconds(&self, generator: &mut Generator) -> f64 {
        match &self.0 {
            Kind::Fixed(span) => span.seconds().into(),
            Kind::Exponential { mean } => mean * Distribution::unit_exponential(generator),
            Kind::Lognormal { mu, sigma } => exp(mu + sigma * Distribution::unit_normal(generator)),
            Kind::Uniform { low, high } => low + (high - low) * generator.unit(),
            Kind::Long(law) => law.sample(generator),
        }
    }

    /// A draw of the normal distribution with mean 0 and standard deviation 1.
    #[inline]
    pub fn unit_normal(generator: &mut Generator) -> f64 {
        StandardNormal.sample(&mut generator.mostly_once())
    }

    /// A draw of the exponential distribution with mean 1.
    #[inline]
    pub fn unit_exponential(generator: &mut Generator) -> f64 {
        Exp1.sample(&mut generator.mostly_once())
    }
}

/// The least share of a distribution that a truncation may keep: what is outside is drawn again, some
/// hundred times at most on average.
pub const LEAST_KEPT: f64 = 0.01;

impl ParameterError {
    fn of(error: impl std::fmt::Display) -> ParameterError {
        ParameterError(error.to_string())
    }
}

/// The running shares of weights.
fn shares(weights: &[f64]) -> Result<Vec<f64>, ParameterError> {
    let sound = weights.iter().all(|weight| *weight >= 0.0 && weight.is_finite());
    if sound && weights.iter().sum::<f64>() > 0.0 {
        Ok(running_shares(weights))
    } else {
        Err(ParameterError("weights are 0 or more, and not all 0".to_owned()))
    }
}
