//! Files that a run writes.

use std::fs::{self, File, OpenOptions};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::experiment::Summary;
use crate::report::{self, pictures};
use crate::scenario::Scenario;

/// Creates a file for a result.
pub(super) fn create(path: &Path) -> Result<BufWriter<File>> {
    let file = File::create(path).with_context(|| format!("failed to write {}", path.display()))?;
    Ok(BufWriter::new(file))
}

/// A folder for the results of a run.
#[derive(Debug)]
pub(super) struct Folder {
    path: PathBuf,
}

impl Folder {
    /// Makes the folder, and makes sure that files can be written there. What an earlier run left
    /// stays until this one has finished.
    pub(super) fn open(path: &Path) -> Result<Folder> {
        fs::create_dir_all(path).with_context(|| format!("failed to make {}", path.display()))?;
        for name in ["result.json", "measures.csv", "scenario.toml"] {
            let file = path.join(name);
            OpenOptions::new()
                .append(true)
                .create(true)
                .open(&file)
                .with_context(|| format!("failed to write {}", file.display()))?;
        }
        Ok(Folder { path: path.to_owned() })
    }

    /// Writes everything.
    pub(super) fn write(&mut self, scenario: &Scenario, summary: &Summary) -> Result<()> {
        let json = serde_json::to_string_pretty(&report::json(summary))?;
        self.file("result.json", format!("{json}\n").as_bytes())?;
        let mut csv = Vec::new();
        report::measures_csv(summary, &mut csv)?;
        self.file("measures.csv", &csv)?;
        self.file("scenario.toml", scenario.text.as_bytes())?;
        for picture in pictures::of(summary) {
            self.file(&format!("{}.svg", picture.name()), picture.svg().as_bytes())?;
        }
        Ok(())
    }

    fn file(&self, name: &str, bytes: &[u8]) -> Result<()> {
        let path = self.path.join(name);
        let mut file = create(&path)?;
        file.write_all(bytes)
            .and_then(|()| file.flush())
            .with_context(|| format!("failed to write {}", path.display()))
    }
}
