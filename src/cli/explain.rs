//! `homeward explain`: which change brought which part of a difference, and what goes with a cause.

use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use anyhow::Context;
use serde_json::Value;

use super::progress::Terminal;
use super::save::Folder;
use super::scenario::{Changes, Repetition};
use super::{Failure, compare, output};
use crate::experiment::{Batch, Question, Without, causes, usual_targets};
use crate::model::{Model, measures};
use crate::report::explain as report;
use crate::scenario::Scenario;

/// The file that `--out` always writes.
const FILE: &str = "explain.json";

/// The arguments of `homeward explain`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The scenario that the other is compared with: a file, or the name of a shipped one
    base: PathBuf,
    /// The other scenario; without it, causes of delay are removed from BASE
    other: Option<PathBuf>,
    /// Take the difference in this measure apart, such as delay_days.p1; may be repeated. People waiting
    /// and delay, if not said
    #[arg(long, value_name = "MEASURE", requires = "other")]
    measure: Vec<String>,
    /// Without OTHER: remove this cause of delay, such as hub_02; may be repeated. Each that the ledger
    /// has, if not said
    #[arg(long, value_name = "REASON", conflicts_with = "other")]
    without: Vec<String>,
    #[command(flatten)]
    changes: Changes,
    #[command(flatten)]
    repetition: Repetition,
    /// Write explain.json and the waterfalls as SVG and PNG into this folder
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Show the result as JSON
    #[arg(long)]
    json: bool,
}

/// Explains.
pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let others: Vec<PathBuf> = args.other.iter().cloned().collect();
    let scenarios = compare::read_all(&args.base, &others, &args.changes, &args.repetition)?;
    let names = compare::names(std::iter::once(&args.base).chain(&others));
    compare::must_be_comparable(&names, &scenarios)?;
    let folder = args.out.as_deref().map(|path| Folder::open(path, &[FILE])).transpose()?;
    let batch = Batch {
        replications: scenarios[0].0.base.run.replications,
        threads: args.repetition.threads(),
    };
    match scenarios.as_slice() {
        [base, other] => difference(args, &names, base, other, batch, folder.as_ref()),
        [base, ..] => without(args, base, batch, folder.as_ref()),
        [] => Ok(()),
    }
}

/// What makes the other different from the base.
fn difference(
    args: &Args,
    names: &[String],
    base: &(Scenario, Model),
    other: &(Scenario, Model),
    batch: Batch,
    folder: Option<&Folder>,
) -> Result<(), Failure> {
    let measures = measures_of(args, names, base, other)?;
    let question = Question::new((&names[0], &base.0, &base.1), (&names[1], &other.0, &other.1))?;
    let progress = Terminal::new(question.worlds());
    let never = AtomicBool::new(false);
    let found = question.answer(&measures, batch, &progress, &never).map_err(anyhow::Error::new)?;
    drop(progress);
    let json = report::explain_json(&found);
    if let Some(folder) = folder {
        folder.pictures(&report::pictures(&found))?;
    }
    show(args, folder, &json, || report::explain(&output::page(), &found))
}

/// What goes if a cause of delay goes.
fn without(
    args: &Args,
    base: &(Scenario, Model),
    batch: Batch,
    folder: Option<&Folder>,
) -> Result<(), Failure> {
    let known = causes(&base.1);
    if known.is_empty() {
        return Err(Failure::Usage(format!(
            "{} books no delay to any cause; name another scenario to explain the difference",
            base.0.name
        )));
    }
    let without = Without::new(&base.0, &base.1, &args.without).map_err(|unknown| {
        let of_one = |code: &String| {
            let distance = |known: &&String| strsim::damerau_levenshtein(known, code);
            let nearest = known.iter().min_by_key(distance).map_or("", String::as_str);
            format!(
                "{} books no delay to `{code}`\n  did you mean `{nearest}`? It has {}",
                base.0.name,
                known.join(", ")
            )
        };
        Failure::Usage(unknown.iter().map(of_one).collect::<Vec<String>>().join("\n"))
    })?;
    let progress = Terminal::new(without.worlds());
    let never = AtomicBool::new(false);
    let found = without.run(batch, &progress, &never).map_err(anyhow::Error::new)?;
    drop(progress);
    let json = report::without_json(&found);
    show(args, folder, &json, || report::without(&output::page(), &found))
}

/// Writes and prints a result.
fn show(
    args: &Args,
    folder: Option<&Folder>,
    json: &Value,
    page: impl FnOnce() -> String,
) -> Result<(), Failure> {
    let text = serde_json::to_string_pretty(json).context("failed to write JSON")?;
    if let Some(folder) = folder {
        folder.file(FILE, format!("{text}\n").as_bytes())?;
    }
    if args.json { output::result(&format!("{text}\n")) } else { output::result(&page()) }
}

/// Which measures to explain: those that are named, or people waiting and delay.
fn measures_of(
    args: &Args,
    names: &[String],
    base: &(Scenario, Model),
    other: &(Scenario, Model),
) -> Result<Vec<String>, Failure> {
    let known = |model: &Model| -> Vec<String> {
        measures::names(model).into_iter().map(|(name, _)| name).collect()
    };
    let known = [known(&base.1), known(&other.1)];
    if args.measure.is_empty() {
        let usual = usual_targets(&base.1, 1.0).into_iter().map(|target| target.measure);
        return Ok(usual.filter(|name| known[1].contains(name)).collect());
    }
    let mut unknown = Vec::new();
    for wanted in &args.measure {
        for (name, known) in names.iter().zip(&known) {
            if !known.contains(wanted) {
                unknown.push(compare::no_such_measure(name, wanted, known));
            }
        }
    }
    if unknown.is_empty() {
        Ok(args.measure.clone())
    } else {
        Err(Failure::Usage(unknown.join("\n")))
    }
}
