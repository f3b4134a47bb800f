//! The program as its users meet it: the real binary, its exit codes and both its outputs.

mod analyse;
mod compare;
mod evidence;
mod explain;
mod ripple;
mod search;
mod settling;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

const SMALL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/fixtures/small.toml");

fn homeward(args: &[&str]) -> Output {
    command(args).output().expect("the program starts")
}

fn command(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_homeward"));
    command.args(args).env_remove("COLUMNS").stdin(Stdio::null());
    command
}

fn stdout(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).expect("results are text")
}

fn stderr(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).expect("notes are text")
}

/// What a command that succeeds prints as JSON.
#[track_caller]
fn json(args: &[&str]) -> Value {
    let output = homeward(args);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

/// Writes a scenario that is another but for some lines.
fn extending(folder: &tempfile::TempDir, name: &str, base: &str, lines: &str) -> String {
    let (file, shown) = path(folder, name);
    // A path in literal quotes, as it may hold backslashes.
    fs::write(&file, format!("extends = '{base}'\n{lines}\n")).expect("written");
    shown
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder for the test")
}

fn path(folder: &tempfile::TempDir, name: &str) -> (PathBuf, String) {
    let path = folder.path().join(name);
    let text = path.display().to_string();
    (path, text)
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).expect("the file was written")
}

#[test]
fn a_run_shows_its_result_on_stdout_and_nothing_else() {
    let output = homeward(&["run", SMALL]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(stderr(&output), "");
    let text = stdout(&output);
    for part in [
        "A small hospital for tests",
        "seed 7",
        "people are ready to leave and still in hospital",
        "What people wait for",
        "1 of 2 checks are in band.",
        "✓ yes",
        "✗ no",
        "Small hospital with Community",
        "and for 16 no source is given",
    ] {
        let words: Vec<&str> = text.split_whitespace().collect();
        assert!(words.join(" ").contains(part), "{part}\n{text}");
    }
    assert!(!text.contains('\x1b'), "no colours in a pipe");
    let widest = text.lines().map(|line| line.chars().count()).max();
    assert!(widest <= Some(80), "{widest:?}\n{text}");
}

#[test]
fn json_holds_everything_that_others_rely_on() {
    let output = homeward(&["run", SMALL, "--json"]);
    assert_eq!(output.status.code(), Some(0));
    let json: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    for key in ["version", "scenario", "seed", "replications", "events_per_replication"] {
        assert!(!json[key].is_null(), "{key}");
    }
    assert_eq!(json["scenario"], "small");
    assert_eq!(json["seed"], 7);
    let delay = &json["measures"]["delay_days.supported"];
    let [mean, lower, upper] =
        ["mean", "lower", "upper"].map(|key| delay[key].as_f64().expect(key));
    assert!(lower < mean && mean < upper);
    assert_eq!(delay["n"], 4);
    assert_eq!(json["checks"][0]["in_band"], true);
    assert_eq!(json["checks"][1]["in_band"], false);
    assert_eq!(json["checks"][1]["official"], 100.0);
    let series = &json["series"]["ready_waiting"];
    assert_eq!(series["date"][0], "2025-01-06");
    assert_eq!(series["mean"].as_array().map(Vec::len), Some(70));
    assert!(json["series"]["occupancy.ward"]["mean"][0].is_number());
}

#[test]
fn the_ledger_adds_up_to_the_delay_in_the_measures() {
    let output = homeward(&["run", SMALL, "--json"]);
    let json: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let mean = |value: &Value| value["mean"].as_f64().unwrap_or(0.0);
    let cells = json["ledger"].as_array().expect("a ledger");
    let sum: f64 = cells.iter().map(|cell| mean(&cell["days_a_day"])).sum();
    let measures = json["measures"].as_object().expect("measures");
    let by_reason: f64 = measures
        .iter()
        .filter(|(name, _)| name.starts_with("delay_days_by_reason."))
        .map(|(_, value)| mean(value))
        .sum();
    assert!((sum - by_reason).abs() < 1e-9, "{sum} {by_reason}");
    assert!(sum > 0.0);
}

#[test]
fn one_replication_has_no_intervals_and_says_so() {
    let output = homeward(&["run", SMALL, "--replications", "1", "--json"]);
    let json: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let occupancy = &json["measures"]["occupancy.ward"];
    assert!(occupancy["mean"].is_number());
    assert!(occupancy["lower"].is_null() && occupancy["upper"].is_null());
    let text = homeward(&["run", SMALL, "--replications", "1"]);
    assert!(stdout(&text).contains("--replications 30"));
}

#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    let with = |threads: &str| {
        homeward(&["run", SMALL, "--json", "--replications", "9", "--threads", threads]).stdout
    };
    assert_eq!(with("1"), with("2"));
    assert_eq!(with("1"), with("7"));
}

#[test]
fn the_seed_can_be_set_in_either_way() {
    let short = homeward(&["run", SMALL, "--seed", "11"]);
    let long = homeward(&["run", SMALL, "--set", "run.seed=11"]);
    assert_eq!(stdout(&short), stdout(&long));
    assert!(stdout(&short).contains("seed 11"));
    assert_ne!(stdout(&short), stdout(&homeward(&["run", SMALL])));
}

#[test]
fn a_precision_is_reached_or_said_not_to_be() {
    let output = homeward(&["run", SMALL, "--precision", "10%"]);
    assert_eq!(output.status.code(), Some(0));
    let text = stdout(&output).replace('\n', " ");
    assert!(text.contains("Precision of 10.0% reached with"), "{text}");
    assert!(text.contains("intervals are taken at 96%"), "{text}");
}

#[test]
fn a_folder_holds_the_results_and_a_scenario_that_runs_again_to_the_same() {
    let folder = folder();
    let (out, shown) = path(&folder, "deep/er");
    let first = homeward(&["run", SMALL, "--seed", "3", "--out", &shown]);
    assert_eq!(first.status.code(), Some(0), "{}", stderr(&first));
    let json: Value = serde_json::from_str(&read(&out.join("result.json"))).expect("JSON");
    assert_eq!(json["seed"], 3);
    assert!(read(&out.join("measures.csv")).starts_with("measure,group,unit,mean,lower,upper,n\n"));
    for name in ["delay_by_group.svg", "ready_waiting.svg", "delay_by_pathway.svg"] {
        assert!(read(&out.join(name)).contains("<svg"), "{name}");
        let png = fs::read(out.join(name).with_extension("png")).expect("it is there");
        assert!(png.starts_with(b"\x89PNG"), "{name}");
    }
    let again = homeward(&["run", &format!("{shown}/scenario.toml"), "--json"]);
    let again: Value = serde_json::from_slice(&again.stdout).expect("JSON");
    assert_eq!(again["measures"], json["measures"]);
}

#[test]
fn the_event_log_tells_everything_and_everybody() {
    let folder = folder();
    let (file, shown) = path(&folder, "events.csv");
    let output = homeward(&["run", SMALL, "--events", &shown]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let mut log = csv::Reader::from_path(file).expect("CSV");
    let header = log.headers().expect("a header").clone();
    let wanted = ["person", "visit", "pathway", "event", "step", "place_or_team", "time"];
    assert!(header.iter().take(7).eq(wanted), "{header:?}");
    let rows: Vec<csv::StringRecord> = log.records().map(|row| row.expect("a row")).collect();
    let count = |event: &str| rows.iter().filter(|row| &row[3] == event).count();
    assert_eq!(count("arrives"), count("leaves") + count("unfinished"));
    assert!(count("unfinished") > 0 && count("waits") > 0 && count("delay") > 0);
    let time = rows[0].get(6).expect("a time");
    assert!(time.len() == 19 && time.starts_with("2024-12-") && time.contains('T'), "{time}");
}

#[test]
fn a_file_that_cannot_be_written_fails_before_the_work() {
    let folder = folder();
    let (_, nowhere) = path(&folder, "no/such/folder/events.csv");
    let endless = ["run", SMALL, "--replications", "100000", "--events", &nowhere];
    let output = homeward(&endless);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(stdout(&output), "");
    assert!(stderr(&output).contains("events.csv"), "{}", stderr(&output));
    let (file, shown) = path(&folder, "a_file");
    fs::write(&file, "").expect("written");
    let output = homeward(&["run", SMALL, "--replications", "100000", "--out", &shown]);
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn a_story_ends_with_a_delay_that_adds_up() {
    let output = homeward(&["story", SMALL]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let text = stdout(&output);
    for part in
        ["Person ", "Arrives (Front door).", "The delay begins.", "Where the delay went", "All"]
    {
        assert!(text.contains(part), "{part}\n{text}");
    }
    assert!(!text.to_lowercase().contains("patient "), "{text}");
    let number = text.trim_start_matches("Person ").split(',').next().expect("a number");
    let same = homeward(&["story", SMALL, "--person", number]);
    assert_eq!(stdout(&same), text);
}

#[test]
fn a_person_who_does_not_come_is_an_error_that_says_how_to_find_one() {
    for number in ["0", "18446744073709551615"] {
        let output = homeward(&["story", SMALL, "--person", number]);
        assert_eq!(output.status.code(), Some(2));
        assert_eq!(stdout(&output), "");
        assert!(stderr(&output).contains("--events"), "{}", stderr(&output));
    }
}

#[test]
fn a_new_scenario_is_sound_and_runs_and_is_never_overwritten() {
    let folder = folder();
    let (file, shown) = path(&folder, "our_place");
    let file = file.with_extension("toml");
    assert_eq!(homeward(&["new", &shown]).status.code(), Some(0));
    let text = read(&file);
    assert!(text.contains("title = \"our_place\""));
    let scenario = file.display().to_string();
    let check = homeward(&["check", &scenario]);
    assert_eq!(check.status.code(), Some(0), "{}", stderr(&check));
    assert!(stdout(&check).contains("no mistakes found"));
    let run = homeward(&["run", &scenario, "--replications", "3"]);
    assert_eq!(run.status.code(), Some(0), "{}", stderr(&run));
    assert!(stdout(&run).contains("Care transfer hub process"));
    let again = homeward(&["new", &shown]);
    assert_eq!(again.status.code(), Some(1));
    assert!(stderr(&again).contains("there already"));
    assert_eq!(read(&file), text);
}

#[test]
fn mistakes_go_to_stderr_with_their_place_and_exit_code_2() {
    let folder = folder();
    let (file, shown) = path(&folder, "wrong.toml");
    fs::write(&file, read(Path::new(SMALL)).replace("capacity = 12", "capacity = -12"))
        .expect("written");
    for args in [vec!["run", &shown], vec!["story", &shown], vec!["check", &shown]] {
        let output = homeward(&args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert_eq!(stdout(&output), "", "{args:?}");
        assert!(stderr(&output).contains("wrong.toml:30:12"), "{}", stderr(&output));
    }
    let short = homeward(&["check", "--format", "short", &shown, SMALL]);
    assert_eq!(short.status.code(), Some(2));
    assert!(
        stderr(&short)
            .lines()
            .next()
            .is_some_and(|line| line.contains("wrong.toml:30:12: error: "))
    );
    assert!(stdout(&short).contains("small.toml: no mistakes found"), "the others are checked too");
}

#[test]
fn a_check_of_a_measure_that_is_not_there_is_a_mistake() {
    let set = ["--set", "checks.delay.measure='delay_days.suported'"];
    let output = homeward(&["run", SMALL, set[0], set[1]]);
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
    assert!(
        stderr(&output).contains("did you mean `delay_days.supported`?"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn wrong_usage_is_exit_code_2() {
    for args in [
        vec!["rum"],
        vec!["run", SMALL, "--replications", "0"],
        vec!["run", SMALL, "--precision", "5"],
        vec!["run", SMALL, "--precision", "5%", "--replications", "5"],
        vec!["run", SMALL, "--threads", "0"],
        vec!["run", "no_such_scenario.toml"],
        vec!["check"],
        vec!["new", "a/b\"c"],
    ] {
        let output = homeward(&args);
        assert_eq!(output.status.code(), Some(2), "{args:?}: {}", stderr(&output));
        assert_eq!(stdout(&output), "", "{args:?}");
        assert_ne!(stderr(&output), "", "{args:?}");
    }
}

#[test]
fn a_reader_who_stops_reading_is_no_mistake() {
    let mut child = command(&["run", SMALL, "--json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(!stderr(&output).contains("panicked"), "{}", stderr(&output));
}

#[test]
fn measures_are_listed_for_all_and_for_a_scenario() {
    let all = homeward(&["measures"]);
    assert_eq!(all.status.code(), Some(0));
    assert!(stdout(&all).contains("ready_waiting.<all> [people]"));
    let own = homeward(&["measures", SMALL]);
    assert!(stdout(&own).contains("delay_days.home delay_days.supported delay_days.all"));
}

#[test]
fn help_is_as_it_was_agreed() {
    for args in [
        vec!["--help"],
        vec!["run", "--help"],
        vec!["compare", "--help"],
        vec!["story", "--help"],
        vec!["check", "--help"],
        vec!["sweep", "--help"],
        vec!["merge", "--help"],
    ] {
        let output = homeward(&args);
        assert_eq!(output.status.code(), Some(0));
        let name = args.join("_").replace("--", "");
        insta::assert_snapshot!(name, stdout(&output));
    }
}
