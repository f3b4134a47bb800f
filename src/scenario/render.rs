//! How mistakes are shown: with the line of the text and an arrow, or one line each.

use std::fmt::Write as _;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::diagnostic::{Diagnostic, Diagnostics, Place, Severity};
use super::source::Boundary as _;

/// Of a longer line only this much around the place is shown \[bytes\].
const WIDEST: usize = 160;

impl Diagnostics {
    /// One line a mistake: `file:line:column: error: message`.
    pub fn short(&self) -> String {
        let mut out = String::new();
        for diagnostic in self {
            if let Some(place) = &diagnostic.place {
                let _ = write!(out, "{}:{}:{}: ", place.file(), place.line, place.column);
            }
            let _ = writeln!(out, "{}: {}", word(diagnostic.severity), diagnostic.message);
        }
        self.count(&mut out);
        out
    }

    /// Each mistake with its line of the text, an arrow at its place and what to do.
    pub fn long(&self, colour: bool) -> String {
        let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
        let mut out = String::new();
        for diagnostic in self {
            out.push_str(&long(&renderer, diagnostic));
            out.push_str("\n\n");
        }
        self.count(&mut out);
        out
    }

    /// The closing line.
    fn count(&self, out: &mut String) {
        if self.more() > 0 {
            let _ = writeln!(out, "… and {} more", self.more());
        }
        let warnings = self.iter().filter(|d| d.severity == Severity::Warning).count();
        let errors = self.len() - self.more() - warnings;
        let some = |number: usize, word: &str| {
            let plural = if number == 1 { "" } else { "s" };
            format!("{number} {word}{plural}")
        };
        let _ = match (errors, warnings) {
            (0, 0) => Ok(()),
            (_, 0) => writeln!(out, "{}", some(errors, "error")),
            (0, _) => writeln!(out, "{}", some(warnings, "warning")),
            (_, _) => writeln!(out, "{}, {}", some(errors, "error"), some(warnings, "warning")),
        };
    }
}

fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

fn long(renderer: &Renderer, diagnostic: &Diagnostic) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(&diagnostic.message);
    let group = match &diagnostic.place {
        Some(place) => {
            let (text, start, end, clipped) = window(place);
            let snippet = Snippet::source(text)
                .line_start(place.line)
                .annotation(AnnotationKind::Primary.span(start..end));
            if clipped {
                // The columns of the clipped line are not those of the file.
                let origin = Origin::path(place.file()).line(place.line).char_column(place.column);
                title.element(origin).element(snippet)
            } else {
                title.element(snippet.path(place.file()))
            }
        }
        None => Group::with_title(title),
    };
    let group = diagnostic
        .notes
        .iter()
        .fold(group, |group, note| group.element(Level::HELP.message(note.as_str())));
    renderer.render(&[group])
}

/// The first line of a place, where in it the place starts and ends, and whether it was clipped.
fn window(place: &Place) -> (String, usize, usize, bool) {
    let text = &place.source.text;
    let line_start = text[..place.span.start].rfind('\n').map_or(0, |at| at + 1);
    let line_end =
        text[place.span.start..].find('\n').map_or(text.len(), |at| place.span.start + at);
    let line = text[line_start..line_end].trim_end_matches('\r');
    let start = (place.span.start - line_start).min(line.len());
    let end = (place.span.end - line_start).min(line.len()).max(start);
    if line.len() <= WIDEST {
        return (line.to_owned(), start, end, false);
    }
    let from = line.floor_boundary(start.saturating_sub(WIDEST / 4));
    let to = line.floor_boundary(from + WIDEST);
    let mut shown = String::new();
    if from > 0 {
        shown.push('…');
    }
    let shift = shown.len();
    shown.push_str(&line[from..to]);
    let end = end.min(to);
    if to < line.len() {
        shown.push('…');
    }
    (shown, start - from + shift, end - from + shift, true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::source::Sources;

    fn shown(text: &str, span: std::ops::Range<usize>) -> String {
        let mut sources = Sources::default();
        let index = sources.add("x.toml", text.to_owned());
        let place = sources.get(index).place(span);
        Diagnostics::new(vec![Diagnostic::error("wrong").at(place).note("do this")]).long(false)
    }

    #[test]
    fn any_place_in_any_text_can_be_shown() {
        let long = "é".repeat(5000);
        let texts = [
            "",
            "\n",
            "a = 1",
            "a = 1\r\n",
            "é = \"\u{1F3E5}\"\n",
            "\t\u{7}\u{202E}x",
            "a\n\n\nb",
            &long,
        ];
        for text in texts {
            for start in 0..text.len().min(40) + 2 {
                for end in [start, start + 1, start + 3, text.len(), text.len() + 5] {
                    let out = shown(text, start..end.max(start));
                    assert!(out.contains("wrong") && out.contains("do this"), "{out}");
                    assert!(out.len() < 2000, "{} characters for one mistake", out.len());
                }
            }
        }
    }

    #[test]
    fn the_arrow_stands_under_the_character() {
        insta::assert_snapshot!(shown("ward = 1\ncafé = \"ß\" # nothing\n", 17..21), @r#"
        error: wrong
         --> x.toml:2:8
          |
        2 | café = "ß" # nothing
          |        ^^^
          |
          = help: do this

        1 error
        "#);
    }
}
