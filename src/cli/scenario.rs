//! Reading a scenario as the command line asks for it.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::experiment::{self, Drift, Runs, WarmUp};
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
    #[command(flatten)]
    changes: Changes,
}

/// What to change in a scenario, or in all of them if there are several.
#[derive(Debug, Default, Args)]
pub(super) struct Changes {
    /// Change a value of the scenario, such as --set places.ward.capacity=720; may be repeated
    #[arg(long, value_name = "PATH=VALUE")]
    set: Vec<String>,
    /// The number from which all randomness follows: the same seed gives the same people
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
}

/// How often to run, and on how many threads.
#[derive(Debug, Default, Args)]
pub(super) struct Repetition {
    /// How many times to repeat the run with other random numbers; the scenario's, if not said
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    replications: Option<u32>,
    /// How many threads to use; all cores, if not said. The result does not depend on it
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
}

impl Options {
    /// The baseline, unchanged.
    pub(super) fn baseline() -> Options {
        Options { scenario: BASELINE.into(), changes: Changes::default() }
    }

    /// Reads the scenario, with `more` changes after those of the options, and compiles it.
    pub(super) fn read(&self, more: &[String]) -> Result<(Scenario, Model), Failure> {
        let mut sets = self.changes.sets();
        sets.extend_from_slice(more);
        read(&self.scenario, &sets)
    }
}

impl Changes {
    /// The changes, each as `path=value`.
    pub(super) fn sets(&self) -> Vec<String> {
        let seed = self.seed.map(|seed| format!("run.seed={seed}"));
        self.set.iter().cloned().chain(seed).collect()
    }
}

impl Repetition {
    /// The number of replications as a change, if it is given.
    pub(super) fn sets(&self) -> Vec<String> {
        self.replications.iter().map(|count| format!("run.replications={count}")).collect()
    }

    /// How many threads to use, if it is given.
    pub(super) fn threads(&self) -> Option<usize> {
        self.threads.map(usize::from)
    }
}

/// Reads a scenario with some changes, each `path=value`, and compiles it. What is allowed but
/// probably not meant is told on stderr. If its warm-up is to be found, it is found now.
pub(super) fn read(path: &Path, sets: &[String]) -> Result<(Scenario, Model), Failure> {
    read_beside(None, path, sets)
}

/// Reads a scenario that is set beside a base: if its warm-up is to be found, it is that of the base.
pub(super) fn read_beside(
    base: Option<&Scenario>,
    path: &Path,
    sets: &[String],
) -> Result<(Scenario, Model), Failure> {
    let mut scenario = Scenario::read(path, sets)?;
    if !scenario.warnings.is_empty() {
        output::note(scenario.warnings.long(output::stderr_has_colour()).trim_end());
    }
    match base {
        Some(base) if scenario.base.run.warm_up.found => {
            scenario = scenario.with_warm_up(base.base.run.warm_up.length)?;
        }
        _ => {
            let found;
            (scenario, found) = experiment::settle(scenario)?;
            tell_warm_up(&scenario.name, found);
        }
    }
    let model = model::compile(&scenario);
    let unknown = unknown_measures(&scenario, &model);
    if unknown.is_empty() { Ok((scenario, model)) } else { Err(Failure::Usage(unknown.join("\n"))) }
}

/// Says which warm-up was found, if one was.
pub(super) fn tell_warm_up(name: &str, found: Option<WarmUp>) {
    let Some(WarmUp { days, unsettled }) = found else { return };
    output::note(&format!("{name}: a warm-up of {days} days was found"));
    if unsettled {
        output::note(&format!(
            "warning: the longest pilot runs of {name} had not settled: what they need may be above what can \
             be served; `homeward check` lists the loads"
        ));
    }
}

/// Says so if runs have not settled.
pub(super) fn tell_drift(scenario: &Scenario, runs: &Runs) {
    if let Some(Drift { first, change }) = experiment::drift(scenario, runs) {
        output::note(&format!(
            "warning: {} has not settled: {:.0} people were on their way in the first half of the measured \
             time, {:.0} in the second; a longer run.warm_up may help, or what is needed is above what can be \
             served",
            scenario.name,
            first,
            first + change.mean
        ));
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
