//! What relationships make of people's ways today: the factors that the events read.
//!
//! The couplings, with dR, dU and dQ the changes since the start times *theta*, dK that of the process
//! as it is, c the care that is taken (standard x cutting, over that of the start), and each behind
//! its own switch:
//!
//! | quantity | becomes |
//! |---|---|
//! | time of a case | x c (1 + dup)/(1 + dup0) (1 - work_by_process dK) / pace |
//! | assessments made twice | x clip(1 - 2 dR - 0.5 dU, 0.2, 1.8) |
//! | referrals returned | x exp(-returned_by_understanding dU - returned_by_process dK) c^-returned_by_quality |
//! | joint decision at a meeting | + decision_by_relationship dR + 0.15 dK |
//! | wait for a joint decision | x (1 - 0.3 dK)(1/a - 0.5)/(1/a0 - 0.5), a = a0 + the same |
//! | dispute | x exp(-dispute_by_relationship dR) |
//! | over-prescribed | x exp(-over_prescribed_by_quality dQ - 0.3 dK) (P/P0)^0.3 |
//! | flow at weekends | x min over both of w/w0, w = w0 + 0.5 (G - G0) + lever |
//! | readmission | x 1 + readmission_by_quality (S0 - S cutting) |
//! | who is seen next | the longest delayed with chance G, else own people first |
//!
//! The forms are assumptions; their directions rest on the sources beside the parameters. **Better
//! than the fluid specification**: doubled assessments, returns and disputes that the pathway spells
//! out happen to people, who then wait and take hours; nothing is added for them elsewhere.

use super::Layer;
use super::rules::{ChanceOf, CoordinationRules, WaitOf};
use crate::model::rules::{Chance, NO_EFFECT};
use crate::scenario::language::{Quantity, TimeQuantity};

/// Over-prescription in the country at large, for the part that fines add \[share\].
const OVER_PRESCRIBED: f64 = 0.40;

/// Today's factors; without the layer, everything is as the scenario says.
#[derive(Debug, Clone, Default)]
pub(in crate::model) struct Factors {
    chances: Vec<ChanceFactor>,
    waits: Vec<WaitFactor>,
    teams: Vec<TeamFactor>,
}

/// What a chance becomes: `value x times + plus`, within bounds and never further beyond one than the
/// scenario's own value is.
#[derive(Debug, Clone, Copy)]
struct ChanceFactor {
    times: f64,
    plus: f64,
    low: f64,
    high: f64,
}

impl ChanceFactor {
    const NONE: ChanceFactor = ChanceFactor { times: 1.0, plus: 0.0, low: 0.0, high: 1.0 };
}

/// What a wait becomes.
#[derive(Debug, Clone, Copy)]
struct WaitFactor {
    times: f64,
    less_seconds: f64,
}

/// What a team's capacity and times become.
#[derive(Debug, Clone, Copy)]
pub(in crate::model) struct TeamFactor {
    /// People on duty, as a share of those of the scenario.
    pub headcount: f64,
    /// The time of a case, as a share of that of the scenario.
    pub time: f64,
    /// The chance that the longest delayed is seen next; `None`, if it is first come, first served.
    pub system_first: Option<f64>,
}

impl TeamFactor {
    const NONE: TeamFactor = TeamFactor { headcount: 1.0, time: 1.0, system_first: None };
}

impl Factors {
    /// The chance in force: *the* place at which coordination scales chances.
    #[inline]
    pub(in crate::model) fn chance(&self, chance: &Chance) -> f64 {
        if chance.effect == NO_EFFECT {
            return chance.value;
        }
        let factor = &self.chances[usize::from(chance.effect)];
        let value = chance.value;
        let scaled = value * factor.times + factor.plus;
        scaled.max(factor.low.min(value)).min(factor.high.max(value))
    }

    /// A wait in force \[s\].
    #[inline]
    pub(in crate::model) fn wait(&self, effect: u16, seconds: f64) -> f64 {
        if effect == NO_EFFECT {
            return seconds;
        }
        let factor = &self.waits[usize::from(effect)];
        (seconds * factor.times - factor.less_seconds).max(0.1 * seconds * factor.times)
    }

    /// A team's factors.
    #[inline]
    pub(in crate::model) fn team(&self, team: usize) -> TeamFactor {
        self.teams.get(team).copied().unwrap_or(TeamFactor::NONE)
    }
}

/// What is today.
#[derive(Debug, Clone, Copy)]
pub(super) struct Today {
    /// The day of the run.
    pub day: u32,
    /// It is a Saturday, Sunday or bank holiday.
    pub weekend: bool,
}

/// Works out the factors of a day.
pub(super) fn work_out(
    factors: &mut Factors,
    layer: &Layer,
    rules: &CoordinationRules,
    chances: &[ChanceOf],
    waits: &[WaitOf],
    today: Today,
) {
    let view = View { layer, rules, today, made: rules.made_on(today.day) };
    factors.chances.clear();
    factors.chances.extend(chances.iter().map(|it| view.chance(it)));
    factors.waits.clear();
    factors.waits.extend(waits.iter().map(|it| view.wait(it)));
    factors.teams.clear();
    let organisations: Vec<TeamFactor> =
        (0..rules.organisations.len()).map(|index| view.team(index)).collect();
    let of_team = rules.teams.iter().map(|team| organisations[usize::from(team.organisation)]);
    factors.teams.extend(of_team);
}

/// Changes of a dyad since the start.
#[derive(Debug, Clone, Copy, Default)]
struct Changes {
    /// Relationship, times theta.
    relationship: f64,
    /// Understanding, times theta.
    understanding: f64,
    /// Relational coordination, times theta.
    coordination: f64,
    /// The process.
    process: f64,
}

struct View<'a> {
    layer: &'a Layer,
    rules: &'a CoordinationRules,
    today: Today,
    made: bool,
}

impl View<'_> {
    fn changes(&self, dyad: usize) -> Changes {
        let (now, start) = (&self.layer.dyads[dyad], &self.layer.dyads_at_start[dyad]);
        let theta = self.rules.theta;
        Changes {
            relationship: theta * (now.relationship() - start.relationship()),
            understanding: theta * (now.understanding - start.understanding),
            coordination: theta
                * (self.layer.coordination(dyad) - self.layer.coordination_at_start(dyad)),
            process: now.process - start.process,
        }
    }

    /// The changes around an organisation, weighted by traffic.
    fn changes_around(&self, organisation: usize) -> Changes {
        let mut sum = Changes::default();
        let mut weight = 0.0;
        for (index, dyad) in self.rules.dyads.iter().enumerate() {
            if dyad.has(organisation) {
                let changes = self.changes(index);
                let traffic = dyad.start.traffic;
                weight += traffic;
                sum.relationship += traffic * changes.relationship;
                sum.understanding += traffic * changes.understanding;
                sum.process += traffic * changes.process;
            }
        }
        if weight > 0.0 {
            sum.relationship /= weight;
            sum.understanding /= weight;
            sum.process /= weight;
        }
        sum
    }

    /// The care that an organisation takes, over that of the start.
    fn care(&self, organisation: usize) -> f64 {
        let (now, start) =
            (&self.layer.organisations[organisation], &self.layer.at_start[organisation]);
        now.standard * now.cutting / (start.standard * start.cutting)
    }

    fn chance(&self, of: &ChanceOf) -> ChanceFactor {
        let none = ChanceFactor::NONE;
        let on = &self.rules.couplings;
        let p = &self.rules.parameters;
        let dyad = of.between.and_then(|(one, other)| self.rules.dyad(one, other));
        let changes = dyad.map(|dyad| self.changes(dyad)).unwrap_or_default();
        let lever = dyad.map(|dyad| &self.rules.dyads[dyad]);
        let from = of.between.map(|(from, _)| usize::from(from));
        let care = from.map_or(1.0, |from| self.care(from));
        let gaming = match dyad {
            Some(dyad) if on.gaming && self.rules.dyads[dyad].fined => {
                p.fines_gaming * (1.0 - self.layer.dyads[dyad].relationship())
            }
            _ => 0.0,
        };
        match of.quantity {
            Quantity::ReferralReturned => {
                let mut times = 1.0;
                if on.returns {
                    times *= (-p.returned_by_understanding * changes.understanding
                        - p.returned_by_process * changes.process)
                        .exp()
                        * care.powf(-p.returned_by_quality);
                }
                let form = lever.and_then(|lever| lever.single_form_from);
                if form.is_some_and(|from| self.today.day >= from) {
                    times *= p.single_form_returned;
                }
                ChanceFactor { times, plus: gaming, low: 0.02, high: 0.6 }
            }
            Quantity::Dispute => {
                let mut times = 1.0;
                if on.disputes {
                    times *= (-p.dispute_by_relationship * changes.relationship).exp();
                }
                if lever.is_some_and(|lever| lever.pooled) {
                    times *= p.pooled_disputes;
                }
                if self.made {
                    times = 0.0;
                }
                ChanceFactor { times, plus: if self.made { 0.0 } else { gaming }, ..none }
            }
            Quantity::DuplicateAssessment => {
                let mut times = self.doubled(changes);
                if let (Some(dyad), true) = (dyad, lever.is_some_and(|it| it.trusted_assessor)) {
                    times *= 1.0 - 0.8 * self.layer.dyads[dyad].relationship();
                }
                ChanceFactor { times, ..none }
            }
            Quantity::JointDecision if self.made => ChanceFactor { plus: 1.0, ..none },
            Quantity::JointDecision => {
                let plus = if on.decisions { self.agree_more(changes) } else { 0.0 };
                ChanceFactor { plus, low: 0.15, high: 0.95, ..none }
            }
            Quantity::OverPrescribed => {
                let mut times = 1.0;
                if let (true, Some(from)) = (on.over_prescription, from) {
                    let pressed = self.layer.organisations[from].pressure
                        / self.layer.at_start[from].pressure;
                    times *= (-p.over_prescribed_by_quality * changes.coordination
                        - 0.3 * changes.process)
                        .exp()
                        * pressed.powf(0.3);
                }
                let at_home = self.rules.discharge_to_assess;
                times *= 1.0 - at_home * (1.0 - p.assess_at_home_over_prescribed);
                if lever.is_some_and(|lever| lever.fined) {
                    times *= 1.0 + p.fines_over_prescribed / OVER_PRESCRIBED;
                }
                ChanceFactor { times, ..none }
            }
            Quantity::WeekendFlow => ChanceFactor { times: self.weekend(of), ..none },
            Quantity::Readmission => {
                let mut times = 1.0;
                if let (true, Some(from)) = (on.readmissions, from) {
                    let (now, start) =
                        (&self.layer.organisations[from], &self.layer.at_start[from]);
                    let less = start.standard * start.cutting - now.standard * now.cutting;
                    times *= 1.0 + p.readmission_by_quality * less;
                }
                if self.rules.organisations.iter().any(|it| it.fined) {
                    times *= p.fines_readmission;
                }
                ChanceFactor { times, ..none }
            }
            Quantity::AssessedInHospital => {
                ChanceFactor { times: 1.0 - self.rules.discharge_to_assess, ..none }
            }
        }
    }

    /// How many more assessments are made twice.
    fn doubled(&self, changes: Changes) -> f64 {
        if !self.rules.couplings.duplicates {
            return 1.0;
        }
        (1.0 - 2.0 * changes.relationship - 0.5 * changes.understanding).clamp(0.2, 1.8)
    }

    /// How much more often two organisations agree.
    fn agree_more(&self, changes: Changes) -> f64 {
        self.rules.parameters.decision_by_relationship * changes.relationship
            + 0.15 * changes.process
    }

    /// What flows at a weekend, over what did at the start.
    fn weekend(&self, of: &ChanceOf) -> f64 {
        let Some((one, other)) = of.between else { return 1.0 };
        if !self.today.weekend {
            return 1.0;
        }
        let p = &self.rules.parameters;
        let flows = |side: u8| {
            let side = usize::from(side);
            let turned = match self.rules.couplings.weekends {
                true => {
                    0.5 * (self.layer.organisations[side].goals - self.layer.at_start[side].goals)
                }
                false => 0.0,
            };
            let lever =
                if self.rules.organisations[side].seven_days { p.seven_days_share } else { 0.0 };
            (p.weekend_share + turned + lever).clamp(0.05, 1.0)
        };
        flows(one).min(flows(other)) / p.weekend_share
    }

    fn wait(&self, of: &WaitOf) -> WaitFactor {
        let p = &self.rules.parameters;
        let mut wait = WaitFactor { times: 1.0, less_seconds: 0.0 };
        let Some(dyad) = self.rules.dyad(of.between.0, of.between.1) else { return wait };
        let changes = self.changes(dyad);
        let lever = &self.rules.dyads[dyad];
        match of.quantity {
            TimeQuantity::JointDecision => {
                if self.rules.couplings.decisions {
                    let agree = (p.decision_chance + self.agree_more(changes)).clamp(0.15, 0.95);
                    wait.times *= (1.0 - 0.3 * changes.process) * (1.0 / agree - 0.5)
                        / (1.0 / p.decision_chance - 0.5);
                }
                if lever.huddle || lever.hub {
                    wait.times *= p.daily_decisions;
                }
                if self.made {
                    wait.times = 0.0;
                }
            }
            TimeQuantity::OwnAssessment => {
                if lever.trusted_assessor {
                    let trust = self.layer.dyads[dyad].relationship();
                    wait.less_seconds = p.trusted_assessor_days * trust * 86_400.0;
                }
            }
        }
        wait
    }

    fn team(&self, organisation: usize) -> TeamFactor {
        let (on, p) = (&self.rules.couplings, &self.rules.parameters);
        let now = &self.layer.organisations[organisation];
        let mut time = 1.0 / now.pace;
        if on.work {
            time *= self.care(organisation) * self.needed(organisation);
        }
        if self.rules.organisations[organisation].fined {
            time *= p.fines_speed;
        }
        TeamFactor {
            headcount: now.headcount,
            time,
            system_first: on.priority.then_some(now.goals),
        }
    }

    /// The work that a case needs, over that of the start: doubled work and the process.
    fn needed(&self, organisation: usize) -> f64 {
        let p = &self.rules.parameters;
        let changes = self.changes_around(organisation);
        let twice = (1.0 + p.duplicated_work * self.doubled(changes)) / (1.0 + p.duplicated_work);
        twice * (1.0 - p.work_by_process * changes.process).max(0.05)
    }
}

/// The work that a case of an organisation needs, over that of the start.
pub(super) fn work_needed(layer: &Layer, rules: &CoordinationRules, organisation: usize) -> f64 {
    if !rules.couplings.work {
        return 1.0;
    }
    let today = Today { day: 0, weekend: false };
    View { layer, rules, today, made: false }.needed(organisation)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Model, compile};
    use crate::scenario::Scenario;

    fn model(theta: f64) -> Model {
        let scenario = Scenario::read("coordination".as_ref(), &[]);
        compile(&scenario.expect("the shipped scenario has no mistakes")).with_theta(theta)
    }

    /// What a chance of a fifth becomes, by quantity, after something has changed in the layer.
    fn fifths(theta: f64, change: impl Fn(&mut Layer)) -> Vec<(Quantity, f64)> {
        let model = model(theta);
        let rules = model.first_rules();
        let coordination = rules.coordination.as_ref().expect("it has a layer");
        let mut layer = Layer::new(coordination, 728);
        change(&mut layer);
        let mut factors = Factors::default();
        let today = Today { day: 0, weekend: false };
        let (chances, waits) = (&rules.chances_changed, &rules.waits_changed);
        work_out(&mut factors, &layer, coordination, chances, waits, today);
        (0..)
            .zip(chances)
            .map(|(effect, of)| (of.quantity, factors.chance(&Chance { value: 0.2, effect })))
            .collect()
    }

    fn closer(layer: &mut Layer) {
        for dyad in &mut layer.dyads {
            dyad.leads += 0.1;
            dyad.teams += 0.1;
            dyad.understanding += 0.1;
        }
    }

    #[test]
    fn at_the_start_everything_is_as_the_scenario_says() {
        for (quantity, fifth) in fifths(0.6, |_| {}) {
            assert!((fifth - 0.2).abs() < 1e-12, "{quantity:?}: {fifth}");
        }
    }

    #[test]
    fn for_sceptics_relationships_change_no_chance() {
        for (quantity, fifth) in fifths(0.0, closer) {
            assert!((fifth - 0.2).abs() < 1e-12, "{quantity:?}: {fifth}");
        }
    }

    #[test]
    fn the_couplings_are_those_of_the_specification() {
        for (quantity, fifth) in fifths(0.6, closer) {
            // Relationship and understanding 0.1 better, times theta.
            let expected = match quantity {
                Quantity::ReferralReturned => 0.2 * (-1.6_f64 * 0.06).exp(),
                Quantity::Dispute => 0.2 * (-3.0_f64 * 0.06).exp(),
                Quantity::DuplicateAssessment => 0.2 * (1.0 - 2.0 * 0.06 - 0.5 * 0.06),
                Quantity::JointDecision => 0.2 + 0.6 * 0.06,
                // Q rises by six sevenths of 0.1.
                Quantity::OverPrescribed => 0.2 * (-1.3_f64 * 0.06 * 6.0 / 7.0).exp(),
                Quantity::WeekendFlow | Quantity::Readmission | Quantity::AssessedInHospital => 0.2,
            };
            assert!((fifth - expected).abs() < 1e-9, "{quantity:?}: {fifth}, not {expected}");
        }
    }

    #[test]
    fn less_care_brings_referrals_and_people_back() {
        let care_less = |layer: &mut Layer| {
            for organisation in &mut layer.organisations {
                organisation.standard *= 0.9;
            }
        };
        for (quantity, fifth) in fifths(0.0, care_less) {
            let expected = match quantity {
                Quantity::ReferralReturned => 0.2 * 0.9_f64.powf(-1.2),
                Quantity::Readmission => 0.2 * (1.0 + 1.5 * 0.097),
                _ => 0.2,
            };
            assert!((fifth - expected).abs() < 1e-9, "{quantity:?}: {fifth}, not {expected}");
        }
    }
}
