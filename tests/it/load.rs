//! Loads, short stays and circles of places, against values worked out by hand.

use homeward::model::load::{Load, Loads, loads};
use homeward::model::{Log, Model, What};

use crate::support::{at, logged, model};

const HEAD: &str = "schema = 1\ntitle = \"x\"\nrun = { start = 2025-01-06, length = \"70 days\", replications = 2 }\n\
    [organisations.o]\n[calendars.office]\nweekdays = \"09:00-17:00\"\n";

fn world(text: &str) -> Model {
    model(&format!("{HEAD}{text}"))
}

fn at_start(text: &str) -> Loads {
    loads(&world(text)).remove(0)
}

#[track_caller]
fn assert_load(load: &Load, people: f64, asked: f64, there: f64) {
    let close = |found: f64, expected: f64| {
        found.total_cmp(&expected).is_eq() || (found - expected).abs() < 1e-9 * expected.max(1.0)
    };
    assert!(
        close(load.people_a_day, people) && close(load.asked, asked) && close(load.there, there),
        "{load:?} for {people}, {asked}, {there}"
    );
}

#[test]
fn the_load_of_a_queue_is_rate_times_mean_over_servers() {
    // M/M/3: 2 a day for 1.2 days each, 2.4 of 3 in use.
    let found = at_start(
        "[places.p]\norganisation = \"o\"\ncapacity = 3\n[arrivals.a]\nper_day = 2\npathways = { w = 1.0 }\n\
         [pathways.w.steps]\nin = { enter = \"p\" }\nstay = { stay = { exponential = \"1.2 days\" } }\nout = { leave = \"done\" }\n",
    );
    assert_load(&found.places[0], 2.0, 2.4, 3.0);
    assert!((found.places[0].ratio() - 0.8).abs() < 1e-12 && !found.places[0].is_too_much());
}

#[test]
fn feedback_multiplies_visits_and_closed_hours_take_away() {
    // 0.3 a day, 1 in 4 starts again: 0.4 visits a day of 6 hours, 0.1 at a time. Two people work 40 of
    // 168 hours.
    let found = at_start(
        "[teams.t]\norganisation = \"o\"\nheadcount = 2\ncalendar = \"office\"\n[arrivals.a]\nper_day = 0.3\npathways = { w = 1.0 }\n\
         [pathways.w.steps]\nwork = { task = \"t\", takes = { uniform = { low = \"4 hours\", high = \"8 hours\" } }, again = { chance = 0.25, from = \"work\" } }\nout = { leave = \"done\" }\n",
    );
    assert_load(&found.teams[0], 0.4, 0.1, 80.0 / 168.0);
}

#[test]
fn chances_branches_and_profiles_thin_the_stream() {
    // 7 a day on weekdays only: 5 a day. Three in ten take `b`, and of the others half need `p`:
    // 5 x 0.7 x 0.5 = 1.75 a day for 2 days.
    let found = at_start(
        "[places.p]\norganisation = \"o\"\ncapacity = \"unlimited\"\n[arrivals.a]\nper_day = 7\nweekday = [1, 1, 1, 1, 1, 0, 0]\npathways = { w = 1.0 }\n\
         [pathways.w.steps]\nways = { split = { b = 0.3, c = 0.7 } }\nb = { leave = \"home\" }\nc = { enter = \"p\", chance = 0.5 }\nstay = { stay = \"2 days\" }\nout = { leave = \"done\" }\n",
    );
    assert_load(&found.places[0], 1.75, 3.5, f64::INFINITY);
    assert!((found.come[4] - 3.5).abs() < 1e-9, "those who pass `c` come to the next step as well");
    assert!(found.places[0].ratio() == 0.0);
}

#[test]
fn a_place_that_is_held_is_asked_for_until_the_move_and_kept_until_then() {
    // The old place for 1 + 2 days, the new one for 2 + 3.
    let found = at_start(
        "[places.p]\norganisation = \"o\"\ncapacity = 4\n[places.q]\norganisation = \"o\"\ncapacity = 4\n[arrivals.a]\nper_day = 1\npathways = { w = 1.0 }\n\
         [pathways.w.steps]\nin = { enter = \"p\" }\nstay = { stay = \"1 day\" }\nhold = { reserve = \"q\" }\nwait = { wait = \"2 days\" }\nmove = { move = true }\nthen = { stay = \"3 days\" }\nout = { leave = \"done\" }\n",
    );
    assert_load(&found.places[0], 1.0, 3.0, 4.0);
    assert_load(&found.places[1], 1.0, 5.0, 4.0);
    assert!(found.places[1].is_too_much());
}

#[test]
fn a_meeting_decides_so_many_cases_and_a_short_stay_is_told() {
    // Weekly, 14 cases of which half are decided: 1 a day.
    let found = at_start(
        "[places.p]\norganisation = \"o\"\ncapacity = 9\n[meetings.m]\norganisation = \"o\"\ndays = [\"monday\"]\nbetween = \"10:00\"\ncases = 14\ndecided = 0.5\n\
         [arrivals.a]\nper_day = 1.5\npathways = { w = 1.0 }\n\
         [pathways.w.steps]\nin = { enter = \"p\" }\nstay = { stay = \"1 day\" }\npanel = { meeting = \"m\" }\nout = { leave = \"done\" }\n",
    );
    assert_load(&found.meetings[0], 1.5, 1.5, 1.0);
    // Half a week to the next panel, and one more week since every other case is put off.
    let short = found.short_stays[0];
    assert!((short.stay_days - 1.0).abs() < 1e-9 && (short.decision_days - 10.5).abs() < 1e-9);
}

#[test]
fn a_dated_change_has_loads_of_its_own() {
    let found = loads(&world(
        "[places.p]\norganisation = \"o\"\ncapacity = 3\n[arrivals.a]\nper_day = 2\npathways = { w = 1.0 }\n\
         [pathways.w.steps]\nin = { enter = \"p\" }\nstay = { stay = \"1 day\" }\nout = { leave = \"done\" }\n\
         [[changes]]\non = 2025-02-01\nset.places.p.capacity = 1\n",
    ));
    assert!(!found[0].places[0].is_too_much());
    assert!((found[1].places[0].ratio() - 2.0).abs() < 1e-9);
}

/// Two places of one unit each; people of one way go from `p` to `q`, those of the other from `q` to `p`.
fn crossing(at_gridlock: &str) -> Model {
    let head = HEAD
        .replace("replications = 2", &format!("replications = 2, at_gridlock = \"{at_gridlock}\""));
    model(&format!(
        "{head}[places.p]\norganisation = \"o\"\ncapacity = 1\n[places.q]\norganisation = \"o\"\ncapacity = 1\n\
         [arrivals.a]\nat = [\"2025-01-06 08:00\"]\npathways = {{ there = 1.0 }}\n\
         [arrivals.b]\nat = [\"2025-01-06 09:00\"]\npathways = {{ back = 1.0 }}\n\
         [pathways.there.steps]\nfirst = {{ enter = \"p\" }}\nstay = {{ stay = \"1 day\" }}\nthen = {{ enter = \"q\" }}\nmore = {{ stay = \"2 days\" }}\nout = {{ leave = \"done\" }}\n\
         [pathways.back.steps]\nfirst = {{ enter = \"q\" }}\nstay = {{ stay = \"1 day\" }}\nthen = {{ enter = \"p\" }}\nmore = {{ stay = \"1 day\" }}\nout = {{ leave = \"done\" }}\n"
    ))
}

/// When people left.
fn leaving(model: &Model) -> Vec<homeward::engine::Time> {
    let (_, entries): (_, Vec<_>) = logged(model, 0);
    let leaves = entries.iter().filter(|entry| matches!(entry.what, What::Leaves(_)));
    leaves.map(|entry| entry.time).collect()
}

#[test]
fn places_that_lead_to_each_other_are_a_circle_and_a_line_is_none() {
    assert_eq!(crossing("go_on").circles, [vec![0, 1]]);
    let line = world(
        "[places.p]\norganisation = \"o\"\ncapacity = 1\n[places.q]\norganisation = \"o\"\ncapacity = 1\n[arrivals.a]\nper_day = 1\npathways = { w = 1.0 }\n\
         [pathways.w.steps]\nin = { enter = \"p\" }\nstay = { stay = \"1 day\" }\nthen = { enter = \"q\" }\nmore = { stay = \"1 day\" }\nout = { leave = \"done\" }\n",
    );
    assert_eq!(line.circles, Vec::<Vec<u8>>::new());
}

#[test]
fn at_a_gridlock_nobody_moves_and_it_is_counted_once() {
    // Tuesday at 8 the first waits for the second's place, at 9 the second for the first's.
    let model = crossing("go_on");
    let (observed, _) = model.simulate_recorded(0, Log::default());
    assert_eq!(observed.gridlocks, [1]);
    assert_eq!(observed.measured_seconds, 70 * 86_400);
    assert_eq!(leaving(&model), []);
}

#[test]
fn a_replication_that_stops_at_a_gridlock_ends_there() {
    let (observed, _) = crossing("stop").simulate_recorded(0, Log::default());
    assert_eq!(observed.gridlocks, [1]);
    assert_eq!(observed.measured_seconds, 33 * 3_600);
}

#[test]
fn at_a_gridlock_the_circle_can_move_round() {
    // Both change places on Tuesday at 9; one stays two more days, the other one.
    let model = crossing("swap");
    assert_eq!(leaving(&model), [at(2, 9, 0), at(3, 9, 0)]);
    let (observed, _) = model.simulate_recorded(0, Log::default());
    assert_eq!(observed.gridlocks, [1]);
}

#[test]
fn a_person_who_takes_two_units_asks_for_both_and_keeps_what_they_keep() {
    // 1 a day: 2 units for 3 days, and then 1 for 2 days; and two members of a team of four for 6 hours.
    let found = at_start(
        "[places.p]\norganisation = \"o\"\ncapacity = 9\n[teams.t]\norganisation = \"o\"\nheadcount = 4\n\
         [arrivals.a]\nper_day = 1\npathways = { w = 1.0 }\n\
         [pathways.w.steps]\nin = { enter = \"p\", units = 2 }\nstay = { stay = \"3 days\" }\nless = { keep = 1 }\nmore = { stay = \"2 days\" }\n\
         out = { leave = \"done\" }\n[arrivals.b]\nper_day = 1\npathways = { v = 1.0 }\n\
         [pathways.v.steps]\nwork = { task = \"t\", takes = \"6 hours\", units = 2 }\nout = { leave = \"done\" }\n",
    );
    assert_load(&found.places[0], 1.0, 8.0, 9.0);
    assert_load(&found.teams[0], 1.0, 0.5, 4.0);
}

#[test]
fn work_that_two_teams_do_together_is_asked_of_both() {
    let found = at_start(
        "[teams.t]\norganisation = \"o\"\nheadcount = 1\n[teams.u]\norganisation = \"o\"\nheadcount = 2\n\
         [arrivals.a]\nper_day = 1\npathways = { w = 1.0 }\n\
         [pathways.w.steps]\nwork = { task = \"t\", with = \"u\", takes = \"6 hours\" }\nown = { task = \"u\", takes = \"12 hours\" }\nout = { leave = \"done\" }\n",
    );
    assert_load(&found.teams[0], 1.0, 0.25, 1.0);
    assert_load(&found.teams[1], 2.0, 0.75, 2.0);
}

#[test]
fn what_is_there_of_a_place_is_its_average_over_the_week_with_the_beds_that_can_be_opened() {
    // 10 on weekdays and 3 at weekends, 8 in every night of 12 hours but those: (5 x 9 + 2 x 3) / 7, and 2.
    let found = at_start(
        "[places.p]\norganisation = \"o\"\ncapacity = 10\nescalation = { beds = 2, above = 0.9, below = 0.8 }\n\
         capacity_at = [{ days = [\"saturday\", \"sunday\"], capacity = 3 }, { hours = \"08:00-20:00\", capacity = 8 }]\n\
         [arrivals.a]\nper_day = 1\npathways = { w = 1.0 }\n\
         [pathways.w.steps]\nin = { enter = \"p\" }\nstay = { stay = \"10 days\" }\nout = { leave = \"done\" }\n",
    );
    assert_load(&found.places[0], 1.0, 10.0, 51.0 / 7.0 + 2.0);
    assert!(found.places[0].is_too_much());
}

#[test]
fn a_team_that_begins_in_slots_does_no_more_than_begins() {
    // Two cases on each of five days, an hour each, though ten people work all day.
    let found = at_start(
        "[teams.t]\norganisation = \"o\"\nheadcount = 10\nslots = [{ at = \"09:00\", cases = 2, days = [\"mon\", \"tue\", \"wed\", \"thu\", \"fri\"] }]\n\
         [arrivals.a]\nper_day = 2\npathways = { w = 1.0 }\n\
         [pathways.w.steps]\nwork = { task = \"t\", takes = \"1 hour\" }\nout = { leave = \"done\" }\n",
    );
    assert_load(&found.teams[0], 2.0, 2.0 / 24.0, 10.0 / 7.0 / 24.0);
    assert!((found.teams[0].ratio() - 1.4).abs() < 1e-9);
}

#[test]
fn a_stay_longer_than_its_decisions_is_not_told() {
    let stay = |days: u32| {
        at_start(&format!(
            "[places.p]\norganisation = \"o\"\ncapacity = 99\n[meetings.m]\norganisation = \"o\"\ndays = [\"monday\"]\nbetween = \"10:00\"\n\
             [arrivals.a]\nper_day = 1\npathways = {{ w = 1.0 }}\n\
             [pathways.w.steps]\nin = {{ enter = \"p\" }}\nstay = {{ stay = \"{days} days\" }}\npanel = {{ meeting = \"m\" }}\nout = {{ leave = \"done\" }}\n"
        ))
    };
    // Half a week to the next panel.
    assert_eq!(stay(3).short_stays.len(), 1);
    assert_eq!(stay(4).short_stays.len(), 0);
}

#[test]
fn a_place_to_which_people_overflow_lies_on_the_circle_as_well() {
    let model = world(
        "[places.p]\norganisation = \"o\"\ncapacity = 1\n[places.q]\norganisation = \"o\"\ncapacity = 1\n[places.r]\norganisation = \"o\"\ncapacity = 1\n\
         [arrivals.a]\nper_day = 1\npathways = { w = 1.0 }\n\
         [pathways.w.steps]\nin = { enter = \"p\" }\nstay = { stay = \"1 day\" }\nthen = { enter = \"q\", overflow = [\"r\"] }\nmore = { stay = \"1 day\" }\n\
         back = { enter = \"p\" }\nend = { stay = \"1 day\" }\nout = { leave = \"done\" }\n",
    );
    assert_eq!(model.circles, [vec![0, 1], vec![2, 0]]);
}

#[test]
fn only_attributes_by_which_something_is_decided_make_kinds_of_people() {
    let values =
        |count: usize| (0..count).map(|it| format!("\"v{it}\"")).collect::<Vec<_>>().join(", ");
    let shares = |count: usize| {
        let each = 1.0 / count as f64;
        (0..count).map(|it| format!("v{it} = {each:?}")).collect::<Vec<_>>().join(", ")
    };
    let text = |names: [&str; 4], size: usize, step: &str| {
        let attributes = names.map(|name| {
            format!(
                "[attributes.{name}]\nvalues = [{}]\nshares = {{ {} }}\n",
                values(size),
                shares(size)
            )
        });
        format!(
            "{HEAD}{}[places.p]\norganisation = \"o\"\ncapacity = 9\n[arrivals.a]\nper_day = 4\npathways = {{ w = 1.0 }}\n\
             [pathways.w.steps]\nin = {{ enter = \"p\", {step} }}\nstay = {{ stay = \"1 day\" }}\nout = {{ leave = \"done\" }}\n",
            attributes.concat()
        )
    };
    // Of 40 values of one attribute, ten take the step; the others decide nothing.
    let ten = format!("when = {{ b = [{}] }}", values(10));
    let found = loads(&model(&text(["a", "b", "c", "d"], 40, &ten))).remove(0);
    assert_load(&found.places[0], 1.0, 1.0, 9.0);
    let all = "when = { a = \"v0\", b = \"v0\", c = \"v0\", d = \"v0\" }";
    let mistakes = homeward::scenario::Scenario::parse("x", &text(["a", "b", "c", "d"], 40, all));
    let told = mistakes.expect_err("there are too many kinds").long(false);
    assert!(told.contains("make 2560000 kinds of people"), "{told}");
}

#[test]
fn the_books_of_a_team_are_asked_for_as_long_as_people_are_on_them() {
    // Half of 2 a day join for 3 days and leave the books before the last day; room for 2 x 1.
    let found = at_start(
        "[teams.t]\norganisation = \"o\"\nheadcount = 2\ncaseload = 1\n[arrivals.a]\nper_day = 2\npathways = { w = 1.0 }\n\
         [pathways.w.steps]\njoin = { join = \"t\", chance = 0.5 }\ncare = { stay = \"3 days\" }\noff = { leave_books = \"t\" }\nrest = { stay = \"1 day\" }\nout = { leave = \"done\" }\n",
    );
    assert_load(&found.books[0], 1.0, 3.0, 2.0);
    assert!(found.books[0].is_too_much());
}
