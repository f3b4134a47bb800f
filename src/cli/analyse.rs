//! `homeward analyse`: says what a sweep found.

use std::path::PathBuf;

use anyhow::Context;

use super::save::Folder;
use super::{Failure, output};
use crate::experiment::analysis::{Aim, Analysis, Condition, Questions, Swept};
use crate::model::measures::{self, Better};
use crate::report::analysis;

/// The file that `--out` always writes.
const FILES: [&str; 1] = ["analysis.json"];

/// Measures that are looked at if none is named, as far as the sweep kept them.
const USUAL: [&str; 2] = ["ready_waiting.all", "delay_days.all"];

/// The arguments of `homeward analyse`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The folder of the sweep
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Say what moves these measures, separated by commas; people waiting and delay, if not said
    #[arg(long, value_name = "MEASURE", value_delimiter = ',')]
    measure: Vec<String>,
    /// Look for the region in which an outcome holds, such as --holds 'delay_days.all<2'; if
    /// repeated, all of them together
    #[arg(long, value_name = "CONDITION")]
    holds: Vec<Condition>,
    /// Show the choices of levers that no other beats on all of these measures, separated by commas;
    /// `:more` or `:less` after one says which way is better
    #[arg(long, value_name = "MEASURE", value_delimiter = ',')]
    pareto: Vec<String>,
    /// Map the measures over two factors, such as --map PATH,PATH; may be repeated. The two that
    /// matter most, if not said
    #[arg(long, value_name = "PATH,PATH")]
    map: Vec<String>,
    /// Write analysis.json and the pictures as SVG and PNG into this folder
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Show the analysis as JSON
    #[arg(long)]
    json: bool,
}

/// Says what a sweep found.
pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let sweep = analysis::open(&args.folder).map_err(anyhow::Error::new)?;
    let questions = questions(args, &sweep.swept)?;
    let folder = args.out.as_deref().map(|path| Folder::open(path, &FILES)).transpose()?;
    let wanted = wanted(&questions, &sweep.swept);
    let swept = sweep.read(&wanted).map_err(anyhow::Error::new)?;
    if swept.points.is_empty() {
        let message = format!("{} has no finished point yet", args.folder.display());
        return Err(Failure::Other(anyhow::Error::msg(message)));
    }
    let found = Analysis::of(&swept, &questions);
    let json = serde_json::to_string_pretty(&analysis::json(&swept, &found))
        .context("failed to write JSON")?;
    if let Some(folder) = folder {
        folder.file(FILES[0], format!("{json}\n").as_bytes())?;
        folder.pictures(&analysis::pictures(&swept, &found))?;
    }
    if args.json {
        return output::result(&format!("{json}\n"));
    }
    let name = args.folder.file_name().unwrap_or(args.folder.as_os_str()).to_string_lossy();
    output::result(&analysis::overview(&output::page(), &name, &swept, &found))
}

/// The questions, or every mistake in them.
fn questions(args: &Args, swept: &Swept) -> Result<Questions, Failure> {
    let mut mistakes = Vec::new();
    let mut measure = |name: &str| {
        let found = swept.measure(name);
        if found.is_none() {
            let known = swept.measures.iter().map(|measure| measure.name.as_str());
            mistakes.push(unknown("the sweep kept no measure", name, known));
        }
        found
    };
    let mut measures: Vec<usize> = args.measure.iter().filter_map(|name| measure(name)).collect();
    for condition in &args.holds {
        measure(&condition.measure);
    }
    let aims: Vec<Aim> = args.pareto.iter().map(|text| aim(text)).collect();
    for aim in &aims {
        measure(&aim.measure);
    }
    if args.measure.is_empty() {
        let named =
            args.holds.iter().map(|it| &it.measure).chain(aims.iter().map(|it| &it.measure));
        measures = named.filter_map(|name| swept.measure(name)).collect();
        if measures.is_empty() {
            measures = USUAL.iter().filter_map(|name| swept.measure(name)).collect();
        }
        if measures.is_empty() && !swept.measures.is_empty() {
            measures.push(0);
        }
    }
    measures.sort_unstable();
    measures.dedup();
    for aim in aims.iter().filter(|aim| aim.better == Better::Neither) {
        mistakes.push(format!(
            "neither way of `{}` is better by itself\n  say which: `{}:less` or `{}:more`",
            aim.measure, aim.measure, aim.measure
        ));
    }
    let mut maps = Vec::new();
    for text in &args.map {
        let factor =
            |path: &str| swept.factors.iter().position(|factor| factor.path == path.trim());
        let paths: Vec<&str> = text.split(',').collect();
        match paths[..] {
            [one, other] => {
                for path in [one, other].into_iter().filter(|path| factor(path).is_none()) {
                    let known = swept.factors.iter().map(|factor| factor.path.as_str());
                    mistakes.push(unknown("the sweep varied no", path.trim(), known));
                }
                maps.extend(factor(one).zip(factor(other)).map(|(one, other)| [one, other]));
            }
            _ => {
                mistakes.push(format!("`--map {text}` must be two paths with a comma between them"))
            }
        }
    }
    if mistakes.is_empty() {
        return Ok(Questions { measures, holds: args.holds.clone(), aims, maps });
    }
    Err(Failure::Usage(mistakes.join("\nerror: ")))
}

/// The measures that must be read.
fn wanted(questions: &Questions, swept: &Swept) -> Vec<usize> {
    let named = questions.holds.iter().map(|it| &it.measure);
    let named = named.chain(questions.aims.iter().map(|it| &it.measure));
    let mut wanted: Vec<usize> = named.filter_map(|name| swept.measure(name)).collect();
    wanted.extend(&questions.measures);
    wanted.sort_unstable();
    wanted.dedup();
    wanted
}

/// Reads `delay_days.all`, or with its direction `cost_per_day.social_care:less`.
fn aim(text: &str) -> Aim {
    let (measure, better) = match text.rsplit_once(':') {
        Some((measure, "less")) => (measure, Some(Better::Lower)),
        Some((measure, "more")) => (measure, Some(Better::Higher)),
        _ => (text, None),
    };
    let measure = measure.trim();
    let kind = measure.split('.').next().unwrap_or_default();
    let known = measures::ALL.iter().find(|known| known.name == kind);
    let better = better.or(known.map(|known| known.better)).unwrap_or(Better::Neither);
    Aim { measure: measure.to_owned(), better }
}

/// What to say of a name that is not known.
pub(super) fn unknown<'a>(what: &str, name: &str, known: impl Iterator<Item = &'a str>) -> String {
    let distance = |known: &&str| strsim::damerau_levenshtein(known, name);
    let nearest = known.min_by_key(distance);
    let advice = nearest.map_or(String::new(), |it| format!("\n  did you mean `{it}`?"));
    format!("{what} `{name}`{advice}")
}
