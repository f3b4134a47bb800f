//! What a coordinate of a design means for a factor.

use crate::scenario::sweep::{Factor, Setting, Values};
use crate::statistics::quantiles;

/// So much of a distribution without ends is cut off at either end.
const TAIL: f64 = 0.005;

/// The setting of a factor at a share of its way from 0 to 1.
pub(super) fn setting(factor: &Factor, share: f64) -> Setting {
    let inner = share.clamp(TAIL, 1.0 - TAIL);
    match factor.values {
        Values::Range { low, high } => Setting::Real(low + share * (high - low)),
        Values::WholeRange { low, high } => {
            // Equal shares for all whole numbers, the two ends included.
            let step = part(share, high.abs_diff(low) as f64 + 1.0);
            Setting::Whole(low.saturating_add(step as i64).min(high))
        }
        Values::List(ref list) => Setting::Listed(part(share, list.len() as f64) as usize),
        Values::Triangular { low, mode, high } => {
            Setting::Real(quantiles::triangular(low, mode, high, share))
        }
        Values::Normal { mean, sd } => Setting::Real(mean + sd * quantiles::normal(inner)),
        Values::Lognormal { mean, sd } => Setting::Real(quantiles::lognormal(mean, sd, inner)),
    }
}

/// In which of so many equal parts a share lies, from 0 on.
fn part(share: f64, parts: f64) -> f64 {
    (share * parts).floor().clamp(0.0, parts - 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_parts_hold_their_lower_end_and_the_last_both() {
        let of = |share| part(share, 4.0);
        assert!([0.0, 0.24, 0.25, 0.99, 1.0].map(of).into_iter().eq([0.0, 0.0, 1.0, 3.0, 3.0]));
        for parts in 2..50_u32 {
            let last = f64::from(parts - 1);
            let levels = (0..parts).map(|level| part(f64::from(level) / last, f64::from(parts)));
            assert!(levels.eq((0..parts).map(f64::from)), "a grid meets each of {parts} once");
        }
    }
}
