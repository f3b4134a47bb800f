//! The starting point: rates solved so that doing nothing stands still.
//!
//! While a run warms up, organisations and dyads are held at their start, and it is measured what
//! work is asked of each team, what conflict there is in each dyad, and how many people are delayed.
//! When measuring starts, the layer begins to live, and the rates of gain are solved from
//!
//! ```text
//! 0 = aR E (1-R) - (1-n)(R - neglected)/decay_days - (1-kept) l (R - new) + conflict
//! 0 = aU E (1-U)(0.5 + R) - ((1-n)/decay_days + (1-kept) l)(U - neglected)
//! 0 = aK EK (ln 2 / h)(1-K) - K/process_decay_days
//! ```
//!
//! **Better than solving once for a scenario**: each replication solves its own, from the events of
//! its own people, so that none drifts because its first months happened to be busy. Two scenarios
//! that differ only from the measured time on have the same rates, replication by replication.

use super::dyad::{Dyad, Gains, Sides};
use super::rules::DyadRules;
use crate::scenario::language::coordination::Parameters;

/// The gains at which a dyad stands still; `conflict` is what conflicts add on a day.
pub(super) fn solve(
    dyad: &Dyad,
    rules: &DyadRules,
    p: &Parameters,
    sides: &Sides<'_>,
    conflict: f64,
) -> Gains {
    let flows = dyad.flows(rules, p, sides);
    let relationship = dyad.relationship();
    let lost = flows.neglect * (relationship - p.neglected_relationship)
        + flows.turnover * (relationship - p.new_relationship)
        - conflict;
    let gained = flows.relating * (1.0 - relationship);
    let understanding = dyad.understanding;
    let forgotten = (flows.neglect + flows.turnover) * (understanding - p.neglected_understanding);
    let learned = flows.relating * (1.0 - understanding) * (0.5 + relationship);
    let worn = dyad.process / p.process_decay_days;
    let honed = flows.honing * (1.0 - dyad.process);
    // Without effort at the start there is nothing to solve from: the usual rates hold then.
    let rate = |lost: f64, gained: f64, usual: f64| {
        if gained > 1e-9 { (lost / gained).max(0.0) } else { usual }
    };
    Gains {
        relationship: rate(lost, gained, 0.0013),
        understanding: rate(forgotten, learned, 0.00125),
        process: rate(worn, honed, 1.0),
    }
}

#[cfg(test)]
mod tests {
    use super::super::organisation::Organisation;
    use super::super::rules::OrganisationRules;
    use super::*;
    use crate::random::Key;
    use crate::scenario::language::coordination::Stance;

    #[test]
    fn the_rates_are_those_of_the_specification() {
        let p = Parameters::default();
        let side = |turnover: f64| {
            Organisation::new(&OrganisationRules::ordinary(Stance::default(), turnover), &p)
        };
        let (one, other) = (side(0.105), side(0.24));
        let sides = Sides { now: [&one, &other], start: [&one, &other] };
        let rules = DyadRules {
            pair: (0, 1),
            start: crate::scenario::language::coordination::Dyad::default(),
            single_form_from: None,
            trusted_assessor: false,
            huddle: false,
            hub: false,
            pooled: false,
            fined: false,
            key: Key::of_name("a dyad"),
        };
        // 0.3 contested cases a day, 44 % of which are worked through.
        let conflict = 0.3 * (0.44 * 0.0004 * 0.56 - 0.56 * 0.0010 * 0.44);
        let gains = solve(&Dyad::new(&rules), &rules, &p, &sides, conflict);
        assert!((gains.relationship - 1.3e-3).abs() < 0.1e-3, "{gains:?}");
        assert!((gains.understanding - 1.25e-3).abs() < 0.25e-3, "{gains:?}");
        assert!((gains.process - 1.0).abs() < 0.15, "{gains:?}");

        // And with them a dyad stands still.
        let mut dyad = Dyad { gains, ..Dyad::new(&rules) };
        for _ in 0..730 {
            dyad.conflict = conflict;
            dyad.go_on(&rules, &p, &sides, &super::super::dyad::Influence::NONE);
        }
        assert!((dyad.relationship() - rules.start.teams).abs() < 1e-6, "{dyad:?}");
        assert!((dyad.understanding - rules.start.understanding).abs() < 1e-6, "{dyad:?}");
        assert!((dyad.process - rules.start.process).abs() < 1e-6, "{dyad:?}");
    }
}
