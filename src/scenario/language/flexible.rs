//! Values that may be written in more than one way: short when the case is simple.

use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::{self, Deserializer, MapAccess, SeqAccess, Visitor};

use super::{Batch, Capacity, Chance, Distribution, Owner, Quantity};
use crate::scenario::units::Duration;

/// The kinds of distributions, as they are written.
pub(crate) const KINDS: &[&str] = &[
    "fixed",
    "deterministic",
    "exponential",
    "lognormal",
    "gamma",
    "erlang",
    "weibull",
    "triangular",
    "uniform",
    "empirical",
    "histogram",
    "mixture",
    "truncated",
];

impl<'de> Deserialize<'de> for Distribution {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(DistributionVisitor)
    }
}

struct DistributionVisitor;

impl<'de> Visitor<'de> for DistributionVisitor {
    type Value = Distribution;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "a time such as \"2 hours\", or a distribution such as { lognormal = { mean = \"6 days\", sd = \"5 days\" } }",
        )
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Distribution, E> {
        Duration::parse(text).map(Distribution::Fixed).map_err(E::custom)
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Distribution, E> {
        Err(crate::scenario::units::bare(number))
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<Distribution, E> {
        Err(crate::scenario::units::bare(number))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Distribution, A::Error> {
        let mut found: Option<(String, Distribution)> = None;
        while let Some(Kind(kind)) = map.next_key()? {
            let distribution = match kind {
                "fixed" | "deterministic" => Distribution::Fixed(map.next_value()?),
                "exponential" => Distribution::Exponential(map.next_value::<Mean>()?.0),
                "lognormal" => Distribution::Lognormal(map.next_value()?),
                "gamma" => Distribution::Gamma(map.next_value()?),
                "erlang" => Distribution::Erlang(map.next_value()?),
                "weibull" => Distribution::Weibull(map.next_value()?),
                "triangular" => Distribution::Triangular(map.next_value()?),
                "uniform" => Distribution::Uniform(map.next_value()?),
                "empirical" => Distribution::Empirical(map.next_value()?),
                "histogram" => Distribution::Histogram(map.next_value()?),
                "mixture" => Distribution::Mixture(map.next_value()?),
                _ => Distribution::Truncated(Box::new(map.next_value()?)),
            };
            if let Some((first, _)) = &found {
                return Err(de::Error::custom(format!(
                    "is both `{first}` and `{kind}`; a distribution is of exactly one kind"
                )));
            }
            found = Some((kind.to_owned(), distribution));
        }
        found.map(|(_, distribution)| distribution).ok_or_else(|| {
            de::Error::custom(format!(
                "names no distribution; it must name exactly one\nknown are `{}`",
                KINDS.join("`, `")
            ))
        })
    }
}

/// The key of a table that may hold only kinds of distributions.
struct Kind(&'static str);

impl<'de> Deserialize<'de> for Kind {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct KindVisitor;
        impl Visitor<'_> for KindVisitor {
            type Value = Kind;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a kind of distribution")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Kind, E> {
                KINDS
                    .iter()
                    .find(|kind| **kind == text)
                    .map(|kind| Kind(kind))
                    .ok_or_else(|| E::unknown_field(text, KINDS))
            }
        }
        deserializer.deserialize_identifier(KindVisitor)
    }
}

/// A mean alone: `"3 days"` or `{ mean = "3 days" }`.
struct Mean(Duration);

impl<'de> Deserialize<'de> for Mean {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Long {
            mean: Duration,
        }
        let visitor = Either::<Long>::expecting("a mean with its unit, such as \"3 days\"");
        deserializer
            .deserialize_any(visitor)
            .map(|either| match either {
                ShortOrLong::Text(text) => text,
                ShortOrLong::Table(long) => long.mean,
            })
            .map(Mean)
    }
}

/// A time, or a table.
enum ShortOrLong<T> {
    Text(Duration),
    Table(T),
}

struct Either<T> {
    expecting: &'static str,
    table: PhantomData<T>,
}

impl<T> Either<T> {
    fn expecting(expecting: &'static str) -> Either<T> {
        Either { expecting, table: PhantomData }
    }
}

impl<'de, T: Deserialize<'de>> Visitor<'de> for Either<T> {
    type Value = ShortOrLong<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.expecting)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
        Duration::parse(text).map(ShortOrLong::Text).map_err(E::custom)
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Self::Value, E> {
        Err(crate::scenario::units::bare(number))
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<Self::Value, E> {
        Err(crate::scenario::units::bare(number))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        T::deserialize(de::value::MapAccessDeserializer::new(map)).map(ShortOrLong::Table)
    }
}

impl<'de> Deserialize<'de> for Chance {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ChanceVisitor)
    }
}

/// The long form of a chance.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename = "Chance")]
struct LongChance {
    value: f64,
    #[serde(default)]
    of: Option<Quantity>,
    #[serde(default)]
    between: Vec<String>,
}

struct ChanceVisitor;

impl<'de> Visitor<'de> for ChanceVisitor {
    type Value = Chance;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a share from 0 to 1, or { value = 0.2, of = \"…\", between = [\"…\", \"…\"] }")
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Chance, E> {
        self.visit_f64(number as f64)
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<Chance, E> {
        Ok(Chance { value: number, ..Chance::default() })
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Chance, A::Error> {
        let long = LongChance::deserialize(de::value::MapAccessDeserializer::new(map))?;
        Ok(Chance { value: long.value, of: long.of, between: long.between })
    }
}

impl<'de> Deserialize<'de> for Capacity {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(CapacityVisitor)
    }
}

struct CapacityVisitor;

impl Visitor<'_> for CapacityVisitor {
    type Value = Capacity;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a whole number of people, 0 or more, or \"unlimited\"")
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Capacity, E> {
        u32::try_from(number).map(Capacity::Limited).map_err(|_| match number {
            0.. => {
                E::custom(format!("is {number}; it must be at most {}, or \"unlimited\"", u32::MAX))
            }
            _ => E::invalid_value(de::Unexpected::Signed(number), &self),
        })
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Capacity, E> {
        if text == "unlimited" {
            Ok(Capacity::Unlimited)
        } else {
            Err(E::invalid_value(de::Unexpected::Str(text), &self))
        }
    }
}

impl<'de> Deserialize<'de> for Owner {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(OwnerVisitor)
    }
}

struct OwnerVisitor;

impl<'de> Visitor<'de> for OwnerVisitor {
    type Value = Owner;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an organisation, or a list of two organisations")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Owner, E> {
        Ok(Owner::One(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Owner, A::Error> {
        let mut names: Vec<String> = Vec::new();
        while let Some(name) = list.next_element()? {
            names.push(name);
        }
        match <[String; 2]>::try_from(names) {
            Ok([first, second]) => Ok(Owner::Pair(first, second)),
            Err(names) => {
                let plural = if names.len() == 1 { "" } else { "s" };
                Err(de::Error::custom(format!(
                    "has {} name{plural}; an owner is one organisation, or a list of two",
                    names.len()
                )))
            }
        }
    }
}

impl<'de> Deserialize<'de> for Batch {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(BatchVisitor)
    }
}

struct BatchVisitor;

impl<'de> Visitor<'de> for BatchVisitor {
    type Value = Batch;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a whole number of people, or shares of numbers such as { 1 = 0.5, 2 = 0.5 }")
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Batch, E> {
        u32::try_from(number)
            .map(|number| Batch(vec![(number, 1.0)]))
            .map_err(|_| E::invalid_value(de::Unexpected::Signed(number), &self))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Batch, A::Error> {
        let mut shares = Vec::new();
        while let Some(number) = map.next_key::<String>()? {
            let share = map.next_value()?;
            let number = number.parse().map_err(|_| {
                de::Error::custom(format!(
                    "has the key `{number}`; its keys must be numbers of people"
                ))
            })?;
            shares.push((number, share));
        }
        Ok(Batch(shares))
    }
}
