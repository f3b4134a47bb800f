//! What people are, and what follows from it: shares and ways by attribute.

use std::fmt;

use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::{self, Deserializer, MapAccess, SeqAccess, Visitor};

use super::Named;

/// Something that people are, such as the council where they live or their age band. It is drawn when
/// a person first comes, and stays.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Attribute {
    /// Its name as people know it.
    #[serde(default)]
    pub title: String,
    /// What people can be.
    pub values: Vec<String>,
    /// The share of people who are so, in every stream that does not say its own; the shares add up
    /// to 1.
    #[serde(default)]
    pub shares: Named<f64>,
}

/// The pathways of a stream.
#[derive(Debug, Clone, PartialEq)]
pub enum Pathways {
    /// The share of each.
    Shares(Named<f64>),
    /// The share of each, by an attribute.
    By {
        /// The attribute.
        attribute: String,
        /// The shares for each of its values.
        shares: Named<Named<f64>>,
    },
}

impl Pathways {
    /// The shares of pathways: all lists that there are.
    pub fn lists(&self) -> Vec<&Named<f64>> {
        match self {
            Pathways::Shares(shares) => vec![shares],
            Pathways::By { shares, .. } => shares.values().collect(),
        }
    }
}

/// Ways by attribute. Who is none of what is named goes on at the next step.
#[derive(Debug, Clone, PartialEq)]
pub struct ByAttribute {
    /// The attribute.
    pub by: String,
    /// Where a person of a value goes on: `step`, or `pathway.step`.
    pub to: Named<String>,
}

/// One value of an attribute, or a list of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OneOf(pub Vec<String>);

impl<'de> Deserialize<'de> for Pathways {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(PathwaysVisitor)
    }
}

/// A value beside a key in the pathways of a stream.
enum Entry {
    Attribute(String),
    Share(f64),
    Shares(Named<f64>),
}

struct PathwaysVisitor;

impl<'de> Visitor<'de> for PathwaysVisitor {
    type Value = Pathways;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "shares of pathways such as { home = 0.6, support = 0.4 }, or { by = \"council\", north = { … }, south = { … } }",
        )
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Pathways, A::Error> {
        let mut attribute = None;
        let mut plain = Named::new();
        let mut by = Named::new();
        while let Some(key) = map.next_key::<String>()? {
            match map.next_value()? {
                Entry::Attribute(name) if key == "by" => attribute = Some(name),
                Entry::Attribute(_) => {
                    return Err(de::Error::custom(format!(
                        "has text for `{key}`; it must be a share, or shares by the value of an attribute"
                    )));
                }
                Entry::Share(share) => {
                    plain.insert(key, share);
                }
                Entry::Shares(shares) => {
                    by.insert(key, shares);
                }
            }
        }
        match attribute {
            None if by.is_empty() => Ok(Pathways::Shares(plain)),
            None => Err(de::Error::custom(
                "has shares by the value of an attribute, but does not name it\nsuch as { by = \"council\", north = { … }, south = { … } }",
            )),
            Some(attribute) if plain.is_empty() => Ok(Pathways::By { attribute, shares: by }),
            Some(attribute) => Err(de::Error::custom(format!(
                "has a share beside `by`; each value of `{attribute}` must have shares of its own"
            ))),
        }
    }
}

impl<'de> Deserialize<'de> for Entry {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct EntryVisitor;
        impl<'de> Visitor<'de> for EntryVisitor {
            type Value = Entry;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a share, or shares by the value of an attribute")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Entry, E> {
                Ok(Entry::Attribute(text.to_owned()))
            }
            fn visit_i64<E: de::Error>(self, number: i64) -> Result<Entry, E> {
                Ok(Entry::Share(number as f64))
            }
            fn visit_f64<E: de::Error>(self, number: f64) -> Result<Entry, E> {
                Ok(Entry::Share(number))
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Entry, A::Error> {
                Named::deserialize(de::value::MapAccessDeserializer::new(map)).map(Entry::Shares)
            }
        }
        deserializer.deserialize_any(EntryVisitor)
    }
}

impl<'de> Deserialize<'de> for ByAttribute {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ByVisitor;
        impl<'de> Visitor<'de> for ByVisitor {
            type Value = ByAttribute;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("ways by attribute, such as { by = \"council\", north = \"a_step\" }")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<ByAttribute, A::Error> {
                let mut to: Named<String> = Named::new();
                while let Some((key, value)) = map.next_entry()? {
                    to.insert(key, value);
                }
                let by = to.shift_remove("by").ok_or_else(|| {
                    de::Error::custom(
                        "does not name an attribute\nsuch as { by = \"council\", north = \"a_step\" }",
                    )
                })?;
                Ok(ByAttribute { by, to })
            }
        }
        deserializer.deserialize_any(ByVisitor)
    }
}

impl<'de> Deserialize<'de> for OneOf {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OneOfVisitor;
        impl<'de> Visitor<'de> for OneOfVisitor {
            type Value = OneOf;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value of an attribute, or a list of them")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<OneOf, E> {
                Ok(OneOf(vec![text.to_owned()]))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<OneOf, A::Error> {
                let mut values = Vec::new();
                while let Some(value) = list.next_element()? {
                    values.push(value);
                }
                Ok(OneOf(values))
            }
        }
        deserializer.deserialize_any(OneOfVisitor)
    }
}
