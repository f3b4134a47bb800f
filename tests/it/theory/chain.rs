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

/// The chances of a chain's states a time later, from its rates, by uniformisation: jumps come at the
/// greatest rate, and some of them lead nowhere.
pub(super) fn later(chances: &[f64], rates: &[Vec<f64>], time: f64) -> Vec<f64> {
    let out: Vec<f64> = rates.iter().map(|row| row.iter().sum()).collect();
    let most = out.iter().copied().fold(0.0, f64::max);
    let jump = |chances: &[f64]| -> Vec<f64> {
        let stays = |state: usize| chances[state] * (1.0 - out[state] / most);
        let mut next: Vec<f64> = (0..chances.len()).map(stays).collect();
        for (chance, row) in chances.iter().zip(rates) {
            next.iter_mut().zip(row).for_each(|(next, rate)| *next += chance * rate / most);
        }
        next
    };
    let jumps = most * time;
    assert!(jumps < 500.0, "the chance of no jump is still a number");
    let (mut of_so_many, mut reached) = ((-jumps).exp(), 0.0);
    let mut now = chances.to_vec();
    let mut later = vec![0.0; chances.len()];
    for count in 1.. {
        later.iter_mut().zip(&now).for_each(|(later, now)| *later += of_so_many * now);
        reached += of_so_many;
        if reached > 1.0 - 1e-12 {
            break;
        }
        of_so_many *= jumps / f64::from(count);
        now = jump(&now);
    }
    later
}

/// The rates of a birth-and-death chain with states up to `longest`.
pub(super) fn up_and_down(longest: usize, up: f64, down: impl Fn(usize) -> f64) -> Vec<Vec<f64>> {
    let mut rates = vec![vec![0.0; longest + 1]; longest + 1];
    for state in 0..longest {
        rates[state][state + 1] = up;
        rates[state + 1][state] = down(state + 1);
    }
    rates
}

#[test]
fn uniformisation_knows_the_decay_of_one_and_the_balance_of_two() {
    // Pure death: exp(-t). Between two states: a half and a half of exp(-2 t).
    let death = later(&[0.0, 1.0], &[vec![0.0, 0.0], vec![1.0, 0.0]], 0.7);
    assert!((death[1] - (-0.7_f64).exp()).abs() < 1e-11, "{death:?}");
    let both = later(&[0.0, 1.0], &[vec![0.0, 1.0], vec![1.0, 0.0]], 0.7);
    assert!((both[1] - 0.5 - 0.5 * (-1.4_f64).exp()).abs() < 1e-11, "{both:?}");
}

/// The mean time until a chain, started in a state, comes to one that is the end.
pub(super) fn mean_time_until<S: Ord + Clone>(
    start: S,
    moves: impl Fn(&S) -> Vec<(S, f64)>,
    is_end: impl Fn(&S) -> bool,
) -> f64 {
    let mut index = BTreeMap::from([(start.clone(), 0_usize)]);
    let mut states = vec![start];
    let mut onward: Vec<Vec<(Option<usize>, f64)>> = Vec::new();
    while let Some(state) = states.get(onward.len()).cloned() {
        let mut to = Vec::new();
        for (next, rate) in moves(&state) {
            let at = (!is_end(&next)).then(|| {
                *index.entry(next.clone()).or_insert_with(|| {
                    states.push(next);
                    states.len() - 1
                })
            });
            to.push((at, rate));
        }
        onward.push(to);
    }
    let mut times = vec![0.0; states.len()];
    for sweep in 0.. {
        assert!(sweep < 1_000_000, "the sweeps settle");
        let mut changed = 0.0_f64;
        for at in 0..states.len() {
            let out: f64 = onward[at].iter().map(|(_, rate)| rate).sum();
            let then: f64 =
                onward[at].iter().map(|(to, rate)| to.map_or(0.0, |to| times[to]) * rate).sum();
            let time = (1.0 + then) / out;
            changed = changed.max((time - times[at]).abs());
            times[at] = time;
        }
        if changed < 1e-11 {
            break;
        }
    }
    times[0]
}

#[test]
fn the_mean_time_until_two_in_a_row_is_known() {
    // Heads and tails once a day each: the first two heads in a row take 6 tosses, which is 3 days.
    let toss = |&heads: &u32| vec![(heads + 1, 1.0), (0, 1.0)];
    assert!((mean_time_until(0_u32, toss, |heads| *heads == 2) - 3.0).abs() < 1e-9);
}
