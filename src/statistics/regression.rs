//! A straight line through outcomes in several factors, by least squares.

use super::estimate::student_t;
use super::{CONFIDENCE, Estimate};

/// How an outcome moves with each factor, the others being equal.
#[derive(Debug, Clone, PartialEq)]
pub struct Regression {
    /// The change of the outcome for each unit of each factor, with the interval of Student's t.
    pub slopes: Vec<Estimate>,
    /// The share of the outcome's variance that the lines explain [0-1]; not a number if it does not
    /// vary.
    pub explained: f64,
}

impl Regression {
    /// Fits outcomes at points: the factors of each, and what came out.
    ///
    /// `None` if the points are too few, or a factor does not vary or moves with others.
    pub fn of(points: &[(Vec<f64>, f64)]) -> Option<Regression> {
        let factors = points.first()?.0.len();
        let freedom = points.len().checked_sub(factors + 1).filter(|rest| *rest > 0)?;
        let n = points.len() as f64;
        let mean = |values: &mut dyn Iterator<Item = f64>| values.sum::<f64>() / n;
        let centre = (0..factors).map(|factor| mean(&mut points.iter().map(|it| it.0[factor])));
        let centre: Vec<f64> = centre.collect();
        let middle = mean(&mut points.iter().map(|point| point.1));
        let mut normal = vec![vec![0.0; factors]; factors];
        let mut right = vec![0.0; factors];
        for (at, outcome) in points {
            let away: Vec<f64> = at.iter().zip(&centre).map(|(x, centre)| x - centre).collect();
            for (row, x) in normal.iter_mut().zip(&away) {
                row.iter_mut().zip(&away).for_each(|(cell, y)| *cell += x * y);
            }
            right.iter_mut().zip(&away).for_each(|(cell, x)| *cell += x * (outcome - middle));
        }
        let inverse = inverse(normal)?;
        let slopes: Vec<f64> = inverse.iter().map(|row| dot(row, &right)).collect();
        let total: f64 = points.iter().map(|point| (point.1 - middle).powi(2)).sum();
        let rest: f64 = points
            .iter()
            .map(|(at, outcome)| {
                let away = at.iter().zip(&centre).map(|(x, centre)| x - centre);
                let fitted: f64 = away.zip(&slopes).map(|(x, slope)| x * slope).sum();
                (outcome - middle - fitted).powi(2)
            })
            .sum();
        let variance = rest / freedom as f64;
        let (freedom, n) = (u32::try_from(freedom).ok()?, u32::try_from(points.len()).ok()?);
        let estimates = slopes.iter().enumerate().map(|(factor, &slope)| {
            let half = student_t(freedom, CONFIDENCE) * (variance * inverse[factor][factor]).sqrt();
            Estimate { mean: slope, lower: slope - half, upper: slope + half, n }
        });
        Some(Regression { slopes: estimates.collect(), explained: 1.0 - rest / total })
    }
}

fn dot(one: &[f64], other: &[f64]) -> f64 {
    one.iter().zip(other).map(|(one, other)| one * other).sum()
}

/// The inverse of a symmetric matrix by Gauss and Jordan, largest pivots first; `None` if it has none.
fn inverse(mut matrix: Vec<Vec<f64>>) -> Option<Vec<Vec<f64>>> {
    let size = matrix.len();
    let scale: Vec<f64> = (0..size).map(|at| matrix[at][at]).collect();
    for (at, row) in matrix.iter_mut().enumerate() {
        row.extend((0..size).map(|column| f64::from(u8::from(column == at))));
    }
    for column in 0..size {
        let larger = |one: &usize, other: &usize| {
            matrix[*one][column].abs().total_cmp(&matrix[*other][column].abs())
        };
        let pivot = (column..size).max_by(larger)?;
        if matrix[pivot][column].abs() <= 1e-9 * scale[column] {
            return None;
        }
        matrix.swap(column, pivot);
        let divisor = matrix[column][column];
        matrix[column].iter_mut().for_each(|cell| *cell /= divisor);
        let chosen = matrix[column].clone();
        for (at, row) in matrix.iter_mut().enumerate() {
            let factor = row[column];
            if at != column {
                row.iter_mut().zip(&chosen).for_each(|(cell, other)| *cell -= factor * other);
            }
        }
    }
    Some(matrix.into_iter().map(|mut row| row.split_off(size)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn longleys_data_give_the_slopes_that_nist_certifies() {
        // NIST's reference dataset Longley: certified slopes, their standard deviations and R squared.
        let rows = [
            [60323.0, 83.0, 234289.0, 2356.0, 1590.0, 107608.0, 1947.0],
            [61122.0, 88.5, 259426.0, 2325.0, 1456.0, 108632.0, 1948.0],
            [60171.0, 88.2, 258054.0, 3682.0, 1616.0, 109773.0, 1949.0],
            [61187.0, 89.5, 284599.0, 3351.0, 1650.0, 110929.0, 1950.0],
            [63221.0, 96.2, 328975.0, 2099.0, 3099.0, 112075.0, 1951.0],
            [63639.0, 98.1, 346999.0, 1932.0, 3594.0, 113270.0, 1952.0],
            [64989.0, 99.0, 365385.0, 1870.0, 3547.0, 115094.0, 1953.0],
            [63761.0, 100.0, 363112.0, 3578.0, 3350.0, 116219.0, 1954.0],
            [66019.0, 101.2, 397469.0, 2904.0, 3048.0, 117388.0, 1955.0],
            [67857.0, 104.6, 419180.0, 2822.0, 2857.0, 118734.0, 1956.0],
            [68169.0, 108.4, 442769.0, 2936.0, 2798.0, 120445.0, 1957.0],
            [66513.0, 110.8, 444546.0, 4681.0, 2637.0, 121950.0, 1958.0],
            [68655.0, 112.6, 482704.0, 3813.0, 2552.0, 123366.0, 1959.0],
            [69564.0, 114.2, 502601.0, 3931.0, 2514.0, 125368.0, 1960.0],
            [69331.0, 115.7, 518173.0, 4806.0, 2572.0, 127852.0, 1961.0],
            [70551.0, 116.9, 554894.0, 4007.0, 2827.0, 130081.0, 1962.0],
        ];
        let points: Vec<_> = rows.iter().map(|row| (row[1..].to_vec(), row[0])).collect();
        let found = Regression::of(&points).expect("it can be fitted");
        let certified = [
            (15.061_872_271_373_3, 84.914_925_774_766_9),
            (-0.035_819_179_292_591_0, 0.033_491_007_772_243_2),
            (-2.020_229_803_816_83, 0.488_399_681_651_699),
            (-1.033_226_867_173_59, 0.214_274_163_161_675),
            (-0.051_104_105_653_580_7, 0.226_073_200_069_370),
            (1_829.151_464_613_55, 455.478_499_142_212),
        ];
        for (slope, (value, sd)) in found.slopes.iter().zip(certified) {
            assert!((slope.mean / value - 1.0).abs() < 1e-5, "{slope:?} {value}");
            // t(9) = 2.262157.
            assert!((slope.half_width() / (2.262_157 * sd) - 1.0).abs() < 1e-5, "{slope:?} {sd}");
        }
        assert!((found.explained - 0.995_479_004_577_296).abs() < 1e-9);
    }

    #[test]
    fn what_cannot_be_fitted_is_not() {
        let point = |x: f64, y: f64| (vec![x, y], x + y);
        assert!(Regression::of(&[point(0.0, 0.0), point(1.0, 0.0), point(0.0, 1.0)]).is_none());
        let together: Vec<_> = (0..9).map(|x| point(f64::from(x), f64::from(2 * x))).collect();
        assert!(Regression::of(&together).is_none(), "one factor is twice the other");
        let still: Vec<_> = (0..9).map(|x| point(f64::from(x), 1.0)).collect();
        assert!(Regression::of(&still).is_none(), "a factor does not vary");
        assert!(Regression::of(&[]).is_none());
    }
}
