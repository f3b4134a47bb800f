//! What nobody comes to: places, pathways, steps, and parts that no step uses.

use super::possible::first_user;
use super::ways::Survey;
use super::{Checker, Subject};
use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::language::{Pathways, Step};

impl Checker<'_> {
    pub(super) fn unused(&mut self, subjects: &[Subject<'_>], surveys: &[Survey<'_>]) {
        let description = self.description;
        let unsure = surveys
            .iter()
            .any(|survey| survey.unsure.contains(&true) || survey.trapped.contains(&true));
        self.unused_steps(surveys);
        if unsure || self.damage.touches("pathways") || self.damage.touches("routes") {
            return;
        }
        for name in description.places.keys() {
            let enters =
                |step: &Step| step.enter.as_deref() == Some(name) || step.overflow.contains(name);
            let reserves = |step: &Step| step.reserve.as_deref() == Some(name);
            let moves = |step: &Step| step.r#move.is_some();
            let reached = first_user(surveys, enters).is_some()
                || (first_user(surveys, reserves).is_some()
                    && first_user(surveys, moves).is_some());
            if !reached {
                let message = format!("nobody can reach the place `{name}`");
                let mentioned = surveys
                    .iter()
                    .flat_map(|survey| &survey.flow.steps)
                    .find(|flat| enters(flat.step) || reserves(flat.step));
                let note = match mentioned {
                    Some(flat) if reserves(flat.step) => {
                        format!("`{}` reserves it, but no step with `move` follows", flat.path)
                    }
                    Some(flat) => format!("nobody comes to `{}`", flat.path),
                    None => {
                        "no step enters or reserves it; add one, or take the place out".to_owned()
                    }
                };
                self.at(&format!("places.{name}"), Diagnostic::error(message).note(note));
            }
        }
        let warn = |checker: &mut Self, table: &str, name: &str, what: &str| {
            let message = format!("no step uses the {what} `{name}`");
            checker.at(&format!("{table}.{name}"), Diagnostic::warning(message));
        };
        for name in description.teams.keys() {
            let takes_over = subjects
                .iter()
                .flat_map(|subject| subject.description.teams.values())
                .any(|team| team.hand_over_to.as_deref() == Some(name));
            if !takes_over && first_user(surveys, |step| works_in(step, name)).is_none() {
                warn(self, "teams", name, "team");
            }
        }
        for name in description.meetings.keys() {
            if first_user(surveys, |step| step.meeting.as_deref() == Some(name)).is_none() {
                warn(self, "meetings", name, "meeting");
            }
        }
        for name in description.routes.keys() {
            if first_user(surveys, |step| step.follow.as_deref() == Some(name)).is_none() {
                warn(self, "routes", name, "route");
            }
        }
        for name in description.attributes.keys() {
            let streams = subjects.iter().flat_map(|it| it.description.arrivals.values());
            let by_stream = streams.into_iter().any(|stream| {
                matches!(&stream.pathways, Pathways::By { attribute, .. } if attribute == name)
            });
            let by_step = |step: &Step| {
                step.route.as_ref().is_some_and(|route| route.by == *name)
                    || step.when.as_ref().is_some_and(|when| when.contains_key(name))
            };
            if !by_stream && first_user(surveys, by_step).is_none() {
                let message = format!("nothing goes by the attribute `{name}`");
                self.at(&format!("attributes.{name}"), Diagnostic::warning(message));
            }
        }
        for name in description.calendars.keys() {
            let by_team = subjects
                .iter()
                .flat_map(|subject| subject.description.teams.values())
                .any(|team| team.calendar.as_deref() == Some(name));
            if !by_team
                && first_user(surveys, |step| step.calendar.as_deref() == Some(name)).is_none()
            {
                let message = format!("neither a team nor a step uses the calendar `{name}`");
                self.at(&format!("calendars.{name}"), Diagnostic::warning(message));
            }
        }
    }

    /// Pathways that nobody takes, and steps within the others that nobody comes to.
    fn unused_steps(&mut self, surveys: &[Survey<'_>]) {
        let Some(first) = surveys.first() else { return };
        let flow = first.flow;
        let somebody = |here: usize, all: bool| {
            surveys.iter().any(|survey| match all {
                true => survey.steps.get(here).is_some_and(super::ways::Seen::reached),
                false => survey.arrived.get(here).copied().unwrap_or(true),
            })
        };
        for (index, name) in self.description.pathways.keys().enumerate() {
            let unsure = surveys.iter().any(|survey| {
                let is = |list: &[bool]| list.get(index).copied().unwrap_or(true);
                is(&survey.unsure) || is(&survey.trapped)
            });
            let own: Vec<usize> =
                (0..flow.steps.len()).filter(|here| flow.steps[*here].pathway == index).collect();
            if unsure || own.is_empty() || self.damage.touches("arrivals") {
                continue;
            }
            if own.iter().all(|here| !somebody(*here, false)) {
                let message = format!("nobody takes the pathway `{name}`");
                let note = "no stream of arrivals has a share for it";
                self.at(&format!("pathways.{name}"), Diagnostic::warning(message).note(note));
                continue;
            }
            for here in own {
                // Of several unreachable steps in a row, the first is told.
                let follows_another = here.checked_sub(1).is_some_and(|before| {
                    flow.steps[before].pathway == index && !somebody(before, true)
                });
                let path = &flow.steps[here].path;
                let elsewhere = (0..flow.steps.len())
                    .any(|other| flow.steps[other].path == *path && somebody(other, true));
                if !elsewhere && !follows_another {
                    let message = format!("nobody ever comes to `{path}`");
                    self.at(path, Diagnostic::warning(message));
                }
            }
        }
    }
}

/// Whether a step is work of a team.
pub(super) fn works_in(step: &Step, team: &str) -> bool {
    [&step.task, &step.with, &step.join].iter().any(|of| of.as_deref() == Some(team))
}
