//! Mistakes in a scenario, each with its place, and all of them together.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use super::source::Source;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The scenario cannot be run.
    Error,
    /// It can be run, but may not mean what its author thinks.
    Warning,
}

/// A part of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The text.
    pub source: Arc<Source>,
    /// The part of it \[bytes\].
    pub span: Range<usize>,
    /// Its first line, counted from 1.
    pub line: usize,
    /// Its first character within the line, counted from 1.
    pub column: usize,
}

impl Place {
    /// The name of the file, or `--set`.
    pub fn file(&self) -> &str {
        &self.source.name
    }
}

/// One mistake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// What was found and what is allowed; lower case, no full stop.
    pub message: String,
    /// Where; some mistakes, such as a missing file, have no place in a text.
    pub place: Option<Place>,
    /// What is known, the nearest name, what to do.
    pub notes: Vec<String>,
}

impl Diagnostic {
    /// A mistake that stops the scenario from being run.
    pub(crate) fn error(message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            severity: Severity::Error,
            message: message.into(),
            place: None,
            notes: Vec::new(),
        }
    }

    /// Something that is allowed but probably not meant.
    pub(crate) fn warning(message: impl Into<String>) -> Diagnostic {
        Diagnostic { severity: Severity::Warning, ..Diagnostic::error(message) }
    }

    /// Whether it stops the scenario from being run.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// Adds a line of advice; an empty one is left out.
    pub(crate) fn note(mut self, note: impl Into<String>) -> Diagnostic {
        let note = note.into();
        if !note.is_empty() {
            self.notes.push(note);
        }
        self
    }

    /// Says where it is.
    pub(crate) fn at(mut self, place: Place) -> Diagnostic {
        self.place = Some(place);
        self
    }

    /// Texts in the order in which they were read, positions from the top, errors first.
    fn order(&self) -> (usize, usize, usize, Severity) {
        match &self.place {
            Some(place) => {
                (place.source.index + 1, place.span.start, place.span.end, self.severity)
            }
            None => (0, 0, 0, self.severity),
        }
    }
}

/// All mistakes of a scenario, in the order of its text; at most 100 are kept.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
    more: usize,
}

/// More than this nobody reads.
const KEPT: usize = 100;

impl Diagnostics {
    /// Sorts, drops what was said before, and keeps the first hundred; errors go before warnings
    /// when not all fit.
    pub(crate) fn new(mut list: Vec<Diagnostic>) -> Diagnostics {
        list.sort_by(|a, b| a.order().cmp(&b.order()).then_with(|| a.message.cmp(&b.message)));
        list.dedup_by(|a, b| a.order() == b.order() && a.message == b.message);
        let more = list.len().saturating_sub(KEPT);
        if more > 0 {
            list.sort_by_key(|diagnostic| diagnostic.severity);
            list.truncate(KEPT);
            list.sort_by_key(Diagnostic::order);
        }
        Diagnostics { list, more }
    }

    /// Those that are kept, in the order of the text.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.list.iter()
    }

    /// How many there are, those not kept included.
    pub fn len(&self) -> usize {
        self.list.len() + self.more
    }

    /// How many more there are than were kept.
    pub fn more(&self) -> usize {
        self.more
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Whether one of them stops the scenario from being run.
    pub fn has_errors(&self) -> bool {
        self.list.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl fmt::Display for Diagnostics {
    /// The long form without colour.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.long(false))
    }
}

impl std::error::Error for Diagnostics {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::source::Sources;

    #[test]
    fn they_come_in_the_order_of_the_text_and_once_each() {
        let mut sources = Sources::default();
        let index = sources.add("x.toml", "abc\ndef\n".to_owned());
        let at = |at: usize| sources.get(index).place(at..at + 1);
        let list = Diagnostics::new(vec![
            Diagnostic::error("late").at(at(5)),
            Diagnostic::error("early").at(at(1)),
            Diagnostic::error("late").at(at(5)),
            Diagnostic::warning("nowhere"),
        ]);
        let messages: Vec<&str> = list.iter().map(|d| d.message.as_str()).collect();
        assert_eq!(messages, ["nowhere", "early", "late"]);
    }

    #[test]
    fn only_a_hundred_are_kept_and_errors_before_warnings() {
        let mut sources = Sources::default();
        let index = sources.add("x.toml", "x".repeat(300));
        let list = (0..150)
            .flat_map(|at| {
                let place = sources.get(index).place(at..at + 1);
                [Diagnostic::warning("w").at(place.clone()), Diagnostic::error("e").at(place)]
            })
            .collect();
        let list = Diagnostics::new(list);
        assert_eq!((list.iter().count(), list.more(), list.len()), (100, 200, 300));
        assert!(list.iter().all(|d| d.severity == Severity::Error));
    }
}
