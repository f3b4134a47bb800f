//! What follows the clock: profiles of the week, opening hours, windows.

use homeward::model::Observations;

use super::network;
use crate::support::{Runs, estimate, model};

/// The mean number of people in the first place at each midnight, by the day of the run modulo
/// `period`, each with its standard error over replications.
pub(super) fn at_midnights(
    text: &str,
    replications: u32,
    period: usize,
) -> Vec<crate::support::Estimate> {
    let model = model(text);
    let observed: Vec<Observations> = (0..replications).map(|it| model.simulate(it)).collect();
    let mean_on = |observed: &Observations, day: usize| {
        let midnights: Vec<f64> = observed.midnights.occupied[0].means().collect();
        let those: Vec<f64> = midnights.iter().skip(day).step_by(period).copied().collect();
        those.iter().sum::<f64>() / those.len() as f64
    };
    (0..period)
        .map(|day| {
            let means: Vec<f64> = observed.iter().map(|it| mean_on(it, day)).collect();
            estimate(&means)
        })
        .collect()
}

#[track_caller]
pub(super) fn assert_near(
    found: &crate::support::Estimate,
    expected: f64,
    precision: f64,
    what: &str,
) {
    assert!(found.standard_error <= precision * expected, "{what}: {found:?} for {expected}");
    let errors = (found.mean - expected) / found.standard_error;
    assert!(
        errors.abs() <= 4.0,
        "{what}: {found:?} is {errors:.1} standard errors from {expected}"
    );
}

#[test]
fn m_g_infinity_with_a_week_holds_at_each_midnight_what_the_rate_of_the_days_before_left() {
    // The number is Poisson with mean the integral of rate x chance of still being there (Eick,
    // Massey and Whitt, Operations Research 41(4), 1993). With stays that are exponential with mean
    // m, those who came k days ago leave behind rate x m (exp(-k/m) - exp(-(k+1)/m)).
    let week = [1.4, 1.2, 1.1, 1.0, 1.0, 0.7, 0.6];
    let (rate, mean) = (10.0, 2.5_f64);
    let steps = format!(
        "in = {{ enter = \"home\" }}\nbe = {{ stay = {{ exponential = \"{mean} days\" }} }}"
    );
    let text = network(
        40,
        "371 days",
        rate,
        "places.home = { organisation = \"theory\", capacity = \"unlimited\" }",
        &steps,
    )
    .replace("per_day = 10.0", &format!("per_day = 10.0, weekday = {week:?}"));
    for (weekday, found) in at_midnights(&text, 16, 7).iter().enumerate() {
        let expected: f64 = (0..200)
            .map(|ago| {
                let factor = week[(weekday + 7 * 200 - ago) % 7];
                let left = |days: f64| (-days / mean).exp();
                rate * factor * mean * (left(ago as f64) - left(ago as f64 + 1.0))
            })
            .sum();
        assert_near(found, expected, 0.01, &format!("weekday {weekday}"));
    }
}

#[test]
fn m_g_infinity_with_a_week_and_fixed_stays_holds_the_people_of_those_days() {
    // Whoever stays 2.5 days: the two days that end, and the second half of the day before.
    let week = [1.4, 1.2, 1.1, 1.0, 1.0, 0.7, 0.6];
    let text = network(
        41,
        "371 days",
        10.0,
        "places.home = { organisation = \"theory\", capacity = \"unlimited\" }",
        "in = { enter = \"home\" }\nbe = { stay = \"2.5 days\" }",
    )
    .replace("per_day = 10.0", &format!("per_day = 10.0, weekday = {week:?}"));
    for (weekday, found) in at_midnights(&text, 16, 7).iter().enumerate() {
        let day = |ago: usize| week[(weekday + 7 - ago) % 7];
        let expected = 10.0 * (day(0) + day(1) + 0.5 * day(2));
        assert_near(found, expected, 0.01, &format!("weekday {weekday}"));
    }
}

#[test]
fn from_an_empty_start_a_place_fills_as_the_stays_say() {
    // M/G/infinity from nobody: rate x mean x (1 - exp(-t / mean)) after t days.
    let (rate, mean) = (20.0, 4.0_f64);
    let text = network(
        42,
        "20 days",
        rate,
        "places.home = { organisation = \"theory\", capacity = \"unlimited\" }",
        &format!(
            "in = {{ enter = \"home\" }}\nbe = {{ stay = {{ exponential = \"{mean} days\" }} }}"
        ),
    )
    .replace("warm_up = \"100 days\"", "warm_up = \"0 days\"");
    for (day, found) in at_midnights(&text, 900, 20).iter().enumerate() {
        let expected = rate * mean * (1.0 - (-(day as f64 + 1.0) / mean).exp());
        assert_near(found, expected, 0.01, &format!("day {day}"));
    }
}

#[test]
fn who_may_leave_only_within_a_window_waits_for_it() {
    // People are ready at even chances over the day; the window is open from 10 to 16. Who misses it
    // waits for 10 o'clock: 18 of 24 hours are closed, and the mean wait then is 9 hours.
    let text = network(
        43,
        "2000 days",
        12.0,
        "places.home = { organisation = \"theory\", capacity = \"unlimited\" }",
        "in = { enter = \"home\" }
        be = { stay = { exponential = \"3 days\" } }
        window = { until = \"10:00-16:00\" }",
    );
    let runs = Runs::of(&model(&text), 16);
    // Exponential stays spread ready times evenly over the day, since people come so.
    runs.assert_mean("stay_days.all", 3.0 + 18.0 / 24.0 * 9.0 / 24.0, 0.005);
    runs.assert_mean("people_in.home", 12.0 * (3.0 + 0.28125), 0.01);
}

#[test]
fn a_team_that_pauses_at_closing_time_is_a_queue_on_the_clock_of_its_hours() {
    // Open for 8 hours a day, every day, with arrivals only then: on the clock of opening hours it is
    // M/M/1 without nights, since work that has begun stops and goes on.
    let load = 0.7;
    let text = network(
        44,
        "4000 days",
        10.0,
        "calendars.day = { every_day = \"08:00-16:00\" }
        teams.server = { organisation = \"theory\", headcount = 1, calendar = \"day\" }",
        &format!(
            "work = {{ task = \"server\", takes = {{ exponential = \"{} hours\" }} }}",
            load * 0.8
        ),
    )
    .replace("per_day = 10.0", "per_day = 10.0, hour = [0, 1, 0]");
    let runs = Runs::of(&model(&text), 20);
    runs.assert_mean("utilisation.server", load, 0.005);
    // Those who wait at closing time wait 16 hours more; the queue at a moment of closing is that of
    // M/M/1, and so is the queue through the night.
    runs.assert_mean("queue.server", load * load / (1.0 - load), 0.03);
}
