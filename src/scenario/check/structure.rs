//! A change may alter values, but the parts and steps stay what they are while a scenario runs.

use super::{Checker, Subject};
use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::flow::Flow;
use crate::scenario::language::Description;

impl<'a> Checker<'a> {
    /// Compares with what holds at the start.
    pub(super) fn structure(
        &mut self,
        first: &Subject<'a>,
        first_flow: &Flow<'_>,
        flow: &Flow<'_>,
    ) {
        let (a, b) = (first.description, self.description);
        let values = |d: &'a Description| d.attributes.values().flat_map(|it| &it.values).collect();
        let tables: [(&str, Vec<&String>, Vec<&String>); 9] = [
            ("organisations", a.organisations.keys().collect(), b.organisations.keys().collect()),
            ("places", a.places.keys().collect(), b.places.keys().collect()),
            ("teams", a.teams.keys().collect(), b.teams.keys().collect()),
            ("meetings", a.meetings.keys().collect(), b.meetings.keys().collect()),
            ("attributes", a.attributes.keys().collect(), b.attributes.keys().collect()),
            ("attributes", values(a), values(b)),
            ("arrivals", a.arrivals.keys().collect(), b.arrivals.keys().collect()),
            ("pathways", a.pathways.keys().collect(), b.pathways.keys().collect()),
            ("routes", a.routes.keys().collect(), b.routes.keys().collect()),
        ];
        let mut differs = false;
        for (table, old, new) in tables {
            if old == new || self.damage.covers(table) {
                continue;
            }
            differs = true;
            let names = |some: &[&String], than: &[&String]| -> Vec<String> {
                some.iter()
                    .filter(|name| !than.contains(name))
                    .map(|name| format!("`{name}`"))
                    .collect()
            };
            let (lost, gained) = (names(&old, &new), names(&new, &old));
            let what = match (lost.is_empty(), gained.is_empty()) {
                (false, false) => {
                    format!("takes away {} and adds {}", lost.join(", "), gained.join(", "))
                }
                (false, true) => format!("takes away {}", lost.join(", ")),
                (true, false) => format!("adds {}", gained.join(", ")),
                (true, true) => "puts the parts into another order".to_owned(),
            };
            let message = format!("a change of `{table}` {what}; a change may only alter values");
            let note = "a table in braces replaces the old one; dotted keys alter a single value: set.places.ward.capacity = 20";
            self.at_table(table, Diagnostic::error(message).note(note));
        }
        if differs || self.damage.touches("pathways") || self.damage.touches("routes") {
            return;
        }
        self.same_steps(first_flow, flow);
    }

    /// The steps must be the same, and each must remain what it is.
    fn same_steps(&mut self, first: &Flow<'_>, flow: &Flow<'_>) {
        let (a, b) = (first.steps.iter(), flow.steps.iter());
        let differs = a.clone().zip(b.clone()).find(|(a, b)| {
            a.path != b.path || kind(a.step) != kind(b.step) || whom(a.step) != whom(b.step)
        });
        let path = match differs {
            Some((old, new)) if old.path == new.path => {
                let message = format!(
                    "a change makes something else of the step `{}`; a change may only alter values",
                    new.path
                );
                self.at(&new.path, Diagnostic::error(message));
                return;
            }
            Some((_, new)) => &new.path,
            None if a.len() != b.len() => match flow.steps.last() {
                Some(last) => &last.path,
                None => return,
            },
            None => return,
        };
        let group = path.split(".steps.").next().unwrap_or(path);
        let message = format!(
            "a change adds, takes away or moves steps of `{group}`; a change may only alter values"
        );
        let note = "to let people take other steps from a date on, change `chance` or `split`";
        self.at(&format!("{group}.steps"), Diagnostic::error(message).note(note));
    }
}

/// Who works on a step: what has begun with them ends with them.
fn whom(step: &crate::scenario::language::Step) -> ([Option<&str>; 4], Option<u32>) {
    let units = step.units.filter(|_| step.task.is_some());
    let teams = [&step.task, &step.with, &step.join, &step.leave_books];
    (teams.map(|team| team.as_deref()), units)
}

/// What a step is; a number for each kind, and 0 for none.
fn kind(step: &crate::scenario::language::Step) -> usize {
    let kinds = [
        step.enter.is_some(),
        step.reserve.is_some(),
        step.r#move.is_some(),
        step.stay.is_some(),
        step.wait.is_some(),
        step.task.is_some(),
        step.meeting.is_some(),
        step.join.is_some(),
        step.leave_books.is_some(),
        step.until.is_some(),
        step.ready.is_some(),
        step.follow.is_some(),
        step.split.is_some(),
        step.route.is_some(),
        step.leave.is_some(),
        step.readmit.is_some(),
        step.keep.is_some(),
    ];
    kinds.iter().position(|is| *is).map_or(0, |kind| kind + 1)
}
