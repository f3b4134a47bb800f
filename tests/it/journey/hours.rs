//! Opening hours, meetings, bank holidays and dated changes.

use homeward::model::What;

use super::{came, clock, days, has, hours, left, next, run, when, world};
use crate::support::{at, step};

const OFFICE: &str = "calendars.office.weekdays = \"09:00-17:00\"";

/// People who come on Fridays only, in one hour of the day.
fn fridays(hour: usize) -> String {
    let mut weights = vec!["0"; 24];
    weights[hour] = "1";
    format!(
        "arrivals.door = {{ per_day = 5, weekday = [0, 0, 0, 0, 1, 0, 0], hour = [{}], pathways = {{ through = 1.0 }} }}",
        weights.join(", ")
    )
}

#[test]
fn work_stops_at_closing_time_and_goes_on_when_the_team_opens() {
    let world = run(&format!(
        r#"{}
{OFFICE}
teams.hub = {{ organisation = "hospital", headcount = 100, calendar = "office" }}
[pathways.through.steps]
work = {{ task = "hub", takes = "3 hours" }}
out = {{ leave = "done" }}"#,
        fridays(15)
    ));
    for way in world.finished() {
        let (friday, _) = clock(came(way));
        assert_eq!(when(way, |what| matches!(what, What::Begins(_))), came(way));
        let done_on_friday = at(friday, 17, 0).since(came(way));
        assert_eq!(left(way), at(friday + 3, 9, 0) + (hours(3) - done_on_friday));
    }
}

#[test]
fn who_stays_with_a_case_over_a_weekend_takes_no_other() {
    let world = run(&format!(
        r#"{}
{OFFICE}
teams.hub = {{ organisation = "hospital", headcount = 1, calendar = "office" }}
[pathways.through.steps]
work = {{ task = "hub", takes = "5 hours" }}
out = {{ leave = "done" }}"#,
        fridays(15)
    ));
    let ends: Vec<_> = world.finished().map(|way| left(way)).collect();
    let begins: Vec<_> =
        world.finished().map(|way| when(way, |it| matches!(it, What::Begins(_)))).collect();
    for (begin, end) in begins.iter().skip(1).zip(&ends) {
        assert!(begin >= end, "one case at a time");
    }
    assert!(begins.iter().zip(&ends).any(|(begin, end)| end.since(*begin) > days(2)));
}

#[test]
fn who_asks_a_closed_team_waits_until_it_opens() {
    let world = run(&format!(
        r#"{}
{OFFICE}
teams.hub = {{ organisation = "hospital", headcount = 100, calendar = "office" }}
[pathways.through.steps]
work = {{ task = "hub", takes = "3 hours" }}
out = {{ leave = "done" }}"#,
        fridays(18)
    ));
    for way in world.finished() {
        let monday = clock(came(way)).0 + 3;
        assert_eq!(when(way, |what| matches!(what, What::Begins(_))), at(monday, 9, 0));
        assert_eq!(left(way), at(monday, 12, 0));
    }
    // Each worked 3 of 8 hours on Mondays, out of 5 days of 8 hours of 100 posts.
    let expected = world.finished().count() as f64 * 3.0 / (12.0 * 5.0 * 8.0 * 100.0);
    assert!((world.measure("utilisation.hub") - expected).abs() < 1e-9);
}

#[test]
fn a_wait_with_a_calendar_passes_in_opening_hours_only() {
    let world = run(&format!(
        r#"{}
{OFFICE}
[pathways.through.steps]
papers = {{ wait = "10 hours", calendar = "office" }}
out = {{ leave = "done" }}"#,
        fridays(18)
    ));
    for way in world.finished() {
        assert_eq!(left(way), at(clock(came(way)).0 + 4, 11, 0));
    }
}

#[test]
fn nobody_goes_through_the_door_outside_leaving_hours() {
    let world = world("", "door = { until = \"10:00-21:00\" }\nout = { leave = \"done\" }");
    let mut at_once = 0;
    for way in world.finished() {
        let second = clock(came(way)).1;
        let open = (36_000..75_600).contains(&second);
        assert_eq!(left(way), if open { came(way) } else { next(came(way), 10) });
        at_once += usize::from(open);
    }
    assert!(at_once > 10 && at_once < world.finished().count() - 10);
}

#[test]
fn a_part_of_a_post_is_on_duty_on_that_part_of_the_days() {
    let world = run(r#"
arrivals.door = { per_day = 1, pathways = { through = 1.0 } }
teams.hub = { organisation = "hospital", headcount = 1.25, weekday_factors = [1, 1, 1, 1, 1, 0, 2] }
[pathways.through.steps]
work = { task = "hub", takes = "1 hour" }
out = { leave = "done" }"#);
    // 60 weekdays of 1 or 2, and 12 Sundays of 2 or 3.
    let days = world.observed.teams[0].capacity_area as f64 / 86_400.0;
    assert!((days - days.round()).abs() < 1e-9);
    let (mean, variance) = (60.0 * 1.25 + 12.0 * 2.5, 60.0 * 0.1875 + 12.0 * 0.25);
    assert!((days - mean).abs() < 4.0 * f64::sqrt(variance), "{days}");
    assert!(!has(&world.log, |what| matches!(what, What::Harm { .. })));
    let saturday = |entry: &&homeward::model::Entry| clock(entry.time).0 % 7 == 5;
    assert!(!world.log.iter().filter(saturday).any(|entry| matches!(entry.what, What::Begins(_))));
}

#[test]
fn a_case_that_is_in_after_the_cut_off_waits_for_the_next_meeting() {
    let world = world(
        r#"meetings.panel = { organisation = "care", between = "14:00", cut_off = "4 hours" }"#,
        "panel = { meeting = \"panel\" }\nout = { leave = \"done\" }",
    );
    let mut late = 0;
    for way in world.finished() {
        let in_time = clock(came(way)).1 <= 10 * 3_600;
        let expected = if in_time { next(came(way), 14) } else { next(came(way), 10) + hours(4) };
        assert_eq!(left(way), expected);
        late += usize::from(!in_time);
    }
    assert!(late > 20 && late < world.finished().count() - 20);
}

#[test]
fn a_meeting_is_held_on_its_days_only() {
    let world = world(
        r#"meetings.panel = { organisation = "care", between = "14:00", days = ["wednesday"] }"#,
        "panel = { meeting = \"panel\" }\nout = { leave = \"done\" }",
    );
    for way in world.finished() {
        let (day, second) = clock(left(way));
        assert_eq!((day % 7, second), (2, 14 * 3_600));
        assert!(left(way).since(came(way)) <= days(7));
    }
}

#[test]
fn a_meeting_takes_so_many_cases_and_those_who_waited_longest_first() {
    let world = world(
        r#"meetings.panel = { organisation = "care", between = "14:00", cases = 3 }"#,
        "panel = { meeting = \"panel\" }\nout = { leave = \"done\" }",
    );
    let decided: Vec<_> = world.finished().map(|way| left(way)).collect();
    assert!(decided.is_sorted(), "who came first is decided first");
    let mut full = 0;
    for day in 0..84 {
        let sitting = at(day, 14, 0);
        let waiting = world.ways.iter().filter(|way| came(way) <= sitting);
        let waiting = waiting.filter(|way| !decided_before(way, sitting)).count();
        let taken = decided.iter().filter(|time| **time == sitting).count();
        assert_eq!(taken, waiting.min(3));
        full += usize::from(waiting > 3);
    }
    assert!(full > 5, "some wait for another sitting");
}

fn decided_before(way: &[homeward::model::Entry], time: homeward::engine::Time) -> bool {
    way.iter().any(|entry| matches!(entry.what, What::Begins(_)) && entry.time < time)
}

#[test]
fn a_meeting_decides_nobody_on_a_day_with_factor_0_and_puts_everybody_off() {
    let world = world(
        r#"meetings.round = { organisation = "hospital", between = "09:00", weekday_factors = [1, 1, 1, 1, 1, 0, 0] }"#,
        "round = { meeting = \"round\" }\nout = { leave = \"done\" }",
    );
    let round = step(&world.model, "through.round");
    for way in world.finished() {
        let first = next(came(way), 9);
        let weekend = [0, 0, 0, 0, 0, 2, 1][clock(first).0 as usize % 7];
        assert_eq!(left(way), first + days(weekend));
        let put_off = way.iter().filter(|entry| entry.what == What::PutOff(round)).count();
        assert_eq!(put_off, weekend as usize);
    }
}

#[test]
fn a_case_that_is_put_off_used_up_its_turn_and_keeps_its_place() {
    let world = run(r#"
arrivals.door = { per_day = 0.4, pathways = { through = 1.0 } }
meetings.panel = { organisation = "care", between = "14:00", cases = 1, decided = 0.6 }
pathways.through.steps.panel = { meeting = "panel" }
pathways.through.steps.out = { leave = "done" }"#);
    let handled = |what| matches!(what, What::PutOff(_) | What::Begins(_));
    let turns: Vec<_> = world.log.iter().filter(|entry| handled(entry.what)).collect();
    for pair in turns.windows(2) {
        assert!(pair[0].time < pair[1].time, "one turn a sitting");
        let same = pair[0].person == pair[1].person;
        assert_eq!(same, matches!(pair[0].what, What::PutOff(_)), "who is put off is next again");
    }
    let decided: Vec<_> = world.finished().map(|way| left(way)).collect();
    assert!(decided.is_sorted());
    assert!(turns.iter().filter(|entry| matches!(entry.what, What::PutOff(_))).count() > 5);
}

#[test]
fn decisions_fall_within_the_hours_of_the_meeting() {
    let world = world(
        r#"meetings.round = { organisation = "hospital", between = ["08:00-10:00", "15:00-16:00"] }"#,
        "round = { meeting = \"round\" }\nout = { leave = \"done\" }",
    );
    let mut afternoon = 0;
    for way in world.finished() {
        let sitting = next(came(way), 8);
        let second = clock(left(way)).1;
        assert_eq!(clock(left(way)).0, clock(sitting).0);
        assert!((28_800..36_000).contains(&second) || (54_000..57_600).contains(&second));
        afternoon += usize::from(second >= 54_000);
    }
    let share = afternoon as f64 / world.finished().count() as f64;
    assert!((share - 1.0 / 3.0).abs() < 0.13, "{share}");
}

#[test]
fn a_bank_holiday_works_as_a_sunday() {
    // Monday 8 January is day 7.
    let world = run(&format!(
        r#"
bank_holidays = [2024-01-08]
arrivals.door = {{ per_day = 3, weekday = [1, 1, 1, 1, 1, 1, 0], pathways = {{ through = 1.0 }} }}
{OFFICE}
teams.hub = {{ organisation = "hospital", headcount = 100, calendar = "office" }}
teams.half = {{ organisation = "hospital", headcount = 100, weekday_factors = [1, 1, 1, 1, 1, 1, 0] }}
meetings.monday = {{ organisation = "care", between = "14:00", days = ["monday"] }}
meetings.sunday = {{ organisation = "care", between = "14:00", days = ["sunday"] }}
[pathways.through.steps]
any = {{ split = {{ hub = 0.25, half = 0.25, monday = 0.25, sunday = 0.25 }} }}
hub = {{ task = "hub", takes = "1 minute", then = "out" }}
half = {{ task = "half", takes = "1 minute", then = "out" }}
monday = {{ meeting = "monday", then = "out" }}
sunday = {{ meeting = "sunday", then = "out" }}
out = {{ leave = "done" }}"#
    ));
    let begun = |name: &str, day: u32| {
        let at = step(&world.model, name);
        let of_day = world.log.iter().filter(|entry| clock(entry.time).0 == day);
        of_day.filter(|entry| entry.what == What::Begins(at)).count()
    };
    let came_on = |day: u32| world.ways.iter().filter(|way| clock(came(way)).0 == day).count();
    assert_eq!((came_on(6), came_on(7)), (0, 0), "nobody comes on Sundays");
    assert!(came_on(14) > 0);
    let of_day =
        |day| ["hub", "half", "monday", "sunday"].map(|it| begun(&format!("through.{it}"), day));
    let open = |day| of_day(day).map(|count| count > 0);
    assert_eq!(
        open(7),
        open(6).map(|_| false),
        "closed, not staffed, and nobody is left for a meeting of Sundays"
    );
    assert_eq!(open(14)[2..], [true, false], "a Monday as others");
    // Those who waited for Sunday's meeting on the week before had it on day 6 or 7.
    for way in world.finished().filter(|way| {
        way.iter().any(|it| it.what == What::Waits(step(&world.model, "through.monday")))
    }) {
        assert_ne!(clock(left(way)).0, 7, "no meeting of Mondays is held");
    }
}

#[test]
fn a_calendar_may_say_how_bank_holidays_are_open() {
    let world = run(r#"
bank_holidays = [2024-01-05]
arrivals.door = { per_day = 30, weekday = [0, 0, 0, 0, 0, 0, 1], pathways = { through = 1.0 } }
calendars.office = { weekdays = "09:00-17:00", bank_holidays = "11:00-12:00" }
teams.hub = { organisation = "hospital", headcount = 1000, calendar = "office" }
[pathways.through.steps]
hub = { task = "hub", takes = "2 hours" }
out = { leave = "done" }"#);
    // On Friday 5 January, day 4, people come as on a Sunday; an hour is worked, the rest on Monday.
    let early = |way: &&Vec<_>| clock(came(way)).0 == 4 && clock(came(way)).1 < 11 * 3_600;
    assert!(world.finished().filter(early).count() > 3);
    for way in world.finished().filter(early) {
        assert_eq!(left(way), at(7, 10, 0));
    }
}

#[test]
fn a_dated_change_takes_effect_at_its_date_and_not_before() {
    let world = run(r#"
arrivals.door = { per_day = 3, pathways = { through = 1.0 } }
places.ward = { organisation = "hospital", capacity = 0 }
[pathways.through.steps]
bed = { enter = "ward" }
stay = { stay = "1 hour" }
out = { leave = "done" }
[[changes]]
on = 2024-01-15
set.places.ward.capacity = 1000
set.pathways.through.steps.stay.stay = "2 hours"
[[changes]]
on = 2024-01-22
set.arrivals.door.per_day = 0"#);
    for way in world.finished() {
        let moved = when(way, |what| what == What::Moves(0));
        assert_eq!(moved, came(way).max(at(14, 0, 0)));
        assert_eq!(left(way), moved + hours(2));
        assert!(came(way) < at(21, 0, 0));
    }
    assert!(world.ways.iter().filter(|way| came(way) < at(14, 0, 0)).count() > 20);
    assert_eq!(world.ways.len(), world.finished().count());
}

#[test]
fn what_has_begun_before_a_change_goes_on_as_it_began() {
    let world = run(r#"
arrivals.door = { per_day = 10, pathways = { through = 1.0 } }
places.ward = { organisation = "hospital", capacity = 50 }
[pathways.through.steps]
bed = { enter = "ward" }
stay = { stay = "3 days" }
out = { leave = "done" }
[[changes]]
on = 2024-01-15
set.places.ward.capacity = 10
set.pathways.through.steps.stay.stay = "1 hour""#);
    let (mut in_before, mut occupied) = (0, 0);
    for way in world.finished() {
        let moved = when(way, |what| what == What::Moves(0));
        let before = moved < at(14, 0, 0);
        assert_eq!(left(way), moved + if before { days(3) } else { hours(1) });
        in_before += usize::from(before);
        occupied += usize::from(before && left(way) >= at(14, 0, 0));
    }
    assert!(
        in_before > 100 && occupied > 10,
        "more were in than now fit, and nobody is thrown out"
    );
}
