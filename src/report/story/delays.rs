//! A person's delay: when they were ready, and to what it was booked.

use super::words::{minutes, minutes_that_add_up};
use crate::engine::{Span, Time};
use crate::experiment::owner;
use crate::model::{Entry, Model, What};
use crate::report::numbers::figure;
use crate::report::{Page, table};

/// The delay of one person, in all their visits.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Delays {
    /// Since when they have been ready, if they are.
    ready_since: Option<Time>,
    /// How long they were ready before that \[s\].
    earlier: u64,
    /// What was booked: the cell, and how much \[s\].
    booked: Vec<(u16, u64)>,
    /// What was booked just before whatever happens next: the cell, and how much.
    just_booked: Option<(u16, Span)>,
    /// The same for what happens now.
    now: Option<(u16, Span)>,
}

impl Delays {
    /// Notes what happened.
    pub(super) fn note(&mut self, entry: &Entry) {
        self.now = self.just_booked.take();
        match entry.what {
            What::Ready => self.ready_since = Some(entry.time),
            What::Booked { cell, span } => {
                let seconds = u64::from(span.seconds());
                match self.booked.iter_mut().find(|(known, _)| *known == cell) {
                    Some((_, sum)) => *sum += seconds,
                    None => self.booked.push((cell, seconds)),
                }
                self.just_booked = Some((cell, span));
            }
            What::Moves(_) | What::Leaves(_) | What::Harm { .. } | What::Unfinished => {
                if let Some(since) = self.ready_since.take() {
                    self.earlier += u64::from(entry.time.since(since).seconds());
                }
            }
            What::Arrives(_)
            | What::Waits(_)
            | What::Refused(_)
            | What::GivesUp(_)
            | What::Begins(_)
            | What::Ends(_)
            | What::Reserved(_)
            | What::HandedOver { .. }
            | What::Interrupted(_)
            | What::Joins(_)
            | What::GoesBack(_)
            | What::Keeps(_)
            | What::PutOff(_)
            | What::Again(_)
            | What::Returns => {}
        }
    }

    /// To what the time just passed was booked.
    pub(super) fn last_cell(&self) -> Option<u16> {
        self.now.filter(|(_, span)| *span > Span::ZERO).map(|(cell, _)| cell)
    }

    /// From being ready to leaving or the end, over all visits \[s\].
    pub(super) fn seconds(&self) -> u64 {
        self.earlier
    }

    /// The delay by reason and owner, and its sum.
    pub(super) fn table(&self, page: &Page, model: &Model) -> String {
        let booked: Vec<(u16, u64)> =
            self.booked.iter().copied().filter(|(_, seconds)| *seconds > 0).collect();
        if booked.is_empty() {
            return format!("\n{}\n", page.bold("There was no delay."));
        }
        let seconds: Vec<u64> = booked.iter().map(|(_, seconds)| *seconds).collect();
        let total: u64 = seconds.iter().sum();
        debug_assert_eq!(total, self.seconds(), "every second of delay is booked once");
        let mut rows: Vec<Vec<String>> = booked
            .iter()
            .zip(minutes_that_add_up(&seconds))
            .map(|((cell, seconds), part)| {
                let cell = &model.cells[usize::from(*cell)];
                let reason = cell.reason.map_or_else(
                    || "no reason given".to_owned(),
                    |reason| format!("{}: {}", reason.code, reason.text),
                );
                let share = figure(*seconds as f64 / total as f64, "share");
                vec![reason, owner(model, cell).title, minutes(part), share]
            })
            .collect();
        let sum = minutes_that_add_up(&[total]).first().copied().unwrap_or(0);
        rows.push(vec!["All".to_owned(), String::new(), minutes(sum), "100.0%".to_owned()]);
        let header = ["Reason", "Whose delay", "Delay", "Share"];
        page.heading("Where the delay went") + &table::columns(page, &header, &[2, 3], rows)
    }
}
