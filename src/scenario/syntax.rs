//! What is wrong with a text that is not TOML, in words for people who do not know TOML.

use std::ops::Range;
use std::sync::Arc;

use super::diagnostic::Diagnostic;
use super::source::{Boundary as _, Source};
use super::tree::{Node, SyntaxError, Value};

/// Turns the parser's message into ours.
fn explain(source: &Arc<Source>, (span, message): &SyntaxError) -> Diagnostic {
    let start = source.text.floor_boundary(span.start);
    let end = source.text.floor_boundary(span.end).max(start);
    let found = source.text[start..end].trim();
    let found = found.lines().next().unwrap_or_default();
    let (headline, advice) = words(message, found, &source.text[end..]);
    Diagnostic::error(headline).at(source.place(span.clone())).note(advice)
}

/// Headline and advice for a message of the parser.
fn words(message: &str, found: &str, after: &str) -> (String, String) {
    let own = |headline: String, advice: &str| (headline, advice.to_owned());
    let starts = |start: &str| message.starts_with(start);
    if starts("string values must be quoted") {
        return unquoted(found);
    }
    if starts("duplicate key") {
        return own(
            format!("the key `{found}` stands twice in the same table"),
            "keep one of them",
        );
    }
    if starts("cannot extend value") {
        return own(
            format!("`{found}` cannot stand below a key that already has a value of its own"),
            "put all of it into one table",
        );
    }
    if starts("key with no value") || starts("invalid key-value pair") {
        return own(
            "a key without a value".to_owned(),
            "write `key = value`; a comment starts with `#`",
        );
    }
    if starts("invalid datetime") {
        return own(
            format!("`{found}` is not a date"),
            "dates are written 2025-01-06, hours in quotes: \"08:30-17:00\"",
        );
    }
    if let Some(what) = message.strip_prefix("invalid date, expected ") {
        return own(
            format!("`{found}` is not a date; it needs a {what}"),
            "dates are written 2025-01-06",
        );
    }
    if starts("invalid basic string, expected `\"`")
        || starts("invalid literal string, expected `'`")
    {
        return own("text without its closing quote".to_owned(), "close it on the same line");
    }
    if starts("invalid boolean") {
        return unquoted(found);
    }
    if starts("unclosed array")
        || starts("missing comma between array")
        || message.contains("in array")
    {
        return own(
            "a list that does not go on or end as it should".to_owned(),
            "its items are separated by `,` and it ends with `]`; look at the line before, too",
        );
    }
    if starts("unclosed inline table") || starts("missing comma between key-value") {
        return own(
            "a table in braces that does not go on or end as it should".to_owned(),
            "its keys are separated by `,` and it ends with `}`; look at the line before, too",
        );
    }
    if starts("unclosed table") || starts("unclosed array table") {
        return own("a header without its closing bracket".to_owned(), "write `[places.ward]`");
    }
    if message.contains("unquoted key") {
        return own(
            "this is not a key".to_owned(),
            "a key has only letters of English, digits, `_` and `-`",
        );
    }
    if starts("unexpected key or value") {
        let comma = after
            .trim_start()
            .strip_prefix(',')
            .is_some_and(|rest| rest.trim_start().starts_with(|c: char| c.is_ascii_digit()));
        let advice = if comma {
            "numbers are written with a point: 1.5"
        } else {
            "each line holds one `key = value`; a comment starts with `#`"
        };
        return own("something is left over in this line".to_owned(), advice);
    }
    if message == "the number is too large" {
        return own(message.to_owned(), "");
    }
    (message.to_lowercase(), String::new())
}

/// A value that is neither number, text in quotes, list nor table.
fn unquoted(found: &str) -> (String, String) {
    if found.is_empty() {
        return ("a value is missing here".to_owned(), "write `key = value`".to_owned());
    }
    let shown: String = found.chars().take(40).collect();
    let advice =
        if let Some(number) = found.strip_suffix('%').and_then(|n| n.trim().parse::<f64>().ok()) {
            format!("shares are written as a part of 1: {}", number / 100.0)
        } else if found.starts_with(['“', '”', '„', '‘', '’']) {
            "text stands in straight quotes: \"…\"".to_owned()
        } else if ["yes", "no", "on", "off", "True", "False", "TRUE", "FALSE"].contains(&found) {
            "write true or false, in small letters".to_owned()
        } else {
            format!("text stands in quotes: \"{}\"", shown.replace(['"', '\''], ""))
        };
    (format!("`{shown}` is not a value"), advice)
}

/// Marks the values in which the mistakes lie as unreadable. Returns whether all mistakes lie in
/// single values: then the rest of the tree is as written, and reading can go on.
pub(crate) fn mark(tree: &mut Node, errors: &[SyntaxError]) -> bool {
    let mut contained = true;
    for (span, message) in errors {
        contained &= message.starts_with("duplicate key") || mark_one(tree, span);
    }
    contained
}

/// Marks the single value that holds a part of the text, if there is one.
fn mark_one(node: &mut Node, span: &Range<usize>) -> bool {
    match &mut node.value {
        Value::Table(table) => {
            table.entries.values_mut().any(|entry| mark_one(&mut entry.node, span))
        }
        Value::Array(list, _) => list.iter_mut().any(|item| mark_one(item, span)),
        Value::String(_)
        | Value::Integer(_)
        | Value::Float(_)
        | Value::Boolean(_)
        | Value::Datetime(_)
        | Value::Unreadable => {
            let holds = node.origin.start <= span.start && span.end <= node.origin.end;
            if holds {
                node.value = Value::Unreadable;
            }
            holds
        }
    }
}

/// Of more mistakes than this only the first are told: the text is no TOML at all.
const MOST_EXPLAINED: usize = 500;

/// All mistakes of a text. Where one list or table in braces goes wrong, the parser finds many
/// mistakes in a row; the first says enough.
pub(crate) fn explain_all(source: &Arc<Source>, errors: &[SyntaxError]) -> Vec<Diagnostic> {
    let mut errors: Vec<&SyntaxError> = errors.iter().collect();
    errors.sort_by_key(|(span, _)| span.start);
    errors.truncate(MOST_EXPLAINED);
    let mut told: Vec<Diagnostic> = Vec::new();
    let mut broken_off: Option<usize> = None;
    for error in errors {
        let diagnostic = explain(source, error);
        let line = diagnostic.place.as_ref().map_or(0, |place| place.line);
        let follows = broken_off.is_some_and(|first| line <= first + 1);
        if ["array", "inline table", "key-value pairs"].iter().any(|what| error.1.contains(what))
            || follows
        {
            if !follows {
                told.push(diagnostic);
            }
            broken_off = Some(line);
        } else {
            told.push(diagnostic);
        }
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::tree;

    #[test]
    fn a_mistake_within_a_value_leaves_the_rest_readable() {
        let marked = |text: &str, path: &str| {
            let (mut tree, errors) = tree::parse(text, 0);
            assert!(!errors.is_empty(), "{text:?}");
            let readable = mark(&mut tree, &errors);
            readable && tree.find(path).is_some_and(|(_, node)| node.value == Value::Unreadable)
        };
        assert!(marked("[run]\nstart = 2025-02-30\n", "run.start"));
        assert!(marked("a = [1, home, 2]\n", "a.1"));
        assert!(marked("a = 2 days\nb = 1\n", "a"));
        assert!(marked("a = \n", "a"));
        for text in ["a = [1\nb = 1\n", "a\n", "a = 1\n[a.b]\n"] {
            let (mut tree, errors) = tree::parse(text, 0);
            assert!(!mark(&mut tree, &errors), "{text:?}");
        }
        let (mut tree, errors) = tree::parse("a = 1\na = 2\n", 0);
        assert!(mark(&mut tree, &errors), "the first of two keys stands");
    }
}
