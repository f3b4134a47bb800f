//! Every hour of delay needs a reason and an owner: so does each step that can take time while
//! the person is ready to leave.

use super::Checker;
use super::ways::{Survey, takes_time};
use crate::scenario::diagnostic::Diagnostic;

impl Checker<'_> {
    pub(super) fn ready(&mut self, survey: &Survey<'_>) {
        for (here, seen) in survey.reached() {
            let flat = &survey.flow.steps[here];
            let (path, step) = (&flat.path, flat.step);
            if !seen.ready || !takes_time(step) {
                continue;
            }
            let queue_only = step.enter.is_some() || step.reserve.is_some();
            let has_reason = step.reason.is_some() || (queue_only && step.queue_reason.is_some());
            if !has_reason && !self.damage.touches(&format!("{path}.reason")) {
                let message = format!(
                    "`{path}` lacks the key `reason`: people can be ready to leave while it lasts"
                );
                let example = if queue_only {
                    "such as reason = \"capacity_05\" (home-based rehabilitation not yet available)"
                } else if step.meeting.is_some() {
                    "such as reason = \"hub_01\" (awaiting confirmation of funding eligibility)"
                } else if step.task.is_some() {
                    "such as reason = \"hub_02\" (waiting for confirmation of immediate care needs and pathway)"
                } else if step.stay.is_some() {
                    "people can come here after a `ready`: going back to an earlier step does not undo it"
                } else {
                    "such as reason = \"hospital_03\" (awaiting medicines or documents)"
                };
                let diagnostic = Diagnostic::error(message)
                    .note("every hour between ready and leaving is booked to one of NHS England's reasons for delay")
                    .note(example);
                self.at(path, diagnostic);
            }
            let own = step.stay.is_some() || step.wait.is_some() || step.until.is_some();
            if own && step.owner.is_none() && !self.damage.touches(&format!("{path}.owner")) {
                let message = format!(
                    "`{path}` lacks the key `owner`: people can be ready to leave while it lasts"
                );
                let names: Vec<String> =
                    self.description.organisations.keys().map(|name| format!("{name:?}")).collect();
                let mut diagnostic = Diagnostic::error(message)
                    .note("say whose delay it is: an organisation, or a list of two");
                if !names.is_empty() && names.len() <= 12 {
                    diagnostic =
                        diagnostic.note(format!("the organisations are {}", names.join(", ")));
                }
                self.at(path, diagnostic);
            }
        }
    }
}
