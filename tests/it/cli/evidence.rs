//! `homeward evidence`, and what `homeward run` shows of the relationship layer.

use homeward::scenario::language::coordination::{Couplings, Parameters};
use serde_json::Value;

use super::*;

const COORDINATION: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/coordination.toml");

/// The small scenario with a relationship layer.
const LAYER: &str = "[run]\nwarm_up = \"60 days\"\nlength = \"140 days\"\n\
    [coordination]\nsurvey_every = \"35 days\"\n[coordination.dyads.\"community+hospital\"]\nleads = 0.5\n";

/// The small scenario with some lines, as a file.
fn small_with(folder: &tempfile::TempDir, lines: &str) -> String {
    extending(folder, "layer.toml", SMALL, lines)
}

fn listed(args: &[&str]) -> String {
    let all: Vec<&str> = ["evidence"].iter().chain(args).copied().collect();
    let output = homeward(&all);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    stdout(&output).to_owned()
}

fn json(args: &[&str]) -> Value {
    let output = homeward(args);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

/// A text as one line.
fn joined(text: &str) -> String {
    text.split_whitespace().collect::<Vec<&str>>().join(" ")
}

/// The figure of a path.
#[track_caller]
fn figure<'a>(list: &'a Value, path: &str) -> &'a Value {
    let figures = list["figures"].as_array().expect("a list");
    figures.iter().find(|it| it["path"] == path).unwrap_or_else(|| panic!("{path} is not listed"))
}

#[test]
fn the_list_is_as_it_was_agreed() {
    let text = listed(&[COORDINATION]);
    assert!(!text.contains('\x1b'), "no colours in a pipe");
    let widest = text.lines().map(|line| line.chars().count()).max();
    assert!(widest <= Some(80), "{widest:?}");
    insta::assert_snapshot!(text);
}

#[test]
fn every_parameter_of_the_layer_is_listed_written_or_not() {
    let text = listed(&[COORDINATION]);
    for parameter in Parameters::ALL {
        let line = format!(" coordination.parameters.{} = ", parameter.name);
        assert_eq!(text.matches(&line).count(), 1, "{}", parameter.name);
    }
    for (name, _) in Couplings::ALL {
        assert!(text.contains(&format!("coordination.couplings.{name} = true")), "{name}");
    }
    for name in ["hospital", "community", "social_care"] {
        for part in ["effort", "morale", "goals", "sponsorship", "pressure", "standard"] {
            assert!(text.contains(&format!("coordination.organisations.{name}.{part} =")));
        }
    }
    for pair in ["hospital+community", "hospital+social_care", "community+social_care"] {
        for part in ["leads", "teams", "understanding", "process", "traffic"] {
            assert!(text.contains(&format!("coordination.dyads.\"{pair}\".{part} =")));
        }
    }
    assert_eq!(text.matches("is an analogy from studies within").count(), 1);
}

#[test]
fn counts_add_up_to_the_figures_that_the_result_rests_on() {
    let list = json(&["evidence", COORDINATION, "--json"]);
    let figures = list["figures"].as_array().expect("a list");
    let counted = figures.iter().filter(|it| it["counted"] == true).count();
    let sum = |counts: &Value| -> u64 {
        let counts = counts.as_object().expect("counts");
        counts.values().map(|count| count.as_u64().expect("a number")).sum()
    };
    assert_eq!(sum(&list["counts"]), counted as u64);
    let layer = sum(&list["counts_of_relationship_layer"]);
    assert_eq!(layer, 1 + 3 * 6 + 3 * 5 + Parameters::ALL.len() as u64);
    assert_eq!(list["coordination"]["theta"], 0.6);
    // A run counts the same figures.
    let run = json(&[
        "run",
        COORDINATION,
        "--json",
        "--replications",
        "1",
        "--set",
        "run.length=1 week",
        "--set",
        "run.warm_up=8 weeks",
    ]);
    assert_eq!(run["confidence"], list["counts"]);
}

#[test]
fn what_is_set_has_no_source_unless_it_is_what_the_program_takes_anyway() {
    let list = json(&[
        "evidence",
        COORDINATION,
        "--json",
        "--set",
        "coordination.parameters.half_effort=0.05",
        "--set",
        "coordination.parameters.both_sides=4.0",
        "--set",
        "coordination.theta=0",
        "--set",
        "coordination.dyads.'hospital+social_care'.leads=0.6",
        "--set",
        "coordination.couplings.disputes=false",
        "--set",
        "places.ward.capacity=720",
    ]);
    let half = figure(&list, "coordination.parameters.half_effort");
    assert_eq!(half["standing"], "no source");
    assert_eq!((&half["value"], &half["usual"]), (&"0.05".into(), &"0.06".into()));
    assert_eq!(half["range"][1], "0.1");
    assert_eq!(figure(&list, "coordination.parameters.both_sides")["standing"], "assumption");
    assert_eq!(figure(&list, "coordination.theta")["standing"], "no source");
    assert_eq!(list["coordination"]["theta"], 0.0);
    let leads = figure(&list, "coordination.dyads.\"hospital+social_care\".leads");
    assert_eq!((&leads["value"], &leads["standing"]), (&"0.6".into(), &"no source".into()));
    let teams = figure(&list, "coordination.dyads.\"hospital+social_care\".teams");
    assert_eq!((&teams["written"], &teams["standing"]), (&true.into(), &"assumption".into()));
    assert_eq!(figure(&list, "coordination.couplings.disputes")["value"], "false");
    assert_eq!(figure(&list, "places.ward.capacity")["source"], Value::Null);
}

#[test]
fn changes_are_listed_beside_what_holds_at_the_start() {
    let text = listed(&["winter"]);
    assert!(text.contains("arrivals.emergency.per_day = 52.6 (50 to 56)"), "{text}");
    assert!(text.contains("changes.2024-12-01.arrivals.emergency.per_day = 55.8 (53 to 60)"));
    assert!(text.contains("no source   changes.2025-03-01.arrivals.emergency.per_day = 52.6\n"));
    assert!(text.contains("The scenario has no relationship layer."));
    assert!(!text.contains("coordination."));
}

#[test]
fn a_run_with_the_layer_shows_its_course_and_says_that_it_is_an_analogy() {
    let folder = folder();
    let scenario = small_with(&folder, LAYER);
    let output = homeward(&["run", &scenario]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let text = stdout(&output);
    let widest = text.lines().map(|line| line.chars().count()).max();
    assert!(widest <= Some(80), "{widest:?}\n{text}");
    let line = joined(text);
    assert_eq!(line.matches("is an analogy from studies within").count(), 1, "{text}");
    assert!(line.contains("theta, how much of it is assumed, is 0.6"), "{text}");
    assert!(line.contains("as staff answer surveys (1 to 5),"), "{text}");
    let from = text.find("How organisations stand").expect("the layer is shown");
    let until = text.find("Does it reproduce").expect("checks come after it");
    let lines: Vec<&str> = text[from..until].lines().collect();
    assert!(lines.len() <= 32, "{text}");
    for part in ["Relationship", "Understanding", "Process", "Coordination", "Morale", "Pressure"] {
        assert!(lines.iter().any(|line| line.starts_with(part)), "{part}\n{text}");
    }
    assert!(lines.iter().any(|line| line.contains("86.0 →")), "{text}");
    let without = homeward(&["run", SMALL]);
    assert!(!stdout(&without).contains("analogy"));
}

#[test]
fn surveys_and_theta_are_in_the_json_and_the_pictures_in_the_folder() {
    let folder = folder();
    let scenario = small_with(&folder, LAYER);
    let (out, shown) = path(&folder, "out");
    let json =
        json(&["run", &scenario, "--json", "--out", &shown, "--set", "coordination.theta=0.3"]);
    assert_eq!(json["coordination"]["theta"], 0.3);
    assert!(json["coordination"]["analogy"].as_str().is_some_and(|it| it.contains("analogy")));
    let surveys = &json["series"]["relational_coordination_survey.hospital+community"];
    assert_eq!(surveys["days_per_step"], 35);
    let dates = ["2025-01-06", "2025-02-10", "2025-03-17", "2025-04-21"];
    assert_eq!(surveys["date"], serde_json::json!(dates));
    let [mean, lower, upper] = ["mean", "lower", "upper"].map(|key| surveys[key][3].as_f64());
    assert!(lower < mean && mean < upper && mean > Some(1.0) && mean < Some(5.0), "{surveys}");
    let last = &json["measures"]["relational_coordination.hospital+community"];
    assert_eq!(last["mean"], surveys["mean"][3], "the measure is the last survey");
    for (name, part) in [
        ("relationships.svg", "Relational coordination in surveys [1 to 5]"),
        ("staff.svg", "Morale [0 to 1]"),
        ("hours.svg", "Hours for relating [% of all hours]"),
    ] {
        let svg = read(&out.join(name));
        assert!(svg.contains("<svg") && svg.contains(part), "{name}");
    }
    let without = self::json(&["run", SMALL, "--json"]);
    assert_eq!(without["coordination"], Value::Null);
}
