//! The stops of each pathway, from the steps of the scenario.

use super::{Kind, Lane, Stop, Turn, per_cent, time};
use crate::model::load::Loads;
use crate::model::{Action, DAY, Model, Rules};
use crate::scenario::Scenario;
use crate::scenario::flow::{FlatStep, Flow};
use crate::scenario::language::{Outcome, Owner};

/// Whoever is fewer than this share of a pathway is not drawn.
const NOBODY: f64 = 1e-9;

/// The lanes of all pathways to which somebody comes.
pub(super) fn lanes(scenario: &Scenario, model: &Model, loads: &Loads) -> Vec<Lane> {
    let (flow, _) = Flow::of(&scenario.base);
    let reader = Reader { scenario, model, rules: model.first_rules(), loads, flow: &flow };
    let pathways = model.names.pathways.iter().enumerate();
    pathways.filter_map(|(index, name)| reader.lane(index, &name.title)).collect()
}

struct Reader<'a> {
    scenario: &'a Scenario,
    model: &'a Model,
    rules: &'a Rules,
    loads: &'a Loads,
    flow: &'a Flow<'a>,
}

impl Reader<'_> {
    fn lane(&self, pathway: usize, title: &str) -> Option<Lane> {
        let all = self.flow.steps.iter().enumerate();
        let steps: Vec<usize> = all
            .filter(|(here, flat)| flat.pathway == pathway && self.is_drawn(*here))
            .map(|(here, _)| here)
            .collect();
        let first = *steps.first()?;
        if self.loads.come[first] < NOBODY {
            return None;
        }
        let stops = steps.iter().map(|here| self.stop(*here, &steps)).collect();
        let while_delayed = self.while_delayed(pathway, first, &steps);
        Some(Lane { title: title.to_owned(), people: self.loads.come[first], while_delayed, stops })
    }

    /// What can happen on each day of delay.
    fn while_delayed(&self, pathway: usize, first: usize, steps: &[usize]) -> Vec<String> {
        let names = &self.model.names.hazards[pathway];
        let hazards = self.flow.hazards[pathway].iter().zip(names);
        hazards
            .map(|((target, hazard), name)| {
                let what = format!("{} {}, to", per_cent(hazard.per_day), name.title);
                self.turn(&what, first, *target, steps).text
            })
            .collect()
    }

    /// Whether a step is more than a mark in the text of the scenario.
    fn is_drawn(&self, here: usize) -> bool {
        !matches!(
            self.rules.steps[here].action,
            Action::Pass | Action::Move | Action::LeaveBooks(_)
        )
    }

    fn stop(&self, here: usize, steps: &[usize]) -> Stop {
        let flat = &self.flow.steps[here];
        let (kind, title, detail, owner) = self.what(here, flat);
        let title = if flat.step.title.is_empty() { title } else { flat.step.title.clone() };
        let place = self.loads.place_at[here].map(usize::from);
        let of_place = place.map(|place| usize::from(self.rules.places[place].organisation));
        let (come, need) = (self.loads.come[here], self.loads.need[here]);
        let mut detail = detail;
        if come > 0.0 && need < come * (1.0 - 1e-9) {
            let share = per_cent(need / come);
            let apart = if detail.is_empty() { "" } else { ", " };
            detail = format!("{detail}{apart}for {share}");
        }
        Stop {
            kind,
            title,
            detail,
            organisation: owner.or_else(|| self.owner(flat)).or(of_place),
            place: place.zip(of_place).map(|(place, organisation)| {
                (self.model.names.places[place].title.clone(), organisation)
            }),
            people: need,
            turns: self.turns(here, steps),
        }
    }

    /// What a step is: its kind, what it is called without a title, more, and whose it is.
    fn what(&self, here: usize, flat: &FlatStep<'_>) -> (Kind, String, String, Option<usize>) {
        let names = &self.model.names;
        let of_time =
            |time_at: u16| time(self.rules.times[usize::from(time_at)].mean() / f64::from(DAY));
        match self.rules.steps[here].action {
            Action::Enter(place) | Action::Reserve(place) => {
                let index = usize::from(place);
                let rules = &self.rules.places[index];
                let name = &names.places[index].title;
                let room = self.room(index);
                let units = match flat.step.units {
                    Some(units) if units > 1 => format!(", {units} for each person"),
                    _ => String::new(),
                };
                let held = if flat.step.reserve.is_some() { ", held until the move" } else { "" };
                (
                    Kind::Place,
                    name.clone(),
                    format!("{name}, {room}{units}{held}"),
                    Some(rules.organisation.into()),
                )
            }
            Action::Task { team, time, .. } => {
                let mut name = names.teams[usize::from(team)].title.clone();
                if let Some(with) = self.rules.other_team(here as u32) {
                    name += &format!(" with {}", names.teams[usize::from(with)].title);
                }
                let owner = self.rules.teams[usize::from(team)].organisation;
                (
                    Kind::Team,
                    name.clone(),
                    format!("{name}, {} of work", of_time(time)),
                    Some(owner.into()),
                )
            }
            Action::Meeting(meeting) => {
                let name = &names.meetings[usize::from(meeting)].title;
                let held =
                    self.scenario.base.meetings.get_index(meeting.into()).map(|(_, held)| held);
                let owner = held.and_then(|held| self.organisation(&held.organisation));
                let days = held.map_or(0, |held| held.days.len());
                let often = match days {
                    7 => "every day".to_owned(),
                    1 => "once a week".to_owned(),
                    days => format!("on {days} days a week"),
                };
                (Kind::Meeting, name.clone(), format!("{name}, {often}"), owner)
            }
            Action::Stay { time, .. } if flat.step.stay.is_some() => {
                (Kind::Stay, own_name(flat), format!("{} on average", of_time(time)), None)
            }
            Action::Stay { time, .. } => {
                (Kind::Wait, own_name(flat), format!("{} on average", of_time(time)), None)
            }
            Action::Until(_) => {
                let hours = flat.step.until.as_ref().map(ToString::to_string).unwrap_or_default();
                (Kind::Hours, own_name(flat), format!("until {hours}"), None)
            }
            Action::Join(team) => {
                let rules = &self.rules.teams[usize::from(team)];
                let name = &names.teams[usize::from(team)].title;
                let most = rules.caseload.unwrap_or(0);
                let text = format!("{name}, at most {most} people on its books");
                (Kind::Team, name.clone(), text, Some(rules.organisation.into()))
            }
            Action::Keep(units) => {
                let what = if units == 1 { "unit" } else { "units" };
                (Kind::Keep, own_name(flat), format!("{units} {what} from now on"), None)
            }
            Action::Ready => (Kind::Ready, "ready to leave".to_owned(), String::new(), None),
            Action::Split { .. } | Action::Route { .. } => {
                (Kind::Split, own_name(flat), String::new(), None)
            }
            Action::Leave(outcome) => {
                (Kind::Leave, where_to(outcome).to_owned(), String::new(), None)
            }
            Action::Readmit { chance, time, .. } => {
                let text = format!("{} after {}", per_cent(chance.value), of_time(time));
                (Kind::Return, "comes back to hospital".to_owned(), text, None)
            }
            _ => (Kind::Wait, own_name(flat), String::new(), None),
        }
    }

    /// How much there is of a place, and when people leave it.
    fn room(&self, place: usize) -> String {
        let rules = &self.rules.places[place];
        let at_times = rules.capacity_at.iter().map(|entry| entry.capacity);
        let all: Vec<u32> = at_times.chain([rules.capacity]).collect();
        let (least, most) = (all.iter().min().copied(), all.iter().max().copied());
        let mut text = match (least.unwrap_or(0), most.unwrap_or(0)) {
            (u32::MAX, _) => "no limit".to_owned(),
            (least, u32::MAX) => format!("{least} places or no limit, by the hour or day"),
            (1, 1) => "1 place".to_owned(),
            (least, most) if least == most => format!("{most} places"),
            (least, most) => format!("{least} to {most} places, by the hour or day"),
        };
        if let Some(escalation) = rules.escalation {
            text += &format!(", {} more when full", escalation.beds);
        }
        let said = self.scenario.base.places.get_index(place);
        if let Some(hours) = said.and_then(|(_, said)| said.leaving.as_ref()) {
            text += &format!(", leaving {hours}");
        }
        text
    }

    fn organisation(&self, name: &str) -> Option<usize> {
        self.scenario.base.organisations.get_index_of(name)
    }

    fn owner(&self, flat: &FlatStep<'_>) -> Option<usize> {
        match flat.step.owner.as_ref()? {
            Owner::One(name) | Owner::Pair(name, _) => self.organisation(name),
        }
    }

    fn turns(&self, here: usize, steps: &[usize]) -> Vec<Turn> {
        let flat = &self.flow.steps[here];
        let step = &self.rules.steps[here];
        let mut turns = Vec::new();
        if let (Some((chance, _)), Some(target)) = (&step.again, flat.again) {
            let text = format!("{} again from", per_cent(chance.value));
            turns.push(self.turn(&text, here, target, steps));
        }
        if let Some(route) = &flat.step.route {
            for (value, (target, _)) in route.to.keys().zip(&flat.split) {
                turns.push(self.turn(&format!("{value}: to"), here, *target, steps));
            }
        } else {
            for (target, share) in &flat.split {
                turns.push(self.turn(&format!("{} to", per_cent(*share)), here, *target, steps));
            }
        }
        if let Some(target) = flat.refused {
            turns.push(self.turn("if there is no room, to", here, target, steps));
        }
        if flat.step.patience.is_some() && flat.impatient.is_none() {
            turns.push(Turn { text: "who gives up leaves".to_owned(), to: None });
        }
        if let Some(target) = flat.impatient {
            turns.push(self.turn("who gives up, to", here, target, steps));
        }
        if let Some(next) = flat.next
            && flat.step.then.is_some()
            && self.drawn_at(next, steps) != self.drawn_at(here + 1, steps)
        {
            turns.push(self.turn("goes on at", here, next, steps));
        }
        turns
    }

    /// The stop of the lane at which somebody is who comes to a step.
    fn drawn_at(&self, step: usize, steps: &[usize]) -> Option<usize> {
        let pathway = self.flow.steps.get(step)?.pathway;
        let position = steps.iter().position(|drawn| *drawn >= step)?;
        (self.flow.steps[steps[position]].pathway == pathway).then_some(position)
    }

    fn turn(&self, text: &str, here: usize, target: usize, steps: &[usize]) -> Turn {
        let flat = &self.flow.steps[target];
        if flat.pathway != self.flow.steps[here].pathway {
            let pathway = &self.model.names.pathways[flat.pathway].title;
            return Turn {
                text: format!("{text} “{}” of {pathway}", self.called(target)),
                to: None,
            };
        }
        let to = self.drawn_at(target, steps);
        let called = to.map_or_else(|| own_name(flat), |to| self.called(steps[to]));
        Turn { text: format!("{text} “{called}”"), to }
    }

    /// What a step is called.
    fn called(&self, here: usize) -> String {
        let flat = &self.flow.steps[here];
        if !flat.step.title.is_empty() { flat.step.title.clone() } else { self.what(here, flat).1 }
    }
}

/// The name of a step that has no title.
fn own_name(flat: &FlatStep<'_>) -> String {
    let name = flat.name.rsplit('.').next().unwrap_or_default();
    name.replace(['_', '-'], " ")
}

fn where_to(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Home => "home",
        Outcome::CareHome => "a care home",
        Outcome::Hospice => "a hospice",
        Outcome::OtherHospital => "another hospital",
        Outcome::Died => "died",
        Outcome::Done => "done",
        Outcome::Refused => "refused",
        Outcome::GaveUp => "gave up",
    }
}
