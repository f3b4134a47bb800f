//! `homeward run`: runs a scenario and shows what it finds.

use std::path::PathBuf;

use anyhow::Context;

use super::progress::Terminal;
use super::save::Folder;
use super::scenario::{Options, Repetition, tell_drift};
use super::{Failure, output, stop};
use crate::experiment::{self, Plan, Replications, Stopped, Summary};
use crate::model::load;
use crate::report::{self, EventLog, pictures, sense};
use crate::scenario::Scenario;

/// The files that `--out` always writes.
const FILES: [&str; 3] = ["result.json", "measures.csv", "scenario.toml"];

/// The arguments of `homeward run`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    options: Options,
    #[command(flatten)]
    repetition: Repetition,
    /// Repeat until half of each interval is below this share of its mean, such as 5%: for all
    /// checked figures, or for people waiting and delay if there are no checks
    ///
    /// At least 95% of the intervals hold the truth, although runs stop when they are narrow: every look
    /// at them allows for that.
    #[arg(long, value_name = "SHARE", value_parser = share, conflicts_with = "replications")]
    precision: Option<f64>,
    /// Write result.json, measures.csv, scenario.toml and the pictures as SVG and PNG into this folder
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Show the result as JSON
    #[arg(long)]
    json: bool,
    /// Write what happened to everybody in one replication to this file, as CSV
    ///
    /// The columns are person, visit, pathway, event, step, place_or_team, time, reason, owner and
    /// delay_hours. The last three are filled where delay is booked (event `delay`). The log begins
    /// with the warm-up; people who are still there at the end have the event `unfinished`.
    #[arg(long, value_name = "FILE.csv")]
    events: Option<PathBuf>,
    /// Which replication the events are of; the first is 0
    #[arg(long, value_name = "N", default_value_t = 0, requires = "events")]
    replication: u32,
}

impl Args {
    /// Runs the baseline.
    pub(super) fn baseline() -> Args {
        Args {
            options: Options::baseline(),
            repetition: Repetition::default(),
            precision: None,
            out: None,
            json: false,
            events: None,
            replication: 0,
        }
    }
}

/// Runs a scenario and shows what it finds.
pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let (scenario, model) = args.options.read(&args.repetition.sets())?;
    warn(&sense::warnings(&model, &load::loads(&model)));
    // Whatever is to be written is opened now, so that a bad path fails before the work.
    let folder = args.out.as_deref().map(|path| Folder::open(path, &FILES)).transpose()?;
    let events = args.events.as_deref().map(super::save::create).transpose()?;
    let plan = Plan {
        replications: match args.precision {
            Some(share) => Replications::Precision(share),
            None => Replications::Fixed(scenario.base.run.replications),
        },
        threads: args.repetition.threads(),
    };
    if let Some(file) = events {
        let path = args.events.as_deref().unwrap_or_else(|| "".as_ref()).display();
        let log = EventLog::new(&model, file);
        let (_, log) = model.simulate_recorded(args.replication, log);
        log.finish().with_context(|| format!("failed to write {path}"))?;
    }
    let watched = experiment::watched(&scenario, &model);
    let progress = Terminal::new(1);
    let (runs, is_whole) =
        match experiment::run(&model, &plan, &watched, &progress, stop::on_request()) {
            Ok(runs) => (runs, true),
            // What was asked for is not there, but what is there is true of itself.
            Err(Stopped::Cancelled(runs)) if runs.replications() > 0 => (*runs, false),
            Err(stopped) => return Err(Failure::Other(anyhow::Error::new(stopped))),
        };
    drop(progress);
    let summary = Summary::of(&scenario, &model, &runs);
    if let Some(folder) = folder {
        write(&folder, &scenario, &summary)?;
    }
    if args.json {
        let text = serde_json::to_string_pretty(&report::json(&summary))
            .context("failed to write JSON")?;
        output::result(&format!("{text}\n"))?;
    } else {
        output::result(&report::overview(&output::page(), &summary))?;
    }
    // Whoever reads the figures reads on to what is to be minded about them.
    tell_drift(&scenario, &runs);
    warn(&sense::after(&scenario, &summary));
    if is_whole {
        return Ok(());
    }
    output::note(&format!("stopped; this is what {} replications found", runs.replications()));
    Err(Failure::Told(stop::STOPPED))
}

/// Says on stderr what cannot be right, or did not go well.
fn warn(warnings: &[String]) {
    for warning in warnings {
        output::note(&format!("warning: {warning}"));
    }
}

/// Writes tables, pictures and the scenario as it was run.
fn write(folder: &Folder, scenario: &Scenario, summary: &Summary) -> anyhow::Result<()> {
    let json = serde_json::to_string_pretty(&report::json(summary))?;
    folder.file(FILES[0], format!("{json}\n").as_bytes())?;
    let mut csv = Vec::new();
    report::measures_csv(summary, &mut csv)?;
    folder.file(FILES[1], &csv)?;
    folder.file(FILES[2], scenario.text.as_bytes())?;
    folder.pictures(&pictures::of(summary))
}

/// Reads `5%` or `0.05`.
pub(super) fn share(text: &str) -> Result<f64, String> {
    let (number, scale) = match text.trim().strip_suffix('%') {
        Some(number) => (number, 0.01),
        None => (text, 1.0),
    };
    let share = number.trim().parse::<f64>().map(|number| number * scale).ok();
    share
        .filter(|share| (0.000_1..=1.0).contains(share))
        .ok_or_else(|| "it must be a share between 0.01% and 100%, such as 5%".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_precision_is_a_share() {
        assert!(share("5%").is_ok_and(|share| (share - 0.05).abs() < 1e-12));
        assert!(share("0.05").is_ok_and(|share| (share - 0.05).abs() < 1e-12));
        for text in ["5", "0", "-1%", "nan", "inf", "", "%", "0.001%"] {
            assert!(share(text).is_err(), "{text}");
        }
    }
}
