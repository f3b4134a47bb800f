//! The commands of the README run, in its order, in a folder of their own.

use std::process::Command;

/// The lines of the README's shell blocks.
fn commands() -> Vec<&'static str> {
    let readme = include_str!("../../README.md");
    let mut commands = Vec::new();
    let mut in_block = false;
    for line in readme.lines() {
        match line {
            "```sh" => in_block = true,
            "```" => in_block = false,
            line if in_block => commands.push(line),
            _ => {}
        }
    }
    commands
}

#[test]
fn the_first_two_commands_run_the_main_job_and_the_tests() {
    assert_eq!(commands()[..2], ["cargo run --release", "cargo test"]);
}

#[test]
fn every_command_of_the_readme_succeeds() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let mut run = 0;
    for command in commands() {
        let Some(arguments) = command.strip_prefix("cargo run --release") else {
            assert_eq!(command, "cargo test", "the README shows commands of cargo only");
            continue;
        };
        let arguments: Vec<&str> =
            arguments.split_whitespace().filter(|argument| *argument != "--").collect();
        let output = Command::new(env!("CARGO_BIN_EXE_homeward"))
            .args(&arguments)
            .current_dir(folder.path())
            .output()
            .expect("the program starts");
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{command} failed:\n{errors}");
        assert!(!output.stdout.is_empty() || arguments[0] == "new", "{command} says nothing");
        run += 1;
    }
    assert!(run >= 8, "only {run} commands were found");
}
