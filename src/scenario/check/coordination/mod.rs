//! `[coordination]`: how organisations spend their hours, how they stand to each other, what they
//! try, and how much of it is assumed.

mod changes;
mod dyads;
mod levers;
mod parameters;
mod programme;
mod ties;

use self::ties::Tie;
use super::Checker;
use super::numbers::number;
use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::language::coordination::{Coordination, Effort, Stance};
use crate::scenario::language::{Description, Named};
use crate::scenario::units::Duration;

impl Checker<'_> {
    pub(super) fn coordination(&mut self) {
        let description = self.description;
        let Some(said) = &description.coordination else { return };
        let ties = self.ties();
        self.theta(said.theta);
        if !description.run.warm_up.found {
            self.warm_up(description.run.warm_up.length);
        }
        self.parties(description, said, ties.as_deref());
        for (name, stance) in &said.organisations {
            self.stance(name, stance);
        }
        self.dyads(&said.dyads);
        self.parameters(&said.parameters);
        self.levers(&said.levers, ties.as_deref());
        if let Some(programme) = &said.programme {
            self.programme(programme);
        }
        self.at_least_a_day("coordination.survey_every", said.survey_every);
    }

    fn theta(&mut self, theta: f64) {
        let (low, high) = Coordination::THETA_RANGE;
        if (low..=high).contains(&theta) {
            return;
        }
        let path = "coordination.theta";
        let message = format!(
            "`{path}` is {}; it must be from {} to {}",
            number(theta),
            number(low),
            number(high)
        );
        let advice = if theta < low {
            "0 is for sceptics; with less, better relationships would cause delay"
        } else {
            "0 is for sceptics, 0.6 is what studies of other settings suggest, 1.3 is for enthusiasts; nobody argues for more"
        };
        self.at(path, Diagnostic::error(message).note(advice));
    }

    fn warm_up(&mut self, warm_up: Duration) {
        if warm_up.days() >= Coordination::LEAST_WARM_UP_DAYS || self.damage.touches("run.warm_up")
        {
            return;
        }
        let message = format!(
            "`run.warm_up` is {warm_up}; with `coordination` it must be at least {} weeks",
            Coordination::LEAST_WARM_UP_DAYS / 7.0
        );
        let note = "the second half of the warm-up is when it is measured how busy and how delayed everybody is at the start";
        self.at("run.warm_up", Diagnostic::error(message).note(note));
    }

    /// There must be somebody to coordinate, and something.
    fn parties(
        &mut self,
        description: &Description,
        said: &Coordination,
        ties: Option<&[Tie<'_>]>,
    ) {
        let path = "coordination";
        let count = description.organisations.len();
        if count < 2 {
            if !self.damage.touches("organisations") {
                let has = if count == 0 { "no organisation" } else { "only one organisation" };
                let message =
                    format!("`{path}` needs two organisations or more; the scenario has {has}");
                self.at(path, Diagnostic::error(message));
            }
            return;
        }
        let Some(ties) = ties else { return };
        if ties.iter().any(|tie| tie.between.is_some()) {
            return;
        }
        let note = "give a chance `of` and `between`, or a wait `depends_on`: { value = 0.2, of = \"referral_returned\", between = [\"…\", \"…\"] }";
        if said.dyads.is_empty() && !self.damage.touches("coordination.dyads") {
            let message = format!(
                "`{path}` has no dyad: none is named, and no pathway says what happens between two organisations"
            );
            self.at(path, Diagnostic::error(message).note(note));
        } else {
            let message = "nothing happens between the organisations of any dyad: relationships will change, but nobody's way will";
            self.at("coordination.dyads", Diagnostic::warning(message).note(note));
        }
    }

    /// What one organisation does with its hours, and how it starts.
    fn stance(&mut self, name: &str, stance: &Stance) {
        let d = self.description;
        let path = format!("coordination.organisations.{name}");
        self.target(&path, name, "organisation", "organisations", &d.organisations);
        self.effort(&format!("{path}.effort"), &stance.effort);
        self.share(&format!("{path}.morale"), stance.morale);
        self.share(&format!("{path}.goals"), stance.goals);
        self.share(&format!("{path}.sponsorship"), stance.sponsorship);
        let pressure = stance.pressure;
        if !(pressure > 0.2 && pressure <= 5.0) {
            let path = format!("{path}.pressure");
            let message = format!(
                "`{path}` is {}; it must be more than 0.2, and at most 5",
                number(pressure)
            );
            let note =
                "it is work asked over work that can be done: with 1 there is just enough time";
            self.at(&path, Diagnostic::error(message).note(note));
        }
        let standard = stance.standard;
        if !(0.5..=1.05).contains(&standard) {
            let path = format!("{path}.standard");
            let message = format!("`{path}` is {}; it must be from 0.5 to 1.05", number(standard));
            let note = "it is the time that people think a case deserves, as a share of what it would deserve";
            self.at(&path, Diagnostic::error(message).note(note));
        }
        let employs = d.teams.values().any(|team| team.organisation == name);
        if d.organisations.contains_key(name) && !employs && !self.damage.touches("teams") {
            let message = format!("`{name}` has no team: how it spends its hours costs nobody any");
            let note = format!("add a team with organisation = {name:?}");
            self.at_key(&path, Diagnostic::warning(message).note(note));
        }
    }

    fn effort(&mut self, path: &str, effort: &Effort) {
        let Effort { task, relate, hone, recover } = *effort;
        let shares: Named<f64> =
            [("task", task), ("relate", relate), ("hone", hone), ("recover", recover)]
                .into_iter()
                .map(|(name, share)| (name.to_owned(), share))
                .collect();
        self.shares(path, &shares);
        if task.abs() <= 0.0 {
            let path = format!("{path}.task");
            let message = format!("`{path}` is 0: nobody would do any work for people");
            self.at(&path, Diagnostic::error(message));
        }
    }

    /// The layer goes on by days.
    fn at_least_a_day(&mut self, path: &str, time: Duration) {
        if time.days() < 1.0 {
            let message = format!("`{path}` is {time}; it must be at least 1 day");
            self.at(path, Diagnostic::error(message));
        }
    }

    /// Organisations in a list: each known, and there once. Whether all are.
    fn listed(&mut self, path: &str, names: &[String]) -> bool {
        let mut sound = !self.damage.touches(path);
        for (index, name) in names.iter().enumerate() {
            let here = format!("{path}.{index}");
            let known = self.description.organisations.contains_key(name);
            self.organisation(&here, name);
            let twice = names[..index].contains(name);
            if known && twice {
                let message = format!("`{path}` names `{name}` twice");
                self.at(&here, Diagnostic::error(message));
            }
            sound &= known && !twice;
        }
        sound
    }
}

/// Names, with `and` or `or` before the last.
fn joined(names: &[&str], word: &str) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} {word} {last}", others.join(", ")),
        None => String::new(),
    }
}
