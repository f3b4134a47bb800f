//! The matrix as heat maps, one for each outcome.

use super::{cell, columns, heading, outcomes, scale};
use crate::experiment::{Outcome, Ripple};
use crate::report::pictures::{Effects, Picture};

/// A picture for each outcome: steps from top to bottom, organisations from left to right.
pub fn of(ripple: &Ripple) -> Vec<Picture> {
    outcomes(ripple).into_iter().map(|outcome| Picture::Effects(heat(ripple, outcome))).collect()
}

fn heat(ripple: &Ripple, outcome: Outcome) -> Effects {
    Effects {
        name: format!("ripple_{}", outcome.id()),
        title: heading(outcome).to_owned(),
        lower_is_better: outcome != Outcome::Morale,
        columns: columns(ripple, outcome).map(|(_, column)| column.title.clone()).collect(),
        rows: (ripple.rows.iter())
            .map(|row| format!("{}: {}", row.title, row.lever.title()))
            .collect(),
        cells: (ripple.rows.iter())
            .map(|row| {
                columns(ripple, outcome)
                    .map(|(index, _)| {
                        let effect = &row.cells[index];
                        let mean = effect.paired.difference.mean * scale(outcome);
                        effect.is_told().then_some(mean)
                    })
                    .collect()
            })
            .collect(),
        figures: (ripple.rows.iter())
            .map(|row| {
                columns(ripple, outcome)
                    .map(|(index, _)| cell(&row.cells[index], outcome))
                    .collect()
            })
            .collect(),
    }
}
