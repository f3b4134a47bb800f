//! `homeward compare` as its users meet it.

use serde_json::Value;

use super::*;

const MORE: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/fixtures/small_more_support.toml");

/// The result of a comparison as JSON.
#[track_caller]
fn compared(args: &[&str]) -> Value {
    let all: Vec<&str> = ["compare"].iter().chain(args).chain(&["--json"]).copied().collect();
    json(&all)
}

/// A scenario that is the small one but for some lines.
fn variant(folder: &tempfile::TempDir, name: &str, lines: &str) -> String {
    extending(folder, name, SMALL, lines)
}

fn number(value: &Value, key: &str) -> f64 {
    value[key].as_f64().unwrap_or_else(|| panic!("{key} in {value}"))
}

#[test]
fn the_page_is_as_it_was_agreed() {
    let output = homeward(&["compare", SMALL, MORE]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(stderr(&output), "");
    let text = stdout(&output);
    assert!(!text.contains('\x1b'), "no colours in a pipe");
    let widest = text.lines().map(|line| line.chars().count()).max();
    assert!(widest <= Some(80), "{widest:?}\n{text}");
    insta::assert_snapshot!(text);
}

#[test]
fn several_scenarios_stand_side_by_side_first() {
    let folder = folder();
    let fewer = variant(&folder, "fewer.toml", "places.support.capacity = 10");
    let output = homeward(&["compare", SMALL, MORE, &fewer]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let text = stdout(&output);
    let at = |part: &str| text.find(part).unwrap_or_else(|| panic!("{part}\n{text}"));
    assert!(at("small_more_support and fewer compared with small") < at("\nsmall  "));
    assert!(at("\nsmall  ") < at("\nsmall_more_support  "));
    assert!(at("\nsmall_more_support  ") < at("\nfewer  "));
    assert!(at("\nfewer  ") < at("small_more_support: A small hospital with more support"));
    assert!(at("What differs with small_more_support [% of small]") < at("fewer: A small"));
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
}

#[test]
fn json_has_the_shape_that_others_rely_on() {
    let json = compared(&[SMALL, MORE]);
    assert_eq!(json["base"], "small");
    assert_eq!(json["seed"], 7);
    assert_eq!(json["replications"], 4);
    let differences = json["differences"]["small_more_support"].as_object().expect("differences");
    let delay = &differences["delay_days.supported"];
    let [mean, lower, upper] = ["mean", "lower", "upper"].map(|key| number(delay, key));
    assert!(lower < mean && mean < upper && mean < 0.0, "{delay}");
    assert_eq!(delay["n"], 4);
    let of = |scenario: &str| {
        number(&json["scenarios"][scenario]["measures"]["delay_days.supported"], "mean")
    };
    assert!((of("small_more_support") - of("small") - mean).abs() < 1e-12);
    assert!((number(delay, "other") - number(delay, "base") - mean).abs() < 1e-12);
    assert!((0.0..=1.0).contains(&number(delay, "better_share")));
    assert!(differences["occupancy.ward"]["better_share"].is_null(), "neither way is better");
    for (name, it) in differences {
        let verdict = it["verdict"].as_str().expect(name);
        let holds_0 = it["n"].as_u64() > Some(1)
            && (number(it, "lower")..=number(it, "upper")).contains(&0.0)
            && verdict != "the same";
        assert_eq!(verdict == "cannot be told apart", holds_0, "{name}: {it}");
    }
}

#[test]
fn delay_moves_between_owners_as_it_does_in_the_measures() {
    let json = compared(&[SMALL, MORE]);
    let name = "small_more_support";
    let sum = |of: &str| -> f64 {
        let parts = json[of][name].as_object().expect(of);
        parts.values().map(|part| number(part, "mean")).sum()
    };
    assert!((sum("delay_by_group") - sum("delay_by_owner")).abs() < 1e-9);
    let community = &json["delay_by_owner"][name]["community"];
    let measure = &json["differences"][name]["delay_days_by_owner.community"];
    assert!((number(community, "mean") - number(measure, "mean")).abs() < 1e-12);
    assert_eq!(community["verdict"], measure["verdict"]);
}

#[test]
fn swapping_base_and_other_flips_the_sign_exactly() {
    // The base says how often to run and with which seed, unless the command does.
    let same = ["--seed", "7", "--replications", "4"];
    let there = compared(&[&[SMALL, MORE], &same[..]].concat());
    let back = compared(&[&[MORE, SMALL], &same[..]].concat());
    let there = there["differences"]["small_more_support"].as_object().expect("differences");
    let back = &back["differences"]["small"];
    assert!(there.len() > 50, "{}", there.len());
    for (name, there) in there {
        let back = &back[name];
        for (one, other) in [("mean", "mean"), ("lower", "upper"), ("upper", "lower")] {
            let (one, other) = (there[one].as_f64(), back[other].as_f64());
            assert_eq!(one, other.map(|value| -value), "{name}");
        }
        if let Some(share) = there["better_share"].as_f64() {
            assert!((share + number(back, "better_share") - 1.0).abs() < 1e-12, "{name}");
        }
    }
}

#[test]
fn a_scenario_and_itself_are_the_same() {
    let json = compared(&[SMALL, SMALL]);
    let differences = json["differences"][SMALL].as_object().expect("the second has its path");
    for (name, it) in differences {
        let verdict = if it["n"] == 0 { "no figures" } else { "the same" };
        assert_eq!(it["verdict"], verdict, "{name}");
    }
    let output = homeward(&["compare", SMALL, SMALL]);
    let text = stdout(&output);
    assert!(text.contains("the same.\n") && !text.contains("told apart\n"), "{text}");
}

#[test]
fn all_run_with_the_seed_and_as_often_as_the_base() {
    let folder = folder();
    let other = variant(&folder, "other.toml", "run.seed = 99\nrun.replications = 2");
    let json = compared(&[SMALL, &other]);
    let delay = &json["differences"]["other"]["delay_days.all"];
    assert_eq!(delay["verdict"], "the same");
    assert_eq!(delay["n"], 4);
    let json = compared(&[SMALL, &other, "--seed", "3", "--replications", "2"]);
    assert_eq!(json["seed"], 3);
    assert_eq!(json["differences"]["other"]["delay_days.all"]["n"], 2);
}

#[test]
fn what_is_set_is_set_in_all() {
    let json = compared(&[SMALL, MORE, "--set", "places.support.capacity=13"]);
    let differences = &json["differences"]["small_more_support"];
    assert_eq!(differences["delay_days.all"]["verdict"], "the same");
}

#[test]
fn any_number_of_threads_compares_to_the_same_bytes() {
    let with = |threads: &str| {
        let args = ["compare", SMALL, MORE, "--json", "--replications", "5", "--threads", threads];
        homeward(&args).stdout
    };
    assert_eq!(with("1"), with("2"));
}

#[test]
fn one_run_tells_nothing_and_says_so() {
    let output = homeward(&["compare", SMALL, MORE, "--replications", "1"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(stdout(&output).contains("one run cannot tell"), "{}", stdout(&output));
    assert!(stdout(&output).contains("--replications 30"));
    let json = compared(&[SMALL, MORE, "--replications", "1"]);
    assert!(json["differences"]["small_more_support"]["delay_days.all"]["lower"].is_null());
}

#[test]
fn measures_that_only_one_has_are_named() {
    let folder = folder();
    let extra = "[teams.extra]\norganisation = \"hospital\"\nheadcount = 1\ncalendar = \"office\"";
    let extra = variant(&folder, "extra.toml", extra);
    let output = homeward(&["compare", SMALL, &extra]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let text = stdout(&output).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("Left out: only extra has queue.extra, wait_days.extra,"), "{text}");
    let json = compared(&[SMALL, &extra]);
    assert_eq!(json["left_out"]["extra"]["only_scenario"][0], "queue.extra");
    assert_eq!(json["left_out"]["extra"]["only_base"].as_array().map(Vec::len), Some(0));
}

#[test]
fn a_folder_holds_the_differences_and_the_pictures() {
    let folder = folder();
    let (out, shown) = path(&folder, "out");
    let output = homeward(&["compare", SMALL, MORE, "--out", &shown]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let json: Value = serde_json::from_str(&read(&out.join("comparison.json"))).expect("JSON");
    assert_eq!(json, compared(&[SMALL, MORE]));
    let csv = read(&out.join("differences.csv"));
    let header = "scenario,measure,group,unit,base,other,mean,lower,upper,n,better_share,verdict\n";
    assert!(csv.starts_with(header), "{csv}");
    let lines = json["differences"]["small_more_support"].as_object().map(serde_json::Map::len);
    assert_eq!(lines, Some(csv.lines().count() - 1));
    for name in ["differences", "delay_by_group", "delay_by_owner"] {
        let svg = read(&out.join(format!("{name}_small_more_support.svg")));
        assert!(svg.contains("<svg") && svg.contains("with small_more_support"), "{name}");
    }
}

#[test]
fn no_picture_takes_the_place_of_another() {
    let folder = folder();
    let names = ["more beds.toml", "more_beds.toml"];
    let [one, two] = names.map(|name| variant(&folder, name, "places.support.capacity = 14"));
    let (out, shown) = path(&folder, "out");
    let output = homeward(&["compare", SMALL, &one, &two, "--out", &shown]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(read(&out.join("differences_more_beds.svg")).contains("with more beds"));
    assert!(read(&out.join("differences_more_beds_2.svg")).contains("with more_beds"));
}

#[test]
fn mistakes_of_all_scenarios_are_told_at_once() {
    let folder = folder();
    let one = variant(&folder, "one.toml", "places.ward.capacity = -1");
    let two = variant(&folder, "two.toml", "teams.hub.headcount = \"many\"");
    let output = homeward(&["compare", &one, SMALL, &two]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(stdout(&output), "");
    for file in ["one.toml:2:", "two.toml:2:"] {
        assert!(stderr(&output).contains(file), "{}", stderr(&output));
    }
}

#[test]
fn scenarios_of_other_days_cannot_be_compared() {
    let folder = folder();
    let longer = variant(&folder, "longer.toml", "run.length = \"71 days\"");
    let later = variant(&folder, "later.toml", "run.start = 2025-01-13\nrun.warm_up = \"1 day\"");
    let output = homeward(&["compare", SMALL, &longer, MORE, &later]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(stdout(&output), "");
    for part in [
        "`run.length` is 71 days in longer and 70 days in small; it must be the same",
        "`run.start` is 2025-01-13 in later and 2025-01-06 in small",
        "`run.warm_up` is 1 day in later and 30 days in small",
    ] {
        assert!(stderr(&output).contains(part), "{part}\n{}", stderr(&output));
    }
    let json = compared(&[SMALL, &longer, "--set", "run.length='50 days'"]);
    assert_eq!(json["measured_days"], 50.0);
}

#[test]
fn wrong_usage_of_a_comparison_is_exit_code_2() {
    for args in [
        vec!["compare"],
        vec!["compare", SMALL],
        vec!["compare", SMALL, "no_such_scenario.toml"],
        vec!["compare", "no_such_scenario.toml", SMALL],
        vec!["compare", SMALL, MORE, "--replications", "0"],
        vec!["compare", SMALL, MORE, "--set", "places.wrad.capacity=3"],
    ] {
        let output = homeward(&args);
        assert_eq!(output.status.code(), Some(2), "{args:?}: {}", stderr(&output));
        assert_eq!(stdout(&output), "", "{args:?}");
        assert_ne!(stderr(&output), "", "{args:?}");
    }
}

#[test]
fn a_folder_that_cannot_be_made_fails_before_the_work() {
    let folder = folder();
    let (file, shown) = path(&folder, "a_file");
    fs::write(&file, "").expect("written");
    let args = ["compare", SMALL, MORE, "--replications", "100000", "--out", &shown];
    assert_eq!(homeward(&args).status.code(), Some(1));
}

#[test]
fn an_owner_whom_only_one_has_delays_nobody_in_the_other() {
    let folder = folder();
    let moved = "pathways.supported.steps.support.owner = \"hospital\"";
    let moved = variant(&folder, "moved.toml", moved);
    let owners = &compared(&[SMALL, &moved])["delay_by_owner"]["moved"];
    let community = &owners["community"];
    assert!(number(community, "base") > 0.0, "{owners}");
    assert!(number(community, "other").abs() < 1e-12, "{owners}");
    let hospital = &owners["hospital"];
    let sum = number(community, "mean") + number(hospital, "mean");
    assert!(sum.abs() < 1e-9, "what one loses the other gains: {owners}");
}

#[test]
fn a_precision_is_reached_for_every_measure_that_is_named() {
    let wanted =
        ["--precision", "delay_days.supported=8%", "--precision", "ready_waiting.all=0.25"];
    let json = compared(&[&[SMALL, MORE], &wanted[..]].concat());
    let runs = number(&json, "replications");
    assert!(runs > 20.0, "more than the first batch: {runs}");
    let reached = json["precision"].as_array().expect("a list");
    let found: Vec<&str> = reached.iter().filter_map(|it| it["measure"].as_str()).collect();
    assert_eq!(found, ["delay_days.supported", "ready_waiting.all"]);
    assert_eq!(reached[0]["unit"], "share of the base");
    assert_eq!(reached[1]["unit"], "people");
    let differences = &json["differences"]["small_more_support"];
    for (reach, relative) in reached.iter().zip([true, false]) {
        assert_eq!(reach["enough"], true, "{reach}");
        let it = &differences[reach["measure"].as_str().expect("a name")];
        assert_eq!(it["n"], json["replications"]);
        let half = (number(it, "upper") - number(it, "lower")) / 2.0;
        let half = if relative { half / number(it, "base") } else { half };
        assert!(
            (half - number(reach, "reached")).abs() < 1e-12,
            "what is printed is what is reached"
        );
        assert!(half <= number(reach, "asked"), "{reach}");
    }
    assert!(json["intervals"].as_str().expect("text").contains("taken at 96%"));
    // The same again on other numbers of threads.
    let one = compared(&[&[SMALL, MORE, "--threads", "1"], &wanted[..]].concat());
    assert_eq!(json, one);
}

#[test]
fn a_precision_of_nothing_ends_and_says_why() {
    let folder = folder();
    let base = variant(&folder, "base.toml", "places.support.capacity = 1000");
    let output = homeward(&["compare", &base, MORE, "--precision", "wait_days.support=5%"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let text = stdout(&output).replace('\n', " ");
    assert!(text.contains("has no precision: the base is 0"), "{text}");
}

#[test]
fn a_precision_of_what_is_not_measured_names_the_nearest() {
    let output = homeward(&["compare", SMALL, MORE, "--precision", "delay_day.all=5%"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("did you mean `delay_days.all`?"), "{}", stderr(&output));
    for wrong in ["5", "delay_days.all=", "delay_days.all=-3", "delay_days.all=500%"] {
        let output = homeward(&["compare", SMALL, MORE, "--precision", wrong]);
        assert_eq!(output.status.code(), Some(2), "{wrong}");
    }
}

#[test]
fn verdicts_of_the_page_allow_for_each_other_and_the_rest_stands_alone() {
    let folder = folder();
    let fewer = variant(&folder, "fewer.toml", "places.support.capacity = 13");
    let json = compared(&[SMALL, MORE, &fewer]);
    let of = ["small_more_support", "fewer"].map(|name| {
        json["differences"][name].as_object().expect("differences").values().collect::<Vec<_>>()
    });
    let all: Vec<&&Value> = of.iter().flatten().collect();
    let family: Vec<_> = all.iter().filter(|it| !it["family_p"].is_null()).collect();
    assert_eq!(family.len() as u64, json["family_size"].as_u64().expect("a number"));
    // Holm never says less than a figure alone, and its smallest is multiplied with all.
    let least = family.iter().map(|it| number(it, "p")).fold(f64::INFINITY, f64::min);
    let least_of_family = family.iter().map(|it| number(it, "family_p")).fold(1.0, f64::min);
    assert!((least_of_family - (least * family.len() as f64).min(1.0)).abs() < 1e-12);
    for it in &family {
        let (alone, together) = (number(it, "p"), number(it, "family_p"));
        assert!(together >= alone, "{it}");
        let perhaps = it["verdict"].as_str().expect("words").starts_with("perhaps ");
        assert_eq!(perhaps, alone < 0.05 && together >= 0.05, "{it}");
    }
    assert!(json["verdicts"].as_str().expect("text").contains("Holm"));
    let firsts = json["fewest_waiting_in"].as_object().expect("by name");
    let sum: f64 = firsts.values().filter_map(Value::as_f64).sum();
    assert!((sum - 4.0).abs() < 1e-12, "each run has one best: {firsts:?}");
}
