//! The figures that a scenario writes, each with its value and with what is said of it.
//!
//! A figure is a number, a time, hours, or a list of them. A distribution, a split or an effort is one
//! figure, unless its parts have sources of their own. What is said of a table holds for the figures
//! below it that were written in the same text: a value that another file or `--set` puts there did
//! not come from that source.

use super::{Figure, Group, Range};
use crate::scenario::evidence::{self, Confidence};
use crate::scenario::language;
use crate::scenario::source::Sources;
use crate::scenario::text;
use crate::scenario::tree::{Node, Table, Value};
use crate::scenario::units::{Duration, Hours, Weekday};

/// Names of values that are shares of one whole.
const SPLITS: [&str; 2] = ["split", "effort"];

/// Text under these names is never a figure, even if it looks like one.
const WORDS: [&str; 4] = ["title", "description", "schema", "extends"];

/// All figures below a node.
pub(crate) fn of(node: &Node, path: &str, sources: &Sources) -> Vec<Figure> {
    let mut finder = Finder { sources, found: Vec::new() };
    finder.walk(node, path, "", &Said::default());
    finder.found
}

/// What is said of a value or table.
#[derive(Debug, Clone, Default)]
struct Said {
    source: String,
    confidence: Option<Confidence>,
    why: String,
    range: Option<Range>,
    /// The text in which it was said, if it is that of a table around the value.
    file: Option<usize>,
}

impl Said {
    /// With the source of a table around it, if it names none itself.
    fn or(mut self, around: &Said) -> Said {
        if self.source.is_empty() && self.confidence.is_none() {
            self.source.clone_from(&around.source);
            self.confidence = around.confidence;
            self.file = around.file;
        }
        self
    }

    /// The same for the values below the table.
    fn below(mut self, table: &Table) -> Said {
        if self.file.is_none() {
            let said = evidence::KEYS.iter().find_map(|key| table.get(key));
            self.file = said.map(|node| node.origin.file);
        }
        self
    }
}

struct Finder<'a> {
    sources: &'a Sources,
    found: Vec<Figure>,
}

impl Finder<'_> {
    /// What a table says of itself, if anything.
    fn own(&self, table: &Table) -> Option<Said> {
        if !says_something(table) {
            return None;
        }
        let text = |key: &str| match table.get(key).map(|node| &node.value) {
            Some(Value::String(text)) => text.clone(),
            _ => String::new(),
        };
        let range = match table.get("range").map(|node| &node.value) {
            Some(Value::Array(list, _)) => match list.as_slice() {
                [low, high] => Some((self.told(low), self.told(high))),
                _ => None,
            },
            _ => None,
        };
        Some(Said {
            source: text("source"),
            confidence: Confidence::named(&text("confidence")),
            why: text("why"),
            range,
            file: None,
        })
    }

    fn walk(&mut self, node: &Node, path: &str, key: &str, around: &Said) {
        let Value::Table(table) = &node.value else {
            if !WORDS.contains(&key) && is_figure(node) {
                self.add(path, node, around);
            }
            return;
        };
        let own = self.own(table).map(|own| own.or(around));
        if let Some(value) = table.get("value") {
            match own {
                Some(own) => self.add(path, value, &own),
                None if is_figure(value) || value.table().is_some() => {
                    self.add(path, value, around);
                }
                None => {}
            }
            return;
        }
        let said = own.map_or_else(|| around.clone(), |own| own.below(table));
        if is_one(key, table) && table.entries.values().all(|entry| says_nothing(&entry.node)) {
            let first = table.entries.iter().find(|(key, _)| !is_evidence(key));
            if let Some((_, entry)) = first {
                self.found.push(figure(path, self.told(node), entry.node.origin.file, &said));
            }
            return;
        }
        if let (Some(official), true) = (table.get("official"), path.starts_with("checks.")) {
            let band = table.get("low").zip(table.get("high"));
            let band = band.map(|(low, high)| (self.told(low), self.told(high)));
            let said = Said { range: said.range.clone().or(band), ..said };
            self.add(&format!("{path}.official"), official, &said);
            return;
        }
        for (key, entry) in &table.entries {
            if !is_evidence(key) {
                let name = text::name(key);
                let below = if path.is_empty() { name } else { format!("{path}.{name}") };
                self.walk(&entry.node, &below, key, &said);
            }
        }
    }

    fn add(&mut self, path: &str, node: &Node, said: &Said) {
        self.found.push(figure(path, self.told(node), node.origin.file, said));
    }

    /// A value in words, as it was written.
    fn told(&self, node: &Node) -> String {
        match &node.value {
            Value::String(text) => text.clone(),
            Value::Integer(number) => {
                let same = self.written(node, *number as f64);
                same.unwrap_or_else(|| number.to_string())
            }
            Value::Float(number) => {
                self.written(node, *number).unwrap_or_else(|| format!("{number:?}"))
            }
            Value::Boolean(truth) => truth.to_string(),
            Value::Datetime(moment) => moment.to_string(),
            Value::Unreadable => String::new(),
            Value::Array(list, _) => {
                let parts: Vec<String> = list.iter().map(|item| self.told(item)).collect();
                parts.join(", ")
            }
            Value::Table(table) => match table.get("value") {
                Some(value) => self.told(value),
                None => self.parts(table),
            },
        }
    }

    /// The entries of a table: `lognormal (mean 4 days, sd 3 days)`.
    fn parts(&self, table: &Table) -> String {
        let parts: Vec<String> = table
            .entries
            .iter()
            .filter(|(key, _)| !is_evidence(key))
            .map(|(key, entry)| match entry.node.table() {
                Some(_) => format!("{key} ({})", self.told(&entry.node)),
                None => format!("{key} {}", self.told(&entry.node)),
            })
            .collect();
        parts.join(", ")
    }

    /// A number with the digits that it was written with.
    fn written(&self, node: &Node, number: f64) -> Option<String> {
        let text = &self.sources.get(node.origin.file).text;
        let written = text.get(node.origin.start..node.origin.end)?;
        let same: f64 = written.replace('_', "").parse().ok()?;
        (same.to_bits() == number.to_bits()).then(|| written.to_owned())
    }
}

/// A figure with what is said of it; that of a table around it only if it stands in the same text.
fn figure(path: &str, value: String, file: usize, said: &Said) -> Figure {
    let holds = said.file.is_none_or(|of_said| of_said == file);
    let said = if holds { said.clone() } else { Said::default() };
    Figure {
        path: path.to_owned(),
        group: Group::of(path),
        value,
        unit: String::new(),
        usual: None,
        is_written: true,
        source: said.source,
        confidence: said.confidence,
        why: said.why,
        range: said.range,
    }
}

/// Whether a table says something of itself.
fn says_something(table: &Table) -> bool {
    evidence::KEYS.iter().any(|key| table.entries.contains_key(*key))
}

fn is_evidence(key: &str) -> bool {
    evidence::KEYS.contains(&key)
}

/// Whether a table is one figure: a distribution, or shares of one whole.
fn is_one(key: &str, table: &Table) -> bool {
    let mut keys = table.entries.keys().filter(|key| !is_evidence(key));
    SPLITS.contains(&key)
        || matches!((keys.next(), keys.next()), (Some(kind), None)
            if language::KINDS.contains(&kind.as_str()))
}

/// Whether nothing below a node has a source of its own.
fn says_nothing(node: &Node) -> bool {
    node.table().is_none_or(|table| {
        !says_something(table) && table.entries.values().all(|it| says_nothing(&it.node))
    })
}

/// Whether a value that is no table is a figure.
fn is_figure(node: &Node) -> bool {
    match &node.value {
        Value::Integer(_) | Value::Float(_) | Value::Datetime(_) => true,
        Value::String(text) => {
            text == "unlimited"
                || Duration::parse(text).is_ok()
                || Hours::parse(text).is_ok()
                || Weekday::parse(text).is_some()
        }
        Value::Array(list, _) => list.iter().any(is_figure),
        Value::Boolean(_) | Value::Table(_) | Value::Unreadable => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::merge::{Mode, merge};
    use crate::scenario::tree;

    /// What is found in a text, and in a second one on top of it.
    fn found(texts: &[&str]) -> Vec<Figure> {
        let mut sources = Sources::default();
        let mut trees = texts.iter().map(|text| {
            let file = sources.add("x.toml", (*text).to_owned());
            let (root, errors) = tree::parse(text, file);
            assert_eq!(errors, []);
            root
        });
        let trees: Vec<Node> = trees.by_ref().collect();
        let mut trees = trees.into_iter();
        let mut root = trees.next().expect("a text");
        for edit in trees {
            assert_eq!(merge(&mut root, edit, Mode::Extend, &sources), []);
        }
        of(&root, "", &sources)
    }

    fn lines(texts: &[&str]) -> Vec<String> {
        let line = |it: &Figure| format!("{} = {} | {}", it.path, it.value, it.source);
        found(texts).iter().map(line).collect()
    }

    #[test]
    fn values_are_told_as_they_were_written() {
        let text = "schema = 1\ntitle = \"2 days\"\n\
             [places.ward]\norganisation = \"hospital\"\ncapacity = 700\n\
             [p.steps]\nbed = { title = \"a bed\", chance = { value = 0.050, of = \"dispute\", source = \"s\" }, \
             stay = { lognormal = { mean = \"4.4 days\", sd = \"11 days\" } } }\n\
             w = { days = [\"monday\"], split = { a = 0.85, b = 0.15 }, weekday = [1, 0.50], until = \"10:00-21:00\" }\n";
        assert_eq!(
            lines(&[text]),
            [
                "places.ward.capacity = 700 | ",
                "p.steps.bed.chance = 0.050 | s",
                "p.steps.bed.stay = lognormal (mean 4.4 days, sd 11 days) | ",
                "p.steps.w.days = monday | ",
                "p.steps.w.split = a 0.85, b 0.15 | ",
                "p.steps.w.weekday = 1, 0.50 | ",
                "p.steps.w.until = 10:00-21:00 | ",
            ]
        );
    }

    #[test]
    fn what_is_said_of_a_table_holds_for_its_figures_that_were_written_with_it() {
        let base = "[dyads.\"a+b\"]\nleads = 0.4\nteams = { value = 0.5, source = \"own\" }\n\
                    source = \"judged\"\nconfidence = \"assumption\"\n";
        let set = "[dyads.\"a+b\"]\nleads = 0.6\n";
        let of_base = ["dyads.\"a+b\".leads = 0.4 | judged", "dyads.\"a+b\".teams = 0.5 | own"];
        assert_eq!(lines(&[base]), of_base);
        assert_eq!(lines(&[base, set])[0], "dyads.\"a+b\".leads = 0.6 | ");
        assert_eq!(found(&[base])[0].confidence, Some(Confidence::Assumption));
    }

    #[test]
    fn a_check_is_one_figure_with_its_band() {
        let text = "[checks.x]\nmeasure = \"delay_days.all\"\nofficial = 0.930\nlow = 0.90\nhigh = 1\nsource = \"s\"\n";
        assert_eq!(lines(&[text]), ["checks.x.official = 0.930 | s"]);
        assert_eq!(found(&[text])[0].range, Some(("0.90".to_owned(), "1".to_owned())));
    }

    #[test]
    fn parts_with_sources_of_their_own_are_figures_of_their_own() {
        let text = "stay = { lognormal = { mean = { value = \"4 days\", source = \"s\", range = [\"3 days\", \"5 days\"] }, sd = \"2 days\" }, source = \"t\" }";
        assert_eq!(
            lines(&[text]),
            ["stay.lognormal.mean = 4 days | s", "stay.lognormal.sd = 2 days | t"]
        );
        assert_eq!(found(&[text])[0].range, Some(("3 days".to_owned(), "5 days".to_owned())));
    }
}
