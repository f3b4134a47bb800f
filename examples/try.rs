//! scratch
fn main() {
    let path = std::env::args().nth(1).unwrap();
    let text = std::fs::read_to_string(&path).unwrap();
    let t = std::time::Instant::now();
    let scenario = match homeward::scenario::Scenario::parse(&path, &text) { Ok(s) => s, Err(e) => { println!("{}", e.long(false)); return } };
    let model = homeward::model::compile(&scenario);
    println!("load {:?}", t.elapsed());
    let n: u32 = std::env::args().nth(2).map_or(1, |n| n.parse().unwrap());
    let t = std::time::Instant::now();
    let mut sums: Vec<f64> = vec![]; let mut events = 0;
    for r in 0..n {
        let o = model.simulate(r);
        events += o.events;
        let v = homeward::model::measures::values(&model, &o);
        if sums.is_empty() { sums = v } else { for (s, v) in sums.iter_mut().zip(v) { *s += v } }
    }
    let e = t.elapsed();
    if std::env::args().nth(3).is_none() {
    for ((name, _), s) in homeward::model::measures::names(&model).iter().zip(&sums) { println!("{name:45} {:.4}", s / n as f64); }
    }
    println!("{n} reps {:?} each; {} events each", e / n, events / n as u64);
}
