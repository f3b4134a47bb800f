//! The language of a scenario: the shapes that its TOML text may take.
//!
//! These are plain data with units in their types. They say what may be *written*; whether the
//! names exist, the shares add up and every loop has an exit is for `crate::scenario::check`.
//!
//! Three keys are missing here on purpose: `source`, `confidence` and `why` (and `range`) may stand
//! in any table, and any value may be written `{ value = …, source = …, confidence = … }`. They are
//! taken out of the tree before it is read (see [`crate::scenario::evidence`]), so that no shape has
//! to repeat them.

mod arrivals;
mod attributes;
mod beginning;
mod capacity;
pub mod coordination;
mod flexible;
mod pathway;
mod queueing;
mod rules;
mod team;
mod times;

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;

pub use self::arrivals::{Arrivals, Batch, Daily};
pub(crate) use self::arrivals::{COMING, PROFILES};
pub use self::attributes::{Attribute, ByAttribute, OneOf, Pathways};
pub use self::beginning::{Initial, Known, Stop, WarmUp};
pub use self::capacity::{Calendar, Capacity, Meeting, Organisation, Place, Team};
pub use self::coordination::Coordination;
pub(crate) use self::flexible::KINDS;
pub use self::pathway::{
    Again, Chance, DependsOn, Hazard, Outcome, Owner, Pathway, Quantity, Return, Route, Step,
    TimeQuantity,
};
pub use self::queueing::{Back, CapacityAt, Discipline, Escalation};
pub use self::rules::{AtGridlock, Check, Harm, RunSettings};
pub use self::team::{AtClosing, StartSlot};
pub use self::times::{
    Distribution, Empirical, Erlang, Gamma, Histogram, Lognormal, Part, Triangular, Truncated,
    Uniform, Weibull,
};
use super::units::Date;

/// Names to parts, in the order of the file.
pub type Named<T> = IndexMap<String, T>;

/// What one scenario text says, once its base has been filled in and before any dated change.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Description {
    /// The version of the language; this is version 1.
    pub schema: u32,
    /// What the scenario is, in a few words.
    pub title: String,
    /// What the scenario is for and what to look for, in a few sentences.
    #[serde(default)]
    pub description: String,
    /// When it starts, how long it warms up and runs, how often it is repeated.
    pub run: RunSettings,
    /// Dates on which everything works as on a Sunday.
    #[serde(default)]
    pub bank_holidays: Vec<Date>,
    /// Who owns places and employs teams.
    #[serde(default)]
    pub organisations: Named<Organisation>,
    /// Opening hours by weekday.
    #[serde(default)]
    pub calendars: Named<Calendar>,
    /// Where people are: ward beds, community beds, home-care places, care-home rooms.
    #[serde(default)]
    pub places: Named<Place>,
    /// Staff who do work for a person.
    #[serde(default)]
    pub teams: Named<Team>,
    /// Where decisions are batched.
    #[serde(default)]
    pub meetings: Named<Meeting>,
    /// What people are: age bands, councils, whatever decides their way.
    #[serde(default)]
    pub attributes: Named<Attribute>,
    /// Streams of people.
    #[serde(default)]
    pub arrivals: Named<Arrivals>,
    /// People who are there when the simulation begins, its warm-up included.
    #[serde(default)]
    pub initial: Vec<Initial>,
    /// The ordered steps of a kind of person.
    #[serde(default)]
    pub pathways: Named<Pathway>,
    /// Sequences of steps which several pathways follow.
    #[serde(default)]
    pub routes: Named<Route>,
    /// How the organisations stand to each other; without it, they do not change.
    #[serde(default)]
    pub coordination: Option<Coordination>,
    /// Harm that follows from delay, as a rate.
    #[serde(default)]
    pub harms: Named<Harm>,
    /// Figures which the run must reproduce.
    #[serde(default)]
    pub checks: Named<Check>,
    /// Figures that the scenario rests on but which no rule of the model reads.
    #[serde(default)]
    pub facts: Named<f64>,
}
