//! Which option is best, or the first that reaches a target, with a stated chance of being right.
//!
//! `decide` is the procedure: it asks for replications of options and gives its verdict.
//! [`Options`] are scenarios that answer by simulation, replication k of each with the same people.

mod decide;
mod options;

pub use self::decide::{Decision, Job, Question, Source, Standing, Target, Values, decide};
pub use self::options::{Aim, Candidate, Options, Unclear};
