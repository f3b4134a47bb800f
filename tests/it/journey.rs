//! The rules of the pathway, one a test: the test's name is the rule.
//!
//! In these worlds all times are fixed and only the arrivals are drawn, so that a person's way can
//! be worked out to the second from when they came. Day 0 is Monday 1 January 2024.

mod arrivals;
mod attributes;
mod beginnings;
mod crowded;
mod delays;
mod gridlock;
mod hours;
mod leaving;
mod places;
mod queues;
mod steps;
mod teams;

use homeward::engine::{Span, Time};
use homeward::model::{DAY, Entry, Model, Observations, What};

use crate::support::{by_person, logged, model};

/// A world that ran once.
struct World {
    model: Model,
    observed: Observations,
    log: Vec<Entry>,
    /// What happened to each person, in the order in which they came.
    ways: Vec<Vec<Entry>>,
}

/// Runs twelve weeks from a Monday on, of one kind of people who take `steps`.
fn world(parts: &str, steps: &str) -> World {
    let door = "arrivals.door = { per_day = 3, pathways = { through = 1.0 } }";
    run(&format!("{door}\n{parts}\n[pathways.through.steps]\n{steps}"))
}

/// Runs twelve weeks from a Monday on.
fn run(parts: &str) -> World {
    let world = exact(parts);
    assert!(world.ways.len() > 20, "enough people to tell: {}", world.ways.len());
    world
}

/// Runs twelve weeks from a Monday on, of a few people who are worked out one by one.
fn exact(parts: &str) -> World {
    let text = format!(
        r#"
schema = 1
title = "Worked by hand"
run = {{ start = 2024-01-01, length = "12 weeks", seed = 3 }}
organisations.hospital = {{}}
organisations.care = {{}}
{parts}
"#
    );
    let model = model(&text);
    let (observed, log) = logged(&model, 0);
    let ways = by_person(&log);
    World { model, observed, log, ways }
}

impl World {
    /// The ways of those who have left.
    fn finished(&self) -> impl Iterator<Item = &Vec<Entry>> {
        let finished =
            self.ways.iter().filter(|way| has(way, |what| matches!(what, What::Leaves(_))));
        assert!(finished.clone().count() > 10, "enough people to tell");
        finished
    }

    /// The value of a measure.
    fn measure(&self, name: &str) -> f64 {
        let names = homeward::model::measures::names(&self.model);
        let index = names.iter().position(|known| known.0 == name);
        let index = index.unwrap_or_else(|| panic!("`{name}` is none of {names:?}"));
        homeward::model::measures::values(&self.model, &self.observed)[index]
    }
}

fn has(way: &[Entry], is: impl Fn(What) -> bool) -> bool {
    way.iter().any(|entry| is(entry.what))
}

/// When something first happened to somebody.
#[track_caller]
fn when(way: &[Entry], is: impl Fn(What) -> bool) -> Time {
    let found = way.iter().find(|entry| is(entry.what));
    found.unwrap_or_else(|| panic!("it did not happen: {way:?}")).time
}

fn came(way: &[Entry]) -> Time {
    way[0].time
}

fn left(way: &[Entry]) -> Time {
    when(way, |what| matches!(what, What::Leaves(_)))
}

fn hours(hours: u32) -> Span {
    Span::from_seconds(3_600 * hours)
}

fn days(days: u32) -> Span {
    Span::from_seconds(DAY * days)
}

/// The number of the day, and the second of that day.
fn clock(time: Time) -> (u32, u32) {
    (time.seconds() / DAY, time.seconds() % DAY)
}

/// The first moment at or after `time` with this hour of the day.
fn next(time: Time, hour: u32) -> Time {
    let (day, second) = clock(time);
    let day = if second <= hour * 3_600 { day } else { day + 1 };
    crate::support::at(day, hour, 0)
}

fn close(one: f64, other: f64) -> bool {
    (one - other).abs() < 1e-9 * other.abs().max(1.0)
}
