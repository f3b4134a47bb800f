//! Ctrl-C, and the signal by which clusters ask a program to end.

use std::sync::atomic::{AtomicBool, Ordering};

/// The exit code of a run that somebody stopped.
pub(super) const STOPPED: u8 = 130;

/// Becomes true when somebody asks the program to end. Whoever asks twice ends it at once.
pub(super) fn on_request() -> &'static AtomicBool {
    static STOP: AtomicBool = AtomicBool::new(false);
    // If it cannot be caught, it ends the program as it always did.
    let _ = ctrlc::set_handler(|| {
        if STOP.swap(true, Ordering::Relaxed) {
            std::process::exit(STOPPED.into());
        }
    });
    &STOP
}
