//! How fast the engine is: `cargo bench --bench engine`.
//!
//! `reference/yardstick` is the same model written by hand as a plain loop; the engine is meant to take
//! at most 0.6 of its time. `cargo bench --bench ratio` measures that ratio directly.

mod common;

use std::hint::black_box;
use std::path::Path;

use criterion::{Criterion, criterion_group, criterion_main};
use homeward::scenario::Scenario;

fn reference(criterion: &mut Criterion) {
    let model = common::reference(&[]);
    let mut group = criterion.benchmark_group("reference");
    group.sample_size(20);
    let mut replication = 0;
    group.bench_function("engine", |bencher| {
        bencher.iter(|| {
            replication += 1;
            black_box(model.simulate(replication))
        });
    });
    let mut seed = 0;
    group.bench_function("yardstick", |bencher| {
        bencher.iter(|| {
            seed += 1;
            black_box(common::yardstick::simulate(seed))
        });
    });
    group.finish();
}

fn others(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("one replication");
    group.sample_size(10);
    let single_server = common::single_server();
    group.bench_function("M/M/1", |bencher| bencher.iter(|| black_box(single_server.simulate(0))));
    let baseline = common::baseline();
    group.bench_function("baseline", |bencher| bencher.iter(|| black_box(baseline.simulate(0))));
    group.finish();
}

fn reading(criterion: &mut Criterion) {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/baseline.toml");
    criterion.bench_function("read the baseline", |bencher| {
        bencher.iter(|| black_box(Scenario::read(Path::new(path), &[])));
    });
}

criterion_group!(benches, reference, others, reading);
criterion_main!(benches);
