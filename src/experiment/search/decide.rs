//! The procedure: first which options reach the target, then which of those is best.

use crate::statistics::{Estimate, Feasibility, Paired, Selection};

/// So many more replications are asked for at a time after the first stage. It is fixed, and looks are
/// taken after each, so that the verdict does not depend on the number of threads.
const MORE: u32 = 8;

/// A replication of an option: which option, and which replication.
pub type Job = (usize, u32);

/// Makes the replications that it is asked for, in the order in which it is asked.
pub type Source<'a, E> = dyn FnMut(&[Job]) -> Result<Vec<Values>, E> + 'a;

/// What one replication of an option says. Lower is better of both.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Values {
    /// What is to be least; 0 if nothing is.
    pub objective: f64,
    /// What is to be at or below the target; 0 if there is none.
    pub target: f64,
}

/// A limit that the mean of an option must not exceed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Target {
    /// The limit.
    pub limit: f64,
    /// Means nearer to it than this may go either way.
    pub zone: f64,
}

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Question {
    /// What must be reached, if anything.
    pub target: Option<Target>,
    /// Whether the objective is to be least, and which differences of it are not worth telling. If
    /// not, the first option that reaches the target is wanted: they stand in order, cheapest first.
    pub least: Option<f64>,
    /// The greatest chance of a wrong verdict, all in all [0-1].
    pub error: f64,
    /// Replications before the first look, at least 2.
    pub first_stage: u32,
    /// The most replications of an option.
    pub most: u32,
}

/// Where an option stands at the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It is the one.
    Chosen,
    /// It does not reach the target.
    Misses,
    /// It reaches the target, but one before it does so, too.
    Dearer,
    /// Another is better, or so close that either will do.
    Beaten,
    /// That was not needed for the verdict.
    NotNeeded,
    /// The replications did not suffice to tell.
    Unclear,
}

/// The verdict.
#[derive(Debug, Clone, PartialEq)]
pub struct Decision {
    /// Where each option stands.
    pub standings: Vec<Standing>,
    /// The replications of each.
    pub values: Vec<Vec<Values>>,
}

impl Decision {
    /// The option that was chosen, if one could be.
    pub fn chosen(&self) -> Option<usize> {
        self.standings.iter().position(|standing| *standing == Standing::Chosen)
    }

    /// The objective of an option.
    pub fn objective(&self, option: usize) -> Estimate {
        Estimate::of(self.values[option].iter().map(|values| values.objective))
    }

    /// What an option has of what is to reach the target.
    pub fn target(&self, option: usize) -> Estimate {
        Estimate::of(self.values[option].iter().map(|values| values.target))
    }

    /// An option against the one that was chosen, in the replications that both have; `None` for that
    /// one itself, or if none was chosen.
    pub fn against_chosen(&self, option: usize) -> Option<Paired> {
        let chosen = self.chosen().filter(|chosen| *chosen != option)?;
        let pairs = self.values[chosen].iter().zip(&self.values[option]);
        Some(Paired::of(pairs.map(|(one, other)| (one.objective, other.objective))))
    }
}

/// Decides between so many options.
///
/// With the chance `1 - error` or more, every option whose mean is farther than the zone from the
/// target is judged rightly, and, of those that reach it, the best is chosen if it is better than all
/// others by the zone of the objective or more; else one that is at most that much worse. If both are
/// asked, each takes half of the error; over options Bonferroni's inequality holds, whatever they
/// share.
///
/// # Errors
/// Those of the source.
///
/// # Panics
/// If there are no options, or nothing is asked.
pub fn decide<E>(
    options: usize,
    question: &Question,
    source: &mut Source<'_, E>,
) -> Result<Decision, E> {
    assert!(options > 0 && (question.target.is_some() || question.least.is_some()));
    let mut study =
        Study { question, source, values: vec![Vec::new(); options], standings: Vec::new() };
    let both = question.target.is_some() && question.least.is_some();
    let error = if both { question.error / 2.0 } else { question.error };
    study.standings = match question.target {
        Some(target) => study.feasible(target, error)?,
        None => vec![Standing::NotNeeded; options],
    };
    if let Some(zone) = question.least {
        study.best(zone, error)?;
    }
    Ok(Decision { standings: study.standings, values: study.values })
}

struct Study<'a, 's, E> {
    question: &'a Question,
    source: &'a mut Source<'s, E>,
    values: Vec<Vec<Values>>,
    standings: Vec<Standing>,
}

impl<E> Study<'_, '_, E> {
    /// Lets all of these options have as many replications.
    fn have(&mut self, options: &[usize], count: u32) -> Result<(), E> {
        let missing = |option: &usize| {
            let option = *option;
            (self.values[option].len() as u32..count).map(move |replication| (option, replication))
        };
        let jobs: Vec<(usize, u32)> = options.iter().flat_map(missing).collect();
        let made = (self.source)(&jobs)?;
        for ((option, _), values) in jobs.into_iter().zip(made) {
            self.values[option].push(values);
        }
        Ok(())
    }

    /// How many replications are needed for the next look after so many.
    fn next(&self, taken: u32) -> u32 {
        let wanted = if taken == 0 { self.question.first_stage } else { taken + MORE };
        wanted.min(self.question.most.max(self.question.first_stage))
    }

    /// Which options reach the target: `NotNeeded` of those that do and stay in the race.
    fn feasible(&mut self, target: Target, error: f64) -> Result<Vec<Standing>, E> {
        let options = self.values.len();
        let first = self.question.first_stage;
        let each = error / options as f64;
        let new = |_| Feasibility::new(each, target.limit, target.zone, first);
        let mut tests: Vec<Feasibility> = (0..options).map(new).collect();
        let (mut taken, all_are_wanted) = (0, self.question.least.is_some());
        loop {
            // An option after the first that is known to reach it can only be dearer.
            let known = tests.iter().position(|test| test.verdict() == Some(true));
            let end = if all_are_wanted { options } else { known.unwrap_or(options) };
            let open: Vec<usize> = (0..end).filter(|it| tests[*it].verdict().is_none()).collect();
            let next = self.next(taken);
            if open.is_empty() || next == taken {
                break;
            }
            self.have(&open, next)?;
            for option in open {
                for values in &self.values[option][taken as usize..next as usize] {
                    tests[option].take(values.target);
                }
            }
            taken = next;
        }
        let first_of_all = tests.iter().position(|test| test.verdict() == Some(true));
        let unclear = |before: usize| tests[..before].iter().any(|test| test.verdict().is_none());
        let standing = |(option, test): (usize, &Feasibility)| match test.verdict() {
            Some(false) => Standing::Misses,
            Some(true) if all_are_wanted => Standing::NotNeeded,
            Some(true) if first_of_all == Some(option) && !unclear(option) => Standing::Chosen,
            Some(true) if first_of_all == Some(option) => Standing::Unclear,
            Some(true) => Standing::Dearer,
            None if !all_are_wanted && first_of_all.is_some_and(|it| it < option) => {
                Standing::NotNeeded
            }
            None => Standing::Unclear,
        };
        Ok(tests.iter().enumerate().map(standing).collect())
    }

    /// Which of those still in the race is best.
    fn best(&mut self, zone: f64, error: f64) -> Result<(), E> {
        let options = 0..self.values.len();
        let racing: Vec<usize> =
            options.filter(|it| self.standings[*it] == Standing::NotNeeded).collect();
        if racing.is_empty() {
            return Ok(());
        }
        let mut selection = Selection::new(racing.len(), error, zone, self.question.first_stage);
        let mut taken = 0;
        while selection.chosen().is_none() {
            let next = self.next(taken);
            if next == taken {
                break;
            }
            let alive: Vec<usize> = selection.alive().iter().map(|it| racing[*it]).collect();
            self.have(&alive, next)?;
            for replication in taken..next {
                // Those that are out are not looked at.
                let value = |option: &usize| {
                    let values = self.values[*option].get(replication as usize);
                    values.map_or(f64::NAN, |values| values.objective)
                };
                selection.take(&racing.iter().map(value).collect::<Vec<f64>>());
            }
            taken = next;
        }
        for (place, option) in racing.iter().enumerate() {
            self.standings[*option] = match selection.chosen() {
                Some(chosen) if chosen == place => Standing::Chosen,
                None if selection.alive().contains(&place) => Standing::Unclear,
                _ => Standing::Beaten,
            };
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use super::*;
    use crate::random::{Distribution, Key};

    const QUESTION: Question =
        Question { target: None, least: Some(0.5), error: 0.1, first_stage: 10, most: 10_000 };

    /// Normal values with these means: of every replication's variance 1 all options share `shared`.
    fn normal(
        experiment: u64,
        means: &[f64],
        shared: f64,
    ) -> impl FnMut(&[(usize, u32)]) -> Result<Vec<Values>, Infallible> {
        let key = Key::of_name("experiment").part(experiment);
        move |jobs| {
            let values = jobs.iter().map(|&(option, replication)| {
                let draw = |name: &str, part: u64| {
                    let mut draw = key.part(part).draw(Key::of_name(name), replication.into());
                    Distribution::unit_normal(&mut draw)
                };
                let own = draw("own", option as u64) * (1.0 - shared).sqrt();
                let value = means[option] + own + draw("shared", 0) * shared.sqrt();
                Values { objective: value, target: value }
            });
            Ok(values.collect())
        }
    }

    /// The share of experiments in which what should be chosen is, and the replications of all options
    /// together in one, on average.
    fn chosen(means: &[f64], shared: f64, question: &Question, right: Option<usize>) -> (f64, f64) {
        const EXPERIMENTS: u64 = 1_000;
        let (mut count, mut replications) = (0, 0);
        for experiment in 0..EXPERIMENTS {
            let Ok(decision) =
                decide(means.len(), question, &mut normal(experiment, means, shared));
            count += u32::from(decision.chosen() == right);
            replications += decision.values.iter().map(Vec::len).sum::<usize>();
        }
        (f64::from(count) / EXPERIMENTS as f64, replications as f64 / EXPERIMENTS as f64)
    }

    #[test]
    fn the_best_is_chosen_as_often_as_promised_where_that_is_hardest() {
        // The slippage configuration: all others are worse by the zone, and no more. Four standard
        // errors of a share of 0.9 in 1,000 experiments are 0.038.
        let means = [0.5, 0.5, 0.0, 0.5, 0.5];
        let (share, apart) = chosen(&means, 0.0, &QUESTION, Some(2));
        assert!(share > 0.9 - 0.038, "{share}");
        let (share, together) = chosen(&means, 0.8, &QUESTION, Some(2));
        assert!(share > 0.9 - 0.038, "{share}");
        assert!(
            together < apart / 2.0,
            "the same people save most of the work: {together} {apart}"
        );
        // Without estimating variances anew (the procedure KN) these experiments take 141.4.
        assert!(apart < 130.0, "{apart}");
        let half = means.map(|mean| mean / 2.0);
        let question = Question { least: Some(0.25), ..QUESTION };
        for shared in [0.0, 0.8] {
            let (share, _) = chosen(&half, shared, &question, Some(2));
            assert!(share > 0.9 - 0.038, "{share}");
        }
    }

    #[test]
    fn the_first_that_reaches_the_target_is_chosen_as_often_as_promised() {
        // Each mean is as near to the target as it may be for the verdict to matter.
        let question =
            Question { target: Some(Target { limit: 2.0, zone: 0.5 }), least: None, ..QUESTION };
        for shared in [0.0, 0.8] {
            let (share, _) = chosen(&[2.5, 2.5, 2.5, 1.5, 1.5], shared, &question, Some(3));
            assert!(share > 0.9 - 0.038, "{share}");
        }
        let (share, _) = chosen(&[2.5, 2.5, 2.5], 0.5, &question, None);
        assert!(share > 0.9 - 0.038, "{share}");
    }

    #[test]
    fn the_best_of_those_that_reach_a_target_is_chosen_as_often_as_promised() {
        // The value is to be above 2 at least, and then least: -value must be below -2.
        let question = Question { target: Some(Target { limit: -2.0, zone: 0.5 }), ..QUESTION };
        let means = [1.5, 2.5, 3.0, 3.0];
        let mut count = 0;
        for experiment in 0..1_000 {
            let mut values = normal(experiment, &means, 0.5);
            let Ok(decision) = decide(4, &question, &mut |jobs| {
                let turned = |it: Values| Values { target: -it.target, ..it };
                values(jobs).map(|list| list.into_iter().map(turned).collect())
            });
            count += u32::from(decision.chosen() == Some(1));
        }
        assert!(count > 900 - 38, "{count}");
    }

    #[test]
    fn where_replications_do_not_suffice_that_is_said() {
        let question = Question { most: 12, least: Some(0.001), ..QUESTION };
        let Ok(decision) = decide(2, &question, &mut normal(1, &[0.0, 0.0], 0.0));
        assert_eq!(decision.standings, [Standing::Unclear; 2]);
        assert_eq!(decision.chosen(), None);
        assert!(decision.values.iter().all(|values| values.len() == 12));
    }

    #[test]
    fn options_after_the_first_that_surely_reaches_the_target_are_left_alone() {
        let question =
            Question { target: Some(Target { limit: 2.0, zone: 0.1 }), least: None, ..QUESTION };
        let Ok(decision) = decide(3, &question, &mut normal(1, &[30.0, 2.3, -30.0], 0.0));
        assert_eq!(decision.standings[0], Standing::Misses);
        assert!(decision.values[0].len() == 10 && decision.values[2].len() == 10);
        assert!(
            decision.values[1].len() > 10,
            "this one is close, and comes before the one that does"
        );
        assert_eq!(decision.chosen(), Some(2));
    }
}
