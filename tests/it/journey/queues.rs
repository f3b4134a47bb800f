//! Queues: who is refused, who gives up, and who goes first. In these worlds people come at moments
//! that are listed, so that everything can be worked out by hand.

use homeward::model::{Entry, Model, Observations, What, measures};
use homeward::scenario::language::Outcome;

use super::close;
use crate::support::{at, by_person, logged, model};

/// A world of few people, which ran once.
pub(super) struct Small {
    pub(super) model: Model,
    pub(super) observed: Observations,
    pub(super) ways: Vec<Vec<Entry>>,
}

/// Runs ten days from Monday 1 January 2024 on.
pub(super) fn small(parts: &str) -> Small {
    small_with("", parts)
}

/// The same, with more to say of the run.
pub(super) fn small_with(run: &str, parts: &str) -> Small {
    let text = format!(
        r#"
schema = 1
title = "Worked by hand"
run = {{ start = 2024-01-01, length = "10 days"{run} }}
organisations.hospital = {{}}
organisations.care = {{}}
{parts}
"#
    );
    let model = model(&text);
    let (observed, log) = logged(&model, 0);
    let ways = by_person(&log);
    Small { model, observed, ways }
}

/// People who come on the second day at these hours, on one pathway each.
pub(super) fn arrivals(of: &[(&str, &[u32])]) -> String {
    let streams = of.iter().map(|(pathway, hours)| {
        let at: Vec<String> =
            hours.iter().map(|hour| format!("\"2024-01-02 {hour:02}:00\"")).collect();
        let at = at.join(", ");
        format!("arrivals.{pathway} = {{ at = [{at}], pathways = {{ {pathway} = 1.0 }} }}\n")
    });
    streams.collect()
}

impl Small {
    /// The value of a measure.
    pub(super) fn measure(&self, name: &str) -> f64 {
        let names = measures::names(&self.model);
        let index = names.iter().position(|known| known.0 == name);
        let index = index.unwrap_or_else(|| panic!("`{name}` is none of {names:?}"));
        measures::values(&self.model, &self.observed)[index]
    }

    /// For each person, in the order in which they came: the day and hour at which something first
    /// happened to them, as hours since the second day began.
    pub(super) fn hours(&self, is: impl Fn(What) -> bool) -> Vec<Option<u32>> {
        let hour = |entry: &Entry| {
            let seconds = entry.time.seconds();
            assert_eq!(seconds % 3_600, 0, "everything happens on the hour: {entry:?}");
            seconds / 3_600 - 24
        };
        let first = |way: &Vec<Entry>| way.iter().find(|entry| is(entry.what)).map(hour);
        self.ways.iter().map(first).collect()
    }

    /// When each moved into a place.
    pub(super) fn moved(&self, place: u8) -> Vec<Option<u32>> {
        self.hours(|what| what == What::Moves(place))
    }
}

const STAY: &str = r#"
[pathways.through.steps]
bed = { enter = "ward" }
treatment = { stay = "10 hours" }
out = { leave = "home" }"#;

#[test]
fn who_comes_when_the_queue_is_full_is_refused() {
    // One bed for ten hours each, and room for one to wait.
    let world = small(&format!(
        "{}\nplaces.ward = {{ organisation = \"hospital\", capacity = 1, queue_limit = 1 }}{STAY}",
        arrivals(&[("through", &[0, 1, 2, 10, 11])])
    ));
    // At 10 the bed is freed before the fourth asks, so that there is room in the queue again.
    assert_eq!(world.moved(0), [Some(0), Some(10), None, Some(20), None]);
    let refused = |what| matches!(what, What::Refused(_));
    assert_eq!(world.hours(refused), [None, None, Some(2), None, Some(11)]);
    assert_eq!(
        world.hours(|what| what == What::Leaves(Outcome::Refused)),
        [None, None, Some(2), None, Some(11)]
    );
    assert!(close(world.measure("lost_share.through"), 0.4));
    assert!(close(world.measure("refused_share.ward"), 0.4));
    // Who was refused was never in hospital, and is no discharge.
    assert_eq!(world.observed.leavers[0].all, 3);
}

#[test]
fn a_place_without_a_queue_refuses_whoever_finds_it_full() {
    let world = small(&format!(
        "{}\nplaces.ward = {{ organisation = \"hospital\", capacity = 2, queue_limit = 0 }}{STAY}",
        arrivals(&[("through", &[0, 5, 9, 10, 12])])
    ));
    assert_eq!(world.moved(0), [Some(0), Some(5), None, Some(10), None]);
    assert!(close(world.measure("queue.ward"), 0.0));
}

#[test]
fn who_is_refused_goes_on_where_the_step_says() {
    let world = small(&format!(
        r#"{}
places.ward = {{ organisation = "hospital", capacity = 1, queue_limit = 0 }}
places.chairs = {{ organisation = "hospital", capacity = "unlimited" }}
[pathways.through.steps]
bed = {{ enter = "ward", if_refused = "sit" }}
treatment = {{ stay = "10 hours", then = "out" }}
sit = {{ enter = "chairs" }}
elsewhere = {{ stay = "3 hours" }}
out = {{ leave = "home" }}"#,
        arrivals(&[("through", &[0, 1])])
    ));
    assert_eq!(world.moved(0), [Some(0), None]);
    assert_eq!(world.moved(1), [None, Some(1)]);
    assert_eq!(world.hours(|what| what == What::Leaves(Outcome::Home)), [Some(10), Some(4)]);
    assert!(close(world.measure("lost_share.through"), 0.0), "nobody left for it");
    assert!(close(world.measure("refused_share.ward"), 0.5));
}

#[test]
fn a_change_that_shortens_a_queue_sends_nobody_away_who_waits() {
    let world = small(
        r#"arrivals.through = { at = ["2024-01-02 00:00", "2024-01-02 01:00", "2024-01-02 02:00", "2024-01-03 01:00"], pathways = { through = 1.0 } }
places.ward = { organisation = "hospital", capacity = 1, queue_limit = 2 }
[pathways.through.steps]
bed = { enter = "ward" }
treatment = { stay = "30 hours" }
out = { leave = "home" }
[[changes]]
on = 2024-01-03
set.places.ward.queue_limit = 0"#,
    );
    assert_eq!(world.moved(0), [Some(0), Some(30), Some(60), None]);
    assert!(close(world.measure("refused_share.ward"), 0.25));
}

#[test]
fn who_loses_patience_gives_up_the_queue_and_nobody_else_does() {
    let world = small(&format!(
        r#"{}
places.ward = {{ organisation = "hospital", capacity = 1 }}
[pathways.through.steps]
bed = {{ enter = "ward", patience = "12 hours" }}
treatment = {{ stay = "10 hours" }}
out = {{ leave = "home" }}"#,
        arrivals(&[("through", &[0, 1, 2, 8])])
    ));
    // The third would wait from 2 to 20 and goes at 14; the fourth is next at 20, just in time.
    assert_eq!(world.moved(0), [Some(0), Some(10), None, Some(20)]);
    let gives_up = |what| matches!(what, What::GivesUp(_));
    assert_eq!(world.hours(gives_up), [None, None, Some(14), None]);
    assert_eq!(
        world.hours(|what| what == What::Leaves(Outcome::GaveUp)),
        [None, None, Some(14), None]
    );
    assert!(close(world.measure("lost_share.through"), 0.25));
    assert!(close(world.measure("gave_up_share.ward"), 0.25));
    // The waits of those who were served: 0, 9 and 12 hours. Those who gave up are waiting, too.
    assert!(close(world.measure("wait_days.ward"), 7.0 / 24.0));
    assert!(close(world.measure("queue.ward"), (9.0 + 12.0 + 12.0) / 240.0));
}

#[test]
fn who_gives_up_goes_on_where_the_step_says_and_keeps_their_place_until_then() {
    let world = small(&format!(
        r#"{}
places.ward = {{ organisation = "hospital", capacity = "unlimited" }}
places.home = {{ organisation = "care", capacity = 1 }}
[pathways.through.steps]
bed = {{ enter = "ward" }}
ready = {{ ready = true }}
place = {{ enter = "home", patience = "2 hours", if_impatient = "family", reason = "capacity_02" }}
care = {{ stay = "10 hours" }}
out = {{ leave = "done" }}
family = {{ wait = "1 hour", reason = "capacity_11", owner = "care" }}
home = {{ leave = "home" }}"#,
        arrivals(&[("through", &[0, 1])])
    ));
    assert_eq!(world.moved(1), [Some(0), None]);
    assert_eq!(world.hours(|what| what == What::Leaves(Outcome::Home)), [None, Some(4)]);
    // Two hours are the wait for a place, and one is the family's.
    let ledger = &world.observed.ledger.acute;
    assert_eq!(ledger.iter().sum::<u64>(), 3 * 3_600);
    assert!(ledger.contains(&(2 * 3_600)) && ledger.contains(&3_600), "{ledger:?}");
}

#[test]
fn people_lose_patience_with_teams_and_meetings_as_well() {
    let world = small(&format!(
        r#"{}
teams.hub = {{ organisation = "hospital", headcount = 1 }}
meetings.panel = {{ organisation = "care", between = "12:00", cases = 1 }}
[pathways.task.steps]
work = {{ task = "hub", takes = "5 hours", patience = "3 hours" }}
out = {{ leave = "home" }}
[pathways.case.steps]
decision = {{ meeting = "panel", patience = "31 hours", if_impatient = "out" }}
out = {{ leave = "home" }}"#,
        arrivals(&[("task", &[0, 1, 2]), ("case", &[3, 6, 9])])
    ));
    let gives_up = |what| matches!(what, What::GivesUp(_));
    // The hub's second and third case would begin at 5 and 10. The panel decides at 12 and at 36,
    // where the third case of 9 is still there at 36 but has no turn: it gives up at 40.
    assert_eq!(world.hours(gives_up), [None, Some(4), None, None, None, Some(40)]);
    assert!(close(world.measure("gave_up_share.hub"), 1.0 / 3.0));
    assert!(close(world.measure("gave_up_share.panel"), 1.0 / 3.0));
    assert!(close(world.measure("lost_share.task"), 1.0 / 3.0));
    assert!(close(world.measure("lost_share.case"), 0.0));
    assert_eq!(at(1, 1, 0), world.ways[1][0].time);
}

#[test]
fn a_dated_change_of_the_order_holds_for_those_who_wait_already() {
    // Who comes first holds what there is until 30; on the third day, 24, the order changes.
    let of = [("long", &[0_u32][..]), ("planned", &[1, 3]), ("urgent", &[2])];
    let ways = |ask: &str| {
        let way = |(name, hours, more): (&str, u32, &str)| {
            format!(
                "[pathways.{name}.steps]\n{}\nout = {{ leave = \"home\" }}\n",
                ask.replace("{hours}", &hours.to_string()).replace("{more}", more)
            )
        };
        [("long", 30, ""), ("planned", 10, ""), ("urgent", 10, ", priority = 1")].map(way).concat()
    };
    let team = small(&format!(
        "{}teams.hub = {{ organisation = \"hospital\", headcount = 1 }}\n{}[[changes]]\non = 2024-01-03\nset.teams.hub.queue = \"priority\"",
        arrivals(&of),
        ways("work = { task = \"hub\", takes = \"{hours} hours\"{more} }")
    ));
    let begun = team.hours(|what| matches!(what, What::Begins(_)));
    assert_eq!(begun, [Some(0), Some(40), Some(30), Some(50)]);
    let place = small(&format!(
        "{}places.ward = {{ organisation = \"hospital\", capacity = 1 }}\n{}[[changes]]\non = 2024-01-03\nset.places.ward.queue = \"priority\"",
        arrivals(&of),
        ways("bed = { enter = \"ward\"{more} }\nstay = { stay = \"{hours} hours\" }")
    ));
    assert_eq!(place.moved(0), [Some(0), Some(40), Some(30), Some(50)]);
}
