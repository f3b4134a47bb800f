//! The parameters of the relationship layer: defaults, ranges, and where they come from.
//!
//! One table: the language reads it, the checks hold values to its ranges, and `homeward evidence`
//! prints it. The letters in brackets are those of the sources' own tables. Where a source is
//! called "none found", nobody has measured the figure: it is a judgement to be challenged.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::scenario::Confidence;

/// What is known of a parameter.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Parameter {
    /// Its name under `[coordination.parameters]`.
    pub name: &'static str,
    /// What it is if a scenario does not say.
    pub default: f64,
    /// The least that anybody argues for.
    pub low: f64,
    /// The most that anybody argues for.
    pub high: f64,
    /// Its unit; empty for pure numbers.
    pub unit: &'static str,
    /// How sure the default is.
    pub confidence: Confidence,
    /// Who says so.
    pub source: &'static str,
    /// What it means, in a sentence.
    pub meaning: &'static str,
}

macro_rules! parameters {
    ($($name:ident = $default:literal [$low:literal, $high:literal] $unit:literal, $confidence:ident,
        $source:literal: $meaning:literal;)*) => {
        /// The values of all parameters.
        #[derive(Debug, Clone, Copy, PartialEq, Deserialize, JsonSchema)]
        #[serde(deny_unknown_fields, default)]
        pub struct Parameters {
            $(#[doc = $meaning] pub $name: f64,)*
        }

        impl Default for Parameters {
            fn default() -> Self {
                Parameters { $($name: $default,)* }
            }
        }

        impl Parameters {
            /// All parameters, in the order of the table.
            pub const ALL: &[Parameter] = &[$(Parameter {
                name: stringify!($name),
                default: $default,
                low: $low,
                high: $high,
                unit: $unit,
                confidence: Confidence::$confidence,
                source: $source,
                meaning: $meaning,
            },)*];

            /// From values in the order of the table; what is missing has its default.
            pub fn from_values(values: impl IntoIterator<Item = f64>) -> Parameters {
                let mut values = values.into_iter();
                let default = Parameters::default();
                Parameters { $($name: values.next().unwrap_or(default.$name),)* }
            }

            /// The values, in the order of the table.
            pub fn values(&self) -> Vec<f64> {
                vec![$(self.$name,)*]
            }
        }
    };
}

parameters! {
    // Effort.
    half_effort = 0.06 [0.03, 0.10] "share of hours", Assumption, "none found":
        "The share of hours for relationships that brings half of what they can bring.";
    both_sides = 4.0 [1.5, 8.0] "", Assumption, "none found":
        "How much the side that invests less decides: 1 is the mean of both, a large number the lesser.";
    effort_to_maintain = 0.85 [0.7, 1.0] "", Assumption, "none found":
        "The joint effort at which nothing is lost by neglect.";
    pressure_eats = 2.5 [1.0, 5.0] "", Assumption, "shape: Repenning and Sterman 2002":
        "How fast pressure eats the protected time of those whom nobody sponsors.";

    // Pressure, corner-cutting and output.
    pressure_days = 7.0 [7.0, 14.0] "days", Assumption, "none found":
        "How long it takes until work asked is felt as pressure.";
    fatigue_days = 60.0 [30.0, 120.0] "days", Assumption, "shape: KC and Terwiesch 2009":
        "How long pressure lasts in fatigue.";
    backlog_days = 15.0 [7.0, 30.0] "days", Assumption, "none found":
        "Within how many days a backlog is felt to be due.";
    corner_cutting = 0.64 [0.5, 0.75] "", Measured, "Oliva and Sterman 2001":
        "By which power of pressure the time for a case shrinks; the rest is harder work.";
    standard_falls_days = 132.0 [90.0, 200.0] "days", Measured, "Oliva and Sterman 2001: 18.8 weeks":
        "How long cut corners take to become the standard.";
    standard_recovers_days = 400.0 [250.0, 4000.0] "days", Assumption, "Oliva and Sterman 2001 found never; honing is assumed to repair":
        "How long the usual honing takes to restore the standard.";
    morale_output = 0.25 [0.1, 0.5] "", Assumption, "none found":
        "How much more people do per unit of morale.";
    fatigue_output = 0.35 [0.1, 0.7] "", Assumption, "sign: KC and Terwiesch 2009":
        "How much less people do per unit of fatigue above 1.1.";
    new_staff_output = 0.4 [0.2, 0.6] "share", Assumption, "none found":
        "How much less somebody new does than others.";

    // Morale, sickness and turnover.
    morale_falls_days = 60.0 [30.0, 90.0] "days", Assumption, "Welp et al. 2016: a lag of three months":
        "How long morale takes to fall.";
    morale_recovers_days = 120.0 [60.0, 180.0] "days", Assumption, "Welp et al. 2016: a lag of three months":
        "How long morale takes to recover.";
    morale_by_relationship = 0.40 [0.15, 0.6] "", Derived, "Kaiser et al. 2018: r of 0.33 to 0.46":
        "Morale per unit of relationship.";
    morale_by_fatigue = 0.8 [0.4, 1.4] "", Assumption, "none found":
        "Morale lost per unit of fatigue.";
    morale_by_recovery = 2.0 [1.0, 3.5] "", Assumption, "none found":
        "Morale per share of hours for recovery.";
    morale_by_delay = 0.05 [0.0, 0.15] "", Assumption, "none found":
        "Morale lost when delay doubles against what people are used to.";
    used_to_days = 270.0 [180.0, 540.0] "days", Assumption, "none found":
        "How long people take to get used to a delay.";
    sickness_by_morale = 0.8 [0.4, 1.6] "per unit of morale", Derived, "NHS Digital, January 2025: a quarter of sickness is stress":
        "How fast sickness falls with morale.";
    leaving_by_morale = 1.3 [0.6, 2.5] "per unit of morale", Assumption, "none found":
        "How fast leaving falls with morale.";
    hiring_days = 90.0 [60.0, 180.0] "days", Assumption, "none found":
        "How long a post stays empty.";
    learning_days = 90.0 [60.0, 180.0] "days", Assumption, "none found":
        "How long somebody counts as new.";

    // Relationship, understanding and process.
    decay_days = 360.0 [240.0, 540.0] "days", Derived, "Saks and Belcourt 2006: a half-life of a year":
        "How long relationships take to fade by neglect.";
    neglected_relationship = 0.30 [0.2, 0.4] "", Assumption, "none found":
        "The relationship to which neglect leads.";
    new_relationship = 0.30 [0.2, 0.4] "", Assumption, "none found":
        "The relationship with somebody new.";
    neglected_understanding = 0.25 [0.2, 0.4] "", Assumption, "none found":
        "The understanding to which neglect and turnover lead.";
    kept_when_people_leave = 0.3 [0.1, 0.6] "share", Assumption, "Blakeney et al. 2015 to 2018: more where rounds keep running":
        "The part of a relationship that stays when people leave.";
    leads_to_teams_days = 150.0 [90.0, 270.0] "days", Derived, "Iyasere et al. 2022: relationships lead performance by six months":
        "How long a relationship of leads takes to reach their teams.";
    teams_to_leads = 0.3 [0.1, 0.5] "share", Assumption, "none found":
        "How much of what teams gain reaches their leads in the same time.";
    honing_reference = 0.06 [0.04, 0.10] "share of hours", Assumption, "none found":
        "The share of hours for honing at which a process improves by its half-life.";
    honing_half_life_apart_days = 480.0 [420.0, 660.0] "days", Measured, "Schneiderman: 14 to 22 months across organisations":
        "How long strangers take to halve what is wrong with their process.";
    honing_half_life_together_days = 240.0 [200.0, 300.0] "days", Measured, "Schneiderman: 7 to 11 months across functions":
        "How long partners take for the same.";
    process_decay_days = 480.0 [300.0, 900.0] "days", Assumption, "none found":
        "How long a process takes to wear off.";
    goals_days = 90.0 [60.0, 180.0] "days", Assumption, "none found":
        "How long goals take to follow.";
    goals_by_relationship = 0.7 [0.3, 1.0] "", Assumption, "none found":
        "How much a relationship turns people from their own patients to the whole system.";
    goals_by_sponsorship = 0.25 [0.1, 0.5] "", Assumption, "none found":
        "How much sponsorship does.";
    goals_by_pressure = 0.15 [0.0, 0.3] "", Assumption, "none found":
        "How much pressure turns them back.";

    // Conflict.
    contested = 0.25 [0.1, 0.4] "share", Assumption, "none found":
        "The chance that a returned referral or a dispute becomes a conflict between strangers.";
    conflict_harm = 0.0010 [0.0005, 0.002] "", Assumption, "none found":
        "What a conflict that is escalated takes from a relationship.";
    conflict_repair = 0.0004 [0.0002, 0.0006] "", Derived, "Amabile; Miner 2005: harm weighs 2 to 5 times as much":
        "What a conflict that is worked through adds to it.";
    escalation_days = 4.0 [2.0, 7.0] "days", Assumption, "none found":
        "How long a person waits until an escalated conflict is settled.";

    // Sponsorship and the programme.
    sponsorship_days = 120.0 [60.0, 240.0] "days", Assumption, "none found":
        "How long sponsorship takes to rise or fade.";
    sponsorship_by_programme = 0.35 [0.1, 0.5] "", Assumption, "direction: Blume et al. 2010":
        "What leadership teams add while a programme with them runs.";
    sponsorship_by_nurture = 0.10 [0.0, 0.2] "", Assumption, "none found":
        "What nurture keeps of that.";
    sponsorship_by_results = 0.3 [0.0, 0.5] "", Assumption, "shape: Repenning 2002":
        "What a fall of delay adds.";
    meeting_gain = 0.03 [0.015, 0.045] "of the gap", Derived, "Blakeney et al.: a quarter of the gap in a year":
        "What a group meeting closes of the gap between leads.";
    meeting_understanding = 0.015 [0.005, 0.03] "of the gap", Assumption, "none found":
        "What it closes of the gap in understanding.";
    unprepared_meeting = 0.6 [0.4, 0.9] "share", Assumption, "direction: Saks and Belcourt 2006":
        "What a meeting is worth without individual discussions before.";
    note_understanding = 0.03 [0.0, 0.06] "of the gap", Assumption, "none found":
        "What the working note closes of the gap in understanding.";
    note_surfaces = 1.5 [1.0, 2.0] "times", Assumption, "none found":
        "How much more becomes a conflict in the weeks after the working note.";
    worked_through_more = 0.15 [0.0, 0.3] "", Assumption, "Lacerenza et al. 2017: direction":
        "How much more often a conflict is worked through while the programme runs.";
    evaluation_sponsorship = 0.05 [0.0, 0.1] "", Assumption, "none found":
        "What the evaluation adds to sponsorship.";
    evaluation_keeps = 0.5 [0.2, 1.0] "share", Assumption, "none found":
        "How much of the loss by neglect remains in the 90 days after the evaluation.";

    // What it does to people's ways.
    work_by_process = 0.25 [0.1, 0.4] "per unit of process", Assumption, "none found":
        "How much less time a case takes with a better process.";
    duplicated_work = 0.30 [0.1, 0.5] "share", Assumption, "direction: Lincolnshire trusted assessors":
        "The share of assessments that repeat somebody else's.";
    returned_by_understanding = 1.6 [0.5, 2.5] "per unit", Assumption, "direction: structured referral forms":
        "How fast returned referrals fall with understanding.";
    returned_by_process = 1.2 [0.5, 2.0] "per unit", Assumption, "direction: structured referral forms":
        "How fast they fall with the process.";
    returned_by_quality = 1.2 [0.5, 2.0] "", Assumption, "none found":
        "By which power of the care taken they fall.";
    decision_chance = 0.45 [0.3, 0.6] "share", Assumption, "none found":
        "The chance that two organisations agree at a sitting, where a scenario gives only the wait.";
    decision_by_relationship = 0.6 [0.2, 1.0] "per unit", Assumption, "direction: joint rounds (Duke, SAFER)":
        "How much more often they agree with a better relationship.";
    dispute_by_relationship = 3.0 [1.0, 5.0] "per unit", Assumption, "none found":
        "How fast disputes fall with the relationship.";
    over_prescribed_by_quality = 1.3 [0.3, 2.0] "per unit", Assumption, "direction: Newton and Sheffield":
        "How fast over-prescription falls with relational coordination.";
    weekend_share = 0.25 [0.1, 0.6] "share", Assumption, "none found":
        "How much of a weekday's work flows at weekends.";
    readmission_by_quality = 1.5 [0.5, 2.5] "", Assumption, "none found":
        "How fast readmissions rise when less care is taken.";

    // What levers do.
    single_form_returned = 0.6 [0.4, 0.9] "times", Derived, "a structured form: 50 % to 8 % incomplete":
        "Returned referrals with a single form or shared record.";
    trusted_assessor_days = 2.4 [1.0, 4.0] "days", Measured, "LGA Lincolnshire: 735 days in 304 discharges":
        "What a trusted assessor saves of a care home's own assessment.";
    daily_decisions = 0.6 [0.3, 1.0] "times", Assumption, "none found":
        "Waits for a joint decision where people meet daily.";
    huddle_effort = 0.02 [0.01, 0.04] "share of hours", Assumption, "none found":
        "What a daily huddle takes of everybody's hours.";
    hub_gain = 1.5 [1.0, 2.0] "times", Assumption, "none found":
        "How much faster relationships grow in one room.";
    hub_upheaval = 0.05 [0.0, 0.1] "share", Assumption, "none found":
        "The output lost in the first eight weeks of a hub.";
    assess_at_home_over_prescribed = 0.8 [0.5, 1.0] "times", Derived, "Sheffield: less support needed than expected":
        "Over-prescription where all are assessed at home.";
    fines_speed = 0.4 [0.33, 0.5] "times", Measured, "CSCI 2004: waits for social care fell by half to two thirds":
        "The time of the fined organisation's assessments.";
    fines_over_prescribed = 0.10 [0.0, 0.2] "share", Derived, "CSCI 2004: residential care as a quick fix":
        "What fines add to over-prescription.";
    fines_readmission = 1.2 [1.0, 1.5] "times", Derived, "CSCI 2004: up to half back in three months":
        "Readmissions with fines.";
    fines_harm_per_month = 0.02 [0.0, 0.05] "", Assumption, "opinion: put partnership working back by five years":
        "What fines take from the relationship each month.";
    fines_goals = 0.15 [0.0, 0.3] "", Assumption, "none found":
        "How far fines turn the fined organisation to itself.";
    fines_gaming = 0.1 [0.0, 0.2] "share", Assumption, "none found":
        "The share declared ready early, or parked, among strangers with fines.";
    pooled_disputes = 0.8 [0.6, 1.0] "times", Assumption, "NAO 2017: joint working better, delay not":
        "Disputes with a pooled budget.";
    pooled_relationship = 0.02 [0.0, 0.05] "", Assumption, "NAO 2017: nine in ten areas said so":
        "What a pooled budget adds to the relationship, once.";
    seven_days_share = 0.5 [0.2, 0.75] "share", Assumption, "none found":
        "What seven-day working adds to the weekend, where all who are needed do it.";
    seven_days_recovery = 0.01 [0.0, 0.03] "share of hours", Assumption, "direction: seven-day services studies":
        "What it takes from recovery.";
    survey_noise = 0.15 [0.05, 0.3] "points of 5", Assumption, "none found":
        "Standard deviation of a survey's reading of relational coordination.";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn defaults_lie_in_their_ranges() {
        for parameter in Parameters::ALL {
            let range = parameter.low..=parameter.high;
            assert!(range.contains(&parameter.default), "{}", parameter.name);
        }
        assert_eq!(Parameters::ALL.len(), Parameters::default().values().len());
    }
}
