//! People who come otherwise than at random: at fixed intervals, by any renewal process, in batches.

use super::network;
use crate::support::{Runs, model};

/// One server for people who come as `comes` says, with exponential work.
fn one_server(seed: u32, comes: &str, work: f64) -> String {
    network(
        seed,
        "4000 days",
        1.0,
        r#"teams.server = { organisation = "theory", headcount = 1 }"#,
        &format!("work = {{ task = \"server\", takes = {{ exponential = \"{work} days\" }} }}"),
    )
    .replace("per_day = 1.0", comes)
}

/// The root below 1 of `x = transform(x)`, by iteration: in GI/M/1 the chance that who comes must wait,
/// where `transform(x)` is the transform of the gaps at rate of service x (1 - x) (section 5.3.1).
fn root(transform: impl Fn(f64) -> f64) -> f64 {
    (0..10_000).fold(0.5, |x, _| transform(x))
}

#[test]
fn d_m_1_waits_as_its_root_says() {
    let (gap, work) = (0.1, 0.08);
    let waits = root(|x| (-gap * (1.0 - x) / work).exp());
    let wait = work * waits / (1.0 - waits);
    let runs = Runs::of(&model(&one_server(70, "every = \"0.1 days\"", work)), 20);
    runs.assert_mean("wait_days.server", wait, 0.02);
    runs.assert_mean("queue.server", wait / gap, 0.02);
    runs.assert_mean("utilisation.server", work / gap, 0.005);
    // 10 a day whatever the seed, but for who comes as measuring begins or ends.
    assert!((runs.estimate("arrivals_per_day.people").mean - 10.0).abs() < 1e-3);
}

#[test]
fn gaps_of_erlang_and_of_hyperexponential_kind_wait_as_their_roots_say() {
    let work = 0.08;
    // Erlang-3 gaps of 0.1 days: the transform is (30 / (30 + s))^3.
    let erlang = root(|x| (30.0 / (30.0 + (1.0 - x) / work)).powi(3));
    let text = one_server(71, "gaps = { erlang = { mean = \"0.1 days\", stages = 3 } }", work);
    let runs = Runs::of(&model(&text), 20);
    runs.assert_mean("wait_days.server", work * erlang / (1.0 - erlang), 0.02);
    runs.assert_mean("arrivals_per_day.people", 10.0, 0.005);
    // 30 % gaps of 0.25 days, 70 % of 0.25/7: mean 0.1.
    let (long, short) = (0.25, 0.25 / 7.0);
    let mixed = root(|x| {
        let s = (1.0 - x) / work;
        0.3 / (1.0 + long * s) + 0.7 / (1.0 + short * s)
    });
    let comes = format!(
        "gaps = {{ mixture = [ {{ share = 0.3, of = {{ exponential = \"{long} days\" }} }}, {{ share = 0.7, of = {{ exponential = \"{short} days\" }} }} ] }}"
    );
    let runs = Runs::of(&model(&one_server(72, &comes, work)), 20);
    runs.assert_mean("wait_days.server", work * mixed / (1.0 - mixed), 0.04);
}

#[test]
fn people_who_come_together_wait_for_each_other() {
    // M^[X]/M/1 (section 3.1): in the system are load (1 + E X^2 / E X) / 2 / (1 - load).
    let work = 0.07;
    for (seed, batch, mean, squares) in
        [(73, "3", 3.0, 9.0), (74, "{ 1 = 0.5, 2 = 0.3, 6 = 0.2 }", 2.3, 0.5 + 1.2 + 7.2)]
    {
        let groups = 10.0 / mean;
        let load = 10.0 * work;
        let people = load * (1.0 + squares / mean) / 2.0 / (1.0 - load);
        let comes = format!("per_day = {groups}, batch = {batch}");
        let runs = Runs::of(&model(&one_server(seed, &comes, work)), 20);
        runs.assert_mean("arrivals_per_day.people", 10.0, 0.01);
        runs.assert_mean("utilisation.server", load, 0.01);
        runs.assert_mean("queue.server", people - load, 0.03);
        runs.assert_mean("wait_days.server", (people - load) / 10.0, 0.03);
    }
}
