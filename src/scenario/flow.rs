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
    /// Where a person goes on after it; `None` after the last one.
    pub next: Option<usize>,
    /// Where a person goes on who does not need it (`chance`); `None` after the last one.
    pub skip: Option<usize>,
    /// Where `again` starts again.
    pub again: Option<usize>,
    /// Where `split` leads, with the shares.
    pub split: Vec<(usize, f64)>,
}

/// All steps of all pathways, in order.
#[derive(Debug, Clone)]
pub struct Flow<'a> {
    /// The steps; those of one pathway stand together.
    pub steps: Vec<FlatStep<'a>>,
    /// The first step of each pathway.
    pub starts: Vec<usize>,
    /// What can happen while delayed, by pathway: where it leads, and the hazard.
    pub hazards: Vec<Vec<(usize, &'a Hazard)>>,
}

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
    /// # Errors
    /// All names that lead nowhere, and routes that follow themselves. The flow that comes with
    /// them leaves those jumps out, so that the other checks can go on.
    pub fn of(description: &'a Description) -> (Flow<'a>, Vec<DeadReference>) {
        let mut builder = Builder {
            description,
            flow: Flow {
                steps: Vec::new(),
                starts: Vec::new(),
                hazards: Vec::new(),
            },
            labels: Vec::new(),
            dead: Vec::new(),
        };
        for (index, (name, pathway)) in description.pathways.iter().enumerate() {
            builder.flow.starts.push(builder.flow.steps.len());
            let prefix = format!("pathways.{name}");
            let mut open = vec![prefix.clone()];
            builder.lay_out(index, name, &prefix, &pathway.steps, &mut open);
        }
        builder.resolve();
        (builder.flow, builder.dead)
    }
}

struct Builder<'a> {
    description: &'a Description,
    flow: Flow<'a>,
    /// For each flat step: the group it was written in (`pathways.p1` or `routes.x`), which copy of
    /// that group it belongs to, and its name there.
    labels: Vec<(String, usize, String)>,
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
        open: &mut Vec<String>,
    ) -> Vec<Tail> {
        let copy = self.flow.steps.len();
        let mut tails: Vec<Tail> = Vec::new();
        for (name, step) in steps {
            let here = self.flow.steps.len();
            self.join(&tails, here);
            tails.clear();
            let path = format!("{prefix}.steps.{name}");
            self.labels.push((prefix.to_owned(), copy, name.clone()));
            self.flow.steps.push(FlatStep {
                pathway,
                path: path.clone(),
                name: format!("{group}.{name}"),
                step,
                next: None,
                skip: None,
                again: None,
                split: Vec::new(),
            });
            tails.push(Tail::Skip(here));
            match &step.follow {
                Some(route) => match self.description.routes.get(route) {
                    Some(inner) if !open.contains(route) => {
                        open.push(route.clone());
                        if !inner.steps.is_empty() {
                            self.flow.steps[here].next = Some(here + 1);
                        }
                        let inner_prefix = format!("routes.{route}");
                        tails.extend(self.lay_out(
                            pathway,
                            route,
                            &inner_prefix,
                            &inner.steps,
                            open,
                        ));
                        open.pop();
                    }
                    known => {
                        self.dead.push(DeadReference {
                            path: format!("{path}.follow"),
                            found: route.clone(),
                            expected: if known.is_some() {
                                "route that does not lead back here"
                            } else {
                                "route"
                            },
                            known: self.description.routes.keys().cloned().collect(),
                        });
                        tails.push(Tail::Next(here));
                    }
                },
                None => tails.push(Tail::Next(here)),
            }
        }
        tails
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
        for here in 0..self.flow.steps.len() {
            let step = self.flow.steps[here].step;
            let path = self.flow.steps[here].path.clone();
            if step.leave.is_some() && !self.readmits(here) {
                self.flow.steps[here].next = None;
            }
            if let Some(target) = &step.then {
                let resolved = self.find(Some(here), 0, target, &format!("{path}.then"));
                if step.follow.is_some() {
                    // `then` on a `follow` belongs to the end of the route.
                    self.redirect_route_end(here, resolved);
                } else {
                    self.flow.steps[here].next = resolved;
                }
            }
            if let Some(again) = &step.again {
                self.flow.steps[here].again =
                    self.find(Some(here), 0, &again.from, &format!("{path}.again.from"));
            }
            if let Some(split) = &step.split {
                for (target, share) in split {
                    let found = self.find(Some(here), 0, target, &format!("{path}.split.{target}"));
                    if let Some(found) = found {
                        self.flow.steps[here].split.push((found, *share));
                    }
                }
                self.flow.steps[here].next = None;
            }
        }
        for (index, (name, pathway)) in self.description.pathways.iter().enumerate() {
            let mut hazards = Vec::new();
            for (hazard_name, hazard) in &pathway.while_delayed {
                let path = format!("pathways.{name}.while_delayed.{hazard_name}.then");
                if let Some(target) = self.find(None, index, &hazard.then, &path) {
                    hazards.push((target, hazard));
                }
            }
            self.flow.hazards.push(hazards);
        }
    }

    /// Whether the step after a `leave` is a `readmit`.
    fn readmits(&self, leave: usize) -> bool {
        self.flow.steps[leave]
            .next
            .is_some_and(|next| self.flow.steps[next].step.readmit.is_some())
    }

    /// Makes the ends of the route that `follow` entered go on at `target`.
    fn redirect_route_end(&mut self, follow: usize, target: Option<usize>) {
        let after = self.flow.steps[follow].skip;
        let end = after.unwrap_or(self.flow.steps.len());
        for inner in follow + 1..end {
            if self.flow.steps[inner].next == after {
                self.flow.steps[inner].next = target;
            }
            if self.flow.steps[inner].skip == after {
                self.flow.steps[inner].skip = target;
            }
        }
    }

    /// The flat step that `target` means, seen from a step or from a pathway.
    fn find(
        &mut self,
        from: Option<usize>,
        pathway: usize,
        target: &str,
        path: &str,
    ) -> Option<usize> {
        let description = self.description;
        let own = match from {
            Some(here) => self.labels[here].clone(),
            None => {
                let (name, _) = description
                    .pathways
                    .get_index(pathway)
                    .expect("hazards are resolved for pathways that exist");
                (format!("pathways.{name}"), self.flow.starts[pathway], String::new())
            }
        };
        let place = |labels: &[(String, usize, String)], group: &str, copy: Option<usize>, step: &str| {
            labels.iter().position(|label| {
                label.0 == group && label.2 == step && copy.is_none_or(|copy| label.1 == copy)
            })
        };
        let found = match target.split_once('.') {
            None => place(&self.labels, &own.0, Some(own.1), target),
            Some((other, step)) => place(&self.labels, &format!("pathways.{other}"), None, step),
        };
        if found.is_none() {
            let known = match target.split_once('.') {
                Some((other, _)) if description.pathways.contains_key(other) => description.pathways
                    [other]
                    .steps
                    .keys()
                    .map(|step| format!("{other}.{step}"))
                    .collect(),
                Some(_) => description.pathways.keys().cloned().collect(),
                None => self
                    .labels
                    .iter()
                    .filter(|label| label.0 == own.0 && label.1 == own.1)
                    .map(|label| label.2.clone())
                    .collect(),
            };
            self.dead.push(DeadReference {
                path: path.to_owned(),
                found: target.to_owned(),
                expected: "step",
                known,
            });
        }
        found
    }
}

/// An end of a step that is not yet joined to what follows.
#[derive(Debug, Clone, Copy)]
enum Tail {
    Next(usize),
    Skip(usize),
}
