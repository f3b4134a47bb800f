//! Steps that can never be done: a team without anybody, a meeting that never decides, a place
//! that takes nobody. What a change makes possible later is possible.

use super::asking::most_units;
use super::parts::is_none;
use super::unused::works_in;
use super::ways::Survey;
use super::{Checker, Subject};
use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::language::{Calendar, Description, Meeting, Team};

impl Checker<'_> {
    pub(super) fn possible(&mut self, subjects: &[Subject<'_>], surveys: &[Survey<'_>]) {
        let ever = |can: &dyn Fn(&Description) -> bool| {
            subjects.iter().any(|subject| can(subject.description))
        };
        let description = self.description;
        for (name, team) in &description.teams {
            let user = first_user(surveys, |step| works_in(step, name));
            let can =
                |d: &Description| d.teams.get(name).is_some_and(|team| idle(d, team).is_none());
            if let Some(user) = user
                && !ever(&can)
                && let Some((key, why)) = idle(description, team)
                && !self.damage.touches(&format!("teams.{name}"))
            {
                let message = format!("nobody in the team `{name}` can ever do `{user}`: {why}");
                let path = match key {
                    Key::Own(key) => format!("teams.{name}.{key}"),
                    Key::Organisation(key) => format!("organisations.{}.{key}", team.organisation),
                    Key::Calendar => {
                        format!("calendars.{}", team.calendar.as_deref().unwrap_or_default())
                    }
                };
                self.at(&path, Diagnostic::error(message));
            }
        }
        for (name, meeting) in &description.meetings {
            let user = first_user(surveys, |step| step.meeting.as_deref() == Some(name));
            let can = |d: &Description| {
                d.meetings.get(name).is_some_and(|meeting| mute(meeting).is_none())
            };
            if let Some(user) = user
                && !ever(&can)
                && let Some((key, why)) = mute(meeting)
                && !self.damage.touches(&format!("meetings.{name}"))
            {
                let message = format!("the meeting `{name}` can never decide `{user}`: {why}");
                self.at(&format!("meetings.{name}.{key}"), Diagnostic::error(message));
            }
        }
        for (name, calendar) in &description.calendars {
            let user = first_user(surveys, |step| step.calendar.as_deref() == Some(name));
            let can = |d: &Description| {
                d.calendars.get(name).is_some_and(|calendar| !never_open(calendar))
            };
            if let Some(user) = user
                && !ever(&can)
                && never_open(calendar)
                && !self.damage.touches(&format!("calendars.{name}"))
            {
                let message =
                    format!("`{user}` can never end: its calendar `{name}` is never open");
                self.at(&format!("calendars.{name}"), Diagnostic::error(message));
            }
        }
        for (name, place) in &description.places {
            let user = first_user(surveys, |step| {
                step.enter.as_deref() == Some(name) || step.reserve.as_deref() == Some(name)
            });
            let can =
                |d: &Description| d.places.get(name).is_some_and(|place| most_units(place) > 0);
            if let Some(user) = user
                && !ever(&can)
                && is_none(place.capacity)
            {
                let message = format!(
                    "nobody can ever enter the place `{name}`, which `{user}` needs: its capacity is 0"
                );
                self.at(&format!("places.{name}.capacity"), Diagnostic::error(message));
            }
        }
    }
}

/// The path of the first step that somebody can come to and that uses a part.
pub(super) fn first_user<'s>(
    surveys: &'s [Survey<'_>],
    uses: impl Fn(&crate::scenario::language::Step) -> bool,
) -> Option<&'s str> {
    surveys.iter().find_map(|survey| {
        let step = survey.reached().find(|(here, _)| uses(survey.flow.steps[*here].step));
        step.map(|(here, _)| survey.flow.steps[here].path.as_str())
    })
}

/// Which key is at fault.
enum Key {
    Own(&'static str),
    Organisation(&'static str),
    Calendar,
}

/// Why a team never has anybody at work, if so.
fn idle(description: &Description, team: &Team) -> Option<(Key, String)> {
    if is_zero(team.headcount) {
        return Some((Key::Own("headcount"), "its headcount is 0".to_owned()));
    }
    if is_zero(team.share_of_time) {
        return Some((
            Key::Own("share_of_time"),
            "its share of time for this work is 0".to_owned(),
        ));
    }
    let organisation = description.organisations.get(&team.organisation);
    let away = [
        ("vacancy", team.vacancy, organisation.map(|o| o.vacancy), "all its posts are vacant"),
        ("sickness", team.sickness, organisation.map(|o| o.sickness), "all its staff are off sick"),
    ];
    for (key, own, theirs, why) in away {
        if own.or(theirs).is_some_and(|share| is_zero(share - 1.0)) {
            let key = if own.is_some() { Key::Own(key) } else { Key::Organisation(key) };
            return Some((key, why.to_owned()));
        }
    }
    let calendar = match &team.calendar {
        // A calendar that does not exist is told elsewhere.
        Some(name) => match description.calendars.get(name) {
            Some(calendar) => Some(calendar),
            None => return None,
        },
        None => None,
    };
    if calendar.is_some_and(never_open) {
        let name = team.calendar.as_deref().unwrap_or_default();
        return Some((Key::Calendar, format!("its calendar `{name}` is never open")));
    }
    let works = (0..7).any(|day| {
        team.weekday_factors[day] > 0.0
            && calendar.is_none_or(|calendar| calendar.hours(day).open_seconds() > 0)
    });
    if works {
        return None;
    }
    Some((
        Key::Own("weekday_factors"),
        "on the days on which it is open, its weekday factors are 0".to_owned(),
    ))
}

/// Exactly 0: what is less is told elsewhere.
fn is_zero(value: f64) -> bool {
    value.abs() < 1e-12
}

/// Whether a calendar is never open, bank holidays set aside.
fn never_open(calendar: &Calendar) -> bool {
    (0..7).all(|day| calendar.hours(day).open_seconds() == 0)
}

/// Why a meeting never decides anything, if so.
fn mute(meeting: &Meeting) -> Option<(&'static str, &'static str)> {
    if meeting.days.is_empty() {
        return Some(("days", "it is held on no day"));
    }
    if meeting.between.is_closed() {
        return Some(("between", "it is closed, so it is never held"));
    }
    if is_zero(meeting.decided.value) {
        return Some(("decided", "the chance that it decides is 0"));
    }
    let decides = meeting.days.iter().any(|day| meeting.weekday_factors[day.index()] > 0.0);
    (!decides).then_some((
        "weekday_factors",
        "on all days on which it is held, its weekday factors are 0",
    ))
}
