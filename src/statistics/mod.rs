//! Estimates, paired differences and what larger studies need, from numbers. Pure: numbers in,
//! numbers out.

mod boxes;
mod estimate;
mod front;
mod holm;
mod moments;
mod paired;
pub mod quantiles;
mod regression;
mod selection;
mod settling;
mod shapley;
mod sobol;

pub use self::boxes::{FoundBox, Limit, find_box};
pub use self::estimate::{CONFIDENCE, Estimate};
pub use self::front::pareto_front;
pub use self::holm::holm;
pub use self::moments::Moments;
pub use self::paired::{Paired, Verdict};
pub use self::regression::Regression;
pub use self::selection::{Feasibility, Selection};
pub use self::settling::mser_5;
pub use self::shapley::{along, shapley};
pub use self::sobol::{SaltelliOutcomes, SobolIndices};
