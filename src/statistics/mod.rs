//! Estimates and paired differences from replications. Pure: numbers in, numbers out.

mod estimate;
mod moments;
mod paired;

pub use self::estimate::{CONFIDENCE, Estimate};
pub use self::moments::Moments;
pub use self::paired::{Paired, Verdict};
