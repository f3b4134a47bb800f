//! Outcomes that are wished for: `delay_days.all<2`.

use std::fmt;
use std::str::FromStr;

/// A measure that is to be on one side of a limit.
#[derive(Debug, Clone, PartialEq)]
pub struct Condition {
    /// The full name of the measure.
    pub measure: String,
    /// Which side.
    pub side: Side,
    /// The limit, in the unit of the measure; of shares from 0 to 1.
    pub limit: f64,
}

/// A side of a limit. The limit itself is on either side: hardly any mean is exactly that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// At most the limit.
    Below,
    /// At least the limit.
    Above,
}

impl Condition {
    /// Whether a value is on the side that is wished for.
    pub fn holds(&self, value: f64) -> bool {
        match self.side {
            Side::Below => value <= self.limit,
            Side::Above => value >= self.limit,
        }
    }
}

impl FromStr for Condition {
    type Err = String;

    fn from_str(text: &str) -> Result<Condition, String> {
        let advice = || {
            format!(
                "`{text}` is no condition: write a measure, < or >, and a number, such as delay_days.all<2 or ready_waiting_share.all<10%"
            )
        };
        let at = text.find(['<', '>']).ok_or_else(advice)?;
        let side = if text[at..].starts_with('<') { Side::Below } else { Side::Above };
        let measure = text[..at].trim();
        let limit = text[at + 1..].trim_start_matches('=').trim();
        let (limit, scale) = match limit.strip_suffix('%') {
            Some(number) => (number.trim(), 0.01),
            None => (limit, 1.0),
        };
        let limit = limit.parse::<f64>().ok().filter(|it| it.is_finite()).ok_or_else(advice)?;
        if measure.is_empty() {
            return Err(advice());
        }
        Ok(Condition { measure: measure.to_owned(), side, limit: limit * scale })
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let side = match self.side {
            Side::Below => "is at most",
            Side::Above => "is at least",
        };
        write!(f, "{} {side} {}", self.measure, self.limit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_condition_is_a_measure_a_side_and_a_limit() {
        let of =
            |text: &str| text.parse::<Condition>().ok().map(|it| (it.measure, it.side, it.limit));
        let delay = || "delay_days.all".to_owned();
        assert_eq!(of("delay_days.all<2"), Some((delay(), Side::Below, 2.0)));
        assert_eq!(of(" delay_days.all >= 2.5 "), Some((delay(), Side::Above, 2.5)));
        assert_eq!(of("delay_days.all<10%"), Some((delay(), Side::Below, 0.1)));
        for text in ["", "delay_days.all", "<2", "delay_days.all<", "delay_days.all<two", "a<inf"] {
            assert!(of(text).is_none(), "{text}");
        }
    }
}
