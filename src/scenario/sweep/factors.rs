//! Reads levers and uncertainties.

use super::factor::{Factor, FactorKind, Values};
use super::reader::{Amount, Reader};
use crate::scenario::nearest;
use crate::scenario::sets;
use crate::scenario::tree::{Entry, Node, Table, Value};

/// How the values of a factor may be given.
const WAYS: [&str; 5] = ["range", "values", "triangular", "normal", "lognormal"];

/// The keys of a factor.
const KEYS: [&str; 8] =
    ["range", "values", "triangular", "normal", "lognormal", "levels", "title", "why"];

impl Reader<'_> {
    /// The factors in a table: `"places.ward.capacity" = { range = [650, 750] }`, or with the path as
    /// headers. `grid` is the number of levels that a grid gives if the factor says nothing.
    pub(super) fn factors_in(
        &mut self,
        node: &Node,
        path: &str,
        kind: FactorKind,
        grid: Option<Option<u32>>,
    ) -> Vec<Factor> {
        let Some(table) = node.table() else {
            let message = format!("`{path}` is {}; it must be a table", node.kind());
            self.wrong(node.origin, message, "such as { range = [650, 750] }");
            return Vec::new();
        };
        let mut found = Vec::new();
        self.descend(table, &mut Vec::new(), kind, grid, &mut found);
        found
    }

    fn descend(
        &mut self,
        table: &Table,
        path: &mut Vec<String>,
        kind: FactorKind,
        grid: Option<Option<u32>>,
        found: &mut Vec<Factor>,
    ) {
        for (key, entry) in &table.entries {
            path.push(key.clone());
            let dotted = path.join(".");
            match entry.node.table() {
                Some(inner) if KEYS.iter().any(|key| inner.entries.contains_key(*key)) => {
                    found.extend(self.factor(&dotted, entry, inner, kind, grid));
                }
                Some(inner)
                    if inner.entries.values().all(|entry| entry.node.table().is_some())
                        && !inner.entries.is_empty() =>
                {
                    self.descend(inner, path, kind, grid, found);
                }
                Some(inner) => {
                    self.only(inner, &KEYS, &format!("the {} `{dotted}`", kind.name()));
                    if inner.entries.is_empty() {
                        self.no_values(entry, &dotted);
                    }
                }
                None if entry.node.value == Value::Unreadable => {}
                None => {
                    let message =
                        format!("`{dotted}` is {}; it must be a table", entry.node.kind());
                    self.wrong(entry.node.origin, message, "such as { range = [650, 750] }");
                }
            }
            path.pop();
        }
    }

    fn no_values(&mut self, entry: &Entry, path: &str) {
        let message = format!("`{path}` has no values to try");
        let note = "such as range = [650, 750], values = [650, 700, 750] or triangular = { low = 1, mode = 2, high = 4 }";
        self.wrong(entry.key, message, note);
    }

    fn factor(
        &mut self,
        path: &str,
        entry: &Entry,
        table: &Table,
        kind: FactorKind,
        grid: Option<Option<u32>>,
    ) -> Option<Factor> {
        self.only(table, &KEYS, &format!("the {} `{path}`", kind.name()));
        let Some(keys) = sets::keys_at(path, entry.key) else {
            self.wrong(
                entry.key,
                format!("`{path}` is not a path"),
                "such as \"places.ward.capacity\"",
            );
            return None;
        };
        let first = keys.first().map(|(key, _)| key.as_str()).unwrap_or_default();
        if ["extends", "changes"].contains(&first)
            || ["run.seed", "run.replications"].contains(&path)
        {
            self.wrong(
                entry.key,
                format!("`{path}` cannot be varied"),
                "`seed` and `replications` of a sweep are keys of its own",
            );
            return None;
        }
        let ways: Vec<&str> = WAYS.into_iter().filter(|way| table.get(way).is_some()).collect();
        let [way] = ways[..] else {
            if ways.is_empty() {
                self.no_values(entry, path);
            } else {
                let message =
                    format!("`{path}` is given in more than one way: {}", ways.join(", "));
                self.wrong(entry.key, message, "keep one of them");
            }
            return None;
        };
        let node = table.get(way)?;
        let mut listed = Vec::new();
        let (values, unit) = match way {
            "range" => self.range(path, node)?,
            "values" => {
                listed = self.list(path, node)?;
                let shown = listed.iter().map(crate::scenario::text::shown).collect();
                (Values::List(shown), None)
            }
            _ => self.distribution(path, way, node)?,
        };
        let levels = match (&values, grid) {
            (Values::List(list), _) => u32::try_from(list.len()).ok()?,
            (_, None) => {
                if let Some(entry) = table.entries.get("levels") {
                    let message = format!("`{path}` has levels, but the design is no grid");
                    self.wrong(
                        entry.key,
                        message,
                        "levels belong to a grid, or to `design` if that is \"morris\"",
                    );
                }
                1
            }
            (_, Some(of_all)) => {
                let own = self.get::<u32>(table, "levels", path);
                match own.or(of_all) {
                    None if table.get("levels").is_some() => return None,
                    None => {
                        let message = format!("a grid needs to know how many levels `{path}` has");
                        self.wrong(
                            entry.key,
                            message,
                            "such as levels = 5 here, or in [design] for all",
                        );
                        return None;
                    }
                    Some(0) => {
                        self.wrong(
                            entry.key,
                            format!("`{path}` has 0 levels: the design is empty"),
                            "",
                        );
                        return None;
                    }
                    Some(levels) => levels,
                }
            }
        };
        let (keys, origin) = (keys, entry.key);
        Some(Factor {
            path: path.to_owned(),
            kind,
            values,
            unit: unit.map(|(name, _)| name),
            levels,
            keys,
            origin,
            listed,
        })
    }

    fn range(&mut self, path: &str, node: &Node) -> Option<(Values, Unit)> {
        let ends = match &node.value {
            Value::Array(list, _) if list.len() == 2 => list,
            Value::Unreadable => return None,
            _ => {
                let message =
                    format!("`range` of `{path}` must be a list of two: the least and the most");
                self.wrong(
                    node.origin,
                    message,
                    "such as range = [650, 750] or range = [\"1 day\", \"3 days\"]",
                );
                return None;
            }
        };
        let what = format!("`range` of `{path}`");
        let (low, high) = (self.amount(&ends[0], &what), self.amount(&ends[1], &what));
        let (low, high) = (low?, high?);
        self.same_kind(path, node, &[low, high])?;
        let unit = low.unit;
        let numbers = [low.number, high.in_unit(unit)];
        if numbers[0] > numbers[1] {
            let written = |node: &Node| crate::scenario::text::shown(&node.value);
            let message = format!(
                "the range of `{path}` runs the wrong way round: from {} to {}",
                written(&ends[0]),
                written(&ends[1])
            );
            self.wrong(node.origin, message, "write the least first");
            return None;
        }
        if numbers[0].to_bits() == numbers[1].to_bits() {
            let message = format!("the range of `{path}` has no width: nothing is varied");
            self.wrong(
                node.origin,
                message,
                "write the least and the most; for one value use [set]",
            );
            return None;
        }
        match (low.whole, high.whole) {
            (Some(low), Some(high)) => Some((Values::WholeRange { low, high }, unit)),
            _ => Some((Values::Range { low: numbers[0], high: numbers[1] }, unit)),
        }
    }

    fn same_kind(&mut self, path: &str, node: &Node, amounts: &[Amount]) -> Option<()> {
        if amounts.iter().any(|amount| amount.unit.is_some() != amounts[0].unit.is_some()) {
            let message = format!("`{path}` mixes numbers and times");
            self.wrong(node.origin, message, "give all of them a unit, or none");
            return None;
        }
        Some(())
    }

    fn list(&mut self, path: &str, node: &Node) -> Option<Vec<Value>> {
        let Value::Array(list, _) = &node.value else {
            if node.value != Value::Unreadable {
                let message = format!("`values` of `{path}` is {}; it must be a list", node.kind());
                self.wrong(node.origin, message, "such as values = [650, 700, 750]");
            }
            return None;
        };
        if list.is_empty() {
            let message = format!("`values` of `{path}` is empty: there is nothing to try");
            self.wrong(node.origin, message, "such as values = [650, 700, 750]");
            return None;
        }
        Some(list.iter().map(|item| item.value.clone()).collect())
    }

    fn distribution(&mut self, path: &str, way: &str, node: &Node) -> Option<(Values, Unit)> {
        let (keys, example): (&[&str], &str) = match way {
            "triangular" => (&["low", "mode", "high"], "{ low = 1, mode = 2, high = 4 }"),
            _ => (&["mean", "sd"], "{ mean = 2.0, sd = 0.5 }"),
        };
        let Some(table) = node.table() else {
            let message = format!("`{way}` of `{path}` is {}; it must be a table", node.kind());
            self.wrong(node.origin, message, &format!("such as {way} = {example}"));
            return None;
        };
        self.only(table, keys, &format!("`{way}` of `{path}`"));
        let mut amounts = Vec::new();
        for key in keys {
            match table.get(key) {
                Some(node) => amounts.extend(self.amount(node, &format!("`{key}` of `{path}`"))),
                None if nearest::nearest(key, table.entries.keys().map(String::as_str))
                    .is_some() => {}
                None => {
                    let message = format!("`{way}` of `{path}` lacks the key `{key}`");
                    self.wrong(node.origin, message, &format!("such as {way} = {example}"));
                }
            }
        }
        if amounts.len() < keys.len() {
            return None;
        }
        self.same_kind(path, node, &amounts)?;
        let unit = amounts[0].unit;
        let numbers: Vec<f64> = amounts.iter().map(|amount| amount.in_unit(unit)).collect();
        let mut wrong = |message: String| {
            self.wrong(node.origin, message, &format!("such as {way} = {example}"));
            None
        };
        match (way, &numbers[..]) {
            ("triangular", &[low, mode, high]) => {
                if low < high && low <= mode && mode <= high {
                    return Some((Values::Triangular { low, mode, high }, unit));
                }
                wrong(format!("`triangular` of `{path}` must rise: low, mode, high"))
            }
            (_, &[_, sd]) if sd <= 0.0 => wrong(format!("`sd` of `{path}` must be above 0")),
            ("normal", &[mean, sd]) => Some((Values::Normal { mean, sd }, unit)),
            (_, &[mean, _]) if mean <= 0.0 => {
                wrong(format!("the mean of `lognormal` of `{path}` must be above 0"))
            }
            (_, &[mean, sd]) => Some((Values::Lognormal { mean, sd }, unit)),
            _ => unreachable!("a distribution has two numbers or three"),
        }
    }
}

/// The name and length of a unit.
type Unit = Option<(&'static str, f64)>;
