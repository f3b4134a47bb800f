//! Estimates from replications. Pure: numbers in, numbers out.

mod estimate;
mod moments;

pub use self::estimate::{CONFIDENCE, Estimate};
pub use self::moments::Moments;
