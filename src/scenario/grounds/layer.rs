//! The figures of the relationship layer, also those that a scenario does not write.

use super::{Figure, Group};
use crate::scenario::evidence::Confidence;
use crate::scenario::language::Coordination;
use crate::scenario::language::coordination::{Couplings, Dyad, Effort, Parameters, Stance};
use crate::scenario::text;

/// What is known of a figure with which an organisation or a pair begins.
struct Start {
    name: &'static str,
    source: &'static str,
    range: Option<(&'static str, &'static str)>,
    why: &'static str,
}

const NONE: &str = "none found";

/// What an organisation begins with, in the order of [`stance`]. All of it is assumption.
const OF_ORGANISATIONS: [Start; 6] = [
    Start {
        name: "effort",
        source: "judged; BJOT 2016: 70 % of therapists' hours are casework",
        range: None,
        why: "How it means to spend its hours.",
    },
    Start {
        name: "morale",
        source: "judged; NHS Staff Survey 2024: 30 to 42 % burnt or worn out",
        range: None,
        why: "Morale at the start, from 0 to 1.",
    },
    Start {
        name: "goals",
        source: NONE,
        range: None,
        why: "How far its people look to the whole system, from 0 to 1.",
    },
    Start {
        name: "sponsorship",
        source: NONE,
        range: Some(("0.2", "0.6")),
        why: "How far its leadership team protects time for relationships, from 0 to 1.",
    },
    Start {
        name: "pressure",
        source: NONE,
        range: None,
        why: "Work asked over work that can be done, at the start.",
    },
    Start {
        name: "standard",
        source: NONE,
        range: Some(("0.5", "1.05")),
        why: "The time that people think a case deserves, as a share of what it would deserve.",
    },
];

const TENSE: &str = "judged; Tavistock Institute: at best tense";

/// What a pair begins with, in the order of [`dyad`]. All of it is assumption.
const OF_DYADS: [Start; 5] = [
    Start {
        name: "leads",
        source: TENSE,
        range: None,
        why: "The relationship of their leads, from 0 to 1.",
    },
    Start {
        name: "teams",
        source: TENSE,
        range: None,
        why: "The relationship of their teams, from 0 to 1.",
    },
    Start {
        name: "understanding",
        source: NONE,
        range: None,
        why: "How well they understand each other's work and words, from 0 to 1.",
    },
    Start {
        name: "process",
        source: NONE,
        range: None,
        why: "How well their handovers are honed, from 0 to 1.",
    },
    Start {
        name: "traffic",
        source: NONE,
        range: None,
        why: "How much passes between them, as a weight against other pairs.",
    },
];

/// Puts the figures of the layer that a scenario does not write beside those that it writes, all in
/// the order of the language.
pub(super) fn complete<'a>(
    figures: &mut Vec<Figure>,
    coordination: &Coordination,
    organisations: impl Iterator<Item = &'a str>,
    dyads: &[String],
) {
    let mut layer = vec![theta()];
    for name in organisations {
        let path = format!("coordination.organisations.{}", text::name(name));
        layer.extend(started(&path, &OF_ORGANISATIONS, &stance(&Stance::default())));
    }
    for name in dyads {
        let path = format!("coordination.dyads.{}", text::name(&written_as(name, coordination)));
        layer.extend(started(&path, &OF_DYADS, &dyad(&Dyad::default())));
    }
    layer.extend(parameters());
    for (name, meaning) in Couplings::ALL {
        let path = format!("coordination.couplings.{name}");
        layer.push(own(path, "true".to_owned(), "", meaning));
    }
    // Where a scenario gives each part of a figure a source, the parts stand for it.
    layer.retain(|figure| {
        let below = format!("{}.", figure.path);
        !figures.iter().any(|written| written.path.starts_with(&below))
    });
    for figure in &mut layer {
        if let Some(at) = figures.iter().position(|written| written.path == figure.path) {
            *figure = written(figures.remove(at), figure);
        }
    }
    let couplings = Couplings::ALL.iter().zip(coordination.couplings.values());
    for ((name, _), is_on) in couplings {
        let path = format!("coordination.couplings.{name}");
        if let Some(figure) = layer.iter_mut().find(|figure| figure.path == path) {
            figure.is_written = !is_on;
            figure.value = is_on.to_string();
        }
    }
    figures.append(&mut layer);
}

/// A pair under the name that the scenario gives it, in whichever order.
fn written_as(name: &str, coordination: &Coordination) -> String {
    let turned = name.split_once('+').map(|(one, other)| format!("{other}+{one}"));
    turned
        .filter(|turned| coordination.dyads.contains_key(turned))
        .unwrap_or_else(|| name.to_owned())
}

/// A figure that the scenario writes, with what is known of the one in its place.
fn written(mut written: Figure, known: &Figure) -> Figure {
    let same = match (written.value.parse::<f64>(), known.value.parse::<f64>()) {
        (Ok(one), Ok(other)) => one.to_bits() == other.to_bits(),
        _ => written.value == known.value,
    };
    if same && written.source.is_empty() && written.confidence.is_none() {
        written.source.clone_from(&known.source);
        written.confidence = known.confidence;
    }
    if !same {
        written.usual = Some(known.value.clone());
    }
    if written.why.is_empty() {
        written.why.clone_from(&known.why);
    }
    written.range = written.range.or_else(|| known.range.clone());
    written.unit.clone_from(&known.unit);
    written
}

/// A figure of the program's own.
fn own(path: String, value: String, source: &str, why: &str) -> Figure {
    Figure {
        group: Group::of(&path),
        path,
        value,
        unit: String::new(),
        usual: None,
        is_written: false,
        source: source.to_owned(),
        confidence: None,
        why: why.to_owned(),
        range: None,
    }
}

fn theta() -> Figure {
    let (low, high) = Coordination::THETA_RANGE;
    Figure {
        confidence: Some(Confidence::Derived),
        range: Some((low.to_string(), high.to_string())),
        ..own(
            "coordination.theta".to_owned(),
            Coordination::THETA.to_string(),
            "calibrated to what coordination and discharge planning achieved in other settings",
            "How much of what relationships are assumed to do to delay they do.",
        )
    }
}

fn started<'a>(
    path: &str,
    starts: &'a [Start],
    values: &'a [String],
) -> impl Iterator<Item = Figure> + 'a {
    let path = path.to_owned();
    starts.iter().zip(values).map(move |(start, value)| Figure {
        confidence: Some(Confidence::Assumption),
        range: start.range.map(|(low, high)| (low.to_owned(), high.to_owned())),
        ..own(format!("{path}.{}", start.name), value.clone(), start.source, start.why)
    })
}

fn stance(stance: &Stance) -> [String; 6] {
    let Effort { task, relate, hone, recover } = stance.effort;
    [
        format!("task {task}, relate {relate}, hone {hone}, recover {recover}"),
        stance.morale.to_string(),
        stance.goals.to_string(),
        stance.sponsorship.to_string(),
        stance.pressure.to_string(),
        stance.standard.to_string(),
    ]
}

fn dyad(dyad: &Dyad) -> [String; 5] {
    [dyad.leads, dyad.teams, dyad.understanding, dyad.process, dyad.traffic]
        .map(|value| value.to_string())
}

fn parameters() -> impl Iterator<Item = Figure> {
    Parameters::ALL.iter().map(|it| Figure {
        unit: it.unit.to_owned(),
        confidence: Some(it.confidence),
        range: Some((it.low.to_string(), it.high.to_string())),
        ..own(
            format!("coordination.parameters.{}", it.name),
            it.default.to_string(),
            it.source,
            it.meaning,
        )
    })
}
