//! What is checked after a run: queues that grow, and Little's law.

use std::path::Path;
use std::sync::atomic::AtomicBool;

use homeward::experiment::{self, Plan, QueueSense, Quiet, Replications, Summary};
use homeward::model::compile;
use homeward::scenario::Scenario;

/// What a run of a scenario found of its queues.
fn queues(scenario: &Scenario, replications: u32) -> Vec<QueueSense> {
    let model = compile(scenario);
    let plan = Plan { replications: Replications::Fixed(replications), ..Plan::of(scenario) };
    let never = AtomicBool::new(false);
    let runs = experiment::run(&model, &plan, &[], &Quiet, &never).expect("nobody stops it");
    Summary::of(scenario, &model, &runs).queues
}

/// One team to which people come so many a day, each with half a day of work.
fn team(per_day: f64, more: &str) -> Vec<QueueSense> {
    let text = format!(
        r#"
schema = 1
title = "One team"
run = {{ start = 2024-01-01, warm_up = "100 days", length = "364 days", seed = 7 }}
organisations.council = {{}}
teams.server = {{ organisation = "council", headcount = 4 }}
arrivals.people = {{ per_day = {per_day:?}, pathways = {{ through = 1.0 }}, {more} }}
[pathways.through.steps]
work = {{ task = "server", takes = {{ exponential = "12 hours" }} }}
out = {{ leave = "done" }}
"#
    );
    queues(&Scenario::parse("team", &text).expect("it has no mistakes"), 20)
}

#[test]
fn a_queue_with_a_load_above_one_grows_from_quarter_to_quarter() {
    let [server] = &team(8.8, "")[..] else { panic!("there is one queue") };
    assert!(server.grows(), "{server:?}");
    // 0.8 a day more come than go: so many more after three quarters of a year.
    let expected = 0.8 * 273.0;
    assert!((server.growth.mean / expected - 1.0).abs() < 0.25, "{server:?}");
}

#[test]
fn a_queue_with_a_load_below_one_does_not_grow() {
    for server in team(7.2, "") {
        assert!(!server.grows() && server.keeps_littles_law(), "{server:?}");
    }
}

#[test]
fn a_queue_that_is_long_in_one_season_and_short_again_does_not_grow() {
    let season = "month = [0.7, 0.7, 0.8, 0.9, 1.1, 1.3, 1.4, 1.3, 1.0, 0.8, 0.7, 0.7]";
    let [server] = &team(7.0, season)[..] else { panic!("there is one queue") };
    assert!(server.quarters[2].mean > 3.0 * server.quarters[0].mean + 1.0, "{server:?}");
    assert!(!server.grows(), "{server:?}");
}

#[test]
fn littles_law_holds_where_people_give_up_waiting() {
    let text = r#"
schema = 1
title = "Patience"
run = { start = 2024-01-01, warm_up = "100 days", length = "364 days", seed = 7 }
organisations.council = {}
teams.server = { organisation = "council", headcount = 1 }
places.home = { organisation = "council", capacity = 3 }
arrivals.people = { per_day = 4, pathways = { through = 1.0 } }
[pathways.through.steps]
work = { task = "server", takes = { exponential = "12 hours" }, patience = { exponential = "1 day" }, if_impatient = "home" }
home = { enter = "home", patience = "6 hours" }
stay = { stay = { exponential = "1 day" } }
out = { leave = "done" }
"#;
    let scenario = Scenario::parse("patience", text).expect("it has no mistakes");
    let found = queues(&scenario, 20);
    assert_eq!(found.len(), 2);
    for queue in found {
        assert!(queue.waiting.mean > 0.1, "there is something to explain: {queue:?}");
        assert!(queue.keeps_littles_law(), "{queue:?}");
    }
}

#[test]
fn in_shipped_scenarios_waits_add_up_and_no_queue_grows_but_in_winter() {
    for name in ["baseline", "winter", "coordination", "stroke", "emergency_department"] {
        let file = format!("scenarios/{name}.toml");
        let Ok(scenario) = Scenario::read(Path::new(&file), &[]) else { panic!("{file}") };
        for queue in queues(&scenario, 12) {
            assert!(queue.keeps_littles_law(), "{name}: {queue:?}");
            // In winter more is asked of everybody than they can do, which a run says.
            assert!(!queue.grows() || name == "winter", "{name}: {queue:?}");
        }
    }
}
