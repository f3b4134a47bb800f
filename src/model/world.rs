//! The changing state of one replication, and what each event does to it.

use std::collections::VecDeque;

use super::books::Books;
use super::calendar::{DAY, day_of, start_of};
use super::coordination::{self, Factors, Layer};
use super::gridlock::Gridlock;
use super::initial::Before;
use super::observations::Observations;
use super::person::{People, Stage};
use super::place::Place;
use super::recorder::{Entry, Recorder, What};
use super::rules::{Action, Rules, Step};
use super::team::Team;
use super::traits::Traits;
use super::work::Works;
use super::{
    Model, arrivals, books, delay, gridlock, initial, journey, meeting, place, slots, spell, team,
    waiting,
};
use crate::engine::{self, Agenda, Links, Phase, Span, Time, World};
use crate::random::Key;

/// What can happen. This is the table of contents of the model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Event {
    /// Somebody comes on the day that has begun.
    Arrival { stream: u8, number: u32 },
    /// The next person of a stream with gaps comes.
    NextComes { stream: u8 },
    /// The time of somebody's step is over.
    StepEnds { slot: u32, stamp: u32 },
    /// Harm comes to somebody who is delayed.
    Harm { slot: u32, stamp: u32 },
    /// A day ends and another begins.
    Midnight,
    /// A team opens or closes.
    TeamHours { team: u8, stamp: u32 },
    /// The time of a slot at which a team begins with cases.
    TeamSlot { team: u8, stamp: u32 },
    /// A meeting sits.
    MeetingSits { meeting: u8, stamp: u32 },
    /// Measuring starts.
    MeasuringStarts,
    /// Some full places may have come to a standstill.
    LookForGridlock,
    /// A dated change of the scenario comes into force: the rules of this number.
    RulesChange { number: u32 },
    /// Somebody who waits loses patience.
    PatienceEnds { slot: u32, stamp: u32 },
    /// The capacity of a place may change by the hour or the day.
    PlaceTurns { place: u8, stamp: u32 },
}

/// Positions: the kind in 4 bits, then 24 bits, then 20 bits.
impl engine::Event for Event {
    #[inline]
    fn pack(self) -> u64 {
        let join = |kind: u64, middle: u32, low: u32| {
            (kind << 44) | (u64::from(middle) << 20) | u64::from(low)
        };
        match self {
            Event::Arrival { stream, number } => join(0, number, stream.into()),
            Event::StepEnds { slot, stamp } => join(1, slot, stamp),
            Event::Harm { slot, stamp } => join(2, slot, stamp),
            Event::Midnight => join(3, 0, 0),
            Event::TeamHours { team, stamp } => join(4, team.into(), stamp),
            Event::MeetingSits { meeting, stamp } => join(5, meeting.into(), stamp),
            Event::MeasuringStarts => join(6, 0, 0),
            Event::RulesChange { number } => join(7, number, 0),
            Event::NextComes { stream } => join(8, 0, stream.into()),
            Event::LookForGridlock => join(14, 0, 0),
            Event::PatienceEnds { slot, stamp } => join(12, slot, stamp),
            Event::PlaceTurns { place, stamp } => join(13, place.into(), stamp),
            Event::TeamSlot { team, stamp } => join(15, team.into(), stamp),
        }
    }

    #[inline(always)]
    fn unpack(bits: u64) -> Self {
        let middle = (bits >> 20) as u32 & 0xFF_FFFF;
        let low = bits as u32 & 0xF_FFFF;
        match bits >> 44 {
            0 => Event::Arrival { stream: low as u8, number: middle },
            1 => Event::StepEnds { slot: middle, stamp: low },
            2 => Event::Harm { slot: middle, stamp: low },
            3 => Event::Midnight,
            4 => Event::TeamHours { team: middle as u8, stamp: low },
            5 => Event::MeetingSits { meeting: middle as u8, stamp: low },
            6 => Event::MeasuringStarts,
            7 => Event::RulesChange { number: middle },
            8 => Event::NextComes { stream: low as u8 },
            12 => Event::PatienceEnds { slot: middle, stamp: low },
            13 => Event::PlaceTurns { place: middle as u8, stamp: low },
            14 => Event::LookForGridlock,
            15 => Event::TeamSlot { team: middle as u8, stamp: low },
            kind => unreachable!("there is no event of kind {kind}"),
        }
    }
}

/// The state of one replication.
#[derive(Debug)]
pub(super) struct Replication<'m, R> {
    pub model: &'m Model,
    /// The rules in force.
    pub rules: &'m Rules,
    /// What all randomness of the replication depends on.
    pub key: Key,
    pub expected: arrivals::Expected,
    pub people: People,
    /// How long they had been there before the start.
    pub before: Before,
    /// What people are, beside them.
    pub traits: Traits,
    /// The links of all queues.
    pub links: Links,
    pub places: Vec<Place>,
    pub teams: Vec<Team>,
    pub meetings: Vec<meeting::Meeting>,
    /// The people whom teams with a caseload have taken on.
    pub books: Books,
    /// Work of teams that may be interrupted.
    pub works: Works<'m>,
    /// People whom a freed place was given, and who have not moved yet. Freed places cascade
    /// upstream in the same instant, first come, first served.
    pub granted: VecDeque<u32>,
    /// Places from which outliers went back, so that their units fall free there.
    pub freed: VecDeque<u8>,
    /// What people hold where one person is not always one unit.
    pub holdings: place::AllHoldings,
    /// The links of the queues of outliers.
    pub outlier_links: Links,
    /// The relationship layer, if the scenario has one.
    pub layer: Option<Layer>,
    /// What it makes of people's ways today.
    pub factors: Factors,
    /// What is known of gridlocks.
    pub gridlock: Gridlock,
    pub observed: Observations,
    pub measured_from: Time,
    pub recorder: R,
}

impl<R: Recorder> World for Replication<'_, R> {
    type Event = Event;

    /// One line per event, in the order in which people meet them.
    #[inline(always)]
    fn handle(&mut self, event: Event, agenda: &mut Agenda<Event>) {
        match event {
            Event::Arrival { stream, number } => arrivals::arrive(self, agenda, stream, number),
            Event::NextComes { stream } => arrivals::next_comes(self, agenda, stream),
            Event::StepEnds { slot, stamp } => journey::step_ends(self, agenda, slot, stamp),
            Event::Harm { slot, stamp } => waiting::harm_comes(self, agenda, slot, stamp),
            Event::Midnight => self.midnight(agenda),
            Event::TeamHours { team, stamp } => team::hours_turn(self, agenda, team, stamp),
            Event::TeamSlot { team, stamp } => slots::begins(self, agenda, team, stamp),
            Event::MeetingSits { meeting, stamp } => meeting::sits(self, agenda, meeting, stamp),
            Event::MeasuringStarts => self.start_measuring(agenda.now()),
            Event::LookForGridlock => gridlock::look(self, agenda),
            Event::RulesChange { number } => self.change_rules(agenda, number),
            Event::PatienceEnds { slot, stamp } => {
                waiting::patience_ends(self, agenda, slot, stamp);
            }
            Event::PlaceTurns { place, stamp } => {
                place::capacity_turns(self, agenda, place, stamp);
            }
        }
        if !self.granted.is_empty() || (!R::PLAIN && !self.freed.is_empty()) {
            journey::move_those_granted(self, agenda);
        }
    }
}

impl<'m, R: Recorder> Replication<'m, R> {
    pub(super) fn new(model: &'m Model, replication: u32, recorder: R) -> Self {
        let rules = model.first_rules();
        let mut replication = Replication {
            model,
            rules,
            key: Key::new(model.seed, replication),
            expected: arrivals::Expected::default(),
            people: People::default(),
            before: Before::default(),
            traits: Traits::new(rules.attributes.len()),
            links: Links::default(),
            places: rules.places.iter().map(|it| Place::new(it, rules.classes.len())).collect(),
            teams: rules.teams.iter().map(|_| Team::default()).collect(),
            meetings: rules.meetings.iter().map(|_| meeting::Meeting::default()).collect(),
            books: Books::new(rules),
            works: Works::of_teams(rules.teams.len()),
            granted: VecDeque::new(),
            freed: VecDeque::new(),
            holdings: place::AllHoldings::default(),
            outlier_links: Links::default(),
            layer: rules
                .coordination
                .as_ref()
                .map(|rules| Layer::new(rules, model.measured_days())),
            factors: Factors::default(),
            gridlock: Gridlock::default(),
            observed: Observations::default(),
            measured_from: model.measured_from,
            recorder,
        };
        replication.forget();
        replication
    }

    /// Schedules everything that does not follow from something else.
    pub(super) fn start(&mut self, agenda: &mut Agenda<Event>) {
        agenda.schedule(self.model.measured_from, Phase::Observe, Event::MeasuringStarts);
        for (number, (from, _)) in (0..).zip(&self.model.rules).skip(1) {
            agenda.schedule(*from, Phase::Normal, Event::RulesChange { number });
        }
        coordination::refresh(self, 0);
        for place in 0..self.places.len() {
            if self.places[place].careful {
                place::take_up(self, agenda, place);
            }
        }
        self.open_teams_and_meetings(agenda);
        initial::take_up(self, agenda);
        arrivals::expect_the_next(self, agenda);
        self.begin_day(agenda, 0, 0);
    }

    /// When the replication ended before its time, if so.
    pub(super) fn ended(&self) -> Option<Time> {
        self.gridlock.ended
    }

    /// Books what is open at the end, and hands over what was counted.
    pub(super) fn finish(mut self, end: Time, events: u64) -> (Observations, R) {
        if end < self.measured_from {
            self.end_before_measuring(end);
        }
        let last_day = day_of(end).saturating_sub(1);
        if end.seconds().is_multiple_of(DAY) && end > self.measured_from {
            self.look_around(last_day);
        }
        if let Some(layer) = self.layer.take() {
            self.observed.coordination = Some(layer.seen);
        }
        let slots: Vec<u32> = self.people.present().collect();
        assert_eq!(self.people.expected(), slots.len(), "people are conserved");
        for slot in slots {
            let cell = self.cell_of(slot);
            delay::book(&mut self, end, slot, cell);
            // Whoever will come back has left, and is not there.
            let step = self.step(self.people[slot].at);
            if !matches!(step.action, Action::Readmit { .. }) {
                self.record(end, slot, What::Unfinished);
            }
            spell::count_long_stay(&mut self, end, slot);
        }
        for (place, tally) in self.places.iter().zip(&mut self.observed.places) {
            place.tally(end, tally);
        }
        self.observed.books = self.books.tally(end);
        for (team, tally) in self.teams.iter().zip(&mut self.observed.teams) {
            team.tally(end, tally);
        }
        self.observed.events = events;
        self.observed.measured_seconds = end.since(self.measured_from).seconds().into();
        (self.observed, self.recorder)
    }

    /// Whether the person's time counts as a spell in hospital.
    #[inline]
    pub(super) fn counts(&self, slot: u32) -> bool {
        self.counts_in(self.people[slot].place)
    }

    /// Whether time in a place counts as a spell in hospital.
    #[inline]
    pub(super) fn counts_in(&self, place: u8) -> bool {
        match self.rules.places.get(usize::from(place)) {
            Some(place) => place.counts,
            None => !self.model.has_acute,
        }
    }

    #[inline]
    pub(super) fn record(&mut self, time: Time, slot: u32, what: What) {
        if R::LISTENS {
            let person = &self.people[slot];
            self.recorder.record(Entry {
                time,
                person: person.id(),
                pathway: person.pathway,
                what,
            });
        }
    }

    /// A step of the rules in force, which outlive every borrow of the replication.
    #[inline]
    pub(super) fn step(&self, at: u32) -> &'m Step {
        let rules: &'m Rules = self.rules;
        &rules.steps[at as usize]
    }

    /// Schedules the end of a person's step.
    #[inline]
    pub(super) fn busy_until(&mut self, agenda: &mut Agenda<Event>, slot: u32, time: Time) {
        let person = &mut self.people[slot];
        person.stage = Stage::Busy;
        let stamp = person.stamp;
        agenda.schedule(time, Phase::Release, Event::StepEnds { slot, stamp });
    }

    fn midnight(&mut self, agenda: &mut Agenda<Event>) {
        let day = day_of(agenda.now());
        if agenda.now() > self.measured_from {
            self.look_around(day - 1);
            self.note_quarter(agenda.now());
        }
        let ready = if self.layer.is_some() { self.ready_to_leave() } else { 0 };
        self.begin_day(agenda, day, ready);
    }

    /// Begins a day; `ready` people were ready to leave at the midnight before.
    fn begin_day(&mut self, agenda: &mut Agenda<Event>, day: u32, ready: u32) {
        coordination::begin_day(self, day, ready);
        coordination::settle_disputes(self, agenda, day);
        arrivals::expect_the_day(self, agenda, day);
        team::staff_the_day(self, agenda, day);
        agenda.schedule(start_of(day + 1), Phase::Observe, Event::Midnight);
    }

    fn open_teams_and_meetings(&mut self, agenda: &mut Agenda<Event>) {
        for team in 0..self.teams.len() {
            team::take_up(self, agenda, team);
        }
        for meeting in 0..self.meetings.len() {
            meeting::convene(self, agenda, meeting);
        }
    }

    /// A dated change comes into force. What has begun goes on as it began.
    fn change_rules(&mut self, agenda: &mut Agenda<Event>, number: u32) {
        let before = self.rules;
        self.rules = &self.model.rules[number as usize].1;
        for team in 0..self.teams.len() {
            if before.teams[team].discipline != self.rules.teams[team].discipline {
                team::queue_anew(self, team);
            }
        }
        for place in 0..self.places.len() {
            if self.places[place].careful {
                place::take_up(self, agenda, place);
            } else {
                let capacity = self.rules.places[place].capacity;
                self.places[place].pool.set_capacity(capacity);
                place::give_to_those_waiting(self, agenda.now(), place);
            }
        }
        arrivals::expect_the_next(self, agenda);
        coordination::refresh(self, day_of(agenda.now()));
        books::take_up(self, agenda.now());
        self.open_teams_and_meetings(agenda);
        team::staff_the_day(self, agenda, day_of(agenda.now()));
    }

    /// How long a time of the rules takes from now, in the opening hours of a calendar if any.
    #[inline]
    pub(super) fn end_of(&self, now: Time, calendar: Option<u16>, span: Span) -> Time {
        match calendar {
            None => now + span,
            Some(calendar) => {
                let calendar = &self.rules.calendars[usize::from(calendar)];
                calendar.end_of_work(&self.model.days, now, span)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Event as _;

    #[test]
    fn events_survive_packing() {
        let most = 0xFF_FFFF;
        for event in [
            Event::Arrival { stream: 255, number: most },
            Event::StepEnds { slot: most, stamp: 0xF_FFFF },
            Event::Harm { slot: 7, stamp: 9 },
            Event::Midnight,
            Event::TeamHours { team: 255, stamp: 3 },
            Event::TeamSlot { team: 255, stamp: 3 },
            Event::MeetingSits { meeting: 3, stamp: 1 },
            Event::MeasuringStarts,
            Event::LookForGridlock,
            Event::RulesChange { number: 12 },
            Event::NextComes { stream: 250 },
            Event::PatienceEnds { slot: 1, stamp: most >> 4 },
            Event::PlaceTurns { place: 250, stamp: 5 },
        ] {
            assert_eq!(Event::unpack(event.pack()), event);
            assert!(event.pack() < 1 << 48);
        }
    }
}
