//! Each step by itself: what it is, and whether the rest of it fits that.

use super::Checker;
use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::language::{Named, Step};

/// What a step can be, one key each.
const ACTIONS: &[&str] = &[
    "enter",
    "reserve",
    "move",
    "stay",
    "wait",
    "task",
    "join",
    "leave_books",
    "meeting",
    "until",
    "keep",
    "ready",
    "follow",
    "split",
    "route",
    "leave",
    "readmit",
];

/// Those after which the person goes on at the next step in any case.
const UP_TO_READY: &[&str] = ACTIONS.split_at(12).0;
/// Those after which the person may be told to go on elsewhere.
const UP_TO_FOLLOW: &[&str] = ACTIONS.split_at(13).0;
/// Those that may be for some people alone.
const UP_TO_LEAVE: &[&str] = ACTIONS.split_at(16).0;

/// The keys that say how a step goes, and with which actions they mean something.
const MODIFIERS: &[(&str, &[&str])] = &[
    ("takes", &["task"]),
    ("with", &["task"]),
    ("calendar", &["wait"]),
    ("depends_on", &["stay", "wait"]),
    ("chance", UP_TO_LEAVE),
    ("when", UP_TO_LEAVE),
    ("units", &["enter", "reserve", "task"]),
    ("class", &["enter", "reserve"]),
    ("priority", &["enter", "reserve", "task"]),
    ("overflow", &["enter", "reserve"]),
    ("back", &["enter", "reserve"]),
    ("if_refused", &["enter", "reserve"]),
    ("patience", &["enter", "reserve", "task", "join", "meeting"]),
    ("if_impatient", &["enter", "reserve", "task", "join", "meeting"]),
    ("reason", &["enter", "reserve", "stay", "wait", "task", "join", "meeting", "until"]),
    ("queue_reason", &["enter", "reserve", "task", "join"]),
    ("owner", &["enter", "reserve", "stay", "wait", "task", "join", "meeting", "until"]),
    ("again", UP_TO_READY),
    ("then", UP_TO_FOLLOW),
];

/// The keys of the table that a step has for what it is, or for how it goes.
fn keys(step: &Step, wanted: &[&'static str]) -> Vec<&'static str> {
    let given = [
        ("enter", step.enter.is_some()),
        ("reserve", step.reserve.is_some()),
        ("move", step.r#move.is_some()),
        ("stay", step.stay.is_some()),
        ("wait", step.wait.is_some()),
        ("task", step.task.is_some()),
        ("join", step.join.is_some()),
        ("leave_books", step.leave_books.is_some()),
        ("meeting", step.meeting.is_some()),
        ("until", step.until.is_some()),
        ("keep", step.keep.is_some()),
        ("ready", step.ready.is_some()),
        ("follow", step.follow.is_some()),
        ("split", step.split.is_some()),
        ("route", step.route.is_some()),
        ("leave", step.leave.is_some()),
        ("readmit", step.readmit.is_some()),
        ("takes", step.takes.is_some()),
        ("with", step.with.is_some()),
        ("calendar", step.calendar.is_some()),
        ("depends_on", step.depends_on.is_some()),
        ("chance", step.chance.is_some()),
        ("when", step.when.is_some()),
        ("units", step.units.is_some()),
        ("class", step.class.is_some()),
        ("priority", step.priority.is_some()),
        ("overflow", !step.overflow.is_empty()),
        ("back", step.back.is_some()),
        ("if_refused", step.if_refused.is_some()),
        ("patience", step.patience.is_some()),
        ("if_impatient", step.if_impatient.is_some()),
        ("reason", step.reason.is_some()),
        ("queue_reason", step.queue_reason.is_some()),
        ("owner", step.owner.is_some()),
        ("again", step.again.is_some()),
        ("then", step.then.is_some()),
    ];
    given.into_iter().filter(|(key, is)| *is && wanted.contains(key)).map(|(key, _)| key).collect()
}

impl<'a> Checker<'a> {
    pub(super) fn steps(&mut self) {
        let d = self.description;
        let of_pathways = d.pathways.iter().map(|(name, p)| (format!("pathways.{name}"), &p.steps));
        let of_routes = d.routes.iter().map(|(name, r)| (format!("routes.{name}"), &r.steps));
        for (group, steps) in of_pathways.chain(of_routes) {
            if steps.is_empty() && !self.damage.touches(&format!("{group}.steps")) {
                let message = format!("`{group}` has no steps");
                self.at(
                    &format!("{group}.steps"),
                    Diagnostic::error(message).note("such as steps.home = { leave = \"home\" }"),
                );
            }
            self.readmissions(&group, steps);
        }
        for (path, step) in self.all_steps() {
            self.step(&path, step);
        }
        for (name, pathway) in &d.pathways {
            for (hazard_name, hazard) in &pathway.while_delayed {
                let path = format!("pathways.{name}.while_delayed.{hazard_name}.per_day");
                self.share(&path, hazard.per_day);
            }
        }
    }

    fn step(&mut self, path: &str, step: &'a Step) {
        let actions = keys(step, ACTIONS);
        match actions.as_slice() {
            [action] => self.modifiers(path, step, action),
            [] => {
                self.broken.push(path.to_owned());
                if !self.damage.touches(path) {
                    let message = format!("`{path}` does not say what it is");
                    let note =
                        format!("it must have exactly one of the keys `{}`", ACTIONS.join("`, `"));
                    self.at(path, Diagnostic::error(message).note(note));
                }
            }
            several => {
                self.broken.push(path.to_owned());
                let message = format!(
                    "`{path}` has the keys `{}`; it can be only one of these",
                    several.join("`, `")
                );
                self.at_table(path, Diagnostic::error(message).note("split it into several steps"));
            }
        }
        for (key, truth) in [("move", step.r#move), ("ready", step.ready)] {
            if truth == Some(false) {
                let message = format!("`{path}.{key}` is false; it must be true");
                self.at(
                    &format!("{path}.{key}"),
                    Diagnostic::error(message).note("leave the step out instead"),
                );
            }
        }
        if step.after.is_some() {
            let message =
                format!("`{path}.after` means nothing here: steps stand in the order of the file");
            let note =
                "`after` is for a file that `extends` another, and says where its new step goes";
            self.at(&format!("{path}.after"), Diagnostic::error(message).note(note));
        }
        self.values(path, step);
        self.asking(path, step);
    }

    fn modifiers(&mut self, path: &str, step: &Step, action: &str) {
        let all: Vec<&str> = MODIFIERS.iter().map(|(key, _)| *key).collect();
        for key in keys(step, &all) {
            let fits = MODIFIERS
                .iter()
                .find(|(other, _)| *other == key)
                .map_or(&[][..], |(_, fits)| *fits);
            if fits.contains(&action) {
                continue;
            }
            let advice = match (key, action) {
                ("chance", "readmit") => {
                    "the chance of coming back stands within `readmit`".to_owned()
                }
                ("again", "follow") => "put `again` on the last step of the route".to_owned(),
                ("then", "split") => "`split` says already where people go on".to_owned(),
                ("then", "route") => {
                    "who is none of what `route` names goes on at the next step".to_owned()
                }
                ("then" | "again", "leave" | "readmit") => "nothing comes after it".to_owned(),
                _ => format!(
                    "it goes with {}",
                    fits.iter().map(|fit| format!("`{fit}`")).collect::<Vec<_>>().join(", ")
                ),
            };
            if ["then", "again", "chance", "when"].contains(&key) {
                self.broken.push(path.to_owned());
            }
            let message =
                format!("`{path}` has the key `{key}`, which means nothing for `{action}`");
            self.at_key(&format!("{path}.{key}"), Diagnostic::error(message).note(advice));
        }
        if step.if_impatient.is_some()
            && step.patience.is_none()
            && ["enter", "reserve", "task", "join", "meeting"].contains(&action)
            && !self.damage.touches(&format!("{path}.patience"))
        {
            let message = format!("`{path}` says where to go on who gives up, but nobody gives up");
            let note = "add how long people wait, such as patience = { exponential = \"4 hours\" }";
            self.at(&format!("{path}.if_impatient"), Diagnostic::error(message).note(note));
        }
        if action == "task"
            && step.takes.is_none()
            && !self.damage.touches(&format!("{path}.takes"))
        {
            let message = format!("`{path}` lacks the key `takes`: how long the work is");
            self.at(path, Diagnostic::error(message).note("such as takes = \"2 hours\""));
        }
    }

    /// The numbers and times of a step.
    fn values(&mut self, path: &str, step: &Step) {
        let times = [
            ("stay", &step.stay),
            ("wait", &step.wait),
            ("takes", &step.takes),
            ("patience", &step.patience),
        ];
        for (key, time) in times {
            if let Some(time) = time {
                self.distribution(&format!("{path}.{key}"), time);
            }
        }
        if let Some(chance) = &step.chance {
            self.chance(&format!("{path}.chance"), chance);
        }
        if let Some(depends) = &step.depends_on {
            self.two_organisations(&format!("{path}.depends_on.between"), &depends.between);
        }
        if let Some(again) = &step.again {
            self.chance(&format!("{path}.again.chance"), &again.chance);
        }
        if let Some(back) = &step.readmit {
            self.chance(&format!("{path}.readmit.chance"), &back.chance);
            self.distribution(&format!("{path}.readmit.after"), &back.after);
        }
        if let Some(split) = &step.split {
            self.shares(&format!("{path}.split"), split);
        }
        if let Some(hours) = &step.until
            && hours.is_closed()
        {
            let path = format!("{path}.until");
            let message = format!("`{path}` is closed; the clock would never be within it");
            self.at(&path, Diagnostic::error(message));
        }
    }

    /// A `readmit` stands directly after a `leave`.
    fn readmissions(&mut self, group: &str, steps: &Named<Step>) {
        let mut before: Option<&Step> = None;
        let mut unsure = false;
        for (name, step) in steps {
            let path = format!("{group}.steps.{name}");
            if step.readmit.is_some()
                && !unsure
                && before.is_none_or(|before| before.leave.is_none())
            {
                let message =
                    format!("`{path}` is a `readmit`, but the step before it is no `leave`");
                let note =
                    "people come back after they have left: put it directly after the `leave`";
                self.at(&path, Diagnostic::error(message).note(note));
                self.broken.push(path.clone());
            }
            unsure = self.damage.touches(&format!("{path}.leave"));
            before = Some(step);
        }
    }
}
