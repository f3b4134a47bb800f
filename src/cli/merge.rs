//! `homeward merge`: joins the parts of a sweep.

use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow};
use serde_json::Value;

use super::sweep::folder::{SweepFolder, read_manifest};
use super::{Failure, output};
use crate::experiment::sweep::Shard;
use crate::report::sweep::{Part, differs, files, merge, order_of};

/// The arguments of `homeward merge`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The folders of all parts, in any order
    #[arg(required = true, value_name = "DIR")]
    parts: Vec<PathBuf>,
    /// Write the whole into this folder
    #[arg(long, value_name = "DIR", default_value = "merged")]
    out: PathBuf,
    /// Write the rows to this file of the folder as well, such as rows.parquet
    #[arg(long, value_name = "FILE.parquet", value_parser = super::sweep::parquet_name)]
    rows: Option<String>,
}

/// A part and its manifest without its shard.
struct Found<'a> {
    path: &'a Path,
    shard: Shard,
    manifest: Value,
}

/// Joins parts to the tables of a sweep that was not cut.
pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let mut found = args.parts.iter().map(|path| find(path)).collect::<Result<Vec<_>, _>>()?;
    found.sort_by_key(|part| part.shard);
    let wrong = mistakes(&found);
    if !wrong.is_empty() {
        return Err(Failure::Usage(wrong.join("\n")));
    }
    let manifest = &found[0].manifest;
    let order = order_of(manifest).ok_or_else(|| {
        anyhow!("{} is not a manifest of homeward", found[0].path.join(files::MANIFEST).display())
    })?;
    // Read once to see that all is there: nothing is written of what is not whole.
    merge(order, &mut open(&found)?, &mut io::sink(), &mut io::sink())
        .map_err(anyhow::Error::new)?;
    let folder = SweepFolder::take(&args.out)?;
    if folder.manifest()?.is_some() || folder.has_tables() {
        return Err(Failure::Usage(format!(
            "{} holds tables already; choose another folder with --out",
            args.out.display()
        )));
    }
    let points = found[0].path.join(files::POINTS);
    folder.write_whole(files::POINTS, |out| {
        std::io::copy(&mut File::open(&points)?, out)?;
        Ok(())
    })?;
    let mut failures = Vec::new();
    folder.write_whole(files::ROWS, |out| {
        let mut out = BufWriter::new(out);
        merge(order, &mut open(&found)?, &mut out, &mut failures)?;
        Ok(out.flush()?)
    })?;
    folder.write_whole(files::FAILED, |out| Ok(out.write_all(&failures)?))?;
    folder.write_manifest(manifest)?;
    if let Some(name) = &args.rows {
        folder.write_parquet(name)?;
    }
    let rows = folder.file(files::ROWS);
    output::result(&format!("{} parts are joined in {}\n", found.len(), rows.display()))
}

/// Opens the tables of all parts.
fn open(parts: &[Found<'_>]) -> anyhow::Result<Vec<Part<BufReader<File>>>> {
    let tables = parts.iter().map(|part| {
        let open = |name| File::open(part.path.join(name)).map(BufReader::new);
        let tables = open(files::ROWS).and_then(|rows| Ok((rows, open(files::FAILED)?)));
        tables
            .and_then(|(rows, failed)| Part::new(part.shard, rows, failed))
            .with_context(|| format!("failed to read {}", part.path.display()))
    });
    tables.collect()
}

/// The manifest of a part.
fn find(path: &Path) -> Result<Found<'_>, Failure> {
    let shown = path.display();
    let Some(mut manifest) = read_manifest(path)? else {
        let why = if fs::exists(path).unwrap_or(false) {
            "has no manifest.json"
        } else {
            "does not exist"
        };
        return Err(Failure::Usage(format!("{shown} is no part of a sweep: it {why}")));
    };
    let shard = manifest.as_object_mut().and_then(|keys| keys.shift_remove("shard"));
    let shard = shard.as_ref().and_then(Value::as_str).and_then(|shard| shard.parse().ok());
    let Some(shard) = shard else {
        return Err(Failure::Usage(format!("{shown} is a whole sweep: there is nothing to join")));
    };
    Ok(Found { path, shard, manifest })
}

/// Why parts are not those of one sweep; they are in order.
fn mistakes(parts: &[Found<'_>]) -> Vec<String> {
    let first = &parts[0];
    let mut wrong = Vec::new();
    for part in &parts[1..] {
        let (one, other) = (first.path.display(), part.path.display());
        if let Some(why) = differs(&first.manifest, &part.manifest) {
            wrong.push(format!("{one} and {other} are parts of different sweeps: {why}"));
        } else if first.shard.of != part.shard.of {
            let (of, other_of) = (first.shard.of, part.shard.of);
            wrong.push(format!("{one} is one of {of} parts and {other} one of {other_of}"));
        }
    }
    if !wrong.is_empty() {
        return wrong;
    }
    for pair in parts.windows(2).filter(|pair| pair[0].shard == pair[1].shard) {
        let (one, other) = (pair[0].path.display(), pair[1].path.display());
        wrong.push(format!("{one} and {other} are both part {}", pair[0].shard));
    }
    let of = first.shard.of;
    let is_there = |part: &u32| parts.iter().any(|found| found.shard.part == *part);
    let missing: Vec<String> =
        (1..=of).filter(|part| !is_there(part)).map(|part| format!("{part}/{of}")).collect();
    if !missing.is_empty() {
        const SHOWN: usize = 10;
        let more = missing.len().saturating_sub(SHOWN);
        let shown = missing[..missing.len().min(SHOWN)].join(", ");
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        wrong.push(format!("missing: part {shown}{more}"));
    }
    wrong
}
