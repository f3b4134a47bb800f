//! Places that people leave only at certain hours of the day. Hours are those since Tuesday 2 January
//! 2024 began, so that 8 and 32 are eight in the morning.

use homeward::model::What;
use homeward::scenario::language::Outcome;

use super::queues::{Small, arrivals, small};

const WARD: &str = "places.ward = { organisation = \"hospital\", capacity = 1, leaving = \"08:00-20:00\", leaving_reason = \"hospital_04\" }\n";
const HOME: &str = "places.home = { organisation = \"care\", capacity = 1 }\n";
const STAYS: &str = "bed = { enter = \"ward\" }\ntreatment = { stay = \"10 hours\" }\n";

fn left(world: &Small) -> Vec<Option<u32>> {
    world.hours(|what| matches!(what, What::Leaves(_)))
}

#[test]
fn who_would_leave_at_night_waits_in_the_place_until_morning() {
    let world = small(&format!(
        "{}{WARD}[pathways.through.steps]\n{STAYS}out = {{ leave = \"home\" }}",
        arrivals(&[("through", &[0, 1, 12, 23])])
    ));
    // At 20 it is closed already: the second leaves at 32, and only then is the bed free.
    assert_eq!(world.moved(0), [Some(0), Some(10), Some(32), Some(42)]);
    assert_eq!(left(&world), [Some(10), Some(32), Some(42), Some(56)]);
}

#[test]
fn the_place_where_somebody_goes_to_is_held_until_they_may_leave() {
    let world = small(&format!(
        r#"{}{WARD}{HOME}
[pathways.through.steps]
{STAYS}ready = {{ ready = true }}
home = {{ enter = "home", reason = "capacity_05" }}
care = {{ stay = "3 hours" }}
out = {{ leave = "home" }}
[pathways.direct.steps]
home = {{ enter = "home" }}
care = {{ stay = "3 hours" }}
out = {{ leave = "home" }}"#,
        arrivals(&[("through", &[0, 1]), ("direct", &[21])])
    ));
    assert_eq!(world.moved(0), [Some(0), Some(10), None]);
    // The second has the home from 20 and moves at 32; who comes at 21 waits until 35.
    assert_eq!(world.moved(1), [Some(10), Some(32), Some(35)]);
    assert_eq!(left(&world), [Some(13), Some(35), Some(38)]);
    let booked: u32 = world.ways[1]
        .iter()
        .filter_map(|entry| match entry.what {
            What::Booked { cell, span } if span.seconds() > 0 => {
                let cell = &world.model.cells[usize::from(cell)];
                assert_eq!(cell.reason.expect("a reason").code, "hospital_04");
                assert_eq!(
                    cell.owner,
                    Some(0),
                    "the ward lets nobody go, and the hospital owns it"
                );
                Some(span.seconds())
            }
            _ => None,
        })
        .sum();
    assert_eq!(booked, 12 * 3_600, "from 20 until 32");
    // In use from 10 to 13, held from 20, in use again from 32 until 38.
    let tally = &world.observed.places[1];
    assert_eq!(tally.queue.in_use_area, 21 * 3_600);
    assert_eq!(tally.people_area, 9 * 3_600);
}

#[test]
fn a_place_that_is_granted_at_night_is_held_until_morning() {
    let world = small(&format!(
        r#"{}{WARD}{HOME}
[pathways.through.steps]
{STAYS}home = {{ enter = "home" }}
care = {{ stay = "3 hours" }}
out = {{ leave = "home" }}
[pathways.direct.steps]
home = {{ enter = "home" }}
care = {{ stay = "22 hours" }}
out = {{ leave = "home" }}"#,
        arrivals(&[("through", &[0]), ("direct", &[1, 22])])
    ));
    // The home is free at 23, and goes to who waits for it in the ward since 10, and not to who came at 22.
    assert_eq!(world.moved(1), [Some(32), Some(1), Some(35)]);
}

#[test]
fn who_holds_another_place_moves_there_when_the_first_lets_them_go() {
    let world = small(&format!(
        r#"{}{WARD}{HOME}
[pathways.through.steps]
{STAYS}home = {{ reserve = "home" }}
car = {{ wait = "1 hour" }}
go = {{ move = true }}
care = {{ stay = "3 hours" }}
out = {{ leave = "home" }}"#,
        arrivals(&[("through", &[0, 1])])
    ));
    // The home lets people go at any time.
    assert_eq!(world.moved(1), [Some(11), Some(32)]);
    assert_eq!(left(&world), [Some(14), Some(35)]);
    let held = world.hours(|what| what == What::Reserved(1));
    assert_eq!(held, [Some(10), Some(21)], "each has the ward until they move");
}

#[test]
fn who_dies_or_gives_up_does_not_wait_for_the_morning() {
    let world = small(&format!(
        r#"{}{WARD}{HOME}
[pathways.dies.steps]
{STAYS}out = {{ leave = "died" }}
[pathways.waits.steps]
{STAYS}home = {{ enter = "home", patience = "3 hours" }}
out = {{ leave = "home" }}
[pathways.direct.steps]
home = {{ enter = "home" }}
care = {{ stay = "9 days" }}
out = {{ leave = "home" }}"#,
        arrivals(&[("direct", &[0]), ("dies", &[11]), ("waits", &[12])])
    ));
    assert_eq!(left(&world), [None, Some(21), Some(34)]);
    let gave_up = world.hours(|what| what == What::Leaves(Outcome::GaveUp));
    assert_eq!(gave_up, [None, None, Some(34)]);
    let night = small(&format!(
        "{}{WARD}[pathways.dies.steps]\n{STAYS}out = {{ leave = \"died\" }}",
        arrivals(&[("dies", &[11])])
    ));
    assert_eq!(left(&night), [Some(21)]);
}

#[test]
fn harm_while_waiting_for_the_morning_frees_the_place_that_was_held() {
    let world = small(&format!(
        r#"{}{WARD}{HOME}
[pathways.through.steps]
{STAYS}ready = {{ ready = true }}
home = {{ enter = "home", reason = "capacity_05" }}
care = {{ stay = "3 hours" }}
out = {{ leave = "home" }}
ill = {{ stay = "15 hours", reason = "capacity_05", owner = "care" }}
again = {{ enter = "home" }}
better = {{ leave = "home" }}
[pathways.through.while_delayed]
relapse = {{ per_day = 1.0, then = "ill" }}
[pathways.direct.steps]
home = {{ enter = "home" }}
care = {{ stay = "3 hours" }}
out = {{ leave = "home" }}"#,
        arrivals(&[("through", &[12]), ("direct", &[23])])
    ));
    // Ready at 22 and ill in the same moment; well again at 37.
    assert_eq!(world.moved(1), [Some(37), Some(23)]);
    assert_eq!(left(&world), [Some(37), Some(26)]);
}
