//! `homeward search`: the best of options, and the first that reaches a target.

use serde_json::Value;

use super::{SMALL, homeward, json, stderr, stdout};

/// Lengths that keep the tests short.
const SHORT: [&str; 4] = ["--set", "run.length=8 weeks", "--first", "5"];
const CHOOSE: [&str; 2] = ["--choose", "places.support.capacity=9..12"];

fn search(args: &[&str]) -> Value {
    let all = [&["search", SMALL], &CHOOSE[..], &SHORT[..], args, &["--json"]].concat();
    json(&all)["searches"][0].clone()
}

fn standing(found: &Value, option: usize) -> &str {
    found["options"][option]["standing"].as_str().expect("words")
}

#[test]
fn the_first_that_reaches_a_target_is_chosen() {
    // More places of support can only shorten the delay; the target lies between the means of two.
    let all = search(&["--least", "delay_days.all", "--worth", "0.01", "--runs", "5"]);
    let mean = |it: usize| all["options"][it]["objective"]["mean"].as_f64().expect("a number");
    assert!(mean(0) > mean(1) && mean(1) > mean(2), "{all}");
    let target = format!("delay_days.all<{}", (mean(0) + mean(1)) / 2.0);
    let within = ((mean(0) - mean(1)) / 8.0).to_string();
    let found = search(&["--target", &target, "--within", &within, "--runs", "2000"]);
    assert_eq!(standing(&found, 0), "misses the target", "{found}");
    assert_eq!(standing(&found, 1), "chosen", "{found}");
    assert_eq!(found["chosen"], "places.support.capacity=10");
}

#[test]
fn cost_of_delay_and_of_places_together_is_weighed() {
    // A place that costs next to nothing is worth having, and one that costs a fortune is not.
    for (price, best) in
        [("0.0001", "places.support.capacity=12"), ("1000", "places.support.capacity=9")]
    {
        let sum = format!("delay_days.all + {price} * places.support.capacity");
        let found = search(&["--least", &sum, "--worth", "0.05"]);
        let close = found["options"]
            .as_array()
            .expect("options")
            .iter()
            .filter(|it| it["standing"] == "chosen");
        assert_eq!(close.count(), 1);
        if price == "1000" {
            assert_eq!(found["chosen"], best);
        } else {
            assert_ne!(found["chosen"], "places.support.capacity=9", "{found}");
        }
        assert_eq!(found["worth"], 0.05);
    }
}

#[test]
fn one_thread_or_two_give_the_same_bytes() {
    let args = [&["search", SMALL], &CHOOSE[..], &SHORT[..]].concat();
    let args =
        [&args[..], &["--most", "discharges_per_day.all", "--worth", "0.05", "--threads"]].concat();
    let outputs = ["1", "2"].map(|threads| homeward(&[&args[..], &[threads]].concat()));
    assert_eq!(outputs[0].status.code(), Some(0), "{}", stderr(&outputs[0]));
    assert_eq!(stdout(&outputs[0]), stdout(&outputs[1]));
    let words = stdout(&outputs[0]).split_whitespace().collect::<Vec<_>>().join(" ");
    for part in [
        "4 options of small, seed 7",
        "has the most discharges_per_day.all.",
        "Best: with a chance of at least 95.0% the one that is chosen is the best, or at most 0.050 people a day worse",
    ] {
        assert!(words.contains(part), "{part}\n{words}");
    }
}

#[test]
fn mistakes_are_told_before_anything_runs() {
    let least = ["--least", "delay_days.all"];
    for (args, words) in [
        (vec!["--least", "delay_days.all", "--worth", "1"], "there is nothing to choose from"),
        (CHOOSE.to_vec(), "nothing says which option is best"),
        ([CHOOSE, least].concat(), "--worth [days]"),
        (
            [&CHOOSE[..], &["--least", "delay_day.all", "--worth", "1"]].concat(),
            "did you mean `delay_days.all`?",
        ),
        (
            [&CHOOSE[..], &["--target", "delay_day.all<1"]].concat(),
            "did you mean `delay_days.all`?",
        ),
        (
            [&CHOOSE[..], &["--choose", "run.seed=1,2", "--target", "delay_days.all<1"]].concat(),
            "which is cheaper",
        ),
        (
            vec!["--choose", "places.suport.capacity=9..12", "--target", "delay_days.all<1"],
            "suport",
        ),
        (
            vec!["--choose", "places.support.capacity=12..9", "--target", "delay_days.all<1"],
            "is empty",
        ),
    ] {
        let output = homeward(&[&["search", SMALL], &args[..]].concat());
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(stderr(&output).contains(words), "{args:?}: {}", stderr(&output));
    }
}

#[test]
fn effort_is_taken_from_tasks_and_lengths_are_searched_one_by_one() {
    let output = homeward(&[
        "search",
        "do_nothing",
        "--choose",
        "coordination.organisations.*.effort.relate=0.04,0.12",
        "--most",
        "effort_task.hospital + effort_task.social_care",
        "--worth",
        "0.01",
        "--first",
        "2",
        "--runs",
        "2",
        "--set",
        "run.warm_up=8 weeks",
        "--over",
        "4 weeks,8 weeks",
        "--json",
    ]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let json: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let searches = json["searches"].as_array().expect("searches");
    assert_eq!(searches.len(), 2);
    for (found, length) in searches.iter().zip(["4 weeks", "8 weeks"]) {
        assert!(found["title"].as_str().expect("words").contains(length));
        // 0.86 of each is left for tasks in the first option, and 0.78 in the second.
        let task =
            |it: usize| found["options"][it]["objective"]["mean"].as_f64().expect("a number");
        assert!(task(0) > task(1) + 0.05, "{found}");
    }
}
