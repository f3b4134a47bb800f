//! Laws whose draws take more code: gamma, Weibull and triangular, and those that are put together
//! from values, from parts of other laws, or from a piece of another.

use rand_distr::Distribution as _;

use super::{Distribution, Generator};

/// One of the laws. All parameters are in seconds.
#[derive(Debug, Clone)]
pub(super) enum Law {
    /// Gamma, also Erlang.
    Gamma { shape: f64, scale: f64, sampler: rand_distr::Gamma<f64> },
    /// Weibull.
    Weibull { scale: f64, shape: f64, sampler: rand_distr::Weibull<f64> },
    /// Triangular.
    Triangular { low: f64, mode: f64, high: f64, sampler: rand_distr::Triangular<f64> },
    /// One of several values: each with the share of those up to it.
    Values(Vec<(f64, f64)>),
    /// Even within each of several parts: its bounds, with the share up to its end.
    Histogram(Vec<(f64, f64, f64)>),
    /// One of several laws: each with the share of those up to it.
    Mixture(Vec<(f64, Distribution)>),
    /// Those times of a law that lie from `low` to `high`.
    Truncated { of: Distribution, low: f64, high: f64 },
}

impl Law {
    /// Draws a length of time \[s\].
    pub(super) fn sample(&self, generator: &mut Generator) -> f64 {
        match self {
            Law::Gamma { sampler, .. } => sampler.sample(generator),
            Law::Weibull { sampler, .. } => sampler.sample(generator),
            Law::Triangular { sampler, .. } => sampler.sample(generator),
            Law::Values(values) => pick(values, |it| it.0, generator.unit()).1,
            Law::Histogram(parts) => {
                let &(_, low, high) = pick(parts, |it| it.0, generator.unit());
                low + (high - low) * generator.unit()
            }
            Law::Mixture(parts) => {
                pick(parts, |it| it.0, generator.unit()).1.sample_seconds(generator)
            }
            // Checked: enough of the law lies within, so that this ends soon.
            Law::Truncated { of, low, high } => loop {
                let seconds = of.sample_seconds(generator);
                if (*low..=*high).contains(&seconds) {
                    return seconds;
                }
            },
        }
    }
}

/// The part in which a number from 0 to below 1 falls, by the shares up to the end of each part.
fn pick<T>(parts: &[T], up_to: impl Fn(&T) -> f64, unit: f64) -> &T {
    let at = parts.partition_point(|part| up_to(part) <= unit);
    parts.get(at).or(parts.last()).expect("a law has parts")
}

/// The running sums of weights, as shares of their total; the last that has any weight is 1.
pub(super) fn running_shares(weights: &[f64]) -> Vec<f64> {
    let total: f64 = weights.iter().sum();
    let last = weights.iter().rposition(|weight| *weight > 0.0).unwrap_or(0);
    let mut sum = 0.0;
    let add = |(index, weight): (usize, &f64)| {
        sum += weight;
        if index >= last { 1.0 } else { sum / total }
    };
    weights.iter().enumerate().map(add).collect()
}
