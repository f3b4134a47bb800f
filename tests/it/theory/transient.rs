//! From a given start, and until a standstill: what happens before anything is in balance.

use super::chain::{later, mean_time_until, up_and_down};
use super::hours::{assert_near, at_midnights};
use super::network;
use crate::support::{estimate, model};

#[test]
fn from_a_given_start_those_who_were_there_leave_and_others_come() {
    // M/G/infinity from 120: 120 exp(-t / mean) + rate x mean (1 - exp(-t / mean)) after t days.
    let (rate, mean, first) = (20.0, 4.0_f64, 120.0);
    let text = network(
        50,
        "14 days",
        rate,
        "places.home = { organisation = \"theory\", capacity = \"unlimited\" }
        initial = [{ people = 120, at = \"through.be\" }]",
        &format!(
            "in = {{ enter = \"home\" }}\nbe = {{ stay = {{ exponential = \"{mean} days\" }} }}"
        ),
    )
    .replace("warm_up = \"100 days\"", "warm_up = \"0 days\"");
    for (day, found) in at_midnights(&text, 700, 14).iter().enumerate() {
        let left = (-(day as f64 + 1.0) / mean).exp();
        assert_near(found, first * left + rate * mean * (1.0 - left), 0.01, &format!("day {day}"));
    }
}

#[test]
fn from_a_full_start_a_place_with_beds_empties_as_its_chain_says() {
    // M/M/8 from 8 in the beds and 2 who wait: the chain after so many days, by uniformisation.
    const LONGEST: usize = 120;
    let (rate, mean) = (2.0, 2.0);
    let rates = up_and_down(LONGEST, rate, |there| there.min(8) as f64 / mean);
    let text = network(
        51,
        "14 days",
        rate,
        "places.ward = { organisation = \"theory\", capacity = 8 }
        initial = [{ people = 8, at = \"through.be\" }, { people = 2, at = \"through.in\" }]",
        &format!(
            "in = {{ enter = \"ward\" }}\nbe = {{ stay = {{ exponential = \"{mean} days\" }} }}"
        ),
    )
    .replace("warm_up = \"100 days\"", "warm_up = \"0 days\"");
    let mut chances = vec![0.0; LONGEST + 1];
    chances[10] = 1.0;
    for (day, found) in at_midnights(&text, 2_500, 14).iter().enumerate() {
        chances = later(&chances, &rates, 1.0);
        let in_beds: f64 =
            chances.iter().enumerate().map(|(there, chance)| there.min(8) as f64 * chance).sum();
        assert_near(found, in_beds, 0.01, &format!("day {day}"));
    }
}

/// A bed for one: first stay, waiting for the other bed, second stay.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Bed {
    Free,
    First,
    Waits,
    Second,
}

/// Whether somebody waits at the gate of each of two beds, and the beds.
type Beds = ([bool; 2], [Bed; 2]);

/// Whoever can move does: those in the other bed before those at the gate.
fn settled((mut gates, mut beds): Beds) -> Beds {
    for _ in 0..3 {
        for (here, there) in [(0, 1), (1, 0)] {
            if beds[here] == Bed::Waits && beds[there] == Bed::Free {
                beds[here] = Bed::Free;
                beds[there] = Bed::Second;
            }
        }
        for here in [0, 1] {
            if gates[here] && beds[here] == Bed::Free {
                gates[here] = false;
                beds[here] = Bed::First;
            }
        }
    }
    (gates, beds)
}

#[test]
fn two_beds_whose_people_want_each_others_come_to_a_standstill_when_their_chain_does() {
    let (comes, stays) = (2.0, 0.3);
    let moves = |&(gates, beds): &Beds| {
        let mut moves = Vec::new();
        for here in [0, 1] {
            if !gates[here] {
                let mut comes_to = gates;
                comes_to[here] = true;
                moves.push((settled((comes_to, beds)), comes));
            }
            let after = match beds[here] {
                Bed::First => Bed::Waits,
                Bed::Second => Bed::Free,
                Bed::Free | Bed::Waits => continue,
            };
            let mut done = beds;
            done[here] = after;
            moves.push((settled((gates, done)), 1.0 / stays));
        }
        moves
    };
    let is_stuck = |&(_, beds): &Beds| beds == [Bed::Waits; 2];
    let days = mean_time_until(([false; 2], [Bed::Free; 2]), moves, is_stuck);

    let pathway = |name: &str, first: &str, second: &str| {
        format!(
            "[pathways.{name}.steps]
            gate = {{ enter = \"gate_{first}\" }}
            first = {{ enter = \"bed_{first}\" }}
            one = {{ stay = {{ exponential = \"{stays} days\" }} }}
            second = {{ enter = \"bed_{second}\" }}
            two = {{ stay = {{ exponential = \"{stays} days\" }} }}
            out = {{ leave = \"done\" }}\n"
        )
    };
    let text = format!(
        r#"
schema = 1
title = "Two beds"
run = {{ start = 2024-01-01, length = "20000 days", seed = 52, at_gridlock = "stop" }}
organisations.theory = {{}}
arrivals.a = {{ per_day = {comes:?}, pathways = {{ a = 1.0 }} }}
arrivals.b = {{ per_day = {comes:?}, pathways = {{ b = 1.0 }} }}
places.gate_a = {{ organisation = "theory", capacity = 1, queue_limit = 0 }}
places.gate_b = {{ organisation = "theory", capacity = 1, queue_limit = 0 }}
places.bed_a = {{ organisation = "theory", capacity = 1, first_from = ["bed_b"] }}
places.bed_b = {{ organisation = "theory", capacity = 1, first_from = ["bed_a"] }}
{}{}"#,
        pathway("a", "a", "b"),
        pathway("b", "b", "a"),
    );
    let model = model(&text);
    let until: Vec<f64> = (0..4_000)
        .map(|replication| model.simulate(replication).measured_seconds as f64 / 86_400.0)
        .collect();
    assert_near(&estimate(&until), days, 0.02, "days until both wait");
}
