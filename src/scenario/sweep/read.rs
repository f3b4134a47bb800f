//! Reads SWEEP.toml: everything that is wrong with it at once.

use std::path::Path;

use super::factor::{Factor, FactorKind};
use super::reader::Reader;
use super::{Design, Sweep, shipped};
use crate::scenario::diagnostic::{Diagnostic, Diagnostics};
use crate::scenario::load::{self, Loaded};
use crate::scenario::merge::{self, Mode};
use crate::scenario::source::{self, Sources};
use crate::scenario::template::Template;
use crate::scenario::tree::{self, Node, Origin, Table, Value};
use crate::scenario::{Scenario, check_tree, nearest, sets, syntax, text};

/// What a sweep says that only others can judge.
#[derive(Debug, Clone, Copy)]
pub struct Beyond {
    /// Full names of the measures that a scenario has.
    pub measures: fn(&Scenario) -> Vec<String>,
    /// What is wrong with a design over some factors, if anything.
    pub design: fn(Design, &[Factor]) -> Option<String>,
}

const KEYS: [&str; 11] = [
    "title",
    "description",
    "scenario",
    "set",
    "measures",
    "replications",
    "seed",
    "design",
    "levers",
    "uncertainties",
    "output",
];

const MOST_REPLICATIONS: u32 = 100_000;

/// Reads a sweep from a file, with the scenario that it names.
///
/// # Errors
/// Every mistake in either.
pub fn read(path: &Path, beyond: Beyond) -> Result<Sweep, Diagnostics> {
    let mut sources = Sources::default();
    let (name, text) = open(path).map_err(|mistake| Diagnostics::new(vec![mistake]))?;
    let file = sources.add(&name, text);
    let text = sources.get(file).text.clone();
    let (mut root, errors) = tree::parse(&text, file);
    let mistakes = syntax::explain_all(sources.get(file), &errors);
    if !syntax::mark(&mut root, &errors) {
        return Err(Diagnostics::new(mistakes));
    }
    let table = root.table().cloned().unwrap_or_default();
    let top = (&table, Origin { file, start: 0, end: 0 });

    let mut reader = Reader { sources: &sources, mistakes };
    reader.only(&table, &KEYS, "a sweep");
    let title = reader.get::<String>(&table, "title", "").unwrap_or_default();
    reader.get::<String>(&table, "description", "");
    let replications =
        reader.need::<u32>(top, "replications", "", "such as replications = 5").unwrap_or(1);
    if let Some(node) = table.get("replications").filter(|_| replications == 0) {
        reader.wrong(node.origin, "`replications` is 0; each point is run at least once", "");
    } else if let Some(node) =
        table.get("replications").filter(|_| replications > MOST_REPLICATIONS)
    {
        let message = format!("`replications` is {replications}; it must be at most 100,000");
        reader.wrong(node.origin, message, "");
    }
    let seed = reader.get::<u64>(&table, "seed", "");
    let named = reader.need::<String>(top, "scenario", "", "such as scenario = \"baseline.toml\"");
    let measures = reader.measures(top);
    let design = reader.design(top);
    let factors = reader.factors(top, design);
    let parquet = reader.output(&table);
    let mut mistakes = reader.mistakes;

    let stem = |path: &Path| path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let base = named.and_then(|named| {
        let wanted = path.parent().unwrap_or(Path::new("")).join(&named);
        let origin = table.get("scenario").map(|node| node.origin).unwrap_or_default();
        let loaded = load::file(&wanted, &mut sources);
        base(&stem(&wanted), loaded, (&table, origin), seed, &mut sources)
            .map_err(|mut found| mistakes.append(&mut found))
            .ok()
    });
    if let Some((scenario, template)) = &base {
        mistakes.extend(unknown_measures(&measures, &(beyond.measures)(scenario), &sources));
        for factor in &factors {
            mistakes.extend(useless(factor, template, file));
        }
    }
    let sound = !mistakes.iter().any(Diagnostic::is_error);
    if let (Some(design), true) = (design, sound)
        && let Some(message) = (beyond.design)(design, &factors)
    {
        let origin = table.entries.get("design").map(|entry| entry.key).unwrap_or_default();
        mistakes.push(Diagnostic::error(message).at(origin.place(&sources)));
    }
    let diagnostics = Diagnostics::new(mistakes);
    let (false, Some((scenario, template)), Some(design)) =
        (diagnostics.has_errors(), base, design)
    else {
        return Err(diagnostics);
    };
    Ok(Sweep {
        name: stem(path),
        title,
        text,
        seed: scenario.base.run.seed,
        scenario,
        design,
        factors,
        measures: measures.into_iter().map(|(name, _)| name).collect(),
        replications,
        parquet,
        template,
    })
}

/// Reads a file, or the shipped sweep of that name: what it is called, and its text.
fn open(path: &Path) -> Result<(String, String), Diagnostic> {
    let shown = path.display().to_string();
    if path.exists() {
        return Ok((shown, source::read(path)?));
    }
    if let Some((file, text)) = shipped::find(&shown) {
        return Ok((format!("sweeps/{file}"), text.to_owned()));
    }
    let names: Vec<&str> = shipped::names().collect();
    let wanted = path.file_name().unwrap_or_default().to_string_lossy();
    let note = match nearest::nearest(&wanted, names.iter().copied()) {
        Some(near) => format!("did you mean the shipped sweep `sweeps/{near}`?"),
        None => format!("the shipped sweeps are `sweeps/{}`", names.join("`, `sweeps/")),
    };
    Err(Diagnostic::error(format!("cannot read `{shown}`: there is no such file")).note(note))
}

/// The scenario with what holds at all points: `[set]` and the seed.
fn base(
    name: &str,
    loaded: Loaded,
    (table, origin): (&Table, Origin),
    seed: Option<u64>,
    sources: &mut Sources,
) -> Result<(Scenario, Template), Vec<Diagnostic>> {
    let Loaded { tree, mut mistakes, .. } = loaded;
    let Some(mut tree) = tree else {
        for mistake in &mut mistakes {
            mistake.place.get_or_insert_with(|| origin.place(sources));
        }
        return Err(mistakes);
    };
    if let Some(set) = table.get("set") {
        mistakes.append(&mut set_all(&mut tree, set, sources));
    }
    let seed = seed.map(|seed| format!("run.seed={seed}"));
    mistakes.append(&mut sets::apply(&mut tree, seed.as_slice(), sources));
    text::settle(&mut tree);
    let text = text::write(&tree);
    match check_tree(name, tree.clone(), text, mistakes, sources) {
        Ok(scenario) => Ok((scenario, Template::new(name, tree, sources.clone()))),
        Err(mistakes) => Err(mistakes.iter().cloned().collect()),
    }
}

/// Applies `[set]`: paths in quotes, or tables as in a scenario.
fn set_all(tree: &mut Node, set: &Node, sources: &Sources) -> Vec<Diagnostic> {
    let Value::Table(edits) = &set.value else {
        let message = format!("`set` is {}; it must be a table", set.kind());
        let note = "such as set.\"run.length\" = \"13 weeks\"";
        return vec![Diagnostic::error(message).at(set.origin.place(sources)).note(note)];
    };
    let mut mistakes = Vec::new();
    for (path, entry) in &edits.entries {
        match sets::keys_at(path, entry.key) {
            Some(keys) => {
                let edit = merge::edit_of(keys, entry.node.clone());
                mistakes.append(&mut merge::merge(tree, edit, Mode::Alter, sources));
            }
            None => {
                let message = format!("`{path}` is not a path");
                let note = "such as \"run.length\"";
                mistakes.push(Diagnostic::error(message).at(entry.key.place(sources)).note(note));
            }
        }
    }
    mistakes
}

fn unknown_measures(
    measures: &[(String, Origin)],
    known: &[String],
    sources: &Sources,
) -> Vec<Diagnostic> {
    measures
        .iter()
        .filter(|(name, _)| !known.contains(name))
        .map(|(name, origin)| {
            // A measure without its group is a slip of its own.
            let whole = format!("{name}.all");
            let near = match known.contains(&whole) {
                true => Some(whole.as_str()),
                false => nearest::nearest(name, known.iter().map(String::as_str)),
            };
            let note = near.map(|near| format!("did you mean `{near}`?"));
            Diagnostic::error(format!("the scenario has no measure `{name}`"))
                .at(origin.place(sources))
                .note(note.unwrap_or_default())
                .note("`homeward measures SCENARIO` lists them all")
        })
        .collect()
}

/// What is wrong with a factor of which neither end can be set: its path is unknown, or its values are
/// of the wrong kind. If one end works, the other is a matter of the point.
fn useless(factor: &Factor, template: &Template, file: usize) -> Vec<Diagnostic> {
    let own = |mistakes: Diagnostics| {
        let own = mistakes.iter().filter(|mistake| {
            mistake.place.as_ref().is_some_and(|place| place.source.index == file)
        });
        own.cloned().collect::<Vec<_>>()
    };
    let [first, last] = factor.ends().map(|end| match template.edited([factor.edit(&end)]) {
        Ok(_) => Vec::new(),
        Err(mistakes) => own(mistakes),
    });
    if last.is_empty() { Vec::new() } else { first }
}

impl Reader<'_> {
    /// The measures, with where they were written.
    fn measures(&mut self, top: (&Table, Origin)) -> Vec<(String, Origin)> {
        let example = "such as measures = [\"ready_waiting.all\", \"delay_days.all\"]";
        if self.need::<Vec<String>>(top, "measures", "", example).is_none() {
            return Vec::new();
        }
        let Some(node) = top.0.get("measures") else { return Vec::new() };
        let mut found: Vec<(String, Origin)> = Vec::new();
        if let Value::Array(list, _) = &node.value {
            for item in list {
                if let Value::String(name) = &item.value {
                    if found.iter().any(|(known, _)| known == name) {
                        self.wrong(item.origin, format!("`{name}` is listed twice"), "");
                    }
                    found.push((name.clone(), item.origin));
                }
            }
        }
        if found.is_empty() {
            self.wrong(node.origin, "`measures` names none; nothing would be kept", example);
        }
        found
    }

    fn design(&mut self, top: (&Table, Origin)) -> Option<Design> {
        const INSIDE: &str = "design";
        let Some(node) = top.0.get(INSIDE) else {
            self.wrong(
                top.1,
                "the sweep lacks the table [design]",
                "such as design.kind = \"grid\"",
            );
            return None;
        };
        let Some(table) = node.table() else {
            let message = format!("`design` is {}; it must be a table", node.kind());
            self.wrong(node.origin, message, "such as design.kind = \"grid\"");
            return None;
        };
        let here = (table, node.origin);
        let kind =
            self.need::<String>(here, "kind", INSIDE, "such as kind = \"latin_hypercube\"")?;
        let mut count = |key: &str| {
            let example = format!("such as {key} = 64");
            let count = self.need::<u32>(here, key, INSIDE, &example)?;
            if count == 0 {
                let origin = table.get(key).map(|node| node.origin).unwrap_or_default();
                let message = format!("`design.{key}` is 0: the design is empty");
                self.wrong(origin, message, &example);
                return None;
            }
            Some(count)
        };
        let (keys, design): (&[&str], Option<Design>) = match kind.as_str() {
            "grid" => (&["kind", "levels"], Some(Design::Grid)),
            "latin_hypercube" => (
                &["kind", "points"],
                count("points").map(|points| Design::LatinHypercube { points }),
            ),
            "sobol" => {
                (&["kind", "points"], count("points").map(|points| Design::Sobol { points }))
            }
            "morris" => {
                let both = (count("trajectories"), count("levels"));
                let design = match both {
                    (Some(trajectories), Some(levels)) => {
                        Some(Design::Morris { trajectories, levels })
                    }
                    _ => None,
                };
                (&["kind", "trajectories", "levels"], design)
            }
            "saltelli" => {
                let base_points = count("base_points");
                let design = base_points.map(|base_points| Design::Saltelli { base_points });
                (&["kind", "base_points"], design)
            }
            _ => {
                let origin = table.get("kind").map(|node| node.origin).unwrap_or_default();
                let note = nearest::advice(&kind, Design::KINDS);
                self.wrong(origin, format!("there is no design {kind:?}"), &note);
                return None;
            }
        };
        self.only(table, keys, &format!("a design of the kind {kind:?}"));
        design
    }

    /// All levers, then all uncertainties.
    fn factors(&mut self, top: (&Table, Origin), design: Option<Design>) -> Vec<Factor> {
        let is_grid = design == Some(Design::Grid);
        let levels = top.0.get("design").and_then(Node::table).filter(|_| is_grid);
        let levels = levels.and_then(|table| self.get::<u32>(table, "levels", "design"));
        let mut factors: Vec<Factor> = Vec::new();
        let mut any = false;
        for (key, kind) in
            [("levers", FactorKind::Lever), ("uncertainties", FactorKind::Uncertainty)]
        {
            let Some(node) = top.0.get(key) else { continue };
            any = true;
            for found in self.factors_in(node, key, kind, is_grid.then_some(levels)) {
                if factors.iter().any(|known| known.path == found.path) {
                    let message = format!("`{}` is varied twice", found.path);
                    self.wrong(
                        found.origin,
                        message,
                        "a lever is no uncertainty: keep one of them",
                    );
                }
                factors.push(found);
            }
        }
        if !any {
            self.wrong(
                top.1,
                "the design is empty: the sweep has neither [levers] nor [uncertainties]",
                "such as [levers.\"places.ward.capacity\"] with range = [650, 750]",
            );
        } else if factors.is_empty() && self.mistakes.is_empty() {
            self.wrong(top.1, "the design is empty: nothing is varied", "");
        }
        factors
    }

    /// `[output]`: the name of the Parquet file, if one is wanted.
    fn output(&mut self, table: &Table) -> Option<String> {
        let output = table.get("output")?;
        let Some(inner) = output.table() else {
            let message = format!("`output` is {}; it must be a table", output.kind());
            self.wrong(output.origin, message, "such as output.rows = \"rows.parquet\"");
            return None;
        };
        self.only(inner, &["rows"], "`output`");
        let rows = self.get::<String>(inner, "rows", "output")?;
        let plain = !rows.contains(['/', '\\']);
        match Path::new(&rows).extension().and_then(|ending| ending.to_str()) {
            Some("parquet") if plain => Some(rows),
            _ if rows == "rows.csv" => None,
            _ => {
                let origin = inner.get("rows").map(|node| node.origin).unwrap_or_default();
                let message = format!("`output.rows` is {rows:?}");
                self.wrong(origin, message, "it is \"rows.csv\", or a name that ends in .parquet");
                None
            }
        }
    }
}
