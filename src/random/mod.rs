//! Keyed random draws and distributions. The only place that sees a generator.
//!
//! A draw is a function of (seed, replication, person, purpose, attempt) and of nothing else, so
//! that one more bed moves no other person's arrival, need or stay.

mod distribution;
mod exp;
mod keyed;
mod law;
mod moments;

pub use self::distribution::{Distribution, LEAST_KEPT, ParameterError};
pub use self::keyed::{Generator, Key};
