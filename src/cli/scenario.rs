//! Reading a scenario as the command line asks for it.

use std::path::PathBuf;

use clap::Args;

use crate::model::{self, Model, measures};
use crate::scenario::Scenario;

use super::{Failure, output};

/// The scenario that runs when none is named.
pub(super) const BASELINE: &str = "scenarios/baseline.toml";

/// Which scenario, and what to change in it.
#[derive(Debug, Args)]
pub(super) struct Options {
    /// The scenario: a file, or the name of one that comes with the program
    #[arg(default_value = BASELINE)]
    pub(super) scenario: PathBuf,
    /// Change a value of the scenario, such as --set places.ward.capacity=720; may be repeated
    #[arg(long, value_name = "PATH=VALUE")]
    pub(super) set: Vec<String>,
    /// The number from which all randomness follows: the same seed gives the same people
    #[arg(long, value_name = "N")]
    pub(super) seed: Option<u64>,
}

impl Options {
    /// The baseline, unchanged.
    pub(super) fn baseline() -> Options {
        Options { scenario: BASELINE.into(), set: Vec::new(), seed: None }
    }

    /// Reads the scenario, with `more` changes after those of the options, and compiles it. What is
    /// allowed but probably not meant is told on stderr.
    pub(super) fn read(&self, more: &[String]) -> Result<(Scenario, Model), Failure> {
        let mut sets = self.set.clone();
        sets.extend(self.seed.map(|seed| format!("run.seed={seed}")));
        sets.extend_from_slice(more);
        let scenario = Scenario::read(&self.scenario, &sets)?;
        if !scenario.warnings.is_empty() {
            output::note(scenario.warnings.long(output::stderr_has_colour()).trim_end());
        }
        let model = model::compile(&scenario);
        let unknown = unknown_measures(&scenario, &model);
        if unknown.is_empty() {
            Ok((scenario, model))
        } else {
            Err(Failure::Usage(unknown.join("\n")))
        }
    }
}

/// Checks of measures that the scenario does not have: what to say of each.
pub(super) fn unknown_measures(scenario: &Scenario, model: &Model) -> Vec<String> {
    let names = measures::names(model);
    scenario
        .base
        .checks
        .iter()
        .filter(|(_, check)| names.iter().all(|(name, _)| *name != check.measure))
        .map(|(name, check)| {
            let distance = |known: &str| strsim::damerau_levenshtein(known, &check.measure);
            let nearest = names.iter().min_by_key(|(known, _)| distance(known));
            let nearest = nearest.map_or("", |(known, _)| known.as_str());
            format!(
                "`checks.{name}.measure` is {:?}; this scenario has no such measure\n  did you mean \
                 `{nearest}`? `homeward measures {}` lists them all",
                check.measure, scenario.name
            )
        })
        .collect()
}
