//! When a scenario is run, and when its changes happen.

use super::Checker;
use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::tree::Origin;
use crate::scenario::units::Date;

/// More repetitions than this are a slip of the pen.
const MOST_REPLICATIONS: u32 = 1_000_000;

/// Seconds of a run are counted in 32 bits \[days\].
const MOST_DAYS: f64 = 130.0 * 365.0;

impl Checker<'_> {
    pub(super) fn dates(&mut self, changes: &[(Origin, Date)]) {
        let description = self.description;
        if description.schema != 1 {
            let note = match description.schema {
                0 => "write schema = 1",
                _ => {
                    "this is a later version of the language; use a newer homeward, or write schema = 1"
                }
            };
            let message = format!(
                "`schema` is {}; this version of homeward reads schema 1",
                description.schema
            );
            self.at("schema", Diagnostic::error(message).note(note));
        }
        let run = &description.run;
        if run.length.seconds <= 0.0 {
            let message = format!("`run.length` is {}; it must be more than nothing", run.length);
            self.at("run.length", Diagnostic::error(message).note("such as length = \"1 year\""));
        }
        if !(1..=MOST_REPLICATIONS).contains(&run.replications) {
            let message = format!(
                "`run.replications` is {}; it must be from 1 to {MOST_REPLICATIONS}",
                run.replications
            );
            self.at("run.replications", Diagnostic::error(message));
        }
        let days = run.warm_up.length.days() + run.length.days();
        if days > MOST_DAYS {
            let message = format!(
                "the run lasts {:.0} years with its warm-up; it must be at most {:.0}",
                days / 365.0,
                MOST_DAYS / 365.0
            );
            self.at("run.length", Diagnostic::error(message));
        }
        let years = format!("the years {} to {}", Date::YEARS.start(), Date::YEARS.end());
        let first = run.start.plus_days(-(run.warm_up.length.days().ceil() as i64));
        if first.is_none() {
            let message = format!(
                "a warm-up of {} before {} starts outside of {years}",
                run.warm_up.length, run.start
            );
            self.at("run.warm_up", Diagnostic::error(message));
        }
        let last = run.start.plus_days(run.length.days().ceil() as i64);
        if last.is_none() {
            let message = format!("{} from {} end outside of {years}", run.length, run.start);
            self.at("run.length", Diagnostic::error(message));
        }
        let (Some(first), Some(last)) = (first, last) else {
            return;
        };
        if run.length.seconds <= 0.0 {
            return;
        }
        if ["start", "warm_up", "length"]
            .iter()
            .any(|key| self.damage.touches(&format!("run.{key}")))
        {
            return;
        }
        for (origin, on) in changes {
            if *on < first || *on >= last {
                let message = format!("a change on {on} is outside of the run");
                let note =
                    format!("the run, its warm-up included, goes from {first} until before {last}");
                let place = origin.place(self.sources);
                self.found.push(Diagnostic::error(message).at(place).note(note));
            }
        }
    }
}
