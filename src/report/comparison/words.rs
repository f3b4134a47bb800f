//! Differences in figures and in words.

use crate::experiment::Difference;
use crate::report::numbers::{self, MILLIONS, shown};
use crate::statistics::{Estimate, Paired, Verdict};

/// How differences of a measure are said.
struct Manner {
    /// Whether they are said relative to the base, as per cent.
    relative: bool,
    /// The word for less.
    less: &'static str,
    /// The word for more.
    more: &'static str,
}

impl Manner {
    fn of(unit: &str) -> Manner {
        let (relative, less, more) = match unit {
            // Days of delay a day are people delayed.
            _ if unit.starts_with("people") || unit == "days a day" => (false, "fewer", "more"),
            "days" | "nights" => (true, "shorter", "longer"),
            _ if unit.starts_with("pounds") => (true, "less", "more"),
            // Per cent of a per cent would be misread.
            _ if numbers::is_share(unit) => (false, "lower", "higher"),
            _ => (true, "lower", "higher"),
        };
        Manner { relative, less, more }
    }
}

/// Differences from figures from here on are shown in thousands.
const THOUSANDS: f64 = 1e4;

/// What figures are multiplied with, and what stands behind them.
#[derive(Debug, Clone, Copy)]
struct Scale {
    factor: f64,
    sign: &'static str,
}

impl Scale {
    const PER_CENT: Scale = Scale { factor: 100.0, sign: "%" };

    /// That of a unit, for differences from a base of some size.
    fn of(unit: &str, base: f64) -> Scale {
        match base.abs() {
            _ if numbers::is_share(unit) => Scale { factor: 100.0, sign: " points" },
            size if size >= MILLIONS => Scale { factor: 1.0 / MILLIONS, sign: "m" },
            size if size >= THOUSANDS => Scale { factor: 1e-3, sign: "k" },
            _ => Scale { factor: 1.0, sign: "" },
        }
    }
}

/// The difference with its interval, for tables: `+7.8 (+6.1 to +9.5)`; that of shares in points.
pub(super) fn figures(paired: &Paired, unit: &str) -> String {
    if paired.verdict() == Verdict::Same {
        return "0".to_owned();
    }
    change(&paired.difference, unit, paired.base)
}

/// The same for a change from a base of some size.
pub(in crate::report) fn change(difference: &Estimate, unit: &str, base: f64) -> String {
    if [difference.mean, difference.lower, difference.upper].iter().all(|it| *it == 0.0) {
        return "0".to_owned();
    }
    let scale = Scale::of(unit, base);
    let it = difference.times(scale.factor);
    let digits = decimals(largest(&it));
    // Shares stand beside per cent, and differ by points of them.
    let sign = if numbers::is_share(unit) { "" } else { scale.sign };
    let mean = format!("{}{sign}", signed(it.mean, digits));
    if it.lower.is_nan() {
        return mean;
    }
    format!("{mean} ({} to {})", signed(it.lower, digits), signed(it.upper, digits))
}

/// How much it is, without the runs: `5 to 12% longer`, or that it cannot be told.
pub(super) fn amount(paired: &Paired, unit: &str) -> String {
    let manner = Manner::of(unit);
    let word = match paired.verdict() {
        Verdict::Same => return "the same".to_owned(),
        Verdict::CannotBeToldApart => return "cannot be told apart".to_owned(),
        Verdict::NoInterval if paired.n() == 0 => return "no figures".to_owned(),
        Verdict::NoInterval => return "one run cannot tell".to_owned(),
        Verdict::Lower => manner.less,
        Verdict::Higher => manner.more,
    };
    let relative = paired.relative().filter(|_| manner.relative);
    let (estimate, scale) = match relative {
        Some(relative) => (relative, Scale::PER_CENT),
        None => (paired.difference, Scale::of(unit, paired.base)),
    };
    let (one, other) = (estimate.lower.abs(), estimate.upper.abs());
    let (low, high) = (one.min(other) * scale.factor, one.max(other) * scale.factor);
    let (low, high) = (short(low), short(high));
    let unit =
        if manner.relative && relative.is_none() { format!(" {unit}") } else { String::new() };
    let range = if low == high { high } else { format!("{low} to {high}") };
    format!("{range}{}{unit} {word}", scale.sign)
}

/// The whole verdict: `5 to 12% longer, in 30 of 30 runs`; with `perhaps` before it where that may be
/// chance among all the figures that are looked at.
pub(super) fn verdict(difference: &Difference) -> String {
    perhaps(difference, of_paired(&difference.paired, difference.measure.unit))
}

/// The same without the runs.
pub(super) fn amount_of(difference: &Difference) -> String {
    perhaps(difference, amount(&difference.paired, difference.measure.unit))
}

fn perhaps(difference: &Difference, text: String) -> String {
    if difference.holds_only_alone() { format!("perhaps {text}") } else { text }
}

/// The verdict as a sentence: `Fewer people ready and waiting in 19 of 20 runs; 4 to 9 fewer.`
pub(super) fn sentence(difference: &Difference, what: &str) -> String {
    let paired = &difference.paired;
    let manner = Manner::of(difference.measure.unit);
    let (word, runs) = match paired.verdict() {
        Verdict::Lower => (manner.less, paired.lower),
        Verdict::Higher => (manner.more, paired.higher),
        Verdict::Same => return capital(&format!("the same {what} in every run.")),
        Verdict::CannotBeToldApart | Verdict::NoInterval => {
            let text = amount(paired, difference.measure.unit);
            let (less, more, n) = (paired.lower, paired.higher, paired.n());
            let words = (manner.less, manner.more);
            return capital(&format!(
                "{what}: {text} ({} in {less} and {} in {more} of {n} runs).",
                words.0, words.1
            ));
        }
    };
    let amount = amount_of(difference);
    capital(&format!("{word} {what} in {runs} of {} runs; {amount}.", paired.n()))
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The whole verdict on pairs of figures with a unit.
pub(super) fn of_paired(paired: &Paired, unit: &str) -> String {
    let amount = amount(paired, unit);
    let runs = match paired.verdict() {
        Verdict::Lower => paired.lower,
        Verdict::Higher => paired.higher,
        Verdict::Same | Verdict::CannotBeToldApart | Verdict::NoInterval => return amount,
    };
    format!("{amount}, in {runs} of {} runs", paired.n())
}

/// In how many runs the scenario is better: `27.5 of 30`; a dash if neither way is better, or
/// nothing differs.
pub(super) fn better_in(difference: &Difference) -> String {
    let n = difference.paired.n();
    let Some(share) = difference.better_share() else { return "-".to_owned() };
    let runs = share * f64::from(n);
    // Ties count half, so that there is a half or nothing after the point.
    let runs = (runs * 2.0).round() / 2.0;
    match difference.paired.verdict() {
        Verdict::Same => "-".to_owned(),
        _ => format!("{runs} of {n}"),
    }
}

/// A figure with its sign, also if that is a plus, or if nothing but the sign is left of it.
fn signed(value: f64, decimals: usize) -> String {
    let sign = match value {
        _ if value > 0.0 => "+",
        _ if value < 0.0 => "-",
        _ => "",
    };
    format!("{sign}{}", shown(value.abs(), "", decimals))
}

/// A positive figure without needless zeros: `4`, `0.9`; what is too small to show is `<0.0001`.
fn short(value: f64) -> String {
    let text = shown(value, "", decimals(value));
    let trimmed = match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.'),
        false => &text,
    };
    if trimmed == "0" { "<0.0001".to_owned() } else { trimmed.to_owned() }
}

/// The end of the interval that is farther from 0, or the mean if there is no interval.
fn largest(estimate: &Estimate) -> f64 {
    let size = estimate.lower.abs().max(estimate.upper.abs());
    if size.is_nan() { estimate.mean.abs() } else { size }
}

/// Digits after the point: two digits that count, as a difference is rarely known better.
fn decimals(size: f64) -> usize {
    match size {
        _ if size >= 10.0 || size == 0.0 => 0,
        _ if size >= 1.0 => 1,
        _ if size >= 0.1 => 2,
        _ if size >= 0.01 => 3,
        _ => 4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn between(lower: f64, upper: f64, base: f64) -> Paired {
        let mean = (lower + upper) / 2.0;
        let difference = Estimate { mean, lower, upper, n: 30 };
        let (less, more) = if mean < 0.0 { (28, 2) } else { (2, 28) };
        Paired {
            base,
            other: base + mean,
            difference,
            p: 0.01,
            lower: less,
            equal: 0,
            higher: more,
        }
    }

    #[test]
    fn verdicts_are_plain_words() {
        for (paired, unit, text) in [
            (between(-9.0, -4.0, 90.0), "people", "4 to 9 fewer, in 28 of 30 runs"),
            (between(4.0, 31.0, 90.0), "days a day", "4 to 31 more, in 28 of 30 runs"),
            (between(0.05, 0.12, 1.0), "days", "5 to 12% longer, in 28 of 30 runs"),
            (between(-0.12, -0.12, 1.0), "nights", "12% shorter, in 28 of 30 runs"),
            (between(0.012, 0.02, 0.5), "share", "1.2 to 2 points higher, in 28 of 30 runs"),
            (between(-2e5, -1e5, 1e6), "pounds a year", "10 to 20% less, in 28 of 30 runs"),
            (between(0.3, 0.5, 0.0), "days", "0.3 to 0.5 days longer, in 28 of 30 runs"),
            (between(0.002, 12.0, 9.0), "people", "0.002 to 12 more, in 28 of 30 runs"),
            (between(1e-9, 12.0, 9.0), "people", "<0.0001 to 12 more, in 28 of 30 runs"),
            (between(0.0, 12.0, 9.0), "people", "cannot be told apart"),
            (between(-1.0, 12.0, 9.0), "people", "cannot be told apart"),
        ] {
            assert_eq!(of_paired(&paired, unit), text);
        }
        assert_eq!(of_paired(&Paired::of([(1.0, 1.0); 3]), "days"), "the same");
        assert_eq!(of_paired(&Paired::of([(1.0, 2.0)]), "days"), "one run cannot tell");
        assert_eq!(of_paired(&Paired::of([]), "days"), "no figures");
    }

    #[test]
    fn verdicts_are_sentences() {
        let measure = crate::model::measures::ALL
            .iter()
            .find(|measure| measure.name == "ready_waiting")
            .expect("it is measured");
        let said = |paired: Paired, family_p: f64| {
            let (name, group) = (String::new(), String::new());
            let family_p = Some(family_p);
            sentence(&Difference { name, group, measure, paired, family_p }, "people waiting")
        };
        for (paired, family_p, text) in [
            (
                between(-9.0, -4.0, 90.0),
                0.01,
                "Fewer people waiting in 28 of 30 runs; 4 to 9 fewer.",
            ),
            (
                between(4.0, 9.0, 90.0),
                0.2,
                "More people waiting in 28 of 30 runs; perhaps 4 to 9 more.",
            ),
            (
                between(-1.0, 2.0, 90.0),
                1.0,
                "People waiting: cannot be told apart (fewer in 2 and more in 28 of 30 runs).",
            ),
            (Paired::of([(1.0, 1.0); 3]), 1.0, "The same people waiting in every run."),
        ] {
            assert_eq!(said(paired, family_p), text);
        }
    }

    #[test]
    fn figures_show_their_signs() {
        for (paired, unit, text) in [
            (between(6.14, 9.5, 84.3), "people", "+7.8 (+6.1 to +9.5)"),
            (between(-1.2, 0.64, 84.3), "people", "-0.3 (-1.2 to +0.6)"),
            (between(0.008, 0.016, 0.9), "share", "+1.2 (+0.8 to +1.6)"),
            (between(0.94e6, 1.52e6, 18e6), "pounds a year", "+1.2m (+0.9 to +1.5)"),
            (between(-0.16, -0.002, 8.0), "days", "-0.08 (-0.16 to -0.00)"),
            (between(-172_548.0, 6_994.0, 673_295.0), "pounds a year", "-83k (-173 to +7)"),
        ] {
            assert_eq!(figures(&paired, unit), text);
        }
        assert_eq!(figures(&Paired::of([(1.0, 3.5)]), "days"), "+2.5");
        assert_eq!(figures(&Paired::of([(3.5, 3.5); 2]), "days"), "0");
    }
}
