//! The pathways in the terminal: one stop a line, from top to bottom.

use super::{Drawing, Kind, Lane, Stop};
use crate::report::Page;

/// Columns of the people a day.
const PEOPLE: usize = 8;

impl Drawing {
    /// As text, the people a day to the right.
    pub fn terminal(&self, page: &Page) -> String {
        self.lanes.iter().map(|lane| of_lane(page, lane)).collect()
    }
}

fn of_lane(page: &Page, lane: &Lane) -> String {
    let width = page.width;
    let about = "people a day";
    let title = clip(&lane.title, width.saturating_sub(about.len() + 1));
    let gap = width.saturating_sub(title.chars().count() + about.len());
    let mut out = format!("\n{}{}{about}\n", page.bold(&title), " ".repeat(gap));
    if let Some(text) = lane.while_delayed() {
        out += &format!("{}\n", page.dim(&page.wrap(&format!("  {text}"), 4)));
    }
    let mut place: Option<&str> = None;
    for stop in &lane.stops {
        let now = stop.place.as_ref().map(|(title, _)| title.as_str());
        if now != place {
            let line = match now {
                Some(title) => format!("  ┌─ in: {title}"),
                None => "  ┌─ in no place".to_owned(),
            };
            out += &format!("{}\n", page.dim(&clip(&line, width)));
            place = now;
        }
        out += &of_stop(page, stop);
    }
    out
}

fn of_stop(page: &Page, stop: &Stop) -> String {
    let mark = match stop.kind {
        Kind::Place => "■",
        Kind::Stay => "▪",
        Kind::Wait => "·",
        Kind::Team => "●",
        Kind::Meeting => "◆",
        Kind::Hours => "◷",
        Kind::Ready => "═",
        Kind::Split => "⑃",
        Kind::Keep => "▫",
        Kind::Leave => "→",
        Kind::Return => "↩",
    };
    let room = page.width.saturating_sub(4 + 2 + PEOPLE);
    // What it is takes two fifths, who does it and for how long the rest.
    let left = room * 2 / 5;
    let title = stop.title.clone();
    let detail = if stop.detail.starts_with(&title) {
        stop.detail[title.len()..].trim_start_matches([',', ' ']).to_owned()
    } else {
        stop.detail.clone()
    };
    let (title, detail) = (clip(&title, left), clip(&detail, room - left - 1));
    let mut out = format!(
        "  │ {mark} {}{}{:>PEOPLE$}\n",
        pad(&title, left + 1),
        page.dim(&pad(&detail, room - left - 1)),
        stop.a_day().unwrap_or_else(|| "-".to_owned())
    );
    for turn in &stop.turns {
        let text = page.wrap(&format!("        {}", turn.text), 10);
        for (index, line) in text.lines().enumerate() {
            let line = line.get(4..).unwrap_or_default();
            let arrow = if index == 0 { "↳" } else { " " };
            out += &format!("  │ {arrow} {}\n", line.trim_start());
        }
    }
    out
}

/// Text in so many columns.
fn pad(text: &str, columns: usize) -> String {
    let missing = columns.saturating_sub(text.chars().count());
    format!("{text}{}", " ".repeat(missing))
}

fn clip(text: &str, columns: usize) -> String {
    if text.chars().count() <= columns {
        return text.to_owned();
    }
    let cut: String = text.chars().take(columns.saturating_sub(1)).collect();
    format!("{}…", cut.trim_end())
}
