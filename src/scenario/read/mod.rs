//! Fills the shapes of the language from a tree; on mistakes, finds all of them.
//!
//! A sound scenario is read once. Otherwise each mistake is noted and mended in a copy of the
//! tree, and the copy is read again, until nothing is left to mend: an unknown key takes the name
//! it was probably meant to have or goes, a wrong value goes, and a key that is missing gets a
//! stand-in. What was mended is remembered as [`Damage`], so that nobody is told of a mistake that
//! only follows from another.

mod deserializer;
mod problem;

use serde::Deserialize as _;

use self::problem::{Kind, Problem};
use super::diagnostic::Diagnostic;
use super::language::Description;
use super::nearest;
use super::source::Sources;
use super::tree::{Entry, Node, Origin, Table, Value};

/// The paths of a tree at which something was mended.
#[derive(Debug, Clone, Default)]
pub(crate) struct Damage(Vec<String>);

impl Damage {
    /// Whether the value at the path, or one around it, is not what the user wrote.
    pub(crate) fn covers(&self, path: &str) -> bool {
        self.0.iter().any(|damaged| within(path, damaged))
    }

    /// The rest of the paths that lie below one.
    pub(crate) fn below<'p>(&'p self, path: &'p str) -> impl Iterator<Item = &'p str> {
        self.0.iter().filter_map(move |damaged| damaged.strip_prefix(path)?.strip_prefix('.'))
    }

    /// Whether anything at, around or below the path is not what the user wrote.
    pub(crate) fn touches(&self, path: &str) -> bool {
        self.0.iter().any(|damaged| within(path, damaged) || within(damaged, path))
    }
}

/// Whether `path` is `outer` or lies below it.
fn within(path: &str, outer: &str) -> bool {
    path.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// What was read of a tree.
#[derive(Debug)]
pub(crate) struct Reading {
    /// What it says, if anything could be read.
    pub(crate) description: Option<Description>,
    /// What had to be mended for that.
    pub(crate) damage: Damage,
    /// All mistakes of shape.
    pub(crate) mistakes: Vec<Diagnostic>,
}

/// Reads a tree.
pub(crate) fn read(tree: &Node, sources: &Sources) -> Reading {
    if let Ok(description) = Description::deserialize(tree) {
        return Reading {
            description: Some(description),
            damage: Damage::default(),
            mistakes: Vec::new(),
        };
    }
    let mut mender = Mender {
        tree: tree.clone(),
        original: tree,
        sources,
        damage: Damage::default(),
        stand_ins: Vec::new(),
        thinned: Vec::new(),
        found: Vec::new(),
    };
    let description = mender.read();
    Reading { description, damage: mender.damage, mistakes: mender.found }
}

/// A text is not read more often than this; what is found by then is enough for a day.
const READS: usize = 1000;

/// Nor are more values read than this in all: a very long text is read less often.
const VALUES: usize = 3_000_000;

struct Mender<'a> {
    tree: Node,
    original: &'a Node,
    sources: &'a Sources,
    damage: Damage,
    /// Where a stand-in stands, and which one.
    stand_ins: Vec<(String, usize)>,
    /// Tables from which an unknown key was taken.
    thinned: Vec<String>,
    found: Vec<Diagnostic>,
}

impl Mender<'_> {
    fn read(&mut self) -> Option<Description> {
        let reads = (VALUES / self.tree.size().max(1)).clamp(20, READS);
        for _ in 0..reads {
            match Description::deserialize(&self.tree) {
                Ok(description) => return Some(description),
                Err(problem) if self.mend(&problem) => {}
                Err(_) => return None,
            }
        }
        let more = "there may be more mistakes: reading stopped after so many";
        self.found.push(Diagnostic::error(more).note("mend these first"));
        None
    }

    /// Notes a problem and mends it; `false` if nothing can be done.
    fn mend(&mut self, problem: &Problem) -> bool {
        let mut path = problem.path();
        match &problem.kind {
            Kind::UnknownKey { known } => {
                self.report(problem, &path, true);
                self.rename_or_remove(&mut path, known)
            }
            Kind::Missing { key } => {
                let table = path.clone();
                path.push((*key).to_owned());
                if !self.damage.covers(&path.join(".")) {
                    self.report(problem, &table, false);
                    self.damage.0.push(path.join("."));
                }
                self.stand_in(&path)
            }
            Kind::UnknownWord { .. } | Kind::Wrong(_) => {
                let dotted = path.join(".");
                if self.stand_ins.iter().any(|(place, _)| *place == dotted) {
                    return self.stand_in(&path);
                }
                let told = self.damage.covers(&dotted)
                    || self.thinned.contains(&dotted)
                    || self
                        .original
                        .find(&dotted)
                        .is_some_and(|(_, node)| node.value == Value::Unreadable);
                if !told {
                    self.report(problem, &path, false);
                }
                self.damage.0.push(dotted);
                let in_list = path.last().is_some_and(|part| part.parse::<usize>().is_ok());
                if in_list { self.stand_in(&path) } else { remove(&mut self.tree, &path).is_some() }
            }
        }
    }

    fn report(&mut self, problem: &Problem, path: &[String], at_key: bool) {
        let diagnostic = problem.diagnostic();
        let place = match self.original.find(&path.join(".")) {
            Some((Some(key), _)) if at_key => key,
            Some((key, node)) => node.visible(key),
            None => self.original.origin,
        };
        self.found.push(diagnostic.at(place.place(self.sources)));
    }

    /// Gives an unknown key the name it was probably meant to have, if that is free.
    fn rename_or_remove(&mut self, path: &mut Vec<String>, known: &[&str]) -> bool {
        let Some(entry) = remove(&mut self.tree, path) else {
            return false;
        };
        let key = path.pop().unwrap_or_default();
        self.thinned.push(path.join("."));
        let table = find_mut(&mut self.tree, path).and_then(Node::table_mut);
        if let (Some(name), Some(table)) = (nearest::nearest(&key, known.iter().copied()), table) {
            if let Some(old) = table.entries.get_mut(name) {
                // `[place.ward]` beside `[places.hall]`: the ward is known from now on.
                if let (Some(old), Value::Table(more)) = (old.node.table_mut(), entry.node.value) {
                    for (key, entry) in more.entries {
                        old.entries.entry(key).or_insert(entry);
                    }
                }
            } else {
                table.entries.insert(name.to_owned(), entry);
                path.push(name.to_owned());
                self.damage.0.push(path.join("."));
            }
        }
        true
    }

    /// Puts the next stand-in at a path. If all have been tried, the table around it goes.
    fn stand_in(&mut self, path: &[String]) -> bool {
        let dotted = path.join(".");
        let tried = match self.stand_ins.iter_mut().find(|(place, _)| *place == dotted) {
            Some((_, tried)) => {
                *tried += 1;
                *tried
            }
            None => {
                self.stand_ins.push((dotted.clone(), 0));
                0
            }
        };
        let Some((key, parent)) = path.split_last() else {
            return false;
        };
        let Some(value) = stand_in(tried) else {
            self.damage.0.push(parent.join("."));
            return !parent.is_empty() && remove(&mut self.tree, parent).is_some();
        };
        let Some(around) = find_mut(&mut self.tree, parent) else {
            return false;
        };
        let node = Node::made(value, around.origin);
        match &mut around.value {
            Value::Table(table) => {
                let key_origin = node.origin;
                table.entries.insert(key.clone(), Entry { key: key_origin, node });
                true
            }
            Value::Array(list, _) => {
                match key.parse().ok().and_then(|at: usize| list.get_mut(at)) {
                    Some(item) => {
                        *item = node;
                        true
                    }
                    None => false,
                }
            }
            _ => false,
        }
    }
}

/// Values of which every shape of the language accepts one.
fn stand_in(number: usize) -> Option<Value> {
    let text = |text: &str| Some(Value::String(text.to_owned()));
    match number {
        0 => text("1 day"),
        1 => Some(Value::Integer(1)),
        2 => text("2025-01-06"),
        3 => text("all day"),
        4 => text("monday"),
        5 => Some(Value::Table(Table::default())),
        _ => None,
    }
}

impl Node {
    /// What to point at: the value, or the key of a table that has neither header nor braces.
    fn visible(&self, key: Option<Origin>) -> Origin {
        match (&self.value, key) {
            (Value::Table(table), Some(key))
                if !table.inline && self.origin.end <= self.origin.start =>
            {
                key
            }
            _ => self.origin,
        }
    }
}

/// The node at a path.
fn find_mut<'t>(root: &'t mut Node, path: &[String]) -> Option<&'t mut Node> {
    path.iter().try_fold(root, |node, part| match &mut node.value {
        Value::Table(table) => table.entries.get_mut(part).map(|entry| &mut entry.node),
        Value::Array(list, _) => list.get_mut(part.parse::<usize>().ok()?),
        _ => None,
    })
}

/// Takes the entry at a path out of its table, or the item out of its list.
fn remove(root: &mut Node, path: &[String]) -> Option<Entry> {
    let (key, parent) = path.split_last()?;
    match &mut find_mut(root, parent)?.value {
        Value::Table(table) => table.entries.shift_remove(key),
        Value::Array(list, _) => {
            let at = key.parse().ok().filter(|&at: &usize| at < list.len())?;
            let node = list.remove(at);
            Some(Entry { key: node.origin, node })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::scenario::Scenario;

    const SOUND: &str = r#"
schema = 1
title = "A ward"
run = { start = 2025-01-06, length = "1 year" }
[organisations.hospital]
[places.ward]
organisation = "hospital"
capacity = 20
[teams.hub]
organisation = "hospital"
headcount = 2
weekday_factors = [1, 1, 1, 1, 1, 0.5, 0]
[arrivals.door]
per_day = 4
pathways = { home = 1.0 }
[pathways.home.steps]
admit = { enter = "ward" }
stay = { stay = { lognormal = { mean = "4 days", sd = "4.5 days" } } }
again = { wait = { exponential = "1 day" }, again = { chance = 0.1, from = "stay" } }
until = { until = ["08:00-12:00", "14:00-18:00"] }
home = { leave = "home" }
"#;

    fn mistakes(text: &str) -> Vec<String> {
        let diagnostics = Scenario::parse("x.toml", text).expect_err("has mistakes");
        diagnostics.iter().map(|d| d.message.clone()).collect()
    }

    #[test]
    fn a_sound_text_is_read() {
        let scenario = Scenario::parse("x.toml", SOUND).expect("no mistakes");
        assert_eq!(scenario.base.pathways["home"].steps.len(), 5);
    }

    #[test]
    fn every_mistake_of_shape_is_found_and_none_that_only_follows() {
        let text = SOUND
            .replace(
                "organisation = \"hospital\"\ncapacity",
                "organistion = \"hospital\"\ncapacity",
            )
            .replace("headcount = 2", "headcount = \"two\"")
            .replace("0.5, 0]", "0.5, nan]")
            .replace("4.5 days", "4.5")
            .replace("per_day = 4\n", "")
            .replace("leave = \"home\"", "leave = \"hoem\"")
            .replace("14:00-18:00", "18:00-14:00")
            .replace("2025-01-06", "\"2025-02-30\"");
        assert_eq!(
            mistakes(&text),
            [
                "`run.start` is 2025-02-30; there is no such day in the calendar",
                "there is no key `organistion` in `places.ward`",
                "`teams.hub.headcount` is \"two\"; it must be a number",
                "`teams.hub.weekday_factors` is nan; it must be a finite number",
                "`arrivals.door` says neither how many people come nor when",
                "`pathways.home.steps.stay.stay.lognormal.sd` is \"4.5\"; a length of time needs its unit",
                "`pathways.home.steps.until.until` is \"18:00-14:00\"; the end must be later than the start",
                "`pathways.home.steps.home.leave` is \"hoem\"; it must be one of \"home\", \"care_home\", \
                 \"hospice\", \"other_hospital\", \"died\", \"done\", \"refused\", \"gave_up\"",
            ]
        );
    }
}
