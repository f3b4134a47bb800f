//! The folder of a sweep, read back: `manifest.json`, `points.csv`, `rows.csv` and `failed.csv`.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use serde_json::Value;
use thiserror::Error;

use crate::experiment::analysis::{Factor, Kept, Kind, Point, Swept};

/// Why a folder could not be read.
#[derive(Debug, Error)]
pub enum Unreadable {
    /// A file is missing or broken.
    #[error("failed to read {}: is it the folder of a sweep?", .0.display())]
    Io(PathBuf, #[source] io::Error),
    /// A file is not what a sweep writes.
    #[error("{} is not what a sweep writes there: {}", .0.display(), .1)]
    Wrong(PathBuf, String),
}

/// A sweep's folder whose manifest has been read.
#[derive(Debug)]
pub struct Sweep {
    folder: PathBuf,
    /// What was swept, without any point so far.
    pub swept: Swept,
    /// How many points the sweep has.
    pub points: usize,
}

/// Reads the manifest of a folder.
///
/// # Errors
/// If it cannot be read, or is not that of a sweep.
pub fn open(folder: &Path) -> Result<Sweep, Unreadable> {
    let path = folder.join("manifest.json");
    let text =
        std::fs::read_to_string(&path).map_err(|error| Unreadable::Io(path.clone(), error))?;
    let wrong = |what: &str| Unreadable::Wrong(path.clone(), what.to_owned());
    let manifest: Value = serde_json::from_str(&text).map_err(|error| wrong(&error.to_string()))?;
    let list = |key: &str| {
        manifest[key].as_array().ok_or_else(|| wrong(&format!("it has no list of {key}")))
    };
    let number = |key: &str| {
        manifest[key].as_u64().ok_or_else(|| wrong(&format!("it has no number of {key}")))
    };
    let text = |value: &Value, key: &str| value[key].as_str().map(str::to_owned);
    let factors = list("factors")?.iter().map(|it| {
        let path = text(it, "path").ok_or_else(|| wrong("a factor has no path"))?;
        let kind = match it["kind"].as_str() {
            Some("lever") => Kind::Lever,
            Some("uncertainty") => Kind::Uncertainty,
            _ => return Err(wrong(&format!("`{path}` is neither a lever nor an uncertainty"))),
        };
        let values = it["values"].as_array();
        let values = values.map(|list| list.iter().map(shown).collect::<Vec<String>>());
        let is_number = |text: &String| text.parse::<f64>().is_ok();
        let labels = values.filter(|list| !list.iter().all(is_number));
        Ok(Factor { path, kind, unit: text(it, "unit"), labels })
    });
    let measures = list("measures")?.iter().map(|it| {
        let name = text(it, "name").ok_or_else(|| wrong("a measure has no name"))?;
        Ok(Kept { name, unit: text(it, "unit").unwrap_or_default() })
    });
    let replications = number("replications")?;
    Ok(Sweep {
        folder: folder.to_owned(),
        points: usize::try_from(number("points")?).unwrap_or(usize::MAX),
        swept: Swept {
            design: text(&manifest, "design").unwrap_or_default(),
            seed: number("seed")?,
            replications: u32::try_from(replications)
                .map_err(|_| wrong("too many replications"))?,
            factors: factors.collect::<Result<_, _>>()?,
            measures: measures.collect::<Result<_, _>>()?,
            ..Swept::default()
        },
    })
}

/// A value of a list as it stands in the table of points.
fn shown(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// The rows of a point so far: how many, and the values of each measure by replication.
type Rows = BTreeMap<u64, (u32, Vec<Vec<f64>>)>;

impl Sweep {
    /// Reads the tables; of the measures only those that are wanted. A torn last line, which a killed
    /// sweep leaves, is left out.
    ///
    /// # Errors
    /// If a table cannot be read, or is not what the sweep writes.
    pub fn read(mut self, wanted: &[usize]) -> Result<Swept, Unreadable> {
        let mut points = self.points_table()?;
        let rows = self.rows_table(wanted)?;
        let failed = self.table("failed.csv", |_, _| Ok(()))?;
        let whole = self.swept.replications;
        for point in &mut points {
            point.outcomes = match rows.get(&point.number) {
                Some((count, outcomes)) if *count == whole => outcomes.clone(),
                _ => Vec::new(),
            };
        }
        points.retain(|point| !point.outcomes.is_empty());
        self.swept.failed = failed;
        self.swept.unfinished = self.points.saturating_sub(points.len() + failed);
        self.swept.points = points;
        Ok(self.swept)
    }

    fn points_table(&mut self) -> Result<Vec<Point>, Unreadable> {
        let mut points = Vec::new();
        let mut factors = self.swept.factors.clone();
        self.table("points.csv", |header, record| {
            let paths = factors.iter().map(|factor| factor.path.as_str());
            let first = ["point", "design_part", "design_index"].into_iter();
            if !header.iter().eq(first.chain(paths)) {
                return Err("its columns are not those of the manifest".to_owned());
            }
            let values = factors.iter_mut().zip(record.iter().skip(3));
            let values = values.map(|(factor, text)| value(factor, text));
            points.push(Point {
                number: whole(&record[0])?,
                part: record[1].to_owned(),
                index: whole(&record[2])?,
                values: values.collect::<Result<_, _>>()?,
                outcomes: Vec::new(),
            });
            Ok(())
        })?;
        self.swept.factors = factors;
        points.sort_by_key(|point| point.number);
        Ok(points)
    }

    fn rows_table(&self, wanted: &[usize]) -> Result<Rows, Unreadable> {
        let measures = &self.swept.measures;
        let replications = self.swept.replications as usize;
        let mut rows = Rows::new();
        self.table("rows.csv", |header, record| {
            let names = measures.iter().map(|measure| measure.name.as_str());
            if !header.iter().eq(["point", "replication"].into_iter().chain(names)) {
                return Err("its columns are not those of the manifest".to_owned());
            }
            let replication = whole(&record[1])? as usize;
            let (count, outcomes) = rows.entry(whole(&record[0])?).or_insert_with(|| {
                let mut outcomes = vec![Vec::new(); measures.len()];
                wanted.iter().for_each(|it| outcomes[*it] = vec![f64::NAN; replications]);
                (0, outcomes)
            });
            *count += 1;
            for &measure in wanted {
                let text = &record[measure + 2];
                let place = outcomes[measure].get_mut(replication);
                let place =
                    place.ok_or_else(|| format!("there is no replication {replication}"))?;
                *place = if text.is_empty() { f64::NAN } else { number(text)? };
            }
            Ok(())
        })?;
        Ok(rows)
    }

    /// Hands over each line of a table with its header; how many there are.
    fn table(
        &self,
        name: &str,
        mut each: impl FnMut(&csv::StringRecord, &csv::StringRecord) -> Result<(), String>,
    ) -> Result<usize, Unreadable> {
        let path = self.folder.join(name);
        let file = whole_lines(&path).map_err(|error| Unreadable::Io(path.clone(), error))?;
        let wrong =
            |line: u64, what: &str| Unreadable::Wrong(path.clone(), format!("line {line}: {what}"));
        let mut reader = csv::Reader::from_reader(file);
        let header = reader.headers().map_err(|error| wrong(1, &error.to_string()))?.clone();
        let mut record = csv::StringRecord::new();
        let mut count = 0;
        loop {
            let line = reader.position().line();
            match reader.read_record(&mut record) {
                Ok(true) => each(&header, &record).map_err(|what| wrong(line, &what))?,
                Ok(false) => return Ok(count),
                Err(error) => return Err(wrong(line, &error.to_string())),
            }
            count += 1;
        }
    }
}

/// The value of a factor: a number, or the position of what is listed.
fn value(factor: &mut Factor, text: &str) -> Result<f64, String> {
    match (&mut factor.labels, text.parse::<f64>()) {
        (None, Ok(number)) => Ok(number),
        (labels, _) => {
            let labels = labels.get_or_insert_default();
            let place = labels.iter().position(|label| label == text).unwrap_or_else(|| {
                labels.push(text.to_owned());
                labels.len() - 1
            });
            Ok(place as f64)
        }
    }
}

fn number(text: &str) -> Result<f64, String> {
    text.parse().map_err(|_| format!("`{text}` is not a number"))
}

fn whole(text: &str) -> Result<u64, String> {
    text.parse().map_err(|_| format!("`{text}` is not a whole number"))
}

/// A file up to the end of its last whole line.
fn whole_lines(path: &Path) -> io::Result<impl Read> {
    const BLOCK: u64 = 1 << 16;
    let mut file = File::open(path)?;
    let mut end = file.seek(SeekFrom::End(0))?;
    let mut block = Vec::new();
    while end > 0 {
        let start = end.saturating_sub(BLOCK);
        file.seek(SeekFrom::Start(start))?;
        block.clear();
        (&mut file).take(end - start).read_to_end(&mut block)?;
        match block.iter().rposition(|byte| *byte == b'\n') {
            Some(place) => {
                end = start + place as u64 + 1;
                break;
            }
            None => end = start,
        }
    }
    file.seek(SeekFrom::Start(0))?;
    Ok(BufReader::new(file).take(end))
}
