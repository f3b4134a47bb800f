//! Places: who keeps which, and who gets one that is freed.

use homeward::model::What;

use super::{came, close, hours, left, run, when, world};

const LINE: &str = r#"
places.ward = { organisation = "hospital", capacity = 1 }
places.home = { organisation = "care", capacity = 1 }"#;

#[test]
fn a_person_keeps_their_bed_until_the_next_place_accepts_them() {
    let world = world(
        LINE,
        "bed = { enter = \"ward\" }\ntreatment = { stay = \"1 hour\" }\nplace = { enter = \"home\" }\nsupport = { stay = \"10 hours\" }\nout = { leave = \"done\" }",
    );
    let ways: Vec<_> = world.finished().collect();
    let mut blocked = 0;
    for pair in ways.windows(2) {
        let [before, way] = pair else { unreachable!("windows of two") };
        let freed = left(before);
        let in_bed = when(way, |what| what == What::Moves(0));
        let in_home = when(way, |what| what == What::Moves(1));
        // The bed is free when the one before has gone on from it, and not earlier.
        assert_eq!(in_bed, came(way).max(when(before, |what| what == What::Moves(1))));
        assert_eq!(in_home, (in_bed + hours(1)).max(freed));
        assert_eq!(left(way), in_home + hours(10));
        blocked += usize::from(in_home > in_bed + hours(1));
    }
    assert!(blocked > 20, "{blocked}");
}

#[test]
fn freed_places_cascade_upstream_in_the_same_instant() {
    let world = run(r#"
arrivals.door = { per_day = 4, pathways = { through = 1.0 } }
places.first = { organisation = "care", capacity = 1 }
places.second = { organisation = "care", capacity = 1 }
places.third = { organisation = "care", capacity = 1 }
[pathways.through.steps]
first = { enter = "first" }
be_first = { stay = "1 hour" }
second = { enter = "second" }
be_second = { stay = "1 hour" }
third = { enter = "third" }
be_third = { stay = "12 hours" }
out = { leave = "done" }"#);
    // With many waiting, one leaves every 12 hours, and at that instant three others move up.
    let mut cascades = 0;
    for way in world.finished().skip(10) {
        let now = left(way);
        let of_now = world.log.iter().filter(|entry| entry.time == now);
        let moves: Vec<_> = of_now.filter(|entry| matches!(entry.what, What::Moves(_))).collect();
        if let [third, second, first] = moves.as_slice() {
            assert_eq!(third.what, What::Moves(2));
            assert_eq!(second.what, What::Moves(1));
            assert_eq!(first.what, What::Moves(0));
            cascades += 1;
        }
    }
    assert!(cascades + 12 > world.finished().count(), "{cascades}");
}

#[test]
fn who_waits_longest_gets_the_place() {
    let world = world(
        "places.ward = { organisation = \"hospital\", capacity = 2 }",
        "bed = { enter = \"ward\" }\ntreatment = { stay = \"15 hours\" }\nout = { leave = \"done\" }",
    );
    let moved: Vec<_> =
        world.finished().map(|way| when(way, |what| what == What::Moves(0))).collect();
    assert!(moved.is_sorted(), "in the order in which they came");
    for (index, way) in world.finished().enumerate().skip(2) {
        let free = moved[index - 2] + hours(15);
        assert_eq!(moved[index], came(way).max(free), "as soon as one of the two beds is free");
    }
}

#[test]
fn a_place_that_is_held_is_taken_though_nobody_is_in_it() {
    let world = world(
        "places.ward = { organisation = \"hospital\", capacity = \"unlimited\" }\nplaces.home = { organisation = \"care\", capacity = 1 }",
        r#"bed = { enter = "ward" }
        home = { reserve = "home" }
        transport = { wait = "2 hours" }
        go = { move = true }
        support = { stay = "4 hours" }
        out = { leave = "done" }"#,
    );
    let ways: Vec<_> = world.finished().collect();
    for pair in ways.windows(2) {
        let [before, way] = pair else { unreachable!("windows of two") };
        let held = when(way, |what| what == What::Reserved(1));
        assert_eq!(
            when(way, |what| what == What::Moves(0)),
            came(way),
            "the bed is kept meanwhile"
        );
        assert_eq!(held, came(way).max(left(before)), "nobody holds it beside another");
        assert_eq!(when(way, |what| what == What::Moves(1)), held + hours(2));
        assert_eq!(left(way), held + hours(6));
    }
    // In use for 6 hours a person, with the person in it for 4.
    let tally = &world.observed.places[1];
    let held = tally.queue.in_use_area - tally.people_area;
    let ratio = held as f64 / tally.people_area as f64;
    assert!((ratio - 0.5).abs() < 0.01, "{ratio}");
    assert!(world.measure("occupancy.home") > world.measure("people_in.home"));
}

#[test]
fn occupancy_counts_each_second_in_a_place_once() {
    let world = world(
        "places.ward = { organisation = \"hospital\", capacity = 100 }",
        "bed = { enter = \"ward\" }\ntreatment = { stay = \"15 hours\" }\nout = { leave = \"done\" }",
    );
    let end = world.model.end;
    let seconds: u32 =
        world.ways.iter().map(|way| end.since(came(way)).min(hours(15)).seconds()).sum();
    let expected = f64::from(seconds) / f64::from(end.seconds());
    assert!(close(world.measure("people_in.ward"), expected));
    assert!(close(world.measure("occupancy.ward"), expected / 100.0));
    let gone = world.finished().count() as f64;
    assert!(close(world.measure("throughput_per_day.ward"), gone / 84.0));
}

#[test]
fn a_wait_longer_than_the_places_long_wait_is_a_long_wait() {
    let world = world(
        "places.ward = { organisation = \"hospital\", capacity = 2, long_wait = \"6 hours\" }",
        "bed = { enter = \"ward\" }\ntreatment = { stay = \"11 hours\" }\nout = { leave = \"done\" }",
    );
    let waits: Vec<_> = world
        .ways
        .iter()
        .filter_map(|way| {
            let moved = way.iter().find(|entry| entry.what == What::Moves(0))?;
            Some(moved.time.since(came(way)))
        })
        .collect();
    let long = waits.iter().filter(|wait| **wait > hours(6)).count();
    assert!(long > 10 && long < waits.len() - 10);
    assert!(close(world.measure("long_wait_share.ward"), long as f64 / waits.len() as f64));
}
