//! What is due, and in which order.
//!
//! One 128-bit key holds time, phase, sequence and the event itself, so that a comparison is one
//! comparison of integers. Keys that are due soon lie in a ring of buckets, each a short stretch of
//! time; the bucket whose time has come is sorted and worked off; what is due after the ring's end
//! waits in a heap. With about one key a bucket, scheduling and taking cost a handful of
//! instructions whatever the number of keys (a calendar queue: Brown, *Communications of the ACM*
//! 31(10), 1988). The width of the buckets changes the speed and never the order.

use std::marker::PhantomData;

use super::heap::Heap;
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

/// Buckets in the ring; a power of two.
const BUCKETS: u32 = 1024;
/// Words of 64 bits, one bit a bucket.
const WORDS: usize = BUCKETS as usize / 64;

/// The events that are due, in the order of the [module](crate::engine)'s guarantees.
#[derive(Debug)]
pub struct Agenda<E> {
    /// The keys of the present bucket, the next one last.
    present: Vec<u128>,
    /// The number of the present bucket: its time divided by the width of a bucket.
    bucket: u32,
    /// The keys of each bucket of the ring, in no order. A bucket keeps its memory when it has been
    /// worked off, so that after one turn of the ring nothing is allocated any more.
    ring: Box<[Vec<u128>; BUCKETS as usize]>,
    /// A bit for each bucket of the ring that holds keys.
    filled: [u64; WORDS],
    /// Keys due after the ring's end.
    far: Heap,
    in_ring: usize,
    width_shift: u32,
    sequence: u64,
    now: Time,
    events: PhantomData<E>,
}

impl<E: Event> Default for Agenda<E> {
    fn default() -> Self {
        Agenda::for_events_every(Span::from_seconds(2048))
    }
}

impl<E: Event> Agenda<E> {
    /// An agenda that is quickest if an event happens about every `interval`.
    pub fn for_events_every(interval: Span) -> Self {
        Agenda {
            present: Vec::new(),
            bucket: 0,
            ring: Box::new([const { Vec::new() }; BUCKETS as usize]),
            filled: [0; WORDS],
            far: Heap::default(),
            in_ring: 0,
            width_shift: interval.seconds().clamp(1, 1 << 16).ilog2(),
            sequence: 0,
            now: Time::START,
            events: PhantomData,
        }
    }

    /// The time of the event that is being handled.
    #[inline]
    pub fn now(&self) -> Time {
        self.now
    }

    /// Schedules an event.
    ///
    /// # Panics
    /// If `time` lies in the past: that is a bug in the world.
    // The packing is inlined, so that an event whose kind is known costs no choice of kinds.
    #[inline(always)]
    pub fn schedule(&mut self, time: Time, phase: Phase, event: E) {
        debug_assert!(event.pack() < 1 << E::BITS, "an event fits into its bits");
        self.schedule_packed(time, ((phase as u128) << PHASE_SHIFT) | u128::from(event.pack()));
    }

    fn schedule_packed(&mut self, time: Time, phase_and_event: u128) {
        assert!(time >= self.now, "an event is never scheduled into the past");
        debug_assert!(self.sequence < SEQUENCE_LIMIT, "2^44 events are enough");
        let key = (u128::from(time.seconds()) << TIME_SHIFT)
            | (u128::from(self.sequence) << SEQUENCE_SHIFT)
            | phase_and_event;
        self.sequence += 1;
        // The present bucket is never ahead of what may still be scheduled: it moves on only to
        // hand out the key that makes `now`.
        let ahead = (time.seconds() >> self.width_shift).saturating_sub(self.bucket);
        if ahead == 0 {
            self.put_into_present(key);
        } else if ahead < BUCKETS {
            self.put_into_ring(key);
        } else {
            self.far.push(key);
        }
    }

    /// Schedules an event `span` from now.
    #[inline(always)]
    pub fn schedule_in(&mut self, span: Span, phase: Phase, event: E) {
        self.schedule(self.now + span, phase, event);
    }

    /// Takes the next event if it is due before `end`, and moves on to its time.
    #[inline]
    pub fn next_before(&mut self, end: Time) -> Option<E> {
        if self.present.is_empty() && !self.move_on() {
            return None;
        }
        let key = *self.present.last()?;
        let time = Time::from_seconds((key >> TIME_SHIFT) as u32);
        if time >= end {
            return None;
        }
        self.present.pop();
        self.now = time;
        Some(E::unpack(key as u64 & ((1 << SEQUENCE_SHIFT) - 1)))
    }

    /// How many events are due.
    pub fn len(&self) -> usize {
        self.present.len() + self.in_ring + self.far.len()
    }

    /// Whether nothing is due any more.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Puts a key at its place among those of the present bucket. There are few.
    #[inline]
    fn put_into_present(&mut self, key: u128) {
        let at = self.present.iter().rposition(|&other| other > key).map_or(0, |at| at + 1);
        self.present.insert(at, key);
    }

    #[inline]
    fn put_into_ring(&mut self, key: u128) {
        let slot = ((key >> TIME_SHIFT) as u32 >> self.width_shift) & (BUCKETS - 1);
        self.ring[slot as usize].push(key);
        self.filled[slot as usize / 64] |= 1 << (slot % 64);
        self.in_ring += 1;
    }

    /// Makes the next bucket that holds keys the present one. False if there is none.
    fn move_on(&mut self) -> bool {
        let next = match self.next_filled() {
            Some(bucket) => bucket,
            None => match self.far.first() {
                Some(key) => (key >> TIME_SHIFT) as u32 >> self.width_shift,
                None => return false,
            },
        };
        self.bucket = next;
        let slot = next & (BUCKETS - 1);
        std::mem::swap(&mut self.present, &mut self.ring[slot as usize]);
        self.filled[slot as usize / 64] &= !(1 << (slot % 64));
        self.in_ring -= self.present.len();
        // What has come within reach of the ring leaves the heap.
        while let Some(key) = self.far.first() {
            let ahead = ((key >> TIME_SHIFT) as u32 >> self.width_shift) - next;
            if ahead >= BUCKETS {
                break;
            }
            self.far.pop();
            if ahead == 0 {
                self.present.push(key);
            } else {
                self.put_into_ring(key);
            }
        }
        if self.present.len() > 16 {
            self.present.sort_unstable_by(|one, other| other.cmp(one));
        } else {
            sort_few(&mut self.present);
        }
        true
    }

    /// The number of the next bucket of the ring that holds keys.
    #[inline]
    fn next_filled(&self) -> Option<u32> {
        if self.in_ring == 0 {
            return None;
        }
        let start = (self.bucket + 1) & (BUCKETS - 1);
        let mut word = start as usize / 64;
        let mut bits = self.filled[word] & (!0 << (start % 64));
        for _ in 0..=WORDS {
            if bits != 0 {
                let slot = word as u32 * 64 + bits.trailing_zeros();
                let ahead = slot.wrapping_sub(self.bucket) & (BUCKETS - 1);
                return Some(self.bucket + ahead);
            }
            word = (word + 1) % WORDS;
            bits = self.filled[word];
        }
        unreachable!("a ring that holds keys has a filled bucket")
    }
}

/// Sorts a handful of keys, the least last.
#[inline]
fn sort_few(keys: &mut [u128]) {
    for end in 1..keys.len() {
        let key = keys[end];
        let mut at = end;
        while at > 0 && keys[at - 1] < key {
            keys[at] = keys[at - 1];
            at -= 1;
        }
        keys[at] = key;
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
            steps in prop::collection::vec((0_u32..60, 0_u32..12, 0_usize..4, 0_usize..3), 1..300),
            interval in 1_u32..600,
        ) {
            let phases = [Phase::Release, Phase::Normal, Phase::Arrive, Phase::Observe];
            let mut agenda = Agenda::for_events_every(Span::from_seconds(interval));
            let mut sorted: Vec<(u32, Phase, u32)> = Vec::new();
            for (id, (delay, magnitude, phase, takes)) in steps.into_iter().enumerate() {
                let id = u32::try_from(id).expect("few");
                // Delays of seconds to days, so that all of ring and heap are reached.
                let time = agenda.now() + Span::from_seconds(delay << magnitude);
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
