//! Where people can go: all that can happen to a person, step by step.

use std::collections::VecDeque;

use crate::scenario::flow::Flow;
use crate::scenario::language::{Chance, Description, Outcome, Step};

/// What a person carries along that decides what may happen next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct State {
    /// They no longer need the place they are in.
    ready: bool,
    /// They hold a place that they have not moved to.
    holds: bool,
}

/// How people leave a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Way {
    /// On to another step.
    To(usize),
    /// Out of the scenario.
    Out,
    /// Past the last step, without leaving; `true` if that is because they did not need the step.
    Nowhere(bool),
}

/// What can happen in one step.
#[derive(Debug, Clone, Default)]
pub(super) struct Seen {
    /// Somebody who is not ready to leave can come here.
    pub(super) unready: bool,
    /// Somebody who is ready to leave can come here.
    pub(super) ready: bool,
    /// Somebody can come here who holds no place that they reserved.
    pub(super) without_reserve: bool,
    /// Somebody can come here who holds a place that they reserved.
    pub(super) with_reserve: bool,
    /// The ways on.
    pub(super) ways: Vec<Way>,
}

impl Seen {
    /// Whether anybody can come here.
    pub(super) fn reached(&self) -> bool {
        self.unready || self.ready
    }
}

/// What can happen in every step.
#[derive(Debug)]
pub(super) struct Survey<'a> {
    pub(super) flow: &'a Flow<'a>,
    /// Starting from the first step of every pathway.
    pub(super) steps: Vec<Seen>,
    /// Whether a step can be reached by somebody who comes with the arrivals.
    pub(super) arrived: Vec<bool>,
    /// For each pathway, whether too much is wrong with it to say anything.
    pub(super) unsure: Vec<bool>,
    /// For each pathway, whether it has a loop without exit.
    pub(super) trapped: Vec<bool>,
}

impl<'a> Survey<'a> {
    pub(super) fn of(flow: &'a Flow<'a>, description: &Description, unsure: &[bool]) -> Survey<'a> {
        let starts = |index: usize| {
            let has_steps =
                description.pathways.get_index(index).is_some_and(|(_, p)| !p.steps.is_empty());
            has_steps.then(|| flow.starts[index])
        };
        let all: Vec<usize> = (0..flow.starts.len()).filter_map(starts).collect();
        let taken: Vec<usize> = description
            .arrivals
            .values()
            .flat_map(|stream| stream.pathways.lists())
            .flatten()
            .filter(|(_, share)| **share > 0.0)
            .filter_map(|(name, _)| starts(description.pathways.get_index_of(name)?))
            .collect();
        let steps = explore(flow, description, &all);
        let arrived = explore(flow, description, &taken).iter().map(Seen::reached).collect();
        Survey { flow, steps, arrived, unsure: unsure.to_vec(), trapped: vec![false; unsure.len()] }
    }

    /// The steps that can be reached and of which something can be said.
    pub(super) fn reached(&self) -> impl Iterator<Item = (usize, &Seen)> {
        self.steps
            .iter()
            .enumerate()
            .filter(|(index, seen)| seen.reached() && !self.unsure[self.flow.steps[*index].pathway])
    }
}

/// Whether time can pass in a step.
pub(super) fn takes_time(step: &Step) -> bool {
    step.enter.is_some()
        || step.reserve.is_some()
        || step.stay.is_some()
        || step.wait.is_some()
        || step.task.is_some()
        || step.join.is_some()
        || step.meeting.is_some()
        || step.until.is_some()
}

/// Whether people who leave may have to wait for the hours in which a place lets them go.
fn waits_to_leave(description: &Description, step: &Step) -> bool {
    let leaves = step.r#move.is_some() || step.leave.is_some_and(|it| it != Outcome::Died);
    leaves && description.places.values().any(|place| place.leaving.is_some())
}

fn explore(flow: &Flow<'_>, description: &Description, starts: &[usize]) -> Vec<Seen> {
    let fresh = State { ready: false, holds: false };
    let mut seen: Vec<Seen> = vec![Seen::default(); flow.steps.len()];
    let mut visited = vec![[false; 4]; flow.steps.len()];
    let mut open: VecDeque<(usize, State)> = starts.iter().map(|start| (*start, fresh)).collect();
    while let Some((here, state)) = open.pop_front() {
        let slot = usize::from(state.ready) * 2 + usize::from(state.holds);
        if std::mem::replace(&mut visited[here][slot], true) {
            continue;
        }
        let note = &mut seen[here];
        note.ready |= state.ready;
        note.unready |= !state.ready;
        note.without_reserve |= !state.holds;
        note.with_reserve |= state.holds;
        for (way, after) in ways(flow, description, here, state) {
            if !seen[here].ways.contains(&way) {
                seen[here].ways.push(way);
            }
            if let Way::To(target) = way {
                open.push_back((target, after));
            }
        }
    }
    seen
}

/// A chance; one that is out of range is told elsewhere, and may be anything.
fn possible(chance: &Chance) -> f64 {
    if (0.0..=1.0).contains(&chance.value) { chance.value } else { 0.5 }
}

/// How people in a state leave a step, and in which state.
fn ways(
    flow: &Flow<'_>,
    description: &Description,
    here: usize,
    state: State,
) -> Vec<(Way, State)> {
    let flat = &flow.steps[here];
    let step = flat.step;
    let mut ways = Vec::new();
    let chance = step.chance.as_ref().map_or(1.0, possible);
    if chance < 1.0 || step.when.is_some() {
        ways.push((flat.skip.map_or(Way::Nowhere(true), Way::To), state));
    }
    if chance <= 0.0 {
        return ways;
    }
    let after = State {
        ready: step.ready.is_some()
            || (state.ready
                && !(step.enter.is_some() || step.r#move.is_some() || step.leave.is_some())),
        holds: step.reserve.is_some()
            || (state.holds && step.r#move.is_none() && step.leave.is_none()),
    };
    if state.ready && (takes_time(step) || waits_to_leave(description, step)) {
        for (target, hazard) in &flow.hazards[flat.pathway] {
            if hazard.per_day > 0.0 {
                // Harm ends the delay, and whatever the person waited for or held is given up.
                ways.push((Way::To(*target), State { ready: false, holds: false }));
            }
        }
    }
    let asked = step.enter.as_ref().or(step.reserve.as_ref());
    let place = asked.and_then(|place| description.places.get(place));
    if place.is_some_and(|place| place.queue_limit.is_some()) {
        ways.push((flat.refused.map_or(Way::Out, Way::To), state));
    }
    if step.patience.is_some() {
        ways.push((flat.impatient.map_or(Way::Out, Way::To), state));
    }
    if step.leave.is_some() {
        ways.push((flat.next.map_or(Way::Out, Way::To), after));
    } else if let Some(back) = &step.readmit {
        readmissions(flow, description, back, &mut ways);
    } else if step.route.is_some() {
        ways.extend(flat.split.iter().map(|(target, _)| (Way::To(*target), after)));
        if flat.next.is_some() || flat.split.is_empty() {
            ways.push((flat.next.map_or(Way::Nowhere(false), Way::To), after));
        }
    } else if step.split.is_some() {
        let targets = flat.split.iter().filter(|(_, share)| *share > 0.0);
        ways.extend(targets.map(|(target, _)| (Way::To(*target), after)));
    } else {
        let again = step.again.as_ref().map_or(0.0, |again| possible(&again.chance));
        if again > 0.0
            && let Some(target) = flat.again
        {
            ways.push((Way::To(target), after));
        }
        if again < 1.0 {
            ways.push((flat.next.map_or(Way::Nowhere(false), Way::To), after));
        }
    }
    ways
}

/// Those who come back start anew; the others are out.
fn readmissions(
    flow: &Flow<'_>,
    description: &Description,
    back: &crate::scenario::language::Return,
    ways: &mut Vec<(Way, State)>,
) {
    if possible(&back.chance) < 1.0 {
        ways.push((Way::Out, State { ready: false, holds: false }));
    }
    let Some(stream) = description.arrivals.get(&back.arrivals) else {
        return;
    };
    for (name, share) in stream.pathways.lists().into_iter().flatten() {
        if *share > 0.0
            && possible(&back.chance) > 0.0
            && let Some((index, _, pathway)) = description.pathways.get_full(name)
            && !pathway.steps.is_empty()
        {
            ways.push((Way::To(flow.starts[index]), State { ready: false, holds: false }));
        }
    }
}
