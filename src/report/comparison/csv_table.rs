//! All differences as a table in CSV.

use super::words;
use crate::experiment::Comparison;
use crate::report::csv_table::number;

/// The columns.
const HEADER: [&str; 12] = [
    "scenario",
    "measure",
    "group",
    "unit",
    "base",
    "other",
    "mean",
    "lower",
    "upper",
    "n",
    "better_share",
    "verdict",
];

/// A line for each scenario and measure: the means of both, the mean difference with its interval,
/// and the verdict. A figure that the runs cannot tell is empty.
///
/// # Errors
/// Those of writing.
pub fn differences(comparison: &Comparison, out: impl std::io::Write) -> csv::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(HEADER)?;
    for versus in &comparison.others {
        for difference in &versus.differences {
            let paired = &difference.paired;
            writer.write_record([
                &versus.name,
                difference.measure.name,
                &difference.group,
                difference.measure.unit,
                &number(paired.base),
                &number(paired.other),
                &number(paired.difference.mean),
                &number(paired.difference.lower),
                &number(paired.difference.upper),
                &paired.n().to_string(),
                &difference.better_share().map_or_else(String::new, number),
                &words::verdict(difference),
            ])?;
        }
    }
    writer.flush()?;
    Ok(())
}
