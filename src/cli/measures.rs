//! `homeward measures`.
use super::Failure;
/// The arguments.
#[derive(Debug, clap::Args)]
pub(super) struct Args {}
/// Runs it.
pub(super) fn run(_: &Args) -> Result<(), Failure> { Ok(()) }
