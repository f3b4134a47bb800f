//! What is asked of places, teams and meetings, worked out from the scenario before anything is run.
//!
//! People a day at each step follow from the traffic equations (`traffic`). What is asked of a place is
//! the time for which people need it: stays, waits and work, as if nobody ever waited for a team, a
//! meeting, opening hours or the next place. So a load above 1 is certain to grow without limit; one
//! below 1 need not be enough. What is there is averaged over the time for which rules hold, with all
//! further beds that can be opened. Dated changes have loads of their own; seasons are averaged over a
//! year, and what relationships change is taken as the scenario says it.

mod circles;
mod classes;
mod decisions;
mod supply;
mod traffic;

pub(super) use self::circles::circles;
pub use self::decisions::ShortStay;
use self::traffic::Traffic;
use super::rules::{Action, NOWHERE, PLAIN, Rules};
use super::{DAY, Model};
use crate::engine::Time;

/// The loads from a time on.
#[derive(Debug, Clone)]
pub struct Loads {
    /// From when.
    pub from: Time,
    /// People a day who come to each step, whether they need it or not.
    pub come: Vec<f64>,
    /// People a day who need each step.
    pub need: Vec<f64>,
    /// The place in which most people are when they come to a step.
    pub place_at: Vec<Option<u8>>,
    /// Of each place; asked for units, on average.
    pub places: Vec<Load>,
    /// Of each team; asked for cases that are worked on at a time, on average over the week.
    pub teams: Vec<Load>,
    /// Of the books of each team; asked for people who are on them at a time, on average.
    pub books: Vec<Load>,
    /// Of each meeting; asked for decisions a day.
    pub meetings: Vec<Load>,
    /// Stays that are shorter than what has to be decided meanwhile.
    pub short_stays: Vec<ShortStay>,
}

/// What is asked, and what is there.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Load {
    /// People a day who come to it.
    pub people_a_day: f64,
    /// What is asked on average.
    pub asked: f64,
    /// What is there on average; infinite if there is no limit.
    pub there: f64,
    /// Whether people can be refused or give up, so that not all that is asked must be done.
    pub loses: bool,
}

impl Load {
    /// What is asked over what is there; 0 if there is no limit.
    pub fn ratio(&self) -> f64 {
        if self.asked == 0.0 { 0.0 } else { self.asked / self.there }
    }

    /// Whether more is asked than is there.
    pub fn is_too_much(&self) -> bool {
        self.ratio() > 1.0 + 1e-9
    }
}

/// The loads of a model at its start, and from each dated change on.
pub fn loads(model: &Model) -> Vec<Loads> {
    let until = model.rules.iter().skip(1).map(|(from, _)| *from).chain([model.end]);
    let all = model.rules.iter().zip(until);
    all.map(|((from, rules), until)| of_rules(model, *from, until, rules)).collect()
}

fn of_rules(model: &Model, from: Time, until: Time, rules: &Rules) -> Loads {
    let traffic = Traffic::of(rules, f64::from(model.end.seconds()) / f64::from(DAY));
    let steps = rules.steps.len();
    let (mut come, mut need) = (vec![0.0; steps], vec![0.0; steps]);
    let mut most = vec![(0.0, None); steps];
    let empty = |there| Load { people_a_day: 0.0, asked: 0.0, there, loses: false };
    let places = rules.places.iter();
    let mut places: Vec<Load> =
        places.map(|place| empty(supply::units(&model.days, place, from, until))).collect();
    let mut teams: Vec<Load> =
        (0..rules.teams.len()).map(|team| empty(supply::cases(rules, team))).collect();
    let mut meetings: Vec<Load> =
        (0..rules.meetings.len()).map(|meeting| empty(supply::decisions(rules, meeting))).collect();
    let caseloads = rules.teams.iter().map(|team| team.caseload.map_or(f64::INFINITY, f64::from));
    let mut books: Vec<Load> = caseloads.map(empty).collect();
    for (node, people, needing) in traffic.nodes() {
        let step = &rules.steps[node.step as usize];
        let here = node.step as usize;
        come[here] += people;
        need[here] += needing;
        if people > most[here].0 {
            most[here] = (people, node.place);
        }
        let days = least_days(rules, &step.action);
        for (place, units) in [(node.place, node.units), (node.reserved, node.reserved_units)] {
            if let Some(place) = place {
                places[usize::from(place)].asked += needing * days * f64::from(units);
            }
        }
        for (team, load) in (0..).zip(&mut books) {
            if node.books & traffic::book(team) != 0 {
                load.asked += needing * days;
            }
        }
        if let Some(with) = rules.other_team(node.step) {
            teams[usize::from(with)].people_a_day += needing;
            teams[usize::from(with)].asked += needing * days;
        }
        let (load, asked) = match step.action {
            Action::Enter(place) if node.place == Some(place) => continue,
            Action::Join(team) if node.books & traffic::book(team) != 0 => continue,
            Action::Join(team) => (&mut books[usize::from(team)], 0.0),
            Action::Enter(place) | Action::Reserve(place) => (&mut places[usize::from(place)], 0.0),
            Action::Task { team, .. } => {
                let units = f64::from(traffic::units(rules, node.step));
                (&mut teams[usize::from(team)], needing * days * units)
            }
            Action::Meeting(meeting) => (&mut meetings[usize::from(meeting)], needing),
            _ => continue,
        };
        load.people_a_day += needing;
        load.asked += asked;
        load.loses |= step.request != PLAIN;
    }
    for (index, load) in teams.iter_mut().enumerate() {
        load.there = supply::in_slots(rules, index, load);
    }
    let place_at = most.into_iter().map(|(_, place)| place).collect();
    let short_stays = decisions::short_stays(rules, &traffic);
    Loads { from, come, need, place_at, places, teams, books, meetings, short_stays }
}

/// How long a step takes at least on average, if nobody waits for anybody \[days\].
fn least_days(rules: &Rules, action: &Action) -> f64 {
    match action {
        Action::Stay { time, .. } | Action::Task { time, .. } => {
            rules.times[usize::from(*time)].mean() / f64::from(DAY)
        }
        _ => 0.0,
    }
}

/// Whether there is a next step.
fn is_there(step: u32) -> bool {
    step != NOWHERE
}
