//! Reads a table key by key and notes every mistake.

use serde::Deserialize;

use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::nearest;
use crate::scenario::source::Sources;
use crate::scenario::tree::{Node, Origin, Table, Value};
use crate::scenario::units::Duration;

/// Notes mistakes while a text is read.
pub(super) struct Reader<'a> {
    pub(super) sources: &'a Sources,
    pub(super) mistakes: Vec<Diagnostic>,
}

/// A number, with the unit in which it was written if it is a time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Amount {
    /// In its own unit.
    pub(super) number: f64,
    /// The number, if it was written without a decimal point.
    pub(super) whole: Option<i64>,
    /// The name and length of the unit \[seconds\].
    pub(super) unit: Option<(&'static str, f64)>,
}

impl Amount {
    /// The number in another unit of its kind.
    pub(super) fn in_unit(self, unit: Option<(&'static str, f64)>) -> f64 {
        match (self.unit, unit) {
            (Some((_, own)), Some((_, other))) if own.to_bits() != other.to_bits() => {
                self.number * own / other
            }
            _ => self.number,
        }
    }
}

impl Reader<'_> {
    /// Notes a mistake.
    pub(super) fn wrong(&mut self, origin: Origin, message: impl Into<String>, note: &str) {
        let place = origin.place(self.sources);
        self.mistakes.push(Diagnostic::error(message).at(place).note(note));
    }

    /// Notes the keys that a table may not have; `inside` is what it is called.
    pub(super) fn only(&mut self, table: &Table, known: &[&str], inside: &str) {
        for (key, entry) in &table.entries {
            if !known.contains(&key.as_str()) {
                let note = nearest::advice(key, known.iter().copied());
                self.wrong(entry.key, format!("there is no key `{key}` in {inside}"), &note);
            }
        }
    }

    /// The value of a key, if it is there and sound; `inside` is the path of its table.
    pub(super) fn get<'n, T: Deserialize<'n>>(
        &mut self,
        table: &'n Table,
        key: &str,
        inside: &str,
    ) -> Option<T> {
        let node = table.get(key)?;
        match T::deserialize(node) {
            Ok(value) => Some(value),
            Err(problem) => {
                if node.value != Value::Unreadable {
                    let problem = problem.within(key);
                    let problem = if inside.is_empty() { problem } else { problem.within(inside) };
                    let diagnostic = problem.diagnostic().at(node.origin.place(self.sources));
                    self.mistakes.push(diagnostic);
                }
                None
            }
        }
    }

    /// The value of a key that must be there.
    pub(super) fn need<'n, T: Deserialize<'n>>(
        &mut self,
        table: (&'n Table, Origin),
        key: &str,
        inside: &str,
        example: &str,
    ) -> Option<T> {
        if table.0.get(key).is_none() {
            let slip = nearest::nearest(key, table.0.entries.keys().map(String::as_str));
            if slip.is_none() {
                let what =
                    if inside.is_empty() { "the sweep".to_owned() } else { format!("`{inside}`") };
                self.wrong(table.1, format!("{what} lacks the key `{key}`"), example);
            }
            return None;
        }
        self.get(table.0, key, inside)
    }

    /// A number or a time, or what is wrong with it.
    pub(super) fn amount(&mut self, node: &Node, what: &str) -> Option<Amount> {
        let wrong = match &node.value {
            Value::Integer(number) => match i64::try_from(*number) {
                Ok(whole) => {
                    let number = whole as f64;
                    return Some(Amount { number, whole: Some(whole), unit: None });
                }
                Err(_) => "is a number beyond all measure".to_owned(),
            },
            Value::Float(number) if number.is_finite() => {
                return Some(Amount { number: *number, whole: None, unit: None });
            }
            Value::Float(_) => "must be a finite number".to_owned(),
            Value::String(text) => match (Duration::parse(text), Duration::unit(text)) {
                (Ok(time), Some((name, length))) => {
                    let unit = Some((name, length));
                    return Some(Amount { number: time.seconds / length, whole: None, unit });
                }
                (Err(wrong), _) => wrong,
                (Ok(_), None) => format!("is {text:?}; its unit is not known"),
            },
            _ => format!("is {}; it must be a number, or a time such as \"2 days\"", node.kind()),
        };
        let mut lines = wrong.lines();
        let headline = format!("{what} {}", lines.next().unwrap_or_default());
        self.wrong(node.origin, headline, lines.next().unwrap_or_default());
        None
    }
}
