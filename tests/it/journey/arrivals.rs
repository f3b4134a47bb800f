//! How people come.

use homeward::engine::Time;
use homeward::model::DAY;

use super::{came, clock, hours, run};
use crate::support::{at, by_person, logged, model};

/// When people came who come as said and leave at once.
fn times(coming: &str) -> Vec<Time> {
    let world = run(&format!(
        "arrivals.door = {{ {coming}, pathways = {{ through = 1.0 }} }}\n\
         pathways.through.steps.out = {{ leave = \"done\" }}"
    ));
    world.ways.iter().map(|way| came(way)).collect()
}

#[test]
fn who_comes_at_fixed_intervals_comes_first_after_one_of_them() {
    let found = times("every = \"10 hours\"");
    let expected: Vec<Time> = (1..)
        .map(|n| Time::START + hours(10 * n))
        .take_while(|time| *time < at(84, 0, 0))
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn who_comes_with_gaps_comes_after_one_of_the_gaps() {
    let found =
        times("gaps = { empirical = { values = [\"5 hours\", \"20 hours\"], weights = [3, 1] } }");
    let mut before = Time::START;
    let mut short = 0;
    for time in &found {
        assert!([hours(5), hours(20)].contains(&time.since(before)), "{time:?} {before:?}");
        short += usize::from(time.since(before) == hours(5));
        before = *time;
    }
    let share = short as f64 / found.len() as f64;
    assert!((share - 0.75).abs() < 4.0 * (0.75 * 0.25 / found.len() as f64).sqrt(), "{share}");
}

#[test]
fn who_comes_at_times_of_the_day_comes_then_on_the_days_that_are_named() {
    let found = times("on = { at = [\"09:00\", \"13:30\"], days = [\"monday\", \"friday\"] }");
    let mut expected = Vec::new();
    for week in 0..12 {
        for day in [7 * week, 7 * week + 4] {
            expected.extend([at(day, 9, 0), at(day, 13, 30)]);
        }
    }
    assert_eq!(found, expected);
}

#[test]
fn a_bank_holiday_is_a_sunday_for_people_who_come_at_times_of_the_day() {
    let world = run(r#"
bank_holidays = [2024-01-02]
arrivals.door = { on = { at = ["09:00"], days = ["sunday", "monday"] }, pathways = { through = 1.0 } }
pathways.through.steps.out = { leave = "done" }"#);
    let days: Vec<u32> = world.ways.iter().map(|way| clock(came(way)).0).take(4).collect();
    assert_eq!(days, [0, 1, 6, 7]);
}

#[test]
fn people_who_come_together_are_persons_of_their_own() {
    let world = run(r#"
arrivals.door = { every = "1 day", batch = 3, pathways = { through = 1.0 } }
[pathways.through.steps]
rest = { wait = { exponential = "5 hours" } }
out = { leave = "done" }"#);
    assert_eq!(world.ways.len(), 3 * 83);
    let mut lengths = std::collections::BTreeSet::new();
    for three in world.ways.chunks(3) {
        assert!(three.iter().all(|way| came(way) == came(&three[0])));
        lengths.extend(
            three.iter().filter(|way| way.len() > 3).map(|way| super::left(way).since(came(way))),
        );
    }
    assert!(lengths.len() > 200, "their times are their own");
}

#[test]
fn the_people_of_a_stream_with_gaps_are_the_same_whatever_else_happens() {
    let text = |capacity: u32, other: &str| {
        format!(
            r#"
schema = 1
title = "Worked by hand"
run = {{ start = 2024-01-01, length = "12 weeks", seed = 3 }}
organisations.hospital = {{}}
places.ward = {{ organisation = "hospital", capacity = {capacity} }}
{other}
[arrivals.door]
gaps = {{ gamma = {{ mean = "5 hours", sd = "4 hours" }} }}
batch = {{ 1 = 0.5, 2 = 0.5 }}
pathways = {{ through = 1.0 }}
[pathways.through.steps]
bed = {{ enter = "ward" }}
treatment = {{ stay = {{ exponential = "6 hours" }} }}
out = {{ leave = "done" }}
"#
        )
    };
    let other = "arrivals.a = { per_day = 2, pathways = { through = 1.0 } }";
    let came = |capacity, other: &str| {
        let model = model(&text(capacity, other));
        let door = model.names.arrivals.iter().position(|it| it.id == "door");
        let door = door.expect("there is one") as u8;
        by_person(&logged(&model, 0).1)
            .into_iter()
            .filter(|way| way[0].person.stream == door)
            .map(|way| (way[0].time, way[0].person.day, way[0].person.number))
            .collect::<Vec<_>>()
    };
    let alone = came(4, "");
    assert!(alone.len() > 300);
    assert_eq!(alone, came(9, ""));
    assert_eq!(alone, came(4, other));
}

#[test]
fn a_stream_with_gaps_may_begin_and_end_on_a_dated_change() {
    let world = run(r#"
arrivals.door = { every = "6 hours", pathways = { through = 1.0 } }
pathways.through.steps.out = { leave = "done" }
[[changes]]
on = 2024-01-11
set.arrivals.door = { on = { at = ["12:00"] }, pathways = { through = 1.0 } }
[[changes]]
on = 2024-01-21
set.arrivals.door = { every = "8 hours", pathways = { through = 1.0 } }"#);
    let of_day = |day| {
        let times = world.ways.iter().map(|way| came(way)).filter(|time| clock(*time).0 == day);
        times.map(|time| clock(time).1 / 3_600).collect::<Vec<_>>()
    };
    assert_eq!(of_day(9), [0, 6, 12, 18]);
    // Who was on their way when the stream changed does not come.
    assert_eq!(of_day(10), [12]);
    assert_eq!(of_day(19), [12]);
    assert_eq!(of_day(20), [8, 16]);
    assert_eq!(of_day(21), [0, 8, 16]);
    assert!(world.ways.iter().all(|way| came(way).seconds() < 84 * DAY));
}
