//! Who is there when the simulation begins, as the model holds them.

use super::position;
use super::quantities::distribution;
use crate::model::initial::Initial;
use crate::random::{Distribution, Key};
use crate::scenario::flow::Flow;
use crate::scenario::language::Description;

/// Everybody who is there.
pub(super) fn initial(description: &Description, flow: &Flow<'_>) -> Vec<Initial> {
    let groups = description.initial.iter().zip(0_u32..).map(|(said, number)| {
        let at = flow.step_called(&said.at).expect("checked: people are in a step");
        let within = flow.within(at);
        let lots = match said.people {
            Some(people) => {
                let of = |time: &Option<_>| time.as_ref().map(distribution);
                vec![(people, of(&said.stayed), of(&said.remaining))]
            }
            None => said
                .persons
                .iter()
                .map(|known| {
                    let fixed = |time: Option<crate::scenario::units::Duration>| {
                        time.map(|time| Distribution::fixed(time.seconds))
                    };
                    (1, fixed(known.stayed), fixed(known.remaining))
                })
                .collect(),
        };
        Initial {
            lots,
            at: at as u32,
            enter: within.enter.map(|step| step as u32),
            ready: within.ready.map(|step| step as u32),
            pathway: u8::try_from(flow.steps[at].pathway).expect("checked: at most 250 pathways"),
            stream: said.stream.as_ref().map_or(0, |name| position(&description.arrivals, name)),
            purpose: Key::of_name(&format!("initial.{number}.{}", said.at)),
        }
    });
    groups.collect()
}

/// How many people there are.
pub(super) fn people(description: &Description) -> usize {
    let count = |people: Option<u32>| people.map_or(0, |people| people as usize);
    description.initial.iter().map(|it| count(it.people) + it.persons.len()).sum()
}
