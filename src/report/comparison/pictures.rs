//! The pictures of a comparison: differences as dots with their intervals around 0.

use super::{headline, words};
use crate::experiment::{Comparison, Versus, is_better};
use crate::model::measures::Better;
use crate::report::pictures::{Dot, Forest, News, Picture};
use crate::statistics::Paired;

/// The pictures of a scenario beside the base, in the order of the page.
pub fn of(comparison: &Comparison, versus: &Versus) -> Vec<Picture> {
    let forest = |name: &str, title: &str, unit: String, dots: Vec<Dot>| {
        let name = format!("{name}_{}", file_name(&versus.name));
        Forest { name, title: title.to_owned(), unit, dots }
    };
    let groups = versus.groups.iter().map(|it| (it.group.title(), &it.people));
    let owners = versus.owners.iter().map(|it| (it.owner.title.as_str(), &it.people));
    let unit = || "people delayed on average".to_owned();
    [
        forest("differences", "What differs", format!("% of {}", comparison.name), {
            let rows = headline::rows(comparison, versus);
            rows.into_iter()
                .filter_map(|row| {
                    let paired = &row.difference.paired;
                    Some(Dot {
                        label: row.label,
                        value: words::amount(paired, row.difference.measure.unit),
                        estimate: paired.relative()?.times(100.0),
                        news: news(row.difference.is_better()),
                    })
                })
                .collect()
        }),
        forest("delay_by_group", "What people wait for: the change", unit(), people(groups)),
        forest("delay_by_owner", "Whose delay it is: the change", unit(), people(owners)),
    ]
    .into_iter()
    .filter(|forest| !forest.dots.is_empty())
    .map(Picture::Forest)
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

/// A name as a part of the name of a file.
fn file_name(name: &str) -> String {
    let plain = |c: char| if c.is_alphanumeric() || c == '-' { c } else { '_' };
    name.trim_end_matches(".toml").chars().map(plain).collect()
}
