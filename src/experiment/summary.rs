//! Estimates with intervals: what a run found.

use super::Runs;
use super::checks::{self, CheckResult};
use super::layer::{self, Layer};
use super::ledger::{self, Ledger};
use super::precision::Reached;
use super::sense::{self, QueueSense};
use super::series::{self, SeriesEstimate};
use crate::model::Model;
use crate::model::measures::{self, Measure};
use crate::scenario::Scenario;
use crate::scenario::grounds::{Counts, Grounds};
use crate::statistics::Estimate;

/// What a run found. Everything that is shown of it is worked out here.
#[derive(Debug, Clone, PartialEq)]
pub struct Summary {
    /// The name of the scenario.
    pub scenario: String,
    /// What the scenario is, in a few words.
    pub title: String,
    /// The seed of the run.
    pub seed: u64,
    /// How many replications there were.
    pub replications: u32,
    /// The measured time of each \[days\].
    pub measured_days: f64,
    /// The first measured day.
    pub starts: jiff::civil::Date,
    /// All measures, in the order in which they are reported.
    pub measures: Vec<Measured>,
    /// Figures which the run must reproduce, in the order of the scenario.
    pub checks: Vec<CheckResult>,
    /// Delay by cause and owner; `None` if the scenario has none.
    pub ledger: Option<Ledger>,
    /// Pathways: id, title and mean delay of those who left alive \[days\].
    pub pathways: Vec<PathwayDelay>,
    /// Occupancy of the largest acute place, if it has a limit.
    pub acute_occupancy: Option<Occupancy>,
    /// How many nights people were delayed.
    pub nights: Nights,
    /// What was seen at midnight, over the run.
    pub series: Vec<SeriesEstimate>,
    /// People ready and waiting at midnight, in as many points as a picture can show.
    pub ready_for_picture: SeriesEstimate,
    /// Names in the scenario of places, teams, meetings and harms, and as people know them.
    pub titles: Vec<(String, String)>,
    /// How sure the figures are that the result rests on.
    pub grounds: Counts,
    /// The relationship layer, if there is one.
    pub layer: Option<Layer>,
    /// Queues of places and teams: whether they grow, and whether Little's law holds.
    pub queues: Vec<QueueSense>,
    /// Warnings about the scenario: allowed, but probably not meant.
    pub warnings: Vec<String>,
    /// How precise it became, if a precision was asked for; with the name of the widest measure.
    pub precision: Option<(Reached, String)>,
    /// Events handled in one replication, on average, warm-up included.
    pub events_per_replication: f64,
}

/// A measure and what the run found.
#[derive(Debug, Clone, PartialEq)]
pub struct Measured {
    /// Its full name, such as `delay_days.p1`.
    pub name: String,
    /// The group after the dot.
    pub group: String,
    /// The measure.
    pub measure: &'static Measure,
    /// What was found.
    pub estimate: Estimate,
}

/// A pathway and its delay.
#[derive(Debug, Clone, PartialEq)]
pub struct PathwayDelay {
    /// Its name in the scenario.
    pub id: String,
    /// Its name as people know it.
    pub title: String,
    /// Mean delay of those who left alive \[days\].
    pub days: Estimate,
}

/// How full a place is.
#[derive(Debug, Clone, PartialEq)]
pub struct Occupancy {
    /// The place as the scenario calls it.
    pub place: String,
    /// The place as people know it.
    pub title: String,
    /// Share of its capacity.
    pub estimate: Estimate,
}

/// How many people left after how many nights of delay.
#[derive(Debug, Clone, PartialEq)]
pub struct Nights {
    /// Mean number of people in a replication, by nights; the last counts all longer delays.
    pub people: Vec<f64>,
}

impl Summary {
    /// Works out what the runs of a scenario found.
    pub fn of(scenario: &Scenario, model: &Model, runs: &Runs) -> Summary {
        let names = measures::names(model);
        let measures: Vec<Measured> = names
            .into_iter()
            .enumerate()
            .map(|(index, (name, measure))| Measured {
                group: name
                    .strip_prefix(measure.name)
                    .unwrap_or(&name)
                    .trim_start_matches('.')
                    .to_owned(),
                name,
                measure,
                estimate: runs.estimate(runs.values.iter().map(|values| values[index])),
            })
            .collect();
        let replications = runs.replications();
        let series = series::of(model, runs);
        let each = |sum: u64| sum as f64 / f64::from(replications);
        Summary {
            scenario: scenario.name.clone(),
            title: scenario.base.title.clone(),
            seed: model.seed,
            replications,
            measured_days: mean_days(runs),
            starts: model.days.date(crate::model::day_of(model.measured_from)),
            checks: checks::of(&scenario.base, &measures),
            ledger: ledger::of(model, runs),
            pathways: pathways(model, &measures),
            acute_occupancy: acute_occupancy(model, &measures),
            titles: titles(model),
            nights: Nights { people: runs.nights.iter().map(|&sum| each(sum)).collect() },
            layer: layer::of(scenario, model, runs, &series),
            series,
            ready_for_picture: series::ready_for_picture(model, runs),
            grounds: Grounds::of(scenario, &model.dyads()).counts(),
            queues: sense::of(model, runs),
            warnings: scenario.warnings.iter().map(|warning| warning.message.clone()).collect(),
            precision: runs.reached.map(|reached| {
                let name = reached.measure.map(|index| measures[index].name.clone());
                (reached, name.unwrap_or_default())
            }),
            events_per_replication: each(runs.events),
            measures,
        }
    }

    /// The estimate of a measure, by its full name.
    pub fn find(&self, name: &str) -> Option<&Measured> {
        self.measures.iter().find(|measured| measured.name == name)
    }

    /// A place, team, meeting or harm as people know it, by its name in the scenario.
    pub fn title_of<'a>(&'a self, id: &'a str) -> &'a str {
        self.titles.iter().find(|(known, _)| known == id).map_or(id, |(_, title)| title)
    }

    /// The mean of a measure, if it is there and is a number.
    pub fn estimate(&self, name: &str) -> Option<Estimate> {
        self.find(name).map(|measured| measured.estimate).filter(|it| !it.mean.is_nan())
    }
}

fn pathways(model: &Model, measures: &[Measured]) -> Vec<PathwayDelay> {
    let delay = |id: &str| {
        let name = format!("delay_days.{id}");
        measures.iter().find(|measured| measured.name == name).map(|measured| measured.estimate)
    };
    model
        .names
        .pathways
        .iter()
        .filter_map(|name| {
            let days = delay(&name.id)?;
            (!days.mean.is_nan()).then(|| PathwayDelay {
                id: name.id.clone(),
                title: name.title.clone(),
                days,
            })
        })
        .collect()
}

fn acute_occupancy(model: &Model, measures: &[Measured]) -> Option<Occupancy> {
    let places = &model.first_rules().places;
    let (name, _) = model
        .names
        .places
        .iter()
        .zip(places)
        .filter(|(_, rules)| rules.acute && rules.capacity != u32::MAX)
        .max_by_key(|(_, rules)| rules.capacity)?;
    let wanted = format!("occupancy.{}", name.id);
    let measured = measures.iter().find(|measured| measured.name == wanted)?;
    Some(Occupancy {
        place: name.id.clone(),
        title: name.title.clone(),
        estimate: measured.estimate,
    })
}

fn titles(model: &Model) -> Vec<(String, String)> {
    let names = &model.names;
    let lists = [&names.places, &names.teams, &names.meetings, &names.harms];
    lists.into_iter().flatten().map(|name| (name.id.clone(), name.title.clone())).collect()
}

/// The measures whose intervals decide when a run is precise enough, as positions of
/// [`measures::names`]: those of the checks, or people ready and waiting and the mean delay.
pub fn watched(scenario: &Scenario, model: &Model) -> Vec<usize> {
    let checks = scenario.base.checks.values().map(|check| check.measure.as_str());
    let mut wanted: Vec<&str> = checks.collect();
    if wanted.is_empty() {
        wanted = vec!["ready_waiting.all", "delay_days.all"];
    }
    let names = measures::names(model);
    (0..names.len()).filter(|&index| wanted.contains(&names[index].0.as_str())).collect()
}

/// Measured days of a replication on average; by whole seconds first, so that equal lengths stay as they
/// are.
fn mean_days(runs: &Runs) -> f64 {
    let seconds: u64 = runs.measured_seconds.iter().sum();
    let mean = seconds as f64 / runs.measured_seconds.len().max(1) as f64;
    mean / f64::from(crate::model::DAY)
}
