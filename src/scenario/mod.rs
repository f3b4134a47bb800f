//! From TOML text to a checked [`Scenario`], or every mistake at once.
//!
//! The way of a text: it is parsed into a tree that knows where each value was written ([`tree`]);
//! the evidence beside the values is taken out ([`evidence`]); the rest is read into the shapes of
//! the [`language`] ([`read`]). No later code checks a value of a scenario again.

pub mod diagnostic;
pub mod evidence;
pub mod flow;
pub mod language;
pub mod reasons;
pub mod units;

mod nearest;
mod read;
mod render;
mod source;
mod syntax;
mod tree;

pub use self::diagnostic::{Diagnostic, Diagnostics};
pub use self::evidence::{Confidence, Evidence};
pub use self::language::Description;
use self::source::Sources;
use self::units::Date;

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
    /// The effective text, which can be saved and run again with the same result.
    pub text: String,
    /// What is allowed but probably not meant.
    pub warnings: Diagnostics,
}

impl Scenario {
    /// Reads a scenario from a text.
    ///
    /// # Errors
    /// Every mistake in it.
    pub fn parse(name: &str, text: &str) -> Result<Scenario, Diagnostics> {
        let mut sources = Sources::default();
        let file = sources.add(name, text.to_owned());
        let (mut tree, mistakes) = tree::parse(&sources, file);
        if !mistakes.is_empty() {
            return Err(Diagnostics::new(mistakes));
        }
        let (evidence, mut mistakes) = evidence::strip(&mut tree, "", &sources);
        let (description, _, mut shape) = read::read(&tree, &sources);
        mistakes.append(&mut shape);
        match description {
            Some(base) if mistakes.is_empty() => Ok(Scenario {
                name: name.strip_suffix(".toml").unwrap_or(name).to_owned(),
                base,
                later: Vec::new(),
                evidence,
                text: text.to_owned(),
                warnings: Diagnostics::default(),
            }),
            _ => Err(Diagnostics::new(mistakes)),
        }
    }
}
