//! What a search found, for people and for programs.

use serde_json::{Value, json};

use super::json::estimate;
use super::numbers::figure;
use super::{Page, table};
use crate::experiment::search::{Decision, Question, Standing};
use crate::statistics::{Estimate, Paired, Verdict};

/// A search and its verdict.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// What was searched, such as the scenario and the length of its run.
    pub title: String,
    /// The names of the options, in order.
    pub options: Vec<String>,
    /// What was asked.
    pub question: Question,
    /// What is to be least or most, if anything.
    pub objective: Option<Sought>,
    /// What is to reach the target, if there is one.
    pub target: Option<Sought>,
    /// The verdict.
    pub decision: Decision,
}

/// What is looked at.
#[derive(Debug, Clone, PartialEq)]
pub struct Sought {
    /// What it is, as it was asked.
    pub text: String,
    /// Its unit.
    pub unit: String,
    /// Whether more of it is better: then the decision has it with its sign turned.
    pub more: bool,
}

impl Sought {
    /// An estimate with its own sign.
    fn turned(&self, it: Estimate) -> Estimate {
        match self.more {
            true => Estimate { mean: -it.mean, lower: -it.upper, upper: -it.lower, n: it.n },
            false => it,
        }
    }
}

impl Found {
    fn of_objective(&self, option: usize) -> Option<Estimate> {
        self.objective.as_ref().map(|sought| sought.turned(self.decision.objective(option)))
    }

    fn of_target(&self, option: usize) -> Option<Estimate> {
        self.target.as_ref().map(|sought| sought.turned(self.decision.target(option)))
    }

    /// By how much an option that is out is worse than the one that was chosen, in the objective.
    fn worse(&self, option: usize) -> Option<Paired> {
        let is_out = self.decision.standings[option] == Standing::Beaten;
        self.decision.against_chosen(option).filter(|_| is_out)
    }
}

/// The verdict for people.
pub fn overview(page: &Page, found: &Found) -> String {
    let mut out = page.heading(&found.title);
    out += &format!("{}\n", page.bold(&page.wrap(&verdict(found), 0)));
    // What all options have in common stands above them.
    let path = common_path(&found.options);
    let name =
        |option: usize| found.options[option][path.map_or(0, |path| path.len() + 1)..].to_owned();
    let mut header = vec![path.unwrap_or("option"), "runs"];
    header.extend(found.target.as_ref().map(|sought| short(sought, "target")));
    header.extend(found.objective.as_ref().map(|sought| short(sought, "sum")));
    header.extend(found.objective.as_ref().map(|_| "worse by"));
    header.push("");
    let rows = (0..found.options.len()).map(|option| {
        let mut row = vec![name(option), found.decision.values[option].len().to_string()];
        let sought = [
            (&found.target, found.of_target(option)),
            (&found.objective, found.of_objective(option)),
        ];
        for (sought, it) in sought {
            let shown = sought.as_ref().zip(it).map(|(sought, it)| shown(&it, &sought.unit));
            row.extend(shown);
        }
        if let Some(sought) = &found.objective {
            let worse = found.worse(option).map(|it| shown(&it.difference, &sought.unit));
            row.push(worse.unwrap_or_default());
        }
        row.push(standing(found, option).to_owned());
        row
    });
    let right: Vec<usize> = (1..header.len() - 1).collect();
    out += &format!("\n{}", table::columns(page, &header, &right, rows.collect()));
    out += &format!("{}\n", page.dim(&page.wrap(&guarantee(found), 0)));
    out
}

/// The path before the value, if all options set that one alone.
fn common_path(options: &[String]) -> Option<&str> {
    let (path, _) = options.first()?.split_once('=')?;
    let is_it = |option: &String| {
        option.split_once('=').is_some_and(|(own, value)| own == path && !value.contains('='))
    };
    options.iter().all(is_it).then_some(path)
}

/// What stands above a column.
fn short<'a>(sought: &'a Sought, otherwise: &'a str) -> &'a str {
    if sought.text.len() <= 24 { &sought.text } else { otherwise }
}

fn shown(it: &Estimate, unit: &str) -> String {
    match it.half_width() {
        half if half.is_nan() => figure(it.mean, unit),
        half => format!("{} ± {}", figure(it.mean, unit), figure(half, unit)),
    }
}

/// One sentence.
fn verdict(found: &Found) -> String {
    let unclear = found.decision.standings.contains(&Standing::Unclear);
    let most = found.question.most;
    match (found.decision.chosen(), &found.objective) {
        (Some(chosen), Some(sought)) => {
            let way = if sought.more { "most" } else { "least" };
            let of = if found.target.is_some() { " of those that reach the target" } else { "" };
            format!("{} has the {way} {}{of}.", found.options[chosen], sought.text)
        }
        (Some(chosen), None) => {
            format!("{} is the first in order that reaches the target.", found.options[chosen])
        }
        (None, _) if unclear => {
            format!("{most} runs of an option do not suffice to tell: allow for more with --most.")
        }
        (None, _) => "No option reaches the target.".to_owned(),
    }
}

fn standing(found: &Found, option: usize) -> &'static str {
    match found.decision.standings[option] {
        Standing::Chosen => "← chosen",
        Standing::Misses => "misses the target",
        Standing::Dearer => "reaches it, but is dearer",
        Standing::Beaten
            if found.worse(option).is_some_and(|it| it.verdict() != Verdict::Higher) =>
        {
            "as good, as far as can be told"
        }
        Standing::Beaten => "worse",
        Standing::NotNeeded => "not needed",
        Standing::Unclear => "cannot be told",
    }
}

/// What the verdict is worth.
fn guarantee(found: &Found) -> String {
    let question = &found.question;
    let both = question.least.is_some() && question.target.is_some();
    let error = if both { question.error / 2.0 } else { question.error };
    let chance = figure(1.0 - error, "share");
    let mut text = String::new();
    if let (Some(zone), Some(sought)) = (question.target.map(|it| it.zone), &found.target) {
        text += &format!(
            "Target: with a chance of at least {chance} all verdicts on options farther than {} from it \
             are right (Batur and Kim's test). ",
            with_unit(zone, &sought.unit)
        );
    }
    if let (Some(zone), Some(sought)) = (question.least, &found.objective) {
        text += &format!(
            "Best: with a chance of at least {chance} the one that is chosen is the best, or at most {} \
             worse (Kim and Nelson's procedure KN++). ",
            with_unit(zone, &sought.unit)
        );
    }
    if both {
        text += &format!("Both together: at least {}. ", figure(1.0 - question.error, "share"));
    }
    text + "All options have the same people, and those that are clear get no more runs. Figures have \
            95% intervals, each by itself; what an option is worse by is taken run by run."
}

fn with_unit(value: f64, unit: &str) -> String {
    let figure = figure(value, unit);
    match unit {
        "" => figure,
        unit if unit.starts_with("share") => format!("{figure} points"),
        unit => format!("{figure} {unit}"),
    }
}

/// The verdict as JSON.
pub fn json(found: &Found) -> Value {
    let options = (0..found.options.len()).map(|option| {
        json!({
            "name": found.options[option],
            "replications": found.decision.values[option].len(),
            "objective": found.of_objective(option).map(|it| estimate(&it)),
            "target": found.of_target(option).map(|it| estimate(&it)),
            "worse_by": found.worse(option).map(|it| estimate(&it.difference)),
            "standing": match found.decision.standings[option] {
                Standing::Chosen => "chosen",
                Standing::Misses => "misses the target",
                Standing::Dearer => "dearer",
                Standing::Beaten => "beaten",
                Standing::NotNeeded => "not needed",
                Standing::Unclear => "unclear",
            },
        })
    });
    json!({
        "title": found.title,
        "chosen": found.decision.chosen().map(|chosen| found.options[chosen].clone()),
        "verdict": verdict(found),
        "guarantee": guarantee(found),
        "confidence": 1.0 - found.question.error,
        "worth": found.question.least,
        "within": found.question.target.map(|it| it.zone),
        "options": options.collect::<Vec<_>>(),
    })
}
