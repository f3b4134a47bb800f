//! Who is there when the simulation begins, and what ends it.

use super::Checker;
use crate::random::LEAST_KEPT;
use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::flow::Flow;
use crate::scenario::language::{Capacity, Initial, Named, Step};
use crate::scenario::{law, nearest};

/// More people than this are not there.
const MOST_PEOPLE: usize = 100_000;

impl<'a> Checker<'a> {
    pub(super) fn beginning(&mut self, flow: &Flow<'_>) {
        let d = self.description;
        if let Some(stop) = &d.run.stop {
            let none = stop.leavers.is_none() && stop.arrivals.is_none() && stop.empty.is_none();
            if none && !self.damage.touches("run.stop") {
                let message = "`run.stop` does not say what ends a run";
                let note =
                    "such as stop = { leavers = 10000 }, { arrivals = 10000 } or { empty = true }";
                self.at("run.stop", Diagnostic::error(message).note(note));
            }
            for (key, most) in [("leavers", stop.leavers), ("arrivals", stop.arrivals)] {
                if most == Some(0) {
                    let path = format!("run.stop.{key}");
                    self.at(
                        &path,
                        Diagnostic::error(format!("`{path}` is 0; it must be 1 or more")),
                    );
                }
            }
        }
        let mut in_places: Named<usize> = Named::new();
        for (index, initial) in d.initial.iter().enumerate() {
            let path = format!("initial.{index}");
            self.numbers(&path, initial);
            let Some(at) = flow.step_called(&initial.at) else {
                self.no_step(&path, initial, flow);
                continue;
            };
            let within = flow.within(at);
            if within.unsure {
                let message = format!(
                    "`{path}` cannot tell where people in `{}` are: a place is reserved before it",
                    initial.at
                );
                let note = "people can be there at the start in places that a step enters";
                self.at(&format!("{path}.at"), Diagnostic::error(message).note(note));
            }
            self.times(&path, initial, flow.steps[at].step);
            let enter = within.enter.map(|step| flow.steps[step].step);
            if let Some(step) = enter
                && let Some(place) = &step.enter
            {
                let people = initial.people.map_or(initial.persons.len(), |people| people as usize);
                let units = people * step.units.unwrap_or(1) as usize;
                *in_places.entry(place.clone()).or_default() += units;
            }
        }
        for (name, units) in in_places {
            let Some(place) = d.places.get(&name) else { continue };
            if let Capacity::Limited(capacity) = place.capacity
                && units > capacity as usize
            {
                let message = format!(
                    "those who are there at the start take {units} units of `{name}`, which has {capacity}"
                );
                self.at("initial", Diagnostic::error(message));
            }
        }
    }

    fn numbers(&mut self, path: &str, initial: &Initial) {
        if initial.people.is_some() != initial.persons.is_empty() && !self.damage.touches(path) {
            let message =
                format!("`{path}` must have either `people`, a number, or `persons`, a list");
            self.at(path, Diagnostic::error(message));
        }
        let people = initial.people.map_or(initial.persons.len(), |people| people as usize);
        if people > MOST_PEOPLE {
            let message =
                format!("`{path}` has {people} people; it must have at most {MOST_PEOPLE}");
            self.at(path, Diagnostic::error(message));
        }
        let has_times = initial.stayed.is_some() || initial.remaining.is_some();
        if !initial.persons.is_empty() && has_times {
            let message = format!("`{path}` says times for all, and persons who have their own");
            let note = "write `stayed` and `remaining` within `persons`";
            self.at(path, Diagnostic::error(message).note(note));
        }
        if let Some(stream) = &initial.stream {
            let d = self.description;
            let path = format!("{path}.stream");
            self.named(&path, stream, "stream of arrivals", "arrivals", &d.arrivals);
        }
        for (key, time) in [("stayed", &initial.stayed), ("remaining", &initial.remaining)] {
            if let Some(time) = time {
                self.distribution(&format!("{path}.{key}"), time);
            }
        }
    }

    fn no_step(&mut self, path: &str, initial: &Initial, flow: &Flow<'_>) {
        let prefix = "pathways.";
        let known: Vec<String> = flow
            .steps
            .iter()
            .filter_map(|flat| flat.path.strip_prefix(prefix))
            .map(|path| path.replacen(".steps.", ".", 1))
            .collect();
        let pathway = initial.at.split('.').next().unwrap_or_default();
        if self.damage.touches(&format!("pathways.{pathway}")) {
            return;
        }
        let message = format!("there is no step `{}` in a pathway", initial.at);
        let advice = nearest::advice(&initial.at, known.iter().map(String::as_str));
        self.at(&format!("{path}.at"), Diagnostic::error(message).note(advice));
    }

    /// What people have stayed and what remains fits the step.
    fn times(&mut self, path: &str, initial: &Initial, step: &Step) {
        let Some(time) = step.stay.as_ref().or(step.wait.as_ref()) else {
            let remaining = initial.remaining.is_some()
                || initial.persons.iter().any(|known| known.remaining.is_some());
            if remaining {
                let message = format!("`{path}` says what remains of a step that has no time");
                let note = "it goes with `stay` and `wait`; people in other steps begin with them";
                self.at(path, Diagnostic::error(message).note(note));
            }
            return;
        };
        let before = self.found.len();
        self.distribution(&format!("{path}.at"), time);
        let law = law::of(time).filter(|_| self.found.len() == before);
        self.found.truncate(before);
        let Some(law) = law else { return };
        for (index, known) in initial.persons.iter().enumerate() {
            if let (Some(stayed), None) = (known.stayed, known.remaining)
                && law.share_between(stayed.seconds, f64::INFINITY) < LEAST_KEPT
            {
                let path = format!("{path}.persons.{index}");
                let message = format!(
                    "`{path}` has stayed {stayed}, longer than nearly all stay in `{}`",
                    initial.at
                );
                let note = "say with `remaining` how long they still stay";
                self.at(&path, Diagnostic::error(message).note(note));
            }
        }
    }
}
