//! The JSON Schema of a scenario, for editors: from the same shapes that read one.
//!
//! The shapes of the [`language`](crate::scenario::language) describe themselves (`schemars`), with
//! their doc comments as descriptions; values that read themselves are described in `written`. What
//! the reader does before it fills the shapes is added here: the keys of a whole text that are
//! taken out first (`extends`, `changes`), the evidence that may stand in any table, and
//! `{ value = …, source = … }` for any value (`evidence`). A text that extends another needs none of the
//! keys that are needed otherwise (`needs`).
//!
//! The schema is of draft 7, which editors of TOML know.

mod clean;
mod evidence;
mod needs;
#[cfg(test)]
mod tests;
mod written;

use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use super::changes;
use super::language::Description;

/// The version of the language that the schema describes.
pub const VERSION: u32 = 1;

/// The schema of a scenario.
pub fn schema() -> Value {
    let settings = SchemaSettings::draft07();
    let mut root = settings.into_generator().into_root_schema_for::<Description>().to_value();
    clean::clean(&mut root);
    let version = &mut root["properties"]["schema"];
    *version = json!({ "description": version["description"], "const": VERSION });
    let mut parts = take(&mut root, "definitions");
    let needs = needs::of(&root, &mut parts);
    evidence::allow(&mut root, &mut parts);
    parts.extend(needs);

    let properties = take(&mut root, "properties");
    let of_change: Map<String, Value> = properties
        .keys()
        .filter(|key| changes::FIXED.iter().all(|(fixed, _)| fixed != key))
        .map(|key| (key.clone(), json!({ "$ref": format!("#/properties/{key}") })))
        .collect();
    let mut all = Map::new();
    for (key, value) in properties {
        if key == "title" {
            all.insert("extends".to_owned(), extends());
        }
        all.insert(key, value);
    }
    all.insert("changes".to_owned(), changes_of(of_change));
    parts.sort_keys();
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": format!("urn:homeward:scenario:schema:{VERSION}"),
        "title": format!("Scenario of Homeward, schema = {VERSION}"),
        "description": "What a scenario of Homeward may say. Any table may also hold `source`, `confidence`, `why` and `range`, and any value may be written { value = …, source = … }.",
        "type": "object",
        "properties": all,
        "additionalProperties": false,
        "if": { "not": { "required": ["extends"] } },
        "then": { "$ref": "#/definitions/needs" },
        "definitions": parts,
    })
}

fn take(object: &mut Value, key: &str) -> Map<String, Value> {
    match object.as_object_mut().and_then(|object| object.remove(key)) {
        Some(Value::Object(map)) => map,
        _ => Map::new(),
    }
}

fn extends() -> Value {
    json!({
        "description": "The scenario from which this one differs: a file beside it, or the name of one that comes with the program. Only what differs is written; tables under headers and dotted keys alter, a table in braces or a list replaces.",
        "type": "string",
        "examples": ["baseline.toml"],
    })
}

fn changes_of(set: Map<String, Value>) -> Value {
    let mut change = json!({
        "type": "object",
        "properties": {
            "on": { "description": "The day on which it takes effect.", "allOf": [{ "$ref": "#/definitions/date" }] },
            "title": { "description": "What changes, in a few words.", "type": "string" },
            "set": {
                "description": "The values that are different from then on, such as set.places.ward.capacity = 20. Parts and steps can be altered, not added.",
                "type": "object",
                "properties": set,
                "additionalProperties": false,
            },
        },
        "required": ["on", "set"],
        "additionalProperties": false,
    });
    if let Some(properties) = change.get_mut("properties").and_then(Value::as_object_mut) {
        evidence::add_keys(properties);
    }
    json!({
        "description": "What is different from a date on; each change under a header [[changes]].",
        "type": "array",
        "items": change,
    })
}
