//! How many units there are: capacities that change by the hour or the day, and further units that open
//! when a place is nearly full.

use super::next_stamp;
use super::serving::serve_with_care;
use crate::engine::{Agenda, Phase, Time};
use crate::model::queueing::Ranking;
use crate::model::recorder::Recorder;
use crate::model::world::{Event, Replication};

/// Somebody would have to wait: opens further units, if there are any. Whether it did.
pub(super) fn would_wait<R: Recorder>(
    run: &mut Replication<'_, R>,
    now: Time,
    place: usize,
) -> bool {
    let state = &mut run.places[place];
    let opens =
        run.rules.places[place].escalation.is_some() && !state.opened && state.pool.free() == 0;
    if opens {
        state.opened = true;
        refresh(run, now, place);
    }
    opens
}

/// Opens or closes further units by how many are in use.
pub(super) fn note_use<R: Recorder>(run: &mut Replication<'_, R>, now: Time, place: usize) {
    let Some(escalation) = run.rules.places[place].escalation else { return };
    let state = &mut run.places[place];
    let in_use = f64::from(state.pool.in_use().value());
    let ordinary = f64::from(state.ordinary);
    let turns = match state.opened {
        false => in_use > escalation.above * ordinary,
        true => in_use < escalation.below * ordinary,
    };
    if turns {
        state.opened = !state.opened;
        refresh(run, now, place);
    }
}

/// Sets the capacity by the moment and by what is opened.
fn refresh<R: Recorder>(run: &mut Replication<'_, R>, now: Time, place: usize) {
    let rules = &run.rules.places[place];
    let ordinary = rules.capacity_at(&run.model.days, now);
    let state = &mut run.places[place];
    state.ordinary = ordinary;
    state.opened &= rules.escalation.is_some();
    let beds = rules.escalation.filter(|_| state.opened).map_or(0, |it| it.beds);
    let capacity = ordinary.saturating_add(beds);
    state.pool.set_capacity(capacity);
    state.capacity.set(now, capacity);
}

/// Goes by the rules in force, now and as their capacity turns.
pub(in crate::model) fn take_up<R: Recorder>(
    run: &mut Replication<'_, R>,
    agenda: &mut Agenda<Event>,
    place: usize,
) {
    let state = &mut run.places[place];
    state.stamp = next_stamp(state.stamp);
    let stamp = state.stamp;
    queue_anew(run, place);
    turn(run, agenda, place as u8, stamp);
}

/// The capacity of a place may change by the hour or the day.
pub(in crate::model) fn capacity_turns<R: Recorder>(
    run: &mut Replication<'_, R>,
    agenda: &mut Agenda<Event>,
    place: u8,
    stamp: u32,
) {
    if run.places[usize::from(place)].stamp == stamp {
        turn(run, agenda, place, stamp);
    }
}

fn turn<R: Recorder>(
    run: &mut Replication<'_, R>,
    agenda: &mut Agenda<Event>,
    place: u8,
    stamp: u32,
) {
    let now = agenda.now();
    let index = usize::from(place);
    let rules = &run.rules.places[index];
    if !rules.capacity_at.is_empty() {
        let next = rules.next_turn(now);
        agenda.schedule(next, Phase::Normal, Event::PlaceTurns { place, stamp });
    }
    refresh(run, now, index);
    note_use(run, now, index);
    if !run.places[index].pool.queue().is_empty() {
        would_wait(run, now, index);
    }
    serve_with_care(run, now, index);
}

/// Those who wait stand in the order of the rules in force.
fn queue_anew<R: Recorder>(run: &mut Replication<'_, R>, place: usize) {
    let rules = run.rules;
    let mut slots: Vec<u32> = run.places[place].pool.queue().slots(&run.links).collect();
    let ranking = Ranking::of_place(rules, place);
    slots.sort_by_key(|slot| {
        let since = run.people[*slot].step_since;
        (ranking.rank(rules, &run.people, *slot), since)
    });
    run.places[place].pool.reorder(&mut run.links, &slots);
}
