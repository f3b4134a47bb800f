//! What there is to choose: `places.home_support.capacity=100..140:10`.

use std::str::FromStr;

use crate::scenario::Scenario;

/// More options than this are surely a mistake.
const MOST: usize = 1_000;

/// Paths of the scenario that are set together, and what to.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::cli) struct Choice {
    /// The paths; `*` stands for every organisation.
    pub(super) paths: Vec<String>,
    /// The values, in order.
    pub(super) values: Vec<String>,
}

/// One value of every choice.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Chosen {
    /// Its name.
    pub(super) name: String,
    /// The paths as they were written, and the value.
    pub(super) values: Vec<(String, String)>,
}

impl FromStr for Choice {
    type Err = String;

    fn from_str(text: &str) -> Result<Choice, String> {
        let advice = "write a path and values, such as places.ward.capacity=700..740:10 or \
                      meetings.funding_panel.every='2 days|7 days'";
        let (paths, values) = text.split_once('=').ok_or(advice)?;
        let paths: Vec<String> = paths.split(',').map(|path| path.trim().to_owned()).collect();
        let values = match (range(values)?, values) {
            (Some(range), _) => range,
            (None, list) if list.contains('|') => list.split('|').map(str::to_owned).collect(),
            // A table or a list of its own is one value.
            (None, one) if one.contains(['{', '[', '"', '\'']) => vec![one.to_owned()],
            (None, list) => list.split(',').map(str::to_owned).collect(),
        };
        let values: Vec<String> = values.iter().map(|value| value.trim().to_owned()).collect();
        if paths.iter().chain(&values).any(String::is_empty) {
            return Err(advice.to_owned());
        }
        Ok(Choice { paths, values })
    }
}

/// `100..140:10`, or without a step one by one.
fn range(text: &str) -> Result<Option<Vec<String>>, String> {
    let Some((low, rest)) = text.split_once("..") else { return Ok(None) };
    let (high, step) = rest.split_once(':').unwrap_or((rest, "1"));
    let number = |text: &str| {
        let number = text.trim().trim_start_matches('=').parse::<f64>();
        number.map_err(|_| format!("`{}` is not a number", text.trim()))
    };
    let (from, to, by) = (number(low)?, number(high)?, number(step)?);
    if !(by > 0.0 && from <= to) {
        return Err(format!("`{text}` is empty: a range runs from its least to its most value"));
    }
    let digits = [low, high, step].map(|it| it.trim().split_once('.').map_or(0, |it| it.1.len()));
    let digits = digits.into_iter().max().unwrap_or(0);
    // A little more, so that the last is met although steps are not exact.
    let count = ((to - from) / by + 1e-9).floor();
    if count >= MOST as f64 {
        return Err(format!("`{text}` has more than {MOST} values"));
    }
    let values = (0..=count as u32).map(|step| format!("{:.digits$}", from + by * f64::from(step)));
    Ok(Some(values.collect()))
}

/// Every value of every choice with every other; the values of the last change first.
pub(super) fn crossed(choices: &[Choice]) -> Result<Vec<Chosen>, String> {
    let mut all = vec![Chosen::default()];
    for choice in choices {
        let with = |before: &Chosen, value: &String| {
            let mut chosen = before.clone();
            let gap = if chosen.name.is_empty() { "" } else { " " };
            chosen.name += &format!("{gap}{}={value}", choice.paths.join(","));
            chosen.values.extend(choice.paths.iter().map(|path| (path.clone(), value.clone())));
            chosen
        };
        all = all
            .iter()
            .flat_map(|it| choice.values.iter().map(move |value| with(it, value)))
            .collect();
        if all.len() > MOST {
            return Err(format!("there are more than {MOST} options"));
        }
    }
    Ok(all)
}

impl Chosen {
    /// The number that a path is set to.
    pub(super) fn number(&self, path: &str) -> Option<f64> {
        let value = self.values.iter().find(|(known, _)| known == path)?;
        value.1.parse().ok()
    }

    /// What to change in the scenario, each as `path=value`. What effort is chosen for relating, honing
    /// or recovering is taken from that organisation's tasks, unless they are chosen, too.
    pub(super) fn sets(&self, base: &Scenario) -> Vec<String> {
        let organisations: Vec<&String> = base.base.organisations.keys().collect();
        let mut sets = Vec::new();
        for (path, value) in &self.values {
            match path.contains(".*") {
                true => sets.extend(
                    organisations
                        .iter()
                        .map(|name| (path.replacen(".*", &format!(".{name}"), 1), value.clone())),
                ),
                false => sets.push((path.clone(), value.clone())),
            }
        }
        let stances = base.base.coordination.iter().flat_map(|it| it.organisations.iter());
        for (name, stance) in stances {
            let prefix = format!("coordination.organisations.{name}.effort.");
            let chosen = |share: &str| {
                let path = format!("{prefix}{share}");
                let value = sets.iter().rev().find(|(known, _)| *known == path)?;
                value.1.parse::<f64>().ok()
            };
            let (relate, hone, recover) = (chosen("relate"), chosen("hone"), chosen("recover"));
            if (relate.or(hone).or(recover)).is_none() || chosen("task").is_some() {
                continue;
            }
            let effort = &stance.effort;
            let others = relate.unwrap_or(effort.relate)
                + hone.unwrap_or(effort.hone)
                + recover.unwrap_or(effort.recover);
            let task = ((1.0 - others) * 1e9).round() / 1e9;
            sets.push((format!("{prefix}task"), task.to_string()));
        }
        sets.into_iter().map(|(path, value)| format!("{path}={value}")).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(text: &str) -> Vec<String> {
        text.parse::<Choice>().expect("it is a choice").values
    }

    #[test]
    fn values_are_ranges_or_lists() {
        assert_eq!(values("a.b=100..102"), ["100", "101", "102"]);
        assert_eq!(values("a.b=100..130:10"), ["100", "110", "120", "130"]);
        assert_eq!(values("a.b=0..0.1:0.05"), ["0.00", "0.05", "0.10"]);
        assert_eq!(values("a.b=2 days|7 days"), ["2 days", "7 days"]);
        assert_eq!(values("a.b=2,7"), ["2", "7"]);
        assert_eq!(values("a.b={ x = 1, y = 2 }|{ x = 2 }"), ["{ x = 1, y = 2 }", "{ x = 2 }"]);
        for text in ["a.b", "a.b=", "=1..2", "a.b=2..1", "a.b=1..2:0", "a.b=1..x", "a=0..1:0.0001"]
        {
            assert!(text.parse::<Choice>().is_err(), "{text}");
        }
    }

    #[test]
    fn choices_are_crossed() {
        let choices = ["a=1,2", "b,c=x,y"].map(|it| it.parse().expect("it is a choice"));
        let all = crossed(&choices).expect("few");
        let names: Vec<&str> = all.iter().map(|it| it.name.as_str()).collect();
        assert_eq!(names, ["a=1 b,c=x", "a=1 b,c=y", "a=2 b,c=x", "a=2 b,c=y"]);
        assert_eq!(all[3].number("a"), Some(2.0));
        assert_eq!(all[3].values.len(), 3);
    }
}
