//! What a sweep costs besides simulating: `cargo bench --bench sweep`.
//!
//! `a point of the baseline` is everything that a point needs before its first replication: laid out,
//! edited, read, checked and compiled. It is meant to stay below a millisecond. `a row` is what is
//! written for each replication.

use std::hint::black_box;
use std::path::Path;

use criterion::{Criterion, criterion_group, criterion_main};
use homeward::experiment::sweep::{Sink, Study};
use homeward::model::{compile, measures};
use homeward::report::sweep::Rows;

fn overhead(criterion: &mut Criterion) {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/sweeps/home_support.toml");
    let study = Study::read(Path::new(path)).expect("the shipped sweep is sound");
    let mut group = criterion.benchmark_group("sweep");
    let mut number = 0;
    group.bench_function("a point of the baseline", |bencher| {
        bencher.iter(|| {
            number = (number + 1) % study.points();
            let scenario = study.sweep.at(&study.point(number).settings);
            let model = compile(&scenario.expect("every point of it is sound"));
            black_box(measures::names(&model))
        });
    });
    let (rows, failed) = (tempfile::tempfile(), tempfile::tempfile());
    let (rows, failed) = (rows.expect("a file can be made"), failed.expect("a file can be made"));
    let mut tables = Rows::begin(&study, rows, failed).expect("it can be written");
    group.bench_function("a row", |bencher| {
        bencher.iter(|| tables.row(7, 3, &[57.053_571, 0.854_449, 0.809_960]).is_ok());
    });
    group.finish();
}

criterion_group!(benches, overhead);
criterion_main!(benches);
