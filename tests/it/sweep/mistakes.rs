//! What is refused, and how it is said.

use std::fs;
use std::process::Stdio;

use super::{Bench, SMALL};

/// What is said of a sweep that is written so.
#[track_caller]
fn said_of(sweep: &str) -> String {
    Bench::new(sweep).fail(2, &["sweep", "sweep.toml", "--out", "out"])
}

/// The small sweep with one thing replaced.
fn but(old: &str, new: &str) -> String {
    assert!(SMALL.contains(old), "{old}");
    SMALL.replace(old, new)
}

#[test]
fn an_unknown_path_names_the_nearest_with_line_and_column() {
    let said = said_of(&but("teams.hub.headcount", "teams.hib.headcount"));
    assert!(said.contains("sweep.toml:7:"), "{said}");
    assert!(
        said.contains("there is no team `hib`") && said.contains("did you mean `hub`?"),
        "{said}"
    );
    let said = said_of(&but("teams.hub.headcount", "teams.hub.headcuont"));
    assert!(said.contains("did you mean `headcount`?"), "{said}");
    let said = said_of(&but("teams.hub.headcount", "teems.hub.headcount"));
    assert!(said.contains("did you mean `teams`?"), "{said}");
    let said = said_of(&but("delay_days.all", "delay_dasy.all"));
    assert!(said.contains("sweep.toml:3:13"), "{said}");
    assert!(said.contains("did you mean `delay_days.all`?"), "{said}");
    let said = said_of(&but("by_hand.toml", "by_hnd.toml"));
    assert!(said.contains("did you mean") && said.contains("by_hand.toml"), "{said}");
}

#[test]
fn an_empty_design_is_refused() {
    let factors = SMALL.find("[levers").expect("there are levers");
    assert!(said_of(&SMALL[..factors]).contains("the design is empty"));
    assert!(said_of(&but("values = [1, 2, -1]", "values = []")).contains("is empty"));
    assert!(said_of(&but("levels = 2", "levels = 0")).contains("the design is empty"));
    assert!(
        said_of(&but("kind = \"grid\"", "kind = \"sobol\"\npoints = 0"))
            .contains("the design is empty")
    );
    assert!(said_of(&but("levels = 2", "")).contains("how many levels"));
    let morris = but("kind = \"grid\"", "kind = \"morris\"\ntrajectories = 2\nlevels = 3");
    assert!(said_of(&morris.replace("levels = 2", "")).contains("even number of levels"));
}

#[test]
fn a_range_the_wrong_way_round_is_refused() {
    let said = said_of(&but("[\"3 days\", \"5 days\"]", "[\"5 days\", \"3 days\"]"));
    assert!(said.contains("the wrong way round: from 5 days to 3 days"), "{said}");
    assert!(said.contains("sweep.toml:10:9"), "{said}");
    // Units are taken into account.
    assert!(said_of(&but("\"5 days\"", "\"5 hours\"")).contains("the wrong way round"));
    assert!(said_of(&but("\"5 days\"", "5")).contains("mixes numbers and times"));
    assert!(said_of(&but("\"5 days\"", "\"72 hours\"")).contains("has no width"));
}

#[test]
fn all_mistakes_are_told_at_once() {
    let sweep = but("replications = 3", "replications = 0\nsede = 4")
        .replace("teams.hub.headcount", "teams.hib.headcount")
        .replace("wait_days.hub", "wait_days.hib")
        .replace("[\"3 days\", \"5 days\"]", "[\"5 days\", \"3 days\"]")
        .replace("levels = 2", "levles = 2");
    let said = said_of(&sweep);
    for mistake in [
        "`sede`",
        "each point is run at least once",
        "`hib`",
        "`wait_days.hib`",
        "`levles`",
        "the wrong way round",
    ] {
        assert!(said.contains(mistake), "{mistake}: {said}");
    }
}

#[test]
fn a_shard_out_of_range_is_refused() {
    let bench = Bench::new(SMALL);
    for (shard, words) in
        [("4/3", "from 1/3 to 3/3"), ("0/3", "out of range"), ("3", "such as 3/8")]
    {
        let said = bench.fail(2, &["sweep", "sweep.toml", "--shard", shard]);
        assert!(said.contains(words), "{said}");
    }
}

#[test]
fn a_folder_is_never_written_over() {
    let bench = Bench::new(SMALL);
    bench.succeed(&["sweep", "sweep.toml", "--out", "out"]);
    let said = bench.fail(2, &["sweep", "sweep.toml", "--out", "out"]);
    assert!(said.contains("--resume"), "{said}");
    fs::write(bench.path("sweep.toml"), but("3 days", "2 days")).expect("written");
    let said = bench.fail(2, &["sweep", "sweep.toml", "--out", "out", "--resume"]);
    assert!(said.contains("another sweep"), "{said}");
    fs::create_dir(bench.path("theirs")).expect("made");
    fs::write(bench.path("theirs/rows.csv"), "precious").expect("written");
    let said = bench.fail(2, &["sweep", "sweep.toml", "--out", "theirs"]);
    assert!(said.contains("holds tables already"), "{said}");
    assert_eq!(bench.read("theirs/rows.csv"), "precious");
}

#[test]
fn a_folder_that_cannot_be_written_is_said_before_the_work() {
    let bench = Bench::new(SMALL);
    fs::write(bench.path("file"), "").expect("written");
    let said = bench.fail(1, &["sweep", "sweep.toml", "--out", "file/out"]);
    assert!(said.contains("failed to make file/out"), "{said}");
    // Root may write anywhere, but not even root into this one.
    #[cfg(target_os = "linux")]
    if std::path::Path::new("/proc/sys").exists() {
        let said = bench.fail(1, &["sweep", "sweep.toml", "--out", "/proc/sys"]);
        assert!(said.contains("failed to write /proc/sys/.lock"), "{said}");
    }
    // A disk without room.
    #[cfg(target_os = "linux")]
    if std::path::Path::new("/dev/full").exists() {
        fs::create_dir(bench.path("full")).expect("made");
        std::os::unix::fs::symlink("/dev/full", bench.path("full/.points.csv.half"))
            .expect("linked");
        let said = bench.fail(1, &["sweep", "sweep.toml", "--out", "full"]);
        assert!(said.contains("failed to write full/points.csv"), "{said}");
        assert!(!bench.path("full/manifest.json").exists(), "nothing was begun");
    }
}

#[test]
#[cfg(unix)]
fn a_disk_that_fills_up_loses_nothing() {
    let bench = Bench::new(&but("replications = 3", "replications = 60"));
    bench.succeed(&["sweep", "sweep.toml", "--out", "whole"]);
    super::copy(&bench.path("whole"), &bench.path("full"));
    fs::write(bench.path("full/rows.csv"), "").expect("written");
    fs::write(bench.path("full/failed.csv"), "").expect("written");
    // No file may grow beyond a block of the shell's: some line of the rows is torn.
    let whole = bench.read("whole/rows.csv").len();
    let script = "trap '' XFSZ; ulimit -f 1; exec \"$0\" sweep sweep.toml --out full --resume";
    let output = std::process::Command::new("sh")
        .args(["-c", script, env!("CARGO_BIN_EXE_homeward")])
        .current_dir(bench.folder.path())
        .output()
        .expect("there is a shell");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("failed to write into full; what had been written is kept"), "{said}");
    let rows = bench.read("full/rows.csv").len();
    assert!(0 < rows && rows < whole, "{rows} of {whole}");
    bench.succeed(&["sweep", "sweep.toml", "--out", "full", "--resume"]);
    bench.assert_same("whole", "full");
}

#[test]
fn two_runs_never_have_one_folder_and_a_kill_leaves_it_free() {
    let bench = Bench::new(&but("replications = 3", "replications = 100000"));
    let mut first = bench
        .command(&["sweep", "sweep.toml", "--out", "out"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    while !bench.path("out/rows.csv").exists() {
        std::thread::sleep(std::time::Duration::from_millis(1));
    }
    let said = bench.fail(1, &["sweep", "sweep.toml", "--out", "out", "--resume"]);
    assert!(said.contains("another run is writing into out"), "{said}");
    first.kill().expect("it can be killed");
    first.wait().expect("it ends");
    // What was written stays, and nobody waits for the dead: another sweep is refused for what it is.
    fs::write(bench.path("sweep.toml"), SMALL).expect("written");
    let said = bench.fail(2, &["sweep", "sweep.toml", "--out", "out", "--resume"]);
    assert!(said.contains("another sweep"), "{said}");
}

#[test]
fn parts_that_do_not_make_a_whole_are_not_joined() {
    let bench = Bench::new(SMALL);
    for (part, out) in [("1/3", "a"), ("2/3", "b"), ("3/3", "c"), ("1/2", "half")] {
        bench.succeed(&["sweep", "sweep.toml", "--shard", part, "--out", out]);
    }
    let other = but("3 days", "2 days");
    fs::write(bench.path("other.toml"), &other).expect("written");
    bench.succeed(&["sweep", "other.toml", "--shard", "2/3", "--out", "other"]);
    bench.succeed(&["sweep", "sweep.toml", "--out", "whole"]);
    for (parts, words) in [
        (&["a", "other", "c"][..], "different sweeps: the sweep file is another"),
        (&["a", "b"][..], "missing: part 3/3"),
        (&["a", "b", "c", "b"][..], "b and b are both part 2/3"),
        (&["a", "half"][..], "half is one of 2 parts and a one of 3"),
        (&["whole"][..], "nothing to join"),
        (&["nowhere"][..], "does not exist"),
    ] {
        let arguments = [&["merge"], parts].concat();
        let said = bench.fail(2, &arguments);
        assert!(said.contains(words), "{said}");
        assert!(!bench.path("merged/rows.csv").exists());
    }
    let rows = bench.read("b/rows.csv");
    fs::write(bench.path("b/rows.csv"), &rows[..rows.len() - 3]).expect("written");
    let said = bench.fail(1, &["merge", "a", "b", "c"]);
    assert!(said.starts_with("error: part 2/3 has not ended"), "{said}");
    assert!(!bench.path("merged").exists(), "nothing is written of what is not whole");
    fs::write(bench.path("b/rows.csv"), format!("{rows}9,9,9,9\n")).expect("written");
    let said = bench.fail(1, &["merge", "a", "b", "c", "--out", "again"]);
    assert!(said.contains("lines that do not belong to it"), "{said}");
}
