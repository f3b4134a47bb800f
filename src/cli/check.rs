//! `homeward check`: looks for mistakes in scenarios without running them, and draws their pathways.

use std::path::{Path, PathBuf};

use clap::ValueEnum;

use std::io::Write;

use anyhow::Context;

use super::scenario::unknown_measures;
use super::{Failure, output};
use crate::model::{self, Model, load};
use crate::report::{self, Drawing};
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
    /// Write the pathways as a picture, for a projector
    #[arg(long, value_name = "FILE.svg")]
    svg: Option<PathBuf>,
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
    if args.svg.is_some() && args.scenarios.len() > 1 {
        return Err(Failure::Usage("--svg draws one scenario at a time".to_owned()));
    }
    let mut sound = true;
    for path in &args.scenarios {
        sound &= check(path, args)?;
    }
    if sound { Ok(()) } else { Err(Failure::Told(2)) }
}

/// Checks one scenario; whether it can be run.
fn check(path: &Path, args: &Args) -> Result<bool, Failure> {
    let show = |diagnostics: &Diagnostics| {
        let text = match args.format {
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
    let model = model::compile(&scenario);
    let unknown = unknown_measures(&scenario, &model);
    for message in &unknown {
        output::note(&format!("{}: error: {message}", path.display()));
    }
    if !unknown.is_empty() {
        return Ok(false);
    }
    let loads = load::loads(&model);
    let warnings = report::sense::warnings(&model, &loads);
    if args.scenarios.len() == 1 && args.format == Format::Long {
        draw(&scenario, &model, &loads, args)?;
    }
    if !scenario.warnings.is_empty() {
        show(&scenario.warnings);
    }
    for warning in &warnings {
        let place = if args.format == Format::Short {
            format!("{}: ", path.display())
        } else {
            String::new()
        };
        output::note(&format!("{place}warning: {warning}"));
    }
    if scenario.warnings.is_empty() && warnings.is_empty() {
        output::result(&format!("{}: no mistakes found\n", path.display()))?;
    } else {
        output::result(&format!("{}: can be run, with warnings\n", path.display()))?;
    }
    Ok(true)
}

/// Draws the pathways and lists the loads.
fn draw(
    scenario: &Scenario,
    model: &Model,
    loads: &[load::Loads],
    args: &Args,
) -> Result<(), Failure> {
    let Some(first) = loads.first() else { return Ok(()) };
    let page = output::page();
    let drawing = Drawing::of(scenario, model, first);
    if let Some(path) = &args.svg {
        let written = super::save::create(path).and_then(|mut file| {
            file.write_all(drawing.svg().as_bytes())
                .and_then(|()| file.flush())
                .with_context(|| format!("failed to write {}", path.display()))
        });
        written?;
    }
    let mut out = drawing.terminal(&page);
    out += &report::sense::loads(&page, model, first);
    output::result(&format!("{}\n", out.trim_start_matches('\n')))
}
