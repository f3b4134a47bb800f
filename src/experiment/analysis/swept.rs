//! What a sweep found, point by point, as the analysis needs it.

/// A sweep that was run: its factors, and what came out at each point.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Swept {
    /// The kind of design, as its manifest says.
    pub design: String,
    /// The seed of the sweep.
    pub seed: u64,
    /// How often each point was to be run.
    pub replications: u32,
    /// What was varied.
    pub factors: Vec<Factor>,
    /// The measures that were kept.
    pub measures: Vec<Kept>,
    /// The points that were run to the end, in the order of their numbers.
    pub points: Vec<Point>,
    /// How many points could not be run.
    pub failed: usize,
    /// How many points have not been run, or not as often as they were to be.
    pub unfinished: usize,
}

/// Something that was varied.
#[derive(Debug, Clone, PartialEq)]
pub struct Factor {
    /// Its path in the scenario.
    pub path: String,
    /// Who has a say in it.
    pub kind: Kind,
    /// The unit of its numbers, if they have one.
    pub unit: Option<String>,
    /// What it may be if that is not numbers: a point says which of these, from 0 on.
    pub labels: Option<Vec<String>>,
}

/// Who has a say in a factor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A room can decide it.
    Lever,
    /// Nobody knows it.
    Uncertainty,
}

/// A measure that was kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Kept {
    /// Its full name.
    pub name: String,
    /// Its unit.
    pub unit: String,
}

/// A point that was run.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// Its number.
    pub number: u64,
    /// What it is for: `A`, `B`, `AB:<path>`, `trajectory`, or nothing.
    pub part: String,
    /// Which base point or trajectory it belongs to.
    pub index: u64,
    /// The value of each factor.
    pub values: Vec<f64>,
    /// What came out: by measure and replication, or nothing if the measure is not looked at.
    pub outcomes: Vec<Vec<f64>>,
}

impl Swept {
    /// The position of a measure, by its full name.
    pub fn measure(&self, name: &str) -> Option<usize> {
        self.measures.iter().position(|measure| measure.name == name)
    }

    /// The points that stand for the whole space, each for as much as any other: of Saltelli's design
    /// the two sets without their mixtures, of all others every point.
    pub(super) fn spread(&self) -> impl Iterator<Item = &Point> + Clone {
        self.points.iter().filter(|point| !point.part.starts_with("AB:"))
    }

    /// How far a factor went: its least and its most value.
    pub fn span(&self, factor: usize) -> (f64, f64) {
        let values = self.points.iter().map(|point| point.values[factor]);
        values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
            (low.min(value), high.max(value))
        })
    }
}

impl Point {
    /// The mean of a measure over the replications that can tell; not a number if none can.
    pub fn mean(&self, measure: usize) -> f64 {
        mean(&self.outcomes[measure])
    }
}

/// The mean of the values that are numbers.
pub(super) fn mean(values: &[f64]) -> f64 {
    let known = values.iter().filter(|value| !value.is_nan());
    let (sum, count) = known.fold((0.0, 0_u32), |(sum, count), value| (sum + value, count + 1));
    sum / f64::from(count)
}

impl Factor {
    /// A value as people read it.
    pub fn show(&self, value: f64) -> String {
        match (&self.labels, &self.unit) {
            (Some(labels), _) => labels.get(value as usize).cloned().unwrap_or_default(),
            (None, Some(unit)) => format!("{} {unit}", short(value)),
            (None, None) => short(value),
        }
    }
}

/// A number with four digits that count, and all those before the point.
fn short(value: f64) -> String {
    if value == 0.0 || !value.is_finite() {
        return value.to_string();
    }
    let digits = 3.0 - value.abs().log10().floor().clamp(-6.0, 3.0);
    let scale = 10_f64.powf(digits);
    ((value * scale).round() / scale).to_string()
}
