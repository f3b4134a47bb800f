//! Which losses a scenario knows: people who are refused, and people who give up waiting.

use super::rules::{Action, PLAIN, Rules, Step};
use crate::engine::Time;

/// What can refuse people, and where people can lose patience; by position.
#[derive(Debug, Clone, Default)]
pub struct Losses {
    /// Whether people can leave without what they came for.
    pub any: bool,
    /// The places that can refuse people.
    pub refusing: Vec<bool>,
    /// The places for which people can give up waiting.
    pub places: Vec<bool>,
    /// The teams for which people can give up waiting.
    pub teams: Vec<bool>,
    /// The meetings for which people can give up waiting.
    pub meetings: Vec<bool>,
}

impl Losses {
    /// The losses of all rules of a scenario.
    pub(super) fn of(all: &[(Time, Rules)]) -> Losses {
        let Some((_, first)) = all.first() else { return Losses::default() };
        let mut losses = Losses {
            any: false,
            refusing: vec![false; first.places.len()],
            places: vec![false; first.places.len()],
            teams: vec![false; first.teams.len()],
            meetings: vec![false; first.meetings.len()],
        };
        for (_, rules) in all {
            for (refusing, place) in losses.refusing.iter_mut().zip(&rules.places) {
                *refusing |= place.queue_limit.is_some();
            }
            for step in &rules.steps {
                losses.note(rules, step);
            }
        }
        losses.any |= losses.refusing.contains(&true);
        losses
    }

    fn note(&mut self, rules: &Rules, step: &Step) {
        if let Action::Leave(outcome) = step.action {
            self.any |= outcome.is_lost();
        }
        if step.request == PLAIN || rules.requests[usize::from(step.request)].patience.is_none() {
            return;
        }
        self.any = true;
        match step.action {
            Action::Enter(place) | Action::Reserve(place) => self.places[usize::from(place)] = true,
            Action::Task { team, .. } | Action::Join(team) => self.teams[usize::from(team)] = true,
            Action::Meeting(meeting) => self.meetings[usize::from(meeting)] = true,
            _ => {}
        }
    }
}
