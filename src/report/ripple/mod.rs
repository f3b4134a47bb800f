//! What each organisation's steps do to every organisation, shown on a page.

mod pictures;

pub use self::pictures::of as pictures;

use serde_json::{Map, Value, json};

use super::json::number;
use super::layer::{self, caution};
use super::numbers::{figure, shown, whole};
use super::{Page, table};
use crate::experiment::{Column, Effect, Outcome, Ripple, Row};

/// What stands for an effect that cannot be told from none.
const NOTHING: &str = "·";

/// The page.
pub fn ripple(page: &Page, ripple: &Ripple) -> String {
    let title = format!("{}: what each organisation does to all", ripple.title);
    let mut out = format!("{}\n", page.bold(&page.wrap(&title, 0)));
    out += &format!("{}\n", page.dim(&page.wrap(&how(ripple), 0)));
    for outcome in outcomes(ripple) {
        out += &page.heading(heading(outcome));
        out += &matrix(page, ripple, outcome);
    }
    out += "\n";
    if let Some(theta) = &ripple.theta {
        out += &format!("{}\n", page.wrap(&caution(theta), 0));
    }
    for paragraph in reading(ripple) {
        out += &format!("{}\n", page.wrap(&paragraph, 0));
    }
    out
}

fn how(ripple: &Ripple) -> String {
    let times = match ripple.replications {
        1 => "once".to_owned(),
        many => format!("{} times", whole(f64::from(many))),
    };
    format!(
        "{}: {} days, each step from the first of them, {times}, seed {}: the same people in all",
        ripple.scenario,
        whole(ripple.measured_days),
        ripple.seed
    )
}

/// The outcomes that there are, in the order of the page.
fn outcomes(ripple: &Ripple) -> Vec<Outcome> {
    // What is 0 whatever anybody does, such as cost where no place has any, says nothing.
    let says = |index: usize| {
        let moved = |row: &Row| row.cells[index].paired.difference.mean != 0.0;
        ripple.columns[index].base != 0.0 || ripple.rows.iter().any(moved)
    };
    let all = ripple.columns.iter().enumerate();
    let mut outcomes: Vec<Outcome> =
        all.filter(|(index, _)| says(*index)).map(|(_, column)| column.outcome).collect();
    outcomes.dedup();
    outcomes
}

fn heading(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Delay => "Delay: people delayed on average, by whose delay it is",
        Outcome::Morale => "Morale at the end, in hundredths",
        Outcome::Cost => "Cost of people in places, £ thousand a day",
    }
}

/// What effects are multiplied with, so that they are short.
fn scale(outcome: Outcome) -> f64 {
    match outcome {
        Outcome::Delay => 1.0,
        Outcome::Morale => 100.0,
        Outcome::Cost => 1e-3,
    }
}

fn columns(ripple: &Ripple, outcome: Outcome) -> impl Iterator<Item = (usize, &Column)> {
    ripple.columns.iter().enumerate().filter(move |(_, column)| column.outcome == outcome)
}

/// The steps against the organisations, for one outcome.
fn matrix(page: &Page, ripple: &Ripple, outcome: Outcome) -> String {
    let mut header = vec![""];
    header.extend(columns(ripple, outcome).map(|(_, column)| column.title.as_str()));
    let mut without = vec!["Without".to_owned()];
    without.extend(
        columns(ripple, outcome).map(|(_, column)| figure(column.base * scale(outcome), "")),
    );
    let mut rows = vec![without];
    for row in &ripple.rows {
        let mut cells = vec![format!("{} {}", short(ripple, row), row.lever.title())];
        cells.extend(columns(ripple, outcome).map(|(index, _)| cell(&row.cells[index], outcome)));
        rows.push(cells);
    }
    let right: Vec<usize> = (1..header.len()).collect();
    table::columns(page, &header, &right, rows)
}

/// The first word of an organisation's name, if that tells it from the others.
fn short<'a>(ripple: &'a Ripple, row: &'a Row) -> &'a str {
    let first = |title: &'a str| title.split_whitespace().next().unwrap_or(title);
    let others = ripple.rows.iter().filter(|other| other.organisation != row.organisation);
    let is_unique = others.map(|other| first(&other.title)).all(|it| it != first(&row.title));
    if is_unique { first(&row.title) } else { &row.title }
}

/// `-1.2±0.3`; a dot if it cannot be told from nothing, and a question mark if that may be chance.
fn cell(effect: &Effect, outcome: Outcome) -> String {
    let it = effect.paired.difference.times(scale(outcome));
    if it.mean.is_nan() {
        return "-".to_owned();
    }
    let half = it.half_width();
    if half.is_nan() {
        return format!("{:+.2}", it.mean);
    }
    if !effect.stands_alone() {
        return format!("{NOTHING} ");
    }
    let decimals = match it.mean.abs().max(half) {
        size if size >= 10.0 => 0,
        size if size >= 1.0 => 1,
        _ => 2,
    };
    let sign = if it.mean > 0.0 { "+" } else { "-" };
    let mark = if effect.is_told() { " " } else { "?" };
    if it.mean.abs() < 0.005 {
        return format!("{sign}<0.01{mark}");
    }
    format!("{sign}{}±{}{mark}", shown(it.mean.abs(), "", decimals), shown(half, "", decimals))
}

/// How to read it.
fn reading(ripple: &Ripple) -> Vec<String> {
    let effects = ripple.rows.len() * ripple.columns.len();
    let steps = "The standard steps, each alone and from the first measured day on: +2h are two of 100 \
                 hours more for each other (relate), for better handovers (hone) or to recover, taken \
                 from tasks; a tenth more staff in all teams; a tenth more of all places. Figures are \
                 changes against no step; what staff are paid is in none. Shared is delay that two \
                 organisations own together."
        .to_owned();
    let doubt = match ripple.replications {
        1 => "One run gives no intervals: ask for more with --replications 30.".to_owned(),
        _ => format!(
            "± is half of a 95% interval, which holds by itself. A dot: cannot be told apart from no \
             effect. A question mark: it can by itself, but among the {effects} effects of this page \
             it may be chance (Holm's method: if there were none, at most 5 of 100 such pages would \
             show any without a question mark)."
        ),
    };
    let more = "--json has every effect with its interval; --out DIR writes it, with pictures.";
    vec![steps, doubt, more.to_owned()]
}

/// The whole matrix as JSON. What is not a number becomes `null`.
pub fn ripple_json(ripple: &Ripple) -> Value {
    let of_column = |column: &Column, value: Value| {
        (format!("{}.{}", column.outcome.id(), column.group), value)
    };
    let base = ripple.columns.iter().map(|column| of_column(column, number(column.base)));
    let row = |row: &Row| {
        let cells = ripple.columns.iter().zip(&row.cells);
        let cells: Map<String, Value> =
            cells.map(|(column, effect)| of_column(column, of_effect(effect))).collect();
        json!({
            "organisation": row.organisation,
            "lever": row.lever.id(),
            "step": row.lever.title(),
            "effects": cells,
        })
    };
    json!({
        "version": env!("CARGO_PKG_VERSION"),
        "scenario": ripple.scenario,
        "seed": ripple.seed,
        "replications": ripple.replications,
        "measured_days": ripple.measured_days,
        "coordination": ripple.theta.as_ref().map(layer::json),
        "steps": { "hours_moved": crate::experiment::HOURS, "growth": crate::experiment::GROWTH },
        "units": { "delay": Outcome::Delay.unit(), "morale": Outcome::Morale.unit(),
            "cost": Outcome::Cost.unit() },
        "intervals": "each 95% interval holds by itself",
        "verdicts": "`told` holds for all effects together, by Holm's method at 5%",
        "without": base.collect::<Map<String, Value>>(),
        "rows": ripple.rows.iter().map(row).collect::<Vec<Value>>(),
    })
}

fn of_effect(effect: &Effect) -> Value {
    let it = &effect.paired.difference;
    json!({
        "mean": number(it.mean),
        "lower": number(it.lower),
        "upper": number(it.upper),
        "n": it.n,
        "p": number(effect.paired.p),
        "family_p": number(effect.family_p),
        "told": effect.is_told(),
        "better": effect.is_better(),
    })
}
