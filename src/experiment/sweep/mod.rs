//! Sweeps: a scenario at many points, each run several times.
//!
//! [`Study::read`] reads SWEEP.toml and lays out its design. [`Study::run`] runs its points, in an
//! [order](Order) that does not depend on the number of threads, and hands over each row in its turn.
//! Replication k of every point has the same people. Neither points nor rows are kept in memory.

mod levels;
mod order;
mod run;

use std::path::Path;

pub use self::order::{Order, Place, Shard};
pub use self::run::{Ended, Rest, Sink};
use super::design::{self, Axis, DesignPoints};
use super::settling::{self, WarmUp};
use crate::model::measures::{self, Measure};
use crate::model::{self, Model};
use crate::scenario::sweep::{self, Beyond, Design, Factor, Setting, Sweep};
use crate::scenario::{Diagnostics, Scenario};

/// A sweep with its design laid out.
#[derive(Debug, Clone)]
pub struct Study {
    /// What SWEEP.toml says.
    pub sweep: Sweep,
    /// The warm-up that was found for all points, if it was to be found.
    pub warm_up: Option<WarmUp>,
    /// The measures that are kept.
    pub measures: Vec<&'static Measure>,
    points: DesignPoints,
}

/// A point of a sweep.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// What it is for: `A`, `B`, `AB:<path>`, `trajectory`, or nothing.
    pub part: String,
    /// Which base point, trajectory or point of the design it belongs to.
    pub index: usize,
    /// The setting of each factor.
    pub settings: Vec<Setting>,
}

impl Study {
    /// Reads a sweep from a file, with the scenario that it names.
    ///
    /// # Errors
    /// Every mistake in either.
    pub fn read(path: &Path) -> Result<Study, Diagnostics> {
        let sweep = sweep::read(path, Beyond { measures: known_measures, design: wrong_with })?;
        let warm_up = settling::found(&sweep.scenario);
        let sweep = match &warm_up {
            Some(found) => sweep.with_warm_up(found.length())?,
            None => sweep,
        };
        let points = lay_out(sweep.design, &sweep.factors, sweep.seed)
            .expect("checked: the design can be laid out");
        let known = measures::names(&model::compile(&sweep.scenario));
        let measure = |name: &String| known.iter().find(|(known, _)| known == name);
        let found =
            sweep.measures.iter().map(|name| measure(name).expect("checked: it is known").1);
        Ok(Study { measures: found.collect(), warm_up, sweep, points })
    }

    /// How many points there are.
    pub fn points(&self) -> u64 {
        self.points.len() as u64
    }

    /// A point, by its number.
    ///
    /// # Panics
    /// If there are fewer points.
    pub fn point(&self, number: u64) -> Point {
        let number = usize::try_from(number).expect("points are counted in 32 bits");
        let point = self.points.get(number);
        let settings = self.sweep.factors.iter().zip(&point.coordinates);
        Point {
            part: point.part,
            index: point.index,
            settings: settings.map(|(factor, &share)| levels::setting(factor, share)).collect(),
        }
    }

    /// In which order a part of the sweep is run.
    pub fn order(&self, shard: Shard) -> Order {
        let is_grid = self.sweep.design == Design::Grid;
        Order::new(self.points(), self.sweep.replications, is_grid, shard)
    }

    /// The model at a point, and where the measures stand among its values; or why there is none.
    fn compile(&self, number: u64) -> Result<(Model, Vec<usize>), String> {
        let scenario = self.sweep.at(&self.point(number).settings).map_err(|it| reason(&it))?;
        if scenario.base.run.warm_up.found {
            return Err(
                "`run.warm_up` is \"found\" once for all points, not at one of them".to_owned()
            );
        }
        let model = model::compile(&scenario);
        let known = measures::names(&model);
        let wanted = self.sweep.measures.iter().map(|wanted| {
            let place = known.iter().position(|(name, _)| name == wanted);
            place.ok_or_else(|| format!("the scenario has no measure `{wanted}` at this point"))
        });
        let wanted = wanted.collect::<Result<_, _>>()?;
        Ok((model, wanted))
    }
}

/// What is wrong, in one line.
fn reason(mistakes: &Diagnostics) -> String {
    let errors = mistakes.iter().filter(|mistake| mistake.is_error());
    errors.map(|mistake| mistake.message.replace('\n', " ")).collect::<Vec<_>>().join("; ")
}

fn lay_out(
    design: Design,
    factors: &[Factor],
    seed: u64,
) -> Result<DesignPoints, design::DesignError> {
    let axes = factors.iter().map(|it| Axis { path: it.path.clone(), levels: it.levels });
    design::lay_out(design, &axes.collect::<Vec<_>>(), seed)
}

fn known_measures(scenario: &Scenario) -> Vec<String> {
    measures::names(&model::compile(scenario)).into_iter().map(|(name, _)| name).collect()
}

fn wrong_with(design: Design, factors: &[Factor]) -> Option<String> {
    lay_out(design, factors, 0).err().map(|error| error.to_string())
}
