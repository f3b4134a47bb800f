//! scratch
fn main() {
    let sets: Vec<String> = std::env::args().skip(3).collect();
    let scenario = match homeward::scenario::Scenario::read(std::path::Path::new(&std::env::args().nth(1).unwrap()), &sets) { Ok(s) => s, Err(e) => { println!("{}", e.long(false)); return } };
    let t = std::time::Instant::now();
    let model = homeward::model::compile(&scenario);
    let n: u32 = std::env::args().nth(2).map_or(1, |n| n.parse().unwrap());
    use rayon::prelude::*;
    let all: Vec<Vec<f64>> = (0..n).into_par_iter().map(|r| homeward::model::measures::values(&model, &model.simulate(r))).collect();
    let names: Vec<String> = homeward::model::measures::names(&model).into_iter().map(|n| n.0).collect();
    let mean = |i: usize| { let v: Vec<f64> = all.iter().map(|a| a[i]).filter(|x| !x.is_nan()).collect(); v.iter().sum::<f64>() / v.len() as f64 };
    let sd = |i: usize| { let m = mean(i); (all.iter().map(|a| (a[i]-m).powi(2)).sum::<f64>() / (n as f64)).sqrt() };
    for (name, c) in &scenario.base.checks {
        let i = names.iter().position(|x| *x == c.measure).unwrap_or_else(|| panic!("{name}: {}", c.measure));
        println!("{} {name:22} {:10.4} [{:.4} {:.4}] -> {:.4} (sd {:.4})", if mean(i) >= c.low && mean(i) <= c.high { "  " } else { "XX" }, c.official, c.low, c.high, mean(i), sd(i));
    }
    for (i, x) in names.iter().enumerate() { if ["wait_days", "queue.", "occupancy.", "utilisation", "delay_days_by", "deaths", "discharges_per", "arrivals", "delayed_share", "delay_nights", "discharges_by", "harm", "readmitted", "delay_days_else", "ready_waiting.all","stay_days"].iter().any(|p| x.starts_with(p)) { print!("{x}={:.3}  ", mean(i)) } }
    println!("\n{:?}", t.elapsed());
}
