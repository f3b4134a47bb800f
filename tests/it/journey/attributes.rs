//! What people are, and what follows from it.

use std::collections::BTreeMap;

use homeward::model::{Entry, PersonId};

use super::{World, came, hours, left, run};
use crate::support::{by_person, logged, model};

/// People of two councils and three ages, who leave at once or after hours that tell what they are.
fn two_councils(more: &str, steps: &str) -> World {
    run(&format!(
        r#"
[attributes.council]
values = ["north", "south"]
shares = {{ north = 0.7, south = 0.3 }}
[attributes.age]
values = ["young", "middle", "old"]
[arrivals.door]
per_day = 15
attributes = {{ age = {{ young = 0.2, middle = 0.3, old = 0.5 }} }}
pathways = {{ through = 1.0 }}
{more}
[pathways.through.steps]
{steps}
out = {{ leave = "done" }}"#
    ))
}

/// The share of those who have left after so many hours.
fn share_after(world: &World, of_hours: u32) -> f64 {
    let all = world.finished().count() as f64;
    world.finished().filter(|way| left(way) == came(way) + hours(of_hours)).count() as f64 / all
}

#[track_caller]
fn assert_share(found: f64, expected: f64, n: usize) {
    let error = (expected * (1.0 - expected) / n as f64).sqrt();
    assert!((found - expected).abs() < 4.0 * error && error < 0.02, "{found} for {expected}");
}

#[test]
fn people_go_on_at_the_step_of_what_they_are() {
    let world = two_councils(
        "",
        r#"which = { route = { by = "council", north = "three", south = "five" } }
        three = { wait = "3 hours", then = "out" }
        five = { wait = "5 hours" }"#,
    );
    let n = world.finished().count();
    assert_share(share_after(&world, 3), 0.7, n);
    assert_share(share_after(&world, 5), 0.3, n);
    assert!((share_after(&world, 3) + share_after(&world, 5) - 1.0).abs() < 1e-9);
}

#[test]
fn who_is_none_of_what_a_route_names_goes_on_at_the_next_step() {
    let world = two_councils(
        "",
        r#"which = { route = { by = "age", old = "five" } }
        three = { wait = "3 hours", then = "out" }
        five = { wait = "5 hours" }"#,
    );
    assert_share(share_after(&world, 3), 0.5, world.finished().count());
    assert_share(share_after(&world, 5), 0.5, world.finished().count());
}

#[test]
fn a_step_is_for_those_who_are_what_it_says() {
    // 1 hour for the north, 2 for young and old, 4 for the old of the south.
    let world = two_councils(
        "",
        r#"one = { wait = "1 hour", when = { council = "north" } }
        two = { wait = "2 hours", when = { age = ["young", "old"] } }
        four = { wait = "4 hours", when = { age = "old", council = "south" } }"#,
    );
    let n = world.finished().count();
    assert_share(share_after(&world, 0), 0.3 * 0.3, n);
    assert_share(share_after(&world, 1), 0.7 * 0.3, n);
    assert_share(share_after(&world, 2), 0.3 * 0.2, n);
    assert_share(share_after(&world, 3), 0.7 * 0.7, n);
    assert_share(share_after(&world, 6), 0.3 * 0.5, n);
}

#[test]
fn a_stream_may_have_shares_of_its_own_and_pathways_by_what_people_are() {
    let world = run(r#"
[attributes.council]
values = ["north", "south"]
shares = { north = 1, south = 0 }
[arrivals.door]
per_day = 15
attributes = { council = { north = 0.4, south = 0.6 } }
pathways = { by = "council", north = { p0 = 1.0 }, south = { p0 = 0.5, p1 = 0.5 } }
[pathways.p0.steps]
one = { wait = "1 hour", when = { council = "north" } }
out = { leave = "home" }
[pathways.p1.steps]
two = { wait = "2 hours" }
out = { leave = "home" }"#);
    let n = world.finished().count();
    assert_share(share_after(&world, 1), 0.4, n);
    assert_share(share_after(&world, 0), 0.3, n);
    assert_share(share_after(&world, 2), 0.3, n);
}

#[test]
fn people_stay_what_they_are_when_they_come_back() {
    let world = run(r#"
[attributes.council]
values = ["north", "south"]
shares = { north = 0.5, south = 0.5 }
[arrivals.door]
per_day = 4
pathways = { by = "council", north = { p0 = 1.0 }, south = { p1 = 1.0 } }
[pathways.p0.steps]
out = { leave = "home" }
back = { readmit = { chance = 0.6, after = "20 hours", arrivals = "door" } }
[pathways.p1.steps]
out = { leave = "home" }
back = { readmit = { chance = 0.6, after = "20 hours", arrivals = "door" } }"#);
    let returned = world.ways.iter().filter(|way| way.iter().any(|it| it.person.visit > 0));
    assert!(returned.clone().count() > 100);
    for way in returned {
        assert!(way.iter().all(|entry| entry.pathway == way[0].pathway), "{way:?}");
    }
}

/// The pathway of everybody.
fn pathways(log: &[Entry]) -> BTreeMap<PersonId, u8> {
    by_person(log).iter().map(|way| (way[0].person, way[0].pathway)).collect()
}

#[test]
fn what_people_are_depends_on_nothing_else_in_the_scenario() {
    let text = |more: &str, capacity: u32| {
        format!(
            r#"
schema = 1
title = "Worked by hand"
run = {{ start = 2024-01-01, length = "12 weeks", seed = 3 }}
organisations.hospital = {{}}
places.ward = {{ organisation = "hospital", capacity = {capacity} }}
[attributes.council]
values = ["north", "south"]
shares = {{ north = 0.7, south = 0.3 }}
{more}
[arrivals.door]
per_day = 5
pathways = {{ by = "council", north = {{ p0 = 1.0 }}, south = {{ p1 = 1.0 }} }}
[pathways.p0.steps]
bed = {{ enter = "ward" }}
treatment = {{ stay = {{ exponential = "6 hours" }} }}
out = {{ leave = "done" }}
[pathways.p1.steps]
bed = {{ enter = "ward" }}
treatment = {{ stay = {{ exponential = "9 hours" }} }}
out = {{ leave = "done" }}
"#
        )
    };
    let first = pathways(&logged(&model(&text("", 2)), 0).1);
    let other =
        "[attributes.age]\nvalues = [\"old\", \"young\"]\nshares = { old = 0.5, young = 0.5 }";
    assert_eq!(first, pathways(&logged(&model(&text(other, 2)), 0).1));
    assert_eq!(first, pathways(&logged(&model(&text("", 9)), 0).1));
}
