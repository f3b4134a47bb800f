//! What is wrong with a scenario is told all at once, at the right place, in words that help.

mod effective_text;
mod files;
mod mutations;

use std::fs;
use std::path::{Path, PathBuf};

use homeward::scenario::{Diagnostics, Scenario};

/// Reads a scenario; lines that begin with `# --set ` are its settings.
fn read(path: &Path) -> Result<Scenario, Diagnostics> {
    let text = fs::read_to_string(path).unwrap_or_default();
    let sets: Vec<String> =
        text.lines().filter_map(|line| line.strip_prefix("# --set ")).map(str::to_owned).collect();
    Scenario::read(path, &sets)
}

#[test]
fn every_broken_scenario_is_told_what_is_wrong() {
    insta::glob!("scenario_errors/*.toml", |path| {
        let folder = format!("{}/", path.parent().expect("a file is in a folder").display());
        let diagnostics = match read(path) {
            Ok(scenario) => scenario.warnings,
            Err(diagnostics) => diagnostics,
        };
        let shown = format!("{}\n{}", diagnostics.short(), diagnostics.long(false));
        insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false, snapshot_path => "scenario_errors/snapshots" }, {
            insta::assert_snapshot!("told", shown.replace(&folder, ""));
        });
    });
}

#[test]
fn the_sound_scenarios_have_no_mistake() {
    for (name, changes) in [("sound", 1), ("coordination", 2)] {
        let scenario = read(&sound(name)).unwrap_or_else(|mistakes| panic!("{mistakes}"));
        assert!(scenario.warnings.is_empty(), "{}", scenario.warnings);
        assert_eq!(scenario.later.len(), changes);
    }
}

/// Where a scenario without a mistake is.
fn sound(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join(format!("tests/it/scenario_errors/sound/{name}.toml"))
}
