//! Somebody whose way is worth telling.

use std::collections::{BTreeMap, BTreeSet};

use crate::engine::Time;
use crate::model::{Entry, Model, PersonId, Recorder, What, day_of};
use crate::scenario::language::Outcome;
use crate::scenario::reasons::ReasonGroup;

/// Looks on at a replication for a person whose delay in hospital is nearest to the mean: of those
/// delayed past a midnight for reasons beyond the hospital itself, in the measured time.
#[derive(Debug)]
pub struct Choice<'a> {
    model: &'a Model,
    /// Who is in an acute place.
    in_hospital: BTreeSet<PersonId>,
    delayed: BTreeMap<PersonId, Delayed>,
    candidates: Vec<(PersonId, u64)>,
    anybody: Option<PersonId>,
}

#[derive(Debug, Clone, Copy)]
struct Delayed {
    since: Time,
    beyond_hospital: bool,
}

impl<'a> Choice<'a> {
    /// Looks on at a replication of `model`.
    pub fn new(model: &'a Model) -> Choice<'a> {
        Choice {
            model,
            in_hospital: BTreeSet::new(),
            delayed: BTreeMap::new(),
            candidates: Vec::new(),
            anybody: None,
        }
    }

    /// The person; somebody who left, if nobody was delayed like that; nobody, if nobody left.
    pub fn person(&self) -> Option<PersonId> {
        let sum: u64 = self.candidates.iter().map(|(_, seconds)| seconds).sum();
        let mean = sum / u64::try_from(self.candidates.len()).ok()?.max(1);
        let nearest =
            self.candidates.iter().min_by_key(|(id, seconds)| (seconds.abs_diff(mean), *id));
        nearest.map(|(id, _)| *id).or(self.anybody)
    }

    fn ends(&mut self, entry: &Entry) {
        let Some(delayed) = self.delayed.remove(&entry.person) else { return };
        let past_midnight = day_of(entry.time) > day_of(delayed.since);
        if delayed.beyond_hospital && past_midnight && entry.person.visit == 0 {
            let seconds = entry.time.since(delayed.since).seconds();
            self.candidates.push((entry.person, seconds.into()));
        }
    }
}

impl Recorder for Choice<'_> {
    fn record(&mut self, entry: Entry) {
        match entry.what {
            What::Ready if entry.time >= self.model.measured_from => {
                if self.model.has_acute && !self.in_hospital.contains(&entry.person) {
                    return;
                }
                let delayed = Delayed { since: entry.time, beyond_hospital: false };
                self.delayed.insert(entry.person, delayed);
            }
            What::Booked { cell, span } if span.seconds() > 0 => {
                let group = self.model.cells[usize::from(cell)].reason.map(|reason| reason.group);
                if let Some(delayed) = self.delayed.get_mut(&entry.person) {
                    delayed.beyond_hospital |= group.is_some_and(|it| it != ReasonGroup::Hospital);
                }
            }
            What::Harm { .. } => {
                self.delayed.remove(&entry.person);
            }
            What::Leaves(Outcome::Died) => {
                self.delayed.remove(&entry.person);
                self.in_hospital.remove(&entry.person);
            }
            What::Moves(place) => {
                self.ends(&entry);
                if self.model.first_rules().places[usize::from(place)].acute {
                    self.in_hospital.insert(entry.person);
                } else {
                    self.in_hospital.remove(&entry.person);
                }
            }
            What::Leaves(_) => {
                self.ends(&entry);
                self.in_hospital.remove(&entry.person);
                if entry.time >= self.model.measured_from {
                    self.anybody.get_or_insert(entry.person);
                }
            }
            _ => {}
        }
    }
}
