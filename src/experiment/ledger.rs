//! The ledger of delay with its intervals: how many people each cause and owner delays on average.
//!
//! Days of delay a day are the same number as the people delayed at a time, on average.

use crate::model::{Cell, Model};
use crate::scenario::reasons::{Reason, ReasonGroup};
use crate::statistics::Estimate;

use super::Runs;

/// Delay in acute places by cause and owner.
#[derive(Debug, Clone, PartialEq)]
pub struct Ledger {
    /// All of it [people delayed on average].
    pub total: Estimate,
    /// By group of reasons, in the order of England's report; groups that the scenario does not
    /// have are left out.
    pub groups: Vec<GroupLine>,
    /// By owner: organisations in the order of the scenario, then pairs.
    pub owners: Vec<OwnerLine>,
    /// By reason and owner, in the order of the reasons.
    pub cells: Vec<CellLine>,
}

/// A group of reasons.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupLine {
    /// The group.
    pub group: ReasonGroup,
    /// What it delays.
    pub delay: Delay,
    /// Its reasons, the most delay first.
    pub lines: Vec<ReasonLine>,
}

/// One reason, whoever owns it.
#[derive(Debug, Clone, PartialEq)]
pub struct ReasonLine {
    /// The reason.
    pub reason: &'static Reason,
    /// What it delays.
    pub delay: Delay,
}

/// One reason and whose delay it is.
#[derive(Debug, Clone, PartialEq)]
pub struct CellLine {
    /// The reason.
    pub reason: &'static Reason,
    /// Whose delay it is.
    pub owner: Owner,
    /// What it delays.
    pub delay: Delay,
}

/// All delay of one owner.
#[derive(Debug, Clone, PartialEq)]
pub struct OwnerLine {
    /// Whose delay it is.
    pub owner: Owner,
    /// What it delays.
    pub delay: Delay,
}

/// Whose delay it is: an organisation, or a pair.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owner {
    /// As measures have it: an id, or two joined by `+`.
    pub id: String,
    /// As people know it: a name, or "A with B".
    pub title: String,
}

/// An amount of delay.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Delay {
    /// People delayed by it on average, which are days of delay a day.
    pub people: Estimate,
    /// Its part of all delay [0-1]; not a number if there is none.
    pub share: f64,
    /// Days of delay in a year of 365 days.
    pub days_a_year: f64,
}

/// The ledger of the runs; `None` if the scenario books no delay in acute places to any reason.
pub(super) fn of(model: &Model, runs: &Runs) -> Option<Ledger> {
    let cells: Vec<usize> =
        (0..model.cells.len()).filter(|&cell| model.cells[cell].reason.is_some()).collect();
    if cells.is_empty() {
        return None;
    }
    let total = people(runs, &cells);
    let delay = |cells: &[usize]| {
        let people = people(runs, cells);
        let share = if total.mean > 0.0 { people.mean / total.mean } else { f64::NAN };
        Delay { people, share, days_a_year: people.mean * 365.0 }
    };
    let reason_of = |cell: usize| model.cells[cell].reason;
    let group = |group: ReasonGroup| {
        let is_of_it = |cell: &usize| reason_of(*cell).is_some_and(|it| it.group == group);
        let of_group: Vec<usize> = cells.iter().copied().filter(is_of_it).collect();
        let mut lines: Vec<ReasonLine> = sorted_by(&of_group, reason_of)
            .into_iter()
            .filter_map(|(reason, cells)| {
                Some(ReasonLine { reason: reason?, delay: delay(&cells) })
            })
            .collect();
        lines.sort_by(|a, b| b.delay.people.mean.total_cmp(&a.delay.people.mean));
        (!of_group.is_empty()).then(|| GroupLine { group, delay: delay(&of_group), lines })
    };
    let mut owned = sorted_by(&cells, |cell| {
        let cell = &model.cells[cell];
        (cell.other.is_some(), cell.owner, cell.other)
    });
    // Organisations in the order of the scenario, then pairs: a ledger is no league table.
    owned.sort_by_key(|(key, _)| *key);
    let owners = owned
        .into_iter()
        .map(|(_, of_owner)| OwnerLine {
            owner: owner(model, &model.cells[of_owner[0]]),
            delay: delay(&of_owner),
        })
        .collect();
    let mut by_cell: Vec<CellLine> = cells
        .iter()
        .filter_map(|&cell| {
            let owner = owner(model, &model.cells[cell]);
            Some(CellLine { reason: reason_of(cell)?, owner, delay: delay(&[cell]) })
        })
        .collect();
    by_cell
        .sort_by(|a, b| a.reason.code.cmp(b.reason.code).then_with(|| a.owner.id.cmp(&b.owner.id)));
    let groups = ReasonGroup::ALL.into_iter().filter_map(group).collect();
    Some(Ledger { total, groups, owners, cells: by_cell })
}

/// Puts the cells together that have the same key, in the order in which the keys come.
fn sorted_by<K: PartialEq>(cells: &[usize], key: impl Fn(usize) -> K) -> Vec<(K, Vec<usize>)> {
    let mut sorted: Vec<(K, Vec<usize>)> = Vec::new();
    for &cell in cells {
        let key = key(cell);
        match sorted.iter_mut().find(|(known, _)| *known == key) {
            Some((_, cells)) => cells.push(cell),
            None => sorted.push((key, vec![cell])),
        }
    }
    sorted
}

/// People delayed on average by some cells together.
fn people(runs: &Runs, cells: &[usize]) -> Estimate {
    runs.estimate(people_by_replication(runs, cells))
}

/// People delayed on average by some cells together, in each replication.
pub(super) fn people_by_replication(runs: &Runs, cells: &[usize]) -> impl Iterator<Item = f64> {
    runs.ledger.iter().zip(&runs.measured_seconds).map(|(booked, measured)| {
        let seconds: u64 = cells.iter().map(|&cell| booked[cell]).sum();
        seconds as f64 / *measured as f64
    })
}

/// Whose delay a cell is.
pub fn owner(model: &Model, cell: &Cell) -> Owner {
    let title = |owner: Option<u8>| {
        owner.map_or("nobody in particular", |owner| {
            model.names.organisations[usize::from(owner)].title.as_str()
        })
    };
    let title = match cell.other {
        None => title(cell.owner).to_owned(),
        Some(_) => format!("{} with {}", title(cell.owner), title(cell.other)),
    };
    Owner { id: model.owner_name(cell), title }
}
