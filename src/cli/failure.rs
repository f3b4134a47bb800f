//! How a command can fail, and the exit code that says so.

use std::io;
use std::process::ExitCode;

use crate::scenario::Diagnostics;

use super::output;

/// Why a command did not succeed.
#[derive(Debug)]
pub(super) enum Failure {
    /// The scenario has mistakes.
    Scenario(Diagnostics),
    /// The command was used wrongly; what was found, and what to do.
    Usage(String),
    /// Mistakes of several scenarios.
    Several(Vec<Failure>),
    /// What was to be said has been said already.
    Told(u8),
    /// Whoever read the results has gone, as `head` does. Nothing is wrong.
    ReaderGone,
    /// Anything else.
    Other(anyhow::Error),
}

impl Failure {
    /// Says what went wrong on stderr.
    pub(super) fn report(&self) -> ExitCode {
        match self {
            Failure::Scenario(diagnostics) => {
                output::note(diagnostics.long(output::stderr_has_colour()).trim_end());
                ExitCode::from(2)
            }
            Failure::Usage(message) => {
                output::note(&format!("error: {message}"));
                ExitCode::from(2)
            }
            Failure::Several(failures) => {
                for failure in failures {
                    failure.report();
                }
                ExitCode::from(2)
            }
            Failure::Told(code) => ExitCode::from(*code),
            Failure::ReaderGone => ExitCode::SUCCESS,
            Failure::Other(error) => {
                output::note(&format!("error: {error:#}"));
                ExitCode::from(1)
            }
        }
    }
}

impl From<Diagnostics> for Failure {
    fn from(diagnostics: Diagnostics) -> Self {
        Failure::Scenario(diagnostics)
    }
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        let is_pipe = |error: &io::Error| error.kind() == io::ErrorKind::BrokenPipe;
        match error.downcast_ref::<io::Error>() {
            Some(error) if is_pipe(error) => Failure::ReaderGone,
            _ => Failure::Other(error),
        }
    }
}
