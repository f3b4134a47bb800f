//! Measures of spells in hospital and of delay.

use std::collections::BTreeMap;

use super::{
    BY_17, DEATHS_PER_DAY, DELAY_BY_GROUP, DELAY_BY_GROUP_7, DELAY_BY_OWNER, DELAY_BY_REASON,
    DELAY_COST_PER_YEAR, DELAY_DAYS, DELAY_ELSEWHERE, DELAY_NIGHTS, DELAYED_7, DELAYED_14,
    DELAYED_21, DELAYED_BED_SHARE, DELAYED_SHARE, DISCHARGES_BY_WEEKDAY, DISCHARGES_PER_DAY,
    LONG_STAY_BED_SHARE, MONTHS, NIGHTS_IF_DELAYED, OCCUPANCY_BY_MONTH, PATHWAY_SHARE, READMITTED,
    READY_WAITING, READY_WAITING_BY_MONTH, READY_WAITING_SHARE, SAME_DAY_SHARE, STAY_DAYS, Sink,
    WEEKDAYS, ratio,
};
use crate::model::calendar::DAY;
use crate::model::observations::Leavers;
use crate::model::{Cell, Model, Observations};
use crate::scenario::reasons::ReasonGroup;

const DAY_SECONDS: f64 = DAY as f64;

pub(super) fn each(model: &Model, observed: &Observations, sink: &mut Sink<'_>) {
    let all = observed.leavers.iter().fold(Leavers::default(), |sum, one| sum.plus(one));
    for (name, leavers) in model.names.pathways.iter().zip(&observed.leavers) {
        of_leavers(&name.id, observed, leavers, sink);
        sink(PATHWAY_SHARE, &name.id, ratio(leavers.alive as f64, all.alive as f64));
        let weeks = observed.measured_seconds as f64 / DAY_SECONDS / 7.0;
        let delayed = leavers.delay_seconds_after_14_days as f64 / observed.measured_seconds as f64;
        let a_week = leavers.alive as f64 / weeks;
        sink(DELAYED_14, &name.id, ratio(delayed, delayed + a_week));
    }
    of_leavers("all", observed, &all, sink);
    of_everybody(model, observed, &all, sink);
    by_time(observed, sink);
    by_cell(model, observed, sink);
}

fn of_leavers(group: &str, observed: &Observations, leavers: &Leavers, sink: &mut Sink<'_>) {
    let days = observed.measured_seconds as f64 / DAY_SECONDS;
    let alive = leavers.alive as f64;
    sink(DISCHARGES_PER_DAY, group, alive / days);
    sink(STAY_DAYS, group, ratio(leavers.stay_seconds as f64 / DAY_SECONDS, leavers.all as f64));
    sink(DELAY_DAYS, group, ratio(leavers.delay_seconds as f64 / DAY_SECONDS, alive));
    sink(DELAY_NIGHTS, group, ratio(leavers.nights as f64, alive));
    sink(DELAYED_SHARE, group, ratio(leavers.delayed as f64, alive));
    sink(READMITTED, group, ratio(leavers.readmitted as f64, alive));
}

fn of_everybody(model: &Model, observed: &Observations, all: &Leavers, sink: &mut Sink<'_>) {
    let seconds = observed.measured_seconds as f64;
    let days = seconds / DAY_SECONDS;
    sink(DEATHS_PER_DAY, "all", (all.all - all.alive) as f64 / days);
    sink(NIGHTS_IF_DELAYED, "all", ratio(all.nights as f64, all.delayed as f64));
    let beyond = |nights: usize| {
        let many: u64 = observed.discharges_by_nights.iter().skip(nights).sum();
        ratio(many as f64, all.alive as f64)
    };
    sink(DELAYED_7, "all", beyond(7));
    sink(DELAYED_21, "all", beyond(21));
    let midnights = observed.midnights.count as f64;
    let (mut acute_area, mut acute_people, mut delay_cost) = (0.0, 0.0, 0.0);
    for (index, rules) in model.first_rules().places.iter().enumerate() {
        let tally = &observed.places[index];
        if rules.acute {
            acute_area += match rules.varies {
                true => tally.queue.capacity_area as f64,
                false => model.capacity_area(index, observed.measured_seconds),
            };
            acute_people += tally.people_area as f64;
        }
        let nights = ratio(observed.midnights.ready_by_place[index] as f64, midnights);
        delay_cost += rules.delayed_day_cost_pounds * nights * 365.0;
    }
    if model.has_acute {
        if acute_area.is_finite() {
            sink(DELAYED_BED_SHARE, "all", ratio(all.nights as f64 * DAY_SECONDS, acute_area));
        }
        let beyond_21 = observed.seconds_beyond_21_days as f64;
        sink(LONG_STAY_BED_SHARE, "all", ratio(beyond_21, acute_people));
    }
    sink(DELAY_COST_PER_YEAR, "all", delay_cost);
    sink(BY_17, "all", ratio(observed.discharges_by_17 as f64, all.alive as f64));
}

fn by_time(observed: &Observations, sink: &mut Sink<'_>) {
    let seen = &observed.midnights;
    let ready: u64 = seen.ready_by_weekday.iter().sum();
    let occupied: u64 = seen.occupied_by_month.iter().sum();
    let mean_ready = ratio(ready as f64, seen.count as f64);
    let mean_occupied = ratio(occupied as f64, seen.count as f64);
    sink(READY_WAITING, "all", mean_ready);
    sink(READY_WAITING_SHARE, "all", ratio(ready as f64, occupied as f64));
    for (month, name) in MONTHS.iter().enumerate() {
        let count = seen.count_by_month[month] as f64;
        let index = |sum: u64, mean: f64| ratio(ratio(sum as f64, count), mean);
        sink(READY_WAITING_BY_MONTH, name, index(seen.ready_by_month[month], mean_ready));
        sink(OCCUPANCY_BY_MONTH, name, index(seen.occupied_by_month[month], mean_occupied));
    }
    let winter: u64 = seen.ready_by_month[..3].iter().sum();
    let winter_count: u64 = seen.count_by_month[..3].iter().sum();
    let winter_mean = ratio(winter as f64, winter_count as f64);
    sink(READY_WAITING_BY_MONTH, "winter", ratio(winter_mean, mean_ready));

    let discharges: u64 = observed.discharges_by_weekday.iter().sum();
    for (day, name) in WEEKDAYS.iter().enumerate() {
        let share = ratio(observed.discharges_by_weekday[day] as f64, discharges as f64);
        sink(DISCHARGES_BY_WEEKDAY, name, share * 7.0);
    }
    let same_day = |left: u64, waiting: u64| ratio(left as f64, (left + waiting) as f64);
    sink(SAME_DAY_SHARE, "all", same_day(discharges, ready));
    let sunday = same_day(observed.discharges_by_weekday[6], seen.ready_by_weekday[6]);
    sink(SAME_DAY_SHARE, "sun", sunday);
}

fn by_cell(model: &Model, observed: &Observations, sink: &mut Sink<'_>) {
    let seconds = observed.measured_seconds as f64;
    let ledger = &observed.ledger;
    let (mut by_reason, mut by_owner, mut elsewhere) =
        (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    let mut by_group = ReasonGroup::ALL.map(|_| (0_u64, 0_u64));
    for (index, cell) in model.cells.iter().enumerate() {
        let Some(reason) = cell.reason else { continue };
        let owner = model.owner_name(cell);
        *by_reason.entry(reason.code).or_insert(0) += ledger.acute[index];
        *by_owner.entry(owner.clone()).or_insert(0) += ledger.acute[index];
        *elsewhere.entry(owner).or_insert(0) += ledger.elsewhere[index];
        let group = &mut by_group[reason.group as usize];
        group.0 += ledger.acute[index];
        group.1 += ledger.acute_after_7_days[index];
    }
    for (code, delay) in by_reason {
        sink(DELAY_BY_REASON, code, delay as f64 / seconds);
    }
    for (owner, delay) in by_owner {
        sink(DELAY_BY_OWNER, &owner, delay as f64 / seconds);
    }
    for (owner, delay) in elsewhere {
        sink(DELAY_ELSEWHERE, &owner, delay as f64 / seconds);
    }
    if model.cells.len() > 1 {
        let total: u64 = ledger.acute.iter().sum();
        let total_7: u64 = ledger.acute_after_7_days.iter().sum();
        for (group, (delay, delay_7)) in ReasonGroup::ALL.iter().zip(by_group) {
            sink(DELAY_BY_GROUP, group.id(), ratio(delay as f64, total as f64));
            sink(DELAY_BY_GROUP_7, group.id(), ratio(delay_7 as f64, total_7 as f64));
        }
    }
}

impl Leavers {
    fn plus(self, other: &Leavers) -> Leavers {
        Leavers {
            all: self.all + other.all,
            alive: self.alive + other.alive,
            stay_seconds: self.stay_seconds + other.stay_seconds,
            delay_seconds: self.delay_seconds + other.delay_seconds,
            nights: self.nights + other.nights,
            delayed: self.delayed + other.delayed,
            readmitted: self.readmitted + other.readmitted,
            delay_seconds_after_14_days: self.delay_seconds_after_14_days
                + other.delay_seconds_after_14_days,
        }
    }
}

impl Model {
    /// The owner of a cell, as groups are called: an organisation, or a pair joined by `+`.
    pub fn owner_name(&self, cell: &Cell) -> String {
        let name = |owner: Option<u8>| {
            owner.map_or("", |owner| self.names.organisations[usize::from(owner)].id.as_str())
        };
        match cell.other {
            None => name(cell.owner).to_owned(),
            Some(_) => format!("{}+{}", name(cell.owner), name(cell.other)),
        }
    }
}
