//! `homeward ripple` as its users meet it.

use serde_json::Value;

use super::*;

/// The small scenario with some lines after it.
fn with(folder: &tempfile::TempDir, name: &str, lines: &str) -> String {
    extending(folder, name, SMALL, lines)
}

#[test]
fn the_matrix_is_as_it_was_agreed() {
    let scenario =
        concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/fixtures/small_coordination.toml");
    let output = homeward(&["ripple", scenario]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let text = stdout(&output);
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
    insta::assert_snapshot!(text);
}

#[test]
fn an_effect_is_what_comparing_with_the_step_finds() {
    let folder = folder();
    // A tenth of 12 places is one more, from the first measured day on.
    let lines = "[[changes]]\non = 2025-01-06\nset.places.support.capacity = 13";
    let stepped = with(&folder, "stepped.toml", lines);
    let compared = json(&["compare", SMALL, &stepped, "--json"]);
    let ripple = json(&["ripple", SMALL, "--json"]);
    let rows = ripple["rows"].as_array().expect("rows");
    let found: Vec<(&str, &str)> = rows
        .iter()
        .filter_map(|row| Some((row["organisation"].as_str()?, row["lever"].as_str()?)))
        .collect();
    // Without a relationship layer no hours are split, and the community has no teams.
    assert_eq!(found, [("hospital", "staff"), ("hospital", "places"), ("community", "places")]);
    let differences = &compared["differences"]["stepped"];
    for (effect, measure) in [
        ("delay.hospital", "delay_days_by_owner.hospital"),
        ("delay.community", "delay_days_by_owner.community"),
        ("delay.shared", "delay_days_by_owner.hospital+community"),
        ("cost.community", "cost_per_day.community"),
    ] {
        for key in ["mean", "lower", "upper", "n", "p"] {
            assert_eq!(
                rows[2]["effects"][effect][key], differences[measure][key],
                "{effect} {key}"
            );
        }
    }
    let mean = |effect: &str| rows[2]["effects"][effect]["mean"].as_f64().expect("a number");
    let parts = mean("delay.hospital") + mean("delay.community") + mean("delay.shared");
    assert!((parts - mean("delay.all")).abs() < 1e-12, "owners add up to all");
    assert!(mean("delay.community") < 0.0, "more places, less delay");
}

#[test]
fn the_folder_holds_the_matrix_and_a_picture_of_each_outcome() {
    let folder = folder();
    let (out, shown) = path(&folder, "out");
    let ripple = json(&["ripple", SMALL, "--json", "--out", &shown]);
    let written = fs::read_to_string(out.join("ripple.json")).expect("it is there");
    assert_eq!(serde_json::from_str::<Value>(&written).expect("JSON"), ripple);
    let picture = fs::read_to_string(out.join("ripple_delay.svg")).expect("it is there");
    assert!(picture.contains("Community") && picture.contains("places +10%"), "{picture}");
    // The same again on one thread.
    assert_eq!(json(&["ripple", SMALL, "--json", "--threads", "1"]), ripple);
}
