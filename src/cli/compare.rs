//! `homeward compare`: runs scenarios on the same people and shows what differs.

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use anyhow::Context;

use super::progress::Terminal;
use super::save::Folder;
use super::scenario::{Changes, Repetition, read, read_beside, tell_drift};
use super::{Failure, output, run};
use crate::experiment::{self, Comparison, Plan, Ran, Reach, Replications, Runs, Target, Width};
use crate::model::{Model, measures};
use crate::report::comparison;
use crate::scenario::Scenario;

/// The files that `--out` always writes.
const FILES: [&str; 2] = ["comparison.json", "differences.csv"];

/// The arguments of `homeward compare`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The scenario that the others are compared with: a file, or the name of a shipped one
    base: PathBuf,
    /// The other scenarios
    #[arg(required = true, value_name = "OTHER")]
    others: Vec<PathBuf>,
    #[command(flatten)]
    changes: Changes,
    #[command(flatten)]
    repetition: Repetition,
    /// Repeat until differences are this precise: 5% for people waiting and delay, a measure=5%, or a
    /// measure=0.1 in its unit; may be repeated
    ///
    /// Half of the interval of each difference from the base is then at most this share of the mean of
    /// the base, or this much. At least 95% of such intervals hold the truth, although the runs stop when
    /// they are narrow: every look at them allows for that.
    #[arg(long, value_name = "PRECISION", value_parser = wanted, conflicts_with = "replications")]
    precision: Vec<Wanted>,
    /// Write comparison.json, differences.csv and the pictures as SVG and PNG into this folder
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Show the differences as JSON
    #[arg(long)]
    json: bool,
}

/// A precision that is asked for.
#[derive(Debug, Clone, PartialEq)]
struct Wanted {
    /// Of which measure; of people waiting and delay, if not said.
    measure: Option<String>,
    width: Width,
}

/// Compares scenarios.
///
/// All are run with the seed of the base and as often as the base, unless the command says
/// otherwise: replication k of each has the same people.
pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let scenarios = read_all(&args.base, &args.others, &args.changes, &args.repetition)?;
    let names = names(std::iter::once(&args.base).chain(&args.others));
    must_be_comparable(&names, &scenarios)?;
    // Whatever is to be written is opened now, so that a bad path fails before the work.
    let folder = args.out.as_deref().map(|path| Folder::open(path, &FILES)).transpose()?;
    let targets = targets(&args.precision, &names, &scenarios)?;
    let (runs, precision) = simulate(args, &scenarios, &targets)?;
    let ran: Vec<Ran<'_>> = names
        .iter()
        .zip(&scenarios)
        .zip(&runs)
        .map(|((name, (scenario, model)), runs)| Ran { name, scenario, model, runs })
        .collect();
    let found = Comparison::of(ran[0], &ran[1..], precision);
    if let Some(folder) = folder {
        write(&folder, &found)?;
    }
    if args.json {
        let text = serde_json::to_string_pretty(&comparison::json(&found))
            .context("failed to write JSON")?;
        output::result(&format!("{text}\n"))?;
    } else {
        output::result(&comparison::overview(&output::page(), &found))?;
    }
    for one in &ran {
        tell_drift(one.scenario, one.runs);
    }
    Ok(())
}

/// Runs all scenarios, as often as is said or until the targets are reached.
fn simulate(
    args: &Args,
    scenarios: &[(Scenario, Model)],
    targets: &[Target],
) -> Result<(Vec<Runs>, Option<Vec<Reach>>), Failure> {
    let progress = Terminal::new(scenarios.len());
    let threads = args.repetition.threads();
    let never = AtomicBool::new(false);
    if !targets.is_empty() {
        let models: Vec<&Model> = scenarios.iter().map(|(_, model)| model).collect();
        let ran = experiment::run_until_precise(&models, targets, threads, &progress, &never);
        let (runs, reached) = ran.map_err(anyhow::Error::new)?;
        return Ok((runs, Some(reached)));
    }
    let replications = Replications::Fixed(scenarios[0].0.base.run.replications);
    let plan = Plan { replications, threads };
    let runs = scenarios
        .iter()
        .map(|(_, model)| experiment::run(model, &plan, &[], &progress, &never))
        .collect::<Result<Vec<_>, _>>()
        .map_err(anyhow::Error::new)?;
    Ok((runs, None))
}

/// What shall be how precise; a measure must be one of every scenario.
fn targets(
    wanted: &[Wanted],
    names: &[String],
    scenarios: &[(Scenario, Model)],
) -> Result<Vec<Target>, Failure> {
    let (mut targets, mut unknown) = (Vec::new(), Vec::new());
    let known = |model: &Model| -> Vec<String> {
        measures::names(model).into_iter().map(|(name, _)| name).collect()
    };
    let known: Vec<Vec<String>> = scenarios.iter().map(|(_, model)| known(model)).collect();
    for Wanted { measure, width } in wanted {
        let of_one = match measure {
            Some(measure) => vec![Target { measure: measure.clone(), width: *width }],
            None => experiment::usual_targets(&scenarios[0].1, width.value()),
        };
        for target in &of_one {
            for (name, known) in names.iter().zip(&known) {
                if known.contains(&target.measure) {
                    continue;
                }
                unknown.push(no_such_measure(name, &target.measure, known));
            }
        }
        targets.extend(of_one);
    }
    if unknown.is_empty() { Ok(targets) } else { Err(Failure::Usage(unknown.join("\n"))) }
}

/// That a scenario has no measure of this name, and which was probably meant.
pub(super) fn no_such_measure(scenario: &str, wanted: &str, known: &[String]) -> String {
    let distance = |known: &&String| strsim::damerau_levenshtein(known, wanted);
    let nearest = known.iter().min_by_key(distance).map_or("", String::as_str);
    format!(
        "{scenario} has no measure `{wanted}`\n  did you mean `{nearest}`? `homeward measures` lists \
         them all"
    )
}

/// Reads `5%`, `delay_days.all=5%` or `delay_days.all=0.1`.
fn wanted(text: &str) -> Result<Wanted, String> {
    let Some((measure, amount)) = text.split_once('=') else {
        return Ok(Wanted { measure: None, width: Width::OfBase(run::share(text)?) });
    };
    let width = if amount.trim().ends_with('%') {
        Width::OfBase(run::share(amount)?)
    } else {
        let amount = amount.trim().parse::<f64>().ok();
        let amount = amount.filter(|amount| amount.is_finite() && *amount > 0.0);
        Width::InUnit(amount.ok_or_else(|| {
            "after `=` it must be a share of the base such as 5%, or an amount above 0 in the unit of \
             the measure, such as 0.1"
                .to_owned()
        })?)
    };
    Ok(Wanted { measure: Some(measure.trim().to_owned()), width })
}

/// Reads the base and the others, or gives the mistakes of all of them.
pub(super) fn read_all(
    base: &Path,
    others: &[PathBuf],
    changes: &Changes,
    repetition: &Repetition,
) -> Result<Vec<(Scenario, Model)>, Failure> {
    let mut sets = changes.sets();
    sets.extend(repetition.sets());
    let base = read(base, &sets);
    if let Ok((scenario, _)) = &base {
        let run = &scenario.base.run;
        sets.push(format!("run.seed={}", run.seed));
        sets.push(format!("run.replications={}", run.replications));
    }
    let beside = base.as_ref().ok().map(|(scenario, _)| scenario.clone());
    let others = others.iter().map(|path| read_beside(beside.as_ref(), path, &sets));
    let (mut scenarios, mut failures) = (Vec::new(), Vec::new());
    for one in std::iter::once(base).chain(others) {
        match one {
            Ok(scenario) => scenarios.push(scenario),
            Err(failure) => failures.push(failure),
        }
    }
    if failures.is_empty() { Ok(scenarios) } else { Err(Failure::Several(failures)) }
}

/// What the scenarios are called: by the names of their files; where two are the same, the later one
/// by its path, and by a number if that is the same as well.
pub(super) fn names<'a>(paths: impl Iterator<Item = &'a PathBuf>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for path in paths {
        let stem = path.file_stem().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        let full = path.display().to_string();
        let numbered = (2..).map(|number| format!("{full} ({number})"));
        let free = [stem, full.clone()].into_iter().chain(numbered).find(|it| !names.contains(it));
        names.extend(free);
    }
    names
}

/// Scenarios can be compared if they are measured over the same days after the same warm-up.
pub(super) fn must_be_comparable(
    names: &[String],
    scenarios: &[(Scenario, Model)],
) -> Result<(), Failure> {
    let settings = |scenario: &Scenario| {
        let run = &scenario.base.run;
        [
            ("run.start", run.start.to_string()),
            ("run.warm_up", run.warm_up.length.to_string()),
            ("run.length", run.length.to_string()),
        ]
    };
    let mut lines = Vec::new();
    let base = settings(&scenarios[0].0);
    for (name, (scenario, _)) in names.iter().zip(scenarios).skip(1) {
        for ((setting, wanted), (_, found)) in base.iter().zip(settings(scenario)) {
            if *wanted != found {
                lines.push(format!(
                    "`{setting}` is {found} in {name} and {wanted} in {}; it must be the same",
                    names[0]
                ));
            }
        }
    }
    if lines.is_empty() {
        return Ok(());
    }
    lines.push("  `--set` sets it for all of them, such as --set run.length='365 days'".to_owned());
    Err(Failure::Usage(lines.join("\n")))
}

/// Writes tables and pictures.
fn write(folder: &Folder, found: &Comparison) -> anyhow::Result<()> {
    let json = serde_json::to_string_pretty(&comparison::json(found))?;
    folder.file(FILES[0], format!("{json}\n").as_bytes())?;
    let mut csv = Vec::new();
    comparison::differences_csv(found, &mut csv)?;
    folder.file(FILES[1], &csv)?;
    for versus in &found.others {
        folder.pictures(&comparison::pictures(found, versus))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn called(paths: &[&str]) -> Vec<String> {
        let paths: Vec<PathBuf> = paths.iter().map(PathBuf::from).collect();
        names(paths.iter())
    }

    #[test]
    fn a_precision_is_a_share_of_the_base_or_an_amount() {
        let read = |text: &str| wanted(text).expect(text);
        assert_eq!(read("5%"), Wanted { measure: None, width: Width::OfBase(0.05) });
        assert_eq!(read("0.05"), Wanted { measure: None, width: Width::OfBase(0.05) });
        let of = |measure: &str, width| Wanted { measure: Some(measure.to_owned()), width };
        assert_eq!(read("queue.ward=2%"), of("queue.ward", Width::OfBase(0.02)));
        assert_eq!(read("queue.ward = 12"), of("queue.ward", Width::InUnit(12.0)));
        for text in
            ["5", "queue.ward=", "queue.ward=0", "queue.ward=-1", "queue.ward=200%", "x=inf"]
        {
            assert!(wanted(text).is_err(), "{text}");
        }
    }

    #[test]
    fn no_two_scenarios_have_the_same_name() {
        assert_eq!(called(&["baseline", "scenarios/winter.toml"]), ["baseline", "winter"]);
        assert_eq!(called(&["a/x.toml", "b/x.toml"]), ["x", "b/x.toml"]);
        assert_eq!(called(&["x", "x", "x"]), ["x", "x (2)", "x (3)"]);
        assert_eq!(called(&["x.toml", "x.toml"]), ["x", "x.toml"]);
    }
}
