//! Every way must have an end: no loop without an exit, no pathway that stops short of leaving,
//! no move to a place that nobody holds.

use super::Checker;
use super::ways::{Survey, Way};
use crate::scenario::diagnostic::Diagnostic;

impl Checker<'_> {
    pub(super) fn ends(&mut self, survey: &mut Survey<'_>) {
        for (here, seen) in survey.reached() {
            let flat = &survey.flow.steps[here];
            let path = &flat.path;
            for way in &seen.ways {
                let why = match way {
                    Way::Nowhere(false) => format!(
                        "after `{path}` there is no further step, and the person has not left"
                    ),
                    Way::Nowhere(true) => {
                        format!(
                            "who does not need `{path}` comes to no further step, and has not left"
                        )
                    }
                    Way::To(_) | Way::Out => continue,
                };
                let note = "end with a step such as home = { leave = \"home\" }, or say with `then` where to go on";
                self.at(path, Diagnostic::error(why).note(note));
            }
            if flat.step.reserve.is_some() && seen.with_reserve {
                let message = format!(
                    "`{path}` reserves a place, but a person can come here who holds one already"
                );
                let note = "a person holds one place at a time: `move` to it before the next `reserve`, or go back to a step after this one";
                self.at(path, Diagnostic::error(message).note(note));
            }
            if flat.step.r#move.is_some() && seen.without_reserve {
                let message = format!(
                    "`{path}` moves to a place held, but a person can come here who holds none"
                );
                let note = "put a step with `reserve` before it on every way, or use `enter`";
                self.at(path, Diagnostic::error(message).note(note));
            }
        }
        self.traps(survey);
    }

    /// Circles from which nobody gets out.
    fn traps(&mut self, survey: &mut Survey<'_>) {
        let count = survey.steps.len();
        let mut free: Vec<bool> = survey
            .steps
            .iter()
            .map(|seen| seen.ways.iter().any(|way| !matches!(way, Way::To(_))))
            .collect();
        let leads_on = |here: usize, free: &[bool]| {
            survey.steps[here]
                .ways
                .iter()
                .any(|way| matches!(way, Way::To(target) if free[*target]))
        };
        // Steps mostly lead forward, so that going backward settles nearly all at once.
        let mut changed = true;
        while changed {
            changed = false;
            for here in (0..count).rev() {
                if !free[here] && leads_on(here, &free) {
                    free[here] = true;
                    changed = true;
                }
            }
        }
        let trapped: Vec<usize> =
            survey.reached().map(|(here, _)| here).filter(|here| !free[*here]).collect();
        let mut told = vec![false; count];
        for &here in &trapped {
            survey.trapped[survey.flow.steps[here].pathway] = true;
            let circle = if told[here] { Vec::new() } else { reachable(survey, here) };
            // Only the circle itself is told, not the steps that merely lead into it.
            let is_circle = circle.iter().all(|other| reachable(survey, *other).contains(&here));
            if is_circle && !circle.is_empty() {
                for other in &circle {
                    told[*other] = true;
                }
                self.trap(survey, &circle, &trapped);
            }
        }
    }

    fn trap(&mut self, survey: &Survey<'_>, circle: &[usize], trapped: &[usize]) {
        let mut circle = circle.to_vec();
        circle.sort_unstable();
        let steps = &survey.flow.steps;
        let names: Vec<String> =
            circle.iter().map(|step| format!("`{}`", steps[*step].name)).collect();
        let message = match names.as_slice() {
            [only] => {
                format!("nobody who comes to {only} ever leaves: it only leads back to itself")
            }
            several if several.len() <= 6 => {
                format!(
                    "nobody who comes to {} ever leaves: they lead only to one another",
                    several.join(", ")
                )
            }
            several => format!(
                "nobody who comes to {} and {} more steps ever leaves: they lead only to one another",
                several[..5].join(", "),
                several.len() - 5
            ),
        };
        let mut diagnostic = Diagnostic::error(message)
            .note("a loop needs an exit: an `again` with a chance below 1, or a share of a `split` that leads on");
        if let Some(place) = prison(survey, &circle, trapped) {
            diagnostic =
                diagnostic.note(format!("whoever enters the place `{place}` can never leave it"));
        }
        // The jump that closes the circle says more than its first step.
        let certain = |step: &usize| {
            let step = steps[*step].step;
            step.again.as_ref().is_some_and(|again| again.chance.value >= 1.0)
                || step.readmit.as_ref().is_some_and(|back| back.chance.value >= 1.0)
        };
        let jump = circle
            .iter()
            .find(|step| certain(step))
            .or(circle.iter().find(|step| steps[**step].step.then.is_some()));
        let path = match jump {
            None => steps[circle[0]].path.clone(),
            Some(&step) if !certain(&step) => format!("{}.then", steps[step].path),
            Some(&step) if steps[step].step.again.is_some() => {
                format!("{}.again.chance", steps[step].path)
            }
            Some(&step) => format!("{}.readmit.chance", steps[step].path),
        };
        self.at(&path, diagnostic);
    }
}

/// The place in which people are kept by a circle: the last one that they entered on the way.
fn prison<'s>(survey: &Survey<'s>, circle: &[usize], trapped: &[usize]) -> Option<&'s str> {
    let entered = |here: usize| survey.flow.steps[here].step.enter.as_deref();
    trapped.iter().find_map(|&here| {
        let place = entered(here)?;
        let after = reachable(survey, here);
        let leads_in = after.contains(&circle[0]);
        let stays = after.iter().all(|other| {
            survey.flow.steps[*other].step.r#move.is_none()
                && entered(*other).is_none_or(|entered| entered == place)
        });
        (leads_in && stays).then_some(place)
    })
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
