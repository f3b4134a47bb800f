//! The strengths: possible ones, and those that somebody argues for.

use super::Checker;
use crate::scenario::check::numbers::number;
use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::language::coordination::{Parameter, Parameters};

/// More than this is "never" or "without bounds" for any of them.
const MOST: f64 = 1e9;

/// Something is divided by these, so that they cannot be 0.
const DIVISORS: [&str; 7] = [
    "half_effort",
    "both_sides",
    "honing_reference",
    "effort_to_maintain",
    "decision_chance",
    "weekend_share",
    "escalation_days",
];

/// Days that somebody saves; any other number of days is a pace, and the layer goes on by days.
const SAVED: &str = "trusted_assessor_days";

impl Checker<'_> {
    pub(super) fn parameters(&mut self, parameters: &Parameters) {
        for (parameter, value) in Parameters::ALL.iter().zip(parameters.values()) {
            self.parameter(parameter, value);
        }
    }

    fn parameter(&mut self, parameter: &Parameter, value: f64) {
        let name = parameter.name;
        let path = format!("coordination.parameters.{name}");
        let is_share = parameter.unit.starts_with("share");
        let is_pace = name.ends_with("_days") && name != SAVED && !DIVISORS.contains(&name);
        if !(value.is_finite() && value >= 0.0) {
            self.not_negative(&path, value);
        } else if is_share && value > 1.0 {
            self.share(&path, value);
        } else if is_pace && value < 1.0 {
            let message = format!("`{path}` is {}; it must be at least 1 day", number(value));
            let note = "relationships go on by the day; nothing in them can be faster";
            self.at(&path, Diagnostic::error(message).note(note));
        } else if DIVISORS.contains(&name) && value <= 0.0 {
            let message = format!("`{path}` is 0; it must be more than 0");
            self.at(&path, Diagnostic::error(message).note(about(parameter)));
        } else if value > MOST {
            self.at_most(&path, value, MOST);
        } else if !(parameter.low..=parameter.high).contains(&value) {
            let (than, bound) = match value < parameter.low {
                true => ("less", parameter.low),
                false => ("more", parameter.high),
            };
            let message = format!(
                "`{path}` is {}; nobody argues for {than} than {}",
                number(value),
                number(bound)
            );
            self.at(&path, Diagnostic::warning(message).note(about(parameter)));
        }
    }
}

/// What a parameter means and usually is.
fn about(parameter: &Parameter) -> String {
    let Parameter { default, unit, source, meaning, .. } = parameter;
    let unit = if unit.is_empty() { String::new() } else { format!(" [{unit}]") };
    format!("{meaning} If not said, it is {}{unit} (source: {source})", number(*default))
}
