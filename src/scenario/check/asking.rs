//! Capacities that change, and how people ask for a place.

use super::numbers::number;
use super::ways::Survey;
use super::{Checker, Subject};
use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::language::{Capacity, CapacityAt, Place, Step};
use crate::scenario::nearest;
use crate::scenario::units::Hours;

/// Nobody takes more units than this.
const MOST_UNITS: u32 = 1_000;

/// The most units that a place ever has by its own rules.
pub(super) fn most_units(place: &Place) -> u32 {
    let of = |capacity: Capacity| match capacity {
        Capacity::Limited(number) => number,
        Capacity::Unlimited => u32::MAX,
    };
    let at_times = place.capacity_at.iter().map(|entry| of(entry.capacity)).max();
    let beds = place.escalation.map_or(0, |escalation| escalation.beds);
    of(place.capacity).max(at_times.unwrap_or(0)).saturating_add(beds)
}

impl<'a> Checker<'a> {
    /// What places say of their capacity and of who gets in.
    pub(super) fn capacities(&mut self) {
        let description = self.description;
        for (name, place) in &description.places {
            let path = format!("places.{name}");
            for (index, entry) in place.capacity_at.iter().enumerate() {
                self.capacity_at(&format!("{path}.capacity_at.{index}"), entry);
            }
            self.escalation(&path, place);
            self.kept(&path, place);
            self.leaving(&path, place);
            for (index, from) in place.first_from.iter().enumerate() {
                let path = format!("{path}.first_from.{index}");
                self.named(&path, from, "place", "places", &description.places);
                if place.first_from[..index].contains(from) {
                    let message = format!("`{path}` names `{from}` for the second time");
                    self.at(&path, Diagnostic::error(message));
                }
            }
        }
    }

    /// When people leave a place, and why they wait until then.
    fn leaving(&mut self, path: &str, place: &Place) {
        if place.leaving.as_ref().is_some_and(Hours::is_closed) {
            let path = format!("{path}.leaving");
            let message = format!("`{path}` is closed; nobody could ever leave");
            self.at(&path, Diagnostic::error(message).note("such as leaving = \"08:00-20:00\""));
        }
        if let Some(code) = &place.leaving_reason {
            self.reason(&format!("{path}.leaving_reason"), code);
        }
        let is_ready = self.all_steps().iter().any(|(_, step)| step.ready.is_some());
        let lacks = place.leaving.is_some() && place.leaving_reason.is_none();
        if is_ready && lacks && !self.damage.touches(&format!("{path}.leaving_reason")) {
            let message = format!(
                "`{path}` lacks the key `leaving_reason`: people who are ready to leave may wait for the hours of `leaving`"
            );
            let note =
                "such as leaving_reason = \"hospital_04\" (awaiting patient transport services)";
            self.at(&format!("{path}.leaving"), Diagnostic::error(message).note(note));
        }
        if place.leaving.is_none() && place.leaving_reason.is_some() && !self.damage.touches(path) {
            let message = format!("`{path}.leaving_reason` means nothing without `leaving`");
            let note = "such as leaving = \"08:00-20:00\"";
            self.at(&format!("{path}.leaving_reason"), Diagnostic::error(message).note(note));
        }
    }

    fn capacity_at(&mut self, path: &str, entry: &CapacityAt) {
        let always = entry.days.is_empty()
            && entry.hours.is_none()
            && entry.from.is_none()
            && entry.until.is_none();
        if always && !self.damage.touches(path) {
            let message = format!("`{path}` does not say when it holds");
            let note = "add `days`, `hours`, `from` or `until`; what always holds is `capacity`";
            self.at(path, Diagnostic::error(message).note(note));
        }
        if let (Some(from), Some(until)) = (entry.from, entry.until)
            && until <= from
        {
            let message = format!("`{path}` ends on {until}, which is not after {from}");
            let note = "`until` is the first day on which it does not hold any more";
            self.at(&format!("{path}.until"), Diagnostic::error(message).note(note));
        }
    }

    fn escalation(&mut self, path: &str, place: &Place) {
        let Some(escalation) = &place.escalation else { return };
        let path = format!("{path}.escalation");
        self.share(&format!("{path}.above"), escalation.above);
        self.share(&format!("{path}.below"), escalation.below);
        if escalation.below > escalation.above {
            let message = format!(
                "`{path}` closes below {} and opens above {}; `below` must not be more than `above`",
                number(escalation.below),
                number(escalation.above)
            );
            self.at(&format!("{path}.below"), Diagnostic::error(message));
        }
        if escalation.beds == 0 {
            let message = format!("`{path}.beds` is 0; it must be 1 or more");
            self.at(&format!("{path}.beds"), Diagnostic::error(message));
        }
        if place.capacity == Capacity::Unlimited {
            let message = format!("`{path}` means nothing for a place that is never full");
            self.at(&path, Diagnostic::error(message));
        }
    }

    fn kept(&mut self, path: &str, place: &Place) {
        let path = format!("{path}.kept");
        let sum = place.kept.values().fold(0_u32, |sum, units| sum.saturating_add(*units));
        match place.capacity {
            Capacity::Limited(capacity) if sum > capacity => {
                let message =
                    format!("`{path}` keeps {sum} units in all, but the capacity is {capacity}");
                self.at_table(&path, Diagnostic::error(message));
            }
            Capacity::Unlimited if sum > 0 => {
                let message = format!("`{path}` means nothing for a place that is never full");
                self.at(&path, Diagnostic::error(message));
            }
            _ => {}
        }
    }

    /// How people of a step ask for a place.
    pub(super) fn asking(&mut self, path: &str, step: &'a Step) {
        for (key, units) in [("units", step.units), ("keep", step.keep)] {
            let path = format!("{path}.{key}");
            match units {
                Some(0) => {
                    let message = format!("`{path}` is 0; it must be 1 or more");
                    self.at(&path, Diagnostic::error(message));
                }
                Some(units) => self.at_most(&path, units.into(), MOST_UNITS.into()),
                None => {}
            }
        }
        self.overflow(path, step);
        let places = &self.description.places;
        let asked = step.enter.as_ref().or(step.reserve.as_ref());
        if let (Some(class), Some(name)) = (&step.class, asked)
            && let Some(place) = places.get(name)
            && !place.kept.contains_key(class)
            && !self.damage.touches("places")
        {
            let message = format!("the place `{name}` keeps no units for a class `{class}`");
            let advice = match place.kept.is_empty() {
                true => format!("add kept = {{ {class} = 2 }} to [places.{name}]"),
                false => nearest::advice(class, place.kept.keys().map(String::as_str)),
            };
            self.at(&format!("{path}.class"), Diagnostic::error(message).note(advice));
        }
    }

    fn overflow(&mut self, path: &str, step: &'a Step) {
        let places = &self.description.places;
        let asked = step.enter.as_ref().or(step.reserve.as_ref());
        let acute = |name: &String| places.get(name).map(|place| place.acute);
        for (index, other) in step.overflow.iter().enumerate() {
            let path = format!("{path}.overflow.{index}");
            self.named(&path, other, "place", "places", places);
            if Some(other) == asked || step.overflow[..index].contains(other) {
                let message = format!("`{path}` names `{other}` for the second time");
                self.at(&path, Diagnostic::error(message));
            }
            if let (Some(first), Some(second)) = (asked.and_then(acute), acute(other))
                && first != second
                && step.back.is_some()
            {
                let message = format!(
                    "`{path}` is `{other}`, from where nobody can go `back`: only one of the two places is acute"
                );
                let note = "a spell in hospital would end or begin with it";
                self.at(&path, Diagnostic::error(message).note(note));
            }
        }
        if step.back.is_some() && step.overflow.is_empty() && !self.damage.touches(path) {
            let message = format!("`{path}` says who goes back, but has no `overflow`");
            let note = "such as overflow = [\"surgical_ward\"]";
            self.at(&format!("{path}.back"), Diagnostic::error(message).note(note));
        }
    }

    /// Whoever takes several units at once must find so many in the place at some time.
    pub(super) fn possible_units(&mut self, subjects: &[Subject<'_>], surveys: &[Survey<'_>]) {
        let Some(first) = surveys.first() else { return };
        for (here, seen) in first.steps.iter().enumerate() {
            let flat = &first.flow.steps[here];
            let place = flat.step.enter.as_ref().or(flat.step.reserve.as_ref());
            let (Some(place), Some(units)) = (place, flat.step.units) else { continue };
            let of = |subject: &Subject<'_>| subject.description.places.get(place).map(most_units);
            if seen.reached()
                && let Some(most) = subjects.iter().filter_map(of).max()
                && (1..units).contains(&most)
            {
                let path = format!("{}.units", flat.path);
                let message = format!(
                    "`{path}` is {units}, but the place `{place}` never has more than {most}"
                );
                self.at(&path, Diagnostic::error(message));
            }
        }
    }
}
