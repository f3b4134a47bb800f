//! `homeward sweep`: what it writes, and that nothing is lost however it ends.

mod mistakes;
mod stopping;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use homeward::experiment::sweep::Study;

use crate::support::project;

/// A folder with a sweep of a small world in it.
struct Bench {
    folder: tempfile::TempDir,
}

/// A grid over the small world: six points, of which two fail, since nobody can work less than no day.
const SMALL: &str = r#"
scenario = "by_hand.toml"
measures = ["delay_days.all", "wait_days.hub"]
replications = 3
[design]
kind = "grid"
[levers."teams.hub.headcount"]
values = [1, 2, -1]
[uncertainties."routes.community.steps.support.stay"]
range = ["3 days", "5 days"]
levels = 2
"#;

impl Bench {
    fn new(sweep: &str) -> Bench {
        let folder = tempfile::tempdir().expect("a folder can be made");
        fs::write(folder.path().join("sweep.toml"), sweep).expect("it can be written");
        Bench { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The command with some arguments, in the folder.
    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_homeward"));
        command.args(arguments).current_dir(self.folder.path());
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().expect("the program starts")
    }

    /// Runs what must succeed; what it says.
    #[track_caller]
    fn succeed(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("it is text")
    }

    /// Runs what must fail with an exit code; what it says of it.
    #[track_caller]
    fn fail(&self, code: i32, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        let errors = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(code), "{errors}");
        errors
    }

    fn read(&self, file: &str) -> String {
        fs::read_to_string(self.path(file)).expect("it is there")
    }

    /// Asserts that two folders hold the same bytes.
    #[track_caller]
    fn assert_same(&self, one: &str, other: &str) {
        for file in ["points.csv", "rows.csv", "failed.csv", "manifest.json"] {
            let [one, other] = [one, other].map(|folder| self.read(&format!("{folder}/{file}")));
            assert_eq!(one, other, "{file}");
        }
    }
}

/// The fields of the lines of a table without its header.
fn lines(table: &str) -> Vec<Vec<&str>> {
    table.lines().skip(1).map(|line| line.split(',').collect()).collect()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder can be made");
    for entry in fs::read_dir(from).expect("it can be read").flatten() {
        fs::copy(entry.path(), to.join(entry.file_name())).expect("it can be copied");
    }
}

#[test]
fn a_row_is_what_run_says_with_the_same_values_set() {
    let bench = Bench::new(SMALL);
    let said = bench.succeed(&["sweep", "sweep.toml", "--out", "out"]);
    assert!(said.starts_with("6 points, each run 3 times"), "{said}");
    assert!(said.contains("2 of them could not be run"), "{said}");
    assert_eq!(
        bench.read("out/points.csv"),
        "point,design_part,design_index,teams.hub.headcount,routes.community.steps.support.stay\n\
         0,,0,1,3\n1,,1,1,5\n2,,2,2,3\n3,,3,2,5\n4,,4,-1,3\n5,,5,-1,5\n"
    );
    let rows = bench.read("out/rows.csv");
    assert!(rows.starts_with("point,replication,delay_days.all,wait_days.hub\n"), "{rows}");
    assert_eq!(lines(&rows).len(), 4 * 3);
    let json = bench.succeed(&[
        "run",
        "by_hand",
        "--json",
        "--set",
        "teams.hub.headcount=2",
        "--set",
        "routes.community.steps.support.stay=5 days",
    ]);
    let json: serde_json::Value = serde_json::from_str(&json).expect("it is JSON");
    for row in lines(&rows).into_iter().filter(|row| row[0] == "3") {
        for (place, name) in [(2, "delay_days.all"), (3, "wait_days.hub")] {
            let expected = json["measures"][name]["mean"].as_f64().expect("a number");
            let found: f64 = row[place].parse().expect("a number");
            assert!((found - expected).abs() < 1e-12, "{name}: {found} is {expected}");
        }
    }
    let failed = bench.read("out/failed.csv");
    assert_eq!(lines(&failed).len(), 2);
    assert!(failed.contains("`teams.hub.headcount`"), "{failed}");
}

#[test]
fn every_shipped_sweep_is_sound_and_goes_by_its_name_anywhere() {
    let nowhere = tempfile::tempdir().expect("a folder can be made");
    for file in fs::read_dir(project().join("sweeps")).expect("it can be read").flatten() {
        let study = Study::read(&file.path()).unwrap_or_else(|mistakes| panic!("{mistakes}"));
        let shipped = Path::new("sweeps").join(file.file_name());
        let output = Command::new(env!("CARGO_BIN_EXE_homeward"))
            .args(["sweep", "--shard", "1000000/1000000", "--out", "out"])
            .arg(shipped)
            .current_dir(nowhere.path())
            .output()
            .expect("the program starts");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        assert!(study.points() > 1);
        fs::remove_dir_all(nowhere.path().join("out")).expect("it was made");
    }
}

#[test]
fn replications_have_the_same_people_at_all_points_as_in_run() {
    let sweep = r#"
scenario = "baseline.toml"
measures = ["arrivals_per_day.emergency", "ready_waiting.all"]
replications = 2
seed = 7
set."run.length" = "1 week"
set."run.warm_up" = "1 week"
design = { kind = "latin_hypercube", points = 3 }
[levers."places.ward.capacity"]
range = [500, 700]
"#;
    let bench = Bench::new(sweep);
    bench.succeed(&["sweep", "sweep.toml", "--out", "out", "--threads", "2"]);
    let rows = bench.read("out/rows.csv");
    let rows = lines(&rows);
    assert_eq!(rows.len(), 6);
    for replication in ["0", "1"] {
        let of_it: Vec<&str> =
            rows.iter().filter(|row| row[1] == replication).map(|row| row[2]).collect();
        assert!(of_it.iter().all(|arrivals| *arrivals == of_it[0]), "{of_it:?}");
    }
    bench.succeed(&["sweep", "sweep.toml", "--out", "alone", "--threads", "1"]);
    bench.assert_same("out", "alone");
}

#[test]
fn parts_are_joined_to_the_files_of_a_run_that_was_not_cut() {
    let bench = Bench::new(SMALL);
    bench.succeed(&["sweep", "sweep.toml", "--out", "whole", "--rows", "rows.parquet"]);
    for of in [2, 4, 7] {
        let mut merge = vec!["merge".to_owned()];
        for part in (1..=of).rev() {
            let (shard, out) = (format!("{part}/{of}"), format!("part-{part}-of-{of}"));
            bench.succeed(&["sweep", "sweep.toml", "--shard", &shard, "--out", &out]);
            merge.push(out);
        }
        let out = format!("merged-{of}");
        merge.extend(["--out", &out, "--rows", "rows.parquet"].map(str::to_owned));
        bench.succeed(&merge.iter().map(String::as_str).collect::<Vec<_>>());
        bench.assert_same("whole", &out);
        let parquet = |folder: &str| fs::read(bench.path(&format!("{folder}/rows.parquet")));
        assert_eq!(parquet("whole").expect("it is there"), parquet(&out).expect("it is there"));
    }
}

#[test]
fn shares_of_the_variance_are_told_from_a_sweep_that_was_really_run() {
    // What a bed costs delays nobody, and in this world how long the hub takes does: all of the variance
    // of delay is the hub's, by itself as with all others.
    let bench = Bench::new(
        r#"
scenario = "by_hand.toml"
measures = ["delay_days.all", "cost_per_day.hospital"]
replications = 2
[design]
kind = "saltelli"
base_points = 128
[levers."places.ward.cost_per_day_pounds"]
range = [100, 400]
[uncertainties."routes.community.steps.hub.takes"]
range = ["1 hour", "4 hours"]
"#,
    );
    bench.succeed(&["sweep", "sweep.toml", "--out", "out"]);
    let analyse = ["analyse", "out", "--measure", "delay_days.all,cost_per_day.hospital", "--json"];
    let said = bench.succeed(&analyse);
    let found: serde_json::Value = serde_json::from_str(&said).expect("it is JSON");
    let share = |measure: &str, path: &str, order: &str| {
        let share = &found["measures"][measure]["sobol"][path][order];
        share["mean"].as_f64().unwrap_or_else(|| panic!("{measure} {path} {order}: {found:#}"))
    };
    let (cost, hub) = ("places.ward.cost_per_day_pounds", "routes.community.steps.hub.takes");
    for order in ["first", "total"] {
        assert!(share("delay_days.all", cost, order).abs() < 1e-9);
        let of_hub = share("delay_days.all", hub, order);
        assert!((of_hub - 1.0).abs() < 0.05, "{order} {of_hub}");
        // A day in a bed costs 250 pounds, plus or minus 87 as it is drawn, and days in beds vary little.
        let of_cost = share("cost_per_day.hospital", cost, order);
        assert!((0.9..1.05).contains(&of_cost), "{order} {of_cost}");
    }
}
