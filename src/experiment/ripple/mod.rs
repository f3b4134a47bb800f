//! What a standard step of each organisation does to every organisation.

mod steps;

pub use self::steps::{GROWTH, HOURS, Lever};

use std::sync::atomic::AtomicBool;

use super::worlds::{self, Batch};
use super::{Progress, Stopped, is_better};
use crate::model::measures::{Better, names};
use crate::model::{self, Model};
use crate::scenario::grounds::Theta;
use crate::scenario::{Diagnostics, Scenario};
use crate::statistics::{Paired, Verdict, holm};

/// How often some effect of the page may be called one although there is none \[0-1\].
const FAMILY_ERROR: f64 = 0.05;

/// The matrix: a row for each step, a column for each outcome of each organisation.
#[derive(Debug, Clone, PartialEq)]
pub struct Ripple {
    /// The name of the scenario.
    pub scenario: String,
    /// What it is, in a few words.
    pub title: String,
    /// Its seed.
    pub seed: u64,
    /// How often each step was run.
    pub replications: u32,
    /// The measured time \[days\].
    pub measured_days: f64,
    /// How much of what relationships are assumed to do they do, if there is a relationship layer.
    pub theta: Option<Theta>,
    /// The outcomes.
    pub columns: Vec<Column>,
    /// The steps.
    pub rows: Vec<Row>,
}

/// What is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// People delayed on average, by whose delay it is.
    Delay,
    /// Morale at the end.
    Morale,
    /// Cost of the people in places.
    Cost,
}

/// An outcome of an organisation, of what several share, or of all.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// What is looked at.
    pub outcome: Outcome,
    /// The organisation's name in the scenario; `shared` or `all`.
    pub group: String,
    /// The same as people know it.
    pub title: String,
    /// What it is without any step, on average.
    pub base: f64,
    /// The measures that add up to it, as positions of [`names`].
    measures: Vec<usize>,
}

/// A step and its effects.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Who steps, as the scenario calls it.
    pub organisation: String,
    /// The same as people know it.
    pub title: String,
    /// What it does more of.
    pub lever: Lever,
    /// The effect on each column.
    pub cells: Vec<Effect>,
}

/// What a step does to an outcome.
#[derive(Debug, Clone, PartialEq)]
pub struct Effect {
    /// Without and with the step, replication by replication.
    pub paired: Paired,
    /// The p-value that allows for all other effects of the page.
    pub family_p: f64,
    /// Which way is better.
    pub better: Better,
}

impl Outcome {
    /// Its name in JSON.
    pub fn id(self) -> &'static str {
        match self {
            Outcome::Delay => "delay",
            Outcome::Morale => "morale",
            Outcome::Cost => "cost",
        }
    }

    /// The unit of its measures.
    pub fn unit(self) -> &'static str {
        match self {
            Outcome::Delay => "people",
            Outcome::Morale => "0 to 1",
            Outcome::Cost => "pounds a day",
        }
    }

    fn better(self) -> Better {
        if self == Outcome::Morale { Better::Higher } else { Better::Lower }
    }
}

impl Effect {
    /// Whether its own interval tells it from nothing.
    pub fn stands_alone(&self) -> bool {
        matches!(self.paired.verdict(), Verdict::Lower | Verdict::Higher)
    }

    /// Whether it can be told from nothing among all effects of the page.
    pub fn is_told(&self) -> bool {
        self.stands_alone() && self.family_p < FAMILY_ERROR
    }

    /// Whether it is better or worse, if it can be told.
    pub fn is_better(&self) -> Option<bool> {
        self.is_told().then(|| is_better(self.paired.verdict(), self.better)).flatten()
    }
}

/// The steps of a scenario, compiled.
#[derive(Debug)]
pub struct Ripples<'a> {
    scenario: &'a Scenario,
    base: &'a Model,
    steps: Vec<(steps::Stepped, Model)>,
}

impl<'a> Ripples<'a> {
    /// Makes the scenario of every step.
    ///
    /// # Errors
    /// What is wrong with a scenario of a step.
    pub fn new(scenario: &'a Scenario, base: &'a Model) -> Result<Ripples<'a>, Diagnostics> {
        let steps = steps::all(scenario)?;
        let steps = steps.into_iter().map(|step| {
            let model = model::compile(&step.scenario);
            (step, model)
        });
        Ok(Ripples { scenario, base, steps: steps.collect() })
    }

    /// How many worlds there are: one for each step, and one without.
    pub fn worlds(&self) -> usize {
        self.steps.len() + 1
    }

    /// Runs all worlds on the same people.
    ///
    /// # Errors
    /// If `cancel` became true, or the threads could not be started.
    pub fn run(
        &self,
        batch: Batch,
        progress: &dyn Progress,
        cancel: &AtomicBool,
    ) -> Result<Ripple, Stopped> {
        let mut columns = self.columns();
        let found = worlds::each(batch, self.worlds(), progress, |replication, world| {
            let model = world.checked_sub(1).map_or(self.base, |step| &self.steps[step].1);
            let values = worlds::values(model, replication, cancel)?;
            let sum = |column: &Column| column.measures.iter().map(|&index| values[index]).sum();
            Some(columns.iter().map(sum).collect::<Vec<f64>>())
        })?;
        let paired = |world: usize, column: usize| {
            Paired::of(found.iter().map(|worlds| (worlds[0][column], worlds[world][column])))
        };
        let mut rows: Vec<Row> = (self.steps.iter().zip(1..))
            .map(|((step, _), world)| Row {
                organisation: step.organisation.clone(),
                title: self.title_of(&step.organisation),
                lever: step.lever,
                cells: (columns.iter().enumerate())
                    .map(|(index, column)| Effect {
                        paired: paired(world, index),
                        family_p: f64::NAN,
                        better: column.outcome.better(),
                    })
                    .collect(),
            })
            .collect();
        let mut effects: Vec<&mut Effect> =
            rows.iter_mut().flat_map(|row| row.cells.iter_mut()).collect();
        let alone: Vec<f64> = effects.iter().map(|effect| effect.paired.p).collect();
        for (effect, p) in effects.iter_mut().zip(holm(&alone)) {
            effect.family_p = p;
        }
        for (index, column) in columns.iter_mut().enumerate() {
            column.base = paired(0, index).base;
        }
        Ok(Ripple {
            scenario: self.scenario.name.clone(),
            title: self.scenario.base.title.clone(),
            seed: self.base.seed,
            replications: batch.replications,
            measured_days: f64::from(self.base.measured_days()),
            theta: Theta::of(self.scenario),
            columns,
            rows,
        })
    }

    fn title_of(&self, organisation: &str) -> String {
        let known = self.scenario.base.organisations.get(organisation);
        let title = known.map(|it| it.title.clone()).filter(|title| !title.is_empty());
        title.unwrap_or_else(|| organisation.to_owned())
    }

    /// The outcomes that the scenario has.
    fn columns(&self) -> Vec<Column> {
        let names = names(self.base);
        let of = |measure: &str, wanted: &dyn Fn(&str) -> bool| -> Vec<usize> {
            let group =
                |name: &str| name.strip_prefix(measure)?.strip_prefix('.').map(str::to_owned);
            let all = names.iter().enumerate();
            let found = all.filter(|(_, (name, _))| group(name).is_some_and(|it| wanted(&it)));
            found.map(|(index, _)| index).collect()
        };
        let mut columns = Vec::new();
        for (outcome, measure) in [
            (Outcome::Delay, "delay_days_by_owner"),
            (Outcome::Morale, "morale"),
            (Outcome::Cost, "cost_per_day"),
        ] {
            let mut add = |group: &str, title: String, measures: Vec<usize>| {
                if !measures.is_empty() {
                    let group = group.to_owned();
                    columns.push(Column { outcome, group, title, base: f64::NAN, measures });
                }
            };
            for organisation in self.scenario.base.organisations.keys() {
                let own = of(measure, &|group| group == organisation);
                add(organisation, self.title_of(organisation), own);
            }
            if outcome == Outcome::Delay {
                add("shared", "Shared".to_owned(), of(measure, &|group| group.contains('+')));
            }
            if outcome != Outcome::Morale {
                add("all", "All".to_owned(), of(measure, &|_| true));
            }
        }
        columns
    }
}
