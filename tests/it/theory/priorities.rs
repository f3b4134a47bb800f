//! Who goes first: Cobham's formulas, with and without preemption, in one and several servers.

use super::{erlang_c_queue, network};
use crate::support::{Runs, model};

/// Two kinds of people, urgent and other, for one team; `rates` a day of each.
fn two_kinds(seed: u32, servers: u32, rates: [f64; 2], takes: &str, preempt: bool) -> String {
    format!(
        r#"
schema = 1
title = "Two kinds"
run = {{ start = 2024-01-01, warm_up = "100 days", length = "4000 days", seed = {seed} }}
organisations.theory = {{}}
teams.servers = {{ organisation = "theory", headcount = {servers}, queue = "priority", preempt = {preempt} }}
arrivals.urgent = {{ per_day = {:?}, pathways = {{ urgent = 1.0 }} }}
arrivals.other = {{ per_day = {:?}, pathways = {{ other = 1.0 }} }}
[pathways.urgent]
priority = 1
[pathways.urgent.steps]
work = {{ task = "servers", takes = {takes} }}
out = {{ leave = "done" }}
[pathways.other]
priority = 2
[pathways.other.steps]
work = {{ task = "servers", takes = {takes} }}
out = {{ leave = "done" }}
"#,
        rates[0], rates[1]
    )
}

#[test]
fn without_preemption_one_server_waits_as_cobham_says() {
    // Section 3.4.2 (4th edition): what is left of the work in hand, over the shares that are free.
    for (seed, takes, squares) in [
        (80, "{ exponential = \"0.08 days\" }", 2.0 * 0.08 * 0.08),
        (81, "{ gamma = { mean = \"0.08 days\", sd = \"0.04 days\" } }", 0.08 * 0.08 + 0.04 * 0.04),
    ] {
        let (urgent, all) = (4.0 * 0.08, 10.0 * 0.08);
        let left = 10.0 * squares / 2.0;
        let runs = Runs::of(&model(&two_kinds(seed, 1, [4.0, 6.0], takes, false)), 20);
        let first = left / (1.0 - urgent);
        let second = first / (1.0 - all);
        runs.assert_mean("stay_days.urgent", first + 0.08, 0.01);
        runs.assert_mean("stay_days.other", second + 0.08, 0.03);
        runs.assert_mean("wait_days.servers", 0.4 * first + 0.6 * second, 0.03);
    }
}

#[test]
fn without_preemption_several_servers_wait_as_cobham_says() {
    // With the same exponential work for all: chance of waiting over c mu, over the shares free.
    let (servers, work) = (3, 0.24);
    let load = 10.0 * work;
    let use_of_each = load / f64::from(servers);
    let chance_of_waiting = erlang_c_queue(servers, load) * (1.0 - use_of_each) / use_of_each;
    let first = chance_of_waiting * work / f64::from(servers) / (1.0 - 0.4 * use_of_each);
    let second = first / (1.0 - use_of_each);
    let takes = format!("{{ exponential = \"{work} days\" }}");
    let runs = Runs::of(&model(&two_kinds(82, servers, [4.0, 6.0], &takes, false)), 20);
    runs.assert_mean("stay_days.urgent", first + work, 0.01);
    runs.assert_mean("stay_days.other", second + work, 0.03);
}

#[test]
fn with_preemption_the_urgent_see_nobody_else_in_one_server() {
    // Preemptive-resume M/M/1 (section 3.4.3): work / (1 - load above) / (1 - load above and own).
    let work = 0.08;
    let (urgent, all) = (4.0 * work, 10.0 * work);
    let takes = format!("{{ exponential = \"{work} days\" }}");
    let runs = Runs::of(&model(&two_kinds(83, 1, [4.0, 6.0], &takes, true)), 20);
    runs.assert_mean("stay_days.urgent", work / (1.0 - urgent), 0.01);
    runs.assert_mean("stay_days.other", work / (1.0 - urgent) / (1.0 - all), 0.03);
    runs.assert_mean("utilisation.servers", all, 0.005);
}

#[test]
fn with_preemption_of_general_work_what_is_left_is_done_later() {
    // Preemptive-resume M/G/1: (work / (1 - above)) + left-over of both / (1 - above) / (1 - all).
    let (mean, sd) = (0.08_f64, 0.04_f64);
    let squares = mean * mean + sd * sd;
    let (urgent, all) = (4.0 * mean, 10.0 * mean);
    let takes = "{ gamma = { mean = \"0.08 days\", sd = \"0.04 days\" } }";
    let runs = Runs::of(&model(&two_kinds(84, 1, [4.0, 6.0], takes, true)), 20);
    let first = mean + 4.0 * squares / 2.0 / (1.0 - urgent);
    let second = mean / (1.0 - urgent) + 10.0 * squares / 2.0 / (1.0 - urgent) / (1.0 - all);
    runs.assert_mean("stay_days.urgent", first, 0.01);
    runs.assert_mean("stay_days.other", second, 0.03);
}

#[test]
fn with_preemption_the_urgent_see_nobody_else_in_several_servers() {
    // The urgent are an M/M/c of their own, and all together an M/M/c: the others are the difference.
    let (servers, work) = (3, 0.24);
    let people = |rate: f64| erlang_c_queue(servers, rate * work) + rate * work;
    let takes = format!("{{ exponential = \"{work} days\" }}");
    let runs = Runs::of(&model(&two_kinds(85, servers, [4.0, 6.0], &takes, true)), 20);
    runs.assert_mean("stay_days.urgent", people(4.0) / 4.0, 0.01);
    runs.assert_mean("stay_days.other", (people(10.0) - people(4.0)) / 6.0, 0.03);
}

#[test]
fn beds_without_preemption_wait_as_those_of_several_servers() {
    let (beds, stay) = (3, 0.24);
    let load = 10.0 * stay;
    let use_of_each = load / f64::from(beds);
    let chance_of_waiting = erlang_c_queue(beds, load) * (1.0 - use_of_each) / use_of_each;
    let first = chance_of_waiting * stay / f64::from(beds) / (1.0 - 0.4 * use_of_each);
    let second = first / (1.0 - use_of_each);
    let text = network(
        86,
        "4000 days",
        1.0,
        "places.ward = { organisation = \"theory\", capacity = 3, queue = \"priority\" }",
        &format!("bed = {{ enter = \"ward\" }}\ntreated = {{ stay = {{ exponential = \"{stay} days\" }} }}"),
    )
    .replace("per_day = 1.0, pathways = { through = 1.0 }", "per_day = 10.0, pathways = { through = 0.6, urgent = 0.4 }")
    .replace("[pathways.through.steps]", "[pathways.urgent]\npriority = 1\nsteps = { bed = { enter = \"ward\" }, treated = { stay = { exponential = \"0.24 days\" } }, out = { leave = \"done\" } }\n[pathways.through.steps]");
    let runs = Runs::of(&model(&text), 20);
    runs.assert_mean("stay_days.urgent", first + stay, 0.01);
    runs.assert_mean("stay_days.through", second + stay, 0.03);
}
