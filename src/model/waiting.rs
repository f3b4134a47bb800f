//! Who stops waiting before their turn has come.

use super::person::{NO_PLACE, Stage, next_stamp};
use super::recorder::{Recorder, What};
use super::rules::Action;
use super::ways::jump;
use super::world::{Event, Replication};
use super::{delay, journey, meeting, place, spell, team};
use crate::engine::Agenda;

/// Harm comes to a person who is delayed: whatever they waited for is given up.
pub(super) fn harm_comes<R: Recorder>(
    run: &mut Replication<'_, R>,
    agenda: &mut Agenda<Event>,
    slot: u32,
    stamp: u32,
) {
    let person = run.people[slot];
    if person.ready_stamp != stamp {
        return;
    }
    let now = agenda.now();
    let step = &run.rules.steps[person.at as usize];
    let cell = run.cell_of(slot);
    delay::book(run, now, slot, cell);
    run.record(now, slot, What::Harm { pathway: person.hazard.0, hazard: person.hazard.1 });
    match (step.action, person.stage) {
        (Action::Enter(place) | Action::Reserve(place), Stage::Queued) => {
            place::give_up(run, now, slot, place);
        }
        (Action::Task { team, .. }, Stage::Queued) => team::give_up(run, now, slot, team),
        (Action::Task { team, .. }, Stage::Busy) => team::work_ends(run, agenda, team),
        (Action::Meeting(meeting), Stage::Queued) => meeting::give_up(run, slot, meeting),
        _ => {}
    }
    let person = &mut run.people[slot];
    person.stamp = next_stamp(person.stamp);
    let reserved = std::mem::replace(&mut person.reserved, NO_PLACE);
    let (pathway, hazard) = person.hazard;
    place::release_held(run, now, reserved);
    spell::end_ready(run, now, slot);
    let target =
        jump(run, slot, run.rules.hazards[usize::from(pathway)][usize::from(hazard)].target);
    journey::go_on(run, agenda, slot, target);
}
