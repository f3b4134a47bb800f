//! A moment: a day of the calendar and a time of that day.

use std::fmt;

use jiff::civil;
use serde::de::{self, Deserialize, Deserializer, Visitor};

use super::Date;

/// A moment, written `2025-01-06 08:00:00` or `"2025-01-06 08:00"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    /// Its day.
    pub date: Date,
    /// The second of that day \[s\].
    pub second: u32,
}

impl Moment {
    /// Reads a moment.
    ///
    /// # Errors
    /// What is wrong with the text, to be read after its path; further lines are advice.
    pub fn parse(text: &str) -> Result<Moment, String> {
        let advice = "write a day and a time, such as \"2025-01-06 08:00\"";
        let wrong = || format!("is {text:?}; that is not a moment\n{advice}");
        let (date, time) = text.split_once([' ', 'T']).ok_or_else(wrong)?;
        let time: civil::Time = time.parse().map_err(|_| wrong())?;
        let second = time.duration_since(civil::Time::midnight()).as_secs();
        Ok(Moment { date: Date::parse(date)?, second: u32::try_from(second).map_err(|_| wrong())? })
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(MomentVisitor)
    }
}

struct MomentVisitor;

impl Visitor<'_> for MomentVisitor {
    type Value = Moment;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a moment, such as \"2025-01-06 08:00\"")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Moment, E> {
        Moment::parse(text).map_err(E::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_a_day_and_a_time() {
        let moment = Moment::parse("2025-01-06 08:30").expect("it is one");
        assert_eq!((moment.date.to_string().as_str(), moment.second), ("2025-01-06", 30_600));
        assert_eq!(Moment::parse("2025-01-06T08:30:00"), Ok(moment));
        for text in ["2025-01-06", "08:30", "2025-02-30 08:30", "2025-01-06 24:30", "soon enough"] {
            assert!(Moment::parse(text).is_err(), "{text}");
        }
    }
}
