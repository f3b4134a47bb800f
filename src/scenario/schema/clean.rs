//! What the derived schema says too much: `null`, which TOML does not have, formats of numbers in
//! memory, defaults that are nothing, and marks of the documentation of code.

use serde_json::{Map, Value, json};

/// Cleans a schema and everything below.
pub(super) fn clean(schema: &mut Value) {
    let Some(object) = schema.as_object_mut() else {
        return;
    };
    object.remove("format");
    object.remove("$schema");
    object.remove("title");
    if object.get("default").is_some_and(is_nothing) {
        object.remove("default");
    }
    if let Some(Value::String(text)) = object.get_mut("description") {
        *text = plain(text);
    }
    no_null(object);
    one_only(object);
    words(object);
    for key in ["properties", "definitions", "patternProperties"] {
        if let Some(Value::Object(inner)) = object.get_mut(key) {
            inner.values_mut().for_each(clean);
        }
    }
    for key in ["items", "additionalProperties"] {
        if let Some(inner) = object.get_mut(key) {
            clean(inner);
        }
    }
    for key in ["anyOf", "oneOf", "allOf", "items"] {
        if let Some(Value::Array(inner)) = object.get_mut(key) {
            inner.iter_mut().for_each(clean);
        }
    }
}

/// Whether a default says nothing: no text, an empty list or table.
fn is_nothing(default: &Value) -> bool {
    match default {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(list) => list.is_empty(),
        Value::Object(table) => table.is_empty() || table.values().all(is_nothing),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

/// Text of a doc comment as people read it: in one line, without links and escaped brackets.
fn plain(text: &str) -> String {
    let joined = text.split_whitespace().collect::<Vec<_>>().join(" ");
    joined.replace("\\[", "[").replace("\\]", "]").replace("[`", "`").replace("`]", "`")
}

/// An option is a key that may be missing.
fn no_null(object: &mut Map<String, Value>) {
    if let Some(Value::Array(types)) = object.get_mut("type") {
        types.retain(|name| name != "null");
        if let [only] = types.as_slice() {
            let only = only.clone();
            object.insert("type".to_owned(), only);
        }
    }
    let Some(Value::Array(branches)) = object.get_mut("anyOf") else {
        return;
    };
    branches.retain(|branch| branch["type"] != "null");
    if branches.len() == 1
        && let Some(only) = branches.pop()
    {
        object.remove("anyOf");
        object.insert("allOf".to_owned(), json!([only]));
    }
}

/// What is written around a single schema that is no reference is part of that schema.
fn one_only(object: &mut Map<String, Value>) {
    if let Some(Value::Array(all)) = object.get("allOf")
        && let [Value::Object(only)] = all.as_slice()
        && !only.contains_key("$ref")
    {
        let only = only.clone();
        object.remove("allOf");
        for (key, value) in only {
            object.entry(key).or_insert(value);
        }
    }
}

/// One of a few words, each with its meaning: as one list, and the meanings in the description.
fn words(object: &mut Map<String, Value>) {
    let Some(Value::Array(branches)) = object.get("oneOf") else {
        return;
    };
    let each: Option<Vec<(String, String)>> = branches
        .iter()
        .map(|branch| {
            let word = branch["const"].as_str()?;
            Some((word.to_owned(), plain(branch["description"].as_str().unwrap_or_default())))
        })
        .collect();
    let Some(each) = each.filter(|each| !each.is_empty()) else {
        return;
    };
    let mut about = object["description"].as_str().unwrap_or_default().to_owned();
    for (word, meaning) in &each {
        about += &format!("\n- `{word}`: {meaning}");
    }
    let words: Vec<String> = each.into_iter().map(|(word, _)| word).collect();
    object.remove("oneOf");
    object.insert("description".to_owned(), json!(about));
    object.insert("enum".to_owned(), json!(words));
}
