//! All measures as a table in CSV.

use crate::experiment::Summary;

/// Columns `measure, group, unit, mean, lower, upper, n`; a figure that the run cannot tell is empty.
///
/// # Errors
/// Those of writing.
pub fn measures(summary: &Summary, out: impl std::io::Write) -> csv::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(["measure", "group", "unit", "mean", "lower", "upper", "n"])?;
    for measured in &summary.measures {
        let estimate = &measured.estimate;
        writer.write_record([
            measured.measure.name,
            &measured.group,
            measured.measure.unit,
            &number(estimate.mean),
            &number(estimate.lower),
            &number(estimate.upper),
            &estimate.n.to_string(),
        ])?;
    }
    writer.flush()?;
    Ok(())
}

/// A number, or nothing.
pub(super) fn number(value: f64) -> String {
    if value.is_nan() { String::new() } else { value.to_string() }
}
