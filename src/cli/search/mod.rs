//! `homeward search`: the best of many options, or the cheapest that reaches a target.

mod aim;
mod choice;

use std::path::{Path, PathBuf};

use anyhow::Context;

use self::aim::Sum;
use self::choice::{Choice, Chosen, crossed};
use super::analyse::unknown;
use super::progress::Terminal;
use super::scenario::{Changes, read, read_beside};
use super::{Failure, output, stop};
use crate::experiment::analysis::{Condition, Side};
use crate::experiment::search::{Aim, Candidate, Options, Question, Target, Unclear};
use crate::model::measures::{self, Measure};
use crate::report::search::{self, Found, Sought};
use crate::scenario::Scenario;

/// How near to the target a mean may be for either verdict to do, as a share of the target.
const WITHIN: f64 = 0.05;
/// A zone where choices alone are compared, which have no chance in them.
const EXACT: f64 = 1e-9;

/// The arguments of `homeward search`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The scenario in which something is chosen: a file, or the name of a shipped one
    scenario: PathBuf,
    /// What there is to choose, cheapest first: a path and values, such as
    /// --choose places.home_support.capacity=100..140:10 (a range with its step) or
    /// --choose 'meetings.funding_panel.every=2 days|7 days'; if repeated, all with all.
    /// `.*` stands for every organisation; effort that is chosen is taken from its tasks
    #[arg(long, value_name = "PATH=VALUES")]
    choose: Vec<Choice>,
    /// Other scenarios that may be chosen besides SCENARIO
    #[arg(long, value_name = "SCENARIO", num_args = 1.., conflicts_with = "choose")]
    among: Vec<PathBuf>,
    /// What the option must reach, such as --target 'delay_days.all<2'; by itself, the first option
    /// in order that does is chosen
    #[arg(long, value_name = "CONDITION")]
    target: Option<Condition>,
    /// What is to be least: a measure, or a sum such as
    /// 'delay_cost_per_year.all + 45625 * places.home_support.capacity'
    #[arg(long, value_name = "SUM", conflicts_with = "most")]
    least: Option<String>,
    /// What is to be most: a measure or a sum
    #[arg(long, value_name = "SUM")]
    most: Option<String>,
    /// Which difference of that is not worth telling, in its unit
    #[arg(long, value_name = "DIFFERENCE", value_parser = positive)]
    worth: Option<f64>,
    /// How near to the target either verdict will do, in its unit; 5% of the target, if not said
    #[arg(long, value_name = "DIFFERENCE", value_parser = positive, requires = "target")]
    within: Option<f64>,
    /// The chance of being right that is to be kept
    #[arg(long, value_name = "SHARE", value_parser = confidence, default_value = "95%")]
    confidence: f64,
    /// Search once for each of these lengths of the run, separated by commas, such as
    /// --over '26 weeks,52 weeks'
    #[arg(long, value_name = "LENGTH", value_delimiter = ',')]
    over: Vec<String>,
    /// Replications of an option before the first look
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u32).range(2..=1_000))]
    first: u32,
    /// The most replications of an option
    #[arg(long, value_name = "N", default_value_t = 1_000, value_parser = clap::value_parser!(u32).range(2..=100_000))]
    runs: u32,
    #[command(flatten)]
    changes: Changes,
    /// How many threads to use; all cores, if not said. The result does not depend on it
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// Show the result as JSON
    #[arg(long)]
    json: bool,
}

/// Searches.
pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let sum = args.least.as_ref().or(args.most.as_ref()).map(|text| Sum::read(text)).transpose();
    let sum = sum.map_err(Failure::Usage)?;
    must_make_sense(args)?;
    let lengths: Vec<Option<&String>> = match args.over.as_slice() {
        [] => vec![None],
        lengths => lengths.iter().map(Some).collect(),
    };
    // Every mistake is found before the first search begins.
    let studies = lengths.iter().map(|length| study(args, sum.as_ref(), *length));
    let studies = studies.collect::<Result<Vec<Study>, Failure>>()?;
    let (mut text, mut json) = (String::new(), Vec::new());
    for study in studies {
        let progress = Terminal::new(1);
        let threads = args.threads.map(usize::from);
        let decision =
            study.options.decide(&study.question, threads, &progress, stop::on_request());
        drop(progress);
        let decision = match decision {
            Ok(decision) => decision,
            Err(Unclear::Cancelled) => return Err(Failure::Told(stop::STOPPED)),
            Err(error) => return Err(Failure::Other(anyhow::Error::new(error))),
        };
        let options = study.options.0.iter().map(|it| it.name.clone()).collect();
        let Study { title, question, objective, target, .. } = study;
        let found = Found { title, options, question, objective, target, decision };
        text += &search::overview(&output::page(), &found);
        json.push(search::json(&found));
    }
    if args.json {
        let json = serde_json::json!({ "version": env!("CARGO_PKG_VERSION"), "searches": json });
        let json = serde_json::to_string_pretty(&json).context("failed to write JSON")?;
        return output::result(&format!("{json}\n"));
    }
    output::result(text.trim_start_matches('\n'))
}

/// A search that is ready to run.
struct Study {
    title: String,
    options: Options,
    question: Question,
    objective: Option<Sought>,
    target: Option<Sought>,
}

/// What can be said before any scenario is read.
fn must_make_sense(args: &Args) -> Result<(), Failure> {
    let wrong = |text: &str| Err(Failure::Usage(text.to_owned()));
    let has_sum = args.least.is_some() || args.most.is_some();
    if args.choose.is_empty() && args.among.is_empty() {
        return wrong(
            "there is nothing to choose from\n  name it with --choose PATH=VALUES, or other scenarios with --among",
        );
    }
    if !has_sum && args.target.is_none() {
        return wrong(
            "nothing says which option is best\n  say it with --least or --most, or what to reach with --target",
        );
    }
    if !has_sum && (args.choose.len() > 1 || !args.among.is_empty()) {
        return wrong(
            "of several choices or scenarios nothing says which is cheaper\n  say it with --least, such as --least '125 * places.home_support.capacity'",
        );
    }
    Ok(())
}

/// Reads all options for a length of the run.
fn study(args: &Args, sum: Option<&Sum>, length: Option<&String>) -> Result<Study, Failure> {
    let mut sets = args.changes.sets();
    sets.extend(length.map(|length| format!("run.length={}", length.trim())));
    let (base, model) = read(&args.scenario, &sets)?;
    sets.push(format!("run.seed={}", base.base.run.seed));
    let names = measures::names(&model);
    let mut candidates = Vec::new();
    let mut mistakes = Vec::new();
    let mut has_measures = false;
    if args.among.is_empty() {
        for chosen in crossed(&args.choose).map_err(Failure::Usage)? {
            let all = sets.iter().cloned().chain(chosen.sets(&base)).collect::<Vec<_>>();
            has_measures |= sum.is_some_and(|sum| sum.has_measures(&chosen));
            match candidate(args, sum, (&base, &args.scenario), &all, &chosen) {
                Ok(candidate) => candidates.push(candidate),
                Err(failure) => {
                    // The same mistake in every option is told once.
                    return Err(failure);
                }
            }
        }
    } else {
        has_measures = true;
        for path in std::iter::once(&args.scenario).chain(&args.among) {
            let stem = path.file_stem().unwrap_or(path.as_os_str()).to_string_lossy();
            let chosen = Chosen { name: stem.into_owned(), values: Vec::new() };
            match candidate(args, sum, (&base, path), &sets, &chosen) {
                Ok(candidate) => candidates.push(candidate),
                Err(failure) => mistakes.push(failure),
            }
        }
    }
    if !mistakes.is_empty() {
        return Err(Failure::Several(mistakes));
    }
    let unit = sum.map_or("", |sum| sum.unit(&names));
    let zone = match (sum, args.worth) {
        (None, _) => None,
        (Some(_), Some(worth)) => Some(worth),
        (Some(_), None) if !has_measures => Some(EXACT),
        (Some(_), None) => {
            let unit = if unit.is_empty() { String::new() } else { format!(" [{unit}]") };
            return Err(Failure::Usage(format!(
                "nothing says how small a difference is not worth telling\n  say it with --worth{unit}: \
                 the smaller it is, the more runs it takes"
            )));
        }
    };
    let text = args.least.as_ref().or(args.most.as_ref());
    let objective = text.map(|text| Sought {
        text: text.clone(),
        unit: unit.to_owned(),
        more: args.most.is_some(),
    });
    let target = args.target.as_ref().map(|condition| {
        let measure = names.iter().find(|(name, _)| *name == condition.measure);
        Sought {
            text: condition.to_string(),
            unit: measure.map_or("", |(_, measure)| measure.unit).to_owned(),
            more: condition.side == Side::Above,
        }
    });
    let limit = |condition: &Condition| Target {
        limit: if condition.side == Side::Above { -condition.limit } else { condition.limit },
        zone: args.within.unwrap_or((condition.limit.abs() * WITHIN).max(EXACT)),
    };
    Ok(Study {
        title: title(&base, candidates.len(), length),
        options: Options(candidates),
        question: Question {
            target: args.target.as_ref().map(limit),
            least: zone,
            error: 1.0 - args.confidence,
            first_stage: args.first,
            most: args.runs.max(args.first),
        },
        objective,
        target,
    })
}

fn title(base: &Scenario, options: usize, length: Option<&String>) -> String {
    let over = length.map_or(String::new(), |length| format!(", over {}", length.trim()));
    format!("{options} options of {}{over}, seed {}", base.name, base.base.run.seed)
}

/// An option besides a base, compiled, with what is asked of it.
fn candidate(
    args: &Args,
    sum: Option<&Sum>,
    (base, path): (&Scenario, &Path),
    sets: &[String],
    chosen: &Chosen,
) -> Result<Candidate, Failure> {
    let (_, model) = read_beside(Some(base), path, sets)?;
    let names = measures::names(&model);
    let objective = sum.map(|sum| sum.resolve(&names, chosen, args.most.is_some())).transpose();
    let target = args.target.as_ref().map(|condition| of_condition(condition, &names)).transpose();
    let both = objective.and_then(|objective| Ok((objective, target?)));
    let (objective, target) = both.map_err(Failure::Usage)?;
    Ok(Candidate { name: chosen.name.clone(), model, objective, target })
}

fn of_condition(
    condition: &Condition,
    names: &[(String, &'static Measure)],
) -> Result<Aim, String> {
    let place = names.iter().position(|(name, _)| *name == condition.measure);
    let known = names.iter().map(|(name, _)| name.as_str());
    let place = place.ok_or_else(|| unknown("there is no measure", &condition.measure, known))?;
    let sign = if condition.side == Side::Above { -1.0 } else { 1.0 };
    Ok(Aim { weights: vec![(sign, place)], fixed: 0.0 })
}

fn positive(text: &str) -> Result<f64, String> {
    let number =
        text.trim().parse::<f64>().ok().filter(|number| *number > 0.0 && number.is_finite());
    number.ok_or_else(|| "it must be a number above 0".to_owned())
}

/// Reads `95%` or `0.95`.
fn confidence(text: &str) -> Result<f64, String> {
    let (number, scale) = match text.trim().strip_suffix('%') {
        Some(number) => (number, 0.01),
        None => (text, 1.0),
    };
    let share = number.trim().parse::<f64>().ok().map(|number| number * scale);
    let share = share.filter(|share| (0.5..=0.999_9).contains(share) && *share > 0.5);
    share.ok_or_else(|| "it must be a share above 50% and below 100%, such as 95%".to_owned())
}
