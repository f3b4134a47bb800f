//! `run.warm_up = "found"`: every command finds it before it runs anything, and what is compared shares it.

use serde_json::Value;

use super::{SMALL, folder, homeward, path, read, stderr};

const FOUND: [&str; 4] = ["--set", "run.warm_up=found", "--set", "run.length=4 weeks"];

/// How many days were found, as a command tells.
fn days(notes: &str) -> u32 {
    let of_it = |line: &str| line.split_once("a warm-up of ")?.1.split(' ').next()?.parse().ok();
    let found: Vec<u32> = notes.lines().filter_map(of_it).collect();
    assert_eq!(found.len(), 1, "it is found once: {notes}");
    assert!((5..=300).contains(&found[0]), "{notes}");
    found[0]
}

#[test]
fn a_run_finds_its_warm_up_and_keeps_it_in_the_scenario_that_it_writes() {
    let folder = folder();
    let (_, out) = path(&folder, "out");
    let output = homeward(&[&["run", SMALL, "--out", &out], &FOUND[..]].concat());
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let days = days(stderr(&output));
    let written = read(&folder.path().join("out/scenario.toml"));
    assert!(written.contains(&format!("warm_up = \"{days} days\"")), "{written}");
    let again = homeward(&["run", &format!("{out}/scenario.toml"), "--json"]);
    let first: Value =
        serde_json::from_str(&read(&folder.path().join("out/result.json"))).expect("JSON");
    let again: Value = serde_json::from_slice(&again.stdout).expect("JSON");
    assert_eq!(first["measures"], again["measures"]);
}

#[test]
fn scenarios_that_are_compared_share_the_warm_up_of_the_base() {
    let more = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/fixtures/small_more_support.toml");
    let output = homeward(&[&["compare", SMALL, more], &FOUND[..]].concat());
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let shared = days(stderr(&output));
    // The base says how long; the other says that it is to be found.
    let folder = folder();
    let (other, name) = path(&folder, "other.toml");
    let text =
        format!("extends = {SMALL:?}\nplaces.support.capacity = 14\nrun.warm_up = \"found\"\n");
    std::fs::write(other, text).expect("it can be written");
    let output = homeward(&["compare", SMALL, &name]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(stderr(&output), "", "nothing is to be found");
    let searched = [
        &["search", SMALL, "--choose", "places.support.capacity=11..12", "--first", "2"],
        &FOUND[..],
    ];
    let searched =
        [&searched.concat()[..], &["--least", "delay_days.all", "--worth", "5"]].concat();
    let output = homeward(&searched);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(days(stderr(&output)), shared, "options are runs besides the same base");
    let output = homeward(&[&["explain", SMALL, more], &FOUND[..]].concat());
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(days(stderr(&output)), shared);
    let output = homeward(&[&["ripple", SMALL], &FOUND[..]].concat());
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(days(stderr(&output)), shared);
}

#[test]
fn the_points_of_a_sweep_share_a_warm_up() {
    let folder = folder();
    let (file, sweep) = path(&folder, "sweep.toml");
    let text = format!(
        "scenario = {SMALL:?}\nmeasures = [\"delay_days.all\"]\nreplications = 1\ndesign.kind = \"grid\"\n\
         set.\"run.warm_up\" = \"found\"\nset.\"run.length\" = \"4 weeks\"\n\
         [levers.\"places.support.capacity\"]\nvalues = [11, 12]\n\
         [uncertainties.\"run.warm_up\"]\nvalues = [\"9 days\", \"found\"]\n"
    );
    std::fs::write(file, text).expect("it can be written");
    let (_, out) = path(&folder, "out");
    let output = homeward(&["sweep", &sweep, "--out", &out]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let days = days(stderr(&output));
    let manifest = read(&folder.path().join("out/manifest.json"));
    assert!(manifest.contains(&format!("warm_up = \\\"{days} days\\\"")), "{manifest}");
    // A point cannot have one of its own that is found.
    assert_eq!(read(&folder.path().join("out/rows.csv")).lines().count(), 1 + 2);
    let failed = read(&folder.path().join("out/failed.csv"));
    assert_eq!(failed.lines().count(), 1 + 2, "{failed}");
    assert!(failed.contains("once for all points"), "{failed}");
}

#[test]
fn a_run_that_has_not_settled_says_so() {
    let output = homeward(&[
        "run",
        SMALL,
        "--set",
        "places.support.capacity=3",
        "--set",
        "run.length=40 weeks",
        "--set",
        "run.warm_up=1 day",
    ]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(stderr(&output).contains("has not settled"), "{}", stderr(&output));
}
