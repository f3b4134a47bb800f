//! Days of a run and opening hours on them.

use jiff::civil;

use crate::engine::{Span, Time};
use crate::scenario::language::{Calendar as Hours, Description};

/// Seconds in a day \[s\].
pub const DAY: u32 = 86_400;

/// The days of a run: what weekday and month each is.
#[derive(Debug, Clone)]
pub struct Days {
    first: civil::Date,
    first_weekday: u32,
    first_absolute: u64,
    kinds: Vec<u8>,
    months: Vec<u8>,
}

impl Days {
    /// The days from `first` on, `count` of them.
    pub fn new(first: civil::Date, count: u32, bank_holidays: &[civil::Date]) -> Days {
        let before = (first - civil::date(1, 1, 1)).get_days().unsigned_abs();
        let mut days = Days {
            first,
            first_weekday: first.weekday().to_monday_zero_offset().unsigned_abs().into(),
            first_absolute: before.into(),
            kinds: Vec::new(),
            months: Vec::new(),
        };
        let mut date = first;
        for _ in 0..count {
            let weekday = date.weekday().to_monday_zero_offset().unsigned_abs();
            let kind = if bank_holidays.contains(&date) { 7 } else { weekday };
            days.kinds.push(kind);
            days.months.push(date.month().unsigned_abs() - 1);
            date = date.tomorrow().unwrap_or(date);
        }
        days
    }

    /// The number of a date: 0 for the first day, negative before it.
    pub fn number_of(&self, date: civil::Date) -> i32 {
        (date - self.first).get_days()
    }

    /// A number of a day that does not depend on when the run starts, for keys of randomness.
    #[inline]
    pub fn absolute(&self, day: u32) -> u64 {
        self.first_absolute + u64::from(day)
    }

    /// The date of a day.
    pub fn date(&self, day: u32) -> civil::Date {
        self.first.saturating_add(jiff::Span::new().days(day))
    }

    /// The kind of a day: 0 to 6 are Monday to Sunday, 7 is a bank holiday. Days beyond the run are
    /// ordinary weekdays.
    #[inline]
    pub fn kind(&self, day: u32) -> usize {
        match self.kinds.get(day as usize) {
            Some(&kind) => kind.into(),
            None => self.weekday(day),
        }
    }

    /// The weekday of a day, 0 for Monday, bank holiday or not.
    #[inline]
    pub fn weekday(&self, day: u32) -> usize {
        ((self.first_weekday + day) % 7) as usize
    }

    /// The kind of a day where bank holidays are Sundays.
    #[inline]
    pub fn factor_index(&self, day: u32) -> usize {
        self.kind(day).min(6)
    }

    /// The month of a day, 0 for January.
    #[inline]
    pub fn month(&self, day: u32) -> usize {
        self.months.get(day as usize).map_or(0, |&month| month.into())
    }
}

/// The day of a time.
#[inline]
pub fn day_of(time: Time) -> u32 {
    time.seconds() / DAY
}

/// The second of its day of a time.
#[inline]
pub fn second_of_day(time: Time) -> u32 {
    time.seconds() % DAY
}

/// The time at which a day starts.
#[inline]
pub(super) fn start_of(day: u32) -> Time {
    Time::from_seconds(day.saturating_mul(DAY))
}

/// Opening hours: for each kind of day, the stretches in which it is open [s of the day].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    open: [Vec<(u32, u32)>; 8],
}

impl Calendar {
    /// The opening hours that a scenario declares.
    pub fn new(hours: &Hours) -> Calendar {
        Calendar { open: std::array::from_fn(|kind| hours.hours(kind).ranges().to_vec()) }
    }

    /// The calendars of a scenario, in its order.
    pub fn all(description: &Description) -> Vec<Calendar> {
        description.calendars.values().map(Calendar::new).collect()
    }

    /// The same hours every day.
    pub fn daily(ranges: &[(u32, u32)]) -> Calendar {
        Calendar { open: std::array::from_fn(|_| ranges.to_vec()) }
    }

    /// The hours in which both it and another are open.
    pub fn while_open(&self, other: &Calendar) -> Calendar {
        let both = |kind: usize| {
            let mut both = Vec::new();
            for &(opens, closes) in &self.open[kind] {
                let overlaps =
                    other.open[kind].iter().map(|it| (it.0.max(opens), it.1.min(closes)));
                both.extend(overlaps.filter(|(opens, closes)| opens < closes));
            }
            both
        };
        Calendar { open: std::array::from_fn(both) }
    }

    /// How long it is open on a kind of day \[s\].
    pub fn open_on(&self, kind: usize) -> u32 {
        self.open[kind].iter().map(|(opens, closes)| closes - opens).sum()
    }

    /// When `work` that starts at `start` ends, if it goes on only in opening hours. Work without
    /// length ends where it starts, open or not.
    pub fn end_of_work(&self, days: &Days, start: Time, work: Span) -> Time {
        let mut left = work.seconds();
        if left == 0 {
            return start;
        }
        let mut day = day_of(start);
        let mut from = second_of_day(start);
        loop {
            for &(opens, closes) in &self.open[days.kind(day)] {
                let begin = opens.max(from);
                if begin < closes {
                    let room = closes - begin;
                    if left <= room {
                        return start_of(day) + Span::from_seconds(begin + left);
                    }
                    left -= room;
                }
            }
            day += 1;
            from = 0;
            if start_of(day) == Time::NEVER {
                return Time::NEVER;
            }
        }
    }

    /// How long it is open between two moments.
    pub fn open_between(&self, days: &Days, from: Time, until: Time) -> Span {
        let mut open = 0;
        for day in day_of(from)..=day_of(until) {
            for &(opens, closes) in &self.open[days.kind(day)] {
                let begin = (start_of(day) + Span::from_seconds(opens)).max(from);
                let end = (start_of(day) + Span::from_seconds(closes)).min(until);
                open += end.since(begin).seconds();
            }
        }
        Span::from_seconds(open)
    }

    /// The first moment at or after `time` that lies in opening hours.
    pub fn next_open(&self, days: &Days, time: Time) -> Time {
        let mut day = day_of(time);
        let mut from = second_of_day(time);
        loop {
            for &(opens, closes) in &self.open[days.kind(day)] {
                // A range may be a single moment.
                if from < closes || (opens == closes && from <= opens) {
                    return start_of(day) + Span::from_seconds(opens.max(from));
                }
            }
            day += 1;
            from = 0;
            if start_of(day) == Time::NEVER {
                return Time::NEVER;
            }
        }
    }

    /// The first opening after `time`.
    pub fn next_opening(&self, days: &Days, time: Time) -> Time {
        let mut day = day_of(time);
        loop {
            for &(opens, closes) in &self.open[days.kind(day)] {
                let at = start_of(day) + Span::from_seconds(opens);
                if at > time && opens < closes {
                    return at;
                }
            }
            day += 1;
            if start_of(day) == Time::NEVER {
                return Time::NEVER;
            }
        }
    }

    /// When the opening in which `time` lies ends; `None` if it is closed.
    pub fn closes_at(&self, days: &Days, time: Time) -> Option<Time> {
        let day = day_of(time);
        let second = second_of_day(time);
        self.open[days.kind(day)]
            .iter()
            .find(|(opens, closes)| *opens <= second && second < *closes)
            .map(|(_, closes)| start_of(day) + Span::from_seconds(*closes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: u32 = 3_600;

    /// From Monday 2 September 2024; Tuesday is a bank holiday.
    fn week() -> Days {
        let monday = civil::date(2024, 9, 2);
        Days::new(monday, 14, &[civil::date(2024, 9, 3)])
    }

    /// Open from 9 to 17 on Monday to Friday.
    fn office() -> Calendar {
        let hours = vec![(9 * HOUR, 17 * HOUR)];
        Calendar { open: std::array::from_fn(|kind| if kind < 5 { hours.clone() } else { vec![] }) }
    }

    fn at(day: u32, hour: u32) -> Time {
        Time::from_seconds(day * DAY + hour * HOUR)
    }

    #[test]
    fn work_stops_at_closing_time_and_goes_on_when_it_opens_again() {
        let (days, office) = (week(), office());
        // Monday 15:00 plus 3 hours: 2 on Monday, none on the bank holiday, 1 on Wednesday.
        let end = office.end_of_work(&days, at(0, 15), Span::from_seconds(3 * HOUR));
        assert_eq!(end, at(2, 10));
        // Work that fills a day ends with it, not on the next.
        let end = office.end_of_work(&days, at(2, 9), Span::from_seconds(8 * HOUR));
        assert_eq!(end, at(2, 17));
        assert_eq!(office.open_between(&days, at(0, 15), at(2, 10)).seconds(), 3 * HOUR);
        assert_eq!(office.open_between(&days, at(0, 8), at(0, 24)).seconds(), 8 * HOUR);
        assert_eq!(office.open_between(&days, at(0, 17), at(2, 9)), Span::ZERO);
        // Friday afternoon to Monday.
        let end = office.end_of_work(&days, at(4, 20), Span::from_seconds(HOUR));
        assert_eq!(end, at(7, 10));
    }

    #[test]
    fn the_next_open_moment_is_now_if_it_is_open() {
        let (days, office) = (week(), office());
        assert_eq!(office.next_open(&days, at(0, 10)), at(0, 10));
        assert_eq!(office.next_open(&days, at(0, 17)), at(2, 9));
        assert_eq!(office.next_opening(&days, at(0, 9)), at(2, 9));
        assert_eq!(office.closes_at(&days, at(2, 9)), Some(at(2, 17)));
        assert_eq!(office.closes_at(&days, at(0, 9)), Some(at(0, 17)));
        assert_eq!(office.closes_at(&days, at(0, 17)), None);
        let moment = Calendar::daily(&[(14 * HOUR, 14 * HOUR)]);
        assert_eq!(moment.next_open(&days, at(0, 14)), at(0, 14));
        assert_eq!(moment.next_open(&days, at(0, 15)), at(1, 14));
    }

    #[test]
    fn days_know_their_weekday_and_month() {
        let days = Days::new(civil::date(2024, 8, 31), 3, &[]);
        assert_eq!((days.kind(0), days.month(0)), (5, 7));
        assert_eq!((days.kind(1), days.month(1)), (6, 8));
        assert_eq!(days.kind(100), (5 + 100) % 7);
        assert_eq!(days.date(2), civil::date(2024, 9, 2));
    }
}
