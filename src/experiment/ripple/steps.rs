//! The standard steps: one thing that one organisation does a little more of.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::scenario::language::Capacity;
use crate::scenario::language::coordination::Effort;
use crate::scenario::units::Date;
use crate::scenario::{Description, Diagnostics, Scenario};

/// The hours that a step of effort moves, as a share of all hours of the organisation.
pub const HOURS: f64 = 0.02;
/// By how much a step of staff or places grows them.
pub const GROWTH: f64 = 0.10;

/// What an organisation does more of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lever {
    /// Hours with the other organisations, taken from tasks.
    Relate,
    /// Hours for better handovers, taken from tasks.
    Hone,
    /// Hours for recovery, taken from tasks.
    Recover,
    /// Staff of all its teams.
    Staff,
    /// Capacity of all its places.
    Places,
}

impl Lever {
    /// All of them, in the order of the page.
    pub const ALL: [Lever; 5] =
        [Lever::Relate, Lever::Hone, Lever::Recover, Lever::Staff, Lever::Places];

    /// Its name in JSON.
    pub fn id(self) -> &'static str {
        match self {
            Lever::Relate => "relate",
            Lever::Hone => "hone",
            Lever::Recover => "recover",
            Lever::Staff => "staff",
            Lever::Places => "places",
        }
    }

    /// How much of what, in a few words.
    pub fn title(self) -> &'static str {
        match self {
            Lever::Relate => "relate +2h",
            Lever::Hone => "hone +2h",
            Lever::Recover => "recover +2h",
            Lever::Staff => "staff +10%",
            Lever::Places => "places +10%",
        }
    }
}

/// A step of an organisation, and the scenario with it.
#[derive(Debug, Clone)]
pub(super) struct Stepped {
    /// The organisation's name in the scenario.
    pub(super) organisation: String,
    pub(super) lever: Lever,
    pub(super) scenario: Scenario,
}

/// All steps that a scenario has: from the first measured day on, whatever the scenario changes later.
pub(super) fn all(scenario: &Scenario) -> Result<Vec<Stepped>, Diagnostics> {
    let mut steps = Vec::new();
    for organisation in scenario.base.organisations.keys() {
        for lever in Lever::ALL {
            let Some(changes) = changes(scenario, organisation, lever) else { continue };
            let text = format!("{}\n{changes}", scenario.text);
            let stepped = Scenario::parse(&scenario.name, &text)?;
            let organisation = organisation.clone();
            steps.push(Stepped { organisation, lever, scenario: stepped });
        }
    }
    Ok(steps)
}

/// The dated changes of a step; `None` if there is nothing to step.
fn changes(scenario: &Scenario, organisation: &str, lever: Lever) -> Option<String> {
    let start = scenario.base.run.start;
    let later = scenario.later.iter().map(|(on, _)| *on).filter(|on| *on > start);
    let dates: BTreeSet<Date> = later.chain([start]).collect();
    let mut text = String::new();
    for on in dates {
        let sets = sets(in_force(scenario, on), organisation, lever)?;
        let _ = writeln!(text, "[[changes]]\non = {on}\n{sets}");
    }
    Some(text)
}

/// What the scenario says on a day.
fn in_force(scenario: &Scenario, on: Date) -> &Description {
    let until = scenario.later.iter().take_while(|(since, _)| *since <= on);
    until.last().map_or(&scenario.base, |(_, description)| description)
}

/// What a step sets on a day, a line each; `None` if there is nothing.
fn sets(said: &Description, organisation: &str, lever: Lever) -> Option<String> {
    let mut lines = String::new();
    match lever {
        Lever::Relate | Lever::Hone | Lever::Recover => {
            let coordination = said.coordination.as_ref()?;
            let stance = coordination.organisations.get(organisation);
            let effort = stepped(stance.map_or_else(Effort::default, |it| it.effort), lever)?;
            let Effort { task, relate, hone, recover } = effort;
            let _ = writeln!(
                lines,
                "set.coordination.organisations.{organisation:?}.effort = {{ task = {task:?}, \
                 relate = {relate:?}, hone = {hone:?}, recover = {recover:?} }}"
            );
        }
        Lever::Staff => {
            for (name, team) in &said.teams {
                if team.organisation == organisation {
                    let headcount = team.headcount * (1.0 + GROWTH);
                    let _ = writeln!(lines, "set.teams.{name:?}.headcount = {headcount:?}");
                }
            }
        }
        Lever::Places => {
            for (name, place) in &said.places {
                if let Capacity::Limited(capacity) = place.capacity
                    && place.organisation == organisation
                {
                    let more = (f64::from(capacity) * GROWTH).round().max(1.0);
                    let capacity = f64::from(capacity) + more;
                    let _ = writeln!(lines, "set.places.{name:?}.capacity = {capacity}");
                }
            }
        }
    }
    (!lines.is_empty()).then_some(lines)
}

/// The split of hours with the step; `None` if there are not so many hours for tasks.
fn stepped(effort: Effort, lever: Lever) -> Option<Effort> {
    let mut effort = Effort { task: effort.task - HOURS, ..effort };
    let more = match lever {
        Lever::Relate => &mut effort.relate,
        Lever::Hone => &mut effort.hone,
        Lever::Recover => &mut effort.recover,
        Lever::Staff | Lever::Places => return None,
    };
    *more += HOURS;
    (effort.task > 0.0).then_some(effort)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn read(name: &str) -> Scenario {
        Scenario::read(Path::new(name), &[]).expect("a shipped scenario is sound")
    }

    #[test]
    fn a_step_lasts_whatever_the_scenario_changes_later() {
        // It splits hours 80 to 8 for half a year, and 93 to 2 after that.
        let scenario = read("programme_then_back_to_task");
        let steps = all(&scenario).expect("every step is sound");
        assert_eq!(steps.len(), 15, "three organisations with five levers");
        let step = steps
            .iter()
            .find(|it| it.organisation == "social_care" && it.lever == Lever::Relate)
            .expect("it is there");
        let relate = |scenario: &Scenario| -> Vec<f64> {
            let of = |said: &Description| {
                said.coordination.as_ref().expect("a layer").organisations["social_care"]
                    .effort
                    .relate
            };
            scenario.later.iter().map(|(_, said)| of(said)).collect()
        };
        let (before, after) = (relate(&scenario), relate(&step.scenario));
        assert!(before.len() > 1 && before.len() == after.len(), "{before:?} {after:?}");
        for (before, after) in before.iter().zip(&after) {
            assert!((after - before - HOURS).abs() < 1e-12, "{before} {after}");
        }
    }

    #[test]
    fn staff_and_places_grow_by_a_tenth_from_the_first_measured_day() {
        let scenario = read("baseline");
        let steps = all(&scenario).expect("every step is sound");
        // Without a relationship layer there are no hours to split.
        assert!(steps.iter().all(|it| matches!(it.lever, Lever::Staff | Lever::Places)));
        let of = |lever, organisation: &str| {
            let step = steps.iter().find(|it| it.lever == lever && it.organisation == organisation);
            let [(on, said)] = &step.expect("it is there").scenario.later[..] else {
                panic!("one change")
            };
            assert_eq!(*on, scenario.base.run.start);
            said.clone()
        };
        let said = of(Lever::Places, "community");
        assert_eq!(said.places["home_support"].capacity, Capacity::Limited(125), "114 and 11");
        assert_eq!(said.places["ward"].capacity, scenario.base.places["ward"].capacity);
        let said = of(Lever::Staff, "hospital");
        assert!((said.teams["hub"].headcount - 15.5 * 1.1).abs() < 1e-12);
        assert!((said.teams["social_workers"].headcount - 10.0).abs() < 1e-12);
    }
}
