//! The leadership programme: somebody attends, and it happens while it is measured.

use super::Checker;
use crate::scenario::check::numbers::number;
use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::language::coordination::Programme;
use crate::scenario::nearest;

impl Checker<'_> {
    pub(super) fn programme(&mut self, programme: &Programme) {
        let path = "coordination.programme";
        self.attending(path, programme);
        self.starts(path, programme);
        self.at_least_a_day(&format!("{path}.length"), programme.length);
        self.at_least_a_day(&format!("{path}.meeting_every"), programme.meeting_every);
        if let Some(every) = programme.nurture_every {
            self.at_least_a_day(&format!("{path}.nurture_every"), every);
        }
        self.meetings(path, programme);
        self.milestones(path, programme);
        let people = programme.people;
        if !(people > 0.0 && people.is_finite()) {
            let path = format!("{path}.people");
            let message = format!("`{path}` is {}; it must be more than 0", number(people));
            self.at(&path, Diagnostic::error(message));
        }
        if programme.time.seconds <= 0.0 {
            let path = format!("{path}.time");
            let message = format!("`{path}` is {}; it must be more than nothing", programme.time);
            self.at(&path, Diagnostic::error(message).note("such as time = \"3 hours\""));
        }
    }

    fn attending(&mut self, path: &str, programme: &Programme) {
        let Programme { attending, leadership_teams, .. } = programme;
        let here = format!("{path}.attending");
        if self.listed(&here, attending) {
            let names: Vec<&str> =
                self.description.organisations.keys().map(String::as_str).collect();
            match attending.as_slice() {
                [] => {
                    let message = format!("nobody attends the programme: `{here}` is empty");
                    let note = format!("name at least two; {}", nearest::list(&names));
                    self.at(&here, Diagnostic::error(message).note(note));
                }
                [one] => {
                    let message = format!(
                        "only `{one}` attends the programme: nothing between organisations can change"
                    );
                    self.at(&here, Diagnostic::error(message).note("name at least two"));
                }
                _ => {}
            }
        }
        let teams = format!("{path}.leadership_teams");
        self.listed(&teams, leadership_teams);
        if self.damage.touches(&here) {
            return;
        }
        for (index, name) in leadership_teams.iter().enumerate() {
            let known = self.description.organisations.contains_key(name);
            if known && !attending.contains(name) {
                let message = format!(
                    "the leadership team of `{name}` is in the programme, but `{name}` does not attend"
                );
                let note = format!("add `{name}` to `{here}`, or take it out here");
                self.at(&format!("{teams}.{index}"), Diagnostic::error(message).note(note));
            }
        }
    }

    fn starts(&mut self, path: &str, programme: &Programme) {
        let run = &self.description.run;
        let starts = programme.starts;
        let Some(end) = run.start.plus_days(run.length.days().ceil() as i64) else { return };
        if self.damage.touches("run") || (run.start..end).contains(&starts) {
            return;
        }
        let when = if starts < run.start { "before measuring starts" } else { "after the run" };
        let message = format!("the programme starts on {starts}, {when}");
        let note = format!(
            "it must start within the measured time, from {} until before {end}",
            run.start
        );
        self.at(&format!("{path}.starts"), Diagnostic::error(message).note(note));
    }

    fn meetings(&mut self, path: &str, programme: &Programme) {
        let meetings = format!("{path}.meetings");
        if programme.meetings == 0 {
            let message = format!("`{meetings}` is 0; a programme has at least one group meeting");
            self.at(&meetings, Diagnostic::error(message));
            return;
        }
        let every = programme.meeting_every.days();
        let length = programme.length.days();
        if every < 1.0 || length < 1.0 {
            return;
        }
        // As many as the compiled rules will have, which are by whole days.
        let (every, length) = (every.round(), length.round());
        let first = programme.first_meeting_day();
        let last = first + f64::from(programme.meetings - 1) * every;
        if last <= length || self.damage.touches(&format!("{path}.meeting_every")) {
            return;
        }
        let fit = ((length - first) / every).floor() + 1.0;
        let message = format!(
            "`{meetings}` is {}, one every {}: the last would be {} after the programme's end",
            programme.meetings,
            programme.meeting_every,
            days(last - length)
        );
        let note = match fit {
            2.0.. => {
                format!("{} fit into {}; hold fewer, or more often", number(fit), programme.length)
            }
            1.0.. => format!("only one fits into {}; hold them more often", programme.length),
            _ => format!("not one fits into {}; hold them more often", programme.length),
        };
        self.at(&meetings, Diagnostic::error(message).note(note));
    }

    fn milestones(&mut self, path: &str, programme: &Programme) {
        let length = programme.length;
        if length.days() < 1.0 || self.damage.touches(&format!("{path}.length")) {
            return;
        }
        if programme.discussions_until.seconds > length.seconds {
            let path = format!("{path}.discussions_until");
            let message = format!(
                "`{path}` is {}; the programme is over after {length}",
                programme.discussions_until
            );
            let note = "write \"0 days\" if there are no individual discussions";
            self.at(&path, Diagnostic::error(message).note(note));
        }
        // Written so late, they are meant to come never; as a default, perhaps not.
        let milestones = [
            ("working_note_after", "working note", programme.working_note_after),
            ("evaluation_after", "evaluation", programme.evaluation_after),
        ];
        for (key, what, after) in milestones {
            let path = format!("{path}.{key}");
            if after.days().round() >= length.days().round() && self.tree.find(&path).is_none() {
                let message = format!(
                    "the programme is over before its {what}: that comes after {after}, if `{key}` is not said"
                );
                let note = format!("write {key} = {:?} if it should never come", after.to_string());
                self.at(&path, Diagnostic::warning(message).note(note));
            }
        }
    }
}

fn days(days: f64) -> String {
    if days <= 1.0 { format!("{} day", number(days)) } else { format!("{} days", number(days)) }
}
