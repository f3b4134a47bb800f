//! `homeward new`: writes a commented scenario to start from.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::PathBuf;

use anyhow::Context;

use super::{Failure, output};

/// What is written, with the word NAME where the name belongs.
const TEMPLATE: &str = include_str!("new.toml");

/// The arguments of `homeward new`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The name of the scenario; the file is NAME.toml
    name: PathBuf,
}

/// Writes the scenario; a file that is there already stays as it is.
pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let is_toml = args.name.extension().is_some_and(|ending| ending == "toml");
    let path = if is_toml { args.name.clone() } else { added_ending(&args.name) };
    let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    let plain = |c: char| c.is_alphanumeric() || "-_ .".contains(c);
    if stem.is_empty() || !stem.chars().all(plain) {
        return Err(Failure::Usage(format!(
            "{:?} is no name for a scenario; use letters, digits, hyphens and underscores",
            args.name.display().to_string()
        )));
    }
    let mut file = match OpenOptions::new().write(true).create_new(true).open(&path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            let text = format!("{} is there already, and stays as it is", path.display());
            return Err(Failure::Other(anyhow::anyhow!(text)));
        }
        Err(error) => {
            let context = format!("failed to write {}", path.display());
            return Err(Failure::Other(anyhow::Error::new(error).context(context)));
        }
    };
    let failed = || format!("failed to write {}", path.display());
    file.write_all(TEMPLATE.replace("NAME", stem).as_bytes()).with_context(failed)?;
    let path = path.display();
    output::result(&format!("{path} is written. Next: homeward run {path}\n"))
}

/// `NAME.toml`, also if NAME has a dot in it.
fn added_ending(name: &std::path::Path) -> PathBuf {
    let mut name = name.as_os_str().to_owned();
    name.push(".toml");
    name.into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Scenario;

    #[test]
    fn what_is_written_has_no_mistakes_and_gives_no_warnings() {
        let scenario =
            Scenario::parse("new.toml", TEMPLATE).unwrap_or_else(|mistakes| panic!("{mistakes}"));
        assert!(scenario.warnings.is_empty(), "{}", scenario.warnings);
    }
}
