//! The pathway: people, places, teams and meetings, one replication at a time.
//!
//! **Start with `journey.rs`**: a person's way from top to bottom, a function a step. Around it:
//! `place/`, `team.rs` and `meeting.rs` are what people wait for, `waiting.rs` ends waits early,
//! `delay.rs` is the ledger of causes and owners, `arrivals.rs` brings people in, `draws.rs` lists
//! everything random, and `compile.rs` turns a scenario into `rules.rs`.
//!
//! What is counted as a *spell in hospital* is a stay in the places that a scenario calls acute; in
//! a scenario without any, all time from arriving to leaving is.

mod arrivals;
mod books;
mod calendar;
mod coming;
mod compile;
pub mod coordination;
mod delay;
mod draws;
mod gridlock;
mod initial;
mod joint;
mod journey;
pub mod load;
mod losses;
pub mod measures;
mod measuring;
mod meeting;
mod midnight;
mod observations;
mod person;
mod place;
mod plain;
mod queueing;
mod recorder;
mod rules;
mod slots;
mod spell;
mod stop;
mod team;
mod traits;
mod waiting;
mod ways;
mod work;
mod world;

use std::sync::atomic::{AtomicBool, Ordering};

use jiff::civil;

pub use self::calendar::{DAY, Days, day_of, second_of_day};
pub use self::compile::compile;
use self::coordination::CoordinationRules;
use self::initial::Initial;
pub use self::losses::Losses;
pub use self::observations::{Observations, Series};
pub use self::person::PersonId;
pub use self::recorder::{Entry, Log, Recorder, Silent, What};
pub use self::rules::{Action, Rules};
use self::stop::Stop;
use self::world::Replication;
use crate::engine::{Agenda, Span, Time, run, run_unless};
use crate::scenario::language::coordination::Parameters;
use crate::scenario::reasons::Reason;

/// So much simulated time passes between two looks at whether a replication is cancelled: well below
/// a millisecond of a large place, and too seldom to be felt.
const BETWEEN_LOOKS: Span = Span::from_seconds(DAY);

/// A scenario, compiled: everything that the replications share.
#[derive(Debug, Clone)]
pub struct Model {
    /// The days of the run, warm-up first.
    pub days: Days,
    /// Whether the warm-up is still to be found; until then nothing can be run.
    pub warm_up_is_open: bool,
    /// When measuring starts.
    pub measured_from: Time,
    /// When the run ends at the latest.
    pub end: Time,
    /// What ends a replication earlier, if anything does.
    pub stop: Option<Stop>,
    /// Who is there when the simulation begins.
    pub initial: Vec<Initial>,
    /// The rules and the time from which they hold; the first from the start.
    pub rules: Vec<(Time, Rules)>,
    /// The names behind the positions in the rules.
    pub names: Names,
    /// The cells of the ledger.
    pub cells: Vec<Cell>,
    /// Whether some places are acute, so that a spell in hospital is a stay there.
    pub has_acute: bool,
    /// The seed of the run.
    pub seed: u64,
    /// How many numbers a day and stream have in the number by which people are called.
    pub numbers_a_day: u64,
    /// Harm that follows from delay, by name.
    pub harms: Vec<Harm>,
    /// Circles of limited places whose people can wait for each other for ever: each leads to the next,
    /// and the last to the first.
    pub circles: Vec<Vec<u8>>,
    /// The losses that it knows.
    pub losses: Losses,
}

/// Harm that follows from delay, as a rate.
#[derive(Debug, Clone, Copy)]
pub struct Harm {
    /// Expected number per day of delay in the acute places.
    pub per_delayed_day: f64,
    /// Expected number per long wait for a place.
    pub per_long_wait: f64,
    /// That place.
    pub place: Option<u8>,
}

/// A reason for delay and whose delay it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    /// NHS England's reason; `None` in plain networks, which know no delay.
    pub reason: Option<&'static Reason>,
    /// The owner, as a position of organisations.
    pub owner: Option<u8>,
    /// The other owner, where it is a pair.
    pub other: Option<u8>,
}

/// Names and titles, by position.
#[derive(Debug, Clone, Default)]
pub struct Names {
    /// Organisations.
    pub organisations: Vec<Name>,
    /// Places.
    pub places: Vec<Name>,
    /// Teams.
    pub teams: Vec<Name>,
    /// Meetings.
    pub meetings: Vec<Name>,
    /// Streams of arrivals.
    pub arrivals: Vec<Name>,
    /// Pathways.
    pub pathways: Vec<Name>,
    /// Steps; those of a route have the same name in every pathway that follows it.
    pub steps: Vec<Name>,
    /// Hazards, by pathway.
    pub hazards: Vec<Vec<Name>>,
    /// Harms.
    pub harms: Vec<Name>,
}

/// A name as written in the scenario, and as people know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// As written, such as `ward`.
    pub id: String,
    /// As people know it, such as "General and acute beds"; the id, if the scenario gives none.
    pub title: String,
}

impl Model {
    /// Simulates one replication. The result depends on the model and the number alone.
    pub fn simulate(&self, replication: u32) -> Observations {
        static NEVER: AtomicBool = AtomicBool::new(false);
        self.simulate_unless(replication, &NEVER).expect("nobody cancels it")
    }

    /// Simulates one replication while `recorder` writes down what happens.
    pub fn simulate_recorded<R: Recorder>(
        &self,
        replication: u32,
        recorder: R,
    ) -> (Observations, R) {
        static NEVER: AtomicBool = AtomicBool::new(false);
        self.simulate_recorded_unless(replication, recorder, &NEVER).expect("nobody cancels it")
    }

    /// Simulates one replication while `recorder` writes down what happens, unless `cancel` becomes
    /// true.
    ///
    /// # Panics
    /// If the scenario's warm-up is to be found (`run.warm_up = "found"`) and was not:
    /// [`crate::experiment::settle`] does it.
    // In one place, so that all that happens at an event is inlined there.
    #[inline(never)]
    pub fn simulate_recorded_unless<R: Recorder>(
        &self,
        replication: u32,
        recorder: R,
        cancel: &AtomicBool,
    ) -> Option<(Observations, R)> {
        assert!(!self.warm_up_is_open, "the warm-up is found before anything is run");
        let mut agenda = Agenda::default();
        let mut world = Replication::new(self, replication, recorder);
        world.start(&mut agenda);
        let (mut until, mut events) = (Time::START, 0);
        while until < self.end {
            if cancel.load(Ordering::Relaxed) {
                return None;
            }
            until = (until + BETWEEN_LOOKS).min(self.end);
            match &self.stop {
                None => events += run(&mut world, &mut agenda, until),
                Some(stop) => {
                    let (handled, stopped) =
                        run_unless(&mut world, &mut agenda, until, |run, now| stop.holds(run, now));
                    events += handled;
                    if let Some(end) = stopped {
                        return Some(world.finish(end, events));
                    }
                }
            }
            if let Some(end) = world.ended() {
                return Some(world.finish(end, events));
            }
        }
        Some(world.finish(self.end, events))
    }

    /// The date and time of day of a time of the run.
    pub fn moment(&self, time: Time) -> civil::DateTime {
        let second = i64::from(second_of_day(time));
        self.days.date(day_of(time)).to_datetime(civil::Time::midnight())
            + jiff::SignedDuration::from_secs(second)
    }

    /// Tallies of nothing, in the shape that the model's have.
    pub fn nothing_observed(&self) -> Observations {
        Replication::new(self, 0, Silent).finish(self.measured_from, 0).0
    }

    /// The capacity of a place over so much measured time \[s\] [units x s]; infinite if it is
    /// unlimited. Of a place whose capacity varies by the hour or the use, a replication counts it.
    pub fn capacity_area(&self, place: usize, measured_seconds: u64) -> f64 {
        let measured = u32::try_from(measured_seconds).expect("time fits into 32 bits");
        let end = self.measured_from + Span::from_seconds(measured);
        let mut area = 0.0;
        for (index, (from, rules)) in self.rules.iter().enumerate() {
            let until = self.rules.get(index + 1).map_or(end, |next| next.0.min(end));
            let seconds = until.since((*from).max(self.measured_from)).seconds();
            let rules = &rules.places[place];
            area += match rules.is_ever_unlimited() {
                true => f64::INFINITY,
                false => f64::from(rules.capacity) * f64::from(seconds),
            };
        }
        area
    }

    /// The same model with another theta, if it has a relationship layer.
    pub fn with_theta(&self, theta: f64) -> Model {
        self.with_coordination(|rules| rules.theta = theta)
    }

    /// The same model with other strengths of the relationship layer, if it has one.
    pub fn with_parameters(&self, parameters: &Parameters) -> Model {
        self.with_coordination(|rules| rules.parameters = *parameters)
    }

    fn with_coordination(&self, alter: impl Fn(&mut CoordinationRules)) -> Model {
        let mut model = self.clone();
        for (_, rules) in &mut model.rules {
            if let Some(coordination) = &mut rules.coordination {
                alter(coordination);
            }
        }
        model
    }

    /// Days of one step of what is seen at midnight.
    pub fn days_per_step(&self) -> u32 {
        self.measured_days().div_ceil(observations::SERIES_LIMIT).max(1)
    }

    /// How many days are measured.
    pub fn measured_days(&self) -> u32 {
        day_of(self.end).saturating_sub(day_of(self.measured_from))
    }

    /// The rules that hold at the start.
    pub fn first_rules(&self) -> &Rules {
        &self.rules.first().expect("a model has rules").1
    }

    /// The number by which a person is called. It is the same in every scenario in which they come.
    pub fn number_of(&self, person: PersonId) -> u64 {
        let streams = self.names.arrivals.len() as u64;
        (u64::from(person.day) * self.numbers_a_day + u64::from(person.number)) * streams
            + u64::from(person.stream)
            + 1
    }

    /// The person who is called by a number, on their first visit.
    pub fn person_called(&self, number: u64) -> Option<PersonId> {
        let streams = self.names.arrivals.len() as u64;
        let number = number.checked_sub(1)?;
        let stream = u8::try_from(number.checked_rem(streams)?).ok()?;
        let number = number / streams;
        Some(PersonId {
            stream,
            visit: 0,
            day: u32::try_from(number / self.numbers_a_day).ok()?,
            number: u32::try_from(number % self.numbers_a_day).ok()?,
        })
    }
}
