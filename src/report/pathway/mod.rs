//! The pathways of a scenario, drawn so that a room can say "that is not us": in the terminal and as SVG.
//!
//! A lane is a pathway, a stop is a step of it. Steps that take nobody's time are left out, and routes are
//! drawn where they are followed. The people a day at each stop are expected ones, from the shares and
//! chances of the scenario; nothing has been run.

mod paper;
mod stops;
mod terminal;

use crate::model::Model;
use crate::model::load::Loads;
use crate::scenario::Scenario;

/// All pathways of a scenario.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawing {
    title: String,
    /// What the organisations are called.
    organisations: Vec<String>,
    lanes: Vec<Lane>,
}

/// One pathway.
#[derive(Debug, Clone, PartialEq)]
struct Lane {
    title: String,
    /// People a day who begin it.
    people: f64,
    /// What can happen on each day of delay.
    while_delayed: Vec<String>,
    stops: Vec<Stop>,
}

/// What a stop is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Place,
    Stay,
    Wait,
    Team,
    Meeting,
    Hours,
    Ready,
    Split,
    Keep,
    Leave,
    Return,
}

impl Kind {
    /// The word over a stop.
    fn word(self) -> &'static str {
        match self {
            Kind::Place => "place",
            Kind::Stay => "stay",
            Kind::Wait => "wait",
            Kind::Team => "team",
            Kind::Meeting => "meeting",
            Kind::Hours => "hours",
            Kind::Ready => "ready to leave",
            Kind::Split => "one of several ways",
            Kind::Keep => "keeps",
            Kind::Leave => "leaves",
            Kind::Return => "comes back",
        }
    }
}

/// One step.
#[derive(Debug, Clone, PartialEq)]
struct Stop {
    kind: Kind,
    /// What people call it.
    title: String,
    /// Who does it, where, for how long.
    detail: String,
    /// Whose it is.
    organisation: Option<usize>,
    /// The place in which people are meanwhile, and whose that is.
    place: Option<(String, usize)>,
    /// People a day who need it.
    people: f64,
    /// What else can happen: who starts again, who goes elsewhere.
    turns: Vec<Turn>,
}

/// A way on that does not lead to the next stop.
#[derive(Debug, Clone, PartialEq)]
struct Turn {
    /// In words.
    text: String,
    /// The stop of the same lane to which it leads, if it does.
    to: Option<usize>,
}

impl Lane {
    /// What can happen on each day of delay, in words; nothing, if nothing can.
    fn while_delayed(&self) -> Option<String> {
        let all = self.while_delayed.join("; ");
        (!all.is_empty()).then(|| format!("On each day of delay: {all}."))
    }
}

impl Stop {
    /// The people a day, if any come by the shares of the scenario: some stops are reached by harm alone.
    fn a_day(&self) -> Option<String> {
        (self.people > 0.0).then(|| a_day(self.people))
    }
}

impl Drawing {
    /// Of a scenario before any dated change.
    pub fn of(scenario: &Scenario, model: &Model, loads: &Loads) -> Drawing {
        Drawing {
            title: scenario.base.title.clone(),
            organisations: model.names.organisations.iter().map(|it| it.title.clone()).collect(),
            lanes: stops::lanes(scenario, model, loads),
        }
    }
}

/// People a day, with as many figures as tell something.
fn a_day(people: f64) -> String {
    match people {
        _ if people >= 99.95 => format!("{people:.0}"),
        _ if people >= 9.995 => format!("{people:.1}"),
        _ => format!("{people:.2}"),
    }
}

/// A share in per cent.
fn per_cent(share: f64) -> String {
    let per_cent = share * 100.0;
    if per_cent >= 9.95 || (per_cent - per_cent.round()).abs() < 0.05 {
        format!("{per_cent:.0}%")
    } else {
        format!("{per_cent:.1}%")
    }
}

/// A time in the unit that suits it.
fn time(days: f64) -> String {
    let (number, unit) = match days {
        _ if days >= 1.5 => (days, "day"),
        _ if days >= 1.0 / 24.0 - 1e-9 => (days * 24.0, "hour"),
        _ => (days * 1_440.0, "minute"),
    };
    let rounded = (number * 10.0).round() / 10.0;
    format!("{rounded} {unit}{}", if (rounded - 1.0).abs() < 1e-9 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_as_fine_as_they_tell_something() {
        assert_eq!([a_day(0.123), a_day(12.34), a_day(123.4)], ["0.12", "12.3", "123"]);
        assert_eq!([per_cent(0.3), per_cent(0.005), per_cent(0.015)], ["30%", "0.5%", "1.5%"]);
        let times = [time(10.5), time(1.0), time(1.0 / 24.0), time(0.01)];
        assert_eq!(times, ["10.5 days", "24 hours", "1 hour", "14.4 minutes"]);
    }
}
