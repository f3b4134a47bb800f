//! Same people, different world: a draw depends on who it is for and what it is of, and on nothing
//! else that happens.

use std::collections::{BTreeMap, BTreeSet};

use homeward::engine::{Span, Time};
use homeward::model::{Action, Entry, Model, PersonId, What};
use homeward::scenario::language::Outcome;
use rayon::ThreadPoolBuilder;
use rayon::prelude::*;

use crate::support::{estimate, logged, model, model_of_file, who};

const REFERENCE: &str = "benches/reference.toml";
const BASELINE: &str = "scenarios/baseline.toml";
const SHORT: [&str; 2] = ["run.length=\"200 days\"", "run.warm_up=\"20 days\""];

fn with(file: &str, set: &str) -> Model {
    let sets: Vec<&str> = SHORT.into_iter().chain([set]).filter(|set| !set.is_empty()).collect();
    model_of_file(file, &sets)
}

/// Everybody who came: when, and on which pathway.
fn everybody(log: &[Entry]) -> BTreeMap<PersonId, (Time, u8)> {
    log.iter()
        .filter(|entry| matches!(entry.what, What::Arrives(_)))
        .map(|entry| (entry.person, (entry.time, entry.pathway)))
        .collect()
}

/// Something in a person's course that was drawn and does not depend on the clock.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Drawn {
    /// A step took so long.
    Took(u32, Span),
    /// A step was not followed by the next one.
    Again(u32),
    /// Harm came after so much delay.
    Harmed(Span),
    /// They left.
    Left(Outcome),
    /// They came back on a pathway after so long.
    Back(u8, Span),
}

/// What was drawn for each person, until harm comes to them: when it does depends on their delay.
fn courses(model: &Model, log: &[Entry]) -> BTreeMap<PersonId, Vec<Drawn>> {
    let rules = model.first_rules();
    let mut courses: BTreeMap<PersonId, Vec<Drawn>> = BTreeMap::new();
    let mut since: BTreeMap<PersonId, (Time, Time)> = BTreeMap::new();
    let mut harmed = BTreeSet::new();
    for entry in log {
        let id = who(entry);
        if harmed.contains(&id) {
            continue;
        }
        let course = courses.entry(id).or_default();
        let (begun, ready) = since.entry(id).or_insert((entry.time, entry.time));
        match entry.what {
            What::Begins(_) => *begun = entry.time,
            What::Ready => *ready = entry.time,
            What::Ends(step) => match rules.steps[step as usize].action {
                Action::Stay { calendar: None, .. } => {
                    course.push(Drawn::Took(step, entry.time.since(*begun)));
                }
                Action::Task { team, .. } if rules.teams[usize::from(team)].calendar.is_none() => {
                    course.push(Drawn::Took(step, entry.time.since(*begun)));
                }
                _ => {}
            },
            What::Again(step) => course.push(Drawn::Again(step)),
            What::Leaves(outcome) => {
                course.push(Drawn::Left(outcome));
                *begun = entry.time;
            }
            What::Returns => course.push(Drawn::Back(entry.pathway, entry.time.since(*begun))),
            What::Harm { .. } => {
                course.push(Drawn::Harmed(entry.time.since(*ready)));
                harmed.insert(id);
            }
            _ => {}
        }
    }
    courses
}

/// Asserts that in both worlds the same people come, and that all draws that were made for somebody
/// in both are the same. Returns how many.
fn assert_same_draws(one: &Model, other: &Model) -> usize {
    let (one_log, other_log) = (logged(one, 0).1, logged(other, 0).1);
    assert!(one_log != other_log, "the worlds differ");
    assert!(everybody(&one_log) == everybody(&other_log), "the same people come");
    let (one, other) = (courses(one, &one_log), courses(other, &other_log));
    let mut compared = 0;
    for (person, course) in &one {
        let theirs = &other[person];
        for (mine, theirs) in course.iter().zip(theirs) {
            let harm = |drawn: &Drawn| matches!(drawn, Drawn::Harmed(_));
            if harm(mine) != harm(theirs) {
                // Harm comes to those who wait longer, and only to them.
                break;
            }
            assert_eq!(mine, theirs, "{person:?}: {course:?}");
            compared += 1;
        }
    }
    compared
}

#[test]
fn one_more_bed_changes_no_draw_of_anybody() {
    let long = |set| model_of_file(REFERENCE, &["run.length=\"700 days\"", set]);
    let few = long("places.ward.capacity=385");
    for (one, other) in [
        (&few, &long("places.ward.capacity=386")),
        (&few, &long("places.ward.capacity=400")),
        (&with(BASELINE, ""), &with(BASELINE, "places.ward.capacity=701")),
        (&with(BASELINE, ""), &with(BASELINE, "places.community_beds.capacity=90")),
    ] {
        let compared = assert_same_draws(one, other);
        assert!(compared > 50_000, "{compared} draws");
    }
}

#[test]
fn another_headcount_changes_no_draw_of_anybody() {
    let reference =
        assert_same_draws(&with(REFERENCE, ""), &with(REFERENCE, "teams.hub.headcount=7"));
    let baseline =
        assert_same_draws(&with(BASELINE, ""), &with(BASELINE, "teams.hub.headcount=13"));
    assert!(reference > 25_000 && baseline > 25_000, "{reference} and {baseline} draws");
}

#[test]
fn a_chance_that_falls_takes_rounds_away_and_changes_no_other_draw() {
    let (often, seldom) =
        (with(REFERENCE, ""), with(REFERENCE, "routes.referral.steps.hub.again.chance=0.05"));
    let (often_log, seldom_log) = (logged(&often, 0).1, logged(&seldom, 0).1);
    assert!(everybody(&often_log) == everybody(&seldom_log), "the same people come");
    let (often, seldom) = (courses(&often, &often_log), courses(&seldom, &seldom_log));
    let (mut fewer, mut same) = (0, 0);
    for (person, course) in &often {
        let rounds =
            |course: &[Drawn]| course.iter().filter(|it| matches!(it, Drawn::Again(_))).count();
        let by_step = |course: &[Drawn]| {
            let mut by_step: BTreeMap<u32, Vec<Span>> = BTreeMap::new();
            for drawn in course {
                if let Drawn::Took(step, span) = drawn {
                    by_step.entry(*step).or_default().push(*span);
                }
            }
            by_step
        };
        let finished = |course: &[Drawn]| matches!(course.last(), Some(Drawn::Left(_)));
        let theirs = &seldom[person];
        if !finished(course) || !finished(theirs) {
            continue;
        }
        assert!(rounds(theirs) <= rounds(course), "{person:?}");
        fewer += usize::from(rounds(theirs) < rounds(course));
        let (mine, theirs) = (by_step(course), by_step(theirs));
        assert!(mine.keys().eq(theirs.keys()), "{person:?}");
        for (spans, others) in mine.values().zip(theirs.values()) {
            assert!(spans.iter().zip(others).all(|(one, other)| one == other), "{person:?}");
            same += 1;
        }
    }
    assert!(fewer > 100 && same > 10_000, "{fewer} fewer rounds, {same} the same");
}

#[test]
fn in_the_baseline_a_lever_changes_only_its_own_draw() {
    let (often, seldom) =
        (with(BASELINE, ""), with(BASELINE, "routes.supported.steps.returned.chance.value=0.02"));
    let (often_log, seldom_log) = (logged(&often, 0).1, logged(&seldom, 0).1);
    assert!(everybody(&often_log) == everybody(&seldom_log), "the same people come");
    // Steps that somebody takes once in both worlds take the same time.
    let once = |model: &Model, log: &[Entry]| {
        let mut spans: BTreeMap<(PersonId, u32), Vec<Span>> = BTreeMap::new();
        for (person, course) in courses(model, log) {
            for drawn in course {
                if let Drawn::Took(step, span) = drawn {
                    spans.entry((person, step)).or_default().push(span);
                }
            }
        }
        spans.retain(|_, spans| spans.len() == 1);
        spans
    };
    let (one, other) = (once(&often, &often_log), once(&seldom, &seldom_log));
    let mut same = 0;
    for (key, span) in &one {
        if let Some(theirs) = other.get(key) {
            assert_eq!(span, theirs, "{key:?} is {}", often.names.steps[key.1 as usize].id);
            same += 1;
        }
    }
    let differ = one.keys().filter(|key| !other.contains_key(key)).count();
    assert!(same > 30_000 && differ > 10, "{same} the same, {differ} not");
}

#[test]
fn more_demand_keeps_everybody_who_came_before() {
    for (file, set) in [
        (REFERENCE, "arrivals.people.per_day=67.3469387755102"),
        (BASELINE, "arrivals.emergency.per_day.value=57.86"),
        (BASELINE, "arrivals.planned.per_day.value=17.6"),
    ] {
        let before = everybody(&logged(&with(file, ""), 0).1);
        let after = everybody(&logged(&with(file, set), 0).1);
        for (person, came) in &before {
            assert_eq!(after.get(person), Some(came), "{person:?} with {set}");
        }
        assert!(after.len() > before.len(), "{set}");
    }
}

#[test]
fn a_tenth_more_demand_is_a_tenth_more_people() {
    let factor = |replication| {
        let before = everybody(&logged(&with(REFERENCE, ""), replication).1).len();
        let more = with(REFERENCE, "arrivals.people.per_day=67.3469387755102");
        everybody(&logged(&more, replication).1).len() as f64 / before as f64
    };
    let factors: Vec<f64> = (0..8).map(factor).collect();
    let found = estimate(&factors);
    assert!(found.standard_error < 0.003, "{found:?}");
    assert!((found.mean - 1.1).abs() < 4.0 * found.standard_error, "{found:?}");
}

#[test]
fn a_changed_weekday_renumbers_nobody_on_another_day() {
    let before = with(REFERENCE, "");
    let after =
        with(REFERENCE, "arrivals.people.weekday=[1.10, 1.06, 0.53, 1.02, 1.00, 0.85, 0.80]");
    let (one, other) = (everybody(&logged(&before, 0).1), everybody(&logged(&after, 0).1));
    let wednesday = |person: &PersonId| before.days.weekday(person.day) == 2;
    let rest = |all: &BTreeMap<PersonId, (Time, u8)>| -> Vec<(PersonId, (Time, u8))> {
        all.iter().filter(|it| !wednesday(it.0)).map(|it| (*it.0, *it.1)).collect()
    };
    assert!(rest(&one) == rest(&other), "who comes on another day stays who they are");
    // On Wednesdays there are about half as many, and all of them came before.
    let (many, few) =
        (one.keys().filter(|it| wednesday(it)), other.keys().filter(|it| wednesday(it)));
    let share = few.clone().count() as f64 / many.count() as f64;
    assert!((share - 0.5).abs() < 0.05, "{share}");
    assert!(few.into_iter().all(|person| one.contains_key(person)));
}

#[test]
fn another_stream_or_pathway_changes_nobody_of_the_first() {
    let text = |more: &str, pathways: &str| {
        format!(
            r#"
schema = 1
title = "One stream, and perhaps another"
run = {{ start = 2024-01-01, length = "100 days" }}
organisations.theory = {{}}
teams.server = {{ organisation = "theory", headcount = 3 }}
arrivals.people = {{ per_day = 9, hour = [1, 2, 3], pathways = {{ {pathways} }} }}
{more}
pathways.first.steps.work = {{ task = "server", takes = {{ exponential = "4 hours" }} }}
pathways.first.steps.out = {{ leave = "done" }}
pathways.second.steps.work = {{ task = "server", takes = {{ exponential = "4 hours" }} }}
pathways.second.steps.out = {{ leave = "done" }}
"#
        )
    };
    let alone = model(&text("", "first = 0.7, second = 0.3"));
    let more = "arrivals.others = { per_day = 7, pathways = { second = 1.0 } }";
    let joined = model(&text(more, "first = 0.7, second = 0.3"));
    let (alone_log, joined_log) = (logged(&alone, 0).1, logged(&joined, 0).1);
    let mut of_first = everybody(&joined_log);
    of_first.retain(|person, _| person.stream == 0);
    assert!(everybody(&alone_log) == of_first, "the first stream is what it was");
    let theirs = courses(&joined, &joined_log);
    for (person, course) in courses(&alone, &alone_log) {
        assert!(course.iter().zip(&theirs[&person]).all(|(one, other)| one == other), "{person:?}");
    }
    // Another mix moves people from one pathway to the other, and nobody the other way.
    let mixed = everybody(&logged(&model(&text("", "first = 0.8, second = 0.2")), 0).1);
    for (person, (time, pathway)) in everybody(&alone_log) {
        let (same_time, other) = mixed[&person];
        assert_eq!(time, same_time);
        assert!(other <= pathway, "{person:?} went from {pathway} to {other}");
    }
}

#[test]
fn a_replication_depends_on_its_number_and_the_seed_alone() {
    let model = with(BASELINE, "");
    let told = |model: &Model, replication| format!("{:?}", model.simulate(replication));
    let third = told(&model, 3);
    assert!(told(&model, 3) == third, "twice the same");
    assert!(told(&model, 4) != third, "another replication is another");
    assert!(told(&with(BASELINE, "run.seed=1"), 3) != third, "another seed is another");
    assert!(told(&with(BASELINE, "run.replications=7"), 3) == third, "whatever their number");
    assert!(logged(&model, 3).1 == logged(&model, 3).1, "and so is the log");
}

#[test]
fn one_and_two_threads_give_the_same() {
    let model = with(BASELINE, "");
    let all = |threads: usize| -> Vec<String> {
        let pool = ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        pool.install(|| {
            (0_u32..6)
                .into_par_iter()
                .map(|number| format!("{:?}", model.simulate(number)))
                .collect()
        })
    };
    assert!(all(1) == all(2), "the same with one thread and with two");
}

#[test]
fn the_same_people_make_differences_between_worlds_more_certain() {
    let (few, many) = (
        with(REFERENCE, "places.reablement.capacity=112"),
        with(REFERENCE, "places.reablement.capacity=116"),
    );
    let delay = |model: &Model, replication: u32| {
        let observed = model.simulate(replication);
        observed.ledger.acute.iter().sum::<u64>() as f64 / observed.measured_seconds as f64
    };
    let one: Vec<f64> = (0..24).map(|number| delay(&few, number)).collect();
    let other: Vec<f64> = (0..24).map(|number| delay(&many, number)).collect();
    let paired: Vec<f64> = one.iter().zip(&other).map(|(one, other)| one - other).collect();
    let apart: Vec<f64> =
        one.iter().zip(other.iter().cycle().skip(1)).map(|(one, other)| one - other).collect();
    let (paired, apart) = (estimate(&paired), estimate(&apart));
    assert!(paired.standard_error < 0.5 * apart.standard_error, "{paired:?} and {apart:?}");
}
