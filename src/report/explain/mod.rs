//! Which change brought which part of a difference, shown.

mod json;
mod without;

pub use self::json::{explain_json, without_json};
pub use self::without::without;

use super::layer::caution;
use super::numbers::{figure, whole};
use super::pictures::{Picture, Waterfall};
use super::{Page, comparison, table};
use crate::experiment::{Attribution, Explained};
use crate::model::measures::Better;
use crate::scenario::differences::Part;
use crate::statistics::Estimate;

/// Couplings that bring less than this share of the largest are told together.
const LEAST_SHARE: f64 = 0.01;

/// Letters of a change in the table.
const LONGEST_LABEL: usize = 42;

/// The page.
pub fn explain(page: &Page, explained: &Explained) -> String {
    let title = format!("What makes {} different from {}", explained.other, explained.base);
    let mut out = format!("{}\n", page.bold(&page.wrap(&title, 0)));
    out += &format!("{}\n", page.dim(&page.wrap(&how(explained), 0)));
    for (number, part) in (1..).zip(&explained.parts) {
        out += &format!("{}\n", page.wrap(&format!("{number}  {}", part.title), 3));
        for edit in &part.edits {
            out += &format!("{}\n", page.dim(&page.wrap(&format!("     {edit}"), 7)));
        }
    }
    for attribution in &explained.measures {
        out += &of_measure(page, explained, attribution);
    }
    out += "\n";
    if let Some(theta) = &explained.theta {
        out += &format!("{}\n", page.wrap(&caution(theta), 0));
    }
    for paragraph in reading(explained) {
        out += &format!("{}\n", page.wrap(&paragraph, 0));
    }
    out
}

fn how(explained: &Explained) -> String {
    let times = match explained.replications {
        1 => "once each".to_owned(),
        many => format!("{} times each", whole(f64::from(many))),
    };
    format!(
        "{} days, {times}, seed {}: the same people in all. {}",
        whole(explained.measured_days),
        explained.seed,
        match explained.parts.len() {
            0 => "Nothing that is simulated differs.".to_owned(),
            1 => "One thing differs:".to_owned(),
            many => format!("{many} things differ:"),
        }
    )
}

fn of_measure(page: &Page, explained: &Explained, attribution: &Attribution) -> String {
    let unit = attribution.measure.unit;
    let mut out = page.heading(&format!(
        "{} [{unit}]: {} in {}, {} in {}",
        attribution.name,
        figure(attribution.base, unit),
        explained.base,
        figure(attribution.other, unit),
        explained.other
    ));
    let row = |label: String, part: &Estimate| {
        let change = comparison::change(part, unit, attribution.base);
        vec![label, change, share(part, &attribution.whole)]
    };
    let parts = (1..).zip(explained.parts.iter().zip(&attribution.parts));
    let mut rows: Vec<Vec<String>> = parts
        .map(|(number, (part, it))| row(format!("{number}  {}", tail(&part.title)), it))
        .collect();
    rows.push(row("All of it".to_owned(), &attribution.whole));
    out += &table::columns(page, &["By change", "Brings (95%)", "Share"], &[1, 2], rows);
    if explained.parts.len() > 1 && attribution.whole.mean != 0.0 {
        out += &Picture::Waterfall(waterfall(explained, attribution)).terminal(page);
    }
    if let Some(by_coupling) = &attribution.couplings {
        let mut lines: Vec<(&str, &Estimate)> =
            explained.couplings.iter().map(|(name, _)| *name).zip(&by_coupling.parts).collect();
        lines.sort_by(|one, other| other.1.mean.abs().total_cmp(&one.1.mean.abs()));
        let most = lines.first().map_or(0.0, |(_, it)| it.mean.abs());
        let (shown, small): (Vec<_>, Vec<_>) = lines
            .into_iter()
            .partition(|(_, it)| it.mean.abs() >= most * LEAST_SHARE && most > 0.0);
        let mut rows = vec![row("through none of them".to_owned(), &by_coupling.through_none)];
        rows.extend(shown.into_iter().map(|(name, it)| row(name.replace('_', " "), it)));
        rows.push(row("All of it".to_owned(), &attribution.whole));
        out += "\n";
        out += &table::columns(page, &["By coupling", "Brings (95%)", "Share"], &[1, 2], rows);
        if !small.is_empty() {
            let names: Vec<String> = small.iter().map(|(name, _)| name.replace('_', " ")).collect();
            let text = format!("Next to nothing: {}.", super::confidence::and(&names));
            out += &format!("{}\n", page.wrap(&text, 0));
        }
    }
    out
}

/// The end of a path that is too long for a table; the list above has it whole.
fn tail(title: &str) -> String {
    let fits = |text: &&str| text.chars().count() <= LONGEST_LABEL;
    let ends = title.match_indices('.').map(|(at, _)| &title[at + 1..]);
    match ends.into_iter().find(fits) {
        Some(end) if !fits(&title) => format!("…{end}"),
        _ => title.to_owned(),
    }
}

/// How much of the whole a part is; in brackets if the part cannot be told from none.
fn share(part: &Estimate, whole: &Estimate) -> String {
    let share = (part.mean / whole.mean * 100.0).round();
    match share.is_finite() {
        // Not -0.
        true if part.lower <= 0.0 && part.upper >= 0.0 => format!("({:.0}%)", share + 0.0),
        true => format!("{:.0}%", share + 0.0),
        false => "-".to_owned(),
    }
}

fn waterfall(explained: &Explained, attribution: &Attribution) -> Waterfall {
    let parts = (1..).zip(explained.parts.iter().zip(&attribution.parts));
    let step = |(number, (part, it)): (u32, (&Part, &Estimate))| {
        let change = comparison::change(it, attribution.measure.unit, attribution.base);
        (number.to_string(), format!("{}: {change}", part.title), it.mean)
    };
    Waterfall {
        name: format!("explain_{}", attribution.name.replace(['.', '+'], "_")),
        title: format!("{}: {} against {}", attribution.name, explained.other, explained.base),
        unit: attribution.measure.unit.to_owned(),
        more_is_better: match attribution.measure.better {
            Better::Higher => Some(true),
            Better::Lower => Some(false),
            Better::Neither => None,
        },
        steps: parts.map(step).collect(),
    }
}

/// A waterfall for each measure.
pub fn pictures(explained: &Explained) -> Vec<Picture> {
    let measures = explained.measures.iter();
    measures.map(|it| Picture::Waterfall(waterfall(explained, it))).collect()
}

fn reading(explained: &Explained) -> Vec<String> {
    let mut out = Vec::new();
    let orders = if explained.is_exact {
        "all orders, for which all combinations of changes were run"
    } else {
        "orders drawn anew for every two runs"
    };
    out.push(format!(
        "Parts are Shapley values: what a change adds to those that are there already, averaged over \
         {orders}. They add up to the whole. Each is taken run by run on the same people; its 95% \
         interval holds by itself and allows for chance in people{}. A share in brackets is of a part \
         that cannot be told from none.",
        if explained.is_exact { "" } else { " and in the orders" }
    ));
    if !explained.couplings.is_empty() {
        out.push(
            "By coupling: the difference between both with couplings of the relationship layer switched \
             on one by one, in orders drawn anew for every two runs. What comes through none of them \
             would be there if relationships acted on nothing. `docs/relationships.md` says what each \
             does."
                .to_owned(),
        );
    }
    if explained.replications == 1 {
        out.push("One run gives no intervals: ask for more with --replications 30.".to_owned());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_path_is_told_by_its_end() {
        for (title, wanted) in [
            ("places.ward", "places.ward"),
            ("coordination.organisations.community.effort", "…organisations.community.effort"),
            ("coordination.organisations.social_care.effort", "…organisations.social_care.effort"),
        ] {
            assert_eq!(tail(title), wanted);
        }
    }

    #[test]
    fn a_part_that_cannot_be_told_has_its_share_in_brackets() {
        let part =
            |lower: f64, upper: f64| Estimate { mean: (lower + upper) / 2.0, lower, upper, n: 9 };
        let whole = part(-12.0, -8.0);
        assert_eq!(share(&part(-6.0, -4.0), &whole), "50%");
        assert_eq!(share(&part(-1.0, 3.0), &whole), "(-10%)");
        assert_eq!(share(&part(-0.001, 0.001), &whole), "(0%)");
        assert_eq!(share(&part(-1.0, 3.0), &part(0.0, 0.0)), "-");
    }
}
