//! How intervals and verdicts of a comparison are meant, in sentences.

use crate::experiment::{Comparison, LOOK_CONFIDENCE, Reach, Width};
use crate::report::confidence::and;
use crate::report::numbers::{figure, given, whole};

/// What the intervals are.
pub(super) fn intervals(comparison: &Comparison) -> String {
    match comparison.precision {
        None => "Each 95% interval holds by itself.".to_owned(),
        Some(_) => format!(
            "The runs stopped when intervals were narrow. Each is therefore taken at {}%, so that at \
             least 95% of them hold the truth where the differences of single runs are bell-shaped, \
             and at least 89% where they are as skewed as exponential waiting times. Each holds by \
             itself.",
            given(LOOK_CONFIDENCE * 100.0, "")
        ),
    }
}

/// How the verdicts allow for each other.
pub(super) fn verdicts(comparison: &Comparison) -> String {
    match comparison.family {
        0 | 1 => "There is one figure to judge, so that its interval decides.".to_owned(),
        many => {
            let together = format!(
                "Verdicts on the {many} figures of this page hold together, by Holm's method: if \
                 nothing truly differed, one of them or more would be called different in at most 5 \
                 of 100 such pages."
            );
            let differences = comparison.others.iter().flat_map(|versus| &versus.differences);
            match differences.filter(|it| it.holds_only_alone()).count() {
                0 => together,
                _ => format!(
                    "{together} \"Perhaps\" and a question mark: the figure's own interval does not \
                     contain 0, but among {many} figures that may be chance."
                ),
            }
        }
    }
}

/// What precision was asked for and reached: nothing if none was.
pub(super) fn precision(comparison: &Comparison) -> Option<String> {
    let reaches = comparison.precision.as_ref()?;
    let runs = whole(f64::from(comparison.base.replications));
    let (enough, wide): (Vec<&Reach>, Vec<&Reach>) =
        reaches.iter().partition(|reach| reach.is_enough());
    let mut parts = Vec::new();
    if !enough.is_empty() {
        let list: Vec<String> = enough.iter().map(|it| of_one(comparison, it)).collect();
        parts.push(format!("Precise enough after {runs} runs of each: {}.", and(&list)));
    }
    let (hopeless, wide): (Vec<&Reach>, Vec<&Reach>) =
        wide.into_iter().partition(|reach| !reach.reached.is_finite());
    if !wide.is_empty() {
        let list: Vec<String> = wide.iter().map(|it| of_one(comparison, it)).collect();
        parts.push(format!("Not precise enough after {runs} runs of each: {}.", and(&list)));
    }
    for reach in hopeless {
        let why = if reach.reached.is_nan() {
            "the runs give no interval"
        } else {
            "the base is 0, of which nothing is a share; ask for an amount in its unit"
        };
        let scenario = &comparison.others[reach.other].name;
        parts.push(format!("{} with {scenario} has no precision: {why}.", reach.name));
    }
    Some(parts.join(" "))
}

/// `delay_days.all with programme to 1.2% of the base (5% asked for)`.
fn of_one(comparison: &Comparison, reach: &Reach) -> String {
    let scenario = &comparison.others[reach.other].name;
    let (reached, asked, of_base) = match reach.asked {
        Width::OfBase(asked) => {
            (figure(reach.reached, "share"), given(asked, "share"), " of the base")
        }
        Width::InUnit(asked) => {
            let unit = reach.measure.unit;
            (figure(reach.reached, unit), given(asked, unit), "")
        }
    };
    format!("{} with {scenario} to within {reached}{of_base} ({asked} asked for)", reach.name)
}

/// Who has the fewest people waiting, in how many runs.
pub(super) fn fewest_waiting(comparison: &Comparison) -> Option<String> {
    let firsts = comparison.fewest_waiting.as_ref()?;
    let names =
        std::iter::once(&comparison.name).chain(comparison.others.iter().map(|it| &it.name));
    let mut ranked: Vec<(&String, f64)> = names.zip(firsts.iter().copied()).collect();
    ranked.retain(|(_, first)| *first > 0.0);
    ranked.sort_by(|one, other| other.1.total_cmp(&one.1));
    let list: Vec<String> = ranked
        .iter()
        .map(|(name, first)| format!("{name} in {}", (first * 10.0).round() / 10.0))
        .collect();
    let runs = whole(f64::from(comparison.base.replications));
    Some(format!("Fewest people waiting of all: {} of {runs} runs.", and(&list)))
}
