//! Files that a command writes.

use std::fs::{self, File, OpenOptions};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::report::pictures::Picture;

/// Creates a file for a result.
pub(super) fn create(path: &Path) -> Result<BufWriter<File>> {
    let file = File::create(path).with_context(|| format!("failed to write {}", path.display()))?;
    Ok(BufWriter::new(file))
}

/// A folder for results.
#[derive(Debug)]
pub(super) struct Folder {
    path: PathBuf,
}

impl Folder {
    /// Makes the folder, and makes sure that these files can be written there. What an earlier run
    /// left stays until this one has finished.
    pub(super) fn open(path: &Path, files: &[&str]) -> Result<Folder> {
        fs::create_dir_all(path).with_context(|| format!("failed to make {}", path.display()))?;
        for name in files {
            let file = path.join(name);
            OpenOptions::new()
                .append(true)
                .create(true)
                .open(&file)
                .with_context(|| format!("failed to write {}", file.display()))?;
        }
        Ok(Folder { path: path.to_owned() })
    }

    /// Writes pictures as SVG, and as PNG for slides.
    pub(super) fn pictures(&self, pictures: &[Picture]) -> Result<()> {
        pictures.iter().try_for_each(|picture| {
            self.file(&format!("{}.svg", picture.name()), picture.svg().as_bytes())?;
            let png = picture.png().map_err(anyhow::Error::msg)?;
            self.file(&format!("{}.png", picture.name()), &png)
        })
    }

    /// Writes a file.
    pub(super) fn file(&self, name: &str, bytes: &[u8]) -> Result<()> {
        let path = self.path.join(name);
        let mut file = create(&path)?;
        file.write_all(bytes)
            .and_then(|()| file.flush())
            .with_context(|| format!("failed to write {}", path.display()))
    }
}
