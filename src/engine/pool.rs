//! Units that are scarce, and the queue for them.
//!
//! Whoever waits is a slot number; the links of all queues live in one [`Links`], because a slot
//! waits in at most one queue at a time. Nothing is allocated when somebody joins or leaves.

use super::{Level, Time};

const NONE: u32 = u32::MAX;

/// The neighbours of every slot in the queue in which it waits.
#[derive(Debug, Clone, Default)]
pub struct Links {
    neighbours: Vec<Neighbours>,
}

#[derive(Debug, Clone, Copy)]
struct Neighbours {
    before: u32,
    behind: u32,
}

impl Links {
    /// Makes room for slots `0..slots`.
    pub fn reach(&mut self, slots: usize) {
        if self.neighbours.len() < slots {
            self.neighbours.resize(slots, Neighbours { before: NONE, behind: NONE });
        }
    }
}

/// First come, first served.
#[derive(Debug, Clone, Copy)]
pub struct Queue {
    first: u32,
    last: u32,
    len: u32,
}

impl Default for Queue {
    fn default() -> Self {
        Queue { first: NONE, last: NONE, len: 0 }
    }
}

impl Queue {
    /// How many wait.
    pub fn len(&self) -> u32 {
        self.len
    }

    /// Whether nobody waits.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Who waits longest.
    pub fn first(&self) -> Option<u32> {
        (self.first != NONE).then_some(self.first)
    }

    /// Who waits behind `slot`.
    pub fn behind(&self, links: &Links, slot: u32) -> Option<u32> {
        let behind = links.neighbours[slot as usize].behind;
        (behind != NONE).then_some(behind)
    }

    /// Those who wait, from who goes first to who goes last.
    pub fn slots<'l>(&self, links: &'l Links) -> impl Iterator<Item = u32> + 'l + use<'l> {
        let queue = *self;
        std::iter::successors(queue.first(), move |slot| queue.behind(links, *slot))
    }

    /// `slot` joins at the end.
    #[inline]
    pub fn join(&mut self, links: &mut Links, slot: u32) {
        links.neighbours[slot as usize] = Neighbours { before: self.last, behind: NONE };
        if self.last == NONE {
            self.first = slot;
        } else {
            links.neighbours[self.last as usize].behind = slot;
        }
        self.last = slot;
        self.len += 1;
    }

    /// `slot` joins behind all those before whom it does not go.
    pub fn join_by(
        &mut self,
        links: &mut Links,
        slot: u32,
        mut goes_before: impl FnMut(u32) -> bool,
    ) {
        let (mut before, mut behind) = (self.last, NONE);
        while before != NONE && goes_before(before) {
            behind = before;
            before = links.neighbours[before as usize].before;
        }
        links.neighbours[slot as usize] = Neighbours { before, behind };
        match before {
            NONE => self.first = slot,
            before => links.neighbours[before as usize].behind = slot,
        }
        match behind {
            NONE => self.last = slot,
            behind => links.neighbours[behind as usize].before = slot,
        }
        self.len += 1;
    }

    /// `slot`, which waits here, leaves.
    #[inline]
    pub fn leave(&mut self, links: &mut Links, slot: u32) {
        let Neighbours { before, behind } = links.neighbours[slot as usize];
        if before == NONE {
            debug_assert_eq!(self.first, slot, "who leaves a queue waits in it");
            self.first = behind;
        } else {
            links.neighbours[before as usize].behind = behind;
        }
        if behind == NONE {
            debug_assert_eq!(self.last, slot, "who leaves a queue waits in it");
            self.last = before;
        } else {
            links.neighbours[behind as usize].before = before;
        }
        self.len -= 1;
    }
}

/// Units of which so many are there, so many in use, and for which others wait.
#[derive(Debug, Clone, Copy, Default)]
pub struct Pool {
    capacity: u32,
    in_use: Level,
    waiting: Level,
    queue: Queue,
}

impl Pool {
    /// A pool of `capacity` units; `u32::MAX` is as good as unlimited.
    pub fn new(capacity: u32) -> Pool {
        Pool { capacity, ..Pool::default() }
    }

    /// How many units there are.
    pub fn capacity(&self) -> u32 {
        self.capacity
    }

    /// How many are in use; more than there are, for a while, after capacity fell.
    pub fn in_use(&self) -> &Level {
        &self.in_use
    }

    /// How many wait.
    pub fn waiting(&self) -> &Level {
        &self.waiting
    }

    /// Changes how many there are. Nobody is thrown out.
    pub fn set_capacity(&mut self, capacity: u32) {
        self.capacity = capacity;
    }

    /// Takes a unit if one is free and nobody waits; otherwise `slot` joins the queue.
    #[inline]
    pub fn take_or_wait(&mut self, now: Time, links: &mut Links, slot: u32) -> bool {
        let free = self.can_take();
        if free {
            self.in_use.raise(now);
        } else {
            self.wait(now, links, slot);
        }
        free
    }

    /// Whether a unit is free and nobody waits.
    #[inline]
    pub fn can_take(&self) -> bool {
        self.in_use.value() < self.capacity && self.queue.is_empty()
    }

    /// How many units are free.
    #[inline]
    pub fn free(&self) -> u32 {
        self.capacity.saturating_sub(self.in_use.value())
    }

    /// Takes some units.
    #[inline]
    pub fn take(&mut self, now: Time, units: u32) {
        self.in_use.set(now, self.in_use.value() + units);
    }

    /// Gives some units back.
    ///
    /// # Panics
    /// If so many are not in use.
    pub fn give_back_units(&mut self, now: Time, units: u32) {
        let left = self.in_use.value().checked_sub(units).expect("what is given back was taken");
        self.in_use.set(now, left);
    }

    /// `slot` joins the queue behind all those before whom it does not go.
    pub fn wait_by(
        &mut self,
        now: Time,
        links: &mut Links,
        slot: u32,
        goes_before: impl FnMut(u32) -> bool,
    ) {
        self.queue.join_by(links, slot, goes_before);
        self.waiting.raise(now);
    }

    /// Puts those who wait into another order.
    pub fn reorder(&mut self, links: &mut Links, slots: &[u32]) {
        debug_assert_eq!(self.queue.len() as usize, slots.len(), "nobody comes or goes by that");
        self.queue = Queue::default();
        for &slot in slots {
            self.queue.join(links, slot);
        }
    }

    /// `slot` joins the queue.
    #[inline]
    pub fn wait(&mut self, now: Time, links: &mut Links, slot: u32) {
        self.queue.join(links, slot);
        self.waiting.raise(now);
    }

    /// `slot`, which waits, gives up.
    pub fn give_up(&mut self, now: Time, links: &mut Links, slot: u32) {
        self.queue.leave(links, slot);
        self.waiting.lower(now);
    }

    /// Gives a unit back.
    ///
    /// # Panics
    /// If none is in use.
    #[inline]
    pub fn give_back(&mut self, now: Time) {
        self.in_use.lower(now);
    }

    /// If a unit is free and somebody waits: takes the unit for whoever waits longest.
    #[inline(always)]
    pub fn next_served(&mut self, now: Time, links: &mut Links) -> Option<u32> {
        // Mostly nobody waits: that is the short way.
        if self.can_serve() { Some(self.serve_first(now, links)) } else { None }
    }

    /// Whether a unit is free and somebody waits.
    #[inline]
    pub fn can_serve(&self) -> bool {
        !self.queue.is_empty() && self.in_use.value() < self.capacity
    }

    /// Whether a unit is free.
    #[inline]
    pub fn is_free(&self) -> bool {
        self.in_use.value() < self.capacity
    }

    /// Those who wait.
    pub fn queue(&self) -> &Queue {
        &self.queue
    }

    /// Takes a unit for `slot`, who waits.
    pub fn serve(&mut self, now: Time, links: &mut Links, slot: u32) {
        self.queue.leave(links, slot);
        self.waiting.lower(now);
        self.in_use.raise(now);
    }

    fn serve_first(&mut self, now: Time, links: &mut Links) -> u32 {
        let slot = self.queue.first().expect("somebody waits");
        self.serve(now, links, slot);
        slot
    }

    /// Forgets the past: from `now` on the areas are counted anew.
    pub fn restart(&mut self, now: Time) {
        self.in_use.restart(now);
        self.waiting.restart(now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn links(slots: usize) -> Links {
        let mut links = Links::default();
        links.reach(slots);
        links
    }

    const NOW: Time = Time::START;

    #[test]
    fn who_comes_first_is_served_first() {
        let mut links = links(4);
        let mut pool = Pool::new(1);
        assert!(pool.take_or_wait(NOW, &mut links, 3));
        for slot in [2, 0, 1] {
            assert!(!pool.take_or_wait(NOW, &mut links, slot));
        }
        assert_eq!(pool.next_served(NOW, &mut links), None);
        pool.give_back(NOW);
        assert_eq!(pool.next_served(NOW, &mut links), Some(2));
        pool.give_back(NOW);
        assert_eq!(pool.next_served(NOW, &mut links), Some(0));
        assert_eq!(pool.waiting().value(), 1);
    }

    #[test]
    fn who_goes_before_others_stands_before_them_and_behind_their_equals() {
        let mut links = links(6);
        let mut pool = Pool::new(1);
        // The rank of each slot; less goes first.
        let ranks = [2, 1, 2, 0, 1, 2];
        for slot in 0..6_u32 {
            pool.wait_by(NOW, &mut links, slot, |other| {
                ranks[slot as usize] < ranks[other as usize]
            });
        }
        assert_eq!(pool.waiting().value(), 6);
        for expected in [3, 1, 4, 0, 2, 5] {
            assert_eq!(pool.next_served(NOW, &mut links), Some(expected));
            pool.give_back(NOW);
        }
        pool.wait(NOW, &mut links, 0);
        pool.wait(NOW, &mut links, 1);
        pool.reorder(&mut links, &[1, 0]);
        assert_eq!(pool.next_served(NOW, &mut links), Some(1));
        pool.give_back_units(NOW, 1);
        pool.set_capacity(3);
        pool.take(NOW, 2);
        assert_eq!(pool.free(), 1);
    }

    #[test]
    fn nobody_overtakes_the_queue() {
        let mut links = links(2);
        let mut pool = Pool::new(0);
        assert!(!pool.take_or_wait(NOW, &mut links, 0));
        pool.set_capacity(1);
        assert!(!pool.take_or_wait(NOW, &mut links, 1), "slot 0 came first");
        assert_eq!(pool.next_served(NOW, &mut links), Some(0));
    }

    #[test]
    fn anyone_may_leave_a_queue_from_any_position() {
        let mut links = links(4);
        for leaver in 0..4 {
            let mut queue = Queue::default();
            for slot in 0..4 {
                queue.join(&mut links, slot);
            }
            queue.leave(&mut links, leaver);
            let mut rest = Vec::new();
            let mut next = queue.first();
            while let Some(slot) = next {
                rest.push(slot);
                next = queue.behind(&links, slot);
            }
            let expected: Vec<u32> = (0..4).filter(|slot| *slot != leaver).collect();
            assert_eq!(rest, expected);
            assert_eq!(queue.len(), 3);
        }
    }

    #[test]
    fn a_cut_in_capacity_throws_nobody_out() {
        let mut links = links(3);
        let mut pool = Pool::new(2);
        assert!(pool.take_or_wait(NOW, &mut links, 1));
        assert!(pool.take_or_wait(NOW, &mut links, 2));
        pool.set_capacity(1);
        assert_eq!(pool.in_use().value(), 2);
        assert!(!pool.take_or_wait(NOW, &mut links, 0));
        pool.give_back(NOW);
        assert_eq!(pool.next_served(NOW, &mut links), None);
        pool.give_back(NOW);
        assert_eq!(pool.next_served(NOW, &mut links), Some(0));
    }
}
