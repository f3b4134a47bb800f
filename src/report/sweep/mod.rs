//! The folder of a sweep: what is written there, and how it is read back.
//!
//! - `points.csv`: the points, a line each, with the value of every factor.
//! - `rows.csv`: the measures, a line for each point and replication, in the order of work.
//! - `failed.csv`: points that could not be run, and why.
//! - `manifest.json`: what the folder is of; see `manifest`.
//!
//! Lines are written one by one, a failure before any later row. So whatever a killed run leaves is a
//! beginning of what it would have written, but for a torn last line; see [`so_far`].

mod manifest;
mod merge;
mod parquet;
mod resume;
mod tables;

pub use self::manifest::{differs, manifest};
pub use self::merge::{Part, Unmergeable, merge, order_of};
pub use self::parquet::{ParquetFailed, parquet};
pub use self::resume::{SoFar, so_far};
pub use self::tables::{Rows, points_csv};

/// The names of the files.
pub mod files {
    /// The points.
    pub const POINTS: &str = "points.csv";
    /// The measures of each point and replication.
    pub const ROWS: &str = "rows.csv";
    /// Points that could not be run.
    pub const FAILED: &str = "failed.csv";
    /// What the folder is of.
    pub const MANIFEST: &str = "manifest.json";
}
