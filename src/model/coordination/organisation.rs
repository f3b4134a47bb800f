//! One organisation: its hours, the pressure on it, its morale and its staff.
//!
//! With `e` the effort that it means to make, `s` sponsorship, `P` pressure, `F` fatigue, `S` the
//! standard, `M` morale and an index 0 for the start:
//!
//! ```text
//! keep     = s + (1 - s) exp(-pressure_eats max(0, P - 1.1))         what pressure leaves of protected time
//! r, k, v  = keep x (relate, hone, recover);  task = 1 - r - k - v
//! cutting  = clip(P / P0, 1, 1.5)^-corner_cutting                    time for a case
//! working  = clip(P, 0.9, 1.5)^(1 - corner_cutting)                  harder work
//! sick     = sick0 exp(-sickness_by_morale (M - M0))
//! leaving  = leaving0 exp(-leaving_by_morale (M - M0))
//! P'       = (work asked / work that can be done at the usual pace - P) / pressure_days
//! F'       = (P - F) / fatigue_days
//! S'       = S (cutting / usual - 1) / standard_falls_days + (S0 - S) / standard_recovers_days x k / 0.03
//! M*       = M0 + morale_by_relationship (R - R0) - morale_by_fatigue max(F - P0, -0.1)
//!            + morale_by_recovery (min(v, 0.10) - v0) - morale_by_delay clip(delay / usual - 1, -1, 1)
//! M'       = (M* - M) / (morale_falls_days or morale_recovers_days)
//! ```
//!
//! where *usual* is the mean of `cutting` as measured at the start: busy and quiet days alternate in a
//! discrete-event model, and only the busy ones cut, so that without it the standard would fall and
//! people come back although nothing changes.
//!
//! Corner-cutting, its exponent and its one-way ratchet are Oliva and Sterman's (2001), the capability
//! trap Repenning and Sterman's (2002), the turn from faster to slower under lasting load KC and
//! Terwiesch's (2009). The other forms are assumptions.
//!
//! **Better than the fluid specification**: who is there and how fast they go are kept apart.
//! Sickness and vacant posts take people off duty; effort, morale, fatigue, newcomers and
//! corner-cutting change how long a case takes whoever works on it. And pressure counts all hours of
//! a team, of which discharge work is a share: what else a team does is asked of it every day alike.

use super::rules::OrganisationRules;
use crate::scenario::language::coordination::{Couplings, Effort, Parameters};

/// The hours for honing that restore the standard at the rate of the parameter.
const USUAL_HONING: f64 = 0.03;

/// Nobody goes slower than this, as a share of the pace at the start.
const SLOWEST: f64 = 0.05;

/// The state of an organisation.
#[derive(Debug, Clone, Copy)]
pub(in crate::model) struct Organisation {
    /// Morale [0-1].
    pub morale: f64,
    /// How far its people look to the whole system [0-1].
    pub goals: f64,
    /// How far its leadership team sponsors time for relationships [0-1].
    pub sponsorship: f64,
    /// Work asked over work that can be done.
    pub pressure: f64,
    /// Pressure as it is felt in the long run.
    pub fatigue: f64,
    /// The time that people think a case deserves, as a share of what it would deserve.
    pub standard: f64,
    /// Staff, as a share of those at the start.
    pub staff: f64,
    /// Those of them who are new, as a share of the staff at the start.
    pub new_staff: f64,
    /// How well its leads are prepared by individual discussions [0-1].
    pub prepared: f64,
    /// The effort that it makes today.
    pub effort: Effort,
    /// The part of the hours for tasks that an activity of the programme or an upheaval takes today.
    pub lost: f64,
    /// Hours in a huddle, as a share.
    pub huddling: f64,
    /// The time for a case, as a share of the standard.
    pub cutting: f64,
    /// How much harder people work than usual.
    pub working: f64,
    /// Share of staff who are off sick.
    pub sickness: f64,
    /// Share of staff who leave in a day.
    pub leaving: f64,
    /// People on duty, as a share of those at the start.
    pub headcount: f64,
    /// How fast each goes, as a share of the pace at the start.
    pub pace: f64,
}

/// What presses on an organisation on a day.
#[derive(Debug, Clone, Copy)]
pub(super) struct Strain {
    /// Work asked over the work that can be done, at the pace of the start.
    pub load: f64,
    /// The change of its relationships since the start, weighted by traffic.
    pub relationship: f64,
    /// Delay over the delay that people are used to, less 1.
    pub delay_excess: f64,
    /// How much it is drawn to the whole system or away from it by levers.
    pub drawn: f64,
    /// What the programme, nurture and the evaluation add to sponsorship.
    pub sponsored: f64,
}

impl Organisation {
    /// How an organisation starts.
    pub(super) fn new(rules: &OrganisationRules, parameters: &Parameters) -> Organisation {
        let stance = &rules.stance;
        let mut organisation = Organisation {
            morale: stance.morale,
            goals: stance.goals,
            sponsorship: stance.sponsorship,
            pressure: stance.pressure,
            fatigue: stance.pressure,
            standard: stance.standard,
            staff: 1.0,
            new_staff: rules.leaving_per_day
                / (rules.leaving_per_day + 1.0 / parameters.learning_days),
            prepared: 0.0,
            effort: stance.effort,
            lost: 0.0,
            huddling: 0.0,
            cutting: 1.0,
            working: 1.0,
            sickness: rules.sickness,
            leaving: rules.leaving_per_day,
            headcount: 1.0,
            pace: 1.0,
        };
        organisation.spend_the_day(rules, parameters, 0.0);
        organisation.follow(rules, parameters, &organisation.clone());
        organisation
    }

    /// Splits the hours of a day; `lost` is the share that an activity or upheaval takes.
    pub(super) fn spend_the_day(
        &mut self,
        rules: &OrganisationRules,
        parameters: &Parameters,
        lost: f64,
    ) {
        let meant = rules.stance.effort;
        let pressed = (self.pressure - 1.1).max(0.0);
        let keep = self.sponsorship
            + (1.0 - self.sponsorship) * (-parameters.pressure_eats * pressed).exp();
        self.huddling = if rules.huddle { parameters.huddle_effort } else { 0.0 };
        let relate = keep * meant.relate;
        let hone = keep * meant.hone;
        let weekend = if rules.seven_days { parameters.seven_days_recovery } else { 0.0 };
        let recover = (keep * meant.recover - weekend).max(0.0);
        let task = 1.0 - relate - hone - recover - self.huddling - lost;
        self.lost = lost;
        self.effort = Effort { task: task.max(0.01), relate, hone, recover };
    }

    /// Works out what follows from the state today.
    pub(super) fn follow(
        &mut self,
        rules: &OrganisationRules,
        parameters: &Parameters,
        start: &Organisation,
    ) {
        let p = parameters;
        let mood = self.morale - start.morale;
        let pressed = self.pressure / start.pressure;
        self.cutting = pressed.clamp(1.0, 1.5).powf(-p.corner_cutting);
        self.working = self.pressure.clamp(0.9, 1.5).powf(1.0 - p.corner_cutting);
        self.sickness = (rules.sickness * (-p.sickness_by_morale * mood).exp()).min(0.5);
        self.leaving = (rules.leaving_per_day * (-p.leaving_by_morale * mood).exp()).min(0.01);
    }

    /// Works out who is there and how fast they go, against an organisation as it was at the start.
    pub(super) fn man(
        &mut self,
        rules: &OrganisationRules,
        parameters: &Parameters,
        couplings: &Couplings,
        start: &Organisation,
    ) {
        let p = parameters;
        let harder = if couplings.work { self.working / start.working } else { 1.0 };
        let hours = self.effort.task / start.effort.task * harder;
        if !couplings.capacity {
            (self.headcount, self.pace) = (1.0, hours);
            return;
        }
        self.headcount = self.staff * (1.0 - self.sickness) / (1.0 - rules.sickness);
        let experience = |it: &Organisation| 1.0 - p.new_staff_output * it.new_staff / it.staff;
        let fatigue =
            |it: &Organisation| (1.0 - p.fatigue_output * (it.fatigue - 1.1).max(0.0)).max(0.5);
        self.pace = hours
            * (1.0 + p.morale_output * (self.morale - start.morale))
            * experience(self)
            * fatigue(self)
            / (experience(start) * fatigue(start));
        // Strengths far beyond their ranges could bring work to a halt, or make it go backwards.
        self.pace = self.pace.max(SLOWEST);
    }

    /// Goes on by a day.
    pub(super) fn go_on(
        &mut self,
        rules: &OrganisationRules,
        parameters: &Parameters,
        start: &Organisation,
        strain: &Strain,
    ) {
        let p = parameters;
        let before = *self;
        let wanted_morale = start.morale + p.morale_by_relationship * strain.relationship
            - p.morale_by_fatigue * (before.fatigue - start.pressure).max(-0.1)
            + p.morale_by_recovery * (before.effort.recover.min(0.10) - start.effort.recover)
            - p.morale_by_delay * strain.delay_excess.clamp(-1.0, 1.0);
        let days = if wanted_morale < before.morale {
            p.morale_falls_days
        } else {
            p.morale_recovers_days
        };
        self.morale = (before.morale + (wanted_morale - before.morale) / days).clamp(0.0, 1.0);
        let wanted_goals = start.goals
            + p.goals_by_relationship * strain.relationship
            + p.goals_by_sponsorship * (before.sponsorship - start.sponsorship)
            - p.goals_by_pressure * (before.pressure - start.pressure).max(0.0)
            + strain.drawn;
        self.goals = (before.goals + (wanted_goals - before.goals) / p.goals_days).clamp(0.0, 1.0);
        let wanted_sponsorship = start.sponsorship + strain.sponsored
            - p.sponsorship_by_results * strain.delay_excess.clamp(-0.5, 0.5);
        self.sponsorship = (before.sponsorship
            + (wanted_sponsorship - before.sponsorship) / p.sponsorship_days)
            .clamp(0.0, 1.0);
        self.pressure =
            (before.pressure + (strain.load - before.pressure) / p.pressure_days).clamp(0.2, 5.0);
        self.fatigue = before.fatigue + (before.pressure - before.fatigue) / p.fatigue_days;
        let fall = before.standard * (before.cutting / start.cutting - 1.0) / p.standard_falls_days;
        let repair = (start.standard - before.standard) / p.standard_recovers_days
            * before.effort.hone
            / USUAL_HONING;
        // Quiet days make up for busy ones, and no more than that: only honing restores a standard.
        let most = before.standard.max(start.standard).min(1.05);
        self.standard = (before.standard + fall + repair).clamp(0.5, most);
        self.replace_staff(rules, p);
    }

    /// People leave, posts are filled, and the new become old.
    fn replace_staff(&mut self, rules: &OrganisationRules, parameters: &Parameters) {
        let leaving = self.leaving * self.staff;
        let hires = rules.leaving_per_day + (1.0 - self.staff) / parameters.hiring_days;
        let hires = hires.max(0.0);
        // Whoever leaves is new as often as anybody.
        let new_leave = self.leaving * self.new_staff;
        self.new_staff += hires - new_leave - self.new_staff / parameters.learning_days;
        self.new_staff = self.new_staff.max(0.0);
        self.staff = (self.staff + hires - leaving).clamp(0.3, 1.3);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::language::coordination::Stance;

    fn rules(effort: Effort) -> OrganisationRules {
        OrganisationRules::ordinary(Stance { effort, ..Stance::default() }, 0.24)
    }

    fn close(a: f64, b: f64) -> bool {
        (a - b).abs() < 0.005 * b.abs()
    }

    #[test]
    fn a_fall_of_morale_raises_sickness_and_leaving_as_the_sources_say() {
        let (rules, p) = (rules(Effort::default()), Parameters::default());
        let start = Organisation::new(&rules, &p);
        let mut low = start;
        low.morale -= 0.3;
        low.follow(&rules, &p, &start);
        // A quarter of sickness is stress: doubled, it is a quarter more. Leavers: 48 % more.
        assert!(close(low.sickness / start.sickness, 1.271), "{}", low.sickness);
        assert!(close(low.leaving / start.leaving, 1.477), "{}", low.leaving);
    }

    #[test]
    fn pressure_cuts_the_time_for_a_case_and_makes_people_work_harder() {
        let (rules, p) = (rules(Effort::default()), Parameters::default());
        let start = Organisation::new(&rules, &p);
        assert!(close(start.cutting, 1.0));
        let mut pressed = start;
        pressed.pressure = 1.5;
        pressed.follow(&rules, &p, &start);
        // (1.5 / 1.05)^-0.64 and 1.5^0.36, Oliva and Sterman's exponents.
        assert!(close(pressed.cutting, 0.7959), "{}", pressed.cutting);
        assert!(close(pressed.working, 1.1572), "{}", pressed.working);
    }

    #[test]
    fn pressure_eats_protected_time_unless_it_is_sponsored() {
        let meant = Effort { task: 0.70, relate: 0.20, hone: 0.03, recover: 0.07 };
        let (rules, p) = (rules(meant), Parameters::default());
        let mut organisation = Organisation::new(&rules, &p);
        organisation.pressure = 1.5;
        organisation.spend_the_day(&rules, &p, 0.0);
        // 0.4 + 0.6 exp(-2.5 x 0.4) of a fifth.
        assert!(close(organisation.effort.relate, 0.20 * 0.6207), "{:?}", organisation.effort);
        organisation.sponsorship = 1.0;
        organisation.spend_the_day(&rules, &p, 0.0);
        assert!(close(organisation.effort.relate, 0.20), "{:?}", organisation.effort);
        let Effort { task, relate, hone, recover } = organisation.effort;
        assert!(close(task + relate + hone + recover, 1.0));
    }

    #[test]
    fn nothing_moves_as_long_as_nothing_presses() {
        let (rules, p) = (rules(Effort::default()), Parameters::default());
        let start = Organisation::new(&rules, &p);
        let mut organisation = start;
        let strain = Strain {
            load: start.pressure,
            relationship: 0.0,
            delay_excess: 0.0,
            drawn: 0.0,
            sponsored: 0.0,
        };
        for _ in 0..730 {
            organisation.spend_the_day(&rules, &p, 0.0);
            organisation.go_on(&rules, &p, &start, &strain);
            organisation.follow(&rules, &p, &start);
        }
        for (now, then) in [
            (organisation.morale, start.morale),
            (organisation.staff, start.staff),
            (organisation.new_staff, start.new_staff),
            (organisation.standard, start.standard),
            (organisation.goals, start.goals),
            (organisation.sponsorship, start.sponsorship),
        ] {
            assert!((now - then).abs() < 1e-9, "{organisation:?}");
        }
    }
}
