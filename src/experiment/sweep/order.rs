//! In which order the points and replications of a sweep are run.
//!
//! Points are taken in blocks; within a block every point is run once before any is run twice. Points
//! stand in an order of which every beginning is balanced: a grid is walked in strides, since its own
//! order would try all of one level first; every other design is balanced by nature, trajectory by
//! trajectory and base point by base point. So whatever part of a sweep was run when it was stopped
//! stands for the whole. A shard takes every N-th point of that order, so that its own order is that of
//! the whole with gaps.

use std::fmt;
use std::str::FromStr;

/// So many points make a block, and so many models are in memory at a time.
pub(super) const BLOCK: u64 = 128;

/// One part of a sweep that was cut into several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Shard {
    /// Which part, from 1 on.
    pub part: u32,
    /// How many there are.
    pub of: u32,
}

impl Shard {
    /// The whole in one part.
    pub const WHOLE: Shard = Shard { part: 1, of: 1 };
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.part, self.of)
    }
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Shard, String> {
        let numbers =
            text.split_once('/').map(|(part, of)| (part.trim().parse(), of.trim().parse()));
        match numbers {
            Some((Ok(part), Ok(of))) if 1 <= part && part <= of => Ok(Shard { part, of }),
            Some((Ok::<u32, _>(_), Ok::<u32, _>(0))) => {
                Err("there are no parts; write such as 1/8".to_owned())
            }
            Some((Ok(part), Ok(of))) => {
                Err(format!("part {part} is out of range: parts run from 1/{of} to {of}/{of}"))
            }
            _ => Err("it must be a part and how many there are, such as 3/8".to_owned()),
        }
    }
}

/// A piece of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The point, as the design numbers it.
    pub point: u64,
    /// The replication.
    pub replication: u32,
    /// Where the point stands in the order of points.
    pub turn: u64,
    /// The block.
    pub(super) block: u64,
    /// Which point of its block and shard it is.
    pub(super) within: usize,
}

/// The order of work of a sweep or of a part of it.
#[derive(Debug, Clone, Copy)]
pub struct Order {
    points: u64,
    replications: u64,
    /// How far the next point lies from the one before.
    stride: u64,
    /// The first point of the shard, and how far the next lies from it, in the order of points.
    first: u64,
    step: u64,
}

impl Order {
    /// The order over so many points; `walks` is whether they are to be walked in strides.
    pub fn new(points: u64, replications: u32, walks: bool, shard: Shard) -> Order {
        Order {
            points,
            replications: replications.into(),
            stride: if walks { stride(points) } else { 1 },
            first: u64::from(shard.part) - 1,
            step: shard.of.into(),
        }
    }

    /// How many pieces of work there are.
    pub fn len(&self) -> u64 {
        self.points_before(self.points) * self.replications
    }

    /// Whether there are none, as in a shard of more parts than points.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many points the order takes.
    pub fn points(&self) -> u64 {
        self.points_before(self.points)
    }

    /// Piece of work `number`.
    pub fn place(&self, number: u64) -> Place {
        let block = (number / self.replications * self.step + self.first) / BLOCK;
        let before = self.points_before(block * BLOCK);
        let size = self.points_before(((block + 1) * BLOCK).min(self.points)) - before;
        let offset = number - before * self.replications;
        let (replication, within) = (offset / size, offset % size);
        let turn = (before + within) * self.step + self.first;
        Place {
            point: turn * self.stride % self.points,
            replication: u32::try_from(replication).expect("replications are counted in 32 bits"),
            turn,
            block,
            within: usize::try_from(within).expect("a block is small"),
        }
    }

    /// How many points of the shard stand before a turn.
    fn points_before(&self, turn: u64) -> u64 {
        turn.saturating_sub(self.first).div_ceil(self.step)
    }
}

/// A stride that reaches every point, near the golden section, which spreads the points reached so far
/// most evenly.
fn stride(points: u64) -> u64 {
    fn divisor(a: u64, b: u64) -> u64 {
        if b == 0 { a } else { divisor(b, a % b) }
    }
    let golden = (points as f64 * 0.618_033_988_749_895).round() as u64;
    (golden.max(1)..).find(|stride| divisor(*stride, points) == 1).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn all(order: Order) -> Vec<(u64, u32)> {
        let places = (0..order.len()).map(|number| order.place(number));
        places.map(|place| (place.point, place.replication)).collect()
    }

    #[test]
    fn every_point_is_run_in_every_replication_once() {
        for points in [1, 2, 7, 128, 129, 300] {
            for walks in [false, true] {
                let places = all(Order::new(points, 3, walks, Shard::WHOLE));
                let distinct: BTreeSet<_> = places.iter().copied().collect();
                assert_eq!(places.len() as u64, points * 3);
                assert_eq!(distinct.len(), places.len());
            }
        }
    }

    #[test]
    fn within_a_block_nobody_is_two_replications_ahead() {
        let places = all(Order::new(300, 4, true, Shard::WHOLE));
        for stop in 0..places.len() {
            let mut counts = std::collections::BTreeMap::new();
            for (point, _) in &places[..stop] {
                *counts.entry(point).or_insert(0) += 1;
            }
            let unfinished: Vec<i32> =
                counts.values().copied().filter(|&count| count < 4).collect();
            let least = unfinished.iter().min().unwrap_or(&0);
            assert!(unfinished.iter().all(|count| count - least <= 1));
        }
    }

    #[test]
    fn every_beginning_of_a_grid_is_balanced() {
        // Four levels of a factor, each with 25 of the other: whatever is run, no level is far behind.
        let places = all(Order::new(100, 1, true, Shard::WHOLE));
        for stop in 1..=100_usize {
            let mut outer = [0_usize; 4];
            let mut inner = [0_usize; 25];
            for (point, _) in &places[..stop] {
                outer[*point as usize / 25] += 1;
                inner[*point as usize % 25] += 1;
            }
            let spread = |counts: &[usize]| {
                let most = counts.iter().max().expect("there are levels");
                most - counts.iter().min().expect("there are levels")
            };
            assert!(spread(&outer) <= 2, "{outer:?}");
            assert!(spread(&inner) <= 1, "{inner:?}");
        }
    }

    #[test]
    fn parts_together_are_the_whole_and_each_keeps_its_order() {
        let whole = all(Order::new(300, 3, true, Shard::WHOLE));
        let turn = |place: &(u64, u32)| whole.iter().position(|known| known == place);
        for of in [2, 3, 200, 500] {
            let mut union = BTreeSet::new();
            for part in 1..=of {
                let places = all(Order::new(300, 3, true, Shard { part, of }));
                assert!(places.iter().map(turn).is_sorted());
                union.extend(places);
            }
            assert_eq!(union.len(), whole.len());
        }
    }

    #[test]
    fn a_shard_is_written_as_a_part_of_several() {
        assert_eq!("3/8".parse(), Ok(Shard { part: 3, of: 8 }));
        for text in ["0/8", "9/8", "1/0", "3", "a/b", "", "-1/4"] {
            assert!(text.parse::<Shard>().is_err(), "{text}");
        }
    }
}
