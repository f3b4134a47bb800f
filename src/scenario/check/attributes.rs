//! Attributes, and what follows from them: shares of pathways, ways and steps.

use super::Checker;
use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::language::{Arrivals, Attribute, Named, OneOf, Pathways, Step};
use crate::scenario::nearest;

/// People are of at most so many kinds by one attribute.
const MOST_VALUES: usize = 250;

impl<'a> Checker<'a> {
    pub(super) fn attributes(&mut self) {
        let d = self.description;
        for (name, attribute) in &d.attributes {
            self.attribute(&format!("attributes.{name}"), attribute);
        }
        for (name, stream) in &d.arrivals {
            self.attributes_of_stream(&format!("arrivals.{name}"), stream);
        }
        for (path, step) in self.all_steps() {
            self.attributes_of_step(&path, step);
        }
    }

    fn attribute(&mut self, path: &str, attribute: &Attribute) {
        let values = format!("{path}.values");
        if attribute.values.is_empty() || attribute.values.len() > MOST_VALUES {
            let message = format!(
                "`{values}` names {}; it must name from 1 to {MOST_VALUES}",
                attribute.values.len()
            );
            self.at(&values, Diagnostic::error(message));
        }
        for (index, value) in attribute.values.iter().enumerate() {
            let plain = !value.is_empty()
                && value.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
            let path = format!("{values}.{index}");
            if !plain || value == "by" {
                let message = format!("{value:?} cannot be what people are");
                let note =
                    "a value has only letters of English, digits, `_` and `-`, and is not `by`";
                self.at(&path, Diagnostic::error(message).note(note));
            } else if attribute.values[..index].contains(value) {
                self.at(&path, Diagnostic::error(format!("`{values}` names `{value}` twice")));
            }
        }
        if !attribute.shares.is_empty() {
            let shares = format!("{path}.shares");
            self.values_as_keys(&shares, attribute.shares.keys(), attribute);
            self.shares(&shares, &attribute.shares);
        }
    }

    /// A stream has shares of every attribute, its own or those that hold everywhere.
    fn attributes_of_stream(&mut self, path: &str, stream: &Arrivals) {
        let d = self.description;
        for (name, shares) in &stream.attributes {
            let path = format!("{path}.attributes.{name}");
            self.target(&path, name, "attribute", "attributes", &d.attributes);
            if let Some(attribute) = d.attributes.get(name) {
                self.values_as_keys(&path, shares.keys(), attribute);
                self.shares(&path, shares);
            }
        }
        for (name, attribute) in &d.attributes {
            if attribute.shares.is_empty()
                && !stream.attributes.contains_key(name)
                && !self.damage.touches(&format!("{path}.attributes"))
                && !self.damage.touches(&format!("attributes.{name}.shares"))
            {
                let message = format!("`{path}` does not say the shares of the attribute `{name}`");
                let note = format!(
                    "add them to the stream, such as attributes = {{ {name} = {{ … }} }}, or for all streams to [attributes.{name}] as `shares`"
                );
                self.at(path, Diagnostic::error(message).note(note));
            }
        }
        let pathways = format!("{path}.pathways");
        match &stream.pathways {
            Pathways::Shares(shares) => {
                self.targets(&pathways, shares);
                self.shares(&pathways, shares);
            }
            Pathways::By { attribute, shares } => {
                self.by(&pathways, attribute);
                for (value, shares) in shares {
                    let path = format!("{pathways}.{value}");
                    self.targets(&path, shares);
                    self.shares(&path, shares);
                }
                let Some(declared) = d.attributes.get(attribute) else { return };
                self.values_as_keys(&pathways, shares.keys(), declared);
                for value in &declared.values {
                    if !shares.contains_key(value) && !self.damage.touches(&pathways) {
                        let message =
                            format!("`{pathways}` has no shares for the {attribute} `{value}`");
                        self.at(&pathways, Diagnostic::error(message));
                    }
                }
            }
        }
    }

    /// Every name among shares of pathways is a pathway.
    fn targets(&mut self, path: &str, shares: &Named<f64>) {
        let d = self.description;
        for pathway in shares.keys() {
            let path = format!("{path}.{pathway}");
            self.target(&path, pathway, "pathway", "pathways", &d.pathways);
        }
    }

    fn attributes_of_step(&mut self, path: &str, step: &'a Step) {
        let d = self.description;
        if let Some(route) = &step.route {
            let path = format!("{path}.route");
            self.by(&path, &route.by);
            if let Some(attribute) = d.attributes.get(&route.by) {
                self.values_as_keys(&path, route.to.keys(), attribute);
            }
            if route.to.is_empty() && !self.damage.touches(&path) {
                let message = format!("`{path}` names no value of `{}`", route.by);
                let note = "such as { by = \"council\", north = \"a_step\" }";
                self.at(&path, Diagnostic::error(message).note(note));
            }
        }
        for (name, OneOf(values)) in step.when.iter().flatten() {
            let path = format!("{path}.when.{name}");
            self.target(&path, name, "attribute", "attributes", &d.attributes);
            let Some(attribute) = d.attributes.get(name) else { continue };
            for value in values {
                if let Some(diagnostic) = unknown(value, attribute) {
                    self.at(&path, diagnostic);
                }
            }
            if values.is_empty() && !self.damage.touches(&path) {
                let message = format!("`{path}` names no value, so nobody takes the step");
                self.at(&path, Diagnostic::error(message));
            }
        }
    }

    /// The attribute by which something goes.
    fn by(&mut self, path: &str, attribute: &str) {
        let d = self.description;
        self.named(&format!("{path}.by"), attribute, "attribute", "attributes", &d.attributes);
    }

    fn values_as_keys<'k>(
        &mut self,
        path: &str,
        keys: impl Iterator<Item = &'k String>,
        attribute: &Attribute,
    ) {
        for key in keys {
            if let Some(diagnostic) = unknown(key, attribute) {
                self.at_key(&format!("{path}.{key}"), diagnostic);
            }
        }
    }
}

/// What is wrong with a value that the attribute does not have.
fn unknown(value: &str, attribute: &Attribute) -> Option<Diagnostic> {
    if attribute.values.is_empty() || attribute.values.iter().any(|known| known == value) {
        return None;
    }
    let advice = nearest::advice(value, attribute.values.iter().map(String::as_str));
    Some(Diagnostic::error(format!("`{value}` is none of the attribute's values")).note(advice))
}
