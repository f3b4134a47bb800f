//! The event log: what happened to everybody, a line each, as CSV.

use std::io::Write;

use crate::experiment::owner;
use crate::model::{Action, Entry, Model, Recorder, What};
use crate::scenario::language::Outcome;

const HEADER: [&str; 10] = [
    "person",
    "visit",
    "pathway",
    "event",
    "step",
    "place_or_team",
    "time",
    "reason",
    "owner",
    "delay_hours",
];

/// Writes down everything as it happens.
#[derive(Debug)]
pub struct EventLog<'a, W: Write> {
    model: &'a Model,
    writer: csv::Writer<W>,
    failed: Option<csv::Error>,
}

impl<'a, W: Write> EventLog<'a, W> {
    /// An event log that goes to `out`.
    pub fn new(model: &'a Model, out: W) -> EventLog<'a, W> {
        let mut writer = csv::Writer::from_writer(out);
        let failed = writer.write_record(HEADER).err();
        EventLog { model, writer, failed }
    }

    /// Ends the log.
    ///
    /// # Errors
    /// The first that came up while writing.
    pub fn finish(mut self) -> Result<(), csv::Error> {
        match self.failed {
            Some(error) => Err(error),
            None => Ok(self.writer.flush()?),
        }
    }

    fn write(&mut self, entry: &Entry) -> Result<(), csv::Error> {
        let model = self.model;
        let names = &model.names;
        let step = |at: u32| names.steps[at as usize].id.as_str();
        let place = |place: u8| names.places[usize::from(place)].id.as_str();
        let (event, step, whom) = match entry.what {
            What::Arrives(stream) => {
                ("arrives", "", names.arrivals[usize::from(stream)].id.as_str())
            }
            What::Waits(at) => ("waits", step(at), resource(model, at)),
            What::Refused(at) => ("refused", step(at), resource(model, at)),
            What::GivesUp(at) => ("gives_up", step(at), resource(model, at)),
            What::Begins(at) => ("begins", step(at), resource(model, at)),
            What::Ends(at) => ("ends", step(at), resource(model, at)),
            What::Reserved(it) => ("reserved", "", place(it)),
            What::Moves(it) => ("moves", "", place(it)),
            What::GoesBack(it) => ("goes_back", "", place(it)),
            What::Keeps(_) => ("keeps", "", ""),
            What::Ready => ("ready", "", ""),
            What::Booked { .. } => ("delay", "", ""),
            What::HandedOver { at, team } => {
                ("handed_over", step(at), names.teams[usize::from(team)].id.as_str())
            }
            What::Interrupted(at) => ("interrupted", step(at), resource(model, at)),
            What::Joins(team) => ("joins", "", names.teams[usize::from(team)].id.as_str()),
            What::PutOff(at) => ("put_off", step(at), resource(model, at)),
            What::Again(at) => ("again", step(at), resource(model, at)),
            What::Harm { pathway, hazard } => {
                let hazards = &names.hazards[usize::from(pathway)];
                ("harm", hazards[usize::from(hazard)].id.as_str(), "")
            }
            What::Leaves(outcome) => ("leaves", "", outcome_id(outcome)),
            What::Returns => ("returns", "", ""),
            What::Unfinished => ("unfinished", "", ""),
        };
        let (mut reason, mut whose, mut hours) = ("", String::new(), String::new());
        if let What::Booked { cell, span } = entry.what {
            let cell = &model.cells[usize::from(cell)];
            reason = cell.reason.map_or("", |reason| reason.code);
            whose = owner(model, cell).id;
            hours = format!("{:.4}", f64::from(span.seconds()) / 3_600.0);
        }
        let person = model.number_of(entry.person).to_string();
        let visit = entry.person.visit.to_string();
        let pathway = names.pathways[usize::from(entry.pathway)].id.as_str();
        let time = model.moment(entry.time).to_string();
        self.writer.write_record([
            &person, &visit, pathway, event, step, whom, &time, reason, &whose, &hours,
        ])
    }
}

impl<W: Write> Recorder for EventLog<'_, W> {
    fn record(&mut self, entry: Entry) {
        if self.failed.is_none() {
            self.failed = self.write(&entry).err();
        }
    }
}

/// The place, team or meeting of a step.
fn resource(model: &Model, at: u32) -> &str {
    let names = &model.names;
    let name = match model.first_rules().steps[at as usize].action {
        Action::Enter(place) | Action::Reserve(place) => names.places.get(usize::from(place)),
        Action::Task { team, .. } | Action::Join(team) | Action::LeaveBooks(team) => {
            names.teams.get(usize::from(team))
        }
        Action::Meeting(meeting) => names.meetings.get(usize::from(meeting)),
        _ => None,
    };
    name.map_or("", |name| name.id.as_str())
}

fn outcome_id(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Home => "home",
        Outcome::CareHome => "care_home",
        Outcome::Hospice => "hospice",
        Outcome::OtherHospital => "other_hospital",
        Outcome::Died => "died",
        Outcome::Done => "done",
        Outcome::Refused => "refused",
        Outcome::GaveUp => "gave_up",
    }
}
