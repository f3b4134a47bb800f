//! Whether runs have settled, and how long a warm-up must be.
//!
//! What is looked at is how many people are on their way at midnight, in all places and queues, as a
//! mean over replications.

use rayon::prelude::*;

use super::Runs;
use crate::model::{self, Model};
use crate::scenario::language::coordination::Coordination;
use crate::scenario::units::Duration;
use crate::scenario::{Diagnostics, Scenario, language};
use crate::statistics::{Estimate, Moments, mser_5};

/// Replications of a pilot.
const PILOTS: u32 = 10;

/// A pilot is at first so long, and then twice as long each time.
const FIRST_DAYS: f64 = 180.0;

/// No pilot is longer.
const MOST_DAYS: f64 = 2_880.0;

/// A drift by less than this share of the mean is none.
const SMALL: f64 = 0.05;

/// A warm-up that was looked for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WarmUp {
    /// How long it must be \[days\].
    pub days: u32,
    /// The pilot had not settled by half its length: the longest that there is, and not enough.
    pub unsettled: bool,
}

impl WarmUp {
    /// How long it must be.
    pub(super) fn length(self) -> Duration {
        Duration::from_days(f64::from(self.days))
    }
}

/// The scenario with the warm-up that pilot runs show to be long enough, and what was found, if its
/// warm-up is to be found; otherwise the scenario as it is.
///
/// Every way to results starts here. Whoever compares scenarios looks for the warm-up of the first
/// only, and gives it to the others by [`Scenario::with_warm_up`].
///
/// # Errors
/// Every mistake that the scenario has with that warm-up, such as too early a start.
pub fn settle(scenario: Scenario) -> Result<(Scenario, Option<WarmUp>), Diagnostics> {
    match found(&scenario) {
        Some(found) => Ok((scenario.with_warm_up(found.length())?, Some(found))),
        None => Ok((scenario, None)),
    }
}

/// The warm-up of a scenario by pilot runs, if it is to be found.
pub(super) fn found(scenario: &Scenario) -> Option<WarmUp> {
    scenario.base.run.warm_up.found.then(|| find_warm_up(scenario))
}

/// Looks for the warm-up of a scenario by pilot runs that begin as it does, without changes: MSER-5
/// on the people on their way, twice as long each time until less than half is left out.
fn find_warm_up(scenario: &Scenario) -> WarmUp {
    let least =
        scenario.base.coordination.as_ref().map_or(0.0, |_| Coordination::LEAST_WARM_UP_DAYS);
    let mut days = FIRST_DAYS;
    loop {
        let Some(model) = pilot(scenario, days) else {
            // The calendar ends before a pilot does.
            return WarmUp { days: least as u32, unsettled: true };
        };
        let truncated = mser_5(&people(&model)).unwrap_or(0);
        let found = truncated as f64 * f64::from(model.days_per_step());
        let unsettled = found > days / 2.0;
        let is_longest = 2.0 * days > MOST_DAYS || pilot(scenario, 2.0 * days).is_none();
        if !unsettled || is_longest {
            return WarmUp { days: found.max(least) as u32, unsettled };
        }
        days *= 2.0;
    }
}

/// A run of so many days that begins as a scenario does; `None` if the calendar ends before.
fn pilot(scenario: &Scenario, days: f64) -> Option<Model> {
    let mut pilot = scenario.clone();
    pilot.base.run.start.plus_days(days as i64 + 1)?;
    pilot.later.clear();
    // It does nothing before the warm-up has passed.
    pilot.base.coordination = None;
    pilot.base.run.warm_up = language::WarmUp::default();
    pilot.base.run.length = Duration::from_days(days);
    pilot.base.run.stop = None;
    for stream in pilot.base.arrivals.values_mut() {
        // Those who are listed come in the run itself.
        stream.at.clear();
    }
    Some(model::compile(&pilot))
}

/// The mean number of people on their way at each midnight of some replications.
fn people(model: &Model) -> Vec<f64> {
    let runs: Vec<Vec<f64>> = (0..PILOTS)
        .into_par_iter()
        .map(|replication| model.simulate(replication).midnights.present.means().collect())
        .collect();
    let steps = runs.iter().map(Vec::len).min().unwrap_or(0);
    let mean = |step: usize| runs.iter().map(|run| run[step]).sum::<f64>() / f64::from(PILOTS);
    (0..steps).map(mean).collect()
}

/// How people on their way grew or shrank, in runs that have not settled.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Drift {
    /// Mean number in the first half of the measured time.
    pub first: f64,
    /// By how many more there were in the second half.
    pub change: Estimate,
}

/// Whether runs have not settled: MSER-5 would leave out more than half of them, people on their way
/// become more, or fewer, from quarter to quarter, and the second half differs from the first by more
/// than chance and by more than a little. So what comes and goes with a season is no drift. A scenario
/// with dated changes is not meant to settle.
pub fn drift(scenario: &Scenario, runs: &Runs) -> Option<Drift> {
    if !scenario.later.is_empty() {
        return None;
    }
    let means: Vec<f64> = runs.present.iter().map(Moments::mean).collect();
    let truncated = mser_5(&means)?;
    let first = Estimate::of(runs.halves.iter().map(|halves| halves.0)).mean;
    let change = Estimate::of(runs.halves.iter().map(|halves| halves.1 - halves.0));
    let quarter = means.len() / 4;
    let quarters: Vec<f64> =
        means.chunks_exact(quarter).take(4).map(|it| it.iter().sum::<f64>()).collect();
    let one_way = quarters.is_sorted() || quarters.iter().rev().is_sorted();
    let certain = change.lower > 0.0 || change.upper < 0.0;
    let drifts = 2 * truncated > means.len()
        && one_way
        && certain
        && change.mean.abs() > SMALL * first.max(1.0);
    drifts.then_some(Drift { first, change })
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicBool;

    use super::*;
    use crate::experiment::{Plan, Quiet, Replications, run};

    /// A place with so many beds for 4 people a day who stay 10 days on average, from empty beds on.
    fn scenario(beds: u32, run: &str) -> Scenario {
        let text = format!(
            "schema = 1\ntitle = \"Beds\"\nrun = {{ start = 2024-01-01, {run}, seed = 4 }}\n\
             organisations.hospital = {{}}\n\
             places.ward = {{ organisation = \"hospital\", capacity = {beds} }}\n\
             arrivals.people = {{ per_day = 4, pathways = {{ through = 1.0 }} }}\n\
             [pathways.through.steps]\nbed = {{ enter = \"ward\" }}\n\
             stay = {{ stay = {{ exponential = \"10 days\" }} }}\nout = {{ leave = \"done\" }}\n"
        );
        Scenario::parse("beds", &text).unwrap_or_else(|mistakes| panic!("{mistakes}"))
    }

    fn drift_of(scenario: &Scenario) -> Option<Drift> {
        let plan = Plan { replications: Replications::Fixed(10), threads: None };
        let model = model::compile(scenario);
        let runs = run(&model, &plan, &[], &Quiet, &AtomicBool::new(false)).expect("it runs");
        drift(scenario, &runs)
    }

    #[test]
    fn a_warm_up_that_is_found_lets_beds_fill() {
        // M/G/infinity from nothing: after t days 40 (1 - e^(-t / 10)) are there, and the rest shrinks
        // by half every seven days. Chance lets the rule stop when what is missing drowns in it.
        let found = find_warm_up(&scenario(1_000, "length = \"1 year\""));
        assert!((20..=90).contains(&found.days), "{found:?}");
        assert!(!found.unsettled);
        // How long the run itself is does not matter.
        let settled = settle(scenario(1_000, "length = \"9 years\", warm_up = \"found\""));
        let (settled, again) = settled.expect("it has room");
        assert_eq!(again, Some(found));
        let warm_up = settled.base.run.warm_up;
        assert_eq!((warm_up.length.days(), warm_up.found), (f64::from(found.days), false));
        assert!(
            settled.text.contains(&format!("warm_up = \"{} days\"", found.days)),
            "{}",
            settled.text
        );
    }

    #[test]
    fn too_few_beds_never_settle() {
        let found = find_warm_up(&scenario(30, "length = \"1 year\""));
        assert!(found.unsettled, "{found:?}");
        let drift = drift_of(&scenario(30, "length = \"1 year\"")).expect("it grows");
        // One more person a day than beds can take: half a year later some 180 more.
        assert!((120.0..240.0).contains(&drift.change.mean), "{drift:?}");
    }

    #[test]
    fn what_has_settled_does_not_drift() {
        assert_eq!(drift_of(&scenario(1_000, "length = \"1 year\", warm_up = \"100 days\"")), None);
    }
}
