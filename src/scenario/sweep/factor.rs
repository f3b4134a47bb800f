//! What a sweep varies.

use super::merge;
use crate::scenario::tree::{Node, Origin, Value};

/// Who has a say in a factor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FactorKind {
    /// A room can decide it.
    Lever,
    /// Nobody knows it.
    Uncertainty,
}

impl FactorKind {
    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            FactorKind::Lever => "lever",
            FactorKind::Uncertainty => "uncertainty",
        }
    }
}

/// A value of the scenario that is varied.
#[derive(Debug, Clone)]
pub struct Factor {
    /// Its path, as `--set` takes it.
    pub path: String,
    /// Who has a say in it.
    pub kind: FactorKind,
    /// What it may be.
    pub values: Values,
    /// The unit of its numbers, such as `days`; `None` for pure numbers and for lists.
    pub unit: Option<&'static str>,
    /// How many levels a grid gives it.
    pub levels: u32,
    pub(super) keys: Vec<(String, Origin)>,
    pub(super) origin: Origin,
    /// The values of a list.
    pub(super) listed: Vec<Value>,
}

/// What a factor may be.
#[derive(Debug, Clone, PartialEq)]
pub enum Values {
    /// Anything from the least to the most.
    Range {
        /// The least.
        low: f64,
        /// The most.
        high: f64,
    },
    /// Every whole number from the least to the most.
    WholeRange {
        /// The least.
        low: i64,
        /// The most.
        high: i64,
    },
    /// One of these, as written.
    List(Vec<String>),
    /// Drawn from a triangle.
    Triangular {
        /// The least.
        low: f64,
        /// The likeliest.
        mode: f64,
        /// The most.
        high: f64,
    },
    /// Drawn from a normal distribution.
    Normal {
        /// Its mean.
        mean: f64,
        /// Its standard deviation.
        sd: f64,
    },
    /// Drawn from a lognormal distribution.
    Lognormal {
        /// Its mean.
        mean: f64,
        /// Its standard deviation.
        sd: f64,
    },
}

/// The value of a factor at a point.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Setting {
    /// A number, in the unit of the factor.
    Real(f64),
    /// A whole number, in the unit of the factor.
    Whole(i64),
    /// This one of a list.
    Listed(usize),
}

impl Factor {
    /// A setting as it stands in the table of points: a number without its unit, or what is listed.
    pub fn show(&self, setting: Setting) -> String {
        match (setting, &self.values) {
            (Setting::Real(number), _) => number.to_string(),
            (Setting::Whole(number), _) => number.to_string(),
            (Setting::Listed(index), Values::List(list)) => {
                list.get(index).cloned().unwrap_or_default()
            }
            (Setting::Listed(index), _) => index.to_string(),
        }
    }

    /// The edit that a setting asks for.
    pub(super) fn edit(&self, setting: &Setting) -> Node {
        let value = match (*setting, self.unit) {
            (Setting::Listed(index), _) => {
                self.listed.get(index).cloned().unwrap_or(Value::Unreadable)
            }
            (Setting::Whole(number), None) => Value::Integer(number.into()),
            (Setting::Real(number), None) => Value::Float(number),
            (Setting::Whole(number), Some(unit)) => Value::String(format!("{number} {unit}")),
            (Setting::Real(number), Some(unit)) => Value::String(format!("{number} {unit}")),
        };
        merge::edit_of(self.keys.clone(), Node::made(value, self.origin))
    }

    /// Its first and its last setting.
    pub(super) fn ends(&self) -> [Setting; 2] {
        match &self.values {
            Values::Range { low, high } | Values::Triangular { low, high, .. } => {
                [Setting::Real(*low), Setting::Real(*high)]
            }
            Values::WholeRange { low, high } => [Setting::Whole(*low), Setting::Whole(*high)],
            Values::List(list) => [Setting::Listed(0), Setting::Listed(list.len() - 1)],
            Values::Normal { mean, .. } | Values::Lognormal { mean, .. } => {
                [Setting::Real(*mean); 2]
            }
        }
    }
}
