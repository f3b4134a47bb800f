//! Every name that is used must be the name of something.

use super::Checker;
use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::flow::DeadReference;
use crate::scenario::language::{Named, Owner, Step};
use crate::scenario::nearest;
use crate::scenario::reasons;

impl<'a> Checker<'a> {
    pub(super) fn references(&mut self, dead: &[DeadReference]) {
        let d = self.description;
        for (name, place) in &d.places {
            self.organisation(&format!("places.{name}.organisation"), &place.organisation);
        }
        for (name, team) in &d.teams {
            self.organisation(&format!("teams.{name}.organisation"), &team.organisation);
            if let Some(calendar) = &team.calendar {
                self.named(
                    &format!("teams.{name}.calendar"),
                    calendar,
                    "calendar",
                    "calendars",
                    &d.calendars,
                );
            }
            if let Some(other) = &team.hand_over_to {
                let path = format!("teams.{name}.hand_over_to");
                self.named(&path, other, "team", "teams", &d.teams);
            }
        }
        for (name, meeting) in &d.meetings {
            self.organisation(&format!("meetings.{name}.organisation"), &meeting.organisation);
        }
        for (name, harm) in &d.harms {
            if let Some(place) = &harm.place {
                self.named(&format!("harms.{name}.place"), place, "place", "places", &d.places);
            }
        }
        for (path, step) in self.all_steps() {
            self.step_references(&path, step);
        }
        for reference in dead {
            self.dead(reference);
        }
    }

    fn step_references(&mut self, path: &str, step: &'a Step) {
        let d = self.description;
        for (key, place) in [("enter", &step.enter), ("reserve", &step.reserve)] {
            if let Some(place) = place {
                self.named(&format!("{path}.{key}"), place, "place", "places", &d.places);
            }
        }
        if let Some(team) = &step.task {
            self.named(&format!("{path}.task"), team, "team", "teams", &d.teams);
        }
        for (key, team) in [("join", &step.join), ("leave_books", &step.leave_books)] {
            if let Some(team) = team {
                self.named(&format!("{path}.{key}"), team, "team", "teams", &d.teams);
                self.has_books(&format!("{path}.{key}"), team);
            }
        }
        if let Some(team) = &step.with {
            self.named(&format!("{path}.with"), team, "team", "teams", &d.teams);
        }
        if let Some(meeting) = &step.meeting {
            self.named(&format!("{path}.meeting"), meeting, "meeting", "meetings", &d.meetings);
        }
        if let Some(calendar) = &step.calendar {
            self.named(
                &format!("{path}.calendar"),
                calendar,
                "calendar",
                "calendars",
                &d.calendars,
            );
        }
        if let Some(back) = &step.readmit {
            let path = format!("{path}.readmit.arrivals");
            self.named(&path, &back.arrivals, "stream of arrivals", "arrivals", &d.arrivals);
        }
        for (key, code) in [("reason", &step.reason), ("queue_reason", &step.queue_reason)] {
            if let Some(code) = code {
                self.reason(&format!("{path}.{key}"), code);
            }
        }
        match &step.owner {
            Some(Owner::One(name)) => self.organisation(&format!("{path}.owner"), name),
            Some(Owner::Pair(first, second)) => {
                self.organisation(&format!("{path}.owner.0"), first);
                self.organisation(&format!("{path}.owner.1"), second);
                if first == second {
                    let message = format!(
                        "`{path}.owner` names `{first}` twice; a pair is two organisations"
                    );
                    self.at(&format!("{path}.owner"), Diagnostic::error(message));
                }
            }
            None => {}
        }
    }

    /// The name of an organisation.
    pub(super) fn organisation(&mut self, path: &str, name: &str) {
        self.named(path, name, "organisation", "organisations", &self.description.organisations);
    }

    /// A value that is the name of a part.
    pub(super) fn named<T>(
        &mut self,
        path: &str,
        name: &str,
        kind: &str,
        table: &str,
        known: &Named<T>,
    ) {
        if let Some(diagnostic) = self.unknown(name, kind, table, known) {
            self.at(path, diagnostic);
        }
    }

    /// A key that is the name of a part.
    pub(super) fn target<T>(
        &mut self,
        path: &str,
        name: &str,
        kind: &str,
        table: &str,
        known: &Named<T>,
    ) {
        if let Some(diagnostic) = self.unknown(name, kind, table, known) {
            self.at_key(path, diagnostic);
        }
    }

    fn unknown<T>(
        &self,
        name: &str,
        kind: &str,
        table: &str,
        known: &Named<T>,
    ) -> Option<Diagnostic> {
        // A part that could not be read is known all the same.
        if known.contains_key(name) || self.damage.covers(&format!("{table}.{name}")) {
            return None;
        }
        let advice = match known.is_empty() {
            true => format!("the scenario has no [{table}] at all"),
            false => nearest::advice(name, known.keys().map(String::as_str)),
        };
        let message = match name {
            "" => format!("the name of the {kind} is an empty text"),
            name => format!("there is no {kind} `{name}`"),
        };
        Some(Diagnostic::error(message).note(advice))
    }

    /// A code of a reason for delay.
    pub(super) fn reason(&mut self, path: &str, code: &str) {
        if reasons::by_code(code).is_some() {
            return;
        }
        let message = format!("{code:?} is not one of NHS England's codes for a reason of delay");
        let near = nearest::nearest(code, reasons::ALL.iter().map(|reason| reason.code))
            .and_then(reasons::by_code);
        let advice = match near {
            Some(reason) => format!("did you mean \"{}\" ({})?", reason.code, reason.text),
            None => "codes are capacity_01 to _11, hub_01 to _03, hospital_01 to _07, interface_01 to _12, wellbeing_01 to _04".to_owned(),
        };
        self.at(path, Diagnostic::error(message).note(advice));
    }

    fn dead(&mut self, reference: &DeadReference) {
        let DeadReference { path, found, expected, known } = reference;
        let step = path.find(".steps.").map_or(path.clone(), |at| {
            let name = path[at + 7..].split('.').next().unwrap_or_default();
            format!("{}.steps.{name}", &path[..at])
        });
        self.broken.push(step);
        if *expected == "route" && self.damage.covers(&format!("routes.{found}")) {
            return;
        }
        let missing = match found.split_once('.') {
            Some((pathway, _))
                if *expected == "step" && self.damage.covers(&format!("pathways.{pathway}")) =>
            {
                return;
            }
            _ => found,
        };
        let diagnostic = if *expected == "step" || *expected == "route" {
            Diagnostic::error(format!("there is no {expected} `{missing}`"))
                .note(nearest::advice(found, known.iter().map(String::as_str)))
        } else if expected.contains("back here") {
            Diagnostic::error(format!("the route `{found}` leads back into itself"))
                .note("a route may follow others, but none that follows it; `again` goes back to an earlier step")
        } else {
            Diagnostic::error(format!(
                "the route `{found}` leads to ever more routes; a scenario has at most 10000 steps"
            ))
        };
        if path.contains(".split.") {
            self.at_key(path, diagnostic)
        } else {
            self.at(path, diagnostic)
        }
    }
}
