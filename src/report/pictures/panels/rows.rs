//! Small multiples in the terminal: a line of text for each course, with a small chart.

use super::small::{self, Scale};
use super::{HOURS, Panels};
use crate::experiment::{Course, Quantity};
use crate::report::Page;
use crate::report::layer::decimals;
use crate::report::numbers::{aligned, shown};
use crate::report::pictures::{clipped, longest};

/// The narrowest and the widest small chart.
const CHART: (usize, usize) = (8, 30);
/// Names are not cut shorter.
const SHORTEST_NAME: usize = 12;
/// Columns of what stands before the names.
const LABEL: usize = 13;
/// Columns of the start, an arrow, and the end with its interval.
const ENDS: usize = 23;
/// What the terminal has no room for.
const ON_PAPER_ONLY: &str = "staff";
/// Columns of a share of hours at the start and at the end.
const SHARES: usize = 11;

impl Panels {
    /// Drawn with characters, without its title.
    pub(in crate::report::pictures) fn terminal(&self, page: &Page) -> String {
        match self.name {
            HOURS => hours(page, &self.quantities),
            _ => rows(page, self.quantities.iter().filter(|it| it.name != ON_PAPER_ONLY)),
        }
    }
}

/// A line for each course of each quantity. A blank stands between two columns.
fn rows<'a>(page: &Page, quantities: impl Iterator<Item = &'a Quantity> + Clone) -> String {
    let titles: Vec<String> =
        quantities.clone().flat_map(|it| &it.courses).map(|it| short(&it.title)).collect();
    let free = page.width.saturating_sub(LABEL + ENDS + 3);
    let name = longest(titles.iter()).min(free.saturating_sub(CHART.0)).max(SHORTEST_NAME);
    let chart = free.saturating_sub(name).clamp(CHART.0, CHART.1);
    let mut out = String::new();
    for quantity in quantities {
        let means: Vec<Vec<f64>> = quantity.courses.iter().map(means).collect();
        let scale = Scale::around(&means.concat(), least_span(quantity.unit));
        let mut labels = labels(quantity, &scale).into_iter();
        let mut courses = quantity.courses.iter().zip(&means);
        loop {
            let (label, course) = (labels.next(), courses.next());
            if label.is_none() && course.is_none() {
                break;
            }
            let mut line = format!("{:<LABEL$}", label.unwrap_or_default());
            if let Some((course, means)) = course {
                let title = clipped(&short(&course.title), name);
                let drawn = small::chart(page, chart, means, &scale);
                line += &format!(" {title:<name$} {drawn} {}", ends(course, quantity.unit));
            }
            out += &format!("{}\n", line.trim_end());
        }
    }
    out
}

fn means(course: &Course) -> Vec<f64> {
    course.points.iter().map(|(_, estimate)| estimate.mean).collect()
}

/// What a quantity is called, in lines, and the scale of its charts.
fn labels(quantity: &Quantity, scale: &Scale) -> Vec<String> {
    let narrow = Page { width: LABEL, colour: false };
    let mut labels: Vec<String> =
        narrow.wrap(quantity.short_title, 0).lines().map(str::to_owned).collect();
    let digits = decimals(quantity.unit);
    let low = shown(scale.low, quantity.unit, digits);
    let high = shown(scale.high, quantity.unit, digits);
    labels.push(format!("{}–{high}", low.trim_end_matches('%')));
    labels
}

/// The start and the end of a course.
fn ends(course: &Course, unit: &str) -> String {
    course.ends().map_or_else(String::new, |(first, last)| {
        let first = shown(first.mean, unit, decimals(unit));
        format!("{} → {}", first.trim_end_matches('%'), aligned(&last, unit, decimals(unit)))
    })
}

/// How much of a quantity is worth seeing: charts make no mountain of less.
fn least_span(unit: &str) -> f64 {
    match unit {
        "1 to 5" => 0.5,
        "share" => 0.02,
        _ => 0.1,
    }
}

/// A pair of organisations in fewer columns.
fn short(title: &str) -> String {
    title.replace(" with ", " + ")
}

/// A line for each organisation: how it spends its hours at the start and at the end.
fn hours(page: &Page, effort: &[Quantity]) -> String {
    let Some(first) = effort.first() else { return String::new() };
    let free = page.width.saturating_sub(LABEL + 1 + (SHARES + 1) * effort.len());
    let titles: Vec<String> = first.courses.iter().map(|course| course.title.clone()).collect();
    let name = longest(titles.iter()).min(free).max(SHORTEST_NAME);
    let mut out = format!("{:<LABEL$} {:<name$}", "", "");
    for quantity in effort {
        out += &format!(" {:>SHARES$}", quantity.short_title);
    }
    out.push('\n');
    for (index, title) in titles.iter().enumerate() {
        let label = if index == 0 { "% of hours" } else { "" };
        out += &format!("{label:<LABEL$} {:<name$}", clipped(title, name));
        for quantity in effort {
            let share = |mean: f64| shown(mean, quantity.unit, decimals(quantity.unit));
            let ends = quantity.courses.get(index).and_then(Course::ends);
            let text = ends.map(|(first, last)| {
                format!("{} → {}", share(first.mean), share(last.mean)).replace('%', "")
            });
            out += &format!(" {:>SHARES$}", text.unwrap_or_default());
        }
        out.push('\n');
    }
    out
}
