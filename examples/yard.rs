//! scratch
#[path = "../benches/yardstick/mod.rs"]
mod yardstick;
fn main() {
    let n = 60;
    let mut sum = yardstick::Outcome::default();
    let t = std::time::Instant::now();
    for s in 0..n { let o = yardstick::simulate(s); sum.occupancy += o.occupancy; sum.bed_wait += o.bed_wait; for i in 0..3 { sum.delay[i] += o.delay[i] } sum.people += o.people }
    let e = t.elapsed();
    println!("{:?} {} {} {:?} {}", e / n as u32, sum.occupancy / n as f64, sum.bed_wait / n as f64, sum.delay.map(|d| d / n as f64), sum.people / n);
}
