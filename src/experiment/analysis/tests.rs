//! What analyses of known functions find.

use std::f64::consts::PI;

use super::*;
use crate::experiment::design::{Axis, Design, lay_out};
use crate::model::measures::Better;

/// A sweep of a known function of factors that run from 0 to 1; each is a lever unless it is named.
fn swept(
    design: Design,
    factors: usize,
    uncertainties: &[usize],
    of: impl Fn(&[f64], u32) -> Vec<f64>,
) -> Swept {
    let path = |factor: usize| format!("f{factor}");
    let axes = (0..factors).map(|it| Axis { path: path(it), levels: 5 }).collect::<Vec<_>>();
    let points = lay_out(design, &axes, 1).expect("it can be laid out");
    let replications = 4;
    let point = |(number, it): (u64, crate::experiment::design::DesignPoint)| {
        let by_replication: Vec<Vec<f64>> =
            (0..replications).map(|replication| of(&it.coordinates, replication)).collect();
        let outcomes = (0..by_replication[0].len())
            .map(|measure| by_replication.iter().map(|values| values[measure]).collect());
        Point {
            number,
            part: it.part,
            index: it.index as u64,
            outcomes: outcomes.collect(),
            values: it.coordinates,
        }
    };
    let points: Vec<Point> = (0..).zip(points.iter()).map(point).collect();
    let kind = |it: usize| match uncertainties.contains(&it) {
        true => Kind::Uncertainty,
        false => Kind::Lever,
    };
    Swept {
        replications,
        factors: (0..factors)
            .map(|it| Factor { path: path(it), kind: kind(it), unit: None, labels: None })
            .collect(),
        measures: (0..points[0].outcomes.len())
            .map(|it| Kept { name: format!("m{it}"), unit: String::new() })
            .collect(),
        points,
        ..Swept::default()
    }
}

fn ask(swept: &Swept) -> Causes {
    let questions = Questions { measures: vec![0], ..Questions::default() };
    Analysis::of(swept, &questions).causes.remove(0)
}

fn saltelli(base_points: u32) -> Design {
    Design::Saltelli { base_points }
}

/// Whether found shares are near known ones, and their intervals hold them.
fn assert_shares(swept: &Swept, known: &[(f64, f64)], tolerance: f64) {
    let found = ask(swept).shares.expect("the design is Saltelli's");
    assert_eq!(found.len(), known.len());
    for (factor, (it, (first, total))) in found.iter().zip(known).enumerate() {
        for (estimate, truth) in [(it.first, first), (it.total, total)] {
            assert!((estimate.mean - truth).abs() < tolerance, "{factor}: {estimate:?} {truth}");
            let (lower, upper) = (estimate.lower - 1e-9, estimate.upper + 1e-9);
            assert!((lower..=upper).contains(truth), "{factor}: {estimate:?} {truth}");
        }
    }
}

#[test]
fn the_shares_of_ishigamis_function_are_the_known_ones() {
    // Ishigami and Homma (1990): sin x1 + 7 sin^2 x2 + 0.1 x3^4 sin x1 on -pi to pi. With a = 7 and
    // b = 0.1: V1 = (1 + b pi^4 / 5)^2 / 2, V2 = a^2 / 8, V13 = b^2 pi^8 (1/18 - 1/50), V3 = 0.
    let (v1, v2) = (0.5 * (1.0 + 0.1 * PI.powi(4) / 5.0).powi(2), 49.0 / 8.0);
    let v13 = 0.01 * PI.powi(8) * (1.0 / 18.0 - 1.0 / 50.0);
    let v = v1 + v2 + v13;
    // The published figures: 0.3139, 0.4424, 0; 0.5576, 0.4424, 0.2437.
    assert!((v1 / v - 0.3139).abs() < 1e-4 && (v13 / v - 0.2437).abs() < 1e-4);
    let ishigami = |x: &[f64], replication: u32| {
        let x: Vec<f64> = x.iter().map(|unit| (2.0 * unit - 1.0) * PI).collect();
        // The replications differ, but their mean is the function.
        let people = f64::from(replication) - 1.5;
        let bend = 7.0 * x[1].sin().powi(2) + 0.1 * x[2].powi(4) * x[0].sin();
        vec![x[0].sin() + bend + people]
    };
    let swept = swept(saltelli(1024), 3, &[], ishigami);
    assert_shares(&swept, &[(v1 / v, (v1 + v13) / v), (v2 / v, v2 / v), (0.0, v13 / v)], 0.03);
}

#[test]
fn the_shares_of_sobols_g_function_are_the_known_ones() {
    // g = product of (|4 x - 2| + a) / (1 + a); each part has mean 1 and variance 1 / (3 (1 + a)^2).
    let a = [0.0, 1.0, 4.5, 9.0, 99.0, 99.0];
    let part = a.map(|a: f64| 1.0 / (3.0 * (1.0 + a).powi(2)));
    let all: f64 = part.iter().map(|v| 1.0 + v).product();
    let total = |v: f64| v * all / (1.0 + v) / (all - 1.0);
    let known: Vec<(f64, f64)> = part.iter().map(|v| (v / (all - 1.0), total(*v))).collect();
    let g = |x: &[f64], _| {
        vec![x.iter().zip(a).map(|(x, a)| ((4.0 * x - 2.0).abs() + a) / (1.0 + a)).product()]
    };
    assert_shares(&swept(saltelli(1024), 6, &[], g), &known, 0.03);
}

#[test]
fn elementary_effects_are_exact_where_they_can_be_worked_out() {
    // 3 x1 - 2 x2 + 0 x3: effects 3, -2 and 0 everywhere. And x4 x5, whose effects are the other.
    let of = |x: &[f64], _| vec![3.0 * x[0] - 2.0 * x[1], x[3] * x[4]];
    for levels in [4, 6] {
        let design = Design::Morris { trajectories: 40, levels };
        let swept = swept(design, 5, &[], of);
        let found = ask(&swept).elementary.expect("there are trajectories");
        for (it, effect) in found.iter().zip([3.0_f64, -2.0, 0.0, 0.0, 0.0]) {
            assert!((it.mu.mean - effect).abs() < 1e-9, "{it:?} {effect}");
            assert!((it.mu_star.mean - effect.abs()).abs() < 1e-9 && it.sigma < 1e-9);
        }
        let found = effects::elementary(&swept, 1).expect("there are trajectories");
        // The other is at an even chance at any level from 0 to 1.
        let levels = f64::from(levels);
        let mean = 0.5;
        let sd = ((levels + 1.0) / (12.0 * (levels - 1.0))).sqrt();
        for it in &found[3..] {
            assert!((it.mu_star.mean - mean).abs() < 4.0 * sd / 40_f64.sqrt(), "{it:?}");
            assert!((it.sigma / sd - 1.0).abs() < 0.35, "{it:?} {sd}");
        }
    }
}

#[test]
fn main_effects_are_changes_over_the_whole_way_of_a_factor() {
    let of = |x: &[f64], _| vec![10.0 + 3.0 * x[0] - 2.0 * x[1]];
    for design in [Design::Grid, Design::LatinHypercube { points: 30 }, saltelli(16)] {
        let swept = swept(design, 2, &[], of);
        let main = ask(&swept).main.expect("the points are spread");
        for (factor, effect) in [(0, 3.0), (1, -2.0)] {
            let it = &main.lines[factor];
            let effect: f64 = effect * (it.to - it.from);
            assert!((it.change.mean - effect).abs() < 1e-9, "{it:?}");
            assert!(it.change.half_width() < 1e-6);
        }
        assert!((main.explained - 1.0).abs() < 1e-9);
    }
}

#[test]
fn labels_are_compared_with_the_first_of_them() {
    let mut swept =
        swept(Design::Grid, 2, &[], |x, _| vec![2.0 * x[1] + [5.0, 7.0][(x[0] > 0.4) as usize]]);
    for point in &mut swept.points {
        point.values[0] = f64::from(u8::from(point.values[0] > 0.4));
    }
    swept.factors[0].labels = Some(vec!["off".to_owned(), "on".to_owned()]);
    let main = ask(&swept).main.expect("the points are spread");
    assert_eq!(main.lines.len(), 2);
    assert!((main.lines[0].change.mean - 2.0).abs() < 1e-9);
    assert_eq!(swept.factors[0].show(main.lines[0].to), "on");
}

#[test]
fn what_a_design_does_not_allow_for_is_said() {
    let of = |x: &[f64], _| vec![x[0] + x[1]];
    let grid = ask(&swept(Design::Grid, 2, &[], of));
    assert_eq!(grid.shares.err(), Some(Missing::NeedsSaltelli));
    assert_eq!(grid.elementary.err(), Some(Missing::NeedsMorris));
    let morris = ask(&swept(Design::Morris { trajectories: 5, levels: 4 }, 2, &[], of));
    assert_eq!(morris.main.err(), Some(Missing::TrajectoriesInstead));
    let few = ask(&swept(Design::LatinHypercube { points: 3 }, 2, &[], of));
    assert_eq!(few.main.err(), Some(Missing::TooFewPoints { least: 4 }));
    let still = ask(&swept(saltelli(8), 2, &[], |_, _| vec![1.0]));
    assert_eq!(still.shares.err(), Some(Missing::NothingVaries));
}

#[test]
fn a_region_tells_what_to_choose_and_under_which_circumstances() {
    // It holds where the lever is high and the uncertainty low; the third does not matter.
    let of = |x: &[f64], _| vec![if x[0] > 0.5 && x[1] < 0.6 { 1.0 } else { 3.0 }];
    let swept = swept(Design::Sobol { points: 512 }, 3, &[1], of);
    let holds = vec!["m0<2".parse().expect("it is a condition")];
    let analysis = Analysis::of(&swept, &Questions { holds, ..Questions::default() });
    let regions = analysis.regions.expect("it was asked").expect("there are enough points");
    assert!((regions.holding as f64 / 512.0 - 0.3).abs() < 0.01);
    let found = &regions.boxes[0];
    assert!(found.density >= WANTED && found.coverage > 0.9, "{found:?}");
    let factors: Vec<usize> = found.limits.iter().map(|limit| limit.factor).collect();
    assert_eq!(factors, [0, 1]);
    assert!((found.limits[0].low - 0.5).abs() < 0.08 && (found.limits[1].high - 0.6).abs() < 0.08);
    // The lever alone cannot make it hold in nine of ten points.
    let by_levers = regions.by_levers.expect("there are both kinds").expect("there is some box");
    assert!(by_levers.limits.iter().all(|limit| limit.factor == 0));
    assert!((by_levers.density - 0.6).abs() < 0.1, "{by_levers:?}");
}

#[test]
fn a_front_is_of_choices_and_keeps_those_that_cannot_be_told_from_it() {
    // The first lever trades one count against the other; the second only costs, and hardly so at its
    // second level, where replications differ more than that.
    let of = |x: &[f64], replication: u32| {
        let chance = f64::from(replication % 2) - 0.5;
        let cost = if x[1] < 0.3 { x[1] * (0.01 + chance) } else { x[1] };
        vec![x[0] + cost + x[2], 1.0 - x[0] + x[2]]
    };
    let swept = swept(Design::Grid, 3, &[2], of);
    let aims = ["m0", "m1"];
    let aims = aims.map(|it| Aim { measure: it.to_owned(), better: Better::Lower }).to_vec();
    let analysis = Analysis::of(&swept, &Questions { aims, ..Questions::default() });
    let front = analysis.front.expect("it was asked for");
    assert_eq!(front.choices.len(), 25, "points that differ in uncertainties only are one choice");
    assert!(front.with_uncertainties && front.fewest_points == 5);
    for choice in &front.choices {
        let expected = match choice.levers[1] {
            0.0 => Standing::OnFront,
            level if level < 0.3 => Standing::NearFront,
            _ => Standing::Beaten,
        };
        assert_eq!(choice.standing, expected, "{choice:?}");
    }
}

#[test]
fn more_is_better_where_it_is() {
    let swept = swept(Design::Grid, 1, &[], |x, _| vec![x[0], x[0]]);
    let aim = |measure: &str, better| Aim { measure: measure.to_owned(), better };
    let aims = vec![aim("m0", Better::Lower), aim("m1", Better::Higher)];
    let analysis = Analysis::of(&swept, &Questions { aims, ..Questions::default() });
    let choices = analysis.front.expect("it was asked for").choices;
    assert!(choices.iter().all(|choice| choice.standing == Standing::OnFront));
}

#[test]
fn a_map_averages_over_what_it_does_not_show() {
    let swept = swept(Design::Grid, 3, &[], |x, _| vec![10.0 * x[0] + x[1] + 100.0 * x[2]]);
    let questions = Questions { measures: vec![0], maps: vec![[0, 1]], ..Questions::default() };
    let map = &Analysis::of(&swept, &questions).maps[0];
    assert_eq!((map.cells[0].len(), map.cells[1].len(), map.fewest_points), (5, 5, 5));
    for (row, means) in map.means.iter().enumerate() {
        for (column, mean) in means.iter().enumerate() {
            let known = 10.0 * column as f64 / 4.0 + row as f64 / 4.0 + 50.0;
            assert!((mean - known).abs() < 1e-9);
        }
    }
    // By itself, the two factors that matter most.
    let questions = Questions { measures: vec![0], ..Questions::default() };
    assert_eq!(Analysis::of(&swept, &questions).maps[0].factors, [2, 0]);
}
