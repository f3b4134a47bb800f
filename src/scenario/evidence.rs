//! Where the figures of a scenario come from, and how sure they are.
//!
//! `source`, `confidence`, `why` and `range` may stand in any table, and any value may be written
//! `{ value = …, source = … }`. They are taken out of the tree here, so that no shape of the
//! language has to repeat them.

use super::diagnostic::Diagnostic;
use super::nearest;
use super::source::Sources;
use super::tree::{Entry, Node, Value};

/// How sure a figure is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// An official statistic.
    Official,
    /// Measured, in this place or in a study.
    Measured,
    /// Worked out from official or measured figures.
    Derived,
    /// Nobody knows; somebody judged.
    Assumption,
}

impl Confidence {
    /// All of them, the surest first.
    pub const ALL: [Confidence; 4] =
        [Confidence::Official, Confidence::Measured, Confidence::Derived, Confidence::Assumption];

    /// Its name as it is written in a scenario.
    pub fn name(self) -> &'static str {
        match self {
            Confidence::Official => "official",
            Confidence::Measured => "measured",
            Confidence::Derived => "derived",
            Confidence::Assumption => "assumption",
        }
    }

    /// The one of this name.
    pub(crate) fn named(name: &str) -> Option<Confidence> {
        Confidence::ALL.into_iter().find(|confidence| confidence.name() == name)
    }
}

/// Where one figure, or all figures of a table, come from.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    /// The dotted path of the value or table, such as `places.ward.capacity`.
    pub path: String,
    /// Who says so, if known.
    pub source: String,
    /// How sure it is, if said.
    pub confidence: Option<Confidence>,
    /// Why this figure, or what it means, if said.
    pub why: String,
    /// The least and the most that it may be, as written, if said.
    pub range: Option<(String, String)>,
}

/// The keys that may stand in any table.
pub(crate) const KEYS: [&str; 4] = ["source", "confidence", "why", "range"];

/// Takes all evidence out of a tree.
pub(crate) fn strip(
    tree: &mut Node,
    path: &str,
    sources: &Sources,
) -> (Vec<Evidence>, Vec<Diagnostic>) {
    let mut stripper = Stripper { sources, evidence: Vec::new(), mistakes: Vec::new() };
    let mut path = path.to_owned();
    stripper.walk(tree, &mut path);
    (stripper.evidence, stripper.mistakes)
}

struct Stripper<'a> {
    sources: &'a Sources,
    evidence: Vec<Evidence>,
    mistakes: Vec<Diagnostic>,
}

impl Stripper<'_> {
    fn walk(&mut self, node: &mut Node, path: &mut String) {
        let length = path.len();
        match &mut node.value {
            Value::Table(table) => {
                let taken = KEYS.map(|key| table.entries.shift_remove(key));
                if taken.iter().any(Option::is_some) {
                    self.note(path, taken);
                }
                for (key, entry) in &mut table.entries {
                    if !path.is_empty() {
                        path.push('.');
                    }
                    path.push_str(key);
                    self.walk(&mut entry.node, path);
                    path.truncate(length);
                }
                if table.entries.len() == 1
                    && let Some(entry) = table.entries.shift_remove("value")
                {
                    *node = entry.node;
                }
            }
            Value::Array(list, _) => {
                for (index, item) in list.iter_mut().enumerate() {
                    path.push_str(&format!(".{index}"));
                    self.walk(item, path);
                    path.truncate(length);
                }
            }
            Value::String(_)
            | Value::Integer(_)
            | Value::Float(_)
            | Value::Boolean(_)
            | Value::Datetime(_)
            | Value::Unreadable => {}
        }
    }

    fn note(&mut self, path: &str, taken: [Option<Entry>; 4]) {
        let [source, confidence, why, range] = taken;
        let path = path.strip_suffix(".value").unwrap_or(path);
        let evidence = Evidence {
            path: path.to_owned(),
            source: self.text(path, "source", "says where a figure comes from", source),
            confidence: confidence.and_then(|entry| self.confidence(path, &entry)),
            why: self.text(path, "why", "says why a figure is what it is", why),
            range: range.and_then(|entry| self.range(path, &entry)),
        };
        self.evidence.push(evidence);
    }

    fn text(&mut self, path: &str, key: &str, says: &str, entry: Option<Entry>) -> String {
        match entry.map(|entry| entry.node) {
            None => String::new(),
            Some(Node { value: Value::String(text), .. }) => text,
            Some(node) => {
                let message =
                    format!("`{}` is {}; it must be text in quotes", below(path, key), node.kind());
                let note = match node.table() {
                    Some(_) => format!("`{key}` {says}; no part of a scenario can have this name"),
                    None => String::new(),
                };
                self.mistake(&node, message, &note);
                String::new()
            }
        }
    }

    fn confidence(&mut self, path: &str, entry: &Entry) -> Option<Confidence> {
        let names = Confidence::ALL.map(Confidence::name);
        let Value::String(text) = &entry.node.value else {
            let message = format!(
                "`{}` is {}; it must be text in quotes",
                below(path, "confidence"),
                entry.node.kind()
            );
            self.mistake(&entry.node, message, &nearest::list(&names));
            return None;
        };
        let found = Confidence::named(text);
        if found.is_none() {
            let message = format!(
                "`{}` is {text:?}; it must be \"official\", \"measured\", \"derived\" or \"assumption\"",
                below(path, "confidence")
            );
            let meant = nearest::nearest(text, names).map(|name| format!("did you mean {name:?}?"));
            self.mistake(&entry.node, message, &meant.unwrap_or_default());
        }
        found
    }

    fn range(&mut self, path: &str, entry: &Entry) -> Option<(String, String)> {
        if let Value::Array(list, _) = &entry.node.value
            && let [low, high] = list.as_slice()
            && let (Some(low), Some(high)) = (bound(low), bound(high))
        {
            return Some((low, high));
        }
        let message =
            format!("`{}` must be a list of two numbers or two times", below(path, "range"));
        self.mistake(&entry.node, message, "such as [0.05, 0.2] or [\"1 day\", \"3 days\"]");
        None
    }

    fn mistake(&mut self, node: &Node, message: String, note: &str) {
        if node.value == Value::Unreadable {
            return;
        }
        self.mistakes
            .push(Diagnostic::error(message).at(node.origin.place(self.sources)).note(note));
    }
}

/// One end of a range, as text.
fn bound(node: &Node) -> Option<String> {
    match &node.value {
        Value::String(text) => Some(text.clone()),
        Value::Integer(number) => Some(number.to_string()),
        Value::Float(number) if number.is_finite() => Some(number.to_string()),
        _ => None,
    }
}

fn below(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::tree;

    fn stripped(text: &str) -> (Node, Vec<Evidence>, Vec<Diagnostic>) {
        let mut sources = Sources::default();
        let file = sources.add("x.toml", text.to_owned());
        let (mut root, errors) = tree::parse(text, file);
        assert_eq!(errors, []);
        let (evidence, mistakes) = strip(&mut root, "", &sources);
        (root, evidence, mistakes)
    }

    #[test]
    fn a_value_with_its_source_becomes_the_value() {
        let (root, evidence, mistakes) = stripped(
            "capacity = { value = 700, source = \"KH03\", confidence = \"official\" }\n\
             [facts.x]\nvalue = 3\nwhy = \"so\"\nrange = [\"1 day\", 2]\n",
        );
        assert_eq!(mistakes, []);
        let value = |path: &str| root.find(path).map(|(_, node)| node.value.clone());
        assert_eq!(value("capacity"), Some(Value::Integer(700)));
        assert_eq!(value("facts.x"), Some(Value::Integer(3)));
        let paths: Vec<&str> = evidence.iter().map(|e| e.path.as_str()).collect();
        assert_eq!(paths, ["capacity", "facts.x"]);
        assert_eq!(evidence[0].confidence, Some(Confidence::Official));
        assert_eq!(evidence[1].range, Some(("1 day".to_owned(), "2".to_owned())));
    }

    #[test]
    fn a_chance_keeps_what_it_is_a_chance_of() {
        let (root, evidence, _) = stripped(
            "chance = { value = 0.2, of = \"dispute\", between = [\"a\", \"b\"], source = \"s\" }",
        );
        let (_, chance) = root.find("chance").expect("the chance");
        assert_eq!(chance.table().map(|table| table.entries.len()), Some(3));
        assert_eq!(evidence[0].path, "chance");
    }

    #[test]
    fn evidence_of_the_wrong_kind_is_refused() {
        let (_, _, mistakes) = stripped(
            "a = { value = 1, source = 3 }\nb = { value = 1, confidence = \"offical\" }\n\
             c = { value = 1, range = [1] }\n[why]\nx = 1\n",
        );
        assert_eq!(mistakes.len(), 4);
        // Those of the root table come first.
        assert_eq!(mistakes[2].notes, ["did you mean \"official\"?"]);
    }
}
