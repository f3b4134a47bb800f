//! The whole comparison on a page of the terminal: what differs most, then each scenario.

use super::headline::{self, Row};
use super::{notes, pictures, words};
use crate::experiment::{Comparison, Versus};
use crate::report::confidence::and;
use crate::report::layer::caution;
use crate::report::numbers::{figure, whole};
use crate::report::{Page, table};
use crate::statistics::Verdict;

/// Two names that are no longer than this together stand above their columns.
const SHORT: usize = 15;

/// What the first column takes.
const LABELS: Page = Page { width: 22, colour: false };

/// Names of measures that are left out are listed up to this many.
const LISTED: usize = 4;

/// The comparison for people, to be read from top to bottom.
pub fn overview(page: &Page, comparison: &Comparison) -> String {
    let names: Vec<String> = comparison.others.iter().map(|versus| versus.name.clone()).collect();
    let title = format!("{} compared with {}", and(&names), comparison.name);
    let mut out = format!("{}\n", page.bold(&page.wrap(&title, 0)));
    out += &format!("{}\n", page.dim(&page.wrap(&how(comparison), 0)));
    if let Some(precision) = notes::precision(comparison) {
        out += &format!("{}\n", page.wrap(&precision, 0));
    }
    if comparison.others.len() > 1 {
        out += &side_by_side(page, comparison);
    }
    for versus in &comparison.others {
        out += &of_scenario(page, comparison, versus);
    }
    out += &closing(page, comparison);
    out
}

/// What was run.
fn how(comparison: &Comparison) -> String {
    let base = &comparison.base;
    let times = match base.replications {
        1 => "once each".to_owned(),
        many => format!("{} times each", whole(f64::from(many))),
    };
    format!(
        "{} days from {}, {times}, seed {}: the same people in all",
        whole(base.measured_days),
        base.starts.strftime("%-d %B %Y"),
        base.seed
    )
}

/// Several scenarios in the two figures that matter most.
fn side_by_side(page: &Page, comparison: &Comparison) -> String {
    const FIGURES: [&str; 2] = ["ready_waiting.all", "delay_days.all"];
    let base = |name: &str| {
        let found = comparison.base.find(name);
        found.map_or_else(String::new, |it| figure(it.estimate.mean, it.measure.unit))
    };
    let mut rows = vec![vec![
        comparison.name.clone(),
        base(FIGURES[0]),
        String::new(),
        base(FIGURES[1]),
        String::new(),
    ]];
    for versus in &comparison.others {
        let mut row = vec![versus.name.clone()];
        for name in FIGURES {
            match versus.find(name) {
                Some(it) => {
                    row.push(figure(it.paired.other, it.measure.unit));
                    row.push(words::figures(&it.paired, it.measure.unit));
                }
                None => row.extend([String::new(), String::new()]),
            }
        }
        rows.push(row);
    }
    let header = ["", "Waiting", "Difference", "Delay", "Difference"];
    let mut out = page.heading("People ready and waiting, and days of delay per person");
    out += &table::columns(page, &header, &[1, 2, 3, 4], rows);
    if let Some(fewest) = notes::fewest_waiting(comparison) {
        out += &format!("{}\n", page.wrap(&fewest, 0));
    }
    out
}

/// The verdicts on what matters most, in words.
fn verdicts(page: &Page, versus: &Versus) -> String {
    const MATTER: [(&str, &str); 2] =
        [("ready_waiting.all", "people ready and waiting"), ("delay_days.all", "delay per person")];
    let sentences = MATTER.iter().filter_map(|(name, what)| {
        let difference = versus.find(name)?;
        Some(format!("{}\n", page.wrap(&words::sentence(difference, what), 2)))
    });
    sentences.collect()
}

/// A scenario beside the base: figures, pictures, and what could not be compared.
fn of_scenario(page: &Page, comparison: &Comparison, versus: &Versus) -> String {
    let rows = headline::rows(comparison, versus);
    let title = &versus.summary.title;
    let mut out = page.heading(&format!("{}: {title}", versus.name));
    if rows.is_empty() {
        out += "No figure of both can be compared.\n";
        return out + &left_out(page, comparison, versus);
    }
    out += &verdicts(page, versus);
    out += &figures(page, comparison, versus, &rows);
    out += &format!("{}\n", page.wrap(&in_short(&rows), 0));
    for picture in pictures::of(comparison, versus) {
        out += &page.heading(&picture.title());
        out += &picture.terminal(page);
    }
    out + &left_out(page, comparison, versus)
}

/// The figures; those that hold only by themselves have a question mark.
fn figures(page: &Page, comparison: &Comparison, versus: &Versus, rows: &[Row<'_>]) -> String {
    let some_alone = rows.iter().any(|row| row.difference.holds_only_alone());
    let mark = |row: &Row<'_>| match row.difference.holds_only_alone() {
        true => " ?",
        // Brackets stay below each other.
        false if some_alone => "  ",
        false => "",
    };
    let cells = rows
        .iter()
        .map(|row| {
            let paired = &row.difference.paired;
            let unit = row.difference.measure.unit;
            vec![
                LABELS.wrap(&row.label, 2),
                figure(paired.base, unit),
                figure(paired.other, unit),
                format!("{}{}", words::figures(paired, unit), mark(row)),
                words::better_in(row.difference),
            ]
        })
        .collect();
    let names = [&comparison.name, &versus.name].map(|name| name.chars().count());
    let [base, other] = match names[0] + names[1] <= SHORT {
        true => [comparison.name.as_str(), versus.name.as_str()],
        false => ["Base", "Scenario"],
    };
    let header = ["", base, other, "Difference (95%)", "Better in"];
    table::columns(page, &header, &[1, 2, 3, 4], cells)
}

/// How many of the figures are better, worse, or cannot be told apart.
fn in_short(rows: &[Row<'_>]) -> String {
    let count = |is: &dyn Fn(&Row<'_>) -> bool| rows.iter().filter(|row| is(row)).count();
    let verdict = |row: &Row<'_>| row.difference.paired.verdict();
    let alone = |row: &Row<'_>| row.difference.holds_only_alone();
    let differs =
        |row: &Row<'_>| matches!(verdict(row), Verdict::Lower | Verdict::Higher) && !alone(row);
    let parts: Vec<String> = [
        (count(&|row| row.difference.is_better() == Some(true)), "better"),
        (count(&|row| row.difference.is_better() == Some(false)), "worse"),
        (
            count(&|row| differs(row) && row.difference.is_better().is_none()),
            "different without being better or worse",
        ),
        (count(&alone), "different only if looked at alone"),
        (count(&|row| verdict(row) == Verdict::Same), "the same"),
        (count(&|row| verdict(row) == Verdict::CannotBeToldApart), "not to be told apart"),
        (count(&|row| verdict(row) == Verdict::NoInterval), "untold by one run"),
    ]
    .into_iter()
    .filter(|(count, _)| *count > 0)
    .map(|(count, what)| format!("{count} {what}"))
    .collect();
    format!("Of these {} figures: {}.", rows.len(), and(&parts))
}

/// Measures that only one of the two has.
fn left_out(page: &Page, comparison: &Comparison, versus: &Versus) -> String {
    let list = |names: &[String]| {
        let mut list: Vec<String> = names.iter().take(LISTED).cloned().collect();
        if names.len() > LISTED {
            list.push(format!("{} more", names.len() - LISTED));
        }
        and(&list)
    };
    let mut parts = Vec::new();
    for (names, who) in [(&versus.only_base, &comparison.name), (&versus.only_other, &versus.name)]
    {
        if !names.is_empty() {
            parts.push(format!("only {who} has {}", list(names)));
        }
    }
    if parts.is_empty() {
        return String::new();
    }
    format!("\n{}\n", page.wrap(&format!("Left out: {}.", parts.join("; ")), 0))
}

/// How to read it, and where everything is.
fn closing(page: &Page, comparison: &Comparison) -> String {
    let count = comparison.others.iter().map(|versus| versus.differences.len()).max().unwrap_or(0);
    let reading = match comparison.base.replications {
        1 => vec![
            "One run gives no intervals, so that no difference can be told from chance: ask for more \
             with --replications 30."
                .to_owned(),
        ],
        _ => vec![
            "Run k of each has the same people, and differences are taken run by run. Brackets and \
             lines are intervals of the mean difference; shares differ by percentage points. \
             \"Cannot be told apart\": the interval contains 0. \"Better in\": runs in which the \
             scenario is better, ties counting half; a dash where neither way is better or nothing \
             differs."
                .to_owned(),
            notes::intervals(comparison),
            notes::verdicts(comparison),
        ],
    };
    let more = format!("All {count} measures: --json, or --out DIR for tables and pictures.");
    let mut out = String::from("\n");
    for paragraph in cautions(comparison).into_iter().chain(reading).chain([more]) {
        out += &format!("{}\n", page.wrap(&paragraph, 0));
    }
    out
}

/// What to know of the relationship layer before believing it: once, or once for each theta.
fn cautions(comparison: &Comparison) -> Vec<String> {
    let others = comparison.others.iter().map(|versus| &versus.summary);
    let mut cautions: Vec<String> = Vec::new();
    for summary in std::iter::once(&comparison.base).chain(others) {
        let caution = summary.layer.as_ref().map(|layer| caution(&layer.theta));
        if let Some(caution) = caution.filter(|it| !cautions.contains(it)) {
            cautions.push(caution);
        }
    }
    cautions
}
