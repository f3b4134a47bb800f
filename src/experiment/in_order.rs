//! Work on all cores whose results are taken in the order of the work, as they come.
//!
//! Every thread takes the next piece of work as soon as it has ended one, so that no core idles before
//! the last piece of all is begun. Results that are ready before an earlier one wait for it; their
//! number is limited, and so is the memory.

use std::collections::VecDeque;
use std::ops::{ControlFlow, Range};
use std::sync::{Condvar, Mutex, MutexGuard};

use rayon::ThreadPool;

/// So many pieces of work may be begun before an earlier one has ended.
const AHEAD: u64 = 256;

/// Makes the results of all `numbers` on the threads of a pool and hands each over in its turn.
///
/// `make` gives `None` if it was cancelled, and `take` says whether to go on. Whether all was done.
pub(super) fn in_order<T: Send>(
    pool: &ThreadPool,
    numbers: Range<u64>,
    make: impl Fn(u64) -> Option<T> + Sync,
    take: impl FnMut(u64, T) -> ControlFlow<()> + Send,
) -> bool {
    let queue = Queue {
        state: Mutex::new(State {
            next: numbers.start,
            turn: numbers.start,
            ready: VecDeque::new(),
            stopped: false,
            take,
        }),
        changed: Condvar::new(),
    };
    pool.broadcast(|_| {
        let _guard = StopsOthers(&queue);
        while let Some(number) = queue.next(numbers.end) {
            queue.put(number, make(number));
        }
    });
    queue.lock().turn >= numbers.end
}

struct Queue<T, F> {
    state: Mutex<State<T, F>>,
    changed: Condvar,
}

struct State<T, F> {
    /// The next piece of work that nobody has begun.
    next: u64,
    /// The one whose result is to be taken next.
    turn: u64,
    /// Results from that one on; `None` if it is not ready.
    ready: VecDeque<Option<T>>,
    stopped: bool,
    take: F,
}

impl<T, F: FnMut(u64, T) -> ControlFlow<()>> Queue<T, F> {
    /// The next piece of work, as soon as it may be begun; `None` if there is none.
    fn next(&self, end: u64) -> Option<u64> {
        let mut state = self.lock();
        while !state.stopped && state.next < end && state.next >= state.turn + AHEAD {
            state = self.changed.wait(state).expect(SOUND);
        }
        let number = state.next;
        (!state.stopped && number < end).then(|| {
            state.next += 1;
            number
        })
    }

    /// Keeps a result, and hands over all whose turn it is.
    fn put(&self, number: u64, made: Option<T>) {
        let mut guard = self.lock();
        let state = &mut *guard;
        match made {
            None => state.stopped = true,
            Some(made) => {
                let place = (number - state.turn) as usize;
                if state.ready.len() <= place {
                    state.ready.resize_with(place + 1, || None);
                }
                state.ready[place] = Some(made);
            }
        }
        while !state.stopped && state.ready.front().is_some_and(Option::is_some) {
            let Some(Some(made)) = state.ready.pop_front() else { break };
            state.stopped = (state.take)(state.turn, made).is_break();
            state.turn += 1;
        }
        self.changed.notify_all();
    }
}

const SOUND: &str = "no thread panics while it holds the queue, or the others end with it";

impl<T, F> Queue<T, F> {
    fn lock(&self) -> MutexGuard<'_, State<T, F>> {
        self.state.lock().expect(SOUND)
    }
}

/// Lets the other threads end if this one panics: its result would never come.
struct StopsOthers<'q, T, F>(&'q Queue<T, F>);

impl<T, F> Drop for StopsOthers<'_, T, F> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            if let Ok(mut state) = self.0.state.lock() {
                state.stopped = true;
            }
            self.0.changed.notify_all();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, Ordering};

    use rayon::ThreadPoolBuilder;

    use super::*;

    fn pool(threads: usize) -> ThreadPool {
        ThreadPoolBuilder::new().num_threads(threads).build().expect("threads can be started")
    }

    #[test]
    fn results_come_in_order_on_any_number_of_threads() {
        for threads in [1, 2, 5] {
            let mut taken = Vec::new();
            let done = in_order(
                &pool(threads),
                3..2_003,
                |number| {
                    // Some take longer than others.
                    let turns = number * 7919 % 1000;
                    Some(
                        (0..turns)
                            .fold(number, |sum, turn| std::hint::black_box(sum ^ turn ^ turn)),
                    )
                },
                |number, made| {
                    taken.push((number, made));
                    ControlFlow::Continue(())
                },
            );
            assert!(done);
            assert_eq!(taken, (3..2_003).map(|number| (number, number)).collect::<Vec<_>>());
        }
    }

    #[test]
    fn only_so_many_are_begun_before_the_first_has_ended() {
        let most = AtomicU64::new(0);
        let taken = AtomicU64::new(0);
        in_order(
            &pool(3),
            0..5_000,
            |number| {
                most.fetch_max(number - taken.load(Ordering::SeqCst), Ordering::SeqCst);
                Some(())
            },
            |number, ()| {
                taken.store(number, Ordering::SeqCst);
                ControlFlow::Continue(())
            },
        );
        // The one whose turn it is was not yet taken when its number was stored.
        assert!(most.into_inner() <= AHEAD + 1);
    }

    #[test]
    fn it_ends_when_somebody_says_so() {
        let mut taken = 0;
        let take = |_, ()| {
            taken += 1;
            if taken == 10 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        assert!(!in_order(&pool(2), 0..1_000, |_| Some(()), take));
        assert_eq!(taken, 10);
        let mut last = None;
        let take = |number, ()| {
            last = Some(number);
            ControlFlow::Continue(())
        };
        assert!(!in_order(&pool(2), 0..1_000, |number| (number < 300).then_some(()), take));
        assert!(last.is_none_or(|last| last < 300));
    }

    #[test]
    #[should_panic(expected = "as it must")]
    fn a_panic_of_one_thread_is_nobodys_endless_wait() {
        in_order(
            &pool(2),
            0..10_000,
            |number| {
                assert!(number != 700, "as it must");
                Some(())
            },
            |_, ()| ControlFlow::Continue(()),
        );
    }
}
