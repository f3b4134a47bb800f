//! What a run found, shown: tables, pictures, JSON, the event log and one person's story.
//!
//! Renderers are pure: a [`Summary`](crate::experiment::Summary) or a log in, text out. They never
//! compute a statistic and never run anything.

pub mod analysis;
mod behaviours;
mod checks;
pub mod comparison;
mod confidence;
mod csv_table;
mod events;
pub mod explain;
pub mod grounds;
mod headline;
mod json;
mod layer;
mod ledger;
mod numbers;
mod overview;
mod page;
mod pathway;
pub mod pictures;
mod places;
mod reasons;
mod reference;
pub mod ripple;
pub mod search;
pub mod sense;
pub mod story;
pub mod sweep;
mod table;

pub use self::behaviours::{behaviours, behaviours_json};
pub use self::csv_table::measures as measures_csv;
pub use self::events::EventLog;
pub use self::json::json;
pub use self::overview::overview;
pub use self::page::Page;
pub use self::pathway::Drawing;
pub use self::reference::reference;
pub use self::table::columns;
