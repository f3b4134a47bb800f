//! The pictures of a comparison: differences as dots with their intervals around 0.

use super::{headline, words};
use crate::experiment::{Comparison, Versus, is_better};
use crate::model::measures::Better;
use crate::report::pictures::{Dot, Forest, News, Picture};
use crate::statistics::Paired;

/// The pictures of a scenario beside the base, in the order of the page.
pub fn of(comparison: &Comparison, versus: &Versus) -> Vec<Picture> {
    let forest = |name: &str, title: &str, unit: &str, dots: Vec<Dot>| Forest {
        name: format!("{name}_{}", file_name(comparison, versus)),
        title: format!("{title} with {}", versus.name),
        unit: unit.to_owned(),
        cut: false,
        dots,
    };
    let percent = format!("% of {}", comparison.name);
    let differences = forest("differences", "What differs", &percent, relative(comparison, versus));
    let groups = people(versus.groups.iter().map(|it| (it.group.title(), &it.people)));
    let owners = people(versus.owners.iter().map(|it| (it.owner.title.as_str(), &it.people)));
    let unit = "people delayed";
    [
        // Measures are of many kinds, and one that is rarely above 0 may grow many times over.
        Forest { cut: true, ..differences },
        forest("delay_by_group", "What people wait for: the change", unit, groups),
        forest("delay_by_owner", "Whose delay it is: the change", unit, owners),
    ]
    .into_iter()
    .filter(|forest| forest.dots.iter().any(|dot| dot.estimate.mean != 0.0))
    .map(Picture::Forest)
    .collect()
}

/// Differences of the key measures, as per cent of the base.
fn relative(comparison: &Comparison, versus: &Versus) -> Vec<Dot> {
    let rows = headline::rows(comparison, versus).into_iter();
    rows.filter_map(|row| {
        let paired = &row.difference.paired;
        Some(Dot {
            label: row.label,
            value: words::amount_of(row.difference),
            estimate: paired.relative()?.times(100.0),
            news: news(row.difference.is_better()),
        })
    })
    .collect()
}

/// Changes in people delayed; those who delay nobody in either are left out.
fn people<'a>(changes: impl Iterator<Item = (&'a str, &'a Paired)>) -> Vec<Dot> {
    changes
        .filter(|(_, people)| people.base > 0.0 || people.other > 0.0)
        .map(|(label, people)| Dot {
            label: label.to_owned(),
            value: words::figures(people, "people"),
            estimate: people.difference,
            news: news(is_better(people.verdict(), Better::Lower)),
        })
        .collect()
}

fn news(is_better: Option<bool>) -> News {
    match is_better {
        Some(true) => News::Good,
        Some(false) => News::Bad,
        None => News::None,
    }
}

/// The name of a scenario as a part of the name of a file; with a number where an earlier scenario
/// has the same.
fn file_name(comparison: &Comparison, versus: &Versus) -> String {
    let plain = |c: char| if c.is_alphanumeric() || c == '-' { c } else { '_' };
    let of = |name: &str| -> String { name.trim_end_matches(".toml").chars().map(plain).collect() };
    let name = of(&versus.name);
    let before = comparison.others.iter().take_while(|other| other.name != versus.name);
    match before.filter(|other| of(&other.name) == name).count() {
        0 => name,
        earlier => format!("{name}_{}", earlier + 1),
    }
}
