//! The rules of teams.

use super::{Action, Rules};
use crate::random::Key;
use crate::scenario::language::{AtClosing, Discipline};

/// The rules of a team.
#[derive(Debug, Clone)]
pub struct TeamRules {
    /// Cases that the staff on duty can work on at a time, on a weekday factor of 1.
    pub cases: f64,
    /// Factors from Monday to Sunday.
    pub weekday_factors: [f64; 7],
    /// Whose it is, as a position of organisations.
    pub organisation: u8,
    /// Who goes first.
    pub discipline: Discipline,
    /// When it works, as a position in [`Rules::calendars`]; always, if none.
    pub calendar: Option<u16>,
    /// What becomes of work in progress when it closes.
    pub at_closing: AtClosing,
    /// To which team it hands over: itself, if the scenario names no other.
    pub hand_over_to: u8,
    /// How many people are on its books at most, if it has a caseload.
    pub caseload: Option<u32>,
    /// Whether whoever goes first interrupts the work for others.
    pub preempts: bool,
    /// When it begins with cases; whenever somebody is free, if nothing is said.
    pub slots: Vec<StartSlot>,
    /// Whether some of its work is done together with another team.
    pub works_with_others: bool,
    /// Whether the rules of any time let its work be interrupted: then what is left is kept.
    pub interrupts: bool,
    /// What its draws are for.
    pub purpose: Key,
}

impl TeamRules {
    /// The cases that the team can expect to work on at a time on a day, if coordination changes
    /// nothing.
    pub fn expected_cases(&self, factor_index: usize) -> f64 {
        self.cases * self.weekday_factors[factor_index]
    }

    /// Whether its capacity is the same number on every day and at every hour.
    pub fn is_constant(&self) -> bool {
        let first = self.expected_cases(0);
        self.calendar.is_none()
            && first.fract().abs() < 1e-9
            && (1..7).all(|day| (self.expected_cases(day) - first).abs() < 1e-9)
    }
}

/// A time of the day at which a team begins with cases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StartSlot {
    /// When [s of the day].
    pub second: u32,
    /// On which days, from Monday to Sunday.
    pub days: [bool; 7],
    /// How many cases begin, at most.
    pub cases: u32,
}

/// Work that two teams do together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Joint {
    /// The team besides the one that is asked.
    pub with: u8,
    /// The hours in which the work goes on, as a position in [`Rules::calendars`]; at all hours, if
    /// none.
    pub hours: Option<u16>,
}

impl Rules {
    /// The team that works on a step together with the one that the step asks, if it is joint work.
    pub fn other_team(&self, step: u32) -> Option<u8> {
        self.joint_work(step).map(|joint| joint.with)
    }

    /// A step as joint work, if it is.
    pub(in crate::model) fn joint_work(&self, step: u32) -> Option<&Joint> {
        match self.steps[step as usize].action {
            Action::Task { joint, .. } => self.joint.get(usize::from(joint)),
            _ => None,
        }
    }
}
