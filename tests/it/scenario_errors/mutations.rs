//! Whatever is typed, nothing panics, and every mistake has a place that lies in the text.

use super::*;

use std::sync::LazyLock;

use homeward::scenario::language::coordination::Parameters;
use proptest::prelude::*;

use crate::language_examples::examples;

/// The text of a scenario without a mistake, with all that it extends.
fn whole(name: &str) -> String {
    Scenario::read(&sound(name), &[]).unwrap_or_else(|mistakes| panic!("{mistakes}")).text
}

/// What stands between tokens is found by these.
fn tokens(text: &str) -> Vec<String> {
    let mut tokens: Vec<String> = vec![String::new()];
    let mut last = ' ';
    for c in text.chars() {
        if !(c.is_alphanumeric() && last.is_alphanumeric()) {
            tokens.push(String::new());
        }
        tokens.last_mut().expect("there is one").push(c);
        last = c;
    }
    tokens
}

fn mutated(
    text: &str,
    how: u8,
    at: prop::sample::Index,
    with: prop::sample::Index,
    strange: &str,
) -> String {
    let mut parts: Vec<String> = match how % 3 {
        0 => text.chars().map(String::from).collect(),
        1 => text.split_inclusive('\n').map(str::to_owned).collect(),
        _ => tokens(text),
    };
    if parts.is_empty() {
        return strange.to_owned();
    }
    let (at, with) = (at.index(parts.len()), with.index(parts.len()));
    match how / 3 % 5 {
        0 => drop(parts.remove(at)),
        1 => parts.insert(at, parts[at].clone()),
        2 => parts[at] = parts[with].clone(),
        3 => parts[at] = strange.to_owned(),
        _ => parts.swap(at, with),
    }
    parts.concat()
}

/// One edit of a text.
type Edit = (u8, prop::sample::Index, prop::sample::Index, String);

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    prop::collection::vec(
        (any::<u8>(), any::<prop::sample::Index>(), any::<prop::sample::Index>(), strange()),
        1..5,
    )
}

/// Reads a text of which the second part is edited: what is sound can be compiled, and each mistake
/// has its place.
fn nothing_panics(before: &str, text: &str, edits: Vec<Edit>) -> Result<(), TestCaseError> {
    let mut text = text.to_owned();
    for (how, at, with, strange) in edits {
        text = mutated(&text, how, at, with, &strange);
    }
    text.insert_str(0, before);
    let diagnostics = match Scenario::parse("mutated.toml", &text) {
        Ok(scenario) => {
            let _ = homeward::model::compile(&scenario);
            scenario.warnings
        }
        Err(diagnostics) => {
            prop_assert!(diagnostics.has_errors());
            diagnostics
        }
    };
    for diagnostic in &diagnostics {
        prop_assert!(!diagnostic.message.is_empty());
        if let Some(place) = &diagnostic.place {
            let whole = &place.source.text;
            prop_assert!(whole.get(place.span.clone()).is_some(), "{diagnostic:?}");
            prop_assert_eq!(place.line, whole[..place.span.start].matches('\n').count() + 1);
        }
    }
    let _ = (diagnostics.long(true), diagnostics.short());
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, ..ProptestConfig::default() })]

    #[test]
    fn no_mutation_panics_and_every_place_lies_in_the_text(edits in edits()) {
        static SOUND: LazyLock<String> = LazyLock::new(|| whole("sound"));
        nothing_panics("", &SOUND, edits)?;
    }

    #[test]
    fn no_mutation_of_any_construct_of_the_language_panics(
        which in any::<prop::sample::Index>(),
        edits in edits(),
    ) {
        // The whole text of each example of the language, its base filled in.
        static TEXTS: LazyLock<Vec<String>> =
            LazyLock::new(|| examples().iter().map(|it| it.scenario().text).collect());
        nothing_panics("", &TEXTS[which.index(TEXTS.len())], edits)?;
    }

    #[test]
    fn no_mutation_of_coordination_panics(edits in edits()) {
        static WHOLE: LazyLock<String> = LazyLock::new(|| whole("coordination"));
        // Only what is said of coordination is edited, and the changes after it.
        let (before, coordination) =
            WHOLE.split_at(WHOLE.find("[coordination").expect("it is in the text"));
        nothing_panics(before, coordination, edits)?;
    }
}

proptest! {
    #[test]
    fn no_setting_panics_and_what_is_set_can_be_saved(path in path(), value in strange()) {
        match Scenario::read(Path::new("by_hand"), &[format!("{path}={value}")]) {
            Ok(scenario) => {
                let again = Scenario::parse("again", &scenario.text);
                let again = again.unwrap_or_else(|mistakes| panic!("{mistakes}"));
                prop_assert_eq!(again.base, scenario.base);
                prop_assert_eq!(again.evidence, scenario.evidence);
                prop_assert_eq!(again.text, scenario.text);
            }
            Err(diagnostics) => {
                for place in diagnostics.iter().filter_map(|diagnostic| diagnostic.place.as_ref()) {
                    prop_assert!(place.source.text.get(place.span.clone()).is_some());
                }
                let _ = diagnostics.long(false);
            }
        }
    }
}

proptest! {
    #[test]
    fn no_setting_of_coordination_panics_and_what_is_sound_can_run(
        settings in prop::collection::vec((coordination_path(), coordination_value()), 1..3),
    ) {
        let sets: Vec<String> =
            settings.iter().map(|(path, value)| format!("coordination.{path}={value}")).collect();
        match Scenario::read(&sound("coordination"), &sets) {
            Ok(scenario) => {
                let observed = homeward::model::compile(&scenario).simulate(0);
                prop_assert!(observed.events > 0);
            }
            Err(diagnostics) => {
                for place in diagnostics.iter().filter_map(|diagnostic| diagnostic.place.as_ref()) {
                    prop_assert!(place.source.text.get(place.span.clone()).is_some());
                }
            }
        }
    }
}

/// Keys of the relationship layer.
fn coordination_path() -> impl Strategy<Value = String> {
    let parameters: Vec<&str> = Parameters::ALL.iter().map(|parameter| parameter.name).collect();
    prop_oneof![
        prop::sample::select(vec![
            "theta",
            "survey_every",
            "organisations.hospital.effort",
            "organisations.therapy.effort.task",
            "organisations.hospital.morale",
            "organisations.hospital.pressure",
            "organisations.hospital.standard",
            "dyads.\"hospital+therapy\".teams",
            "dyads.\"hospital+therapy\".traffic",
            "dyads.\"therapy+social_care\"",
            "couplings.work",
            "levers.single_form",
            "levers.hub",
            "levers.discharge_to_assess",
            "levers.made",
            "levers.fines",
            "levers.seven_days",
            "programme",
            "programme.starts",
            "programme.attending",
            "programme.leadership_teams",
            "programme.length",
            "programme.discussions_until",
            "programme.working_note_after",
            "programme.meeting_every",
            "programme.meetings",
            "programme.nurture_every",
            "programme.people",
            "programme.time",
        ])
        .prop_map(str::to_owned),
        prop::sample::select(parameters).prop_map(|name| format!("parameters.{name}")),
    ]
}

/// Values that fit many of these keys, and some that fit none.
fn coordination_value() -> impl Strategy<Value = String> {
    prop_oneof![
        2 => prop::sample::select(vec!["0", "1", "-0.0", "0.001", "0.4", "2.5", "40", "1e6", "1e9", "1e-9"])
            .prop_map(str::to_owned),
        1 => prop::sample::select(vec!["0 days", "1 hour", "1 day", "36 hours", "10 weeks", "1000 years"])
            .prop_map(str::to_owned),
        1 => prop::sample::select(vec![
            "2025-01-06",
            "2025-12-31",
            "[2025-01-06, 2025-02-01]",
            "[\"hospital\", \"therapy\"]",
            "[\"social_care\"]",
            "[]",
            "{}",
            "false",
            "{ task = 0.97, relate = 0.01, hone = 0.01, recover = 0.01 }",
            "{ task = 1e-9, relate = 0.999999999, hone = 0, recover = 0 }",
            "{ task = 1, relate = 0, hone = 0, recover = 0 }",
        ])
        .prop_map(str::to_owned),
        1 => strange(),
    ]
}

/// Paths, many of which exist.
fn path() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z.\"=\\[\\] ]{0,12}",
        prop::sample::select(vec![
            "title",
            "description",
            "run.seed",
            "run.length",
            "places.ward.capacity",
            "places.ward.title",
            "places.ward.acute",
            "arrivals.door.per_day",
            "arrivals.door.pathways",
            "arrivals.door.pathways.home",
            "arrivals.door.hour",
            "pathways.home.steps",
            "pathways.home.steps.treat.stay",
            "pathways.home.steps.medicines.wait.gamma.mean",
            "pathways.home.steps.medicines.chance",
            "pathways.home.steps.medicines.chance.source",
            "pathways.home.steps.home.leave",
            "changes",
            "coordination",
            "coordination.theta",
            "coordination.organisations.hospital.effort",
            "coordination.levers.made",
            "coordination.programme",
            "facts.x",
            "calendars",
            "harms",
            "source",
            "places.ward.capacity.why",
            "places.ward",
        ])
        .prop_map(str::to_owned),
        "(places|pathways|run)\\.[a-z]{0,5}(\\.[a-z]{0,9}){0,3}",
    ]
}

/// Values that break things.
fn strange() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("-1".to_owned()),
        Just("nan".to_owned()),
        Just("1e999".to_owned()),
        Just("99999999999999999999".to_owned()),
        Just("\"\"".to_owned()),
        Just("{}".to_owned()),
        Just("[]".to_owned()),
        Just("{ value = 1 }".to_owned()),
        Just("2025-02-30".to_owned()),
        Just("\u{0}".to_owned()),
        Just("é\u{1F3E5}".to_owned()),
        Just("\"\"\"".to_owned()),
        Just("true".to_owned()),
        Just("[[".to_owned()),
        Just("a.b.c = 1\n".to_owned()),
        Just("0.0".to_owned()),
        Just("0.5".to_owned()),
        Just("\"3 days\"".to_owned()),
        Just("\"line\\nand \\\"quote\\\" \\\\ \\t\"".to_owned()),
        Just("{ value = 7, source = \"s\", why = \"w\" }".to_owned()),
        Just("extends = \"by_hand\"\n".to_owned()),
        Just("[[changes]]\n".to_owned()),
        "\\PC{0,6}",
    ]
}
