//! Streams with gaps and batches wait as theory says: D/M/1, GI/M/1, and batch arrivals at M/M/1.
//!
//! Formulas are those of Gross, Shortle, Thompson and Harris, *Fundamentals of Queueing Theory*, 4th
//! edition, 2008.

use crate::support::{Runs, model};

/// One server with exponential service of a mean in days, to which people come as said.
fn server(seed: u32, coming: &str, service: f64) -> Runs {
    let text = format!(
        r#"
schema = 1
title = "One server"
run = {{ start = 2024-01-01, warm_up = "100 days", length = "4000 days", seed = {seed} }}
organisations.theory = {{}}
arrivals.people = {{ {coming}, pathways = {{ through = 1.0 }} }}
teams.server = {{ organisation = "theory", headcount = 1 }}
[pathways.through.steps]
work = {{ task = "server", takes = {{ exponential = "{service} days" }} }}
out = {{ leave = "done" }}
"#
    );
    Runs::of(&model(&text), 20)
}

/// The mean wait in GI/M/1 (section 5.3): sigma is the root below 1 of sigma = A(mu (1 - sigma)), where
/// A is the Laplace transform of the gaps; a person finds so many before them with chance sigma.
fn gi_m_1(laplace: impl Fn(f64) -> f64, service: f64) -> f64 {
    let rate = 1.0 / service;
    let sigma = (0..10_000).fold(0.5, |sigma, _| laplace(rate * (1.0 - sigma)));
    service * sigma / (1.0 - sigma)
}

#[test]
fn the_formula_knows_m_m_1() {
    // Exponential gaps of 0.1 days: sigma is the load.
    let wait = gi_m_1(|s| 10.0 / (10.0 + s), 0.07);
    assert!((wait - 0.07 * 0.7 / 0.3).abs() < 1e-12, "{wait}");
}

#[test]
fn d_m_1_waits_as_theory_says() {
    let wait = gi_m_1(|s| (-0.1 * s).exp(), 0.07);
    let runs = server(31, "every = \"0.1 days\"", 0.07);
    runs.assert_mean("wait_days.server", wait, 0.02);
    runs.assert_mean("queue.server", wait * 10.0, 0.02);
    runs.assert_mean("utilisation.server", 0.7, 0.005);
}

#[test]
fn gi_m_1_waits_as_theory_says_for_even_and_for_clustered_gaps() {
    let erlang = gi_m_1(|s| (20.0 / (20.0 + s)).powi(2), 0.07);
    let runs = server(32, "gaps = { erlang = { mean = \"0.1 days\", stages = 2 } }", 0.07);
    runs.assert_mean("wait_days.server", erlang, 0.02);
    let uniform = gi_m_1(|s| (1.0 - (-0.2 * s).exp()) / (0.2 * s), 0.07);
    let runs = server(33, "gaps = { uniform = { low = \"0 days\", high = \"0.2 days\" } }", 0.07);
    runs.assert_mean("wait_days.server", uniform, 0.02);
    // Hyperexponential: 0.8 with a mean of 0.05 and 0.2 with a mean of 0.3.
    let clustered = gi_m_1(|s| 0.8 / (1.0 + 0.05 * s) + 0.2 / (1.0 + 0.3 * s), 0.06);
    let gaps = "gaps = { mixture = [{ share = 0.8, of = { exponential = \"0.05 days\" } }, \
                { share = 0.2, of = { exponential = \"0.3 days\" } }] }";
    let runs = server(34, gaps, 0.06);
    runs.assert_mean("wait_days.server", clustered, 0.03);
    runs.assert_mean("arrivals_per_day.people", 10.0, 0.005);
}

#[test]
fn groups_that_come_together_wait_as_theory_says() {
    // M[X]/M/1 (section 3.1): L = load / (1 - load) (E[X] + E[X^2]) / (2 E[X]).
    let (groups, service) = (4.0, 0.07);
    let (mean, square) = (0.5 + 0.5 * 4.0, 0.5 + 0.5 * 16.0);
    let load = groups * mean * service;
    let people = load / (1.0 - load) * (mean + square) / (2.0 * mean);
    let runs = server(35, "per_day = 4, batch = { 1 = 0.5, 4 = 0.5 }", service);
    runs.assert_mean("arrivals_per_day.people", groups * mean, 0.005);
    runs.assert_mean("stay_days.all", people / (groups * mean), 0.02);
    runs.assert_mean("utilisation.server", load, 0.005);
}
