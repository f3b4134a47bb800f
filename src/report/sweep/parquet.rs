//! The rows of a sweep as Parquet, made of the rows in CSV when all are there: so a sweep that was
//! killed needs nothing but the CSV to go on.

use std::io::{Read, Write};
use std::sync::Arc;

use parquet::basic::{Repetition, Type as PhysicalType};
use parquet::data_type::{DoubleType, Int32Type, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::Type;
use thiserror::Error;

/// So many rows are in memory at a time, and stand together in the file.
const GROUP: usize = 65_536;

/// Why the rows could not be written as Parquet.
#[derive(Debug, Error)]
pub enum ParquetFailed {
    /// The rows could not be read.
    #[error("the rows could not be read")]
    Csv(#[from] csv::Error),
    /// The file could not be written.
    #[error("the file could not be written")]
    Parquet(#[from] ParquetError),
}

/// Writes the rows as Parquet: `point` (INT64) and `replication` (INT32), and each measure as a DOUBLE
/// that may be missing.
///
/// # Errors
/// If rows cannot be read or the file cannot be written.
pub fn parquet(rows: impl Read, out: impl Write + Send) -> Result<(), ParquetFailed> {
    let mut reader = csv::Reader::from_reader(rows);
    let names: Vec<String> = reader.headers()?.iter().skip(2).map(str::to_owned).collect();
    let properties = Arc::new(WriterProperties::builder().build());
    let mut writer = SerializedFileWriter::new(out, Arc::new(schema(&names)?), properties)?;
    let mut group = Group::of(names.len());
    for record in reader.records() {
        group.add(&record?);
        if group.points.len() == GROUP {
            group.write(&mut writer)?;
        }
    }
    group.write(&mut writer)?;
    writer.close()?;
    Ok(())
}

fn schema(measures: &[String]) -> Result<Type, ParquetError> {
    let column = |name: &str, kind, repetition| {
        let column = Type::primitive_type_builder(name, kind).with_repetition(repetition).build();
        column.map(Arc::new)
    };
    let mut columns = vec![
        column("point", PhysicalType::INT64, Repetition::REQUIRED)?,
        column("replication", PhysicalType::INT32, Repetition::REQUIRED)?,
    ];
    for name in measures {
        columns.push(column(name, PhysicalType::DOUBLE, Repetition::OPTIONAL)?);
    }
    Type::group_type_builder("rows").with_fields(columns).build()
}

/// Rows that are written together, column by column.
struct Group {
    points: Vec<i64>,
    replications: Vec<i32>,
    /// The values of each measure that are there, and for each row whether there is one.
    measures: Vec<(Vec<f64>, Vec<i16>)>,
}

impl Group {
    fn of(measures: usize) -> Group {
        let measures = vec![(Vec::new(), Vec::new()); measures];
        Group { points: Vec::new(), replications: Vec::new(), measures }
    }

    fn add(&mut self, record: &csv::StringRecord) {
        let field = |place: usize| record.get(place).unwrap_or_default();
        self.points.push(field(0).parse().unwrap_or_default());
        self.replications.push(field(1).parse().unwrap_or_default());
        for (place, (values, present)) in self.measures.iter_mut().enumerate() {
            let value: Option<f64> = field(place + 2).parse().ok();
            present.push(value.is_some().into());
            values.extend(value);
        }
    }

    fn write<W: Write + Send>(
        &mut self,
        writer: &mut SerializedFileWriter<W>,
    ) -> Result<(), ParquetError> {
        if self.points.is_empty() {
            return Ok(());
        }
        let mut group = writer.next_row_group()?;
        let mut measures = self.measures.iter();
        for place in 0.. {
            let Some(mut column) = group.next_column()? else { break };
            match place {
                0 => column.typed::<Int64Type>().write_batch(&self.points, None, None)?,
                1 => column.typed::<Int32Type>().write_batch(&self.replications, None, None)?,
                _ => match measures.next() {
                    Some((values, present)) => {
                        column.typed::<DoubleType>().write_batch(values, Some(present), None)?
                    }
                    None => 0,
                },
            };
            column.close()?;
        }
        group.close()?;
        *self = Group::of(self.measures.len());
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::RowAccessor;

    use super::*;

    #[test]
    fn what_is_written_reads_back_and_what_is_missing_stays_so() {
        let rows = "point,replication,a.all,b.p1\n3,0,0.1,2\n1,0,,1e300\n3,1,-4.5,\n";
        let file = tempfile::tempfile().expect("a file can be made");
        parquet(rows.as_bytes(), &file).expect("it can be written");
        let reader = SerializedFileReader::new(file).expect("it can be read");
        let rows: Vec<_> = reader.get_row_iter(None).expect("rows").flatten().collect();
        let points: Vec<_> = rows.iter().map(|row| row.get_long(0).expect("a number")).collect();
        assert_eq!(points, [3, 1, 3]);
        assert_eq!(rows[2].get_int(1).expect("a number"), 1);
        let values = |place| rows.iter().map(|row| row.get_double(place).ok()).collect::<Vec<_>>();
        assert_eq!(values(2), [Some(0.1), None, Some(-4.5)]);
        assert_eq!(values(3), [Some(2.0), Some(1e300), None]);
    }
}
