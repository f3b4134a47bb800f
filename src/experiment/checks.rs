//! Whether a run reproduces the figures that its scenario must reproduce.

use crate::model::measures::Measure;
use crate::scenario::Description;
use crate::statistics::Estimate;

use super::Measured;

/// A figure which the run must reproduce, and whether it does.
#[derive(Debug, Clone, PartialEq)]
pub struct CheckResult {
    /// Its name in the scenario.
    pub name: String,
    /// What is checked, in a few words; the name of the measure, if the scenario gives none.
    pub title: String,
    /// The full name of the measure.
    pub measure: String,
    /// The measure; `None` if the scenario has none of that name.
    pub kind: Option<&'static Measure>,
    /// The official figure, in the unit of the measure.
    pub official: f64,
    /// The lowest mean that is accepted.
    pub low: f64,
    /// The highest mean that is accepted.
    pub high: f64,
    /// What the run found.
    pub estimate: Estimate,
    /// Whether the mean lies within the band.
    pub in_band: bool,
}

/// The checks of a scenario, in the order of its text.
pub(super) fn of(description: &Description, measures: &[Measured]) -> Vec<CheckResult> {
    description
        .checks
        .iter()
        .map(|(name, check)| {
            let found = measures.iter().find(|measured| measured.name == check.measure);
            let estimate = found.map_or_else(|| Estimate::of([]), |measured| measured.estimate);
            let title = if check.title.is_empty() { &check.measure } else { &check.title };
            CheckResult {
                name: name.clone(),
                title: title.clone(),
                measure: check.measure.clone(),
                kind: found.map(|measured| measured.measure),
                official: check.official,
                low: check.low,
                high: check.high,
                estimate,
                in_band: (check.low..=check.high).contains(&estimate.mean),
            }
        })
        .collect()
}
