//! Replications on all cores, and what they say together.
//!
//! [`run`] makes the replications of a [`Plan`]; [`Summary::of`] turns what they kept into
//! estimates. The result depends on the model and the plan alone: replications are folded in the
//! order of their numbers, so that any number of threads gives the same bytes.

pub mod analysis;
pub mod behaviours;
mod checks;
mod comparison;
pub mod design;
mod explain;
mod in_order;
mod layer;
mod ledger;
mod plan;
mod precision;
mod progress;
mod ripple;
mod runs;
pub mod search;
mod sense;
mod series;
mod settling;
mod summary;
pub mod sweep;
mod worlds;

pub use self::checks::CheckResult;
pub use self::comparison::{
    Comparison, Difference, GroupChange, OwnerChange, Ran, Reach, Target, Versus, Width,
    better_share, is_better, run_until_precise, usual_targets,
};
pub use self::explain::{
    Attribution, ByCoupling, Explained, MOST_COALITIONS_OF, Question, Removed, Without, Withouts,
    causes,
};
pub use self::layer::{Course, Layer, Quantity};
pub use self::ledger::{CellLine, Delay, GroupLine, Ledger, Owner, OwnerLine, ReasonLine, owner};
pub use self::plan::{Plan, Replications};
pub use self::precision::{LOOK_CONFIDENCE, MOST_REPLICATIONS, Reached};
pub use self::progress::{Progress, Quiet};
pub use self::ripple::{Column, Effect, GROWTH, HOURS, Lever, Outcome, Ripple, Ripples, Row};
pub use self::runs::{Runs, Stopped, SurveyMoments, run};
pub use self::sense::{QueueMoments, QueueSense};
pub use self::series::SeriesEstimate;
pub use self::settling::{Drift, WarmUp, drift, settle};
pub use self::summary::{Measured, Nights, Occupancy, PathwayDelay, Summary, watched};
pub use self::worlds::Batch;
