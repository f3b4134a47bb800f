//! What is refused, and how it is said.

use super::{Bench, SMALL};

#[test]
fn a_folder_is_never_written_over() {
    let bench = Bench::new(SMALL);
    bench.succeed(&["sweep", "sweep.toml", "--out", "out"]);
    let said = bench.fail(2, &["sweep", "sweep.toml", "--out", "out"]);
    assert!(said.contains("--resume"), "{said}");
    std::fs::write(bench.path("sweep.toml"), SMALL.replace("3 days", "2 days")).expect("written");
    let said = bench.fail(2, &["sweep", "sweep.toml", "--out", "out", "--resume"]);
    assert!(said.contains("another sweep"), "{said}");
}
