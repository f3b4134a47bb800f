//! Random scenarios over the whole language, all of them sound.
//!
//! A scenario is written by a list of choices: each takes the next number, and 0, the simplest, when
//! there are no more. So that shortening the list and lessening its numbers makes a scenario simpler.

use std::cell::Cell;
use std::fmt::Write as _;

use proptest::collection::vec;
use proptest::prelude::*;

/// A scenario to be written down.
#[derive(Clone)]
pub(super) struct World(Vec<u16>);

/// The family.
pub(super) fn worlds() -> impl Strategy<Value = World> {
    vec(any::<u16>(), 0..400).prop_map(World)
}

/// A world that breaks an invariant is shown as the scenario that it is.
impl std::fmt::Debug for World {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text())
    }
}

impl World {
    /// The scenario as it would be written.
    pub(super) fn text(&self) -> String {
        Writer::new(&self.0).write()
    }
}

const CALENDARS: &str = r#"[calendars.office]
weekdays = "09:00-17:00"
[calendars.shifts]
every_day = ["00:00-02:00", "06:30-12:00", "13:00-24:00"]
[calendars.most]
weekdays = "all day"
saturday = "08:00-20:00"
[attributes.council]
values = ["north", "south"]
shares = { north = 0.6, south = 0.4 }
[attributes.age]
values = ["young", "old", "older"]
shares = { young = 0.2, old = 0.5, older = 0.3 }
"#;

const QUEUES: [&str; 5] =
    ["first_come", "priority", "longest_delayed", "longest_blocked", "own_first"];

/// Whether somebody on this pathway takes two units wherever they are, so that a log says how many are
/// in use.
pub(super) fn units(pathway: u8) -> u32 {
    1 + u32::from(pathway) % 2
}

#[derive(Clone, Copy, Default)]
struct Team {
    caseload: bool,
    /// Whether it may work together with others.
    joint: bool,
    preempts: bool,
}

struct Writer<'a> {
    choices: &'a [u16],
    next: Cell<usize>,
    first_day: usize,
    places: usize,
    kept: Vec<bool>,
    acute: Vec<bool>,
    limited: Vec<bool>,
    teams: Vec<Team>,
    pathways: usize,
}

impl<'a> Writer<'a> {
    fn new(choices: &'a [u16]) -> Writer<'a> {
        Writer {
            choices,
            next: Cell::new(0),
            first_day: 1,
            places: 0,
            kept: Vec::new(),
            acute: Vec::new(),
            limited: Vec::new(),
            teams: Vec::new(),
            pathways: 0,
        }
    }

    /// One of so many; 0 is the simplest.
    fn pick(&self, of: usize) -> usize {
        let next = self.next.get();
        self.next.set(next + 1);
        usize::from(self.choices.get(next).copied().unwrap_or(0)) % of
    }

    /// Whether something of so many percent is so.
    fn may(&self, percent: usize) -> bool {
        self.pick(100) >= 100 - percent
    }

    fn time(&self) -> String {
        let hours = 1 + self.pick(40);
        match self.pick(8) {
            0 => format!("\"{hours} hours\""),
            1 | 2 => format!("{{ exponential = \"{hours} hours\" }}"),
            3 => {
                format!("{{ lognormal = {{ mean = \"{hours} hours\", sd = \"{hours} hours\" }} }}")
            }
            4 => format!("{{ empirical = {{ values = [\"{hours} hours\", \"1 hour\"] }} }}"),
            5 => format!(
                "{{ mixture = [{{ share = 0.5, of = \"{hours} hours\" }}, {{ share = 0.5, of = {{ exponential = \"2 hours\" }} }}] }}"
            ),
            6 => format!(
                "{{ histogram = {{ edges = [\"1 hour\", \"4 hours\", \"{} hours\"], shares = [0.5, 0.5] }} }}",
                hours + 4
            ),
            _ => format!(
                "{{ truncated = {{ of = {{ exponential = \"{hours} hours\" }}, high = \"{} hours\" }} }}",
                2 * hours
            ),
        }
    }

    fn write(mut self) -> String {
        self.first_day = 1 + self.pick(7);
        let warm_up = if self.may(40) { 1 + self.pick(90) } else { 0 };
        let mut text = format!(
            "schema = 1\ntitle = \"One of all\"\nbank_holidays = [2024-04-{:02}]\nrun.start = 2024-04-0{}\n\
             run.warm_up = \"{warm_up} hours\"\nrun.length = \"{} hours\"\nrun.seed = {}\nrun.at_gridlock = \"{}\"\n",
            self.first_day + 2,
            self.first_day,
            60 + self.pick(400),
            self.pick(1_000),
            ["go_on", "swap", "stop"][self.pick(3)]
        );
        if self.may(25) {
            let stop = ["leavers = 9", "arrivals = 12", "empty = true"][self.pick(3)];
            let _ = writeln!(text, "run.stop = {{ {stop} }}");
        }
        text.push_str("organisations.here = {}\norganisations.there = {}\n");
        text.push_str(CALENDARS);
        self.places = 1 + self.pick(4);
        self.pathways = 1 + self.pick(3);
        self.write_places(&mut text);
        self.write_teams(&mut text);
        let _ = writeln!(
            text,
            "[meetings.panel]\norganisation = \"there\"\nbetween = {}\ncut_off = \"1 hour\"\ndecided = {}{}",
            ["\"12:00\"", "\"09:00-11:00\"", "[\"08:00-09:00\", \"15:00-16:00\"]"][self.pick(3)],
            [1.0, 0.5][self.pick(2)],
            if self.may(40) { "\ncases = 2" } else { "" }
        );
        self.write_arrivals(&mut text);
        let mut starts = Vec::new();
        for pathway in 0..self.pathways {
            starts.push(self.write_pathway(pathway, &mut text));
        }
        self.write_rest(&mut text);
        if self.may(40) {
            let pathway = self.pick(self.pathways);
            if let Some(step) = &starts[pathway] {
                let _ = writeln!(text, "[[initial]]\nat = \"w{pathway}.{step}\"");
                text.push_str(
                    [
                        "people = 1\n",
                        "people = 1\nstayed = { exponential = \"9 hours\" }\n",
                        "persons = [{ stayed = \"1 hour\" }]\n",
                    ][self.pick(3)],
                );
            }
        }
        self.write_changes(&mut text);
        text
    }

    fn write_changes(&self, text: &mut String) {
        for day in 1..=self.pick(3) {
            let (place, team) = (self.pick(self.places), self.pick(self.teams.len()));
            let set = match self.pick(7) {
                0 => format!("places.p{place}.capacity = {}", 2 + self.pick(5)),
                1 => format!("teams.t{team}.headcount = {}", 2 + self.pick(4)),
                2 => format!("places.p{place}.queue = \"{}\"", QUEUES[self.pick(5)]),
                3 if !self.teams[team].preempts => {
                    format!("teams.t{team}.queue = \"{}\"", QUEUES[self.pick(5)])
                }
                4 => format!("places.p{place}.queue_limit = {}", self.pick(3)),
                5 => format!(
                    "places.p{place}.leaving = \"09:00-16:00\"\nset.places.p{place}.leaving_reason = \"hospital_05\""
                ),
                _ => "meetings.panel.decided = 0.7".to_owned(),
            };
            let on = self.first_day + day;
            let _ = writeln!(text, "[[changes]]\non = 2024-04-{on:02}\nset.{set}");
        }
    }

    fn write_places(&mut self, text: &mut String) {
        for place in 0..self.places {
            let owner = ["here", "there"][place % 2];
            let (acute, kept) = (self.may(40), self.may(20));
            let limited = kept || !self.may(15);
            let _ =
                writeln!(text, "[places.p{place}]\norganisation = \"{owner}\"\nacute = {acute}");
            match limited {
                true => {
                    let _ = writeln!(text, "capacity = {}", 2 + self.pick(5));
                }
                false => text.push_str("capacity = \"unlimited\"\n"),
            }
            if kept {
                text.push_str("kept = { planned = 1, urgent = 1 }\n");
            }
            if self.may(30) {
                let _ = writeln!(text, "queue = \"{}\"", QUEUES[self.pick(5)]);
            }
            if self.may(20) {
                let _ = writeln!(
                    text,
                    "capacity_at = [{{ hours = \"20:00-0{}:00\", capacity = {} }}, {{ days = [\"sunday\"], capacity = {} }}]",
                    self.pick(9),
                    2 + self.pick(4),
                    2 + self.pick(4)
                );
            }
            if limited && self.may(20) {
                text.push_str("escalation = { beds = 2, above = 0.9, below = 0.6 }\n");
            }
            if self.may(20) {
                let _ = writeln!(text, "queue_limit = {}", self.pick(4));
            }
            if self.may(15) {
                let _ = writeln!(text, "first_from = [\"p{}\"]", self.pick(self.places));
            }
            if self.may(20) {
                let hours = ["\"08:00-20:00\"", "\"14:00\"", "[\"06:00-09:00\", \"17:00-23:00\"]"]
                    [self.pick(3)];
                let _ = writeln!(text, "leaving = {hours}\nleaving_reason = \"hospital_04\"");
            }
            self.kept.push(kept);
            self.acute.push(acute);
            self.limited.push(limited);
        }
    }

    fn write_teams(&mut self, text: &mut String) {
        let count = 1 + self.pick(3);
        for team in 0..count {
            let mut is = Team { caseload: self.may(40), ..Team::default() };
            let _ = writeln!(
                text,
                "[teams.t{team}]\norganisation = \"there\"\nheadcount = {}",
                [2.0, 1.0, 1.5, 3.0, 2.5][self.pick(5)]
            );
            if is.caseload {
                text.push_str("caseload = 2\n");
            }
            let calendar = ["", "office", "shifts", "most"][self.pick(4)];
            if !calendar.is_empty() {
                let _ = writeln!(text, "calendar = \"{calendar}\"");
            }
            if self.may(20) {
                text.push_str("weekday_factors = [1, 1, 1, 1, 1, 0.5, 0.5]\n");
            }
            match self.pick(6) {
                0 => is.joint = true,
                1 => {
                    is.preempts = true;
                    text.push_str("queue = \"priority\"\npreempt = true\n");
                }
                2 => {
                    let days = "[\"monday\", \"tuesday\", \"wednesday\", \"thursday\", \"friday\"]";
                    let _ = writeln!(
                        text,
                        "slots = [{{ at = \"09:30\", cases = 2, days = {days} }}, {{ at = \"13:00\", cases = 1, days = {days} }}]"
                    );
                }
                3 => {
                    let _ = writeln!(text, "queue = \"{}\"", QUEUES[self.pick(5)]);
                    is.joint = true;
                }
                _ => is.joint = true,
            }
            if !calendar.is_empty() {
                match self.pick(4) {
                    0 | 1 => {}
                    2 => text.push_str("at_closing = \"finish\"\n"),
                    _ => {
                        text.push_str("at_closing = \"hand_over\"\n");
                        is.joint = false;
                        if count > 1 && self.may(60) {
                            let _ = writeln!(text, "hand_over_to = \"t{}\"", (team + 1) % count);
                        }
                    }
                }
            }
            self.teams.push(is);
        }
    }

    fn write_arrivals(&self, text: &mut String) {
        for stream in 0..=self.pick(2) {
            let _ = writeln!(text, "[arrivals.a{stream}]");
            let come = match self.pick(6) {
                0 | 1 => format!("per_day = {}", 2 + self.pick(14)),
                2 => "every = \"5 hours\"".to_owned(),
                3 => "gaps = { erlang = { stages = 2, mean = \"6 hours\" } }".to_owned(),
                4 => format!(
                    "at = [\"2024-04-0{0} 08:00\", \"2024-04-0{0} 08:00\", \"2024-04-0{1} 10:30\"]",
                    self.first_day,
                    self.first_day + 1
                ),
                _ => "on = { at = [\"09:00\", \"18:00\"], days = [\"monday\", \"saturday\"] }"
                    .to_owned(),
            };
            text.push_str(&come);
            text.push('\n');
            match self.pick(5) {
                3 => text.push_str("batch = 2\n"),
                4 => text.push_str("batch = { 1 = 0.5, 3 = 0.5 }\n"),
                _ => {}
            }
            if self.may(30) {
                text.push_str("attributes = { council = { north = 1.0 } }\n");
            }
            let share = 1.0 / self.pathways as f64;
            let all: Vec<String> =
                (0..self.pathways).map(|it| format!("w{it} = {share:?}")).collect();
            let all = all.join(", ");
            let _ = match self.may(40) {
                true => writeln!(
                    text,
                    "pathways = {{ by = \"council\", north = {{ {all} }}, south = {{ w0 = 1.0 }} }}"
                ),
                false => writeln!(text, "pathways = {{ {all} }}"),
            };
        }
    }

    /// Writes a pathway; returns a step in which people can be at the start.
    fn write_pathway(&self, pathway: usize, text: &mut String) -> Option<String> {
        let _ = writeln!(text, "[pathways.w{pathway}]");
        if self.may(40) {
            let _ = writeln!(text, "priority = {}", 1 + self.pick(3));
        }
        let _ = writeln!(text, "[pathways.w{pathway}.steps]");
        let count = 2 + self.pick(7);
        let (mut start, mut reserves) = (None, false);
        for step in 0..count {
            let line = self.step(pathway, step, count, text);
            reserves |= line.starts_with("move");
            if line.starts_with("stay") && !reserves {
                start = Some(format!("s{step}"));
            }
            // Whoever moves holds a place: nobody jumps there.
            let name = if line.starts_with("move") { "go" } else { "" };
            let _ = writeln!(text, "s{step}{name} = {{ {line} }}");
        }
        let _ = writeln!(
            text,
            "out = {{ leave = \"{}\" }}",
            ["home", "died", "care_home"][self.pick(3)]
        );
        if self.may(25) {
            text.push_str(
                "back = { readmit = { chance = 0.4, after = { exponential = \"30 hours\" }, arrivals = \"a0\" } }\n",
            );
        }
        if self.may(35) {
            let _ = writeln!(
                text,
                "[pathways.w{pathway}.while_delayed]\nfall = {{ per_day = 0.{}, then = \"w{}.s{}\" }}",
                1 + self.pick(8),
                self.pick(pathway + 1),
                self.pick(2)
            );
        }
        start
    }

    /// A few people who go everywhere: what nobody can reach is a mistake.
    fn write_rest(&self, text: &mut String) {
        let more = if units(self.pathways as u8) > 1 { ", units = 2" } else { "" };
        text.push_str(
            "[arrivals.rest]\nper_day = 0.3\npathways = { rest = 1.0 }\n[pathways.rest.steps]\n",
        );
        for place in 0..self.places {
            let _ = writeln!(text, "p{place} = {{ enter = \"p{place}\", {BOOKED}{more} }}");
            let _ = writeln!(text, "s{place} = {{ stay = \"1 hour\", {BOOKED} }}");
        }
        for team in 0..self.teams.len() {
            let _ =
                writeln!(text, "t{team} = {{ task = \"t{team}\", takes = \"1 hour\", {BOOKED} }}");
        }
        let _ =
            writeln!(text, "m = {{ meeting = \"panel\", {BOOKED} }}\nout = {{ leave = \"home\" }}");
    }

    /// A step; what needs more than one step writes the others itself.
    fn step(&self, pathway: usize, step: usize, count: usize, text: &mut String) -> String {
        let kind = self.pick(20);
        let mut more = String::new();
        if self.may(15) {
            let _ = write!(more, ", chance = 0.{}", 1 + self.pick(9));
        }
        if self.may(12) {
            more += [", when = { council = \"north\" }", ", when = { age = [\"old\", \"older\"] }"]
                [self.pick(2)];
        }
        if self.may(12) && !matches!(kind, 15 | 16) {
            let back = step - self.pick(step + 1);
            let _ = write!(more, ", again = {{ chance = 0.3, from = \"s{back}\" }}");
        }
        match kind {
            0 | 1 => format!("stay = {}, {BOOKED}{more}", self.time()),
            2..=4 | 18 | 19 => format!("enter = {}{more}", self.request(pathway, count)),
            5 => {
                let _ =
                    writeln!(text, "s{step} = {{ reserve = {} }}", self.request(pathway, count));
                let _ = writeln!(text, "s{step}w = {{ wait = {}, {BOOKED} }}", self.time());
                if self.may(30) {
                    let _ = writeln!(text, "s{step}u = {{ until = \"10:00-20:00\", {BOOKED} }}");
                }
                "move = true".to_owned()
            }
            6..=8 => self.task(count) + &more,
            9 => format!("meeting = \"panel\", {BOOKED}{}{more}", self.patience(count)),
            10 => format!("until = \"10:00-20:00\", {BOOKED}{more}"),
            11 | 12 => format!("ready = true{more}"),
            13 => format!("keep = 1{more}"),
            14 => match self.teams.iter().position(|team| team.caseload) {
                Some(team) if self.may(60) => {
                    format!("join = \"t{team}\", {BOOKED}{}{more}", self.patience(count))
                }
                Some(team) => format!("leave_books = \"t{team}\"{more}"),
                None => format!("wait = {}, calendar = \"office\", {BOOKED}{more}", self.time()),
            },
            15 if step + 2 < count => {
                format!("split = {{ s{} = 0.6, s{} = 0.4 }}", step + 1, step + 2)
            }
            16 if step + 2 < count => {
                format!(
                    "route = {{ by = \"age\", old = \"s{}\", young = \"s{}\" }}",
                    step + 1,
                    step + 2
                )
            }
            _ => format!("wait = {}, {BOOKED}{more}", self.time()),
        }
    }

    fn task(&self, count: usize) -> String {
        let team = self.pick(self.teams.len());
        let mut more = self.patience(count);
        if self.teams[team].preempts || self.may(30) {
            let _ = write!(more, ", priority = {}", 1 + self.pick(3));
        }
        let with = (team + 1) % self.teams.len();
        if with != team && self.teams[team].joint && self.teams[with].joint && self.may(60) {
            let _ = write!(more, ", with = \"t{with}\"");
        }
        format!(
            "task = \"t{team}\", takes = {}, {BOOKED}, queue_reason = \"hub_01\"{more}",
            self.time()
        )
    }

    /// How people of a pathway ask for a place.
    fn request(&self, pathway: usize, count: usize) -> String {
        let place = self.pick(self.places);
        let mut text = format!("\"p{place}\", {BOOKED}, queue_reason = \"capacity_02\"");
        if units(pathway as u8) > 1 {
            text += ", units = 2";
        }
        if self.kept[place] && self.may(60) {
            text += [", class = \"planned\"", ", class = \"urgent\""][self.pick(2)];
        }
        let other = (place + 1) % self.places;
        if other != place && self.may(20) {
            let back = ["never", "first", "last"][self.pick(3)];
            let _ = write!(text, ", overflow = [\"p{other}\"]");
            if self.acute[place] == self.acute[other] {
                let _ = write!(text, ", back = \"{back}\"");
            }
        }
        if self.may(20) {
            let _ = write!(text, ", priority = {}", 1 + self.pick(3));
        }
        if self.may(30) {
            text += ", if_refused = \"out\"";
        }
        text + &self.patience(count)
    }

    /// How long people wait in a step, in a pathway of so many.
    fn patience(&self, count: usize) -> String {
        if !self.may(15) {
            return String::new();
        }
        let time = self.time();
        match self.may(50) {
            true => format!(", patience = {time}, if_impatient = \"s{}\"", self.pick(count)),
            false => format!(", patience = {time}"),
        }
    }
}

const BOOKED: &str = "reason = \"hospital_03\", owner = \"here\"";
