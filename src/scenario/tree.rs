//! A TOML text as a tree that knows where each value was written.
//!
//! Unlike the parser's own tree it owns its text, keeps the order of the file, tells inline tables
//! from header tables, and can hold values of several files side by side.

use std::ops::Range;

use indexmap::IndexMap;
use toml::Spanned;
use toml::de::{DeTable, DeValue};
use toml::value::Datetime;

use super::diagnostic::Place;
use super::source::Sources;

/// Where something was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Origin {
    /// The number of the text.
    pub(crate) file: usize,
    /// First byte.
    pub(crate) start: usize,
    /// Byte after the last.
    pub(crate) end: usize,
}

impl Origin {
    /// The place, to be shown.
    pub(crate) fn place(self, sources: &Sources) -> Place {
        sources.get(self.file).place(self.start..self.end)
    }
}

/// A value and where it was written.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Node {
    pub(crate) value: Value,
    pub(crate) origin: Origin,
}

/// A table entry: the value, and where its key was written.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Entry {
    pub(crate) key: Origin,
    pub(crate) node: Node,
}

/// Keys and values in the order of the file.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Table {
    pub(crate) entries: IndexMap<String, Entry>,
    /// Written `{ … }`: a value of its own that an edit replaces as a whole.
    pub(crate) inline: bool,
}

/// What TOML can say.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    Table(Table),
    /// A list, and whether it was written as tables under `[[…]]`.
    Array(Vec<Node>, bool),
    String(String),
    Integer(i128),
    Float(f64),
    Boolean(bool),
    Datetime(Datetime),
    /// A mistake against TOML that was told already.
    Unreadable,
}

impl Node {
    /// A value that was written nowhere.
    pub(crate) fn made(value: Value, origin: Origin) -> Node {
        Node { value, origin }
    }

    /// The table, if it is one.
    pub(crate) fn table(&self) -> Option<&Table> {
        match &self.value {
            Value::Table(table) => Some(table),
            _ => None,
        }
    }

    /// The table, if it is one.
    pub(crate) fn table_mut(&mut self) -> Option<&mut Table> {
        match &mut self.value {
            Value::Table(table) => Some(table),
            _ => None,
        }
    }

    /// How many values it holds, itself included.
    pub(crate) fn size(&self) -> usize {
        match &self.value {
            Value::Table(table) => {
                let below = table.entries.values().map(|entry| entry.node.size());
                1 + below.sum::<usize>()
            }
            Value::Array(list, _) => 1 + list.iter().map(Node::size).sum::<usize>(),
            _ => 1,
        }
    }

    /// What kind of value it is, in plain words.
    pub(crate) fn kind(&self) -> &'static str {
        match &self.value {
            Value::Table(_) => "a table",
            Value::Array(..) => "a list",
            Value::String(_) => "text",
            Value::Integer(_) | Value::Float(_) => "a number",
            Value::Boolean(_) => "true or false",
            Value::Datetime(_) => "a date or time",
            Value::Unreadable => "nothing that can be read",
        }
    }

    /// The entry at a dotted path below this node: its key (if the last part is one) and node.
    /// Keys that hold dots themselves are found too.
    pub(crate) fn find(&self, path: &str) -> Option<(Option<Origin>, &Node)> {
        if path.is_empty() {
            return Some((None, self));
        }
        match &self.value {
            Value::Table(table) => {
                let cuts = path.match_indices('.').map(|(at, _)| at).chain([path.len()]);
                for cut in cuts {
                    let Some(entry) = table.entries.get(&path[..cut]) else {
                        continue;
                    };
                    if cut == path.len() {
                        return Some((Some(entry.key), &entry.node));
                    }
                    if let Some(found) = entry.node.find(&path[cut + 1..]) {
                        return Some(found);
                    }
                }
                None
            }
            Value::Array(list, _) => {
                let (index, rest) = path.split_once('.').unwrap_or((path, ""));
                list.get(index.parse::<usize>().ok()?)?.find(rest)
            }
            _ => None,
        }
    }
}

impl Table {
    /// The node of a key.
    pub(crate) fn get(&self, key: &str) -> Option<&Node> {
        self.entries.get(key).map(|entry| &entry.node)
    }
}

/// A mistake against TOML itself: where, and the parser's words.
pub(crate) type SyntaxError = (Range<usize>, String);

/// Reads a text. All its mistakes come at once, with a tree of whatever could be read.
pub(crate) fn parse(text: &str, file: usize) -> (Node, Vec<SyntaxError>) {
    let (root, errors) = DeTable::parse_recoverable(text);
    let mut builder = Builder { text, file, offset: 0, mistakes: Vec::new() };
    let origin = Origin { file, start: 0, end: 0 };
    let root = Node::made(Value::Table(builder.table(root.into_inner(), false)), origin);
    let errors = errors
        .iter()
        .map(|error| (error.span().unwrap_or(0..0), error.message().to_owned()))
        .chain(builder.mistakes)
        .collect();
    (root, errors)
}

/// Reads one value, such as the right-hand side of a `--set`, which stands at `offset` in the text.
pub(crate) fn parse_value(text: &str, file: usize, offset: usize) -> Option<Node> {
    let value = DeValue::parse(text).ok()?;
    let mut builder = Builder { text, file, offset, mistakes: Vec::new() };
    let node = builder.node(value);
    builder.mistakes.is_empty().then_some(node)
}

struct Builder<'t> {
    text: &'t str,
    file: usize,
    offset: usize,
    mistakes: Vec<SyntaxError>,
}

impl Builder<'_> {
    fn origin(&self, span: Range<usize>) -> Origin {
        Origin { file: self.file, start: span.start + self.offset, end: span.end + self.offset }
    }

    fn node(&mut self, value: Spanned<DeValue<'_>>) -> Node {
        let span = value.span();
        let value = match value.into_inner() {
            DeValue::String(text) => Value::String(text.into_owned()),
            DeValue::Integer(number) => {
                match i128::from_str_radix(number.as_str(), number.radix()) {
                    Ok(number) => Value::Integer(number),
                    Err(_) => {
                        self.mistakes.push((span.clone(), "the number is too large".to_owned()));
                        Value::Integer(0)
                    }
                }
            }
            DeValue::Float(number) => Value::Float(number.as_str().parse().unwrap_or(f64::NAN)),
            DeValue::Boolean(truth) => Value::Boolean(truth),
            DeValue::Datetime(moment) => Value::Datetime(moment),
            DeValue::Array(list) => {
                // `[[changes]]` points at its header, `changes = [{…}]` at the bracket of the list.
                let headers = self.text[span.start.min(self.text.len())..].starts_with("[[")
                    && list
                        .iter()
                        .all(|item| item.get_ref().is_table() && !self.is_inline(item.span()));
                Value::Array(list.into_iter().map(|item| self.node(item)).collect(), headers)
            }
            DeValue::Table(table) => {
                let inline = self.is_inline(span.clone());
                Value::Table(self.table(table, inline))
            }
        };
        Node { value, origin: self.origin(span) }
    }

    /// Whether the table at this place was written `{ … }`; others point at a header or key.
    fn is_inline(&self, span: Range<usize>) -> bool {
        self.text.as_bytes().get(span.start) == Some(&b'{')
    }

    /// The parser moves a table to the end when its header comes after those of its children; the
    /// order of the keys in the text is the one that a reader expects.
    fn table(&mut self, table: DeTable<'_>, inline: bool) -> Table {
        let mut entries: Vec<(String, Entry)> = table
            .into_iter()
            .map(|(key, value)| {
                let entry = Entry { key: self.origin(key.span()), node: self.node(value) };
                (key.into_inner().into_owned(), entry)
            })
            .collect();
        entries.sort_by_key(|(_, entry)| entry.key.start);
        Table { entries: entries.into_iter().collect(), inline }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(text: &str) -> (Node, Vec<SyntaxError>) {
        parse(text, 0)
    }

    fn written<'t>(text: &'t str, path: &str) -> &'t str {
        let (root, mistakes) = tree(text);
        assert_eq!(mistakes, []);
        let (_, node) = root.find(path).expect(path);
        &text[node.origin.start..node.origin.end]
    }

    #[test]
    fn every_value_knows_where_it_was_written() {
        let text = "a.b = [1, 2.5]\n[c.d]\n\"e.f\" = { g = \"x\" }\n[[h]]\ni = 1\n";
        assert_eq!(written(text, "a.b"), "[1, 2.5]");
        assert_eq!(written(text, "a.b.1"), "2.5");
        assert_eq!(written(text, "c.d"), "[c.d]");
        assert_eq!(written(text, "c.d.e.f"), "{ g = \"x\" }");
        assert_eq!(written(text, "c.d.e.f.g"), "\"x\"");
        assert_eq!(written(text, "h.0"), "[[h]]");
    }

    #[test]
    fn inline_tables_and_lists_are_told_from_headers() {
        let (root, _) = tree("a = { x = 1 }\nb.x = 1\nd = [{ x = 1 }]\n[c]\nx = 1\n[[e]]\nx = 1\n");
        let inline = |path: &str| match &root.find(path).expect(path).1.value {
            Value::Table(table) => table.inline,
            Value::Array(_, headers) => !headers,
            _ => panic!("{path} is a table or list"),
        };
        assert_eq!(["a", "b", "c", "d", "e"].map(inline), [true, false, false, true, false]);
    }

    #[test]
    fn keys_come_in_the_order_of_the_text() {
        let (root, _) = tree("[s.a.x]\n[s.b]\n[s.c]\n");
        let (_, steps) = root.find("s").expect("the table");
        let names: Vec<&String> = steps.table().expect("a table").entries.keys().collect();
        assert_eq!(names, ["a", "b", "c"]);
    }

    #[test]
    fn all_mistakes_of_a_text_come_at_once() {
        let (_, mistakes) = tree("a = \nb = 1\nb = 2\nc = [1\n");
        assert!(mistakes.len() >= 2, "{mistakes:?}");
    }
}
