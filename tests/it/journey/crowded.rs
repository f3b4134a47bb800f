//! Places where more than a capacity says who gets in: who goes first, several units a person,
//! capacities that change, further units, outliers, and units kept for a class.
//!
//! Hours are those since Tuesday 2 January 2024 began, a day after the start.

use homeward::model::What;

use super::close;
use super::queues::{Small, arrivals, small};

/// People who stay ten hours each, on pathways with these first steps.
fn ward(place: &str, of: &[(&str, &[u32])], step: &[(&str, &str)]) -> Small {
    let mut text = arrivals(of);
    text += &format!("places.ward = {{ organisation = \"hospital\", {place} }}\n");
    for (pathway, more) in step {
        text += &format!(
            "[pathways.{pathway}.steps]\nbed = {{ enter = \"ward\"{more} }}\ntreatment = {{ stay = \"10 hours\" }}\nout = {{ leave = \"home\" }}\n"
        );
    }
    small(&text)
}

#[test]
fn who_has_the_lower_priority_goes_first_and_nobody_is_interrupted() {
    let world = ward(
        "capacity = 1, queue = \"priority\"",
        &[("urgent", &[2, 3]), ("planned", &[0, 1, 4])],
        &[("urgent", ", priority = 1"), ("planned", "")],
    );
    // At 0 planned, then the urgent of 2 and 3, and then the planned of 1 and 4.
    assert_eq!(world.moved(0), [Some(0), Some(30), Some(10), Some(20), Some(40)]);
}

#[test]
fn a_pathway_has_a_priority_and_a_step_may_have_its_own() {
    let world = small(&format!(
        r#"{}
teams.hub = {{ organisation = "hospital", headcount = 1, queue = "priority" }}
[pathways.first]
priority = 2
[pathways.first.steps]
work = {{ task = "hub", takes = "10 hours" }}
out = {{ leave = "home" }}
[pathways.second]
priority = 2
[pathways.second.steps]
work = {{ task = "hub", takes = "10 hours", priority = 1 }}
out = {{ leave = "home" }}
[pathways.third.steps]
work = {{ task = "hub", takes = "10 hours" }}
out = {{ leave = "home" }}"#,
        arrivals(&[("third", &[0, 1]), ("first", &[2]), ("second", &[3])])
    ));
    let begins = world.hours(|what| matches!(what, What::Begins(_)));
    assert_eq!(begins, [Some(0), Some(30), Some(20), Some(10)]);
}

/// People in two wards, of whom some are ready, who go on to a home that takes one at a time.
fn two_wards(home: &str) -> Small {
    small(&format!(
        r#"{}
places.ward = {{ organisation = "hospital", capacity = "unlimited" }}
places.cottage = {{ organisation = "care", capacity = "unlimited" }}
places.home = {{ organisation = "care", capacity = 1, {home} }}
[pathways.from_street.steps]
place = {{ enter = "home" }}
care = {{ stay = "10 hours" }}
out = {{ leave = "home" }}
[pathways.from_ward.steps]
bed = {{ enter = "ward" }}
treatment = {{ stay = "2 hours" }}
place = {{ enter = "home" }}
care = {{ stay = "10 hours" }}
out = {{ leave = "home" }}
[pathways.from_cottage.steps]
bed = {{ enter = "cottage" }}
treatment = {{ stay = "1 hour" }}
ready = {{ ready = true }}
papers = {{ wait = "2 hours", reason = "hospital_03", owner = "care" }}
place = {{ enter = "home", reason = "capacity_02" }}
care = {{ stay = "10 hours" }}
out = {{ leave = "home" }}"#,
        // In the order in which they ask: street 0 and 1, ward 1+2 = 3, cottage 2+3 = 5, ward 4+2.
        arrivals(&[("from_street", &[0, 1]), ("from_ward", &[1, 4]), ("from_cottage", &[2])])
    ))
}

/// When each got into the home: from the street, the street, the ward, the cottage and the ward.
fn homes(home: &str) -> [u32; 5] {
    let world = two_wards(home);
    let moved = world.moved(2);
    let mut homes = [0; 5];
    // Two come at 1: the order of the streams decides who is told first.
    for (way, hour) in world.ways.iter().zip(&moved) {
        let (pathway, came) = (way[0].pathway, way[0].time.seconds() / 3_600 - 24);
        let name = world.model.names.pathways[usize::from(pathway)].id.as_str();
        let index = match (name, came) {
            ("from_street", 0) => 0,
            ("from_street", _) => 1,
            ("from_ward", 1) => 2,
            ("from_cottage", _) => 3,
            _ => 4,
        };
        homes[index] = hour.expect("everybody comes home");
    }
    homes
}

#[test]
fn each_order_of_a_queue_has_its_own_first() {
    assert_eq!(homes("queue = \"first_come\""), [0, 10, 20, 30, 40]);
    // Of all who wait only the one in the cottage is ready.
    assert_eq!(homes("queue = \"longest_delayed\""), [0, 20, 30, 10, 40]);
    // Who comes from the street blocks nothing.
    assert_eq!(homes("queue = \"longest_blocked\""), [0, 40, 10, 20, 30]);
    // The cottage is the home's own.
    assert_eq!(homes("queue = \"own_first\""), [0, 20, 30, 10, 40]);
    assert_eq!(homes("first_from = [\"ward\", \"cottage\"]"), [0, 40, 10, 30, 20]);
}

#[test]
fn who_needs_two_units_waits_until_two_are_free_and_nobody_overtakes() {
    let world = ward(
        "capacity = 3",
        &[("two", &[0, 1]), ("one", &[2])],
        &[("two", ", units = 2"), ("one", "")],
    );
    // At 1 one unit is free, for which nobody may overtake; at 10 there are three.
    assert_eq!(world.moved(0), [Some(0), Some(10), Some(10)]);
    // Units are in use, people are people.
    assert!(close(world.measure("people_in.ward"), 30.0 / 240.0));
    assert!(close(world.measure("occupancy.ward"), 50.0 / 720.0));
}

#[test]
fn visits_taper_and_what_is_not_needed_any_more_is_for_others_at_once() {
    let world = small(&format!(
        r#"{}
places.visits = {{ organisation = "care", capacity = 4 }}
[pathways.through.steps]
start = {{ enter = "visits", units = 4 }}
four_a_day = {{ stay = "5 hours" }}
less = {{ keep = 2 }}
two_a_day = {{ stay = "5 hours" }}
still_two = {{ keep = 3 }}
more_days = {{ stay = "1 hour" }}
out = {{ leave = "home" }}
[pathways.light.steps]
start = {{ enter = "visits" }}
one_a_day = {{ stay = "5 hours" }}
out = {{ leave = "home" }}"#,
        arrivals(&[("through", &[0, 1]), ("light", &[2, 3])])
    ));
    // From 5 on two are free, but the second waits for four: nobody overtakes. It has them at 11,
    // two of them fall free at 16.
    assert_eq!(world.moved(0), [Some(0), Some(11), Some(16), Some(16)]);
    assert_eq!(world.hours(|what| what == What::Keeps(2)), [Some(5), Some(16), None, None]);
    // (4 x 5 + 2 x 6) for each of two, and 5 for each of the others, of 4 for ten days.
    assert!(close(world.measure("occupancy.visits"), 74.0 / 960.0));
    assert!(close(world.measure("people_in.visits"), 32.0 / 240.0));
}

#[test]
fn capacity_changes_by_the_hour_and_a_cut_throws_nobody_out() {
    let world = ward(
        r#"capacity = 1, capacity_at = [
            { days = ["wednesday"], hours = "06:00-18:00", capacity = 0 },
            { hours = "02:00-12:00", capacity = 2 },
            { from = 2024-01-04, until = 2024-01-05, capacity = 3 } ]"#,
        &[("through", &[0, 1, 3, 13, 14, 15, 16, 17])],
        &[("through", "")],
    );
    // One from 0, and from 2 to 12 two: the second at 2, the third at 10. From 12 on one: the fourth
    // when all of those have gone, at 20. The fifth at 26, when there are two. At 30 the fourth leaves,
    // just before there is none on Wednesday until 18, which is 42. On Thursday at 0 there are three.
    assert_eq!(
        world.moved(0),
        [Some(0), Some(2), Some(10), Some(20), Some(26), Some(30), Some(42), Some(48)]
    );
    // The capacity over the ten days: seven like any other, two Wednesdays, and the Thursday.
    let any_other = 14.0 + 2.0 * 10.0;
    let wednesday = 2.0 + 2.0 * 4.0 + 6.0;
    let thursday = 3.0 * 2.0 + 2.0 * 10.0 + 3.0 * 12.0;
    let capacity = 7.0 * any_other + 2.0 * wednesday + thursday;
    assert!(close(world.measure("occupancy.ward"), 80.0 / capacity));
}

#[test]
fn further_units_open_when_it_is_nearly_full_and_close_when_it_is_not() {
    let world = ward(
        "capacity = 4, escalation = { beds = 2, above = 0.7, below = 0.5 }, queue_limit = 0",
        &[("through", &[0, 1, 2, 3, 4, 5, 11, 12, 15])],
        &[("through", "")],
    );
    // The third makes it 0.75, and two more open; the first six get in, and all others: at 12 only
    // four are left, and at 15 two, so that the two close when one is left.
    assert_eq!(world.moved(0).iter().flatten().count(), 9);
    let hours = 5.0 * 240.0;
    let occupancy = world.measure("occupancy.ward");
    assert!(occupancy > 90.0 / (6.0 * 240.0) && occupancy < 90.0 / (4.0 * 240.0), "{hours}");
    // Open from 2 until fewer than two are in use: at 22 the last but one leaves.
    assert!(close(occupancy, 90.0 / (4.0 * 240.0 + 2.0 * 20.0)));
}

#[test]
fn whoever_would_have_to_wait_opens_further_units() {
    let world = ward(
        "capacity = 1, escalation = { beds = 1, above = 1.0, below = 1.0 }, queue_limit = 0",
        &[("through", &[0, 1, 2])],
        &[("through", "")],
    );
    assert_eq!(world.moved(0), [Some(0), Some(1), None]);
}

/// A medical ward of one bed, with a surgical ward of one bed for its outliers.
fn outliers(back: &str) -> Small {
    small(&format!(
        r#"{}
places.medical = {{ organisation = "hospital", capacity = 1 }}
places.surgical = {{ organisation = "hospital", capacity = 1 }}
[pathways.medical.steps]
bed = {{ enter = "medical", overflow = ["surgical"]{back} }}
treatment = {{ stay = "10 hours" }}
out = {{ leave = "home" }}
[pathways.surgical.steps]
bed = {{ enter = "surgical" }}
treatment = {{ stay = "10 hours" }}
out = {{ leave = "home" }}"#,
        arrivals(&[("medical", &[0, 5, 6]), ("surgical", &[7])])
    ))
}

#[test]
fn who_finds_no_bed_is_an_outlier_and_waits_only_if_there_is_no_room_either() {
    let world = outliers("");
    // The third waits for both, and gets the medical bed at 10; the surgical patient waits until 15.
    assert_eq!(world.moved(0), [Some(0), None, Some(10), None]);
    assert_eq!(world.moved(1), [None, Some(5), None, Some(15)]);
    assert_eq!(world.hours(|what| matches!(what, What::GoesBack(_))), [None; 4]);
}

#[test]
fn outliers_go_back_before_those_who_wait_and_what_they_leave_is_for_others() {
    let world = outliers(", back = \"first\"");
    // At 10 the outlier goes back, and the surgical bed is free for the surgical patient.
    assert_eq!(world.hours(|what| what == What::GoesBack(0)), [None, Some(10), None, None]);
    assert_eq!(world.moved(0), [Some(0), None, Some(15), None]);
    assert_eq!(world.moved(1), [None, Some(5), None, Some(10)]);
    let left = world.hours(|what| matches!(what, What::Leaves(_)));
    assert_eq!(left, [Some(10), Some(15), Some(25), Some(20)], "the treatment goes on");
    assert!(close(world.measure("people_in.medical"), 25.0 / 240.0));
}

#[test]
fn outliers_go_back_after_those_who_wait() {
    let world = outliers(", back = \"last\"");
    assert_eq!(world.hours(|what| what == What::GoesBack(0)), [None; 4]);
    assert_eq!(world.moved(0), [Some(0), None, Some(10), None]);
    assert_eq!(world.moved(1), [None, Some(5), None, Some(15)]);
}

#[test]
fn units_that_are_kept_for_a_class_are_for_it_alone_and_the_others_are_common() {
    let world = ward(
        "capacity = 3, kept = { planned = 1, urgent = 1 }",
        &[("planned", &[0, 1, 2]), ("urgent", &[3]), ("other", &[4])],
        &[("planned", ", class = \"planned\""), ("urgent", ", class = \"urgent\""), ("other", "")],
    );
    // Two planned: their own unit and the common one. The third waits though one is free, which the
    // urgent gets. At 10 a unit is free for the third, and at 11 for the other.
    assert_eq!(world.moved(0), [Some(0), Some(1), Some(10), Some(3), Some(11)]);
}
