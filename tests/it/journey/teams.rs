//! How teams work: what becomes of their work when they close.

use homeward::engine::Time;
use homeward::model::{Entry, What};

use super::{World, came, clock, hours, left, run, when};
use crate::support::at;

const OFFICE: &str = "calendars.office.weekdays = \"09:00-17:00\"";

/// People who come at listed moments, and take one task of so long.
fn listed(moments: &str, parts: &str, takes: &str) -> World {
    super::exact(&format!(
        r#"arrivals.door = {{ at = [{moments}], pathways = {{ through = 1.0 }} }}
{parts}
{OFFICE}
[pathways.through.steps]
work = {{ task = "hub", takes = "{takes}" }}
out = {{ leave = "done" }}"#
    ))
}

/// When the work for somebody began, each time.
fn begins(way: &[Entry]) -> Vec<Time> {
    let began = way.iter().filter(|entry| matches!(entry.what, What::Begins(_)));
    began.map(|entry| entry.time).collect()
}

#[test]
fn a_team_that_finishes_goes_on_past_closing_with_what_has_begun_and_begins_nothing_new() {
    // Monday 1 January 2024: the first case begins at 16:00 and ends at 19:00; the second, which came
    // at 16:30, begins on Tuesday at 9.
    let world = listed(
        "2024-01-01T16:00:00, 2024-01-01T16:30:00",
        r#"teams.hub = { organisation = "hospital", headcount = 1, calendar = "office", at_closing = "finish" }"#,
        "3 hours",
    );
    assert_eq!(left(&world.ways[0]), at(0, 19, 0));
    assert_eq!(begins(&world.ways[1]), [at(1, 9, 0)]);
    assert_eq!(left(&world.ways[1]), at(1, 12, 0));
    // Two hours over time on Monday are on duty besides the 60 days of 8 hours.
    assert!(super::close(world.measure("utilisation.hub"), 6.0 / (60.0 * 8.0 + 2.0)));
    assert!(super::close(world.measure("turnaround_days.hub"), (3.0 + 19.5) / 2.0 / 24.0));
}

#[test]
fn a_case_that_is_finished_after_the_weekend_has_begun_still_holds_its_member_of_staff() {
    // From Friday 16:00 on for 70 hours: until Monday 14:00. The other waits until then.
    let world = listed(
        "2024-01-05T16:00:00, 2024-01-08T09:00:00",
        r#"teams.hub = { organisation = "hospital", headcount = 1, calendar = "office", at_closing = "finish" }"#,
        "70 hours",
    );
    assert_eq!(left(&world.ways[0]), at(7, 14, 0));
    assert_eq!(begins(&world.ways[1]), [at(7, 14, 0)]);
}

#[test]
fn what_is_handed_over_goes_on_first_when_the_team_opens_with_what_is_left() {
    // Two members of staff begin at 15:00 and 16:00 with cases of 3 hours; a third person waits from
    // 15:30 on. At 17:00, 1 and 2 hours are left: the first two go on at 9 on Tuesday, the third
    // begins when the first ends at 10.
    let world = listed(
        "2024-01-01T15:00:00, 2024-01-01T15:30:00, 2024-01-01T16:00:00",
        r#"teams.hub = { organisation = "hospital", headcount = 2, calendar = "office", at_closing = "hand_over" }"#,
        "3 hours",
    );
    assert_eq!(begins(&world.ways[0]), [at(0, 15, 0), at(1, 9, 0)]);
    assert_eq!(begins(&world.ways[1]), [at(0, 15, 30), at(1, 9, 0)]);
    assert_eq!(begins(&world.ways[2]), [at(1, 10, 0)]);
    let ends: Vec<_> = world.ways.iter().map(|way| left(way)).collect();
    assert_eq!(ends, [at(1, 10, 0), at(1, 10, 30), at(1, 13, 0)]);
    // Waits: 16 and 16 hours to go on, and 18 to begin; nobody is worked for at night.
    assert!(super::close(world.measure("wait_days.hub"), (16.0 + 16.0 + 18.0) / 3.0 / 24.0));
    assert!(super::close(world.measure("queue.hub"), 50.0 / (84.0 * 24.0)));
    assert!(super::close(world.measure("utilisation.hub"), 9.0 / (2.0 * 60.0 * 8.0)));
    let turnaround = (19.0 + 19.0 + 21.0) / 3.0 / 24.0;
    assert!(super::close(world.measure("turnaround_days.hub"), turnaround));
}

#[test]
fn a_team_hands_over_to_another_which_does_what_is_left_before_its_own_queue() {
    // The night team is one person from 17:00 to 24:00. At 17:00 it gets 1.5 hours of the first case
    // and 2 of the second, in this order, before the third, who has asked it at 16:59.
    let world = super::exact(&format!(
        r#"arrivals.day = {{ at = [2024-01-01T15:30:00, 2024-01-01T16:00:00], pathways = {{ day = 1.0 }} }}
arrivals.night = {{ at = [2024-01-01T16:59:00], pathways = {{ night = 1.0 }} }}
{OFFICE}
calendars.nights.every_day = "17:00-24:00"
teams.hub = {{ organisation = "hospital", headcount = 2, calendar = "office", at_closing = "hand_over", hand_over_to = "night" }}
teams.night = {{ organisation = "care", headcount = 1, calendar = "nights" }}
pathways.day.steps.work = {{ task = "hub", takes = "3 hours" }}
pathways.day.steps.out = {{ leave = "done" }}
pathways.night.steps.work = {{ task = "night", takes = "1 hour" }}
pathways.night.steps.out = {{ leave = "done" }}"#
    ));
    let ends: Vec<_> = world.ways.iter().map(|way| left(way)).collect();
    assert_eq!(ends, [at(0, 18, 30), at(0, 20, 30), at(0, 21, 30)]);
    assert_eq!(begins(&world.ways[1]), [at(0, 16, 0), at(0, 18, 30)]);
    let to_night =
        |way: &[Entry]| when(way, |what| matches!(what, What::HandedOver { team: 1, .. }));
    assert_eq!(to_night(&world.ways[0]), at(0, 17, 0));
    // The day team worked 1.5 and 1 hours, the night team 1.5, 2 and 1.
    assert!(super::close(world.measure("utilisation.hub"), 2.5 / (60.0 * 8.0 * 2.0)));
    assert!(super::close(world.measure("utilisation.night"), 4.5 / (84.0 * 7.0)));
    let wait_at_night = (0.0 + 1.5 + 3.5 + 1.0 / 60.0) / 3.0 / 24.0;
    assert!(super::close(world.measure("wait_days.night"), wait_at_night));
    assert!(super::close(world.measure("wait_days.hub"), 0.0));
    assert!(super::close(world.measure("turnaround_days.hub"), (3.0 + 4.5) / 2.0 / 24.0));
}

#[test]
fn work_that_ends_as_the_team_closes_is_not_handed_over() {
    let world = super::world(
        &format!(
            "{OFFICE}\nteams.hub = {{ organisation = \"hospital\", headcount = 100, calendar = \"office\", at_closing = \"hand_over\" }}"
        ),
        "first = { task = \"hub\", takes = \"8 hours\" }\nout = { leave = \"done\" }",
    );
    for way in world.finished() {
        // Who comes while it is closed begins at 9 and is done at 17; who comes at t goes on at 9 and
        // is done at t the next working day.
        let began = begins(way);
        let whole = clock(began[0]).1 == 9 * 3_600;
        assert_eq!(began.len(), if whole { 1 } else { 2 });
        let closing = at(clock(began[0]).0, 17, 0);
        let expected = match began.as_slice() {
            [_] => closing,
            [first, again] => *again + (hours(8) - closing.since(*first)),
            _ => unreachable!("it closes once in 8 hours of work"),
        };
        assert_eq!(left(way), expected);
    }
}

#[test]
fn a_dated_change_may_let_a_team_hand_over_what_began_before() {
    // Begun on Friday 5 January at 16:00 while the team pauses: 5 hours on a case of 6 are left, in
    // opening hours. From Monday on it hands over: at 17:00 nothing of it is left to hand over, but
    // the case begun after it at 14:00 is.
    let world = run(&format!(
        r#"arrivals.door = {{ at = [2024-01-05T16:00:00, 2024-01-08T09:00:00], pathways = {{ through = 1.0 }} }}
arrivals.more = {{ per_day = 3, pathways = {{ other = 1.0 }} }}
{OFFICE}
teams.hub = {{ organisation = "hospital", headcount = 1, calendar = "office" }}
teams.night = {{ organisation = "care", headcount = 1 }}
pathways.through.steps.work = {{ task = "hub", takes = "6 hours" }}
pathways.through.steps.out = {{ leave = "done" }}
pathways.other.steps.work = {{ task = "night", takes = "1 minute" }}
pathways.other.steps.out = {{ leave = "done" }}
[[changes]]
on = 2024-01-08
set.teams.hub.at_closing = "hand_over"
set.teams.hub.hand_over_to = "night""#
    ));
    let through = crate::support::step(&world.model, "through.work");
    let ways: Vec<_> =
        world.ways.iter().filter(|way| super::has(way, |it| it == What::Begins(through))).collect();
    assert_eq!(ways.len(), 2);
    assert_eq!((came(ways[0]), left(ways[0])), (at(4, 16, 0), at(7, 14, 0)));
    assert_eq!(begins(ways[1]), [at(7, 14, 0), at(7, 17, 0)]);
    assert_eq!(left(ways[1]), at(7, 20, 0));
}

#[test]
fn a_team_with_slots_begins_with_so_many_cases_at_those_times_and_no_others() {
    // Three at 9 on weekdays: people come at 9 sharp (in time), at 9:01 and at 10 on Friday.
    let mut moments = vec!["2024-01-05T09:00:00"; 4];
    moments.extend(["2024-01-05T09:00:01"; 3]);
    let world = listed(
        &moments.join(", "),
        r#"teams.hub = { organisation = "hospital", headcount = 10, calendar = "office", slots = [{ at = "09:00", cases = 3, days = ["mon", "tue", "wed", "thu", "fri"] }] }"#,
        "1 hour",
    );
    let begun: Vec<_> = world.ways.iter().map(|way| begins(way)[0]).collect();
    let expected = [at(4, 9, 0), at(7, 9, 0), at(8, 9, 0)];
    let expected: Vec<_> =
        [expected[0]; 3].into_iter().chain([expected[1]; 3]).chain([expected[2]; 1]).collect();
    assert_eq!(begun, expected);
    assert!(super::close(world.measure("utilisation.hub"), 7.0 / (10.0 * 60.0 * 8.0)));
}

#[test]
fn of_a_slot_no_more_cases_begin_than_staff_are_free() {
    // Two slots a day for one person, who is still busy at the second one.
    let world = listed(
        "2024-01-01T08:00:00, 2024-01-01T08:30:00, 2024-01-01T08:45:00",
        r#"teams.hub = { organisation = "hospital", headcount = 1, calendar = "office", slots = [{ at = "13:00", cases = 2 , days = ["mon"] }, { at = "09:00", cases = 2, days = ["mon", "tue"] }] }"#,
        "5 hours",
    );
    let begun: Vec<_> = world.ways.iter().map(|way| begins(way)[0]).collect();
    assert_eq!(begun, [at(0, 9, 0), at(1, 9, 0), at(7, 9, 0)]);
}

#[test]
fn joint_work_begins_when_both_teams_have_somebody_free_and_ends_in_both() {
    // The hub is free at 9, the social workers are busy with somebody else until 10: the joint work
    // goes from 10 to 12. Meanwhile the hub serves, at 9:30, who came later and needs it alone for
    // an hour; and somebody who needs the social workers alone waits from 11 to 12.
    let world = super::exact(
        r#"arrivals.alone = { at = [2024-01-01T08:00:00, 2024-01-01T11:00:00], pathways = { social = 1.0 } }
arrivals.joint = { at = [2024-01-01T09:00:00], pathways = { joint = 1.0 } }
arrivals.late = { at = [2024-01-01T08:30:00], pathways = { hub = 1.0 } }
teams.hub = { organisation = "hospital", headcount = 2 }
teams.social = { organisation = "care", headcount = 1 }
pathways.social.steps.work = { task = "social", takes = "2 hours" }
pathways.social.steps.out = { leave = "done" }
pathways.hub.steps.work = { task = "hub", takes = "1 hour" }
pathways.hub.steps.out = { leave = "done" }
pathways.joint.steps.work = { task = "hub", with = "social", takes = "2 hours" }
pathways.joint.steps.out = { leave = "done" }"#,
    );
    let ends: Vec<_> = world.ways.iter().map(|way| left(way)).collect();
    assert_eq!(ends, [at(0, 10, 0), at(0, 9, 30), at(0, 12, 0), at(0, 14, 0)]);
    assert_eq!(begins(&world.ways[2]), [at(0, 10, 0)]);
    let hours = 84.0 * 24.0;
    assert!(super::close(world.measure("utilisation.hub"), 3.0 / (2.0 * hours)));
    assert!(super::close(world.measure("utilisation.social"), 6.0 / hours));
    // The wait counts where it was asked: one hour of one in two, and one hour of one in two.
    assert!(super::close(world.measure("wait_days.hub"), 0.5 / 24.0));
    assert!(super::close(world.measure("wait_days.social"), 0.5 / 24.0));
}

#[test]
fn neither_of_two_teams_is_kept_free_and_who_asked_first_goes_first() {
    // Both teams have one person. The joint work asked at 9:10 waits for the hub until 10. At 9:30
    // somebody asks the social workers, who are free: 9:30 to 10:30. At 10 the hub serves who asked
    // it at 9:40 alone, until 11; at 11 it is the turn of the joint work, before who asked at 10:20.
    let world = super::exact(
        r#"arrivals.hub = { at = [2024-01-01T09:00:00, 2024-01-01T09:40:00], pathways = { hub = 1.0 } }
arrivals.social = { at = [2024-01-01T09:30:00, 2024-01-01T10:20:00], pathways = { social = 1.0 } }
arrivals.joint = { at = [2024-01-01T09:10:00], pathways = { joint = 1.0 } }
teams.hub = { organisation = "hospital", headcount = 1 }
teams.social = { organisation = "care", headcount = 1 }
pathways.hub.steps.work = { task = "hub", takes = "1 hour" }
pathways.hub.steps.out = { leave = "done" }
pathways.social.steps.work = { task = "social", takes = "1 hour" }
pathways.social.steps.out = { leave = "done" }
pathways.joint.steps.work = { task = "hub", with = "social", takes = "1 hour" }
pathways.joint.steps.out = { leave = "done" }"#,
    );
    // In the order of coming: 9:00, 9:10 (joint), 9:30, 9:40, 10:20. At 10:30 the social workers are
    // free and the hub is not: who asked at 10:20 begins, until 11:30, and then the joint work.
    let ends: Vec<_> = world.ways.iter().map(|way| left(way)).collect();
    assert_eq!(ends, [at(0, 10, 0), at(0, 12, 30), at(0, 10, 30), at(0, 11, 0), at(0, 11, 30)]);
}

#[test]
fn joint_work_goes_on_while_both_teams_are_open_unless_one_of_them_finishes() {
    // Two hours on Monday afternoon, one on Tuesday morning, one on Tuesday afternoon.
    for (closing, end) in [("pause", at(1, 15, 0)), ("finish", at(0, 18, 0))] {
        let world = super::exact(&format!(
            r#"arrivals.joint = {{ at = [2024-01-01T13:00:00], pathways = {{ joint = 1.0 }} }}
{OFFICE}
calendars.afternoon.weekdays = ["10:00-11:00", "14:00-16:00"]
teams.hub = {{ organisation = "hospital", headcount = 1, calendar = "office", at_closing = "{closing}" }}
teams.social = {{ organisation = "care", headcount = 1, calendar = "afternoon", at_closing = "{closing}" }}
pathways.joint.steps.work = {{ task = "hub", with = "social", takes = "4 hours" }}
pathways.joint.steps.out = {{ leave = "done" }}"#
        ));
        assert_eq!(begins(&world.ways[0]), [at(0, 14, 0)], "{closing}");
        assert_eq!(left(&world.ways[0]), end, "{closing}");
    }
}

/// People of two priorities, at listed moments, who all take one task of so long.
fn two_classes(low: &str, high: &str, team: &str, takes: &str) -> World {
    super::exact(&format!(
        r#"arrivals.low = {{ at = [{low}], pathways = {{ low = 1.0 }} }}
arrivals.high = {{ at = [{high}], pathways = {{ high = 1.0 }} }}
{OFFICE}
teams.hub = {{ organisation = "hospital", queue = "priority", preempt = true, {team} }}
[pathways.low.steps]
work = {{ task = "hub", takes = "{takes}" }}
out = {{ leave = "done" }}
[pathways.high]
priority = 1
[pathways.high.steps]
work = {{ task = "hub", takes = "1 hour" }}
out = {{ leave = "done" }}"#
    ))
}

#[test]
fn who_goes_first_interrupts_and_the_rest_is_done_later() {
    // The low case of 2 hours begins at 9; another waits from 9:30. At 10 and 10:30 two go first:
    // until 12. Then the first has an hour left, and after it the other begins.
    let world = two_classes(
        "2024-01-01T09:00:00, 2024-01-01T09:30:00",
        "2024-01-01T10:00:00, 2024-01-01T10:30:00",
        "headcount = 1",
        "2 hours",
    );
    let ends: Vec<_> = world.ways.iter().map(|way| left(way)).collect();
    assert_eq!(ends, [at(0, 13, 0), at(0, 15, 0), at(0, 11, 0), at(0, 12, 0)]);
    assert_eq!(begins(&world.ways[0]), [at(0, 9, 0), at(0, 12, 0)]);
    assert_eq!(when(&world.ways[0], |it| matches!(it, What::Interrupted(_))), at(0, 10, 0));
    // Waits: 2 hours in between, 3.5, none, and 0.5.
    assert!(super::close(world.measure("wait_days.hub"), 6.0 / 4.0 / 24.0));
    assert!(super::close(world.measure("turnaround_days.hub"), 12.0 / 4.0 / 24.0));
    assert!(super::close(world.measure("utilisation.hub"), 6.0 / (84.0 * 24.0)));
}

#[test]
fn of_several_served_the_one_that_began_last_is_interrupted_and_equals_are_not() {
    // Two members of staff: 9:00 and 9:30 begin. The first who goes first, at 10:00, takes the place
    // of the second; the next at 10:15 that of the first; the third at 10:20 waits, for all served are
    // its equals.
    let world = two_classes(
        "2024-01-01T09:00:00, 2024-01-01T09:30:00",
        "2024-01-01T10:00:00, 2024-01-01T10:15:00, 2024-01-01T10:20:00",
        "headcount = 2",
        "2 hours",
    );
    let interrupted =
        |person: usize| when(&world.ways[person], |it| matches!(it, What::Interrupted(_)));
    assert_eq!((interrupted(0), interrupted(1)), (at(0, 10, 15), at(0, 10, 0)));
    // At 11:00 the third begins, until 12:00; at 11:15 the first goes on with 45 minutes, until 12:00;
    // at 12:00 the second has 1.5 hours left.
    let ends: Vec<_> = world.ways.iter().map(|way| left(way)).collect();
    assert_eq!(ends[..2], [at(0, 12, 0), at(0, 13, 30)]);
    assert_eq!(ends[2..], [at(0, 11, 0), at(0, 11, 15), at(0, 12, 0)]);
}

#[test]
fn who_comes_while_a_team_is_closed_interrupts_when_it_opens() {
    // 2 hours of 3 are left when the team closes at 17 and pauses.
    let world = two_classes(
        "2024-01-01T16:00:00",
        "2024-01-01T18:00:00",
        "headcount = 1, calendar = \"office\"",
        "3 hours",
    );
    assert_eq!(when(&world.ways[0], |it| matches!(it, What::Interrupted(_))), at(1, 9, 0));
    let ends: Vec<_> = world.ways.iter().map(|way| left(way)).collect();
    assert_eq!(ends, [at(1, 12, 0), at(1, 10, 0)]);
}

#[test]
fn a_task_of_two_members_at_once_begins_when_both_are_free_and_nobody_overtakes_it() {
    // Two members of staff: the first works on one case from 9 to 11. The task of two waits until
    // then, and so does who comes after it although one is free.
    let world = super::exact(
        r#"arrivals.one = { at = [2024-01-01T09:00:00, 2024-01-01T10:00:00], pathways = { one = 1.0 } }
arrivals.two = { at = [2024-01-01T09:30:00], pathways = { two = 1.0 } }
teams.hub = { organisation = "hospital", headcount = 2 }
pathways.one.steps.work = { task = "hub", takes = "2 hours" }
pathways.one.steps.out = { leave = "done" }
pathways.two.steps.work = { task = "hub", takes = "1 hour", units = 2 }
pathways.two.steps.out = { leave = "done" }"#,
    );
    let ends: Vec<_> = world.ways.iter().map(|way| left(way)).collect();
    assert_eq!(ends, [at(0, 11, 0), at(0, 12, 0), at(0, 14, 0)]);
    assert!(super::close(world.measure("utilisation.hub"), 6.0 / (2.0 * 84.0 * 24.0)));
}

#[test]
fn a_team_takes_on_as_many_people_as_its_caseload_has_room_for_and_leaving_makes_room() {
    // Two members of staff on the payroll, of four posts, with 1.5 people each: three on the books.
    // They come at 9, 10, 11, 12 and 13; each is on the books for 4 hours, until leaving or just before.
    let moments: Vec<String> = (9..14).map(|hour| format!("2024-01-01T{hour:02}:00:00")).collect();
    let world = super::exact(&format!(
        r#"arrivals.door = {{ at = [{}], pathways = {{ through = 1.0 }} }}
teams.hub = {{ organisation = "hospital", headcount = 4, vacancy = 0.5, caseload = 1.5 }}
[pathways.through.steps]
again = {{ join = "hub" }}
work = {{ task = "hub", takes = "1 minute" }}
join = {{ join = "hub" }}
stay = {{ stay = "239 minutes" }}
off = {{ leave_books = "hub", chance = 0.5 }}
out = {{ leave = "done" }}"#,
        moments.join(", ")
    ));
    let joined: Vec<_> =
        world.ways.iter().map(|way| when(way, |what| matches!(what, What::Joins(0)))).collect();
    // The fourth and the fifth wait until 13:00 and 14:00, when the first and the second leave.
    assert_eq!(joined, [9, 10, 11, 13, 14].map(|hour| at(0, hour, 0)));
    assert!(world.ways.iter().zip(&joined).all(|(way, on)| left(way) == *on + hours(4)));
    assert!(super::close(world.measure("on_books.hub"), 5.0 * 4.0 / (84.0 * 24.0)));
    assert!(super::close(world.measure("books_queue.hub"), 2.0 / (84.0 * 24.0)));
    assert!(super::close(world.measure("books_wait_days.hub"), 2.0 / 5.0 / 24.0));
}

#[test]
fn who_gives_up_waiting_for_the_books_of_a_team_goes_on() {
    let world = super::queues::small(&format!(
        r#"{}
teams.hub = {{ organisation = "hospital", headcount = 1, caseload = 1 }}
[pathways.through.steps]
join = {{ join = "hub", patience = "3 hours", if_impatient = "out" }}
care = {{ stay = "10 hours" }}
out = {{ leave = "home" }}"#,
        super::queues::arrivals(&[("through", &[0, 1, 8])])
    ));
    let left = world.hours(|what| matches!(what, What::Leaves(_)));
    assert_eq!(left, [Some(10), Some(4), Some(20)]);
    // Of three who asked, one gave up.
    assert!(super::close(world.measure("gave_up_share.hub"), 1.0 / 3.0));
}
