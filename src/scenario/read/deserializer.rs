//! Lets serde fill the shapes of the language from a tree, with errors that know their path.

use serde::de::value::StrDeserializer;
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error as _, IntoDeserializer, MapAccess, SeqAccess,
    Unexpected, VariantAccess, Visitor,
};
use serde::forward_to_deserialize_any;

use super::problem::Problem;
use crate::scenario::tree::{Entry, Node, Value};

impl Node {
    fn unexpected(&self) -> Unexpected<'_> {
        match &self.value {
            Value::Table(_) => Unexpected::Map,
            Value::Array(..) => Unexpected::Seq,
            Value::String(text) => Unexpected::Str(text),
            Value::Integer(number) => match i64::try_from(*number) {
                Ok(number) => Unexpected::Signed(number),
                Err(_) => Unexpected::Other("a number beyond all measure"),
            },
            Value::Float(number) => Unexpected::Float(*number),
            Value::Boolean(truth) => Unexpected::Bool(*truth),
            Value::Datetime(_) => Unexpected::Other("a date or time"),
            Value::Unreadable => Unexpected::Other("nothing that can be read"),
        }
    }
}

impl<'de> Deserializer<'de> for &'de Node {
    type Error = Problem;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
        match &self.value {
            Value::String(text) => visitor.visit_borrowed_str(text),
            Value::Integer(number) => {
                if let Ok(number) = i64::try_from(*number) {
                    visitor.visit_i64(number)
                } else if let Ok(number) = u64::try_from(*number) {
                    visitor.visit_u64(number)
                } else {
                    Err(Problem::invalid_type(self.unexpected(), &visitor))
                }
            }
            Value::Float(number) if number.is_finite() => visitor.visit_f64(*number),
            Value::Float(number) => Err(Problem::custom(format!(
                "is {}; it must be a finite number",
                if number.is_nan() { "nan" } else { "infinite" }
            ))),
            Value::Boolean(truth) => visitor.visit_bool(*truth),
            Value::Datetime(moment) => visitor.visit_string(moment.to_string()),
            Value::Unreadable => Err(Problem::invalid_type(self.unexpected(), &visitor)),
            Value::Array(list, _) => visitor.visit_seq(List { list, next: 0 }),
            Value::Table(table) => {
                visitor.visit_map(Keys { entries: table.entries.iter(), value: None })
            }
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
        match &self.value {
            Value::String(text) => visitor.visit_borrowed_str(text),
            _ => Err(Problem::invalid_type(self.unexpected(), &"text in quotes")),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Problem> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Problem> {
        match &self.value {
            // Serde would fill a table from a list, by the order of its keys.
            Value::Array(..) => Err(Problem::invalid_type(self.unexpected(), &visitor)),
            _ => self.deserialize_any(visitor),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Problem> {
        match &self.value {
            Value::String(text) => visitor.visit_enum(Word(text)),
            _ => {
                let words: Vec<String> = variants.iter().map(|word| format!("{word:?}")).collect();
                let expected = format!("one of {}", words.join(", "));
                Err(Problem::invalid_type(self.unexpected(), &expected.as_str()))
            }
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char bytes byte_buf unit unit_struct
        seq tuple tuple_struct map identifier ignored_any
    }
}

struct List<'de> {
    list: &'de [Node],
    next: usize,
}

impl<'de> SeqAccess<'de> for List<'de> {
    type Error = Problem;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Problem> {
        let Some(node) = self.list.get(self.next) else {
            return Ok(None);
        };
        let index = self.next;
        self.next += 1;
        seed.deserialize(node).map(Some).map_err(|problem| problem.within(&index.to_string()))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.list.len() - self.next)
    }
}

struct Keys<'de> {
    entries: indexmap::map::Iter<'de, String, Entry>,
    value: Option<(&'de str, &'de Node)>,
}

impl<'de> MapAccess<'de> for Keys<'de> {
    type Error = Problem;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Problem> {
        let Some((key, entry)) = self.entries.next() else {
            return Ok(None);
        };
        self.value = Some((key, &entry.node));
        let key_text: StrDeserializer<'de, Problem> = key.as_str().into_deserializer();
        seed.deserialize(key_text).map(Some).map_err(|problem| problem.within(key))
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Problem> {
        let (key, node) = self.value.take().expect("serde asks for a value after its key");
        seed.deserialize(node).map_err(|problem| problem.within(key))
    }
}

/// One of a few words.
struct Word<'de>(&'de str);

impl<'de> EnumAccess<'de> for Word<'de> {
    type Error = Problem;
    type Variant = Word<'de>;

    fn variant_seed<V: DeserializeSeed<'de>>(
        self,
        seed: V,
    ) -> Result<(V::Value, Word<'de>), Problem> {
        let word: StrDeserializer<'de, Problem> = self.0.into_deserializer();
        Ok((seed.deserialize(word)?, self))
    }
}

impl<'de> VariantAccess<'de> for Word<'de> {
    type Error = Problem;

    fn unit_variant(self) -> Result<(), Problem> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, _: T) -> Result<T::Value, Problem> {
        Err(Problem::custom(format!("is {:?}; it must be a table", self.0)))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, _: V) -> Result<V::Value, Problem> {
        Err(Problem::custom(format!("is {:?}; it must be a list", self.0)))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, Problem> {
        Err(Problem::custom(format!("is {:?}; it must be a table", self.0)))
    }
}
