//! Places where more than a capacity says who gets in: capacities that change by the hour, further
//! units, outliers, several units a person, units kept for a class, and every order of a queue.
//!
//! Everybody on a pathway takes the same number of units wherever they are, so that a log says how
//! many are in use.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use homeward::model::{Action, Entry, Model, Observations, PersonId, What};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, RngSeed};

use crate::support::{logged, model, who};

const HOUR: u32 = 3_600;

#[derive(Debug, Clone)]
struct Place {
    capacity: u32,
    /// From and to which hour another capacity holds.
    at: Option<(u32, u32, u32)>,
    beds: Option<u32>,
    limit: Option<u32>,
    kept: bool,
    queue: usize,
    first_from: bool,
}

#[derive(Debug, Clone)]
struct Step {
    place: usize,
    hours: u32,
    reserve: bool,
    overflow: Option<usize>,
    back: usize,
    class: bool,
    priority: u32,
    patience: Option<u32>,
    ready: bool,
    keep: bool,
}

#[derive(Clone)]
struct World {
    per_day: u32,
    seed: u32,
    places: Vec<Place>,
    pathways: Vec<Vec<Step>>,
    change: Option<u32>,
}

fn place() -> impl Strategy<Value = Place> {
    (
        2_u32..6,
        option::weighted(0.4, (0_u32..24, 1_u32..24, 0_u32..8)),
        option::weighted(0.4, 1_u32..4),
        option::weighted(0.3, 0_u32..5),
        any::<bool>(),
        0_usize..5,
        any::<bool>(),
    )
        .prop_map(|(capacity, at, beds, limit, kept, queue, first_from)| {
            let at = at.map(|(from, length, capacity)| (from, (from + length) % 24, capacity));
            Place { capacity, at, beds, limit, kept, queue, first_from }
        })
}

fn step() -> impl Strategy<Value = Step> {
    (
        (any::<usize>(), 1_u32..40, any::<bool>(), option::of(any::<usize>()), 0_usize..3),
        (any::<bool>(), 1_u32..4, option::weighted(0.2, 1_u32..30), any::<bool>(), any::<bool>()),
    )
        .prop_map(|((place, hours, reserve, overflow, back), more)| {
            let (class, priority, patience, ready, keep) = more;
            Step { place, hours, reserve, overflow, back, class, priority, patience, ready, keep }
        })
}

fn worlds() -> impl Strategy<Value = World> {
    let pathways = vec(vec(step(), 2..5), 2..4);
    (3_u32..12, any::<u32>(), vec(place(), 3), pathways, option::weighted(0.3, 0_u32..8)).prop_map(
        |(per_day, seed, places, pathways, change)| World {
            per_day,
            seed,
            places,
            pathways,
            change,
        },
    )
}

/// Units that people of a pathway take.
fn units(pathway: u8) -> u32 {
    1 + u32::from(pathway) % 2
}

const QUEUES: [&str; 5] =
    ["first_come", "priority", "longest_delayed", "longest_blocked", "own_first"];

impl World {
    fn text(&self) -> String {
        let mut text = format!(
            "schema = 1\ntitle = \"Crowded\"\nrun = {{ start = 2024-01-01, length = \"20 days\", seed = {} }}\n\
             organisations.here = {{}}\norganisations.there = {{}}\n",
            self.seed
        );
        for (index, place) in self.places.iter().enumerate() {
            let owner = if index == 1 { "there" } else { "here" };
            let _ = write!(
                text,
                "[places.p{index}]\norganisation = \"{owner}\"\ncapacity = {}\nacute = true\nqueue = \"{}\"\n",
                place.capacity, QUEUES[place.queue]
            );
            if let Some((from, until, capacity)) = place.at {
                let _ = writeln!(
                    text,
                    "capacity_at = [{{ hours = \"{from:02}:00-{until:02}:00\", capacity = {capacity} }}]"
                );
            }
            if let Some(beds) = place.beds {
                let _ =
                    writeln!(text, "escalation = {{ beds = {beds}, above = 0.9, below = 0.6 }}");
            }
            if let Some(limit) = place.limit {
                let _ = writeln!(text, "queue_limit = {limit}");
            }
            if place.kept {
                text.push_str("kept = { planned = 1, urgent = 1 }\n");
            }
            if place.first_from {
                let _ = writeln!(text, "first_from = [\"p{}\"]", (index + 1) % 3);
            }
        }
        let share = 1.0 / self.pathways.len() as f64;
        let shares: Vec<String> =
            (0..self.pathways.len()).map(|index| format!("w{index} = {share:?}")).collect();
        let _ = write!(
            text,
            "[arrivals.door]\nper_day = {}\npathways = {{ {} }}\n",
            self.per_day,
            shares.join(", ")
        );
        // Places to which no step leads would be told.
        text.push_str("[pathways.w0.steps]\n");
        for (index, steps) in self.pathways.iter().enumerate() {
            if index > 0 {
                let _ = writeln!(text, "[pathways.w{index}.steps]");
            }
            for (number, step) in steps.iter().enumerate() {
                self.write_step(index, number, step, &mut text);
            }
            if index == 0 {
                for place in 0..3 {
                    let _ = writeln!(
                        text,
                        "e{place} = {{ enter = \"p{place}\", reason = \"capacity_01\" }}\nt{place} = {{ stay = \"1 hour\", reason = \"hospital_01\", owner = \"here\" }}"
                    );
                }
            }
            text.push_str("out = { leave = \"home\" }\n");
        }
        if let Some(capacity) = self.change {
            // A cut while people are there, and another order.
            let _ = write!(
                text,
                "[[changes]]\non = 2024-01-09\nset.places.p0.capacity = {}\nset.places.p1.queue = \"priority\"\n",
                capacity + 2
            );
        }
        text
    }

    fn write_step(&self, pathway: usize, number: usize, step: &Step, text: &mut String) {
        let place = step.place % 3;
        let mut more = format!(", priority = {}", step.priority);
        let units = units(pathway as u8);
        if units > 1 {
            let _ = write!(more, ", units = {units}");
        }
        if let Some(other) = step.overflow {
            let other = (place + 1 + other % 2) % 3;
            let back = ["never", "first", "last"][step.back];
            let _ = write!(more, ", overflow = [\"p{other}\"], back = \"{back}\"");
        }
        if self.places[place].kept {
            let class = if step.class { "planned" } else { "urgent" };
            let _ = write!(more, ", class = \"{class}\"");
        }
        if let Some(patience) = step.patience {
            let _ = write!(more, ", patience = {{ exponential = \"{patience} hours\" }}");
        }
        let kind = if step.reserve { "reserve" } else { "enter" };
        let s = number;
        let _ =
            writeln!(text, "a{s} = {{ {kind} = \"p{place}\", reason = \"capacity_01\"{more} }}");
        if step.reserve {
            let _ = writeln!(
                text,
                "b{s} = {{ wait = \"2 hours\", reason = \"hospital_04\", owner = \"here\" }}\nc{s} = {{ move = true }}"
            );
        }
        let _ = writeln!(
            text,
            "d{s} = {{ stay = {{ exponential = \"{} hours\" }}, reason = \"hospital_01\", owner = \"here\" }}",
            step.hours
        );
        if step.keep {
            let _ = writeln!(
                text,
                "f{s} = {{ keep = 1 }}\ng{s} = {{ stay = \"3 hours\", reason = \"hospital_01\", owner = \"here\" }}"
            );
        }
        if step.ready {
            let _ = writeln!(text, "h{s} = {{ ready = true }}");
        }
    }

    /// The most units that a place can have around a moment: what turns in an instant turns within it.
    fn most(&self, place: usize, seconds: u32) -> u32 {
        let of = &self.places[place];
        let ordinary = |seconds: u32| {
            let hour = seconds / HOUR % 24;
            match of.at {
                Some((from, until, capacity))
                    if (from < until && (from..until).contains(&hour))
                        || (from >= until && (hour >= from || hour < until)) =>
                {
                    capacity
                }
                _ if place == 0 && seconds >= 8 * 24 * HOUR => {
                    self.change.map_or(of.capacity, |capacity| capacity + 2)
                }
                _ => of.capacity,
            }
        };
        ordinary(seconds).max(ordinary(seconds.saturating_sub(1))) + of.beds.unwrap_or(0)
    }
}

/// A world that breaks an invariant is shown as the scenario that it is.
impl std::fmt::Debug for World {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text())
    }
}

/// What a log adds up to.
#[derive(Debug, Default)]
struct Reckoning {
    now: u32,
    /// Where everybody is, with their units; and what is held for them.
    here: BTreeMap<PersonId, (usize, u32)>,
    held: BTreeMap<PersonId, (usize, u32)>,
    in_use: [u32; 3],
    in_use_area: [u64; 3],
    people_area: [u64; 3],
    booked: u64,
    delay: u64,
    ready_since: BTreeMap<PersonId, u32>,
    came: u32,
    left: u32,
    unfinished: u32,
    refused: [u64; 3],
    backs: u32,
    keeps: u32,
}

impl Reckoning {
    fn of(world: &World, model: &Model, log: &[Entry]) -> Reckoning {
        let mut reckoning = Reckoning::default();
        for entry in log {
            reckoning.pass(entry.time.seconds());
            reckoning.follow(world, model, entry);
        }
        reckoning.pass(model.end.seconds());
        reckoning
    }

    fn pass(&mut self, now: u32) {
        assert!(now >= self.now, "time goes back");
        let span = u64::from(now - self.now);
        for place in 0..3 {
            self.in_use_area[place] += span * u64::from(self.in_use[place]);
            let people = self.here.values().filter(|(at, _)| *at == place).count();
            self.people_area[place] += span * people as u64;
        }
        self.now = now;
    }

    fn take(&mut self, world: &World, place: usize, units: u32, entry: &Entry) {
        self.in_use[place] += units;
        let most = world.most(place, self.now);
        assert!(self.in_use[place] <= most, "{} of {most}: {entry:?}", self.in_use[place]);
    }

    fn leave(&mut self, id: PersonId) {
        if let Some((old, units)) = self.here.remove(&id) {
            self.in_use[old] -= units;
        }
    }

    fn follow(&mut self, world: &World, model: &Model, entry: &Entry) {
        let id = who(entry);
        match entry.what {
            What::Arrives(_) => self.came += 1,
            What::Reserved(place) => {
                let units = units(entry.pathway);
                self.take(world, place.into(), units, entry);
                assert_eq!(self.held.insert(id, (place.into(), units)), None);
            }
            What::Moves(place) => {
                // A place that is held for somebody, they take at once; no step asks in between.
                let holding = match self.held.remove(&id) {
                    Some(held) => held,
                    None => {
                        let units = units(entry.pathway);
                        self.take(world, place.into(), units, entry);
                        (usize::from(place), units)
                    }
                };
                assert_eq!(holding.0, usize::from(place), "{entry:?}");
                self.end_delay(id);
                self.leave(id);
                self.here.insert(id, holding);
            }
            What::GoesBack(place) => {
                let (away, units) = self.here[&id];
                assert_ne!(away, usize::from(place), "{entry:?}");
                assert!(!self.ready_since.contains_key(&id), "{entry:?}");
                self.take(world, place.into(), units, entry);
                self.leave(id);
                self.here.insert(id, (place.into(), units));
                self.backs += 1;
            }
            What::Keeps(kept) => {
                let (place, units) = self.here[&id];
                assert!(kept < units, "{entry:?}");
                self.in_use[place] -= units - kept;
                self.here.insert(id, (place, kept));
                self.keeps += 1;
            }
            What::Ready => assert_eq!(self.ready_since.insert(id, self.now), None),
            What::Booked { span, .. } => self.booked += u64::from(span.seconds()),
            What::Refused(step) => {
                let (Action::Enter(place) | Action::Reserve(place)) =
                    model.first_rules().steps[step as usize].action
                else {
                    panic!("only places refuse people: {entry:?}")
                };
                self.refused[usize::from(place)] += 1;
            }
            What::Leaves(_) => {
                self.end_delay(id);
                self.leave(id);
                if let Some((place, units)) = self.held.remove(&id) {
                    self.in_use[place] -= units;
                }
                self.left += 1;
            }
            What::Unfinished => {
                self.end_delay(id);
                self.unfinished += 1;
            }
            What::Waits(_) | What::GivesUp(_) | What::Begins(_) | What::Ends(_) => {}
            what => panic!("not in these worlds: {what:?}"),
        }
    }

    fn end_delay(&mut self, id: PersonId) {
        if let Some(since) = self.ready_since.remove(&id) {
            self.delay += u64::from(self.now - since);
        }
    }

    fn assert_agrees(&self, observed: &Observations) {
        assert_eq!(self.came, self.left + self.unfinished, "people are conserved");
        let ledger: u64 = observed.ledger.acute.iter().chain(&observed.ledger.elsewhere).sum();
        assert_eq!(ledger, self.delay, "the ledger adds up");
        assert_eq!(self.booked, self.delay, "every second is booked once");
        for (index, place) in observed.places.iter().enumerate() {
            assert_eq!(place.queue.in_use_area, self.in_use_area[index], "in use in p{index}");
            assert_eq!(place.people_area, self.people_area[index], "people in p{index}");
            assert_eq!(observed.refused[index], self.refused[index], "refused by p{index}");
        }
    }
}

proptest! {
    #![proptest_config(Config {
        cases: 400,
        rng_algorithm: RngAlgorithm::ChaCha,
        rng_seed: RngSeed::Fixed(20_250_106),
        failure_persistence: None,
        ..Config::default()
    })]

    #[test]
    fn in_crowded_places_nobody_is_lost_and_no_capacity_is_exceeded(world in worlds()) {
        let model = model(&world.text());
        let (observed, log) = logged(&model, 0);
        Reckoning::of(&world, &model, &log).assert_agrees(&observed);
        let silent = model.simulate(0);
        prop_assert_eq!(format!("{silent:?}"), format!("{observed:?}"), "listening changes nothing");
    }
}

#[test]
fn in_crowded_places_everything_happens() {
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let (mut backs, mut keeps, mut refused) = (0, 0, 0);
    for _ in 0..60 {
        let world = worlds().new_tree(&mut runner).expect("nothing is refused").current();
        let model = model(&world.text());
        let reckoning = Reckoning::of(&world, &model, &logged(&model, 0).1);
        backs += reckoning.backs;
        keeps += reckoning.keeps;
        refused += reckoning.refused.iter().sum::<u64>();
    }
    assert!(backs > 50 && keeps > 50 && refused > 50, "{backs} {keeps} {refused}");
}
