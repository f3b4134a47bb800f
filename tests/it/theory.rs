//! Plain networks have the means that theory gives them.
//!
//! Each scenario has no acute place and no delay, so that it is a network of queues and nothing
//! else. Seeds are fixed; a mean must lie within 4 standard errors of the exact value, and the
//! standard error must be small. Formulas are those of Gross, Shortle, Thompson and Harris,
//! *Fundamentals of Queueing Theory*, 4th edition, 2008, by chapter, where nothing else is said.

mod blocking;
mod chain;
mod closing;
mod hours;
mod limits;
mod meetings;
mod networks;
mod priorities;
mod queues;
mod renewal;
mod transient;

/// A network of one kind of people who come `per_day` and take `steps`.
fn network(seed: u32, length: &str, per_day: f64, parts: &str, steps: &str) -> String {
    format!(
        r#"
schema = 1
title = "A plain network"
run = {{ start = 2024-01-01, warm_up = "100 days", length = "{length}", seed = {seed} }}
organisations.theory = {{}}
arrivals.people = {{ per_day = {per_day:?}, pathways = {{ through = 1.0 }} }}
{parts}
[pathways.through.steps]
{steps}
out = {{ leave = "done" }}
"#
    )
}

/// The mean number waiting in M/M/c by Erlang's delay formula, for `load` = arrivals x mean service
/// (section 2.3).
fn erlang_c_queue(servers: u32, load: f64) -> f64 {
    // Erlang's loss formula by its recursion, then the chance of waiting from it.
    let loss = (1..=servers).fold(1.0, |loss, n| load * loss / (f64::from(n) + load * loss));
    let use_of_each = load / f64::from(servers);
    let waits = loss / (1.0 - use_of_each * (1.0 - loss));
    waits * use_of_each / (1.0 - use_of_each)
}

/// The mean wait in M/G/1, by the formula of Pollaczek and Khinchine (section 5.1).
fn pollaczek_khinchine(rate: f64, mean: f64, sd: f64) -> f64 {
    rate * (mean * mean + sd * sd) / (2.0 * (1.0 - rate * mean))
}

#[test]
fn erlang_c_has_its_published_values() {
    // M/M/1: rho^2 / (1 - rho). M/M/2: 2 rho^3 / (1 - rho^2) with rho = load / 2.
    assert!((erlang_c_queue(1, 0.7) - 0.49 / 0.3).abs() < 1e-12);
    assert!((erlang_c_queue(2, 1.5) - 2.0 * 0.75_f64.powi(3) / (1.0 - 0.75 * 0.75)).abs() < 1e-12);
}
