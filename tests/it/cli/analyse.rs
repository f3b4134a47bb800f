//! `homeward analyse`: what sweeps of known functions say.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use homeward::experiment::design::{Axis, Design, lay_out};
use serde_json::{Value, json};

use super::{folder, homeward, path, read, stderr, stdout};

const PATHS: [&str; 3] = ["places.home.capacity", "meetings.panel.wait", "coordination.theta"];
const REPLICATIONS: u32 = 4;

/// Writes the folder of a sweep in which delay and cost are known functions of two levers and an
/// uncertainty, all from 0 to 1; replications differ by a chance that all points share.
fn write_sweep(folder: &Path, design: Design, kind: &str) {
    let axes = PATHS.map(|path| Axis { path: path.to_owned(), levels: 4 });
    let points = lay_out(design, &axes, 5).expect("it can be laid out");
    let factor = |(path, kind): (&str, &str)| json!({ "path": path, "kind": kind, "low": 0.0, "high": 1.0, "unit": null });
    let kinds = ["lever", "lever", "uncertainty"];
    let manifest = json!({
        "version": "0.1.0",
        "seed": 5,
        "scenario": "title = 'none'",
        "sweep": "title = 'none'",
        "design": kind,
        "factors": PATHS.into_iter().zip(kinds).map(factor).collect::<Vec<_>>(),
        "measures": [
            { "name": "delay_days.all", "unit": "days" },
            { "name": "cost_per_day.social_care", "unit": "pounds a day" },
            { "name": "occupancy.ward", "unit": "share of capacity" },
        ],
        "replications": REPLICATIONS,
        "points": points.len(),
        "hash": "0",
    });
    let mut table = format!("point,design_part,design_index,{}\n", PATHS.join(","));
    let mut rows =
        "point,replication,delay_days.all,cost_per_day.social_care,occupancy.ward\n".to_owned();
    for (number, point) in points.iter().enumerate() {
        let [home, panel, theta] = point.coordinates[..] else { panic!("three factors") };
        write!(table, "{number},{},{}", point.part, point.index).expect("into memory");
        writeln!(table, ",{home},{panel},{theta}").expect("into memory");
        for replication in 0..REPLICATIONS {
            let chance = 0.1 * (f64::from(replication) - 1.5);
            let delay = 5.0 - 3.0 * home + panel - theta + chance;
            let cost = 1_000.0 + 500.0 * home + chance;
            writeln!(rows, "{number},{replication},{delay},{cost},0.9").expect("into memory");
        }
    }
    let write = |name: &str, text: &str| fs::write(folder.join(name), text).expect("it is written");
    write("manifest.json", &manifest.to_string());
    write("points.csv", &table);
    write("rows.csv", &rows);
    write("failed.csv", "point,reason\n");
}

fn analyse(args: &[&str]) -> Value {
    let output = homeward(&[&["analyse"], args, &["--json"]].concat());
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

#[test]
fn a_grid_gives_main_effects_and_says_which_design_gives_more() {
    let folder = folder();
    let (sweep, name) = path(&folder, "sweep");
    fs::create_dir(&sweep).expect("a folder can be made");
    write_sweep(&sweep, Design::Grid, "grid");
    let found = analyse(&[&name]);
    assert_eq!(found["points"], 64);
    let delay = &found["measures"]["delay_days.all"];
    for (place, change) in [-3.0, 1.0, -1.0].into_iter().enumerate() {
        let effect = &delay["main_effects"]["effects"][place];
        assert_eq!(effect["factor"], PATHS[place]);
        let mean = effect["change"]["mean"].as_f64().expect("a number");
        assert!((mean - change).abs() < 1e-6, "{effect}");
    }
    assert!(delay["sobol"]["why"].as_str().expect("words").contains("saltelli"));
    assert!(delay["morris"]["why"].as_str().expect("words").contains("morris"));

    let output = homeward(&["analyse", &name]);
    let text = stdout(&output);
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for part in [
        "64 points (grid), 4 replications each on the same people, seed 5: 2 levers and 1 uncertainty",
        "What moves delay_days.all [days]",
        "Levers: what can be decided places.home.capacity 0 1 -3.00",
        "Uncertainties: what nobody knows coordination.theta 0 1 -1.00",
        "Shares of the variance (Sobol' indices): not from this design; one of kind \"saltelli\"",
    ] {
        assert!(words.contains(part), "{part}\n{text}");
    }
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
}

#[test]
fn saltellis_design_gives_shares_and_morriss_elementary_effects() {
    let folder = folder();
    let (sweep, name) = path(&folder, "sweep");
    fs::create_dir(&sweep).expect("a folder can be made");
    write_sweep(&sweep, Design::Saltelli { base_points: 256 }, "saltelli");
    let shares = analyse(&[&name])["measures"]["delay_days.all"]["sobol"].clone();
    // Without factors that act together, shares are those of squares: 9, 1 and 1 of 11.
    for (path, share) in PATHS.into_iter().zip([9.0 / 11.0, 1.0 / 11.0, 1.0 / 11.0]) {
        for order in ["first", "total"] {
            let it = &shares[path][order];
            let [mean, lower, upper] = ["mean", "lower", "upper"].map(|key| it[key].as_f64());
            assert!((mean.expect("a number") - share).abs() < 0.05, "{path} {order}: {it}");
            assert!(lower <= Some(share) && Some(share) <= upper, "{path} {order}: {it}");
        }
    }
    write_sweep(&sweep, Design::Morris { trajectories: 6, levels: 4 }, "morris");
    let effects = analyse(&[&name])["measures"]["delay_days.all"]["morris"].clone();
    for (path, effect) in PATHS.into_iter().zip([-3.0, 1.0, -1.0]) {
        let mu = effects[path]["mu"]["mean"].as_f64().expect("a number");
        assert!((mu - effect).abs() < 1e-9, "{path}: {mu}");
    }
}

#[test]
fn regions_fronts_maps_and_pictures_on_request() {
    let folder = folder();
    let (sweep, name) = path(&folder, "sweep");
    let (out, out_name) = path(&folder, "out");
    fs::create_dir(&sweep).expect("a folder can be made");
    write_sweep(&sweep, Design::Grid, "grid");
    let map = format!("{},{}", PATHS[0], PATHS[2]);
    let args = [
        name.as_str(),
        "--holds",
        "delay_days.all<2.9",
        "--pareto",
        "delay_days.all,cost_per_day.social_care",
        "--map",
        &map,
        "--out",
        &out_name,
    ];
    let found = analyse(&args);
    let regions = &found["regions"];
    // Delay is 5 - 3 home + panel - theta: below 2.9 at 15 points with the most places and at 6 others.
    assert_eq!(regions["holding"].as_u64(), Some(21), "{regions}");
    assert_eq!(regions["boxes"][0]["limits"][0]["factor"], PATHS[0]);
    let choices = found["front"]["choices"].as_array().expect("choices");
    assert_eq!(choices.len(), 16, "points that differ in theta alone are one choice");
    // The wait only costs delay: of each capacity the shortest is on the front.
    let on_front = choices.iter().filter(|it| it["standing"] == "on the front");
    assert_eq!(on_front.clone().count(), 4);
    assert!(on_front.clone().all(|it| it["levers"][PATHS[1]] == 0.0));
    assert_eq!(found["maps"][0]["means"][0].as_array().map(Vec::len), Some(4));
    let json: Value = serde_json::from_str(&read(&out.join("analysis.json"))).expect("JSON");
    assert_eq!(json, found);
    for picture in [
        "effects_delay_days.all.svg",
        "front_cost_per_day.social_care.svg",
        "map_delay_days.all_places.home.capacity_coordination.theta.svg",
    ] {
        assert!(read(&out.join(picture)).contains("<svg"), "{picture}");
    }
    let output = homeward(&[&["analyse"], &args[..]].concat());
    let text = stdout(&output);
    assert!(text.contains("Choose places.home.capacity at least"), "{text}");
}

#[test]
fn what_a_killed_sweep_left_is_read_up_to_its_torn_line() {
    let folder = folder();
    let (sweep, name) = path(&folder, "sweep");
    fs::create_dir(&sweep).expect("a folder can be made");
    write_sweep(&sweep, Design::Grid, "grid");
    let rows = read(&sweep.join("rows.csv"));
    // The last point loses a part of its last row; another could not be run.
    let torn = rows.trim_end().trim_end_matches("0.9");
    fs::write(sweep.join("rows.csv"), torn).expect("it is written");
    let found = analyse(&[&name]);
    assert_eq!((&found["points"], &found["unfinished"]), (&json!(63), &json!(1)));
    let output = homeward(&["analyse", &name]);
    assert!(stdout(&output).contains("Points left out: 1 that are not finished."));
}

#[test]
fn mistakes_name_what_is_near() {
    let folder = folder();
    let (sweep, name) = path(&folder, "sweep");
    fs::create_dir(&sweep).expect("a folder can be made");
    let output = homeward(&["analyse", &name]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("manifest.json: is it the folder of a sweep?"));
    write_sweep(&sweep, Design::Grid, "grid");
    for (args, words) in [
        (["--measure", "delay_day.all"], "did you mean `delay_days.all`?"),
        (["--holds", "delay_days.al<2"], "did you mean `delay_days.all`?"),
        (["--holds", "delay_days.all"], "is no condition"),
        (["--pareto", "occupancy.ward"], "occupancy.ward:less"),
        (["--map", "places.home.capacity"], "two paths"),
        (["--map", "places.home.capacity,coordination.teta"], "did you mean `coordination.theta`?"),
    ] {
        let output = homeward(&["analyse", &name, args[0], args[1]]);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(stderr(&output).contains(words), "{args:?}: {}", stderr(&output));
    }
    fs::write(sweep.join("points.csv"), "point,what\n1,2\n").expect("it is written");
    let output = homeward(&["analyse", &name]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("points.csv is not what a sweep writes there: line 2"));
}
