//! How much a scenario may hold: far more than any place needs, and little enough to be run.

use std::collections::BTreeSet;

use super::Checker;
use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::flow::Flow;
use crate::scenario::language::Pathways;

/// Of each kind of part there are at most so many.
const MOST_PARTS: usize = 250;

/// So many steps in all pathways, with the routes that they follow laid out.
const MOST_STEPS: usize = 10_000;

/// So many combinations of the values of those attributes by which something is decided.
const MOST_KINDS: usize = 1_000;

impl Checker<'_> {
    /// How many kinds of people there are, by the attributes by which something is decided.
    fn kinds(&mut self) {
        let d = self.description;
        let by_stream = d.arrivals.values().filter_map(|stream| match &stream.pathways {
            Pathways::By { attribute, .. } => Some(attribute),
            Pathways::Shares(_) => None,
        });
        let steps: Vec<_> = self.all_steps().into_iter().map(|(_, step)| step).collect();
        let by_step = steps.iter().filter_map(|step| Some(&step.route.as_ref()?.by));
        let by_when = steps.iter().filter_map(|step| step.when.as_ref()).flat_map(|it| it.keys());
        let deciding: BTreeSet<&String> = by_stream.chain(by_step).chain(by_when).collect();
        let values = deciding.iter().filter_map(|name| d.attributes.get(*name));
        let kinds = values.fold(1_usize, |all, it| all.saturating_mul(it.values.len().max(1)));
        if kinds > MOST_KINDS {
            let message = format!(
                "the attributes by which something is decided make {kinds} kinds of people; a scenario has at most {MOST_KINDS}"
            );
            let note = "decide by fewer attributes, or by ones with fewer values";
            self.at("attributes", Diagnostic::error(message).note(note));
        }
    }

    pub(super) fn limits(&mut self, flow: &Flow<'_>) {
        self.kinds();
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
