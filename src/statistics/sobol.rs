//! Sobol' indices: which share of an outcome's variance comes from which factor.

/// The shares of one factor. Estimates may lie a little outside of 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SobolIndices {
    /// Share of the variance that goes if the factor is known: its effect by itself.
    pub first: f64,
    /// Share of the variance that stays if all others are known: its effect together with all others.
    pub total: f64,
}

/// Outcomes of Saltelli's design.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SaltelliOutcomes {
    /// At the points of the first set.
    pub a: Vec<f64>,
    /// At those of the second.
    pub b: Vec<f64>,
    /// By factor, at the points of the first set with that factor as in the second.
    pub mixed: Vec<Vec<f64>>,
}

impl SaltelliOutcomes {
    /// The indices of all factors from the base points that are named, some perhaps several times as
    /// in a bootstrap; not a number if the outcome does not vary.
    ///
    /// First order by Saltelli et al. (2010), *Variance based sensitivity analysis of model output*,
    /// Comput. Phys. Commun. 181, 259-270, equation (b) of its table 2; total by Jansen (1999),
    /// equation (f) there. Outcomes are centred first, which the first needs to be precise.
    pub fn indices(&self, rows: &[usize]) -> Vec<SobolIndices> {
        let n = rows.len() as f64;
        let sum = |of: &dyn Fn(usize) -> f64| rows.iter().map(|row| of(*row)).sum::<f64>();
        let mean = sum(&|row| self.a[row] + self.b[row]) / (2.0 * n);
        let square = |value: f64| (value - mean) * (value - mean);
        let variance = sum(&|row| square(self.a[row]) + square(self.b[row])) / (2.0 * n);
        let of = |mixed: &Vec<f64>| SobolIndices {
            first: sum(&|row| (self.b[row] - mean) * (mixed[row] - self.a[row])) / n / variance,
            total: sum(&|row| (self.a[row] - mixed[row]).powi(2)) / (2.0 * n) / variance,
        };
        self.mixed.iter().map(of).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_points_by_hand() {
        // y = x1 + 2 x2 at A = (0, 0), (1, 1) and B = (1, 0), (0, 1): a = 0, 3; b = 1, 2; with the
        // first factor of B: 1, 2; with the second: 0, 3. Mean 1.5, variance (2.25 x 2 + 0.25 x 2) / 4.
        let outcomes = SaltelliOutcomes {
            a: vec![0.0, 3.0],
            b: vec![1.0, 2.0],
            mixed: vec![vec![1.0, 2.0], vec![0.0, 3.0]],
        };
        let [one, other] = outcomes.indices(&[0, 1])[..] else { panic!("two factors") };
        // ((-0.5)(1) + (0.5)(-1)) / 2 / 1.25 = -0.4; (1 + 1) / 4 / 1.25 = 0.4.
        assert!((one.first + 0.4).abs() < 1e-12 && (one.total - 0.4).abs() < 1e-12, "{one:?}");
        assert!(other.first.abs() < 1e-12 && other.total.abs() < 1e-12, "{other:?}");
    }

    #[test]
    fn what_does_not_vary_has_no_indices() {
        let outcomes = SaltelliOutcomes { a: vec![1.0], b: vec![1.0], mixed: vec![vec![1.0]] };
        assert!(outcomes.indices(&[0])[0].first.is_nan());
    }
}
