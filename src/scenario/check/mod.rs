//! Whether a scenario makes sense: the names exist, the shares add up, every way has an end.
//!
//! A file per theme. Each check says what it found through the dotted path of the value; the
//! [`Checker`] finds the place in the text, and keeps quiet about values that were already found
//! to be wrong when their shape was read.

mod arrivals;
mod asking;
mod attributes;
mod beginning;
mod chances;
mod coordination;
mod dates;
mod distributions;
mod ends;
mod laws;
mod limits;
mod numbers;
mod parts;
mod possible;
mod ready;
mod references;
mod refusals;
mod steps;
mod structure;
mod teams;
mod unused;
mod ways;

use self::ways::Survey;
use super::diagnostic::Diagnostic;
use super::flow::Flow;
use super::language::{Description, Step};
use super::read::Damage;
use super::source::Sources;
use super::tree::{Node, Origin, Value};
use super::units::Date;

/// A description with the tree that it was read from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Subject<'a> {
    pub(crate) tree: &'a Node,
    pub(crate) description: &'a Description,
    pub(crate) damage: &'a Damage,
}

/// Checks a scenario: the first subject is what holds at its start, the others what holds from
/// each change on. `changes` are the origins of the dates of the changes, with the dates.
pub(crate) fn check(
    subjects: &[Subject<'_>],
    changes: &[(Origin, Date)],
    sources: &Sources,
) -> Vec<Diagnostic> {
    let Some(first) = subjects.first() else {
        return Vec::new();
    };
    let mut found = Vec::new();
    let flows: Vec<_> = subjects.iter().map(|subject| Flow::of(subject.description)).collect();
    let mut surveys = Vec::new();
    for (index, (subject, (flow, dead))) in subjects.iter().zip(&flows).enumerate() {
        let mut checker = Checker::new(*subject, sources);
        if index == 0 {
            checker.dates(changes);
        } else {
            checker.before = Some(first.tree);
            checker.structure(first, &flows[0].0, flow);
        }
        if !checker.found.is_empty() && index > 0 {
            // Parts and steps are not what they were: nothing else can be told of this change.
            found.append(&mut checker.found);
            continue;
        }
        checker.parts();
        checker.arrivals();
        checker.attributes();
        checker.capacities();
        checker.references(dead);
        checker.steps();
        checker.joint_work();
        checker.limits(flow);
        if index == 0 {
            checker.beginning(flow);
        }
        checker.coordination();
        if index > 0 {
            checker.coordination_since(first.description);
        }
        let mut survey = Survey::of(flow, subject.description, &checker.unsure(flow));
        checker.ends(&mut survey);
        checker.ready(&survey);
        checker.refusals(&survey);
        surveys.push(survey);
        found.append(&mut checker.found);
    }
    let mut checker = Checker::new(*first, sources);
    checker.possible(subjects, &surveys);
    checker.possible_units(subjects, &surveys);
    checker.unused(subjects, &surveys);
    found.append(&mut checker.found);
    found
}

/// More mistakes than this are not looked for.
const MOST_FOUND: usize = 1000;

/// Collects what is wrong with one subject.
struct Checker<'a> {
    description: &'a Description,
    tree: &'a Node,
    damage: &'a Damage,
    /// What held before any change, if this is what holds after one.
    before: Option<&'a Node>,
    sources: &'a Sources,
    found: Vec<Diagnostic>,
    /// The paths of steps and hazards of which nobody knows where they lead.
    broken: Vec<String>,
}

impl<'a> Checker<'a> {
    fn new(subject: Subject<'a>, sources: &'a Sources) -> Checker<'a> {
        Checker {
            description: subject.description,
            tree: subject.tree,
            damage: subject.damage,
            before: None,
            sources,
            found: Vec::new(),
            broken: Vec::new(),
        }
    }

    /// Notes something about the value at a path.
    fn at(&mut self, path: &str, diagnostic: Diagnostic) {
        if self.found.len() < MOST_FOUND && !self.damage.covers(path) {
            let (key, node) = self.nearest_written(path);
            let origin = match (&node.value, key) {
                // `{ value = 3, of = … }`: the value is what is wrong.
                (Value::Table(table), _) if table.get("value").is_some() => {
                    table.get("value").map_or(node.origin, |value| value.origin)
                }
                // A header says more than a key in one.
                (Value::Table(table), Some(key)) if table.inline => key,
                _ => node.origin,
            };
            self.found.push(diagnostic.at(origin.place(self.sources)));
        }
    }

    /// Notes something about the key at a path: the name of a part, a share's target.
    fn at_key(&mut self, path: &str, diagnostic: Diagnostic) {
        if !self.damage.covers(path) {
            let (key, node) = self.nearest_written(path);
            let origin = key.unwrap_or(node.origin);
            self.found.push(diagnostic.at(origin.place(self.sources)));
        }
    }

    /// Notes something about a table as a whole: at its value that was written last, if a file that
    /// extends, a change or a `--set` wrote one of them; else at the table.
    fn at_table(&mut self, path: &str, diagnostic: Diagnostic) {
        let later = self.tree.find(path).and_then(|(_, node)| {
            let table = node.table()?;
            let before =
                self.before.and_then(|tree| tree.find(path)).and_then(|(_, node)| node.table());
            let (key, _) = table.entries.iter().find(|(key, entry)| {
                let origin = entry.node.origin;
                let altered =
                    before.and_then(|table| table.get(key)).is_some_and(|old| old.origin != origin);
                altered || origin.file != node.origin.file
            })?;
            Some(format!("{path}.{key}"))
        });
        match later {
            Some(later) if !self.damage.covers(path) => self.at(&later, diagnostic),
            _ => self.at(path, diagnostic),
        }
    }

    /// The entry at a path, or the nearest around it: values that are not written have defaults.
    fn nearest_written(&self, path: &str) -> (Option<Origin>, &'a Node) {
        let mut path = path;
        loop {
            if let Some(found) = self.tree.find(path) {
                return found;
            }
            path = path.rsplit_once('.').map_or("", |(around, _)| around);
        }
    }

    /// All steps as they are written, with their paths.
    fn all_steps(&self) -> Vec<(String, &'a Step)> {
        let description = self.description;
        let of_pathways = description.pathways.iter().map(|(name, p)| ("pathways", name, &p.steps));
        let of_routes = description.routes.iter().map(|(name, r)| ("routes", name, &r.steps));
        of_pathways
            .chain(of_routes)
            .flat_map(|(table, group, steps)| {
                steps
                    .iter()
                    .map(move |(name, step)| (format!("{table}.{group}.steps.{name}"), step))
            })
            .collect()
    }

    /// For each pathway, whether nobody knows where its people go because something else is wrong
    /// with it, or with one that it leads to.
    fn unsure(&self, flow: &Flow<'_>) -> Vec<bool> {
        let names: Vec<&String> = self.description.pathways.keys().collect();
        let mut unsure: Vec<bool> = names
            .iter()
            .map(|name| {
                let path = format!("pathways.{name}");
                let below = format!("{path}.");
                self.damage.covers(&path)
                    || self
                        .damage
                        .below(&path)
                        .any(|rest| rest != "title" && !rest.starts_with("steps."))
                    || self.broken.iter().any(|broken| broken.starts_with(&below))
            })
            .collect();
        for step in &flow.steps {
            unsure[step.pathway] |= self.damage.covers(&step.path)
                || self.damage.below(&step.path).any(decides_the_way)
                || self.broken.contains(&step.path);
        }
        // Whoever leads into an unsure pathway is unsure as well, and so is whoever is led into.
        let mut links: Vec<(usize, usize)> = Vec::new();
        for step in &flow.steps {
            for target in step.targets() {
                links.push((step.pathway, flow.steps[target].pathway));
            }
        }
        for (pathway, hazards) in flow.hazards.iter().enumerate() {
            links.extend(hazards.iter().map(|(target, _)| (pathway, flow.steps[*target].pathway)));
        }
        links.retain(|(from, to)| from != to);
        links.sort_unstable();
        links.dedup();
        for _ in 0..unsure.len() {
            for &(from, to) in &links {
                let either = unsure[from] || unsure[to];
                (unsure[from], unsure[to]) = (either, either);
            }
        }
        unsure
    }
}

/// Whether a value of a step decides where people go on, so that nothing is known without it.
fn decides_the_way(key: &str) -> bool {
    match key.split_once('.') {
        Some(("stay" | "wait" | "takes" | "patience" | "owner" | "depends_on" | "overflow", _)) => {
            false
        }
        _ => ![
            "title",
            "takes",
            "with",
            "calendar",
            "units",
            "class",
            "priority",
            "back",
            "reason",
            "queue_reason",
            "owner",
            "depends_on",
        ]
        .contains(&key),
    }
}
