//! `homeward sweep`: runs a scenario at many points and writes a row for each replication.

pub(super) mod folder;
mod progress;

use std::path::{Path, PathBuf};

use anyhow::Context;

use self::folder::SweepFolder;
use self::progress::Bar;
use super::scenario::tell_warm_up;
use super::{Failure, output, stop};
use crate::experiment::sweep::{Ended, Shard, Study};
use crate::report::sweep::{differs, files, manifest};

/// The arguments of `homeward sweep`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// What is varied, and which points are tried: a TOML file
    sweep: PathBuf,
    /// Write points.csv, rows.csv, failed.csv and manifest.json into this folder; if not said, it is
    /// called like the sweep
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Go on where an earlier run into the folder was stopped; begin, if there was none
    #[arg(long)]
    resume: bool,
    /// Run one part of several, such as 3/8; `homeward merge` joins them
    #[arg(long, value_name = "K/N", default_value_t = Shard::WHOLE, hide_default_value = true)]
    shard: Shard,
    /// Write the rows to this file of the folder as well when all are there, such as rows.parquet
    #[arg(long, value_name = "FILE.parquet", value_parser = parquet_name)]
    rows: Option<String>,
    /// How many threads to use; all cores, if not said. The result does not depend on it
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
}

/// Runs a sweep.
pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let study = Study::read(&args.sweep)?;
    let warnings = &study.sweep.scenario.warnings;
    if !warnings.is_empty() {
        output::note(warnings.long(output::stderr_has_colour()).trim_end());
    }
    tell_warm_up(&study.sweep.scenario.name, study.warm_up);
    let path = args.out.clone().unwrap_or_else(|| usual_folder(&study, args.shard));
    let folder = SweepFolder::take(&path)?;
    prepare(&folder, &study, args)?;
    let (found, mut tables) = folder.go_on(&study, study.order(args.shard))?;
    let rest = found.rest;
    let (done, rows) = (rest.from, rest.order.len());
    let bar = Bar::new(done, rows);
    let threads = args.threads.map(usize::from);
    let ended = study.run(rest, threads, &mut tables, &bar, stop::on_request());
    drop(bar);
    match ended.map_err(anyhow::Error::new)? {
        Ended::Done => {
            if let Some(name) = args.rows.as_ref().or(study.sweep.parquet.as_ref()) {
                folder.write_parquet(name)?;
            }
            output::result(&summary(&folder, &study, args.shard)?)
        }
        Ended::Cancelled => {
            output::note(&format!(
                "stopped; what had ended is in {}\ngo on with: {}",
                path.display(),
                again(args, &path)
            ));
            Err(Failure::Told(stop::STOPPED))
        }
        Ended::Full(error) => Err(Failure::Other(anyhow::Error::new(error).context(format!(
            "failed to write into {}; what had been written is kept, and --resume goes on from there",
            path.display()
        )))),
    }
}

/// Makes the folder ready, or says why it cannot be used. What is in it is never written over.
fn prepare(folder: &SweepFolder, study: &Study, args: &Args) -> Result<(), Failure> {
    let wanted = manifest(study, args.shard);
    let path = folder.file("");
    let path = path.display();
    match folder.manifest()? {
        None if folder.has_tables() && !args.resume => Err(Failure::Usage(format!(
            "{path} holds tables already; choose another folder with --out, or write over them with --resume"
        ))),
        None => folder.begin(study, &wanted),
        Some(_) if !args.resume => Err(Failure::Usage(format!(
            "{path} holds a sweep already; go on with it by --resume, or choose another folder with --out"
        ))),
        Some(found) => match differs(&found, &wanted) {
            None => Ok(()),
            Some(why) => Err(Failure::Usage(format!(
                "{path} holds another sweep: {why}\n  choose another folder with --out"
            ))),
        },
    }
}

/// Reads the name of a Parquet file in the folder.
pub(super) fn parquet_name(text: &str) -> Result<String, String> {
    let is_name = !text.contains(['/', '\\']) && text.len() > ".parquet".len();
    match is_name && text.ends_with(".parquet") {
        true => Ok(text.to_owned()),
        false => Err("it must be the name of a file that ends in .parquet".to_owned()),
    }
}

/// `beds` for `sweeps/beds.toml`, `beds-3-of-8` for a part of it.
fn usual_folder(study: &Study, shard: Shard) -> PathBuf {
    let name = &study.sweep.name;
    match shard {
        Shard::WHOLE => PathBuf::from(name),
        Shard { part, of } => PathBuf::from(format!("{name}-{part}-of-{of}")),
    }
}

/// The command that goes on.
fn again(args: &Args, folder: &Path) -> String {
    let mut command = format!("homeward sweep {} --out {}", args.sweep.display(), folder.display());
    if args.shard != Shard::WHOLE {
        command += &format!(" --shard {}", args.shard);
    }
    command + " --resume"
}

/// What was run, in a few lines.
fn summary(folder: &SweepFolder, study: &Study, shard: Shard) -> Result<String, Failure> {
    let path = folder.file(files::FAILED);
    let failed = std::fs::read_to_string(&path)
        .with_context(|| format!("failed to read {}", path.display()))?;
    let failed = failed.lines().count().saturating_sub(1);
    let points = study.order(shard).points();
    let mut text = format!(
        "{points} points, each run {}, are in {}\n",
        match study.sweep.replications {
            1 => "once".to_owned(),
            times => format!("{times} times"),
        },
        folder.file(files::ROWS).display()
    );
    if failed > 0 {
        let them = if failed == 1 { "1 of them" } else { &format!("{failed} of them") };
        text += &format!("{them} could not be run: {} says why\n", path.display());
    }
    Ok(text)
}
