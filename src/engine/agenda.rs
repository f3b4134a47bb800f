//! What is due, and in which order.
//!
//! Events that are due soon lie in a ring of buckets, each a short stretch of time; the bucket whose
//! time has come is sorted and worked off; what is due after the ring's end waits in a heap. With
//! about one event a bucket, scheduling and taking cost a handful of instructions whatever the
//! number of events (a calendar queue: Brown, *Communications of the ACM* 31(10), 1988). The width
//! of the buckets changes the speed and never the order.
//!
//! Within its bucket an event is one number of 64 bits: the second of the bucket, the phase and the
//! event itself. The order of scheduling needs no bits there: a bucket is a list to whose front
//! events are put, and sorting keeps it among equals.

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

// The keys of the buckets: the second of the bucket, two bits of phase, the event.
const EVENT_BITS: u32 = 48;
const PHASE_BITS: u32 = 2;
/// The widest bucket is 2^14 s, so that its second finds room in the key.
const MOST_WIDTH_SHIFT: u32 = u64::BITS - EVENT_BITS - PHASE_BITS;

// The keys of the heap: time, phase, sequence and event.
const FAR_TIME_SHIFT: u32 = 96;
const FAR_PHASE_SHIFT: u32 = 92;
const FAR_SEQUENCE_SHIFT: u32 = EVENT_BITS;
const FAR_SEQUENCE_LIMIT: u64 = 1 << (FAR_PHASE_SHIFT - FAR_SEQUENCE_SHIFT);

/// Buckets in the ring; a power of two.
const BUCKETS: u32 = 16_384;
/// Words of the ring's map, of a bit a bucket.
const WORDS: usize = BUCKETS as usize / 64;
/// The end of a list.
const NONE: u32 = u32::MAX;

/// A key in the list of a bucket. The cells of all lists lie together and are used again, the last
/// that came free first: so they stay in the processor's cache.
#[derive(Debug, Clone, Copy)]
struct Cell {
    key: u64,
    next: u32,
}

/// The events that are due, in the order of the [module](crate::engine)'s guarantees.
#[derive(Debug)]
pub struct Agenda<E> {
    /// The keys of the present bucket, the next one last.
    present: Vec<u64>,
    /// The number of the present bucket: its time divided by the width of a bucket.
    bucket: u32,
    /// The first cell of each bucket of the ring: what was scheduled last.
    ring: Box<[u32; BUCKETS as usize]>,
    /// Which buckets of the ring hold keys.
    filled: Box<[u64; WORDS]>,
    cells: Vec<Cell>,
    /// The first cell that is free.
    free: u32,
    /// Keys due after the ring's end.
    far: Heap,
    /// The number of the first bucket from which on the ring reaches a key of `far`.
    far_within_reach: u32,
    /// How many keys were put into `far`.
    far_sequence: u64,
    width_shift: u32,
    now: Time,
    events: PhantomData<E>,
}

impl<E: Event> Default for Agenda<E> {
    fn default() -> Self {
        Agenda::for_events_every(Span::from_seconds(256))
    }
}

impl<E: Event> Agenda<E> {
    /// An agenda that is quickest if an event happens about every `interval`.
    pub fn for_events_every(interval: Span) -> Self {
        Agenda {
            present: Vec::new(),
            bucket: 0,
            ring: Box::new([NONE; BUCKETS as usize]),
            filled: Box::new([0; WORDS]),
            cells: Vec::new(),
            free: NONE,
            far: Heap::default(),
            far_within_reach: u32::MAX,
            far_sequence: 0,
            width_shift: interval.seconds().clamp(1, 1 << MOST_WIDTH_SHIFT).ilog2(),
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
    // Inlined, so that an event whose kind is known costs no choice of kinds.
    #[inline(always)]
    pub fn schedule(&mut self, time: Time, phase: Phase, event: E) {
        let event = event.pack();
        debug_assert!(event < 1 << EVENT_BITS, "an event fits into its bits");
        let bucket = time.seconds() >> self.width_shift;
        let ahead = bucket.wrapping_sub(self.bucket);
        if ahead.wrapping_sub(1) < BUCKETS - 1 {
            self.put_into_ring(bucket, self.key(time, phase, event));
        } else {
            self.put_near_or_far(time, phase, event);
        }
    }

    /// Schedules an event `span` from now.
    #[inline(always)]
    pub fn schedule_in(&mut self, span: Span, phase: Phase, event: E) {
        self.schedule(self.now + span, phase, event);
    }

    /// Takes the next event if it is due before `end`, and moves on to its time.
    // The event is unpacked where it is handled: so its kinds are told apart once.
    #[inline(always)]
    pub fn next_before(&mut self, end: Time) -> Option<E> {
        self.next_key_before(end).map(|key| E::unpack(key & ((1 << EVENT_BITS) - 1)))
    }

    #[inline(always)]
    fn next_key_before(&mut self, end: Time) -> Option<u64> {
        let key = match self.present.pop() {
            Some(key) => key,
            None => self.move_on()?,
        };
        let second = (key >> (EVENT_BITS + PHASE_BITS)) as u32;
        let time = Time::from_seconds((self.bucket << self.width_shift) + second);
        if time >= end {
            self.present.push(key);
            return None;
        }
        self.now = time;
        Some(key)
    }

    /// How many events are due.
    pub fn len(&self) -> usize {
        let mut free = 0;
        let mut cell = self.free;
        while let Some(&Cell { next, .. }) = self.cells.get(cell as usize) {
            free += 1;
            cell = next;
        }
        self.present.len() + self.cells.len() - free + self.far.len()
    }

    /// Whether nothing is due any more.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The key of an event within its bucket.
    #[inline(always)]
    fn key(&self, time: Time, phase: Phase, event: u64) -> u64 {
        let second = time.seconds() & ((1 << self.width_shift) - 1);
        (u64::from((second << PHASE_BITS) | phase as u32) << EVENT_BITS) | event
    }

    #[inline]
    fn put_into_ring(&mut self, bucket: u32, key: u64) {
        let index = (bucket % BUCKETS) as usize;
        self.filled[index / 64] |= 1 << (index % 64);
        let first = &mut self.ring[index];
        let cell = Cell { key, next: *first };
        if let Some(free) = self.cells.get_mut(self.free as usize) {
            *first = self.free;
            self.free = free.next;
            *free = cell;
        } else {
            *first = self.cells.len() as u32;
            self.add_cell(cell);
        }
    }

    #[cold]
    fn add_cell(&mut self, cell: Cell) {
        self.cells.push(cell);
    }

    /// Schedules what is due in the present bucket or beyond the ring.
    #[inline(never)]
    fn put_near_or_far(&mut self, time: Time, phase: Phase, event: u64) {
        // The present bucket is never ahead of what may still be scheduled: it moves on only to
        // hand out the key that makes `now`.
        let bucket = time.seconds() >> self.width_shift;
        assert!(
            time >= self.now && bucket >= self.bucket,
            "an event is never scheduled into the past"
        );
        if bucket == self.bucket {
            // After those that are due no later. There are few.
            let key = self.key(time, phase, event);
            let later = self.present.iter().rposition(|&other| order(other) > order(key));
            self.present.insert(later.map_or(0, |at| at + 1), key);
            return;
        }
        debug_assert!(self.far_sequence < FAR_SEQUENCE_LIMIT, "2^44 events are enough");
        self.far.push(
            (u128::from(time.seconds()) << FAR_TIME_SHIFT)
                | ((phase as u128) << FAR_PHASE_SHIFT)
                | (u128::from(self.far_sequence) << FAR_SEQUENCE_SHIFT)
                | u128::from(event),
        );
        self.far_sequence += 1;
        self.far_within_reach = self.first_reach();
    }

    /// The number of the first bucket from which on the ring reaches a key of `far`.
    fn first_reach(&self) -> u32 {
        self.far.first().map_or(u32::MAX, |key| {
            ((key >> FAR_TIME_SHIFT) as u32 >> self.width_shift).saturating_sub(BUCKETS - 1)
        })
    }

    /// Makes the next bucket that holds keys the present one, whose keys have all been taken, and
    /// takes the first. None if nothing is due.
    #[inline]
    fn move_on(&mut self) -> Option<u64> {
        self.bucket = match self.next_filled() {
            Some(bucket) => bucket,
            None => (self.far.first()? >> FAR_TIME_SHIFT) as u32 >> self.width_shift,
        };
        if self.bucket >= self.far_within_reach {
            self.fetch_far();
        }
        let index = (self.bucket % BUCKETS) as usize;
        self.filled[index / 64] &= !(1 << (index % 64));
        let at = std::mem::replace(&mut self.ring[index], NONE);
        let (key, next) = self.take_cell(at)?;
        // Mostly it is alone.
        if next == NONE { Some(key) } else { Some(self.first_of_several(key, next)) }
    }

    /// Takes the key of a cell, which is free again, and tells the cell behind it.
    #[inline]
    fn take_cell(&mut self, at: u32) -> Option<(u64, u32)> {
        let cell = self.cells.get_mut(at as usize)?;
        let Cell { key, next } = *cell;
        cell.next = self.free;
        self.free = at;
        Some((key, next))
    }

    /// Takes the first of several keys of a bucket; the others become the present ones.
    #[inline(never)]
    fn first_of_several(&mut self, key: u64, mut next: u32) -> u64 {
        self.present.push(key);
        while let Some((key, behind)) = self.take_cell(next) {
            self.present.push(key);
            next = behind;
        }
        // What is due next shall lie last. Lists begin with what was scheduled last, so that a
        // stable sort puts what was scheduled first behind its equals.
        self.present.sort_by_key(|&key| std::cmp::Reverse(order(key)));
        self.present.pop().expect("there are several")
    }

    /// Puts what has come within reach of the ring into it. It was scheduled before anything that is
    /// put into the same buckets from now on.
    #[cold]
    fn fetch_far(&mut self) {
        while self.bucket >= self.far_within_reach {
            let Some(key) = self.far.pop() else { unreachable!("the first key is within reach") };
            let time = (key >> FAR_TIME_SHIFT) as u32;
            let second = time & ((1 << self.width_shift) - 1);
            let phase = (key >> FAR_PHASE_SHIFT) as u32 & ((1 << PHASE_BITS) - 1);
            let order = u64::from((second << PHASE_BITS) | phase);
            let event = key as u64 & ((1 << EVENT_BITS) - 1);
            self.put_into_ring(time >> self.width_shift, (order << EVENT_BITS) | event);
            self.far_within_reach = self.first_reach();
        }
    }

    /// The number of the next bucket of the ring that holds keys; the present one holds none.
    #[inline]
    fn next_filled(&self) -> Option<u32> {
        let from = self.bucket.wrapping_add(1) % BUCKETS;
        let mut word = from as usize / 64;
        let mut bits = self.filled[word] & (u64::MAX << (from % 64));
        for _ in 0..=WORDS {
            if bits != 0 {
                let ahead = (word as u32 * 64 + bits.trailing_zeros()).wrapping_sub(from) % BUCKETS;
                return Some(self.bucket.wrapping_add(1 + ahead));
            }
            word = (word + 1) % WORDS;
            bits = self.filled[word];
        }
        None
    }
}

/// What of a key decides on its order: second and phase.
#[inline]
fn order(key: u64) -> u64 {
    key >> EVENT_BITS
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
