//! Taking and giving back units, and who gets those that fall free, where more than the capacity of
//! a place says who gets in.

use super::capacity::note_use;
use super::holding::Holding;
use super::rules::{NO_CLASS, Request};
use super::{NO_PLACE, Stage, next_stamp};
use crate::engine::Time;
use crate::model::queueing::request_of;
use crate::model::recorder::{Recorder, What};
use crate::model::world::Replication;
use crate::scenario::language::Back;

/// Whether so many units are free for somebody of a class: units that are kept for other classes and
/// not used by them are not.
pub(super) fn fits<R>(run: &Replication<'_, R>, units: u32, class: u8, place: usize) -> bool {
    fits_without(run, units, class, place, None)
}

/// Whether they would be if somebody gave back what they hold.
fn fits_without<R>(
    run: &Replication<'_, R>,
    units: u32,
    class: u8,
    place: usize,
    leaver: Option<Holding>,
) -> bool {
    let state = &run.places[place];
    // After a cut, more may be in use than there are.
    let in_use = state.pool.in_use().value() - leaver.map_or(0, |holding| holding.units);
    let free = state.pool.capacity().saturating_sub(in_use);
    let kept = run.rules.places[place].kept.iter().zip(&state.used).enumerate();
    let kept_for_others: u32 = kept
        .filter(|(other, _)| *other != usize::from(class))
        .map(|(other, (kept, used))| {
            let left = leaver.filter(|holding| usize::from(holding.class) == other);
            kept.saturating_sub(*used - left.map_or(0, |holding| holding.units))
        })
        .sum();
    free >= units.saturating_add(kept_for_others)
}

/// Whether there is room for somebody who waits for a place, once `leaver` leaves it.
pub(super) fn fits_instead_of<R>(
    run: &Replication<'_, R>,
    slot: u32,
    leaver: u32,
    place: usize,
) -> bool {
    let (units, class) = wants(run, slot);
    fits_without(run, units, class, place, Some(run.holdings.seen(leaver).here))
}

/// Takes units of a place for somebody.
pub(super) fn take<R: Recorder>(
    run: &mut Replication<'_, R>,
    now: Time,
    slot: u32,
    holding: Holding,
    place: u8,
) {
    let holdings = run.holdings.of(slot);
    holdings.granted = holding;
    holdings.granted_place = place;
    occupy(run, now, holding, place.into());
}

fn occupy<R: Recorder>(run: &mut Replication<'_, R>, now: Time, holding: Holding, place: usize) {
    let state = &mut run.places[place];
    state.pool.take(now, holding.units);
    state.extra.set(now, state.extra.value() + holding.units - 1);
    if let Some(used) = state.used.get_mut(usize::from(holding.class)) {
        *used += holding.units;
    }
    note_use(run, now, place);
}

/// Gives units of a place back; `more` is what the person keeps there.
fn give_back<R: Recorder>(
    run: &mut Replication<'_, R>,
    now: Time,
    holding: Holding,
    more: u32,
    place: usize,
) {
    let state = &mut run.places[place];
    state.pool.give_back_units(now, holding.units - more);
    // One unit of each person is the person.
    let extra = holding.units - more.max(1);
    state.extra.set(now, state.extra.value() - extra);
    if let Some(used) = state.used.get_mut(usize::from(holding.class)) {
        *used -= holding.units - more;
    }
    note_use(run, now, place);
}

/// Somebody has left a place where they had units.
pub(super) fn depart_with_care<R: Recorder>(
    run: &mut Replication<'_, R>,
    now: Time,
    slot: u32,
    place: usize,
) {
    let holding = run.holdings.of(slot).here;
    if holding.goes_back() {
        let first_choice = &mut run.places[usize::from(holding.first_choice)];
        first_choice.outliers.leave(&mut run.outlier_links, slot);
    }
    release_with_care(run, now, holding, place);
}

/// Units that somebody has left, or does not come for, go to others.
pub(super) fn release_with_care<R: Recorder>(
    run: &mut Replication<'_, R>,
    now: Time,
    holding: Holding,
    place: usize,
) {
    give_back(run, now, holding, 0, place);
    serve_with_care(run, now, place);
}

/// Somebody keeps at most so many units of the place where they are.
pub(in crate::model) fn keep<R: Recorder>(
    run: &mut Replication<'_, R>,
    now: Time,
    slot: u32,
    units: u32,
) {
    let place = usize::from(run.people[slot].place);
    if run.places.get(place).is_some_and(|place| place.careful) {
        let here = &mut run.holdings.of(slot).here;
        let holding = *here;
        if units < holding.units {
            here.units = units;
            run.record(now, slot, What::Keeps(units));
            give_back(run, now, holding, units, place);
            serve_with_care(run, now, place);
        }
    }
}

/// Somebody has come into a place by what they were granted: outliers are noted where they want to
/// go back to.
pub(super) fn come_in<R: Recorder>(run: &mut Replication<'_, R>, slot: u32) {
    let holdings = run.holdings.of(slot);
    holdings.here = holdings.granted;
    let holding = holdings.here;
    if holding.goes_back() {
        run.outlier_links.reach(slot as usize + 1);
        let first_choice = &mut run.places[usize::from(holding.first_choice)];
        first_choice.outliers.join(&mut run.outlier_links, slot);
    }
}

/// Gives free units to those who go first. They move before the instant is over.
#[inline(never)]
pub(in crate::model) fn serve_with_care<R: Recorder>(
    run: &mut Replication<'_, R>,
    now: Time,
    place: usize,
) {
    while run.places[place].pool.free() > 0 && serve_one(run, now, place) {}
}

/// Gives units to one person, if there is anybody for whom there are enough.
fn serve_one<R: Recorder>(run: &mut Replication<'_, R>, now: Time, place: usize) -> bool {
    if let Some(slot) = outlier(run, place, Back::First) {
        go_back(run, now, slot, place);
        return true;
    }
    if let Some(slot) = next_waiting(run, place) {
        grant(run, now, slot, place, place);
        return true;
    }
    if !run.places[place].pool.queue().is_empty() {
        return false;
    }
    if let Some(slot) = outlier(run, place, Back::Last) {
        go_back(run, now, slot, place);
        return true;
    }
    if let Some((slot, asked)) = overflowing(run, place) {
        grant(run, now, slot, asked, place);
        return true;
    }
    false
}

/// The first in the queue for whom there are enough units. Within a class nobody overtakes.
fn next_waiting<R>(run: &Replication<'_, R>, place: usize) -> Option<u32> {
    let queue = run.places[place].pool.queue();
    let one_class = run.rules.places[place].kept.is_empty();
    let mut blocked = [0_u64; 4];
    for slot in queue.slots(&run.links) {
        let (units, class) = wants(run, slot);
        let (word, bit) = (usize::from(class / 64), 1 << (class % 64));
        if blocked[word] & bit == 0 {
            if fits(run, units, class, place) {
                return Some(slot);
            }
            if one_class {
                return None;
            }
            blocked[word] |= bit;
        }
    }
    None
}

/// The units and the class for which somebody waits.
fn wants<R>(run: &Replication<'_, R>, slot: u32) -> (u32, u8) {
    let request = request_of(run.rules, run.people[slot].at);
    request.map_or((1, NO_CLASS), |request| (request.units, request.class))
}

/// An outlier who goes back to a place, before or after those who wait for it. Whoever is ready to
/// leave stays where they are.
fn outlier<R>(run: &Replication<'_, R>, place: usize, back: Back) -> Option<u32> {
    let outliers = run.places[place].outliers.slots(&run.outlier_links);
    let mut outliers = outliers.filter(|slot| !run.people[*slot].ready);
    outliers.find(|slot| {
        let here = run.holdings.seen(*slot).here;
        here.back == back && fits(run, here.units, here.class, place)
    })
}

/// Whoever waits longest for another place and may come here instead; and that place.
fn overflowing<R>(run: &Replication<'_, R>, place: usize) -> Option<(u32, usize)> {
    let mut first: Option<(u32, usize)> = None;
    for &asked in &run.rules.places[place].overflow_from {
        let asked = usize::from(asked);
        let may_come = |slot: &u32| {
            let person = &run.people[*slot];
            let request = request_of(run.rules, person.at);
            usize::from(person.place) != place
                && request.is_some_and(|request| {
                    request.overflow.iter().any(|other| usize::from(*other) == place)
                        && fits(run, request.units, request.class, place)
                })
        };
        let found = run.places[asked].pool.queue().slots(&run.links).find(may_come);
        if let Some(slot) = found
            && first
                .is_none_or(|(other, _)| run.people[slot].step_since < run.people[other].step_since)
        {
            first = Some((slot, asked));
        }
    }
    first
}

/// Grants units of `place` to somebody who waits for the place that they `asked` for.
pub(super) fn grant<R: Recorder>(
    run: &mut Replication<'_, R>,
    now: Time,
    slot: u32,
    asked: usize,
    place: usize,
) {
    run.places[asked].pool.give_up(now, &mut run.links, slot);
    let rules = run.rules;
    let first_choice = if asked == place { NO_PLACE } else { asked as u8 };
    let holding = match request_of(rules, run.people[slot].at) {
        Some(request) => Holding::of(request, first_choice),
        None => Holding::of(&Request::default(), first_choice),
    };
    take(run, now, slot, holding, place as u8);
    note_served(run, now, slot, asked);
    run.granted.push_back(slot);
}

/// Counts the wait of somebody who is served, and ends their patience.
fn note_served<R: Recorder>(run: &mut Replication<'_, R>, now: Time, slot: u32, asked: usize) {
    let long_wait = run.rules.places[asked].long_wait;
    let person = &mut run.people[slot];
    person.stage = Stage::Busy;
    person.stamp = next_stamp(person.stamp);
    run.places[asked].note_wait(now.since(person.step_since), long_wait);
}

/// An outlier goes back to the place of their first choice, whatever they do.
fn go_back<R: Recorder>(run: &mut Replication<'_, R>, now: Time, slot: u32, place: usize) {
    let away = run.people[slot].place;
    let holding = run.holdings.of(slot).here;
    run.places[place].outliers.leave(&mut run.outlier_links, slot);
    let back = Holding { first_choice: NO_PLACE, ..holding };
    occupy(run, now, back, place);
    run.holdings.of(slot).here = back;
    run.people[slot].place = place as u8;
    run.record(now, slot, What::GoesBack(place as u8));
    run.places[usize::from(away)].departures += 1;
    give_back(run, now, holding, 0, away.into());
    // Their unit there goes to others within the instant.
    run.freed.push_back(away);
}
