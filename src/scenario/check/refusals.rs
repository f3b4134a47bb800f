//! Who is refused, or gives up, must go on in a way that takes time: else they would ask again, and
//! be refused again, for ever at the same moment.

use super::Checker;
use super::ways::Survey;
use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::language::{Distribution, Step};

impl Checker<'_> {
    pub(super) fn refusals(&mut self, survey: &Survey<'_>) {
        for (here, _) in survey.reached() {
            let flat = &survey.flow.steps[here];
            let path = &flat.path;
            if let Some(Distribution::Fixed(patience)) = &flat.step.patience
                && patience.seconds < 1.0
            {
                let message = format!("`{path}.patience` is no time at all");
                let note = "for a place that lets nobody wait, write queue_limit = 0 in the place";
                self.at(&format!("{path}.patience"), Diagnostic::error(message).note(note));
            }
            if let Some(target) = flat.refused
                && comes_back_at_once(survey, target, here)
            {
                let message = format!(
                    "who is refused in `{path}` can come back to it at the same moment, and be refused again for ever"
                );
                let note = "put a step that takes time on the way, such as wait = \"1 hour\"";
                self.at(&format!("{path}.if_refused"), Diagnostic::error(message).note(note));
            }
        }
    }
}

/// Whether a step takes time from everybody.
fn takes_time(step: &Step) -> bool {
    let timed = [&step.stay, &step.wait];
    let no_time = |time: &Distribution| matches!(time, Distribution::Fixed(it) if it.seconds < 1.0);
    step.chance.is_none()
        && (timed.iter().any(|time| time.as_ref().is_some_and(|time| !no_time(time)))
            || step.takes.as_ref().is_some_and(|time| !no_time(time))
            || step.readmit.is_some())
}

/// Whether somebody can go from a step to another without any time passing.
fn comes_back_at_once(survey: &Survey<'_>, from: usize, to: usize) -> bool {
    let mut seen = vec![false; survey.flow.steps.len()];
    let mut open = vec![from];
    while let Some(here) = open.pop() {
        if here == to {
            return true;
        }
        let flat = &survey.flow.steps[here];
        if !std::mem::replace(&mut seen[here], true) && !takes_time(flat.step) {
            open.extend(flat.targets());
        }
    }
    false
}
