//! What of a scenario coordination acts on: its tagged chances and waits, and between whom they are.

use super::Checker;
use crate::scenario::language::{Chance, Quantity, TimeQuantity};

/// Something that coordination changes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tie<'a> {
    pub(super) what: What,
    /// The two organisations between which it happens, if it says so.
    pub(super) between: Option<[&'a str; 2]>,
}

/// A chance of something, or a wait for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    Chance(Quantity),
    Wait(TimeQuantity),
}

impl Tie<'_> {
    /// Whether it is between an organisation and one of the others.
    pub(super) fn joins(&self, organisation: &str, others: &[&str]) -> bool {
        self.between.is_some_and(|[one, other]| {
            (one == organisation && others.contains(&other))
                || (other == organisation && others.contains(&one))
        })
    }
}

impl<'a> Checker<'a> {
    /// All of them; `None` if something is wrong with the parts of the scenario that say so, as then
    /// nobody knows what is missing.
    pub(super) fn ties(&self) -> Option<Vec<Tie<'a>>> {
        let description = self.description;
        if ["pathways", "routes", "meetings"].iter().any(|table| self.damage.touches(table)) {
            return None;
        }
        let steps: Vec<_> = self.all_steps().into_iter().map(|(_, step)| step).collect();
        let of_meetings = description.meetings.values().map(|meeting| &meeting.decided);
        let of_steps = steps.iter().flat_map(|step| {
            let chances: [Option<&'a Chance>; 3] = [
                step.chance.as_ref(),
                step.again.as_ref().map(|again| &again.chance),
                step.readmit.as_ref().map(|readmit| &readmit.chance),
            ];
            chances.into_iter().flatten()
        });
        let chances = of_meetings.chain(of_steps).filter_map(|chance| {
            chance.of.map(|quantity| (What::Chance(quantity), chance.between.as_slice()))
        });
        let waits = steps.iter().filter_map(|step| {
            step.depends_on.as_ref().map(|it| (What::Wait(it.of), it.between.as_slice()))
        });
        chances
            .chain(waits)
            .map(|(what, between)| match between {
                [] => Some(Tie { what, between: None }),
                [one, other] if one != other && [one, other].iter().all(|it| self.is_known(it)) => {
                    Some(Tie { what, between: Some([one.as_str(), other.as_str()]) })
                }
                _ => None,
            })
            .collect()
    }

    fn is_known(&self, organisation: &str) -> bool {
        self.description.organisations.contains_key(organisation)
    }
}
