//! How teams work: what becomes of their work when they close.

use super::Checker;
use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::language::{AtClosing, Team};

impl Checker<'_> {
    /// What a team does with work in progress when it closes.
    pub(super) fn closing(&mut self, name: &str, team: &Team) {
        let path = format!("teams.{name}");
        let broken = self.damage.covers(&format!("{path}.at_closing"));
        if team.hand_over_to.is_some() && team.at_closing != AtClosing::HandOver && !broken {
            let message = format!("`{path}` says to whom it hands over, but it does not hand over");
            let note = format!("add at_closing = \"hand_over\" to [{path}]");
            self.at(&format!("{path}.hand_over_to"), Diagnostic::error(message).note(note));
        }
        if team.hand_over_to.as_deref() == Some(name) {
            let message = format!("the team `{name}` hands over to itself");
            let note = "leave `hand_over_to` out: its own queue is where the work goes then";
            self.at(&format!("{path}.hand_over_to"), Diagnostic::error(message).note(note));
        }
        if team.at_closing != AtClosing::Pause && team.calendar.is_none() {
            let message = format!("the team `{name}` never closes: `at_closing` means nothing");
            let note = "a team without a `calendar` works at all hours";
            self.at(&format!("{path}.at_closing"), Diagnostic::warning(message).note(note));
        }
    }
}
