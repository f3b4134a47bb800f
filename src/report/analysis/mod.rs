//! What a sweep says, for people, programs and paper; and the folder of a sweep, read back.

mod causes;
mod choices;
mod folder;
mod json;
mod overview;
mod pictures;
mod regions;

pub use self::folder::{Sweep, Unreadable, open};
pub use self::json::json;
pub use self::overview::overview;
pub use self::pictures::pictures;
