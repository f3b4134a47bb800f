//! Somebody who is told how far a run is, and may look at what it has found so far.

use super::runs::Runs;

/// Is told how far a run is. Replications end on several threads, in any order.
pub trait Progress: Sync {
    /// So many replications are planned now; more may follow when a precision is asked for.
    fn planned(&self, replications: u32);
    /// One more replication has ended.
    fn ended_one(&self);
    /// What the run has found so far: the first so many replications, one more each time. Whoever
    /// wants early pictures draws them from this; it holds up the run for as long as it takes.
    fn so_far(&self, _: &Runs) {}
}

/// Nobody.
#[derive(Debug, Clone, Copy, Default)]
pub struct Quiet;

impl Progress for Quiet {
    fn planned(&self, _: u32) {}
    fn ended_one(&self) {}
}
