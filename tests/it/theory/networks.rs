//! Networks of queues: feedback, Jackson, Little.

use super::{erlang_c_queue, network};
use crate::support::{Runs, model, model_of_file};

#[test]
fn work_that_is_done_again_is_a_queue_with_feedback() {
    // Jackson: with chance 0.3 of another round, the server sees 7 / 0.7 = 10 a day (section 4.2).
    let text = network(
        17,
        "4000 days",
        7.0,
        r#"teams.server = { organisation = "theory", headcount = 1 }"#,
        r#"work = { task = "server", takes = { exponential = "0.07 days" }, again = { chance = 0.3, from = "work" } }"#,
    );
    let runs = Runs::of(&model(&text), 20);
    let queue = 0.49 / 0.3;
    runs.assert_mean("queue.server", queue, 0.02);
    runs.assert_mean("wait_days.server", queue / 10.0, 0.02);
    runs.assert_mean("stay_days.all", (queue + 0.7) / 7.0, 0.02);
}

#[test]
fn a_network_of_teams_is_jacksons() {
    // Triage by 2, then work by 1 for 60 %, then back to triage for a quarter of those.
    // Triage sees t = 8 + 0.25 w and work w = 0.6 t a day.
    let text = network(
        18,
        "4000 days",
        8.0,
        "teams.triage = { organisation = \"theory\", headcount = 2 }
        teams.worker = { organisation = \"theory\", headcount = 1 }",
        r#"triage = { task = "triage", takes = { exponential = "0.15 days" } }
        needed = { split = { work = 0.6, out = 0.4 } }
        work = { task = "worker", takes = { exponential = "0.12 days" }, again = { chance = 0.25, from = "triage" } }"#,
    );
    let runs = Runs::of(&model(&text), 20);
    let triage = 8.0 / (1.0 - 0.25 * 0.6);
    let work = 0.6 * triage;
    let waiting = [erlang_c_queue(2, triage * 0.15), erlang_c_queue(1, work * 0.12)];
    runs.assert_mean("queue.triage", waiting[0], 0.02);
    runs.assert_mean("queue.worker", waiting[1], 0.02);
    runs.assert_mean("wait_days.triage", waiting[0] / triage, 0.02);
    runs.assert_mean("wait_days.worker", waiting[1] / work, 0.02);
    let people = waiting[0] + waiting[1] + triage * 0.15 + work * 0.12;
    runs.assert_mean("stay_days.all", people / 8.0, 0.02);
}

#[test]
fn littles_law_holds_for_every_place_and_team_of_the_baseline() {
    // Without harm, so that nobody who waits gives up: those have no wait that ends in service.
    // And with fewer people, so that all queues are in balance.
    let names = model_of_file("scenarios/baseline.toml", &[]).names;
    let mut sets =
        vec!["run.length=\"2 years\"".to_owned(), "arrivals.emergency.per_day=47".to_owned()];
    for (pathway, harms) in names.pathways.iter().zip(&names.hazards) {
        for harm in harms {
            sets.push(format!("pathways.{}.while_delayed.{}.per_day=0", pathway.id, harm.id));
        }
    }
    let sets: Vec<&str> = sets.iter().map(String::as_str).collect();
    let model = model_of_file("scenarios/baseline.toml", &sets);
    let mut tallies = vec![(0.0, 0.0, 0.0); model.names.places.len() + model.names.teams.len()];
    for replication in 0..3 {
        let observed = model.simulate(replication);
        let queues = observed.places.iter().map(|place| &place.queue).chain(&observed.teams);
        for (sum, queue) in tallies.iter_mut().zip(queues) {
            sum.0 += queue.waiting_area as f64;
            sum.1 += queue.waits.seconds as f64;
            sum.2 += queue.waits.count as f64;
        }
    }
    let names = model.names.places.iter().chain(&model.names.teams);
    for (name, (area, seconds, count)) in names.zip(tallies) {
        assert!(count > 1_000.0, "{} served {count}", name.id);
        // The queue's length is the rate of those served times their wait, up to those who wait
        // when measuring begins and ends.
        let difference = (area - seconds).abs() / area.max(60.0 * count);
        assert!(difference < 0.02, "{}: {area} and {seconds} of {count}", name.id);
    }
}
