//! What is counted is counted from the start of measuring on.

use super::calendar::DAY;
use super::observations::{Observations, SERIES_LIMIT};
use super::recorder::Recorder;
use super::spell;
use super::world::Replication;
use crate::engine::Time;

impl<R: Recorder> Replication<'_, R> {
    /// Forgets what was counted so far; people, queues and beds stay as they are.
    pub(super) fn start_measuring(&mut self, now: Time) {
        self.forget();
        for place in &mut self.places {
            place.restart(now);
        }
        self.books.restart(now);
        for team in &mut self.teams {
            team.restart(now);
        }
    }

    /// Nothing was measured, because of a gridlock in the warm-up; that it came about is kept.
    pub(super) fn end_before_measuring(&mut self, end: Time) {
        let gridlocks = std::mem::take(&mut self.observed.gridlocks);
        self.start_measuring(end);
        self.observed.gridlocks = gridlocks;
    }

    pub(super) fn forget(&mut self) {
        let measured_days = self.model.measured_days();
        let observed = &mut self.observed;
        *observed = Observations::default();
        observed.arrived = vec![0; self.rules.arrivals.len()];
        observed.lost = vec![0; self.rules.arrivals.len()];
        observed.refused = vec![0; self.places.len()];
        observed.impatient.places = vec![0; self.places.len()];
        observed.impatient.teams = vec![0; self.teams.len()];
        observed.impatient.meetings = vec![0; self.meetings.len()];
        observed.leavers = vec![Default::default(); self.rules.starts.len()];
        observed.places = vec![Default::default(); self.places.len()];
        observed.teams = vec![Default::default(); self.teams.len()];
        observed.meetings = vec![Default::default(); self.meetings.len()];
        observed.discharges_by_nights = vec![0; spell::MOST_NIGHTS + 1];
        observed.ledger.acute = vec![0; self.model.cells.len()];
        observed.ledger.acute_after_7_days = vec![0; self.model.cells.len()];
        observed.ledger.elsewhere = vec![0; self.model.cells.len()];
        observed.gridlocks = vec![0; self.model.circles.len()];
        observed.happened = vec![0; self.rules.chances_changed.len()];
        observed.midnights.days_per_step = measured_days.div_ceil(SERIES_LIMIT).max(1);
        observed.midnights.ready_by_place = vec![0; self.places.len()];
        observed.midnights.occupied = vec![Default::default(); self.places.len()];
    }

    /// Keeps what has waited so far, at the end of each of the first three quarters of the measured
    /// time.
    pub(super) fn note_quarter(&mut self, now: Time) {
        let measured = now.since(self.measured_from).seconds();
        let quarters = self.observed.waiting_so_far.len() as u32;
        let quarter = self.model.measured_days() / 4 * DAY;
        if quarters < 3 && measured == (quarters + 1) * quarter {
            let places = self.places.iter().map(|place| &place.pool);
            let pools = places.chain(self.teams.iter().map(|team| &team.pool));
            let areas = pools.map(|pool| pool.waiting().area(now)).collect();
            self.observed.waiting_so_far.push((measured.into(), areas));
        }
    }
}
