//! Two organisations: their relationship, their understanding and their process.
//!
//! With `r` and `k` the hours for relating and honing of each side, `q` = both_sides, `f(r) = r /
//! (r + half_effort)`, `l` the shares of staff who leave, `s` sponsorship, RL and RT the relationship
//! of leads and of teams, U understanding, K the process, and an index 0 for the start:
//!
//! ```text
//! E   = ((f(r1)^-q + f(r2)^-q) / 2)^(-1/q)                  nearly the lesser: both must invest
//! n   = min(1, E / effort_to_maintain)
//! H   = clip(sqrt(mood1 mood2)^0.5, 0.3, 1.15)              the exhausted cannot relate; mood = M / M0
//! g   = aR E H
//! RT' = g (1-RT) - (1-n)(RT - neglected)/decay_days - (1-kept)(l1+l2)(RT - new) + conflict
//!       + (RL-RT) sqrt(s1 s2) min(2, E/0.4) / leads_to_teams_days
//! RL' = the same with RL, and teams_to_leads (RT-RL) / leads_to_teams_days + programme
//! U'  = aU E (1-U)(0.5 + R) - (1-n)(U - neglected)/decay_days - (1-kept)(l1+l2)(U - neglected) + programme
//! K'  = aK EK (ln 2 / h)(1-K) - K/process_decay_days        EK: as E, of k / honing_reference, at most 2
//! h   = apart - (apart - together) min(1, Q / 0.8);   Q = (5 RT + U + (G1+G2)/2) / 7
//! ```
//!
//! Q is relational coordination: of its seven items, four are of communication and one of respect,
//! which RT stands for, one of shared knowledge and one of shared goals. A survey reads 1 + 4 Q.
//!
//! aR, aU and aK are not parameters: `start.rs` solves them so that nothing moves as long
//! as nobody does anything else. That of the process is one more than the specification has: with it
//! the process stands still as well.

use super::organisation::Organisation;
use super::rules::DyadRules;
use crate::scenario::language::coordination::Parameters;

/// The relational coordination at which honing is as fast as it gets.
const TOGETHER: f64 = 0.8;

/// The state of a dyad.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::model) struct Dyad {
    /// The relationship of the leads [0-1].
    pub leads: f64,
    /// The relationship of the teams [0-1].
    pub teams: f64,
    /// Shared understanding [0-1].
    pub understanding: f64,
    /// The honed process [0-1].
    pub process: f64,
    /// How fast effort becomes relationship, understanding and process, as solved at the start.
    pub gains: Gains,
    /// What today's conflicts add to the relationship, or take from it.
    pub conflict: f64,
}

/// Rates of gain.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(in crate::model) struct Gains {
    /// Of relationship \[1/day\].
    pub relationship: f64,
    /// Of understanding \[1/day\].
    pub understanding: f64,
    /// Of the process, against the half-lives \[ratio\].
    pub process: f64,
}

/// What acts on a dyad on a day, beside its two organisations.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Influence {
    /// How much faster relationships grow.
    pub gain: f64,
    /// The part of the loss by neglect that remains.
    pub neglect: f64,
    /// What activities close of the gap between leads.
    pub leads: f64,
    /// What they close of the gap in understanding.
    pub understanding: f64,
    /// What fines take from the relationship.
    pub harm: f64,
}

impl Influence {
    /// An ordinary day.
    pub(super) const NONE: Influence =
        Influence { gain: 1.0, neglect: 1.0, leads: 0.0, understanding: 0.0, harm: 0.0 };
}

/// The two sides, and how they were at the start.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sides<'a> {
    /// The two.
    pub now: [&'a Organisation; 2],
    /// The two at the start.
    pub start: [&'a Organisation; 2],
}

/// The flows of a day, before gains are applied.
#[derive(Debug, Clone, Copy)]
pub(super) struct Flows {
    /// Joint effort, times how able to relate people are.
    pub relating: f64,
    /// Joint honing over the half-life \[1/day\].
    pub honing: f64,
    /// The rate of loss by neglect \[1/day\].
    pub neglect: f64,
    /// The rate of loss by turnover \[1/day\].
    pub turnover: f64,
}

impl Dyad {
    /// How a dyad starts; the gains are solved later.
    pub(super) fn new(rules: &DyadRules) -> Dyad {
        let start = &rules.start;
        Dyad {
            leads: start.leads,
            teams: start.teams,
            understanding: start.understanding,
            process: start.process,
            ..Dyad::default()
        }
    }

    /// The relationship: of leads and teams alike.
    pub(in crate::model) fn relationship(&self) -> f64 {
        0.5 * (self.leads + self.teams)
    }

    /// Relational coordination [0-1].
    pub(in crate::model) fn coordination(&self, goals: [f64; 2]) -> f64 {
        (5.0 * self.teams + self.understanding + 0.5 * (goals[0] + goals[1])) / 7.0
    }

    /// What flows on a day.
    pub(super) fn flows(&self, rules: &DyadRules, p: &Parameters, sides: &Sides<'_>) -> Flows {
        // A huddle counts half: people meet, but about cases.
        let met = if rules.huddle { 0.5 } else { 0.0 };
        let brings = |side: &Organisation| {
            let hours = side.effort.relate + met * side.huddling;
            hours / (hours + p.half_effort)
        };
        let joint = both(sides.now.map(brings), p.both_sides);
        let mood = |side: usize| sides.now[side].morale / sides.start[side].morale.max(0.05);
        let able = (mood(0) * mood(1)).sqrt().sqrt().clamp(0.3, 1.15);
        let honed = both(sides.now.map(|it| it.effort.hone / p.honing_reference), p.both_sides);
        let together = self.coordination(sides.now.map(|it| it.goals)) / TOGETHER;
        let (apart, close) = (p.honing_half_life_apart_days, p.honing_half_life_together_days);
        let half_life = apart - (apart - close) * together.clamp(0.0, 1.0);
        Flows {
            relating: joint * able,
            honing: honed.min(2.0) * std::f64::consts::LN_2 / half_life,
            neglect: (1.0 - (joint / p.effort_to_maintain).min(1.0)) / p.decay_days,
            turnover: (1.0 - p.kept_when_people_leave)
                * (sides.now[0].leaving + sides.now[1].leaving),
        }
    }

    /// Goes on by a day.
    pub(super) fn go_on(
        &mut self,
        rules: &DyadRules,
        p: &Parameters,
        sides: &Sides<'_>,
        influence: &Influence,
    ) {
        let before = *self;
        let flows = before.flows(rules, p, sides);
        let grow = before.gains.relationship * influence.gain * flows.relating;
        let neglect = flows.neglect * influence.neglect;
        let own = |relationship: f64| {
            grow * (1.0 - relationship)
                - neglect * (relationship - p.neglected_relationship)
                - flows.turnover * (relationship - p.new_relationship)
                + before.conflict
                - influence.harm
        };
        let sponsored = (sides.now[0].sponsorship * sides.now[1].sponsorship).sqrt();
        let reach = sponsored * (flows.relating / 0.4).min(2.0) / p.leads_to_teams_days;
        let back = p.teams_to_leads / p.leads_to_teams_days;
        self.teams =
            share(before.teams + own(before.teams) + reach * (before.leads - before.teams));
        self.leads = share(
            before.leads
                + own(before.leads)
                + back * (before.teams - before.leads)
                + influence.leads * (1.0 - before.leads),
        );
        let learn = before.gains.understanding * influence.gain * flows.relating;
        let lost = (neglect + flows.turnover) * (before.understanding - p.neglected_understanding);
        self.understanding = share(
            before.understanding
                + learn * (1.0 - before.understanding) * (0.5 + before.relationship())
                - lost
                + influence.understanding * (1.0 - before.understanding),
        );
        let honed = before.gains.process * flows.honing * (1.0 - before.process);
        self.process = share(before.process + honed - before.process / p.process_decay_days);
        self.conflict = 0.0;
    }
}

/// What two sides bring together: the mean for q = -1, nearly the lesser for large q. Nothing, if one
/// side brings nothing.
fn both([one, other]: [f64; 2], q: f64) -> f64 {
    (0.5 * (one.powf(-q) + other.powf(-q))).powf(-1.0 / q)
}

fn share(value: f64) -> f64 {
    value.clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_sides_must_invest() {
        assert!((both([0.4, 0.4], 4.0) - 0.4).abs() < 1e-12);
        assert!((both([0.0, 0.9], 4.0)).abs() < 1e-12);
        // One side at twice the other lifts the whole by less than a fifth.
        let lifted = both([0.4, 0.8], 4.0);
        assert!(lifted > 0.4 && lifted < 0.48, "{lifted}");
    }

    #[test]
    fn relational_coordination_is_the_mean_of_seven_items() {
        let dyad = Dyad { leads: 0.9, teams: 0.45, understanding: 0.4, ..Dyad::default() };
        let expected = (5.0 * 0.45 + 0.4 + 0.35) / 7.0;
        assert!((dyad.coordination([0.3, 0.4]) - expected).abs() < 1e-12);
    }
}
