//! What the benches share: the worlds that they run.

#![allow(dead_code, clippy::allow_attributes, reason = "each bench uses a part of it")]

pub(crate) mod yardstick;

use homeward::model::{Model, compile};
use homeward::scenario::Scenario;

/// The reference scenario, read from its TOML text.
pub(crate) fn reference(edits: &[&str]) -> Model {
    read(concat!(env!("CARGO_MANIFEST_DIR"), "/benches/reference.toml"), edits)
}

/// The shipped baseline.
pub(crate) fn baseline() -> Model {
    read(concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/baseline.toml"), &[])
}

/// Two years in which nobody does anything, with the relationship layer and without.
pub(crate) fn with_and_without_the_layer() -> (Model, Model) {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/coordination.toml");
    let text = std::fs::read_to_string(path).expect("the scenario is there");
    let plain = text.split("[coordination]").next().expect("there is a part before");
    let plain = Scenario::parse("plain", plain).expect("the scenario has no mistakes");
    (read(path, &[]), compile(&plain))
}

/// One server, load 0.9, about a million people.
pub(crate) fn single_server() -> Model {
    let text = r#"
        schema = 1
        title = "M/M/1"
        run = { start = 2025-01-06, length = "1000 days", replications = 1 }
        [organisations.hospital]
        [teams.server]
        organisation = "hospital"
        headcount = 1
        [arrivals.people]
        per_day = 900
        pathways = { served = 1.0 }
        [pathways.served.steps]
        service = { task = "server", takes = { exponential = "86.4 seconds" } }
        gone = { leave = "done" }
    "#;
    compile(&Scenario::parse("single_server", text).expect("the bench's scenario has no mistakes"))
}

fn read(path: &str, edits: &[&str]) -> Model {
    let edits: Vec<String> = edits.iter().map(ToString::to_string).collect();
    let scenario = Scenario::read(std::path::Path::new(path), &edits);
    compile(&scenario.expect("the scenario has no mistakes"))
}
