//! What of coordination a dated change may alter: what people do, not how they stood at the start.

use super::Checker;
use crate::scenario::check::numbers::number;
use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::language::Description;
use crate::scenario::language::coordination::{Coordination, Dyad, Stance};

const ALLOWED: &str =
    "a change may alter effort, theta, couplings, parameters, levers and the programme";

impl Checker<'_> {
    /// Compares with what holds at the start.
    pub(in crate::scenario::check) fn coordination_since(&mut self, first: &Description) {
        let path = "coordination";
        match (&first.coordination, &self.description.coordination) {
            (Some(before), Some(after)) => self.same_start(before, after),
            (None, None) => {}
            _ if self.damage.covers(path) => {}
            (before, _) => {
                let verb = if before.is_none() { "adds" } else { "takes away" };
                let message = format!(
                    "a change {verb} `{path}`; relationships are part of the model for the whole run, or not at all"
                );
                let note = "write [coordination] in the scenario itself; what people do there may change later";
                self.at(path, Diagnostic::error(message).note(note));
            }
        }
    }

    fn same_start(&mut self, before: &Coordination, after: &Coordination) {
        let names = after.organisations.keys().chain(before.organisations.keys());
        for name in names {
            let of = |said: &Coordination| {
                stance(&said.organisations.get(name).copied().unwrap_or_default())
            };
            for ((key, old), (_, new)) in of(before).into_iter().zip(of(after)) {
                self.same(&format!("coordination.organisations.{name}.{key}"), old, new);
            }
        }
        let names = after.dyads.keys().chain(before.dyads.keys());
        for name in names {
            match (before.dyads.get(name), after.dyads.get(name)) {
                (Some(before), Some(after)) => {
                    for ((key, old), (_, new)) in dyad(before).into_iter().zip(dyad(after)) {
                        self.same(&format!("coordination.dyads.{name}.{key}"), old, new);
                    }
                }
                (before, _) => {
                    let path = format!("coordination.dyads.{name}");
                    let verb = if before.is_none() { "adds" } else { "takes away" };
                    let message = format!(
                        "a change {verb} the dyad `{name}`; how organisations stand to each other is read only at the start"
                    );
                    self.at(&path, Diagnostic::error(message).note(ALLOWED));
                }
            }
        }
        if before.survey_every != after.survey_every {
            let path = "coordination.survey_every";
            let message = format!(
                "a change alters `{path}` from {} to {}; surveys are held at the same interval for the whole run",
                before.survey_every, after.survey_every
            );
            self.at(path, Diagnostic::error(message).note(ALLOWED));
        }
    }

    fn same(&mut self, path: &str, old: f64, new: f64) {
        if old.total_cmp(&new).is_ne() {
            let message = format!(
                "a change alters `{path}` from {} to {}; it is read only at the start",
                number(old),
                number(new)
            );
            self.at(path, Diagnostic::error(message).note(ALLOWED));
        }
    }
}

/// How an organisation starts.
fn stance(stance: &Stance) -> [(&'static str, f64); 5] {
    let Stance { effort: _, morale, goals, sponsorship, pressure, standard } = *stance;
    [
        ("morale", morale),
        ("goals", goals),
        ("sponsorship", sponsorship),
        ("pressure", pressure),
        ("standard", standard),
    ]
}

/// How a dyad starts.
fn dyad(dyad: &Dyad) -> [(&'static str, f64); 5] {
    let Dyad { leads, teams, understanding, process, traffic } = *dyad;
    [
        ("leads", leads),
        ("teams", teams),
        ("understanding", understanding),
        ("process", process),
        ("traffic", traffic),
    ]
}
