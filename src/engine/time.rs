//! Points in time and lengths of time, in whole seconds.
//!
//! Whole seconds make equal times equal, on every machine. 32 bits reach over 136 years.

use std::ops::{Add, Sub};

/// A point in time: seconds since the start of the simulation \[s\].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Time(u32);

/// A length of time \[s\].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Span(u32);

impl Time {
    /// The start of the simulation.
    pub const START: Time = Time(0);
    /// A time that no simulation reaches.
    pub const NEVER: Time = Time(u32::MAX);

    /// The time `seconds` after the start \[s\].
    pub const fn from_seconds(seconds: u32) -> Time {
        Time(seconds)
    }

    /// Seconds since the start \[s\].
    pub const fn seconds(self) -> u32 {
        self.0
    }

    /// The time since `earlier`; zero if `earlier` lies later.
    pub const fn since(self, earlier: Time) -> Span {
        Span(self.0.saturating_sub(earlier.0))
    }
}

impl Span {
    /// No time at all.
    pub const ZERO: Span = Span(0);

    /// A length of `seconds` \[s\].
    pub const fn from_seconds(seconds: u32) -> Span {
        Span(seconds)
    }

    /// The nearest whole number of seconds; negative lengths become zero, over-long ones the
    /// longest that there is.
    pub fn round_seconds(seconds: f64) -> Span {
        // A cast from f64 saturates, and turns NaN into 0.
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "saturates, as said"
        )]
        Span((seconds + 0.5) as u32)
    }

    /// Its seconds \[s\].
    pub const fn seconds(self) -> u32 {
        self.0
    }
}

impl Add<Span> for Time {
    type Output = Time;

    fn add(self, span: Span) -> Time {
        Time(self.0.saturating_add(span.0))
    }
}

impl Add for Span {
    type Output = Span;

    fn add(self, other: Span) -> Span {
        Span(self.0.saturating_add(other.0))
    }
}

impl Sub for Span {
    type Output = Span;

    fn sub(self, other: Span) -> Span {
        Span(self.0.saturating_sub(other.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_rounded_to_the_nearest_second() {
        assert_eq!(Span::round_seconds(1.49), Span::from_seconds(1));
        assert_eq!(Span::round_seconds(1.5), Span::from_seconds(2));
        assert_eq!(Span::round_seconds(-3.0), Span::ZERO);
        assert_eq!(Span::round_seconds(f64::INFINITY).seconds(), u32::MAX);
    }

    #[test]
    fn a_time_never_wraps_around() {
        assert_eq!(Time::from_seconds(5) + Span::from_seconds(u32::MAX), Time::NEVER);
        assert_eq!(Time::from_seconds(5).since(Time::from_seconds(7)), Span::ZERO);
    }
}
