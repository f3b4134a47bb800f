//! One queue: M/M/c, M/G/1, M/G/infinity and their kin.

use super::{erlang_c_queue, network, pollaczek_khinchine};
use crate::support::{Runs, model};

#[test]
fn m_m_1_waits_as_theory_says() {
    let load = 0.7;
    let text = network(
        1,
        "4000 days",
        10.0,
        r#"teams.server = { organisation = "theory", headcount = 1 }"#,
        r#"work = { task = "server", takes = { exponential = "0.07 days" } }"#,
    );
    let runs = Runs::of(&model(&text), 20);
    let queue = load * load / (1.0 - load);
    runs.assert_mean("queue.server", queue, 0.02);
    runs.assert_mean("wait_days.server", queue / 10.0, 0.02);
    runs.assert_mean("utilisation.server", load, 0.005);
    runs.assert_mean("arrivals_per_day.people", 10.0, 0.005);
    runs.assert_mean("stay_days.all", (queue + load) / 10.0, 0.02);
}

#[test]
fn m_m_c_waits_as_erlang_says_for_the_staff_of_a_team() {
    for (seed, servers, load) in [(2, 2, 1.4), (3, 5, 4.0), (4, 20, 16.0)] {
        let parts =
            format!("teams.servers = {{ organisation = \"theory\", headcount = {servers} }}");
        let steps = format!(
            "work = {{ task = \"servers\", takes = {{ exponential = \"{} days\" }} }}",
            load / 10.0
        );
        let runs = Runs::of(&model(&network(seed, "4000 days", 10.0, &parts, &steps)), 40);
        let queue = erlang_c_queue(servers, load);
        runs.assert_mean("queue.servers", queue, 0.03);
        runs.assert_mean("wait_days.servers", queue / 10.0, 0.03);
        runs.assert_mean("utilisation.servers", load / f64::from(servers), 0.005);
    }
}

#[test]
fn m_m_c_waits_as_erlang_says_for_the_beds_of_a_place() {
    let (beds, load) = (8, 6.4);
    let text = network(
        5,
        "4000 days",
        10.0,
        &format!("places.ward = {{ organisation = \"theory\", capacity = {beds} }}"),
        "bed = { enter = \"ward\" }\ntreatment = { stay = { exponential = \"0.64 days\" } }",
    );
    let runs = Runs::of(&model(&text), 40);
    let queue = erlang_c_queue(beds, load);
    runs.assert_mean("queue.ward", queue, 0.03);
    runs.assert_mean("wait_days.ward", queue / 10.0, 0.03);
    runs.assert_mean("people_in.ward", load, 0.005);
    runs.assert_mean("occupancy.ward", load / f64::from(beds), 0.005);
    runs.assert_mean("throughput_per_day.ward", 10.0, 0.005);
}

#[test]
fn cases_at_once_and_absence_are_as_good_as_staff() {
    // 5 posts less a fifth, each with half the time and 4 cases at once: 8 servers.
    let text = network(
        6,
        "4000 days",
        10.0,
        r#"teams.servers = { organisation = "theory", headcount = 5, vacancy = 0.2, share_of_time = 0.5, cases_at_once = 4 }"#,
        r#"work = { task = "servers", takes = { exponential = "0.64 days" } }"#,
    );
    let runs = Runs::of(&model(&text), 40);
    runs.assert_mean("wait_days.servers", erlang_c_queue(8, 6.4) / 10.0, 0.03);
    runs.assert_mean("utilisation.servers", 0.8, 0.005);
}

#[test]
fn m_g_1_waits_as_pollaczek_and_khinchine_say() {
    let mean = 0.06;
    let cases = [
        (7, "\"0.06 days\"", 0.0),
        (8, "{ gamma = { mean = \"0.06 days\", sd = \"0.09 days\" } }", 0.09),
        (9, "{ lognormal = { mean = \"0.06 days\", sd = \"0.06 days\" } }", 0.06),
        (10, "{ erlang = { mean = \"0.06 days\", stages = 4 } }", 0.03),
        (11, "{ uniform = { low = \"0 days\", high = \"0.12 days\" } }", 0.12 / 12_f64.sqrt()),
        (
            12,
            "{ triangular = { low = \"0 days\", mode = \"0.06 days\", high = \"0.12 days\" } }",
            0.06 / 6_f64.sqrt(),
        ),
    ];
    for (seed, takes, sd) in cases {
        let text = network(
            seed,
            "4000 days",
            10.0,
            r#"teams.server = { organisation = "theory", headcount = 1 }"#,
            &format!("work = {{ task = \"server\", takes = {takes} }}"),
        );
        let runs = Runs::of(&model(&text), 16);
        let wait = pollaczek_khinchine(10.0, mean, sd);
        runs.assert_mean("wait_days.server", wait, 0.02);
        runs.assert_mean("queue.server", 10.0 * wait, 0.02);
        runs.assert_mean("utilisation.server", 0.6, 0.005);
    }
}

#[test]
fn m_g_infinity_holds_arrivals_times_the_mean_stay_whatever_its_distribution() {
    let cases = [
        (13, "\"6 days\""),
        (14, "{ exponential = \"6 days\" }"),
        (15, "{ lognormal = { mean = \"6 days\", sd = \"5 days\" } }"),
        (16, "{ gamma = { mean = \"6 days\", sd = \"9 days\" } }"),
    ];
    for (seed, stay) in cases {
        let text = network(
            seed,
            "1000 days",
            20.0,
            r#"places.home = { organisation = "theory", capacity = "unlimited" }"#,
            &format!("in = {{ enter = \"home\" }}\nbe = {{ stay = {stay} }}"),
        );
        let runs = Runs::of(&model(&text), 20);
        runs.assert_mean("people_in.home", 120.0, 0.005);
        runs.assert_mean("throughput_per_day.home", 20.0, 0.005);
        let never_waits = runs.estimate("wait_days.home");
        assert!(never_waits.mean.abs() < f64::EPSILON, "{never_waits:?}");
    }
}
