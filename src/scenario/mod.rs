//! From TOML text to a checked [`Scenario`], or every mistake at once.
//!
//! The way of a text: it and those that it extends are found (`load`), each is parsed into a tree
//! that knows where every value was written (`tree`), and the trees become one (`merge`, which is
//! also what `--set` and `[[changes]]` do). The evidence beside the values is taken out
//! ([`evidence`]), the rest is read into the shapes of the [`language`] (`read`), and it is asked
//! whether that makes sense (`check`). No later code checks a value of a scenario again.

pub mod diagnostic;
pub mod differences;
pub mod evidence;
pub mod flow;
pub mod grounds;
pub mod language;
pub mod law;
pub mod reasons;
pub mod schema;
pub mod shipped;
pub mod sweep;
pub mod units;

mod changes;
mod check;
mod load;
mod merge;
mod nearest;
mod read;
mod render;
mod sets;
mod source;
mod syntax;
mod template;
mod text;
mod tree;

use std::path::Path;

use self::changes::Change;
use self::check::Subject;
pub use self::diagnostic::{Diagnostic, Diagnostics};
pub use self::evidence::{Confidence, Evidence};
pub use self::grounds::{Figure, Grounds};
pub use self::language::Description;
use self::load::Loaded;
use self::source::Sources;
pub use self::template::Template;
use self::tree::Node;
use self::units::{Date, Duration};

/// A checked scenario: what it says, and where its figures come from.
#[derive(Debug, Clone)]
pub struct Scenario {
    /// Its name: that of its file, without the ending.
    pub name: String,
    /// What it says before any dated change.
    pub base: Description,
    /// What it says from each date of a change on, in the order of the dates.
    pub later: Vec<(Date, Description)>,
    /// Where its figures come from.
    pub evidence: Vec<Evidence>,
    /// The figures that it writes, then those of its changes; [`grounds`] has all that a result rests
    /// on.
    pub figures: Vec<Figure>,
    /// The effective text, which can be saved and run again with the same result: what it extends
    /// and what was set are merged in.
    pub text: String,
    /// What is allowed but probably not meant.
    pub warnings: Diagnostics,
}

impl Scenario {
    /// Reads a scenario from a file, or the shipped one of that name, and edits it by each
    /// `path=value` of `sets` in turn.
    ///
    /// # Errors
    /// Every mistake in it.
    pub fn read(path: &Path, sets: &[String]) -> Result<Scenario, Diagnostics> {
        let mut sources = Sources::default();
        let loaded = load::file(path, &mut sources);
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        check_all(&name, loaded, sets, sources)
    }

    /// Reads a scenario from a text. What it extends is looked for among the shipped scenarios.
    ///
    /// # Errors
    /// Every mistake in it.
    pub fn parse(name: &str, text: &str) -> Result<Scenario, Diagnostics> {
        let mut sources = Sources::default();
        let loaded = load::text(name, text, &mut sources);
        check_all(name.strip_suffix(".toml").unwrap_or(name), loaded, &[], sources)
    }

    /// The scenario with another warm-up, in its text as well.
    ///
    /// # Errors
    /// Every mistake that it has with it.
    pub fn with_warm_up(&self, warm_up: Duration) -> Result<Scenario, Diagnostics> {
        let mut sources = Sources::default();
        let loaded = load::text(&self.name, &self.text, &mut sources);
        check_all(&self.name, loaded, &[format!("run.warm_up={warm_up}")], sources)
    }
}

/// Takes a loaded tree the rest of the way.
fn check_all(
    name: &str,
    loaded: Loaded,
    sets: &[String],
    mut sources: Sources,
) -> Result<Scenario, Diagnostics> {
    let Loaded { tree, alone, mut mistakes } = loaded;
    let Some(mut tree) = tree else {
        return Err(Diagnostics::new(mistakes));
    };
    mistakes.append(&mut sets::apply(&mut tree, sets, &mut sources));
    let text = if alone && sets.is_empty() {
        sources.get(0).text.clone()
    } else {
        text::settle(&mut tree);
        text::write(&tree)
    };
    check_tree(name, tree, text, mistakes, &sources)
}

/// Takes a tree with everything set in it the rest of the way; `text` is what it says.
fn check_tree(
    name: &str,
    mut tree: Node,
    text: String,
    mut mistakes: Vec<Diagnostic>,
    sources: &Sources,
) -> Result<Scenario, Diagnostics> {
    let changes = tree.table_mut().and_then(|table| table.entries.shift_remove("changes"));
    let changes::Changes {
        list: changes,
        evidence: of_changes,
        figures: later,
        mistakes: mut found,
    } = changes.map(|list| changes::read(&list.node, sources)).unwrap_or_default();
    mistakes.append(&mut found);
    let mut figures = grounds::figures_of(&tree, "", sources);
    figures.extend(later);
    let (later, mut found) = changes::trees(&tree, &changes, sources);
    mistakes.append(&mut found);

    let mut trees: Vec<_> = std::iter::once((None, tree)).chain(later).collect();
    let mut evidence = Vec::new();
    for (index, (_, tree)) in trees.iter_mut().enumerate() {
        let (found, mut wrong) = evidence::strip(tree, "", sources);
        if index == 0 {
            evidence = found;
        }
        mistakes.append(&mut wrong);
    }
    evidence.extend(of_changes);
    let described = describe(trees, &changes, sources, mistakes)?;
    Ok(Scenario {
        name: name.to_owned(),
        base: described.base,
        later: described.later,
        evidence,
        figures,
        text,
        warnings: described.warnings,
    })
}

/// What trees say.
struct Described {
    base: Description,
    later: Vec<(Date, Description)>,
    warnings: Diagnostics,
}

/// Reads and checks the tree of a scenario and those that hold from each date of a change on, all
/// without where their figures come from.
fn describe(
    trees: Vec<(Option<Date>, Node)>,
    changes: &[Change],
    sources: &Sources,
    mut mistakes: Vec<Diagnostic>,
) -> Result<Described, Diagnostics> {
    let mut readings = Vec::new();
    for (on, tree) in trees {
        let mut reading = read::read(&tree, sources);
        mistakes.append(&mut reading.mistakes);
        readings.push((on, tree, reading));
    }

    let subjects: Vec<Subject<'_>> = readings
        .iter()
        .filter_map(|(_, tree, reading)| {
            Some(Subject {
                tree,
                description: reading.description.as_ref()?,
                damage: &reading.damage,
            })
        })
        .collect();
    if subjects.len() == readings.len() {
        let dates: Vec<_> =
            changes.iter().filter_map(|change| Some((change.written, change.on?))).collect();
        mistakes.append(&mut check::check(&subjects, &dates, sources));
    }
    let warnings = Diagnostics::new(mistakes);
    if warnings.has_errors() {
        return Err(warnings);
    }
    let mut descriptions =
        readings.into_iter().filter_map(|(on, _, reading)| Some((on, reading.description?)));
    let Some((_, base)) = descriptions.next() else {
        return Err(warnings);
    };
    let later = descriptions.filter_map(|(on, description)| Some((on?, description))).collect();
    Ok(Described { base, later, warnings })
}
