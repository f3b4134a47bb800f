//! `--set PATH=VALUE`: an edit from the command line.

use super::diagnostic::Diagnostic;
use super::merge::{self, Mode};
use super::source::Sources;
use super::tree::{self, Node, Origin, Value};

/// What a `--set` is called where mistakes are shown.
const NAME: &str = "--set";

/// Edits the tree by each `PATH=VALUE` in turn.
pub(crate) fn apply(tree: &mut Node, sets: &[String], sources: &mut Sources) -> Vec<Diagnostic> {
    let mut mistakes = Vec::new();
    for set in sets {
        let file = sources.add(NAME, set.clone());
        match edit(&sources.get(file).text, file) {
            Ok(edit) => mistakes.append(&mut merge::merge(tree, edit, Mode::Alter, sources)),
            Err(mistake) => {
                let end = set.len();
                mistakes.push(mistake.at(Origin { file, start: 0, end }.place(sources)));
            }
        }
    }
    mistakes
}

/// The edit that a text asks for. A value that is not TOML is taken as text, so that
/// `run.length=2 years` needs no quotes.
fn edit(text: &str, file: usize) -> Result<Node, Diagnostic> {
    let advice = "write a path and a value, such as places.ward.capacity=720";
    let Some((path, written)) = text.split_once('=') else {
        return Err(Diagnostic::error(format!("`{text}` has no `=`")).note(advice));
    };
    let Some(keys) = keys(path, file) else {
        let message = match path.trim() {
            "" => format!("`{text}` has no path before its `=`"),
            path => format!("`{path}` is not a path"),
        };
        return Err(Diagnostic::error(message).note(advice));
    };
    if keys.first().is_some_and(|(key, _)| key == "extends") {
        return Err(Diagnostic::error("`extends` cannot be set: it says which file to start from")
            .note("run the other file instead"));
    }
    let trimmed = written.trim();
    if trimmed.is_empty() {
        return Err(Diagnostic::error(format!("`{path}` is set to nothing")).note(advice));
    }
    let start = path.len() + 1 + (written.len() - written.trim_start().len());
    let value = tree::parse_value(trimmed, file, start).unwrap_or_else(|| {
        let origin = Origin { file, start, end: start + trimmed.len() };
        Node::made(Value::String(trimmed.to_owned()), origin)
    });
    Ok(merge::edit_of(keys, value))
}

/// The keys of a dotted path that was written at one place as a whole.
pub(crate) fn keys_at(path: &str, origin: Origin) -> Option<Vec<(String, Origin)>> {
    Some(keys(path, origin.file)?.into_iter().map(|(key, _)| (key, origin)).collect())
}

/// The keys of a dotted path; a key in quotes may hold dots.
fn keys(path: &str, file: usize) -> Option<Vec<(String, Origin)>> {
    if path.contains(['\n', '\r', '#', '[']) {
        return None;
    }
    let (mut node, errors) = tree::parse(&format!("{path}=0"), file);
    if !errors.is_empty() {
        return None;
    }
    let mut keys = Vec::new();
    while let Value::Table(table) = node.value {
        let (key, entry) = table.entries.into_iter().next()?;
        keys.push((key, entry.key));
        node = entry.node;
    }
    Some(keys)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(text: &str) -> Option<(Vec<String>, Value, String)> {
        let mut node = edit(text, 0).ok()?;
        let mut path = Vec::new();
        while let Value::Table(table) = &node.value {
            if table.inline {
                break;
            }
            let (key, entry) = table.entries.first()?;
            path.push(key.clone());
            node = entry.node.clone();
        }
        let written = text[node.origin.start..node.origin.end].to_owned();
        Some((path, node.value, written))
    }

    #[test]
    fn a_set_is_a_path_and_a_toml_value_or_else_text() {
        let path = |parts: &[&str]| parts.iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(
            set("places.ward.capacity = 720"),
            Some((path(&["places", "ward", "capacity"]), Value::Integer(720), "720".to_owned()))
        );
        assert_eq!(
            set("run.length=2 years"),
            Some((
                path(&["run", "length"]),
                Value::String("2 years".to_owned()),
                "2 years".to_owned()
            ))
        );
        assert_eq!(set("a.\"b.c\"='x=y'").map(|(path, ..)| path), Some(path(&["a", "b.c"])));
    }

    #[test]
    fn what_is_no_set_is_refused() {
        for text in ["", "a", "=1", "a=", "a=  ", "a b=1", "a..b=1", "[a]\nb=1", "extends=x"] {
            assert!(edit(text, 0).is_err(), "{text:?}");
        }
        // What looks like two lines is one text.
        assert_eq!(
            set("a=1\nb").map(|(_, value, _)| value),
            Some(Value::String("1\nb".to_owned()))
        );
    }
}
