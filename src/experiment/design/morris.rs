//! Morris's trajectories: each step changes one factor, and every factor once.

use crate::random::Key;

/// Trajectories on a grid of the unit cube (Morris, 1991, *Factorial sampling plans for preliminary
/// computational experiments*, Technometrics 33, 161-174).
///
/// A coordinate is one of `levels` equally spaced ones from 0 to 1, and a step moves it by
/// delta = levels / (2 (levels - 1)): up from the lower half of the levels and down from the upper,
/// so that every level is as likely as any other, both before and after a step.
#[derive(Debug, Clone)]
pub(super) struct Morris {
    key: Key,
    levels: u32,
    factors: usize,
}

impl Morris {
    /// Trajectories over so many levels, an even number.
    pub(super) fn new(levels: u32, factors: usize, key: Key) -> Morris {
        Morris { key, levels, factors }
    }

    /// The point of a trajectory after so many steps.
    pub(super) fn point(&self, trajectory: u64, steps: usize) -> Vec<f64> {
        let key = self.key.part(trajectory);
        let draw = |factor: usize, purpose| key.part(factor as u64).draw(purpose, 0);
        let (start, order) = (Key::of_name("start"), Key::of_name("order"));
        // Factors in the order of random numbers are factors in random order.
        let mut moved: Vec<(u64, usize)> =
            (0..self.factors).map(|factor| (draw(factor, order).bits(), factor)).collect();
        moved.sort_unstable();
        let mut level: Vec<u32> = (0..self.factors)
            .map(|factor| (draw(factor, start).unit() * f64::from(self.levels)) as u32)
            .collect();
        for (_, factor) in &moved[..steps] {
            let half = self.levels / 2;
            level[*factor] = (level[*factor] + half) % self.levels;
        }
        level.iter().map(|level| f64::from(*level) / f64::from(self.levels - 1)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_step_moves_one_factor_by_delta_and_every_factor_once() {
        for levels in [2_u32, 4, 8] {
            let delta = f64::from(levels) / (2.0 * (f64::from(levels) - 1.0));
            let morris = Morris::new(levels, 5, Key::of_name("test"));
            for trajectory in 0..30 {
                let mut moved = Vec::new();
                for step in 0..5 {
                    let [from, to] = [step, step + 1].map(|steps| morris.point(trajectory, steps));
                    let mut changes = (0..5).filter(|&f| (from[f] - to[f]).abs() > 1e-12);
                    let factor = changes.next().expect("a step moves a factor");
                    assert!(((from[factor] - to[factor]).abs() - delta).abs() < 1e-12);
                    assert!(changes.next().is_none(), "it moves one factor only");
                    assert!(to.iter().all(|coordinate| (0.0..=1.0).contains(coordinate)));
                    moved.push(factor);
                }
                moved.sort_unstable();
                assert_eq!(moved, [0, 1, 2, 3, 4]);
            }
        }
    }

    #[test]
    fn every_level_and_either_direction_is_as_likely_as_any_other() {
        let morris = Morris::new(4, 1, Key::of_name("test"));
        let mut counts = [0_u32; 4];
        for trajectory in 0..4_000 {
            counts[(morris.point(trajectory, 0)[0] * 3.0).round() as usize] += 1;
        }
        // Four standard errors of a count of 1,000 from 4,000.
        assert!(counts.iter().all(|count| count.abs_diff(1_000) < 110), "{counts:?}");
    }
}
