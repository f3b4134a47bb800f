//! What a result rests on, as JSON.

use serde_json::{Map, Value, json};

use crate::report::layer;
use crate::scenario::Scenario;
use crate::scenario::grounds::{Counts, Figure, Grounds};

/// All figures and counts.
pub fn json(scenario: &Scenario, grounds: &Grounds) -> Value {
    let figures: Vec<Value> = grounds.figures.iter().map(figure).collect();
    json!({
        "version": env!("CARGO_PKG_VERSION"),
        "scenario": scenario.name,
        "title": scenario.base.title,
        "figures": figures,
        "counts": counts(&grounds.counts()),
        "counts_of_relationship_layer":
            grounds.theta.as_ref().map(|_| counts(&grounds.counts_of_layer())),
        "coordination": grounds.theta.as_ref().map(layer::json),
    })
}

fn figure(figure: &Figure) -> Value {
    let text = |text: &str| if text.is_empty() { Value::Null } else { json!(text) };
    json!({
        "path": figure.path,
        "group": figure.group.title(),
        "counted": figure.group.is_counted(),
        "value": figure.value,
        "unit": text(&figure.unit),
        "usual": figure.usual,
        "written": figure.is_written,
        "range": figure.range.as_ref().map(|(low, high)| [low, high]),
        "confidence": figure.confidence.map(crate::scenario::Confidence::name),
        "standing": figure.standing().name(),
        "source": text(&figure.source),
        "why": text(&figure.why),
    })
}

/// How many figures there are of each standing.
pub(in crate::report) fn counts(counts: &Counts) -> Value {
    let each: Map<String, Value> = counts
        .each()
        .map(|(standing, count)| (standing.name().replace(' ', "_"), json!(count)))
        .collect();
    Value::Object(each)
}
