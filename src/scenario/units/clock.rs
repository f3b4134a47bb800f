//! A time of the day.

use std::fmt;

use serde::de::{self, Deserialize, Deserializer, Visitor};

use super::hours;

/// A time of the day, written `"09:00"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Clock {
    /// Seconds after midnight, below a day \[s\].
    pub second: u32,
}

impl Clock {
    /// Reads a time of the day.
    ///
    /// # Errors
    /// What is wrong with the text, to be read after its path; further lines are advice.
    pub fn parse(text: &str) -> Result<Clock, String> {
        match hours::moment(text) {
            Some(second) if second < 86_400 => Ok(Clock { second }),
            _ => Err(format!(
                "is {text:?}; that is not a time of the day\nwrite hours and minutes, such as \"09:00\""
            )),
        }
    }
}

impl<'de> Deserialize<'de> for Clock {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ClockVisitor)
    }
}

struct ClockVisitor;

impl Visitor<'_> for ClockVisitor {
    type Value = Clock;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a time of the day, such as \"09:00\"")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Clock, E> {
        Clock::parse(text).map_err(E::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_of_the_day_lies_before_midnight() {
        assert_eq!(Clock::parse("09:30"), Ok(Clock { second: 34_200 }));
        assert_eq!(Clock::parse("00:00"), Ok(Clock { second: 0 }));
        for text in ["24:00", "9", "nine", "09:00-10:00", ""] {
            assert!(Clock::parse(text).is_err(), "{text}");
        }
    }
}
