//! How often a scenario is run, and with how many threads.

use crate::scenario::Scenario;

/// What to run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Plan {
    /// How many replications.
    pub replications: Replications,
    /// How many threads; all cores, if not said.
    pub threads: Option<usize>,
}

/// How many replications to make.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Replications {
    /// This many.
    Fixed(u32),
    /// As many as it takes until half the width of every interval that matters is at most this
    /// share of its mean [0-1].
    Precision(f64),
}

impl Plan {
    /// What a scenario asks for, on all cores.
    pub fn of(scenario: &Scenario) -> Plan {
        Plan { replications: Replications::Fixed(scenario.base.run.replications), threads: None }
    }
}
