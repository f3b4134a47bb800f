//! The streams of people, as the rules hold them.

use super::quantities::{cumulative, distribution, span};
use super::{initial, position};
use crate::model::calendar::Days;
use crate::model::rules::{ArrivalRules, Daily, Moments};
use crate::random::{Distribution, Key};
use crate::scenario::language::{Arrivals, Batch, Description, Named, Pathways};
use crate::scenario::units::Weekday;

pub(super) fn arrivals(
    description: &Description,
    days: &Days,
    name: &str,
    said: &Arrivals,
) -> ArrivalRules {
    let weights = if said.hour.is_empty() { vec![1.0] } else { said.hour.clone() };
    let every = said.every.map(|every| Distribution::fixed(span(every).seconds().into()));
    ArrivalRules {
        per_day: said.per_day.unwrap_or(0.0),
        listed: said
            .at
            .iter()
            .map(|moment| {
                let day = u32::try_from(days.number_of(moment.date.civil()));
                (day.expect("checked: people come within the run"), moment.second)
            })
            .collect(),
        daily: said.on.as_ref().map(|on| Daily {
            seconds: on.at.iter().map(|clock| clock.second).collect(),
            days: Weekday::ALL.map(|day| on.days.contains(&day)),
        }),
        gaps: said.gaps.as_ref().map(distribution).or(every),
        together: said.batch.as_ref().map(together).unwrap_or_default(),
        largest_group: 1,
        weekday: said.weekday,
        month: said.month,
        moments: Moments::new(&weights),
        pathways: match &said.pathways {
            Pathways::Shares(shares) => pathways(description, shares),
            Pathways::By { .. } => Vec::new(),
        },
        pathways_by: match &said.pathways {
            Pathways::Shares(_) => None,
            Pathways::By { attribute, shares } => {
                let values = &description.attributes[attribute].values;
                let of_value = |value| pathways(description, &shares[value]);
                let lists = values.iter().map(of_value).collect();
                Some((position(&description.attributes, attribute), lists))
            }
        },
        attributes: description
            .attributes
            .iter()
            .map(|(name, attribute)| {
                let shares = said.attributes.get(name).unwrap_or(&attribute.shares);
                let share = |value| shares.get(value).copied().unwrap_or(0.0);
                cumulative(&attribute.values.iter().map(share).collect::<Vec<_>>())
            })
            .collect(),
        purpose: Key::of_name(&format!("arrivals.{name}")),
    }
}

/// Cumulative shares of pathways.
fn pathways(description: &Description, shares: &Named<f64>) -> Vec<(f64, u8)> {
    cumulative(&shares.values().copied().collect::<Vec<_>>())
        .into_iter()
        .zip(shares.keys().map(|name| position(&description.pathways, name)))
        .collect()
}

/// Cumulative shares and numbers of people who come together; none if everybody comes alone.
fn together(batch: &Batch) -> Vec<(f64, u32)> {
    let Batch(sizes) = batch;
    if sizes.iter().all(|(size, _)| *size == 1) {
        return Vec::new();
    }
    let shares: Vec<f64> = sizes.iter().map(|(_, share)| *share).collect();
    cumulative(&shares).into_iter().zip(sizes.iter().map(|(size, _)| *size)).collect()
}

/// Numbers the people of a group by the largest that ever comes, so that all have their own number.
pub(super) fn number_groups<'r>(rules: impl Iterator<Item = &'r mut Vec<ArrivalRules>>) {
    let all: Vec<_> = rules.collect();
    let streams = all.first().map_or(0, |first| first.len());
    let mut largest = vec![1; streams];
    for rules in &all {
        for (largest, stream) in largest.iter_mut().zip(rules.iter()) {
            let most = stream.together.iter().map(|(_, size)| *size).max();
            *largest = most.unwrap_or(1).max(*largest);
        }
    }
    for rules in all {
        for (largest, stream) in largest.iter().zip(rules) {
            stream.largest_group = *largest;
        }
    }
}

/// So many numbers a day and stream have the numbers by which people are called.
pub(super) fn numbers_a_day<'d>(descriptions: impl Iterator<Item = &'d Description>) -> u64 {
    let busiest = |description: &Description| {
        let peak = description.arrivals.values().map(busiest_day).fold(0.0, f64::max);
        peak + initial::people(description) as f64
    };
    let peak = descriptions.map(busiest).fold(0.0, f64::max);
    let mut numbers_a_day = 10_000;
    while numbers_a_day < 1_000 + 2 * peak as u64 {
        numbers_a_day *= 10;
    }
    numbers_a_day
}

/// The most people that a stream expects on a day.
fn busiest_day(arrivals: &Arrivals) -> f64 {
    let most = |factors: &[f64]| factors.iter().copied().fold(0.0, f64::max);
    let rate = arrivals.per_day.unwrap_or(0.0) * most(&arrivals.weekday) * most(&arrivals.month);
    let times = arrivals.on.as_ref().map_or(0, |on| on.at.len()).max(arrivals.at.len());
    let group = arrivals.batch.iter().flat_map(|Batch(sizes)| sizes).map(|it| it.0).max();
    rate.max(times as f64) * f64::from(group.unwrap_or(1))
}
