//! The behaviours that the relationship layer must show, and whether it does.

use serde_json::{Value, json};

use super::numbers::{shown, with_interval};
use super::{Page, table};
use crate::experiment::behaviours::{Share, Verdict};

const YES: &str = "✓ yes";
const NO: &str = "✗ no";

/// The behaviours at the defaults; and in how many draws of the parameters each claim held, if they
/// were drawn.
pub fn behaviours(page: &Page, verdicts: &[Verdict], shares: &[Share]) -> String {
    let mut header = vec!["", "Claim", "By how much", "Holds"];
    if !shares.is_empty() {
        header.extend(["Draws", "Prototype"]);
    }
    let percent = |share: f64| shown(share, "share", 0);
    let rows = verdicts
        .iter()
        .enumerate()
        .map(|(index, verdict)| {
            let mut row = vec![
                verdict.claim.behaviour.to_string(),
                verdict.claim.says.to_owned(),
                with_interval(&verdict.sum, ""),
                if verdict.holds() { YES } else { NO }.to_owned(),
            ];
            if let Some(share) = shares.get(index) {
                let prototype = verdict.claim.prototype.map(percent);
                row.extend([percent(share.holds), prototype.unwrap_or_default()]);
            }
            row
        })
        .collect();
    let mut out = page.heading("Does the relationship layer behave as it must?");
    out += &table::columns(page, &header, &[2, 4, 5], rows)
        .replace(YES, &page.good(YES))
        .replace(NO, &page.bad(NO));
    let held = verdicts.iter().filter(|verdict| verdict.holds()).count();
    out += &format!(
        "\n{}\n",
        page.wrap(
            &format!(
                "{held} of {} claims hold beyond doubt at the defaults: the 95% interval of the \
                 paired difference lies above zero. Differences are in the unit of what they are \
                 about: people waiting, days, shares, or points of a state from 0 to 1.",
                verdicts.len()
            ),
            0
        )
    );
    out
}

/// The same as JSON.
pub fn behaviours_json(verdicts: &[Verdict], shares: &[Share]) -> Value {
    let claims: Vec<Value> = verdicts
        .iter()
        .enumerate()
        .map(|(index, verdict)| {
            json!({
                "behaviour": verdict.claim.behaviour,
                "claim": verdict.claim.says,
                "mean": verdict.sum.mean,
                "lower": verdict.sum.lower,
                "upper": verdict.sum.upper,
                "n": verdict.sum.n,
                "holds": verdict.holds(),
                "share_of_draws": shares.get(index).map(|share| share.holds),
                "prototype": verdict.claim.prototype,
            })
        })
        .collect();
    json!({ "claims": claims })
}
