//! Somebody who is told how far a run is.

/// Is told how far a run is. Replications end on several threads, in any order.
pub trait Progress: Sync {
    /// So many replications are planned now; more may follow when a precision is asked for.
    fn planned(&self, replications: u32);
    /// One more replication has ended.
    fn ended_one(&self);
}

/// Nobody.
#[derive(Debug, Clone, Copy, Default)]
pub struct Quiet;

impl Progress for Quiet {
    fn planned(&self, _: u32) {}
    fn ended_one(&self) {}
}
