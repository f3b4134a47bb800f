//! Queues that end: limits, loss, and people who lose patience.

use super::chain::Chain;
use super::network;
use crate::support::{Runs, model};

/// A number of people that goes up at the rate of arrivals, as long as it is below `limit`, and down at
/// a rate of its own.
fn birth_and_death(arrive: f64, limit: u32, down: impl Fn(u32) -> f64) -> Chain<u32> {
    Chain::of(0, |&people| {
        let mut moves = Vec::new();
        if people < limit {
            moves.push((people + 1, arrive));
        }
        if people > 0 {
            moves.push((people - 1, down(people)));
        }
        moves
    })
}

#[test]
fn m_m_c_k_refuses_who_finds_it_full() {
    // 3 beds and 2 who may wait; 10 a day for 0.4 days each is more than the beds can do.
    let (beds, limit, rate, stay) = (3, 5, 10.0, 0.4);
    let chain = birth_and_death(rate, limit, |people| f64::from(people.min(beds)) / stay);
    let refused = chain.share(|people| *people == limit);
    let waiting = chain.mean(|people| f64::from(people.saturating_sub(beds)));
    let text = network(
        60,
        "4000 days",
        rate,
        &format!(
            "places.ward = {{ organisation = \"theory\", capacity = {beds}, queue_limit = 2 }}"
        ),
        &format!(
            "bed = {{ enter = \"ward\" }}\ntreatment = {{ stay = {{ exponential = \"{stay} days\" }} }}"
        ),
    );
    let runs = Runs::of(&model(&text), 20);
    runs.assert_mean("lost_share.people", refused, 0.01);
    runs.assert_mean("refused_share.ward", refused, 0.01);
    runs.assert_mean("queue.ward", waiting, 0.01);
    runs.assert_mean("wait_days.ward", waiting / (rate * (1.0 - refused)), 0.01);
    runs.assert_mean("throughput_per_day.ward", rate * (1.0 - refused), 0.005);
}

#[test]
fn erlangs_loss_is_the_same_whatever_the_stays() {
    let (beds, load) = (10, 8.0);
    let loss = (1..=beds).fold(1.0, |loss, n| load * loss / (f64::from(n) + load * loss));
    let stays = [
        "{ exponential = \"0.8 days\" }",
        "\"0.8 days\"",
        "{ lognormal = { mean = \"0.8 days\", sd = \"1.6 days\" } }",
    ];
    for (seed, stay) in (61..).zip(stays) {
        let text = network(
            seed,
            "4000 days",
            10.0,
            &format!(
                "places.ward = {{ organisation = \"theory\", capacity = {beds}, queue_limit = 0 }}"
            ),
            &format!("bed = {{ enter = \"ward\" }}\ntreatment = {{ stay = {stay} }}"),
        );
        let runs = Runs::of(&model(&text), 20);
        runs.assert_mean("lost_share.people", loss, 0.02);
        runs.assert_mean("people_in.ward", load * (1.0 - loss), 0.005);
        let nobody_waits = runs.estimate("wait_days.ward");
        assert!(nobody_waits.mean.abs() < f64::EPSILON, "{nobody_waits:?}");
    }
}

#[test]
fn erlang_a_loses_those_whose_patience_ends() {
    // M/M/c+M (Palm; Gans, Koole and Mandelbaum, M&SOM 5(2), 2003): beyond c, everybody who waits leaves
    // at the rate of their patience. Of those who come, patience x queue / arrivals give up.
    let (servers, rate, work, patience) = (4, 10.0, 0.44, 0.5);
    let chain = birth_and_death(rate, 200, |people| {
        f64::from(people.min(servers)) / work + f64::from(people.saturating_sub(servers)) / patience
    });
    let waiting = chain.mean(|people| f64::from(people.saturating_sub(servers)));
    let busy = chain.mean(|people| f64::from((*people).min(servers)));
    let text = network(
        64,
        "4000 days",
        rate,
        &format!("teams.servers = {{ organisation = \"theory\", headcount = {servers} }}"),
        &format!(
            "work = {{ task = \"servers\", takes = {{ exponential = \"{work} days\" }}, patience = {{ exponential = \"{patience} days\" }} }}"
        ),
    );
    let runs = Runs::of(&model(&text), 20);
    runs.assert_mean("queue.servers", waiting, 0.02);
    runs.assert_mean("utilisation.servers", busy / f64::from(servers), 0.005);
    runs.assert_mean("gave_up_share.servers", waiting / patience / rate, 0.02);
}
