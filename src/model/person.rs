//! One person on their way.

use std::ops::{Index, IndexMut};

use crate::engine::{Links, Time};
use crate::random::Key;

/// Nobody's place.
pub(super) const NO_PLACE: u8 = u8::MAX;

/// Who somebody is: the same in every scenario in which they come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct PersonId {
    /// The stream in which they came first.
    pub stream: u8,
    /// How often they came back.
    pub visit: u8,
    /// The day on which they came first, counted from the start of the simulation. Streams with gaps
    /// know no days: there it goes up by one when the numbers of a day are used up.
    pub day: u32,
    /// Their number within that day and stream.
    pub number: u32,
}

/// Whether a person waits in a queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    /// In the queue of the team, place or meeting of their step.
    Queued,
    /// In their step, until a time that is known.
    Busy,
}

/// One person, in one line of the processor's cache.
#[derive(Debug, Clone, Copy)]
#[repr(align(64))]
pub(super) struct Person {
    /// What all their draws depend on.
    pub key: Key,
    /// The day on which they came first.
    pub day: u32,
    /// Their number within that day and stream.
    pub number: u32,
    /// The stream in which they came first.
    pub stream: u8,
    /// How often they came back.
    pub visit: u8,
    /// How often they have jumped back, a byte for each loop.
    pub loops: u64,
    /// The step at which they are.
    pub at: u32,
    /// When they came to that step.
    pub step_since: Time,
    /// Until when their delay is booked.
    pub booked_until: Time,
    /// Since when they have been ready.
    pub ready_since: Time,
    /// When the present spell in hospital began.
    pub spell_since: Time,
    /// Events of steps that carry another stamp are not meant for them any more.
    pub stamp: u32,
    /// Hazards that carry another stamp are not meant for them any more.
    pub ready_stamp: u32,
    /// Which hazard comes first while they are delayed: a pathway, and one of its hazards.
    pub hazard: (u8, u8),
    /// Their pathway.
    pub pathway: u8,
    /// The place where they are.
    pub place: u8,
    /// The place that is held for them.
    pub reserved: u8,
    /// Whether they no longer need the place where they are.
    pub ready: bool,
    /// Whether they are in a spell in hospital.
    pub in_spell: bool,
    /// Whether they wait.
    pub stage: Stage,
    /// Whether the slot holds somebody.
    pub present: bool,
}

impl Person {
    /// Who they are.
    pub(super) fn id(&self) -> PersonId {
        PersonId { stream: self.stream, visit: self.visit, day: self.day, number: self.number }
    }
}

/// Everybody who is on their way, in slots that are used again.
#[derive(Debug, Default)]
pub(super) struct People {
    slots: Vec<Person>,
    free: Vec<u32>,
    /// How many came and how many went.
    came: u64,
    went: u64,
}

impl People {
    /// A slot for somebody new, whose pathway is decided next.
    #[inline(always)]
    pub(super) fn come(&mut self, links: &mut Links, key: Key, id: PersonId, now: Time) -> u32 {
        self.came += 1;
        if let Some(slot) = self.free.pop() {
            let person = &mut self.slots[slot as usize];
            person.key = key;
            person.day = id.day;
            person.number = id.number;
            person.stream = id.stream;
            person.visit = id.visit;
            person.loops = 0;
            person.present = true;
            person.spell_since = now;
            return slot;
        }
        self.come_beside(links, key, id, now)
    }

    /// A slot that is new too.
    #[cold]
    fn come_beside(&mut self, links: &mut Links, key: Key, id: PersonId, now: Time) -> u32 {
        let person = Person {
            key,
            day: id.day,
            number: id.number,
            stream: id.stream,
            visit: id.visit,
            loops: 0,
            at: 0,
            step_since: now,
            booked_until: now,
            ready_since: now,
            spell_since: now,
            stamp: 0,
            ready_stamp: 0,
            hazard: (0, 0),
            pathway: 0,
            place: NO_PLACE,
            reserved: NO_PLACE,
            ready: false,
            in_spell: false,
            stage: Stage::Busy,
            present: true,
        };
        self.slots.push(person);
        links.reach(self.slots.len());
        assert!(self.slots.len() < 1 << 24, "fewer than 2^24 people are there at a time");
        self.slots.len() as u32 - 1
    }

    /// Gives the slot of somebody who has gone free.
    pub(super) fn go(&mut self, slot: u32) {
        let person = &mut self[slot];
        debug_assert!(person.present, "nobody goes twice");
        debug_assert!(
            person.place == NO_PLACE && person.reserved == NO_PLACE && !person.ready,
            "who goes has given everything back"
        );
        person.present = false;
        person.stamp = next_stamp(person.stamp);
        person.ready_stamp = next_stamp(person.ready_stamp);
        self.free.push(slot);
        self.went += 1;
    }

    /// How many must be there.
    pub(super) fn expected(&self) -> usize {
        usize::try_from(self.came - self.went).expect("they are counted in memory")
    }

    /// Whether somebody has been there, and nobody is any more.
    pub(super) fn all_have_gone(&self) -> bool {
        !self.slots.is_empty() && self.free.len() == self.slots.len()
    }

    /// How many are there.
    pub(super) fn count(&self) -> u32 {
        u32::try_from(self.slots.len() - self.free.len()).expect("slots are counted in 32 bits")
    }

    /// Everybody who is there.
    pub(super) fn present(&self) -> impl Iterator<Item = u32> + '_ {
        (0_u32..).zip(&self.slots).filter(|(_, person)| person.present).map(|(slot, _)| slot)
    }
}

/// The stamp after `stamp`; stamps have 20 bits in an event.
pub(super) fn next_stamp(stamp: u32) -> u32 {
    (stamp + 1) & 0xF_FFFF
}

impl Index<u32> for People {
    type Output = Person;

    #[inline]
    fn index(&self, slot: u32) -> &Person {
        &self.slots[slot as usize]
    }
}

impl IndexMut<u32> for People {
    #[inline]
    fn index_mut(&mut self, slot: u32) -> &mut Person {
        &mut self.slots[slot as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_fits_into_a_line_of_the_cache() {
        assert_eq!(size_of::<Person>(), 64);
    }
}
