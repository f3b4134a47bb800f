//! What the log of any scenario adds up to, by rules of its own.

use std::collections::BTreeMap;

use homeward::engine::Time;
use homeward::model::{Action, DAY, Entry, Model, Observations, PersonId, Rules, What};
use homeward::scenario::language::Outcome;

use super::worlds::units;
use crate::support::who;

/// A number over time, and the area under it within the measured time.
#[derive(Debug, Clone, Copy, Default)]
struct Level {
    value: u32,
    since: u32,
    area: u64,
}

impl Level {
    fn change(&mut self, now: u32, from: u32, by: i32) {
        self.area += u64::from(self.value) * u64::from(now.saturating_sub(self.since.max(from)));
        self.since = now;
        self.value = self.value.checked_add_signed(by).expect("what is given back was taken");
    }
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Doing {
    Walking,
    Queued(u32),
    Busy(u32),
}

#[derive(Debug, Clone)]
struct Person {
    there: bool,
    place: Option<(usize, u32)>,
    held: Vec<(usize, u32)>,
    ready_since: Option<u32>,
    booked: u64,
    doing: Doing,
    /// Who does their work, or for whom they wait.
    team: usize,
}

#[derive(Debug, Clone, Default)]
struct Place {
    in_use: Level,
    held: Level,
    people: Level,
    ready: Level,
    waiting: Level,
    refused: u64,
    /// Whether a unit was taken in this instant.
    taken: bool,
}

#[derive(Debug, Clone, Copy, Default)]
struct Team {
    busy: Level,
    waiting: Level,
    joining: Level,
    /// How often work began in this instant, and whether some of it was new.
    begun: u32,
}

/// What a log adds up to.
pub(super) struct Reckoning<'m> {
    model: &'m Model,
    from: u32,
    now: u32,
    end: u32,
    people: BTreeMap<PersonId, Person>,
    places: Vec<Place>,
    teams: Vec<Team>,
    decided: u32,
    booked: Vec<u64>,
    delay: u64,
    came: u64,
    left: u64,
    unfinished: u64,
}

impl<'m> Reckoning<'m> {
    /// Follows a log to the end of the replication.
    pub(super) fn of(model: &'m Model, log: &[Entry], observed: &Observations) -> Reckoning<'m> {
        let rules = model.first_rules();
        let from = model.measured_from.seconds();
        let mut reckoning = Reckoning {
            model,
            from,
            now: 0,
            end: from + observed.measured_seconds as u32,
            people: BTreeMap::new(),
            places: vec![Place::default(); rules.places.len()],
            teams: vec![Team::default(); rules.teams.len()],
            decided: 0,
            booked: vec![0; model.cells.len()],
            delay: 0,
            came: 0,
            left: 0,
            unfinished: 0,
        };
        for entry in log {
            reckoning.pass(entry.time.seconds());
            reckoning.follow(entry);
        }
        reckoning.pass(reckoning.end.max(reckoning.now));
        for place in &mut reckoning.places {
            let Place { in_use, held, people, ready, waiting, .. } = place;
            for level in [in_use, held, people, ready, waiting] {
                level.change(reckoning.now, from, 0);
            }
        }
        for team in &mut reckoning.teams {
            for level in [&mut team.busy, &mut team.waiting, &mut team.joining] {
                level.change(reckoning.now, from, 0);
            }
        }
        reckoning
    }

    /// Time goes on: the instant before is over.
    fn pass(&mut self, now: u32) {
        assert!(now >= self.now, "time goes back");
        if now == self.now {
            return;
        }
        let last = self.rules_around();
        for (index, place) in self.places.iter_mut().enumerate() {
            if std::mem::take(&mut place.taken) {
                let most = last.iter().map(|(rules, time)| {
                    let rules = &rules.places[index];
                    let beds = rules.escalation.map_or(0, |it| it.beds);
                    rules.capacity_at(&self.model.days, *time).saturating_add(beds)
                });
                let most = most.max().unwrap_or(0);
                assert!(
                    place.in_use.value <= most,
                    "{} of {most} in place {index}",
                    place.in_use.value
                );
            }
        }
        let (day, second) = (self.now / DAY, self.now % DAY);
        let factor_index = self.model.days.factor_index(day);
        for (index, team) in self.teams.iter_mut().enumerate() {
            let begun = std::mem::take(&mut team.begun);
            if begun == 0 {
                continue;
            }
            let opens = last.iter().any(|(rules, time)| {
                rules.teams[index].calendar.is_none_or(|it| {
                    let calendar = &rules.calendars[usize::from(it)];
                    calendar.closes_at(&self.model.days, *time).is_some()
                })
            });
            assert!(opens, "team {index} begins while it is closed, at {}", self.now);
            let cases = last.iter().map(|(rules, _)| match rules.teams[index].slots.as_slice() {
                [] => u32::MAX,
                slots => {
                    let now =
                        slots.iter().filter(|it| it.second == second && it.days[factor_index]);
                    now.map(|it| it.cases).sum()
                }
            });
            let most = cases.max().unwrap_or(0);
            assert!(begun <= most, "{begun} of {most} begin in team {index} at {}", self.now);
            if last.iter().all(|(rules, _)| rules.teams[index].is_constant()) {
                let staff = last.iter().map(|(rules, _)| rules.teams[index].cases.round() as u32);
                assert!(
                    team.busy.value <= staff.max().unwrap_or(0),
                    "team {index} at {}",
                    self.now
                );
            }
        }
        let decided = std::mem::take(&mut self.decided);
        let cases = last.iter().map(|(rules, _)| rules.meetings[0].cases).max().unwrap_or(0);
        assert!(decided <= cases, "{decided} of {cases} cases at {}", self.now);
        self.now = now;
    }

    /// The rules just before this instant, and those at its end.
    fn rules_around(&self) -> [(&'m Rules, Time); 2] {
        let before = self.now.saturating_sub(1);
        [before, self.now].map(|at| {
            let time = Time::from_seconds(at);
            let of_then = self.model.rules.iter().rfind(|(from, _)| *from <= time);
            (&of_then.expect("rules hold from the start").1, time)
        })
    }

    fn action(&self, step: u32) -> Action {
        self.model.first_rules().steps[step as usize].action
    }

    /// Whether somebody's delay may be booked to a cell.
    fn may_be_booked(&self, person: &Person, cell: u16) -> bool {
        let steps = &self.model.first_rules().steps;
        match (person.doing, person.place) {
            (Doing::Queued(step), _) => steps[step as usize].queue_cell == cell,
            (Doing::Busy(step), Some((place, _)))
                if matches!(
                    self.action(step),
                    Action::Enter(_) | Action::Move | Action::Leave(_)
                ) =>
            {
                self.rules_around()
                    .iter()
                    .any(|(rules, _)| rules.places[place].leaving_cell == cell)
            }
            (Doing::Busy(step), _) => steps[step as usize].cell == cell,
            (Doing::Walking, _) => panic!("time passed while somebody went from step to step"),
        }
    }

    fn follow(&mut self, entry: &Entry) {
        let id = who(entry);
        if let What::Arrives(_) = entry.what {
            self.came += 1;
            let person = Person {
                there: true,
                place: None,
                held: Vec::new(),
                ready_since: None,
                booked: 0,
                doing: Doing::Walking,
                team: 0,
            };
            assert!(self.people.insert(id, person).is_none(), "somebody came twice: {entry:?}");
            return;
        }
        let mut person = self.people.remove(&id).unwrap_or_else(|| panic!("nobody: {entry:?}"));
        match entry.what {
            What::Returns => {
                assert!(!person.there, "{entry:?}");
                person.there = true;
                self.came += 1;
            }
            What::Ends(_) if !person.there => {}
            _ => {
                assert!(person.there, "who has left does nothing: {entry:?}");
                self.step(entry, &mut person);
            }
        }
        self.people.insert(id, person);
    }

    fn step(&mut self, entry: &Entry, person: &mut Person) {
        match entry.what {
            What::Waits(step) => {
                assert_eq!(person.doing, Doing::Walking, "{entry:?}");
                if let Action::Task { team, .. } = self.action(step) {
                    person.team = team.into();
                }
                person.doing = Doing::Queued(step);
                self.queue(step, person, 1);
            }
            What::Begins(step) => self.begins(step, person, entry),
            What::Ends(step) => {
                assert_eq!(person.doing, Doing::Busy(step), "{entry:?}");
                self.work(step, person, -1);
                person.doing = Doing::Walking;
            }
            What::HandedOver { at, .. } | What::Interrupted(at) => {
                assert_eq!(person.doing, Doing::Busy(at), "{entry:?}");
                self.work(at, person, -1);
                if let What::HandedOver { team, .. } = entry.what {
                    person.team = team.into();
                }
                person.doing = Doing::Queued(at);
                self.queue(at, person, 1);
            }
            What::GivesUp(step) => {
                assert_eq!(person.doing, Doing::Queued(step), "{entry:?}");
                self.queue(step, person, -1);
                person.doing = Doing::Walking;
            }
            What::Joins(_) | What::Reserved(_) | What::Moves(_) => self.gets(entry, person),
            What::Refused(step) => self.refused(step, person, entry),
            What::GoesBack(place) => {
                let (away, units) = person.place.expect("an outlier is somewhere");
                assert!(person.ready_since.is_none() && away != usize::from(place), "{entry:?}");
                self.leave_place(person);
                self.take(place.into(), units);
                self.come_in(person, place.into(), units);
            }
            What::Keeps(kept) => {
                let (place, units) = person.place.expect("who keeps units has some");
                assert!(kept < units, "{entry:?}");
                self.places[place].in_use.change(self.now, self.from, kept as i32 - units as i32);
                person.place = Some((place, kept));
            }
            What::Ready => {
                assert_eq!(person.ready_since, None, "{entry:?}");
                person.ready_since = Some(self.now);
                person.booked = 0;
                self.ready(person, 1);
            }
            What::Booked { cell, span } => {
                let since = person.ready_since.expect("delay is booked to those who are ready");
                let seconds = span.seconds();
                if seconds > 0 {
                    assert!(self.may_be_booked(person, cell), "{entry:?}");
                }
                person.booked += u64::from(seconds);
                assert_eq!(person.booked, u64::from(self.now - since), "without gaps: {entry:?}");
                let begun = (self.now - seconds).max(self.from);
                self.booked[usize::from(cell)] += u64::from(self.now.saturating_sub(begun));
            }
            What::Harm { .. } => {
                self.end_ready(person, entry);
                match person.doing {
                    Doing::Queued(step) => self.queue(step, person, -1),
                    Doing::Busy(step) => self.work(step, person, -1),
                    Doing::Walking => panic!("harm comes to those who wait: {entry:?}"),
                }
                person.doing = Doing::Walking;
                self.release_held(person);
            }
            What::Leaves(outcome) => {
                assert_eq!(person.doing, Doing::Walking, "{entry:?}");
                if !outcome.is_lost() && outcome != Outcome::Died {
                    self.may_leave(person, entry);
                }
                self.end_ready(person, entry);
                self.leave_place(person);
                self.release_held(person);
                person.there = false;
                self.left += 1;
            }
            What::Unfinished => {
                assert_ne!(person.doing, Doing::Walking, "{entry:?}");
                self.unfinished += 1;
                if let Some(since) = person.ready_since {
                    assert_eq!(person.booked, u64::from(self.now - since), "{entry:?}");
                    self.delay += u64::from(self.now.saturating_sub(since.max(self.from)));
                }
            }
            What::PutOff(step) => assert_eq!(person.doing, Doing::Queued(step), "{entry:?}"),
            What::Again(_) => assert_eq!(person.doing, Doing::Walking, "{entry:?}"),
            What::Arrives(_) | What::Returns => unreachable!("handled before"),
        }
    }

    fn refused(&mut self, step: u32, person: &Person, entry: &Entry) {
        assert_eq!(person.doing, Doing::Walking, "{entry:?}");
        let (Action::Enter(place) | Action::Reserve(place)) = self.action(step) else {
            panic!("only places refuse people: {entry:?}");
        };
        self.places[usize::from(place)].refused += u64::from(self.now > self.from);
    }

    fn begins(&mut self, step: u32, person: &mut Person, entry: &Entry) {
        let queued = person.doing == Doing::Queued(step);
        match self.action(step) {
            Action::Task { team, .. } => {
                if queued {
                    self.queue(step, person, -1);
                } else {
                    person.team = team.into();
                }
                person.doing = Doing::Busy(step);
                self.work(step, person, 1);
                self.teams[person.team].begun += 1;
                return;
            }
            Action::Meeting(_) => {
                assert!(queued, "{entry:?}");
                self.decided += 1;
            }
            _ => assert_eq!(person.doing, Doing::Walking, "{entry:?}"),
        }
        person.doing = Doing::Busy(step);
    }

    /// Somebody has what they asked for: a place to move to, one that is held, or a team's books.
    fn gets(&mut self, entry: &Entry, person: &mut Person) {
        if let Doing::Queued(step) = person.doing {
            self.queue(step, person, -1);
            person.doing = Doing::Walking;
        }
        assert_eq!(person.doing, Doing::Walking, "{entry:?}");
        let units = units(entry.pathway);
        match entry.what {
            What::Reserved(place) => {
                self.take(place.into(), units);
                self.places[usize::from(place)].held.change(self.now, self.from, units as i32);
                person.held.push((place.into(), units));
            }
            What::Moves(place) => {
                self.may_leave(person, entry);
                let place = usize::from(place);
                let units = match person.held.iter().position(|(held, _)| *held == place) {
                    Some(index) => {
                        let (_, units) = person.held.remove(index);
                        self.places[place].held.change(self.now, self.from, -(units as i32));
                        units
                    }
                    None => {
                        self.take(place, units);
                        units
                    }
                };
                self.end_ready(person, entry);
                self.leave_place(person);
                self.come_in(person, place, units);
            }
            _ => {}
        }
    }

    /// Somebody leaves a place at an hour at which people leave it.
    fn may_leave(&self, person: &Person, entry: &Entry) {
        let Some((place, _)) = person.place else { return };
        let may = self.rules_around().iter().any(|(rules, _)| {
            let days = &self.model.days;
            rules.places[place].leaving.is_none_or(|hours| {
                rules.calendars[usize::from(hours)].next_open(days, entry.time) == entry.time
            })
        });
        assert!(may, "people do not leave place {place} then: {entry:?}");
    }

    /// Somebody joins (1) or leaves (-1) the queue of a step.
    fn queue(&mut self, step: u32, person: &Person, by: i32) {
        let waiting = match self.action(step) {
            Action::Enter(place) | Action::Reserve(place) => {
                &mut self.places[usize::from(place)].waiting
            }
            Action::Task { .. } => &mut self.teams[person.team].waiting,
            Action::Join(team) => &mut self.teams[usize::from(team)].joining,
            Action::Meeting(_) => return,
            action => panic!("nobody waits for {action:?}"),
        };
        waiting.change(self.now, self.from, by);
    }

    /// Work begins (1) or ends (-1), if that is what the step is.
    fn work(&mut self, step: u32, person: &Person, by: i32) {
        if let Action::Task { .. } = self.action(step) {
            self.teams[person.team].busy.change(self.now, self.from, by);
            if let Some(other) = self.model.first_rules().other_team(step) {
                self.teams[usize::from(other)].busy.change(self.now, self.from, by);
            }
        }
    }

    fn take(&mut self, place: usize, units: u32) {
        let place = &mut self.places[place];
        place.in_use.change(self.now, self.from, units as i32);
        place.taken = true;
    }

    fn come_in(&mut self, person: &mut Person, place: usize, units: u32) {
        self.places[place].people.change(self.now, self.from, 1);
        person.place = Some((place, units));
    }

    fn leave_place(&mut self, person: &mut Person) {
        if let Some((place, units)) = person.place.take() {
            self.places[place].in_use.change(self.now, self.from, -(units as i32));
            self.places[place].people.change(self.now, self.from, -1);
        }
    }

    fn release_held(&mut self, person: &mut Person) {
        for (place, units) in std::mem::take(&mut person.held) {
            self.places[place].held.change(self.now, self.from, -(units as i32));
            self.places[place].in_use.change(self.now, self.from, -(units as i32));
        }
    }

    fn ready(&mut self, person: &Person, by: i32) {
        if let Some((place, _)) = person.place {
            self.places[place].ready.change(self.now, self.from, by);
        }
    }

    fn end_ready(&mut self, person: &mut Person, entry: &Entry) {
        if let Some(since) = person.ready_since.take() {
            let delay = u64::from(self.now - since);
            assert_eq!(person.booked, delay, "every second is booked once: {entry:?}");
            self.ready(person, -1);
            self.delay += u64::from(self.now.saturating_sub(since.max(self.from)));
        }
    }

    /// Asserts that the replication counted the same.
    pub(super) fn assert_agrees(&self, observed: &Observations) {
        assert_eq!(self.came, self.left + self.unfinished, "people are conserved");
        let ledger = &observed.ledger;
        for (cell, booked) in self.booked.iter().enumerate() {
            let found = ledger.acute[cell] + ledger.elsewhere[cell];
            assert_eq!(found, *booked, "what was booked to cell {cell}");
        }
        let all: u64 = ledger.acute.iter().chain(&ledger.elsewhere).sum();
        assert_eq!(all, self.delay, "the ledger's sum is the delay");
        for (index, (place, tally)) in self.places.iter().zip(&observed.places).enumerate() {
            assert_eq!(tally.queue.in_use_area, place.in_use.area, "in use in place {index}");
            assert_eq!(tally.people_area, place.people.area, "people in place {index}");
            assert_eq!(tally.ready_area, place.ready.area, "ready in place {index}");
            assert_eq!(tally.queue.waiting_area, place.waiting.area, "for place {index}");
            let refused = observed.refused[index];
            assert!(refused >= place.refused, "{refused} refused by place {index}");
        }
        let rules = self.model.rules.iter().map(|(_, rules)| rules);
        for (index, (team, tally)) in self.teams.iter().zip(&observed.teams).enumerate() {
            assert_eq!(tally.waiting_area, team.waiting.area, "waiting for team {index}");
            if rules.clone().all(|rules| rules.teams[index].calendar.is_none()) {
                assert_eq!(tally.in_use_area, team.busy.area, "work of team {index}");
            }
            let books = &observed.books[index];
            assert_eq!(books.waiting_area, team.joining.area, "joining team {index}");
            let most = rules.clone().filter_map(|rules| rules.teams[index].caseload).max();
            let most = u64::from(most.unwrap_or(0)) * observed.measured_seconds;
            assert!(books.in_use_area <= most, "the books of team {index}");
        }
        if self.end < self.model.end.seconds() {
            let stopped = self.model.stop.is_some()
                || observed.gridlocks.iter().any(|count| *count > 0)
                || self.end == self.from;
            assert!(stopped, "nothing ended it at {}", self.end);
        }
    }
}
