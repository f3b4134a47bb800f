//! How much a scenario may hold: far more than any place needs, and little enough to be run.

use super::Checker;
use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::flow::Flow;

/// Of each kind of part there are at most so many.
const MOST_PARTS: usize = 250;

/// So many steps in all pathways, with the routes that they follow laid out.
const MOST_STEPS: usize = 10_000;

impl Checker<'_> {
    pub(super) fn limits(&mut self, flow: &Flow<'_>) {
        let d = self.description;
        let kinds = [
            ("organisations", d.organisations.len()),
            ("calendars", d.calendars.len()),
            ("places", d.places.len()),
            ("teams", d.teams.len()),
            ("meetings", d.meetings.len()),
            ("attributes", d.attributes.len()),
            ("arrivals", d.arrivals.len()),
            ("pathways", d.pathways.len()),
        ];
        for (table, count) in kinds {
            if count > MOST_PARTS {
                let message =
                    format!("there are {count} {table}; a scenario has at most {MOST_PARTS}");
                self.at(table, Diagnostic::error(message));
            }
        }
        if flow.steps.len() > MOST_STEPS {
            let message = format!(
                "there are {} steps in all pathways; a scenario has at most {MOST_STEPS}",
                flow.steps.len()
            );
            let note = "a route counts once for each step that follows it";
            self.at("pathways", Diagnostic::error(message).note(note));
        }
    }
}
