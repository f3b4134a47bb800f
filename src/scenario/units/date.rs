//! A day of the calendar.

use std::fmt;

use jiff::civil;
use serde::de::{self, Deserialize, Deserializer, Visitor};

/// A day of the calendar, written `2025-01-06` or `"2025-01-06"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date(civil::Date);

impl Date {
    /// The years that a scenario may speak of.
    pub const YEARS: std::ops::RangeInclusive<i16> = 1900..=2200;

    /// A day of the calendar, if its year is one of [`Date::YEARS`].
    pub fn new(day: civil::Date) -> Option<Date> {
        Date::YEARS.contains(&day.year()).then_some(Date(day))
    }

    /// The day, to reckon with.
    pub fn civil(self) -> civil::Date {
        self.0
    }

    /// The day so many days later, or earlier if negative; `None` outside of [`Date::YEARS`].
    pub fn plus_days(self, days: i64) -> Option<Date> {
        let span = jiff::Span::new().try_days(days).ok()?;
        Date::new(self.0.checked_add(span).ok()?)
    }

    /// Reads a day.
    ///
    /// # Errors
    /// What is wrong with the text, to be read after its path; further lines are advice.
    pub fn parse(text: &str) -> Result<Date, String> {
        let advice = "write year, month and day, such as 2025-01-06";
        let shape = text.len() == 10
            && text
                .bytes()
                .enumerate()
                .all(|(at, b)| if at == 4 || at == 7 { b == b'-' } else { b.is_ascii_digit() });
        if !shape {
            return Err(format!("is {text:?}; that is not a date\n{advice}"));
        }
        let day: civil::Date =
            text.parse().map_err(|_| format!("is {text}; there is no such day in the calendar"))?;
        Date::new(day).ok_or_else(|| {
            format!(
                "is {text}; the year must be from {} to {}",
                Date::YEARS.start(),
                Date::YEARS.end()
            )
        })
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(DateVisitor)
    }
}

struct DateVisitor;

impl Visitor<'_> for DateVisitor {
    type Value = Date;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a date, such as 2025-01-06")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Date, E> {
        Date::parse(text).map_err(E::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_and_shown_alike() {
        for text in ["2025-01-06", "2024-02-29", "1900-01-01", "2200-12-31"] {
            assert_eq!(Date::parse(text).map(|day| day.to_string()), Ok(text.to_owned()));
        }
    }

    #[test]
    fn what_is_no_day_is_refused() {
        for text in [
            "",
            "2025-02-29",
            "2025-13-01",
            "1899-12-31",
            "2201-01-01",
            "6 January 2025",
            "2025-1-6",
            "2025-01-06T10:00:00",
            "08:30:00",
            "20250106",
            "２025-01-0",
        ] {
            assert!(Date::parse(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn days_are_counted_within_the_supported_years() {
        let day = Date::parse("2025-01-06").expect("a day");
        assert_eq!(day.plus_days(-6).map(|day| day.to_string()), Some("2024-12-31".to_owned()));
        assert_eq!(day.plus_days(200 * 365), None);
        assert_eq!(day.plus_days(i64::MAX), None);
    }
}
