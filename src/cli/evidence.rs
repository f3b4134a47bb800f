//! `homeward evidence`: lists the figures of a scenario with their sources.

use anyhow::Context;

use super::scenario::Options;
use super::{Failure, output};
use crate::report::grounds;
use crate::scenario::Grounds;

/// The arguments of `homeward evidence`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    options: Options,
    /// Show the list as JSON
    #[arg(long)]
    json: bool,
}

/// Lists the figures.
pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let (scenario, model) = args.options.read(&[])?;
    let found = Grounds::of(&scenario, &model.dyads());
    if args.json {
        let text = serde_json::to_string_pretty(&grounds::json(&scenario, &found))
            .context("failed to write JSON")?;
        return output::result(&format!("{text}\n"));
    }
    output::result(&grounds::list(&output::page(), &scenario.base.title, &found))
}
