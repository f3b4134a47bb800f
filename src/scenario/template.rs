//! A scenario that is edited again and again, as a sweep does: found, parsed and merged once, and each
//! edit read and checked anew.

use super::changes::{self, Change};
use super::diagnostic::Diagnostics;
use super::evidence;
use super::merge::{self, Mode};
use super::sets;
use super::source::Sources;
use super::tree::Node;
use super::units::Duration;
use super::{Scenario, describe};

/// A scenario that can be edited.
#[derive(Debug, Clone)]
pub struct Template {
    name: String,
    /// Its tree without its changes and without where its figures come from, which an edit of a figure
    /// does not need.
    tree: Node,
    changes: Vec<Change>,
    sources: Sources,
}

impl Template {
    /// A template of a tree whose scenario is sound.
    pub(super) fn new(name: &str, mut tree: Node, sources: Sources) -> Template {
        let changes = tree.table_mut().and_then(|table| table.entries.shift_remove("changes"));
        let changes = changes.map(|list| changes::read(&list.node, &sources)).unwrap_or_default();
        let mut changes = changes.list;
        changes.iter_mut().for_each(|change| change.strip(&sources));
        evidence::strip(&mut tree, "", &sources);
        Template { name: name.to_owned(), tree, changes, sources }
    }

    /// From now on every edit starts from another warm-up.
    pub(super) fn set_warm_up(&mut self, warm_up: Duration) {
        let sets = [format!("run.warm_up={warm_up}")];
        let mistakes = sets::apply(&mut self.tree, &sets, &mut self.sources);
        assert!(mistakes.is_empty(), "a warm-up is a length of time");
    }

    /// The scenario with some edits, each of which acts as `--set` does. It lacks the effective text and
    /// the list of its figures.
    ///
    /// # Errors
    /// Every mistake in it.
    pub(super) fn edited(
        &self,
        edits: impl IntoIterator<Item = Node>,
    ) -> Result<Scenario, Diagnostics> {
        let mut tree = self.tree.clone();
        let mut mistakes = Vec::new();
        for edit in edits {
            mistakes.append(&mut merge::merge(&mut tree, edit, Mode::Alter, &self.sources));
        }
        let (later, mut found) = changes::trees(&tree, &self.changes, &self.sources);
        mistakes.append(&mut found);
        let trees = std::iter::once((None, tree)).chain(later).collect();
        let described = describe(trees, &self.changes, &self.sources, mistakes)?;
        Ok(Scenario {
            name: self.name.clone(),
            base: described.base,
            later: described.later,
            evidence: Vec::new(),
            figures: Vec::new(),
            text: String::new(),
            warnings: described.warnings,
        })
    }
}
