//! People a day at each step: the traffic equations, over steps and the places that are kept there.

use std::collections::BTreeMap;

use super::classes::Classes;
use super::is_there;
use crate::model::queueing::request_of;
use crate::model::rules::{Action, PLAIN, Rules, Step};

/// Somebody at a step, in a place, with a place held for them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Node {
    pub(super) step: u32,
    pub(super) place: Option<u8>,
    /// The units that they have there.
    pub(super) units: u32,
    pub(super) reserved: Option<u8>,
    /// The units that are held for them there.
    pub(super) reserved_units: u32,
    /// The teams on whose books they are, a bit each.
    pub(super) books: u64,
    /// What they are: the values of all attributes, as one number.
    pub(super) class: u32,
}

impl Node {
    /// Somebody who is in no place.
    pub(super) const NOWHERE: Node = Node {
        step: 0,
        place: None,
        units: 0,
        reserved: None,
        reserved_units: 0,
        books: 0,
        class: 0,
    };
}

/// The bit of a team; teams beyond the first 64 have none, and their books no load.
pub(super) fn book(team: u8) -> u64 {
    1_u64.checked_shl(team.into()).unwrap_or(0)
}

/// How many units of a place, or members of a team, people take in a step.
pub(super) fn units(rules: &Rules, step: u32) -> u32 {
    request_of(rules, step).map_or(1, |request| request.units)
}

/// How many people a day come to each node.
#[derive(Debug)]
pub(super) struct Traffic {
    nodes: Vec<Node>,
    people: Vec<f64>,
    needing: Vec<f64>,
}

/// The equations are solved when nobody's number changes by more than this share of all.
const CLOSE: f64 = 1e-12;
/// Loops have an exit; with one in a million this often is enough.
const MOST_SWEEPS: usize = 100_000;

impl Traffic {
    /// Solves the equations for rules that hold for so many days.
    pub(super) fn of(rules: &Rules, days: f64) -> Traffic {
        let (mut graph, into) = Graph::of(rules, false);
        let mut fresh = vec![0.0; graph.nodes.len()];
        for (start, people) in graph.classes.coming(days) {
            fresh[graph.position(start)] += people;
        }
        let people = solve(&fresh, &into);
        let needing =
            graph.nodes.iter().zip(&people).map(|(node, people)| graph.needed(*node) * people);
        Traffic { needing: needing.collect(), people, nodes: graph.nodes }
    }

    /// The nodes, the people a day who come to them, and those who need their steps.
    pub(super) fn nodes(&self) -> impl Iterator<Item = (Node, f64, f64)> + '_ {
        let both = self.people.iter().zip(&self.needing);
        self.nodes.iter().zip(both).map(|(node, (people, needing))| (*node, *people, *needing))
    }
}

/// The nodes to which somebody can come, also those who go to another place instead of waiting.
pub(super) fn reached(rules: &Rules) -> Vec<Node> {
    Graph::of(rules, true).0.nodes
}

/// Sweeps until each node has what comes to it.
fn solve(fresh: &[f64], into: &[Vec<(usize, f64)>]) -> Vec<f64> {
    let close = CLOSE * fresh.iter().sum::<f64>();
    let mut people = fresh.to_vec();
    for _ in 0..MOST_SWEEPS {
        let mut most = 0.0_f64;
        for node in 0..people.len() {
            let come: f64 = into[node].iter().map(|(from, share)| people[*from] * share).sum();
            let new = fresh[node] + come;
            most = most.max((new - people[node]).abs());
            people[node] = new;
        }
        if most <= close {
            break;
        }
    }
    people
}

/// The nodes found so far.
struct Graph<'r> {
    rules: &'r Rules,
    classes: Classes<'r>,
    /// Whether people go to other places instead of waiting; how many do, nobody knows beforehand.
    overflows: bool,
    nodes: Vec<Node>,
    positions: BTreeMap<Node, usize>,
}

impl<'r> Graph<'r> {
    /// All nodes that are reached, and for each from where, with the shares.
    fn of(rules: &'r Rules, overflows: bool) -> (Graph<'r>, Vec<Vec<(usize, f64)>>) {
        let classes = Classes::of(rules);
        let mut graph =
            Graph { rules, classes, overflows, nodes: Vec::new(), positions: BTreeMap::new() };
        for (start, _) in graph.classes.coming(1.0) {
            graph.position(start);
        }
        // Positions are found while the list grows.
        let mut into: Vec<Vec<(usize, f64)>> = vec![Vec::new(); graph.nodes.len()];
        let mut next = 0;
        while next < graph.nodes.len() {
            for (target, share) in graph.onward(graph.nodes[next]) {
                let target = graph.position(target);
                into.resize_with(graph.nodes.len(), Vec::new);
                into[target].push((next, share));
            }
            next += 1;
        }
        (graph, into)
    }

    /// The share of those who come to a node that need its step.
    fn needed(&self, node: Node) -> f64 {
        let step = &self.rules.steps[node.step as usize];
        if step.always_needed {
            return 1.0;
        }
        let is_for = self.rules.whens.get(usize::from(step.when)).is_none_or(|when| {
            when.iter()
                .all(|(attribute, values)| values[self.classes.value(node.class, *attribute)])
        });
        if is_for { step.needed.value } else { 0.0 }
    }

    fn position(&mut self, node: Node) -> usize {
        let new = self.nodes.len();
        let position = *self.positions.entry(node).or_insert(new);
        if position == new {
            self.nodes.push(node);
        }
        position
    }

    /// Where people of a step go instead of waiting.
    fn overflow(&self, step: &Step) -> &'r [u8] {
        match step.request {
            _ if !self.overflows => &[],
            PLAIN => &[],
            request => &self.rules.requests[usize::from(request)].overflow,
        }
    }

    /// Where people go on from a node, and the share of each.
    fn onward(&self, node: Node) -> Vec<(Node, f64)> {
        let step = &self.rules.steps[node.step as usize];
        let mut onward = Vec::new();
        let mut go = |step: u32, node: Node, share: f64| {
            if is_there(step) && share > 0.0 {
                onward.push((Node { step, ..node }, share));
            }
        };
        let needed = self.needed(node);
        go(step.skip, node, 1.0 - needed);
        let mut then = node;
        let units = units(self.rules, node.step);
        match step.action {
            Action::Enter(place) if node.place == Some(place) => {}
            Action::Enter(place) => {
                (then.place, then.units) = (Some(place), units);
                for &other in self.overflow(step) {
                    go(step.next, Node { place: Some(other), ..then }, needed);
                }
            }
            Action::Reserve(place) => {
                (then.reserved, then.reserved_units) = (Some(place), units);
                for &other in self.overflow(step) {
                    go(step.next, Node { reserved: Some(other), ..then }, needed);
                }
            }
            Action::Move => {
                (then.place, then.units) = (node.reserved, node.reserved_units);
                (then.reserved, then.reserved_units) = (None, 0);
            }
            Action::Join(team) => then.books |= book(team),
            Action::LeaveBooks(team) => then.books &= !book(team),
            Action::Keep(units) => then.units = node.units.min(units),
            Action::Leave(_) => then = Node { step: node.step, class: node.class, ..Node::NOWHERE },
            Action::Split { first, count } => {
                let ways = &self.rules.ways[usize::from(first)..usize::from(first + count)];
                let mut before = 0.0;
                for (up_to, target) in ways {
                    go(*target, node, needed * (up_to - before));
                    before = *up_to;
                }
                return onward;
            }
            Action::Route { attribute, first } => {
                let value = self.classes.value(node.class, attribute);
                go(self.rules.ways[usize::from(first) + value].1, node, needed);
                return onward;
            }
            Action::Readmit { chance, stream, .. } => {
                let stream = &self.rules.arrivals[usize::from(stream)];
                for (pathway, share) in self.classes.pathways(stream, node.class) {
                    let nowhere = Node { class: node.class, ..Node::NOWHERE };
                    go(self.rules.starts[pathway], nowhere, needed * chance.value * share);
                }
                return onward;
            }
            _ => {}
        }
        let back = step.again.map_or(0.0, |(chance, _)| chance.value);
        if let Some((_, target)) = step.again {
            go(target, then, needed * back);
        }
        go(step.next, then, needed * (1.0 - back));
        onward
    }
}
