//! The numbers of organisations, places, teams, meetings, harms and checks; and all names.

use super::Checker;
use super::numbers::number;
use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::language::{Calendar, Capacity, Meeting, Team};

/// More posts than this are a slip of the pen.
const MOST_STAFF: f64 = 100_000.0;

/// More people than this nobody looks after at a time.
const MOST_CASES: f64 = 1000.0;

/// No day has more than so many times the staff of others.
const MOST_FACTOR: f64 = 10.0;

impl Checker<'_> {
    pub(super) fn parts(&mut self) {
        self.names();
        let description = self.description;
        for (name, organisation) in &description.organisations {
            let path = format!("organisations.{name}");
            self.share(&format!("{path}.vacancy"), organisation.vacancy);
            self.share(&format!("{path}.sickness"), organisation.sickness);
            self.not_negative(&format!("{path}.turnover_per_year"), organisation.turnover_per_year);
        }
        for (name, calendar) in &description.calendars {
            self.calendar(name, calendar);
        }
        for (name, place) in &description.places {
            let path = format!("places.{name}");
            self.not_negative(&format!("{path}.cost_per_day_pounds"), place.cost_per_day_pounds);
            self.not_negative(
                &format!("{path}.delayed_day_cost_pounds"),
                place.delayed_day_cost_pounds,
            );
        }
        for (name, team) in &description.teams {
            self.team(&format!("teams.{name}"), team);
            self.closing(name, team);
            self.slots(name, team);
            self.caseload(name, team);
            self.preemption(name, team);
        }
        for (name, meeting) in &description.meetings {
            self.meeting(&format!("meetings.{name}"), meeting);
        }
        for (name, harm) in &description.harms {
            let path = format!("harms.{name}");
            self.not_negative(&format!("{path}.per_delayed_day"), harm.per_delayed_day);
            self.not_negative(&format!("{path}.per_long_wait"), harm.per_long_wait);
            self.long_wait(&path, harm.per_long_wait, harm.place.as_deref());
        }
        for (name, check) in &description.checks {
            let path = format!("checks.{name}");
            if check.low > check.high {
                let message = format!(
                    "`{path}` accepts from {} to {}; `low` must not be more than `high`",
                    number(check.low),
                    number(check.high)
                );
                self.at(&format!("{path}.low"), Diagnostic::error(message));
            }
        }
    }

    fn team(&mut self, path: &str, team: &Team) {
        self.not_negative(&format!("{path}.headcount"), team.headcount);
        self.at_most(&format!("{path}.headcount"), team.headcount, MOST_STAFF);
        self.at_most(&format!("{path}.cases_at_once"), team.cases_at_once, MOST_CASES);
        for (day, factor) in team.weekday_factors.iter().enumerate() {
            self.at_most(&format!("{path}.weekday_factors.{day}"), *factor, MOST_FACTOR);
        }
        for (key, share) in [("vacancy", team.vacancy), ("sickness", team.sickness)] {
            if let Some(share) = share {
                self.share(&format!("{path}.{key}"), share);
            }
        }
        self.share(&format!("{path}.share_of_time"), team.share_of_time);
        if team.cases_at_once <= 0.0 {
            let message = format!(
                "`{path}.cases_at_once` is {}; it must be more than 0",
                number(team.cases_at_once)
            );
            self.at(&format!("{path}.cases_at_once"), Diagnostic::error(message));
        }
        self.factors(&format!("{path}.weekday_factors"), &team.weekday_factors);
    }

    fn meeting(&mut self, path: &str, meeting: &Meeting) {
        self.chance(&format!("{path}.decided"), &meeting.decided);
        self.factors(&format!("{path}.weekday_factors"), &meeting.weekday_factors);
        for day in &meeting.days {
            let factor = meeting.weekday_factors[day.index()];
            let chance = meeting.decided.value * factor;
            if chance > 1.0 + 1e-9 && meeting.decided.value <= 1.0 {
                let message = format!(
                    "`{path}` decides with a chance of {} on a {day} ({} times the day's factor {}); a chance is at most 1",
                    number(chance),
                    number(meeting.decided.value),
                    number(factor)
                );
                self.at(
                    &format!("{path}.weekday_factors.{}", day.index()),
                    Diagnostic::error(message),
                );
            }
        }
        if meeting.cases == Some(0) {
            let message = format!("`{path}.cases` is 0; a meeting must take at least 1 case");
            let note = "leave `cases` out if it takes any number";
            self.at(&format!("{path}.cases"), Diagnostic::error(message).note(note));
        }
    }

    /// Opening hours that last no time at all are a slip: moments are for meetings.
    fn calendar(&mut self, name: &str, calendar: &Calendar) {
        let days = [
            ("every_day", &calendar.every_day),
            ("weekdays", &calendar.weekdays),
            ("weekend", &calendar.weekend),
            ("monday", &calendar.monday),
            ("tuesday", &calendar.tuesday),
            ("wednesday", &calendar.wednesday),
            ("thursday", &calendar.thursday),
            ("friday", &calendar.friday),
            ("saturday", &calendar.saturday),
            ("sunday", &calendar.sunday),
            ("bank_holidays", &calendar.bank_holidays),
        ];
        for (day, hours) in days {
            let path = format!("calendars.{name}.{day}");
            if let Some(hours) = hours
                && hours.ranges().iter().any(|(start, end)| start == end)
            {
                let message = format!(
                    "`{path}` is open for a single moment ({hours}); opening hours must last"
                );
                self.at(
                    &path,
                    Diagnostic::error(message).note("write a range, such as \"08:30-17:00\""),
                );
            }
        }
    }

    /// Harm from long waits needs a place that says what a long wait is.
    fn long_wait(&mut self, path: &str, per_long_wait: f64, place: Option<&str>) {
        if per_long_wait <= 0.0 {
            return;
        }
        let Some(place) = place else {
            let message = format!("`{path}` counts long waits, but does not say for which place");
            let note = "add place = \"…\", a place with `long_wait`";
            self.at(&format!("{path}.per_long_wait"), Diagnostic::error(message).note(note));
            return;
        };
        if let Some(found) = self.description.places.get(place)
            && found.long_wait.is_none()
            && !self.damage.covers(&format!("places.{place}.long_wait"))
        {
            let message = format!(
                "`{path}` counts long waits for `{place}`, which does not say what a long wait is"
            );
            let note = format!("add long_wait = \"4 hours\" to [places.{place}]");
            self.at(&format!("{path}.place"), Diagnostic::error(message).note(note));
        }
    }

    /// Names stand in measures, file columns and paths, so they are plain words.
    fn names(&mut self) {
        let d = self.description;
        let mut paths: Vec<(String, String)> = Vec::new();
        let mut add = |table: &str, names: Vec<&String>| {
            paths.extend(names.into_iter().map(|name| (format!("{table}.{name}"), name.clone())));
        };
        add("organisations", d.organisations.keys().collect());
        add("calendars", d.calendars.keys().collect());
        add("places", d.places.keys().collect());
        add("teams", d.teams.keys().collect());
        add("meetings", d.meetings.keys().collect());
        add("attributes", d.attributes.keys().collect());
        add("arrivals", d.arrivals.keys().collect());
        add("pathways", d.pathways.keys().collect());
        add("routes", d.routes.keys().collect());
        add("harms", d.harms.keys().collect());
        add("checks", d.checks.keys().collect());
        add("facts", d.facts.keys().collect());
        for (name, pathway) in &d.pathways {
            add(&format!("pathways.{name}.steps"), pathway.steps.keys().collect());
            add(&format!("pathways.{name}.while_delayed"), pathway.while_delayed.keys().collect());
        }
        for (name, route) in &d.routes {
            add(&format!("routes.{name}.steps"), route.steps.keys().collect());
        }
        for (path, name) in paths {
            let plain = !name.is_empty()
                && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
            if !plain {
                let message = format!("{name:?} cannot be a name");
                let note = "a name has only letters of English, digits, `_` and `-`; its `title` may have any";
                self.at_key(&path, Diagnostic::error(message).note(note));
            } else if name == "all" && path.matches('.').count() == 1 {
                let message = "`all` cannot be a name: results use it for everyone together";
                self.at_key(&path, Diagnostic::error(message));
            }
        }
    }
}

/// Whether nobody fits.
pub(super) fn is_none(capacity: Capacity) -> bool {
    capacity == Capacity::Limited(0)
}
