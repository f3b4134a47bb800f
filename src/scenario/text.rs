//! Writes a tree as TOML text, so that an effective scenario can be saved and run again.
//!
//! Tables of several lines get headers; what fits on a line stays on one. Because TOML wants the
//! single values of a table before its headers, [`settle`] brings a tree into that order first:
//! then the text reads back as the very same tree.

use super::tree::{Node, Table, Value};

/// Brings single values before tables where both stand in one table.
pub(crate) fn settle(root: &mut Node) {
    settle_below(root, true);
}

fn settle_below(node: &mut Node, is_root: bool) {
    let Value::Table(table) = &mut node.value else {
        return;
    };
    if is_root || !table.entries.values().all(|entry| one_line(&entry.node)) {
        table.entries.sort_by(|_, a, _, b| header(&a.node).cmp(&header(&b.node)));
    }
    for entry in table.entries.values_mut() {
        settle_below(&mut entry.node, false);
    }
}

/// Writes a settled tree.
pub(crate) fn write(root: &Node) -> String {
    let mut out = String::new();
    if let Value::Table(table) = &root.value {
        write_table(&mut out, &mut Vec::new(), table);
    }
    out
}

/// Whether a node is a table that may have a header.
fn header(node: &Node) -> bool {
    match &node.value {
        Value::Table(table) => !table.entries.contains_key("value"),
        Value::Array(_, headers) => *headers,
        _ => false,
    }
}

/// Whether a node is written on one line.
fn one_line(node: &Node) -> bool {
    match &node.value {
        Value::Table(table) => {
            table.inline
                || table.entries.contains_key("value")
                || (table.entries.len() == 1
                    && table.entries.values().all(|entry| one_line(&entry.node)))
        }
        Value::Array(_, headers) => !headers,
        _ => true,
    }
}

fn write_table(out: &mut String, path: &mut Vec<String>, table: &Table) {
    let all_lines = !path.is_empty() && table.entries.values().all(|entry| one_line(&entry.node));
    for (key, entry) in &table.entries {
        if all_lines || !header(&entry.node) {
            write_lines(out, &name(key), &entry.node);
        }
    }
    if all_lines {
        return;
    }
    for (key, entry) in &table.entries {
        path.push(name(key));
        match &entry.node.value {
            Value::Table(inner) if header(&entry.node) => {
                // A table that holds only tables needs no header of its own.
                let only_headers = !inner.entries.is_empty()
                    && inner.entries.values().all(|entry| header(&entry.node))
                    && !inner.entries.values().all(|entry| one_line(&entry.node));
                if !only_headers {
                    out.push_str(&format!("\n[{}]\n", path.join(".")));
                }
                write_table(out, path, inner);
            }
            Value::Array(list, true) => {
                for item in list {
                    out.push_str(&format!("\n[[{}]]\n", path.join(".")));
                    if let Value::Table(item) = &item.value {
                        for (key, entry) in &item.entries {
                            write_lines(out, &name(key), &entry.node);
                        }
                    }
                }
            }
            _ => {}
        }
        path.pop();
    }
}

/// `key = value`, or a line for each value of a table that was not written in braces.
fn write_lines(out: &mut String, key: &str, node: &Node) {
    match &node.value {
        Value::Table(table) if !table.inline => {
            for (inner, entry) in &table.entries {
                write_lines(out, &format!("{key}.{}", name(inner)), &entry.node);
            }
        }
        _ => out.push_str(&format!("{key} = {}\n", value(node))),
    }
}

/// A value as it may be written on a command line: text without its quotes.
pub(crate) fn shown(it: &Value) -> String {
    match it {
        Value::String(text) => text.clone(),
        other => value_of(other),
    }
}

fn value(node: &Node) -> String {
    value_of(&node.value)
}

fn value_of(it: &Value) -> String {
    match it {
        Value::Table(table) => {
            let mut parts = Vec::new();
            inline_parts(&mut parts, "", table);
            if parts.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", parts.join(", ")) }
        }
        Value::Array(list, _) => {
            let items: Vec<String> = list.iter().map(value).collect();
            format!("[{}]", items.join(", "))
        }
        Value::String(text) => quoted(text),
        Value::Integer(number) => number.to_string(),
        Value::Float(number) if number.is_nan() => "nan".to_owned(),
        Value::Float(number) => format!("{number:?}"),
        Value::Boolean(truth) => truth.to_string(),
        Value::Datetime(moment) => moment.to_string(),
        // Such a tree is never written.
        Value::Unreadable => "\"\"".to_owned(),
    }
}

fn inline_parts(parts: &mut Vec<String>, prefix: &str, table: &Table) {
    for (key, entry) in &table.entries {
        let key = format!("{prefix}{}", name(key));
        match &entry.node.value {
            Value::Table(inner) if !inner.inline => inline_parts(parts, &format!("{key}."), inner),
            _ => parts.push(format!("{key} = {}", value(&entry.node))),
        }
    }
}

/// A key, in quotes if it needs them.
pub(crate) fn name(key: &str) -> String {
    let bare =
        !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
    if bare { key.to_owned() } else { basic(key) }
}

/// A text in quotes; one of several lines keeps its lines.
fn quoted(text: &str) -> String {
    if !text.contains('\n') {
        return basic(text);
    }
    let lines: Vec<String> = text.split('\n').map(escaped).collect();
    format!("\"\"\"\n{}\"\"\"", lines.join("\n"))
}

fn basic(text: &str) -> String {
    format!("\"{}\"", escaped(text).replace('\n', "\\n"))
}

fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            '\n' => out.push('\n'),
            c if (c as u32) < 0x20 || c as u32 == 0x7F => {
                out.push_str(&format!("\\u{:04X}", c as u32))
            }
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::tree;

    fn settled(text: &str) -> Node {
        let (mut root, errors) = tree::parse(text, 0);
        assert_eq!(errors, [], "{text}");
        settle(&mut root);
        root
    }

    /// A tree without origins and without how its tables were written.
    fn plain(node: &Node) -> String {
        match &node.value {
            Value::Table(table) => {
                let entries: Vec<String> = table
                    .entries
                    .iter()
                    .map(|(key, entry)| format!("{key:?}: {}", plain(&entry.node)))
                    .collect();
                format!("{{{}}}", entries.join(", "))
            }
            Value::Array(list, _) => format!("{:?}", list.iter().map(plain).collect::<Vec<_>>()),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn what_is_written_reads_back_as_the_same_tree() {
        let texts = [
            "a = 1\nb.c.d = 2.5\n[e.f]\ng = \"x\"\n[e]\nh = [1, \"é\", { i = 1.0 }]\n",
            "[s.a]\nx = 1\ny = 2\n[s.b]\n[s.b.c]\nx = 1e300\ny = -0.0\n",
            "\"odd key\".\"a.b\" = \"tab\\tquote\\\" \\u0007\"\nt = \"\"\"\none\n\"two\"\\\\\n\"\"\"\n",
            "f.x = 1\n[f.y]\nvalue = 2\nsource = \"s\"\n[p]\nq = { value = 1, source = \"s\" }\n",
            "d = 2025-01-06\nt = 08:30\n[[changes]]\non = 2025-01-06\nset.a.b = { c = 1 }\nset.d = []\n[[changes]]\n",
            "s.one = { leave = \"home\" }\ns.two.stay = \"1 day\"\ns.two.reason = \"r\"\n[empty]\n",
        ];
        for text in texts {
            let tree = settled(text);
            let written = write(&tree);
            assert_eq!(plain(&settled(&written)), plain(&tree), "{written}");
            assert_eq!(write(&settled(&written)), written, "writing twice is writing once");
        }
    }
}
