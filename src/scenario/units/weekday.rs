//! The days of the week.

use std::fmt;

use serde::de::{self, Deserialize, Deserializer, Visitor};
use serde::{Serialize, Serializer};

/// A day of the week, written `"monday"` or `"mon"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names of the days say it all")]
pub enum Weekday {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

impl Weekday {
    /// All seven, Monday first.
    pub const ALL: [Weekday; 7] = [
        Weekday::Monday,
        Weekday::Tuesday,
        Weekday::Wednesday,
        Weekday::Thursday,
        Weekday::Friday,
        Weekday::Saturday,
        Weekday::Sunday,
    ];

    /// Its place in the week, 0 for Monday.
    pub fn index(self) -> usize {
        self as usize
    }

    /// Its name as it is written in a scenario.
    pub fn name(self) -> &'static str {
        match self {
            Weekday::Monday => "monday",
            Weekday::Tuesday => "tuesday",
            Weekday::Wednesday => "wednesday",
            Weekday::Thursday => "thursday",
            Weekday::Friday => "friday",
            Weekday::Saturday => "saturday",
            Weekday::Sunday => "sunday",
        }
    }

    /// The day of a name, or of its first three letters.
    pub fn parse(text: &str) -> Option<Weekday> {
        let text = text.to_ascii_lowercase();
        Weekday::ALL.into_iter().find(|day| text == day.name() || text == day.name()[..3])
    }
}

impl fmt::Display for Weekday {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl<'de> Deserialize<'de> for Weekday {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(WeekdayVisitor)
    }
}

/// As it is written in a scenario: the schema of the language shows defaults.
impl Serialize for Weekday {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

struct WeekdayVisitor;

impl Visitor<'_> for WeekdayVisitor {
    type Value = Weekday;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a day of the week, such as \"monday\"")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Weekday, E> {
        const NAMES: &[&str] =
            &["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
        Weekday::parse(text).ok_or_else(|| E::unknown_variant(text, NAMES))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_goes_by_its_name_or_three_letters() {
        assert_eq!(Weekday::parse("monday"), Some(Weekday::Monday));
        assert_eq!(Weekday::parse("Sun"), Some(Weekday::Sunday));
        assert_eq!(Weekday::parse("su"), None);
        assert_eq!(Weekday::parse("munday"), None);
        for day in Weekday::ALL {
            assert_eq!(Weekday::parse(day.name()), Some(day));
            assert_eq!(Weekday::ALL[day.index()], day);
        }
    }
}
