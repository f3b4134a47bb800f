//! The steps of all pathways as one list, with routes filled in and every jump resolved.
//!
//! Both the checks (is there a way out, can this step be reached) and the compiled model walk this
//! list, so that they can never disagree on what a scenario says.

use super::language::{Description, Hazard, Named, Step};

/// One step of one pathway.
#[derive(Debug, Clone)]
pub struct FlatStep<'a> {
    /// Position of its pathway in the description.
    pub pathway: usize,
    /// Where it stands in the scenario, such as `routes.supported.steps.triage`.
    pub path: String,
    /// What it is called, such as `supported.triage`: the same in all pathways that follow a route.
    pub name: String,
    /// The step itself.
    pub step: &'a Step,
    /// Where a person goes on after it; `None` after the last one. After a `leave` it is the
    /// `readmit` that decides whether they come back; after a `readmit` and a `split` it is `None`.
    pub next: Option<usize>,
    /// Where a person goes on who does not need it (`chance`); `None` after the last one.
    pub skip: Option<usize>,
    /// Where `again` starts again.
    pub again: Option<usize>,
    /// Where `split` leads, with the shares; where `route` leads, value by value, each with a share of 1.
    pub split: Vec<(usize, f64)>,
    /// Where a person goes on whom the place refuses; `None` if they leave.
    pub refused: Option<usize>,
    /// Where a person goes on who gives up waiting; `None` if they leave.
    pub impatient: Option<usize>,
}

impl FlatStep<'_> {
    /// All steps to which it may lead.
    pub fn targets(&self) -> impl Iterator<Item = usize> + '_ {
        let single = [self.next, self.skip, self.again, self.refused, self.impatient];
        single.into_iter().flatten().chain(self.split.iter().map(|(target, _)| *target))
    }
}

/// All steps of all pathways, in order.
#[derive(Debug, Clone)]
pub struct Flow<'a> {
    /// The steps; those of one pathway stand together.
    pub steps: Vec<FlatStep<'a>>,
    /// The first step of each pathway; that of a pathway without steps is not its own.
    pub starts: Vec<usize>,
    /// What can happen while delayed, by pathway: where it leads, and the hazard.
    pub hazards: Vec<Vec<(usize, &'a Hazard)>>,
}

/// Routes that follow routes that follow routes … are laid out down to this depth.
const DEEPEST: usize = 30;

/// No more routes are laid out when there are this many steps in all.
const MOST_STEPS: usize = 10_000;

/// A name in a pathway that leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeadReference {
    /// Where the name stands, such as `pathways.p1.steps.triage.then`.
    pub path: String,
    /// The name as written.
    pub found: String,
    /// What it should have been the name of: `step`, `pathway` or `route`.
    pub expected: &'static str,
    /// The names that would have been known.
    pub known: Vec<String>,
}

impl<'a> Flow<'a> {
    /// Fills in routes and resolves all jumps.
    ///
    /// All names that lead nowhere, and routes that follow themselves, come with the flow. It
    /// leaves those jumps out, so that the other checks can go on.
    pub fn of(description: &'a Description) -> (Flow<'a>, Vec<DeadReference>) {
        let mut builder = Builder {
            description,
            flow: Flow { steps: Vec::new(), starts: Vec::new(), hazards: Vec::new() },
            labels: Vec::new(),
            ends: Vec::new(),
            dead: Vec::new(),
        };
        for (index, (name, pathway)) in description.pathways.iter().enumerate() {
            builder.flow.starts.push(builder.flow.steps.len());
            let prefix = format!("pathways.{name}");
            let mut open = Vec::new();
            builder.lay_out(index, name, &prefix, &pathway.steps, &mut open);
        }
        builder.resolve();
        (builder.flow, builder.dead)
    }
}

/// Where somebody is who is in a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Within {
    /// The last step before it that enters a place, if any.
    pub enter: Option<usize>,
    /// The step since which they do not need that place, if any.
    pub ready: Option<usize>,
    /// A `move` or `reserve` stands before it, so that it cannot be told where they are.
    pub unsure: bool,
}

impl Flow<'_> {
    /// The step of a pathway that is called so: `pathway.step`.
    pub fn step_called(&self, name: &str) -> Option<usize> {
        let (pathway, step) = name.split_once('.')?;
        let path = format!("pathways.{pathway}.steps.{step}");
        self.steps.iter().position(|flat| flat.path == path)
    }

    /// Where somebody is who is in a step, by the steps that stand before it in its pathway.
    pub fn within(&self, at: usize) -> Within {
        let mut within = Within::default();
        let start = self.starts[self.steps[at].pathway];
        for (index, flat) in self.steps.iter().enumerate().take(at).skip(start) {
            if flat.step.enter.is_some() {
                within = Within { enter: Some(index), ..Within::default() };
            } else if flat.step.reserve.is_some() || flat.step.r#move.is_some() {
                within.unsure = true;
            } else if flat.step.ready.is_some() && flat.step.chance.is_none() {
                within.ready = Some(index);
            }
        }
        within
    }
}

/// Where a flat step was written.
#[derive(Debug, Clone)]
struct Label {
    /// The group it was written in: `pathways.p1` or `routes.x`.
    group: String,
    /// Which copy of that group it belongs to.
    copy: usize,
    /// Its name there.
    step: String,
}

struct Builder<'a> {
    description: &'a Description,
    flow: Flow<'a>,
    /// For each flat step, where it was written.
    labels: Vec<Label>,
    /// The ends of routes that were entered by a `follow` with a `then`, which says where to go on.
    ends: Vec<(usize, Vec<Tail>)>,
    dead: Vec<DeadReference>,
}

impl<'a> Builder<'a> {
    /// Lays out `steps`, and returns the flat steps that fall out of its end.
    fn lay_out(
        &mut self,
        pathway: usize,
        group: &str,
        prefix: &str,
        steps: &'a Named<Step>,
        open: &mut Vec<&'a str>,
    ) -> Vec<Tail> {
        let copy = self.flow.steps.len();
        let mut tails: Vec<Tail> = Vec::new();
        // A person who passes a `leave` passes the `readmit` after it, too.
        let mut passed: Option<Tail> = None;
        for (name, step) in steps {
            let here = self.flow.steps.len();
            self.join(&tails, here);
            tails.clear();
            if let Some(tail) = passed.take() {
                if step.readmit.is_some() {
                    tails.push(tail);
                } else {
                    self.join(&[tail], here);
                }
            }
            self.labels.push(Label { group: prefix.to_owned(), copy, step: name.clone() });
            self.flow.steps.push(FlatStep {
                pathway,
                path: format!("{prefix}.steps.{name}"),
                name: format!("{group}.{name}"),
                step,
                next: None,
                skip: None,
                again: None,
                split: Vec::new(),
                refused: None,
                impatient: None,
            });
            if step.leave.is_some() {
                passed = Some(Tail::Skip(here));
            } else {
                tails.push(Tail::Skip(here));
            }
            match &step.follow {
                Some(route) => self.enter(pathway, here, route, open, &mut tails),
                None => tails.push(Tail::Next(here)),
            }
        }
        tails.extend(passed);
        tails
    }

    /// Lays out the steps of a route behind the step that follows it.
    fn enter(
        &mut self,
        pathway: usize,
        here: usize,
        route: &'a str,
        open: &mut Vec<&'a str>,
        tails: &mut Vec<Tail>,
    ) {
        let description = self.description;
        let too_many = open.len() >= DEEPEST || self.flow.steps.len() >= MOST_STEPS;
        let inner = description.routes.get(route).filter(|_| !open.contains(&route) && !too_many);
        let Some(inner) = inner else {
            self.dead.push(DeadReference {
                path: format!("{}.follow", self.flow.steps[here].path),
                found: route.to_owned(),
                expected: match description.routes.get(route) {
                    None => "route",
                    Some(_) if open.contains(&route) => "route that does not lead back here",
                    Some(_) => "route that does not lead to ever more routes",
                },
                known: description.routes.keys().cloned().collect(),
            });
            tails.push(Tail::Next(here));
            return;
        };
        let mut ends = vec![Tail::Next(here)];
        if !inner.steps.is_empty() {
            self.flow.steps[here].next = Some(here + 1);
            open.push(route);
            ends = self.lay_out(pathway, route, &format!("routes.{route}"), &inner.steps, open);
            open.pop();
        }
        if self.flow.steps[here].step.then.is_some() {
            self.ends.push((here, ends));
        } else {
            tails.extend(ends);
        }
    }

    /// Makes everything that fell out of the last step go on at `target`.
    fn join(&mut self, tails: &[Tail], target: usize) {
        for tail in tails {
            match *tail {
                Tail::Next(step) => self.flow.steps[step].next = Some(target),
                Tail::Skip(step) => self.flow.steps[step].skip = Some(target),
            }
        }
    }

    /// Resolves `then`, `again`, `split` and the hazards.
    fn resolve(&mut self) {
        for (follow, tails) in std::mem::take(&mut self.ends) {
            if let Some(target) = self.then(follow) {
                self.join(&tails, target);
            }
        }
        for here in 0..self.flow.steps.len() {
            let step = self.flow.steps[here].step;
            if step.leave.is_some() && !self.readmits(here) {
                self.flow.steps[here].next = None;
            }
            if step.readmit.is_some() {
                self.flow.steps[here].next = None;
                self.flow.steps[here].skip = None;
            }
            if step.then.is_some() && step.follow.is_none() {
                self.flow.steps[here].next = self.then(here);
            }
            if let Some(again) = &step.again {
                let path = format!("{}.again.from", self.flow.steps[here].path);
                self.flow.steps[here].again = self.find(From::Step(here), &again.from, path);
            }
            if let Some(refused) = &step.if_refused {
                let path = format!("{}.if_refused", self.flow.steps[here].path);
                self.flow.steps[here].refused = self.find(From::Step(here), refused, path);
            }
            if let Some(impatient) = &step.if_impatient {
                let path = format!("{}.if_impatient", self.flow.steps[here].path);
                self.flow.steps[here].impatient = self.find(From::Step(here), impatient, path);
            }
            if let Some(split) = &step.split {
                for (target, share) in split {
                    let path = format!("{}.split.{target}", self.flow.steps[here].path);
                    if let Some(found) = self.find(From::Step(here), target, path) {
                        self.flow.steps[here].split.push((found, *share));
                    }
                }
                self.flow.steps[here].next = None;
            }
            if let Some(route) = &step.route {
                for (value, target) in &route.to {
                    let path = format!("{}.route.{value}", self.flow.steps[here].path);
                    if let Some(found) = self.find(From::Step(here), target, path) {
                        self.flow.steps[here].split.push((found, 1.0));
                    }
                }
                let attribute = self.description.attributes.get(&route.by);
                let is_named = |value| route.to.contains_key(value);
                if attribute.is_some_and(|attribute| attribute.values.iter().all(is_named)) {
                    self.flow.steps[here].next = None;
                }
            }
        }
        for (index, (name, pathway)) in self.description.pathways.iter().enumerate() {
            let mut hazards = Vec::new();
            for (hazard_name, hazard) in &pathway.while_delayed {
                let path = format!("pathways.{name}.while_delayed.{hazard_name}.then");
                if let Some(target) = self.find(From::Pathway(index), &hazard.then, path) {
                    hazards.push((target, hazard));
                }
            }
            self.flow.hazards.push(hazards);
        }
    }

    /// Where the `then` of a step leads.
    fn then(&mut self, here: usize) -> Option<usize> {
        let step = self.flow.steps[here].step;
        let path = format!("{}.then", self.flow.steps[here].path);
        self.find(From::Step(here), step.then.as_deref()?, path)
    }

    /// Whether the step after a `leave` is a `readmit`, written directly after it.
    fn readmits(&self, leave: usize) -> bool {
        self.flow.steps[leave].next.is_some_and(|next| {
            next == leave + 1
                && self.flow.steps[next].step.readmit.is_some()
                && self.labels[next].copy == self.labels[leave].copy
        })
    }

    /// The flat step that `target` means, seen from a step or from a pathway.
    fn find(&mut self, from: From, target: &str, path: String) -> Option<usize> {
        let (group, copy) = match from {
            From::Step(here) => (self.labels[here].group.clone(), self.labels[here].copy),
            From::Pathway(index) => {
                let name = self.description.pathways.get_index(index).map_or("", |(name, _)| name);
                (format!("pathways.{name}"), self.flow.starts[index])
            }
        };
        let (group, copy, step) = match target.split_once('.') {
            None => (group, Some(copy), target),
            Some((other, step)) => (format!("pathways.{other}"), None, step),
        };
        let own =
            |label: &&Label| label.group == group && copy.is_none_or(|copy| label.copy == copy);
        let found = self.labels.iter().position(|label| own(&label) && label.step == step);
        if found.is_none() {
            let here: Vec<String> =
                self.labels.iter().filter(own).map(|label| label.step.clone()).collect();
            let known = match target.split_once('.') {
                None => here,
                Some((other, _)) if self.description.pathways.contains_key(other) => {
                    here.into_iter().map(|step| format!("{other}.{step}")).collect()
                }
                Some((_, step)) => self
                    .description
                    .pathways
                    .keys()
                    .map(|other| format!("{other}.{step}"))
                    .collect(),
            };
            self.dead.push(DeadReference {
                path,
                found: target.to_owned(),
                expected: "step",
                known,
            });
        }
        found
    }
}

/// From where a name is looked up.
#[derive(Debug, Clone, Copy)]
enum From {
    Step(usize),
    Pathway(usize),
}

/// An end of a step that is not yet joined to what follows.
#[derive(Debug, Clone, Copy)]
enum Tail {
    Next(usize),
    Skip(usize),
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::source::Sources;
    use crate::scenario::{read, tree};

    fn description(steps: &str) -> Description {
        let text = format!(
            "schema = 1\ntitle = \"\"\nrun = {{ start = 2025-01-06, length = \"1 day\" }}\n{steps}"
        );
        let (root, errors) = tree::parse(&text, 0);
        assert_eq!(errors, []);
        let mut sources = Sources::default();
        sources.add("x.toml", text);
        let reading = read::read(&root, &sources);
        assert_eq!(reading.mistakes, []);
        reading.description.expect("a sound text")
    }

    /// Each step as `name next skip again`, a dash for the end.
    fn shown(steps: &str) -> (Vec<String>, Vec<DeadReference>) {
        let description = description(steps);
        let (flow, dead) = Flow::of(&description);
        let name = |step: Option<usize>| step.map_or("-", |step| flow.steps[step].name.as_str());
        let lines = flow
            .steps
            .iter()
            .map(|s| format!("{}: {} {} {}", s.name, name(s.next), name(s.skip), name(s.again)))
            .collect();
        (lines, dead)
    }

    #[test]
    fn steps_follow_one_another_and_jumps_are_resolved() {
        let (steps, dead) = shown(
            "[pathways.p.steps]\na = { enter = \"w\", chance = 0.5 }\nb = { stay = \"1 day\", again = { chance = 0.1, from = \"a\" } }\n\
             c = { wait = \"1 day\", then = \"q.x\" }\nd = { leave = \"home\" }\n\
             [pathways.q.steps]\nx = { split = { y = 0.5, \"p.d\" = 0.5 } }\ny = { leave = \"home\" }\n",
        );
        assert_eq!(dead, []);
        assert_eq!(
            steps,
            [
                "p.a: p.b p.b -",
                "p.b: p.c p.c p.a",
                "p.c: q.x p.d -",
                "p.d: - - -",
                "q.x: - q.y -",
                "q.y: - - -"
            ]
        );
    }

    #[test]
    fn a_route_is_laid_out_in_each_pathway_that_follows_it() {
        let (steps, dead) = shown(
            "[routes.r.steps]\none = { wait = \"1 day\" }\ntwo = { wait = \"1 day\", again = { chance = 0.1, from = \"one\" } }\n\
             [pathways.p.steps]\na = { follow = \"r\" }\nb = { leave = \"home\" }\n\
             [pathways.q.steps]\na = { follow = \"r\", then = \"c\" }\nb = { leave = \"home\" }\nc = { leave = \"died\" }\n",
        );
        assert_eq!(dead, []);
        assert_eq!(
            steps,
            [
                "p.a: r.one p.b -",
                "r.one: r.two r.two -",
                "r.two: p.b p.b r.one",
                "p.b: - - -",
                "q.a: r.one q.b -",
                "r.one: r.two r.two -",
                "r.two: q.c q.c r.one",
                "q.b: - q.c -",
                "q.c: - - -",
            ]
        );
    }

    #[test]
    fn then_on_a_last_follow_touches_no_other_pathway() {
        let (steps, dead) = shown(
            "[routes.r.steps]\none = { wait = \"1 day\" }\n\
             [pathways.p.steps]\na = { leave = \"home\" }\nb = { follow = \"r\", then = \"a\" }\n\
             [pathways.q.steps]\nx = { wait = \"1 day\" }\n",
        );
        assert_eq!(dead, []);
        assert_eq!(steps, ["p.a: - p.b -", "p.b: r.one - -", "r.one: p.a p.a -", "q.x: - - -"]);
    }

    #[test]
    fn who_passes_a_leave_passes_the_readmission_after_it() {
        let (steps, dead) = shown(
            "[pathways.p.steps]\na = { leave = \"home\", chance = 0.5 }\n\
             b = { readmit = { chance = 0.1, after = \"9 days\", arrivals = \"x\" } }\nc = { leave = \"home\" }\n",
        );
        assert_eq!(dead, []);
        assert_eq!(steps, ["p.a: p.b p.c -", "p.b: - - -", "p.c: - - -"]);
    }

    #[test]
    fn routes_that_multiply_without_end_are_cut_short() {
        let mut text = String::from("[pathways.p.steps]\na = { follow = \"r0\" }\n");
        for r in 0..40 {
            let next = r + 1;
            text.push_str(&format!(
                "[routes.r{r}.steps]\na = {{ follow = \"r{next}\" }}\nb = {{ follow = \"r{next}\" }}\n"
            ));
        }
        text.push_str("[routes.r40.steps]\n");
        let (steps, dead) = shown(&text);
        assert!(steps.len() < 11_000, "{} steps", steps.len());
        assert!(dead.iter().all(|dead| dead.expected.contains("ever more")) && !dead.is_empty());
    }

    #[test]
    fn names_that_lead_nowhere_are_told_with_the_known_ones() {
        let (_, dead) = shown(
            "[routes.r.steps]\none = { follow = \"s\" }\n[routes.s.steps]\ntwo = { follow = \"r\" }\n\
             [pathways.p.steps]\na = { follow = \"r\" }\nb = { wait = \"1 day\", then = \"x\" }\nc = { wait = \"1 day\", then = \"p.y\" }\n\
             d = { split = { z = 1.0 } }\ne = { follow = \"t\" }\nf = { wait = \"1 day\", then = \"o.a\" }\n\
             [pathways.p.while_delayed.h]\nper_day = 0.1\nthen = \"w\"\n",
        );
        let told: Vec<(&str, &str)> =
            dead.iter().map(|d| (d.path.as_str(), d.found.as_str())).collect();
        assert_eq!(
            told,
            [
                ("routes.s.steps.two.follow", "r"),
                ("pathways.p.steps.e.follow", "t"),
                ("pathways.p.steps.b.then", "x"),
                ("pathways.p.steps.c.then", "p.y"),
                ("pathways.p.steps.d.split.z", "z"),
                ("pathways.p.steps.f.then", "o.a"),
                ("pathways.p.while_delayed.h.then", "w"),
            ]
        );
        assert_eq!(dead[2].known, ["a", "b", "c", "d", "e", "f"]);
        assert_eq!(dead[5].known, ["p.a"]);
    }
}
