//! Every example of `docs/language/` runs, and does something.
//!
//! The pages show each construct of the language in a few lines: a block of TOML that holds only what
//! differs from `docs/language/base.toml`.

use std::fs;

use homeward::experiment::settle;
use homeward::model::{compile, measures};
use homeward::scenario::Scenario;

use crate::support::{logged, project};

/// A block of TOML on a page.
pub(crate) struct Example {
    /// The page, and the line at which the block begins.
    pub(crate) place: String,
    text: String,
}

/// The blocks of all pages.
pub(crate) fn examples() -> Vec<Example> {
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

impl Example {
    /// The scenario of an example: the small place with its differences.
    pub(crate) fn scenario(&self) -> Scenario {
        let base = project().join("docs/language/base.toml");
        let text = format!("extends = {:?}\n{}", base.display().to_string(), self.text);
        let file = tempfile::Builder::new()
            .prefix("example")
            .suffix(".toml")
            .tempfile()
            .expect("a file can be made");
        fs::write(file.path(), &text).expect("the file can be written");
        let scenario = Scenario::read(file.path(), &[]).and_then(settle);
        let mistakes = match scenario {
            Ok((scenario, _)) => return scenario,
            Err(mistakes) => mistakes,
        };
        panic!("{}: {}\n{text}", self.place, mistakes.long(false))
    }
}

/// What happens in the first replication, as the values of all measures.
fn values(scenario: &Scenario) -> Vec<f64> {
    let model = compile(scenario);
    measures::values(&model, &model.simulate(0))
}

#[test]
fn every_example_of_the_pages_runs_and_changes_what_happens() {
    let base = Example { place: "base.toml".to_owned(), text: String::new() };
    let base = values(&base.scenario());
    let examples = examples();
    assert!(examples.len() >= 6, "the pages hold examples");
    for example in examples {
        let changed = values(&example.scenario());
        let same = changed.len() == base.len()
            && changed.iter().zip(&base).all(|(one, other)| one.total_cmp(other).is_eq());
        assert!(!same, "{}: the example changes nothing", example.place);
    }
}

/// The model is compiled once more without what plain scenarios do not use.
#[test]
fn what_an_example_uses_is_never_left_out() {
    let mut plain = 0;
    let examples = examples();
    for example in &examples {
        let model = compile(&example.scenario());
        plain += usize::from(model.is_plain());
        let (silent, (full, _)) = (model.simulate(0), logged(&model, 0));
        assert_eq!(format!("{silent:?}"), format!("{full:?}"), "{}", example.place);
    }
    assert!((1..examples.len()).contains(&plain), "{plain} of {}", examples.len());
}
