//! Who goes first among those who wait for a place or a team.

use super::person::{NO_PLACE, People};
use super::place::rules::{COMMON_PRIORITY, PLAIN, Request};
use super::rules::Rules;
use crate::scenario::language::Discipline;

/// Where somebody stands in a queue: less goes first; among equals, who came first.
pub(super) type Rank = (usize, u32);

/// By what a queue is ordered.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ranking<'a> {
    /// By what.
    pub discipline: Discipline,
    /// Before that, by the place where they are.
    pub first_from: &'a [u8],
    /// Whose place or team it is for which they wait.
    pub organisation: u8,
}

impl<'a> Ranking<'a> {
    /// That of the queue for a place.
    pub(super) fn of_place(rules: &'a Rules, place: usize) -> Ranking<'a> {
        let place = &rules.places[place];
        Ranking {
            discipline: place.order.discipline,
            first_from: &place.order.first_from,
            organisation: place.organisation,
        }
    }

    /// That of the queue for a team.
    pub(super) fn of_team(rules: &'a Rules, team: usize) -> Ranking<'a> {
        let team = &rules.teams[team];
        Ranking { discipline: team.discipline, first_from: &[], organisation: team.organisation }
    }

    /// Where somebody stands.
    pub(super) fn rank(&self, rules: &Rules, people: &People, slot: u32) -> Rank {
        let person = &people[slot];
        let from = match self.first_from {
            [] => 0,
            places => places.iter().position(|it| *it == person.place).unwrap_or(places.len()),
        };
        let by = match self.discipline {
            Discipline::FirstCome => 0,
            Discipline::Priority => {
                request_of(rules, person.at).map_or(COMMON_PRIORITY, |request| request.priority)
            }
            Discipline::LongestDelayed => {
                if person.ready {
                    person.ready_since.seconds()
                } else {
                    u32::MAX
                }
            }
            Discipline::LongestBlocked => u32::from(person.place == NO_PLACE),
            Discipline::OwnFirst => {
                let place = rules.places.get(usize::from(person.place));
                u32::from(place.is_none_or(|place| place.organisation != self.organisation))
            }
        };
        (from, by)
    }

    /// Whether `slot`, who comes, goes before `other`, who waits.
    pub(super) fn goes_before(
        &self,
        rules: &Rules,
        people: &People,
        slot: u32,
        other: u32,
    ) -> bool {
        self.rank(rules, people, slot) < self.rank(rules, people, other)
    }
}

/// How people ask in a step, if there is anything to say.
pub(super) fn request_of(rules: &Rules, at: u32) -> Option<&Request> {
    match rules.steps[at as usize].request {
        PLAIN => None,
        request => Some(&rules.requests[usize::from(request)]),
    }
}
