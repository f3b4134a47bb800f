//! Scenarios that use nothing beyond plain pathways cost nothing for what others use.
//!
//! Most of the language's constructs are a question at some event: does this place keep units for a
//! class, may this work be interrupted, is this step for some people only? In a scenario without any of
//! them every answer is known beforehand. The model is compiled once more for those, without the
//! questions ([`Recorder::PLAIN`]); which of the two runs a scenario changes no result.

use super::recorder::{Recorder, Silent, SilentAndPlain};
use super::rules::{ArrivalRules, NO_EFFECT, PLAIN, Rules, Step, TeamRules};
use super::{Model, Observations};
use crate::scenario::language::Discipline;
use std::sync::atomic::AtomicBool;

impl Model {
    /// Simulates one replication, unless `cancel` becomes true: then it is given up within a day of
    /// simulated time, and `None` comes of it. The result depends on the model and the number alone.
    pub fn simulate_unless(&self, replication: u32, cancel: &AtomicBool) -> Option<Observations> {
        if self.is_plain() {
            self.simulate_recorded_unless(replication, SilentAndPlain, cancel).map(|done| done.0)
        } else {
            self.simulate_recorded_unless(replication, Silent, cancel).map(|done| done.0)
        }
    }

    /// Whether the scenario uses plain pathways alone, under all rules that ever hold.
    pub fn is_plain(&self) -> bool {
        self.initial.is_empty()
            && self.circles.is_empty()
            && self.rules.iter().all(|(_, rules)| rules.are_plain())
    }
}

impl Rules {
    fn are_plain(&self) -> bool {
        self.attributes.is_empty()
            && self.places.iter().all(|place| !place.careful)
            && self.teams.iter().all(TeamRules::is_plain)
            && self.arrivals.iter().all(ArrivalRules::is_plain)
            && self.steps.iter().all(Step::is_plain)
    }
}

impl TeamRules {
    fn is_plain(&self) -> bool {
        self.discipline == Discipline::FirstCome
            && self.slots.is_empty()
            && self.caseload.is_none()
            && !(self.works_with_others || self.interrupts || self.preempts)
    }
}

impl ArrivalRules {
    fn is_plain(&self) -> bool {
        self.largest_group <= 1 && self.pathways_by.is_none()
    }
}

impl Step {
    fn is_plain(&self) -> bool {
        self.request == PLAIN && self.when == NO_EFFECT
    }

    /// Whether people ask for what the step needs in a way of its own.
    #[inline(always)]
    pub(super) fn has_request<R: Recorder>(&self) -> bool {
        !R::PLAIN && self.request != PLAIN
    }

    /// Whether the step is for some people only.
    #[inline(always)]
    pub(super) fn is_for_some<R: Recorder>(&self) -> bool {
        !R::PLAIN && self.when != NO_EFFECT
    }
}
