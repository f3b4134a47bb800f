//! People by what they are: a class for each combination of the values of those attributes by which
//! something is decided.

use super::traffic::Node;
use crate::model::rules::{Action, ArrivalRules, Rules};

/// The attributes by which something is decided.
pub(super) struct Classes<'r> {
    rules: &'r Rules,
    /// How many values each attribute has; 1, if nothing is decided by it.
    sizes: Vec<u32>,
}

impl<'r> Classes<'r> {
    pub(super) fn of(rules: &'r Rules) -> Classes<'r> {
        let first = rules.arrivals.first();
        let all = first.map_or(&[][..], |stream| &stream.attributes).iter().enumerate();
        let sizes = all.map(|(index, shares)| match decides(rules, index) {
            true => shares.len() as u32,
            false => 1,
        });
        Classes { rules, sizes: sizes.collect() }
    }

    /// What a class is by an attribute.
    pub(super) fn value(&self, class: u32, attribute: u8) -> usize {
        let before: u32 = self.sizes[..usize::from(attribute)].iter().product();
        (class / before % self.sizes[usize::from(attribute)]) as usize
    }

    /// The share of each pathway of a stream, for a class.
    pub(super) fn pathways(
        &self,
        stream: &'r ArrivalRules,
        class: u32,
    ) -> impl Iterator<Item = (usize, f64)> + 'r {
        let cumulative = match &stream.pathways_by {
            Some((attribute, by)) => &by[self.value(class, *attribute)],
            None => &stream.pathways,
        };
        let before = std::iter::once(0.0).chain(cumulative.iter().map(|(up_to, _)| *up_to));
        let both = cumulative.iter().zip(before);
        both.map(|((up_to, pathway), before)| (usize::from(*pathway), up_to - before))
    }

    /// Where people begin, and how many a day, if the rules hold for so many days.
    pub(super) fn coming(&self, days: f64) -> Vec<(Node, f64)> {
        let classes: u32 = self.sizes.iter().product();
        let mut coming = Vec::new();
        for stream in &self.rules.arrivals {
            let people = a_day(stream, days);
            for class in 0..classes {
                let share = self.share(stream, class);
                for (pathway, of_it) in self.pathways(stream, class) {
                    let step = self.rules.starts[pathway];
                    if (step as usize) < self.rules.steps.len() && share * of_it > 0.0 {
                        let node = Node { step, class, ..Node::NOWHERE };
                        coming.push((node, people * share * of_it));
                    }
                }
            }
        }
        coming
    }

    /// The share of a class in a stream.
    fn share(&self, stream: &ArrivalRules, class: u32) -> f64 {
        let deciding = stream.attributes.iter().enumerate().filter(|(it, _)| self.sizes[*it] > 1);
        let each = deciding.map(|(attribute, cumulative)| {
            let value = self.value(class, attribute as u8);
            let before = if value == 0 { 0.0 } else { cumulative[value - 1] };
            cumulative[value] - before
        });
        each.product()
    }
}

/// Whether something is decided by an attribute.
fn decides(rules: &Rules, index: usize) -> bool {
    let is_it = |attribute: &u8| usize::from(*attribute) == index;
    let by_stream = rules.arrivals.iter().filter_map(|stream| stream.pathways_by.as_ref());
    by_stream.map(|(attribute, _)| attribute).any(is_it)
        || rules.whens.iter().flatten().map(|(attribute, _)| attribute).any(is_it)
        || rules.steps.iter().any(|step| match &step.action {
            Action::Route { attribute, .. } => is_it(attribute),
            _ => false,
        })
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
