//! Estimates and paired differences from replications. Pure: numbers in, numbers out.

mod estimate;
mod holm;
mod moments;
mod paired;
pub mod quantiles;

pub use self::estimate::{CONFIDENCE, Estimate};
pub use self::holm::holm;
pub use self::moments::Moments;
pub use self::paired::{Paired, Verdict};
