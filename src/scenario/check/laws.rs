//! Distributions that are put together: from values, from parts, from other distributions.

use super::Checker;
use super::numbers::number;
use crate::random::LEAST_KEPT;
use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::language::{Distribution, Empirical, Histogram, Part, Truncated};
use crate::scenario::law;

/// More values, parts or distributions than this are for another kind of distribution.
const MOST: usize = 10_000;

impl Checker<'_> {
    pub(super) fn empirical(&mut self, path: &str, law: &Empirical) {
        if !self.some(&format!("{path}.values"), law.values.len(), 1) {
            return;
        }
        let (values, weights) = (law.values.len(), law.weights.len());
        if weights > 0 && weights != values {
            let message = format!(
                "`{path}` has {values} values and {weights} weights; each value must have one weight"
            );
            let note = "without `weights`, all values have the same";
            self.at(&format!("{path}.weights"), Diagnostic::error(message).note(note));
        }
        self.factors(&format!("{path}.weights"), &law.weights);
    }

    pub(super) fn histogram(&mut self, path: &str, law: &Histogram) {
        let edges = format!("{path}.edges");
        if !self.some(&edges, law.edges.len(), 2) {
            return;
        }
        for (index, pair) in law.edges.windows(2).enumerate() {
            if pair[0] >= pair[1] {
                let message = format!(
                    "`{edges}` goes from {} to {}; each edge must be later than the one before",
                    pair[0], pair[1]
                );
                self.at(&format!("{edges}.{}", index + 1), Diagnostic::error(message));
            }
        }
        let (parts, shares) = (law.edges.len() - 1, law.shares.len());
        if parts != shares {
            let message = format!(
                "`{path}` has {parts} parts between its edges, and so many shares: {shares}; each part must have one"
            );
            self.at(&format!("{path}.shares"), Diagnostic::error(message));
            return;
        }
        self.list_of_shares(&format!("{path}.shares"), &law.shares);
    }

    pub(super) fn mixture(&mut self, path: &str, parts: &[Part]) {
        if !self.some(path, parts.len(), 1) {
            return;
        }
        let shares: Vec<f64> = parts.iter().map(|part| part.share).collect();
        self.list_of_shares(path, &shares);
        for (index, part) in parts.iter().enumerate() {
            self.distribution(&format!("{path}.{index}.of"), &part.of);
        }
    }

    pub(super) fn truncated(&mut self, path: &str, cut: &Truncated) {
        let before = self.found.len();
        self.distribution(&format!("{path}.of"), &cut.of);
        let (low, high) = (cut.low.unwrap_or_default().seconds, cut.high.map(|it| it.seconds));
        if cut.low.is_none() && cut.high.is_none() {
            let message = format!("`{path}` lacks the keys `low` and `high`");
            let note = "say at least one of them; without either, nothing is cut off";
            self.at(path, Diagnostic::error(message).note(note));
        }
        if let (Some(least), Some(most)) = (cut.low, cut.high)
            && least > most
        {
            let message =
                format!("`{path}` goes from {least} to {most}; `low` must not be more than `high`");
            self.at_table(path, Diagnostic::error(message));
        }
        let law = law::of(&cut.of).filter(|_| self.found.len() == before);
        let Some(law) = law else { return };
        let kept = law.share_between(low, high.unwrap_or(f64::INFINITY));
        if kept < LEAST_KEPT {
            let message = format!(
                "`{path}` keeps {} % of its distribution; it must keep {} % or more",
                number((kept * 1e4).round() / 1e2),
                number(LEAST_KEPT * 100.0)
            );
            let note = "a time so seldom within the bounds has another distribution";
            self.at_table(path, Diagnostic::error(message).note(note));
        }
        if matches!(cut.of, Distribution::Fixed(_)) {
            let message = format!("`{path}` cuts a time that is always the same");
            self.at(&format!("{path}.of"), Diagnostic::error(message).note("write the time alone"));
        }
    }

    /// Whether a list has so many entries, and not too many.
    fn some(&mut self, path: &str, entries: usize, least: usize) -> bool {
        let message = match entries {
            0 => format!("`{path}` is empty; it must have at least {least}"),
            _ if entries < least => {
                format!("`{path}` has {entries}; it must have at least {least}")
            }
            _ if entries > MOST => format!("`{path}` has {entries}; it must have at most {MOST}"),
            _ => return true,
        };
        self.at(path, Diagnostic::error(message));
        false
    }

    /// Shares in a list, which add up to 1.
    fn list_of_shares(&mut self, path: &str, shares: &[f64]) {
        let before = self.found.len();
        for (index, share) in shares.iter().enumerate() {
            self.share(&format!("{path}.{index}"), *share);
        }
        let sum: f64 = shares.iter().sum();
        if (sum - 1.0).abs() > 1e-6 && self.found.len() == before {
            let message =
                format!("the shares of `{path}` add up to {}; they must add up to 1", number(sum));
            self.at(path, Diagnostic::error(message));
        }
    }
}
