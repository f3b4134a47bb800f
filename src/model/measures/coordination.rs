//! Measures of the relationship layer: how organisations and dyads stand at the end of a run.

use super::{
    CONFLICTS, DISPUTES_PER_DAY, DUPLICATES_PER_DAY, EFFORT_HONE, EFFORT_RECOVER, EFFORT_RELATE,
    EFFORT_TASK, ESCALATED, GOALS, MORALE, OVER_PRESCRIBED_PER_DAY, PRESSURE, PROCESS,
    RELATIONAL_COORDINATION, RELATIONSHIP, RETURNED_PER_DAY, SICKNESS, SPONSORSHIP, STAFF, Sink,
    UNDERSTANDING, ratio,
};
use crate::model::calendar::DAY;
use crate::model::measures::Measure;
use crate::model::{Model, Observations};
use crate::scenario::language::Quantity;

/// What a course shows of each organisation, in the order of its values.
const OF_ORGANISATIONS: [&Measure; 10] = [
    MORALE,
    SICKNESS,
    PRESSURE,
    GOALS,
    SPONSORSHIP,
    STAFF,
    EFFORT_TASK,
    EFFORT_RELATE,
    EFFORT_HONE,
    EFFORT_RECOVER,
];

/// What it shows of each dyad.
const OF_DYADS: [&Measure; 4] = [RELATIONSHIP, UNDERSTANDING, PROCESS, RELATIONAL_COORDINATION];

/// One line of the course of the relationship layer.
#[derive(Debug, Clone, PartialEq)]
pub struct CourseOf {
    /// What it is a course of.
    pub measure: &'static Measure,
    /// The organisation or dyad, as groups are called.
    pub group: String,
    /// The same as people know it.
    pub title: String,
}

pub(super) fn each(model: &Model, observed: &Observations, sink: &mut Sink<'_>) {
    let (Some(seen), Some(rules)) = (&observed.coordination, &model.first_rules().coordination)
    else {
        return;
    };
    for (index, rules) in rules.dyads.iter().enumerate() {
        let name = model.dyad_name(rules.pair);
        let dyad = seen.dyads.get(index).copied().unwrap_or_default();
        sink(RELATIONSHIP, &name, dyad.relationship);
        sink(UNDERSTANDING, &name, dyad.understanding);
        sink(PROCESS, &name, dyad.process);
        let reading = seen.surveys.last().and_then(|survey| survey.readings.get(index));
        sink(RELATIONAL_COORDINATION, &name, reading.copied().unwrap_or(f64::NAN));
    }
    for (index, name) in model.names.organisations.iter().enumerate() {
        let it = seen.organisations.get(index).copied().unwrap_or_default();
        sink(MORALE, &name.id, it.morale);
        sink(SICKNESS, &name.id, it.sickness);
        sink(PRESSURE, &name.id, it.pressure);
        sink(GOALS, &name.id, it.goals);
        sink(SPONSORSHIP, &name.id, it.sponsorship);
        sink(STAFF, &name.id, it.staff);
        sink(EFFORT_TASK, &name.id, it.task);
        sink(EFFORT_RELATE, &name.id, it.relate);
        sink(EFFORT_HONE, &name.id, it.hone);
        sink(EFFORT_RECOVER, &name.id, it.recover);
    }
    let days = observed.measured_seconds as f64 / f64::from(DAY);
    for (of, count) in model.first_rules().chances_changed.iter().zip(&observed.happened) {
        if let (Some(measure), Some(pair)) = (happened(of.quantity), of.between) {
            sink(measure, &model.dyad_name(pair), *count as f64 / days);
        }
    }
    sink(CONFLICTS, "all", ratio(seen.conflicts as f64, days));
    sink(ESCALATED, "all", ratio(seen.escalated as f64, days));
}

/// The measure of how often something happens in a step.
fn happened(quantity: Quantity) -> Option<&'static Measure> {
    match quantity {
        Quantity::ReferralReturned => Some(RETURNED_PER_DAY),
        Quantity::Dispute => Some(DISPUTES_PER_DAY),
        Quantity::OverPrescribed => Some(OVER_PRESCRIBED_PER_DAY),
        Quantity::DuplicateAssessment => Some(DUPLICATES_PER_DAY),
        Quantity::JointDecision
        | Quantity::WeekendFlow
        | Quantity::Readmission
        | Quantity::AssessedInHospital => None,
    }
}

impl Model {
    /// What the values of a course are, in their order: nothing without the relationship layer.
    pub fn courses(&self) -> Vec<CourseOf> {
        let Some(rules) = &self.first_rules().coordination else { return Vec::new() };
        let of_organisations = self.names.organisations.iter().flat_map(|name| {
            OF_ORGANISATIONS.map(|measure| CourseOf {
                measure,
                group: name.id.clone(),
                title: name.title.clone(),
            })
        });
        let of_dyads = rules.dyads.iter().flat_map(|dyad| {
            OF_DYADS.map(|measure| CourseOf {
                measure,
                group: self.dyad_name(dyad.pair),
                title: self.dyad_title(dyad.pair),
            })
        });
        of_organisations.chain(of_dyads).collect()
    }

    /// The pairs of organisations between which something happens, as groups are called: nothing
    /// without the relationship layer.
    pub fn dyads(&self) -> Vec<String> {
        let rules = self.first_rules().coordination.as_ref();
        let pairs = rules.into_iter().flat_map(|rules| &rules.dyads);
        pairs.map(|dyad| self.dyad_name(dyad.pair)).collect()
    }

    /// A pair of organisations, as people know it.
    pub fn dyad_title(&self, (one, other): (u8, u8)) -> String {
        let title = |side: u8| self.names.organisations[usize::from(side)].title.as_str();
        format!("{} with {}", title(one), title(other))
    }

    /// A pair of organisations, as groups are called: joined by `+`.
    pub fn dyad_name(&self, (one, other): (u8, u8)) -> String {
        let name = |side: u8| self.names.organisations[usize::from(side)].id.as_str();
        format!("{}+{}", name(one), name(other))
    }
}
