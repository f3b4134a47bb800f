//! Delay: what it is booked to, what ends it, and the harm that it does.

use homeward::model::{DAY, What};

use super::{came, clock, close, days, hours, left, run, when, world};

const WARD: &str =
    r#"places.ward = { organisation = "hospital", capacity = "unlimited", acute = true }"#;

#[test]
fn each_hour_of_delay_has_its_reason_and_its_owner() {
    let world = world(
        &format!(
            "{WARD}\nteams.hub = {{ organisation = \"hospital\", headcount = 1 }}
            places.beds = {{ organisation = \"care\", capacity = \"unlimited\" }}"
        ),
        r#"bed = { enter = "ward" }
        ready = { ready = true }
        hub = { task = "hub", takes = "1 hour", reason = "hub_02", queue_reason = "hub_03" }
        papers = { wait = "2 hours", reason = "interface_02", owner = ["hospital", "care"] }
        next = { enter = "beds", reason = "capacity_02" }
        again_ready = { ready = true }
        car = { wait = "5 hours", reason = "hospital_04", owner = "care" }
        home = { leave = "home" }"#,
    );
    let (mut queued, mut all) = (0, 0);
    for way in world.finished() {
        let begun = when(way, |what| matches!(what, What::Begins(_)));
        queued += begun.since(came(way)).seconds();
        assert_eq!(left(way), begun + hours(8));
        all += 1;
    }
    let by = |cell: &str| world.measure(cell) * 84.0;
    let close_to = |found: f64, expected: f64| (found - expected).abs() < 0.6;
    // Up to those who are still there at the end.
    assert!(
        queued > 0
            && close_to(by("delay_days_by_reason.hub_03"), f64::from(queued) / f64::from(DAY))
    );
    assert!(close_to(by("delay_days_by_reason.hub_02"), f64::from(all) / 24.0));
    assert!(close_to(by("delay_days_by_reason.interface_02"), f64::from(all) * 2.0 / 24.0));
    assert!(close_to(by("delay_days_by_owner.hospital+care"), f64::from(all) * 2.0 / 24.0));
    assert!(close(by("delay_days_by_reason.capacity_02"), 0.0));
    assert!(close(by("delay_days_by_owner.care"), 0.0), "the car comes to another place");
    assert!(close_to(by("delay_days_elsewhere.care"), f64::from(all) * 5.0 / 24.0));
    let delay = world.measure("delay_days.all") * f64::from(all) - f64::from(all) * 3.0 / 24.0;
    assert!(close_to(delay, f64::from(queued) / f64::from(DAY)));
}

#[test]
fn nights_of_delay_are_the_midnights_between_ready_and_leaving() {
    // People come from 20:00 to 21:00 and are ready at once; they leave at 23:00 of the third day.
    let mut hour = ["0"; 24];
    hour[20] = "1";
    let world = run(&format!(
        r#"{WARD}
arrivals.door = {{ per_day = 3, hour = [{}], pathways = {{ through = 1.0 }} }}
[pathways.through.steps]
bed = {{ enter = "ward" }}
ready = {{ ready = true }}
wait = {{ wait = "50 hours", reason = "hub_02", owner = "hospital" }}
door = {{ until = "23:00", reason = "hospital_04", owner = "hospital" }}
home = {{ leave = "home" }}"#,
        hour.join(", ")
    ));
    for way in world.finished() {
        assert_eq!(clock(left(way)), (clock(came(way)).0 + 2, 23 * 3_600));
    }
    assert!(close(world.measure("delay_nights.all"), 2.0));
    assert!(close(world.measure("delayed_share.all"), 1.0));
    assert!(close(world.measure("delayed_7_nights_share.all"), 0.0));
    assert!(close(world.measure("discharged_by_17_share.all"), 0.0));
    // At every midnight, those of today and of yesterday are ready.
    let came: Vec<f64> = (0..84)
        .map(|day| world.ways.iter().filter(|way| clock(super::came(way)).0 == day).count() as f64)
        .collect();
    let ready: f64 = (0..84).map(|day| came[day] + if day > 0 { came[day - 1] } else { 0.0 }).sum();
    assert!(close(world.measure("ready_waiting.all"), ready / 84.0));
}

#[test]
fn delay_ends_where_a_spell_in_hospital_ends() {
    let world = world(
        &format!("{WARD}\nplaces.beds = {{ organisation = \"care\", capacity = \"unlimited\" }}"),
        r#"bed = { enter = "ward" }
        treatment = { stay = "1 day" }
        ready = { ready = true }
        car = { wait = "6 hours", reason = "hospital_04", owner = "hospital" }
        beds = { enter = "beds", reason = "capacity_02" }
        rehabilitation = { stay = "20 days" }
        home = { leave = "home" }"#,
    );
    assert!(close(world.measure("stay_days.all"), 1.25));
    assert!(close(world.measure("delay_days.all"), 0.25));
    assert!(world.finished().all(|way| left(way) == came(way) + days(21) + hours(6)));
    assert!(close(world.measure("ready_share.beds"), 0.0));
    assert!((world.measure("ready_share.ward") - 0.2).abs() < 0.01);
}

#[test]
fn harm_comes_at_the_chance_that_each_day_of_delay_has() {
    let world = run(&format!(
        r#"{WARD}
arrivals.door = {{ per_day = 20, pathways = {{ through = 1.0 }} }}
[pathways.through.steps]
bed = {{ enter = "ward" }}
ready = {{ ready = true }}
wait = {{ wait = "1 day", reason = "hub_02", owner = "hospital" }}
home = {{ leave = "home" }}
ill = {{ stay = "2 days", reason = "hub_02", owner = "hospital" }}
died = {{ leave = "died" }}
[pathways.through.while_delayed]
relapse = {{ per_day = 0.3, then = "ill" }}"#
    ));
    let (mut harmed, mut all) = (0.0, 0.0);
    for way in world.finished() {
        let harm = way.iter().find(|entry| matches!(entry.what, What::Harm { .. }));
        match harm {
            Some(harm) => {
                assert!(harm.time.since(came(way)) <= days(1));
                assert_eq!(
                    left(way),
                    harm.time + days(2),
                    "they go on at the step that it leads to"
                );
                harmed += 1.0;
            }
            None => assert_eq!(left(way), came(way) + days(1)),
        }
        all += 1.0;
    }
    let error = f64::sqrt(0.3 * 0.7 / all);
    assert!((harmed / all - 0.3).abs() < 4.0 * error && error < 0.02, "{harmed} of {all}");
    // Who is ill again needs the bed, and so is not delayed.
    let died = world.measure("deaths_per_day.all");
    assert!(died > 0.0 && world.measure("delay_days.all") < 1.0 + 1e-9);
}

#[test]
fn harm_gives_back_what_was_held_and_waited_for_but_not_the_bed() {
    let world = run(r#"
arrivals.door = { per_day = 2, pathways = { through = 1.0 } }
places.ward = { organisation = "hospital", capacity = 40, acute = true }
places.home = { organisation = "care", capacity = 1 }
[pathways.through.steps]
bed = { enter = "ward" }
treatment = { stay = "1 day", reason = "hub_02", owner = "hospital" }
ready = { ready = true }
home = { reserve = "home", reason = "capacity_05" }
car = { wait = "20 hours", reason = "hospital_04", owner = "hospital" }
go = { move = true }
support = { stay = "1 hour" }
out = { leave = "done" }
[pathways.through.while_delayed]
relapse = { per_day = 0.3, then = "treatment" }"#);
    let (mut passed_on, mut gave_up) = (0, 0);
    for (index, entry) in world.log.iter().enumerate() {
        if !matches!(entry.what, What::Harm { .. }) {
            continue;
        }
        let theirs = |at: &&homeward::model::Entry| at.person == entry.person;
        let before = world.log[..index].iter().rev().filter(theirs);
        let held = before
            .clone()
            .find_map(|at| match at.what {
                What::Reserved(_) => Some(true),
                What::Ready => Some(false),
                _ => None,
            })
            .expect("who is harmed was ready");
        // They are treated anew from that instant on, in the bed where they were.
        let after: Vec<_> = world.log[index + 1..].iter().filter(theirs).take(2).collect();
        assert!(matches!(after[0].what, What::Begins(_)) && after[0].time == entry.time);
        assert!(after.get(1).is_none_or(
            |at| matches!(at.what, What::Unfinished) || at.time == entry.time + days(1)
        ));
        if held {
            let next = world.log[index + 1..].iter().find(|at| at.what == What::Reserved(1));
            let waiting = before_waits(&world.log[..index]);
            if let (Some(next), true) = (next, waiting > 0) {
                assert_eq!(next.time, entry.time, "the next gets it in the same instant");
                passed_on += 1;
            }
        } else {
            gave_up += 1;
        }
    }
    assert!(passed_on > 3 && gave_up > 3, "{passed_on} and {gave_up}");
}

/// How many wait for a place at the end of a log.
fn before_waits(log: &[homeward::model::Entry]) -> usize {
    let mut waiting = std::collections::BTreeSet::new();
    for entry in log {
        match entry.what {
            What::Waits(_) => {
                waiting.insert(entry.person);
            }
            What::Reserved(_) | What::Moves(_) | What::Harm { .. } => {
                waiting.remove(&entry.person);
            }
            _ => {}
        }
    }
    waiting.len()
}

#[test]
fn harm_comes_in_acute_places_only() {
    let world = run(&format!(
        r#"{WARD}
arrivals.door = {{ per_day = 2, pathways = {{ through = 1.0 }} }}
places.beds = {{ organisation = "care", capacity = "unlimited" }}
[pathways.through.steps]
bed = {{ enter = "ward" }}
treatment = {{ stay = "1 day", reason = "hub_02", owner = "hospital" }}
beds = {{ enter = "beds", reason = "capacity_02" }}
ready = {{ ready = true }}
car = {{ wait = "9 days", reason = "hospital_04", owner = "hospital" }}
out = {{ leave = "done" }}
[pathways.through.while_delayed]
relapse = {{ per_day = 0.9, then = "treatment" }}"#
    ));
    assert!(!super::has(&world.log, |what| matches!(what, What::Harm { .. })));
    assert!(world.measure("delay_days_elsewhere.hospital") > 1.0);
}

#[test]
fn who_dies_is_no_discharge_but_a_stay() {
    let world = run(&format!(
        r#"{WARD}
arrivals.door = {{ per_day = 2, pathways = {{ home = 0.5, died = 0.5 }} }}
[pathways.home.steps]
bed = {{ enter = "ward" }}
treatment = {{ stay = "1 day" }}
home = {{ leave = "home" }}
[pathways.died.steps]
bed = {{ enter = "ward" }}
care = {{ stay = "3 days" }}
died = {{ leave = "died" }}"#
    ));
    let count =
        |outcome| world.log.iter().filter(|entry| entry.what == What::Leaves(outcome)).count();
    use homeward::scenario::language::Outcome::{Died, Home};
    assert!(close(world.measure("discharges_per_day.all"), count(Home) as f64 / 84.0));
    assert!(close(world.measure("deaths_per_day.all"), count(Died) as f64 / 84.0));
    assert!(close(world.measure("pathway_share.home"), 1.0));
    let stay = (count(Home) + 3 * count(Died)) as f64 / (count(Home) + count(Died)) as f64;
    assert!(close(world.measure("stay_days.all"), stay));
}
