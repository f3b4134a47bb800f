//! A progress bar on stderr.

use std::io::IsTerminal;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::experiment::Progress;

/// Runs that are over sooner need no bar.
const PATIENCE: Duration = Duration::from_millis(400);

/// A bar on stderr; nothing if stderr is no terminal, or the run is over at once.
#[derive(Debug)]
pub(super) struct Terminal {
    bar: ProgressBar,
    started: Instant,
    shown: OnceLock<()>,
    runs: u64,
}

impl Terminal {
    /// A bar over so many runs of equally many replications.
    pub(super) fn new(runs: usize) -> Terminal {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        let template = "{pos} of {len} replications {wide_bar} {eta} left";
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        Terminal { bar, started: Instant::now(), shown: OnceLock::new(), runs: runs as u64 }
    }
}

impl Progress for Terminal {
    fn planned(&self, replications: u32) {
        self.bar.set_length(u64::from(replications) * self.runs);
    }

    fn ended_one(&self) {
        if std::io::stderr().is_terminal() && self.started.elapsed() > PATIENCE {
            self.shown.get_or_init(|| self.bar.set_draw_target(ProgressDrawTarget::stderr()));
        }
        self.bar.inc(1);
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
