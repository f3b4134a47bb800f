//! How long something takes.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::scenario::units::Duration;

/// How long something takes.
#[derive(Debug, Clone, PartialEq)]
pub enum Distribution {
    /// Always the same. May be written as the time alone: `"2 hours"`; `deterministic` says the same.
    Fixed(Duration),
    /// Exponential, by its mean.
    Exponential(Duration),
    /// Lognormal.
    Lognormal(Lognormal),
    /// Gamma.
    Gamma(Gamma),
    /// Erlang: the sum of `stages` equal exponentials.
    Erlang(Erlang),
    /// Weibull.
    Weibull(Weibull),
    /// Triangular.
    Triangular(Triangular),
    /// Even between two bounds.
    Uniform(Uniform),
    /// One of several values, such as those that were measured.
    Empirical(Empirical),
    /// Even within each of several parts.
    Histogram(Histogram),
    /// One of several distributions, by share; the shares add up to 1.
    Mixture(Vec<Part>),
    /// What of a distribution lies between two bounds; whatever is outside is drawn again.
    Truncated(Box<Truncated>),
}

/// Lognormal: `mean` and `sd`; or `mean` and `median`; or `mu`, `sigma` and the unit of `exp(mu)`.
#[derive(Debug, Clone, PartialEq, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Lognormal {
    /// Mean.
    pub mean: Option<Duration>,
    /// Standard deviation.
    pub sd: Option<Duration>,
    /// Median.
    pub median: Option<Duration>,
    /// Mean of the logarithm of the time in `unit`.
    pub mu: Option<f64>,
    /// Standard deviation of the logarithm.
    pub sigma: Option<f64>,
    /// The unit of `mu`, such as `"1 day"`.
    pub unit: Option<Duration>,
}

/// Gamma: `mean` and `sd`; or `shape` and `scale`.
#[derive(Debug, Clone, PartialEq, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Gamma {
    /// Mean.
    pub mean: Option<Duration>,
    /// Standard deviation.
    pub sd: Option<Duration>,
    /// Shape.
    pub shape: Option<f64>,
    /// Scale.
    pub scale: Option<Duration>,
}

/// Erlang, by its mean and number of stages.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Erlang {
    /// Mean of the whole.
    pub mean: Duration,
    /// Number of stages, 1 or more.
    pub stages: u32,
}

/// Weibull, by its shape and scale.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Weibull {
    /// Shape.
    pub shape: f64,
    /// Scale: 63 % lie below.
    pub scale: Duration,
}

/// Triangular, by its bounds and peak.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Triangular {
    /// Least.
    pub low: Duration,
    /// Most likely.
    pub mode: Duration,
    /// Most.
    pub high: Duration,
}

/// Even between two bounds.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Uniform {
    /// Least.
    pub low: Duration,
    /// Most.
    pub high: Duration,
}

/// One of several values.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Empirical {
    /// The values.
    pub values: Vec<Duration>,
    /// The weight of each value; all the same, if not said.
    #[serde(default)]
    pub weights: Vec<f64>,
}

/// Even within each of several parts.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Histogram {
    /// Where the parts begin and end: one edge more than there are parts, each later than the one
    /// before.
    pub edges: Vec<Duration>,
    /// The share of each part; the shares add up to 1.
    pub shares: Vec<f64>,
}

/// One of the distributions of a mixture.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// How often it is this one [0-1].
    pub share: f64,
    /// The distribution.
    pub of: Distribution,
}

/// What of a distribution lies between two bounds.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Truncated {
    /// The distribution.
    pub of: Distribution,
    /// Least; none, if not said.
    #[serde(default)]
    pub low: Option<Duration>,
    /// Most; none, if not said.
    #[serde(default)]
    pub high: Option<Duration>,
}
