//! What is to be least or most: `delay_cost_per_year.all + 45625 * places.home_support.capacity`.

use super::choice::Chosen;
use crate::cli::analyse::unknown;
use crate::experiment::search::Aim;
use crate::model::measures::Measure;

/// A sum of measures and choices, each with a factor.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Sum {
    /// Factors and names; an empty name is a plain number.
    terms: Vec<(f64, String)>,
}

impl Sum {
    /// Reads a sum: signs and stars stand between blanks, as names may hold them.
    pub(super) fn read(text: &str) -> Result<Sum, String> {
        let mut terms = Vec::new();
        let (mut factor, mut name) = (1.0, String::new());
        let mut is_open = true;
        for word in text.split_whitespace() {
            let is_sign = ["+", "-", "*"].contains(&word);
            match (is_open, word, word.parse::<f64>()) {
                (true, _, Ok(number)) => factor *= number,
                (true, _, Err(_)) if name.is_empty() && !is_sign => word.clone_into(&mut name),
                (false, "*", _) => {}
                (false, "+" | "-", _) => {
                    terms.push((factor, std::mem::take(&mut name)));
                    factor = if word == "-" { -1.0 } else { 1.0 };
                }
                _ => return Err(advice(text)),
            }
            is_open = !is_open;
        }
        if is_open {
            return Err(advice(text));
        }
        terms.push((factor, name));
        Ok(Sum { terms })
    }

    /// The unit, by the first measure in it.
    pub(super) fn unit(&self, names: &[(String, &'static Measure)]) -> &'static str {
        let of = |(_, name): &(f64, String)| names.iter().find(|(known, _)| known == name);
        self.terms.iter().find_map(of).map_or("", |(_, measure)| measure.unit)
    }

    /// Whether it has any measure, and not choices alone.
    pub(super) fn has_measures(&self, chosen: &Chosen) -> bool {
        self.terms.iter().any(|(_, name)| !name.is_empty() && chosen.number(name).is_none())
    }

    /// The sum for an option, with all signs turned if more is better.
    pub(super) fn resolve(
        &self,
        names: &[(String, &'static Measure)],
        chosen: &Chosen,
        more: bool,
    ) -> Result<Aim, String> {
        let mut aim = Aim::default();
        for (factor, name) in &self.terms {
            let factor = if more { -factor } else { *factor };
            let measure = names.iter().position(|(known, _)| known == name);
            match (chosen.number(name), measure) {
                _ if name.is_empty() => aim.fixed += factor,
                (Some(number), _) => aim.fixed += factor * number,
                (None, Some(measure)) => aim.weights.push((factor, measure)),
                (None, None) => {
                    let paths = chosen.values.iter().map(|(path, _)| path.as_str());
                    let known = names.iter().map(|(known, _)| known.as_str()).chain(paths);
                    return Err(unknown("there is no measure or choice", name, known));
                }
            }
        }
        Ok(aim)
    }
}

fn advice(text: &str) -> String {
    format!(
        "`{text}` is no sum: write measures and paths that are chosen, with blanks around signs, such \
         as \"delay_cost_per_year.all + 45625 * places.home_support.capacity\""
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sum_has_factors_and_names() {
        let terms = |text: &str| Sum::read(text).map(|sum| sum.terms).ok();
        let term = |factor: f64, name: &str| (factor, name.to_owned());
        assert_eq!(terms("delay_days.all"), Some(vec![term(1.0, "delay_days.all")]));
        assert_eq!(
            terms("relationship.a+b - 2 * x.y * 3 + 7"),
            Some(vec![term(1.0, "relationship.a+b"), term(-6.0, "x.y"), term(7.0, "")])
        );
        for text in ["", "a +", "a b", "* a", "a * b", "a + - b"] {
            assert_eq!(terms(text), None, "{text}");
        }
    }
}
