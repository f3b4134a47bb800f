//! The tables of a sweep.

use std::io::Write;

use crate::experiment::sweep::{Sink, Study};
use crate::report::csv_table::number;

/// The points: columns `point, design_part, design_index` and the path of every factor. Numbers stand
/// without their unit, which the manifest has.
///
/// # Errors
/// Those of writing.
pub fn points_csv(study: &Study, out: impl Write) -> csv::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    let factors = &study.sweep.factors;
    let header = ["point", "design_part", "design_index"].into_iter();
    writer.write_record(header.chain(factors.iter().map(|factor| factor.path.as_str())))?;
    for number in 0..study.points() {
        let point = study.point(number);
        writer.write_field(number.to_string())?;
        writer.write_field(&point.part)?;
        writer.write_field(point.index.to_string())?;
        let settings = factors.iter().zip(&point.settings);
        writer.write_record(settings.map(|(factor, setting)| factor.show(*setting)))?;
    }
    writer.flush()?;
    Ok(())
}

/// Writes rows and failures as they come.
#[derive(Debug)]
pub struct Rows<R: Write, F: Write> {
    rows: csv::Writer<R>,
    failed: csv::Writer<F>,
}

/// Long enough for a line of several hundred measures.
const LONGEST_LINE: usize = 1 << 16;

fn writer<W: Write>(out: W) -> csv::Writer<W> {
    csv::WriterBuilder::new().buffer_capacity(LONGEST_LINE).from_writer(out)
}

impl<R: Write, F: Write> Rows<R, F> {
    /// Goes on with tables whose headers are there.
    pub fn after_headers(rows: R, failed: F) -> Self {
        Rows { rows: writer(rows), failed: writer(failed) }
    }

    /// Begins both tables: columns `point, replication` and the measures, and `point, reason`.
    ///
    /// # Errors
    /// Those of writing.
    pub fn begin(study: &Study, rows: R, failed: F) -> csv::Result<Self> {
        let mut tables = Rows::after_headers(rows, failed);
        let measures = study.sweep.measures.iter().map(String::as_str);
        tables.rows.write_record(["point", "replication"].into_iter().chain(measures))?;
        tables.rows.flush()?;
        tables.failed.write_record(["point", "reason"])?;
        tables.failed.flush()?;
        Ok(tables)
    }
}

impl<R: Write + Send, F: Write + Send> Sink for Rows<R, F> {
    type Error = csv::Error;

    fn row(&mut self, point: u64, replication: u32, values: &[f64]) -> csv::Result<()> {
        self.rows.write_field(point.to_string())?;
        self.rows.write_field(replication.to_string())?;
        self.rows.write_record(values.iter().map(|value| number(*value)))?;
        // Each line goes out by itself: a killed run has lost no more than what was at work.
        Ok(self.rows.flush()?)
    }

    fn failed(&mut self, point: u64, reason: &str) -> csv::Result<()> {
        self.failed.write_record([&point.to_string(), reason])?;
        Ok(self.failed.flush()?)
    }
}
