//! What holds in every scenario of the whole language.

mod reckoning;
mod worlds;

use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;

use homeward::experiment::{Plan, Quiet, Replications, run};
use homeward::model::What;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, RngSeed, TestRunner};

use self::reckoning::Reckoning;
use self::worlds::worlds;
use crate::support::{logged, model};

proptest! {
    #![proptest_config(Config {
        cases: 600,
        rng_algorithm: RngAlgorithm::ChaCha,
        rng_seed: RngSeed::Fixed(20_261_129),
        failure_persistence: None,
        ..Config::default()
    })]

    #[test]
    fn in_any_scenario_people_are_conserved_nothing_is_overfull_and_the_ledger_adds_up(
        world in worlds()
    ) {
        let model = model(&world.text());
        let (observed, log) = logged(&model, 0);
        Reckoning::of(&model, &log, &observed).assert_agrees(&observed);
        let silent = model.simulate(0);
        prop_assert_eq!(format!("{silent:?}"), format!("{observed:?}"), "listening changes nothing");
    }
}

#[test]
fn one_thread_and_two_find_the_same_in_any_scenario() {
    let mut runner = TestRunner::deterministic();
    for _ in 0..30 {
        let world = worlds().new_tree(&mut runner).expect("nothing is refused").current();
        let model = model(&world.text());
        let found = [1, 2].map(|threads| {
            let plan = Plan { replications: Replications::Fixed(5), threads: Some(threads) };
            let runs = run(&model, &plan, &[], &Quiet, &AtomicBool::new(false)).expect("it runs");
            format!("{runs:?}")
        });
        assert_eq!(found[0], found[1], "{world:?}");
    }
}

#[test]
fn in_the_scenarios_of_the_whole_language_everything_happens() {
    let mut runner = TestRunner::deterministic();
    let mut happened: BTreeMap<String, u32> = BTreeMap::new();
    for _ in 0..150 {
        let world = worlds().new_tree(&mut runner).expect("nothing is refused").current();
        let model = model(&world.text());
        let (observed, log) = logged(&model, 0);
        let mut note = |kind: &str, count: u64| {
            *happened.entry(kind.to_owned()).or_default() += count as u32;
        };
        note("gridlocks", observed.gridlocks.iter().sum());
        let all = model.measured_from.seconds() + observed.measured_seconds as u32;
        note("stopped early", u64::from(all < model.end.seconds()));
        for entry in log {
            let kind = format!("{:?}", entry.what);
            note(kind.split(['(', ' ']).next().unwrap_or_default(), 1);
            let rules = model.first_rules();
            if let What::Begins(step) = entry.what {
                note("joint work", u64::from(rules.other_team(step).is_some()));
            }
        }
    }
    for (kind, least) in [
        ("HandedOver", 20),
        ("Interrupted", 5),
        ("Joins", 50),
        ("GoesBack", 20),
        ("Keeps", 10),
        ("Refused", 100),
        ("GivesUp", 100),
        ("Harm", 100),
        ("Returns", 100),
        ("Reserved", 100),
        ("PutOff", 20),
        ("joint work", 40),
        ("gridlocks", 3),
        ("stopped early", 10),
    ] {
        assert!(happened.get(kind).is_some_and(|count| *count >= least), "{kind}: {happened:?}");
    }
}
