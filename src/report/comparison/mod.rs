//! What differs between scenarios, shown: for people, as JSON, as CSV and as pictures.
//!
//! Pure, as all of the report: a [`Comparison`](crate::experiment::Comparison) in, text out.

mod csv_table;
mod headline;
mod json;
mod notes;
mod overview;
mod pictures;
mod words;

pub use self::csv_table::differences as differences_csv;
pub use self::json::json;
pub use self::overview::overview;
pub use self::pictures::of as pictures;
pub(super) use self::words::change;
