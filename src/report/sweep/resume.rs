//! How far a sweep has got, as its tables tell.

use std::collections::BTreeSet;
use std::io::{self, BufRead};

use thiserror::Error;

use crate::experiment::sweep::{Order, Rest};

/// How far a sweep has got.
#[derive(Debug, Clone)]
pub struct SoFar {
    /// What is still to be run.
    pub rest: Rest,
    /// How many rows there are.
    pub rows: u64,
    /// So much of the table of rows is whole \[bytes\]; none if not even its header is.
    pub rows_end: u64,
    /// So much of the table of failures is whole \[bytes\].
    pub failed_end: u64,
}

/// Why tables cannot be gone on with.
#[derive(Debug, Error)]
pub enum Unreadable {
    /// A table could not be read.
    #[error("it cannot be read")]
    Io(#[from] io::Error),
    /// A line is not what the sweep writes there.
    #[error("line {0} of {1} is not what this sweep writes there")]
    Line(u64, &'static str),
}

/// Reads how far a sweep has got. A last line without its end is left out: it was torn.
///
/// # Errors
/// If the tables cannot be read, or are not a beginning of what the sweep writes.
pub fn so_far(order: Order, rows: impl BufRead, failed: impl BufRead) -> Result<SoFar, Unreadable> {
    let mut known = BTreeSet::new();
    let failed_end = lines(failed, |number, line| {
        let point = line.split(',').next().and_then(|point| point.parse::<u64>().ok());
        known.insert(point.ok_or(Unreadable::Line(number, super::files::FAILED))?);
        Ok(())
    })?;
    let (mut from, mut count) = (0, 0);
    let rows_end = lines(rows, |number, line| {
        let wrong = || Unreadable::Line(number, super::files::ROWS);
        let mut fields = line.split(',');
        let point: u64 = fields.next().and_then(|it| it.parse().ok()).ok_or_else(wrong)?;
        let replication: u32 = fields.next().and_then(|it| it.parse().ok()).ok_or_else(wrong)?;
        loop {
            if from == order.len() {
                return Err(wrong());
            }
            let place = order.place(from);
            from += 1;
            if (place.point, place.replication) == (point, replication) {
                count += 1;
                return Ok(());
            }
            if !known.contains(&place.point) {
                return Err(wrong());
            }
        }
    })?;
    Ok(SoFar { rest: Rest { order, from, failed: known }, rows: count, rows_end, failed_end })
}

/// Hands over each whole line after the header, with its number from 1 on. How long the whole lines are
/// together \[bytes\].
fn lines(
    mut table: impl BufRead,
    mut each: impl FnMut(u64, &str) -> Result<(), Unreadable>,
) -> Result<u64, Unreadable> {
    let (mut end, mut number, mut line) = (0, 0, Vec::new());
    loop {
        line.clear();
        table.read_until(b'\n', &mut line)?;
        if line.last() != Some(&b'\n') {
            return Ok(end);
        }
        number += 1;
        if number > 1 {
            each(number, &String::from_utf8_lossy(&line))?;
        }
        end += line.len() as u64;
    }
}
