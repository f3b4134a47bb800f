//! Who is there when the simulation begins.

use super::draws;
use super::journey::{self, Way};
use super::person::PersonId;
use super::recorder::{Recorder, What};
use super::rules::Action;
use super::world::{Event, Replication};
use crate::engine::{Agenda, Span};
use crate::random::{Distribution, Key};

/// People who are there, all in the same step.
#[derive(Debug, Clone)]
pub struct Initial {
    /// How many, and how long they have been there and still will be in the step.
    pub lots: Vec<(u32, Option<Distribution>, Option<Distribution>)>,
    /// The step.
    pub at: u32,
    /// The step that entered the place where they are.
    pub enter: Option<u32>,
    /// The step since which they do not need it.
    pub ready: Option<u32>,
    /// Their pathway.
    pub pathway: u8,
    /// The stream in which they once came.
    pub stream: u8,
    /// What their draws are for.
    pub purpose: Key,
}

/// How long people had been there before the simulation began \[s\], by slot, until they leave. Empty
/// where nobody had.
#[derive(Debug, Default)]
pub(super) struct Before(Vec<Span>);

impl Before {
    /// The time before the start that belongs to somebody's present spell.
    #[inline]
    pub(super) fn of(&self, slot: u32) -> Span {
        self.0.get(slot as usize).copied().unwrap_or_default()
    }

    /// The spell is over.
    #[inline]
    pub(super) fn forget(&mut self, slot: u32) {
        if let Some(before) = self.0.get_mut(slot as usize) {
            *before = Span::ZERO;
        }
    }

    fn note(&mut self, slot: u32, before: Span) {
        let slot = slot as usize;
        self.0.resize(self.0.len().max(slot + 1), Span::ZERO);
        self.0[slot] = before;
    }
}

/// Puts everybody where they are.
pub(super) fn take_up<R: Recorder>(run: &mut Replication<'_, R>, agenda: &mut Agenda<Event>) {
    let model = run.model;
    let people = |group: &Initial| group.lots.iter().map(|lot| lot.0).sum::<u32>();
    let all = model.initial.iter().map(people).sum::<u32>();
    // The last numbers of the first day are theirs.
    let numbers = u32::try_from(model.numbers_a_day).expect("checked: few come on a day");
    let mut number = numbers - all;
    for group in &model.initial {
        let mut index = 0;
        for (people, stayed, remaining) in &group.lots {
            for _ in 0..*people {
                let key = run.key.joined(group.purpose).part(index);
                let times = (stayed.as_ref(), remaining.as_ref());
                put(run, agenda, group, key, number, times);
                journey::move_those_granted(run, agenda);
                index += 1;
                number += 1;
            }
        }
    }
}

/// Puts one person where they are.
fn put<R: Recorder>(
    run: &mut Replication<'_, R>,
    agenda: &mut Agenda<Event>,
    group: &Initial,
    key: Key,
    number: u32,
    (stayed, remaining): (Option<&Distribution>, Option<&Distribution>),
) {
    let now = agenda.now();
    let id = PersonId { stream: group.stream, visit: 0, day: 0, number };
    let slot = run.people.come(&mut run.links, key, id, now);
    let stream = &run.rules.arrivals[usize::from(group.stream)];
    run.traits.come(run.rules, stream, key, slot);
    let person = &mut run.people[slot];
    person.pathway = group.pathway;
    person.in_spell = !run.model.has_acute;
    run.record(now, slot, What::Arrives(group.stream));
    let stayed = stayed.map_or(Span::ZERO, |time| draws::stayed(group.purpose, time, key));
    run.before.note(slot, stayed);
    if let Some(enter) = group.enter {
        let step = run.step(enter);
        let person = &mut run.people[slot];
        person.at = enter;
        person.step_since = now;
        let Action::Enter(place) = step.action else { unreachable!("a step that enters") };
        // Whoever finds no room waits for it like anybody else.
        match journey::enter(run, agenda, slot, step, place) {
            Way::On => {}
            Way::To(target) => return journey::go_on(run, agenda, slot, target),
            Way::Waits | Way::Gone => return,
        }
    }
    if let Some(ready) = group.ready {
        let step = run.step(ready);
        journey::become_ready(run, agenda, slot, step);
    }
    let lasts = match (run.step(group.at).action, remaining) {
        (Action::Stay { .. }, Some(time)) => Some(draws::remaining(group.purpose, time, key)),
        (Action::Stay { time, .. }, None) if stayed > Span::ZERO => {
            let time = &run.rules.times[usize::from(time)];
            Some(draws::residual(group.purpose, time, stayed, key))
        }
        _ => None,
    };
    match lasts {
        None => journey::go_on(run, agenda, slot, group.at),
        Some(span) => {
            let person = &mut run.people[slot];
            person.at = group.at;
            person.step_since = now;
            run.record(now, slot, What::Begins(group.at));
            run.busy_until(agenda, slot, now + span);
        }
    }
}
