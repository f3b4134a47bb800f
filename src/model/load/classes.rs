//! People by what they are: a class for each combination of the values of attributes.

use super::traffic::Node;
use crate::model::rules::{ArrivalRules, Rules};

/// How many values each attribute has.
fn sizes(rules: &Rules) -> impl Iterator<Item = u32> + '_ {
    let first = rules.arrivals.first();
    first.into_iter().flat_map(|stream| stream.attributes.iter().map(|shares| shares.len() as u32))
}

/// What a class is by an attribute.
pub(super) fn value(rules: &Rules, class: u32, attribute: u8) -> usize {
    let mut rest = class;
    for (index, size) in sizes(rules).enumerate() {
        if index == usize::from(attribute) {
            return (rest % size) as usize;
        }
        rest /= size;
    }
    0
}

/// The share of each pathway of a stream, for a class.
pub(super) fn pathways<'r>(
    rules: &Rules,
    stream: &'r ArrivalRules,
    class: u32,
) -> impl Iterator<Item = (usize, f64)> + 'r {
    let cumulative = match &stream.pathways_by {
        Some((attribute, by)) => &by[value(rules, class, *attribute)],
        None => &stream.pathways,
    };
    let before = std::iter::once(0.0).chain(cumulative.iter().map(|(up_to, _)| *up_to));
    let both = cumulative.iter().zip(before);
    both.map(|((up_to, pathway), before)| (usize::from(*pathway), up_to - before))
}

/// Where people begin, and how many a day, if the rules hold for so many days.
pub(super) fn coming(rules: &Rules, days: f64) -> Vec<(Node, f64)> {
    let classes: u32 = sizes(rules).product();
    let mut coming = Vec::new();
    for stream in &rules.arrivals {
        let people = a_day(stream, days);
        for class in 0..classes {
            let share = share(rules, stream, class);
            for (pathway, of_it) in pathways(rules, stream, class) {
                let step = rules.starts[pathway];
                if (step as usize) < rules.steps.len() && share * of_it > 0.0 {
                    let node = Node { step, class, ..Node::NOWHERE };
                    coming.push((node, people * share * of_it));
                }
            }
        }
    }
    coming
}

/// The share of a class in a stream.
fn share(rules: &Rules, stream: &ArrivalRules, class: u32) -> f64 {
    let each = stream.attributes.iter().enumerate().map(|(attribute, cumulative)| {
        let value = value(rules, class, attribute as u8);
        let before = if value == 0 { 0.0 } else { cumulative[value - 1] };
        cumulative[value] - before
    });
    each.product()
}

/// People of a stream a day, on average over a year.
fn a_day(stream: &ArrivalRules, days: f64) -> f64 {
    let year = (0..12).map(|month| stream.people_a_day(month)).sum::<f64>() / 12.0;
    let week = match stream.gaps.is_some() || stream.daily.is_some() {
        true => 1.0,
        false => stream.weekday.iter().sum::<f64>() / 7.0,
    };
    year * week + stream.listed.len() as f64 * stream.mean_group() / days
}
