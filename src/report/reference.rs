//! The reference of the scenario language as Markdown, written from its JSON Schema.

use std::collections::{BTreeSet, VecDeque};

use serde_json::{Map, Value};

const BEGINNING: &str = "\
# The scenario language: reference

Every table and every key of a scenario, written by `homeward schema --reference` from the same source as the
[JSON Schema](scenario.schema.json). [language/](language) shows the constructs in examples of a few lines.

**Any table** may also hold `source` (who says so), `confidence` (`official`, `measured`, `derived` or
`assumption`), `why` and `range`; and **any value** may be written with them: `capacity = { value = 28, source =
\"our bed count\", confidence = \"measured\" }`. `homeward evidence` lists them.

A key that *must be said* is needed in a scenario that extends no other. `<name>` is a name of your own, of letters
of English, digits, `_` and `-`.
";

/// The reference as Markdown.
pub fn reference(schema: &Value) -> String {
    let empty = Map::new();
    let parts = schema["definitions"].as_object().unwrap_or(&empty);
    let mut writer =
        Writer { parts, tables: VecDeque::new(), values: VecDeque::new(), met: BTreeSet::new() };
    let mut out = format!("{BEGINNING}\n## The scenario\n\n");
    out += &writer.keys(schema, "", &parts["needs"]["required"]);
    out += &writer.tables();
    out += "\n# Values\n";
    while let Some(name) = writer.next_value() {
        let part = &parts[&name];
        out += &format!("\n## <a id=\"{}\"></a>{}\n\n", anchor(&name), words(&name));
        out += &format!("{}\n", part["description"].as_str().unwrap_or_default());
        out += &writer.value(part, &words(&name));
        out += &writer.tables();
    }
    out
}

struct Writer<'a> {
    parts: &'a Map<String, Value>,
    /// Tables that want a section of their own, and the path at which they were met first.
    tables: VecDeque<(String, String)>,
    /// Kinds of values that want a section of their own.
    values: VecDeque<String>,
    /// What has a section, or wants one.
    met: BTreeSet<String>,
}

impl Writer<'_> {
    /// The sections of all tables met so far, and of those met there.
    fn tables(&mut self) -> String {
        let mut out = String::new();
        while let Some((name, path)) = self.tables.pop_front() {
            let part = &self.parts[&name];
            out += &format!("\n## <a id=\"{}\"></a>`[{path}]`\n\n", anchor(&name));
            if let Some(about) = part["description"].as_str() {
                out += &format!("{about}\n\n");
            }
            let needs = self.parts.get(&format!("needs.{name}")).unwrap_or(&Value::Null);
            out += &self.keys(part, &path, &needs["required"]);
        }
        out
    }

    fn next_value(&mut self) -> Option<String> {
        self.values.pop_front()
    }

    /// The keys of a table, as a table.
    fn keys(&mut self, table: &Value, path: &str, required: &Value) -> String {
        let mut out = String::from("| key | may be | if not said | meaning |\n|---|---|---|---|\n");
        let empty = Map::new();
        for (key, schema) in table["properties"].as_object().unwrap_or(&empty) {
            // The table around a value may stand everywhere.
            let is_around = key == "value" && schema.get("description").is_none();
            if is_evidence(key, schema) || is_around {
                continue;
            }
            let below = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
            let must = required.as_array().is_some_and(|all| all.iter().any(|one| one == key));
            let default = match schema.get("default") {
                _ if must => "*must be said*".to_owned(),
                Some(default) => format!("`{}`", toml(default)),
                None => String::new(),
            };
            let kind = self.kind(schema, &below);
            let about = schema["description"].as_str().or(schema["items"]["description"].as_str());
            let about = about.unwrap_or_default().replace('|', "\\|").replace("\n- ", "<br>");
            out += &format!("| `{key}` | {kind} | {default} | {about} |\n");
        }
        out
    }

    /// What may be written, in words.
    fn kind(&mut self, schema: &Value, path: &str) -> String {
        for reference in [&schema["$ref"], &schema["allOf"][0]["$ref"]] {
            if let Some(name) =
                reference.as_str().and_then(|text| text.strip_prefix("#/definitions/"))
            {
                return self.named(name, path);
            }
        }
        if schema["properties"].get("set").is_some() {
            return "table of `on` (a date), `title` and `set` (what differs)".to_owned();
        }
        if let Some(forms) = schema["anyOf"].as_array() {
            let mut kinds: Vec<String> = Vec::new();
            for form in forms.iter().filter(|form| !is_around(form)) {
                let kind = self.kind(form, path);
                if !kinds.contains(&kind) {
                    kinds.push(kind);
                }
            }
            return kinds.join(" or ");
        }
        if let Some(list) = schema["enum"].as_array() {
            return list.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ");
        }
        if let Some(only) = schema.get("const") {
            return format!("`{only}`");
        }
        match schema["type"].as_str() {
            Some("number") => match (schema["minimum"].as_f64(), schema["maximum"].as_f64()) {
                (Some(low), Some(high)) => format!("number from {low} to {high}"),
                _ => "number".to_owned(),
            },
            Some("integer") => "whole number".to_owned(),
            Some("boolean") => "`true` or `false`".to_owned(),
            Some("string") => "text".to_owned(),
            Some("array") => {
                let each = self.kind(&schema["items"], path);
                match schema["minItems"]
                    .as_u64()
                    .filter(|_| schema["minItems"] == schema["maxItems"])
                {
                    Some(count) => format!("list of {count}: {each}"),
                    None => format!("list of: {each}"),
                }
            }
            Some("object") if schema["additionalProperties"].is_object() => {
                let each = self.kind(&schema["additionalProperties"], &format!("{path}.<name>"));
                format!("by name: {each}")
            }
            Some("object") => self.inline(schema, path),
            _ => String::new(),
        }
    }

    /// A table that has no name, with its keys.
    fn inline(&mut self, schema: &Value, path: &str) -> String {
        let empty = Map::new();
        let properties = schema["properties"].as_object().unwrap_or(&empty);
        let keys: Vec<String> = properties
            .iter()
            .filter(|(key, inner)| !is_evidence(key, inner))
            .map(|(key, inner)| format!("`{key}` = {}", self.kind(inner, &format!("{path}.{key}"))))
            .collect();
        format!("{{ {} }}", keys.join(", "))
    }

    fn named(&mut self, name: &str, path: &str) -> String {
        match name {
            "number" => return "number".to_owned(),
            "text" => return "text".to_owned(),
            "truth" => return "`true` or `false`".to_owned(),
            "whole_number" => return "whole number".to_owned(),
            _ => {}
        }
        let is_table = self.parts.get(name).is_some_and(|part| part["type"] == "object");
        if self.met.insert(name.to_owned()) {
            if is_table {
                self.tables.push_back((name.to_owned(), path.to_owned()));
            } else {
                self.values.push_back(name.to_owned());
            }
        }
        let text = if is_table { "table".to_owned() } else { words(name) };
        format!("[{text}](#{})", anchor(name))
    }

    /// The forms of a value.
    fn value(&mut self, part: &Value, name: &str) -> String {
        let mut out = String::new();
        for form in part["anyOf"].as_array().map_or(&[][..], Vec::as_slice) {
            if is_around(form)
                || form["enum"].is_array()
                    && part["description"].as_str().is_some_and(|text| text.contains("\n- "))
            {
                continue;
            }
            if form["type"] == "object" {
                out += "\n\nAs a table:\n\n";
                out += &self.keys(form, name, &form["required"]);
                continue;
            }
            let examples = form["examples"].as_array().map(|list| {
                list.iter().map(|one| format!("`{one}`")).collect::<Vec<_>>().join(", ")
            });
            let examples = examples.map_or(String::new(), |list| format!(", such as {list}"));
            out += &format!("\n- {}{examples}", self.kind(form, name));
        }
        out.push('\n');
        out
    }
}

/// Whether a key is one of those that may stand in any table.
fn is_evidence(key: &str, schema: &Value) -> bool {
    schema["$ref"] == format!("#/definitions/{key}")
        && ["source", "confidence", "why", "range"].contains(&key)
}

/// Whether a form is the table around a value, which may stand around any.
fn is_around(form: &Value) -> bool {
    form["properties"].as_object().is_some_and(|properties| {
        properties.contains_key("value")
            && properties.iter().all(|(key, inner)| key == "value" || is_evidence(key, inner))
    })
}

fn anchor(name: &str) -> String {
    name.to_lowercase()
}

/// `OneName` and `one_name` as words.
fn words(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        if c.is_uppercase() && !out.is_empty() {
            out.push(' ');
        }
        out.push(if c == '_' { ' ' } else { c.to_ascii_lowercase() });
    }
    out
}

/// A default as it would be written.
fn toml(value: &Value) -> String {
    match value {
        Value::Object(table) => {
            let entries: Vec<String> =
                table.iter().map(|(key, value)| format!("{key} = {}", toml(value))).collect();
            format!("{{ {} }}", entries.join(", "))
        }
        Value::Array(list) => {
            format!("[{}]", list.iter().map(toml).collect::<Vec<_>>().join(", "))
        }
        other => other.to_string().replace(".0", ""),
    }
}
