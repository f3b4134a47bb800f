//! What several tests need: models from text, estimates over replications, and logs.

use std::path::{Path, PathBuf};

use homeward::engine::Time;
use homeward::model::{DAY, Entry, Log, Model, Observations, PersonId, compile, measures};
use homeward::scenario::Scenario;
use rayon::prelude::*;

/// The model of a scenario text, which must be sound.
pub(crate) fn model(text: &str) -> Model {
    match Scenario::parse("test.toml", text) {
        Ok(scenario) => compile(&scenario),
        Err(mistakes) => panic!("{}\n{text}", mistakes.long(false)),
    }
}

/// The model of a file of this project with some settings.
pub(crate) fn model_of_file(file: &str, sets: &[&str]) -> Model {
    let sets: Vec<String> = sets.iter().map(|set| (*set).to_owned()).collect();
    match Scenario::read(&project().join(file), &sets) {
        Ok(scenario) => compile(&scenario),
        Err(mistakes) => panic!("{}", mistakes.long(false)),
    }
}

/// The folder of this project.
pub(crate) fn project() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf()
}

/// The measures of several replications.
#[derive(Debug)]
pub(crate) struct Runs {
    names: Vec<String>,
    values: Vec<Vec<f64>>,
}

/// A mean over replications.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Estimate {
    pub(crate) mean: f64,
    pub(crate) standard_error: f64,
}

impl Runs {
    /// Runs a model so many times.
    pub(crate) fn of(model: &Model, replications: u32) -> Runs {
        let values = (0..replications)
            .into_par_iter()
            .map(|replication| measures::values(model, &model.simulate(replication)))
            .collect();
        Runs { names: measures::names(model).into_iter().map(|name| name.0).collect(), values }
    }

    /// The estimate of a measure, by its full name.
    pub(crate) fn estimate(&self, name: &str) -> Estimate {
        let index = self.names.iter().position(|known| known == name);
        let index = index.unwrap_or_else(|| panic!("`{name}` is none of {:?}", self.names));
        let values: Vec<f64> = self.values.iter().map(|run| run[index]).collect();
        estimate(&values)
    }

    /// Asserts that a measure has its expected value: within 4 standard errors, which must be
    /// smaller than `precision` of the value, so that the assertion can fail.
    #[track_caller]
    pub(crate) fn assert_mean(&self, name: &str, expected: f64, precision: f64) {
        let found = self.estimate(name);
        assert!(
            found.standard_error <= precision * expected.abs(),
            "`{name}` is too uncertain to tell: {found:?} for {expected}"
        );
        assert!(
            (found.mean - expected).abs() <= 4.0 * found.standard_error,
            "`{name}` is {found:?}, {:.1} standard errors from {expected}",
            (found.mean - expected) / found.standard_error
        );
    }
}

/// The mean of independent values, and its standard error.
pub(crate) fn estimate(values: &[f64]) -> Estimate {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    Estimate { mean, standard_error: (squares / (n - 1.0) / n).sqrt() }
}

/// One replication with everything that happened in it.
pub(crate) fn logged(model: &Model, replication: u32) -> (Observations, Vec<Entry>) {
    let (observed, log) = model.simulate_recorded(replication, Log::default());
    (observed, log.entries)
}

/// A person, whether they came back or not.
pub(crate) fn who(entry: &Entry) -> PersonId {
    PersonId { visit: 0, ..entry.person }
}

/// What happened to each person, in the order in which they came.
pub(crate) fn by_person(entries: &[Entry]) -> Vec<Vec<Entry>> {
    let mut ways: std::collections::BTreeMap<PersonId, Vec<Entry>> = Default::default();
    for entry in entries {
        ways.entry(who(entry)).or_default().push(*entry);
    }
    let mut ways: Vec<Vec<Entry>> = ways.into_values().collect();
    ways.sort_by_key(|way| way[0].time);
    ways
}

/// The position of a step that is called so, such as `home.treat`.
#[track_caller]
pub(crate) fn step(model: &Model, name: &str) -> u32 {
    let steps = &model.names.steps;
    let found = steps.iter().position(|step| step.id == name);
    found.unwrap_or_else(|| panic!("`{name}` is none of {steps:?}")) as u32
}

/// A time of the run: days, hours and minutes after its start.
pub(crate) fn at(day: u32, hour: u32, minute: u32) -> Time {
    Time::from_seconds(day * DAY + hour * 3_600 + minute * 60)
}
