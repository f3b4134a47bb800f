//! Small multiples: several quantities over time, each with a line for an organisation or dyad.

mod paper;
mod rows;
mod small;

use crate::experiment::{Layer, Quantity};

/// Quantities over time that are looked at together.
#[derive(Debug, Clone, PartialEq)]
pub struct Panels {
    /// A short name for its file.
    pub name: &'static str,
    /// What they show.
    pub title: &'static str,
    /// What stands in the columns of figures in the terminal.
    pub columns: &'static str,
    /// The quantities, a panel each.
    pub quantities: Vec<Quantity>,
}

/// The name of the picture of hours, which are shares of one whole.
const HOURS: &str = "hours";

/// The pictures of the relationship layer.
pub(super) fn of(layer: &Layer) -> Vec<Panels> {
    let known = |quantities: &[Quantity], wanted: fn(&str) -> bool| -> Vec<Quantity> {
        let is_known = |it: &Quantity| it.courses.iter().any(|course| course.ends().is_some());
        quantities.iter().filter(|it| wanted(it.name) && is_known(it)).cloned().collect()
    };
    let panels = [
        Panels {
            name: "relationships",
            title: "How organisations stand to each other",
            columns: "start → end (95% interval)",
            quantities: known(&layer.of_dyads, |_| true),
        },
        Panels {
            name: "staff",
            title: "Their staff",
            columns: "start → end (95% interval)",
            quantities: known(&layer.of_organisations, |name| !name.starts_with("effort_")),
        },
        Panels {
            name: HOURS,
            title: "How they spend their hours",
            columns: "start → end",
            quantities: known(&layer.of_organisations, |name| name.starts_with("effort_")),
        },
    ];
    panels.into_iter().filter(|panels| !panels.quantities.is_empty()).collect()
}
