//! The distribution that a scenario's words mean.

use super::language::{Distribution as Said, Gamma, Lognormal};
use super::units::Duration;
use crate::random::Distribution;

/// The distribution that is meant; none, if there is no such distribution, which the checks tell.
pub fn of(said: &Said) -> Option<Distribution> {
    let seconds = |list: &[Duration]| list.iter().map(|it| it.seconds).collect::<Vec<_>>();
    match said {
        Said::Fixed(duration) => Some(Distribution::fixed(duration.seconds)),
        Said::Exponential(mean) => Some(Distribution::exponential(mean.seconds)),
        Said::Lognormal(law) => lognormal(law),
        Said::Gamma(law) => gamma(law),
        Said::Erlang(law) => {
            let stages = f64::from(law.stages);
            Distribution::gamma(stages, law.mean.seconds / stages).ok()
        }
        Said::Weibull(law) => Distribution::weibull(law.scale.seconds, law.shape).ok(),
        Said::Triangular(law) => {
            Distribution::triangular(law.low.seconds, law.mode.seconds, law.high.seconds).ok()
        }
        Said::Uniform(law) => Some(Distribution::uniform(law.low.seconds, law.high.seconds)),
        Said::Empirical(law) => {
            let even = vec![1.0; law.values.len()];
            let weights = if law.weights.is_empty() { &even } else { &law.weights };
            Distribution::values(&seconds(&law.values), weights).ok()
        }
        Said::Histogram(law) => Distribution::histogram(&seconds(&law.edges), &law.shares).ok(),
        Said::Mixture(parts) => {
            let parts: Option<Vec<_>> =
                parts.iter().map(|part| Some((part.share, of(&part.of)?))).collect();
            Distribution::mixture(parts?).ok()
        }
        Said::Truncated(law) => {
            let low = law.low.map_or(0.0, |it| it.seconds);
            let high = law.high.map_or(f64::INFINITY, |it| it.seconds);
            Distribution::truncated(of(&law.of)?, low, high).ok()
        }
    }
}

fn lognormal(law: &Lognormal) -> Option<Distribution> {
    let seconds = |duration: Option<Duration>| duration.map(|it| it.seconds);
    let Lognormal { mean, sd, median, mu, sigma, unit } = law;
    match (seconds(*mean), seconds(*sd), seconds(*median), mu, sigma, seconds(*unit)) {
        (Some(mean), Some(sd), ..) => Some(Distribution::lognormal(mean, sd)),
        (Some(mean), _, Some(median), ..) => Some(Distribution::lognormal_by_median(mean, median)),
        (.., Some(mu), Some(sigma), Some(unit)) => {
            Some(Distribution::lognormal_by_logarithm(mu + unit.ln(), *sigma))
        }
        _ => None,
    }
}

fn gamma(law: &Gamma) -> Option<Distribution> {
    let seconds = |duration: Option<Duration>| duration.map(|it| it.seconds);
    let Gamma { mean, sd, shape, scale } = law;
    match (seconds(*mean), seconds(*sd), shape, seconds(*scale)) {
        (Some(mean), Some(sd), ..) => Distribution::gamma((mean / sd).powi(2), sd * sd / mean).ok(),
        (.., Some(shape), Some(scale)) => Distribution::gamma(*shape, scale).ok(),
        _ => None,
    }
}
