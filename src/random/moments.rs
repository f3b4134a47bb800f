//! Means and variances of distributions, and how much of one lies within bounds: exact, by formula.
//!
//! Formulas are those of Johnson, Kotz and Balakrishnan, *Continuous Univariate Distributions*,
//! volumes 1 and 2, 2nd edition, 1994 and 1995.

use statrs::function::erf::erfc;
use statrs::function::gamma::{checked_gamma_lr, ln_gamma};

use super::Distribution;
use super::distribution::Kind;
use super::law::Law;

impl Distribution {
    /// Its mean \[s\].
    pub fn mean(&self) -> f64 {
        match &self.0 {
            Kind::Fixed(span) => span.seconds().into(),
            Kind::Exponential { mean } => *mean,
            Kind::Lognormal { mu, sigma } => (mu + sigma * sigma / 2.0).exp(),
            Kind::Uniform { low, high } => f64::midpoint(*low, *high),
            Kind::Long(law) => law.mean(),
        }
    }

    /// Its variance \[s²\].
    pub fn variance(&self) -> f64 {
        match &self.0 {
            Kind::Fixed(_) => 0.0,
            Kind::Exponential { mean } => mean * mean,
            Kind::Lognormal { mu, sigma } => {
                let square = sigma * sigma;
                square.exp_m1() * (2.0 * mu + square).exp()
            }
            Kind::Uniform { low, high } => (high - low).powi(2) / 12.0,
            Kind::Long(law) => law.variance(),
        }
    }

    /// Its standard deviation \[s\].
    pub fn sd(&self) -> f64 {
        self.variance().sqrt()
    }

    /// The share of it that lies from `low` to `high` \[s\], the bounds included.
    pub fn share_between(&self, low: f64, high: f64) -> f64 {
        self.moment_between(0, low, high)
    }

    /// The mean of the `power`-th power, where the time lies from `low` to `high` \[s\], the bounds
    /// included, and of 0 elsewhere.
    fn moment_between(&self, power: i32, low: f64, high: f64) -> f64 {
        (self.moment_below(power, high, true) - self.moment_below(power, low, false)).max(0.0)
    }

    /// The mean of the `power`-th power, where the time lies below a `limit` \[s\], or at it if that is
    /// `included`, and of 0 elsewhere.
    fn moment_below(&self, power: i32, limit: f64, included: bool) -> f64 {
        match &self.0 {
            Kind::Fixed(span) => at(span.seconds().into(), power, limit, included),
            Kind::Exponential { mean } => gamma_below(1.0, *mean, power, limit),
            Kind::Lognormal { mu, sigma } if *sigma > 0.0 => {
                let power = f64::from(power);
                let whole = (power * mu + power * power * sigma * sigma / 2.0).exp();
                let normal = (limit.max(0.0).ln() - mu - power * sigma * sigma) / sigma;
                whole * erfc(-normal / std::f64::consts::SQRT_2) / 2.0
            }
            Kind::Lognormal { mu, .. } => at(mu.exp(), power, limit, included),
            Kind::Uniform { low, high } => uniform_below(*low, *high, power, limit),
            Kind::Long(law) => law.moment_below(power, limit, included),
        }
    }
}

impl Law {
    fn mean(&self) -> f64 {
        match self {
            Law::Gamma { shape, scale, .. } => shape * scale,
            Law::Weibull { scale, shape, .. } => scale * ln_gamma(1.0 + 1.0 / shape).exp(),
            Law::Triangular { low, mode, high, .. } => (low + mode + high) / 3.0,
            Law::Values(values) => parts(values, |it| it.0).map(|(share, it)| share * it.1).sum(),
            Law::Histogram(list) => {
                parts(list, |it| it.0).map(|(share, it)| share * f64::midpoint(it.1, it.2)).sum()
            }
            Law::Mixture(list) => {
                parts(list, |it| it.0).map(|(share, it)| share * it.1.mean()).sum()
            }
            Law::Truncated { of, low, high } => {
                of.moment_between(1, *low, *high) / of.moment_between(0, *low, *high)
            }
        }
    }

    fn variance(&self) -> f64 {
        let mean = self.mean();
        match self {
            Law::Gamma { shape, scale, .. } => shape * scale * scale,
            Law::Weibull { scale, shape, .. } => {
                scale * scale * ln_gamma(1.0 + 2.0 / shape).exp() - mean * mean
            }
            Law::Triangular { low, mode, high, .. } => {
                let (a, b) = (mode - low, high - low);
                (a * a + b * b - a * b) / 18.0
            }
            Law::Values(values) => {
                parts(values, |it| it.0).map(|(share, it)| share * (it.1 - mean).powi(2)).sum()
            }
            // Within the parts and between them.
            Law::Histogram(list) => parts(list, |it| it.0)
                .map(|(share, it)| {
                    let within = (it.2 - it.1).powi(2) / 12.0;
                    share * (within + (f64::midpoint(it.1, it.2) - mean).powi(2))
                })
                .sum(),
            Law::Mixture(list) => parts(list, |it| it.0)
                .map(|(share, it)| share * (it.1.variance() + (it.1.mean() - mean).powi(2)))
                .sum(),
            Law::Truncated { of, low, high } => {
                let square = of.moment_between(2, *low, *high) / of.moment_between(0, *low, *high);
                (square - mean * mean).max(0.0)
            }
        }
    }

    fn moment_below(&self, power: i32, limit: f64, included: bool) -> f64 {
        match self {
            Law::Gamma { shape, scale, .. } => gamma_below(*shape, *scale, power, limit),
            Law::Weibull { scale, shape, .. } => {
                // The shape-th power of the time, in scales, is exponential.
                let power = f64::from(power);
                let stretched = (limit.max(0.0) / scale).powf(*shape);
                let order = 1.0 + power / shape;
                scale.powf(power) * ln_gamma(order).exp() * incomplete(order, stretched)
            }
            Law::Triangular { low, mode, high, .. } => {
                triangular_below((*low, *mode, *high), power, limit)
            }
            Law::Values(values) => parts(values, |it| it.0)
                .map(|(share, it)| share * at(it.1, power, limit, included))
                .sum(),
            Law::Histogram(list) => parts(list, |it| it.0)
                .map(|(share, it)| share * uniform_below(it.1, it.2, power, limit))
                .sum(),
            Law::Mixture(list) => parts(list, |it| it.0)
                .map(|(share, it)| share * it.1.moment_below(power, limit, included))
                .sum(),
            Law::Truncated { of, low, high } => {
                let whole = of.moment_between(0, *low, *high);
                let included = included || limit > *high;
                let upper = of.moment_below(power, limit.min(*high), included);
                (upper - of.moment_below(power, *low, false)).max(0.0) / whole
            }
        }
    }
}

/// The parts of a law with their own shares, from the shares up to the end of each.
fn parts<T>(list: &[T], up_to: impl Fn(&T) -> f64) -> impl Iterator<Item = (f64, &T)> {
    let mut before = 0.0;
    list.iter().map(move |part| {
        let share = up_to(part) - before;
        before = up_to(part);
        (share, part)
    })
}

/// For a time that is always the same.
fn at(value: f64, power: i32, limit: f64, included: bool) -> f64 {
    if value < limit || (included && value <= limit) { value.powi(power) } else { 0.0 }
}

/// For a gamma distribution: that of a shape greater by the power, and its moment.
fn gamma_below(shape: f64, scale: f64, power: i32, limit: f64) -> f64 {
    let moment: f64 = (0..power).map(|n| scale * (shape + f64::from(n))).product();
    moment * incomplete(shape + f64::from(power), limit / scale)
}

/// The regularised lower incomplete gamma function.
fn incomplete(order: f64, x: f64) -> f64 {
    if x <= 0.0 {
        0.0
    } else if x.is_finite() {
        // It does not converge only where it is 0 or 1 to all digits.
        checked_gamma_lr(order, x).unwrap_or(if x > order { 1.0 } else { 0.0 })
    } else {
        1.0
    }
}

fn uniform_below(low: f64, high: f64, power: i32, limit: f64) -> f64 {
    let limit = limit.clamp(low, high);
    let order = power + 1;
    (limit.powi(order) - low.powi(order)) / (f64::from(order) * (high - low))
}

fn triangular_below((low, mode, high): (f64, f64, f64), power: i32, limit: f64) -> f64 {
    // The density rises from `low` as 2 (x - low) / (width (mode - low)), and falls likewise. Its
    // primitive with the power is that of x^(power + 1) and x^power.
    let primitive = |x: f64, from: f64| {
        let order = f64::from(power);
        x.powi(power + 2) / (order + 2.0) - from * x.powi(power + 1) / (order + 1.0)
    };
    let width = high - low;
    let mut sum = 0.0;
    if mode > low {
        let end = limit.clamp(low, mode);
        sum += 2.0 / (width * (mode - low)) * (primitive(end, low) - primitive(low, low));
    }
    if high > mode {
        let end = limit.clamp(mode, high);
        sum -= 2.0 / (width * (high - mode)) * (primitive(end, high) - primitive(mode, high));
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Key;

    const DAY: f64 = 86_400.0;

    /// Asserts that so many draws have the moments that the formulas give.
    #[track_caller]
    fn assert_drawn(distribution: &Distribution) {
        let (run, purpose) = (Key::new(11, 0), Key::of_name("moments"));
        let n = 400_000_u32;
        let (mut sum, mut squares) = (0.0, 0.0);
        for person in 0..n {
            let mut generator = run.part(person.into()).draw(purpose, 0);
            let x = f64::from(distribution.sample(&mut generator).seconds());
            sum += x;
            squares += x * x;
        }
        let mean = sum / f64::from(n);
        let sd = (squares / f64::from(n) - mean * mean).max(0.0).sqrt();
        let (m, s) = (distribution.mean(), distribution.sd());
        // 4 standard errors of a mean of 400,000; that of the spread is wider, for heavy tails.
        assert!((mean - m).abs() < 4.0 * s / 632.0 + 0.5, "{distribution:?}: {mean} for {m}");
        assert!((sd - s).abs() < 0.03 * s + 0.5, "{distribution:?}: {sd} for {s}");
    }

    #[track_caller]
    fn assert_moments(distribution: &Distribution, mean: f64, sd: f64) {
        let (m, s) = (distribution.mean(), distribution.sd());
        assert!((m - mean).abs() < 1e-9 * mean, "{distribution:?} has a mean of {m}, not {mean}");
        assert!((s - sd).abs() < 1e-9 * sd.max(1.0), "{distribution:?} has sd {s}, not {sd}");
        assert_drawn(distribution);
    }

    fn gamma(shape: f64, scale: f64) -> Distribution {
        Distribution::gamma(shape, scale).expect("valid")
    }

    fn triangular(low: f64, mode: f64, high: f64) -> Distribution {
        Distribution::triangular(low, mode, high).expect("valid")
    }

    fn truncated(of: Distribution, low: f64, high: f64) -> Distribution {
        Distribution::truncated(of, low, high).expect("valid")
    }

    #[test]
    fn the_laws_have_the_moments_that_textbooks_give_them() {
        let pi = std::f64::consts::PI;
        assert_moments(&Distribution::fixed(7.0), 7.0, 0.0);
        assert_moments(&Distribution::exponential(DAY), DAY, DAY);
        assert_moments(&Distribution::lognormal(2.0 * DAY, 1.5 * DAY), 2.0 * DAY, 1.5 * DAY);
        assert_moments(&Distribution::uniform(DAY, 4.0 * DAY), 2.5 * DAY, 1.5 * DAY / 3_f64.sqrt());
        assert_moments(&gamma(2.5, DAY), 2.5 * DAY, 2.5_f64.sqrt() * DAY);
        assert_moments(&gamma(0.4, DAY), 0.4 * DAY, 0.4_f64.sqrt() * DAY);
        // Weibull of shape 2: mean = scale x sqrt(pi)/2, variance = scale^2 (1 - pi/4).
        let weibull = Distribution::weibull(DAY, 2.0).expect("valid");
        assert_moments(&weibull, DAY * pi.sqrt() / 2.0, DAY * (1.0 - pi / 4.0).sqrt());
        // Triangular on 0, 1, 2: mean 1, variance 1/6; on 1, 1, 4: mean 2, variance 1/2.
        assert_moments(&triangular(0.0, DAY, 2.0 * DAY), DAY, DAY / 6_f64.sqrt());
        assert_moments(&triangular(DAY, DAY, 4.0 * DAY), 2.0 * DAY, DAY * 0.5_f64.sqrt());
    }

    #[test]
    fn laws_that_are_put_together_have_the_moments_worked_out_by_hand() {
        // 1, 2 and 6 days with weights 1, 2, 1: mean 11/4, mean square 45/4.
        let values = Distribution::values(&[DAY, 2.0 * DAY, 6.0 * DAY], &[1.0, 2.0, 1.0]);
        let sd = (45.0 / 4.0 - (11.0 / 4.0_f64).powi(2)).sqrt();
        assert_moments(&values.expect("valid"), 2.75 * DAY, sd * DAY);
        // Even on 0-1 for a quarter and on 1-3 for the rest: mean 1/8 + 3/2 = 13/8,
        // mean square (1/3)/4 + (13/3) 3/4 = 10/3.
        let histogram = Distribution::histogram(&[0.0, DAY, 3.0 * DAY], &[0.25, 0.75]);
        let sd = (10.0 / 3.0 - (13.0 / 8.0_f64).powi(2)).sqrt();
        assert_moments(&histogram.expect("valid"), 13.0 / 8.0 * DAY, sd * DAY);
        // Hyperexponential, 0.7 of mean 1 and 0.3 of mean 4: mean 1.9, mean square 1.4 + 9.6.
        let mixture = vec![
            (0.7, Distribution::exponential(DAY)),
            (0.3, Distribution::exponential(4.0 * DAY)),
        ];
        let sd = (11.0 - 1.9_f64 * 1.9).sqrt();
        assert_moments(&Distribution::mixture(mixture).expect("valid"), 1.9 * DAY, sd * DAY);
    }

    #[test]
    fn truncated_laws_have_the_moments_worked_out_by_hand() {
        // Exponential of mean 1 up to 1: mean (e - 2)/(e - 1), mean square (2e - 5)/(e - 1).
        let e = std::f64::consts::E;
        let (mean, square) = ((e - 2.0) / (e - 1.0), (2.0 * e - 5.0) / (e - 1.0));
        let law = truncated(Distribution::exponential(DAY), 0.0, DAY);
        assert_moments(&law, mean * DAY, (square - mean * mean).sqrt() * DAY);
        // Exponential beyond 2 is 2 and an exponential.
        let law = truncated(Distribution::exponential(DAY), 2.0 * DAY, f64::INFINITY);
        assert_moments(&law, 3.0 * DAY, DAY);
        // Uniform stays uniform; a triangle cut at its peak is x^2: mean 2/3, variance 1/18.
        let law = truncated(Distribution::uniform(0.0, 9.0 * DAY), DAY, 4.0 * DAY);
        assert_moments(&law, 2.5 * DAY, 1.5 * DAY / 3_f64.sqrt());
        let law = truncated(triangular(0.0, DAY, 5.0 * DAY), 0.0, DAY);
        assert_moments(&law, 2.0 / 3.0 * DAY, DAY / 18_f64.sqrt());
        let law = truncated(triangular(0.0, 4.0 * DAY, 5.0 * DAY), 4.0 * DAY, 5.0 * DAY);
        assert_moments(&law, (4.0 + 1.0 / 3.0) * DAY, DAY / 18_f64.sqrt());
        // Lognormal with mu 0 and sigma 1 above its median: mean 2 sqrt(e) Phi(1), mean square
        // 2 e^2 Phi(2).
        let (phi_1, phi_2) = (0.841_344_746_068_542_9, 0.977_249_868_051_820_8);
        let (mean, square) = (2.0 * e.sqrt() * phi_1, 2.0 * e * e * phi_2);
        let law = Distribution::lognormal_by_logarithm(DAY.ln(), 1.0);
        let law = truncated(law, DAY, f64::INFINITY);
        assert_moments(&law, mean * DAY, (square - mean * mean).sqrt() * DAY);
        // Weibull of shape 2 up to its scale: the square, in scales, is an exponential up to 1.
        let weibull = truncated(Distribution::weibull(DAY, 2.0).expect("valid"), 0.0, DAY);
        let square = (e - 2.0) / (e - 1.0) * DAY * DAY;
        assert!(((weibull.variance() + weibull.mean().powi(2)) / square - 1.0).abs() < 1e-9);
        assert_drawn(&weibull);
        // Values: the bounds themselves are kept; of a mixture, each part is cut.
        let values = Distribution::values(&[DAY, 2.0 * DAY, 3.0 * DAY, 4.0 * DAY], &[1.0; 4]);
        let law = truncated(values.expect("valid"), 2.0 * DAY, 3.0 * DAY);
        assert_moments(&law, 2.5 * DAY, 0.5 * DAY);
        let mixture = vec![(0.5, gamma(2.0, DAY)), (0.5, Distribution::exponential(9.0 * DAY))];
        assert_drawn(&truncated(Distribution::mixture(mixture).expect("valid"), DAY, 6.0 * DAY));
        // Cut twice is cut once.
        let twice = truncated(Distribution::exponential(DAY), 0.0, 2.0 * DAY);
        let twice = truncated(twice, 0.0, DAY);
        let once = truncated(Distribution::exponential(DAY), 0.0, DAY);
        assert!((twice.mean() / once.mean() - 1.0).abs() < 1e-9);
    }

    #[test]
    fn a_gamma_cut_at_its_mean_has_its_published_share() {
        // Erlang of 2 stages below its mean: 1 - 3 e^-2.
        let share = gamma(2.0, DAY).share_between(0.0, 2.0 * DAY);
        assert!((share - (1.0 - 3.0 * (-2.0_f64).exp())).abs() < 1e-12, "{share}");
        assert!((gamma(9_000.0, 1.0).share_between(0.0, f64::INFINITY) - 1.0).abs() < 1e-12);
        assert!((gamma(9_000.0, 1.0).share_between(0.0, 9_000.0) - 0.5).abs() < 0.01);
        assert!(gamma(9_000.0, 1.0).share_between(0.0, 7_000.0) < 1e-12);
    }

    #[test]
    fn a_lognormal_by_mean_and_median_is_the_one_by_mean_and_sd() {
        let by_median = Distribution::lognormal_by_median(16.2, 8.5);
        let by_sd = Distribution::lognormal(16.2, by_median.sd());
        assert!((by_median.mean() - 16.2).abs() < 1e-9);
        assert!((by_sd.share_between(0.0, 8.5) - 0.5).abs() < 1e-9);
        assert!((by_median.share_between(0.0, 8.5) - 0.5).abs() < 1e-9);
    }

    #[test]
    fn what_leaves_too_little_of_a_law_is_no_truncation() {
        let law = || Distribution::exponential(DAY);
        assert!(Distribution::truncated(law(), 5.0 * DAY, f64::INFINITY).is_err());
        assert!(Distribution::truncated(law(), 4.0 * DAY, f64::INFINITY).is_ok());
    }
}
