//! Finds the texts of a scenario: the one asked for, and those that it extends.

use std::fs;
use std::path::{Path, PathBuf};

use super::diagnostic::Diagnostic;
use super::merge::{self, Mode};
use super::nearest;
use super::shipped;
use super::source::{self, Sources};
use super::syntax;
use super::tree::{self, Node, Value};

/// A text that is about to be read.
struct Text {
    /// What it is shown as.
    name: String,
    text: String,
    /// What tells it from all others: its full path, or `shipped …`.
    identity: String,
    /// The folder in which the texts that it extends are looked for; `None` for shipped texts.
    folder: Option<PathBuf>,
}

/// All texts of a scenario as one tree.
pub(crate) struct Loaded {
    /// The tree, unless something stands in the way of reading on.
    pub(crate) tree: Option<Node>,
    /// Whether the tree is the text asked for and nothing else.
    pub(crate) alone: bool,
    pub(crate) mistakes: Vec<Diagnostic>,
}

/// A scenario may extend one that extends one … so often.
const LONGEST_CHAIN: usize = 20;

/// Loads a file, or the shipped scenario of that name.
pub(crate) fn file(path: &Path, sources: &mut Sources) -> Loaded {
    match open(path, path.display().to_string(), true) {
        Ok(text) => load(text, sources),
        Err(mistake) => failed(vec![mistake]),
    }
}

/// Loads a text that is not a file.
pub(crate) fn text(name: &str, text: &str, sources: &mut Sources) -> Loaded {
    let text = Text {
        name: name.to_owned(),
        text: text.to_owned(),
        identity: String::new(),
        folder: None,
    };
    load(text, sources)
}

fn failed(mistakes: Vec<Diagnostic>) -> Loaded {
    Loaded { tree: None, alone: false, mistakes }
}

fn load(first: Text, sources: &mut Sources) -> Loaded {
    let mut mistakes = Vec::new();
    let mut readable = true;
    let mut chain: Vec<(String, String)> = Vec::new();
    let mut trees = Vec::new();
    let mut next = Some(first);
    while let Some(text) = next.take() {
        chain.push((text.identity, text.name.clone()));
        let empty =
            text.text.lines().all(|line| line.trim().is_empty() || line.trim().starts_with('#'));
        let file = sources.add(&text.name, text.text);
        if empty {
            mistakes.push(
                Diagnostic::error(format!("`{}` is empty", text.name))
                    .note("`homeward new` writes a scenario to start from"),
            );
            readable = false;
            break;
        }
        let (mut tree, errors) = tree::parse(&sources.get(file).text, file);
        mistakes.extend(syntax::explain_all(sources.get(file), &errors));
        readable &= syntax::mark(&mut tree, &errors);
        let extends = tree.table_mut().and_then(|table| table.entries.shift_remove("extends"));
        if let (None, Some(mistake)) = (&extends, misspelt_extends(&tree, sources)) {
            mistakes.push(mistake);
            readable = false;
        }
        trees.push(tree);
        if let Some(extends) = extends {
            match base(&extends.node, text.folder.as_deref(), &chain) {
                Ok(text) => next = Some(text),
                Err(mistake) => {
                    if extends.node.value != Value::Unreadable {
                        mistakes.push(mistake.at(extends.node.origin.place(sources)));
                    }
                    readable = false;
                }
            }
        }
    }
    let alone = trees.len() == 1;
    let mut trees = trees.into_iter().rev();
    let tree = trees.next().filter(|_| readable).map(|mut tree| {
        for edit in trees {
            mistakes.append(&mut merge::merge(&mut tree, edit, Mode::Extend, sources));
        }
        tree
    });
    Loaded { tree, alone, mistakes }
}

/// `extend = "baseline.toml"`: without its base nearly everything would seem to be missing.
fn misspelt_extends(tree: &Node, sources: &Sources) -> Option<Diagnostic> {
    let (key, entry) = tree.table()?.entries.iter().find(|(key, entry)| {
        matches!(entry.node.value, Value::String(_)) && nearest::nearest(key, ["extends"]).is_some()
    })?;
    let mistake = Diagnostic::error(format!("there is no key `{key}` in a scenario"));
    Some(mistake.at(entry.key.place(sources)).note("did you mean `extends`?"))
}

/// The text that another extends.
fn base(
    extends: &Node,
    folder: Option<&Path>,
    chain: &[(String, String)],
) -> Result<Text, Diagnostic> {
    let Value::String(wanted) = &extends.value else {
        return Err(Diagnostic::error(format!(
            "`extends` is {}; it must be the name of a file",
            extends.kind()
        ))
        .note("write it in quotes: extends = \"baseline.toml\""));
    };
    let path = folder.unwrap_or(Path::new("")).join(wanted);
    let text = open(&path, path.display().to_string(), folder.is_some())?;
    if let Some(at) = chain.iter().position(|(identity, _)| *identity == text.identity) {
        let names: Vec<String> = chain[at..].iter().map(|(_, name)| format!("`{name}`")).collect();
        return Err(if at + 1 == chain.len() {
            Diagnostic::error("a scenario cannot extend itself")
        } else {
            Diagnostic::error("`extends` leads back to where it came from").note(format!(
                "{} extends {}",
                names.join(" extends "),
                names[0]
            ))
        });
    }
    if chain.len() >= LONGEST_CHAIN {
        return Err(Diagnostic::error(format!(
            "more than {LONGEST_CHAIN} scenarios extend one another"
        )));
    }
    Ok(text)
}

/// Reads a file; if there is none of that path, the shipped scenario of that name.
fn open(path: &Path, shown: String, on_disk: bool) -> Result<Text, Diagnostic> {
    let shipped = || {
        let (file, text) = shipped::find(&path.to_string_lossy())
            .or_else(|| path.file_name().and_then(|name| shipped::find(&name.to_string_lossy())))?;
        Some(Text {
            name: format!("scenarios/{file}"),
            text: text.to_owned(),
            identity: format!("shipped {file}"),
            folder: None,
        })
    };
    if !on_disk || (!path.exists() && !path.is_symlink()) {
        return match shipped() {
            Some(text) => Ok(text),
            None => Err(Diagnostic::error(format!("cannot read `{shown}`: there is no such file"))
                .note(nearest_file(path, on_disk))),
        };
    }
    let text = source::read(path)?;
    let identity = fs::canonicalize(path).unwrap_or(path.to_owned()).display().to_string();
    Ok(Text {
        name: shown,
        text,
        identity,
        folder: Some(path.parent().unwrap_or(Path::new("")).to_owned()),
    })
}

/// Which file was probably meant.
fn nearest_file(path: &Path, on_disk: bool) -> String {
    let wanted =
        path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut files: Vec<String> = Vec::new();
    if on_disk && let Ok(entries) = fs::read_dir(folder) {
        files.extend(
            entries
                .flatten()
                .take(1000)
                .map(|entry| entry.file_name().to_string_lossy().into_owned())
                .filter(|name| name.ends_with(".toml")),
        );
        files.sort();
    }
    if let Some(near) = nearest::nearest(&wanted, files.iter().map(String::as_str)) {
        return format!("did you mean `{}`?", path.with_file_name(near).display());
    }
    match nearest::nearest(&wanted, shipped::names()) {
        Some(near) => format!("did you mean the shipped scenario `{near}`?"),
        None => {
            let names: Vec<&str> = shipped::names().collect();
            format!("the shipped scenarios are `{}`", names.join("`, `"))
        }
    }
}
