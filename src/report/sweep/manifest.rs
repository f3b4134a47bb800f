//! The manifest of a sweep: everything that its results follow from.

use serde_json::{Value, json};

use crate::experiment::sweep::{Shard, Study};
use crate::scenario::sweep::{Factor, Values};

/// Everything that the results of a sweep follow from, as JSON. `hash` is the same for all parts of one
/// sweep; `shard` is there in a part of several only.
pub fn manifest(study: &Study, shard: Shard) -> Value {
    let sweep = &study.sweep;
    let measures = sweep.measures.iter().zip(&study.measures);
    let measures: Vec<Value> =
        measures.map(|(name, measure)| json!({ "name": name, "unit": measure.unit })).collect();
    let mut manifest = json!({
        "version": env!("CARGO_PKG_VERSION"),
        "seed": sweep.seed,
        "scenario": sweep.scenario.text,
        "sweep": sweep.text,
        "design": sweep.design.kind(),
        "factors": sweep.factors.iter().map(factor).collect::<Vec<_>>(),
        "measures": measures,
        "replications": sweep.replications,
        "points": study.points(),
    });
    let hash = hash(&manifest.to_string());
    manifest["hash"] = json!(format!("{hash:016x}"));
    if shard != Shard::WHOLE {
        manifest["shard"] = json!(shard.to_string());
    }
    manifest
}

/// A factor: its path, who has a say in it, its least and its most, its unit, and the values of a list.
fn factor(factor: &Factor) -> Value {
    let (low, high) = match factor.values {
        Values::Range { low, high } | Values::Triangular { low, high, .. } => {
            (json!(low), json!(high))
        }
        Values::WholeRange { low, high } => (json!(low), json!(high)),
        Values::List(_) | Values::Normal { .. } | Values::Lognormal { .. } => {
            (Value::Null, Value::Null)
        }
    };
    let mut json = json!({
        "path": factor.path,
        "kind": factor.kind.name(),
        "low": low,
        "high": high,
        "unit": factor.unit,
    });
    if let Values::List(list) = &factor.values {
        json["values"] = json!(list);
    }
    json
}

/// FNV-1a: tells sweeps apart at a glance. Whoever must be sure compares the manifests.
fn hash(text: &str) -> u64 {
    text.bytes().fold(0xCBF2_9CE4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)
    })
}

/// In what two manifests differ, in plain words; `None` if they are of the same sweep and part.
pub fn differs(one: &Value, other: &Value) -> Option<&'static str> {
    const KEYS: [(&str, &str); 5] = [
        ("version", "they were run by different versions of homeward"),
        ("sweep", "the sweep file is another"),
        ("scenario", "the scenario is another"),
        ("shard", "they are different parts of it"),
        ("hash", "something in it is another"),
    ];
    KEYS.into_iter().find(|(key, _)| one.get(key) != other.get(key)).map(|(_, words)| words)
}
