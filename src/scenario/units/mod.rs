//! What can be measured in a scenario, with the unit in the text: times, dates, days and hours.
//!
//! Each type reads itself from TOML. What it says about a wrong value is written to follow the
//! path of that value ("`run.length` …"); lines after the first are advice.

mod clock;
mod date;
mod duration;
mod hours;
mod moment;
mod weekday;

pub use self::clock::Clock;
pub use self::date::Date;
pub use self::duration::Duration;
pub(crate) use self::duration::bare;
pub use self::hours::{Hours, Shift};
pub use self::moment::Moment;
pub use self::weekday::Weekday;
