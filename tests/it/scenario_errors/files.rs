//! Files that cannot be read, that extend others, or that are shipped with the program.

use super::*;

use std::io::Write as _;

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder for the test")
}

/// The one-line messages, without the name of the folder.
fn told(folder: &tempfile::TempDir, file: &str) -> String {
    let mistakes = Scenario::read(&folder.path().join(file), &[]).expect_err("the file is broken");
    mistakes.short().replace(&format!("{}/", folder.path().display()), "")
}

#[test]
fn a_missing_file_names_the_nearest_one() {
    let folder = folder();
    fs::write(folder.path().join("winter.toml"), "").expect("it can be written");
    let mistakes =
        Scenario::read(&folder.path().join("wniter.toml"), &[]).expect_err("there is none");
    let mistake = mistakes.iter().next().expect("one mistake");
    assert!(mistake.message.ends_with("there is no such file"), "{}", mistake.message);
    assert!(mistake.notes[0].contains("winter.toml"), "{:?}", mistake.notes);
}

#[test]
fn an_empty_a_binary_and_a_folder_are_refused() {
    let folder = folder();
    fs::write(folder.path().join("empty.toml"), "").expect("it can be written");
    fs::write(folder.path().join("binary.toml"), [0x7f, b'E', b'L', b'F', 0, 0, 1])
        .expect("it can be written");
    fs::write(folder.path().join("latin.toml"), b"title = \"caf\xe9\"\n")
        .expect("it can be written");
    fs::write(folder.path().join("wide.toml"), [0xff, 0xfe, b'a', 0]).expect("it can be written");
    fs::create_dir(folder.path().join("folder.toml")).expect("it can be made");
    let all: Vec<String> = ["empty", "binary", "latin", "wide", "folder"]
        .iter()
        .map(|name| told(&folder, &format!("{name}.toml")))
        .collect();
    let headlines: Vec<&str> = all.iter().filter_map(|told| told.lines().next()).collect();
    assert_eq!(
        headlines,
        [
            "error: `empty.toml` is empty",
            "error: cannot read `binary.toml`: it is a binary file, not text",
            "error: cannot read `latin.toml`: it is not UTF-8 text; line 1 has the byte 0xE9",
            "error: cannot read `wide.toml`: it is UTF-16 text; a scenario is UTF-8 text",
            "error: cannot read `folder.toml`: it is a folder, not a file",
        ]
    );
}

#[test]
fn a_hundred_megabytes_are_refused_before_they_are_read() {
    let folder = folder();
    let file = fs::File::create(folder.path().join("large.toml")).expect("it can be made");
    file.set_len(100 * 1024 * 1024).expect("it can be made long");
    let told = told(&folder, "large.toml");
    assert_eq!(
        told,
        "error: cannot read `large.toml`: it is 100.0 MB large; a scenario is at most 10 MB\n1 error\n"
    );
}

#[test]
fn a_long_line_is_clipped() {
    let folder = folder();
    let mut file = fs::File::create(folder.path().join("wide.toml")).expect("it can be made");
    write!(file, "facts = {{ ").expect("it can be written");
    for index in 0..50_000 {
        write!(file, "fact_{index} = {index}, ").expect("it can be written");
    }
    writeln!(file, "last = \"é\" }}").expect("it can be written");
    let mistakes =
        Scenario::read(&folder.path().join("wide.toml"), &[]).expect_err("much is missing");
    assert!(mistakes.long(false).len() < 5000, "{}", mistakes.long(false));
}

#[test]
fn chains_of_files_are_followed_and_circles_are_shown() {
    let folder = folder();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("it is in a folder")).expect("it can be made");
        fs::write(path, text).expect("it can be written");
    };
    write("a.toml", "extends = \"b/b.toml\"\n");
    write("b/b.toml", "extends = \"../c.toml\"\n");
    write("c.toml", "extends = \"a.toml\"\n");
    write("d.toml", "extends = \"e.toml\"\n");
    let circle = Scenario::read(&folder.path().join("a.toml"), &[]).expect_err("a circle");
    let circle = circle.long(false).replace(&format!("{}/", folder.path().display()), "");
    assert!(
        circle.contains("`a.toml` extends `b/b.toml` extends `b/../c.toml` extends `a.toml`"),
        "{circle}"
    );
    assert!(told(&folder, "d.toml").starts_with("d.toml:1:11: error: cannot read `e.toml`"));
}

#[test]
fn a_shipped_scenario_can_be_named_and_extended_from_anywhere() {
    let folder = folder();
    fs::write(
        folder.path().join("mine.toml"),
        "extends = \"by_hand.toml\"\n[places.ward]\ncapacity = 3\n",
    )
    .expect("it can be written");
    let mine =
        Scenario::read(&folder.path().join("mine.toml"), &[]).unwrap_or_else(|e| panic!("{e}"));
    let shipped = Scenario::read(Path::new("by_hand"), &[]).unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(mine.base.title, shipped.base.title);
    assert_ne!(mine.base.places["ward"].capacity, shipped.base.places["ward"].capacity);
}
