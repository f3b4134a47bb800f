//! The course of the relationship layer: its quantities over time, by organisation and by dyad.

use jiff::civil::Date;

use super::Runs;
use super::series::{self, SeriesEstimate};
use crate::model::Model;
use crate::scenario::Scenario;
use crate::scenario::grounds::Theta;
use crate::statistics::Estimate;

/// What is shown of the layer: the name of its series, what it is called, and the same in brief.
type Shown = (&'static str, &'static str, &'static str);

const OF_DYADS: [Shown; 4] = [
    ("relationship", "Relationship", "Relationship"),
    ("understanding", "Shared understanding", "Understanding"),
    ("process", "Honed handovers", "Process"),
    (series::SURVEY, "Relational coordination in surveys", "Coordination in surveys"),
];

/// The same by organisation.
const OF_ORGANISATIONS: [Shown; 8] = [
    ("morale", "Morale", "Morale"),
    ("sickness", "Staff off sick", "Sickness"),
    ("pressure", "Work asked over work that can be done", "Pressure"),
    ("staff", "Posts filled", "Posts filled"),
    ("effort_task", "Hours for tasks", "tasks"),
    ("effort_relate", "Hours for relating", "relating"),
    ("effort_hone", "Hours for honing handovers", "honing"),
    ("effort_recover", "Hours for recovery", "recovery"),
];

/// The relationship layer over the measured time.
#[derive(Debug, Clone, PartialEq)]
pub struct Layer {
    /// How much of what relationships are assumed to do they do.
    pub theta: Theta,
    /// Quantities of pairs of organisations.
    pub of_dyads: Vec<Quantity>,
    /// Quantities of organisations.
    pub of_organisations: Vec<Quantity>,
}

/// A quantity, with a course for each dyad or organisation.
#[derive(Debug, Clone, PartialEq)]
pub struct Quantity {
    /// The name of its series, before the dot.
    pub name: &'static str,
    /// What it is called.
    pub title: &'static str,
    /// The same in brief.
    pub short_title: &'static str,
    /// Its unit.
    pub unit: &'static str,
    /// The courses.
    pub courses: Vec<Course>,
}

/// How a quantity goes over time.
#[derive(Debug, Clone, PartialEq)]
pub struct Course {
    /// The dyad or organisation as the scenario calls it.
    pub group: String,
    /// The same as people know it.
    pub title: String,
    /// Days and estimates.
    pub points: Vec<(Date, Estimate)>,
    /// The change from the first point to the last, taken run by run.
    pub change: Estimate,
}

impl Course {
    /// The first and the last point, if there are two.
    pub fn ends(&self) -> Option<(Estimate, Estimate)> {
        match self.points.as_slice() {
            [(_, first), .., (_, last)] => Some((*first, *last)),
            _ => None,
        }
    }

    /// Whether it moved further than chance: its interval does not hold 0.
    pub fn has_moved(&self) -> bool {
        self.change.lower > 0.0 || self.change.upper < 0.0
    }
}

impl Layer {
    /// A quantity by the name of its series.
    pub fn find(&self, name: &str) -> Option<&Quantity> {
        self.of_dyads.iter().chain(&self.of_organisations).find(|it| it.name == name)
    }
}

impl Quantity {
    /// The course that moved most of those that moved further than chance.
    pub fn most_moved(&self) -> Option<&Course> {
        let size = |course: &Course| course.change.mean.abs();
        // Of equal ones the first.
        let moved = self.courses.iter().rev().filter(|course| course.has_moved());
        moved.max_by(|one, other| size(one).total_cmp(&size(other)))
    }
}

/// The layer of a run, if it has one.
pub(super) fn of(
    scenario: &Scenario,
    model: &Model,
    runs: &Runs,
    series: &[SeriesEstimate],
) -> Option<Layer> {
    let theta = Theta::of(scenario)?;
    let changes: Vec<(String, Estimate)> = changes(model, runs);
    let courses = model.courses();
    let title_of = |group: &str| {
        let known = courses.iter().find(|course| course.group == group);
        known.map_or(group, |course| course.title.as_str()).to_owned()
    };
    let quantity = |(name, title, short_title): Shown| {
        let of_it = series.iter().filter_map(|one| {
            let group = one.name.strip_prefix(name)?.strip_prefix('.')?;
            Some((group, one))
        });
        let mut unit = "";
        let courses: Vec<Course> = of_it
            .map(|(group, one)| {
                unit = one.unit;
                Course {
                    group: group.to_owned(),
                    title: title_of(group),
                    change: changes
                        .iter()
                        .find(|(name, _)| *name == one.name)
                        .map_or_else(|| Estimate::of([]), |(_, change)| *change),
                    points: one.dates.iter().copied().zip(one.estimates.iter().copied()).collect(),
                }
            })
            .collect();
        Quantity { name, title, short_title, unit, courses }
    };
    Some(Layer {
        theta,
        of_dyads: OF_DYADS.map(quantity).to_vec(),
        of_organisations: OF_ORGANISATIONS.map(quantity).to_vec(),
    })
}

/// By how much each course changed, by the name of its series.
fn changes(model: &Model, runs: &Runs) -> Vec<(String, Estimate)> {
    let courses = model.courses();
    let names = courses.iter().map(|it| format!("{}.{}", it.measure.name, it.group));
    let dyads = model.dyads();
    let surveyed = dyads.iter().map(|dyad| format!("{}.{dyad}", series::SURVEY));
    let of_courses = names.zip(&runs.course_change);
    let of_surveys = surveyed.zip(&runs.survey_change);
    of_courses
        .chain(of_surveys)
        .map(|(name, moments)| (name, moments.estimate_at(runs.confidence())))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn course(group: &str, means: &[f64]) -> Course {
        let date = Date::constant(2025, 1, 6);
        let estimate = |mean| Estimate { mean, lower: mean - 0.05, upper: mean + 0.05, n: 3 };
        Course {
            group: group.to_owned(),
            title: group.to_owned(),
            points: means.iter().map(|mean| (date, estimate(*mean))).collect(),
            change: estimate(means[means.len() - 1] - means[0]),
        }
    }

    #[test]
    fn what_moved_most_is_found_up_or_down() {
        let courses = vec![
            course("a+b", &[0.4, 0.9, 0.41]),
            course("a+c", &[0.5, 0.3]),
            course("b+c", &[0.4]),
        ];
        let quantity =
            Quantity { name: "x", title: "X", short_title: "X", unit: "0 to 1", courses };
        assert_eq!(quantity.most_moved().map(|it| it.group.as_str()), Some("a+c"));
        let still = vec![course("a", &[1.0, 1.04]), course("b", &[1.0, 1.0])];
        let still = Quantity { courses: still, ..quantity };
        assert_eq!(still.most_moved(), None, "no further than chance");
    }
}
