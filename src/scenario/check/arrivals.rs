//! Streams of people.

use super::Checker;
use super::numbers::number;
use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::language::Arrivals;

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
            let rate = stream.per_day.unwrap_or(0.0);
            self.not_negative(&per_day, rate);
            self.rate_or_list(&path, stream);
            let largest =
                |factors: &[f64]| factors.iter().fold(0.0_f64, |most, factor| most.max(*factor));
            let busiest = rate * largest(&stream.weekday) * largest(&stream.month);
            self.at_most(&per_day, rate, MOST_PER_DAY);
            if busiest > MOST_PER_DAY && rate <= MOST_PER_DAY {
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
                self.at(&format!("{path}.hour"), Diagnostic::error(message).note(note));
            }
            self.shares(&format!("{path}.pathways"), &stream.pathways);
        }
    }

    /// A stream has a rate or a list of moments, and those lie within the run.
    fn rate_or_list(&mut self, path: &str, stream: &Arrivals) {
        let written = stream.per_day.is_some();
        if stream.at.is_empty() && !written && !self.damage.touches(path) {
            let diagnostic =
                Diagnostic::error(format!("`{path}` says neither how many people come nor when"))
                    .note("give per_day = 40, or a list such as at = [\"2025-01-06 08:00\"]");
            self.at(path, diagnostic);
        }
        if !stream.at.is_empty() && written {
            let diagnostic = Diagnostic::error(format!(
                "`{path}` has both a rate and a list of moments; it must have one of them"
            ))
            .note("remove per_day or at");
            self.at(&format!("{path}.at"), diagnostic);
        }
        let run = &self.description.run;
        let days = |seconds: f64| (seconds / DAY as f64).ceil() as i64;
        let first = run.start.plus_days(-days(run.warm_up.seconds));
        let end = run.start.plus_days(days(run.length.seconds));
        for (index, moment) in stream.at.iter().enumerate() {
            let early = first.is_some_and(|first| moment.date < first);
            if early || end.is_some_and(|end| moment.date >= end) {
                let diagnostic = Diagnostic::error(format!(
                    "`{path}.at` lists {}, which does not lie within the run",
                    moment.date
                ))
                .note("the run lasts from run.start, less run.warm_up, for run.length");
                self.at(&format!("{path}.at[{index}]"), diagnostic);
            }
        }
    }
}
