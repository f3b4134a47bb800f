//! What was seen at midnight over the run, step by step.

use jiff::civil::Date;

use super::Runs;
use crate::engine::Time;
use crate::model::{DAY, Model, day_of};
use crate::statistics::{Estimate, Moments};

/// What surveys ask about, as the course of it is called, and what their series are called.
const SURVEYED: &str = "relational_coordination";
pub(super) const SURVEY: &str = "relational_coordination_survey";

/// An estimate for each step of the measured time.
#[derive(Debug, Clone, PartialEq)]
pub struct SeriesEstimate {
    /// Such as `ready_waiting` or `occupancy.ward`.
    pub name: String,
    /// What it is, in words.
    pub title: String,
    /// Its unit, such as `people`.
    pub unit: &'static str,
    /// The first day of each step.
    pub dates: Vec<Date>,
    /// Days of a step.
    pub days_per_step: u32,
    /// The estimates.
    pub estimates: Vec<Estimate>,
}

/// People ready and waiting in as many points as a picture can show.
pub(super) fn ready_for_picture(model: &Model, runs: &Runs) -> SeriesEstimate {
    let days_per_step = runs.steps_per_point * runs.days_per_step;
    let first = day_of(model.measured_from);
    SeriesEstimate {
        name: "ready_waiting".to_owned(),
        title: "People ready to leave and still in hospital".to_owned(),
        unit: "people",
        dates: (0_u32..)
            .zip(&runs.ready_for_picture)
            .map(|(step, _)| model.days.date(first + step * days_per_step))
            .collect(),
        days_per_step,
        estimates: runs
            .ready_for_picture
            .iter()
            .map(|it| it.estimate_at(runs.confidence()))
            .collect(),
    }
}

/// People ready and waiting, then the occupancy of every place that has a limit all the time.
pub(super) fn of(model: &Model, runs: &Runs) -> Vec<SeriesEstimate> {
    let first = day_of(model.measured_from);
    let series = |name: String, title: String, unit, moments: &[Moments]| SeriesEstimate {
        name,
        title,
        unit,
        dates: (0_u32..)
            .zip(moments)
            .map(|(step, _)| model.days.date(first + step * runs.days_per_step))
            .collect(),
        days_per_step: runs.days_per_step,
        estimates: moments.iter().map(|it| it.estimate_at(runs.confidence())).collect(),
    };
    let mut list = vec![series(
        "ready_waiting".to_owned(),
        "People ready to leave and still in hospital, at midnight".to_owned(),
        "people",
        &runs.ready,
    )];
    for (place, (name, moments)) in model.names.places.iter().zip(&runs.occupied).enumerate() {
        if !model.capacity_area(place, 1).is_finite() {
            continue;
        }
        let title = format!("{}: share of capacity in use, at midnight", name.title);
        let mut one = series(format!("occupancy.{}", name.id), title, "share of capacity", moments);
        for (step, estimate) in (0_u32..).zip(&mut one.estimates) {
            let from = first + step * runs.days_per_step;
            *estimate = estimate.times(1.0 / mean_capacity(model, place, from, runs.days_per_step));
        }
        list.push(one);
    }
    list.extend(courses(model, runs));
    list.extend(surveys(model, runs));
    list
}

/// The courses of the relationship layer: organisations first, then dyads.
fn courses(model: &Model, runs: &Runs) -> Vec<SeriesEstimate> {
    let first = day_of(model.measured_from);
    model
        .courses()
        .into_iter()
        .zip(&runs.course)
        .map(|(course, moments)| SeriesEstimate {
            name: format!("{}.{}", course.measure.name, course.group),
            title: format!("{}: {}", course.title, course.measure.name.replace('_', " ")),
            unit: course.measure.unit,
            dates: (0_u32..)
                .zip(moments)
                .map(|(point, _)| model.days.date(first + point * runs.days_per_point))
                .collect(),
            days_per_step: runs.days_per_point,
            estimates: moments.iter().map(|it| it.estimate_at(runs.confidence())).collect(),
        })
        .collect()
}

/// What staff answered, a point a survey, by dyad.
fn surveys(model: &Model, runs: &Runs) -> Vec<SeriesEstimate> {
    let first = day_of(model.measured_from);
    let every = match runs.surveys.as_slice() {
        [one, other, ..] => other.day - one.day,
        _ => 0,
    };
    let of_dyads = model.courses().into_iter().filter(|it| it.measure.name == SURVEYED);
    let series = of_dyads.enumerate().map(|(dyad, course)| SeriesEstimate {
        name: format!("{SURVEY}.{}", course.group),
        title: format!("{}: relational coordination as staff answer surveys", course.title),
        unit: course.measure.unit,
        dates: runs.surveys.iter().map(|survey| model.days.date(first + survey.day)).collect(),
        days_per_step: every,
        estimates: runs
            .surveys
            .iter()
            .map(|survey| survey.readings[dyad].estimate_at(runs.confidence()))
            .collect(),
    });
    series.collect()
}

/// The mean capacity of a limited place over some days; not a number if it has none.
fn mean_capacity(model: &Model, place: usize, from: u32, days: u32) -> f64 {
    let capacity = |day: u32| {
        // What is seen at the midnight that ends a day is ruled by that day.
        let time = Time::from_seconds(day * DAY + (DAY - 1));
        let rules = model.rules.iter().rev().find(|(since, _)| *since <= time);
        rules
            .map_or(0.0, |(_, rules)| f64::from(rules.places[place].capacity_at(&model.days, time)))
    };
    let sum: f64 = (from..from + days).map(capacity).sum();
    if sum > 0.0 { sum / f64::from(days) } else { f64::NAN }
}
