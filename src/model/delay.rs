//! The ledger of causes and owners: every second between ready and leaving is booked once.
//!
//! A cell of the ledger is a reason and an owner. Each step of the compiled rules names the cell to
//! which its queue and its own time are booked, so that booking is one addition.

use super::calendar::DAY;
use super::person::Stage;
use super::recorder::{Recorder, What};
use super::rules::{Action, Step};
use super::world::Replication;
use crate::engine::{Span, Time};

impl<R: Recorder> Replication<'_, R> {
    /// The cell to which somebody's delay is booked at present.
    pub(super) fn cell_of(&self, slot: u32) -> u16 {
        let person = &self.people[slot];
        let step = &self.rules.steps[person.at as usize];
        match person.stage {
            Stage::Queued => step.queue_cell,
            Stage::Busy => self.busy_cell(slot, step),
        }
    }

    /// The cell to which the rest of somebody's step is booked.
    #[inline]
    pub(super) fn busy_cell(&self, slot: u32, step: &Step) -> u16 {
        match step.action {
            // They wait for the hours in which people leave the place where they are.
            Action::Enter(_) | Action::Move | Action::Leave(_) if !R::PLAIN => {
                let here = self.rules.places.get(usize::from(self.people[slot].place));
                here.map_or(step.cell, |place| place.leaving_cell)
            }
            _ => step.cell,
        }
    }
}

/// Books what has passed since the last booking to `cell`, if the person is ready to leave.
#[inline]
pub(super) fn book<R: Recorder>(run: &mut Replication<'_, R>, now: Time, slot: u32, cell: u16) {
    if run.people[slot].ready {
        book_delay(run, now, slot, cell);
    }
}

/// Books what has passed since the last booking of somebody who is ready to leave.
pub(super) fn book_delay<R: Recorder>(
    run: &mut Replication<'_, R>,
    now: Time,
    slot: u32,
    cell: u16,
) {
    let counted = run.counts(slot);
    let person = &mut run.people[slot];
    let from = person.booked_until.max(run.measured_from);
    let span = now.since(from);
    let whole = now.since(person.booked_until);
    person.booked_until = now;
    let (spell_since, pathway) = (person.spell_since, usize::from(person.pathway));
    run.record(now, slot, What::Booked { cell, span: whole });
    let seconds = u64::from(span.seconds());
    let ledger = &mut run.observed.ledger;
    let cell = usize::from(cell);
    if counted {
        ledger.acute[cell] += seconds;
        ledger.acute_after_7_days[cell] += part_after(spell_since, 7, from, now);
        run.observed.leavers[pathway].delay_seconds_after_14_days +=
            part_after(spell_since, 14, from, now);
    } else {
        ledger.elsewhere[cell] += seconds;
    }
}

/// The part of the time from `from` to `until` that lies more than `days` after `since` \[s\].
pub(super) fn part_after(since: Time, days: u32, from: Time, until: Time) -> u64 {
    let from = from.max(since + Span::from_seconds(days * DAY));
    until.since(from).seconds().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_part_after_the_days_counts() {
        let at = |days: u32| Time::from_seconds(days * DAY);
        assert_eq!(part_after(at(0), 7, at(5), at(9)), 2 * u64::from(DAY));
        assert_eq!(part_after(at(0), 7, at(8), at(9)), u64::from(DAY));
        assert_eq!(part_after(at(0), 7, at(1), at(5)), 0);
    }
}
