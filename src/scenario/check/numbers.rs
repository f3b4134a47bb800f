//! Checks of single numbers, and how numbers are shown.

use super::Checker;
use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::language::Named;

/// A number without the noise of its last digits.
pub(super) fn number(value: f64) -> String {
    let rounded = (value * 1e9).round() / 1e9;
    if rounded.is_finite() && value.abs() < 1e9 { rounded.to_string() } else { value.to_string() }
}

impl Checker<'_> {
    /// A share or chance: 0 to 1.
    pub(super) fn share(&mut self, path: &str, value: f64) {
        if (0.0..=1.0).contains(&value) {
            return;
        }
        let diagnostic = Diagnostic::error(format!(
            "`{path}` is {}; it must be a share from 0 to 1",
            number(value)
        ));
        let advice = if (2.0..=100.0).contains(&value) {
            format!("{} % is written {}", number(value), number(value / 100.0))
        } else {
            String::new()
        };
        self.at(path, diagnostic.note(advice));
    }

    /// Anything that is counted or measured: 0 or more.
    pub(super) fn not_negative(&mut self, path: &str, value: f64) {
        if !(value >= 0.0 && value.is_finite()) {
            self.at(
                path,
                Diagnostic::error(format!("`{path}` is {}; it must be 0 or more", number(value))),
            );
        }
    }

    /// A number that must not be absurdly large.
    pub(super) fn at_most(&mut self, path: &str, value: f64, most: f64) {
        if value > most {
            let message =
                format!("`{path}` is {}; it must be at most {}", number(value), number(most));
            self.at(path, Diagnostic::error(message));
        }
    }

    /// Factors or weights: each 0 or more, and not all 0.
    pub(super) fn factors(&mut self, path: &str, values: &[f64]) {
        let mut sound = true;
        for (index, value) in values.iter().enumerate() {
            if !(*value >= 0.0 && value.is_finite()) {
                sound = false;
                let message = format!("`{path}` has {}; each must be 0 or more", number(*value));
                self.at(&format!("{path}.{index}"), Diagnostic::error(message));
            }
        }
        if sound
            && !values.is_empty()
            && values.iter().all(|value| *value <= 0.0)
            && !self.damage.touches(path)
        {
            self.at(
                path,
                Diagnostic::error(format!(
                    "`{path}` is 0 throughout; at least one must be more than 0"
                )),
            );
        }
    }

    /// Shares of named parts, which add up to 1.
    pub(super) fn shares(&mut self, path: &str, shares: &Named<f64>) {
        for (name, share) in shares {
            self.share(&format!("{path}.{name}"), *share);
        }
        if self.damage.touches(path) {
            return;
        }
        if shares.is_empty() {
            self.at(
                path,
                Diagnostic::error(format!("`{path}` names nothing; its shares must add up to 1")),
            );
            return;
        }
        let sum: f64 = shares.values().sum();
        let excess = sum - 1.0;
        if excess.abs() <= 1e-6 {
            return;
        }
        let parts: Vec<String> =
            shares.iter().map(|(name, share)| format!("{name} {}", number(*share))).collect();
        let many = shares.len() > 1;
        let advice = format!(
            "{}; {} {} by {}",
            parts.join(" + "),
            if excess > 0.0 { "lower" } else { "raise" },
            if many { "one of them" } else { "it" },
            number(excess.abs())
        );
        let message =
            format!("the shares of `{path}` add up to {}; they must add up to 1", number(sum));
        self.at_table(path, Diagnostic::error(message).note(advice));
    }
}
