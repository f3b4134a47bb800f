//! How teams work: what becomes of their work when they close, when it begins, whose
//! work is interrupted, and what two of them do together.

use super::Checker;
use super::numbers::number;
use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::language::{AtClosing, Calendar, Discipline, StartSlot, Team};

impl Checker<'_> {
    /// What a team does with work in progress when it closes.
    pub(super) fn closing(&mut self, name: &str, team: &Team) {
        let path = format!("teams.{name}");
        let broken = self.damage.covers(&format!("{path}.at_closing"));
        if team.hand_over_to.is_some() && team.at_closing != AtClosing::HandOver && !broken {
            let message = format!("`{path}` says to whom it hands over, but it does not hand over");
            let note = format!("add at_closing = \"hand_over\" to [{path}]");
            self.at(&format!("{path}.hand_over_to"), Diagnostic::error(message).note(note));
        }
        if team.hand_over_to.as_deref() == Some(name) {
            let message = format!("the team `{name}` hands over to itself");
            let note = "leave `hand_over_to` out: its own queue is where the work goes then";
            self.at(&format!("{path}.hand_over_to"), Diagnostic::error(message).note(note));
        }
        if team.at_closing != AtClosing::Pause && team.calendar.is_none() {
            let message = format!("the team `{name}` never closes: `at_closing` means nothing");
            let note = "a team without a `calendar` works at all hours";
            self.at(&format!("{path}.at_closing"), Diagnostic::warning(message).note(note));
        }
    }

    /// How many people a team has on its books.
    pub(super) fn caseload(&mut self, name: &str, team: &Team) {
        let Some(each) = team.caseload else { return };
        let path = format!("teams.{name}.caseload");
        self.not_negative(&path, each);
        self.at_most(&path, each, 10_000.0);
        let organisation = self.description.organisations.get(&team.organisation);
        let vacancy = team.vacancy.or(organisation.map(|it| it.vacancy)).unwrap_or(0.0);
        let posts = team.headcount * (1.0 - vacancy);
        if (0.0..1.0).contains(&(posts * each + 1e-9)) {
            let message = format!(
                "the team `{name}` has room for nobody: {} people for each of {} members of staff",
                number(each),
                number(posts)
            );
            self.at(&path, Diagnostic::error(message));
        }
    }

    /// A team whose books somebody joins or leaves must have a caseload.
    pub(super) fn has_books(&mut self, path: &str, name: &str) {
        let Some(team) = self.description.teams.get(name) else { return };
        if team.caseload.is_none() && !self.damage.covers(&format!("teams.{name}.caseload")) {
            let message = format!("the team `{name}` has no `caseload`, so that it has no books");
            let note =
                format!("add caseload = 12 to [teams.{name}]: people for each member of staff");
            self.at(path, Diagnostic::error(message).note(note));
        }
    }

    /// Whose work a team interrupts for whom.
    pub(super) fn preemption(&mut self, name: &str, team: &Team) {
        if !team.preempt {
            return;
        }
        let path = format!("teams.{name}.preempt");
        let queue = self.damage.covers(&format!("teams.{name}.queue"));
        if team.queue != Discipline::Priority && !queue {
            let message = format!(
                "the team `{name}` interrupts its work for people who go first, but its queue knows no priority"
            );
            let note = format!("add queue = \"priority\" to [teams.{name}]");
            self.at(&path, Diagnostic::error(message).note(note));
        }
        if !team.slots.is_empty() {
            let message = format!(
                "the team `{name}` begins only in slots: it cannot interrupt its work at any time"
            );
            self.at(&path, Diagnostic::error(message).note("take out `preempt` or `slots`"));
        }
    }

    /// When a team begins with cases.
    pub(super) fn slots(&mut self, name: &str, team: &Team) {
        let calendar =
            team.calendar.as_ref().and_then(|calendar| self.description.calendars.get(calendar));
        for (index, slot) in team.slots.iter().enumerate() {
            let path = format!("teams.{name}.slots.{index}");
            if slot.cases == 0 {
                let message = format!("`{path}.cases` is 0; at least 1 case must begin");
                let note = "leave the slot out instead";
                self.at(&format!("{path}.cases"), Diagnostic::error(message).note(note));
            }
            if slot.days.is_empty() && !self.damage.touches(&format!("{path}.days")) {
                let message = format!("`{path}.days` names no day; the slot would never come");
                self.at(&format!("{path}.days"), Diagnostic::error(message));
            }
            let closed = |calendar: &Calendar, day: usize| {
                let hours = calendar.hours(day);
                !hours.ranges().iter().any(|it| (it.0..it.1).contains(&slot.at.second))
            };
            let day = slot
                .days
                .iter()
                .find(|day| calendar.is_some_and(|calendar| closed(calendar, day.index())));
            if let Some(day) = day {
                let message = format!(
                    "`{path}` begins with cases on a {day} at a time when the team `{name}` is closed"
                );
                let note = "name only `days` on which it is open then, or change its calendar";
                self.at(&format!("{path}.at"), Diagnostic::error(message).note(note));
            }
            let twice = |before: &StartSlot| {
                before.at == slot.at && before.days.iter().any(|day| slot.days.contains(day))
            };
            if team.slots[..index].iter().any(twice) {
                let message = format!("`{path}` comes at the same time as a slot before it");
                let note = "write one slot with all its cases";
                self.at(&format!("{path}.at"), Diagnostic::error(message).note(note));
            }
        }
    }

    /// Work that two teams do together.
    pub(super) fn joint_work(&mut self) {
        for (path, step) in self.all_steps() {
            let Some(team) = &step.task else { continue };
            if let Some(with) = &step.with {
                self.joint_step(&format!("{path}.with"), team, with);
            }
            self.enough_members(&path, step.units, team);
            let preempts = self.description.teams.get(team).is_some_and(|team| team.preempt);
            if step.units.is_some_and(|units| units > 1) && (step.with.is_some() || preempts) {
                let what =
                    if preempts { "that interrupts its work" } else { "together with another" };
                let message =
                    format!("`{path}` takes several of a team {what}; that cannot be said");
                let note = "take out `units`, or ask the team in another step";
                self.at(&format!("{path}.units"), Diagnostic::error(message).note(note));
            }
        }
    }

    /// Whoever takes several members of a team at once must find so many on duty.
    fn enough_members(&mut self, path: &str, units: Option<u32>, name: &str) {
        let Some(team) = self.description.teams.get(name) else { return };
        let organisation = self.description.organisations.get(&team.organisation);
        let away = |own: Option<f64>, theirs: Option<f64>| own.or(theirs).unwrap_or(0.0);
        let vacancy = away(team.vacancy, organisation.map(|it| it.vacancy));
        let sickness = away(team.sickness, organisation.map(|it| it.sickness));
        let busiest = team.weekday_factors.iter().copied().fold(0.0, f64::max);
        let staff = team.headcount * (1.0 - vacancy) * (1.0 - sickness);
        let most = (staff * team.share_of_time * team.cases_at_once * busiest - 1e-9).ceil();
        if let Some(units) = units
            && units > 1
            && f64::from(units) > most
            && !self.damage.touches(&format!("teams.{name}"))
        {
            let path = format!("{path}.units");
            let message = format!(
                "`{path}` is {units}, but the team `{name}` never works on more than {} at a time",
                number(most.max(0.0))
            );
            let at_work = staff * team.share_of_time;
            let mut note = "lower `units`, or raise the team's `headcount`".to_owned();
            if at_work < team.headcount {
                let (at_work, posts) = (number(at_work), number(team.headcount));
                note = format!(
                    "vacancies, sickness and other work leave {at_work} of its {posts} posts: {note}"
                );
            }
            self.at(&path, Diagnostic::error(message).note(note));
        }
    }

    fn joint_step(&mut self, path: &str, team: &str, with: &str) {
        if team == with {
            let message = format!("`{path}` names the team that the task asks anyway: `{team}`");
            self.at(path, Diagnostic::error(message));
            return;
        }
        let d = self.description;
        for name in [team, with] {
            let Some(found) = d.teams.get(name) else { return };
            let what = if found.at_closing == AtClosing::HandOver {
                "hands over when it closes"
            } else if !found.slots.is_empty() {
                "begins only in slots"
            } else if found.preempt {
                "interrupts its work"
            } else {
                continue;
            };
            let message =
                format!("the team `{name}`, which {what}, cannot do work together with another");
            self.at(path, Diagnostic::error(message));
        }
        let calendar = |name: &str| d.calendars.get(d.teams.get(name)?.calendar.as_ref()?);
        let (Some(one), Some(other)) = (calendar(team), calendar(with)) else { return };
        let overlap = |day: usize| {
            let (one, other) = (one.hours(day), other.hours(day));
            one.ranges().iter().any(|one| {
                other.ranges().iter().any(|other| one.0.max(other.0) < one.1.min(other.1))
            })
        };
        if !(0..7).any(overlap) {
            let message = format!(
                "`{team}` and `{with}` are never open at the same time: they cannot work together"
            );
            self.at(path, Diagnostic::error(message));
        }
    }
}
