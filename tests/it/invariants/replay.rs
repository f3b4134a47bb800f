//! A second reckoning: what a log says, followed entry by entry with rules of its own.
//!
//! It panics where the log breaks an invariant, and counts all tallies anew, so that they can be
//! compared with those of the replication to the second.

use std::collections::{BTreeMap, VecDeque};

use homeward::model::{Action, Entry, Model, Observations, PersonId, Rules, What};
use homeward::scenario::language::Outcome;

use crate::support::who;

/// A number over time, and the area under it within the measured time.
#[derive(Debug, Clone, Copy, Default)]
struct Level {
    value: u32,
    since: u32,
    area: u64,
}

impl Level {
    fn change(&mut self, now: u32, measured_from: u32, by: i32) {
        let from = self.since.max(measured_from);
        self.area += u64::from(self.value) * u64::from(now.saturating_sub(from));
        self.since = now;
        self.value = self.value.checked_add_signed(by).expect("what is given back was taken");
    }
}

/// A count of which some at the very moment when measuring starts may or may not be counted.
#[derive(Debug, Clone, Copy, Default)]
struct Count {
    least: u64,
    most: u64,
}

impl Count {
    fn add(&mut self, now: u32, measured_from: u32, amount: u64) {
        self.most += if now >= measured_from { amount } else { 0 };
        self.least += if now > measured_from { amount } else { 0 };
    }

    #[track_caller]
    fn assert_holds(self, counted: u64, what: &str) {
        assert!((self.least..=self.most).contains(&counted), "{what}: {counted}, not {self:?}");
    }
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Doing {
    Walking,
    Queued(u32),
    Busy(u32),
}

#[derive(Debug, Clone, Copy)]
struct Person {
    there: bool,
    visit: u8,
    place: Option<u8>,
    held: Option<u8>,
    ready_since: Option<u32>,
    booked: u64,
    spell_since: Option<u32>,
    doing: Doing,
    last: u32,
}

#[derive(Debug, Clone, Default)]
struct Place {
    in_use: Level,
    held: Level,
    ready: Level,
    waiting: Level,
    queue: VecDeque<PersonId>,
    served: Count,
    waited: Count,
    departed: Count,
    refused: Count,
}

#[derive(Debug, Clone, Default)]
struct Team {
    busy: Level,
    waiting: Level,
    queue: VecDeque<PersonId>,
    served: Count,
    waited: Count,
}

#[derive(Debug, Clone, Copy, Default)]
struct Leavers {
    all: Count,
    alive: Count,
    stay: Count,
    delay: Count,
}

/// What a log adds up to.
#[derive(Debug)]
pub(super) struct Replay<'m> {
    model: &'m Model,
    from: u32,
    now: u32,
    people: BTreeMap<PersonId, Person>,
    asked_at: BTreeMap<PersonId, u32>,
    places: Vec<Place>,
    teams: Vec<Team>,
    leavers: Vec<Leavers>,
    arrived: Vec<Count>,
    lost: Vec<Count>,
    /// By cell: delay that counts as in hospital, and delay elsewhere.
    ledger: Vec<(u64, u64)>,
    /// The same, from what was booked.
    booked: Vec<u64>,
    /// All time between ready and leaving.
    delay: u64,
    came: u64,
    came_back: u64,
    left: u64,
    unfinished: u64,
}

impl<'m> Replay<'m> {
    /// Follows a log to the end of the run.
    pub(super) fn of(model: &'m Model, log: &[Entry]) -> Replay<'m> {
        let rules = model.first_rules();
        let mut replay = Replay {
            model,
            from: model.measured_from.seconds(),
            now: 0,
            people: BTreeMap::new(),
            asked_at: BTreeMap::new(),
            places: vec![Place::default(); rules.places.len()],
            teams: vec![Team::default(); rules.teams.len()],
            leavers: vec![Leavers::default(); rules.starts.len()],
            arrived: vec![Count::default(); rules.arrivals.len()],
            lost: vec![Count::default(); rules.arrivals.len()],
            ledger: vec![(0, 0); model.cells.len()],
            booked: vec![0; model.cells.len()],
            delay: 0,
            came: 0,
            came_back: 0,
            left: 0,
            unfinished: 0,
        };
        for entry in log {
            replay.follow(entry);
        }
        replay.end();
        replay
    }

    fn follow(&mut self, entry: &Entry) {
        let now = entry.time.seconds();
        assert!(now >= self.now, "time goes back: {entry:?}");
        if now > self.now {
            self.nobody_waits_for_what_is_free();
        }
        self.now = now;
        let id = who(entry);
        if let What::Arrives(stream) = entry.what {
            self.came += 1;
            self.arrived[usize::from(stream)].add(now, self.from, 1);
            let person = Person {
                there: true,
                visit: 0,
                place: None,
                held: None,
                ready_since: None,
                booked: 0,
                spell_since: (!self.model.has_acute).then_some(now),
                doing: Doing::Walking,
                last: now,
            };
            assert!(self.people.insert(id, person).is_none(), "somebody came twice: {entry:?}");
            return;
        }
        let mut person = *self.people.get(&id).unwrap_or_else(|| panic!("nobody: {entry:?}"));
        self.pass_time(&mut person);
        match entry.what {
            What::Arrives(_) => unreachable!("handled above"),
            What::Returns => {
                assert!(!person.there, "who comes back had left: {entry:?}");
                self.came_back += 1;
                person.there = true;
                person.visit += 1;
                person.spell_since = (!self.model.has_acute).then_some(now);
            }
            // The time until somebody comes back.
            What::Ends(_) if !person.there => {}
            _ => {
                assert!(person.there, "who has left does nothing: {entry:?}");
                self.step(entry, id, &mut person);
            }
        }
        assert_eq!(entry.person.visit, person.visit, "{entry:?}");
        self.people.insert(id, person);
    }

    /// Books the time since the person's last entry, by what they were doing.
    fn pass_time(&mut self, person: &mut Person) {
        let from = person.last.max(self.from);
        let span = u64::from(self.now.saturating_sub(from));
        if person.ready_since.is_some() && self.now > person.last {
            let cell = self.cell(person.doing);
            let counts = self.counts(person.place);
            let ledger = &mut self.ledger[usize::from(cell)];
            *(if counts { &mut ledger.0 } else { &mut ledger.1 }) += span;
        }
        person.last = self.now;
    }

    fn cell(&self, doing: Doing) -> u16 {
        let steps = &self.model.first_rules().steps;
        match doing {
            Doing::Queued(step) => steps[step as usize].queue_cell,
            Doing::Busy(step) => steps[step as usize].cell,
            Doing::Walking => panic!("time passed while somebody went from step to step"),
        }
    }

    fn counts(&self, place: Option<u8>) -> bool {
        place.map_or(!self.model.has_acute, |place| {
            self.model.first_rules().places[usize::from(place)].counts
        })
    }

    fn action(&self, step: u32) -> Action {
        self.model.first_rules().steps[step as usize].action
    }

    fn step(&mut self, entry: &Entry, id: PersonId, person: &mut Person) {
        match entry.what {
            What::Waits(step) => {
                assert_eq!(person.doing, Doing::Walking, "{entry:?}");
                person.doing = Doing::Queued(step);
                self.asked_at.insert(id, self.now);
                self.queue(step, id, 1);
            }
            What::PutOff(step) => assert_eq!(person.doing, Doing::Queued(step), "{entry:?}"),
            What::Begins(step) => {
                if let Action::Task { team, .. } = self.action(step) {
                    let waited = self.served(step, id, person.doing, entry);
                    let team = &mut self.teams[usize::from(team)];
                    team.busy.change(self.now, self.from, 1);
                    team.served.add(self.now, self.from, 1);
                    team.waited.add(self.now, self.from, waited);
                } else if matches!(self.action(step), Action::Meeting(_)) {
                    assert_eq!(person.doing, Doing::Queued(step), "{entry:?}");
                } else {
                    assert_eq!(person.doing, Doing::Walking, "{entry:?}");
                }
                person.doing = Doing::Busy(step);
            }
            What::Ends(step) => {
                assert_eq!(person.doing, Doing::Busy(step), "{entry:?}");
                self.stop_work(step);
                person.doing = Doing::Walking;
            }
            What::Again(_) => assert_eq!(person.doing, Doing::Walking, "{entry:?}"),
            What::Reserved(place) => {
                self.take(place, id, person, entry);
                self.places[usize::from(place)].held.change(self.now, self.from, 1);
                assert_eq!(person.held.replace(place), None, "one place is held: {entry:?}");
            }
            What::Moves(place) => {
                if person.held == Some(place) && person.doing == Doing::Walking {
                    person.held = None;
                    self.places[usize::from(place)].held.change(self.now, self.from, -1);
                } else {
                    self.take(place, id, person, entry);
                }
                self.leave_spell(entry, person, Some(place), Outcome::Home);
                self.leave_place(person, Some(place));
                if self.counts(Some(place)) && person.spell_since.is_none() {
                    person.spell_since = Some(self.now);
                }
            }
            What::Ready => {
                assert_eq!(person.ready_since, None, "{entry:?}");
                person.ready_since = Some(self.now);
                person.booked = 0;
                self.ready(person.place, 1);
            }
            What::Booked { cell, span } => {
                let since = person.ready_since.expect("delay is booked to those who are ready");
                if span.seconds() > 0 {
                    assert_eq!(cell, self.cell(person.doing), "{entry:?}");
                }
                person.booked += u64::from(span.seconds());
                assert_eq!(person.booked, u64::from(self.now - since), "without gaps: {entry:?}");
                let begun = (self.now - span.seconds()).max(self.from);
                self.booked[usize::from(cell)] += u64::from(self.now.saturating_sub(begun));
            }
            What::Harm { .. } => {
                assert!(person.ready_since.is_some(), "harm comes to the delayed: {entry:?}");
                self.end_ready(entry, person);
                match person.doing {
                    Doing::Queued(step) => self.queue(step, id, -1),
                    Doing::Busy(step) => self.stop_work(step),
                    Doing::Walking => panic!("harm comes to those who wait: {entry:?}"),
                }
                person.doing = Doing::Walking;
                self.release_held(person);
            }
            What::GoesBack(_) | What::Keeps(_) => unreachable!("not in these worlds"),
            What::Refused(step) => self.refused(step, person, entry),
            What::GivesUp(step) => self.gives_up(step, id, person, entry),
            What::Leaves(outcome) => {
                assert_eq!(person.doing, Doing::Walking, "{entry:?}");
                self.lose(id, person, entry, outcome);
                self.leave_spell(entry, person, None, outcome);
                self.leave_place(person, None);
                self.release_held(person);
                person.there = false;
                self.left += 1;
            }
            What::Unfinished => {
                assert_eq!(entry.time, self.model.end, "{entry:?}");
                assert_ne!(person.doing, Doing::Walking, "{entry:?}");
                if let Some(since) = person.ready_since {
                    assert_eq!(person.booked, u64::from(self.now - since), "{entry:?}");
                }
                self.unfinished += 1;
            }
            What::HandedOver { .. } | What::Interrupted(_) | What::Joins(_) => {
                panic!("no team of these worlds interrupts its work or has a caseload: {entry:?}")
            }
            What::Arrives(_) | What::Returns => unreachable!("handled before"),
        }
    }

    /// A place refuses somebody, whose queue must be full.
    fn refused(&mut self, step: u32, person: &Person, entry: &Entry) {
        assert_eq!(person.doing, Doing::Walking, "{entry:?}");
        let (Action::Enter(place) | Action::Reserve(place)) = self.action(step) else {
            panic!("only places refuse people: {entry:?}");
        };
        let index = usize::from(place);
        let limit = self.rules().places[index].queue_limit.expect("its queue has a limit");
        assert!(self.places[index].queue.len() >= limit as usize, "room: {entry:?}");
        self.places[index].refused.add(self.now, self.from, 1);
    }

    /// Somebody who waits gives up.
    fn gives_up(&mut self, step: u32, id: PersonId, person: &mut Person, entry: &Entry) {
        assert_eq!(person.doing, Doing::Queued(step), "{entry:?}");
        self.queue(step, id, -1);
        person.doing = Doing::Walking;
    }

    /// Counts somebody who leaves without what they came for.
    fn lose(&mut self, id: PersonId, person: &mut Person, entry: &Entry, outcome: Outcome) {
        if outcome.is_lost() {
            if person.place.is_none() {
                person.spell_since = None;
            }
            let first = u64::from(entry.person.visit == 0);
            self.lost[usize::from(id.stream)].add(self.now, self.from, first);
        }
    }

    /// Somebody joins (1) or gives up (-1) the queue of a step.
    fn queue(&mut self, step: u32, id: PersonId, by: i32) {
        let (queue, waiting) = match self.action(step) {
            Action::Enter(place) | Action::Reserve(place) => {
                let place = &mut self.places[usize::from(place)];
                (&mut place.queue, &mut place.waiting)
            }
            Action::Task { team, .. } => {
                let team = &mut self.teams[usize::from(team)];
                (&mut team.queue, &mut team.waiting)
            }
            Action::Meeting(_) => return,
            action => panic!("nobody waits for {action:?}"),
        };
        waiting.change(self.now, self.from, by);
        if by > 0 {
            queue.push_back(id);
        } else {
            queue.retain(|waits| *waits != id);
        }
    }

    /// Somebody is served: whoever waited longest, or somebody new if nobody waits. Returns the wait.
    fn served(&mut self, step: u32, id: PersonId, doing: Doing, entry: &Entry) -> u64 {
        let (queue, waiting) = match self.action(step) {
            Action::Enter(place) | Action::Reserve(place) => {
                let place = &mut self.places[usize::from(place)];
                (&mut place.queue, &mut place.waiting)
            }
            Action::Task { team, .. } => {
                let team = &mut self.teams[usize::from(team)];
                (&mut team.queue, &mut team.waiting)
            }
            action => panic!("nobody is served in {action:?}"),
        };
        if doing == Doing::Walking {
            assert!(queue.is_empty(), "somebody is overtaken: {entry:?}");
            return 0;
        }
        assert_eq!(doing, Doing::Queued(step), "{entry:?}");
        assert_eq!(queue.pop_front(), Some(id), "first come, first served: {entry:?}");
        waiting.change(self.now, self.from, -1);
        u64::from(self.now - self.asked_at[&id])
    }

    /// A unit of a place is taken.
    fn take(&mut self, place: u8, id: PersonId, person: &mut Person, entry: &Entry) {
        let mut waited = 0;
        if let Doing::Queued(step) = person.doing {
            waited = self.served(step, id, person.doing, entry);
        } else {
            assert_eq!(person.doing, Doing::Walking, "{entry:?}");
            // Whoever still waits has been granted a place in this instant, and moves before it ends.
            let state = &self.places[usize::from(place)];
            let room =
                self.capacity_in_this_instant(place).saturating_sub(state.in_use.value) as usize;
            assert!(state.queue.len() < room, "somebody is overtaken: {entry:?}");
        }
        person.doing = Doing::Walking;
        let capacity = self.capacity_in_this_instant(place);
        let state = &mut self.places[usize::from(place)];
        state.in_use.change(self.now, self.from, 1);
        state.served.add(self.now, self.from, 1);
        state.waited.add(self.now, self.from, waited);
        assert!(state.in_use.value <= capacity, "more than fit: {entry:?}");
    }

    /// The most that fit into a place now: what ends at the moment of a dated change comes before it.
    fn capacity_in_this_instant(&self, place: u8) -> u32 {
        let before = self.model.rules.iter().rfind(|(from, _)| from.seconds() < self.now);
        let before = before.map_or(0, |(_, rules)| rules.places[usize::from(place)].capacity);
        before.max(self.capacity(place))
    }

    /// The capacity of a place at the end of this instant.
    fn capacity(&self, place: u8) -> u32 {
        self.rules().places[usize::from(place)].capacity
    }

    /// The rules in force at the end of this instant.
    fn rules(&self) -> &'m Rules {
        let in_force = self.model.rules.iter().rfind(|(from, _)| from.seconds() <= self.now);
        &in_force.expect("rules hold from the start").1
    }

    fn leave_place(&mut self, person: &mut Person, next: Option<u8>) {
        if let Some(old) = std::mem::replace(&mut person.place, next) {
            let old = &mut self.places[usize::from(old)];
            old.in_use.change(self.now, self.from, -1);
            old.departed.add(self.now, self.from, 1);
        }
    }

    fn release_held(&mut self, person: &mut Person) {
        if let Some(held) = person.held.take() {
            let held = &mut self.places[usize::from(held)];
            held.held.change(self.now, self.from, -1);
            held.in_use.change(self.now, self.from, -1);
        }
    }

    fn stop_work(&mut self, step: u32) {
        if let Action::Task { team, .. } = self.action(step) {
            self.teams[usize::from(team)].busy.change(self.now, self.from, -1);
        }
    }

    fn ready(&mut self, place: Option<u8>, by: i32) {
        if let Some(place) = place {
            self.places[usize::from(place)].ready.change(self.now, self.from, by);
        }
    }

    fn leave_spell(
        &mut self,
        entry: &Entry,
        person: &mut Person,
        next: Option<u8>,
        outcome: Outcome,
    ) {
        let delay = person.ready_since.map_or(0, |since| self.now - since);
        let ends = next.is_none() || !self.counts(next);
        if ends && let Some(since) = person.spell_since.take() {
            let leavers = &mut self.leavers[usize::from(entry.pathway)];
            leavers.all.add(self.now, self.from, 1);
            leavers.stay.add(self.now, self.from, u64::from(self.now - since));
            if outcome != Outcome::Died {
                leavers.alive.add(self.now, self.from, 1);
                leavers.delay.add(self.now, self.from, u64::from(delay));
            }
        }
        self.end_ready(entry, person);
    }

    fn end_ready(&mut self, entry: &Entry, person: &mut Person) {
        if let Some(since) = person.ready_since.take() {
            let delay = u64::from(self.now - since);
            assert_eq!(person.booked, delay, "every second is booked once: {entry:?}");
            self.ready(person.place, -1);
            self.delay += u64::from(self.now.saturating_sub(since.max(self.from)));
        }
    }

    /// At the end of an instant, whoever waits for a place waits because it is full.
    fn nobody_waits_for_what_is_free(&self) {
        for (index, place) in (0..).zip(&self.places) {
            assert_eq!(place.waiting.value as usize, place.queue.len());
            assert!(
                place.queue.is_empty() || place.in_use.value >= self.capacity(index),
                "somebody waits for place {index}, which has room, at {}",
                self.now
            );
        }
        for (team, rules) in self.teams.iter().zip(&self.model.first_rules().teams) {
            if rules.is_constant() && self.model.rules.len() == 1 {
                let cases = rules.cases.round() as u32;
                assert!(team.busy.value <= cases, "more work than staff at {}", self.now);
                assert!(team.queue.is_empty() || team.busy.value == cases, "idle at {}", self.now);
            }
        }
    }

    /// Brings everything to the end of the run.
    fn end(&mut self) {
        self.now = self.model.end.seconds();
        let (now, from) = (self.now, self.from);
        for place in &mut self.places {
            for level in [&mut place.in_use, &mut place.held, &mut place.ready, &mut place.waiting]
            {
                level.change(now, from, 0);
            }
        }
        for team in &mut self.teams {
            team.busy.change(now, from, 0);
            team.waiting.change(now, from, 0);
        }
        let open: Vec<Person> = self.people.values().copied().collect();
        for person in open {
            if let Some(since) = person.ready_since {
                self.delay += u64::from(now.saturating_sub(since.max(from)));
            }
            assert!(!person.there || person.last == now, "the end was told: {person:?}");
        }
    }

    /// Asserts that the replication counted the same.
    pub(super) fn assert_agrees(&self, observed: &Observations) {
        assert_eq!(self.came + self.came_back, self.left + self.unfinished, "people are conserved");
        for (count, arrived) in self.arrived.iter().zip(&observed.arrived) {
            count.assert_holds(*arrived, "arrivals");
        }
        for (count, lost) in self.lost.iter().zip(&observed.lost) {
            count.assert_holds(*lost, "lost");
        }
        let ledger = &observed.ledger;
        for (cell, (acute, elsewhere)) in self.ledger.iter().enumerate() {
            assert_eq!(ledger.acute[cell], *acute, "delay in hospital in cell {cell}");
            assert_eq!(ledger.elsewhere[cell], *elsewhere, "delay elsewhere in cell {cell}");
            assert_eq!(self.booked[cell], acute + elsewhere, "what was booked to cell {cell}");
        }
        let booked: u64 = ledger.acute.iter().chain(&ledger.elsewhere).sum();
        assert_eq!(booked, self.delay, "the ledger's sum is the delay");
        for (index, (place, tally)) in self.places.iter().zip(&observed.places).enumerate() {
            let name = &self.model.names.places[index].id;
            assert_eq!(tally.queue.in_use_area, place.in_use.area, "{name} in use");
            assert_eq!(tally.queue.waiting_area, place.waiting.area, "waiting for {name}");
            assert_eq!(tally.ready_area, place.ready.area, "ready in {name}");
            assert_eq!(tally.people_area, place.in_use.area - place.held.area, "people in {name}");
            place.served.assert_holds(tally.queue.waits.count, "served");
            place.waited.assert_holds(tally.queue.waits.seconds, "waited");
            place.departed.assert_holds(tally.departures, "departed");
            place.refused.assert_holds(observed.refused[index], "refused");
        }
        let teams = self.teams.iter().zip(&observed.teams).zip(&self.model.first_rules().teams);
        for (index, ((team, tally), rules)) in teams.enumerate() {
            let name = &self.model.names.teams[index].id;
            assert_eq!(tally.waiting_area, team.waiting.area, "waiting for {name}");
            assert!(tally.in_use_area <= tally.capacity_area || !rules.is_constant(), "{name}");
            if rules.calendar.is_none() {
                assert_eq!(tally.in_use_area, team.busy.area, "work of {name}");
            }
            team.served.assert_holds(tally.waits.count, "served");
            team.waited.assert_holds(tally.waits.seconds, "waited");
        }
        for (count, tally) in self.leavers.iter().zip(&observed.leavers) {
            count.all.assert_holds(tally.all, "leavers");
            count.alive.assert_holds(tally.alive, "leavers alive");
            count.stay.assert_holds(tally.stay_seconds, "stays");
            count.delay.assert_holds(tally.delay_seconds, "delay of leavers");
        }
    }

    /// All time between ready and leaving within the measured time [s].
    pub(super) fn delay(&self) -> u64 {
        self.delay
    }
}
