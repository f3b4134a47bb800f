//! The yardstick: the reference scenario as a plain loop, written by hand for this one model.
//!
//! A `BinaryHeap` of times, `rand_distr` for the draws, one shared generator, `VecDeque`s for the
//! queues, no ledger. It is what a competent programmer writes in an afternoon; the engine, which
//! reads the same model from TOML, keys every draw and books every second of delay, is measured
//! against it in the same run on the same machine.

use std::cmp::Ordering;
use std::collections::{BinaryHeap, VecDeque};

use rand::rngs::Xoshiro256PlusPlus;
use rand::{RngExt, SeedableRng};
use rand_distr::{Distribution, Exp1, LogNormal};

const WARM_UP: f64 = 182.0;
const END: f64 = 182.0 + 1095.0;
const WEEK: [f64; 7] = [1.10, 1.06, 1.03, 1.02, 1.00, 0.85, 0.80];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Arrival,
    StayEnds,
    HubEnds,
    SupportEnds,
}

#[derive(Clone, Copy)]
struct Due {
    time: f64,
    sequence: u64,
    kind: Kind,
    person: usize,
}

impl PartialEq for Due {
    fn eq(&self, other: &Due) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Due {}

impl PartialOrd for Due {
    fn partial_cmp(&self, other: &Due) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Due {
    fn cmp(&self, other: &Due) -> Ordering {
        other.time.total_cmp(&self.time).then(other.sequence.cmp(&self.sequence))
    }
}

#[derive(Clone, Copy)]
struct Person {
    pathway: usize,
    asked: f64,
    ready: f64,
}

/// What the loop measures: occupancy of the ward, mean wait for a bed, mean delay by pathway 1 to 3,
/// and the people who came.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Outcome {
    /// Share of the beds in use.
    pub occupancy: f64,
    /// Mean wait for a bed [days].
    pub bed_wait: f64,
    /// Mean delay of pathways 1, 2 and 3 [days].
    pub delay: [f64; 3],
    /// People who came in the measured time.
    pub people: u64,
}

struct Server {
    free: usize,
    queue: VecDeque<usize>,
}

impl Server {
    fn new(units: usize) -> Server {
        Server { free: units, queue: VecDeque::new() }
    }

    fn ask(&mut self, person: usize) -> bool {
        if self.free > 0 {
            self.free -= 1;
            true
        } else {
            self.queue.push_back(person);
            false
        }
    }

    fn give_back(&mut self) -> Option<usize> {
        let next = self.queue.pop_front();
        if next.is_none() {
            self.free += 1;
        }
        next
    }
}

fn lognormal(mean: f64, sd: f64) -> LogNormal<f64> {
    LogNormal::from_mean_cv(mean, sd / mean).expect("a valid lognormal")
}

/// One replication.
#[expect(clippy::too_many_lines, reason = "a plain loop in one piece is the point of it")]
pub(crate) fn simulate(seed: u64) -> Outcome {
    let mut rng = Xoshiro256PlusPlus::seed_from_u64(seed);
    let stays =
        [lognormal(4.2, 5.0), lognormal(9.0, 8.0), lognormal(12.0, 9.0), lognormal(15.0, 12.0)];
    let hub_time = lognormal(0.5, 0.4);
    let support = [lognormal(16.0, 8.0), lognormal(24.0, 12.0), lognormal(7.0, 5.0)];
    let mean_factor: f64 = WEEK.iter().sum::<f64>() / 7.0;
    let rate = |t: f64| {
        let day = t as usize % 7;
        60.0 * WEEK[day] / mean_factor * (1.0 + 0.4 * (std::f64::consts::TAU * t).sin())
    };
    let most = 60.0 * WEEK[0] / mean_factor * 1.4;

    let mut heap: BinaryHeap<Due> = BinaryHeap::new();
    let mut sequence = 0_u64;
    let mut people: Vec<Person> = Vec::new();
    let mut spare: Vec<usize> = Vec::new();
    let mut ward = Server::new(385);
    let mut hub = Server::new(8);
    let mut downstream = [Server::new(119), Server::new(60), Server::new(14)];
    let mut outcome = Outcome::default();
    let (mut area, mut last, mut waits, mut wait_sum) = (0.0, 0.0, 0_u64, 0.0);
    let mut delays = [(0_u64, 0.0); 3];

    macro_rules! schedule {
        ($time:expr, $kind:expr, $person:expr) => {{
            heap.push(Due { time: $time, sequence, kind: $kind, person: $person });
            sequence += 1;
        }};
    }
    macro_rules! next_arrival {
        ($now:expr) => {{
            let mut t: f64 = $now;
            loop {
                let gap: f64 = Exp1.sample(&mut rng);
                t += gap / most;
                if rng.random::<f64>() * most < rate(t) {
                    break t;
                }
            }
        }};
    }
    macro_rules! admit {
        ($now:expr, $person:expr) => {{
            if $now >= WARM_UP {
                waits += 1;
                wait_sum += $now - people[$person].asked;
            }
            let stay = stays[people[$person].pathway].sample(&mut rng);
            schedule!($now + stay, Kind::StayEnds, $person);
        }};
    }
    macro_rules! note_ward {
        ($now:expr) => {{
            let now: f64 = $now;
            area += (385 - ward.free) as f64 * (now.max(WARM_UP) - f64::max(last, WARM_UP));
            last = now;
        }};
    }
    macro_rules! leave_ward {
        ($now:expr, $person:expr) => {{
            let person = people[$person];
            if person.pathway > 0 && $now >= WARM_UP {
                delays[person.pathway - 1].0 += 1;
                delays[person.pathway - 1].1 += $now - person.ready;
            }
            note_ward!($now);
            if let Some(next) = ward.give_back() {
                admit!($now, next);
            }
        }};
    }
    macro_rules! begin_support {
        ($now:expr, $person:expr) => {{
            let pathway = people[$person].pathway;
            let time = support[pathway - 1].sample(&mut rng);
            if pathway < 3 {
                leave_ward!($now, $person);
            }
            schedule!($now + time, Kind::SupportEnds, $person);
        }};
    }

    let first = next_arrival!(0.0);
    schedule!(first, Kind::Arrival, 0);
    while let Some(due) = heap.pop() {
        let now = due.time;
        if now >= END {
            break;
        }
        match due.kind {
            Kind::Arrival => {
                let next = next_arrival!(now);
                schedule!(next, Kind::Arrival, 0);
                let u: f64 = rng.random();
                let pathway = if u < 0.82 {
                    0
                } else if u < 0.94 {
                    1
                } else if u < 0.98 {
                    2
                } else {
                    3
                };
                let person = Person { pathway, asked: now, ready: 0.0 };
                let slot = match spare.pop() {
                    Some(slot) => {
                        people[slot] = person;
                        slot
                    }
                    None => {
                        people.push(person);
                        people.len() - 1
                    }
                };
                outcome.people += u64::from(now >= WARM_UP);
                note_ward!(now);
                if ward.ask(slot) {
                    admit!(now, slot);
                }
            }
            Kind::StayEnds => {
                if people[due.person].pathway == 0 {
                    leave_ward!(now, due.person);
                    spare.push(due.person);
                } else {
                    people[due.person].ready = now;
                    if hub.ask(due.person) {
                        schedule!(now + hub_time.sample(&mut rng), Kind::HubEnds, due.person);
                    }
                }
            }
            Kind::HubEnds => {
                let again = rng.random::<f64>() < 0.15;
                if let Some(next) = hub.give_back() {
                    schedule!(now + hub_time.sample(&mut rng), Kind::HubEnds, next);
                }
                if again {
                    if hub.ask(due.person) {
                        schedule!(now + hub_time.sample(&mut rng), Kind::HubEnds, due.person);
                    }
                } else if downstream[people[due.person].pathway - 1].ask(due.person) {
                    begin_support!(now, due.person);
                }
            }
            Kind::SupportEnds => {
                let pathway = people[due.person].pathway;
                if pathway == 3 {
                    leave_ward!(now, due.person);
                }
                if let Some(next) = downstream[pathway - 1].give_back() {
                    begin_support!(now, next);
                }
                spare.push(due.person);
            }
        }
    }
    outcome.occupancy = area / 385.0 / (END - WARM_UP);
    outcome.bed_wait = wait_sum / waits as f64;
    outcome.delay = delays.map(|(count, sum)| sum / count as f64);
    outcome
}
