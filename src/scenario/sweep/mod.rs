//! SWEEP.toml: which scenario is tried at which points, and what is kept of each.
//!
//! Levers (what a room can decide) and uncertainties (what nobody knows) are kept apart. Each names a
//! path of the scenario, as `--set` does, and the values that it may take. A point is an edit of the
//! scenario at all of these paths. Which points there are is for `crate::experiment::design`.

mod factor;
mod factors;
mod read;
mod reader;
mod shipped;

pub use self::factor::{Factor, FactorKind, Setting, Values};
pub use self::read::{Beyond, read};
use super::diagnostic::Diagnostics;
use super::template::Template;
use super::units::Duration;
use super::{Scenario, merge};

/// A checked sweep.
#[derive(Debug, Clone)]
pub struct Sweep {
    /// What it is called: the name of its file, without the ending.
    pub name: String,
    /// What it is, in a few words; may be empty.
    pub title: String,
    /// Its text, as it was written.
    pub text: String,
    /// The scenario with everything that holds at all points.
    pub scenario: Scenario,
    /// Which points are tried.
    pub design: Design,
    /// What is varied: levers first, in the order of the file.
    pub factors: Vec<Factor>,
    /// Full names of the measures that are kept.
    pub measures: Vec<String>,
    /// How often each point is run.
    pub replications: u32,
    /// The number from which all randomness follows, that of the design included.
    pub seed: u64,
    /// The file that rows are written to besides `rows.csv`, if any.
    pub parquet: Option<String>,
    template: Template,
}

/// Which points to try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Design {
    /// Every level of every factor with every other.
    Grid,
    /// Points spread evenly over each factor by itself.
    LatinHypercube {
        /// How many.
        points: u32,
    },
    /// Points of Sobol's sequence: spread evenly over all factors together. Powers of two are best.
    Sobol {
        /// How many.
        points: u32,
    },
    /// Trajectories in which each step changes one factor, for elementary effects.
    Morris {
        /// How many; each takes a point more than there are factors.
        trajectories: u32,
        /// Levels of each factor: an even number.
        levels: u32,
    },
    /// Two sets of points and all mixtures of them that differ in one factor, for Sobol' indices.
    Saltelli {
        /// Points of a set; each takes two points more than there are factors. Powers of two are
        /// best.
        base_points: u32,
    },
}

impl Design {
    /// The kinds, as they are written.
    pub const KINDS: [&str; 5] = ["grid", "latin_hypercube", "sobol", "morris", "saltelli"];

    /// What it is called in a text.
    pub fn kind(self) -> &'static str {
        match self {
            Design::Grid => "grid",
            Design::LatinHypercube { .. } => "latin_hypercube",
            Design::Sobol { .. } => "sobol",
            Design::Morris { .. } => "morris",
            Design::Saltelli { .. } => "saltelli",
        }
    }
}

impl Sweep {
    /// The same sweep with another warm-up at all points that do not vary it.
    ///
    /// # Errors
    /// Every mistake that the scenario has with it.
    pub fn with_warm_up(mut self, warm_up: Duration) -> Result<Sweep, Diagnostics> {
        self.scenario = self.scenario.with_warm_up(warm_up)?;
        self.template.set_warm_up(warm_up);
        Ok(self)
    }

    /// The scenario at a point, given the setting of each factor.
    ///
    /// # Errors
    /// Every mistake in it.
    pub fn at(&self, settings: &[Setting]) -> Result<Scenario, Diagnostics> {
        let edits = self.factors.iter().zip(settings);
        self.template.edited(edits.map(|(factor, setting)| factor.edit(setting)))
    }
}
