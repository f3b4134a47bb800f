//! What happens to a person, a sentence for each thing that somebody would tell.

use super::delays::Delays;
use super::words::length;
use crate::engine::{Span, Time};
use crate::experiment::owner;
use crate::model::{Action, Entry, Model, Name, What};
use crate::scenario::language::Outcome;

/// What is told when somebody is ready to leave.
const BEGINS: &str = "No longer needs the place they are in. The delay begins.";

/// A sentence and when it happens.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Sentence {
    pub time: Time,
    pub text: String,
}

/// Hears what happens and tells it.
#[derive(Debug)]
pub(super) struct Teller<'a> {
    model: &'a Model,
    pub sentences: Vec<Sentence>,
    /// Since when they have waited for the team, place or meeting of their step.
    waits_since: Option<Time>,
    /// Since when their step has gone on.
    begun: Option<Time>,
    /// How long their work went on before it was interrupted, if it was.
    worked: Option<Span>,
    /// The team that took their work over.
    taken_over: Option<u8>,
    /// Since when they have been ready.
    ready_since: Option<Time>,
    /// When they left last, if they did.
    left: Option<Time>,
    /// What they wait for or do, in words, for those who are still there at the end.
    doing: String,
    /// The cell to which the wait for a meeting was booked, until it decides.
    waited_for_meeting: Option<u16>,
    /// The reasons whose full text has been told.
    told: Vec<&'static str>,
    pathway: u8,
}

impl<'a> Teller<'a> {
    pub(super) fn new(model: &'a Model) -> Teller<'a> {
        Teller {
            model,
            sentences: Vec::new(),
            waits_since: None,
            begun: None,
            worked: None,
            taken_over: None,
            ready_since: None,
            left: None,
            doing: String::new(),
            waited_for_meeting: None,
            told: Vec::new(),
            pathway: 0,
        }
    }

    /// Hears one thing. The delays have heard it already.
    pub(super) fn hear(&mut self, entry: &Entry, delays: &Delays) {
        let time = entry.time;
        let names = &self.model.names;
        let comes_back = entry.what == What::Returns;
        if entry.pathway != self.pathway && !self.sentences.is_empty() && !comes_back {
            let pathway = &names.pathways[usize::from(entry.pathway)].title;
            self.tell(time, format!("Goes on by another pathway: {pathway}."));
        }
        self.pathway = entry.pathway;
        match entry.what {
            What::Arrives(stream) => {
                let stream = &names.arrivals[usize::from(stream)].title;
                self.tell(time, format!("Arrives ({stream})."));
            }
            What::Waits(at) => {
                self.waits_since = Some(time);
                self.doing = format!("Waiting for: {}", self.whom(at));
            }
            What::Refused(at) => {
                let place = capital(&self.whom(at));
                self.tell(time, format!("{place} is full, and so is its queue: refused."));
            }
            What::GivesUp(at) => {
                let waited = self.after_waiting(time, delays);
                self.tell(time, format!("Gives up waiting for: {}{waited}.", self.whom(at)));
                self.doing.clear();
            }
            What::Begins(at) => self.begins(time, at, delays),
            What::Ends(at) => self.ends(time, at, delays),
            What::Reserved(place) => {
                let place = &names.places[usize::from(place)].title;
                let waited = self.after_waiting(time, delays);
                self.tell(time, format!("A place is held: {place}{waited}."));
            }
            What::Moves(place) => {
                let place = &names.places[usize::from(place)].title;
                let waited = self.after_waiting(time, delays);
                let delay = self.end_of_delay(time);
                self.tell(time, format!("Moves to: {place}{waited}.{delay}"));
                self.doing.clear();
            }
            What::GoesBack(place) => {
                let place = &names.places[usize::from(place)].title;
                self.tell(time, format!("There is room now: moves to {place}."));
            }
            What::Keeps(units) => {
                let what = if units == 1 { "unit" } else { "units" };
                self.tell(time, format!("Needs only {units} {what} of the place from now on."));
            }
            What::Ready => {
                self.ready_since = Some(time);
                self.tell(time, BEGINS.to_owned());
            }
            What::Booked { .. } => {}
            What::HandedOver { at, team } => self.handed_over(time, at, team, delays),
            What::Joins(team) => {
                let team = &names.teams[usize::from(team)].title;
                let waited = self.after_waiting(time, delays);
                self.tell(time, format!("Is taken on by: {team}{waited}."));
                self.doing.clear();
            }
            What::Interrupted(at) => self.interrupted(time, at, delays),
            What::PutOff(at) => {
                self.tell(time, format!("{} puts the case off.", capital(&self.whom(at))));
            }
            What::Again(at) => {
                self.tell(time, format!("{} has to be done again.", capital(&self.step(at))));
            }
            What::Harm { pathway, hazard } => {
                let hazard = &names.hazards[usize::from(pathway)][usize::from(hazard)];
                let text = format!(
                    "Comes to harm while delayed: {}. Whatever was waited for is given up.{}",
                    words(hazard),
                    self.end_of_delay(time)
                );
                self.waits_since = None;
                self.begun = None;
                self.forget_work();
                self.tell(time, text);
            }
            What::Leaves(outcome) => {
                let delay = self.end_of_delay(time);
                self.tell(time, format!("{}{delay}", leaves(outcome)));
                self.left = Some(time);
                self.doing.clear();
            }
            What::Returns => {
                let after = self.left.take().map_or_else(String::new, |left| {
                    format!(", {} after leaving", length(time.since(left)))
                });
                let pathway = &names.pathways[usize::from(entry.pathway)].title;
                self.tell(time, format!("Comes back to hospital{after}: {pathway}."));
            }
            What::Unfinished => self.unfinished(time, delays),
        }
    }

    fn begins(&mut self, time: Time, at: u32, delays: &Delays) {
        self.begun = Some(time);
        match self.model.first_rules().steps[at as usize].action {
            Action::Task { .. } => {
                let waited = self.after_waiting(time, delays);
                let (whom, step) = (capital(&self.whom(at)), self.step(at));
                self.doing = format!("In the middle of: {step}");
                if self.worked.is_some() {
                    self.tell(time, format!("{whom} goes on with: {step}{waited}."));
                    return;
                }
                // A step that has the name of its team says nothing more.
                let work = if whom.eq_ignore_ascii_case(&step) {
                    String::new()
                } else {
                    format!(": {step}")
                };
                self.tell(time, format!("{whom} begins{work}{waited}."));
            }
            // The sitting begins; the decision on the case falls within it.
            Action::Meeting(_) => self.waited_for_meeting = delays.last_cell(),
            Action::Enter(_) | Action::Move | Action::Leave(_) => {
                self.doing = "Waiting for the hour at which people leave".to_owned();
            }
            _ => self.doing = format!("In the middle of: {}", self.step(at)),
        }
    }

    fn ends(&mut self, time: Time, at: u32, delays: &Delays) {
        let took = self.begun.take().map(|since| length(self.worked_until(since, time)));
        let took = took.unwrap_or_default();
        let step = capital(&self.step(at));
        let text = match self.model.first_rules().steps[at as usize].action {
            Action::Task { .. } => format!("{step} is done, after {took}{}.", self.cause(delays)),
            Action::Meeting(_) => {
                let waited = self.after_waiting(time, delays);
                format!("{} decides{waited}.", capital(&self.whom(at)))
            }
            Action::Until(_) => {
                format!("{step}: waited {took} for the hour{}.", self.cause(delays))
            }
            Action::Enter(_) | Action::Move | Action::Leave(_) => {
                format!("Waited {took} for the hour at which people leave{}.", self.cause(delays))
            }
            // Coming back is told when it happens.
            Action::Readmit { .. } => return,
            _ => format!("{step} is over, after {took}{}.", self.cause(delays)),
        };
        self.doing.clear();
        self.forget_work();
        self.tell(time, text);
    }

    /// A team closes before the work is done.
    fn handed_over(&mut self, time: Time, at: u32, team: u8, delays: &Delays) {
        let (whom, step) = (capital(&self.whom(at)), self.step(at));
        let worked = self.begun.take().map_or(Span::ZERO, |since| self.worked_until(since, time));
        self.worked = Some(worked);
        let next = words(&self.model.names.teams[usize::from(team)]);
        let what_next = if next.eq_ignore_ascii_case(&whom) {
            "The rest waits until it opens".to_owned()
        } else {
            format!("The rest goes to: {next}")
        };
        self.taken_over = Some(team);
        self.waits_since = Some(time);
        self.doing = format!("Waiting for: {next}");
        let (worked, cause) = (length(worked), self.cause(delays));
        let text = format!("{whom} closes after {worked} of: {step}{cause}. {what_next}.");
        self.tell(time, text);
    }

    /// The work stops for somebody who goes first.
    fn interrupted(&mut self, time: Time, at: u32, delays: &Delays) {
        let (whom, step) = (capital(&self.whom(at)), self.step(at));
        let worked = self.begun.take().map_or(Span::ZERO, |since| self.worked_until(since, time));
        self.worked = Some(worked);
        self.waits_since = Some(time);
        self.doing = format!("Waiting for: {}", self.whom(at));
        let (worked, cause) = (length(worked), self.cause(delays));
        let text = format!(
            "{whom} interrupts after {worked} of: {step}{cause}. Somebody else goes first."
        );
        self.tell(time, text);
    }

    /// How long the work went on that began, or went on, at `since`.
    fn worked_until(&self, since: Time, time: Time) -> Span {
        self.worked.unwrap_or(Span::ZERO) + time.since(since)
    }

    fn forget_work(&mut self) {
        self.worked = None;
        self.taken_over = None;
    }

    fn unfinished(&mut self, time: Time, delays: &Delays) {
        if self.left.is_some() {
            return;
        }
        let cause = self.cause(delays);
        let doing = match (self.waits_since, self.doing.as_str()) {
            (_, "") => String::new(),
            (Some(since), doing) => {
                format!(" {doing}, for {} so far{cause}.", length(time.since(since)))
            }
            (None, doing) => format!(" {doing}{cause}."),
        };
        let delay = self.ready_since.map_or_else(String::new, |since| {
            format!(" The delay is {} so far.", length(time.since(since)))
        });
        self.tell(time, format!("Is still there when the run ends.{doing}{delay}"));
    }

    /// `, after a wait of 1 day 4 hours (hub_02: …; Acute hospital trust)`, and forgets the wait.
    fn after_waiting(&mut self, time: Time, delays: &Delays) -> String {
        match self.waits_since.take() {
            Some(since) if time > since => {
                format!(", after a wait of {}{}", length(time.since(since)), self.cause(delays))
            }
            _ => String::new(),
        }
    }

    /// ` (hub_02: …; Acute hospital trust)`, if the time that just passed was delay. A reason that
    /// was told before is told by its code.
    fn cause(&mut self, delays: &Delays) -> String {
        let before = self.waited_for_meeting.take();
        let Some(cell) = delays.last_cell().or(before) else { return String::new() };
        let cell = &self.model.cells[usize::from(cell)];
        let Some(reason) = cell.reason else { return String::new() };
        let owner = owner(self.model, cell).title;
        if self.told.contains(&reason.code) {
            return format!(" ({}; {owner})", reason.code);
        }
        self.told.push(reason.code);
        format!(" ({}: {}; {owner})", reason.code, reason.text)
    }

    /// ` The delay was 3 days 2 hours.`, if there was one.
    fn end_of_delay(&mut self, time: Time) -> String {
        let Some(since) = self.ready_since.take() else { return String::new() };
        if since == time {
            // Who leaves at once has no delay to tell of.
            self.sentences.pop_if(|last| last.text == BEGINS);
            return String::new();
        }
        format!(" The delay was {}.", length(time.since(since)))
    }

    /// The team, place or meeting of a step, as the sentence has it.
    fn whom(&self, at: u32) -> String {
        let names = &self.model.names;
        if let Some(team) = self.taken_over {
            return words(&names.teams[usize::from(team)]);
        }
        let name = match self.model.first_rules().steps[at as usize].action {
            Action::Enter(place) | Action::Reserve(place) => names.places.get(usize::from(place)),
            Action::Task { team, .. } | Action::Join(team) => names.teams.get(usize::from(team)),
            Action::Meeting(meeting) => names.meetings.get(usize::from(meeting)),
            _ => None,
        };
        let name = name.map_or_else(|| self.step(at), words);
        match self.model.first_rules().other_team(at) {
            Some(with) => format!("{name} with {}", words(&names.teams[usize::from(with)])),
            None => name,
        }
    }

    fn step(&self, at: u32) -> String {
        words(&self.model.names.steps[at as usize])
    }

    fn tell(&mut self, time: Time, text: String) {
        self.sentences.push(Sentence { time, text });
    }
}

fn leaves(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Home => "Goes home.",
        Outcome::CareHome => "Moves to a care home.",
        Outcome::Hospice => "Moves to a hospice.",
        Outcome::OtherHospital => "Goes to another hospital.",
        Outcome::Died => "Dies.",
        Outcome::Done => "Leaves.",
        Outcome::Refused => "Leaves: refused.",
        Outcome::GaveUp => "Leaves: the wait was too long.",
    }
}

/// A name as people know it; one without a title is read out from the scenario.
fn words(name: &Name) -> String {
    if name.title != name.id {
        return name.title.clone();
    }
    name.id.rsplit('.').next().unwrap_or(&name.id).replace('_', " ")
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
