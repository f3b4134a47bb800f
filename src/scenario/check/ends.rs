//! Every way must have an end: no loop without an exit, no pathway that stops short of leaving,
//! no move to a place that nobody holds.

use super::Checker;
use super::ways::{Survey, Way};
use crate::scenario::diagnostic::Diagnostic;

impl Checker<'_> {
    pub(super) fn ends(&mut self, survey: &Survey<'_>) {
        for (here, seen) in survey.reached() {
            let flat = &survey.flow.steps[here];
            let path = &flat.path;
            for way in &seen.ways {
                let why = match way {
                    Way::Nowhere(false) => format!("after `{path}` there is no further step, and the person has not left"),
                    Way::Nowhere(true) => {
                        format!("who does not need `{path}` comes to no further step, and has not left")
                    }
                    Way::To(_) | Way::Out => continue,
                };
                let note = "end with a step such as home = { leave = \"home\" }, or say with `then` where to go on";
                self.at(path, Diagnostic::error(why).note(note));
            }
            if flat.step.r#move.is_some() && seen.without_reserve {
                let message = format!("`{path}` moves to a place held, but a person can come here who holds none");
                let note = "put a step with `reserve` before it on every way, or use `enter`";
                self.at(path, Diagnostic::error(message).note(note));
            }
        }
        self.traps(survey);
    }

    /// Circles from which nobody gets out.
    fn traps(&mut self, survey: &Survey<'_>) {
        let count = survey.steps.len();
        let mut free: Vec<bool> =
            survey.steps.iter().map(|seen| seen.ways.iter().any(|way| !matches!(way, Way::To(_)))).collect();
        let leads_on = |here: usize, free: &[bool]| {
            survey.steps[here].ways.iter().any(|way| matches!(way, Way::To(target) if free[*target]))
        };
        loop {
            let newly: Vec<usize> = (0..count).filter(|here| !free[*here] && leads_on(*here, &free)).collect();
            if newly.is_empty() {
                break;
            }
            newly.into_iter().for_each(|here| free[here] = true);
        }
        let mut told = vec![false; count];
        let trapped: Vec<usize> =
            survey.reached().map(|(here, _)| here).filter(|here| !free[*here]).collect();
        for here in trapped {
            if told[here] {
                continue;
            }
            let circle = reachable(survey, here);
            // Only the circle itself is told, not the steps that merely lead into it.
            let is_circle = circle.iter().all(|other| reachable(survey, *other).contains(&here));
            if !is_circle || circle.is_empty() {
                continue;
            }
            for other in &circle {
                told[*other] = true;
            }
            self.trap(survey, &circle);
        }
    }

    fn trap(&mut self, survey: &Survey<'_>, circle: &[usize]) {
        let mut circle = circle.to_vec();
        circle.sort_unstable();
        let names: Vec<String> = circle.iter().map(|step| format!("`{}`", survey.flow.steps[*step].name)).collect();
        let path = &survey.flow.steps[circle[0]].path;
        let message = match names.as_slice() {
            [only] => format!("nobody who comes to {only} ever leaves: it only leads back to itself"),
            several if several.len() <= 6 => {
                format!("nobody who comes to `{path}` ever leaves: {} lead only to one another", several.join(", "))
            }
            several => format!(
                "nobody who comes to `{path}` ever leaves: {} and {} more lead only to one another",
                several[..5].join(", "),
                several.len() - 5
            ),
        };
        let mut diagnostic = Diagnostic::error(message)
            .note("a loop needs an exit: an `again` with a chance below 1, or a share of a `split` that leads on");
        let places = circle.iter().filter_map(|step| survey.flow.steps[*step].step.enter.as_deref());
        if let Some(place) = places.last() {
            diagnostic = diagnostic.note(format!("whoever enters the place `{place}` there stays in it for ever"));
        }
        self.at(path, diagnostic);
    }
}

/// All steps that can come after one.
fn reachable(survey: &Survey<'_>, from: usize) -> Vec<usize> {
    let mut seen = vec![false; survey.steps.len()];
    let mut open = vec![from];
    let mut found = Vec::new();
    while let Some(here) = open.pop() {
        for way in &survey.steps[here].ways {
            if let Way::To(target) = way
                && !std::mem::replace(&mut seen[*target], true)
            {
                found.push(*target);
                open.push(*target);
            }
        }
    }
    found
}
