//! The parameters of distributions.

use super::Checker;
use super::numbers::number;
use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::language::{Distribution, Gamma, Lognormal};
use crate::scenario::law;
use crate::scenario::units::Duration;

/// No time is expected to be longer \[seconds\].
const LONGEST: f64 = 1000.0 * 365.0 * 86_400.0;

/// No time that is drawn has a mean or spread of less \[seconds\].
const LEAST: f64 = 0.001;

/// More stages than this are a fixed time.
const MOST_STAGES: u32 = 10_000;

impl Checker<'_> {
    pub(super) fn distribution(&mut self, path: &str, distribution: &Distribution) {
        if self.damage.touches(path) {
            return;
        }
        let before = self.found.len();
        self.law(path, distribution);
        if self.found.len() > before {
            return;
        }
        // Only what is sound so far has a mean that can be asked for.
        if let Some(law) = law::of(distribution)
            && !(law.mean().is_finite() && law.mean() <= LONGEST)
        {
            let message = format!("`{path}` has a mean of more than 1000 years");
            self.at_table(path, Diagnostic::error(message));
        }
    }

    fn law(&mut self, path: &str, distribution: &Distribution) {
        match distribution {
            Distribution::Fixed(_) => {}
            Distribution::Exponential(mean) => self.positive(&format!("{path}.exponential"), *mean),
            Distribution::Lognormal(law) => self.lognormal(&format!("{path}.lognormal"), law),
            Distribution::Gamma(law) => self.gamma(&format!("{path}.gamma"), law),
            Distribution::Erlang(law) => {
                let path = format!("{path}.erlang");
                self.positive(&format!("{path}.mean"), law.mean);
                if !(1..=MOST_STAGES).contains(&law.stages) {
                    let message = format!(
                        "`{path}.stages` is {}; it must be from 1 to {MOST_STAGES}",
                        law.stages
                    );
                    self.at(&format!("{path}.stages"), Diagnostic::error(message));
                }
            }
            Distribution::Weibull(law) => {
                let path = format!("{path}.weibull");
                self.shape(&format!("{path}.shape"), law.shape);
                self.positive(&format!("{path}.scale"), law.scale);
            }
            Distribution::Triangular(law) => {
                let path = format!("{path}.triangular");
                if !(law.low <= law.mode && law.mode <= law.high && law.low < law.high) {
                    let message = format!(
                        "`{path}` goes from {} over {} to {}; `low` must be less than `high`, and `mode` between them",
                        law.low, law.mode, law.high
                    );
                    self.at_table(&path, Diagnostic::error(message));
                }
            }
            Distribution::Uniform(law) => {
                let path = format!("{path}.uniform");
                if law.low >= law.high {
                    let message = format!(
                        "`{path}` goes from {} to {}; `low` must be less than `high`",
                        law.low, law.high
                    );
                    self.at_table(
                        &path,
                        Diagnostic::error(message)
                            .note("a time that is always the same is written as text: \"2 days\""),
                    );
                }
            }
            Distribution::Empirical(law) => self.empirical(&format!("{path}.empirical"), law),
            Distribution::Histogram(law) => self.histogram(&format!("{path}.histogram"), law),
            Distribution::Mixture(parts) => self.mixture(&format!("{path}.mixture"), parts),
            Distribution::Truncated(law) => self.truncated(&format!("{path}.truncated"), law),
        }
    }

    fn lognormal(&mut self, path: &str, law: &Lognormal) {
        let given = [
            ("mean", law.mean.is_some()),
            ("sd", law.sd.is_some()),
            ("median", law.median.is_some()),
            ("mu", law.mu.is_some()),
            ("sigma", law.sigma.is_some()),
            ("unit", law.unit.is_some()),
        ];
        let allowed: [&[&str]; 3] =
            [&["mean", "sd"], &["mean", "median"], &["mu", "sigma", "unit"]];
        if !self.combination(path, &given, &allowed) {
            return;
        }
        for (key, time) in
            [("mean", law.mean), ("sd", law.sd), ("median", law.median), ("unit", law.unit)]
        {
            if let Some(time) = time {
                self.positive(&format!("{path}.{key}"), time);
            }
        }
        self.spread(path, law.mean, law.sd);
        if let (Some(mean), Some(median)) = (law.mean, law.median)
            && median > mean
        {
            let message = format!(
                "`{path}` has a median of {median} and a mean of {mean}; the median must not be more than the mean"
            );
            self.at(&format!("{path}.median"), Diagnostic::error(message));
        }
        if let (Some(mu), Some(sigma), Some(unit)) = (law.mu, law.sigma, law.unit) {
            self.not_negative(&format!("{path}.sigma"), sigma);
            let mean = (mu + sigma * sigma / 2.0).exp() * unit.seconds;
            if sigma >= 0.0 && !(mean.is_finite() && mean <= LONGEST) {
                let message = format!("`{path}` has a mean of more than 1000 years");
                let note = "`mu` and `sigma` are those of the logarithm of the time in `unit`";
                self.at(&format!("{path}.mu"), Diagnostic::error(message).note(note));
            }
        }
    }

    fn gamma(&mut self, path: &str, law: &Gamma) {
        let given = [
            ("mean", law.mean.is_some()),
            ("sd", law.sd.is_some()),
            ("shape", law.shape.is_some()),
            ("scale", law.scale.is_some()),
        ];
        if !self.combination(path, &given, &[&["mean", "sd"], &["shape", "scale"]]) {
            return;
        }
        for (key, time) in [("mean", law.mean), ("sd", law.sd), ("scale", law.scale)] {
            if let Some(time) = time {
                self.positive(&format!("{path}.{key}"), time);
            }
        }
        self.spread(path, law.mean, law.sd);
        if let Some(shape) = law.shape {
            self.shape(&format!("{path}.shape"), shape);
        }
    }

    /// Whether exactly one of the allowed sets of parameters is given.
    fn combination(&mut self, path: &str, given: &[(&str, bool)], allowed: &[&[&str]]) -> bool {
        let found: Vec<&str> = given.iter().filter(|(_, is)| *is).map(|(key, _)| *key).collect();
        if allowed.iter().any(|set| *set == found) {
            return true;
        }
        let sets: Vec<String> =
            allowed.iter().map(|set| format!("`{}`", set.join("`, `"))).collect();
        let found = match found.as_slice() {
            [] => "no parameters".to_owned(),
            found => format!("`{}`", found.join("`, `")),
        };
        let message = format!("`{path}` has {found}; it must have {}", sets.join(", or "));
        self.at_table(path, Diagnostic::error(message));
        false
    }

    /// A mean and spread so far apart that no sampling can follow are a slip of a unit.
    fn spread(&mut self, path: &str, mean: Option<Duration>, sd: Option<Duration>) {
        if let (Some(mean), Some(sd)) = (mean, sd)
            && mean.seconds >= LEAST
            && sd.seconds >= LEAST
            && !(1e-4..=1e4).contains(&(sd.seconds / mean.seconds))
        {
            let message = format!(
                "`{path}` has a mean of {mean} and a standard deviation of {sd}; they must lie nearer together"
            );
            let note = "a time that is always the same is written as text: \"2 days\"";
            self.at_table(path, Diagnostic::error(message).note(note));
        }
    }

    fn positive(&mut self, path: &str, time: Duration) {
        if time.seconds < LEAST {
            self.at(
                path,
                Diagnostic::error(format!("`{path}` is {time}; it must be more than nothing")),
            );
        }
    }

    fn shape(&mut self, path: &str, value: f64) {
        if !(0.01..=10_000.0).contains(&value) {
            let message = format!("`{path}` is {}; it must be from 0.01 to 10000", number(value));
            self.at(path, Diagnostic::error(message));
        }
    }
}
