//! What is written down of the layer: its state at the end, its course, and surveys.

use super::Layer;
use super::rules::CoordinationRules;
use crate::model::calendar::Days;
use crate::model::draws;
use crate::random::Key;

/// A course has at most so many points; longer runs are noted less often.
const POINTS_LIMIT: u32 = 400;

/// What was seen of the layer in a replication.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Seen {
    /// Organisations at the last midnight, in the order of the scenario.
    pub organisations: Vec<OrganisationSeen>,
    /// Dyads at the last midnight, in the order of the rules.
    pub dyads: Vec<DyadSeen>,
    /// The course.
    pub course: Course,
    /// What staff said, survey by survey.
    pub surveys: Vec<Survey>,
    /// Returned referrals and disputes.
    pub contested: u64,
    /// Those that became a conflict.
    pub conflicts: u64,
    /// Those that were escalated.
    pub escalated: u64,
}

/// An organisation.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct OrganisationSeen {
    /// Morale [0-1].
    pub morale: f64,
    /// Share of staff off sick.
    pub sickness: f64,
    /// Work asked over work that can be done.
    pub pressure: f64,
    /// How far its people look to the whole system [0-1].
    pub goals: f64,
    /// How far time for relationships is sponsored [0-1].
    pub sponsorship: f64,
    /// Staff, as a share of those at the start.
    pub staff: f64,
    /// Share of hours for tasks, on a day without an activity of the programme.
    pub task: f64,
    /// Share of hours for relating.
    pub relate: f64,
    /// Share of hours for honing.
    pub hone: f64,
    /// Share of hours for recovery.
    pub recover: f64,
}

/// A dyad.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct DyadSeen {
    /// The relationship of leads and teams [0-1].
    pub relationship: f64,
    /// Shared understanding [0-1].
    pub understanding: f64,
    /// The honed process [0-1].
    pub process: f64,
    /// Relational coordination as it is, without the noise of a survey [1-5].
    pub coordination: f64,
}

impl Seen {
    /// What will be seen over so many days: by the week, or several of them.
    pub(super) fn over(measured_days: u32) -> Seen {
        let weeks = measured_days.div_ceil(7).div_ceil(POINTS_LIMIT).max(1);
        let course = Course { days_per_point: 7 * weeks, points: Vec::new() };
        Seen { course, ..Seen::default() }
    }
}

impl OrganisationSeen {
    /// The values, in the order of their fields.
    pub fn values(&self) -> [f64; 10] {
        [
            self.morale,
            self.sickness,
            self.pressure,
            self.goals,
            self.sponsorship,
            self.staff,
            self.task,
            self.relate,
            self.hone,
            self.recover,
        ]
    }
}

impl DyadSeen {
    /// The values, in the order of their fields.
    pub fn values(&self) -> [f64; 4] {
        [self.relationship, self.understanding, self.process, self.coordination]
    }
}

/// A course over the measured time.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Course {
    /// Days between two points; the first is the start of the measured time.
    pub days_per_point: u32,
    /// All values of each point: organisations, then dyads, as their `values` have them.
    pub points: Vec<Vec<f64>>,
}

/// A survey of staff.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Survey {
    /// Days since the start of the measured time.
    pub day: u32,
    /// Relational coordination by dyad, as staff answer [1-5].
    pub readings: Vec<f64>,
}

/// Writes down how the layer is at the beginning of a day.
pub(super) fn note(
    layer: &mut Layer,
    rules: &CoordinationRules,
    run: Key,
    days: &Days,
    measured_day: u32,
    day: u32,
) {
    layer.seen.organisations.clear();
    let organisations = layer.organisations.iter().map(|it| OrganisationSeen {
        morale: it.morale,
        sickness: it.sickness,
        pressure: it.pressure,
        goals: it.goals,
        sponsorship: it.sponsorship,
        staff: it.staff,
        task: it.effort.task + it.lost,
        relate: it.effort.relate,
        hone: it.effort.hone,
        recover: it.effort.recover,
    });
    layer.seen.organisations.extend(organisations);
    layer.seen.dyads.clear();
    for index in 0..layer.dyads.len() {
        let dyad = &layer.dyads[index];
        let seen = DyadSeen {
            relationship: dyad.relationship(),
            understanding: dyad.understanding,
            process: dyad.process,
            coordination: 1.0 + 4.0 * layer.coordination(index),
        };
        layer.seen.dyads.push(seen);
    }
    if measured_day.is_multiple_of(layer.seen.course.days_per_point.max(1)) {
        let of_organisations = layer.seen.organisations.iter().flat_map(OrganisationSeen::values);
        let of_dyads = layer.seen.dyads.iter().flat_map(DyadSeen::values);
        let point = of_organisations.chain(of_dyads).collect();
        layer.seen.course.points.push(point);
    }
    if measured_day.is_multiple_of(rules.survey_every.max(1)) {
        let date = days.absolute(day);
        let noise = rules.parameters.survey_noise;
        let readings = layer
            .seen
            .dyads
            .iter()
            .zip(&rules.dyads)
            .map(|(dyad, of_dyad)| {
                let reading = dyad.coordination + noise * draws::survey(run, of_dyad.key, date);
                reading.clamp(1.0, 5.0)
            })
            .collect();
        layer.seen.surveys.push(Survey { day: measured_day, readings });
    }
}
