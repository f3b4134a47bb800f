//! A family of small random scenarios, all of them sound.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

/// A scenario to be written down. Positions are taken modulo what there is.
#[derive(Clone)]
pub(super) struct World {
    first_day: u8,
    warm_up_hours: u32,
    length_hours: u32,
    seed: u32,
    per_day: u32,
    places: Vec<(Option<u32>, bool, Option<u32>)>,
    teams: Vec<(u32, Option<u8>, bool)>,
    meetings: Vec<(u8, Option<u32>, u32)>,
    pathways: Vec<Pathway>,
    change: Option<(u8, u32, u32)>,
}

#[derive(Debug, Clone)]
struct Pathway {
    steps: Vec<Step>,
    harm: Option<(u32, u8, u8)>,
    readmit: Option<u32>,
}

#[derive(Debug, Clone)]
struct Step {
    what: What,
    /// Of a hundred.
    needed: Option<u32>,
    /// Of a hundred, and how many steps back.
    again: Option<(u32, u8)>,
    /// How long people wait, and whether they go on when they give up, at which step.
    patience: Option<(Time, Option<u8>)>,
    /// Whether people go on who are refused.
    refused_goes_on: bool,
}

#[derive(Debug, Clone)]
enum What {
    Enter(u8),
    Hold(u8, Time, bool),
    Stay(Time),
    Wait(Time, bool),
    Task(u8, Time),
    Meeting(u8),
    Until,
    Ready,
    Split(u8),
    Follow,
}

#[derive(Debug, Clone)]
enum Time {
    Fixed(u32),
    Exponential(u32),
    Lognormal(u32),
}

fn time() -> impl Strategy<Value = Time> {
    prop_oneof![
        (1_u32..40).prop_map(Time::Fixed),
        (1_u32..40).prop_map(Time::Exponential),
        (1_u32..40).prop_map(Time::Lognormal),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    let what = prop_oneof![
        3 => any::<u8>().prop_map(What::Enter),
        2 => (any::<u8>(), time(), any::<bool>()).prop_map(|(p, t, u)| What::Hold(p, t, u)),
        2 => time().prop_map(What::Stay),
        2 => (time(), any::<bool>()).prop_map(|(t, hours)| What::Wait(t, hours)),
        3 => (any::<u8>(), time()).prop_map(|(team, t)| What::Task(team, t)),
        2 => any::<u8>().prop_map(What::Meeting),
        1 => Just(What::Until),
        4 => Just(What::Ready),
        1 => any::<u8>().prop_map(What::Split),
        1 => Just(What::Follow),
    ];
    let again = option::weighted(0.15, (5_u32..60, any::<u8>()));
    let patience = option::weighted(0.15, (time(), option::of(any::<u8>())));
    (what, option::weighted(0.15, 10_u32..90), again, patience, any::<bool>()).prop_map(
        |(what, needed, again, patience, refused_goes_on)| Step {
            what,
            needed,
            again,
            patience,
            refused_goes_on,
        },
    )
}

fn pathway() -> impl Strategy<Value = Pathway> {
    (
        vec(step(), 3..9),
        option::weighted(0.5, (5_u32..60, any::<u8>(), any::<u8>())),
        option::weighted(0.3, 10_u32..60),
    )
        .prop_map(|(steps, harm, readmit)| Pathway { steps, harm, readmit })
}

/// Its capacity, whether it is acute, and the limit of its queue.
fn place() -> impl Strategy<Value = (Option<u32>, bool, Option<u32>)> {
    (option::weighted(0.85, 1_u32..6), any::<bool>(), option::weighted(0.25, 0_u32..4))
}

/// The family.
pub(super) fn worlds() -> impl Strategy<Value = World> {
    let frame =
        (1_u8..8, prop_oneof![Just(0_u32), 1_u32..200], 100_u32..700, any::<u32>(), 2_u32..9);
    let parts = (
        vec(place(), 1..5),
        vec((1_u32..7, option::weighted(0.6, any::<u8>()), any::<bool>()), 1..4),
        vec((any::<u8>(), option::weighted(0.5, 1_u32..4), 20_u32..101), 1..3),
    );
    let change = option::weighted(0.3, (any::<u8>(), 0_u32..8, 1_u32..9));
    (frame, parts, vec(pathway(), 1..4), change).prop_map(|(frame, parts, pathways, change)| {
        World {
            first_day: frame.0,
            warm_up_hours: frame.1,
            length_hours: frame.2,
            seed: frame.3,
            per_day: frame.4,
            places: parts.0,
            teams: parts.1,
            meetings: parts.2,
            pathways,
            change,
        }
    })
}

const CALENDARS: &str = r#"
[calendars.office]
weekdays = "09:00-17:00"
[calendars.shifts]
every_day = ["00:00-02:00", "06:30-12:00", "13:00-24:00"]
[calendars.most]
weekdays = "all day"
saturday = "08:00-20:00"
"#;

const REASONS: [&str; 6] =
    ["hospital_03", "hub_02", "interface_11", "capacity_02", "capacity_05", "capacity_11"];

impl World {
    /// The scenario as it would be written.
    pub(super) fn text(&self) -> String {
        let mut used = BTreeSet::new();
        let mut pathways = String::new();
        for (index, pathway) in self.pathways.iter().enumerate() {
            self.write_pathway(index, pathway, &mut used, &mut pathways);
        }
        let mut text = format!(
            "schema = 1\ntitle = \"One of many\"\nbank_holidays = [2024-04-09]\n\
            run = {{ start = 2024-04-0{}, warm_up = \"{} hours\", length = \"{} hours\", seed = {} }}\n\
            organisations.here = {{}}\norganisations.there = {{}}\n",
            self.first_day, self.warm_up_hours, self.length_hours, self.seed
        );
        let mut add = |line: String| text.push_str(&(line + "\n"));
        for (index, (capacity, acute, limit)) in self.places.iter().enumerate() {
            if used.contains(&format!("place{index}")) {
                let capacity = capacity.map_or("\"unlimited\"".to_owned(), |it| it.to_string());
                let limit = limit.map_or(String::new(), |it| format!(", queue_limit = {it}"));
                add(format!(
                    "places.place{index} = {{ organisation = \"here\", capacity = {capacity}, acute = {acute}{limit} }}"
                ));
            }
        }
        for (index, (half_posts, calendar, weekend)) in self.teams.iter().enumerate() {
            if used.contains(&format!("team{index}")) {
                let calendar = calendar.map_or(String::new(), |it| {
                    let name = ["office", "shifts", "most"][usize::from(it) % 3];
                    format!(", calendar = \"{name}\"")
                });
                let factor = if *weekend { 1.0 } else { 0.5 };
                add(format!(
                    "teams.team{index} = {{ organisation = \"there\", headcount = {}{calendar}, weekday_factors = [1, 1, 1, 1, 1, {factor:?}, {factor:?}] }}",
                    f64::from(*half_posts) / 2.0
                ));
            }
        }
        for (index, (hours, cases, decided)) in self.meetings.iter().enumerate() {
            if used.contains(&format!("meeting{index}")) {
                let cases = cases.map_or(String::new(), |it| format!(", cases = {it}"));
                let hours = ["\"12:00\"", "\"09:00-11:00\"", "[\"08:00-09:00\", \"15:00-16:00\"]"]
                    [usize::from(*hours) % 3];
                add(format!(
                    "meetings.meeting{index} = {{ organisation = \"there\", between = {hours}, cut_off = \"1 hour\", decided = {}{cases} }}",
                    f64::from(*decided) / 100.0
                ));
            }
        }
        if used.contains("route") {
            add("routes.route.steps.first = { task = \"team0\", takes = { exponential = \"3 hours\" }, reason = \"hub_01\" }".to_owned());
            add("routes.route.steps.second = { wait = { exponential = \"2 hours\" }, reason = \"hub_02\", owner = \"there\", again = { chance = 0.3, from = \"first\" } }".to_owned());
        }
        let share = 1.0 / self.pathways.len() as f64;
        let shares: Vec<String> =
            (0..self.pathways.len()).map(|index| format!("p{index} = {share:?}")).collect();
        add(format!(
            "arrivals.door = {{ per_day = {}, pathways = {{ {} }} }}",
            self.per_day,
            shares.join(", ")
        ));
        text.push_str(CALENDARS);
        text.push_str(&pathways);
        if let Some((place, capacity, day)) = self.change {
            let index = usize::from(place) % self.places.len();
            if used.contains(&format!("place{index}")) && u32::from(self.first_day) + 4 > day {
                let _ = write!(
                    text,
                    "\n[[changes]]\non = 2024-04-{:02}\nset.places.place{index}.capacity = {capacity}\n",
                    u32::from(self.first_day) + day % 4
                );
            }
        }
        text
    }

    fn write_pathway(
        &self,
        number: usize,
        pathway: &Pathway,
        used: &mut BTreeSet<String>,
        text: &mut String,
    ) {
        let _ = writeln!(text, "\n[pathways.p{number}.steps]");
        let count = pathway.steps.len();
        for (index, step) in pathway.steps.iter().enumerate() {
            let reason = REASONS[(number + index) % REASONS.len()];
            let queue_reason = REASONS[(number + index + 1) % REASONS.len()];
            let owner = if index % 3 == 0 { "[\"here\", \"there\"]" } else { "\"there\"" };
            let booked = format!("reason = \"{reason}\", owner = {owner}");
            let queued = format!("{booked}, queue_reason = \"{queue_reason}\"");
            let modifiers = step.modifiers(index);
            let patience = step.patience(count);
            let mut name = |kind: &str, index: u8, count: usize| {
                let name = format!("{kind}{}", usize::from(index) % count);
                used.insert(name.clone());
                name
            };
            let line = match &step.what {
                What::Enter(place) => {
                    let refused = if step.refused_goes_on { ", if_refused = \"out\"" } else { "" };
                    format!(
                        "enter = \"{}\", {queued}{modifiers}{patience}{refused}",
                        name("place", *place, self.places.len())
                    )
                }
                What::Hold(place, time, door) => {
                    let place = name("place", *place, self.places.len());
                    let time = time.text();
                    let held = format!("reserve = \"{place}\", {queued}");
                    let _ = writeln!(text, "s{index} = {{ {held} }}");
                    let _ = writeln!(text, "s{index}a = {{ wait = {time}, {booked} }}");
                    if *door {
                        let _ =
                            writeln!(text, "s{index}b = {{ until = \"10:00-20:00\", {booked} }}");
                    }
                    let _ = writeln!(text, "s{index}c = {{ move = true }}");
                    continue;
                }
                What::Stay(time) => format!("stay = {}, {booked}{modifiers}", time.text()),
                What::Wait(time, hours) => {
                    let calendar = if *hours { ", calendar = \"office\"" } else { "" };
                    format!("wait = {}, {booked}{calendar}{modifiers}", time.text())
                }
                What::Task(team, time) => {
                    let team = name("team", *team, self.teams.len());
                    format!(
                        "task = \"{team}\", takes = {}, {queued}{modifiers}{patience}",
                        time.text()
                    )
                }
                What::Meeting(meeting) => {
                    let meeting = name("meeting", *meeting, self.meetings.len());
                    format!("meeting = \"{meeting}\", {booked}{modifiers}{patience}")
                }
                What::Until => format!("until = \"10:00-20:00\", {booked}{modifiers}"),
                What::Ready => format!("ready = true{modifiers}"),
                What::Split(ahead) => {
                    let next = index + 1;
                    let far = (next + 1 + usize::from(*ahead) % 3).min(count);
                    let step = |at: usize| {
                        if at == count { "out".to_owned() } else { format!("s{at}") }
                    };
                    if next == far {
                        format!("ready = true{modifiers}")
                    } else {
                        format!("split = {{ {} = 0.6, {} = 0.4 }}", step(next), step(far))
                    }
                }
                What::Follow => {
                    used.insert("route".to_owned());
                    used.insert("team0".to_owned());
                    "follow = \"route\"".to_owned()
                }
            };
            let _ = writeln!(text, "s{index} = {{ {line} }}");
        }
        let _ =
            writeln!(text, "out = {{ leave = \"{}\" }}", ["home", "died", "care_home"][number % 3]);
        if let Some(chance) = pathway.readmit {
            let chance = f64::from(chance) / 100.0;
            let _ = writeln!(
                text,
                "back = {{ readmit = {{ chance = {chance}, after = {{ exponential = \"30 hours\" }}, arrivals = \"door\" }} }}"
            );
        }
        if let Some((chance, other, step)) = pathway.harm {
            let other = usize::from(other) % self.pathways.len();
            let step = usize::from(step) % self.pathways[other].steps.len();
            let chance = f64::from(chance) / 100.0;
            let _ = writeln!(
                text,
                "[pathways.p{number}.while_delayed]\nfall = {{ per_day = {chance}, then = \"p{other}.s{step}\" }}"
            );
        }
    }
}

impl Step {
    /// Who needs it, and whether it starts again.
    fn modifiers(&self, index: usize) -> String {
        let mut modifiers = String::new();
        if let Some(needed) = self.needed {
            let _ = write!(modifiers, ", chance = {}", f64::from(needed) / 100.0);
        }
        if let Some((chance, back)) = self.again {
            let from = index - usize::from(back) % (index + 1);
            let chance = f64::from(chance) / 100.0;
            let _ = write!(modifiers, ", again = {{ chance = {chance}, from = \"s{from}\" }}");
        }
        modifiers
    }

    /// How long people wait in it, in a pathway of so many steps.
    fn patience(&self, count: usize) -> String {
        let Some((time, target)) = &self.patience else { return String::new() };
        let target = target.map_or(String::new(), |target| {
            format!(", if_impatient = \"s{}\"", usize::from(target) % count)
        });
        format!(", patience = {}{target}", time.text())
    }
}

/// A world that breaks an invariant is shown as the scenario that it is.
impl std::fmt::Debug for World {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text())
    }
}

impl Time {
    fn text(&self) -> String {
        match self {
            Time::Fixed(hours) => format!("\"{hours} hours\""),
            Time::Exponential(hours) => format!("{{ exponential = \"{hours} hours\" }}"),
            Time::Lognormal(hours) => {
                format!("{{ lognormal = {{ mean = \"{hours} hours\", sd = \"{hours} hours\" }} }}")
            }
        }
    }
}
