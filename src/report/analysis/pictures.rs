//! The pictures of an analysis.

use crate::experiment::analysis::{
    Analysis, Causes, Cell, Choice, Front, Kind, Map, Standing, Swept,
};
use crate::model::measures::Better;
use crate::report::numbers::{figure, shown};
use crate::report::pictures::{Choices, Dot, Forest, Heat, News, Picture, Spot};
use crate::statistics::Estimate;

/// All pictures.
pub fn pictures(swept: &Swept, analysis: &Analysis) -> Vec<Picture> {
    let forests = analysis.causes.iter().flat_map(|causes| forests(swept, causes));
    let maps = analysis.maps.iter().map(|map| Picture::Heat(heat(swept, map)));
    let fronts = analysis.front.iter().flat_map(|front| fronts(swept, front));
    forests.map(Picture::Forest).chain(maps).chain(fronts.map(Picture::Choices)).collect()
}

/// The front by its first count against each other one.
pub(super) fn fronts(swept: &Swept, front: &Front) -> Vec<Choices> {
    let levers = || swept.factors.iter().filter(|factor| factor.kind == Kind::Lever);
    let axis = |count: usize| {
        let aim = &front.aims[count];
        let unit = swept.measure(&aim.measure).map_or("", |it| swept.measures[it].unit.as_str());
        let way = if aim.better == Better::Higher { "more" } else { "less" };
        format!("{} [{unit}], {way} is better", aim.measure)
    };
    let with = |count: usize| {
        let group = |standing: Standing, title: &str| {
            let choices = front.choices.iter().filter(|choice| choice.standing == standing);
            let spot = |choice: &Choice| Spot {
                label: (levers().zip(&choice.levers))
                    .map(|(factor, value)| factor.show(*value))
                    .collect::<Vec<String>>()
                    .join(", "),
                across: choice.counts[0],
                up: choice.counts[count],
            };
            (title.to_owned(), choices.map(spot).collect())
        };
        let paths: Vec<String> = levers().map(|factor| factor.path.clone()).collect();
        Choices {
            name: format!("front_{}", file_name(&front.aims[count].measure)),
            title: format!("Choices of {}", paths.join(", ")),
            across: axis(0),
            up: axis(count),
            groups: [
                group(Standing::OnFront, "on the front"),
                group(Standing::NearFront, "cannot be told apart from it"),
                group(Standing::Beaten, "surely beaten"),
            ],
        }
    };
    (1..front.aims.len()).map(with).collect()
}

/// What moves a measure, by every figure that there is.
fn forests(swept: &Swept, causes: &Causes) -> Vec<Forest> {
    let measure = &swept.measures[causes.measure];
    let unit = measure.unit.as_str();
    let forest = |name: &str, title: &str, unit: &str, dots: Vec<Dot>| Forest {
        name: format!("{name}_{}", file_name(&measure.name)),
        title: format!("{title} {}", measure.name),
        unit: unit.to_owned(),
        cut: false,
        dots,
    };
    let mut found = Vec::new();
    if let Ok(shares) = &causes.shares {
        let dots = shares.iter().enumerate();
        let dots = dots.map(|(it, shares)| dot(swept, it, "", shares.total.times(100.0), "%"));
        let title = "Share of the variance, with all others:";
        found.push(forest("shares", title, "% of the variance", ordered(swept, dots.collect())));
    }
    if let Ok(elementary) = &causes.elementary {
        let dots = elementary.iter().enumerate();
        let dots = dots.map(|(factor, it)| dot(swept, factor, "", it.mu_star, unit));
        found.push(forest(
            "morris",
            "Size of effects (mu*) on",
            unit,
            ordered(swept, dots.collect()),
        ));
    }
    if let Ok(main) = &causes.main {
        let dots = main.lines.iter().map(|it| {
            let factor = &swept.factors[it.factor];
            let way = format!(" {} to {}", factor.show(it.from), factor.show(it.to));
            dot(swept, it.factor, &way, it.change, unit)
        });
        found.push(forest("effects", "What moves", unit, ordered(swept, dots.collect())));
    }
    found
}

fn dot(swept: &Swept, factor: usize, way: &str, estimate: Estimate, unit: &str) -> (usize, Dot) {
    let value = match unit {
        "%" => format!("{}%", shown(estimate.mean, "", 0)),
        unit => figure(estimate.mean, unit),
    };
    let label = format!("{}{way}", swept.factors[factor].path);
    (factor, Dot { label, value, estimate, news: News::None })
}

/// Levers before uncertainties, and of each those first that matter most.
fn ordered(swept: &Swept, mut dots: Vec<(usize, Dot)>) -> Vec<Dot> {
    let is_lever = |factor: usize| swept.factors[factor].kind == Kind::Lever;
    dots.sort_by(|(one, its), (other, others)| {
        let size = |dot: &Dot| dot.estimate.mean.abs();
        let kinds = is_lever(*other).cmp(&is_lever(*one));
        kinds.then(size(others).total_cmp(&size(its)))
    });
    dots.into_iter().map(|(_, dot)| dot).collect()
}

/// A map as a picture.
pub(super) fn heat(swept: &Swept, map: &Map) -> Heat {
    let measure = &swept.measures[map.measure];
    let [across, up] = map.factors.map(|factor| &swept.factors[factor]);
    let label = |axis: usize, cell: &Cell| {
        let factor = &swept.factors[map.factors[axis]];
        let is_level = (cell.high - cell.low).abs() <= 1e-9 * cell.high.abs();
        let plain = |value: f64| match factor.labels {
            Some(_) => factor.show(value),
            None => short(value),
        };
        if is_level {
            plain(cell.low)
        } else {
            format!("{}–{}", plain(cell.low), plain(cell.high))
        }
    };
    let labels = |axis: usize| map.cells[axis].iter().map(|cell| label(axis, cell)).collect();
    let title = |factor: &crate::experiment::analysis::Factor| match &factor.unit {
        Some(unit) => format!("{} [{unit}]", factor.path),
        None => factor.path.clone(),
    };
    Heat {
        name: format!(
            "map_{}_{}_{}",
            file_name(&measure.name),
            file_name(&across.path),
            file_name(&up.path)
        ),
        title: measure.name.clone(),
        unit: measure.unit.clone(),
        across: title(across),
        up: title(up),
        columns: labels(0),
        rows: labels(1),
        values: map.means.clone(),
        figures: map
            .means
            .iter()
            .map(|row| row.iter().map(|it| figure(*it, &measure.unit)).collect())
            .collect(),
    }
}

/// A name as a part of the name of a file.
fn file_name(name: &str) -> String {
    let plain = |c: char| if c.is_alphanumeric() || c == '-' || c == '.' { c } else { '_' };
    name.chars().map(plain).collect()
}

/// A number with three digits that count, and all those before the point; units stand beside the axis.
fn short(value: f64) -> String {
    let digits = if value == 0.0 { 0.0 } else { 2.0 - value.abs().log10().floor() };
    let scale = 10_f64.powf(digits.clamp(0.0, 9.0));
    ((value * scale).round() / scale).to_string()
}
