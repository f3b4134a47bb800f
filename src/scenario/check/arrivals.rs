//! Streams of people.

use super::Checker;
use super::numbers::number;
use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::language::{Arrivals, Batch, PROFILES};
use crate::scenario::law;

/// More people a day than this are no place on earth.
const MOST_PER_DAY: f64 = 1_000_000.0;

/// More people than this do not come together.
const MOST_TOGETHER: u32 = 1_000;

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
            self.coming(&path, stream);
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
        }
    }

    /// A stream says in one way how its people come.
    fn coming(&mut self, path: &str, stream: &Arrivals) {
        let given = [
            ("per_day", stream.per_day.is_some()),
            ("every", stream.every.is_some()),
            ("gaps", stream.gaps.is_some()),
            ("at", !stream.at.is_empty()),
            ("on", stream.on.is_some()),
        ];
        let found: Vec<&str> = given.iter().filter(|(_, is)| *is).map(|(key, _)| *key).collect();
        match found.as_slice() {
            [] if !self.damage.touches(path) => {
                let diagnostic = Diagnostic::error(format!(
                    "`{path}` says neither how many people come nor when"
                ))
                .note("give per_day = 40, or every, gaps, at or on; a list is such as at = [\"2025-01-06 08:00\"]");
                self.at(path, diagnostic);
            }
            [] | [_] => {}
            several => {
                let keys = several.join("`, `");
                let message = format!("`{path}` has the keys `{keys}`; it must have one of them");
                let last = several.last().copied().unwrap_or_default();
                self.at(&format!("{path}.{last}"), Diagnostic::error(message));
            }
        }
        if let ([key], None) = (found.as_slice(), stream.per_day) {
            for profile in PROFILES {
                let of_profile = format!("{path}.{profile}");
                if self.tree.find(&of_profile).is_some() {
                    let message = format!(
                        "`{path}` has the key `{profile}`, which means nothing for `{key}`"
                    );
                    let note = "it is the profile of a rate, which goes with `per_day`";
                    self.at_key(&of_profile, Diagnostic::error(message).note(note));
                }
            }
        }
        self.gaps(path, stream);
        if let Some(on) = &stream.on {
            for (key, is_empty) in [("at", on.at.is_empty()), ("days", on.days.is_empty())] {
                let of_key = format!("{path}.on.{key}");
                if is_empty && !self.damage.touches(&of_key) {
                    let message = format!("`{of_key}` is empty, so nobody ever comes");
                    self.at(&of_key, Diagnostic::error(message));
                }
            }
        }
        if let Some(batch) = &stream.batch {
            self.batch(&format!("{path}.batch"), batch);
        }
        self.moments(path, stream);
    }

    /// The gaps of a renewal process let time go on.
    fn gaps(&mut self, path: &str, stream: &Arrivals) {
        let before = self.found.len();
        if let Some(gaps) = &stream.gaps {
            self.distribution(&format!("{path}.gaps"), gaps);
        }
        if self.found.len() > before {
            return;
        }
        let mean = stream.gaps.as_ref().and_then(law::of).map(|law| law.mean());
        let every = stream.every.map(|every| every.seconds);
        for (key, mean) in [("gaps", mean), ("every", every)] {
            if mean.is_some_and(|mean| mean < 1.0) {
                let message =
                    format!("`{path}.{key}` is less than a second; nobody comes more often");
                let note = "people who come at the same moment are a `batch`";
                self.at(&format!("{path}.{key}"), Diagnostic::error(message).note(note));
            }
        }
    }

    fn batch(&mut self, path: &str, batch: &Batch) {
        let Batch(sizes) = batch;
        for (size, _) in sizes {
            if !(1..=MOST_TOGETHER).contains(size) {
                let message = format!(
                    "`{path}` lets {size} people come together; it must be from 1 to {MOST_TOGETHER}"
                );
                self.at(path, Diagnostic::error(message));
            }
        }
        if self.tree.find(path).is_some_and(|(_, node)| node.table().is_some()) {
            let shares = sizes.iter().map(|(size, share)| (size.to_string(), *share)).collect();
            self.shares(path, &shares);
        }
    }

    /// The moments at which people come lie within the run.
    fn moments(&mut self, path: &str, stream: &Arrivals) {
        let run = &self.description.run;
        let days = |seconds: f64| (seconds / DAY as f64).ceil() as i64;
        let first = run.start.plus_days(-days(run.warm_up.length.seconds));
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
