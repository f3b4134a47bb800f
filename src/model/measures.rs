//! What the tallies of a replication mean: measures, each with a group, a unit and a meaning.
//!
//! A measure's full name is `<measure>.<group>`, such as `delay_days.p1`. The same names stand in
//! tables, JSON, CSV and reports. [`each`] is the one place where a tally becomes a measure.

mod coordination;
mod delays;
mod flows;

pub use self::coordination::CourseOf;
use super::{Model, Observations};

/// A measure: its name without the group.
#[derive(Debug, PartialEq, Eq)]
pub struct Measure {
    /// The name before the dot.
    pub name: &'static str,
    /// The unit, such as `days`; `share` runs from 0 to 1.
    pub unit: &'static str,
    /// What the group after the dot is a name of.
    pub group: &'static str,
    /// What it means, in a sentence.
    pub meaning: &'static str,
    /// Which way is better for people and for those who work for them.
    pub better: Better,
}

/// Which way of a measure is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Better {
    /// Less of it: waits, delays, costs, harm.
    Lower,
    /// More of it.
    Higher,
    /// Neither, or it depends: a full ward is no aim, and no failure.
    Neither,
}

macro_rules! measures {
    ($($constant:ident = $name:literal [$unit:literal] $better:ident per $group:literal:
        $meaning:literal;)*) => {
        $(pub(super) const $constant: &Measure = &Measure {
            name: $name,
            unit: $unit,
            group: $group,
            meaning: $meaning,
            better: Better::$better,
        };)*

        /// All measures, in the order in which they are reported.
        pub const ALL: &[&Measure] = &[$($constant),*];
    };
}

measures! {
    OCCUPANCY = "occupancy" ["share of capacity"] Neither per "place":
        "people in the place or for whom it is held, averaged over time, per unit of capacity";
    PEOPLE_IN = "people_in" ["people"] Neither per "place":
        "people in the place, averaged over time";
    QUEUE = "queue" ["people"] Lower per "place or team":
        "people waiting for it, averaged over time";
    WAIT_DAYS = "wait_days" ["days"] Lower per "place, team or meeting":
        "wait of those served, from asking to being served; zero waits count";
    TURNAROUND_DAYS = "turnaround_days" ["days"] Lower per "team":
        "from asking the team to its work being done, of those whose work began";
    LONG_WAIT_SHARE = "long_wait_share" ["share"] Lower per "place with a long_wait":
        "people who waited longer than the place's long_wait";
    THROUGHPUT_PER_DAY = "throughput_per_day" ["people a day"] Higher per "place":
        "people who left the place";
    READY_SHARE = "ready_share" ["share"] Lower per "place":
        "of the people in the place, those who no longer need it, averaged over time";
    ON_BOOKS = "on_books" ["people"] Neither per "team with a caseload":
        "people on the books of the team, averaged over time";
    BOOKS_QUEUE = "books_queue" ["people"] Lower per "team with a caseload":
        "people waiting to be on the books of the team, averaged over time";
    BOOKS_WAIT_DAYS = "books_wait_days" ["days"] Lower per "team with a caseload":
        "wait of those taken on, from asking to being on the books; zero waits count";
    UTILISATION = "utilisation" ["share"] Neither per "team":
        "of the cases that staff on duty could work on in opening hours, those that they worked on";
    ARRIVALS_PER_DAY = "arrivals_per_day" ["people a day"] Neither per "stream":
        "people who came; those who came back are not counted again";
    LOST_SHARE = "lost_share" ["share"] Lower per "stream, where people can be lost":
        "people who left because a place refused them or they waited too long, per person who came";
    REFUSED_SHARE = "refused_share" ["share"] Lower per "place with a queue_limit":
        "of the people who asked for the place, those whom it refused";
    GAVE_UP_SHARE = "gave_up_share" ["share"] Lower per "place, team or meeting, where patience ends":
        "of the people whose wait ended or who were refused, those who gave up";
    GRIDLOCKS = "gridlocks" ["a run"] Lower per "circle of places, joined by +":
        "how often places whose people wait for each other came to a standstill";
    DISCHARGES_PER_DAY = "discharges_per_day" ["people a day"] Neither per "pathway or all":
        "people who left hospital alive";
    PATHWAY_SHARE = "pathway_share" ["share"] Neither per "pathway":
        "of the people who left hospital alive, those on the pathway";
    DEATHS_PER_DAY = "deaths_per_day" ["people a day"] Lower per "all":
        "people who died in hospital";
    STAY_DAYS = "stay_days" ["days"] Lower per "pathway or all":
        "length of a spell in hospital, the dead included";
    LONG_STAY_BED_SHARE = "long_stay_bed_share" ["share"] Lower per "all":
        "of the time of people in hospital, that beyond their 21st day";
    DELAY_DAYS = "delay_days" ["days"] Lower per "pathway or all":
        "time from ready to leaving by the clock, per person who left alive, the undelayed included";
    DELAY_NIGHTS = "delay_nights" ["nights"] Lower per "pathway or all":
        "midnights from ready to leaving, per person who left alive: the basis of England's discharge ready date statistics";
    DELAYED_SHARE = "delayed_share" ["share"] Lower per "pathway or all":
        "people who left alive past at least one midnight after being ready";
    NIGHTS_IF_DELAYED = "delay_nights_if_delayed" ["nights"] Lower per "all":
        "midnights from ready to leaving, per person delayed past at least one";
    DELAYED_7 = "delayed_7_nights_share" ["share"] Lower per "all":
        "people who left alive after 7 or more nights of delay";
    DELAYED_21 = "delayed_21_nights_share" ["share"] Lower per "all":
        "people who left alive after 21 or more nights of delay";
    DELAYED_BED_SHARE = "delayed_bed_share" ["share of capacity"] Lower per "all":
        "nights of delay of those who left alive, per night of the acute places";
    READY_WAITING = "ready_waiting" ["people"] Lower per "all":
        "people at midnight who are ready to leave an acute place: England's no longer meeting the criteria to reside";
    READY_WAITING_SHARE = "ready_waiting_share" ["share"] Lower per "all":
        "of the people in acute places at midnight, those ready to leave";
    READY_WAITING_BY_MONTH = "ready_waiting_by_month" ["index, mean 1"] Neither per "jan..dec, or winter (Jan to Mar)":
        "people ready and waiting at midnight in the month, relative to the mean of all months";
    OCCUPANCY_BY_MONTH = "occupancy_by_month" ["index, mean 1"] Neither per "jan..dec":
        "people in acute places at midnight in the month, relative to the mean of all months";
    DISCHARGES_BY_WEEKDAY = "discharges_by_weekday" ["index, mean 1"] Neither per "mon..sun":
        "people who left hospital alive on the weekday, relative to the mean of all days";
    SAME_DAY_SHARE = "discharged_same_day_share" ["share"] Higher per "all or sun":
        "of the people ready to leave on a day, those who left on it: leavers / (leavers + waiting at its end)";
    BY_17 = "discharged_by_17_share" ["share"] Higher per "all":
        "of the people who left hospital alive, those who left before 17:00";
    DELAY_BY_REASON = "delay_days_by_reason" ["days a day"] Lower per "NHS England's reason":
        "delay booked to the reason in acute places: the mean number of people delayed by it";
    DELAY_BY_OWNER = "delay_days_by_owner" ["days a day"] Lower per "organisation, or pair joined by +":
        "delay booked to the owner in acute places: the mean number of people whose delay it is";
    DELAY_BY_GROUP = "delay_share_by_group" ["share"] Neither per "group of reasons":
        "of the delay in acute places, that booked to the group";
    DELAY_BY_GROUP_7 = "delay_share_by_group_after_7_days" ["share"] Neither per "group of reasons":
        "of the delay in acute places after the 7th day of the spell, that booked to the group";
    DELAY_ELSEWHERE = "delay_days_elsewhere" ["days a day"] Lower per "organisation, or pair joined by +":
        "delay booked to the owner in all other places, such as community beds";
    DELAYED_14 = "delayed_14_days_share" ["share"] Lower per "pathway":
        "people delayed after their 14th day in hospital, over those and a week's discharges on the pathway";
    READMITTED = "readmitted_share" ["share"] Lower per "pathway or all":
        "of the people who left hospital alive, those who come back";
    COST_PER_DAY = "cost_per_day" ["pounds a day"] Lower per "organisation":
        "cost of the people in its places";
    DELAY_COST_PER_YEAR = "delay_cost_per_year" ["pounds a year"] Lower per "all":
        "people ready to leave at midnight in places that count the cost of that apart, at that cost";
    HARM_PER_YEAR = "harm_per_year" ["people a year"] Lower per "harm":
        "harm expected from delay, as a rate: not a draw";
    RELATIONSHIP = "relationship" ["0 to 1"] Higher per "dyad":
        "how strong the relationship between the two organisations is at the end, of leads and teams alike";
    UNDERSTANDING = "understanding" ["0 to 1"] Higher per "dyad":
        "how well they understand each other's work and words at the end";
    PROCESS = "process" ["0 to 1"] Higher per "dyad":
        "how well their handovers are honed at the end";
    RELATIONAL_COORDINATION = "relational_coordination" ["1 to 5"] Higher per "dyad":
        "relational coordination as staff answered in the last survey, with a survey's noise";
    MORALE = "morale" ["0 to 1"] Higher per "organisation":
        "morale at the end";
    SICKNESS = "sickness" ["share"] Lower per "organisation":
        "staff who are off sick at the end";
    PRESSURE = "pressure" ["ratio"] Lower per "organisation":
        "work asked over the work that can be done at the usual pace, at the end";
    GOALS = "goals" ["0 to 1"] Higher per "organisation":
        "how far its people look to the whole system and not only to their own patients, at the end";
    SPONSORSHIP = "sponsorship" ["0 to 1"] Higher per "organisation":
        "how far its leadership team protects time for relationships, at the end";
    STAFF = "staff" ["share of the start"] Higher per "organisation":
        "posts that are filled at the end";
    EFFORT_TASK = "effort_task" ["share"] Neither per "organisation":
        "hours that go to work for people at the end, on a day without an activity of the programme";
    EFFORT_RELATE = "effort_relate" ["share"] Neither per "organisation":
        "hours that go to relationships at the end, after pressure has eaten its part";
    EFFORT_HONE = "effort_hone" ["share"] Neither per "organisation":
        "hours that go to better handovers at the end, after pressure has eaten its part";
    EFFORT_RECOVER = "effort_recover" ["share"] Neither per "organisation":
        "hours that go to recovery at the end, after pressure has eaten its part";
    RETURNED_PER_DAY = "returned_referrals_per_day" ["a day"] Lower per "dyad, sender first":
        "referrals that came back";
    DISPUTES_PER_DAY = "disputes_per_day" ["a day"] Lower per "dyad, sender first":
        "cases on which the two disagreed";
    OVER_PRESCRIBED_PER_DAY = "over_prescribed_per_day" ["people a day"] Lower per "dyad, sender first":
        "people who were sent to more support than they need";
    DUPLICATES_PER_DAY = "duplicate_assessments_per_day" ["a day"] Lower per "dyad, sender first":
        "assessments that were made twice";
    CONFLICTS = "conflicts_per_day" ["a day"] Lower per "all":
        "returned referrals and disputes that became a conflict between organisations";
    ESCALATED = "escalated_per_day" ["a day"] Lower per "all":
        "those conflicts that were escalated, so that a person waits until they are settled";
}

/// Receives measures: the measure, its group, and its value in this replication. A value that the
/// replication cannot tell, such as the mean delay of nobody, is not a number.
pub type Sink<'a> = dyn FnMut(&'static Measure, &str, f64) + 'a;

/// Hands over every measure of a replication, always the same ones in the same order.
pub fn each(model: &Model, observed: &Observations, sink: &mut Sink<'_>) {
    flows::each(model, observed, sink);
    delays::each(model, observed, sink);
    coordination::each(model, observed, sink);
}

/// The values of all measures of a replication.
pub fn values(model: &Model, observed: &Observations) -> Vec<f64> {
    let mut values = Vec::new();
    each(model, observed, &mut |_, _, value| values.push(value));
    values
}

/// The full names of all measures of a model, and the measures, in the order of [`values`].
pub fn names(model: &Model) -> Vec<(String, &'static Measure)> {
    let mut names = Vec::new();
    each(model, &model.nothing_observed(), &mut |measure, group, _| {
        names.push((format!("{}.{group}", measure.name), measure));
    });
    names
}

/// Weekdays as groups are called.
pub const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// Months as groups are called.
pub const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// A share or mean; not a number if there is nothing to share.
fn ratio(part: f64, whole: f64) -> f64 {
    if whole == 0.0 { f64::NAN } else { part / whole }
}
