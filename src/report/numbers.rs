//! Numbers as people read them.

use crate::statistics::Estimate;

/// Figures from here on are shown in millions.
pub(super) const MILLIONS: f64 = 1e6;

/// What stands for a figure that a run cannot tell.
const UNKNOWN: &str = "-";

/// A figure in the unit of a measure: shares as per cent, the rest with three digits or so.
pub(super) fn figure(value: f64, unit: &str) -> String {
    shown(value, unit, decimals(value, unit))
}

/// An estimate with its interval: `8.12 (7.98–8.26)`; without one if there is none.
pub(super) fn with_interval(estimate: &Estimate, unit: &str) -> String {
    aligned(estimate, unit, decimals(estimate.mean, unit))
}

/// An estimate with its interval and a fixed number of digits after the point, for columns in which
/// figures are compared.
pub(super) fn aligned(estimate: &Estimate, unit: &str, decimals: usize) -> String {
    let mean = shown(estimate.mean, unit, decimals);
    if estimate.lower.is_nan() {
        return mean;
    }
    format!("{mean} ({})", between(estimate.lower, estimate.upper, unit, decimals))
}

/// The digits after the point that suit a column whose largest figure is `largest`.
pub(super) fn column_decimals(largest: f64) -> usize {
    match largest {
        _ if largest >= 20.0 => 1,
        _ if largest >= 1.0 => 2,
        _ => 3,
    }
}

/// Two ends of a range, with the same digits: `91–95%`.
pub(super) fn range(low: f64, high: f64, unit: &str) -> String {
    let least = |value: f64| {
        (0..=3)
            .find(|&decimals| {
                let scale = 10_f64.powi(decimals) * if is_share(unit) { 100.0 } else { 1.0 };
                (value * scale - (value * scale).round()).abs() < 1e-6
            })
            .unwrap_or(3)
    };
    #[expect(clippy::cast_sign_loss, reason = "from 0 to 3")]
    let decimals = least(low).max(least(high)) as usize;
    let (shown_low, shown_high) = (shown(low, unit, decimals), shown(high, unit, decimals));
    if shown_low == shown_high { shown_low } else { between(low, high, unit, decimals) }
}

/// An official figure with the digits that it was given with.
pub(super) fn given(value: f64, unit: &str) -> String {
    let (scaled, sign) = match value.abs() {
        _ if is_share(unit) => (value * 100.0, "%"),
        size if size >= MILLIONS => (value / 1e6, "m"),
        _ => (value, ""),
    };
    // Four digits, and all those before the point.
    let digits = 3.0 - scaled.abs().log10().floor().clamp(-6.0, 3.0);
    let scale = 10_f64.powf(digits);
    let scaled = (scaled * scale).round() / scale;
    format!("{}{sign}", grouped(&scaled.to_string()))
}

/// A whole number with its thousands apart: `12,345`.
pub(super) fn whole(value: f64) -> String {
    shown(value, "", 0)
}

fn between(low: f64, high: f64, unit: &str, decimals: usize) -> String {
    let (low, high) = (shown(low, unit, decimals), shown(high, unit, decimals));
    let low = low.trim_end_matches('%');
    let low = if high.ends_with('m') { low.trim_end_matches('m') } else { low };
    // Two negative numbers and a dash are hard to read.
    let dash = if high.starts_with('-') { " to " } else { "–" };
    format!("{low}{dash}{high}")
}

/// Whether a unit is that of a share, which is shown as per cent.
pub(super) fn is_share(unit: &str) -> bool {
    unit.starts_with("share")
}

fn decimals(value: f64, unit: &str) -> usize {
    match value.abs() {
        _ if is_share(unit) => 1,
        size if size >= 100.0 => 0,
        size if size >= 10.0 => 1,
        size if size >= 0.1 || size == 0.0 => 2,
        size if size >= 0.01 => 3,
        _ => 4,
    }
}

/// A figure with a fixed number of digits after the point.
pub(super) fn shown(value: f64, unit: &str, decimals: usize) -> String {
    if !value.is_finite() {
        return UNKNOWN.to_owned();
    }
    let (value, sign, decimals) = match value.abs() {
        _ if is_share(unit) => (value * 100.0, "%", decimals),
        // Two more digits than a whole number of millions: 17.23m.
        size if size >= MILLIONS => (value / 1e6, "m", decimals.max(2)),
        _ => (value, "", decimals),
    };
    let text = format!("{value:.decimals$}");
    let is_zero = text.trim_start_matches('-').chars().all(|c| c == '0' || c == '.');
    let text = if is_zero { text.trim_start_matches('-') } else { &text };
    format!("{}{sign}", grouped(text))
}

fn grouped(text: &str) -> String {
    let digits = text.trim_start_matches('-');
    let (whole, rest) = digits.find('.').map_or((digits, ""), |at| digits.split_at(at));
    let mut out = text[..text.len() - digits.len()].to_owned();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_have_about_three_digits() {
        for (value, unit, text) in [
            (0.1333, "share", "13.3%"),
            (0.9284, "share of capacity", "92.8%"),
            (8.123, "days", "8.12"),
            (84.27, "people", "84.3"),
            (1234.5, "people", "1,234"),
            (1_234_567.0, "pounds a year", "1.23m"),
            (0.011_905, "days", "0.012"),
            (-0.000_01, "days", "0.0000"),
            (f64::NAN, "days", "-"),
        ] {
            assert_eq!(figure(value, unit), text);
        }
    }

    #[test]
    fn both_ends_of_a_range_have_the_same_digits() {
        assert_eq!(range(0.91, 0.95, "share"), "91–95%");
        assert_eq!(range(0.7, 1.15, "days"), "0.70–1.15");
        assert_eq!(range(0.005, 0.01, "share"), "0.5–1.0%");
        assert_eq!(range(14.5e6, 20e6, "pounds a year"), "14.50–20.00m");
        assert_eq!(range(0.9e6, 2e6, "pounds a year"), "900,000–2.00m");
        assert_eq!(given(17.23e6, "pounds a year"), "17.23m");
        assert_eq!(given(0.136, "share"), "13.6%");
        assert_eq!(given(6.1, "days"), "6.1");
        assert_eq!(given(0.360_119_05, "share"), "36.01%");
        assert_eq!(given(0.0, "days"), "0");
        assert_eq!(given(12_345.0, "people"), "12,345");
        let estimate = Estimate { mean: 8.0, lower: 7.5, upper: 8.5, n: 3 };
        assert_eq!(with_interval(&estimate, "days"), "8.00 (7.50–8.50)");
        let one = Estimate { lower: f64::NAN, upper: f64::NAN, ..estimate };
        assert_eq!(with_interval(&one, "days"), "8.00");
    }
}
