//! Streams of people.

use super::Checker;
use super::numbers::number;
use crate::scenario::diagnostic::Diagnostic;

/// More people a day than this are no place on earth.
const MOST_PER_DAY: f64 = 1_000_000.0;

/// The seconds of a day.
const DAY: usize = 86_400;

/// The day is cut into minutes at the finest.
const FINEST: usize = 1440;

impl Checker<'_> {
    pub(super) fn arrivals(&mut self) {
        let description = self.description;
        if description.arrivals.is_empty() && !self.damage.touches("arrivals") {
            let diagnostic = Diagnostic::error(
                "the scenario has no arrivals, so nobody ever comes",
            )
            .note("such as [arrivals.front_door] with per_day = 40 and pathways = { home = 1 }");
            self.at("", diagnostic);
        }
        for (name, stream) in &description.arrivals {
            let path = format!("arrivals.{name}");
            let per_day = format!("{path}.per_day");
            self.not_negative(&per_day, stream.per_day);
            let largest = |factors: &[f64]| {
                factors
                    .iter()
                    .fold(0.0_f64, |most, factor| most.max(*factor))
            };
            let busiest = stream.per_day * largest(&stream.weekday) * largest(&stream.month);
            self.at_most(&per_day, stream.per_day, MOST_PER_DAY);
            if busiest > MOST_PER_DAY && stream.per_day <= MOST_PER_DAY {
                let message = format!(
                    "`{path}` brings {} people on its busiest days; it must be at most {}",
                    number(busiest),
                    number(MOST_PER_DAY)
                );
                self.at(&per_day, Diagnostic::error(message));
            }
            self.factors(&format!("{path}.weekday"), &stream.weekday);
            self.factors(&format!("{path}.month"), &stream.month);
            self.factors(&format!("{path}.hour"), &stream.hour);
            let parts = stream.hour.len();
            if parts > FINEST || (parts > 0 && !DAY.is_multiple_of(parts)) {
                let message = format!(
                    "`{path}.hour` has {parts} weights; they must cut the day into equal parts of whole seconds, a minute or longer"
                );
                let note =
                    "4 weights are quarters of a day, 24 are hours, 96 are quarters of an hour";
                self.at(
                    &format!("{path}.hour"),
                    Diagnostic::error(message).note(note),
                );
            }
            self.shares(&format!("{path}.pathways"), &stream.pathways);
        }
    }
}
