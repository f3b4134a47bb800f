//! What ends a replication before its length has passed.

use super::recorder::Recorder;
use super::world::Replication;
use crate::engine::Time;

/// The rules by which a replication ends early; the first that holds ends it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stop {
    /// So many people have left since measuring started.
    pub leavers: Option<u64>,
    /// So many people have come since measuring started.
    pub arrivals: Option<u64>,
    /// Nobody is there any more.
    pub empty: bool,
}

impl Stop {
    /// Whether a replication ends now.
    pub(super) fn holds<R: Recorder>(&self, run: &Replication<'_, R>, now: Time) -> bool {
        let left = || run.observed.leavers.iter().map(|leavers| leavers.all).sum::<u64>();
        let came = || run.observed.arrived.iter().sum::<u64>();
        now > run.measured_from
            && (self.leavers.is_some_and(|most| left() >= most)
                || self.arrivals.is_some_and(|most| came() >= most)
                || (self.empty && run.people.all_have_gone()))
    }
}
