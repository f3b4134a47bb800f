//! What holds in every scenario: people are conserved, places never overfull, time never goes back,
//! and every second between ready and leaving is booked exactly once.

mod crowded;
mod replay;
mod whole;
mod worlds;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use homeward::engine::Time;
use homeward::model::{DAY, Entry, Recorder, What};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, RngSeed, TestRunner};

use self::replay::Replay;
use self::worlds::worlds;
use crate::support::{at, logged, model, model_of_file};

proptest! {
    #![proptest_config(Config {
        cases: 600,
        rng_algorithm: RngAlgorithm::ChaCha,
        rng_seed: RngSeed::Fixed(20_240_902),
        failure_persistence: None,
        ..Config::default()
    })]

    #[test]
    fn a_second_reckoning_of_the_log_of_any_scenario_agrees_to_the_second(world in worlds()) {
        let text = world.text();
        let model = model(&text);
        let (observed, log) = logged(&model, 0);
        Replay::of(&model, &log).assert_agrees(&observed);
        let silent = model.simulate(0);
        prop_assert_eq!(format!("{silent:?}"), format!("{observed:?}"), "listening changes nothing");
    }
}

#[test]
fn in_the_scenarios_of_the_family_everything_happens() {
    let mut runner = TestRunner::deterministic();
    let (mut happened, mut changes, mut plain) = (BTreeMap::new(), 0, 0);
    for _ in 0..150 {
        let world = worlds().new_tree(&mut runner).expect("nothing is refused").current();
        let model = model(&world.text());
        changes += u32::from(model.rules.len() > 1);
        plain += u32::from(model.is_plain());
        for entry in logged(&model, 0).1 {
            let kind = match entry.what {
                What::Booked { span, .. } if span.seconds() == 0 => "nothing booked".to_owned(),
                what => format!("{what:?}").split(['(', ' ']).next().unwrap_or_default().to_owned(),
            };
            *happened.entry(kind).or_insert(0) += 1;
        }
    }
    for kind in [
        "Waits",
        "Begins",
        "Ends",
        "Reserved",
        "Moves",
        "Ready",
        "Booked",
        "PutOff",
        "Refused",
        "GivesUp",
        "Again",
        "Harm",
        "Leaves",
        "Returns",
        "Unfinished",
    ] {
        assert!(happened.get(kind).is_some_and(|count| *count > 100), "{kind}: {happened:?}");
    }
    assert!(changes > 5, "{changes}");
    assert!((15..135).contains(&plain), "plain ones and others: {plain}");
}

#[test]
fn a_second_reckoning_of_the_log_of_the_baseline_agrees_to_the_second() {
    for sets in [
        ["run.length=\"60 days\"", "run.warm_up=\"0 days\""],
        ["run.length=\"60 days\"", "run.warm_up=\"90 days\""],
        ["run.length=\"61 hours\"", "run.warm_up=\"50 days\""],
    ] {
        let model = model_of_file("scenarios/baseline.toml", &sets);
        for replication in 0..2 {
            let (observed, log) = logged(&model, replication);
            let replay = Replay::of(&model, &log);
            replay.assert_agrees(&observed);
            assert!(replay.delay() > 0, "somebody is delayed");
        }
    }
}

#[test]
fn a_second_reckoning_of_the_log_of_the_reference_agrees_to_the_second() {
    let model = model_of_file("benches/reference.toml", &["run.length=\"200 days\""]);
    let (observed, log) = logged(&model, 1);
    Replay::of(&model, &log).assert_agrees(&observed);
}

/// Cancels the replication at a time, and notes until when things happened.
struct Canceller<'a> {
    at: Time,
    cancel: &'a AtomicBool,
    last: &'a AtomicU32,
}

impl Recorder for Canceller<'_> {
    fn record(&mut self, entry: Entry) {
        self.last.store(entry.time.seconds(), Ordering::Relaxed);
        self.cancel.store(entry.time >= self.at, Ordering::Relaxed);
    }
}

#[test]
fn a_replication_that_is_cancelled_is_given_up_within_a_day_of_simulated_time() {
    let model = model_of_file("scenarios/baseline.toml", &["run.length=\"60 days\""]);
    for at in [at(0, 12, 0), at(100, 0, 0), at(190, 12, 30)] {
        let (cancel, last) = (AtomicBool::new(false), AtomicU32::new(0));
        let canceller = Canceller { at, cancel: &cancel, last: &last };
        assert!(model.simulate_recorded_unless(0, canceller, &cancel).is_none());
        let over = last.into_inner() - at.seconds();
        // Somebody comes, leaves or waits every few minutes.
        assert!(over < DAY + 2 * 3_600, "{over} s later it was still going on");
    }
}
