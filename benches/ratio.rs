//! The promises of speed in one table: `cargo bench --bench ratio`.
//!
//! The engine and the hand-written loop take turns, so that whatever else the machine does falls on
//! both; the least time of each counts.

#![expect(clippy::print_stdout, reason = "a bench prints its table")]

mod common;

use std::hint::black_box;
use std::time::{Duration, Instant};

use rayon::prelude::*;

const ROUNDS: u32 = 15;

fn main() {
    let before = memory_kib();
    let model = common::reference(&[]);
    let events = model.simulate(0).events;
    let memory = memory_kib().saturating_sub(before);
    let long = common::reference(&["run.length=\"10950 days\""]);
    black_box(long.simulate(0));
    let memory_long = memory_kib().saturating_sub(before);

    let (mut engine, mut yardstick) = (Duration::MAX, Duration::MAX);
    for round in 0..ROUNDS {
        let start = Instant::now();
        black_box(model.simulate(round));
        engine = engine.min(start.elapsed());
        let start = Instant::now();
        black_box(common::yardstick::simulate(round.into()));
        yardstick = yardstick.min(start.elapsed());
    }
    println!("reference, {events} events");
    println!("  hand-written loop    {:7.2} ms", milliseconds(yardstick));
    println!("  engine               {:7.2} ms", milliseconds(engine));
    println!(
        "  ratio                {:7.2}     at most 0.6",
        engine.as_secs_f64() / yardstick.as_secs_f64()
    );

    let time_on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        let pool = pool.expect("a pool of threads can be made");
        let start = Instant::now();
        let total: u64 =
            pool.install(|| (0..200).into_par_iter().map(|r| model.simulate(r).events).sum());
        black_box(total);
        start.elapsed()
    };
    let (mut one, mut two) = (Duration::MAX, Duration::MAX);
    for _ in 0..3 {
        one = one.min(time_on(1));
        two = two.min(time_on(2));
    }
    println!("200 replications");
    println!("  on one thread        {:7.2} s", one.as_secs_f64());
    println!("  on two               {:7.2} s", two.as_secs_f64());
    println!(
        "  times as fast        {:7.2}     at least 1.85",
        one.as_secs_f64() / two.as_secs_f64()
    );

    let baseline = common::baseline();
    let start = Instant::now();
    let total: u64 = (0..30).into_par_iter().map(|r| baseline.simulate(r).events).sum();
    black_box(total);
    println!("baseline, 30 replications of a year");
    println!("  on all cores         {:7.2} s   at most 1", start.elapsed().as_secs_f64());

    let (layered, plain) = common::with_and_without_the_layer();
    let (mut with, mut without) = (Duration::MAX, Duration::MAX);
    for round in 0..ROUNDS {
        let start = Instant::now();
        black_box(layered.simulate(round));
        with = with.min(start.elapsed());
        let start = Instant::now();
        black_box(plain.simulate(round));
        without = without.min(start.elapsed());
    }
    println!("the relationship layer, doing nothing for two years");
    println!("  without it           {:7.2} ms", milliseconds(without));
    println!("  with it              {:7.2} ms", milliseconds(with));
    println!(
        "  costs                {:7.1} %   at most 15",
        100.0 * (with.as_secs_f64() / without.as_secs_f64() - 1.0)
    );

    println!("memory of a replication, with the model");
    println!("  1,277 days           {:7.2} MiB at most 10", memory as f64 / 1024.0);
    println!("  11,132 days          {:7.2} MiB", memory_long as f64 / 1024.0);
}

fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e3
}

/// The most memory that the process has had, where the system tells [KiB].
fn memory_kib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))
        .and_then(|rest| rest.split_whitespace().next())
        .and_then(|number| number.parse().ok())
        .unwrap_or(0)
}
