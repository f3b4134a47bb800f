//! Gridlock where one person is not always one unit, and what ends it. Hours are those since Tuesday 2
//! January 2024 began.

use super::queues::{Small, arrivals, small_with};

/// Two places that lead to each other; people of one way go from `p` to `q`, those of the other back. Each
/// stays 10 hours in either.
fn crossing(at: &str, places: [&str; 2], units: [&str; 2]) -> Small {
    crossing_at(&[0], at, places, units)
}

/// The same, if those of the first way come at these hours.
fn crossing_at(hours: &[u32], at: &str, [p, q]: [&str; 2], [there, back]: [&str; 2]) -> Small {
    let run = format!(", at_gridlock = \"{at}\"");
    let parts = format!(
        r#"{}
places.p = {{ organisation = "hospital", {p} }}
places.q = {{ organisation = "care", {q} }}
[pathways.there.steps]
first = {{ enter = "p"{there} }}
stay = {{ stay = "10 hours" }}
then = {{ enter = "q"{there} }}
more = {{ stay = "10 hours" }}
out = {{ leave = "done" }}
[pathways.back.steps]
first = {{ enter = "q"{back} }}
stay = {{ stay = "10 hours" }}
then = {{ enter = "p"{back} }}
more = {{ stay = "10 hours" }}
out = {{ leave = "done" }}"#,
        arrivals(&[("there", hours), ("back", &[1])])
    );
    small_with(&run, &parts)
}

#[test]
fn places_full_of_people_with_two_units_each_come_to_a_standstill() {
    // Three units each: one is free in either, and nobody can use it.
    for (at, moved) in [("go_on", [Some(0), None]), ("swap", [Some(0), Some(11)])] {
        let world = crossing(at, ["capacity = 3", "capacity = 3"], [", units = 2", ", units = 2"]);
        assert_eq!(world.observed.gridlocks, [1], "{at}");
        assert_eq!(world.moved(0), moved, "{at}");
    }
}

#[test]
fn people_swap_places_only_if_both_fit() {
    // The third needs two units, of which either of the others gives back one.
    let two = "capacity = 2";
    let world = crossing_at(&[0, 0], "swap", [two, two], ["", ", units = 2"]);
    assert_eq!(world.observed.gridlocks, [1]);
    assert_eq!(world.moved(0), [Some(0), Some(0), None]);
    // In places that keep units for a class, each gives back what the other may have.
    let kept = "capacity = 1, kept = { planned = 1 }";
    let world = crossing("swap", [kept, kept], [", class = \"planned\"", ", class = \"planned\""]);
    assert_eq!(world.moved(0), [Some(0), Some(11)]);
    assert_eq!(world.moved(1), [Some(11), Some(1)]);
}

#[test]
fn people_swap_places_when_both_let_them_go() {
    let window = "capacity = 1, leaving = \"20:00-21:00\"";
    let world = crossing("swap", [window, "capacity = 1"], ["", ""]);
    assert_eq!(world.observed.gridlocks, [1]);
    assert_eq!(world.moved(0), [Some(0), Some(20)]);
    assert_eq!(world.moved(1), [Some(20), Some(1)]);
}

#[test]
fn who_may_go_to_a_third_place_is_not_stuck() {
    // A third place, which somebody else leaves at 30, takes the first in.
    let parts = format!(
        r#"{}
places.p = {{ organisation = "hospital", capacity = 1 }}
places.q = {{ organisation = "care", capacity = 1 }}
places.third = {{ organisation = "care", capacity = 1 }}
[pathways.there.steps]
first = {{ enter = "p" }}
stay = {{ stay = "10 hours" }}
then = {{ enter = "q", overflow = ["third"] }}
more = {{ stay = "10 hours" }}
out = {{ leave = "done" }}
[pathways.back.steps]
first = {{ enter = "q" }}
stay = {{ stay = "10 hours" }}
then = {{ enter = "p" }}
more = {{ stay = "10 hours" }}
out = {{ leave = "done" }}
[pathways.other.steps]
first = {{ enter = "third" }}
stay = {{ stay = "30 hours" }}
out = {{ leave = "done" }}"#,
        arrivals(&[("there", &[0]), ("back", &[1]), ("other", &[0])])
    );
    let world = small_with(", at_gridlock = \"stop\"", &parts);
    assert_eq!(world.observed.gridlocks, [0]);
    assert_eq!(world.moved(0), [Some(0), None, Some(30)]);
}

#[test]
fn a_standstill_in_the_warm_up_ends_a_run_before_anything_is_measured() {
    let text = r#"
schema = 1
title = "x"
run = { start = 2024-01-10, warm_up = "9 days", length = "10 days", at_gridlock = "stop" }
organisations.o = {}
places.p = { organisation = "o", capacity = 1 }
places.q = { organisation = "o", capacity = 1 }
arrivals.there = { at = ["2024-01-02 00:00"], pathways = { there = 1.0 } }
arrivals.back = { at = ["2024-01-02 01:00"], pathways = { back = 1.0 } }
[pathways.there.steps]
first = { enter = "p" }
stay = { stay = "10 hours" }
then = { enter = "q" }
out = { leave = "done" }
[pathways.back.steps]
first = { enter = "q" }
stay = { stay = "10 hours" }
then = { enter = "p" }
out = { leave = "done" }"#;
    let observed = crate::support::model(text).simulate(0);
    assert_eq!((observed.measured_seconds, &observed.gridlocks[..]), (0, &[1][..]));
    assert!(observed.places.iter().all(|place| place.queue.in_use_area == 0));
}
