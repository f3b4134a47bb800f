//! An analysis as JSON. What is not a number becomes `null`; what the design does not allow for has a
//! `why` instead of figures.

use serde_json::{Map as Object, Value, json};

use super::causes::why;
use crate::experiment::analysis::{
    Analysis, Causes, Front, Kind, Map, Missing, Regions, Standing, Swept,
};
use crate::model::measures::Better;
use crate::report::json::{estimate, number};
use crate::statistics::FoundBox;

/// The whole analysis.
pub fn json(swept: &Swept, analysis: &Analysis) -> Value {
    let factors = swept.factors.iter().enumerate().map(|(place, factor)| {
        let (low, high) = swept.span(place);
        json!({
            "path": factor.path,
            "kind": kind(factor.kind),
            "unit": factor.unit,
            "low": number(low),
            "high": number(high),
            "values": factor.labels,
        })
    });
    let causes = analysis.causes.iter();
    let measures: Object<String, Value> =
        causes.map(|it| (swept.measures[it.measure].name.clone(), of_measure(swept, it))).collect();
    json!({
        "version": env!("CARGO_PKG_VERSION"),
        "design": swept.design,
        "seed": swept.seed,
        "replications": swept.replications,
        "points": swept.points.len(),
        "failed": swept.failed,
        "unfinished": swept.unfinished,
        "factors": factors.collect::<Vec<_>>(),
        "measures": measures,
        "regions": analysis.regions.as_ref().map(|it| or_why(it, |it| regions(swept, it))),
        "front": analysis.front.as_ref().map(|it| front(swept, it)),
        "maps": analysis.maps.iter().map(|it| map(swept, it)).collect::<Vec<_>>(),
    })
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Lever => "lever",
        Kind::Uncertainty => "uncertainty",
    }
}

fn or_why<T>(found: &Result<T, Missing>, show: impl Fn(&T) -> Value) -> Value {
    match found {
        Ok(found) => show(found),
        Err(missing) => json!({ "why": why(*missing) }),
    }
}

fn of_measure(swept: &Swept, causes: &Causes) -> Value {
    let path = |factor: usize| swept.factors[factor].path.clone();
    json!({
        "unit": swept.measures[causes.measure].unit,
        "mean": number(causes.mean.mean),
        "low": number(causes.span.0),
        "high": number(causes.span.1),
        "main_effects": or_why(&causes.main, |main| json!({
            "explained": number(main.explained),
            "effects": main.lines.iter().map(|it| json!({
                "factor": path(it.factor),
                "from": swept.factors[it.factor].show(it.from),
                "to": swept.factors[it.factor].show(it.to),
                "change": estimate(&it.change),
            })).collect::<Vec<_>>(),
        })),
        "morris": or_why(&causes.elementary, |list| list.iter().enumerate().map(|(factor, it)| {
            (path(factor), json!({
                "mu_star": estimate(&it.mu_star),
                "mu": estimate(&it.mu),
                "sigma": number(it.sigma),
            }))
        }).collect::<Object<_, _>>().into()),
        "sobol": or_why(&causes.shares, |list| list.iter().enumerate().map(|(factor, it)| {
            (path(factor), json!({ "first": estimate(&it.first), "total": estimate(&it.total) }))
        }).collect::<Object<_, _>>().into()),
    })
}

fn regions(swept: &Swept, regions: &Regions) -> Value {
    json!({
        "holds": regions.conditions.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "points": regions.points,
        "holding": regions.holding,
        "boxes": regions.boxes.iter().map(|it| of_box(swept, it)).collect::<Vec<_>>(),
        "by_levers": regions.by_levers.as_ref().map(|found| found.as_ref().map(|it| of_box(swept, it))),
    })
}

fn of_box(swept: &Swept, found: &FoundBox) -> Value {
    let limits = found.limits.iter().map(|limit| {
        let factor = &swept.factors[limit.factor];
        json!({
            "factor": factor.path,
            "kind": kind(factor.kind),
            "low": if limit.low.is_finite() { json!(limit.low) } else { Value::Null },
            "high": if limit.high.is_finite() { json!(limit.high) } else { Value::Null },
            "by_chance": number(limit.by_chance),
        })
    });
    json!({
        "points": found.points,
        "holding": found.holding,
        "density": found.density,
        "coverage": found.coverage,
        "limits": limits.collect::<Vec<_>>(),
    })
}

fn front(swept: &Swept, front: &Front) -> Value {
    let levers = || swept.factors.iter().filter(|factor| factor.kind == Kind::Lever);
    let choices = front.choices.iter().map(|choice| {
        let values = levers().zip(&choice.levers);
        let values = values.map(|(factor, value)| match factor.labels {
            Some(_) => (factor.path.clone(), json!(factor.show(*value))),
            None => (factor.path.clone(), json!(value)),
        });
        let counts = front.aims.iter().zip(&choice.counts);
        let counts = counts.map(|(aim, it)| (aim.measure.clone(), estimate(it)));
        json!({
            "levers": values.collect::<Object<_, _>>(),
            "counts": counts.collect::<Object<_, _>>(),
            "points": choice.points,
            "standing": match choice.standing {
                Standing::OnFront => "on the front",
                Standing::NearFront => "cannot be told apart from the front",
                Standing::Beaten => "beaten",
            },
        })
    });
    let aims = front.aims.iter().map(|aim| {
        let better = if aim.better == Better::Higher { "more" } else { "less" };
        (aim.measure.clone(), json!(better))
    });
    json!({ "better": aims.collect::<Object<_, _>>(), "choices": choices.collect::<Vec<_>>() })
}

fn map(swept: &Swept, map: &Map) -> Value {
    let cells = |axis: usize| {
        let cells = map.cells[axis].iter().map(|cell| json!([cell.low, cell.high]));
        cells.collect::<Vec<_>>()
    };
    let means = map.means.iter().map(|row| row.iter().map(|it| number(*it)).collect::<Vec<_>>());
    json!({
        "measure": swept.measures[map.measure].name,
        "across": swept.factors[map.factors[0]].path,
        "up": swept.factors[map.factors[1]].path,
        "columns": cells(0),
        "rows": cells(1),
        "means": means.collect::<Vec<_>>(),
    })
}
