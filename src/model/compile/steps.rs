//! The steps of all pathways, as the rules hold them.

use super::quantities::{chance, cumulative, distribution, rate_per_second};
use super::{coordination, position, requests};
use crate::model::Cell;
use crate::model::calendar::Calendar;
use crate::model::coordination::WaitOf;
use crate::model::rules::{Action, Chance, Hazard, Joint, NO_EFFECT, NOWHERE, Rules, Step};
use crate::random::Key;
use crate::scenario::flow::{FlatStep, Flow};
use crate::scenario::language::{AtClosing, Description, Distribution, OneOf, Owner, Step as Said};
use crate::scenario::reasons;

/// Lays down the steps of `flow`, and the hazards, in `rules`.
pub(super) fn lay_down(
    description: &Description,
    flow: &Flow<'_>,
    cells: &mut Vec<Cell>,
    rules: &mut Rules,
) {
    for flat in &flow.steps {
        let step = lay_step(description, flat, cells, rules);
        rules.steps.push(step);
    }
    for (at, flat) in flow.steps.iter().enumerate() {
        let on =
            flat.next.is_some_and(|next| next > at && flow.steps[next].pathway == flat.pathway);
        rules.steps[at].leads_on = on && flat.again.is_none();
    }
    for (pathway, hazards) in flow.hazards.iter().enumerate() {
        let (name, declared) =
            description.pathways.get_index(pathway).expect("a flow has the pathways declared");
        let names = declared.while_delayed.keys();
        rules.hazards.push(
            hazards
                .iter()
                .zip(names)
                .map(|((target, hazard), hazard_name)| Hazard {
                    per_second: rate_per_second(hazard.per_day),
                    target: *target as u32,
                    purpose: Key::of_name(&format!("{name}.while_delayed.{hazard_name}")),
                })
                .collect(),
        );
    }
    count_loops(flow, &mut rules.steps);
}

fn lay_step(
    description: &Description,
    flat: &FlatStep<'_>,
    cells: &mut Vec<Cell>,
    rules: &mut Rules,
) -> Step {
    let said = flat.step;
    let owner = owner(description, said);
    let cell = cell(cells, said.reason.as_deref(), owner);
    let queue_reason = said.queue_reason.as_deref().or(said.reason.as_deref());
    let queue_cell = self::cell(cells, queue_reason, owner);
    let target = |step: Option<usize>| step.map_or(NOWHERE, |step| step as u32);
    let changed = &mut rules.chances_changed;
    let needed = match &said.chance {
        Some(said) => chance(description, changed, said),
        None => Chance::CERTAIN,
    };
    let again = said
        .again
        .as_ref()
        .zip(flat.again)
        .map(|(again, from)| (chance(description, changed, &again.chance), from as u32));
    let contested = coordination::contested(rules, needed);
    Step {
        contested,
        action: action(description, flat, rules),
        always_needed: needed == Chance::CERTAIN && said.when.is_none(),
        leads_on: false,
        needed,
        again,
        next: target(flat.next),
        skip: target(flat.skip),
        queue_cell,
        cell,
        purpose: Key::of_name(&format!("steps.{}", flat.name)),
        request: requests::request(description, flat, rules),
        when: when(description, said, rules),
        loops: 0,
        loop_unit: 0,
        pathway: u8::try_from(flat.pathway).expect("checked: at most 250 pathways"),
    }
}

fn action(description: &Description, flat: &FlatStep<'_>, rules: &mut Rules) -> Action {
    let said = flat.step;
    if let Some(place) = &said.enter {
        Action::Enter(position(&description.places, place))
    } else if let Some(place) = &said.reserve {
        Action::Reserve(position(&description.places, place))
    } else if said.r#move.is_some() {
        Action::Move
    } else if let Some(time) = said.stay.as_ref().or(said.wait.as_ref()) {
        let calendar = said.calendar.as_deref();
        Action::Stay {
            time: add_time(rules, time),
            calendar: calendar.map(|it| position(&description.calendars, it).into()),
            effect: effect_on_wait(description, said, rules),
        }
    } else if let (Some(team), Some(takes)) = (&said.task, &said.takes) {
        let team = position(&description.teams, team);
        let joint = said
            .with
            .as_ref()
            .map_or(NO_EFFECT, |with| add_joint(rules, team, position(&description.teams, with)));
        Action::Task { team, time: add_time(rules, takes), joint }
    } else if let Some(team) = &said.join {
        Action::Join(position(&description.teams, team))
    } else if let Some(team) = &said.leave_books {
        Action::LeaveBooks(position(&description.teams, team))
    } else if let Some(meeting) = &said.meeting {
        Action::Meeting(position(&description.meetings, meeting))
    } else if let Some(hours) = &said.until {
        rules.calendars.push(Calendar::daily(hours.ranges()));
        Action::Until(short(rules.calendars.len() - 1))
    } else if let Some(units) = said.keep {
        Action::Keep(units)
    } else if said.ready.is_some() {
        Action::Ready
    } else if said.split.is_some() {
        let first = short(rules.ways.len());
        let shares: Vec<f64> = flat.split.iter().map(|(_, share)| *share).collect();
        let targets = flat.split.iter().map(|(target, _)| *target as u32);
        rules.ways.extend(cumulative(&shares).into_iter().zip(targets));
        Action::Split { first, count: short(flat.split.len()) }
    } else if let Some(route) = &said.route {
        let first = short(rules.ways.len());
        let values = &description.attributes[&route.by].values;
        rules.ways.extend(values.iter().map(|value| {
            let named = route.to.get_index_of(value).map(|index| flat.split[index].0);
            let target = named.or(flat.next).expect("checked: everybody goes on");
            (1.0, target as u32)
        }));
        Action::Route { attribute: position(&description.attributes, &route.by), first }
    } else if let Some(outcome) = said.leave {
        Action::Leave(outcome)
    } else if let Some(readmit) = &said.readmit {
        Action::Readmit {
            chance: chance(description, &mut rules.chances_changed, &readmit.chance),
            time: add_time(rules, &readmit.after),
            stream: position(&description.arrivals, &readmit.arrivals),
        }
    } else {
        debug_assert!(said.follow.is_some(), "checked: a step does one thing");
        Action::Pass
    }
}

/// Which people a step is for, as a position in the rules.
fn when(description: &Description, said: &Said, rules: &mut Rules) -> u16 {
    let Some(when) = &said.when else { return NO_EFFECT };
    let fits = when.iter().map(|(name, OneOf(fit))| {
        let values = description.attributes[name].values.iter();
        (position(&description.attributes, name), values.map(|it| fit.contains(it)).collect())
    });
    let fits = fits.collect();
    rules.whens.push(fits);
    short(rules.whens.len() - 1)
}

/// Work that two teams do together goes on while those of them are open that stop when they close.
fn add_joint(rules: &mut Rules, team: u8, with: u8) -> u16 {
    let mut hours = None;
    for team in [team, with] {
        let rules_of_team = &mut rules.teams[usize::from(team)];
        rules_of_team.works_with_others = true;
        let own = rules_of_team.calendar.filter(|_| rules_of_team.at_closing == AtClosing::Pause);
        hours = match (hours, own) {
            (Some(one), Some(other)) if one != other => {
                let calendars = &rules.calendars;
                let both = calendars[usize::from(one)].while_open(&calendars[usize::from(other)]);
                rules.calendars.push(both);
                Some(short(rules.calendars.len() - 1))
            }
            (hours, own) => hours.or(own),
        };
    }
    rules.joint.push(Joint { with, hours });
    short(rules.joint.len() - 1)
}

/// What coordination makes of a step's time.
fn effect_on_wait(description: &Description, said: &Said, rules: &mut Rules) -> u16 {
    let Some(depends) = said.depends_on.as_ref().filter(|_| description.coordination.is_some())
    else {
        return NO_EFFECT;
    };
    let between = coordination::pair(description, &depends.between)
        .expect("checked: a wait depends on two organisations");
    coordination::position_in(&mut rules.waits_changed, WaitOf { quantity: depends.of, between })
}

pub(super) fn add_time(rules: &mut Rules, time: &Distribution) -> u16 {
    rules.times.push(distribution(time));
    short(rules.times.len() - 1)
}

pub(super) fn short(position: usize) -> u16 {
    u16::try_from(position).expect("checked: at most 10,000 steps")
}

/// Whose delay a step is, as positions of organisations.
fn owner(description: &Description, said: &Said) -> (Option<u8>, Option<u8>) {
    let organisation = |name: &str| Some(position(&description.organisations, name));
    match &said.owner {
        Some(Owner::One(one)) => return (organisation(one), None),
        Some(Owner::Pair(one, other)) => return (organisation(one), organisation(other)),
        None => {}
    }
    let name = if let Some(place) = said.enter.as_ref().or(said.reserve.as_ref()) {
        &description.places[place].organisation
    } else if let Some(team) = said.task.as_ref().or(said.join.as_ref()) {
        &description.teams[team].organisation
    } else if let Some(meeting) = &said.meeting {
        &description.meetings[meeting].organisation
    } else {
        return (None, None);
    };
    (organisation(name), None)
}

/// The position of the cell for a reason and owner. Steps that cannot delay anybody share the first.
pub(super) fn cell(
    cells: &mut Vec<Cell>,
    code: Option<&str>,
    owner: (Option<u8>, Option<u8>),
) -> u16 {
    let Some(code) = code else { return 0 };
    let reason = reasons::by_code(code).expect("checked: a reason is one of NHS England's");
    let cell = Cell { reason: Some(reason), owner: owner.0, other: owner.1 };
    let index = cells.iter().position(|known| *known == cell).unwrap_or_else(|| {
        cells.push(cell);
        cells.len() - 1
    });
    short(index)
}

/// Gives every step to which a jump leads back a counter of its own, and tells the steps that are
/// taken again with it. Eight counters fit into a person; a pathway with more loops shares them,
/// which costs some pairing of random numbers and nothing else.
fn count_loops(flow: &Flow<'_>, steps: &mut [Step]) {
    let ends = flow.starts.iter().skip(1).copied().chain([flow.steps.len()]);
    for ((&start, end), hazards) in flow.starts.iter().zip(ends).zip(&flow.hazards) {
        // The last step from which each step is jumped back to.
        let mut last_source: Vec<Option<usize>> = vec![None; end - start];
        let mut note = |source: usize, target: usize| {
            if (start..=source).contains(&target) {
                let last = &mut last_source[target - start];
                *last = (*last).max(Some(source));
            }
        };
        for source in start..end {
            let flat = &flow.steps[source];
            for target in flat.targets() {
                note(source, target);
            }
        }
        for (target, _) in hazards {
            note(end - 1, *target);
        }
        let heads = (start..end).filter_map(|head| last_source[head - start].map(|s| (head, s)));
        for (counter, (head, source)) in heads.enumerate() {
            let shift = 8 * (counter % 8);
            steps[head].loop_unit = 1 << shift;
            for step in &mut steps[head..=source] {
                step.loops |= 0xFF << shift;
            }
        }
    }
}
