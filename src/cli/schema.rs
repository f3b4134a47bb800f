//! `homeward schema`: the language of scenarios as a JSON Schema, and as a reference to read.

use anyhow::Context;

use super::{Failure, output};
use crate::report;
use crate::scenario::schema;

/// The arguments of `homeward schema`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Print the reference of the language as Markdown instead
    #[arg(long)]
    reference: bool,
}

/// Prints the schema.
pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let schema = schema::schema();
    if args.reference {
        return output::result(&report::reference(&schema));
    }
    let text = serde_json::to_string_pretty(&schema).context("failed to write JSON")?;
    output::result(&format!("{text}\n"))
}
