//! Every example of `docs/language/` runs, and does something.
//!
//! The pages show each construct of the language in a few lines: a block of TOML that holds only what
//! differs from `docs/language/base.toml`.

use std::fs;

use homeward::model::{compile, measures};
use homeward::scenario::Scenario;

use crate::support::project;

/// A block of TOML on a page.
struct Example {
    /// The page, and the line at which the block begins.
    place: String,
    text: String,
}

/// The blocks of all pages.
fn examples() -> Vec<Example> {
    let folder = project().join("docs/language");
    let entries = fs::read_dir(folder).expect("the folder of the pages can be read");
    let mut pages: Vec<_> = entries
        .map(|entry| entry.expect("an entry can be read").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .collect();
    pages.sort();
    let mut examples = Vec::new();
    for page in pages {
        let text = fs::read_to_string(&page).expect("a page can be read");
        let mut open: Option<Example> = None;
        for (number, line) in (1..).zip(text.lines()) {
            match (line, &mut open) {
                ("```toml", None) => {
                    let name = page.file_name().unwrap_or_default().to_string_lossy();
                    open = Some(Example { place: format!("{name}:{number}"), text: String::new() });
                }
                ("```", Some(_)) => examples.extend(open.take()),
                (line, Some(example)) => {
                    example.text.push_str(line);
                    example.text.push('\n');
                }
                _ => {}
            }
        }
        assert!(open.is_none(), "{} has a block without end", page.display());
    }
    examples
}

/// What a text says, as the values of all measures of its first replication.
fn values(place: &str, text: &str) -> Vec<f64> {
    // As a file of that folder, so that its base is found.
    let folder = project().join("docs/language");
    let file = tempfile::Builder::new()
        .prefix("example")
        .suffix(".toml")
        .tempfile()
        .expect("a file can be made");
    let base = folder.join("base.toml");
    let text = format!("extends = {:?}\n{text}", base.display().to_string());
    fs::write(file.path(), &text).expect("the file can be written");
    let scenario = Scenario::read(file.path(), &[])
        .unwrap_or_else(|mistakes| panic!("{place}: {}\n{text}", mistakes.long(false)));
    let model = compile(&scenario);
    measures::values(&model, &model.simulate(0))
}

#[test]
fn every_example_of_the_pages_runs_and_changes_what_happens() {
    let base = values("base", "");
    let examples = examples();
    assert!(!examples.is_empty(), "the pages hold examples");
    for Example { place, text } in examples {
        let changed = values(&place, &text);
        let same = changed.len() == base.len()
            && changed.iter().zip(&base).all(|(one, other)| one.total_cmp(other).is_eq());
        assert!(!same, "{place}: the example changes nothing\n{text}");
    }
}
