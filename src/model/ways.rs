//! Where a person goes on after a step: to the next one, back to an earlier one, or on another pathway.

use super::journey::Way;
use super::recorder::{Recorder, What};
use super::rules::Step;
use super::world::Replication;
use super::{coordination, draws};
use crate::engine::Time;

/// Where a person goes on after their step: back, if it starts again, or to the next one.
#[inline(always)]
pub(super) fn after<R: Recorder>(
    run: &mut Replication<'_, R>,
    now: Time,
    slot: u32,
    step: &Step,
) -> u32 {
    if step.leads_on { step.next } else { turn(run, now, slot, step) }
}

/// Where a person goes on who may start again, turn back or change pathway.
#[inline(never)]
fn turn<R: Recorder>(run: &mut Replication<'_, R>, now: Time, slot: u32, step: &Step) -> u32 {
    let person = &run.people[slot];
    let at = person.at;
    if let Some((chance, target)) = &step.again
        && draws::starts_again(step, run.factors.chance(chance), person.key, person.loops)
    {
        coordination::note(run, chance);
        run.record(now, slot, What::Again(at));
        return jump(run, slot, *target);
    }
    let next = step.next;
    // `then` may lead back, or to another pathway.
    if next <= at || run.rules.steps[next as usize].pathway != step.pathway {
        return jump(run, slot, next);
    }
    next
}

/// Goes to a step that may lie before the present one, or in another pathway.
pub(super) fn jump<R: Recorder>(run: &mut Replication<'_, R>, slot: u32, target: u32) -> u32 {
    let person = &mut run.people[slot];
    let step = &run.rules.steps[target as usize];
    if target <= person.at && step.loop_unit != 0 {
        let counter = step.loop_unit * 0xFF;
        if person.loops & counter == counter {
            // The counter is full: all later draws of this person start afresh.
            person.key = person.key.part(u64::MAX);
            person.loops &= !counter;
        } else {
            person.loops += step.loop_unit;
        }
    }
    if person.pathway != step.pathway {
        person.pathway = step.pathway;
        // Steps that both pathways follow are taken anew.
        person.key = person.key.part(u64::from(step.pathway));
    }
    target
}

/// Goes on at one of several steps, by share.
pub(super) fn split<R: Recorder>(
    run: &mut Replication<'_, R>,
    slot: u32,
    step: &Step,
    first: u16,
    count: u16,
) -> Way {
    let person = &run.people[slot];
    let ways = &run.rules.ways[usize::from(first)..usize::from(first + count)];
    let target = draws::way(step, ways, person.key, person.loops);
    Way::To(jump(run, slot, target))
}

/// Goes on at a step by what the person is.
pub(super) fn route<R: Recorder>(
    run: &mut Replication<'_, R>,
    slot: u32,
    attribute: u8,
    first: u16,
) -> Way {
    let value = run.traits.value(slot, attribute);
    let (_, target) = run.rules.ways[usize::from(first) + usize::from(value)];
    Way::To(jump(run, slot, target))
}
