//! What people are: their attributes, beside the people themselves, and only if the scenario has any.

use super::draws;
use super::rules::{ArrivalRules, Rules};
use crate::random::Key;

/// The attributes of everybody who is there, slot by slot.
#[derive(Debug, Default)]
pub(super) struct Traits {
    /// How many attributes there are.
    attributes: usize,
    /// The value of each attribute, as a position among its values, one slot after the other.
    values: Vec<u8>,
}

impl Traits {
    /// For people of so many attributes.
    pub(super) fn new(attributes: usize) -> Traits {
        Traits { attributes, values: Vec::new() }
    }

    /// Draws the attributes of somebody who comes first.
    #[inline]
    pub(super) fn come(&mut self, rules: &Rules, stream: &ArrivalRules, key: Key, slot: u32) {
        if self.attributes > 0 {
            self.draw(rules, stream, key, slot as usize * self.attributes);
        }
    }

    #[inline(never)]
    fn draw(&mut self, rules: &Rules, stream: &ArrivalRules, key: Key, from: usize) {
        if self.values.len() < from + self.attributes {
            self.values.resize(from + self.attributes, 0);
        }
        for (attribute, shares) in stream.attributes.iter().enumerate() {
            let purpose = rules.attributes[attribute];
            self.values[from + attribute] = draws::attribute(purpose, shares, key);
        }
    }

    /// What somebody is by an attribute.
    #[inline]
    pub(super) fn value(&self, slot: u32, attribute: u8) -> u8 {
        self.values[slot as usize * self.attributes + usize::from(attribute)]
    }

    /// Whether somebody is what a step is for: one of the values of each attribute.
    pub(super) fn fits(&self, slot: u32, when: &[(u8, Vec<bool>)]) -> bool {
        let is = |(attribute, values): &(u8, Vec<bool>)| {
            values[usize::from(self.value(slot, *attribute))]
        };
        when.iter().all(is)
    }
}
