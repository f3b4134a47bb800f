//! A person's way, from top to bottom: a function a step.
//!
//! [`walk`] leads a person from step to step until they have to wait or are gone. Each step says
//! how it went: the person goes on at once, has to wait, or has gone. Whoever waits goes on when
//! their time is over ([`step_ends`]), when a place is granted ([`move_those_granted`]), or when
//! something ends their wait before that (`waiting.rs`).

use super::person::{NO_PLACE, Stage};
use super::recorder::{Recorder, What};
use super::rules::{Action, NO_EFFECT, NOWHERE, Step};
use super::ways::{after, route, split};
use super::world::{Event, Replication};
use super::{
    arrivals, books, coordination, delay, draws, gridlock, meeting, place, spell, team, waiting,
};
use crate::engine::{Agenda, Phase, Span, Time};
use crate::scenario::language::Outcome;

/// How a step went.
pub(super) enum Way {
    /// It took no time.
    On,
    /// It leads to this step.
    To(u32),
    /// The person waits, or is busy.
    Waits,
    /// The person has gone.
    Gone,
}

/// Goes on at a step, as [`walk`] says.
#[inline(never)]
pub(super) fn go_on<R: Recorder>(
    run: &mut Replication<'_, R>,
    agenda: &mut Agenda<Event>,
    slot: u32,
    at: u32,
) {
    walk(run, agenda, slot, at);
}

/// Goes on at a step, and from there until the person has to wait or is gone.
// Inlined for those who come and those whose step ends, which is nearly everybody.
#[inline(always)]
pub(super) fn walk<R: Recorder>(
    run: &mut Replication<'_, R>,
    agenda: &mut Agenda<Event>,
    slot: u32,
    mut at: u32,
) {
    loop {
        let step = run.step(at);
        let person = &mut run.people[slot];
        person.at = at;
        person.step_since = agenda.now();
        let mut settled = Span::ZERO;
        if !step.always_needed {
            if step.is_for_some::<R>()
                && !run.traits.fits(slot, &run.rules.whens[usize::from(step.when)])
            {
                at = step.skip;
                continue;
            }
            let chance = run.factors.chance(&step.needed);
            let needed = draws::needs(step, chance, person.key, person.loops);
            if step.needed.effect != NO_EFFECT {
                settled = coordination::met(run, agenda.now(), slot, step, needed);
            }
            if !needed {
                at = step.skip;
                continue;
            }
        }
        let way = match step.action {
            Action::Pass => Way::On,
            Action::Enter(place) => enter(run, agenda, slot, step, place),
            Action::Reserve(place) => reserve(run, agenda, slot, step, place),
            Action::Move => go(run, agenda, slot, step),
            Action::Stay { .. } => stay(run, agenda, slot, step, settled),
            Action::Task { team, .. } => {
                team::ask(run, agenda, slot, team);
                Way::Waits
            }
            Action::Join(team) if books::join(run, agenda, slot, team) => Way::On,
            Action::Join(_) => Way::Waits,
            Action::LeaveBooks(team) => {
                books::leave(run, agenda.now(), slot, team);
                Way::On
            }
            Action::Meeting(meeting) => meet(run, agenda, slot, meeting),
            Action::Until(calendar) => until(run, agenda, slot, calendar),
            Action::Keep(units) => {
                place::keep(run, agenda.now(), slot, units);
                Way::On
            }
            Action::Ready => become_ready(run, agenda, slot, step),
            Action::Split { first, count } => split(run, slot, step, first, count),
            Action::Route { attribute, first } => route(run, slot, attribute, first),
            Action::Leave(outcome) => leave(run, agenda, slot, step, outcome),
            Action::Readmit { .. } => arrivals::perhaps_come_back(run, agenda, slot, step),
        };
        at = match way {
            Way::On => after(run, agenda.now(), slot, step),
            Way::To(target) => target,
            Way::Waits | Way::Gone => return,
        };
    }
}

/// Waits for a place, then moves there; the old place is kept until then.
#[inline(always)]
pub(super) fn enter<R: Recorder>(
    run: &mut Replication<'_, R>,
    agenda: &mut Agenda<Event>,
    slot: u32,
    step: &Step,
    place: u8,
) -> Way {
    let is_there = match step.has_request::<R>() {
        false => run.people[slot].place == place,
        true => place::is_there(run, slot, place),
    };
    if is_there {
        // Who is there already stays there.
        return Way::On;
    }
    match ask(run, agenda, slot, step, place) {
        Ok(granted) => {
            if step.has_request::<R>() && place::waits_to_move(run, agenda, slot, granted) {
                return Way::Waits;
            }
            place::move_to(run, agenda.now(), slot, granted);
            Way::On
        }
        Err(way) => way,
    }
}

/// Waits for a place and holds it, without moving yet.
fn reserve<R: Recorder>(
    run: &mut Replication<'_, R>,
    agenda: &mut Agenda<Event>,
    slot: u32,
    step: &Step,
    place: u8,
) -> Way {
    match ask(run, agenda, slot, step, place) {
        Ok(granted) => {
            place::hold(run, agenda.now(), slot, granted);
            Way::On
        }
        Err(way) => way,
    }
}

/// Moves to the place that is held, when the one where the person is lets them go.
fn go<R: Recorder>(
    run: &mut Replication<'_, R>,
    agenda: &mut Agenda<Event>,
    slot: u32,
    step: &Step,
) -> Way {
    if step.has_request::<R>() && place::waits_to_leave(run, agenda, slot) {
        return Way::Waits;
    }
    place::move_to_reserved(run, agenda.now(), slot);
    Way::On
}

/// Asks for a place: has it or another, waits for it, or is refused.
#[inline(always)]
fn ask<R: Recorder>(
    run: &mut Replication<'_, R>,
    agenda: &mut Agenda<Event>,
    slot: u32,
    step: &Step,
    place: u8,
) -> Result<u8, Way> {
    let asked = match step.has_request::<R>() {
        false if place::ask(run, agenda.now(), slot, place) => Ok(place),
        false => Err(Way::Waits),
        true => waiting::ask(run, agenda, slot, step, place),
    };
    if !R::PLAIN && matches!(asked, Err(Way::Waits)) {
        gridlock::suspect(run, agenda, place);
    }
    asked
}

/// Is where one is, or waits for something without a queue, for a time; and then until a conflict is
/// `settled`.
#[inline(always)]
fn stay<R: Recorder>(
    run: &mut Replication<'_, R>,
    agenda: &mut Agenda<Event>,
    slot: u32,
    step: &Step,
    settled: Span,
) -> Way {
    let Action::Stay { time, calendar, effect } = step.action else {
        unreachable!("only a stay lasts")
    };
    let person = &mut run.people[slot];
    person.stage = Stage::Busy;
    let (at, stamp) = (person.at, person.stamp);
    let time = &run.rules.times[usize::from(time)];
    let mut span = draws::time(step, time, person.key, person.loops);
    if effect != NO_EFFECT {
        span = Span::round_seconds(run.factors.wait(effect, f64::from(span.seconds())));
    }
    let end = run.end_of(agenda.now(), calendar, span) + settled;
    run.record(agenda.now(), slot, What::Begins(at));
    agenda.schedule(end, Phase::Release, Event::StepEnds { slot, stamp });
    Way::Waits
}

/// Waits until a meeting decides.
fn meet<R: Recorder>(
    run: &mut Replication<'_, R>,
    agenda: &mut Agenda<Event>,
    slot: u32,
    meeting: u8,
) -> Way {
    meeting::put_before(run, agenda, slot, meeting);
    Way::Waits
}

/// Waits until the clock is within certain hours.
fn until<R: Recorder>(
    run: &mut Replication<'_, R>,
    agenda: &mut Agenda<Event>,
    slot: u32,
    calendar: u16,
) -> Way {
    let now = agenda.now();
    let opens = run.rules.calendars[usize::from(calendar)].next_open(&run.model.days, now);
    if opens == now {
        return Way::On;
    }
    let at = run.people[slot].at;
    run.record(now, slot, What::Begins(at));
    run.busy_until(agenda, slot, opens);
    Way::Waits
}

/// From now on the person does not need the place they are in: the delay begins.
#[inline(never)]
pub(super) fn become_ready<R: Recorder>(
    run: &mut Replication<'_, R>,
    agenda: &mut Agenda<Event>,
    slot: u32,
    step: &Step,
) -> Way {
    let now = agenda.now();
    if run.people[slot].ready {
        return Way::On;
    }
    let counted = run.counts(slot);
    let person = &mut run.people[slot];
    person.ready = true;
    person.ready_since = now;
    person.booked_until = now;
    let person = *person;
    run.record(now, slot, What::Ready);
    if person.place != NO_PLACE {
        run.places[usize::from(person.place)].ready.raise(now);
    }
    let hazards = &run.rules.hazards[usize::from(person.pathway)];
    if counted && !hazards.is_empty() {
        let loops = person.loops & step.loops;
        if let Some((after, hazard)) = draws::harm(hazards, person.key, loops) {
            run.people[slot].hazard = (person.pathway, hazard);
            let stamp = person.ready_stamp;
            agenda.schedule_in(after, Phase::Normal, Event::Harm { slot, stamp });
        }
    }
    Way::On
}

/// Leaves, when the place where the person is lets them go, and gives back what was held.
#[inline(always)]
fn leave<R: Recorder>(
    run: &mut Replication<'_, R>,
    agenda: &mut Agenda<Event>,
    slot: u32,
    step: &Step,
    outcome: Outcome,
) -> Way {
    if step.has_request::<R>() && place::waits_to_leave(run, agenda, slot) {
        return Way::Waits;
    }
    go_away(run, agenda.now(), slot, outcome);
    if step.next == NOWHERE {
        run.people.go(slot);
        return Way::Gone;
    }
    Way::On
}

/// Gives back what was held, and is not there any more.
#[inline(always)]
pub(super) fn go_away<R: Recorder>(
    run: &mut Replication<'_, R>,
    now: Time,
    slot: u32,
    outcome: Outcome,
) {
    if outcome.is_lost() {
        spell::note_loss(run, slot);
    }
    spell::leave_spell(run, now, slot, true, outcome);
    let person = &mut run.people[slot];
    let place = std::mem::replace(&mut person.place, NO_PLACE);
    let reserved = std::mem::replace(&mut person.reserved, NO_PLACE);
    run.record(now, slot, What::Leaves(outcome));
    place::depart(run, now, slot, place);
    place::release_held(run, now, slot, reserved);
    if !R::PLAIN {
        books::leave_all(run, now, slot);
    }
}

/// The time of a person's step is over.
pub(super) fn step_ends<R: Recorder>(
    run: &mut Replication<'_, R>,
    agenda: &mut Agenda<Event>,
    slot: u32,
    stamp: u32,
) {
    let person = &run.people[slot];
    if person.stamp != stamp {
        return;
    }
    let now = agenda.now();
    let at = person.at;
    let step = run.step(at);
    if person.ready {
        let cell = run.busy_cell(slot, step);
        delay::book_delay(run, now, slot, cell);
    }
    run.record(now, slot, What::Ends(at));
    match step.action {
        Action::Task { team, .. } => team::work_ends(run, agenda, slot, team, true),
        Action::Readmit { stream, .. } => return arrivals::come_back(run, agenda, slot, stream),
        _ if R::PLAIN => {}
        // These waited until they could leave a place; its hours may have changed meanwhile.
        Action::Enter(_) if place::waits_to_leave(run, agenda, slot) => return,
        Action::Enter(_) => place::move_to_granted(run, now, slot),
        Action::Move => match go(run, agenda, slot, step) {
            Way::On => {}
            _ => return,
        },
        Action::Leave(outcome) => match leave(run, agenda, slot, step, outcome) {
            Way::On => {}
            _ => return,
        },
        _ => {}
    }
    let next = after(run, now, slot, step);
    walk(run, agenda, slot, next);
}

/// Moves everybody whom a place was granted, and whoever is granted a place by that.
pub(super) fn move_those_granted<R: Recorder>(
    run: &mut Replication<'_, R>,
    agenda: &mut Agenda<Event>,
) {
    loop {
        while let Some(slot) = run.granted.pop_front() {
            let now = agenda.now();
            let step = run.step(run.people[slot].at);
            delay::book(run, now, slot, step.queue_cell);
            match step.action {
                Action::Enter(asked) => {
                    let granted = place::granted(run, slot, step, asked);
                    if step.has_request::<R>() && place::waits_to_move(run, agenda, slot, granted) {
                        continue;
                    }
                    place::move_to(run, now, slot, granted);
                }
                Action::Reserve(asked) => {
                    let granted = place::granted(run, slot, step, asked);
                    place::hold(run, now, slot, granted);
                }
                Action::Join(team) => books::note(run, now, slot, team),
                _ => unreachable!("places are granted to those who asked for one"),
            }
            let next = after(run, now, slot, step);
            go_on(run, agenda, slot, next);
        }
        let Some(place) = run.freed.pop_front() else { return };
        place::serve_with_care(run, agenda.now(), place.into());
    }
}
