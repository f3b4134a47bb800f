//! What becomes of a returned referral or a dispute.
//!
//! Each is an occasion: with chance `contested (1 - R) clip(P/P0, 0.7, 2)` it becomes a conflict
//! between two organisations, where P is the greater pressure of the two. With chance R, and more
//! while a programme runs, it is worked through, and the relationship gains `conflict_repair (1 - R)`;
//! otherwise it loses `conflict_harm R`, the case is escalated, and this person waits until it is
//! settled. All three draws are keyed by the person.

use super::Layer;
use super::rules::CoordinationRules;
use crate::engine::{Agenda, Span, Time};
use crate::model::person::next_stamp;
use crate::model::recorder::Recorder;
use crate::model::rules::{Action, Chance, NO_EFFECT, Step};
use crate::model::world::{Event, Replication};
use crate::model::{day_of, draws, team};
use crate::scenario::language::Quantity;

/// Somebody met a step that depends on coordination and needed it, or not. Returns how much longer they
/// wait there because of a conflict.
pub(in crate::model) fn met<R: Recorder>(
    run: &mut Replication<'_, R>,
    now: Time,
    slot: u32,
    step: &Step,
    needed: bool,
) -> Span {
    if !needed {
        assess_later(run, slot, step);
        return Span::ZERO;
    }
    note(run, &step.needed);
    if step.contested == NO_EFFECT {
        return Span::ZERO;
    }
    contest(run, day_of(now), slot, step)
}

/// Counts that a chance came true.
pub(in crate::model) fn note<R: Recorder>(run: &mut Replication<'_, R>, chance: &Chance) {
    if let Some(count) = run.observed.happened.get_mut(usize::from(chance.effect)) {
        *count += 1;
    }
}

/// Who would have been assessed in hospital but for discharge to assess is assessed after leaving: the
/// team has the work all the same, though nobody waits for it.
fn assess_later<R: Recorder>(run: &mut Replication<'_, R>, slot: u32, step: &Step) {
    let of = run.rules.chances_changed.get(usize::from(step.needed.effect));
    let Action::Task { team, time, .. } = step.action else { return };
    let person = &run.people[slot];
    if of.is_none_or(|of| of.quantity != Quantity::AssessedInHospital)
        || !draws::needs(step, step.needed.value, person.key, person.loops)
    {
        return;
    }
    let work = &run.rules.times[usize::from(time)];
    let work = draws::time(step, work, person.key, person.loops);
    team::work_later(run, team, work);
}

/// Somebody's referral came back, or their case is disputed: perhaps there is a conflict, and how
/// much longer they wait for it.
fn contest<R: Recorder>(run: &mut Replication<'_, R>, day: u32, slot: u32, step: &Step) -> Span {
    let (Some(layer), Some(rules)) = (&mut run.layer, &run.rules.coordination) else {
        return Span::ZERO;
    };
    debug_assert_ne!(step.contested, NO_EFFECT, "only some steps are contested");
    let dyad = usize::from(step.contested);
    let person = &run.people[slot];
    layer.seen.contested += u64::from(layer.lives);
    let chance = layer.chance_of_conflict(rules, dyad, day);
    if !draws::is_contested(step, chance, person.key, person.loops) {
        return Span::ZERO;
    }
    layer.seen.conflicts += u64::from(layer.lives);
    let runs = programme_runs(rules, dyad, day);
    let worked_through = if runs { rules.parameters.worked_through_more } else { 0.0 };
    let state = &mut layer.dyads[dyad];
    let relationship = state.relationship();
    let chance = (relationship + worked_through).min(1.0);
    if draws::is_worked_through(step, chance, person.key, person.loops) {
        state.conflict += rules.parameters.conflict_repair * (1.0 - relationship);
        return Span::ZERO;
    }
    state.conflict -= rules.parameters.conflict_harm * relationship;
    layer.seen.escalated += u64::from(layer.lives);
    if !rules.couplings.disputes {
        return Span::ZERO;
    }
    draws::escalation(step, rules.parameters.escalation_days, person.key, person.loops)
}

/// On each day of a multi-agency event, disputes are settled: whoever waits for one goes on.
pub(in crate::model) fn settle_disputes<R: Recorder>(
    run: &mut Replication<'_, R>,
    agenda: &mut Agenda<Event>,
    day: u32,
) {
    let is_held = run.rules.coordination.as_ref().is_some_and(|rules| rules.made_on(day));
    if !is_held {
        return;
    }
    let disputed: Vec<u32> = run.people.present().filter(|slot| is_disputed(run, *slot)).collect();
    for slot in disputed {
        let person = &mut run.people[slot];
        person.stamp = next_stamp(person.stamp);
        run.busy_until(agenda, slot, agenda.now());
    }
}

/// Whether somebody waits for a dispute to be settled.
fn is_disputed<R: Recorder>(run: &Replication<'_, R>, slot: u32) -> bool {
    let step = run.step(run.people[slot].at);
    let of = run.rules.chances_changed.get(usize::from(step.needed.effect));
    of.is_some_and(|of| of.quantity == Quantity::Dispute)
        && matches!(step.action, Action::Stay { .. })
}

/// Whether a programme runs that both sides attend.
fn programme_runs(rules: &CoordinationRules, dyad: usize, day: u32) -> bool {
    let [one, other] = rules.dyads[dyad].sides();
    rules.programme.as_ref().is_some_and(|programme| {
        programme.on(day).runs && programme.attending[one] && programme.attending[other]
    })
}

impl Layer {
    fn chance_of_conflict(&self, rules: &CoordinationRules, dyad: usize, day: u32) -> f64 {
        let p = &rules.parameters;
        let [one, other] = self.pairs[dyad];
        let pressed =
            |side: usize| self.organisations[side].pressure / self.at_start[side].pressure;
        let pressure = pressed(one).max(pressed(other)).clamp(0.7, 2.0);
        let stirred = rules.programme.as_ref().is_some_and(|it| it.on(day).stirred);
        let note = if stirred { p.note_surfaces } else { 1.0 };
        p.contested * (1.0 - self.dyads[dyad].relationship()) * pressure * note
    }
}
