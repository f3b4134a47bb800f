//! How long something takes: a number and its unit.

use std::fmt;

use serde::de::{self, Deserialize, Deserializer, Visitor};
use serde::{Serialize, Serializer};

/// A length of time, written with its unit: `"2.5 days"`.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Default)]
pub struct Duration {
    /// Its length, 0 or more \[seconds\].
    pub seconds: f64,
}

/// The units by every name they go by, with their length \[seconds\].
const UNITS: [(&[&str], f64); 6] = [
    (&["seconds", "second", "s", "sec", "secs"], 1.0),
    (&["minutes", "minute", "min", "mins"], 60.0),
    (&["hours", "hour", "h", "hr", "hrs"], 3600.0),
    (&["days", "day", "d"], 86_400.0),
    (&["weeks", "week", "w"], 7.0 * 86_400.0),
    (&["years", "year", "y"], 365.0 * 86_400.0),
];

/// No time in a scenario is longer \[seconds\].
const LONGEST: f64 = 1000.0 * 365.0 * 86_400.0;

const ADVICE: &str = "write a number and one of seconds, minutes, hours, days, weeks, years (365 days), such as \"2.5 days\"";

impl Duration {
    /// A length of time in days.
    pub fn from_days(days: f64) -> Duration {
        Duration { seconds: days * 86_400.0 }
    }

    /// Its length in days.
    pub fn days(self) -> f64 {
        self.seconds / 86_400.0
    }

    /// The unit in which a text gives a time, and its length \[seconds\].
    pub(crate) fn unit(text: &str) -> Option<(&'static str, f64)> {
        let name = text.trim().trim_start_matches(|c: char| !c.is_alphabetic()).to_lowercase();
        let (names, length) = UNITS.iter().find(|(names, _)| names.contains(&name.as_str()))?;
        Some((names[0], *length))
    }

    /// Reads a number and its unit.
    ///
    /// # Errors
    /// What is wrong with the text, to be read after its path; further lines are advice.
    pub fn parse(text: &str) -> Result<Duration, String> {
        let trimmed = text.trim();
        let cut = match trimmed.find(char::is_whitespace) {
            Some(space) => space,
            None => unit_start(trimmed),
        };
        let (number, unit) = (&trimmed[..cut], trimmed[cut..].trim());
        let Ok(number) = number.parse::<f64>() else {
            return Err(format!("is {text:?}; that is not a length of time\n{ADVICE}"));
        };
        if unit.is_empty() {
            return Err(format!("is {text:?}; a length of time needs its unit\n{ADVICE}"));
        }
        let name = unit.to_lowercase();
        if ["month", "months", "mo"].contains(&name.as_str()) {
            return Err(format!(
                "is {text:?}; months differ in length, so they cannot measure time\nwrite it in days or weeks, such as \"30 days\""
            ));
        }
        let Some((_, length)) = UNITS.iter().find(|(names, _)| names.contains(&name.as_str()))
        else {
            return Err(format!("is {text:?}; {unit:?} is not a unit of time\n{ADVICE}"));
        };
        let seconds = number * length;
        if !seconds.is_finite() {
            return Err(format!("is {text:?}; it must be a finite time"));
        }
        if number < 0.0 {
            return Err(format!("is {text:?}; a length of time must be 0 or more"));
        }
        if seconds > LONGEST {
            return Err(format!("is {text:?}; it must be at most 1000 years"));
        }
        // Not -0.0, which prints oddly.
        Ok(Duration { seconds: seconds.abs() })
    }
}

/// Where the unit starts in a text without a space: `30min`.
fn unit_start(text: &str) -> usize {
    text.find(|c: char| !c.is_ascii_digit() && !"+-._".contains(c)).unwrap_or(text.len())
}

impl fmt::Display for Duration {
    /// In the largest of years, days, hours, minutes and seconds that gives a whole number; else in the
    /// largest of which it is at least one.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let units = [
            ("year", 365.0 * 86_400.0),
            ("day", 86_400.0),
            ("hour", 3600.0),
            ("minute", 60.0),
            ("second", 1.0),
        ];
        let whole = |length: f64| (self.seconds / length).fract().abs() < 1e-12;
        let (name, length) = units
            .into_iter()
            .find(|&(_, length)| self.seconds >= length && whole(length))
            .or(units.into_iter().skip(1).find(|&(_, length)| self.seconds >= length))
            .unwrap_or(("second", 1.0));
        let number = (self.seconds / length * 1e6).round() / 1e6;
        let plural = if (number - 1.0).abs() < 1e-12 { "" } else { "s" };
        write!(f, "{number} {name}{plural}")
    }
}

impl<'de> Deserialize<'de> for Duration {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(DurationVisitor)
    }
}

/// As it is written in a scenario: the schema of the language shows defaults.
impl Serialize for Duration {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

struct DurationVisitor;

impl Visitor<'_> for DurationVisitor {
    type Value = Duration;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a length of time with its unit, such as \"2.5 days\"")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Duration, E> {
        Duration::parse(text).map_err(E::custom)
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Duration, E> {
        Err(bare(number))
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<Duration, E> {
        Err(bare(number))
    }
}

/// The mistake of a number without a unit.
pub(crate) fn bare<E: de::Error>(number: impl fmt::Display) -> E {
    E::custom(format!(
        "is {number}; a length of time needs its unit\nwrite it in quotes with its unit, such as \"{number} days\" or \"{number} hours\""
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(text: &str) -> f64 {
        Duration::parse(text).expect(text).seconds
    }

    #[test]
    fn a_number_and_its_unit_are_a_time() {
        let cases = [
            ("2.5 days", 216_000.0),
            ("1 day", 86_400.0),
            ("90 s", 90.0),
            ("30min", 1800.0),
            ("3 h", 10_800.0),
            ("4d", 345_600.0),
            ("1 week", 604_800.0),
            ("2 years", 63_072_000.0),
            ("  1   Hour ", 3600.0),
            ("1e3 seconds", 1000.0),
            ("0 days", 0.0),
            ("-0 days", 0.0),
        ];
        for (text, expected) in cases {
            assert!((seconds(text) - expected).abs() < 1e-9, "{text}");
        }
    }

    #[test]
    fn what_is_no_time_is_refused_and_advised() {
        for text in [
            "",
            " ",
            "days",
            "3",
            "3 months",
            "-1 day",
            "inf days",
            "nan days",
            "1e999 days",
            "1e300 days",
            "3 fortnights",
            "2 days 4 hours",
            "1,5 days",
            "é days",
            "3é",
            "1001 years",
        ] {
            assert!(Duration::parse(text).is_err(), "{text:?}");
        }
        let months = Duration::parse("3 months").expect_err("months are refused");
        assert!(months.contains("30 days"), "{months}");
    }

    #[test]
    fn a_time_is_shown_in_the_unit_that_suits_it() {
        for (days, shown) in [
            (2.0, "2 days"),
            (365.0, "1 year"),
            (400.5, "9612 hours"),
            (1.0, "1 day"),
            (0.5, "12 hours"),
            (1.5, "36 hours"),
            (0.0, "0 seconds"),
            (1.0 / 1440.0, "1 minute"),
        ] {
            assert_eq!(Duration::from_days(days).to_string(), shown);
        }
    }
}
