//! Meetings are queues with bulk service.

use super::chain::stationary;
use super::network;
use crate::support::{Runs, model};

#[test]
fn a_meeting_keeps_people_half_a_round_and_a_round_for_each_time_they_are_put_off() {
    let text = network(
        23,
        "2000 days",
        5.0,
        r#"meetings.panel = { organisation = "theory", between = "14:00", decided = 0.4 }"#,
        r#"decision = { meeting = "panel" }"#,
    );
    let runs = Runs::of(&model(&text), 16);
    runs.assert_mean("wait_days.panel", 0.5 + 0.6 / 0.4, 0.01);
}

#[test]
fn a_meeting_with_so_many_turns_is_a_queue_with_bulk_service() {
    // Before each sitting: who was left, and Poisson(5) new ones; 6 are taken (section 3.5).
    const LONGEST: usize = 200;
    let (new, turns) = (5.0_f64, 6);
    let mut of_new = vec![(-new).exp()];
    for count in 1..=LONGEST {
        of_new.push(of_new[count - 1] * new / count as f64);
    }
    let mut rates = vec![vec![0.0; LONGEST + 1]; LONGEST + 1];
    for (before, row) in rates.iter_mut().enumerate() {
        let left = before.saturating_sub(turns);
        for (count, chance) in of_new.iter().enumerate() {
            row[(left + count).min(LONGEST)] += chance;
        }
    }
    let chances = stationary(rates);
    let left: f64 =
        chances.iter().enumerate().map(|(n, p)| n.saturating_sub(turns) as f64 * p).sum();
    let text = network(
        24,
        "4000 days",
        new,
        &format!(
            "meetings.panel = {{ organisation = \"theory\", between = \"14:00\", cases = {turns} }}"
        ),
        r#"decision = { meeting = "panel" }"#,
    );
    let runs = Runs::of(&model(&text), 20);
    runs.assert_mean("wait_days.panel", left / new + 0.5, 0.02);
}

#[test]
fn a_weekly_panel_with_so_many_seats_is_a_queue_with_bulk_service_once_a_week() {
    // Left after a sitting: whoever was left, and Poisson(5.6) of the week, less 6; half a week more
    // until the first sitting that could take them.
    const LONGEST: usize = 400;
    let (new, seats) = (5.6_f64, 6);
    let mut of_new = vec![(-new).exp()];
    for count in 1..=LONGEST {
        of_new.push(of_new[count - 1] * new / count as f64);
    }
    let mut rates = vec![vec![0.0; LONGEST + 1]; LONGEST + 1];
    for (left, row) in rates.iter_mut().enumerate() {
        for (count, chance) in of_new.iter().enumerate() {
            row[(left + count).saturating_sub(seats).min(LONGEST)] += chance;
        }
    }
    let left: f64 = stationary(rates).iter().enumerate().map(|(n, p)| n as f64 * p).sum();
    let text = network(
        48,
        "28000 days",
        new / 7.0,
        &format!(
            "meetings.panel = {{ organisation = \"theory\", days = [\"wednesday\"], between = \"14:00\", \
             cases = {seats} }}"
        ),
        r#"decision = { meeting = "panel" }"#,
    )
    .replace("warm_up = \"100 days\"", "warm_up = \"1400 days\"");
    let runs = Runs::of(&model(&text), 24);
    runs.assert_mean("wait_days.panel", 7.0 * (left / new + 0.5), 0.03);
}
