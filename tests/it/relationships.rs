//! The relationship layer: what it must do in the whole model.

use std::sync::atomic::AtomicBool;

use homeward::experiment::behaviours::{Worlds, judge};
use homeward::experiment::{self, Plan, Quiet, Replications};
use homeward::model::{Model, Observations, compile, measures};
use homeward::scenario::Scenario;
use homeward::statistics::Estimate;

/// A scenario over the one in which nobody does anything.
fn model(more: &str, sets: &[&str]) -> Model {
    let folder = tempfile::tempdir().expect("a folder for a scenario");
    let path = folder.path().join("variant.toml");
    let text = format!("extends = \"coordination.toml\"\ntitle = \"A variant\"\n{more}");
    std::fs::write(&path, text).expect("a scenario can be written");
    std::fs::copy("scenarios/coordination.toml", folder.path().join("coordination.toml"))
        .and_then(|_| std::fs::copy("scenarios/baseline.toml", folder.path().join("baseline.toml")))
        .expect("a scenario can be copied");
    let sets: Vec<String> = sets.iter().map(|set| (*set).to_owned()).collect();
    compile(&Scenario::read(&path, &sets).unwrap_or_else(|mistakes| panic!("{mistakes}")))
}

/// The same place without the layer.
fn plain(sets: &[&str]) -> Model {
    let text = std::fs::read_to_string("scenarios/coordination.toml").expect("it is there");
    let plain = text.split("[coordination]").next().expect("there is a part before");
    let folder = tempfile::tempdir().expect("a folder for a scenario");
    let path = folder.path().join("plain.toml");
    std::fs::write(&path, plain)
        .and_then(|()| {
            std::fs::copy("scenarios/baseline.toml", folder.path().join("baseline.toml"))
        })
        .expect("a scenario can be written");
    let sets: Vec<String> = sets.iter().map(|set| (*set).to_owned()).collect();
    compile(&Scenario::read(&path, &sets).unwrap_or_else(|mistakes| panic!("{mistakes}")))
}

fn value(model: &Model, observed: &Observations, name: &str) -> f64 {
    let names = measures::names(model);
    let index = names.iter().position(|(known, _)| known == name);
    measures::values(model, observed)[index.unwrap_or_else(|| panic!("there is no {name}"))]
}

const EVERYBODY: &str = r#"["hospital", "community", "social_care"]"#;

#[test]
fn every_behaviour_holds_at_the_defaults() {
    let worlds = Worlds::new(2024).expect("the shipped scenarios have no mistakes");
    let never = AtomicBool::new(false);
    let verdicts = judge(&worlds, 16, None, &Quiet, &never).expect("nobody stops it");
    let behaviours: std::collections::BTreeSet<u32> =
        verdicts.iter().map(|verdict| verdict.claim.behaviour).collect();
    assert_eq!(behaviours.len(), 11);
    for verdict in verdicts {
        assert!(verdict.holds(), "{}: {:?}", verdict.claim.says, verdict.sum);
    }
}

#[test]
fn doing_nothing_stands_still() {
    let model = model("", &[]);
    let plain = plain(&[]);
    let runs: Vec<Observations> = (0..40).map(|number| model.simulate(number)).collect();
    // Delay in the second year against the first, on average over the seasons of each.
    let drift = |observed: &Observations| {
        let waiting: Vec<f64> = observed.midnights.ready.means().collect();
        let (first, second) = waiting.split_at(waiting.len() / 2);
        let mean = |days: &[f64]| days.iter().sum::<f64>() / days.len() as f64;
        mean(second) / mean(first) - 1.0
    };
    let direct = Estimate::of(runs.iter().map(drift));
    assert!(direct.mean.abs() < 0.05, "{direct:?}");
    // What beds do by chance is the same without the layer: against that, the interval is narrow.
    let of_the_layer = Estimate::of(
        (0..).zip(&runs).map(|(number, observed)| drift(observed) - drift(&plain.simulate(number))),
    );
    assert!(of_the_layer.lower > -0.05 && of_the_layer.upper < 0.05, "{of_the_layer:?}");
    // Two years of at most 5 % each, and nobody is an exception.
    let names: Vec<String> = measures::names(&model).into_iter().map(|(name, _)| name).collect();
    let start = |name: &str| match name {
        "relationship.hospital+community" => 0.45,
        "relationship.hospital+social_care" => 0.38,
        "relationship.community+social_care" => 0.43,
        _ if name.starts_with("morale.") => 0.55,
        _ if name.starts_with("understanding.") => 0.40,
        _ => 0.30,
    };
    let wanted = ["relationship.", "understanding.", "process.", "morale."];
    let mut seen = 0;
    for (index, name) in names.iter().enumerate() {
        if wanted.iter().any(|prefix| name.starts_with(prefix)) {
            let values = runs.iter().map(|observed| measures::values(&model, observed)[index]);
            let estimate = Estimate::of(values);
            let start = start(name);
            assert!((estimate.mean / start - 1.0).abs() < 0.05, "{name}: {estimate:?}");
            seen += 1;
        }
    }
    assert_eq!(seen, 12);
}

#[test]
fn with_everything_switched_off_the_network_is_plain() {
    let couplings = "[coordination.couplings]\nwork = false\nduplicates = false\nreturns = false\n\
        decisions = false\ndisputes = false\nover_prescription = false\npriority = false\n\
        weekends = false\ncapacity = false\nreadmissions = false\ngaming = false\n\
        [coordination.parameters]\npressure_eats = 0.0\n";
    let short = ["run.length=\"26 weeks\"", "run.warm_up=\"26 weeks\""];
    let layered = model(couplings, &short);
    let plain = plain(&short);
    for replication in 0..2 {
        let (a, b) = (layered.simulate(replication), plain.simulate(replication));
        assert_eq!(a.events, b.events);
        assert_eq!(a.ledger.acute, b.ledger.acute);
        assert_eq!(a.discharges_by_nights, b.discharges_by_nights);
    }
}

#[test]
fn nothing_is_felt_before_it_begins() {
    let quiet = model("", &[]);
    let programme = format!(
        "[coordination.programme]\nstarts = 2025-03-03\nattending = {EVERYBODY}\n\
         leadership_teams = {EVERYBODY}\n[[changes]]\non = 2025-03-03\n\
         set.coordination.levers.daily_huddle = {EVERYBODY}\n"
    );
    let busy = model(&programme, &[]);
    let (a, b) = (quiet.simulate(3), busy.simulate(3));
    let waiting = |observed: &Observations| observed.midnights.ready.means().collect::<Vec<_>>();
    let (a, b) = (waiting(&a), waiting(&b));
    // Two days a step: 2 September 2024 to 2 March 2025 are 182 days.
    assert_eq!(a[..91], b[..91], "the same people in the same world until that day");
    assert_ne!(a[91..], b[91..]);
}

#[test]
fn one_and_two_threads_give_the_same_with_the_layer() {
    let programme =
        format!("[coordination.programme]\nstarts = 2024-09-02\nattending = {EVERYBODY}\n");
    let model = model(&programme, &["run.length=\"26 weeks\""]);
    let never = AtomicBool::new(false);
    let runs = [1, 2].map(|threads| {
        let plan = Plan { replications: Replications::Fixed(4), threads: Some(threads) };
        let runs = experiment::run(&model, &plan, &[], &Quiet, &never).expect("nobody stops it");
        format!("{runs:?}")
    });
    assert!(runs[0] == runs[1], "the same bytes on any number of threads");
}

#[test]
fn a_multi_agency_event_clears_disputes_for_its_days() {
    let short = ["run.length=\"8 weeks\"", "run.warm_up=\"26 weeks\""];
    let without = model("", &short);
    // The whole of the eight weeks, five days at a time.
    let days: Vec<String> = (0..11)
        .map(|event| {
            let first = jiff::civil::date(2024, 9, 2);
            first.saturating_add(jiff::Span::new().days(5 * event)).to_string()
        })
        .collect();
    let with = model(&format!("[coordination.levers]\nmade = [{}]\n", days.join(", ")), &short);
    let disputes = "disputes_per_day.hospital+social_care";
    let (with_it, without_it) = (
        value(&with, &with.simulate(0), disputes),
        value(&without, &without.simulate(0), disputes),
    );
    assert!(with_it < 0.1 * without_it, "{with_it} against {without_it}");
}

#[test]
fn assessing_at_home_moves_work_and_does_not_abolish_it() {
    let short = ["run.length=\"52 weeks\"", "run.warm_up=\"26 weeks\""];
    let in_hospital = model("", &short);
    let at_home = model(
        "[[changes]]\non = 2024-09-02\nset.coordination.levers.discharge_to_assess = 1.0\n",
        &short,
    );
    let (mut before, mut after) = (0.0, 0.0);
    for replication in 0..6 {
        before += value(&in_hospital, &in_hospital.simulate(replication), "pressure.social_care");
        after += value(&at_home, &at_home.simulate(replication), "pressure.social_care");
    }
    assert!((after / before - 1.0).abs() < 0.02, "{after} against {before}");
    let p3 = |model: &Model| value(model, &model.simulate(0), "delay_days.p3");
    assert!(p3(&at_home) < p3(&in_hospital));
}
