//! The folder that a sweep is written into. One run at a time has it, and nothing in it is overwritten.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{BufReader, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow};
use serde_json::Value;

use crate::cli::Failure;
use crate::experiment::sweep::{Order, Study};
use crate::report::sweep::{Rows, SoFar, files, parquet, points_csv, so_far};

/// The file by whose lock others know that somebody writes here. The system gives the lock back when the
/// program ends, however it ends.
const LOCK: &str = ".lock";

/// A folder of our own.
#[derive(Debug)]
pub(in crate::cli) struct SweepFolder {
    path: PathBuf,
    _lock: File,
}

impl SweepFolder {
    /// Makes the folder, if need be, and takes it.
    pub(in crate::cli) fn take(path: &Path) -> Result<SweepFolder, Failure> {
        fs::create_dir_all(path).with_context(|| format!("failed to make {}", path.display()))?;
        let lock = path.join(LOCK);
        let failed = || format!("failed to write {}", lock.display());
        let file = OpenOptions::new().write(true).create(true).truncate(false).open(&lock);
        let file = file.with_context(failed)?;
        match file.try_lock() {
            Ok(()) => Ok(SweepFolder { path: path.to_owned(), _lock: file }),
            Err(TryLockError::WouldBlock) => Err(Failure::Other(anyhow!(
                "another run is writing into {}; wait for it, or choose another folder with --out",
                path.display()
            ))),
            Err(TryLockError::Error(error)) => {
                Err(Failure::Other(anyhow::Error::new(error).context(failed())))
            }
        }
    }

    /// The path of a file in it.
    pub(in crate::cli) fn file(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    /// The manifest of the sweep that is in it, if there is one.
    pub(in crate::cli) fn manifest(&self) -> Result<Option<Value>, Failure> {
        read_manifest(&self.path)
    }

    /// Whether there are tables without a manifest: somebody else's, or of a run that was killed at once.
    pub(in crate::cli) fn has_tables(&self) -> bool {
        [files::POINTS, files::ROWS, files::FAILED].iter().any(|name| self.file(name).exists())
    }

    /// Writes the points and then the manifest: where there is a manifest, all points are there.
    pub(in crate::cli) fn begin(&self, study: &Study, manifest: &Value) -> Result<(), Failure> {
        for name in [files::ROWS, files::FAILED] {
            if self.file(name).exists() {
                fs::remove_file(self.file(name)).with_context(|| self.failed_to_write(name))?;
            }
        }
        self.write_whole(files::POINTS, |file| Ok(points_csv(study, file)?))?;
        self.write_manifest(manifest)
    }

    /// Writes the manifest.
    pub(in crate::cli) fn write_manifest(&self, manifest: &Value) -> Result<(), Failure> {
        let text = serde_json::to_string_pretty(manifest).context("failed to write JSON")?;
        self.write_whole(files::MANIFEST, |file| Ok(writeln!(file, "{text}")?))
    }

    /// Writes the rows, which are all there, as Parquet.
    pub(in crate::cli) fn write_parquet(&self, name: &str) -> Result<(), Failure> {
        let rows = self.file(files::ROWS);
        self.write_whole(name, |file| Ok(parquet(BufReader::new(File::open(&rows)?), file)?))
    }

    /// Writes a file that is either there as a whole or not at all.
    pub(in crate::cli) fn write_whole(
        &self,
        name: &str,
        write: impl FnOnce(&mut File) -> anyhow::Result<()>,
    ) -> Result<(), Failure> {
        let half = self.file(&format!(".{name}.half"));
        let written = File::create(&half).map_err(anyhow::Error::new).and_then(|mut file| {
            write(&mut file)?;
            file.sync_all()?;
            Ok(fs::rename(&half, self.file(name))?)
        });
        written.with_context(|| self.failed_to_write(name))?;
        Ok(())
    }

    /// How far the sweep in it has got, with its tables opened to go on from there.
    pub(in crate::cli) fn go_on(
        &self,
        study: &Study,
        order: Order,
    ) -> Result<(SoFar, Rows<File, File>), Failure> {
        let open = |name: &str| {
            let mut options = OpenOptions::new();
            let options = options.read(true).write(true).create(true).truncate(false);
            options.open(self.file(name)).with_context(|| self.failed_to_write(name))
        };
        let (mut rows, mut failed) = (open(files::ROWS)?, open(files::FAILED)?);
        let found = so_far(order, BufReader::new(&rows), BufReader::new(&failed))
            .with_context(|| format!("{} cannot be gone on with", self.path.display()))?;
        let cut = |file: &mut File, end| file.set_len(end).and(file.seek(SeekFrom::Start(end)));
        // Unless both headers are whole, nothing was written after them.
        if found.rows_end == 0 || found.failed_end == 0 {
            cut(&mut rows, 0).with_context(|| self.failed_to_write(files::ROWS))?;
            cut(&mut failed, 0).with_context(|| self.failed_to_write(files::FAILED))?;
            let tables = Rows::begin(study, rows, failed);
            return Ok((found, tables.with_context(|| self.failed_to_write(files::ROWS))?));
        }
        cut(&mut rows, found.rows_end).with_context(|| self.failed_to_write(files::ROWS))?;
        cut(&mut failed, found.failed_end).with_context(|| self.failed_to_write(files::FAILED))?;
        Ok((found, Rows::after_headers(rows, failed)))
    }

    fn failed_to_write(&self, name: &str) -> String {
        format!("failed to write {}", self.file(name).display())
    }
}

/// The manifest in a folder, if there is one.
pub(in crate::cli) fn read_manifest(folder: &Path) -> Result<Option<Value>, Failure> {
    let path = folder.join(files::MANIFEST);
    if !path.exists() {
        return Ok(None);
    }
    let failed = || format!("failed to read {}", path.display());
    let text = fs::read_to_string(&path).with_context(failed)?;
    Ok(Some(serde_json::from_str(&text).with_context(failed)?))
}
