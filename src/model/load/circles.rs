//! Circles of places: people in each wait for the next, and keep theirs until they have it.

use std::collections::BTreeSet;

use super::traffic;
use crate::engine::Time;
use crate::model::queueing::request_of;
use crate::model::rules::{Action, PlaceRules, Rules};

/// Circles of limited places in which people who keep their place can wait for each other for ever; every
/// place that lies on a circle is in one of them. Each leads to the next, and the last to the first.
pub(in crate::model) fn circles(all: &[(Time, Rules)]) -> Vec<Vec<u8>> {
    let mut edges: BTreeSet<(u8, u8)> = BTreeSet::new();
    for (_, rules) in all {
        for node in traffic::reached(rules) {
            let asks = rules.steps[node.step as usize].action;
            let (Action::Enter(to) | Action::Reserve(to)) = asks else { continue };
            let others = request_of(rules, node.step).map_or(&[][..], |request| &request.overflow);
            for to in std::iter::once(to).chain(others.iter().copied()) {
                let kept = [node.place, node.reserved].into_iter().flatten();
                edges.extend(kept.filter(|from| *from != to).map(|from| (from, to)));
            }
        }
    }
    let is_limited = |place: u8| {
        let limited = |place: &PlaceRules| {
            let at_times = place.capacity_at.iter().map(|entry| entry.capacity);
            at_times.chain([place.capacity]).any(|capacity| capacity != u32::MAX)
        };
        all.iter().any(|(_, rules)| limited(&rules.places[usize::from(place)]))
    };
    edges.retain(|(from, to)| is_limited(*from) && is_limited(*to));
    let mut found = Vec::new();
    let mut told: BTreeSet<u8> = BTreeSet::new();
    let starts: BTreeSet<u8> = edges.iter().map(|(from, _)| *from).collect();
    for start in starts {
        if told.contains(&start) {
            continue;
        }
        if let Some(circle) = shortest(start, &edges) {
            told.extend(&circle);
            found.push(circle);
        }
    }
    found
}

/// The shortest way from a place back to it.
fn shortest(start: u8, edges: &BTreeSet<(u8, u8)>) -> Option<Vec<u8>> {
    let mut ways: Vec<Vec<u8>> = vec![vec![start]];
    let mut met: BTreeSet<u8> = BTreeSet::new();
    let mut next = 0;
    while next < ways.len() {
        let way = ways[next].clone();
        next += 1;
        let last = *way.last()?;
        for (_, to) in edges.range((last, 0)..=(last, u8::MAX)) {
            if *to == start {
                return Some(way);
            }
            if met.insert(*to) {
                ways.push(way.iter().copied().chain([*to]).collect());
            }
        }
    }
    None
}
