//! How often a scenario is run, and with how many threads.

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
