//! The page on which text is set: how wide it is, and whether it has colours.

/// Where text goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// Columns.
    pub width: usize,
    /// Whether colours and bold text may be used.
    pub colour: bool,
}

const BOLD: &str = "\x1b[1m";
const GREEN: &str = "\x1b[32m";
const RED: &str = "\x1b[31m";
const DIM: &str = "\x1b[2m";
const RESET: &str = "\x1b[0m";

impl Page {
    /// A page for files and pipes: 80 columns, no colours.
    pub const PLAIN: Page = Page { width: 80, colour: false };

    /// A heading, with an empty line before it.
    pub fn heading(&self, text: &str) -> String {
        format!("\n{}\n", self.bold(&self.wrap(text, 0)))
    }

    /// Text that stands out.
    pub fn bold(&self, text: &str) -> String {
        self.styled(BOLD, text)
    }

    /// Text that says that something is right.
    pub fn good(&self, text: &str) -> String {
        self.styled(GREEN, text)
    }

    /// Text that says that something is not right.
    pub fn bad(&self, text: &str) -> String {
        self.styled(RED, text)
    }

    /// Text that stands back.
    pub fn dim(&self, text: &str) -> String {
        self.styled(DIM, text)
    }

    fn styled(&self, style: &str, text: &str) -> String {
        if self.colour { format!("{style}{text}{RESET}") } else { text.to_owned() }
    }

    /// Breaks text into lines at its spaces; all lines after the first are indented. Blanks at its
    /// beginning stay.
    pub fn wrap(&self, text: &str, indent: usize) -> String {
        let first = text.len() - text.trim_start_matches(' ').len();
        let mut out = " ".repeat(first);
        let mut column = first;
        let mut is_empty = true;
        for word in text.split_whitespace() {
            let length = word.chars().count();
            if !is_empty && column + 1 + length > self.width {
                out.push('\n');
                out.push_str(&" ".repeat(indent));
                column = indent;
            } else if !is_empty {
                out.push(' ');
                column += 1;
            }
            out.push_str(word);
            column += length;
            is_empty = false;
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_broken_at_spaces_and_hang() {
        let page = Page { width: 12, colour: false };
        assert_eq!(page.wrap("one two three four", 2), "one two\n  three four");
        assert_eq!(page.wrap("a_word_that_is_too_long x", 2), "a_word_that_is_too_long\n  x");
        assert_eq!(page.wrap("    one two three", 4), "    one two\n    three");
        assert_eq!(page.wrap("", 2), "");
    }
}
