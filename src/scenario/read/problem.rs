//! What can be wrong with the shape of a value, as data.

use std::fmt;

use serde::de::{self, Expected, Unexpected};

use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::nearest;

/// One thing wrong with the shape of a scenario, and the dotted path of where.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Problem {
    /// The parts of the path, the last one first: it grows while the error climbs the tree.
    parts: Vec<String>,
    pub(crate) kind: Kind,
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Kind {
    /// The last part of the path is not a key of its table.
    UnknownKey { known: &'static [&'static str] },
    /// The table at the path lacks a key.
    Missing { key: &'static str },
    /// One of a few words was expected.
    UnknownWord { found: String, known: &'static [&'static str] },
    /// Anything else: to be read after the path; lines after the first are advice.
    Wrong(String),
}

impl Problem {
    fn new(kind: Kind) -> Problem {
        Problem { parts: Vec::new(), kind }
    }

    /// The same problem, seen from the table or list around it.
    pub(crate) fn within(mut self, part: &str) -> Problem {
        self.parts.push(part.to_owned());
        self
    }

    /// The parts of the path from the root.
    pub(super) fn path(&self) -> Vec<String> {
        self.parts.iter().rev().cloned().collect()
    }

    /// What to tell the user; its place is added by the caller.
    pub(crate) fn diagnostic(&self) -> Diagnostic {
        let mut parts = self.path();
        match &self.kind {
            Kind::UnknownKey { known } => {
                let key = parts.pop().unwrap_or_default();
                let table = match parts.last() {
                    None => " in a scenario".to_owned(),
                    Some(_) => format!(" in `{}`", parts.join(".")),
                };
                // These two are taken out of the tree before it is read.
                let more: &[&str] = if parts.is_empty() { &["extends", "changes"] } else { &[] };
                Diagnostic::error(format!("there is no key `{key}`{table}"))
                    .note(nearest::advice(&key, known.iter().chain(more).copied()))
            }
            Kind::Missing { key } => {
                let table = match parts.is_empty() {
                    true => "the scenario".to_owned(),
                    false => format!("`{}`", parts.join(".")),
                };
                let table_key = parts.last().map(String::as_str);
                let example =
                    example(table_key, key).map(|example| format!("such as {key} = {example}"));
                Diagnostic::error(format!("{table} lacks the key `{key}`"))
                    .note(example.unwrap_or_default())
            }
            Kind::UnknownWord { found, known } => {
                pop_item(&mut parts);
                let allowed: Vec<String> = known.iter().map(|word| format!("{word:?}")).collect();
                let nearest = nearest::nearest(found, known.iter().copied());
                Diagnostic::error(format!(
                    "`{}` is {found:?}; it must be one of {}",
                    parts.join("."),
                    allowed.join(", ")
                ))
                .note(nearest.map(|word| format!("did you mean {word:?}?")).unwrap_or_default())
            }
            Kind::Wrong(text) => {
                let mut lines = text.lines();
                let headline = lines.next().unwrap_or("is wrong");
                pop_item(&mut parts);
                let subject = match parts.is_empty() {
                    true => "the scenario".to_owned(),
                    false => format!("`{}`", parts.join(".")),
                };
                lines.fold(Diagnostic::error(format!("{subject} {headline}")), Diagnostic::note)
            }
        }
    }
}

/// What could be written for a key that is missing in the table of another.
fn example(table: Option<&str>, key: &str) -> Option<&'static str> {
    if table == Some("depends_on") && key == "between" {
        return Some("[\"hospital\", \"social_care\"]");
    }
    let examples = [
        ("schema", "1"),
        ("title", "\"Our place\""),
        ("run", "{ start = 2025-01-06, length = \"1 year\" }"),
        ("start", "2025-01-06"),
        ("length", "\"1 year\""),
        ("organisation", "\"hospital\""),
        ("capacity", "28, or \"unlimited\""),
        ("headcount", "4.5"),
        ("between", "\"10:00-12:00\""),
        ("per_day", "40"),
        ("pathways", "{ home = 0.8, supported = 0.2 }"),
        ("steps", "{ home = { leave = \"home\" } }"),
        ("measure", "\"occupancy.ward\""),
        ("official", "0.92"),
        ("low", "0.9 (for a time: \"1 day\")"),
        ("high", "0.95 (for a time: \"9 days\")"),
        ("chance", "0.1"),
        ("from", "\"assess\", an earlier step"),
        ("after", "\"10 days\""),
        ("mean", "\"3 days\""),
        ("value", "0.2"),
    ];
    examples.iter().find(|(name, _)| *name == key).map(|(_, example)| *example)
}

/// A path into a list (`weekday.5`) is shown as that of the list, and one to the value beside its
/// source (`capacity.value`) as that of the whole; the arrow shows exactly where.
fn pop_item(parts: &mut Vec<String>) {
    while parts.len() > 1
        && parts
            .last()
            .is_some_and(|part| part == "value" || part.bytes().all(|b| b.is_ascii_digit()))
    {
        parts.pop();
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.diagnostic().message)
    }
}

impl std::error::Error for Problem {}

impl de::Error for Problem {
    fn custom<T: fmt::Display>(message: T) -> Problem {
        Problem::new(Kind::Wrong(message.to_string()))
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Problem {
        Problem::custom(format!("is {}; it must be {}", show(&found), plain(expected)))
    }

    fn invalid_value(found: Unexpected<'_>, expected: &dyn Expected) -> Problem {
        if let Unexpected::Signed(number) = found
            && number > i64::from(u32::MAX)
        {
            return Problem::custom(format!("is {number}; it must be at most {}", u32::MAX));
        }
        Problem::invalid_type(found, expected)
    }

    fn invalid_length(length: usize, expected: &dyn Expected) -> Problem {
        let items = if length == 1 { "item" } else { "items" };
        Problem::custom(format!("has {length} {items}; it must have {}", plain(expected)))
    }

    fn unknown_variant(found: &str, known: &'static [&'static str]) -> Problem {
        Problem::new(Kind::UnknownWord { found: found.to_owned(), known })
    }

    fn unknown_field(_: &str, known: &'static [&'static str]) -> Problem {
        Problem::new(Kind::UnknownKey { known })
    }

    fn missing_field(key: &'static str) -> Problem {
        Problem::new(Kind::Missing { key })
    }

    fn duplicate_field(key: &'static str) -> Problem {
        Problem::custom(format!("has the key `{key}` twice"))
    }
}

/// What was found, in plain words.
fn show(found: &Unexpected<'_>) -> String {
    match found {
        Unexpected::Bool(truth) => truth.to_string(),
        Unexpected::Unsigned(number) => number.to_string(),
        Unexpected::Signed(number) => number.to_string(),
        Unexpected::Float(number) => number.to_string(),
        Unexpected::Str(text) => format!("{text:?}"),
        Unexpected::Seq => "a list".to_owned(),
        Unexpected::Map => "a table".to_owned(),
        Unexpected::Other(other) => (*other).to_owned(),
        other => other.to_string(),
    }
}

/// What was expected, without the words of the programming language.
fn plain(expected: &dyn Expected) -> String {
    let text = expected.to_string();
    if let Some(length) = text.strip_prefix("an array of length ") {
        return format!("{length} numbers in a list");
    }
    match text.as_str() {
        "u8" | "u16" | "u32" | "u64" | "usize" => "a whole number, 0 or more".to_owned(),
        "i64" => "a whole number".to_owned(),
        "f32" | "f64" => "a number".to_owned(),
        "a string" | "str" | "string" => "text in quotes".to_owned(),
        "a boolean" => "true or false".to_owned(),
        "a sequence" => "a list in [ ]".to_owned(),
        "a map" => "a table".to_owned(),
        _ if text.starts_with("struct ") || text.starts_with("enum ") => {
            "a table of keys".to_owned()
        }
        _ => text,
    }
}
