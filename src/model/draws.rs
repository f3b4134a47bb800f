//! Everything random in the model, one function a quantity.
//!
//! | draw | is |
//! |---|---|
//! | [`Draw::Arrivals`] | how many people come in a stream on a day |
//! | [`Draw::Moment`] | when in the day a person comes; when in a meeting a case is decided |
//! | [`Draw::Pathway`] | which pathway a person takes |
//! | [`Draw::Time`] | how long a step takes a person |
//! | [`Draw::Needed`] | whether a person needs a step |
//! | [`Draw::Again`] | whether a person starts again after a step |
//! | [`Draw::Way`] | which way of a split a person takes |
//! | [`Draw::Decided`] | whether a meeting decides on a person, each time it sits |
//! | [`Draw::Hazard`] | after how much delay harm comes to a person |
//! | [`Draw::Return`] | whether and when a person comes back |
//! | [`Draw::OnDuty`] | whether a part-time post of a team is on duty on a day |
//! | [`Draw::Contested`] | whether a returned referral or a dispute becomes a conflict |
//! | [`Draw::WorkedThrough`] | whether a conflict is worked through |
//! | [`Draw::Escalation`] | how long an escalated conflict takes |
//! | [`Draw::Priority`] | whether a team sees the longest delayed next |
//! | [`Draw::Survey`] | how a survey reads |
//! | [`Draw::Gap`] | how long it takes until the next person of a stream comes |
//! | [`Draw::Together`] | how many people come together |
//! | [`Draw::Stayed`], [`Draw::Remaining`] | how long somebody has been there at the start, and still will be |
//! | [`Draw::Attribute`] | what a person is by an attribute |
//! | [`Draw::Patience`] | how long a person waits before they give up |
//!
//! No other file of the model sees a generator.

use super::calendar::DAY;
use super::rules::{ArrivalRules, Hazard, MeetingRules, Step, TeamRules};
use crate::engine::Span;
use crate::random::{Distribution, Generator, Key};

/// What a draw is of. The codes are never reused: they are part of every recorded result.
#[derive(Debug, Clone, Copy)]
#[repr(u64)]
pub(super) enum Draw {
    /// How many people come on a day.
    Arrivals = 1,
    /// A moment within a day or a meeting.
    Moment = 2,
    /// Which pathway.
    Pathway = 3,
    /// How long a step takes.
    Time = 4,
    /// Whether a step is needed.
    Needed = 5,
    /// Whether it starts again.
    Again = 6,
    /// Which way of a split.
    Way = 7,
    /// Whether a meeting decides.
    Decided = 8,
    /// When harm comes.
    Hazard = 9,
    /// Whether somebody comes back.
    Return = 10,
    /// Whether a part of a post is on duty.
    OnDuty = 11,
    /// Whether there is a conflict.
    Contested = 12,
    /// Whether it is worked through.
    WorkedThrough = 13,
    /// How long it takes otherwise.
    Escalation = 14,
    /// Whom a team sees next.
    Priority = 15,
    /// How a survey reads.
    Survey = 16,
    /// The gap before a person.
    Gap = 24,
    /// How many come together.
    Together = 25,
    /// An attribute.
    Attribute = 26,
    /// How long somebody has been there.
    Stayed = 27,
    /// How long they still will be.
    Remaining = 28,
    /// How long somebody waits before they give up.
    Patience = 17,
}

impl Draw {
    /// The purpose of this draw for something.
    #[inline]
    const fn of(self, what: Key) -> Key {
        what.aspect(self as u64)
    }
}

/// The number of people who come in a stream on a day of which `expected` are expected.
///
/// It counts how many exponential gaps fit: more are expected, more fit, and those who came before
/// still come.
pub(super) fn people_on_day(stream: &ArrivalRules, day: Key, expected: f64) -> u32 {
    let mut generator = day.draw(Draw::Arrivals.of(stream.purpose), 0);
    let mut reached = Distribution::unit_exponential(&mut generator);
    let mut people = 0;
    while reached < expected {
        people += 1;
        reached += Distribution::unit_exponential(&mut generator);
    }
    people
}

/// How long after the one before a person of a stream comes.
pub(super) fn gap(stream: &ArrivalRules, gaps: &Distribution, person: Key) -> Span {
    gaps.sample(&mut person.draw(Draw::Gap.of(stream.purpose), 0))
}

/// How many people come together with the first of them.
pub(super) fn together(stream: &ArrivalRules, first: Key) -> u32 {
    let unit = first.draw(Draw::Together.of(stream.purpose), 0).unit();
    let last = stream.together.last().expect("a group has a size").1;
    stream.together.iter().find(|(share, _)| unit < *share).map_or(last, |(_, size)| *size)
}

/// When in the day a person comes [s of the day].
#[inline]
pub(super) fn moment_of_arrival(stream: &ArrivalRules, person: Key) -> u32 {
    stream.moments.at(person.draw(Draw::Moment.of(stream.purpose), 0).unit())
}

/// Which of the pathways, given as cumulative shares, a person of a stream takes.
#[inline]
pub(super) fn pathway(stream: &ArrivalRules, pathways: &[(f64, u8)], person: Key) -> u8 {
    let unit = person.draw(Draw::Pathway.of(stream.purpose), 0).unit();
    let last = pathways.last().expect("a stream has a pathway").1;
    pathways.iter().find(|(share, _)| unit < *share).map_or(last, |(_, pathway)| *pathway)
}

/// What a person is by an attribute, as a position in its cumulative shares.
pub(super) fn attribute(purpose: Key, shares: &[f64], person: Key) -> u8 {
    let unit = person.draw(Draw::Attribute.of(purpose), 0).unit();
    let value = shares.partition_point(|share| *share <= unit).min(shares.len() - 1);
    u8::try_from(value).expect("checked: at most 250 values")
}

/// How long somebody who is there at the start has been there.
pub(super) fn stayed(purpose: Key, time: &Distribution, person: Key) -> Span {
    time.sample(&mut person.draw(Draw::Stayed.of(purpose), 0))
}

/// How long a step still takes somebody who is there at the start.
pub(super) fn remaining(purpose: Key, time: &Distribution, person: Key) -> Span {
    time.sample(&mut person.draw(Draw::Remaining.of(purpose), 0))
}

/// What is left of the time of a step for somebody who has `stayed` so long: times are drawn until one
/// is as long. Who has stayed longer than nearly all ever do is at the end of it.
pub(super) fn residual(purpose: Key, time: &Distribution, stayed: Span, person: Key) -> Span {
    const MOST: u32 = 10_000;
    let mut generator = person.draw(Draw::Remaining.of(purpose), 0);
    let mut times = (0..MOST).map(|_| time.sample(&mut generator));
    times.find(|time| *time >= stayed).map_or(Span::ZERO, |time| time - stayed)
}

/// How long a step takes a person.
#[inline(always)]
pub(super) fn time(step: &Step, time: &Distribution, person: Key, loops: u64) -> Span {
    time.sample(&mut of_step(step, Draw::Time, person, loops))
}

/// How long a person waits in a step before they give up.
pub(super) fn patience(step: &Step, time: &Distribution, person: Key, loops: u64) -> Span {
    time.sample(&mut of_step(step, Draw::Patience, person, loops))
}

/// Whether a person needs a step.
#[inline(never)]
pub(super) fn needs(step: &Step, chance: f64, person: Key, loops: u64) -> bool {
    of_step(step, Draw::Needed, person, loops).happens(chance)
}

/// Whether a person starts again after a step.
#[inline]
pub(super) fn starts_again(step: &Step, chance: f64, person: Key, loops: u64) -> bool {
    of_step(step, Draw::Again, person, loops).happens(chance)
}

/// Which of several ways, given as cumulative shares and steps, a person takes.
#[inline]
pub(super) fn way(step: &Step, ways: &[(f64, u32)], person: Key, loops: u64) -> u32 {
    let unit = of_step(step, Draw::Way, person, loops).unit();
    let last = ways.last().expect("a split has a way").1;
    ways.iter().find(|(share, _)| unit < *share).map_or(last, |(_, target)| *target)
}

/// Whether a meeting decides on a person on this day.
#[inline]
pub(super) fn decides(step: &Step, chance: f64, person: Key, date: u64) -> bool {
    let purpose = Draw::Decided.of(step.purpose);
    chance >= 1.0 || person.draw(purpose, date).happens(chance)
}

/// When in a meeting's hours the decision on a person falls [s after its start].
pub(super) fn moment_of_decision(
    meeting: &MeetingRules,
    step: &Step,
    person: Key,
    date: u64,
) -> Span {
    let first = meeting.between.first().map_or(0, |range| range.0);
    let length: u32 = meeting.between.iter().map(|(opens, closes)| closes - opens).sum();
    let mut generator = person.draw(Draw::Moment.of(step.purpose), date);
    let mut offset = (generator.unit() * f64::from(length)) as u32;
    for &(opens, closes) in &meeting.between {
        if offset < closes - opens || closes == opens {
            return Span::from_seconds(opens - first + offset);
        }
        offset -= closes - opens;
    }
    Span::ZERO
}

/// After how much delay harm comes to a person, and which.
pub(super) fn harm(hazards: &[Hazard], person: Key, loops: u64) -> Option<(Span, u8)> {
    let mut first: Option<(Span, u8)> = None;
    for (index, hazard) in hazards.iter().enumerate() {
        if hazard.per_second > 0.0 {
            let mut generator = person.draw(Draw::Hazard.of(hazard.purpose), loops);
            let seconds = Distribution::unit_exponential(&mut generator) / hazard.per_second;
            let after = Span::round_seconds(seconds);
            if first.is_none_or(|(earliest, _)| after < earliest) {
                first = Some((after, u8::try_from(index).expect("at most 255 hazards a pathway")));
            }
        }
    }
    first
}

/// Whether, and after how long, a person comes back to hospital.
pub(super) fn comes_back(
    step: &Step,
    chance: f64,
    after: &Distribution,
    person: Key,
    loops: u64,
) -> Option<Span> {
    let mut generator = of_step(step, Draw::Return, person, loops);
    generator.happens(chance).then(|| after.sample(&mut generator))
}

/// How many cases a team can work on at a time on a day: its expected number, where a fraction is
/// there or not.
pub(super) fn cases_on_duty(team: &TeamRules, expected: f64, run: Key, date: u64) -> u32 {
    let whole = (expected + 1e-9).floor();
    let fraction = (expected - whole).max(0.0);
    let there = fraction > 1e-9 && run.draw(Draw::OnDuty.of(team.purpose), date).happens(fraction);
    // Headcounts are checked to be far below 2^32.
    whole as u32 + u32::from(there)
}

/// Whether a returned referral or a dispute becomes a conflict.
pub(super) fn is_contested(step: &Step, chance: f64, person: Key, loops: u64) -> bool {
    of_step(step, Draw::Contested, person, loops).happens(chance)
}

/// Whether a conflict is worked through.
pub(super) fn is_worked_through(step: &Step, chance: f64, person: Key, loops: u64) -> bool {
    of_step(step, Draw::WorkedThrough, person, loops).happens(chance)
}

/// How long a person waits until an escalated conflict is settled: as spread out as its mean is long.
pub(super) fn escalation(step: &Step, mean_days: f64, person: Key, loops: u64) -> Span {
    let mean = mean_days * f64::from(DAY);
    let time = Distribution::lognormal(mean, mean);
    time.sample(&mut of_step(step, Draw::Escalation, person, loops))
}

/// Whether a team sees the longest delayed next, the `attempt`-th time on a day.
pub(super) fn sees_longest_delayed(
    team: &TeamRules,
    chance: f64,
    run: Key,
    date: u64,
    attempt: u32,
) -> bool {
    let of_day = run.part(date);
    of_day.draw(Draw::Priority.of(team.purpose), attempt.into()).happens(chance)
}

/// The error of a survey's reading of a dyad on a day, in standard deviations.
pub(super) fn survey(run: Key, dyad: Key, date: u64) -> f64 {
    Distribution::unit_normal(&mut run.draw(Draw::Survey.of(dyad), date))
}

#[inline]
fn of_step(step: &Step, draw: Draw, person: Key, loops: u64) -> Generator {
    person.draw(draw.of(step.purpose), loops & step.loops)
}
