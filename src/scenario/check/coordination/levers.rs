//! What the room tries: each lever needs somebody who can pull it, and something that it moves.

use super::ties::{Tie, What};
use super::{Checker, joined};
use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::language::coordination::Levers;
use crate::scenario::language::{Quantity, TimeQuantity};
use crate::scenario::units::Date;

/// How long a multi-agency event takes \[days\].
const EVENT_DAYS: i64 = 5;

/// A lever that organisations pull together.
struct Shared {
    name: &'static str,
    /// Whether it acts on something.
    acts: fn(What) -> bool,
    /// What there is none of, between two of them.
    nothing: &'static str,
    /// What would have to be there.
    missing: &'static str,
}

const SINGLE_FORM: Shared = Shared {
    name: "single_form",
    acts: |what| what == What::Chance(Quantity::ReferralReturned),
    nothing: "no referral is ever returned",
    missing: "a chance of = \"referral_returned\"",
};

const TRUSTED_ASSESSOR: Shared = Shared {
    name: "trusted_assessor",
    acts: |what| {
        what == What::Wait(TimeQuantity::OwnAssessment)
            || what == What::Chance(Quantity::DuplicateAssessment)
    },
    nothing: "no assessment is waited for, or made twice,",
    missing: "a wait with depends_on.of = \"own_assessment\", or a chance of = \"duplicate_assessment\"",
};

const DAILY_HUDDLE: Shared = Shared {
    name: "daily_huddle",
    acts: |what| {
        what == What::Wait(TimeQuantity::JointDecision)
            || what == What::Chance(Quantity::JointDecision)
    },
    nothing: "nothing is decided together",
    missing: "a wait with depends_on.of = \"joint_decision\", or a chance of = \"joint_decision\"",
};

const HUB: Shared = Shared {
    name: "hub",
    acts: |_| true,
    nothing: "nothing happens that coordination changes",
    missing: "a chance with `of`, or a wait with `depends_on`",
};

const POOLED_BUDGET: Shared = Shared {
    name: "pooled_budget",
    // It also brings the organisations a little closer, whatever happens between them.
    acts: |_| true,
    nothing: "nothing happens that coordination changes",
    missing: "a chance with `of`, or a wait with `depends_on`",
};

impl Checker<'_> {
    pub(super) fn levers(&mut self, levers: &Levers, ties: Option<&[Tie<'_>]>) {
        let Levers {
            single_form,
            trusted_assessor,
            daily_huddle,
            hub,
            discharge_to_assess,
            made,
            fines,
            pooled_budget,
            seven_days,
        } = levers;
        self.shared(&SINGLE_FORM, single_form, ties);
        self.shared(&TRUSTED_ASSESSOR, trusted_assessor, ties);
        self.shared(&DAILY_HUDDLE, daily_huddle, ties);
        self.shared(&HUB, hub, ties);
        self.shared(&POOLED_BUDGET, pooled_budget, ties);
        self.assessed_at_home(*discharge_to_assess, ties);
        self.events(made);
        self.fines(fines, ties);
        self.seven_days(seven_days, ties);
    }

    /// A lever that works between organisations.
    fn shared(&mut self, lever: &Shared, list: &[String], ties: Option<&[Tie<'_>]>) {
        let path = format!("coordination.levers.{}", lever.name);
        if !self.listed(&path, list) {
            return;
        }
        if let [one] = list {
            let message = format!(
                "`{path}` names `{one}` alone; it works between organisations, and must name at least two"
            );
            let note = "leave it out, or write [], if it is not tried";
            self.at(&path, Diagnostic::error(message).note(note));
            return;
        }
        let Some(ties) = ties else { return };
        let names: Vec<&str> = list.iter().map(String::as_str).collect();
        let unable =
            |name: &str| !ties.iter().any(|tie| (lever.acts)(tie.what) && tie.joins(name, &names));
        if !names.is_empty() && names.iter().all(|name| unable(name)) {
            let message = format!(
                "`{path}` moves nothing: {} between {}",
                lever.nothing,
                joined(&names, "and")
            );
            let note = format!(
                "leave it out; or say in a pathway what it acts on: between two of them, {}",
                lever.missing
            );
            let diagnostic = Diagnostic::error(message).note(note);
            self.at(&path, diagnostic.note(able(ties, lever.acts)));
            return;
        }
        for (index, name) in names.iter().enumerate().filter(|(_, name)| unable(name)) {
            let others: Vec<&str> = names.iter().copied().filter(|other| other != name).collect();
            let message = format!(
                "`{name}` cannot pull `{}`: {} between it and {}",
                lever.name,
                lever.nothing,
                joined(&others, "or")
            );
            let note = format!(
                "take `{name}` out; or say in a pathway what it acts on: between it and another, {}",
                lever.missing
            );
            let diagnostic = Diagnostic::error(message).note(note);
            self.at(&format!("{path}.{index}"), diagnostic.note(able(ties, lever.acts)));
        }
    }

    fn assessed_at_home(&mut self, share: f64, ties: Option<&[Tie<'_>]>) {
        let path = "coordination.levers.discharge_to_assess";
        self.share(path, share);
        let in_hospital = What::Chance(Quantity::AssessedInHospital);
        if let Some(ties) = ties
            && share > 0.0
            && !ties.iter().any(|tie| tie.what == in_hospital)
        {
            let message = format!("`{path}` cannot be pulled: nobody is assessed in hospital");
            let note = "take it out; or mark the chance of the assessment before leaving with of = \"assessed_in_hospital\"";
            self.at(path, Diagnostic::error(message).note(note));
        }
    }

    /// Multi-agency events: within the run, one after the other.
    fn events(&mut self, made: &[Date]) {
        let path = "coordination.levers.made";
        let run = &self.description.run;
        let end = run.start.plus_days(run.length.days().ceil() as i64);
        let first = run.start.plus_days(-(run.warm_up.length.days().ceil() as i64));
        let (Some(first), Some(end)) = (first, end) else { return };
        if self.damage.touches("run") || self.damage.touches(path) {
            return;
        }
        for (index, date) in made.iter().enumerate() {
            let path = format!("{path}.{index}");
            let last = |begins: Date| begins.plus_days(EVENT_DAYS - 1).unwrap_or(begins);
            if *date < first || *date >= end {
                let message = format!("a multi-agency event on {date} is outside of the run");
                let note =
                    format!("the run, its warm-up included, goes from {first} until before {end}");
                self.at(&path, Diagnostic::error(message).note(note));
            } else if last(*date) < run.start {
                let message =
                    format!("a multi-agency event on {date} is over before anything is measured");
                let note = format!("measuring starts on {}", run.start);
                self.at(&path, Diagnostic::warning(message).note(note));
            }
            let overlaps = |other: &Date| *other <= last(*date) && *date <= last(*other);
            if let Some(other) = made[..index].iter().find(|other| overlaps(other)) {
                let message = format!(
                    "the multi-agency event on {date} overlaps with that on {other}; each takes {EVENT_DAYS} days"
                );
                self.at(&path, Diagnostic::error(message));
            }
        }
    }

    /// Fines are for those for whom hospitals wait.
    fn fines(&mut self, list: &[String], ties: Option<&[Tie<'_>]>) {
        let d = self.description;
        let path = "coordination.levers.fines";
        if !self.listed(path, list) || self.damage.touches("places") {
            return;
        }
        let acute = |name: &str| {
            d.places.iter().find(|(_, place)| place.acute && place.organisation == name)
        };
        let hospitals: Vec<&str> = d
            .organisations
            .keys()
            .map(String::as_str)
            .filter(|name| acute(name).is_some())
            .collect();
        for (index, name) in list.iter().enumerate() {
            let path = format!("{path}.{index}");
            if let Some((place, _)) = acute(name) {
                let message =
                    format!("`{name}` cannot be fined for delay: people wait in its own `{place}`");
                let note = "fines are for organisations for which a hospital waits";
                self.at(&path, Diagnostic::error(message).note(note));
                continue;
            }
            if hospitals.is_empty() {
                let message = format!("`{name}` cannot be fined for delay: no place is acute");
                let note = "mark the place where people wait with acute = true";
                self.at(&path, Diagnostic::error(message).note(note));
                continue;
            }
            let Some(ties) = ties else { continue };
            let named = d.coordination.iter().flat_map(|it| it.dyads.keys()).any(|dyad| {
                hospitals.iter().any(|hospital| {
                    [format!("{hospital}+{name}"), format!("{name}+{hospital}")].contains(dyad)
                })
            });
            if !named && !ties.iter().any(|tie| tie.joins(name, &hospitals)) {
                let message = format!(
                    "`{name}` cannot be fined for delay: it has no dyad with {}, where people wait",
                    joined(&hospitals, "or")
                );
                let note =
                    format!("take it out, or add [coordination.dyads.\"{}+{name}\"]", hospitals[0]);
                self.at(&path, Diagnostic::error(message).note(note));
            }
        }
    }

    fn seven_days(&mut self, list: &[String], ties: Option<&[Tie<'_>]>) {
        let d = self.description;
        let path = "coordination.levers.seven_days";
        let sound = self.listed(path, list);
        let Some(ties) = ties.filter(|_| sound) else { return };
        let everybody: Vec<&str> = d.organisations.keys().map(String::as_str).collect();
        let flows = |what: What| what == What::Chance(Quantity::WeekendFlow);
        for (index, name) in list.iter().enumerate() {
            if ties.iter().any(|tie| flows(tie.what) && tie.joins(name, &everybody)) {
                continue;
            }
            let message = format!(
                "`{name}` cannot pull `seven_days`: nothing that waits for it flows less at weekends"
            );
            let note = format!(
                "take `{name}` out; or say what does, with a chance of = \"weekend_flow\" between it and another"
            );
            let diagnostic = Diagnostic::error(message).note(note);
            self.at(&format!("{path}.{index}"), diagnostic.note(able(ties, flows)));
        }
    }
}

/// Who can pull a lever, in a line of advice: the pairs between which something happens on which it
/// acts.
fn able(ties: &[Tie<'_>], acts: fn(What) -> bool) -> String {
    const SHOWN: usize = 6;
    let mut pairs: Vec<String> = Vec::new();
    for [one, other] in ties.iter().filter(|tie| acts(tie.what)).filter_map(|tie| tie.between) {
        let pair = joined(&[one.min(other), one.max(other)], "and");
        if !pairs.contains(&pair) {
            pairs.push(pair);
        }
    }
    pairs.truncate(SHOWN);
    match pairs.is_empty() {
        true => String::new(),
        false => format!("it can be pulled by {}", pairs.join("; by ")),
    }
}
