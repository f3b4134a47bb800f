//! Which of several options no other beats on every count.

/// The positions of the options that are on the Pareto front: no other is at least as good on all
/// counts and better on one. Lower is better on every count; options with a count that is not a
/// number are left out.
pub fn pareto_front(options: &[Vec<f64>]) -> Vec<usize> {
    let known = |option: &&Vec<f64>| option.iter().all(|count| !count.is_nan());
    let beats = |one: &[f64], other: &[f64]| {
        let mut pairs = one.iter().zip(other);
        pairs.clone().all(|(one, other)| one <= other) && pairs.any(|(one, other)| one < other)
    };
    let others = || options.iter().filter(known);
    let on_front = |option: &Vec<f64>| !others().any(|other| beats(other, option));
    let positions = options.iter().enumerate().filter(|(_, option)| known(option));
    positions.filter(|(_, option)| on_front(option)).map(|(position, _)| position).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_option_is_on_the_front_unless_another_is_better_throughout() {
        let options = [[1.0, 5.0], [2.0, 2.0], [5.0, 1.0], [3.0, 3.0], [2.0, 5.0], [2.0, 2.0]];
        let options: Vec<Vec<f64>> = options.iter().map(|option| option.to_vec()).collect();
        assert_eq!(pareto_front(&options), [0, 1, 2, 5], "equals do not beat each other");
        let with_gaps = [vec![f64::NAN, 0.0], vec![1.0, 1.0]];
        assert_eq!(pareto_front(&with_gaps), [1]);
        assert!(pareto_front(&[]).is_empty());
    }
}
