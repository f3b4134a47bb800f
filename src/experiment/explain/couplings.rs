//! Scenarios with some couplings of the relationship layer switched off.

use crate::scenario::Scenario;
use crate::scenario::language::Description;
use crate::scenario::language::coordination::Couplings;

/// The couplings that are on in either scenario, by their position in [`Couplings::ALL`]; none if neither
/// has a relationship layer. One that is on in one of them only is part of the difference as well.
pub(super) fn in_either(one: &Scenario, other: &Scenario) -> Vec<usize> {
    let on = |scenario: &Scenario| {
        let later = scenario.later.iter().map(|(_, said)| said);
        let all = std::iter::once(&scenario.base).chain(later);
        let layers = all.filter_map(|said| said.coordination.as_ref());
        layers.map(|layer| layer.couplings.values()).collect::<Vec<_>>()
    };
    let all: Vec<_> = on(one).into_iter().chain(on(other)).collect();
    (0..Couplings::ALL.len()).filter(|&coupling| all.iter().any(|on| on[coupling])).collect()
}

/// The scenario with only these couplings, of those that it has.
pub(super) fn only(scenario: &Scenario, on: &[usize]) -> Scenario {
    let mut scenario = scenario.clone();
    let later = scenario.later.iter_mut().map(|(_, said)| said);
    for said in std::iter::once(&mut scenario.base).chain(later) {
        switch(said, on);
    }
    scenario
}

fn switch(said: &mut Description, on: &[usize]) {
    if let Some(layer) = &mut said.coordination {
        let values = layer.couplings.values().into_iter().enumerate();
        let values: Vec<bool> = values.map(|(index, is_on)| is_on && on.contains(&index)).collect();
        layer.couplings = Couplings::from_values(&values);
    }
}
