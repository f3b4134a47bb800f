//! Who is there when the simulation begins, and what ends it.

use homeward::engine::Time;
use homeward::model::{DAY, Entry, Model, Observations, What};

use super::{came, close, days, has, hours, left, when};
use crate::support::{at, by_person, logged, model};

/// A world without many arrivals: everybody in it, in the order of their times, and what was counted.
fn world(run: &str, parts: &str) -> (Model, Observations, Vec<Vec<Entry>>) {
    let text = format!(
        r#"
schema = 1
title = "Worked by hand"
run = {{ start = 2024-01-01, length = "12 weeks", seed = 3, {run} }}
organisations.hospital = {{}}
organisations.care = {{}}
places.ward = {{ organisation = "hospital", capacity = 3, acute = true }}
places.care = {{ organisation = "care", capacity = 1 }}
{parts}
[pathways.through.steps]
bed = {{ enter = "ward", reason = "capacity_01" }}
treatment = {{ stay = "10 days" }}
ready = {{ ready = true }}
medicines = {{ wait = "4 hours", reason = "hospital_03", owner = "hospital" }}
place = {{ enter = "care", reason = "capacity_02" }}
support = {{ stay = "20 days" }}
out = {{ leave = "home" }}
"#
    );
    let model = model(&text);
    let (observed, log) = logged(&model, 0);
    (model, observed, by_person(&log))
}

const LATE: &str = "arrivals.door = { at = [\"2024-03-01 08:00\"], pathways = { through = 1.0 } }";

fn moves(way: &[Entry], place: u8) -> Time {
    when(way, |what| what == What::Moves(place))
}

#[test]
fn who_is_there_at_the_start_stays_what_is_left_of_the_stay() {
    let (_, observed, ways) = world(
        "warm_up = \"0 days\"",
        &format!(
            "{LATE}\n[[initial]]\nat = \"through.treatment\"\n\
             persons = [{{ stayed = \"4 days\" }}, {{ stayed = \"9 days\", remaining = \"2 days\" }}, {{ }}]"
        ),
    );
    let mut ready: Vec<Time> =
        ways[..3].iter().map(|way| when(way, |it| it == What::Ready)).collect();
    ready.sort();
    assert_eq!(ready, [at(2, 0, 0), at(6, 0, 0), at(10, 0, 0)]);
    assert!(ways[..3].iter().all(|way| came(way) == Time::START && moves(way, 0) == Time::START));
    // They are no arrivals, and one of them waits for care until the first has left it.
    assert_eq!(observed.arrived, [1]);
    // The spells in hospital: 9 + 2 days and 4 hours, 4 + 6 days and then until care is free after 22
    // days and 4 hours, 10 days and then until 42 days and 4 hours. Care is free on time for the last.
    let stays = (11 * 24 + 4) + (4 * 24 + 22 * 24 + 4) + (42 * 24 + 4);
    let seen = observed.leavers[0].stay_seconds - last_stay(&ways);
    assert_eq!(seen, u64::from(hours(stays).seconds()));
}

/// The spell of the person who came last.
fn last_stay(ways: &[Vec<Entry>]) -> u64 {
    let way = ways.last().expect("somebody came");
    u64::from(moves(way, 1).since(came(way)).seconds())
}

#[test]
fn who_is_ready_at_the_start_waits_with_the_others_for_what_comes_next() {
    let (_, _, ways) = world(
        "warm_up = \"0 days\"",
        &format!(
            "{LATE}\n[[initial]]\nat = \"through.support\"\npeople = 1\nremaining = \"3 days\"\n\
             [[initial]]\nat = \"through.place\"\npeople = 2\nstayed = \"30 days\""
        ),
    );
    let (in_care, waiting): (Vec<_>, Vec<_>) =
        ways[..3].iter().partition(|way| !has(way, |what| what == What::Moves(0)));
    assert_eq!(left(in_care[0]), at(3, 0, 0));
    for (way, days) in waiting.iter().zip([3, 23]) {
        assert_eq!(when(way, |what| what == What::Ready), Time::START);
        assert_eq!(moves(way, 1), at(days, 0, 0));
    }
}

#[test]
fn a_residual_stay_without_memory_is_as_long_as_a_stay() {
    // Exponential: whoever has stayed however long, the mean of what remains is that of the whole.
    let text = r#"
schema = 1
title = "Worked by hand"
run = { start = 2024-01-01, length = "1 year", seed = 5 }
organisations.hospital = {}
places.ward = { organisation = "hospital", capacity = "unlimited" }
arrivals.door = { at = ["2024-12-30 08:00"], pathways = { through = 1.0 } }
[[initial]]
at = "through.treatment"
people = 2000
stayed = { gamma = { mean = "4 days", sd = "2 days" } }
[pathways.through.steps]
bed = { enter = "ward" }
treatment = { stay = { exponential = "5 days" } }
out = { leave = "home" }
"#;
    let model = model(text);
    let (observed, log) = logged(&model, 0);
    let ways = by_person(&log);
    let gone = ways.iter().filter(|way| has(way, |what| matches!(what, What::Leaves(_))));
    let remained: Vec<f64> =
        gone.map(|way| f64::from(left(way).seconds()) / f64::from(DAY)).collect();
    assert_eq!(remained.len(), 2000);
    let found = crate::support::estimate(&remained);
    assert!((found.mean - 5.0).abs() < 4.0 * found.standard_error, "{found:?}");
    // Stays count what was before: 4 days more.
    let stay = observed.leavers[0].stay_seconds as f64 / f64::from(DAY) / 2000.0;
    assert!((stay - found.mean - 4.0).abs() < 4.0 * 2.0 / 2000_f64.sqrt(), "{stay}");
}

#[test]
fn a_run_ends_when_so_many_have_come() {
    let (model, observed, ways) = world(
        "stop = { arrivals = 7 }",
        "arrivals.door = { every = \"10 hours\", pathways = { through = 1.0 } }",
    );
    assert_eq!(observed.arrived, [7]);
    assert_eq!(ways.len(), 7);
    assert_eq!(observed.measured_seconds, u64::from(hours(70).seconds()));
    assert!(model.end > Time::START + days(80));
}

#[test]
fn a_run_ends_when_so_many_have_left_and_what_was_measured_fits_its_length() {
    // The beds are full from 30 hours on; the first moves to care after 10 hours, 10 days and 4 hours.
    let (model, observed, _) = world(
        "stop = { leavers = 1 }",
        "arrivals.door = { every = \"10 hours\", pathways = { through = 1.0 } }",
    );
    assert_eq!(observed.measured_seconds, u64::from((days(10) + hours(14)).seconds()));
    let names = homeward::model::measures::names(&model);
    let values = homeward::model::measures::values(&model, &observed);
    let value = |name: &str| values[names.iter().position(|it| it.0 == name).expect("known")];
    // In use: three beds, less 10, 20 and 30 hours at the start.
    assert!(
        close(value("occupancy.ward"), 1.0 - 60.0 / (3.0 * 254.0)),
        "{}",
        value("occupancy.ward")
    );
    assert!(close(value("arrivals_per_day.door"), 25.0 / (254.0 / 24.0)));
}

#[test]
fn a_run_ends_when_everybody_has_left() {
    let (_, observed, ways) = world(
        "stop = { empty = true }",
        &format!(
            "{LATE}\n[[initial]]\nat = \"through.treatment\"\npeople = 2\nstayed = \"8 days\""
        ),
    );
    assert_eq!(ways.len(), 2);
    // Two days more, four hours, and then one after the other twenty days in care.
    assert_eq!(observed.measured_seconds, u64::from((days(42) + hours(4)).seconds()));
    assert_eq!(observed.arrived, [0]);
}

#[test]
fn who_is_refused_at_the_start_goes_on_as_others_who_are_refused() {
    let world = super::queues::small(
        r#"
places.ward = { organisation = "hospital", capacity = 2, kept = { planned = 1 }, queue_limit = 0 }
arrivals.people = { at = ["2024-01-05 00:00"], pathways = { through = 1.0 } }
initial = [{ people = 2, at = "through.treatment" }]
[pathways.through.steps]
bed = { enter = "ward", if_refused = "elsewhere" }
treatment = { stay = "10 hours" }
out = { leave = "home" }
elsewhere = { stay = "20 hours" }
away = { leave = "other_hospital" }
[pathways.planned.steps]
bed = { enter = "ward", class = "planned" }
out = { leave = "home" }"#,
    );
    // Of two units, one is kept for others. The day before is -24.
    let left = |way: &Vec<homeward::model::Entry>| {
        let leaves = way.iter().find(|entry| matches!(entry.what, What::Leaves(_)));
        leaves.map(|entry| entry.time.seconds() / 3_600)
    };
    let left: Vec<_> = world.ways.iter().map(left).collect();
    assert_eq!(left[..2], [Some(10), Some(20)]);
}
