//! The whole comparison as JSON. What is not a number becomes `null`.

use serde_json::{Map, Value, json};

use super::{notes, words};
use crate::experiment::{Comparison, Difference, Reach, Summary, Versus, Width, better_share};
use crate::model::measures::Better;
use crate::report::json::{estimate, number};
use crate::report::layer;
use crate::statistics::Paired;

/// The whole comparison: `differences` by scenario and measure; the means of all scenarios, the
/// base among them; and how delay moved between reasons and owners.
pub fn json(comparison: &Comparison) -> Value {
    let by_name = |value: fn(&Versus) -> Value| -> Map<String, Value> {
        comparison.others.iter().map(|versus| (versus.name.clone(), value(versus))).collect()
    };
    let base = &comparison.base;
    let mut scenarios = Map::new();
    scenarios.insert(comparison.name.clone(), scenario(base));
    scenarios.extend(by_name(|versus| scenario(&versus.summary)));
    json!({
        "version": env!("CARGO_PKG_VERSION"),
        "base": comparison.name,
        "replications": base.replications,
        "seed": base.seed,
        "measured_days": base.measured_days,
        "intervals": notes::intervals(comparison),
        "verdicts": notes::verdicts(comparison),
        "family_size": comparison.family,
        "precision": comparison.precision.as_ref().map(|it| precision(comparison, it)),
        "fewest_waiting_in": comparison.fewest_waiting.as_ref().map(|it| fewest(comparison, it)),
        "differences": by_name(differences),
        "delay_by_group": by_name(groups),
        "delay_by_owner": by_name(owners),
        "left_out": by_name(|versus| json!({
            "only_base": versus.only_base,
            "only_scenario": versus.only_other,
        })),
        "scenarios": scenarios,
    })
}

/// How precise each difference was wanted and became.
fn precision(comparison: &Comparison, reaches: &[Reach]) -> Value {
    let each = reaches.iter().map(|reach| {
        let relative = matches!(reach.asked, Width::OfBase(_));
        json!({
            "scenario": comparison.others[reach.other].name,
            "measure": reach.name,
            "unit": if relative { "share of the base" } else { reach.measure.unit },
            "asked": reach.asked.value(),
            "reached": number(reach.reached),
            "enough": reach.is_enough(),
        })
    });
    Value::Array(each.collect())
}

/// In how many replications each has the fewest people waiting.
fn fewest(comparison: &Comparison, firsts: &[f64]) -> Value {
    let names =
        std::iter::once(&comparison.name).chain(comparison.others.iter().map(|it| &it.name));
    Value::Object(names.cloned().zip(firsts.iter().map(|it| number(*it))).collect())
}

/// What a scenario is and what it found.
fn scenario(summary: &Summary) -> Value {
    let measures: Map<String, Value> = summary
        .measures
        .iter()
        .map(|measured| (measured.name.clone(), estimate(&measured.estimate)))
        .collect();
    json!({
        "title": summary.title,
        "warnings": summary.warnings,
        "coordination": summary.layer.as_ref().map(|layer| layer::json(&layer.theta)),
        "measures": measures,
    })
}

fn differences(versus: &Versus) -> Value {
    let each = |difference: &Difference| {
        let better = difference.better_share();
        let mut value = of_paired(&difference.paired, difference.measure.unit, better);
        value["verdict"] = words::verdict(difference).into();
        value["p"] = number(difference.paired.p);
        value["family_p"] = difference.family_p.map_or(Value::Null, number);
        value
    };
    let all = versus.differences.iter().map(|it| (it.name.clone(), each(it)));
    Value::Object(all.collect())
}

fn groups(versus: &Versus) -> Value {
    let all = versus.groups.iter().map(|it| (it.group.id().to_owned(), people(&it.people)));
    Value::Object(all.collect())
}

fn owners(versus: &Versus) -> Value {
    let all = versus.owners.iter().map(|it| (it.owner.id.clone(), people(&it.people)));
    Value::Object(all.collect())
}

/// People delayed, of whom fewer is better.
fn people(paired: &Paired) -> Value {
    of_paired(paired, "people", better_share(paired, Better::Lower))
}

fn of_paired(paired: &Paired, unit: &str, better_share: Option<f64>) -> Value {
    json!({
        "mean": number(paired.difference.mean),
        "lower": number(paired.difference.lower),
        "upper": number(paired.difference.upper),
        "n": paired.n(),
        "better_share": better_share,
        "verdict": words::of_paired(paired, unit),
        "base": number(paired.base),
        "other": number(paired.other),
        "unit": unit,
    })
}
