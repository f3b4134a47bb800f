//! What is wrong with a text that is not TOML, in words for people who do not know TOML.

use std::ops::Range;
use std::sync::Arc;

use super::diagnostic::Diagnostic;
use super::source::Source;

/// Turns the parser's message into ours.
pub(crate) fn explain(source: &Arc<Source>, span: Range<usize>, message: &str) -> Diagnostic {
    let first = message.lines().next().unwrap_or_default();
    Diagnostic::error(first).at(source.place(span))
}
