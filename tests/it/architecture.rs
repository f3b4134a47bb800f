//! The borders of the house: who may import whom, which library is used where, and how long a file is.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::support::project;

/// The modules and what of ours they may import; what is not listed, nothing. Imports run downwards.
const LAYERS: [(&str, &[&str]); 11] = [
    ("engine", &[]),
    // A distribution draws lengths of time: of the engine, `Span` alone.
    ("random", &["engine"]),
    ("statistics", &[]),
    // Whether there is such a distribution is asked of the distribution itself.
    ("scenario", &["random"]),
    ("model", &["engine", "random", "scenario"]),
    // Designs of experiments draw their points.
    ("experiment", &["engine", "random", "statistics", "scenario", "model"]),
    ("report", &["engine", "statistics", "scenario", "model", "experiment"]),
    ("data", &["statistics", "scenario"]),
    ("session", &["engine", "statistics", "scenario", "model", "experiment", "report"]),
    (
        "cli",
        &["engine", "statistics", "scenario", "model", "experiment", "report", "session", "data"],
    ),
    ("main", &["cli"]),
];

/// Every library, and the modules that may use it.
const LIBRARIES: &[(&str, &[&str])] = &[
    ("annotate_snippets", &["scenario"]),
    ("anyhow", &["cli", "main"]),
    ("clap", &["cli", "main"]),
    ("comfy_table", &["report"]),
    ("csv", &["report", "data"]),
    ("ctrlc", &["cli"]),
    ("indexmap", &["scenario", "model"]),
    ("indicatif", &["cli"]),
    ("jiff", &["scenario", "model", "experiment", "report", "data", "cli"]),
    ("kuva", &["report"]),
    ("parquet", &["report"]),
    ("rand", &["random"]),
    ("rand_distr", &["random"]),
    ("rayon", &["experiment"]),
    ("schemars", &["scenario"]),
    ("serde", &["scenario", "experiment", "report", "session", "data"]),
    ("serde_json", &["scenario", "report", "session", "cli"]),
    ("sobol", &["experiment"]),
    // Quantiles in statistics; in distributions the functions that their moments are made of.
    ("statrs", &["random", "statistics"]),
    ("strsim", &["scenario", "cli"]),
    ("terminal_size", &["cli"]),
    (
        "thiserror",
        &["random", "scenario", "model", "experiment", "report", "session", "data", "cli"],
    ),
    ("toml", &["scenario"]),
];

/// Parts of the standard library that are as good as libraries.
const STANDARD: [(&str, &[&str]); 4] = [
    ("std::thread", &["experiment", "session", "cli"]),
    ("std::net", &["session", "cli"]),
    ("std::fs", &["scenario", "report", "session", "data", "cli"]),
    ("std::process", &["cli", "main"]),
];

/// The most lines of a file, without its tests.
const MOST_LINES: usize = 400;

/// Files that may be longer, and how long.
const LONGER: [(&str, usize); 0] = [];

/// A source file.
struct Source {
    /// Its path from the project's folder, such as `src/model/place.rs`.
    path: String,
    /// The module that it belongs to, such as `model`; `lib` or `main` for the two at the top.
    module: String,
    text: String,
}

impl Source {
    /// Its code without comments and without the contents of strings.
    fn code(&self) -> String {
        let mut code = String::new();
        for line in self.text.lines() {
            let line = line.split("//").next().unwrap_or_default();
            let outside = line.split('"').step_by(2).collect::<Vec<_>>();
            code.push_str(&outside.join("\"\""));
            code.push('\n');
        }
        code
    }

    /// The lines before its tests.
    fn lines(&self) -> usize {
        self.text.lines().take_while(|line| !line.starts_with("#[cfg(test)]")).count()
    }
}

/// All source files.
fn sources() -> Vec<Source> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).expect("the folder can be read") {
            let path = entry.expect("its entries can be read").path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                found.push(path);
            }
        }
    }
    let mut paths = Vec::new();
    walk(&project().join("src"), &mut paths);
    paths.sort();
    let sources: Vec<Source> = paths
        .iter()
        .map(|path| {
            let text = fs::read_to_string(path).expect("a source file is text");
            let path = path.strip_prefix(project()).expect("it lies in the project");
            let path = path.to_string_lossy().replace('\\', "/");
            let module = path["src/".len()..].split(['/', '.']).next().unwrap_or_default();
            Source { module: module.to_owned(), path, text }
        })
        .collect();
    assert!(sources.len() > 60, "all source files are found: {}", sources.len());
    sources
}

/// The words before which `::` stands `before`, such as `model` in `crate::model::Model`.
fn named_after<'c>(code: &'c str, before: &str) -> BTreeSet<&'c str> {
    let mut names = BTreeSet::new();
    for (at, _) in code.match_indices(before) {
        let rest = &code[at + before.len()..];
        // `use crate::{engine, model::Model}` names several.
        let (list, several) = match rest.strip_prefix('{') {
            Some(list) => (list.split_once('}').map_or(list, |it| it.0), true),
            None => (rest, false),
        };
        for name in list.split(if several { ',' } else { '\0' }) {
            let name = name.trim();
            let end = name.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(name.len());
            names.insert(&name[..end]);
        }
    }
    names.remove("");
    names
}

/// Whether code uses a path that begins with these words.
fn uses(code: &str, path: &str) -> bool {
    code.match_indices(path).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        let after = &code[at + path.len()..];
        let begins =
            before.is_none_or(|c| !c.is_alphanumeric() && c != '_' && c != ':' && c != '.');
        let import = code[..at].trim_end().ends_with("use");
        begins && (after.starts_with("::") || (import && after.starts_with(';')))
    })
}

fn allowed<'t>(table: &[(&str, &'t [&'t str])], key: &str) -> Option<&'t [&'t str]> {
    table.iter().find(|(name, _)| *name == key).map(|(_, modules)| *modules)
}

#[test]
fn imports_run_downwards_only() {
    for source in sources().iter().filter(|source| source.module != "lib") {
        let may = allowed(&LAYERS, &source.module);
        let may = may.unwrap_or_else(|| panic!("`{}` is no known module", source.module));
        let code = source.code();
        for other in
            named_after(&code, "crate::").into_iter().chain(named_after(&code, "homeward::"))
        {
            let ours = LAYERS.iter().any(|(module, _)| *module == other);
            let fine = !ours || other == source.module || may.contains(&other);
            assert!(fine, "{} must not import `{other}`", source.path);
        }
    }
}

#[test]
fn of_the_engine_randomness_knows_lengths_of_time_alone() {
    for source in sources().iter().filter(|source| source.module == "random") {
        let code = source.code();
        let found = named_after(&code, "crate::engine::");
        assert!(found.iter().all(|name| *name == "Span"), "{}: {found:?}", source.path);
    }
}

#[test]
fn a_library_is_used_where_it_belongs() {
    for source in sources().iter().filter(|source| source.module != "lib") {
        let code = source.code();
        for (library, modules) in LIBRARIES.iter().chain(&STANDARD) {
            assert!(
                !uses(&code, library) || modules.contains(&source.module.as_str()),
                "{} uses `{library}`, which belongs to {modules:?}",
                source.path
            );
        }
    }
}

#[test]
fn every_dependency_has_a_border_and_a_reason() {
    let manifest = fs::read_to_string(project().join("Cargo.toml")).expect("there is a manifest");
    let section = manifest.split("\n[dependencies]").nth(1).expect("there are dependencies");
    let lines = section.lines().skip(1).take_while(|line| !line.starts_with('['));
    let mut known = 0;
    for line in lines.filter(|line| !line.trim().is_empty() && !line.starts_with('#')) {
        let (name, rest) = line.split_once('=').expect("a dependency has a version");
        let name = name.trim().replace('-', "_");
        assert!(allowed(LIBRARIES, &name).is_some(), "`{name}` belongs to no module");
        assert!(rest.contains('#'), "`{name}` has no reason beside it");
        known += 1;
    }
    assert!(known > 10, "{known}");
}

#[test]
fn of_the_model_only_its_draws_see_a_generator() {
    for source in sources().iter().filter(|source| source.module != "random") {
        if source.path != "src/model/draws.rs" {
            // What writes a schema is a generator of another kind.
            let code = source.code().replace("SchemaGenerator", "");
            assert!(!code.contains("Generator"), "{} sees a generator", source.path);
        }
    }
}

#[test]
fn nothing_depends_on_the_order_of_a_hash_map() {
    for source in sources() {
        if ["engine", "random", "statistics", "model", "experiment"]
            .contains(&source.module.as_str())
        {
            let code = source.code();
            assert!(!code.contains("HashMap") && !code.contains("HashSet"), "{}", source.path);
        }
    }
}

#[test]
fn every_file_begins_by_saying_what_it_is_for() {
    for source in sources() {
        assert!(source.text.starts_with("//! "), "{} begins with `//!`", source.path);
    }
}

#[test]
fn files_are_short() {
    for source in sources() {
        let lines = source.lines();
        match LONGER.iter().find(|(path, _)| *path == source.path) {
            Some((path, most)) => {
                assert!(lines <= *most, "{path} has {lines} lines without its tests");
                assert!(lines > MOST_LINES, "{path} is short: take it off the list");
            }
            None => {
                assert!(lines <= MOST_LINES, "{} has {lines} lines without its tests", source.path);
            }
        }
    }
}

#[test]
fn the_readers_of_code_see_what_they_should() {
    let source = Source {
        path: String::new(),
        module: String::new(),
        text: "//! rayon::x\nuse crate::{engine, model::Model};\nlet a = \"clap::b\"; // anyhow::c\nmy_toml::d(); toml::e();\nuse csv;\n#[cfg(test)]\n".to_owned(),
    };
    let code = source.code();
    assert_eq!(named_after(&code, "crate::"), BTreeSet::from(["engine", "model"]));
    let used = ["rayon", "clap", "anyhow", "toml", "csv"].map(|name| uses(&code, name));
    assert_eq!(used, [false, false, false, true, true]);
    assert_eq!(source.lines(), 5);
}
