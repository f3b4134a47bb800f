//! What each person holds in places where one person is not always one common unit.

use crate::model::person::NO_PLACE;
use crate::model::place::rules::{NO_CLASS, Request};
use crate::scenario::language::Back;

/// Units of a place that are held for one person.
#[derive(Debug, Clone, Copy)]
pub(in crate::model) struct Holding {
    /// How many.
    pub units: u32,
    /// The class of the person.
    pub class: u8,
    /// The place of the first choice, if this is another.
    pub first_choice: u8,
    /// Whether they go back there.
    pub back: Back,
}

impl Holding {
    const NOTHING: Holding =
        Holding { units: 1, class: NO_CLASS, first_choice: NO_PLACE, back: Back::Never };

    /// What somebody holds whose request is granted; in another place than that of their first
    /// choice, if one is named.
    pub(super) fn of(request: &Request, first_choice: u8) -> Holding {
        Holding { units: request.units, class: request.class, first_choice, back: request.back }
    }

    /// Whether the person waits to go back to their first choice.
    pub(super) fn goes_back(&self) -> bool {
        self.first_choice != NO_PLACE && self.back != Back::Never
    }
}

/// What somebody holds in the place where they are, in the one that is held for them, and in the one
/// that they were granted last.
#[derive(Debug, Clone, Copy)]
pub(in crate::model) struct Holdings {
    pub here: Holding,
    pub reserved: Holding,
    pub granted: Holding,
    /// The place that was granted last.
    pub granted_place: u8,
}

/// The holdings of everybody, by slot. Only places that need care read them, and only of people whom
/// they granted something.
#[derive(Debug, Default)]
pub(in crate::model) struct AllHoldings {
    slots: Vec<Holdings>,
}

impl AllHoldings {
    /// Those of somebody who has been granted something.
    pub(in crate::model) fn seen(&self, slot: u32) -> &Holdings {
        &self.slots[slot as usize]
    }

    /// Those of a person.
    pub(in crate::model) fn of(&mut self, slot: u32) -> &mut Holdings {
        let slot = slot as usize;
        if self.slots.len() <= slot {
            let nothing = Holdings {
                here: Holding::NOTHING,
                reserved: Holding::NOTHING,
                granted: Holding::NOTHING,
                granted_place: NO_PLACE,
            };
            self.slots.resize(slot + 1, nothing);
        }
        &mut self.slots[slot]
    }
}
