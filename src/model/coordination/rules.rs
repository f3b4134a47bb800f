//! What the relationship layer reads of a scenario: fixed between two dated changes.

use crate::model::calendar::Days;
use crate::random::Key;
use crate::scenario::language::coordination::{Couplings, Dyad, Parameters, Stance};
use crate::scenario::language::{Quantity, TimeQuantity};

/// The layer's rules.
#[derive(Debug, Clone, PartialEq)]
pub struct CoordinationRules {
    /// How much of what relationships are assumed to do to delay they do.
    pub theta: f64,
    /// Strengths.
    pub parameters: Parameters,
    /// Switches.
    pub couplings: Couplings,
    /// Organisations, in the order of the scenario.
    pub organisations: Vec<OrganisationRules>,
    /// Pairs of them.
    pub dyads: Vec<DyadRules>,
    /// Teams, in the order of the scenario.
    pub teams: Vec<TeamHours>,
    /// What is tried that is not said of an organisation or pair.
    pub discharge_to_assess: f64,
    /// The days of multi-agency events: first day and the day after the last.
    pub made: Vec<(u32, u32)>,
    /// The programme.
    pub programme: Option<ProgrammeRules>,
    /// Days between surveys.
    pub survey_every: u32,
}

/// One organisation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OrganisationRules {
    /// Its effort, and its state at the start.
    pub stance: Stance,
    /// Share of staff who leave in a day, at the morale of the start.
    pub leaving_per_day: f64,
    /// Share of staff who are off sick, at the morale of the start.
    pub sickness: f64,
    /// Its staff in teams [whole-time equivalents].
    pub staff: f64,
    /// It is in a daily huddle.
    pub huddle: bool,
    /// The day from which it is in a hub.
    pub hub_since: Option<u32>,
    /// It is fined for delay.
    pub fined: bool,
    /// It works seven days a week.
    pub seven_days: bool,
}

/// A pair of organisations.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DyadRules {
    /// The two, as positions of organisations.
    pub pair: (u8, u8),
    /// How they stand to each other at the start.
    pub start: Dyad,
    /// The day from which a single form or shared record works.
    pub single_form_from: Option<u32>,
    /// A trusted assessor works between them.
    pub trusted_assessor: bool,
    /// They meet in a daily huddle.
    pub huddle: bool,
    /// They sit in one room.
    pub hub: bool,
    /// They pool their budgets.
    pub pooled: bool,
    /// One of them is fined for delay in the places of the other.
    pub fined: bool,
    /// What its draws are for.
    pub key: Key,
}

/// Whose hours a team has.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TeamHours {
    /// Its organisation.
    pub organisation: u8,
    /// Staff, after vacancies and sickness [whole-time equivalents].
    pub staff: f64,
    /// The share of their hours that goes to the work of the scenario.
    pub share_of_time: f64,
}

/// The programme, in days of the run.
#[derive(Debug, Clone, PartialEq)]
pub struct ProgrammeRules {
    /// Its first day.
    pub starts: u32,
    /// The day after its last.
    pub ends: u32,
    /// Whether each organisation's operational leads attend.
    pub attending: Vec<bool>,
    /// Whether each organisation's leadership team attends as well.
    pub leadership: Vec<bool>,
    /// The days of individual discussions.
    pub discussions: Vec<u32>,
    /// The day of the working note.
    pub working_note: Option<u32>,
    /// The days of group meetings.
    pub meetings: Vec<u32>,
    /// The day of the evaluation.
    pub evaluation: Option<u32>,
    /// Days between meetings after the programme.
    pub nurture_every: Option<u32>,
    /// Hours that an activity takes of an organisation.
    pub hours: f64,
}

/// A chance that coordination changes, and between whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChanceOf {
    /// What it is a chance of.
    pub quantity: Quantity,
    /// Who hands over to whom, as positions of organisations.
    pub between: Option<(u8, u8)>,
}

/// A wait that coordination changes, and between whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WaitOf {
    /// What it is.
    pub quantity: TimeQuantity,
    /// The two organisations.
    pub between: (u8, u8),
}

#[cfg(test)]
impl OrganisationRules {
    /// An organisation as many are, for tests.
    pub(super) fn ordinary(stance: Stance, turnover_per_year: f64) -> OrganisationRules {
        OrganisationRules {
            stance,
            leaving_per_day: turnover_per_year / 365.0,
            sickness: 0.055,
            staff: 20.0,
            huddle: false,
            hub_since: None,
            fined: false,
            seven_days: false,
        }
    }
}

impl CoordinationRules {
    /// The position of the dyad of two organisations.
    pub fn dyad(&self, one: u8, other: u8) -> Option<usize> {
        let pair = (one.min(other), one.max(other));
        self.dyads.iter().position(|dyad| dyad.pair == pair)
    }

    /// Whether a multi-agency event is held on a day.
    pub fn made_on(&self, day: u32) -> bool {
        self.made.iter().any(|(first, end)| (*first..*end).contains(&day))
    }
}

/// Whether a day is a Saturday, Sunday or bank holiday.
pub(in crate::model) fn is_weekend(days: &Days, day: u32) -> bool {
    days.factor_index(day) >= 5
}
