//! What becomes of work when a team closes, and where it begins only at certain times.

use super::chain::{later, up_and_down};
use super::network;
use crate::support::{Runs, model};

/// A team of one that is open for eight hours a day, every day, to which people come only then.
fn by_day(seed: u32, at_closing: &str, per_day: f64, hours: f64) -> String {
    network(
        seed,
        "4000 days",
        per_day,
        &format!(
            "calendars.day = {{ every_day = \"08:00-16:00\" }}
            teams.server = {{ organisation = \"theory\", headcount = 1, calendar = \"day\", at_closing = \"{at_closing}\" }}"
        ),
        &format!("work = {{ task = \"server\", takes = {{ exponential = \"{hours} hours\" }} }}"),
    )
    .replace("pathways = {", "hour = [0, 1, 0], pathways = {")
}

#[test]
fn a_team_that_hands_over_to_itself_is_a_queue_on_the_clock_of_its_hours() {
    // By day it is M/M/1; through the night everybody waits, whoever was seen at closing time too.
    let load = 0.7;
    let runs = Runs::of(&model(&by_day(45, "hand_over", 10.0, load * 0.8)), 20);
    runs.assert_mean("utilisation.server", load, 0.005);
    let waiting_by_day = load * load / (1.0 - load);
    let there_by_night = load / (1.0 - load);
    runs.assert_mean("queue.server", waiting_by_day / 3.0 + there_by_night * 2.0 / 3.0, 0.03);
}

#[test]
fn a_team_that_finishes_what_it_has_begun_opens_with_one_case_less() {
    // By day a birth-and-death chain for eight hours; whoever is seen at closing time has gone by the
    // morning, as the night is 32 times as long as the work. The stationary start of a day is found
    // by going from day to day.
    const LONGEST: usize = 120;
    const PARTS: usize = 32;
    let (per_day, hours) = (15.0, 0.5);
    let rates = up_and_down(LONGEST, per_day / 8.0, |_| 1.0 / hours);
    let waiting = |chances: &[f64]| -> f64 {
        chances
            .iter()
            .enumerate()
            .map(|(there, chance)| there.saturating_sub(1) as f64 * chance)
            .sum()
    };
    let mut morning = vec![0.0; LONGEST + 1];
    morning[0] = 1.0;
    let mut mean = 0.0;
    for _ in 0..400 {
        let mut now = morning.clone();
        // Simpson's rule over the opening hours.
        let mut by_day = 0.0;
        for part in 0..=PARTS {
            let weight = if part == 0 || part == PARTS {
                1.0
            } else if part % 2 == 1 {
                4.0
            } else {
                2.0
            };
            by_day += weight * waiting(&now) / (3.0 * PARTS as f64);
            if part < PARTS {
                now = later(&now, &rates, 8.0 / PARTS as f64);
            }
        }
        mean = by_day / 3.0 + waiting(&now) * 2.0 / 3.0;
        let mut next = now[1..].to_vec();
        next.push(0.0);
        next[0] += now[0];
        let changed: f64 = next.iter().zip(&morning).map(|(next, now)| (next - now).abs()).sum();
        morning = next;
        if changed < 1e-10 {
            break;
        }
    }
    let runs = Runs::of(&model(&by_day(46, "finish", per_day, hours)), 20);
    runs.assert_mean("queue.server", mean, 0.03);
    // It does all the work that comes; paused work would have made another queue.
    let paused = Runs::of(&model(&by_day(46, "pause", per_day, hours)), 4).estimate("queue.server");
    assert!(paused.mean > 1.2 * mean, "{paused:?} for {mean}");
}

#[test]
fn start_slots_on_weekdays_are_a_queue_with_bulk_service_and_a_weekend() {
    // Three begin at nine from Monday to Friday; those who come are Poisson(1.8) from nine to nine.
    const LONGEST: usize = 150;
    let (new, turns) = (1.8_f64, 3);
    let mut of_new = vec![(-new).exp()];
    for count in 1..=LONGEST {
        of_new.push(of_new[count - 1] * new / count as f64);
    }
    let a_day_later = |left: &[f64]| -> Vec<f64> {
        let mut next = vec![0.0; LONGEST + 1];
        for (before, chance) in left.iter().enumerate() {
            for (count, of_so_many) in of_new.iter().enumerate() {
                next[(before + count).min(LONGEST)] += chance * of_so_many;
            }
        }
        next
    };
    let begin = |waiting: &[f64]| -> Vec<f64> {
        let mut left = vec![0.0; LONGEST + 1];
        waiting.iter().enumerate().for_each(|(n, chance)| left[n.saturating_sub(turns)] += chance);
        left
    };
    let mut waiting = vec![0.0; LONGEST + 1];
    waiting[0] = 1.0;
    let mut mean = 0.0;
    for _ in 0..200 {
        mean = 0.0;
        for weekday in 0..7 {
            let left = if weekday < 5 { begin(&waiting) } else { waiting.clone() };
            let people: f64 = left.iter().enumerate().map(|(n, chance)| n as f64 * chance).sum();
            mean += (people + new / 2.0) / 7.0;
            waiting = a_day_later(&left);
        }
    }
    let text = network(
        47,
        "4200 days",
        new,
        "teams.server = { organisation = \"theory\", headcount = 3, slots = [{ at = \"09:00\", cases = 3, \
         days = [\"monday\", \"tuesday\", \"wednesday\", \"thursday\", \"friday\"] }] }",
        "work = { task = \"server\", takes = \"1 hour\" }",
    );
    let runs = Runs::of(&model(&text), 20);
    runs.assert_mean("queue.server", mean, 0.03);
    runs.assert_mean("wait_days.server", mean / new, 0.03);
}
