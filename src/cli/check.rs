//! `homeward check`: looks for mistakes in scenarios without running them.

use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::scenario::unknown_measures;
use super::{Failure, output};
use crate::model;
use crate::scenario::{Diagnostics, Scenario};

/// The arguments of `homeward check`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The scenarios: files, or names of those that come with the program
    #[arg(required = true)]
    scenarios: Vec<PathBuf>,
    /// How mistakes are shown
    #[arg(long, value_enum, default_value_t = Format::Long)]
    format: Format,
}

/// How mistakes are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Each with its line of the text and what to do
    Long,
    /// One line each, for editors
    Short,
}

/// Checks scenarios. Mistakes go to stderr, as with every other command.
pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let mut sound = true;
    for path in &args.scenarios {
        sound &= check(path, args.format)?;
    }
    if sound { Ok(()) } else { Err(Failure::Told(2)) }
}

/// Checks one scenario; whether it can be run.
fn check(path: &Path, format: Format) -> Result<bool, Failure> {
    let show = |diagnostics: &Diagnostics| {
        let text = match format {
            Format::Long => diagnostics.long(output::stderr_has_colour()),
            Format::Short => diagnostics.short(),
        };
        output::note(text.trim_end());
    };
    let scenario = match Scenario::read(path, &[]) {
        Ok(scenario) => scenario,
        Err(mistakes) => {
            show(&mistakes);
            return Ok(false);
        }
    };
    let unknown = unknown_measures(&scenario, &model::compile(&scenario));
    for message in &unknown {
        output::note(&format!("{}: error: {message}", path.display()));
    }
    if !unknown.is_empty() {
        return Ok(false);
    }
    if scenario.warnings.is_empty() {
        output::result(&format!("{}: no mistakes found\n", path.display()))?;
    } else {
        show(&scenario.warnings);
        output::result(&format!("{}: can be run, with warnings\n", path.display()))?;
    }
    Ok(true)
}
