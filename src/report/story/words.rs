//! Lengths of time as people say them.

use crate::engine::Span;

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

/// `1 day 4 hours`, `3 hours 20 minutes`, `12 minutes`: the two largest units, rounded.
pub(super) fn length(span: Span) -> String {
    let seconds = u64::from(span.seconds());
    let rounded = |unit: u64| (seconds + unit / 2) / unit * unit;
    let (large, small, rounded) = match seconds {
        _ if rounded(MINUTE) == 0 => return "less than a minute".to_owned(),
        _ if rounded(MINUTE) < HOUR => ((MINUTE, "minute"), (MINUTE, "minute"), rounded(MINUTE)),
        _ if rounded(MINUTE) < DAY => ((HOUR, "hour"), (MINUTE, "minute"), rounded(MINUTE)),
        _ => ((DAY, "day"), (HOUR, "hour"), rounded(HOUR)),
    };
    let first = some(rounded / large.0, large.1);
    match rounded % large.0 / small.0 {
        0 => first,
        rest => format!("{first} {}", some(rest, small.1)),
    }
}

/// `1 day 4 h 20 min`, for tables whose lines add up.
pub(super) fn minutes(minutes: u64) -> String {
    let (days, hours, rest) = (minutes / 1440, minutes / 60 % 24, minutes % 60);
    let days = if days > 0 { format!("{} ", some(days, "day")) } else { String::new() };
    format!("{days}{hours} h {rest:02} min")
}

/// Rounds seconds to minutes so that the parts still add up to their rounded sum: those with the
/// largest remainders are rounded up.
pub(super) fn minutes_that_add_up(seconds: &[u64]) -> Vec<u64> {
    let total = (seconds.iter().sum::<u64>() + MINUTE / 2) / MINUTE;
    let mut minutes: Vec<u64> = seconds.iter().map(|part| part / MINUTE).collect();
    let mut order: Vec<usize> = (0..seconds.len()).collect();
    order.sort_by_key(|&index| std::cmp::Reverse(seconds[index] % MINUTE));
    let missing = total.saturating_sub(minutes.iter().sum());
    for index in order.into_iter().take(usize::try_from(missing).unwrap_or(usize::MAX)) {
        minutes[index] += 1;
    }
    minutes
}

fn some(number: u64, unit: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {unit}{plural}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_said_in_two_units() {
        for (seconds, said) in [
            (0, "less than a minute"),
            (20, "less than a minute"),
            (60, "1 minute"),
            (3_570, "1 hour"),
            (12_000, "3 hours 20 minutes"),
            (86_380, "1 day"),
            (100_800, "1 day 4 hours"),
            (172_799, "2 days"),
            (259_200 + 3_600, "3 days 1 hour"),
        ] {
            assert_eq!(length(Span::from_seconds(seconds)), said, "{seconds}");
        }
    }

    #[test]
    fn parts_add_up_to_their_sum() {
        assert_eq!(minutes_that_add_up(&[80, 80, 80]), [2, 1, 1]);
        assert_eq!(minutes_that_add_up(&[59, 1]), [1, 0]);
        assert_eq!(minutes_that_add_up(&[]), [0; 0]);
        assert_eq!(minutes(1440 + 4 * 60 + 20), "1 day 4 h 20 min");
    }
}
