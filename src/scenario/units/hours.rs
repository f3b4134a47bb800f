//! Hours of the day: when something is open, or held.

use std::fmt;

use serde::de::{self, Deserialize, Deserializer, SeqAccess, Visitor};

/// Hours of a day: `"closed"`, `"all day"`, `"08:30-17:00"`, a list of such ranges, or a single
/// moment such as `"14:00"`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Hours {
    ranges: Vec<(u32, u32)>,
}

/// Length of a day \[seconds\].
const DAY: u32 = 86_400;

const ADVICE: &str =
    "write \"closed\", \"all day\", a range such as \"08:30-17:00\", or a list of ranges";

impl Hours {
    /// All 24 hours.
    pub fn all_day() -> Hours {
        Hours { ranges: vec![(0, DAY)] }
    }

    /// The ranges in the order of the day, as start and end [seconds after midnight]; they do not
    /// overlap. A single moment is a range whose end is its start.
    pub fn ranges(&self) -> &[(u32, u32)] {
        &self.ranges
    }

    /// Whether nothing is open, not even for a moment.
    pub fn is_closed(&self) -> bool {
        self.ranges.is_empty()
    }

    /// How long it is open \[seconds\].
    pub fn open_seconds(&self) -> u32 {
        self.ranges.iter().map(|(start, end)| end - start).sum()
    }

    /// Reads one text.
    ///
    /// # Errors
    /// What is wrong with the text, to be read after its path; further lines are advice.
    pub fn parse(text: &str) -> Result<Hours, String> {
        match text.trim().to_ascii_lowercase().as_str() {
            "closed" => Ok(Hours::default()),
            "all day" => Ok(Hours::all_day()),
            _ => Ok(Hours { ranges: vec![range(text)?] }),
        }
    }

    /// Joins ranges, which may come in any order.
    fn join(mut ranges: Vec<(u32, u32)>) -> Result<Hours, String> {
        ranges.sort_unstable();
        for pair in ranges.windows(2) {
            if pair[1].0 < pair[0].1 || pair[1].0 == pair[0].0 {
                return Err(format!(
                    "has hours that overlap: {} and {}",
                    show(pair[0]),
                    show(pair[1])
                ));
            }
        }
        Ok(Hours { ranges })
    }
}

/// A stretch of the day that may go over midnight: `"20:00-08:00"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shift {
    /// When it begins [seconds after midnight].
    pub starts: u32,
    /// When it ends [seconds after midnight]; on the next day if that is not later.
    pub ends: u32,
}

impl Shift {
    /// Reads one.
    ///
    /// # Errors
    /// What is wrong with the text, to be read after its path; a further line is advice.
    pub fn parse(text: &str) -> Result<Shift, String> {
        let (starts, ends) = text.split_once(['-', '–']).unwrap_or((text, ""));
        match (moment(starts), moment(ends)) {
            (Some(starts), Some(ends)) if starts < DAY && starts != ends => {
                Ok(Shift { starts, ends })
            }
            _ => Err(format!(
                "is {text:?}; that is no stretch of the day\nwrite it such as \"08:30-17:00\", or \"20:00-08:00\" over midnight"
            )),
        }
    }
}

impl<'de> Deserialize<'de> for Shift {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ShiftVisitor;
        impl Visitor<'_> for ShiftVisitor {
            type Value = Shift;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a stretch of the day, such as \"20:00-08:00\"")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Shift, E> {
                Shift::parse(text).map_err(E::custom)
            }
        }
        deserializer.deserialize_any(ShiftVisitor)
    }
}

/// Reads `08:30-17:00` or `14:00`.
fn range(text: &str) -> Result<(u32, u32), String> {
    let bad = || format!("is {text:?}; those are not hours of the day\n{ADVICE}");
    let Some((start, end)) = text.split_once(['-', '–']) else {
        let moment = moment(text).ok_or_else(bad)?;
        if moment == DAY {
            return Err(format!("is {text:?}; a single moment must be before 24:00"));
        }
        return Ok((moment, moment));
    };
    let (start, end) = (moment(start).ok_or_else(bad)?, moment(end).ok_or_else(bad)?);
    if end <= start {
        return Err(format!(
            "is {text:?}; the end must be later than the start\nhours past midnight are two ranges: [\"{}-24:00\", \"00:00-{}\"]",
            clock(start),
            clock(end)
        ));
    }
    Ok((start, end))
}

/// Reads `08:30` or `08:30:00` [seconds after midnight].
pub(super) fn moment(text: &str) -> Option<u32> {
    let mut parts = text.trim().split(':');
    let mut part = |limit: u32| {
        let part = parts.next()?;
        let digits = (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        digits.then(|| part.parse().ok()).flatten().filter(|&n: &u32| n <= limit)
    };
    let hour = part(24)?;
    let minute = part(59)?;
    let second = part(59);
    if text.matches(':').count() > 2 || (text.matches(':').count() == 2 && second.is_none()) {
        return None;
    }
    let moment = hour * 3600 + minute * 60 + second.unwrap_or(0);
    (moment <= DAY).then_some(moment)
}

fn clock(second: u32) -> String {
    let (hour, minute, rest) = (second / 3600, second / 60 % 60, second % 60);
    if rest == 0 {
        format!("{hour:02}:{minute:02}")
    } else {
        format!("{hour:02}:{minute:02}:{rest:02}")
    }
}

fn show((start, end): (u32, u32)) -> String {
    if start == end { clock(start) } else { format!("{}-{}", clock(start), clock(end)) }
}

impl fmt::Display for Hours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.ranges.as_slice() {
            [] => f.write_str("closed"),
            [(0, DAY)] => f.write_str("all day"),
            ranges => {
                let shown: Vec<String> = ranges.iter().copied().map(show).collect();
                f.write_str(&shown.join(", "))
            }
        }
    }
}

impl<'de> Deserialize<'de> for Hours {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(HoursVisitor)
    }
}

struct HoursVisitor;

impl<'de> Visitor<'de> for HoursVisitor {
    type Value = Hours;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("hours of the day, such as \"08:30-17:00\", \"all day\" or \"closed\"")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Hours, E> {
        Hours::parse(text).map_err(E::custom)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Hours, A::Error> {
        let mut ranges = Vec::new();
        while let Some(Range(start, end)) = list.next_element()? {
            ranges.push((start, end));
        }
        Hours::join(ranges).map_err(de::Error::custom)
    }
}

/// One range of a list.
struct Range(u32, u32);

impl<'de> Deserialize<'de> for Range {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct RangeVisitor;
        impl Visitor<'_> for RangeVisitor {
            type Value = Range;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a range of hours, such as \"08:30-17:00\"")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Range, E> {
                let (start, end) = range(text).map_err(E::custom)?;
                Ok(Range(start, end))
            }
        }
        deserializer.deserialize_any(RangeVisitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_ranges_of_seconds() {
        let cases: [(&str, &[(u32, u32)]); 6] = [
            ("closed", &[]),
            ("all day", &[(0, 86_400)]),
            ("08:30-17:00", &[(30_600, 61_200)]),
            ("00:00 - 24:00", &[(0, 86_400)]),
            ("14:00", &[(50_400, 50_400)]),
            ("8:00:30-9:00", &[(28_830, 32_400)]),
        ];
        for (text, ranges) in cases {
            assert_eq!(Hours::parse(text).as_ref().map(Hours::ranges), Ok(ranges), "{text}");
        }
    }

    #[test]
    fn what_is_no_hour_of_the_day_is_refused() {
        for text in [
            "",
            "-",
            "25:00",
            "24:00",
            "24:01-24:02",
            "17:00-08:30",
            "08:00-08:00",
            "8",
            "08:60",
            "8:00-9:00-10:00",
            "nine to five",
            "08:30:00:00",
            "08:30:xx",
            "+8:00",
            "é:00",
        ] {
            assert!(Hours::parse(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn a_shift_may_go_over_midnight() {
        let shift =
            |text| Shift::parse(text).map(|shift| (shift.starts / 3_600, shift.ends / 3_600));
        assert_eq!(shift("08:00-20:00"), Ok((8, 20)));
        assert_eq!(shift("20:00 - 08:00"), Ok((20, 8)));
        assert_eq!(shift("00:00-24:00"), Ok((0, 24)));
        for text in ["", "8", "20:00", "08:00-08:00", "24:00-08:00", "closed", "all day"] {
            assert!(Shift::parse(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn hours_that_overlap_are_refused_and_touching_ones_are_not() {
        assert!(Hours::join(vec![(10, 20), (15, 30)]).is_err());
        assert!(Hours::join(vec![(10, 10), (10, 30)]).is_err());
        assert!(Hours::join(vec![(20, 30), (10, 20)]).is_ok());
    }
}
