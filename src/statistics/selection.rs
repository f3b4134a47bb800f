//! Which of several options is best, or which reach a target, with a stated chance of being right.
//!
//! Both procedures look at the options after each replication and drop those that are clear, so that
//! most of the work goes to the few that are close. Replication k of all options may share its random
//! numbers; the closer the options move together, the sooner they are told apart. The guarantees are
//! those of normal values that are independent from replication to replication.

use super::Moments;

/// Chooses the option with the lowest mean: the procedure KN++ of Kim and Nelson (2006), *On the
/// asymptotic validity of fully sequential selection procedures for steady-state simulation*, Operations
/// Research 54, 475-488, with c = 1 and batches of one replication, as replications are independent.
///
/// It is the procedure KN (Kim and Nelson, 2001, ACM TOMACS 11, 251-273) with variances that are
/// estimated anew from all replications whenever their number has doubled, and with a triangle for as
/// many degrees of freedom: it is narrower, and does not stand on the luck of the first stage.
///
/// If the best is better than all others by at least `zone`, it is chosen with at least the chance
/// asked for; if others are closer, one of them may be chosen, which is at most `zone` worse. That holds
/// in the limit of small zones; tests count how often it does for those that are not small.
#[derive(Debug, Clone)]
pub struct Selection {
    triangle: Triangle,
    /// The chance of being wrong about one of two.
    error: f64,
    /// Options that are still in, in ascending order.
    alive: Vec<usize>,
    /// The sums of their values, by option.
    sums: Vec<f64>,
    /// The differences of each two so far; those of options that are out are not kept up.
    differences: Vec<Vec<Moments>>,
    /// Their variances when they were estimated last; empty before the end of the first stage.
    variances: Vec<Vec<f64>>,
    taken: u32,
    /// After so many replications variances are estimated anew.
    update_at: u32,
}

/// Whether an option's mean is at or below a limit: the sequential test of Batur and Kim (2010),
/// *Finding feasible systems in the presence of constraints on multiple performance measures*, ACM
/// TOMACS 20, 13:1-13:26, for one constraint.
///
/// If the mean is farther than `zone` from the limit, the answer is right with at least the chance
/// asked for.
#[derive(Debug, Clone)]
pub struct Feasibility {
    triangle: Triangle,
    limit: f64,
    first_stage: Vec<f64>,
    sum: f64,
    variance: f64,
    taken: u32,
    verdict: Option<bool>,
}

/// The triangle that a sum of differences must leave for its sign to be believed.
#[derive(Debug, Clone, Copy)]
struct Triangle {
    zone: f64,
    /// Replications from which the variances are estimated.
    known_from: u32,
    /// h squared.
    size: f64,
}

impl Triangle {
    /// A sum of normal values whose mean is at least `zone` leaves the triangle on the wrong side with
    /// a chance of at most `error`.
    fn new(error: f64, zone: f64, known_from: u32) -> Triangle {
        let freedom = f64::from(known_from - 1);
        let eta = 0.5 * ((2.0 * error).powf(-2.0 / freedom) - 1.0);
        Triangle { zone, known_from, size: 2.0 * eta * freedom }
    }

    /// How far a sum after so many values must be from 0.
    fn width(&self, variance: f64, taken: u32) -> f64 {
        let start = self.size * variance / (2.0 * self.zone);
        (start - self.zone * f64::from(taken) / 2.0).max(0.0)
    }

    /// After how many values the triangle has ended.
    fn end(&self, variance: f64) -> f64 {
        (self.size * variance / (self.zone * self.zone)).ceil().max(f64::from(self.known_from))
    }
}

impl Selection {
    /// Among so many options, with at most the chance `error` of being wrong; differences below `zone`
    /// are not worth telling. The first look is after `first_stage` replications.
    ///
    /// # Panics
    /// If there are no options, `zone` is not above 0, `error` not between 0 and 0.5, or the first
    /// stage has fewer than two replications.
    pub fn new(options: usize, error: f64, zone: f64, first_stage: u32) -> Selection {
        assert!(options > 0 && zone > 0.0 && error > 0.0 && error < 0.5 && first_stage > 1);
        let error = error / options.saturating_sub(1).max(1) as f64;
        Selection {
            triangle: Triangle::new(error, zone, first_stage),
            error,
            alive: (0..options).collect(),
            sums: vec![0.0; options],
            differences: vec![vec![Moments::default(); options]; options],
            variances: Vec::new(),
            taken: 0,
            update_at: first_stage,
        }
    }

    /// The options that are still in.
    pub fn alive(&self) -> &[usize] {
        &self.alive
    }

    /// The best option, once it is clear.
    pub fn chosen(&self) -> Option<usize> {
        match self.alive[..] {
            [one] if !self.variances.is_empty() => Some(one),
            _ => None,
        }
    }

    /// How many replications it may take at most if the variances are as they seem; `None` before the
    /// end of the first stage.
    pub fn at_most(&self) -> Option<f64> {
        if self.variances.is_empty() {
            return None;
        }
        let others = |one: usize| self.alive.iter().map(move |other| self.variances[one][*other]);
        let largest = self.alive.iter().flat_map(|one| others(*one)).fold(0.0, f64::max);
        Some(self.triangle.end(largest) + 1.0)
    }

    /// Takes the values of the next replication, by option; those of options that are out are not
    /// looked at.
    pub fn take(&mut self, values: &[f64]) {
        self.taken += 1;
        for &one in &self.alive {
            self.sums[one] += values[one];
            for &other in &self.alive {
                self.differences[one][other].add(values[one] - values[other]);
            }
        }
        if self.taken == self.update_at {
            let of_row = |row: &Vec<Moments>| row.iter().map(Moments::variance).collect();
            self.variances = self.differences.iter().map(of_row).collect();
            self.triangle = Triangle::new(self.error, self.triangle.zone, self.taken);
            self.update_at *= 2;
        }
        if !self.variances.is_empty() {
            self.screen();
        }
    }

    fn screen(&mut self) {
        let behind = |one: usize, other: usize| {
            let width = self.triangle.width(self.variances[one][other], self.taken);
            self.sums[one] - self.sums[other] > width
        };
        let is_out = |one: &usize| self.alive.iter().any(|other| behind(*one, *other));
        let alive: Vec<usize> = self.alive.iter().copied().filter(|one| !is_out(one)).collect();
        self.alive = alive;
        // When all triangles have ended only equals are left, and any of them is best.
        if self.at_most().is_some_and(|most| f64::from(self.taken) >= most) {
            let lowest = self.alive.iter().map(|option| self.sums[*option]);
            let lowest = lowest.fold(f64::INFINITY, f64::min);
            let sums = &self.sums;
            let best = self.alive.iter().copied().find(|option| sums[*option] <= lowest);
            self.alive = best.into_iter().collect();
        }
    }
}

impl Feasibility {
    /// Whether the mean is at or below `limit`, with at most the chance `error` of being wrong.
    ///
    /// # Panics
    /// As [`Selection::new`].
    pub fn new(error: f64, limit: f64, zone: f64, first_stage: u32) -> Feasibility {
        assert!(zone > 0.0 && error > 0.0 && error < 0.5 && first_stage > 1);
        Feasibility {
            triangle: Triangle::new(error, zone, first_stage),
            limit,
            first_stage: Vec::new(),
            sum: 0.0,
            variance: f64::NAN,
            taken: 0,
            verdict: None,
        }
    }

    /// Whether it is, once that is clear.
    pub fn verdict(&self) -> Option<bool> {
        self.verdict
    }

    /// How many replications it may take at most; `None` before the end of the first stage.
    pub fn at_most(&self) -> Option<f64> {
        (!self.variance.is_nan()).then(|| self.triangle.end(self.variance) + 1.0)
    }

    /// Takes the value of the next replication; not looked at once the answer is clear.
    pub fn take(&mut self, value: f64) {
        if self.verdict.is_some() {
            return;
        }
        self.taken += 1;
        self.sum += value - self.limit;
        if self.taken <= self.triangle.known_from {
            self.first_stage.push(value);
        }
        if self.taken == self.triangle.known_from {
            self.variance = variance(self.first_stage.iter().copied());
        }
        if self.taken >= self.triangle.known_from {
            let width = self.triangle.width(self.variance, self.taken);
            self.verdict = match () {
                () if self.sum <= -width => Some(true),
                () if self.sum >= width => Some(false),
                () => None,
            };
        }
    }
}

fn variance(values: impl Iterator<Item = f64>) -> f64 {
    let mut moments = Moments::default();
    values.for_each(|value| moments.add(value));
    moments.variance()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_constants_are_those_of_the_paper() {
        // Kim and Nelson (2001): eta = ((2 x 0.05 / 9)^(-2/9) - 1) / 2 for ten options, 95 % and ten
        // replications; h squared = 2 eta (n - 1).
        let triangle = Triangle::new(0.05 / 9.0, 1.0, 10);
        let eta = 0.5 * ((0.1_f64 / 9.0).powf(-2.0 / 9.0) - 1.0);
        assert!((triangle.size - 18.0 * eta).abs() < 1e-12);
        assert!((eta - 0.8586).abs() < 1e-3, "{eta}");
        // Half-way through, the triangle is half as wide.
        let (start, end) = (triangle.width(4.0, 0), triangle.end(4.0));
        assert!((start - triangle.size * 2.0).abs() < 1e-12 && end >= 10.0);
        assert!(triangle.width(4.0, end as u32 + 1) < 1e-12);
    }

    #[test]
    fn a_clear_winner_is_chosen_at_the_first_look() {
        let mut selection = Selection::new(3, 0.05, 1.0, 5);
        for replication in 0..5 {
            assert_eq!(selection.chosen(), None);
            let common = f64::from(replication);
            // The differences vary a little, the values much.
            let wobble = 0.01 * f64::from(replication % 2);
            selection.take(&[common + 9.0, common + wobble, common + 20.0]);
        }
        assert_eq!(selection.chosen(), Some(1));
    }

    #[test]
    fn variances_and_triangle_are_those_of_all_replications_whenever_their_number_has_doubled() {
        // Options that cannot be told apart in so few: differences of 1, 3, 1, 3, ... and of their
        // opposites, in turn.
        let mut selection = Selection::new(2, 0.05, 0.1, 4);
        let mut taken = Vec::new();
        for replication in 0..17_u32 {
            let size = if replication % 2 == 0 { 1.0 } else { 3.0 };
            let size = if replication < 4 { size } else { 2.0 * size };
            let difference = if replication / 2 % 2 == 0 { size } else { -size };
            taken.push(difference);
            selection.take(&[difference, 0.0]);
            let known_from = match replication + 1 {
                ..4 => continue,
                4..8 => 4,
                8..16 => 8,
                _ => 16,
            };
            let wanted = variance(taken[..known_from].iter().copied());
            assert!((selection.variances[0][1] - wanted).abs() < 1e-12, "{replication}");
            let triangle = Triangle::new(0.05, 0.1, known_from as u32);
            assert!((selection.triangle.size - triangle.size).abs() < 1e-12);
        }
        assert_eq!(selection.alive(), [0, 1]);
        // In the limit eta is that of a known variance: h squared is 2 ln (1 / (2 error)).
        let limit = 2.0 * (1.0_f64 / 0.1).ln();
        assert!((Triangle::new(0.05, 1.0, 100_000).size - limit).abs() < 1e-3);
    }

    #[test]
    fn equals_end_and_the_first_is_taken() {
        let mut selection = Selection::new(2, 0.05, 0.5, 5);
        for replication in 0..6 {
            selection.take(&[f64::from(replication); 2]);
        }
        assert_eq!(selection.chosen(), Some(0));
    }

    #[test]
    fn feasibility_ends_at_the_latest_when_the_triangle_does() {
        let mut feasibility = Feasibility::new(0.05, 2.0, 0.25, 5);
        let mut taken = 0;
        while feasibility.verdict().is_none() {
            // A mean of 1.99 is closer to the limit than the zone: either answer will do.
            feasibility.take(1.99 + if taken % 2 == 0 { 0.5 } else { -0.5 });
            taken += 1;
        }
        assert!(f64::from(taken) <= feasibility.at_most().expect("the first stage is over"));
        let mut clear = Feasibility::new(0.05, 2.0, 0.25, 5);
        (0..5).for_each(|it| clear.take(9.0 + 0.1 * f64::from(it)));
        assert_eq!(clear.verdict(), Some(false));
    }
}
