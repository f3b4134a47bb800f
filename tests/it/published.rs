//! What is published of the scenario language is what the program reads.

use std::fs;

use homeward::report;
use homeward::scenario::schema;

use crate::support::project;

/// A file of docs/, which a command writes.
#[track_caller]
fn assert_kept(file: &str, written: &str, command: &str) {
    let path = project().join("docs").join(file);
    let kept = fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == written, "docs/{file} is not what the program says: {command} > docs/{file}");
}

#[test]
fn the_published_schema_is_that_of_the_program() {
    let text = serde_json::to_string_pretty(&schema::schema()).expect("it is JSON");
    assert_kept("scenario.schema.json", &format!("{text}\n"), "cargo run -- schema");
}

#[test]
fn the_published_reference_is_that_of_the_program() {
    let text = report::reference(&schema::schema());
    assert_kept("reference.md", &text, "cargo run -- schema --reference");
}

#[test]
fn every_key_of_the_language_says_what_it_means() {
    let text = report::reference(&schema::schema());
    let keys = text.lines().filter(|line| line.starts_with("| `"));
    let silent: Vec<&str> = keys.clone().filter(|line| line.ends_with("|  |")).collect();
    assert_eq!(silent, Vec::<&str>::new());
    assert!(keys.count() > 150);
}
