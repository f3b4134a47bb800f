//! Chances, what they are chances of, and between whom.

use super::Checker;
use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::language::{Chance, Quantity};

impl Checker<'_> {
    /// A chance and, if it is a quantity of coordination, the two organisations.
    pub(super) fn chance(&mut self, path: &str, chance: &Chance) {
        self.share(path, chance.value);
        let between = format!("{path}.between");
        if self.damage.touches(&between) || self.damage.touches(&format!("{path}.of")) {
            return;
        }
        let Some(quantity) = chance.of else {
            if !chance.between.is_empty() {
                let message = format!(
                    "`{between}` is given, but `of` does not say what happens between them"
                );
                self.at(
                    &between,
                    Diagnostic::error(message).note("such as of = \"referral_returned\""),
                );
            }
            return;
        };
        let needs_pair = match quantity {
            Quantity::ReferralReturned
            | Quantity::Dispute
            | Quantity::DuplicateAssessment
            | Quantity::JointDecision
            | Quantity::OverPrescribed => true,
            Quantity::WeekendFlow | Quantity::Readmission | Quantity::AssessedInHospital => false,
        };
        match chance.between.as_slice() {
            [] if needs_pair => {
                let message = format!(
                    "`{path}` lacks the key `between`: this happens between two organisations"
                );
                self.at_key(
                    path,
                    Diagnostic::error(message)
                        .note("such as between = [\"hospital\", \"social_care\"]"),
                );
            }
            [] => {}
            names => self.two_organisations(&between, names),
        }
    }

    /// Two different organisations, between which something happens.
    pub(super) fn two_organisations(&mut self, path: &str, names: &[String]) {
        if self.damage.touches(path) {
            return;
        }
        match names {
            [from, to] => {
                for (index, name) in names.iter().enumerate() {
                    self.organisation(&format!("{path}.{index}"), name);
                }
                if from == to {
                    let message =
                        format!("`{path}` names `{from}` twice; it must name two organisations");
                    self.at(path, Diagnostic::error(message));
                }
            }
            others => {
                let names = if others.len() == 1 { "name" } else { "names" };
                let message = format!(
                    "`{path}` has {} {names}; it must name two organisations",
                    others.len()
                );
                self.at(path, Diagnostic::error(message));
            }
        }
    }
}
