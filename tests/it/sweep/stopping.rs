//! Killed, stopped, torn: what is gone on with is what was never stopped.

use std::fs;
use std::process::Stdio;

use super::{Bench, SMALL, copy, lines};

#[test]
fn tables_that_end_anywhere_are_gone_on_with_to_the_same_bytes() {
    let bench = Bench::new(SMALL);
    bench.succeed(&["sweep", "sweep.toml", "--out", "whole"]);
    let rows = bench.read("whole/rows.csv");
    let failed = bench.read("whole/failed.csv");
    // At each place in the rows, whatever failures could have been written by then.
    for end in (0..rows.len()).step_by(7) {
        let part = format!("part-{end}");
        copy(&bench.path("whole"), &bench.path(&part));
        fs::write(bench.path(&format!("{part}/rows.csv")), &rows[..end]).expect("written");
        if end < rows.find('\n').expect("a header") {
            fs::write(bench.path(&format!("{part}/failed.csv")), "").expect("written");
        }
        bench.succeed(&["sweep", "sweep.toml", "--out", &part, "--resume"]);
        bench.assert_same("whole", &part);
    }
    // Failures come one by one as well; the rows before them are there.
    let first_failure = failed.find('\n').expect("a header") + 1;
    for end in (first_failure..failed.len()).step_by(11) {
        let part = format!("failed-{end}");
        copy(&bench.path("whole"), &bench.path(&part));
        fs::write(bench.path(&format!("{part}/failed.csv")), &failed[..end]).expect("written");
        let header = rows.find('\n').expect("a header") + 1;
        fs::write(bench.path(&format!("{part}/rows.csv")), &rows[..header]).expect("written");
        bench.succeed(&["sweep", "sweep.toml", "--out", &part, "--resume"]);
        bench.assert_same("whole", &part);
    }
}

/// Long enough to be killed in its midst, over several blocks of points.
const LONG: &str = r#"
scenario = "baseline.toml"
measures = ["ready_waiting.all", "delay_days.all"]
replications = 2
set."run.length" = "6 weeks"
set."run.warm_up" = "2 weeks"
design = { kind = "sobol", points = 140 }
[levers."places.ward.capacity"]
range = [650, 750]
[uncertainties."arrivals.emergency.per_day"]
range = [90.0, 130.0]
"#;

#[test]
fn a_sweep_that_is_killed_again_and_again_is_gone_on_with_to_the_same_bytes() {
    let bench = Bench::new(LONG);
    bench.succeed(&["sweep", "sweep.toml", "--out", "whole"]);
    let whole = bench.read("whole/rows.csv").len() as u64;
    let mut killed = 0;
    for share in [0.02, 0.15, 0.3, 0.45, 0.6] {
        let mut child = bench
            .command(&["sweep", "sweep.toml", "--out", "killed", "--resume", "--threads", "1"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        let rows = bench.path("killed/rows.csv");
        let enough = (whole as f64 * share) as u64;
        while child.try_wait().expect("it can be asked").is_none() {
            if fs::metadata(&rows).is_ok_and(|rows| rows.len() >= enough) {
                child.kill().expect("it can be killed");
                child.wait().expect("it ends");
                killed += 1;
                break;
            }
            std::thread::sleep(std::time::Duration::from_millis(1));
        }
        if fs::metadata(&rows).is_ok_and(|rows| rows.len() == whole) {
            break;
        }
    }
    assert!(killed >= 3, "it was killed in its midst {killed} times");
    bench.succeed(&["sweep", "sweep.toml", "--out", "killed", "--resume"]);
    bench.assert_same("whole", "killed");
    assert_eq!(lines(&bench.read("killed/rows.csv")).len(), 280);
}

#[test]
#[cfg(unix)]
fn ctrl_c_ends_cleanly_with_what_was_run_and_how_to_go_on() {
    let bench = Bench::new(LONG);
    bench.succeed(&["sweep", "sweep.toml", "--out", "whole"]);
    for signal in ["-INT", "-TERM"] {
        let mut child = bench
            .command(&["sweep", "sweep.toml", "--out", "stopped", "--resume"])
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let lines_so_far = || {
            fs::read_to_string(bench.path("stopped/rows.csv"))
                .map_or(0, |rows| rows.lines().count())
        };
        let before = lines_so_far();
        while lines_so_far() < before + 5 {
            assert!(child.try_wait().expect("it can be asked").is_none(), "it is stopped in time");
            std::thread::sleep(std::time::Duration::from_millis(1));
        }
        let id = child.id().to_string();
        let sent = std::process::Command::new("kill").args([signal, &id]).status();
        assert!(sent.expect("there is `kill`").success());
        let output = child.wait_with_output().expect("it ends");
        assert_eq!(output.status.code(), Some(130));
        let said = String::from_utf8_lossy(&output.stderr);
        let again = "homeward sweep sweep.toml --out stopped --resume";
        assert!(said.contains(again), "{said}");
        assert!(bench.read("stopped/rows.csv").ends_with('\n'), "no line is torn");
    }
    bench.succeed(&["sweep", "sweep.toml", "--out", "stopped", "--resume"]);
    bench.assert_same("whole", "stopped");
}
