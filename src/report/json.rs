//! The result of a run as JSON. What is not a number becomes `null`.

use serde_json::{Map, Value, json};

use super::{grounds, layer};
use crate::experiment::{Delay, Ledger, SeriesEstimate, Summary};
use crate::statistics::Estimate;

/// The whole result.
pub fn json(summary: &Summary) -> Value {
    let measures: Map<String, Value> = summary
        .measures
        .iter()
        .map(|measured| (measured.name.clone(), estimate(&measured.estimate)))
        .collect();
    let checks: Vec<Value> = summary
        .checks
        .iter()
        .map(|check| {
            json!({
                "name": check.name,
                "title": check.title,
                "measure": check.measure,
                "official": check.official,
                "low": check.low,
                "high": check.high,
                "mean": number(check.estimate.mean),
                "lower": number(check.estimate.lower),
                "upper": number(check.estimate.upper),
                "in_band": check.in_band,
            })
        })
        .collect();
    let series: Map<String, Value> =
        summary.series.iter().map(|one| (one.name.clone(), of_series(one))).collect();
    json!({
        "version": env!("CARGO_PKG_VERSION"),
        "scenario": summary.scenario,
        "title": summary.title,
        "seed": summary.seed,
        "replications": summary.replications,
        "measured_days": summary.measured_days,
        "measures": measures,
        "checks": checks,
        "ledger": summary.ledger.as_ref().map_or_else(|| json!([]), of_ledger),
        "discharges_by_nights_of_delay": summary.nights.people,
        "events_per_replication": summary.events_per_replication,
        "series": series,
        "confidence": grounds::counts(&summary.grounds),
        "coordination": summary.layer.as_ref().map(|it| layer::json(&it.theta)),
        "warnings": summary.warnings,
        "precision": summary.precision.as_ref().map(|(reached, measure)| json!({
            "asked": reached.asked,
            "reached": number(reached.widest),
            "measure": measure,
            "enough": reached.is_enough(),
        })),
    })
}

pub(super) fn estimate(estimate: &Estimate) -> Value {
    json!({
        "mean": number(estimate.mean),
        "lower": number(estimate.lower),
        "upper": number(estimate.upper),
        "n": estimate.n,
    })
}

fn of_series(series: &SeriesEstimate) -> Value {
    let each = |part: fn(&Estimate) -> f64| -> Vec<Value> {
        series.estimates.iter().map(|estimate| number(part(estimate))).collect()
    };
    let dates: Vec<String> = series.dates.iter().map(ToString::to_string).collect();
    json!({
        "title": series.title,
        "unit": series.unit,
        "days_per_step": series.days_per_step,
        "date": dates,
        "mean": each(|it| it.mean),
        "lower": each(|it| it.lower),
        "upper": each(|it| it.upper),
    })
}

fn of_ledger(ledger: &Ledger) -> Value {
    let amount = |delay: &Delay| {
        json!({
            "mean": number(delay.people.mean),
            "lower": number(delay.people.lower),
            "upper": number(delay.people.upper),
            "share": number(delay.share),
        })
    };
    let lines = ledger.cells.iter().map(|line| {
        json!({
            "reason": line.reason.code,
            "text": line.reason.text,
            "group": line.reason.group.id(),
            "owner": line.owner.id,
            "days_a_day": amount(&line.delay),
        })
    });
    lines.collect()
}

/// A number, or `null`.
pub(super) fn number(value: f64) -> Value {
    serde_json::Number::from_f64(value).map_or(Value::Null, Value::Number)
}
