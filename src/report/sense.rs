//! Sense checks before and after a run: loads as a table, and what cannot go well in words.

use super::{Page, table};
use crate::experiment::Summary;
use crate::model::load::{Load, Loads, ShortStay};
use crate::model::{Model, Name};
use crate::scenario::Scenario;
use crate::scenario::language::AtGridlock;

/// The loads of places, teams and meetings as a table, with what it means.
pub fn loads(page: &Page, model: &Model, loads: &Loads) -> String {
    let mut rows = Vec::new();
    let names = &model.names;
    let groups = [
        ("place", &names.places, &loads.places),
        ("team", &names.teams, &loads.teams),
        ("books", &names.teams, &loads.books),
        ("meeting", &names.meetings, &loads.meetings),
    ];
    for (kind, names, loads) in groups {
        for (name, load) in names.iter().zip(loads).filter(|(_, load)| load.people_a_day > 0.0) {
            rows.push(vec![
                name.title.clone(),
                kind.to_owned(),
                figure(load.people_a_day),
                figure(load.asked),
                if load.there.is_finite() { figure(load.there) } else { "no limit".to_owned() },
                shown(load),
            ]);
        }
    }
    if rows.is_empty() {
        return String::new();
    }
    let header = ["", "", "People a day", "Asked", "There", "Load"];
    let mut out = page.heading("Load, if nobody waited for anything");
    let text = table::columns(page, &header, &[2, 3, 4, 5], rows);
    for line in text.lines() {
        let line = if line.ends_with('✗') { page.bad(line) } else { line.to_owned() };
        out += &format!("{line}\n");
    }
    out += &format!("{}\n", page.dim(&page.wrap(MEANING, 0)));
    out
}

const MEANING: &str = "Asked: units in use, cases worked on at a time, people on books, or decisions a \
    day, averaged over a year, as if people never waited for each other; delay comes on top. A load above \
    1 grows without limit.";

/// The load as a figure; a cross marks more than there is.
fn shown(load: &Load) -> String {
    match load.ratio() {
        _ if load.there.is_infinite() => "-".to_owned(),
        _ if load.there == 0.0 && load.asked > 0.0 => "✗".to_owned(),
        ratio if load.is_too_much() => format!("{} ✗", above_one(ratio)),
        ratio => format!("{ratio:.2}"),
    }
}

/// A load that is too much, so that it is seen to be.
fn above_one(load: f64) -> String {
    if load < 1.01 { format!("{load:.4}") } else { figure(load) }
}

fn figure(value: f64) -> String {
    match value {
        _ if value >= 99.95 => format!("{value:.0}"),
        _ if value >= 9.995 => format!("{value:.1}"),
        _ => format!("{value:.2}"),
    }
}

/// What cannot go well, each in a sentence or two.
pub fn warnings(model: &Model, all: &[Loads]) -> Vec<String> {
    let mut found = Vec::new();
    for loads in all {
        let since = match loads.from.seconds() {
            0 => String::new(),
            _ => format!("From {} on, ", model.moment(loads.from).date().strftime("%-d %B %Y")),
        };
        found.extend(too_much(model, loads).map(|text| format!("{since}{text}")));
    }
    if let Some(first) = all.first() {
        found.extend(first.short_stays.iter().map(|short| short_stay(model, short)));
    }
    found.extend(model.circles.iter().map(|circle| circle_of(model, circle)));
    found
}

/// The loads above 1.
fn too_much<'a>(model: &'a Model, loads: &'a Loads) -> impl Iterator<Item = String> + 'a {
    let since_start = loads.from.seconds() == 0;
    let of = move |names: &'a [Name], loads: &'a [Load], asked: &'static str| {
        let both = names.iter().zip(loads).filter(|(_, load)| load.is_too_much());
        both.map(move |(name, load)| {
            let much = match load.there == 0.0 {
                true => "is asked for something and has nothing".to_owned(),
                false => format!("has a load of {}", above_one(load.ratio())),
            };
            let (wanted, there) = (figure(load.asked), figure(load.there));
            let end = match load.loses {
                true => "Who finds no room, or no longer waits, is lost",
                false if since_start => "The wait for it grows without limit",
                false => "The wait for it grows as long as this holds",
            };
            format!(
                "“{}” {much}: {}. {end}.",
                name.title,
                asked.replace("{a}", &wanted).replace("{b}", &there)
            )
        })
    };
    let places = "people need {a} units on average, of {b}";
    let teams = "its work takes {a} at a time on average, and {b} can be done";
    let books = "{a} people at a time would be on its books on average, and it has room for {b}";
    let meetings = "{a} cases a day come, and it decides {b}";
    of(&model.names.places, &loads.places, places)
        .chain(of(&model.names.teams, &loads.teams, teams))
        .chain(of(&model.names.teams, &loads.books, books))
        .chain(of(&model.names.meetings, &loads.meetings, meetings))
}

fn short_stay(model: &Model, short: &ShortStay) -> String {
    format!(
        "On the pathway “{}”, people need “{}” for {:.1} days on average, but the decisions of meetings \
         meanwhile take {:.1} days even if nobody queues: they stay to be decided on.",
        model.names.pathways[usize::from(short.pathway)].title,
        model.names.places[usize::from(short.place)].title,
        short.stay_days,
        short.decision_days
    )
}

fn circle_of(model: &Model, circle: &[u8]) -> String {
    let names: Vec<String> = circle
        .iter()
        .map(|place| format!("“{}”", model.names.places[usize::from(*place)].title))
        .collect();
    format!(
        "{} can come to a standstill: people in each wait for the next and keep their place until they \
         have it, and if all are full of such people nobody moves. `run.at_gridlock` says what happens then.",
        names.join(", ")
    )
}

/// What a run showed that does not go well: queues that grew, waits that do not add up, and gridlocks.
pub fn after(scenario: &Scenario, summary: &Summary) -> Vec<String> {
    let mut found = Vec::new();
    for queue in &summary.queues {
        if queue.grows() {
            found.push(format!(
                "The queue for “{}” grew throughout the run: {} people in its first quarter, {} in its last \
                 ({} more, {} to {}). Unless a season or a change of the scenario explains it, the warm-up \
                 was too short for it, or it never settles: then a longer run has a longer queue.",
                queue.title,
                figure(queue.quarters[0].mean),
                figure(queue.quarters[3].mean),
                figure(queue.growth.mean),
                figure(queue.growth.lower),
                figure(queue.growth.upper)
            ));
        }
        if !queue.keeps_littles_law() {
            found.push(format!(
                "Little's law does not hold for “{}”: {} people wait on average, of whom {} are not \
                 explained by the waits that ended. That is a mistake of the program.",
                queue.title,
                figure(queue.waiting.mean),
                figure(queue.gap.mean)
            ));
        }
    }
    let what = match scenario.base.run.at_gridlock {
        AtGridlock::GoOn => "Its people wait until something else frees a place.",
        AtGridlock::Stop => "The replication ends there, so its figures are those until then.",
        AtGridlock::Swap => "Each time, people changed places in a circle.",
    };
    let stuck = summary.measures.iter().filter(|it| it.measure.name == "gridlocks");
    for measured in stuck.filter(|it| it.estimate.mean > 0.0) {
        let titles: Vec<String> =
            measured.group.split('+').map(|id| format!("“{}”", summary.title_of(id))).collect();
        found.push(format!(
            "{} came to a standstill {} times a run: all were full of people who waited for each other's \
             place. {what}",
            titles.join(", "),
            figure(measured.estimate.mean)
        ));
    }
    found
}
