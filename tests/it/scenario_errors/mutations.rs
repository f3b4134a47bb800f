//! Whatever is typed, nothing panics, and every mistake has a place that lies in the text.

use super::*;

use proptest::prelude::*;

const SOUND: &str = include_str!("sound/sound.toml");

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

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, ..ProptestConfig::default() })]

    #[test]
    fn no_mutation_panics_and_every_place_lies_in_the_text(
        edits in prop::collection::vec((any::<u8>(), any::<prop::sample::Index>(), any::<prop::sample::Index>(), strange()), 1..5),
    ) {
        let mut text = SOUND.to_owned();
        for (how, at, with, strange) in edits {
            text = mutated(&text, how, at, with, &strange);
        }
        let diagnostics = match Scenario::parse("mutated.toml", &text) {
            Ok(scenario) => scenario.warnings,
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
    }
}

proptest! {
    #[test]
    fn no_setting_panics(path in "[a-z.\"=\\[\\] ]{0,12}|places\\.ward(\\.[a-z]{0,9})?|pathways\\.home\\.steps(\\.[a-z]{0,9}){0,3}", value in strange()) {
        if let Err(diagnostics) = Scenario::read(Path::new("by_hand"), &[format!("{path}={value}")]) {
            for place in diagnostics.iter().filter_map(|diagnostic| diagnostic.place.as_ref()) {
                prop_assert!(place.source.text.get(place.span.clone()).is_some());
            }
            let _ = diagnostics.long(false);
        }
    }
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
        Just("extends = \"by_hand\"\n".to_owned()),
        Just("[[changes]]\n".to_owned()),
        "\\PC{0,6}",
    ]
}
