//! What can be written down of a replication as it happens, for the event log and the story.
//!
//! The model is compiled once for each recorder; with [`Silent`] nothing of it is left.

use super::person::PersonId;
use crate::engine::{Span, Time};
use crate::scenario::language::Outcome;

/// Something that happened to a person.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Entry {
    /// When.
    pub time: Time,
    /// To whom.
    pub person: PersonId,
    /// Their pathway then, as a position.
    pub pathway: u8,
    /// What.
    pub what: What,
}

/// What happened. Steps, places and hazards are positions in the rules.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum What {
    /// They came in a stream.
    Arrives(u8),
    /// They began to wait for the team, place or meeting of a step.
    Waits(u32),
    /// The place of a step refused them: its queue was full.
    Refused(u32),
    /// They gave up waiting for the team, place or meeting of a step.
    GivesUp(u32),
    /// A step began: the work, the stay or the wait itself.
    Begins(u32),
    /// A step ended.
    Ends(u32),
    /// A place is held for them.
    Reserved(u8),
    /// They moved to a place.
    Moves(u8),
    /// They went back from where there was room to the place of their first choice.
    GoesBack(u8),
    /// From then on they keep only so many units of the place where they are.
    Keeps(u32),
    /// They no longer need the place where they are.
    Ready,
    /// Delay was booked to a cell of the ledger.
    Booked {
        /// The cell.
        cell: u16,
        /// How much.
        span: Span,
    },
    /// A team closed before the work of a step was done; they wait for the rest of it.
    HandedOver {
        /// The step.
        at: u32,
        /// The team for which they wait.
        team: u8,
    },
    /// The work of a step stopped for somebody who goes first; they wait for the rest of it.
    Interrupted(u32),
    /// They are on the books of a team.
    Joins(u8),
    /// A meeting put them off.
    PutOff(u32),
    /// They started again after a step.
    Again(u32),
    /// Harm came to them while delayed.
    Harm {
        /// The pathway whose hazard it is: the one on which they were ready.
        pathway: u8,
        /// Which hazard of it.
        hazard: u8,
    },
    /// They left.
    Leaves(Outcome),
    /// They came back to hospital.
    Returns,
    /// The run ended and they were still there.
    Unfinished,
}

/// Somebody who writes down what happens.
pub trait Recorder {
    /// Whether anything is written down at all.
    const LISTENS: bool = true;

    /// Whether the model is compiled for plain scenarios alone (`plain.rs`).
    const PLAIN: bool = false;

    /// Writes down one thing.
    fn record(&mut self, entry: Entry);
}

/// Nobody.
#[derive(Debug, Clone, Copy, Default)]
pub struct Silent;

impl Recorder for Silent {
    const LISTENS: bool = false;

    #[inline(always)]
    fn record(&mut self, _: Entry) {}
}

/// Nobody, in a plain scenario.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct SilentAndPlain;

impl Recorder for SilentAndPlain {
    const LISTENS: bool = false;
    const PLAIN: bool = true;

    #[inline(always)]
    fn record(&mut self, _: Entry) {}
}

/// Keeps everything, or everything about one person.
#[derive(Debug, Clone, Default)]
pub struct Log {
    /// Whose way is kept; everybody's, if nobody is named.
    pub only: Option<PersonId>,
    /// What happened, in order.
    pub entries: Vec<Entry>,
}

impl Recorder for Log {
    fn record(&mut self, entry: Entry) {
        let of_interest = self.only.is_none_or(|only| {
            PersonId { visit: 0, ..entry.person } == PersonId { visit: 0, ..only }
        });
        if of_interest {
            self.entries.push(entry);
        }
    }
}
