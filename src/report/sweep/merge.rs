//! Joins the parts of a sweep to the tables of the whole.

use std::collections::BTreeSet;
use std::io::{self, BufRead, Write};

use serde_json::Value;
use thiserror::Error;

use crate::experiment::sweep::{Order, Shard};

/// Why parts cannot be joined.
#[derive(Debug, Error)]
pub enum Unmergeable {
    /// A table could not be read or written.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// A part lacks rows.
    #[error("part {0} has not ended; go on with it by `homeward sweep ... --shard {0} --resume`")]
    Unfinished(Shard),
    /// A part has rows that are not its own.
    #[error("part {0} has lines that do not belong to it")]
    Foreign(Shard),
}

/// The tables of a part.
#[derive(Debug)]
pub struct Part<R> {
    shard: Shard,
    rows: Lines<R>,
    failed: Lines<R>,
}

impl<R: BufRead> Part<R> {
    /// A part with its two tables, from their headers on.
    ///
    /// # Errors
    /// If they cannot be read.
    pub fn new(shard: Shard, rows: R, failed: R) -> io::Result<Part<R>> {
        Ok(Part { shard, rows: Lines::new(rows)?, failed: Lines::new(failed)? })
    }
}

/// The order of work of the whole sweep that a manifest is of; `None` if the manifest does not say.
pub fn order_of(manifest: &Value) -> Option<Order> {
    let points = manifest["points"].as_u64().filter(|points| *points > 0)?;
    let replications = u32::try_from(manifest["replications"].as_u64()?).ok()?;
    let is_grid = manifest["design"].as_str()? == "grid";
    (replications > 0).then(|| Order::new(points, replications, is_grid, Shard::WHOLE))
}

/// Joins all parts of a sweep, the first first: writes the rows and the failures as one run would have
/// written them. No more than a line of each part is in memory.
///
/// # Errors
/// If a part is not whole, or a table cannot be read or written.
///
/// # Panics
/// If there are no parts.
pub fn merge<R: BufRead>(
    order: Order,
    parts: &mut [Part<R>],
    rows: &mut impl Write,
    failed: &mut impl Write,
) -> Result<(), Unmergeable> {
    rows.write_all(&parts[0].rows.header)?;
    failed.write_all(&parts[0].failed.header)?;
    let mut known = BTreeSet::new();
    for number in 0..order.len() {
        let place = order.place(number);
        let part = (place.turn % parts.len() as u64) as usize;
        let part = &mut parts[part];
        let (point, replication) = (place.point.to_string(), place.replication.to_string());
        if part.rows.begins([&point, &replication]) {
            part.rows.pass(rows)?;
        } else if part.failed.begins([&point]) {
            part.failed.pass(failed)?;
            known.insert(place.point);
        } else if !known.contains(&place.point) {
            return Err(Unmergeable::Unfinished(part.shard));
        }
    }
    match parts.iter().find(|part| !part.rows.line.is_empty() || !part.failed.line.is_empty()) {
        Some(part) => Err(Unmergeable::Foreign(part.shard)),
        None => Ok(()),
    }
}

/// The whole lines of a table, one at a time.
#[derive(Debug)]
struct Lines<R> {
    table: R,
    header: Vec<u8>,
    /// The next line; empty at the end.
    line: Vec<u8>,
}

impl<R: BufRead> Lines<R> {
    fn new(table: R) -> io::Result<Lines<R>> {
        let mut lines = Lines { table, header: Vec::new(), line: Vec::new() };
        lines.advance()?;
        lines.header = std::mem::take(&mut lines.line);
        lines.advance()?;
        Ok(lines)
    }

    fn advance(&mut self) -> io::Result<()> {
        self.line.clear();
        self.table.read_until(b'\n', &mut self.line)?;
        // A line without its end was torn.
        if self.line.last() != Some(&b'\n') {
            self.line.clear();
        }
        Ok(())
    }

    /// Whether the next line begins with these fields.
    fn begins<const N: usize>(&self, fields: [&str; N]) -> bool {
        let mut found = self.line.split(|byte| [b',', b'\n'].contains(byte));
        fields.iter().all(|field| found.next() == Some(field.as_bytes()))
    }

    /// Writes the next line and goes on to the one after it.
    fn pass(&mut self, out: &mut impl Write) -> io::Result<()> {
        out.write_all(&self.line)?;
        self.advance()
    }
}
