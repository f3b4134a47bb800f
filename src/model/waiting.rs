//! Who stops waiting before their turn has come: they are refused, they lose patience, or harm comes
//! to them while they are delayed.

use super::journey::Way;
use super::person::{NO_PLACE, Stage, next_stamp};
use super::place::Answer;
use super::recorder::{Recorder, What};
use super::rules::{Action, NOWHERE, Step};
use super::ways::jump;
use super::world::{Event, Replication};
use super::{books, delay, draws, journey, meeting, place, spell, team};
use crate::engine::{Agenda, Phase, Time};
use crate::scenario::language::Outcome;

/// Asks for a place by the request of a step: which place the person has, or how else it went.
#[inline(never)]
pub(super) fn ask<R: Recorder>(
    run: &mut Replication<'_, R>,
    agenda: &mut Agenda<Event>,
    slot: u32,
    step: &Step,
    place: u8,
) -> Result<u8, Way> {
    match place::ask_with_care(run, agenda.now(), slot, step, place) {
        Answer::Granted(place) => Ok(place),
        Answer::Waits => {
            if run.people[slot].stage == Stage::Queued {
                be_patient(run, agenda, slot, step);
            }
            Err(Way::Waits)
        }
        Answer::Refused => match run.rules.requests[usize::from(step.request)].if_refused {
            NOWHERE => {
                lose(run, agenda.now(), slot, Outcome::Refused);
                Err(Way::Gone)
            }
            target => Err(Way::To(jump(run, slot, target))),
        },
    }
}

/// Somebody has begun to wait in a step: their patience runs, if it has an end.
#[inline]
pub(super) fn be_patient<R: Recorder>(
    run: &mut Replication<'_, R>,
    agenda: &mut Agenda<Event>,
    slot: u32,
    step: &Step,
) {
    if !step.has_request::<R>() {
        return;
    }
    if let Some(time) = run.rules.requests[usize::from(step.request)].patience {
        let person = &run.people[slot];
        let time = &run.rules.times[usize::from(time)];
        let patience = draws::patience(step, time, person.key, person.loops);
        let stamp = person.stamp;
        agenda.schedule_in(patience, Phase::Normal, Event::PatienceEnds { slot, stamp });
    }
}

/// Somebody who waited in a step has been served: their patience is not tried any more.
#[inline]
pub(super) fn be_served<R: Recorder>(run: &mut Replication<'_, R>, slot: u32, step: &Step) {
    if step.has_request::<R>() {
        let person = &mut run.people[slot];
        person.stamp = next_stamp(person.stamp);
    }
}

/// Somebody loses patience: they give up waiting.
pub(super) fn patience_ends<R: Recorder>(
    run: &mut Replication<'_, R>,
    agenda: &mut Agenda<Event>,
    slot: u32,
    stamp: u32,
) {
    let person = &run.people[slot];
    if person.stamp != stamp {
        return;
    }
    debug_assert_eq!(person.stage, Stage::Queued, "only those who wait lose patience");
    let now = agenda.now();
    let at = person.at;
    let step = run.step(at);
    delay::book(run, now, slot, step.queue_cell);
    run.record(now, slot, What::GivesUp(at));
    run.observed.note_impatient(step.action);
    stop(run, agenda, slot, step.action);
    match run.rules.requests[usize::from(step.request)].if_impatient {
        NOWHERE => lose(run, now, slot, Outcome::GaveUp),
        target => {
            let target = jump(run, slot, target);
            journey::go_on(run, agenda, slot, target);
        }
    }
}

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
    stop(run, agenda, slot, step.action);
    let person = &mut run.people[slot];
    let reserved = std::mem::replace(&mut person.reserved, NO_PLACE);
    let (pathway, hazard) = person.hazard;
    place::release_held(run, now, slot, reserved);
    spell::end_ready(run, now, slot);
    let target =
        jump(run, slot, run.rules.hazards[usize::from(pathway)][usize::from(hazard)].target);
    journey::go_on(run, agenda, slot, target);
}

/// Whatever somebody does or waits for in their step ends here.
fn stop<R: Recorder>(
    run: &mut Replication<'_, R>,
    agenda: &mut Agenda<Event>,
    slot: u32,
    action: Action,
) {
    let now = agenda.now();
    match (action, run.people[slot].stage) {
        (Action::Enter(place) | Action::Reserve(place), Stage::Queued) => {
            place::give_up(run, now, slot, place);
        }
        (Action::Enter(_), Stage::Busy) => place::give_up_granted(run, now, slot),
        (Action::Task { team, .. }, Stage::Queued) => team::give_up(run, now, slot, team),
        (Action::Task { team, .. }, Stage::Busy) => {
            team::work_ends(run, agenda, slot, team, false);
        }
        (Action::Join(team), Stage::Queued) => books::give_up(run, now, slot, team),
        (Action::Meeting(meeting), Stage::Queued) => meeting::give_up(run, slot, meeting),
        _ => {}
    }
    let person = &mut run.people[slot];
    person.stage = Stage::Busy;
    person.stamp = next_stamp(person.stamp);
}

/// Somebody leaves without what they came for.
fn lose<R: Recorder>(run: &mut Replication<'_, R>, now: Time, slot: u32, outcome: Outcome) {
    journey::go_away(run, now, slot, outcome);
    run.people.go(slot);
}
