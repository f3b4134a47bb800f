//! What moves a measure, in tables: levers apart from uncertainties.

use crate::experiment::analysis::{Causes, Kind, Missing, Swept};
use crate::report::numbers::{figure, is_share, shown};
use crate::report::{Page, table};
use crate::statistics::Estimate;

/// The tables of a measure.
pub(super) fn of(page: &Page, swept: &Swept, causes: &Causes) -> String {
    let measure = &swept.measures[causes.measure];
    let unit = measure.unit.as_str();
    let mut out = page.heading(&format!("What moves {} [{unit}]", measure.name));
    let about = format!(
        "Over the points it is {} on average, from {} to {}.",
        figure(causes.mean.mean, unit),
        figure(causes.span.0, unit),
        figure(causes.span.1, unit)
    );
    out += &format!("{}\n", page.wrap(&about, 0));
    out += &shares(page, swept, causes);
    out += &elementary(page, swept, causes, unit);
    out += &main(page, swept, causes, unit);
    out
}

/// A row of figures of a factor.
struct Row {
    factor: usize,
    weight: f64,
    cells: Vec<String>,
}

/// Rows under a header, levers before uncertainties, and of each those first that matter most.
fn grouped(page: &Page, swept: &Swept, header: &[&str], mut rows: Vec<Row>) -> String {
    rows.sort_by(|one, other| other.weight.total_cmp(&one.weight));
    let mut lines = Vec::new();
    for (kind, title) in [
        (Kind::Lever, "Levers: what can be decided"),
        (Kind::Uncertainty, "Uncertainties: what nobody knows"),
    ] {
        let of_kind = rows.iter().filter(|row| swept.factors[row.factor].kind == kind);
        let mut of_kind = of_kind.peekable();
        if of_kind.peek().is_none() {
            continue;
        }
        let mut heading = vec![title.to_owned()];
        heading.resize(header.len(), String::new());
        lines.push(heading);
        for row in of_kind {
            let path = format!("  {}", swept.factors[row.factor].path);
            lines.push(std::iter::once(path).chain(row.cells.iter().cloned()).collect());
        }
    }
    let right: Vec<usize> = (1..header.len()).collect();
    table::columns(page, header, &right, lines)
}

fn shares(page: &Page, swept: &Swept, causes: &Causes) -> String {
    let title = "Shares of the variance (Sobol' indices)";
    let shares = match &causes.shares {
        Ok(shares) => shares,
        Err(missing) => return not(page, title, *missing),
    };
    let show = |it: &Estimate| with_ends(it, "share", 0);
    let rows = shares.iter().enumerate().map(|(factor, it)| Row {
        factor,
        weight: it.total.mean,
        cells: vec![show(&it.first), show(&it.total)],
    });
    let header = [title, "by itself", "with all others"];
    let n = shares.first().map_or(0, |it| it.total.n);
    let note = format!(
        "95% intervals by bootstrap over {n} base points. By itself: how much less it would vary if the \
         factor were known. With all others: how much it would still vary if only the factor were not."
    );
    format!(
        "\n{}{}\n",
        grouped(page, swept, &header, rows.collect()),
        page.dim(&page.wrap(&note, 0))
    )
}

fn elementary(page: &Page, swept: &Swept, causes: &Causes, unit: &str) -> String {
    let title = "Elementary effects (Morris)";
    let elementary = match &causes.elementary {
        Ok(elementary) => elementary,
        Err(missing) => return not(page, title, *missing),
    };
    let digits = digits(elementary.iter().map(|it| it.mu_star.mean), unit);
    let rows = elementary.iter().enumerate().map(|(factor, it)| Row {
        factor,
        weight: it.mu_star.mean,
        cells: vec![
            with_ends(&it.mu_star, unit, digits),
            signed(it.mu.mean, unit, digits),
            shown(it.sigma, unit, digits),
        ],
    });
    let header = [title, "mu* (size)", "mu (with sign)", "sigma"];
    let note = "What a factor does over its whole way, by trajectories. A sigma near mu* or above says \
                that its effect bends or depends on other factors.";
    format!(
        "\n{}{}\n",
        grouped(page, swept, &header, rows.collect()),
        page.dim(&page.wrap(note, 0))
    )
}

fn main(page: &Page, swept: &Swept, causes: &Causes, unit: &str) -> String {
    let title = "Main effects";
    let main = match &causes.main {
        Ok(main) => main,
        Err(missing) => return not(page, title, *missing),
    };
    let digits = digits(main.lines.iter().map(|it| it.change.mean.abs()), unit);
    let rows = main.lines.iter().map(|it| {
        let factor = &swept.factors[it.factor];
        Row {
            factor: it.factor,
            weight: it.change.mean.abs(),
            cells: vec![
                factor.show(it.from),
                factor.show(it.to),
                signed(it.change.mean, unit, digits),
                format!(
                    "{} to {}",
                    signed(it.change.lower, unit, digits),
                    signed(it.change.upper, unit, digits)
                ),
            ],
        }
    });
    let header = [title, "from", "to", "change", "95% interval"];
    let note = format!(
        "By straight lines that add up: they explain {} of the variance between points{}.",
        shown(main.explained, "share", 0),
        if main.explained < 0.7 {
            "; the rest is bends, factors that act together, and chance"
        } else {
            ""
        }
    );
    format!(
        "\n{}{}\n",
        grouped(page, swept, &header, rows.collect()),
        page.dim(&page.wrap(&note, 0))
    )
}

/// What could not be worked out for this measure, and why; what the design does not allow for at all is
/// told once.
fn not(page: &Page, title: &str, missing: Missing) -> String {
    if is_of_design(missing) {
        return String::new();
    }
    format!("\n{}\n", page.dim(&page.wrap(&format!("{title}: {}", why(missing)), 0)))
}

fn is_of_design(missing: Missing) -> bool {
    match missing {
        Missing::NeedsMorris | Missing::NeedsSaltelli | Missing::TrajectoriesInstead => true,
        Missing::TooFewPoints { .. } | Missing::NothingVaries => false,
    }
}

/// What the design of the sweep does not allow for, and which would.
pub(super) fn beyond_design(page: &Page, causes: &Causes) -> String {
    let each = [
        ("Shares of the variance (Sobol' indices)", causes.shares.as_ref().err()),
        ("Elementary effects (Morris)", causes.elementary.as_ref().err()),
        ("Main effects", causes.main.as_ref().err()),
    ];
    let each = each.into_iter().filter_map(|(title, missing)| Some((title, *missing?)));
    let lines = each.filter(|(_, missing)| is_of_design(*missing));
    let lines = lines.map(|(title, missing)| format!("{title}: {}", why(missing)));
    lines.map(|line| format!("{}\n", page.dim(&page.wrap(&line, 2)))).collect()
}

/// Why something is missing, in words.
pub(super) fn why(missing: Missing) -> String {
    match missing {
        Missing::NeedsMorris => {
            "not from this design; one of kind \"morris\" gives them.".to_owned()
        }
        Missing::NeedsSaltelli => {
            "not from this design; one of kind \"saltelli\" gives them.".to_owned()
        }
        Missing::TrajectoriesInstead => {
            "not from trajectories, whose own effects say more; a design of kind \"grid\", \
             \"latin_hypercube\" or \"sobol\" gives them."
                .to_owned()
        }
        Missing::TooFewPoints { least } => format!(
            "it takes at least {least} points at which every factor varies by itself; a design of \
             kind \"latin_hypercube\" or \"sobol\" with more points gives them."
        ),
        Missing::NothingVaries => "it is the same at all points.".to_owned(),
    }
}

/// Digits after the point that suit a column.
fn digits(sizes: impl Iterator<Item = f64>, unit: &str) -> usize {
    let largest = sizes.fold(0.0, f64::max) * if is_share(unit) { 100.0 } else { 1.0 };
    match largest {
        _ if largest >= 100.0 || largest <= 0.0 => 0,
        _ if largest >= 10.0 => 1,
        _ if largest >= 1.0 => 2,
        _ => 3,
    }
}

fn with_ends(it: &Estimate, unit: &str, digits: usize) -> String {
    let [mean, lower, upper] = [it.mean, it.lower, it.upper].map(|end| shown(end, unit, digits));
    format!("{mean} ({lower} to {upper})")
}

fn signed(value: f64, unit: &str, digits: usize) -> String {
    let sign = if value > 0.0 { "+" } else { "" };
    format!("{sign}{}", shown(value, unit, digits))
}
