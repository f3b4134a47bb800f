//! The texts that a scenario is made of, and how they are read from disk.

use std::fs;
use std::io::Read;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use super::diagnostic::{Diagnostic, Place};

/// No scenario file is larger \[bytes\].
const LARGEST: u64 = 10 * 1024 * 1024;

/// A text with the name it is shown under.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// In which order the texts of a scenario were read; the one asked for is 0.
    pub(crate) index: usize,
    /// The name of the file as the user wrote it, or `--set`.
    pub name: String,
    /// The text.
    pub text: String,
}

impl Source {
    /// Points at a part of the text. Ends beyond the text or within a character are mended.
    pub(crate) fn place(self: &Arc<Source>, span: Range<usize>) -> Place {
        let text = &self.text;
        let start = text.floor_boundary(span.start);
        let end = text.floor_boundary(span.end).max(start);
        let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
        Place {
            source: Arc::clone(self),
            span: start..end,
            line: text[..start].bytes().filter(|&b| b == b'\n').count() + 1,
            column: text[line_start..start].chars().count() + 1,
        }
    }
}

/// Where a character starts.
pub(crate) trait Boundary {
    /// The nearest start of a character at or before `at`, or the end of the text.
    fn floor_boundary(&self, at: usize) -> usize;
}

impl Boundary for str {
    fn floor_boundary(&self, at: usize) -> usize {
        let mut at = at.min(self.len());
        while !self.is_char_boundary(at) {
            at -= 1;
        }
        at
    }
}

/// All texts of one scenario.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sources(Vec<Arc<Source>>);

impl Sources {
    /// Adds a text and returns its number. The mark that some editors put at the start is dropped.
    pub(crate) fn add(&mut self, name: &str, mut text: String) -> usize {
        let index = self.0.len();
        if text.starts_with('\u{feff}') {
            text.remove(0);
        }
        self.0.push(Arc::new(Source { index, name: name.to_owned(), text }));
        index
    }

    /// The text of a number that [`Sources::add`] gave.
    pub(crate) fn get(&self, index: usize) -> &Arc<Source> {
        &self.0[index]
    }
}

/// Reads a scenario file, or says why it cannot be one.
///
/// # Errors
/// A mistake without a place; the caller may add where the file was asked for.
pub(crate) fn read(path: &Path) -> Result<String, Diagnostic> {
    let shown = path.display();
    let refuse = |why: String| Diagnostic::error(format!("cannot read `{shown}`: {why}"));
    let metadata = fs::metadata(path).map_err(|error| refuse(plain(&error)))?;
    if metadata.is_dir() {
        return Err(refuse("it is a folder, not a file".to_owned())
            .note("name the scenario file in it, such as `baseline.toml`"));
    }
    let too_large = |bytes: u64| {
        refuse(format!("it is {} large; a scenario is at most 10 MB", size(bytes)))
            .note("a scenario is a text of some hundred lines; is this the file you meant?")
    };
    if metadata.len() > LARGEST {
        return Err(too_large(metadata.len()));
    }
    // A pipe or device has no length beforehand, so the reading is limited as well.
    let mut bytes = Vec::new();
    fs::File::open(path)
        .and_then(|file| file.take(LARGEST + 1).read_to_end(&mut bytes))
        .map_err(|error| refuse(plain(&error)))?;
    if bytes.len() as u64 > LARGEST {
        return Err(too_large(bytes.len() as u64));
    }
    text(bytes).map_err(refuse_with_advice(&refuse))
}

fn refuse_with_advice(
    refuse: &impl Fn(String) -> Diagnostic,
) -> impl Fn((String, &'static str)) -> Diagnostic {
    move |(why, advice)| refuse(why).note(advice)
}

/// The bytes as text, or what is wrong with them and what to do.
fn text(bytes: Vec<u8>) -> Result<String, (String, &'static str)> {
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Err((
            "it is UTF-16 text; a scenario is UTF-8 text".to_owned(),
            "save it again with the encoding UTF-8",
        ));
    }
    if bytes.contains(&0) {
        return Err((
            "it is a binary file, not text".to_owned(),
            "a scenario is a TOML text; `homeward new` writes one to start from",
        ));
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(text),
        Err(error) => {
            let good = error.utf8_error().valid_up_to();
            let bytes = error.as_bytes();
            let line = bytes[..good].iter().filter(|&&b| b == b'\n').count() + 1;
            Err((
                format!(
                    "it is not UTF-8 text; line {line} has the byte 0x{:02X}",
                    bytes.get(good).copied().unwrap_or_default()
                ),
                "save it again with the encoding UTF-8",
            ))
        }
    }
}

/// What an input or output error means, in plain words.
fn plain(error: &std::io::Error) -> String {
    use std::io::ErrorKind;
    match error.kind() {
        ErrorKind::NotFound => "there is no such file".to_owned(),
        ErrorKind::PermissionDenied => "you may not read it".to_owned(),
        ErrorKind::NotADirectory => "a part of its path is a file, not a folder".to_owned(),
        _ => error.to_string().to_lowercase(),
    }
}

fn size(bytes: u64) -> String {
    let megabytes = bytes as f64 / (1024.0 * 1024.0);
    if megabytes < 1024.0 {
        format!("{megabytes:.1} MB")
    } else {
        format!("{:.1} GB", megabytes / 1024.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_ends_are_mended() {
        let mut sources = Sources::default();
        let index = sources.add("x.toml", "a = 1\né = \"ß\"\n".to_owned());
        let place = sources.get(index).place(11..15);
        assert_eq!((place.line, place.column), (2, 5));
        let place = sources.get(index).place(7..999);
        assert_eq!(place.span, 6..16);
        let place = sources.get(index).place(999..1000);
        assert_eq!((place.line, place.column), (3, 1));
    }

    #[test]
    fn bytes_that_are_no_text_are_refused() {
        assert!(text(vec![b'a', 0, b'b']).is_err());
        assert!(text(vec![b'a', 0xFF]).is_err());
        assert!(text(vec![0xFF, 0xFE, b'a', 0]).is_err());
        assert_eq!(text(b"a = 1".to_vec()).as_deref(), Ok("a = 1"));
    }
}
