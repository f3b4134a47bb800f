//! `[[changes]]`: edits of the scenario at a date.

use serde::Deserialize;

use super::diagnostic::Diagnostic;
use super::evidence::{self, Evidence};
use super::grounds::{self, Figure};
use super::merge::{self, Mode};
use super::nearest;
use super::source::Sources;
use super::tree::{Node, Origin, Table, Value};
use super::units::Date;

/// One change: when, and the edit.
#[derive(Debug, Clone)]
pub(crate) struct Change {
    /// When it takes effect; `None` if that could not be read.
    pub(crate) on: Option<Date>,
    /// Where its date was written.
    pub(crate) written: Origin,
    edit: Node,
}

impl Change {
    /// Takes out where its figures come from.
    pub(crate) fn strip(&mut self, sources: &Sources) {
        evidence::strip(&mut self.edit, "", sources);
    }
}

/// What cannot change while a scenario runs, and why.
pub(crate) const FIXED: [(&str, &str); 9] = [
    ("schema", "the language is the same for the whole run"),
    ("extends", "it says which file to start from"),
    ("title", "it names the scenario as a whole"),
    ("description", "it is about the scenario as a whole"),
    ("run", "it says how the whole scenario is run"),
    ("bank_holidays", "it lists the dates of the whole run; add the date there"),
    ("harms", "they are reckoned over the whole run"),
    ("checks", "they are made over the whole run"),
    ("changes", "a change cannot make changes"),
];

/// The keys of a change.
const KEYS: [&str; 7] = ["on", "set", "title", "why", "source", "confidence", "range"];

/// What the changes of a scenario say.
#[derive(Debug, Default)]
pub(crate) struct Changes {
    /// The changes, in the order of their dates.
    pub(crate) list: Vec<Change>,
    /// Where their figures come from.
    pub(crate) evidence: Vec<Evidence>,
    /// Their figures.
    pub(crate) figures: Vec<Figure>,
    /// What is wrong with them.
    pub(crate) mistakes: Vec<Diagnostic>,
}

/// Reads the changes of a scenario.
pub(crate) fn read(list: &Node, sources: &Sources) -> Changes {
    let mut reader = Reader { sources, read: Changes::default() };
    match &list.value {
        Value::Array(items, _) => {
            for (index, item) in items.iter().enumerate() {
                reader.change(index, item);
            }
        }
        _ => reader.mistake(
            list,
            format!("`changes` is {}; it must be a list of changes", list.kind()),
            "write each change under a header of its own: [[changes]]",
        ),
    }
    reader.read.list.sort_by_key(|change| change.on);
    reader.read
}

struct Reader<'a> {
    sources: &'a Sources,
    read: Changes,
}

impl Reader<'_> {
    fn change(&mut self, index: usize, item: &Node) {
        let Some(table) = item.table() else {
            let message = format!("a change is {}; it must be a table", item.kind());
            self.mistake(item, message, "write it under the header [[changes]]");
            return;
        };
        for (key, entry) in &table.entries {
            if !KEYS.contains(&key.as_str()) {
                let place = entry.key.place(self.sources);
                let note = nearest::advice(key, ["on", "set", "title", "why"]);
                self.read.mistakes.push(
                    Diagnostic::error(format!("a change has no key `{key}`")).at(place).note(note),
                );
            }
        }
        let on = self.date(item, table);
        let name = on.map_or(index.to_string(), |on| on.to_string());
        let Some(set) = table.get("set") else {
            // A slip such as `sett` was told already.
            if nearest::nearest("set", table.entries.keys().map(String::as_str)).is_some() {
                return;
            }
            self.mistake(
                item,
                "a change lacks the key `set`".to_owned(),
                "such as set.places.ward.capacity = 20",
            );
            return;
        };
        let Value::Table(edits) = &set.value else {
            let message = format!("`set` of a change is {}; it must be a table", set.kind());
            self.mistake(set, message, "such as set.places.ward.capacity = 20");
            return;
        };
        // The edit itself always descends, also when it was written in braces.
        let mut edit =
            Node::made(Value::Table(Table { inline: false, ..edits.clone() }), set.origin);
        self.note(&name, item, &edit);
        self.refuse_fixed(&mut edit);
        let written = table.get("on").map_or(item.origin, |on| on.origin);
        self.read.list.push(Change { on, written, edit });
    }

    fn date(&mut self, item: &Node, table: &Table) -> Option<Date> {
        let Some(on) = table.get("on") else {
            self.mistake(item, "a change lacks the key `on`".to_owned(), "such as on = 2025-01-06");
            return None;
        };
        match Date::deserialize(on) {
            Ok(date) => Some(date),
            Err(problem) => {
                if on.value != Value::Unreadable {
                    let diagnostic = problem.within("on").diagnostic();
                    self.read.mistakes.push(diagnostic.at(on.origin.place(self.sources)));
                }
                None
            }
        }
    }

    /// Keeps the evidence of the change as a whole, and of the values that it sets.
    fn note(&mut self, name: &str, item: &Node, edit: &Node) {
        let path = format!("changes.{name}");
        let mut around = item.clone();
        if let Some(table) = around.table_mut() {
            table.entries.retain(|key, _| key != "set");
        }
        let (evidence, mistakes) = evidence::strip(&mut around, &path, self.sources);
        self.read.evidence.extend(evidence);
        self.read.mistakes.extend(mistakes);
        self.read.figures.extend(grounds::figures_of(
            &with_evidence(edit, item),
            &path,
            self.sources,
        ));
        // Mistakes in the evidence of its values are found when the edited tree is read.
        self.read.evidence.extend(evidence::strip(&mut edit.clone(), &path, self.sources).0);
    }

    fn refuse_fixed(&mut self, edit: &mut Node) {
        let Some(table) = edit.table_mut() else {
            return;
        };
        for (key, why) in FIXED {
            if let Some(entry) = table.entries.shift_remove(key) {
                let place = entry.key.place(self.sources);
                let message = format!("a change cannot set `{key}`");
                self.read.mistakes.push(Diagnostic::error(message).at(place).note(why));
            }
        }
    }

    fn mistake(&mut self, node: &Node, message: String, note: &str) {
        if node.value == Value::Unreadable {
            return;
        }
        self.read
            .mistakes
            .push(Diagnostic::error(message).at(node.origin.place(self.sources)).note(note));
    }
}

/// The edit of a change, with what the change says of it as a whole.
fn with_evidence(edit: &Node, item: &Node) -> Node {
    let mut whole = edit.clone();
    if let (Some(whole), Some(item)) = (whole.table_mut(), item.table()) {
        for key in evidence::KEYS {
            if let Some(entry) = item.entries.get(key) {
                whole.entries.insert(key.to_owned(), entry.clone());
            }
        }
    }
    whole
}

/// The trees from each date on: `base` with all changes up to that date.
pub(crate) fn trees(
    base: &Node,
    changes: &[Change],
    sources: &Sources,
) -> (Vec<(Option<Date>, Node)>, Vec<Diagnostic>) {
    let mut trees: Vec<(Option<Date>, Node)> = Vec::new();
    let mut mistakes = Vec::new();
    for change in changes {
        let mut tree = trees.last().map_or(base, |(_, tree)| tree).clone();
        mistakes.append(&mut merge::merge(&mut tree, change.edit.clone(), Mode::Alter, sources));
        match trees.last_mut() {
            Some((on, last)) if *on == change.on => *last = tree,
            _ => trees.push((change.on, tree)),
        }
    }
    (trees, mistakes)
}
