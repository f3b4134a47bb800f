//! Dyads: each is named by two organisations, and there once.

use super::{Checker, joined};
use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::language::Named;
use crate::scenario::language::coordination::Dyad;
use crate::scenario::nearest;

/// No pair needs a greater weight against others than this.
const MOST_TRAFFIC: f64 = 1000.0;

impl Checker<'_> {
    pub(super) fn dyads(&mut self, dyads: &Named<Dyad>) {
        let mut seen: Vec<(&str, [&str; 2])> = Vec::new();
        for (name, dyad) in dyads {
            let path = format!("coordination.dyads.{name}");
            if let Some([one, other]) = self.dyad_name(&path, name) {
                let same = |pair: &[&str; 2]| *pair == [one, other] || *pair == [other, one];
                if let Some((before, _)) = seen.iter().find(|(_, pair)| same(pair)) {
                    let message = format!("the dyad `{name}` is there already, as `{before}`");
                    let note = format!(
                        "a dyad has no first and second organisation; write [coordination.dyads.\"{before}\"] everywhere"
                    );
                    self.at_key(&path, Diagnostic::error(message).note(note));
                }
                seen.push((name, [one, other]));
            }
            self.share(&format!("{path}.leads"), dyad.leads);
            self.share(&format!("{path}.teams"), dyad.teams);
            self.share(&format!("{path}.understanding"), dyad.understanding);
            self.share(&format!("{path}.process"), dyad.process);
            self.not_negative(&format!("{path}.traffic"), dyad.traffic);
            self.at_most(&format!("{path}.traffic"), dyad.traffic, MOST_TRAFFIC);
        }
    }

    /// The two organisations in the name of a dyad, if they are known.
    fn dyad_name<'n>(&mut self, path: &str, name: &'n str) -> Option<[&'n str; 2]> {
        let organisations: Vec<&str> =
            self.description.organisations.keys().map(String::as_str).collect();
        let Some((one, other)) = name.split_once('+') else {
            let message = format!(
                "`{name}` is not a dyad; it must be two organisations with a `+` between them"
            );
            let note = match organisations.as_slice() {
                [one, other, ..] => format!("such as [coordination.dyads.\"{one}+{other}\"]"),
                _ => String::new(),
            };
            self.at_key(path, Diagnostic::error(message).note(note));
            return None;
        };
        let unknown: Vec<&str> = [one, other]
            .into_iter()
            .filter(|side| {
                !organisations.contains(side)
                    && !self.damage.covers(&format!("organisations.{side}"))
            })
            .collect();
        if !unknown.is_empty() {
            let message = format!(
                "there is no dyad `{name}`: {} {} no organisation",
                joined(&unknown, "and"),
                if unknown.len() == 1 { "is" } else { "are" }
            );
            let meant =
                [one, other].map(|side| nearest::nearest(side, organisations.iter().copied()));
            let advice = match meant {
                [Some(one), Some(other)] if one != other => {
                    format!("did you mean `{one}+{other}`?")
                }
                _ => nearest::list(&organisations),
            };
            self.at_key(path, Diagnostic::error(message).note(advice));
            return None;
        }
        if one == other {
            let message = format!(
                "the dyad `{name}` is of `{one}` with itself; it must name two organisations"
            );
            self.at_key(path, Diagnostic::error(message));
            return None;
        }
        Some([one, other])
    }
}
