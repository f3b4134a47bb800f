//! One person's way in plain sentences, from what a [`Log`](crate::model::Log) kept of them.

mod choose;
mod delays;
mod sentences;
mod words;

pub use self::choose::Choice;
use self::delays::Delays;
use self::sentences::{Sentence, Teller};
use super::Page;
use crate::model::{Entry, Model};

/// Tells the way of one person; the entries are theirs, in order, and at least one.
pub fn tell(page: &Page, model: &Model, replication: u32, entries: &[Entry]) -> String {
    let Some(first) = entries.first() else { return String::new() };
    let mut delays = Delays::default();
    let mut teller = Teller::new(model);
    for entry in entries {
        delays.note(entry);
        teller.hear(entry, &delays);
    }
    let pathway = &model.names.pathways[usize::from(first.pathway)].title;
    let title = format!("Person {}, {pathway}", model.number_of(first.person));
    let mut out = format!("{}\n", page.bold(&page.wrap(&title, 0)));
    out += &page.dim(&format!("replication {replication}, seed {}", model.seed));
    out.push('\n');
    set(page, model, &teller.sentences, &mut out);
    out += &delays.table(page, model);
    out
}

/// Sets sentences under their days, with the time of day beside them.
fn set(page: &Page, model: &Model, sentences: &[Sentence], out: &mut String) {
    const INDENT: usize = 9;
    let (mut day, mut clock) = (String::new(), String::new());
    for sentence in sentences {
        let moment = model.moment(sentence.time);
        let date = moment.strftime("%A %-d %B %Y").to_string();
        if date != day {
            *out += &page.heading(&date);
            clock.clear();
            day = date;
        }
        let now = moment.strftime("%H:%M").to_string();
        let shown = if now == clock { "" } else { now.as_str() };
        let narrow = Page { width: page.width.saturating_sub(INDENT), ..*page };
        for (index, line) in narrow.wrap(&sentence.text, 0).lines().enumerate() {
            let shown = if index == 0 { shown } else { "" };
            *out += &format!("  {shown:5}  {line}\n");
        }
        clock = now;
    }
}
