//! `homeward ripple`: what each organisation's steps do to every organisation.

use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use anyhow::Context;

use super::progress::Terminal;
use super::save::Folder;
use super::scenario::{Changes, Repetition, read};
use super::{Failure, output};
use crate::experiment::{Batch, Ripples};
use crate::report;

/// The file that `--out` always writes.
const FILE: &str = "ripple.json";

/// The arguments of `homeward ripple`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The scenario: a file, or the name of one that comes with the program
    scenario: PathBuf,
    #[command(flatten)]
    changes: Changes,
    #[command(flatten)]
    repetition: Repetition,
    /// Write ripple.json and a heat map for each outcome as SVG and PNG into this folder
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Show every effect as JSON
    #[arg(long)]
    json: bool,
}

/// Runs a scenario with every step and without.
pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let mut sets = args.changes.sets();
    sets.extend(args.repetition.sets());
    let (scenario, model) = read(&args.scenario, &sets)?;
    let folder = args.out.as_deref().map(|path| Folder::open(path, &[FILE])).transpose()?;
    let ripples = Ripples::new(&scenario, &model)?;
    let batch =
        Batch { replications: scenario.base.run.replications, threads: args.repetition.threads() };
    let progress = Terminal::new(ripples.worlds());
    let found = ripples.run(batch, &progress, &AtomicBool::new(false));
    let found = found.map_err(anyhow::Error::new)?;
    drop(progress);
    let json = serde_json::to_string_pretty(&report::ripple::ripple_json(&found))
        .context("failed to write JSON")?;
    if let Some(folder) = folder {
        folder.file(FILE, format!("{json}\n").as_bytes())?;
        folder.pictures(&report::ripple::pictures(&found))?;
    }
    if args.json {
        return output::result(&format!("{json}\n"));
    }
    output::result(&report::ripple::ripple(&output::page(), &found))
}
