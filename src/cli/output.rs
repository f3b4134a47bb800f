//! Where results and notes go, and how wide and colourful they may be.

use std::io::{self, IsTerminal, Write};

use crate::report::Page;

use super::Failure;

/// Wider lines are hard to read.
const WIDEST: usize = 120;
/// Narrower pictures are hard to draw.
const NARROWEST: usize = 60;

/// Writes a result to stdout.
pub(super) fn result(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    written.map_err(|error| match error.kind() {
        io::ErrorKind::BrokenPipe => Failure::ReaderGone,
        _ => Failure::Other(anyhow::Error::new(error).context("failed to write the result")),
    })
}

/// Writes a line to stderr. If that fails there is nowhere left to say so.
pub(super) fn note(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// The page of stdout: as wide as the terminal; 80 columns if it is none.
pub(super) fn page() -> Page {
    let width =
        terminal_size::terminal_size_of(io::stdout()).map(|(width, _)| usize::from(width.0));
    Page {
        width: width.unwrap_or(Page::PLAIN.width).clamp(NARROWEST, WIDEST),
        colour: io::stdout().is_terminal() && colour_is_welcome(),
    }
}

/// Whether notes on stderr may have colours.
pub(super) fn stderr_has_colour() -> bool {
    io::stderr().is_terminal() && colour_is_welcome()
}

fn colour_is_welcome() -> bool {
    let no_colour = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let is_dumb = std::env::var_os("TERM").is_some_and(|value| value == "dumb");
    !no_colour && !is_dumb
}
