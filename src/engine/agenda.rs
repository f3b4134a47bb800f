//! What is due, and in which order.
//!
//! One 128-bit key holds time, phase, sequence and the event itself, so that a comparison is one
//! comparison of integers and four children of a node share a cache line of the 4-ary heap.
//! Handling an event mostly schedules one other: the hole that `next_before` leaves at the top is
//! filled by the following `schedule`, which saves a whole removal.

use std::marker::PhantomData;

use super::time::{Span, Time};

/// Something that can be scheduled: it fits into [`Event::BITS`] bits.
pub trait Event: Copy {
    /// The bits that [`Event::pack`] may use.
    const BITS: u32 = 48;

    /// The event as a number below 2^48.
    fn pack(self) -> u64;

    /// The event that `pack` made this number of.
    fn unpack(bits: u64) -> Self;
}

/// The order of what happens at the same time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// Something is given back, or work ends.
    Release = 0,
    /// Something begins or opens.
    Normal = 1,
    /// Somebody comes and asks.
    Arrive = 2,
    /// The world is looked at.
    Observe = 3,
}

const TIME_SHIFT: u32 = 96;
const PHASE_SHIFT: u32 = 92;
const SEQUENCE_SHIFT: u32 = 48;
const SEQUENCE_LIMIT: u64 = 1 << (PHASE_SHIFT - SEQUENCE_SHIFT);

/// The events that are due, in the order of the [module](crate::engine)'s guarantees.
#[derive(Debug)]
pub struct Agenda<E> {
    heap: Vec<u128>,
    /// The top was handed out and nothing has taken its place yet.
    hole: bool,
    sequence: u64,
    now: Time,
    events: PhantomData<E>,
}

impl<E: Event> Default for Agenda<E> {
    fn default() -> Self {
        Agenda {
            heap: Vec::new(),
            hole: false,
            sequence: 0,
            now: Time::START,
            events: PhantomData,
        }
    }
}

impl<E: Event> Agenda<E> {
    /// The time of the event that is being handled.
    pub fn now(&self) -> Time {
        self.now
    }

    /// Schedules an event.
    ///
    /// # Panics
    /// If `time` lies in the past: that is a bug in the world.
    #[inline]
    pub fn schedule(&mut self, time: Time, phase: Phase, event: E) {
        assert!(time >= self.now, "an event is never scheduled into the past");
        debug_assert!(event.pack() < 1 << E::BITS, "an event fits into its bits");
        debug_assert!(self.sequence < SEQUENCE_LIMIT, "2^44 events are enough");
        let key = (u128::from(time.seconds()) << TIME_SHIFT)
            | ((phase as u128) << PHASE_SHIFT)
            | (u128::from(self.sequence) << SEQUENCE_SHIFT)
            | u128::from(event.pack());
        self.sequence += 1;
        if self.hole {
            self.hole = false;
            self.sink(key);
        } else {
            self.heap.push(key);
            self.rise(key);
        }
    }

    /// Schedules an event `span` from now.
    #[inline]
    pub fn schedule_in(&mut self, span: Span, phase: Phase, event: E) {
        self.schedule(self.now + span, phase, event);
    }

    /// Takes the next event if it is due before `end`, and moves on to its time.
    #[inline]
    pub fn next_before(&mut self, end: Time) -> Option<E> {
        if self.hole {
            self.hole = false;
            if let Some(last) = self.heap.pop()
                && !self.heap.is_empty()
            {
                self.sink(last);
            }
        }
        let top = *self.heap.first()?;
        let time = Time::from_seconds((top >> TIME_SHIFT) as u32);
        if time >= end {
            return None;
        }
        self.hole = true;
        self.now = time;
        Some(E::unpack(top as u64 & ((1 << SEQUENCE_SHIFT) - 1)))
    }

    /// How many events are due.
    pub fn len(&self) -> usize {
        self.heap.len() - usize::from(self.hole)
    }

    /// Whether nothing is due any more.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Puts `key` at the top and lets it sink to its place.
    #[inline]
    fn sink(&mut self, key: u128) {
        let heap = self.heap.as_mut_slice();
        let len = heap.len();
        let mut at = 0;
        loop {
            let first = 4 * at + 1;
            if first >= len {
                break;
            }
            let mut least = first;
            let mut least_key = heap[first];
            if let Some(rest) = heap.get(first + 1..(first + 4).min(len)) {
                for (offset, &child) in rest.iter().enumerate() {
                    if child < least_key {
                        least_key = child;
                        least = first + 1 + offset;
                    }
                }
            }
            if key <= least_key {
                break;
            }
            heap[at] = least_key;
            at = least;
        }
        heap[at] = key;
    }

    /// Lets `key`, which stands last, rise to its place.
    #[inline]
    fn rise(&mut self, key: u128) {
        let heap = self.heap.as_mut_slice();
        let mut at = heap.len() - 1;
        while at > 0 {
            let parent = (at - 1) / 4;
            if heap[parent] <= key {
                break;
            }
            heap[at] = heap[parent];
            at = parent;
        }
        heap[at] = key;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    struct Letter(u32);

    impl Event for Letter {
        fn pack(self) -> u64 {
            u64::from(self.0)
        }

        fn unpack(bits: u64) -> Self {
            Letter(u32::try_from(bits).expect("a letter is 32 bits"))
        }
    }

    fn drain(agenda: &mut Agenda<Letter>) -> Vec<u32> {
        std::iter::from_fn(|| agenda.next_before(Time::NEVER)).map(|letter| letter.0).collect()
    }

    #[test]
    fn at_the_same_time_the_phase_decides_and_then_who_came_first() {
        let mut agenda = Agenda::default();
        let noon = Time::from_seconds(12);
        agenda.schedule(noon, Phase::Observe, Letter(5));
        agenda.schedule(noon, Phase::Normal, Letter(2));
        agenda.schedule(noon, Phase::Arrive, Letter(4));
        agenda.schedule(noon, Phase::Normal, Letter(3));
        agenda.schedule(noon, Phase::Release, Letter(1));
        agenda.schedule(Time::from_seconds(11), Phase::Observe, Letter(0));
        assert_eq!(drain(&mut agenda), [0, 1, 2, 3, 4, 5]);
    }

    #[test]
    fn an_event_at_the_end_is_not_handled() {
        let mut agenda = Agenda::default();
        agenda.schedule(Time::from_seconds(10), Phase::Normal, Letter(1));
        assert_eq!(agenda.next_before(Time::from_seconds(10)), None);
        assert_eq!(agenda.len(), 1);
        assert_eq!(agenda.next_before(Time::from_seconds(11)), Some(Letter(1)));
        assert!(agenda.is_empty());
    }

    #[test]
    #[should_panic(expected = "never scheduled into the past")]
    fn the_past_is_closed() {
        let mut agenda = Agenda::default();
        agenda.schedule(Time::from_seconds(10), Phase::Normal, Letter(1));
        agenda.next_before(Time::NEVER);
        agenda.schedule(Time::from_seconds(9), Phase::Normal, Letter(2));
    }

    proptest! {
        /// Whatever is scheduled in between, events come out as a sorted list would give them.
        #[test]
        fn events_come_in_the_order_of_a_sorted_list(
            steps in prop::collection::vec((0_u32..50, 0_usize..4, 0_usize..3), 1..300)
        ) {
            let phases = [Phase::Release, Phase::Normal, Phase::Arrive, Phase::Observe];
            let mut agenda = Agenda::default();
            let mut sorted: Vec<(u32, Phase, u32)> = Vec::new();
            for (id, (delay, phase, takes)) in steps.into_iter().enumerate() {
                let id = u32::try_from(id).expect("few");
                let time = agenda.now() + Span::from_seconds(delay);
                agenda.schedule(time, phases[phase], Letter(id));
                sorted.push((time.seconds(), phases[phase], id));
                for _ in 0..takes {
                    sorted.sort_unstable();
                    let expected = if sorted.is_empty() { None } else { Some(sorted.remove(0)) };
                    let found = agenda.next_before(Time::NEVER);
                    prop_assert_eq!(found.map(|letter| letter.0), expected.map(|entry| entry.2));
                }
            }
            sorted.sort_unstable();
            let rest: Vec<u32> = sorted.into_iter().map(|entry| entry.2).collect();
            prop_assert_eq!(drain(&mut agenda), rest);
        }
    }
}
