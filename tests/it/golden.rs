//! Nothing changes unnoticed: each shipped scenario, run three times, gives the figures it gave before.
//!
//! A difference is not wrong in itself; it needs a sentence of reason in its commit.

use std::fmt::Write as _;
use std::path::Path;

use homeward::experiment::{self, CheckResult, Plan, Quiet, Summary};
use homeward::model::{Log, compile, measures};
use homeward::scenario::Scenario;
use homeward::statistics::Estimate;

/// All measures of three replications, to four digits.
fn figures(path: &Path) -> String {
    let scenario = Scenario::read(path, &[]).expect("a shipped scenario has no mistakes");
    let model = compile(&scenario);
    let runs: Vec<Vec<f64>> =
        (0..3).map(|number| measures::values(&model, &model.simulate(number))).collect();
    assert_eq!(
        format!("{:?}", model.simulate(0)),
        format!("{:?}", model.simulate_recorded(0, Log::default()).0),
        "listening changes nothing"
    );
    let mut text = String::new();
    for (index, (name, measure)) in measures::names(&model).iter().enumerate() {
        let estimate = Estimate::of(runs.iter().map(|values| values[index]));
        writeln!(text, "{name:<50} {:>12} {}", four_digits(estimate.mean), measure.unit)
            .expect("a string takes everything");
    }
    text
}

fn four_digits(value: f64) -> String {
    if value == 0.0 || !value.is_finite() {
        return format!("{value}");
    }
    let digits = (3 - value.abs().log10().floor() as i32).clamp(0, 9);
    format!("{value:.*}", usize::try_from(digits).expect("clamped"))
}

#[test]
fn shipped_scenarios_give_the_figures_they_gave() {
    insta::glob!("../../scenarios", "*.toml", |path| {
        insta::assert_snapshot!(figures(path));
    });
}

/// The checks of a scenario, run as often as it says.
fn checks(path: &str, sets: &[&str]) -> Vec<CheckResult> {
    let sets: Vec<String> = sets.iter().map(|&set| set.to_owned()).collect();
    let scenario = Scenario::read(Path::new(path), &sets);
    let scenario = scenario.expect("a shipped scenario has no mistakes");
    let model = compile(&scenario);
    let never = std::sync::atomic::AtomicBool::new(false);
    let runs = experiment::run(&model, &Plan::of(&scenario), &[], &Quiet, &never);
    Summary::of(&scenario, &model, &runs.expect("nobody stops it")).checks
}

#[test]
fn the_baseline_reproduces_its_checks() {
    let checks = checks("scenarios/baseline.toml", &[]);
    assert!(checks.len() >= 30);
    for check in &checks {
        assert!(check.in_band, "{} is {:?}", check.name, check.estimate);
    }
}

/// With the relationship layer and nobody doing anything, the place is the same place: all its checks
/// hold in the baseline's own year, and no figure moves by more than a fifth of its band.
#[test]
fn doing_nothing_reproduces_the_checks_of_the_baseline() {
    // The baseline's own year and warm-up, with the layer switched on.
    let year = ["run.warm_up=\"26 weeks\"", "run.length=\"52 weeks\""];
    for check in checks("scenarios/coordination.toml", &year) {
        assert!(check.in_band, "{} is {:?}", check.name, check.estimate);
    }
    // And after a year of warm-up hardly any figure is another than without the layer.
    let plain = checks("scenarios/baseline.toml", &["run.warm_up=\"52 weeks\""]);
    let layered = checks("scenarios/coordination.toml", &["run.length=\"52 weeks\""]);
    assert_eq!(plain.len(), layered.len());
    for (plain, layered) in plain.iter().zip(&layered) {
        assert_eq!(plain.name, layered.name);
        let moved = (layered.estimate.mean - plain.estimate.mean) / (plain.high - plain.low);
        assert!(moved.abs() < 0.2, "{} moves by {moved} of its band", plain.name);
    }
}

#[test]
fn by_hand_comes_out_as_worked_out_by_hand() {
    let scenario = Scenario::read(Path::new("scenarios/by_hand.toml"), &[]);
    let scenario = scenario.expect("it has no mistakes");
    let model = compile(&scenario);
    let values = measures::values(&model, &model.simulate(0));
    let names = measures::names(&model);
    assert_eq!(scenario.base.checks.len(), 9);
    for (name, check) in &scenario.base.checks {
        let index = names.iter().position(|(known, _)| *known == check.measure);
        let value = values[index.expect("the measure exists")];
        assert!((value - check.official).abs() < 1e-9, "{name}: {value}");
    }
}
