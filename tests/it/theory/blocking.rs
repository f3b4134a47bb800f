//! Lines in which whoever is ready keeps their place until the next one accepts them.

use super::chain::Chain;
use super::network;
use crate::support::{Runs, model};

/// Two stations in line: one bed, then a place for `room` people of whom one at a time is served.
/// Who is ready in the bed keeps it until the place accepts them.
fn line(seed: u32, per_day: f64, length: &str, first: f64, room: usize, second: f64) -> String {
    network(
        seed,
        length,
        per_day,
        &format!(
            "places.bed = {{ organisation = \"theory\", capacity = 1 }}
            places.next = {{ organisation = \"theory\", capacity = {room} }}
            teams.server = {{ organisation = \"theory\", headcount = 1 }}"
        ),
        &format!(
            "bed = {{ enter = \"bed\" }}
            treatment = {{ stay = {{ exponential = \"{first} days\" }} }}
            next = {{ enter = \"next\" }}
            work = {{ task = \"server\", takes = {{ exponential = \"{second} days\" }} }}"
        ),
    )
}

#[test]
fn the_most_that_a_blocked_line_lets_through_is_that_of_its_slower_end() {
    // With people always waiting, the people past treatment are a queue with `room` + 1 at most,
    // the last of whom holds the bed: M/M/1/(room + 1).
    for (seed, room) in [(21, 1), (22, 4)] {
        let ratio: f64 = 0.13 / 0.12;
        let chances: Vec<f64> = (0..=room + 1).map(|state| ratio.powi(state)).collect();
        let total: f64 = chances.iter().sum();
        let most = (1.0 - chances[0] / total) / 0.13;
        let room = room.unsigned_abs() as usize;
        let runs = Runs::of(&model(&line(seed, 12.0, "2000 days", 0.12, room, 0.13)), 16);
        runs.assert_mean("throughput_per_day.next", most, 0.005);
        runs.assert_mean("throughput_per_day.bed", most, 0.005);
        runs.assert_mean("occupancy.bed", 1.0, 0.005);
    }
}

/// People waiting for the bed, the one in it, and those in the place behind it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Line {
    waiting: usize,
    bed: Bed,
    next: usize,
}

/// A bed for one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Bed {
    Free,
    Treated,
    Blocked,
}

impl Line {
    /// Whoever can move does.
    fn settled(mut self, room: usize) -> Line {
        if self.bed == Bed::Blocked && self.next < room {
            self.bed = Bed::Free;
            self.next += 1;
        }
        if self.bed == Bed::Free && self.waiting > 0 {
            self.waiting -= 1;
            self.bed = Bed::Treated;
        }
        self
    }
}

#[test]
fn a_line_of_two_with_blocking_after_service_is_its_markov_chain() {
    const LONGEST: usize = 160;
    for (seed, room) in [(19, 1), (20, 3)] {
        let (arrive, first, second) = (4.0, 1.0 / 0.12, 1.0 / 0.13);
        let empty = Line { waiting: 0, bed: Bed::Free, next: 0 };
        let chain = Chain::of(empty, |&line| {
            let mut moves = Vec::new();
            if line.waiting < LONGEST {
                moves.push((Line { waiting: line.waiting + 1, ..line }.settled(room), arrive));
            }
            if line.bed == Bed::Treated {
                moves.push((Line { bed: Bed::Blocked, ..line }.settled(room), first));
            }
            if line.next > 0 {
                moves.push((Line { next: line.next - 1, ..line }.settled(room), second));
            }
            moves
        });
        assert!(chain.share(|line| line.waiting == LONGEST) < 1e-9, "cut off far out");
        let waiting = chain.mean(|line| line.waiting as f64);
        let held_up = chain.share(|line| line.bed == Bed::Blocked);

        let runs = Runs::of(&model(&line(seed, arrive, "8000 days", 0.12, room, 0.13)), 20);
        runs.assert_mean("people_in.bed", chain.share(|line| line.bed != Bed::Free), 0.01);
        runs.assert_mean("queue.bed", waiting, 0.03);
        runs.assert_mean("wait_days.bed", waiting / arrive, 0.03);
        runs.assert_mean("queue.next", held_up, 0.03);
        runs.assert_mean("wait_days.next", held_up / arrive, 0.03);
        runs.assert_mean("people_in.next", chain.mean(|line| line.next as f64), 0.01);
        runs.assert_mean("utilisation.server", chain.share(|line| line.next > 0), 0.01);
        runs.assert_mean("throughput_per_day.next", arrive, 0.01);
    }
}

/// A station for one of three in line.
type Stations = (usize, [Bed; 3]);

/// Whoever can move does, from the end of the line upstream.
fn cascade((mut waiting, mut beds): Stations) -> Stations {
    if beds[2] == Bed::Blocked {
        beds[2] = Bed::Free;
    }
    for (from, to) in [(1, 2), (0, 1)] {
        if beds[from] == Bed::Blocked && beds[to] == Bed::Free {
            beds[from] = Bed::Free;
            beds[to] = Bed::Treated;
        }
    }
    if beds[0] == Bed::Free && waiting > 0 {
        waiting -= 1;
        beds[0] = Bed::Treated;
    }
    (waiting, beds)
}

#[test]
fn a_line_of_three_with_blocking_after_service_is_its_markov_chain() {
    const LONGEST: usize = 120;
    let arrive = 3.0;
    let stays = [0.14, 0.18, 0.16];
    let chain = Chain::of((0, [Bed::Free; 3]), |&(waiting, beds): &Stations| {
        let mut moves = Vec::new();
        if waiting < LONGEST {
            moves.push((cascade((waiting + 1, beds)), arrive));
        }
        for (at, stay) in stays.iter().enumerate() {
            if beds[at] == Bed::Treated {
                let mut done = beds;
                done[at] = Bed::Blocked;
                moves.push((cascade((waiting, done)), 1.0 / stay));
            }
        }
        moves
    });
    assert!(chain.share(|state| state.0 == LONGEST) < 1e-9, "cut off far out");
    let blocked = |at: usize| chain.share(|state| state.1[at] == Bed::Blocked);

    let places: String = ["one", "two", "three"]
        .map(|name| format!("places.{name} = {{ organisation = \"theory\", capacity = 1 }}\n"))
        .concat();
    let steps: String = ["one", "two", "three"]
        .iter()
        .zip(stays)
        .map(|(name, stay)| {
            format!(
                "{name} = {{ enter = \"{name}\" }}\nin_{name} = {{ stay = {{ exponential = \"{stay} days\" }} }}\n"
            )
        })
        .collect();
    let runs = Runs::of(&model(&network(30, "8000 days", arrive, &places, &steps)), 20);
    runs.assert_mean("queue.one", chain.mean(|state| state.0 as f64), 0.04);
    for (at, name) in ["one", "two", "three"].iter().enumerate() {
        let people = chain.share(|state| state.1[at] != Bed::Free);
        runs.assert_mean(&format!("people_in.{name}"), people, 0.01);
    }
    runs.assert_mean("queue.two", blocked(0), 0.02);
    runs.assert_mean("queue.three", blocked(1), 0.02);
    assert!(blocked(2).abs() < f64::EPSILON, "the end of the line blocks nobody");
}
