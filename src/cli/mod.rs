//! The command line: a file per command.
//!
//! Results go to stdout, everything else to stderr. The exit code is 0 if all went well, 1 if
//! something failed, and 2 if the command or the scenario was wrong.

mod analyse;
mod behaviours;
mod check;
mod compare;
mod evidence;
mod explain;
mod failure;
mod measures;
mod merge;
mod new;
mod output;
mod progress;
mod ripple;
mod run;
mod save;
mod scenario;
mod schema;
mod search;
mod stop;
mod story;
mod sweep;

use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

use self::failure::Failure;

/// Where the days of delay go when people leave hospital, and what coordination does to them.
///
/// Without a command, runs the baseline: `homeward run scenarios/baseline.toml`.
#[derive(Debug, Parser)]
#[command(name = "homeward", version, propagate_version = true, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run a scenario and show what it finds
    Run(run::Args),
    /// Run scenarios on the same people and show what differs
    ///
    /// All run with the seed of BASE and as often as BASE, unless --seed and --replications say
    /// otherwise. What --set changes is changed in all of them.
    Compare(compare::Args),
    /// Explain a difference: which change, and which coupling, brought which part of it
    ///
    /// Parts are Shapley values and add up to the whole. Without OTHER, each cause of delay is removed
    /// from BASE, to see how much delay really goes with it.
    Explain(explain::Args),
    /// Run a scenario at many points and write a row for each replication
    ///
    /// SWEEP.toml says what is varied, and which points are tried; docs/sweep.md tells how. Rows are
    /// written as they finish. A run that was stopped or killed goes on with --resume, and its tables
    /// are then those of one that was not, byte for byte.
    Sweep(sweep::Args),
    /// Join the parts of a sweep that was cut with --shard
    ///
    /// The files are those of a run that was not cut, byte for byte.
    Merge(merge::Args),
    /// Say what a sweep found: which factors matter, where an outcome holds, which choices are best
    ///
    /// Levers, which can be decided, and uncertainties, which nobody knows, are kept apart.
    Analyse(analyse::Args),
    /// Show what a small step of each organisation does to every organisation
    ///
    /// Two of 100 hours more for each other, for better handovers or for recovery; a tenth more staff or
    /// places: the effect of each on the delay, morale and cost of all, with its interval.
    Ripple(ripple::Args),
    /// Find the best of many options, or the cheapest that reaches a target
    ///
    /// Runs only as much as it takes for a stated chance of being right, on the same people in all.
    /// docs/analysis.md says how.
    Search(search::Args),
    /// Tell one person's way through hospital and home, in sentences
    Story(story::Args),
    /// Look for mistakes in scenarios without running them
    Check(check::Args),
    /// List every figure of a scenario with its source and how sure it is
    ///
    /// Of the relationship layer also those that the scenario does not write. It ends with how much
    /// of the result rests on assumptions.
    Evidence(evidence::Args),
    /// List the measures with their units and meanings
    Measures(measures::Args),
    /// Print the JSON Schema of scenarios, with which editors complete and check them
    Schema(schema::Args),
    /// Check that the relationship layer shows the behaviours it must show
    ///
    /// Runs what organisations may do in two years on the same people; then again with all parameters
    /// drawn from their ranges.
    ValidateBehaviours(behaviours::Args),
    /// Write a commented scenario to start from
    New(new::Args),
}

/// The definition of the command line, for tests and for documentation.
pub fn command() -> clap::Command {
    Cli::command()
}

/// Runs the program with the arguments of the process.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let result = match cli.command.unwrap_or_else(|| Command::Run(run::Args::baseline())) {
        Command::Run(args) => run::run(&args),
        Command::Compare(args) => compare::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Sweep(args) => sweep::run(&args),
        Command::Merge(args) => merge::run(&args),
        Command::Analyse(args) => analyse::run(&args),
        Command::Ripple(args) => ripple::run(&args),
        Command::Search(args) => search::run(&args),
        Command::Story(args) => story::run(&args),
        Command::Check(args) => check::run(&args),
        Command::Evidence(args) => evidence::run(&args),
        Command::Measures(args) => measures::run(&args),
        Command::Schema(args) => schema::run(&args),
        Command::ValidateBehaviours(args) => behaviours::run(&args),
        Command::New(args) => new::run(&args),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_command_line_is_sound() {
        super::command().debug_assert();
    }
}
