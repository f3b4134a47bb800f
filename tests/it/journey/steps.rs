//! How people go from step to step.

use homeward::model::What;

use super::{came, close, days, has, hours, left, run, when, world};
use crate::support::step;

/// Asserts that a share of so many is as it should be, within 4 standard errors.
#[track_caller]
fn assert_share(some: usize, all: usize, expected: f64) {
    let share = some as f64 / all as f64;
    let error = (expected * (1.0 - expected) / all as f64).sqrt();
    assert!((share - expected).abs() < 4.0 * error, "{some} of {all}, not {expected}");
    assert!(error < 0.04, "{all} are too few to tell");
}

#[test]
fn a_person_takes_the_steps_in_their_order() {
    let world = world(
        r#"places.ward = { organisation = "hospital", capacity = "unlimited", acute = true }"#,
        r#"bed = { enter = "ward" }
        treatment = { stay = "2 days" }
        ready = { ready = true }
        medicines = { wait = "4 hours", reason = "hospital_03", owner = "hospital" }
        home = { leave = "home" }"#,
    );
    for way in world.finished() {
        assert_eq!(when(way, |what| what == What::Moves(0)), came(way));
        assert_eq!(when(way, |what| what == What::Ready), came(way) + days(2));
        assert_eq!(left(way), came(way) + days(2) + hours(4));
    }
    assert!(close(world.measure("delay_days.all"), 4.0 / 24.0));
    assert!(close(world.measure("stay_days.all"), 2.0 + 4.0 / 24.0));
}

#[test]
fn a_step_that_somebody_does_not_need_takes_them_no_time() {
    let world = run(r#"
arrivals.door = { per_day = 15, pathways = { through = 1.0 } }
[pathways.through.steps]
review = { wait = "10 hours", chance = 0.3 }
rest = { wait = "1 hour" }
out = { leave = "done" }"#);
    let needed = |way: &&Vec<_>| left(way) == came(way) + hours(11);
    let not_needed = |way: &&Vec<_>| left(way) == came(way) + hours(1);
    let (some, others) =
        (world.finished().filter(needed).count(), world.finished().filter(not_needed).count());
    assert_eq!(some + others, world.finished().count());
    assert_share(some, some + others, 0.3);
}

#[test]
fn a_split_sends_people_on_by_their_shares() {
    let world = run(r#"
arrivals.door = { per_day = 15, pathways = { through = 1.0 } }
[pathways.through.steps]
which = { split = { long = 0.2, short = 0.5, out = 0.3 } }
long = { wait = "10 hours", then = "out" }
short = { wait = "1 hour" }
out = { leave = "done" }"#);
    let took = |span| world.finished().filter(|way| left(way) == came(way) + hours(span)).count();
    let all = world.finished().count();
    assert_eq!(took(10) + took(1) + took(0), all);
    assert_share(took(10), all, 0.2);
    assert_share(took(1), all, 0.5);
    assert_share(took(0), all, 0.3);
}

#[test]
fn the_shares_of_a_stream_say_who_takes_which_pathway() {
    let world = run(r#"
arrivals.door = { per_day = 15, pathways = { p0 = 0.75, p1 = 0.25 } }
pathways.p0.steps.out = { leave = "home" }
pathways.p1.steps.out = { leave = "care_home" }"#);
    let second = world.finished().filter(|way| way[0].pathway == 1).count();
    assert_share(second, world.finished().count(), 0.25);
}

#[test]
fn a_returned_referral_is_one_more_round_each_time() {
    let world = run(r#"
arrivals.door = { per_day = 15, pathways = { through = 1.0 } }
teams.hub = { organisation = "hospital", headcount = 1000 }
[pathways.through.steps]
hub = { task = "hub", takes = "4 hours", again = { chance = 0.4, from = "hub" } }
out = { leave = "done" }"#);
    let hub = step(&world.model, "through.hub");
    let (mut rounds, mut people) = (0, 0);
    for way in world.finished() {
        let count = |what| way.iter().filter(|entry| entry.what == what).count();
        let taken = count(What::Begins(hub));
        assert_eq!(taken, count(What::Again(hub)) + 1);
        assert_eq!(left(way), came(way) + hours(4 * taken as u32));
        rounds += taken;
        people += 1;
    }
    assert_share(rounds - people, rounds, 0.4);
}

#[test]
fn who_starts_again_waits_behind_those_who_are_there() {
    let world = run(r#"
arrivals.door = { per_day = 4, hour = [1], pathways = { through = 1.0 } }
teams.hub = { organisation = "hospital", headcount = 1 }
[pathways.through.steps]
hub = { task = "hub", takes = "3 hours", again = { chance = 0.4, from = "hub" } }
out = { leave = "done" }"#);
    let hub = step(&world.model, "through.hub");
    let (mut waiting, mut overlapped) = (std::collections::VecDeque::new(), 0);
    for entry in &world.log {
        match entry.what {
            What::Waits(_) => waiting.push_back(entry.person),
            What::Begins(_) => {
                if let Some(first) = waiting.pop_front() {
                    assert_eq!(entry.person, first);
                }
            }
            What::Again(at) => {
                assert_eq!(at, hub);
                overlapped += usize::from(!waiting.is_empty());
            }
            _ => {}
        }
    }
    assert!(overlapped > 5, "somebody started again while others waited");
}

#[test]
fn who_comes_back_is_the_same_person_and_is_not_counted_as_an_arrival() {
    let world = run(r#"
arrivals.door = { per_day = 15, pathways = { through = 1.0 } }
places.ward = { organisation = "hospital", capacity = "unlimited", acute = true }
[pathways.through.steps]
bed = { enter = "ward" }
treatment = { stay = "1 day" }
home = { leave = "home" }
back = { readmit = { chance = 0.25, after = "36 hours", arrivals = "door" } }"#);
    let mut visits = 0;
    let mut returns = 0;
    for way in &world.ways {
        for pair in way.windows(2) {
            if pair[1].what == What::Returns {
                assert_eq!(pair[1].person.visit, pair[0].person.visit + 1);
            }
        }
        for (index, entry) in
            way.iter().enumerate().filter(|(_, it)| matches!(it.what, What::Leaves(_)))
        {
            visits += 1;
            if let Some(returned) = way[index..].iter().find(|it| it.what == What::Returns) {
                returns += 1;
                assert_eq!(returned.time, entry.time + hours(36));
                assert!(returned.person.visit > entry.person.visit);
            }
        }
    }
    // All but those who are still at home at the end and will come back.
    assert_share(returns, visits, 0.25);
    assert_eq!(world.observed.arrived[0] as usize, world.ways.len());
    let told = world.measure("readmitted_share.all");
    assert!((told - 0.25).abs() < 0.06, "{told}");
}

#[test]
fn people_come_only_when_the_profiles_let_them() {
    let world = run(r#"
arrivals.door = { per_day = 12, weekday = [1, 2, 0, 1, 1, 0, 0], month = [1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1], hour = [0, 1, 3, 0], pathways = { through = 1.0 } }
pathways.through.steps.out = { leave = "done" }"#);
    let (mut by_weekday, mut by_quarter) = ([0; 7], [0; 4]);
    for way in &world.ways {
        let moment = world.model.moment(came(way));
        assert_ne!(moment.month(), 2, "nobody comes in February");
        by_weekday[moment.weekday().to_monday_zero_offset() as usize] += 1;
        by_quarter[usize::from(moment.hour().unsigned_abs() / 6)] += 1;
    }
    assert_eq!([by_weekday[2], by_weekday[5], by_weekday[6]], [0, 0, 0]);
    assert_eq!([by_quarter[0], by_quarter[3]], [0, 0]);
    assert_share(by_quarter[2], world.ways.len(), 0.75);
    assert_share(by_weekday[1], world.ways.len(), 0.4);
}

#[test]
fn a_route_is_taken_by_every_pathway_that_follows_it() {
    let world = run(r#"
arrivals.door = { per_day = 3, pathways = { one = 0.5, other = 0.5 } }
routes.common.steps.first = { wait = "2 hours" }
routes.common.steps.second = { wait = "3 hours" }
[pathways.one.steps]
common = { follow = "common" }
own = { wait = "10 hours" }
out = { leave = "done" }
[pathways.other.steps]
before = { wait = "1 hour" }
common = { follow = "common", then = "out" }
never = { wait = "99 hours" }
out = { leave = "done" }"#);
    for way in world.finished() {
        let expected = if way[0].pathway == 0 { 15 } else { 6 };
        assert_eq!(left(way), came(way) + hours(expected));
    }
    assert!(world.finished().any(|way| has(way, |what| matches!(what, What::Ends(_)))));
}
