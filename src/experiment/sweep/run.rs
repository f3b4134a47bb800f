//! Runs the points of a sweep on all cores.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, OnceLock};

use rayon::ThreadPoolBuilder;

use super::{Order, Place, Study};
use crate::experiment::in_order::in_order;
use crate::experiment::progress::Progress;
use crate::experiment::runs::Stopped;
use crate::model::{Model, measures};

/// Takes rows, in the order of work.
pub trait Sink: Send {
    /// Why a row could not be taken.
    type Error: Send;

    /// The measures of a replication of a point.
    ///
    /// # Errors
    /// If it cannot be kept; then the run ends.
    fn row(&mut self, point: u64, replication: u32, values: &[f64]) -> Result<(), Self::Error>;

    /// A point failed: its scenario has mistakes, or a replication of it could not be run to its end.
    /// Each point fails once at most.
    ///
    /// # Errors
    /// If it cannot be kept; then the run ends.
    fn failed(&mut self, point: u64, reason: &str) -> Result<(), Self::Error>;
}

/// What is still to be run of a sweep.
#[derive(Debug, Clone)]
pub struct Rest {
    /// The order of work.
    pub order: Order,
    /// The first piece of it that has not been run.
    pub from: u64,
    /// Points that have failed already, and are not handed over again.
    pub failed: BTreeSet<u64>,
}

/// How a run of a sweep ended.
#[derive(Debug)]
pub enum Ended<E> {
    /// Everything was run.
    Done,
    /// Somebody asked for it.
    Cancelled,
    /// A row could not be kept.
    Full(E),
}

/// What comes of a piece of work.
enum Made {
    Row(Vec<f64>),
    Failed(String),
}

/// A point that can be run, or why not.
type Ready = Result<(Model, Vec<usize>), String>;

/// The points of a block, each as soon as it is needed.
type Block = Arc<Vec<OnceLock<Ready>>>;

/// The blocks that are at work.
#[derive(Debug, Default)]
struct Blocks(Mutex<BTreeMap<u64, Block>>);

const SOUND: &str = "nothing that holds the blocks panics";

impl Blocks {
    fn get(&self, number: u64) -> Block {
        let mut blocks = self.0.lock().expect(SOUND);
        let block = blocks.entry(number).or_insert_with(|| {
            let points = std::iter::repeat_with(OnceLock::new).take(super::order::BLOCK as usize);
            Arc::new(points.collect())
        });
        Arc::clone(block)
    }

    fn drop_before(&self, number: u64) {
        let mut blocks = self.0.lock().expect(SOUND);
        let later = blocks.split_off(&number);
        *blocks = later;
    }
}

impl Study {
    /// Runs the rest of a sweep, and hands over each row in its turn.
    ///
    /// # Errors
    /// If the threads could not be started.
    pub fn run<S: Sink>(
        &self,
        rest: Rest,
        threads: Option<usize>,
        sink: &mut S,
        progress: &dyn Progress,
        cancel: &AtomicBool,
    ) -> Result<Ended<S::Error>, Stopped> {
        self.run_prepared(rest, threads, sink, progress, cancel, &|point| self.compile(point))
    }

    /// The same, with something that makes the model of a point.
    fn run_prepared<S: Sink>(
        &self,
        rest: Rest,
        threads: Option<usize>,
        sink: &mut S,
        progress: &dyn Progress,
        cancel: &AtomicBool,
        prepare: &(dyn Fn(u64) -> Ready + Sync),
    ) -> Result<Ended<S::Error>, Stopped> {
        let Rest { order, from, mut failed } = rest;
        let pool = ThreadPoolBuilder::new().num_threads(threads.unwrap_or(0)).build()?;
        let blocks = Blocks::default();
        let mut full = None;
        let mut block = 0;
        progress.planned(u32::try_from(order.len() - from).unwrap_or(u32::MAX));
        let done = in_order(
            &pool,
            from..order.len(),
            |number| {
                let place = order.place(number);
                let made = make(place, &blocks.get(place.block), cancel, prepare)?;
                progress.ended_one();
                Some((place, made))
            },
            |_, (place, made)| {
                if place.block > block {
                    block = place.block;
                    blocks.drop_before(block);
                }
                let taken = match made {
                    Made::Row(values) => sink.row(place.point, place.replication, &values),
                    Made::Failed(reason) if failed.insert(place.point) => {
                        sink.failed(place.point, &reason)
                    }
                    Made::Failed(_) => Ok(()),
                };
                match taken {
                    Ok(()) => ControlFlow::Continue(()),
                    Err(error) => {
                        full = Some(error);
                        ControlFlow::Break(())
                    }
                }
            },
        );
        Ok(match full {
            Some(error) => Ended::Full(error),
            None if done => Ended::Done,
            None => Ended::Cancelled,
        })
    }
}

/// Runs one replication of one point; `None` if it was cancelled.
fn make(
    place: Place,
    block: &Block,
    cancel: &AtomicBool,
    prepare: &(dyn Fn(u64) -> Ready + Sync),
) -> Option<Made> {
    // A fault of ours at one point must not cost a night's work at all others. Nothing that is
    // shared is left half changed: a replication owns what it changes.
    let made = catch_unwind(AssertUnwindSafe(|| {
        let ready = block[place.within].get_or_init(|| prepare(place.point));
        let (model, wanted) = match ready {
            Ok(ready) => ready,
            Err(reason) => return Some(Made::Failed(reason.clone())),
        };
        let observed = model.simulate_unless(place.replication, cancel)?;
        let values = measures::values(model, &observed);
        Some(Made::Row(wanted.iter().map(|&place| values[place]).collect()))
    }));
    made.unwrap_or_else(|panic| {
        let words = panic.downcast_ref::<String>().map(String::as_str);
        let words = words.or(panic.downcast_ref::<&str>().copied()).unwrap_or("unknown");
        let replication = place.replication;
        let words = words.replace('\n', " ");
        let reason = format!("a fault in homeward, in replication {replication}: {words}");
        Some(Made::Failed(reason))
    })
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;
    use std::path::Path;

    use super::*;
    use crate::experiment::Quiet;
    use crate::experiment::sweep::Shard;

    #[derive(Default)]
    struct Kept {
        rows: Vec<(u64, u32)>,
        failed: Vec<(u64, String)>,
    }

    impl Sink for Kept {
        type Error = Infallible;

        fn row(&mut self, point: u64, replication: u32, _: &[f64]) -> Result<(), Infallible> {
            self.rows.push((point, replication));
            Ok(())
        }

        fn failed(&mut self, point: u64, reason: &str) -> Result<(), Infallible> {
            self.failed.push((point, reason.to_owned()));
            Ok(())
        }
    }

    #[test]
    fn a_point_with_a_fault_of_ours_fails_once_and_the_rest_goes_on() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/fixtures/sweep_by_hand.toml");
        let study = Study::read(Path::new(path)).expect("it is sound");
        let (points, replications) = (study.points(), study.sweep.replications);
        let order = study.order(Shard::WHOLE);
        let rest = Rest { order, from: 0, failed: BTreeSet::new() };
        // One cannot be compiled, one not be run: both break an invariant.
        let prepare = |point: u64| match point {
            1 => panic!("a fault\nto compile"),
            3 => study.compile(point).map(|(model, _)| (model, vec![usize::MAX])),
            _ => study.compile(point),
        };
        let mut kept = Kept::default();
        let never = AtomicBool::new(false);
        let ended = study.run_prepared(rest, Some(2), &mut kept, &Quiet, &never, &prepare);
        assert!(matches!(ended, Ok(Ended::Done)), "{ended:?}");
        let of_sound = (points - 2) * u64::from(replications);
        assert_eq!(kept.rows.len() as u64, of_sound, "{:?}", kept.rows);
        assert!(kept.rows.iter().all(|(point, _)| ![1, 3].contains(point)));
        kept.failed.sort();
        let numbers: Vec<u64> = kept.failed.iter().map(|(point, _)| *point).collect();
        assert_eq!(numbers, [1, 3], "{:?}", kept.failed);
        assert!(kept.failed[0].1.contains("a fault in homeward"), "{:?}", kept.failed);
        assert!(kept.failed[0].1.ends_with("a fault to compile"), "{:?}", kept.failed);
        assert!(kept.failed[1].1.contains("out of bounds"), "{:?}", kept.failed);
    }
}
