//! The schemas of values that read themselves: each says what the visitor beside its type reads.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Value, json};

use crate::scenario::language::{
    Batch, ByAttribute, Capacity, Chance, Distribution, Empirical, Erlang, Gamma, Histogram,
    Lognormal, OneOf, Owner, Part, Pathways, Quantity, Triangular, Truncated, Uniform, WarmUp,
    Weibull,
};
use crate::scenario::units::{Clock, Date, Duration, Hours, Moment, Shift, Weekday};

/// Says what a type may be written as.
macro_rules! written {
    ($($type:ident as $name:literal, $generator:ident => { $($schema:tt)* })*) => {
        $(impl JsonSchema for $type {
            fn schema_name() -> Cow<'static, str> {
                $name.into()
            }

            fn json_schema($generator: &mut SchemaGenerator) -> Schema {
                let _ = &$generator;
                json_schema!({ $($schema)* })
            }
        })*
    };
}

/// `{ <kind> = <shape> }` of exactly one kind.
macro_rules! one_of {
    ($generator:ident, $($kind:literal: $shape:ty => $meaning:literal,)*) => {
        json!({
            "type": "object",
            "properties": { $($kind: {
                "description": $meaning,
                "allOf": [$generator.subschema_for::<$shape>()],
            },)* },
            "additionalProperties": false,
            "oneOf": [$({ "required": [$kind] },)*],
        })
    };
}

/// What may stand beside the values of an attribute.
fn beside() -> Value {
    json!({ "by": {}, "source": {}, "confidence": {}, "why": {}, "range": {} })
}

/// The mean of an exponential: alone, or as a table.
struct Mean;

written! {
    Duration as "time", generator => {
        "description": "A length of time: a number and one of seconds, minutes, hours, days, weeks, years (365 days).",
        "type": "string",
        "pattern": r"^\s*\+?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?\s*(seconds?|s|secs?|minutes?|mins?|hours?|h|hrs?|days?|d|weeks?|w|years?|y)\s*$",
        "examples": ["2.5 days", "4 hours", "30 minutes"],
    }
    WarmUp as "warm_up", generator => {
        "description": "A length of time; or \"found\": as long as pilot runs show that it must be.",
        "anyOf": [generator.subschema_for::<Duration>(), { "const": "found" }],
    }
    Date as "date", generator => {
        "description": "A day of the calendar, from 1900 to 2200.",
        "type": "string",
        "pattern": "^(19[0-9][0-9]|2[01][0-9][0-9]|2200)-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$",
        "examples": ["2025-01-06"],
    }
    Moment as "moment", generator => {
        "description": "A day and a time of that day.",
        "type": "string",
        "pattern": "^(19[0-9][0-9]|2[01][0-9][0-9]|2200)-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])[ T]([01][0-9]|2[0-3]):?[0-5][0-9]",
        "examples": ["2025-01-06 08:00"],
    }
    Clock as "clock", generator => {
        "description": "A time of the day, before 24:00.",
        "type": "string",
        "pattern": r"^\s*([01]?[0-9]|2[0-3]):[0-5][0-9](:[0-5]?[0-9])?\s*$",
        "examples": ["09:00"],
    }
    Batch as "batch", generator => {
        "description": "How many people come together: a number, or numbers with their shares, such as { 1 = 0.5, 2 = 0.5 }.",
        "anyOf": [
            { "type": "integer", "minimum": 0, "maximum": u32::MAX },
            {
                "type": "object",
                "additionalProperties": { "type": "number" },
                "propertyNames": { "pattern": "^([0-9]+|value|source|confidence|why|range)$", "examples": ["1", "2"] },
            },
        ],
    }
    Pathways as "pathways", generator => {
        "description": "The share of each pathway; or the attribute that decides, and for each of its values the share of each pathway, such as { by = \"council\", north = { home = 0.7, support = 0.3 }, south = { home = 1.0 } }. Shares add up to 1.",
        "type": "object",
        "properties": { "by": { "description": "The attribute that decides.", "type": "string" } },
        "additionalProperties": {
            "anyOf": [
                { "type": "number" },
                { "type": "object", "additionalProperties": { "type": "number" } },
            ],
        },
        "if": { "required": ["by"] },
        "then": { "properties": beside(), "additionalProperties": { "type": "object", "not": { "required": ["value"] } } },
        "else": { "properties": beside(), "additionalProperties": { "if": { "type": "object" }, "then": { "required": ["value"] } } },
    }
    ByAttribute as "ways_by_attribute", generator => {
        "description": "The attribute that decides, and for each of its values the step at which a person goes on, such as { by = \"council\", north = \"a_step\" }. Who is none of what is named goes on at the next step.",
        "type": "object",
        "properties": { "by": { "description": "The attribute that decides.", "type": "string" } },
        "additionalProperties": { "type": "string" },
        "required": ["by"],
    }
    OneOf as "one_of_values", generator => {
        "description": "A value of an attribute, or a list of them.",
        "anyOf": [
            { "type": "string", "examples": ["north"] },
            { "type": "array", "items": { "type": "string" } },
        ],
    }
    Hours as "hours", generator => {
        "description": "Hours of the day: \"closed\", \"all day\", a range, a single moment, or a list of ranges.",
        "anyOf": [
            { "type": "string", "pattern": HOURS, "examples": ["08:30-17:00", "all day", "closed"] },
            { "type": "array", "items": { "type": "string", "pattern": RANGE, "examples": ["08:00-12:00"] } },
        ],
    }
    Shift as "shift", generator => {
        "description": "A stretch of the day, over midnight as well: \"20:00-08:00\".",
        "type": "string",
        "pattern": r"^\s*[0-9]{1,2}:[0-9]{2}(:[0-9]{1,2})?\s*[-–]\s*[0-9]{1,2}:[0-9]{2}(:[0-9]{1,2})?\s*$",
        "examples": ["20:00-08:00"],
    }
    Weekday as "weekday", generator => {
        "description": "A day of the week, by its name or the first three letters of it.",
        "enum": ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
            "mon", "tue", "wed", "thu", "fri", "sat", "sun"],
    }
    Capacity as "capacity", generator => {
        "description": "How many people fit: a number, or \"unlimited\".",
        "anyOf": [
            { "type": "integer", "minimum": 0, "maximum": u32::MAX },
            { "const": "unlimited" },
        ],
    }
    Owner as "owner", generator => {
        "description": "Whose delay it is: an organisation, or a list of two.",
        "anyOf": [
            { "type": "string", "examples": ["hospital"] },
            { "type": "array", "items": { "type": "string" }, "minItems": 2, "maxItems": 2 },
        ],
    }
    Chance as "chance", generator => {
        "description": "A share from 0 to 1, which may say what it is a chance of.",
        "anyOf": [
            { "type": "number", "minimum": 0, "maximum": 1 },
            {
                "type": "object",
                "properties": {
                    "value": { "description": "The chance itself [0-1].", "type": "number", "minimum": 0, "maximum": 1 },
                    "of": {
                        "description": "What it is a chance of, if coordination changes it.",
                        "allOf": [generator.subschema_for::<Quantity>()],
                    },
                    "between": {
                        "description": "The two organisations between which it happens: who hands over, and to whom.",
                        "type": "array", "items": { "type": "string" },
                    },
                },
                "required": ["value"],
                "additionalProperties": false,
            },
        ],
    }
    Mean as "mean", generator => {
        "description": "A mean, alone or as { mean = \"3 days\" }.",
        "anyOf": [
            generator.subschema_for::<Duration>(),
            {
                "type": "object",
                "properties": { "mean": { "description": "Mean.", "allOf": [generator.subschema_for::<Duration>()] } },
                "required": ["mean"],
                "additionalProperties": false,
            },
        ],
    }
    Distribution as "distribution", generator => {
        "description": "How long something takes: a time that is always the same, or a table that names one kind of distribution.",
        "anyOf": [
            generator.subschema_for::<Duration>(),
            one_of!(generator,
                "fixed": Duration => "Always the same.",
                "deterministic": Duration => "Always the same, as `fixed`.",
                "exponential": Mean => "Exponential, by its mean.",
                "lognormal": Lognormal => "Lognormal: `mean` and `sd`; or `mean` and `median`; or `mu`, `sigma` and `unit`.",
                "gamma": Gamma => "Gamma: `mean` and `sd`; or `shape` and `scale`.",
                "erlang": Erlang => "Erlang: the sum of `stages` equal exponentials.",
                "weibull": Weibull => "Weibull, by its shape and scale.",
                "triangular": Triangular => "Triangular, by its bounds and peak.",
                "uniform": Uniform => "Even between two bounds.",
                "empirical": Empirical => "One of several values, such as those that were measured.",
                "histogram": Histogram => "Even within each of several parts.",
                "mixture": Vec<Part> => "One of several distributions, by share; the shares add up to 1.",
                "truncated": Truncated => "What of a distribution lies between two bounds; whatever is outside is drawn again.",
            ),
        ],
    }
}

/// A range of hours or a single moment.
const RANGE: &str =
    r"^\s*[0-9]{1,2}:[0-9]{2}(:[0-9]{1,2})?\s*([-–]\s*[0-9]{1,2}:[0-9]{2}(:[0-9]{1,2})?\s*)?$";

/// Hours in one text.
const HOURS: &str = r"^\s*(closed|all day|[0-9]{1,2}:[0-9]{2}(:[0-9]{1,2})?\s*([-–]\s*[0-9]{1,2}:[0-9]{2}(:[0-9]{1,2})?\s*)?)$";
