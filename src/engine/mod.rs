//! Time, order, capacity and waiting; nothing else.
//!
//! The engine knows no people, no days and no scenario. A [`World`] reacts to its own events, an
//! [`Agenda`] holds what is due, and [`run`] goes from one to the next.
//!
//! # Ordering guarantees
//! 1. Events are handled in order of time.
//! 2. At the same time, in order of [`Phase`]: what is given back comes before what is asked for.
//! 3. In the same phase, in the order in which they were scheduled.
//!
//! Ties never consume randomness. An event due at the end of a run or later is not handled.

mod agenda;
mod heap;
mod level;
mod pool;
mod time;

pub use self::agenda::{Agenda, Event, Phase};
pub use self::level::Level;
pub use self::pool::{Links, Pool, Queue};
pub use self::time::{Span, Time};

/// Something that reacts to its own events.
pub trait World {
    /// What can happen in it.
    type Event: Event;

    /// Reacts to one event, which is due at `agenda.now()`.
    fn handle(&mut self, event: Self::Event, agenda: &mut Agenda<Self::Event>);
}

/// Runs `world` until `end`, or until `stops` after an event; returns the number of events handled, and
/// when it stopped, if it did.
pub fn run_unless<W: World>(
    world: &mut W,
    agenda: &mut Agenda<W::Event>,
    end: Time,
    stops: impl Fn(&W, Time) -> bool,
) -> (u64, Option<Time>) {
    let mut handled = 0;
    while let Some(event) = agenda.next_before(end) {
        world.handle(event, agenda);
        handled += 1;
        if stops(world, agenda.now()) {
            return (handled, Some(agenda.now()));
        }
    }
    (handled, None)
}

/// Runs `world` until `end`, and returns the number of events handled.
pub fn run<W: World>(world: &mut W, agenda: &mut Agenda<W::Event>, end: Time) -> u64 {
    let mut handled = 0;
    while let Some(event) = agenda.next_before(end) {
        world.handle(event, agenda);
        handled += 1;
    }
    handled
}
