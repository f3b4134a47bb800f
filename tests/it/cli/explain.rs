//! `homeward explain` as its users meet it.

use serde_json::{Map, Value};

use super::*;

const PAIR: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/fixtures/small_coordination.toml");

/// A scenario that is another but for some lines.
fn variant(folder: &tempfile::TempDir, base: &str, lines: &str) -> String {
    extending(folder, "other.toml", base, lines)
}

fn mean(value: &Value) -> f64 {
    value["mean"].as_f64().unwrap_or_else(|| panic!("no mean: {value}"))
}

fn sum(parts: &Map<String, Value>) -> f64 {
    parts.values().map(mean).sum()
}

#[test]
fn two_changes_of_the_world_by_hand_have_the_parts_that_paper_gives() {
    let folder = folder();
    // The delay of the four people, worked out as at the head of by_hand.toml: with nothing changed 98
    // hours; with a second community bed 74 (Cat 2 hours, Dee 66); with an hour at the hub 96 (Bob 1, Cat
    // 24, Dee 67); with both 7 (Bob, Cat and Dee 1 each). So the bed brings (24 + 89) / 2 and the hub
    // (2 + 67) / 2 hours.
    let other = variant(
        &folder,
        "by_hand.toml",
        "checks = {}\n[places.community_bed]\ncapacity = 2\n\
         [routes.community.steps.hub]\ntakes = \"1 hour\"",
    );
    let found = json(&["explain", "by_hand", &other, "--measure", "delay_days.all", "--json"]);
    let delay = &found["measures"]["delay_days.all"];
    let hours = |value: &Value| mean(value) * 24.0 * 4.0;
    let parts = &delay["by_change"];
    assert_eq!(parts.as_object().expect("parts").len(), 2);
    assert!((hours(&parts["places.community_bed.capacity"]) + 56.5).abs() < 1e-6, "{parts}");
    assert!((hours(&parts["routes.community.steps.hub"]) + 34.5).abs() < 1e-6, "{parts}");
    assert!((hours(&delay["whole"]) + 91.0).abs() < 1e-6);
}

#[test]
fn less_goes_than_is_booked_where_the_next_wait_fills_the_gap() {
    // By hand: without the hub, to which 70 hours are booked, Bob leaves two hours sooner, but Cat waits for
    // the community bed for 24 hours instead of 22, and Dee for 66 instead of 2: only 4 hours go. Without
    // a limit of the community bed its 24 hours go, and without medicines their 4.
    let found = json(&["explain", "by_hand", "--json"]);
    let hours = |value: &Value| mean(value) * 24.0 * 14.0;
    assert!((hours(&found["delay"]) - 98.0).abs() < 1e-6);
    for (cause, booked, goes) in
        [("hub_02", 70.0, 4.0), ("capacity_02", 24.0, 24.0), ("hospital_03", 4.0, 4.0)]
    {
        let cause = &found["causes"][cause];
        assert!((hours(&cause["booked"]) - booked).abs() < 1e-6, "{cause}");
        assert!((hours(&cause["goes"]) - goes).abs() < 1e-6, "{cause}");
        assert!((hours(&cause["filled"]) - (booked - goes)).abs() < 1e-6, "{cause}");
    }
    let output = homeward(&["explain", "by_hand", "--without", "hub_03"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("did you mean `hub_02`?"), "{}", stderr(&output));
}

#[test]
fn parts_add_up_to_what_comparing_finds_by_change_and_by_coupling() {
    let folder = folder();
    let effort = "{ task = 0.70, relate = 0.15, hone = 0.08, recover = 0.07 }";
    let other = variant(
        &folder,
        PAIR,
        &format!(
            "places.support.capacity = 13\n[[changes]]\non = 2025-01-13\n\
             set.coordination.organisations.hospital.effort = {effort}\n\
             set.coordination.organisations.community.effort = {effort}"
        ),
    );
    let compared = json(&["compare", PAIR, &other, "--json"]);
    let explained = json(&["explain", PAIR, &other, "--json"]);
    assert_eq!(explained["combinations"], "all");
    for measure in ["ready_waiting.all", "delay_days.all"] {
        let of = &explained["measures"][measure];
        let whole = mean(&of["whole"]);
        let difference = mean(&compared["differences"]["other"][measure]);
        assert!((whole - difference).abs() < 1e-12, "{whole} {difference}");
        let changes = of["by_change"].as_object().expect("parts");
        let names: Vec<&str> = changes.keys().map(String::as_str).collect();
        assert_eq!(
            names,
            [
                "places.support.capacity",
                "coordination.organisations.hospital.effort",
                "coordination.organisations.community.effort",
            ]
        );
        assert!((sum(changes) - whole).abs() < 1e-12, "{changes:?}");
        let couplings = of["by_coupling"].as_object().expect("parts");
        assert_eq!(couplings.len(), 12, "eleven, and through none");
        assert!((sum(couplings) - whole).abs() < 1e-12, "{couplings:?}");
        // Nothing of this world is fined, weekend-bound or disputed.
        for idle in ["gaming", "weekends", "disputes"] {
            assert!(mean(&couplings[idle]).abs() < 1e-12, "{idle} {couplings:?}");
        }
    }
    assert_eq!(explained, json(&["explain", PAIR, &other, "--json", "--threads", "1"]));
}

#[test]
fn a_coupling_that_one_side_alone_has_is_part_of_the_difference() {
    let folder = folder();
    let other = variant(&folder, PAIR, "coordination.couplings.work = false");
    let found = json(&["explain", PAIR, &other, "--measure", "delay_days.all", "--json"]);
    let of = &found["measures"]["delay_days.all"];
    let whole = mean(&of["whole"]);
    let couplings = of["by_coupling"].as_object().expect("parts");
    assert!(whole.abs() > 1e-3, "{of}");
    assert!((sum(couplings) - whole).abs() < 1e-12, "{couplings:?}");
    assert!(
        mean(&couplings["none"]).abs() < 1e-12,
        "without couplings nothing differs: {couplings:?}"
    );
    assert!(mean(&couplings["work"]).abs() > whole.abs() / 2.0, "{couplings:?}");
}

#[test]
fn many_changes_are_taken_in_drawn_orders_and_still_add_up() {
    let folder = folder();
    let other = variant(
        &folder,
        SMALL,
        "places.ward.capacity = 41\nplaces.support.capacity = 13\nteams.hub.headcount = 3\n\
         meetings.panel.days = [\"monday\", \"wednesday\"]\narrivals.door.per_day = 5\n\
         calendars.office.weekdays = \"08:00-19:00\"\n\
         [pathways.home.steps.medicines]\nwait = \"3 hours\"\n\
         [pathways.supported.steps.funding]\nchance = 0.2",
    );
    let found = json(&["explain", SMALL, &other, "--json"]);
    assert_ne!(found["combinations"], "all");
    let of = &found["measures"]["delay_days.all"];
    let changes = of["by_change"].as_object().expect("parts");
    assert_eq!(changes.len(), 8, "{changes:?}");
    assert!((sum(changes) - mean(&of["whole"])).abs() < 1e-12);
    assert!(mean(&changes["places.support.capacity"]) < 0.0, "{changes:?}");
    assert!(of["by_coupling"].is_null(), "there is no relationship layer");
}

#[test]
fn the_pages_are_as_they_were_agreed() {
    let folder = folder();
    let other = variant(
        &folder,
        PAIR,
        "places.support.capacity = 13\n[[changes]]\non = 2025-01-13\n\
         set.coordination.organisations.hospital.effort = { task = 0.70, relate = 0.15, hone = 0.08, \
         recover = 0.07 }",
    );
    let (out, shown) = path(&folder, "out");
    let difference =
        homeward(&["explain", PAIR, &other, "--measure", "ready_waiting.all", "--out", &shown]);
    let svg = read(&out.join("explain_ready_waiting_all.svg"));
    for part in ["places.support.capacity: -0.42", "effort: +0.10", "all"] {
        assert!(svg.contains(part), "{part}");
    }
    assert!(out.join("explain_ready_waiting_all.png").exists());
    assert!(read(&out.join("explain.json")).contains("by_coupling"));
    let causes = homeward(&["explain", SMALL]);
    for output in [&difference, &causes] {
        assert_eq!(output.status.code(), Some(0), "{}", stderr(output));
        let text = stdout(output);
        assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
    }
    insta::assert_snapshot!("explain_difference", stdout(&difference));
    insta::assert_snapshot!("explain_causes", stdout(&causes));
}

#[test]
fn a_measure_that_is_not_there_names_the_nearest() {
    let output = homeward(&["explain", SMALL, PAIR, "--measure", "delay_day.all"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        stderr(&output).contains("run.warm_up"),
        "they cannot be compared: {}",
        stderr(&output)
    );
    let output = homeward(&["explain", SMALL, SMALL, "--measure", "delay_day.all"]);
    assert!(stderr(&output).contains("did you mean `delay_days.all`?"), "{}", stderr(&output));
}
