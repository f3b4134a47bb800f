//! The schema and the reader agree: what one refuses, the other refuses.

use jsonschema::Validator;
use serde_json::{Map, Value, json};

use super::schema;
use crate::scenario::language::KINDS;
use crate::scenario::source::Sources;
use crate::scenario::{Scenario, evidence, read, shipped, tree};

fn validator() -> Validator {
    jsonschema::validator_for(&schema()).expect("the schema is one")
}

/// A TOML text as editors hand it to the schema: dates are texts.
fn document(text: &str) -> Value {
    fn json(value: toml::Value) -> Value {
        match value {
            toml::Value::Table(table) => {
                table.into_iter().map(|(key, value)| (key, json(value))).collect()
            }
            toml::Value::Array(list) => list.into_iter().map(json).collect(),
            toml::Value::Datetime(moment) => Value::String(moment.to_string()),
            toml::Value::String(text) => Value::String(text),
            toml::Value::Integer(number) => json!(number),
            toml::Value::Float(number) => json!(number),
            toml::Value::Boolean(truth) => json!(truth),
        }
    }
    json(toml::Value::Table(text.parse().expect("it is TOML")))
}

fn text(document: &Value) -> String {
    toml::to_string(document).expect("it can be written as TOML")
}

/// The mistakes of shape of a text that extends no other and has no changes.
fn mistakes_of_shape(text: &str) -> Vec<String> {
    let mut sources = Sources::default();
    let file = sources.add("x.toml", text.to_owned());
    let (mut root, errors) = tree::parse(text, file);
    assert_eq!(errors, [], "{text}");
    let (_, mut mistakes) = evidence::strip(&mut root, "", &sources);
    mistakes.extend(read::read(&root, &sources).mistakes);
    mistakes.into_iter().map(|mistake| mistake.message).collect()
}

fn file(path: &str) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The fenced examples of the pages on the language, which hold what differs from its base.
fn examples() -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir("docs/language").expect("there are pages") {
        let path = entry.expect("it can be read").path();
        if path.extension().is_some_and(|ending| ending == "md") {
            let page = file(&path.to_string_lossy());
            let blocks = page.split("```toml\n").skip(1);
            found.extend(blocks.filter_map(|block| Some(block.split_once("```")?.0.to_owned())));
        }
    }
    found
}

#[test]
fn the_schema_accepts_every_scenario_that_comes_with_the_program() {
    let validator = validator();
    let accepts = |name: &str, text: &str| {
        let document = document(text);
        let errors: Vec<String> = validator
            .iter_errors(&document)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert_eq!(errors, Vec::<String>::new(), "{name}");
    };
    for name in shipped::names() {
        let (_, text) = shipped::find(name).expect("it is listed");
        accepts(name, text);
    }
    for path in [
        "docs/language/base.toml",
        "src/cli/new.toml",
        "tests/it/scenario_errors/sound/sound.toml",
        "tests/it/scenario_errors/sound/coordination.toml",
    ] {
        accepts(path, &file(path));
    }
    let examples = examples();
    assert!(examples.len() > 2, "{} examples", examples.len());
    for example in examples {
        accepts(&example, &format!("extends = \"base.toml\"\n{example}"));
    }
}

/// The paths of everything in a document, the document itself first.
fn paths(document: &Value) -> Vec<String> {
    fn walk(value: &Value, path: &str, found: &mut Vec<String>) {
        found.push(path.to_owned());
        match value {
            Value::Object(table) => {
                table.iter().for_each(|(key, inner)| walk(inner, &format!("{path}/{key}"), found));
            }
            Value::Array(list) => {
                for (index, inner) in list.iter().enumerate().take(2) {
                    walk(inner, &format!("{path}/{index}"), found);
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    let mut found = Vec::new();
    walk(document, "", &mut found);
    found
}

/// The document with something else at a path, in several ways.
fn mutations(document: &Value, path: &str) -> Vec<Value> {
    let mut found = Vec::new();
    let mut at = |change: &dyn Fn(&mut Value)| {
        let mut copy = document.clone();
        if let Some(value) = copy.pointer_mut(path) {
            change(value);
            found.push(copy);
        }
    };
    if path.is_empty() {
        at(&|root| root["zzz"] = json!(1));
        return found;
    }
    at(&|value| {
        if let Value::Object(table) = value {
            table.insert("zzz".to_owned(), json!(1));
        }
    });
    for other in [
        json!(true),
        json!("zzz"),
        json!(-3),
        json!(2.5),
        json!([]),
        json!({ "zzz": 1 }),
        json!(""),
    ] {
        at(&|value| *value = other.clone());
    }
    at(&|value| {
        // A table says where it is from within its braces, as does a value that has a source.
        if !value.is_object() && !path.ends_with("/value") {
            *value = json!({ "value": value.clone(), "source": "s", "why": "w" });
        }
    });
    if let Some((around, key)) = path.rsplit_once('/') {
        let mut copy = document.clone();
        if let Some(Value::Object(table)) = copy.pointer_mut(around) {
            table.remove(key);
            found.push(copy);
        }
    }
    found
}

/// What is wrong with the shape is refused by the schema, and what the schema refuses is no scenario.
#[test]
fn the_schema_refuses_what_the_reader_refuses_and_nothing_that_is_sound() {
    let validator = validator();
    let (mut refused, mut accepted) = (0, 0);
    for (path, every) in [
        ("scenarios/by_hand.toml", 1),
        ("docs/language/base.toml", 3),
        ("tests/it/scenario_errors/sound/sound.toml", 3),
        ("tests/it/scenario_errors/sound/coordination.toml", 11),
        ("scenarios/baseline.toml", 301),
    ] {
        let scenario = Scenario::read(path.as_ref(), &[]);
        let mut document = document(&scenario.expect("it is sound").text);
        if let Value::Object(root) = &mut document {
            root.remove("changes");
        }
        let paths = paths(&document);
        let some = paths.iter().step_by(every);
        for (at, mutation) in
            some.flat_map(|at| mutations(&document, at).into_iter().map(move |m| (at, m)))
        {
            let text = text(&mutation);
            let is_valid = validator.is_valid(&mutation);
            if is_valid {
                accepted += 1;
                let mistakes = mistakes_of_shape(&text);
                assert_eq!(
                    mistakes,
                    Vec::<String>::new(),
                    "the schema accepts {path} with {at} as {:?}",
                    mutation.pointer(at)
                );
            } else {
                refused += 1;
                let is_sound = Scenario::parse("x.toml", &text).is_ok();
                assert!(
                    !is_sound,
                    "the schema refuses {path} with {at} as {:?}",
                    mutation.pointer(at)
                );
            }
        }
    }
    assert!(refused > 500 && accepted > 100, "{refused} refused, {accepted} accepted");
}

/// A walk through the schema that writes down what it allows.
struct Walk {
    schema: Value,
    state: u64,
}

impl Walk {
    /// A number below a limit: Knuth's generator is enough to wander about.
    fn below(&mut self, limit: usize) -> usize {
        self.state = self.state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (self.state >> 33) as usize % limit
    }

    fn value(&mut self, schema: &Value, depth: usize) -> Value {
        for reference in [&schema["$ref"], &schema["allOf"][0]["$ref"]] {
            if let Value::String(reference) = reference {
                let inner = self.schema.pointer(reference.trim_start_matches('#'));
                let inner = inner.unwrap_or_else(|| panic!("{reference} leads nowhere")).clone();
                return self.value(&inner, depth);
            }
        }
        if let Some(forms) = schema["anyOf"].as_array() {
            let choice = if depth > 9 { 0 } else { self.below(forms.len()) };
            return self.value(&forms[choice], depth + 1);
        }
        for words in [&schema["enum"], &schema["examples"]] {
            if let Some(words) = words.as_array() {
                return words[self.below(words.len())].clone();
            }
        }
        if let Some(only) = schema.get("const") {
            return only.clone();
        }
        let first = schema["type"].as_array().map_or(&schema["type"], |types| &types[0]);
        match first.as_str() {
            Some("number") => json!(self.below(5) as f64 / 4.0),
            Some("integer") => json!(self.below(5)),
            Some("boolean") => json!(self.below(2) == 0),
            Some("string") => json!("x"),
            Some("array") => self.list(schema, depth),
            Some("object") => self.table(schema, depth),
            _ => panic!("nobody knows what {schema} is"),
        }
    }

    fn list(&mut self, schema: &Value, depth: usize) -> Value {
        let least = schema["minItems"].as_u64().map_or(1, |least| least as usize);
        (0..least).map(|_| self.value(&schema["items"], depth + 1)).collect()
    }

    fn table(&mut self, schema: &Value, depth: usize) -> Value {
        let mut table = Map::new();
        let empty = Map::new();
        let properties = schema["properties"].as_object().unwrap_or(&empty);
        let wanted = if depth < 2 { 9 } else { 3 };
        for (key, inner) in properties {
            let is_required =
                schema["required"].as_array().is_some_and(|all| all.contains(&json!(key)));
            // The value beside its source, or the named parts; not both.
            let is_other = key == "value" && schema["additionalProperties"].is_object();
            let is_wanted = !is_other
                && key != "extends"
                && key != "changes"
                && self.below(properties.len()) < wanted;
            if is_required || is_wanted {
                table.insert(key.clone(), self.value(inner, depth + 1));
            }
        }
        if schema["additionalProperties"].is_object() {
            let names = schema["propertyNames"]["examples"].as_array().expect("names");
            for name in names.iter().filter_map(Value::as_str) {
                let inner = self.value(&schema["additionalProperties"], depth + 1);
                table.insert(name.to_owned(), inner);
            }
        }
        Value::Object(table)
    }
}

#[test]
fn whatever_the_schema_allows_can_be_read() {
    let schema = schema();
    let validator = validator();
    let mut sizes = 0;
    for state in 0..60 {
        let mut walk = Walk { schema: schema.clone(), state };
        let mut document = walk.value(&schema, 0);
        let text = text(&document);
        // The walk does not heed which keys are needed, or go together.
        let mistakes: Vec<String> = mistakes_of_shape(&text)
            .into_iter()
            .filter(|message| {
                ![
                    "lacks the key",
                    "no key `value`",
                    "the key `value`",
                    "names no distribution",
                    "not name",
                    "beside `by`",
                    "is both",
                    "says neither",
                ]
                .iter()
                .any(|needed| message.contains(needed))
            })
            .collect();
        assert_eq!(mistakes, Vec::<String>::new(), "{text}");
        sizes += text.len();
        document["extends"] = json!("other.toml");
        assert!(validator.is_valid(&document), "{text}");
    }
    assert!(sizes > 20_000, "the walk wanders about: {sizes} bytes");
}

#[test]
fn every_definition_is_used_and_there() {
    let schema = schema();
    let text = schema.to_string();
    let definitions = schema["definitions"].as_object().expect("there are some");
    for name in definitions.keys() {
        assert!(text.contains(&format!("#/definitions/{name}\"")), "nothing refers to {name}");
    }
}

#[test]
fn the_schema_knows_every_kind_of_distribution() {
    let schema = schema();
    let forms = schema["definitions"]["distribution"]["anyOf"].as_array().expect("several forms");
    let table = forms.iter().find(|form| form["type"] == "object").expect("one is a table");
    let kinds = table["properties"].as_object().expect("with keys").keys();
    let kinds: Vec<&str> = kinds.map(String::as_str).filter(|key| KINDS.contains(key)).collect();
    assert_eq!(kinds, KINDS);
}
