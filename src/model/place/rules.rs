//! The rules of a place, and how people ask for it.

use crate::engine::{Span, Time};
use crate::model::calendar::{DAY, Days, day_of, second_of_day, start_of};
use crate::model::rules::NOWHERE;
use crate::scenario::language::{Back, Discipline};

/// First come, first served, and nothing else to say.
pub(in crate::model) const PLAIN: u16 = u16::MAX;

/// No class: such a person gets common units alone.
pub(in crate::model) const NO_CLASS: u8 = u8::MAX;

/// The priority of people of whom nothing is said.
pub(in crate::model) const COMMON_PRIORITY: u32 = 100;

/// How people ask for the place, team or meeting of a step.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// How many units a person takes.
    pub units: u32,
    /// Their class, for which places may keep units, as a position of the classes of the scenario.
    pub class: u8,
    /// Who has less goes first, where priority decides.
    pub priority: u32,
    /// Places where they go instead of waiting.
    pub overflow: Vec<u8>,
    /// Whether they go back from there.
    pub back: Back,
    /// Where a person goes on who is refused; [`NOWHERE`] if they leave.
    pub if_refused: u32,
    /// How long they wait before they give up, as a position in
    /// [`Rules::times`](crate::model::Rules::times).
    pub patience: Option<u16>,
    /// Where a person goes on who gives up; [`NOWHERE`] if they leave.
    pub if_impatient: u32,
}

impl Default for Request {
    fn default() -> Self {
        Request {
            units: 1,
            class: NO_CLASS,
            priority: COMMON_PRIORITY,
            overflow: Vec::new(),
            back: Back::Never,
            if_refused: NOWHERE,
            patience: None,
            if_impatient: NOWHERE,
        }
    }
}

/// The rules of a place.
#[derive(Debug, Clone)]
pub struct PlaceRules {
    /// How many people fit, where `capacity_at` says nothing else; `u32::MAX` is unlimited.
    pub capacity: u32,
    /// Whether a spell in hospital is a stay here.
    pub acute: bool,
    /// Whether time in it counts as a spell: in acute places, or in all if none is acute.
    pub counts: bool,
    /// Its owner, as a position of organisations.
    pub organisation: u8,
    /// A wait for it that is longer is a long wait.
    pub long_wait: Option<Span>,
    /// Whether more than its capacity says who gets in, at some time of the run: then every step
    /// that asks for it has a request.
    pub careful: bool,
    /// Whether its capacity is not the same at all times between two dated changes.
    pub varies: bool,
    /// At most so many wait for it.
    pub queue_limit: Option<u32>,
    /// What its capacity is at certain times: the first that holds.
    pub capacity_at: Vec<CapacityAt>,
    /// Further units, if it has any.
    pub escalation: Option<Escalation>,
    /// How many units are kept for each class of the scenario; empty if none are.
    pub kept: Vec<u32>,
    /// Who goes first.
    pub order: Order,
    /// The hours in which people leave it, as a position in
    /// [`Rules::calendars`](crate::model::Rules::calendars); at any time, if there is none.
    pub leaving: Option<u16>,
    /// The ledger's cell while people wait for these hours.
    pub leaving_cell: u16,
    /// The places whose people may come here instead of waiting.
    pub overflow_from: Vec<u8>,
    /// Cost of a day \[pounds\].
    pub cost_per_day_pounds: f64,
    /// Cost of a day of delay, where counted apart \[pounds\].
    pub delayed_day_cost_pounds: f64,
}

/// Who goes first among those who wait.
#[derive(Debug, Clone, Default)]
pub struct Order {
    /// By what.
    pub discipline: Discipline,
    /// Before that, by the place where they are; all others last.
    pub first_from: Vec<u8>,
}

impl Order {
    /// Whether who came first goes first.
    pub fn is_plain(&self) -> bool {
        self.discipline == Discipline::FirstCome && self.first_from.is_empty()
    }
}

/// Further units that open when a place is nearly full.
#[derive(Debug, Clone, Copy)]
pub struct Escalation {
    /// How many.
    pub beds: u32,
    /// They open when more than this share of the ordinary capacity is in use [0-1].
    pub above: f64,
    /// They close when less than this share of it is in use [0-1].
    pub below: f64,
}

/// The capacity at certain times.
#[derive(Debug, Clone)]
pub struct CapacityAt {
    /// On which days, from Monday to Sunday.
    pub days: [bool; 7],
    /// From when to when in the day [s of the day]; over midnight if the end is not later.
    pub hours: Option<(u32, u32)>,
    /// The first day on which it holds.
    pub from: u32,
    /// The first day on which it does not hold any more.
    pub until: u32,
    /// The capacity.
    pub capacity: u32,
}

impl CapacityAt {
    fn holds_on(&self, days: &Days, day: u32) -> bool {
        (self.from..self.until).contains(&day) && self.days[days.factor_index(day)]
    }

    /// Whether it holds on the day before; nobody knows whether that was a bank holiday if it lies
    /// before the run.
    fn held_before(&self, days: &Days, day: u32) -> bool {
        match day.checked_sub(1) {
            Some(before) => self.holds_on(days, before),
            None => self.from == 0 && self.days[(days.weekday(day) + 6) % 7],
        }
    }

    fn holds(&self, days: &Days, time: Time) -> bool {
        let (day, second) = (day_of(time), second_of_day(time));
        match self.hours {
            None => self.holds_on(days, day),
            Some((starts, ends)) if starts < ends => {
                (starts..ends).contains(&second) && self.holds_on(days, day)
            }
            Some((starts, ends)) => {
                (second >= starts && self.holds_on(days, day))
                    || (second < ends && self.held_before(days, day))
            }
        }
    }
}

impl PlaceRules {
    /// Whether more than its capacity says who gets in.
    pub fn is_special(&self) -> bool {
        self.queue_limit.is_some()
            || self.turns()
            || !self.kept.is_empty()
            || !self.order.is_plain()
            || !self.overflow_from.is_empty()
    }

    /// Whether its capacity is not the same at all times.
    pub fn turns(&self) -> bool {
        !self.capacity_at.is_empty() || self.escalation.is_some()
    }

    /// Its ordinary capacity at a moment; `u32::MAX` is unlimited.
    pub fn capacity_at(&self, days: &Days, time: Time) -> u32 {
        let entry = self.capacity_at.iter().find(|entry| entry.holds(days, time));
        entry.map_or(self.capacity, |entry| entry.capacity)
    }

    /// Whether everybody fits at some time.
    pub fn is_ever_unlimited(&self) -> bool {
        self.capacity == u32::MAX || self.capacity_at.iter().any(|it| it.capacity == u32::MAX)
    }

    /// When its ordinary capacity may change next.
    pub(in crate::model) fn next_turn(&self, time: Time) -> Time {
        let (day, second) = (day_of(time), second_of_day(time));
        let hours = self.capacity_at.iter().filter_map(|entry| entry.hours);
        let turns = hours.flat_map(|(starts, ends)| [starts, ends]);
        let next = turns.filter(|turn| *turn > second).min().unwrap_or(DAY).min(DAY);
        start_of(day) + Span::from_seconds(next)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil;

    use super::*;

    const HOUR: u32 = 3_600;

    fn at(day: u32, hour: u32) -> Time {
        Time::from_seconds(day * DAY + hour * HOUR)
    }

    #[test]
    fn hours_over_midnight_belong_to_the_day_on_which_they_begin() {
        // Day 0 is a Monday; Wednesday is a bank holiday, which is a Sunday.
        let days = Days::new(civil::date(2024, 1, 1), 14, &[civil::date(2024, 1, 3)]);
        let mut entry = CapacityAt {
            days: [false, false, false, false, true, false, true],
            hours: Some((20 * HOUR, 8 * HOUR)),
            from: 0,
            until: 11,
            capacity: 1,
        };
        let holds = |entry: &CapacityAt, day, hour| entry.holds(&days, at(day, hour));
        // The Sunday night before the first day, Friday night until Saturday morning, Sunday night, and
        // the night of the bank holiday.
        for (day, hour) in
            [(0, 3), (4, 20), (4, 23), (5, 0), (5, 7), (6, 21), (7, 3), (2, 22), (3, 5)]
        {
            assert!(holds(&entry, day, hour), "{day} {hour}");
        }
        for (day, hour) in [(4, 19), (5, 8), (5, 20), (0, 8), (7, 20), (3, 20), (11, 21)] {
            assert!(!holds(&entry, day, hour), "{day} {hour}");
        }
        entry.until = 5;
        assert!(holds(&entry, 5, 7), "the night began before");
        assert!(!holds(&entry, 6, 21));
        entry.hours = Some((8 * HOUR, 20 * HOUR));
        assert!(holds(&entry, 4, 8) && !holds(&entry, 4, 20) && !holds(&entry, 4, 7));
    }
}
