//! Markov chains, solved.

use std::collections::BTreeMap;

/// The stationary distribution of a Markov chain from its rates, by the elimination of Grassmann,
/// Taksar and Heyman (*Operations Research* 33(5), 1985), which subtracts nothing.
pub(super) fn stationary(mut rates: Vec<Vec<f64>>) -> Vec<f64> {
    let states = rates.len();
    for last in (1..states).rev() {
        let out: f64 = rates[last][..last].iter().sum();
        assert!(out > 0.0, "the chain is irreducible");
        let row = rates[last].clone();
        for from in &mut rates[..last] {
            let through = from[last] / out;
            if through > 0.0 {
                from[..last].iter_mut().zip(&row).for_each(|(rate, on)| *rate += through * on);
            }
            from[last] = through;
        }
    }
    let mut chances = vec![1.0];
    while chances.len() < states {
        let state = chances.len();
        let into = chances.iter().zip(&rates).map(|(chance, row)| chance * row[state]).sum();
        chances.push(into);
    }
    let total: f64 = chances.iter().sum();
    chances.iter().map(|chance| chance / total).collect()
}

#[test]
fn the_solver_of_chains_knows_a_queue_with_a_limit() {
    // M/M/1/4 with load 1/2: chances fall by half from state to state.
    let mut rates = vec![vec![0.0; 5]; 5];
    for (below, above) in (0..4).zip(1..) {
        rates[below][above] = 1.0;
        rates[above][below] = 2.0;
    }
    let chances = stationary(rates);
    for (state, chance) in chances.iter().enumerate() {
        let expected = 0.5_f64.powi(state as i32) * 16.0 / 31.0;
        assert!((chance - expected).abs() < 1e-12, "{chances:?}");
    }
}

/// A chain found from a state and the moves that lead on, each with its rate; and how much of the time
/// it is in each state.
pub(super) struct Chain<S> {
    chances: Vec<(S, f64)>,
}

impl<S: Ord + Clone> Chain<S> {
    /// Solves the chain by sweeps of Gauss and Seidel, until a sweep changes nothing.
    pub(super) fn of(start: S, moves: impl Fn(&S) -> Vec<(S, f64)>) -> Chain<S> {
        let mut index = BTreeMap::from([(start.clone(), 0_usize)]);
        let mut states = vec![start];
        // By state: from where and how fast it is come to; and how fast it is left.
        let mut into: Vec<Vec<(usize, f64)>> = vec![Vec::new()];
        let mut out = Vec::new();
        let mut from = 0;
        while from < states.len() {
            let mut rate_out = 0.0;
            for (to, rate) in moves(&states[from]) {
                let at = *index.entry(to.clone()).or_insert_with(|| {
                    states.push(to);
                    into.push(Vec::new());
                    states.len() - 1
                });
                if at != from {
                    into[at].push((from, rate));
                    rate_out += rate;
                }
            }
            out.push(rate_out);
            from += 1;
        }
        let mut chances = vec![1.0 / states.len() as f64; states.len()];
        for sweep in 0.. {
            assert!(sweep < 100_000, "the sweeps settle");
            let mut changed = 0.0_f64;
            for at in 0..states.len() {
                let inflow: f64 = into[at].iter().map(|(from, rate)| chances[*from] * rate).sum();
                let chance = inflow / out[at];
                changed = changed.max((chance - chances[at]).abs());
                chances[at] = chance;
            }
            let total: f64 = chances.iter().sum();
            chances.iter_mut().for_each(|chance| *chance /= total);
            if changed < 1e-13 {
                break;
            }
        }
        Chain { chances: states.into_iter().zip(chances).collect() }
    }

    /// The mean of something over time.
    pub(super) fn mean(&self, value: impl Fn(&S) -> f64) -> f64 {
        self.chances.iter().map(|(state, chance)| chance * value(state)).sum()
    }

    /// The share of time in which something holds.
    pub(super) fn share(&self, holds: impl Fn(&S) -> bool) -> f64 {
        self.mean(|state| f64::from(u8::from(holds(state))))
    }
}

#[test]
fn the_solver_of_chains_that_are_explored_knows_erlangs_loss() {
    // M/M/3/3 with load 2: the third state holds 8/6 / (1 + 2 + 2 + 8/6) = 4/19 of the time.
    let chain = Chain::of(0_u32, |&busy| {
        let mut moves = Vec::new();
        if busy < 3 {
            moves.push((busy + 1, 2.0));
        }
        if busy > 0 {
            moves.push((busy - 1, f64::from(busy)));
        }
        moves
    });
    assert!((chain.share(|busy| *busy == 3) - 4.0 / 19.0).abs() < 1e-12);
    assert!((chain.mean(|busy| f64::from(*busy)) - 2.0 * 15.0 / 19.0).abs() < 1e-12);
}
