//! What a result rests on, as a list of figures with their sources.

mod json;

pub(super) use self::json::counts;
pub use self::json::json;
use super::{Page, confidence, layer};
use crate::scenario::grounds::{Figure, Grounds, Group, Standing};

/// Columns of the first word of a line, which says how sure a figure is.
const FIRST: usize = 12;

/// What stands there where nothing needs a source.
const CHOICE: &str = "choice";

/// All figures group by group, and how much of the result rests on assumptions.
///
/// A figure is one line if the page is wide enough: how sure it is, its path and value, its range,
/// its source and what it means. On a narrow page the line goes on below.
pub fn list(page: &Page, title: &str, grounds: &Grounds) -> String {
    let mut out = format!("{}\n", page.bold(&page.wrap(title, 0)));
    out += &format!("{}\n", page.dim(&page.wrap(&legend(), 0)));
    for group in Group::ALL {
        let mut figures = grounds.group(*group).peekable();
        if figures.peek().is_none() {
            continue;
        }
        out += &page.heading(group.title());
        for figure in figures {
            out += &line(page, figure);
        }
    }
    out += &page.heading("How much of the result rests on assumptions");
    for text in closing(grounds) {
        out += &format!("{}\n", page.wrap(&text, 0));
    }
    out
}

fn legend() -> String {
    "How sure · path = value (least to most) · source · meaning. \"no source\" says that nobody gives \
     one; * marks what the program takes where the scenario says nothing."
        .to_owned()
}

/// A figure.
fn line(page: &Page, figure: &Figure) -> String {
    let standing = match figure.group {
        Group::Couplings | Group::Choices => CHOICE,
        _ => figure.standing().name(),
    };
    let mut value = format!("{} = {}", figure.path, figure.value);
    if !figure.unit.is_empty() {
        value += &format!(" {}", figure.unit);
    }
    if !figure.is_written {
        value += " *";
    }
    if let Some((low, high)) = &figure.range {
        value += &format!(" ({low} to {high})");
    }
    if let Some(usual) = &figure.usual {
        value += &format!(" instead of {usual}");
    }
    let said = [&figure.source, &figure.why];
    let said = said.into_iter().filter(|text| !text.is_empty()).map(|text| format!(" · {text}"));
    let text: String = std::iter::once(value).chain(said).collect();
    let column = Page { width: page.width.saturating_sub(FIRST), ..*page };
    let below = format!("\n{}", " ".repeat(FIRST));
    let shown = match figure.standing() {
        _ if standing == CHOICE => page.dim(standing),
        Standing::Sure(_) => standing.to_owned(),
        Standing::Unrated | Standing::NoSource => page.bad(standing),
    };
    let blanks = " ".repeat(FIRST.saturating_sub(standing.len()));
    format!("{shown}{blanks}{}\n", column.wrap(&text, 0).replace('\n', &below))
}

/// How much of the result rests on assumptions.
fn closing(grounds: &Grounds) -> Vec<String> {
    let counts = grounds.counts();
    let mut texts = Vec::new();
    if counts.total() == 0 {
        texts.push("The result rests on no figure.".to_owned());
    } else {
        texts.push(format!("{}.", capital(&confidence::shares(&counts, "figures"))));
    }
    let listed = grounds.listed();
    if listed > 0 {
        texts.push(format!(
            "{listed} more are listed but not counted: no rule reads them, or they are choices."
        ));
    }
    match &grounds.theta {
        Some(theta) => {
            let of_layer = grounds.counts_of_layer();
            let shares = confidence::shares(&of_layer, "figures of the relationship layer");
            texts.push(format!("{}.", capital(&shares)));
            texts.push(layer::caution(theta));
        }
        None => texts.push("The scenario has no relationship layer.".to_owned()),
    }
    texts
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Scenario;

    fn listed(text: &str, width: usize) -> String {
        let scenario = Scenario::parse("x.toml", text);
        let scenario = scenario.unwrap_or_else(|mistakes| panic!("{mistakes}"));
        let page = Page { width, colour: false };
        list(&page, &scenario.base.title, &Grounds::of(&scenario, &["a+b".to_owned()]))
    }

    const TEXT: &str = "schema = 1\ntitle = \"T\"\n[run]\nstart = 2025-01-06\nwarm_up = \"8 weeks\"\nlength = \"1 day\"\n\
        [organisations.a]\n[organisations.b]\n[places.w]\norganisation = \"a\"\n\
        capacity = { value = 7, source = \"somebody\", why = \"so\", range = [5, 9] }\n\
        [arrivals.x]\nper_day = 1\npathways = { p = 1 }\n[pathways.p.steps]\ne = { enter = \"w\" }\ns = { stay = \"1 day\" }\nd = { leave = \"home\" }\n";

    #[test]
    fn a_figure_is_a_line_where_the_page_is_wide_enough() {
        let text = listed(TEXT, 200);
        assert!(
            text.contains("\nunrated     places.w.capacity = 7 (5 to 9) · somebody · so\n"),
            "{text}"
        );
        assert!(text.contains("\nno source   arrivals.x.per_day = 1\n"), "{text}");
        assert!(text.contains("\nchoice      run.length = 1 day\n"), "{text}");
        let narrow = listed(TEXT, 48);
        assert!(narrow.contains("\n            somebody · so\n"), "{narrow}");
    }

    #[test]
    fn it_ends_with_how_much_is_assumed() {
        let text = listed(TEXT, 400);
        let wanted = "Of 4 figures 1 has a source but does not say how sure it is and for 3 no source is given.\n";
        assert!(text.contains(wanted), "{text}");
        assert!(text.ends_with("The scenario has no relationship layer.\n"), "{text}");
        let layer = listed(
            &format!("{TEXT}[coordination]\ntheta = 0\n[coordination.dyads.\"a+b\"]\n"),
            2_000,
        );
        assert!(
            layer.contains("no source   coordination.theta = 0 (0 to 1.3) instead of 0.6"),
            "{layer}"
        );
        assert!(layer.contains("coordination.dyads.\"a+b\".leads = 0.42 *"), "{layer}");
        assert!(
            layer.contains("theta, how much of it is assumed, is 0; 0 is the sceptic's"),
            "{layer}"
        );
    }
}
