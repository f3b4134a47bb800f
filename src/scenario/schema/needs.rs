//! Which keys a text must have that extends no other: the rest of the schema asks for none, since
//! one that extends another writes only what differs.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

/// Whether a schema is that of a table and of nothing else.
pub(super) fn is_table(schema: &Value) -> bool {
    schema["type"] == "object"
}

/// What a schema says of keys that go together.
pub(super) const STRICT: [&str; 5] = ["required", "oneOf", "if", "then", "else"];

/// The definition `needs` of a whole text, and those that it refers to, `needs.<definition>`.
pub(super) fn of(root: &Value, parts: &mut Map<String, Value>) -> Map<String, Value> {
    // A definition needs something if it says so, or refers to one that does.
    let mut known: BTreeSet<String> = BTreeSet::new();
    loop {
        let more: BTreeSet<String> = parts
            .iter()
            .filter(|(_, part)| needs(part, &known).is_some())
            .map(|(name, _)| name.clone())
            .collect();
        if more == known {
            break;
        }
        known = more;
    }
    let mut found = Map::new();
    found.insert("needs".to_owned(), needs(root, &known).unwrap_or(json!({})));
    for name in &known {
        if let Some(needed) = parts.get(name).and_then(|part| needs(part, &known)) {
            found.insert(format!("needs.{name}"), needed);
        }
    }
    found
}

/// What a schema needs, if anything.
fn needs(schema: &Value, known: &BTreeSet<String>) -> Option<Value> {
    let object = schema.as_object()?;
    if let Some(Value::String(reference)) = object.get("$ref") {
        let name = reference.rsplit('/').next()?;
        return known
            .contains(name)
            .then(|| json!({ "$ref": format!("#/definitions/needs.{name}") }));
    }
    if let Some(Value::Array(all)) = object.get("allOf") {
        return all.iter().find_map(|inner| needs(inner, known));
    }
    if let Some(Value::Array(forms)) = object.get("anyOf") {
        return of_forms(forms, known);
    }
    let mut found = Map::new();
    for key in STRICT {
        if let Some(asked) = object.get(key) {
            found.insert(key.to_owned(), asked.clone());
        }
    }
    if let Some(Value::Object(properties)) = object.get("properties") {
        let inner: Map<String, Value> = properties
            .iter()
            .filter_map(|(key, inner)| Some((key.clone(), needs(inner, known)?)))
            .collect();
        if !inner.is_empty() {
            found.insert("properties".to_owned(), Value::Object(inner));
        }
    }
    if let Some(each) = object.get("additionalProperties").and_then(|each| needs(each, known)) {
        // The keys of evidence are no parts.
        let mut properties = Map::new();
        super::evidence::add_keys(&mut properties);
        for inner in properties.values_mut() {
            *inner = json!({});
        }
        found.insert("properties".to_owned(), Value::Object(properties));
        found.insert("additionalProperties".to_owned(), each);
    }
    if let Some(items) = object.get("items").and_then(|items| needs(items, known)) {
        found.insert("items".to_owned(), items);
    }
    (!found.is_empty()).then_some(Value::Object(found))
}

/// Of a value that may be written in several forms: a table among them needs its keys, unless it is
/// the one around a value.
fn of_forms(forms: &[Value], known: &BTreeSet<String>) -> Option<Value> {
    let tables: Vec<&Value> = forms.iter().filter(|form| is_table(form)).collect();
    let lists = forms.iter().filter(|form| form["type"] == "array");
    let of_lists: Vec<Value> = lists.filter_map(|form| needs(form, known)).collect();
    let references: Vec<Value> = forms
        .iter()
        .filter(|form| form.get("$ref").is_some())
        .filter_map(|form| needs(form, known))
        .collect();
    let mut any: Vec<Value> =
        tables.iter().map(|form| needs(form, known).unwrap_or(json!({}))).collect();
    any.extend(references);
    let mut all = of_lists;
    if !any.is_empty() && any.iter().all(|needed| *needed != json!({})) {
        any.push(json!({ "required": ["value"] }));
        any.push(json!({ "not": { "type": "object" } }));
        all.push(json!({ "anyOf": any }));
    }
    match all.len() {
        0 => None,
        1 => all.pop(),
        _ => Some(json!({ "allOf": all })),
    }
}
