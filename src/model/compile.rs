//! From a checked scenario to the rules and names of a model.
//!
//! The scenario has been checked, so a name that is not found here is a bug, not a mistake of the
//! user's.

mod arrivals;
mod coordination;
mod initial;
mod quantities;
mod requests;
mod steps;

use self::arrivals::arrivals;
use self::quantities::{meeting, place, team};
use super::calendar::{Calendar, DAY, Days};
use super::rules::Rules;
use super::stop::Stop;
use super::{Cell, Harm, Losses, Model, Name, Names, load};
use crate::engine::Time;
use crate::random::Key;
use crate::scenario::Scenario;
use crate::scenario::flow::Flow;
use crate::scenario::language::{Description, Named};

/// Compiles a scenario.
pub fn compile(scenario: &Scenario) -> Model {
    let base = &scenario.base;
    let warm_up_days = (base.run.warm_up.length.seconds / f64::from(DAY)).ceil() as u32;
    let first = base
        .run
        .start
        .plus_days(-i64::from(warm_up_days))
        .expect("checked: the run lies within the years that are known");
    let length = base.run.length.seconds.round() as u32;
    let measured_from = Time::from_seconds(warm_up_days * DAY);
    let end = Time::from_seconds(warm_up_days * DAY + length);
    let holidays: Vec<_> = base.bank_holidays.iter().map(|date| date.civil()).collect();
    let days = Days::new(first.civil(), end.seconds().div_ceil(DAY) + 1, &holidays);

    let (flow, _) = Flow::of(base);
    let names = names(base, &flow);
    let mut cells = vec![Cell { reason: None, owner: None, other: None }];
    let all = std::iter::once(base).chain(scenario.later.iter().map(|(_, later)| later));
    let dyads = coordination::dyads(all);
    let all = std::iter::once(base).chain(scenario.later.iter().map(|(_, later)| later));
    let classes = requests::classes(all);
    let mut rules = vec![(Time::START, rules_of(base, &dyads, &classes, &days, 0, &mut cells))];
    for (date, description) in &scenario.later {
        let from = u32::try_from(days.number_of(date.civil()))
            .expect("checked: a change falls into the run");
        let mut later = rules_of(description, &dyads, &classes, &days, from, &mut cells);
        if let Some((_, before)) = rules.last() {
            coordination::keep_beginnings(&mut later, before);
        }
        rules.push((Time::from_seconds(from * DAY), later));
    }
    requests::settle(&mut rules);
    what_may_be_interrupted(&mut rules);
    arrivals::number_groups(rules.iter_mut().map(|(_, rules)| &mut rules.arrivals));
    let all = std::iter::once(base).chain(scenario.later.iter().map(|(_, later)| later));
    let numbers_a_day = arrivals::numbers_a_day(all);
    let circles = load::circles(&rules);
    Model {
        days,
        circles,
        warm_up_is_open: base.run.warm_up.found,
        measured_from,
        end,
        stop: base.run.stop.as_ref().map(|stop| Stop {
            leavers: stop.leavers,
            arrivals: stop.arrivals,
            empty: stop.empty.unwrap_or(false),
        }),
        initial: initial::initial(base, &flow),
        losses: Losses::of(&rules),
        rules,
        names,
        cells,
        has_acute: base.places.values().any(|place| place.acute),
        seed: base.run.seed,
        numbers_a_day,
        harms: base
            .harms
            .values()
            .map(|harm| Harm {
                per_delayed_day: harm.per_delayed_day,
                per_long_wait: harm.per_long_wait,
                place: harm.place.as_deref().map(|place| position(&base.places, place)),
            })
            .collect(),
    }
}

/// What begins under one set of rules may be interrupted under another: all of them know.
fn what_may_be_interrupted(rules: &mut [(Time, Rules)]) {
    let teams = rules.first().map_or(0, |(_, rules)| rules.teams.len());
    for team in 0..teams {
        let interrupts = rules.iter().any(|(_, rules)| rules.teams[team].interrupts);
        for (_, rules) in &mut *rules {
            rules.teams[team].interrupts = interrupts;
        }
    }
}

fn rules_of(
    description: &Description,
    dyads: &[(u8, u8)],
    classes: &[String],
    days: &Days,
    from: u32,
    cells: &mut Vec<Cell>,
) -> Rules {
    let (flow, dead) = Flow::of(description);
    let mut chances_changed = Vec::new();
    assert!(dead.is_empty(), "checked: every name in a pathway leads somewhere");
    let mut rules = Rules {
        steps: Vec::new(),
        starts: flow.starts.iter().map(|&start| start as u32).collect(),
        hazards: Vec::new(),
        ways: Vec::new(),
        classes: classes.to_vec(),
        requests: Vec::new(),
        joint: Vec::new(),
        times: Vec::new(),
        calendars: Calendar::all(description),
        places: description
            .places
            .values()
            .map(|it| place(description, days, classes, it))
            .collect(),
        teams: description.teams.iter().map(|(name, it)| team(description, name, it)).collect(),
        meetings: description
            .meetings
            .iter()
            .map(|(name, it)| meeting(description, days, &mut chances_changed, name, it))
            .collect(),
        arrivals: description
            .arrivals
            .iter()
            .map(|(name, it)| arrivals(description, days, name, it))
            .collect(),
        at_gridlock: description.run.at_gridlock,
        coordination: coordination::rules(description, dyads, days, from),
        attributes: description
            .attributes
            .keys()
            .map(|name| Key::of_name(&format!("attributes.{name}")))
            .collect(),
        whens: Vec::new(),
        chances_changed: Vec::new(),
        waits_changed: Vec::new(),
    };
    rules.chances_changed = chances_changed;
    for (place, said) in rules.places.iter_mut().zip(description.places.values()) {
        if let Some(hours) = &said.leaving {
            rules.calendars.push(Calendar::daily(hours.ranges()));
            place.leaving = Some(steps::short(rules.calendars.len() - 1));
            let owner = (Some(place.organisation), None);
            place.leaving_cell = steps::cell(cells, said.leaving_reason.as_deref(), owner);
        }
    }
    steps::lay_down(description, &flow, cells, &mut rules);
    rules
}

fn names(description: &Description, flow: &Flow<'_>) -> Names {
    let mut names = Names {
        organisations: list(&description.organisations, |it| &it.title),
        places: list(&description.places, |it| &it.title),
        teams: list(&description.teams, |it| &it.title),
        meetings: list(&description.meetings, |it| &it.title),
        arrivals: list(&description.arrivals, |it| &it.title),
        pathways: list(&description.pathways, |it| &it.title),
        harms: list(&description.harms, |it| &it.title),
        ..Names::default()
    };
    names.steps = flow.steps.iter().map(|flat| name(&flat.name, &flat.step.title)).collect();
    names.hazards = description
        .pathways
        .values()
        .map(|pathway| list(&pathway.while_delayed, |it| &it.title))
        .collect();
    names
}

fn list<T>(named: &Named<T>, title: impl Fn(&T) -> &String) -> Vec<Name> {
    named.iter().map(|(id, it)| name(id, title(it))).collect()
}

fn name(id: &str, title: &str) -> Name {
    let title = if title.is_empty() { id } else { title };
    Name { id: id.to_owned(), title: title.to_owned() }
}

/// The position of a name.
fn position<T>(named: &Named<T>, name: &str) -> u8 {
    let index = named.get_index_of(name).expect("checked: every name that is used is declared");
    u8::try_from(index).expect("checked: at most 250 of a kind")
}
