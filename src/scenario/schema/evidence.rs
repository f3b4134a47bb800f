//! What the reader takes out before it fills the shapes: the evidence that may stand in any table,
//! and the table around a value that says where it is from.

use serde_json::{Map, Value, json};

use super::needs;
use crate::scenario::evidence::{Confidence, KEYS};

/// Allows it in a schema and in the definitions that it refers to, and asks for no keys any more.
pub(super) fn allow(root: &mut Value, parts: &mut Map<String, Value>) {
    let mut shared = Map::new();
    place(root, &mut shared);
    for part in parts.values_mut() {
        value(part, &mut shared);
    }
    shared.extend(of_keys().map(|(key, schema)| (key.to_owned(), schema)));
    parts.extend(shared);
}

/// The keys that may stand in any table.
pub(super) fn add_keys(properties: &mut Map<String, Value>) {
    for key in KEYS {
        properties.insert(key.to_owned(), json!({ "$ref": format!("#/definitions/{key}") }));
    }
}

/// What the keys of evidence hold.
fn of_keys() -> [(&'static str, Value); 4] {
    [
        ("source", json!({ "description": "Who says so.", "type": "string" })),
        (
            "confidence",
            json!({
                "description": "How sure a figure is: an official statistic; measured in this place or in a study; derived from those; or an assumption.",
                "enum": Confidence::ALL.map(Confidence::name),
            }),
        ),
        ("why", json!({ "description": "Why this figure, or what it means.", "type": "string" })),
        (
            "range",
            json!({
                "description": "The least and the most that it may be.",
                "type": "array",
                "items": { "type": ["number", "string"] },
                "minItems": 2,
                "maxItems": 2,
            }),
        ),
    ]
}

/// A table: its keys, those of evidence, and none that it must have.
fn place(schema: &mut Value, shared: &mut Map<String, Value>) {
    let Some(object) = schema.as_object_mut() else {
        return;
    };
    for key in needs::STRICT {
        object.remove(key);
    }
    let properties = object.entry("properties").or_insert_with(|| json!({}));
    if let Some(properties) = properties.as_object_mut() {
        properties.values_mut().for_each(|inner| value(inner, shared));
        add_keys(properties);
    }
    match object.get_mut("additionalProperties") {
        Some(Value::Bool(_)) | None => {}
        Some(inner) => {
            value(inner, shared);
            let names = json!({ "pattern": "^[A-Za-z0-9_.+-]+$", "examples": ["a", "b"] });
            object.entry("propertyNames").or_insert(names);
        }
    }
}

/// A value: a table as above; anything else also as `{ value = …, source = … }`.
fn value(schema: &mut Value, shared: &mut Map<String, Value>) {
    if needs::is_table(schema) {
        return place(schema, shared);
    }
    let Some(object) = schema.as_object_mut() else {
        return;
    };
    if object.contains_key("$ref") || object.contains_key("allOf") {
        return;
    }
    if let Some(items) = object.get_mut("items") {
        value(items, shared);
    }
    // What a value is is kept apart from what is said about it.
    let mut around = Map::new();
    for key in ["description", "default"] {
        if let Some(said) = object.remove(key) {
            around.insert(key.to_owned(), said);
        }
    }
    let bare = Value::Object(std::mem::take(object));
    *object = around;
    match name(&bare) {
        Some(name) => {
            let reference = json!([{ "$ref": format!("#/definitions/{name}") }]);
            object.insert("allOf".to_owned(), reference);
            if !shared.contains_key(name) {
                let sourced = sourced(bare, shared);
                shared.insert(name.to_owned(), sourced);
            }
        }
        None => {
            let sourced = sourced(bare, shared);
            object.extend(sourced.as_object().cloned().unwrap_or_default());
        }
    }
}

/// `anyOf` the value and the table around it; a table among its forms is that table as well.
fn sourced(bare: Value, shared: &mut Map<String, Value>) -> Value {
    let mut branches = match bare.get("anyOf").and_then(Value::as_array) {
        Some(branches) => branches.clone(),
        None => vec![bare.clone()],
    };
    for branch in &mut branches {
        if needs::is_table(branch) {
            place(branch, shared);
        } else if let Some(items) = branch.get_mut("items")
            && bare.get("anyOf").is_some()
        {
            value(items, shared);
        }
    }
    let all = branches.clone();
    let mut has_table = false;
    for table in branches.iter_mut().filter(|branch| needs::is_table(branch)) {
        has_table = true;
        if let Some(Value::Object(properties)) = table.get_mut("properties") {
            properties.entry("value").or_insert_with(|| json!({ "anyOf": all }));
        }
    }
    if !has_table {
        let inner = if branches.len() == 1 {
            branches[0].clone()
        } else {
            json!({ "anyOf": branches.clone() })
        };
        let mut table = json!({
            "type": "object",
            "properties": { "value": inner },
            "required": ["value"],
            "additionalProperties": false,
        });
        if let Some(Value::Object(properties)) = table.get_mut("properties") {
            add_keys(properties);
        }
        branches.push(table);
    }
    json!({ "anyOf": branches })
}

/// The name under which a frequent kind of value is described once.
fn name(bare: &Value) -> Option<&'static str> {
    let known = [
        (json!({ "type": "number" }), "number"),
        (json!({ "type": "string" }), "text"),
        (json!({ "type": "boolean" }), "truth"),
        (json!({ "type": "integer", "minimum": 0 }), "whole_number"),
    ];
    known.into_iter().find(|(schema, _)| schema == bare).map(|(_, name)| name)
}
