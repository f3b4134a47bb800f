//! What differs between two scenarios, in parts of which each can be taken or left.
//!
//! The effective texts of both are read as trees without their evidence, and compared value by value;
//! dated changes are compared by date and path. Differences in the same table belong together and make
//! one part, whenever they hold: what begins at one date and ends at another is one change.

use super::evidence;
use super::language::KINDS;
use super::merge::edit_of;
use super::source::Sources;
use super::tree::{self, Entry, Node, Origin, Table, Value};
use super::{Diagnostics, Scenario, text};

/// What does not belong to the world that is simulated, or is the same for all that are compared.
const ASIDE: [&str; 8] =
    ["schema", "extends", "title", "description", "run", "checks", "facts", "changes"];

/// What differs between a base and another scenario.
#[derive(Debug, Clone)]
pub struct Differences {
    name: String,
    base: Node,
    edits: Vec<Edit>,
    dated: Vec<Dated>,
    parts: Vec<Part>,
}

/// Differences that belong together.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// What it is about: a path.
    pub title: String,
    /// Each difference as `path = value`, after its date if it has one.
    pub edits: Vec<String>,
    paths: Vec<Vec<String>>,
    group: String,
}

/// A value that differs; `None` if the other scenario does not have it.
#[derive(Debug, Clone)]
struct Edit {
    path: Vec<String>,
    node: Option<Node>,
    part: usize,
}

/// A value that is set at a date: what the base sets there, and what the other does.
#[derive(Debug, Clone)]
struct Dated {
    on: Node,
    path: Vec<String>,
    base: Option<Node>,
    other: Option<Node>,
    /// The part to which it belongs; `None` if both set the same.
    part: Option<usize>,
}

impl Differences {
    /// What differs between two scenarios. Parts that make no sound scenario without each other are
    /// joined.
    pub fn between(base: &Scenario, other: &Scenario) -> Differences {
        let (base_tree, base_dated) = read(base);
        let (other_tree, other_dated) = read(other);
        let mut found = Differences {
            name: other.name.clone(),
            base: base_tree,
            edits: Vec::new(),
            dated: Vec::new(),
            parts: Vec::new(),
        };
        let mut edits = Vec::new();
        compare(&found.base, &other_tree, &mut Vec::new(), &mut edits);
        for (path, node) in edits {
            let part = found.part_of(&path, said(&path, node.as_ref()));
            found.edits.push(Edit { path, node, part });
        }
        let date = |node: &Node| written(node);
        let mut dated: Vec<Dated> = (other_dated.into_iter())
            .map(|(on, path, node)| Dated { on, path, base: None, other: Some(node), part: None })
            .collect();
        for (on, path, node) in base_dated {
            let there = dated.iter_mut().find(|it| it.path == path && date(&it.on) == date(&on));
            match there {
                Some(there) => there.base = Some(node),
                None => {
                    dated.push(Dated { on, path, base: Some(node), other: None, part: None });
                }
            }
        }
        dated.sort_by_key(|it| date(&it.on));
        for it in &mut dated {
            let is_same = match (&it.base, &it.other) {
                (Some(base), Some(other)) => same(base, other),
                _ => false,
            };
            if !is_same {
                let edit = format!("from {}: {}", date(&it.on), said(&it.path, it.other.as_ref()));
                it.part = Some(found.part_of(&it.path, edit));
            }
        }
        found.dated = dated;
        found.join_what_cannot_stand_alone();
        for part in &mut found.parts {
            part.title = title(part);
        }
        found
    }

    /// The parts.
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// The base with some of the parts.
    ///
    /// # Errors
    /// If that makes no sound scenario.
    pub fn with(&self, is_taken: impl Fn(usize) -> bool) -> Result<Scenario, Diagnostics> {
        let mut tree = self.base.clone();
        for edit in self.edits.iter().filter(|edit| is_taken(edit.part)) {
            put(&mut tree, &edit.path, edit.node.clone());
        }
        let changes = self.dated.iter().filter_map(|it| {
            let takes_other = it.part.is_none_or(&is_taken);
            let node = if takes_other { &it.other } else { &it.base };
            let keys = it.path.iter().map(|key| (key.clone(), Origin::default())).collect();
            let mut table = Table::default();
            add(&mut table, "on", it.on.clone());
            add(&mut table, "set", edit_of(keys, node.clone()?));
            Some(Node::made(Value::Table(table), Origin::default()))
        });
        let changes: Vec<Node> = changes.collect();
        if let (false, Some(table)) = (changes.is_empty(), tree.table_mut()) {
            add(table, "changes", Node::made(Value::Array(changes, true), Origin::default()));
        }
        text::settle(&mut tree);
        Scenario::parse(&self.name, &text::write(&tree))
    }

    /// The part to which a difference belongs, with it; made if there is none yet.
    fn part_of(&mut self, path: &[String], edit: String) -> usize {
        let group = group(path);
        let index = self.parts.iter().position(|part| part.group == group).unwrap_or_else(|| {
            let (edits, paths) = (Vec::new(), Vec::new());
            self.parts.push(Part { title: String::new(), edits, paths, group });
            self.parts.len() - 1
        });
        let part = &mut self.parts[index];
        part.edits.push(edit);
        if !part.paths.iter().any(|known| known == path) {
            part.paths.push(path.to_vec());
        }
        index
    }

    /// A part must be sound alone, and the rest without it.
    fn join_what_cannot_stand_alone(&mut self) {
        while let Some(lame) = self.lame() {
            let partner = (0..self.parts.len()).filter(|&other| other != lame).find(|&other| {
                let mut joined = self.clone();
                joined.join(lame, other);
                let together = lame.min(other);
                joined.with(|part| part == together).is_ok()
                    && joined.with(|part| part != together).is_ok()
            });
            let any = if lame == 0 { 1 } else { 0 };
            self.join(lame, partner.unwrap_or(any));
        }
    }

    fn lame(&self) -> Option<usize> {
        let alone = |part: usize| self.with(|it| it == part).is_ok();
        let without = |part: usize| self.with(|it| it != part).is_ok();
        let parts = 0..self.parts.len();
        if parts.len() < 2 { None } else { parts.clone().find(|&it| !alone(it) || !without(it)) }
    }

    /// Makes one part of two.
    fn join(&mut self, one: usize, other: usize) {
        let (first, second) = (one.min(other), one.max(other));
        let gone = self.parts.remove(second);
        self.parts[first].edits.extend(gone.edits);
        self.parts[first].paths.extend(gone.paths);
        self.parts[first].group += &format!(" and {}", gone.group);
        let renumber = |part: &mut usize| {
            *part = match *part {
                part if part == second => first,
                part if part > second => part - 1,
                part => part,
            };
        };
        self.edits.iter_mut().for_each(|edit| renumber(&mut edit.part));
        self.dated.iter_mut().filter_map(|it| it.part.as_mut()).for_each(renumber);
    }
}

/// A value that is set at a date: the date, the path, the value.
type SetAt = (Node, Vec<String>, Node);

/// The tree of a scenario without its evidence and without its changes, and what those set.
fn read(scenario: &Scenario) -> (Node, Vec<SetAt>) {
    let mut sources = Sources::default();
    let file = sources.add(&scenario.name, scenario.text.clone());
    let (mut tree, _) = tree::parse(&sources.get(file).text, file);
    let changes = tree.table_mut().and_then(|table| table.entries.shift_remove("changes"));
    evidence::strip(&mut tree, "", &sources);
    let mut dated = Vec::new();
    if let Some(Value::Array(list, _)) = changes.map(|entry| entry.node.value) {
        for item in list {
            let Some(table) = item.table() else { continue };
            let (Some(on), Some(set)) = (table.get("on"), table.get("set")) else { continue };
            let mut set = set.clone();
            evidence::strip(&mut set, "", &sources);
            // The edit itself always descends, also when it was written in braces.
            if let Some(table) = set.table_mut() {
                table.inline = false;
            }
            leaves(&set, &mut Vec::new(), &mut |path, node| {
                let found = dated.iter_mut().find(|(known_on, known, _): &&mut SetAt| {
                    known == path && written(known_on) == written(on)
                });
                // Of two changes of a day the later one holds.
                match found {
                    Some((_, _, old)) => *old = node.clone(),
                    None => dated.push((on.clone(), path.to_vec(), node.clone())),
                }
            });
        }
    }
    (tree, dated)
}

/// Whether a node is a table of which the parts can be told apart one by one.
fn descends(node: &Node) -> Option<&Table> {
    node.table().filter(|table| {
        let is_kind = |key: &String| KINDS.contains(&key.as_str());
        !table.inline && !table.entries.is_empty() && !table.entries.keys().any(is_kind)
    })
}

/// All values below a node, with their paths.
fn leaves(node: &Node, path: &mut Vec<String>, found: &mut dyn FnMut(&[String], &Node)) {
    match descends(node) {
        Some(table) => {
            for (key, entry) in &table.entries {
                path.push(key.clone());
                leaves(&entry.node, path, found);
                path.pop();
            }
        }
        None => found(path, node),
    }
}

/// What the other has differently.
fn compare(
    base: &Node,
    other: &Node,
    path: &mut Vec<String>,
    found: &mut Vec<(Vec<String>, Option<Node>)>,
) {
    // Steps have an order; where that differs, they differ as a whole.
    let is_ordered = path.last().is_some_and(|key| key == "steps");
    let in_order = |one: &Table, two: &Table| one.entries.keys().eq(two.entries.keys());
    match (descends(base), descends(other)) {
        (Some(one), Some(two)) if !is_ordered || in_order(one, two) => {
            let keys =
                one.entries.keys().chain(two.entries.keys().filter(|key| one.get(key).is_none()));
            for key in keys {
                let is_aside = path.is_empty() && ASIDE.contains(&key.as_str());
                if is_aside || key == "title" || key == "description" {
                    continue;
                }
                path.push(key.clone());
                match (one.get(key), two.get(key)) {
                    (Some(one), Some(two)) => compare(one, two, path, found),
                    (_, there) => found.push((path.clone(), there.cloned())),
                }
                path.pop();
            }
        }
        _ if same(base, other) => {}
        _ => found.push((path.clone(), Some(other.clone()))),
    }
}

/// Whether two nodes say the same, wherever and however they were written.
fn same(one: &Node, other: &Node) -> bool {
    match (&one.value, &other.value) {
        (Value::Table(one), Value::Table(other)) => {
            let is_there = |(key, entry): (&String, &Entry)| {
                other.get(key).is_some_and(|other| same(&entry.node, other))
            };
            one.entries.len() == other.entries.len() && one.entries.iter().all(is_there)
        }
        (Value::Array(one, _), Value::Array(other, _)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (one, other) => one == other,
    }
}

/// Puts a value at a path, or takes it away.
fn put(tree: &mut Node, path: &[String], node: Option<Node>) {
    let Some((key, rest)) = path.split_first() else {
        if let Some(node) = node {
            *tree = node;
        }
        return;
    };
    let Some(table) = tree.table_mut() else { return };
    match (rest.is_empty(), node) {
        (true, None) => {
            table.entries.shift_remove(key);
        }
        (_, node) => {
            let entry = table.entries.entry(key.clone()).or_insert_with(|| Entry {
                key: Origin::default(),
                node: Node::made(Value::Table(Table::default()), Origin::default()),
            });
            put(&mut entry.node, rest, node);
        }
    }
}

fn add(table: &mut Table, key: &str, node: Node) {
    table.entries.insert(key.to_owned(), Entry { key: Origin::default(), node });
}

/// What differences at this path belong to.
fn group(path: &[String]) -> String {
    let keys = match path {
        [first, ..] if first == "coordination" => 3,
        [_, _, steps, ..] if steps == "steps" || steps == "while_delayed" => 4,
        _ => 2,
    };
    path[..keys.min(path.len())].join(".")
}

/// `path = value`.
fn said(path: &[String], node: Option<&Node>) -> String {
    match node {
        Some(node) => format!("{} = {}", path.join("."), written(node)),
        None => format!("{}: not there", path.join(".")),
    }
}

/// A value as TOML, on a line if it is one.
fn written(node: &Node) -> String {
    // In a list nothing is written under a header.
    let list = Value::Array(vec![node.clone()], false);
    let mut table = Table::default();
    add(&mut table, "x", Node::made(list, Origin::default()));
    let text = text::write(&Node::made(Value::Table(table), Origin::default()));
    let text = text.trim();
    let text = text.strip_prefix("x = [").and_then(|it| it.strip_suffix(']')).unwrap_or(text);
    text.to_owned()
}

/// The one path that differs, or what those that do have in common.
fn title(part: &Part) -> String {
    match part.paths.as_slice() {
        [one] => one.join("."),
        _ => part.group.clone(),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn shipped(name: &str) -> Scenario {
        Scenario::read(Path::new(name), &[]).expect("a shipped scenario is sound")
    }

    fn titles(base: &str, other: &str) -> Vec<String> {
        let differences = Differences::between(&shipped(base), &shipped(other));
        differences.parts().iter().map(|part| part.title.clone()).collect()
    }

    #[test]
    fn every_table_is_a_part_whenever_it_changes() {
        let effort = |name: &str| format!("coordination.organisations.{name}.effort");
        assert_eq!(
            titles("do_nothing", "all_task"),
            ["hospital", "community", "social_care"].map(effort)
        );
        assert_eq!(titles("do_nothing", "programme"), ["coordination.programme"]);
        assert!(titles("do_nothing", "coordination").is_empty(), "checks are no part of the world");
        let winter = Differences::between(&shipped("baseline"), &shipped("winter"));
        assert_eq!(winter.parts().len(), 4, "the rise and its end are one: {:?}", winter.parts());
        assert_eq!(
            winter.parts()[0].edits,
            [
                "from 2024-12-01: arrivals.emergency.per_day = 55.8",
                "from 2025-03-01: arrivals.emergency.per_day = 52.6",
            ]
        );
        let seven = titles("do_nothing", "seven_days_all");
        assert_eq!(seven.len(), 4, "a lever and three teams: {seven:?}");
    }

    #[test]
    fn with_all_parts_it_is_the_other_and_with_none_the_base() {
        for (base, other) in [
            ("do_nothing", "all_task"),
            ("all_task", "programme_balanced_nurtured"),
            ("baseline", "winter"),
            ("winter", "baseline"),
            ("do_nothing", "seven_days_all"),
        ] {
            let (base, other) = (shipped(base), shipped(other));
            let differences = Differences::between(&base, &other);
            let world = |scenario: &Scenario| {
                let mut all = vec![scenario.base.clone()];
                all.extend(scenario.later.iter().map(|(_, said)| said.clone()));
                for said in &mut all {
                    said.title = String::new();
                    said.description = String::new();
                    said.checks.clear();
                    said.facts.clear();
                }
                all
            };
            for (is_other, wanted) in [(false, &base), (true, &other)] {
                let made = differences.with(|_| is_other).expect("it is sound");
                assert!(world(&made) == world(wanted), "{} {is_other}", other.name);
            }
        }
    }

    #[test]
    fn what_makes_no_sense_alone_is_joined() {
        let base = "places.ward.capacity = 1\n";
        let text = include_str!("../../tests/it/fixtures/small.toml");
        let base = Scenario::parse("base", text).expect(base);
        // A new calendar, and a team that works by it: the team cannot be there without the calendar.
        let text = text
            .replace("headcount = 2\ncalendar = \"office\"", "headcount = 2\ncalendar = \"long\"");
        let other = format!("{text}\n[calendars.long]\nevery_day = \"06:00-22:00\"\n");
        let other = Scenario::parse("other", &other).expect("it is sound");
        let differences = Differences::between(&base, &other);
        assert_eq!(differences.parts().len(), 1, "{:?}", differences.parts());
        assert_eq!(differences.parts()[0].edits.len(), 2);
    }
}
