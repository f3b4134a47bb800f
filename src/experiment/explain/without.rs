//! The counterfactual of the ledger: a cause of delay is removed, and it is seen how much delay goes.
//!
//! What the ledger books to a cause and what goes with the cause are not the same. A person who no longer
//! waits for one thing may wait for the next, and a place that is free sooner takes somebody else.

use std::sync::atomic::AtomicBool;

use crate::experiment::worlds::{self, Batch};
use crate::experiment::{Progress, Stopped};
use crate::model::measures::names;
use crate::model::{self, Model};
use crate::scenario::Scenario;
use crate::scenario::language::{Capacity, Description, Distribution, Meeting, Named, Owner, Step};
use crate::scenario::reasons::{self, Reason};
use crate::scenario::units::Duration;
use crate::statistics::{Estimate, Paired};

/// What the measure of delay by reason is called.
const BY_REASON: &str = "delay_days_by_reason.";

/// What goes with each cause.
#[derive(Debug, Clone, PartialEq)]
pub struct Withouts {
    /// The name of the scenario.
    pub scenario: String,
    /// What it is, in a few words.
    pub title: String,
    /// Its seed.
    pub seed: u64,
    /// How often each world was run.
    pub replications: u32,
    /// The measured time \[days\].
    pub measured_days: f64,
    /// All delay with nothing removed [people delayed on average].
    pub delay: Estimate,
    /// The causes, those with the most booked delay first.
    pub removed: Vec<Removed>,
}

/// A cause that was removed.
#[derive(Debug, Clone, PartialEq)]
pub struct Removed {
    /// The cause.
    pub reason: &'static Reason,
    /// What the ledger books to it [people delayed on average].
    pub booked: Estimate,
    /// All delay, with the cause and without [people delayed on average].
    pub delay: Paired,
    /// What other waits filled: booked to the cause, less what went with it.
    pub filled: Estimate,
}

/// A scenario, and the same without each of some causes.
#[derive(Debug)]
pub struct Without<'a> {
    scenario: &'a Scenario,
    base: &'a Model,
    causes: Vec<(&'static Reason, Model)>,
}

impl<'a> Without<'a> {
    /// Removes each of these causes alone; all that the ledger can book to, if none is named.
    ///
    /// # Errors
    /// The codes that are no cause in the scenario.
    pub fn new(
        scenario: &'a Scenario,
        base: &'a Model,
        wanted: &[String],
    ) -> Result<Without<'a>, Vec<String>> {
        let known = causes(base);
        let unknown: Vec<String> =
            wanted.iter().filter(|code| !known.contains(code)).cloned().collect();
        if !unknown.is_empty() {
            return Err(unknown);
        }
        let wanted = if wanted.is_empty() { known } else { wanted.to_vec() };
        let causes = wanted.iter().filter_map(|code| {
            let reason = reasons::by_code(code)?;
            Some((reason, model::compile(&removed(scenario, code))))
        });
        Ok(Without { scenario, base, causes: causes.collect() })
    }

    /// How many worlds there are: one for each cause, and one with all.
    pub fn worlds(&self) -> usize {
        self.causes.len() + 1
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
    ) -> Result<Withouts, Stopped> {
        // Of every world, all delay and that of each cause.
        let found = worlds::each(batch, self.worlds(), progress, |replication, world| {
            let model = world.checked_sub(1).map_or(self.base, |cause| &self.causes[cause].1);
            let values = worlds::values(model, replication, cancel)?;
            let names = names(model);
            let by_reason = names.iter().zip(&values).filter_map(|((name, _), value)| {
                Some((name.strip_prefix(BY_REASON)?.to_owned(), *value))
            });
            Some(by_reason.collect::<Vec<(String, f64)>>())
        })?;
        let all = |world: &[(String, f64)]| world.iter().map(|(_, delay)| delay).sum::<f64>();
        let booked = |world: &[(String, f64)], code: &str| {
            world.iter().find(|(known, _)| known == code).map_or(0.0, |(_, delay)| *delay)
        };
        let mut removed: Vec<Removed> = (self.causes.iter().zip(1..))
            .map(|((reason, _), world)| Removed {
                reason,
                booked: Estimate::of(found.iter().map(|it| booked(&it[0], reason.code))),
                delay: Paired::of(found.iter().map(|it| (all(&it[0]), all(&it[world])))),
                filled: Estimate::of(
                    found
                        .iter()
                        .map(|it| booked(&it[0], reason.code) - (all(&it[0]) - all(&it[world]))),
                ),
            })
            .collect();
        removed.sort_by(|one, other| other.booked.mean.total_cmp(&one.booked.mean));
        Ok(Withouts {
            scenario: self.scenario.name.clone(),
            title: self.scenario.base.title.clone(),
            seed: self.base.seed,
            replications: batch.replications,
            measured_days: f64::from(self.base.measured_days()),
            delay: Estimate::of(found.iter().map(|it| all(&it[0]))),
            removed,
        })
    }
}

/// The codes of all causes to which the ledger of a model can book.
pub fn causes(model: &Model) -> Vec<String> {
    let names = names(model).into_iter();
    names.filter_map(|(name, _)| Some(name.strip_prefix(BY_REASON)?.to_owned())).collect()
}

/// The scenario in which nobody ever waits for this reason.
fn removed(scenario: &Scenario, code: &str) -> Scenario {
    let mut scenario = scenario.clone();
    let later = scenario.later.iter_mut().map(|(_, said)| said);
    for said in std::iter::once(&mut scenario.base).chain(later) {
        remove(said, code);
    }
    scenario
}

fn remove(said: &mut Description, code: &str) {
    let Description { pathways, routes, places, teams, meetings, .. } = said;
    let of_pathways = pathways.values_mut().flat_map(|pathway| pathway.steps.values_mut());
    let of_routes = routes.values_mut().flat_map(|route| route.steps.values_mut());
    for step in of_pathways.chain(of_routes) {
        let is_for = step.reason.as_deref() == Some(code);
        let queues_for = step.queue_reason.as_deref().or(step.reason.as_deref()) == Some(code);
        if let Some(place) = step.enter.as_ref().or(step.reserve.as_ref()) {
            if queues_for && let Some(place) = places.get_mut(place) {
                place.capacity = Capacity::Unlimited;
            }
        } else if let Some(team) = step.task.clone() {
            let team = teams.get(&team);
            let work = if is_for { None } else { step.takes.clone() };
            if queues_for {
                // Whoever need not queue has the work done at once, in the team's hours.
                step.calendar = team.and_then(|team| team.calendar.clone());
                step.owner.get_or_insert_with(|| {
                    Owner::One(team.map(|team| team.organisation.clone()).unwrap_or_default())
                });
                step.task = None;
                step.takes = None;
                step.wait = Some(work.unwrap_or_else(no_time));
            } else if is_for {
                step.takes = Some(no_time());
            }
        } else if is_for {
            pass(step, meetings);
        }
    }
}

/// Makes a step that takes no time of a wait, a meeting or opening hours.
fn pass(step: &mut Step, meetings: &Named<Meeting>) {
    if let Some(meeting) = step.meeting.take().and_then(|name| meetings.get(&name)) {
        step.owner.get_or_insert_with(|| Owner::One(meeting.organisation.clone()));
        step.wait = Some(no_time());
    }
    if step.until.take().is_some() {
        step.wait = Some(no_time());
    }
    if step.wait.is_some() {
        step.wait = Some(no_time());
        step.calendar = None;
        step.depends_on = None;
    }
}

fn no_time() -> Distribution {
    Distribution::Fixed(Duration { seconds: 0.0 })
}
