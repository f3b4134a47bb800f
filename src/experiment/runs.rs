//! The replications themselves, and what is kept of each.

use std::ops::ControlFlow;
use std::sync::atomic::AtomicBool;

use rayon::{ThreadPool, ThreadPoolBuilder};
use thiserror::Error;

use super::in_order::in_order;
use super::plan::{Plan, Replications};
use super::precision::{self, LOOK_CONFIDENCE, Reached, until_precise};
use super::progress::Progress;
use super::sense::{self, QueueMoments};
use crate::model::{Model, Observations, measures};
use crate::statistics::{CONFIDENCE, Estimate, Moments};

/// Why a run gave no result.
#[derive(Debug, Error)]
pub enum Stopped {
    /// Somebody asked for it. What had been run by then is whole in itself: the first so many
    /// replications.
    #[error("the run was cancelled after {} replications", .0.values.len())]
    Cancelled(Box<Runs>),
    /// The threads could not be started.
    #[error("the threads could not be started")]
    Threads(#[from] rayon::ThreadPoolBuildError),
}

/// What is kept of all replications: every measure of each, and the rest as moments or sums.
#[derive(Debug, Clone, Default)]
pub struct Runs {
    /// The values of all measures, by replication, in the order of [`measures::names`].
    pub values: Vec<Vec<f64>>,
    /// Delay booked in acute places, by replication and cell of the ledger \[s\].
    pub ledger: Vec<Vec<u64>>,
    /// People by nights of delay, added up over all replications; the last counts all longer ones.
    pub nights: Vec<u64>,
    /// People ready and waiting at midnight, step by step.
    pub ready: Vec<Moments>,
    /// The same in as many points as a picture can show: by day, week, four weeks or longer.
    pub ready_for_picture: Vec<Moments>,
    /// How many steps there are in one of those.
    pub steps_per_point: u32,
    /// Units of each place in use at midnight, step by step.
    pub occupied: Vec<Vec<Moments>>,
    /// Days of a step.
    pub days_per_step: u32,
    /// The course of each value of the relationship layer, point by point.
    pub course: Vec<Vec<Moments>>,
    /// By how much each of them changed from the first point to the last.
    pub course_change: Vec<Moments>,
    /// Days between two points of it.
    pub days_per_point: u32,
    /// What staff answered, survey by survey.
    pub surveys: Vec<SurveyMoments>,
    /// By how much that of each dyad changed from the first survey to the last.
    pub survey_change: Vec<Moments>,
    /// People on their way at midnight, step by step.
    pub present: Vec<Moments>,
    /// Their mean in the first and the second half of the measured time, by replication.
    pub halves: Vec<(f64, f64)>,
    /// Measured time, by replication \[s\].
    pub measured_seconds: Vec<u64>,
    /// Events handled in all replications, warm-up included.
    pub events: u64,
    /// What is kept of each queue: places first, then teams.
    pub queues: Vec<QueueMoments>,
    /// How precise it became, if a precision was asked for.
    pub reached: Option<Reached>,
}

/// What staff answered in the surveys of a day.
#[derive(Debug, Clone, Default)]
pub struct SurveyMoments {
    /// Days since the start of the measured time.
    pub day: u32,
    /// Relational coordination by dyad [1-5].
    pub readings: Vec<Moments>,
}

/// Makes the replications of a plan. This is the one way in which a scenario is run, for a terminal, a
/// page or a study: `progress` is told of each replication and may look at all so far, and `cancel`
/// ends the run within a day of simulated time.
///
/// `watched` are the measures, as positions of [`measures::names`], whose intervals decide when a
/// precision is reached.
///
/// # Errors
/// If `cancel` became true, with what had been run; or the threads could not be started.
pub fn run(
    model: &Model,
    plan: &Plan,
    watched: &[usize],
    progress: &dyn Progress,
    cancel: &AtomicBool,
) -> Result<Runs, Stopped> {
    let pool = ThreadPoolBuilder::new().num_threads(plan.threads.unwrap_or(0)).build()?;
    let mut runs = Runs::default();
    match plan.replications {
        Replications::Fixed(count) => {
            progress.planned(count);
            runs.extend(&pool, model, count, progress, cancel)?;
        }
        Replications::Precision(asked) => {
            until_precise::<Stopped>(progress, |count| {
                runs.extend(&pool, model, count, progress, cancel)?;
                let reached = precision::reached(&runs, watched, asked);
                runs.reached = Some(reached);
                Ok(reached.times())
            })?;
        }
    }
    Ok(runs)
}

impl Runs {
    /// How many replications there are.
    pub fn replications(&self) -> u32 {
        u32::try_from(self.values.len()).expect("replications are counted in 32 bits")
    }

    /// The confidence of single intervals, so that at least 95 % of them hold the truth: where runs went
    /// on until intervals were narrow it is higher.
    pub(super) fn confidence(&self) -> f64 {
        if self.reached.is_some() { LOOK_CONFIDENCE } else { CONFIDENCE }
    }

    /// The mean of values by replication, with its interval.
    pub(super) fn estimate(&self, values: impl IntoIterator<Item = f64>) -> Estimate {
        Estimate::at(self.confidence(), values)
    }

    /// Adds replications until there are `count`.
    pub(super) fn extend(
        &mut self,
        pool: &ThreadPool,
        model: &Model,
        count: u32,
        progress: &dyn Progress,
        cancel: &AtomicBool,
    ) -> Result<(), Stopped> {
        let all = in_order(
            pool,
            u64::from(self.replications())..u64::from(count),
            |replication| {
                let replication = u32::try_from(replication).expect("it is below `count`");
                let observed = model.simulate_unless(replication, cancel)?;
                let values = measures::values(model, &observed);
                progress.ended_one();
                Some((values, observed))
            },
            |_, (values, observed)| {
                self.add(values, observed);
                progress.so_far(self);
                ControlFlow::Continue(())
            },
        );
        if all { Ok(()) } else { Err(Stopped::Cancelled(Box::new(std::mem::take(self)))) }
    }

    fn add(&mut self, values: Vec<f64>, observed: Observations) {
        self.values.push(values);
        self.events += observed.events;
        self.measured_seconds.push(observed.measured_seconds);
        sense::add(&mut self.queues, &observed);
        self.days_per_step = observed.midnights.days_per_step;
        self.nights.resize(observed.discharges_by_nights.len(), 0);
        for (sum, people) in self.nights.iter_mut().zip(&observed.discharges_by_nights) {
            *sum += people;
        }
        let present: Vec<f64> = observed.midnights.present.means().collect();
        let (first, second) = present.split_at(present.len() / 2);
        let mean = |half: &[f64]| half.iter().sum::<f64>() / half.len() as f64;
        self.halves.push((mean(first), mean(second)));
        add_series(&mut self.present, present.iter().copied());
        let ready: Vec<f64> = observed.midnights.ready.means().collect();
        self.steps_per_point = steps_per_point(ready.len(), self.days_per_step);
        let points = ready.chunks_exact(self.steps_per_point as usize);
        let mean = |point: &[f64]| point.iter().sum::<f64>() / point.len() as f64;
        add_series(&mut self.ready_for_picture, points.map(mean));
        add_series(&mut self.ready, ready.iter().copied());
        self.occupied.resize(observed.midnights.occupied.len(), Vec::new());
        for (moments, place) in self.occupied.iter_mut().zip(&observed.midnights.occupied) {
            add_series(moments, place.means());
        }
        if let Some(seen) = &observed.coordination {
            self.days_per_point = seen.course.days_per_point;
            self.course.resize(seen.course.points.first().map_or(0, Vec::len), Vec::new());
            for (value, moments) in self.course.iter_mut().enumerate() {
                add_series(moments, seen.course.points.iter().map(|point| point[value]));
            }
            let course = &seen.course.points;
            add_change(&mut self.course_change, course.first(), course.last());
            self.surveys.resize_with(seen.surveys.len(), SurveyMoments::default);
            for (moments, survey) in self.surveys.iter_mut().zip(&seen.surveys) {
                moments.day = survey.day;
                add_series(&mut moments.readings, survey.readings.iter().copied());
            }
            let mut readings = seen.surveys.iter().map(|survey| &survey.readings);
            let first = readings.next();
            add_change(&mut self.survey_change, first, readings.next_back().or(first));
        }
        self.ledger.push(observed.ledger.acute);
    }
}

/// How many steps make a point of a picture.
fn steps_per_point(steps: usize, days_per_step: u32) -> u32 {
    // Up to so many days by day, by week, and so on: some 80 points at most.
    const BY: [(usize, u32); 4] = [(56, 1), (560, 7), (2_240, 28), (7_280, 91)];
    let days = steps * days_per_step as usize;
    let by = BY.iter().find(|(most, _)| days <= *most).map_or(364, |(_, by)| *by);
    (by / days_per_step).max(1)
}

/// Adds the changes from a first to a last point.
fn add_change(moments: &mut Vec<Moments>, first: Option<&Vec<f64>>, last: Option<&Vec<f64>>) {
    if let (Some(first), Some(last)) = (first, last) {
        add_series(moments, first.iter().zip(last).map(|(first, last)| last - first));
    }
}

fn add_series(moments: &mut Vec<Moments>, means: impl Iterator<Item = f64>) {
    for (step, mean) in means.enumerate() {
        if moments.len() <= step {
            moments.push(Moments::default());
        }
        moments[step].add(mean);
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;
    use crate::model;
    use crate::scenario::Scenario;

    fn baseline() -> Model {
        let sets = ["run.length=4 weeks", "run.warm_up=1 week"].map(str::to_owned);
        let scenario = Scenario::read(Path::new("scenarios/baseline.toml"), &sets);
        model::compile(&scenario.expect("the shipped scenario is sound"))
    }

    fn plan(replications: u32) -> Plan {
        Plan { replications: Replications::Fixed(replications), threads: Some(2) }
    }

    /// Somebody who sees enough after some replications.
    #[derive(Debug)]
    struct Impatient<'a> {
        cancel: &'a AtomicBool,
        enough: usize,
        looks: AtomicU32,
    }

    impl Progress for Impatient<'_> {
        fn planned(&self, _: u32) {}
        fn ended_one(&self) {}
        fn so_far(&self, runs: &Runs) {
            let looks = self.looks.fetch_add(1, Ordering::SeqCst) + 1;
            assert_eq!(runs.replications(), looks, "each look sees one more");
            self.cancel.store(runs.values.len() >= self.enough, Ordering::SeqCst);
        }
    }

    #[test]
    fn what_was_run_before_it_was_cancelled_is_kept() {
        let model = baseline();
        let cancel = AtomicBool::new(false);
        let impatient = Impatient { cancel: &cancel, enough: 3, looks: AtomicU32::new(0) };
        let stopped = run(&model, &plan(1_000), &[], &impatient, &cancel);
        let Err(Stopped::Cancelled(part)) = stopped else { panic!("it was cancelled") };
        // Those that had ended before it said so are handed over as well.
        let found = part.values.len();
        assert!((3..300).contains(&found), "{found}");
        let count = u32::try_from(found).expect("few");
        let whole = run(&model, &plan(count), &[], &super::super::Quiet, &AtomicBool::new(false));
        let whole = whole.expect("nobody cancels it");
        assert_eq!(format!("{:?}", part.values), format!("{:?}", whole.values));
        assert_eq!(part.ledger, whole.ledger);
    }

    #[test]
    fn a_run_that_is_cancelled_beforehand_begins_nothing() {
        let model = baseline();
        let stopped = run(&model, &plan(3), &[], &super::super::Quiet, &AtomicBool::new(true));
        assert!(matches!(stopped, Err(Stopped::Cancelled(runs)) if runs.values.is_empty()));
    }
}
