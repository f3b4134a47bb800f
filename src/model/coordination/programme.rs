//! What the leadership programme does on a day, and what it costs.
//!
//! Every activity acts only on those who attend, and takes their hours on its day. A group meeting
//! closes a part of the gap between the leads of each pair that attends, more if they were prepared
//! by individual discussions; what leads gain reaches their teams over months. The working note adds
//! understanding and brings buried conflict to the surface: worse before better. The evaluation makes
//! gains visible. Nurture keeps the meetings going afterwards.

use super::rules::ProgrammeRules;
use crate::scenario::language::coordination::Parameters;

/// For how long the working note brings conflict to the surface \[days\].
const NOTE_DAYS: u32 = 28;

/// For how long the evaluation slows neglect \[days\].
const EVALUATION_DAYS: u32 = 90;

/// What the programme is about on a day.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Today {
    /// It runs.
    pub runs: bool,
    /// It is over, and nurtured.
    pub nurtured: bool,
    /// Individual discussions are held: the part of all of them.
    pub discussed: f64,
    /// The working note comes out.
    pub note: bool,
    /// The group meets.
    pub meeting: bool,
    /// The evaluation is presented.
    pub evaluation: bool,
    /// The working note stirs.
    pub stirred: bool,
    /// The evaluation is fresh.
    pub evaluated: bool,
}

impl ProgrammeRules {
    /// What happens on a day.
    pub(super) fn on(&self, day: u32) -> Today {
        let within = |from: Option<u32>, days: u32| {
            from.is_some_and(|from| (from..from.saturating_add(days)).contains(&day))
        };
        let over = day >= self.ends;
        let nurtured = over && self.nurture_every.is_some();
        let nurturing = self
            .nurture_every
            .is_some_and(|every| over && (day - self.ends + 1).is_multiple_of(every.max(1)));
        let discussed =
            if self.discussions.contains(&day) { 1.0 / self.discussions.len() as f64 } else { 0.0 };
        Today {
            runs: (self.starts..self.ends).contains(&day),
            nurtured,
            discussed,
            note: self.working_note == Some(day),
            meeting: self.meetings.contains(&day) || nurturing,
            evaluation: self.evaluation == Some(day),
            stirred: within(self.working_note, NOTE_DAYS),
            evaluated: within(self.evaluation, EVALUATION_DAYS),
        }
    }

    /// The share of an organisation's hours that it takes on a day.
    pub(super) fn cost(&self, today: &Today, organisation: usize, staff: f64) -> f64 {
        let busy = today.discussed > 0.0 || today.note || today.meeting || today.evaluation;
        if !busy || !self.attending[organisation] || staff <= 0.0 {
            return 0.0;
        }
        (self.hours / (staff * HOURS_A_DAY)).min(0.5)
    }

    /// What a meeting or the note closes of the gap between two organisations: between their leads,
    /// and in understanding.
    pub(super) fn closes(
        &self,
        today: &Today,
        pair: (u8, u8),
        prepared: [f64; 2],
        p: &Parameters,
    ) -> (f64, f64) {
        let attends = |side: u8| self.attending[usize::from(side)];
        if !attends(pair.0) || !attends(pair.1) {
            return (0.0, 0.0);
        }
        let readiness = prepared[0].min(prepared[1]);
        let worth = p.unprepared_meeting + (1.0 - p.unprepared_meeting) * readiness;
        let met = if today.meeting { worth } else { 0.0 };
        let note = if today.note { p.note_understanding } else { 0.0 };
        (met * p.meeting_gain, met * p.meeting_understanding + note)
    }

    /// What it adds to an organisation's wish to sponsor.
    pub(super) fn sponsors(&self, today: &Today, organisation: usize, p: &Parameters) -> f64 {
        if !self.leadership[organisation] {
            return 0.0;
        }
        let runs = if today.runs { p.sponsorship_by_programme } else { 0.0 };
        runs + if today.nurtured { p.sponsorship_by_nurture } else { 0.0 }
    }
}

/// Hours that somebody works on a day.
const HOURS_A_DAY: f64 = 7.5;

#[cfg(test)]
mod tests {
    use super::*;

    fn programme() -> ProgrammeRules {
        ProgrammeRules {
            starts: 100,
            ends: 282,
            attending: vec![true, true, false],
            leadership: vec![true, false, false],
            discussions: vec![100, 109, 118],
            working_note: Some(135),
            meetings: (0..9).map(|number| 100 + 21 * number + 7).collect(),
            evaluation: Some(268),
            nurture_every: Some(42),
            hours: 9.0,
        }
    }

    #[test]
    fn days_are_what_was_planned() {
        let programme = programme();
        assert_eq!(programme.on(99), Today::default());
        assert!(programme.on(100).runs && programme.on(281).runs && !programme.on(282).runs);
        let meetings = (100..282).filter(|day| programme.on(*day).meeting).count();
        assert_eq!(meetings, 9);
        let nurtured: Vec<u32> = (283..500).filter(|day| programme.on(*day).meeting).collect();
        assert_eq!(nurtured, [323, 365, 407, 449, 491]);
        let discussed: f64 = (100..282).map(|day| programme.on(day).discussed).sum();
        assert!((discussed - 1.0).abs() < 1e-12, "all are prepared in the end");
    }

    #[test]
    fn only_those_who_attend_gain_and_pay() {
        let (programme, p) = (programme(), Parameters::default());
        let meeting = programme.on(107);
        assert!(meeting.meeting);
        // Nine hours of twenty people's seven and a half.
        assert!((programme.cost(&meeting, 0, 20.0) - 0.06).abs() < 1e-12);
        assert!(programme.cost(&meeting, 2, 20.0).abs() < 1e-12);
        assert!(programme.cost(&programme.on(108), 0, 20.0).abs() < 1e-12);
        let (leads, understanding) = programme.closes(&meeting, (0, 1), [1.0, 0.5], &p);
        // The less prepared side counts: 0.6 + 0.4 x 0.5 of a meeting.
        assert!((leads - 0.8 * 0.03).abs() < 1e-12);
        assert!((understanding - 0.8 * 0.015).abs() < 1e-12);
        assert_eq!(programme.closes(&meeting, (0, 2), [1.0, 1.0], &p), (0.0, 0.0));
        assert!((programme.sponsors(&meeting, 0, &p) - 0.35).abs() < 1e-12);
        assert!(programme.sponsors(&meeting, 1, &p).abs() < 1e-12);
        assert!((programme.sponsors(&programme.on(300), 0, &p) - 0.10).abs() < 1e-12);
    }
}
