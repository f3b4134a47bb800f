//! The same as JSON. What is not a number becomes `null`.

use serde_json::{Map, Value, json};

use crate::experiment::{Attribution, Explained, Withouts};
use crate::report::json::{estimate, number};
use crate::report::layer;

/// What brought a difference.
pub fn explain_json(explained: &Explained) -> Value {
    let parts =
        explained.parts.iter().map(|part| json!({ "title": part.title, "edits": part.edits }));
    let measures: Map<String, Value> =
        explained.measures.iter().map(|it| (it.name.clone(), of_measure(explained, it))).collect();
    json!({
        "version": env!("CARGO_PKG_VERSION"),
        "base": explained.base,
        "other": explained.other,
        "seed": explained.seed,
        "replications": explained.replications,
        "measured_days": explained.measured_days,
        "coordination": explained.theta.as_ref().map(layer::json),
        "attribution": "Shapley values; each 95% interval holds by itself",
        "combinations": if explained.is_exact { "all" } else { "orders drawn for every two runs" },
        "parts": parts.collect::<Vec<Value>>(),
        "measures": measures,
    })
}

fn of_measure(explained: &Explained, attribution: &Attribution) -> Value {
    let titles = explained.parts.iter().map(|part| part.title.clone());
    let parts: Map<String, Value> = titles.zip(attribution.parts.iter().map(estimate)).collect();
    let couplings = attribution.couplings.as_ref().map(|by_coupling| {
        let names = explained.couplings.iter().map(|(name, _)| (*name).to_owned());
        let mut all = Map::new();
        all.insert("none".to_owned(), estimate(&by_coupling.through_none));
        all.extend(names.zip(by_coupling.parts.iter().map(estimate)));
        all
    });
    json!({
        "unit": attribution.measure.unit,
        "base": number(attribution.base),
        "other": number(attribution.other),
        "whole": estimate(&attribution.whole),
        "by_change": parts,
        "by_coupling": couplings,
    })
}

/// What goes with each cause of delay.
pub fn without_json(withouts: &Withouts) -> Value {
    let causes: Map<String, Value> = (withouts.removed.iter())
        .map(|it| {
            let value = json!({
                "title": it.reason.text,
                "booked": estimate(&it.booked),
                "goes": estimate(&it.delay.difference.times(-1.0)),
                "filled": estimate(&it.filled),
            });
            (it.reason.code.to_owned(), value)
        })
        .collect();
    json!({
        "version": env!("CARGO_PKG_VERSION"),
        "scenario": withouts.scenario,
        "seed": withouts.seed,
        "replications": withouts.replications,
        "measured_days": withouts.measured_days,
        "unit": "days a day",
        "intervals": "each 95% interval holds by itself",
        "delay": estimate(&withouts.delay),
        "causes": causes,
    })
}
