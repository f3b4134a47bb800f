//! How far a sweep is, on stderr.

use std::fmt::Write;
use std::io::IsTerminal;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use indicatif::{HumanDuration, ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

use crate::cli::output;
use crate::experiment::Progress;

/// In a log, a line is written so often.
const BETWEEN_LINES: Duration = Duration::from_secs(30);

/// A bar with the rate and the time left; in a log, a line now and then.
#[derive(Debug)]
pub(super) struct Bar {
    bar: ProgressBar,
    done: u64,
    last: Mutex<Instant>,
}

impl Bar {
    /// A bar over so many rows, of which some are there already.
    pub(super) fn new(done: u64, rows: u64) -> Bar {
        let target = match std::io::stderr().is_terminal() {
            true => ProgressDrawTarget::stderr(),
            false => ProgressDrawTarget::hidden(),
        };
        let bar = ProgressBar::with_draw_target(Some(rows), target);
        let template = "{human_pos} of {human_len} rows {wide_bar} {rate} a second, {eta} left";
        if let Ok(style) = ProgressStyle::with_template(template) {
            let rate = |state: &ProgressState, out: &mut dyn Write| {
                let rate = state.per_sec();
                let _ = write!(out, "{rate:.*}", usize::from(rate < 10.0));
            };
            bar.set_style(style.with_key("rate", rate));
        }
        bar.set_position(done);
        bar.reset_eta();
        Bar { bar, done, last: Mutex::new(Instant::now()) }
    }

    /// A line for a log.
    fn line(&self) {
        let (rows, of) = (self.bar.position(), self.bar.length().unwrap_or_default());
        let seconds = self.bar.elapsed().as_secs_f64();
        let rate = rows.saturating_sub(self.done) as f64 / seconds;
        let left = of.saturating_sub(rows) as f64 / rate;
        let left = Duration::try_from_secs_f64(left).unwrap_or_default();
        let left = HumanDuration(left);
        output::note(&format!("{rows} of {of} rows, {rate:.1} a second, {left} left"));
    }
}

impl Progress for Bar {
    fn planned(&self, _: u32) {}

    fn ended_one(&self) {
        self.bar.inc(1);
        if self.bar.is_hidden()
            && let Ok(mut last) = self.last.try_lock()
            && last.elapsed() > BETWEEN_LINES
        {
            *last = Instant::now();
            self.line();
        }
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
