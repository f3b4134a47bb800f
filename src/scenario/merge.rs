//! The one edit of a scenario: what an extending file, a dated change and `--set` all do.
//!
//! Header tables and dotted keys descend into the table of the same name. A table in braces, a
//! list and a single value replace what was there. A single value on top of `{ value = …, source
//! = … }` replaces the value and drops the evidence, which was that of the old value. Tables under
//! `[[changes]]` are added to those already there. Every node keeps its own origin, so that later
//! mistakes point at the file and line that wrote the offending value.

use super::diagnostic::Diagnostic;
use super::evidence;
use super::language;
use super::nearest;
use super::source::Sources;
use super::tree::{Entry, Node, Origin, Table, Value};

/// What an edit may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Everything: a file that extends another may add parts and steps.
    Extend,
    /// Only alter what is there: `--set` and dated changes.
    Alter,
}

/// Edits `base`.
///
/// # Errors
/// Edits of parts that do not exist; they are left out.
pub(crate) fn merge(base: &mut Node, edit: Node, mode: Mode, sources: &Sources) -> Vec<Diagnostic> {
    let mut merger = Merger { mode, sources, path: Vec::new(), mistakes: Vec::new() };
    merger.node(base, edit);
    merger.mistakes
}

/// The parts that go by a name: what one of them is called, and where they stand.
const NAMED: [(&str, &str, &[&str]); 14] = [
    ("organisations", "organisation", &[]),
    ("calendars", "calendar", &[]),
    ("places", "place", &[]),
    ("teams", "team", &[]),
    ("meetings", "meeting", &[]),
    ("arrivals", "stream of arrivals", &[]),
    ("pathways", "pathway", &[]),
    ("routes", "route", &[]),
    ("harms", "harm", &[]),
    ("checks", "check", &[]),
    ("facts", "fact", &[]),
    ("steps", "step", &["pathways", ""]),
    ("steps", "step", &["routes", ""]),
    ("while_delayed", "hazard", &["pathways", ""]),
];

/// What the entries of the table at a path are called, if it is a table of named parts.
fn named(path: &[String]) -> Option<&'static str> {
    let (last, outer) = path.split_last()?;
    NAMED
        .iter()
        .find(|(table, _, around)| {
            table == last
                && around.len() == outer.len()
                && around
                    .iter()
                    .zip(outer)
                    .all(|(expected, part)| expected.is_empty() || expected == part)
        })
        .map(|(_, part, _)| *part)
}

struct Merger<'a> {
    mode: Mode,
    sources: &'a Sources,
    path: Vec<String>,
    mistakes: Vec<Diagnostic>,
}

impl Merger<'_> {
    fn node(&mut self, base: &mut Node, edit: Node) {
        let descends = edit.table().is_some_and(|table| !table.inline);
        if descends && base.table().is_none() && completes(&edit) {
            // `chance.of = …` or `capacity.source = …` beside a value that stood alone.
            let alone = std::mem::replace(base, Node::made(Value::Boolean(true), base.origin));
            let origin = alone.origin;
            let entry = Entry { key: origin, node: alone };
            let entries = [("value".to_owned(), entry)].into_iter().collect();
            *base = Node::made(Value::Table(Table { entries, inline: true }), origin);
        }
        match (&mut base.value, edit.value) {
            (Value::Table(table), Value::Table(edits)) if !edits.inline => self.table(table, edits),
            (Value::Array(list, true), Value::Array(more, true)) => list.extend(more),
            (Value::Table(table), value)
                if !matches!(value, Value::Table(_)) && table.entries.contains_key("value") =>
            {
                drop_evidence(table);
                let node = Node::made(value, edit.origin);
                if let Some(old) = table.entries.get_mut("value") {
                    old.node = node;
                }
            }
            (_, value) => *base = Node::made(value, edit.origin),
        }
    }

    fn table(&mut self, base: &mut Table, edits: Table) {
        if edits.entries.contains_key("value") {
            drop_evidence(base);
        }
        self.drop_other_kind(base, &edits);
        for (key, edit) in edits.entries {
            match base.entries.get_mut(&key) {
                Some(old) => {
                    if edit.node.table().is_none_or(|table| table.inline) {
                        old.key = edit.key;
                    }
                    self.path.push(key);
                    self.node(&mut old.node, edit.node);
                    let key = self.path.pop().unwrap_or_default();
                    self.move_behind(base, &key);
                }
                None => self.add(base, key, edit),
            }
        }
    }

    /// A distribution of another kind takes the place of the old one.
    fn drop_other_kind(&self, base: &mut Table, edits: &Table) {
        let is_kind = |key: &String| language::KINDS.contains(&key.as_str());
        if edits.entries.keys().any(|key| is_kind(key) && !base.entries.contains_key(key)) {
            base.entries.retain(|key, _| !is_kind(key));
        }
        // So does another way in which the people of a stream come, with the profile of the old one.
        let is_coming = |key: &String| language::COMING.contains(&key.as_str());
        if matches!(self.path.as_slice(), [table, _] if table == "arrivals")
            && edits.entries.keys().any(|key| is_coming(key) && !base.entries.contains_key(key))
        {
            base.entries
                .retain(|key, _| !is_coming(key) && !language::PROFILES.contains(&key.as_str()));
        }
    }

    /// Adds an entry that the base does not have.
    fn add(&mut self, base: &mut Table, key: String, edit: Entry) {
        if self.mode == Mode::Alter
            && let Some(part) = named(&self.path)
        {
            let known = base.entries.keys().map(String::as_str);
            let mistake = Diagnostic::error(format!(
                "there is no {part} `{key}` in `{}`",
                self.path.join(".")
            ))
            .at(edit.key.place(self.sources))
            .note(nearest::advice(&key, known))
            .note("only a file that extends the scenario may add parts");
            self.mistakes.push(mistake);
            return;
        }
        let descends = edit.node.table().is_some_and(|table| !table.inline);
        if descends && self.mode == Mode::Alter {
            // Go down through tables that the base does not have, so that names within are checked.
            let made = Value::Table(Table::default());
            base.entries.insert(
                key.clone(),
                Entry { key: edit.key, node: Node::made(made, edit.node.origin) },
            );
            self.path.push(key);
            if let Some(new) = base.entries.get_mut(self.path.last().map_or("", String::as_str)) {
                self.node(&mut new.node, edit.node);
            }
            self.path.pop();
            return;
        }
        base.entries.insert(key.clone(), edit);
        self.move_behind(base, &key);
    }

    /// Puts a step directly after the one that its key `after` names.
    fn move_behind(&mut self, steps: &mut Table, key: &str) {
        if named(&self.path) != Some("step") || self.mode == Mode::Alter {
            return;
        }
        let Some(step) = steps.entries.get_mut(key).and_then(|entry| entry.node.table_mut()) else {
            return;
        };
        let Some(after) = step.entries.shift_remove("after") else {
            return;
        };
        let place = after.node.origin.place(self.sources);
        let Value::String(name) = after.node.value else {
            let message = format!(
                "`after` of the step `{key}` is {}; it must be the name of a step",
                after.node.kind()
            );
            self.mistakes.push(Diagnostic::error(message).at(place));
            return;
        };
        let found = steps.entries.get_index_of(&name);
        match (found, steps.entries.get_index_of(key)) {
            (Some(target), Some(from)) if target != from => {
                let to = if from > target { target + 1 } else { target };
                steps.entries.move_index(from, to);
            }
            _ => {
                let others = steps.entries.keys().map(String::as_str).filter(|other| *other != key);
                let mistake = Diagnostic::error(format!(
                    "the step `{key}` cannot stand after `{name}`: there is no other step of that name in `{}`",
                    self.path.join(".")
                ))
                .at(place)
                .note(nearest::advice(&name, others));
                self.mistakes.push(mistake);
            }
        }
    }
}

/// Whether an edit only says more about a value: where it is from, or what it is a chance of.
fn completes(edit: &Node) -> bool {
    let known =
        |key: &str| evidence::KEYS.contains(&key) || ["value", "of", "between"].contains(&key);
    edit.table().is_some_and(|table| table.entries.keys().all(|key| known(key)))
}

fn drop_evidence(table: &mut Table) {
    table.entries.retain(|key, _| !evidence::KEYS.contains(&key.as_str()));
}

/// The edit that a dotted path and a value make.
pub(crate) fn edit_of(path: Vec<(String, Origin)>, value: Node) -> Node {
    path.into_iter().rev().fold(value, |node, (key, origin)| {
        let entries = [(key, Entry { key: origin, node })].into_iter().collect();
        Node::made(Value::Table(Table { entries, inline: false }), origin)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{text, tree};

    /// The base with an edit, as text, and what was refused.
    fn merged(base: &str, edit: &str, mode: Mode) -> (String, Vec<String>) {
        let mut sources = Sources::default();
        let files = [base, edit].map(|text| sources.add("x.toml", text.to_owned()));
        let mut trees = [base, edit].into_iter().zip(files).map(|(text, file)| {
            let (tree, errors) = tree::parse(text, file);
            assert_eq!(errors, [], "{text}");
            tree
        });
        let (mut tree, edit) = (trees.next().expect("a base"), trees.next().expect("an edit"));
        let mistakes = merge(&mut tree, edit, mode, &sources);
        text::settle(&mut tree);
        (text::write(&tree), mistakes.into_iter().map(|mistake| mistake.message).collect())
    }

    fn extended(base: &str, edit: &str) -> String {
        let (text, mistakes) = merged(base, edit, Mode::Extend);
        assert_eq!(mistakes, Vec::<String>::new());
        text.trim().replace('\n', "; ")
    }

    #[test]
    fn dotted_keys_and_headers_alter_and_braces_replace() {
        let base = "a = { b = 1, c = 2 }";
        assert_eq!(extended(base, "a.b = 3"), "[a]; b = 3; c = 2");
        assert_eq!(extended(base, "[a]\nd = 3"), "[a]; b = 1; c = 2; d = 3");
        assert_eq!(extended(base, "a = { b = 3 }"), "[a]; b = 3");
        assert_eq!(extended("a = [1, 2]", "a = [3]"), "a = [3]");
        assert_eq!(extended("[[a]]\nb = 1", "[[a]]\nb = 2"), "[[a]]; b = 1; ; [[a]]; b = 2");
        assert_eq!(extended("[[a]]\nb = 1", "a = []"), "a = []");
    }

    #[test]
    fn a_new_value_drops_the_source_of_the_old_one() {
        let base = "a = { value = 1, source = \"s\" }";
        assert_eq!(extended(base, "a = 2"), "a = { value = 2 }");
        assert_eq!(extended(base, "a.value = 2"), "a = { value = 2 }");
        assert_eq!(
            extended(base, "a = { value = 2, why = \"w\" }"),
            "a = { value = 2, why = \"w\" }"
        );
        assert_eq!(extended("a = 1", "a.source = \"s\""), "a = { value = 1, source = \"s\" }");
        let chance = "a = { value = 0.1, of = \"dispute\", source = \"s\" }";
        assert_eq!(extended(chance, "a = 0.2"), "a = { value = 0.2, of = \"dispute\" }");
    }

    #[test]
    fn a_distribution_of_another_kind_replaces_the_old_one() {
        assert_eq!(
            extended("s = { lognormal = { mean = \"1 day\" } }", "s.gamma.mean = \"2 days\""),
            "[s]; gamma.mean = \"2 days\""
        );
        assert_eq!(
            extended("s = { gamma = { mean = \"1 day\" } }", "s.gamma.mean = \"2 days\""),
            "[s]; gamma = { mean = \"2 days\" }"
        );
    }

    #[test]
    fn a_new_step_stands_at_the_end_or_after_the_one_it_names() {
        let base = "[pathways.p.steps]\na = { x = 1 }\nb = { x = 2 }\n";
        let steps = |edit: &str| {
            let text = extended(base, &format!("[pathways.p.steps]\n{edit}"));
            text.split("; ").skip(1).map(|line| line[..1].to_owned()).collect::<String>()
        };
        assert_eq!(steps("c = { x = 3 }"), "abc");
        assert_eq!(steps("c = { x = 3, after = \"a\" }"), "acb");
        assert_eq!(steps("c = { x = 3, after = \"a\" }\nd = { x = 4, after = \"c\" }"), "acdb");
        assert_eq!(steps("a = { x = 3, after = \"b\" }"), "ba");
    }

    #[test]
    fn settings_and_changes_add_no_parts() {
        let base = "[places.ward]\ncapacity = 1\n[run]\nlength = 1\n";
        let refused = |edit: &str| merged(base, edit, Mode::Alter).1;
        assert_eq!(refused("places.ward.capacity = 2"), Vec::<String>::new());
        assert_eq!(refused("run.seed = 2"), Vec::<String>::new());
        assert_eq!(refused("places.wrad.capacity = 2"), ["there is no place `wrad` in `places`"]);
        assert_eq!(refused("teams.hub.headcount = 2"), ["there is no team `hub` in `teams`"]);
        assert_eq!(refused("pathways.p.steps.x = 2"), ["there is no pathway `p` in `pathways`"]);
    }
}
