//! What a day does to the layer: organisations and dyads go on by a day.

use super::dyad::{Influence, Sides};
use super::organisation::{Organisation, Strain};
use super::rules::{CoordinationRules, DyadRules, ProgrammeRules};
use super::{Layer, factors, programme, start};
use crate::scenario::language::coordination::Parameters;

/// How quickly the delay that people talk about follows the delay that there is \[days\].
const DELAY_DAYS: f64 = 14.0;

/// After so many days of measuring, what is usual is known well enough to tell busy days \[days\].
const DAYS_UNTIL_USUAL: f64 = 14.0;

/// The weeks after a hub begins in which it costs more than it brings \[days\].
const UPHEAVAL_DAYS: u32 = 56;

/// What the world looks like at a midnight.
#[derive(Debug)]
pub(super) struct Midnight {
    /// People ready to leave.
    pub(super) ready: f64,
    /// Cases that wait, by team.
    pub(super) waiting: Vec<f64>,
}

impl Layer {
    /// Measures the starting point on a day of the warm-up; `season` is how busy the month is.
    pub(super) fn measure(&mut self, rules: &CoordinationRules, season: f64, midnight: &Midnight) {
        self.days_measured += 1.0;
        self.usual_delayed += midnight.ready;
        for (team, waiting) in self.teams.iter_mut().zip(&midnight.waiting) {
            team.usual += team.felt(*waiting, rules.parameters.backlog_days) / season;
        }
        for (sum, dyad) in self.conflict_measured.iter_mut().zip(&self.dyads) {
            *sum += dyad.conflict;
        }
        if self.days_measured >= DAYS_UNTIL_USUAL {
            self.measure_cutting(rules, midnight);
        }
    }

    /// Measures how much is cut at the start: on busy days corners are cut, on quiet days nothing is
    /// added, so that the mean lies below 1 even if nothing changes.
    fn measure_cutting(&mut self, rules: &CoordinationRules, midnight: &Midnight) {
        let p = &rules.parameters;
        for (index, of_it) in rules.organisations.iter().enumerate() {
            let load = self.load(rules, index, midnight, self.days_measured);
            let start = self.at_start[index];
            let rest = &mut self.rests[index];
            rest.pressure += (load - rest.pressure) / p.pressure_days;
            let mut that_day = Organisation { pressure: rest.pressure, ..start };
            that_day.follow(of_it, p, &start);
            rest.cutting += that_day.cutting;
            rest.days += 1.0;
        }
    }

    /// The warm-up is over: the rates are solved, and from now on states change.
    pub(super) fn come_to_life(&mut self, rules: &CoordinationRules) {
        self.lives = true;
        let days = self.days_measured.max(1.0);
        for team in &mut self.teams {
            team.usual /= days;
        }
        for (start, rest) in self.at_start.iter_mut().zip(&self.rests) {
            if rest.days > 0.0 {
                start.cutting = rest.cutting / rest.days;
            }
        }
        self.usual_delayed /= days;
        self.delayed = self.usual_delayed;
        for (index, of_dyad) in rules.dyads.iter().enumerate() {
            let conflict = self.conflict_measured[index] / days;
            let sides = Sides { now: self.sides(of_dyad).start, ..self.sides(of_dyad) };
            let start = &self.dyads_at_start[index];
            let gains = start::solve(start, of_dyad, &rules.parameters, &sides, conflict);
            self.dyads[index].gains = gains;
        }
    }

    pub(super) fn end_the_day(&mut self) {
        for team in &mut self.teams {
            team.end_the_day();
        }
    }

    /// What the conflicts of a day did to the relationships has been counted.
    pub(super) fn forget_conflict(&mut self) {
        for dyad in &mut self.dyads {
            dyad.conflict = 0.0;
        }
    }

    /// Splits the hours of the day that begins, and works out who is there and how fast they go.
    pub(super) fn spend_the_day(&mut self, rules: &CoordinationRules, day: u32) {
        let programme = rules.programme.as_ref().map(|it| (it, it.on(day)));
        for (index, of_it) in rules.organisations.iter().enumerate() {
            let attending =
                programme.as_ref().map_or(0.0, |(it, today)| it.cost(today, index, of_it.staff));
            let moving =
                of_it.hub_since.is_some_and(|since| (since..since + UPHEAVAL_DAYS).contains(&day));
            let upheaval = if moving { rules.parameters.hub_upheaval } else { 0.0 };
            let organisation = &mut self.organisations[index];
            organisation.spend_the_day(of_it, &rules.parameters, attending + upheaval);
            organisation.man(of_it, &rules.parameters, &rules.couplings, &self.at_start[index]);
        }
    }

    /// Goes on by the day that ended; `day` is the one that begins.
    pub(super) fn go_on(&mut self, rules: &CoordinationRules, day: u32, midnight: &Midnight) {
        let p = &rules.parameters;
        self.delayed += (midnight.ready - self.delayed) / DELAY_DAYS;
        self.usual_delayed += (self.delayed - self.usual_delayed) / p.used_to_days;
        let programme = rules.programme.as_ref().map(|it| (it, it.on(day - 1)));
        if let Some((programme, today)) = &programme {
            self.attend(programme, today, p);
        }
        let strains: Vec<Strain> = (0..rules.organisations.len())
            .map(|index| self.strain(rules, index, midnight, programme.as_ref()))
            .collect();
        // Both sides of a dyad are as they were yesterday.
        for (index, of_dyad) in rules.dyads.iter().enumerate() {
            let influence = self.influence(rules, of_dyad, programme.as_ref());
            let mut dyad = self.dyads[index];
            dyad.go_on(of_dyad, p, &self.sides(of_dyad), &influence);
            if of_dyad.pooled && !self.pooled[index] {
                dyad.teams = (dyad.teams + p.pooled_relationship).min(1.0);
                dyad.leads = (dyad.leads + p.pooled_relationship).min(1.0);
            }
            self.pooled[index] |= of_dyad.pooled;
            self.dyads[index] = dyad;
        }
        for (index, strain) in strains.iter().enumerate() {
            let of_it = &rules.organisations[index];
            self.organisations[index].go_on(of_it, p, &self.at_start[index], strain);
            self.organisations[index].follow(of_it, p, &self.at_start[index]);
        }
    }

    /// What the programme does to organisations on a day.
    fn attend(&mut self, programme: &ProgrammeRules, today: &programme::Today, p: &Parameters) {
        for (index, organisation) in self.organisations.iter_mut().enumerate() {
            if programme.attending[index] {
                organisation.prepared = (organisation.prepared + today.discussed).min(1.0);
                if today.evaluation {
                    organisation.sponsorship =
                        (organisation.sponsorship + p.evaluation_sponsorship).min(1.0);
                }
            }
        }
        if today.evaluation {
            // Gains become visible: what counts from now on is the delay there is.
            self.usual_delayed = self.usual_delayed.max(self.delayed);
        }
    }

    fn strain(
        &self,
        rules: &CoordinationRules,
        index: usize,
        midnight: &Midnight,
        programme: Option<&(&ProgrammeRules, programme::Today)>,
    ) -> Strain {
        let p = &rules.parameters;
        let (mut relationship, mut weight) = (0.0, 0.0);
        for (dyad, of_dyad) in rules.dyads.iter().enumerate() {
            if of_dyad.has(index) {
                let change = self.dyads[dyad].teams - self.dyads_at_start[dyad].teams;
                relationship += of_dyad.start.traffic * change;
                weight += of_dyad.start.traffic;
            }
        }
        let of_it = &rules.organisations[index];
        Strain {
            load: self.load(rules, index, midnight, 1.0),
            relationship: if weight > 0.0 { relationship / weight } else { 0.0 },
            delay_excess: self.delayed / self.usual_delayed.max(1.0) - 1.0,
            drawn: if of_it.fined { -p.fines_goals } else { 0.0 },
            sponsored: programme.map_or(0.0, |(it, today)| it.sponsors(today, index, p)),
        }
    }

    /// Work asked of an organisation over what it can do at the pace of the start. What is usual is a
    /// sum over `days`.
    fn load(&self, rules: &CoordinationRules, index: usize, midnight: &Midnight, days: f64) -> f64 {
        let (now, start) = (&self.organisations[index], &self.at_start[index]);
        let (mut asked, mut staff) = (0.0, 0.0);
        for (team, of_team) in rules.teams.iter().enumerate() {
            if usize::from(of_team.organisation) != index {
                continue;
            }
            let work = &self.teams[team];
            let felt = work.felt(midnight.waiting[team], rules.parameters.backlog_days);
            let busier = if work.usual > 0.0 { felt * days / work.usual } else { 1.0 };
            let discharge = of_team.share_of_time * busier;
            asked += work.staff * (1.0 - of_team.share_of_time + discharge);
            staff += of_team.staff;
        }
        let asked_over_staff = if staff > 0.0 { asked / staff } else { 1.0 };
        let standard = now.standard / start.standard;
        let needed = factors::work_needed(self, rules, index);
        // Harder work is what pressure leads to, not what it is measured against.
        let pace = now.pace * start.working / now.working;
        start.pressure * asked_over_staff * standard * needed / (now.headcount * pace)
    }

    fn influence(
        &self,
        rules: &CoordinationRules,
        of_dyad: &DyadRules,
        programme: Option<&(&ProgrammeRules, programme::Today)>,
    ) -> Influence {
        let p = &rules.parameters;
        let mut influence = Influence::NONE;
        if of_dyad.hub {
            influence.gain = p.hub_gain;
        }
        if of_dyad.fined {
            influence.harm = p.fines_harm_per_month / 30.0;
        }
        if let Some((programme, today)) = programme {
            let [one, other] = of_dyad.sides();
            let prepared = [self.organisations[one].prepared, self.organisations[other].prepared];
            (influence.leads, influence.understanding) =
                programme.closes(today, of_dyad.pair, prepared, p);
            let attends = programme.attending[one] && programme.attending[other];
            if today.evaluated && attends {
                influence.neglect = p.evaluation_keeps;
            }
        }
        influence
    }
}
