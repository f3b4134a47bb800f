//! A scenario as the simulation reads it: numbers in tables, names as positions.
//!
//! All of it is fixed while a replication runs. A dated change of a scenario is a second set of
//! rules with the same names in the same positions, which takes over on its day.

mod teams;

pub(super) use self::teams::{Joint, StartSlot, TeamRules};
use super::calendar::Calendar;
pub(super) use super::coming::{ArrivalRules, Daily, Moments};
use super::coordination::{ChanceOf, CoordinationRules, WaitOf};
pub(super) use super::place::rules::PLAIN;
pub(super) use super::place::rules::{PlaceRules, Request};
use crate::engine::Span;
use crate::random::{Distribution, Key};
use crate::scenario::language::{AtGridlock, Outcome};

/// Nowhere: after the last step.
pub(super) const NOWHERE: u32 = u32::MAX;

/// Nothing that coordination changes.
pub(super) const NO_EFFECT: u16 = u16::MAX;

/// Everything that a scenario fixes between two dated changes.
#[derive(Debug, Clone)]
pub struct Rules {
    /// The steps of all pathways.
    pub steps: Vec<Step>,
    /// The first step of each pathway.
    pub starts: Vec<u32>,
    /// What can happen while delayed, by pathway.
    pub hazards: Vec<Vec<Hazard>>,
    /// Where the splits lead: cumulative share and step.
    pub ways: Vec<(f64, u32)>,
    /// The classes of people for which places keep units.
    pub classes: Vec<String>,
    /// How people ask in the steps that say more than what they ask for.
    pub requests: Vec<Request>,
    /// Work that two teams do together.
    pub joint: Vec<Joint>,
    /// All distributions of times.
    pub times: Vec<Distribution>,
    /// All opening hours, those of the scenario first.
    pub calendars: Vec<Calendar>,
    /// Places in the order of the scenario.
    pub places: Vec<PlaceRules>,
    /// Teams in the order of the scenario.
    pub teams: Vec<TeamRules>,
    /// Meetings in the order of the scenario.
    pub meetings: Vec<MeetingRules>,
    /// Streams of arrivals in the order of the scenario.
    pub arrivals: Vec<ArrivalRules>,
    /// What happens at a gridlock.
    pub at_gridlock: AtGridlock,
    /// The relationship layer, if the scenario has one.
    pub coordination: Option<CoordinationRules>,
    /// What the draw of each attribute is for.
    pub attributes: Vec<Key>,
    /// What people are for whom a step is: for each of some attributes, which of its values.
    pub whens: Vec<Vec<(u8, Vec<bool>)>>,
    /// The chances that it changes.
    pub chances_changed: Vec<ChanceOf>,
    /// The waits that it changes.
    pub waits_changed: Vec<WaitOf>,
}

/// One step, ready to be taken. What every visit reads stands first.
#[derive(Debug, Clone, Copy)]
#[repr(C, align(64))]
pub struct Step {
    /// What happens.
    pub action: Action,
    /// Whether everybody needs it.
    pub always_needed: bool,
    /// Whether it always leads on to a later step of the same pathway.
    pub leads_on: bool,
    /// Where a person goes on.
    pub next: u32,
    /// What its draws are for.
    pub purpose: Key,
    /// Which of a person's counters of loops say how often they have been here.
    pub loops: u64,
    /// The ledger's cell for the rest of its time.
    pub cell: u16,
    /// The ledger's cell while waiting for the team, place or meeting.
    pub queue_cell: u16,
    /// The pathway to which it belongs.
    pub pathway: u8,
    /// The dyad between which taking this step may become a conflict, or [`NO_EFFECT`].
    pub contested: u16,
    /// How people ask for what the step needs, as a position in [`Rules::requests`], or [`PLAIN`].
    pub request: u16,
    /// Which people it is for, as a position in [`Rules::whens`], or [`NO_EFFECT`] if for all.
    pub when: u16,
    /// Where a person goes on who does not need it.
    pub skip: u32,
    /// What a jump back to this step adds to those counters.
    pub loop_unit: u64,
    /// The chance that a person needs it.
    pub needed: Chance,
    /// The chance of starting again after it, and from where.
    pub again: Option<(Chance, u32)>,
}

/// What happens in a step.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Action {
    /// Nothing: a route begins here.
    Pass,
    /// Wait for a place, then move there.
    Enter(u8),
    /// Wait for a place and hold it.
    Reserve(u8),
    /// Move to the place that is held.
    Move,
    /// Let a time pass.
    Stay {
        /// How long, as a position in [`Rules::times`].
        time: u16,
        /// The hours in which the time runs, as a position in [`Rules::calendars`].
        calendar: Option<u16>,
        /// What coordination makes of it, as a position in [`Rules::waits_changed`].
        effect: u16,
    },
    /// Have a team do its work.
    Task {
        /// The team.
        team: u8,
        /// How long the work takes, as a position in [`Rules::times`].
        time: u16,
        /// With whom, as a position in [`Rules::joint`], or `NO_EFFECT`.
        joint: u16,
    },
    /// Wait to be on the books of a team.
    Join(u8),
    /// Be on the books of a team no more.
    LeaveBooks(u8),
    /// Wait until a meeting decides.
    Meeting(u8),
    /// Wait for the hours of a calendar, as a position in [`Rules::calendars`].
    Until(u16),
    /// Keep at most so many units of the place.
    Keep(u32),
    /// From now on the place is not needed.
    Ready,
    /// Go on at one of several steps: a range of [`Rules::ways`].
    Split {
        /// The first way.
        first: u16,
        /// How many there are.
        count: u16,
    },
    /// Go on at a step by an attribute: from this position of [`Rules::ways`] on, a step for each value.
    Route {
        /// The attribute.
        attribute: u8,
        /// The way of its first value.
        first: u16,
    },
    /// Leave.
    Leave(Outcome),
    /// Perhaps come back: the chance, after a time, through a stream.
    Readmit {
        /// The chance.
        chance: Chance,
        /// After how long, as a position in [`Rules::times`].
        time: u16,
        /// The stream whose shares decide the pathway.
        stream: u8,
    },
}

/// A chance, and what coordination it depends on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Chance {
    /// The chance [0-1].
    pub value: f64,
    /// What coordination makes of it, as a position in [`Rules::chances_changed`].
    pub effect: u16,
}

impl Chance {
    /// It always happens.
    pub const CERTAIN: Chance = Chance { value: 1.0, effect: NO_EFFECT };
}

/// What can happen on each day of delay in an acute place.
#[derive(Debug, Clone, Copy)]
pub struct Hazard {
    /// Its chance per day of delay, as a rate [1/s].
    pub per_second: f64,
    /// Where the person goes on.
    pub target: u32,
    /// What its draws are for.
    pub purpose: Key,
}

/// The rules of a meeting.
#[derive(Debug, Clone, PartialEq)]
pub struct MeetingRules {
    /// On which days it is held, from Monday to Sunday.
    pub days: [bool; 7],
    /// The stretches of the day in which decisions fall [s of the day].
    pub between: Vec<(u32, u32)>,
    /// How long before its start a case must be in.
    pub cut_off: Span,
    /// How many cases it takes at a time.
    pub cases: u32,
    /// The chance that a case is decided.
    pub decided: Chance,
    /// The days on which it is held besides because of an event: first day and the day after the last.
    pub besides: Vec<(u32, u32)>,
    /// Factors of that chance from Monday to Sunday.
    pub weekday_factors: [f64; 7],
    /// What its draws are for.
    pub purpose: Key,
}
