//! `homeward validate-behaviours`: whether the relationship layer behaves as it must.

use std::sync::atomic::AtomicBool;

use anyhow::Context;

use super::progress::Terminal;
use super::{Failure, output};
use crate::experiment::behaviours::{Worlds, judge, share_of_draws};
use crate::report;

/// The arguments of `homeward validate-behaviours`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// How often each policy is run with the defaults
    #[arg(long, value_name = "N", default_value_t = 60,
        value_parser = clap::value_parser!(u32).range(2..=10_000))]
    replications: u32,
    /// How many draws of all parameters from their ranges; none if 0
    #[arg(long, value_name = "N", default_value_t = 150,
        value_parser = clap::value_parser!(u32).range(0..=10_000))]
    draws: u32,
    /// How often each policy is run in each draw
    #[arg(long, value_name = "N", default_value_t = 6,
        value_parser = clap::value_parser!(u32).range(1..=10_000))]
    replications_per_draw: u32,
    /// The number from which all randomness follows
    #[arg(long, value_name = "N", default_value_t = 2024)]
    seed: u64,
    /// How many threads; all cores, if not said
    #[arg(long, value_name = "N")]
    threads: Option<std::num::NonZeroUsize>,
    /// Show the result as JSON
    #[arg(long)]
    json: bool,
}

/// Judges the behaviours at the defaults, and in draws of the parameters.
pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let worlds = Worlds::new(args.seed)?;
    let threads = args.threads.map(std::num::NonZeroUsize::get);
    let never = AtomicBool::new(false);
    let progress = Terminal::new(1);
    let verdicts = judge(&worlds, args.replications, threads, &progress, &never)
        .map_err(anyhow::Error::new)?;
    drop(progress);
    let mut shares = Vec::new();
    if args.draws > 0 {
        let progress = Terminal::new(1);
        let each = args.replications_per_draw;
        shares = share_of_draws(&worlds, args.draws, each, threads, &progress, &never)
            .map_err(anyhow::Error::new)?;
    }
    if args.json {
        let json = report::behaviours_json(&verdicts, &shares);
        let text = serde_json::to_string_pretty(&json).context("failed to write JSON")?;
        return output::result(&format!("{text}\n"));
    }
    output::result(&report::behaviours(&output::page(), &verdicts, &shares))
}
