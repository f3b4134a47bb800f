//! The relationship layer of a run: what to know of it before believing it, and what moved.

use serde_json::{Value, json};

use super::numbers::{aligned, shown};
use crate::experiment::{Quantity, Summary};
use crate::scenario::grounds::Theta;
use crate::scenario::language::Coordination;
use crate::statistics::Estimate;

/// Says that the layer rests on an analogy, and how much of it is assumed.
pub(super) fn caution(theta: &Theta) -> String {
    let (sceptic, enthusiast) = Coordination::THETA_RANGE;
    let later: String =
        theta.later.iter().map(|(on, theta)| format!(", from {on} {theta}")).collect();
    format!(
        "{} theta, how much of it is assumed, is {}{later}; {sceptic} is the sceptic's, {enthusiast} \
         the enthusiast's.",
        Coordination::ANALOGY,
        theta.first,
    )
}

/// The same as JSON.
pub(super) fn json(theta: &Theta) -> Value {
    let (sceptic, enthusiast) = Coordination::THETA_RANGE;
    let later: Vec<Value> = theta
        .later
        .iter()
        .map(|(on, theta)| json!({ "from": on.to_string(), "theta": theta }))
        .collect();
    json!({
        "theta": theta.first,
        "theta_range": [sceptic, enthusiast],
        "theta_later": later,
        "analogy": Coordination::ANALOGY,
    })
}

/// One sentence: where relationships moved most, and where morale did.
pub(super) fn sentence(summary: &Summary) -> Option<String> {
    let layer = summary.layer.as_ref()?;
    let asked = |name: &str| {
        layer.find(name).filter(|it| it.courses.iter().any(|course| course.ends().is_some()))
    };
    let relations = match asked("relational_coordination_survey") {
        Some(surveys) => {
            moved(surveys, "Relational coordination, as staff answer surveys (1 to 5),")
        }
        None => moved(asked("relationship")?, "The strength of relationships (0 to 1)"),
    };
    let morale = asked("morale").map(|it| format!("; {}", moved(it, "morale (0 to 1)")));
    Some(format!("{relations}{}.", morale.unwrap_or_default()))
}

/// `morale (0 to 1) rises most for Social care, by 0.10 (0.07–0.13) to 0.65`.
fn moved(quantity: &Quantity, what: &str) -> String {
    let digits = decimals(quantity.unit);
    let most = quantity.most_moved().and_then(|course| Some((course, course.ends()?)));
    let Some((course, (_, last))) = most else {
        return format!("{what} does not move further than chance");
    };
    let (verb, change) = match course.change {
        change if change.mean > 0.0 => ("rises", change),
        change => {
            let (lower, upper) = (-change.upper, -change.lower);
            ("falls", Estimate { mean: -change.mean, lower, upper, ..change })
        }
    };
    format!(
        "{what} {verb} most for {}, by {} to {}",
        course.title,
        aligned(&change, quantity.unit, digits),
        shown(last.mean, quantity.unit, digits)
    )
}

/// The digits after the point that a quantity of the layer has.
pub(super) fn decimals(unit: &str) -> usize {
    if unit.starts_with("share") { 1 } else { 2 }
}
