//! Stays that are shorter than what has to be decided and done meanwhile, even if nobody queues.

use super::traffic::Traffic;
use super::{DAY, least_days};
use crate::model::rules::{Action, MeetingRules, Rules};

/// A place that people of a pathway need for less time than it takes to decide how they leave it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ShortStay {
    /// The pathway.
    pub pathway: u8,
    /// The place.
    pub place: u8,
    /// For how long a person is treated there on average \[days\].
    pub stay_days: f64,
    /// How long meetings and opening hours take meanwhile on average \[days\].
    pub decision_days: f64,
}

/// The short stays of all pathways and places.
pub(super) fn short_stays(rules: &Rules, traffic: &Traffic) -> Vec<ShortStay> {
    let mut found = Vec::new();
    for pathway in 0..rules.starts.len() {
        for place in 0..rules.places.len() {
            let (mut stay, mut decision, mut people) = (0.0, 0.0, 0.0_f64);
            for (node, come, needing) in traffic.nodes() {
                let step = &rules.steps[node.step as usize];
                let is_here = node.place.map(usize::from) == Some(place);
                if usize::from(step.pathway) != pathway || !is_here {
                    continue;
                }
                people = people.max(come);
                match step.action {
                    Action::Meeting(meeting) => {
                        decision +=
                            needing * days_to_decision(&rules.meetings[usize::from(meeting)]);
                    }
                    Action::Stay { .. } | Action::Task { .. } => {
                        stay += needing * least_days(rules, &step.action);
                    }
                    _ => {}
                }
            }
            if people > 0.0 && stay > 0.0 && decision > stay {
                found.push(ShortStay {
                    pathway: pathway as u8,
                    place: place as u8,
                    stay_days: stay / people,
                    decision_days: decision / people,
                });
            }
        }
    }
    found
}

/// How long a case waits for the decision of a meeting on average, if it may come at any time of the
/// week and the meeting takes all cases \[days\].
fn days_to_decision(meeting: &MeetingRules) -> f64 {
    let held: Vec<usize> = (0..7).filter(|day| meeting.days[*day]).collect();
    if held.is_empty() {
        return 0.0;
    }
    let gaps = held.iter().enumerate().map(|(index, day)| {
        let next = held[(index + 1) % held.len()];
        let gap = (next + 7 - day) % 7;
        if gap == 0 { 7.0 } else { gap as f64 }
    });
    // A moment falls into a gap in proportion to its length, and then waits half of it.
    let to_next = gaps.clone().map(|gap| gap * gap).sum::<f64>() / 2.0 / 7.0;
    let decided = meeting.decided.value.clamp(1e-6, 1.0);
    let between = 7.0 / held.len() as f64;
    let cut_off = f64::from(meeting.cut_off.seconds()) / f64::from(DAY);
    to_next + cut_off + (1.0 / decided - 1.0) * between
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Span;
    use crate::model::rules::Chance;
    use crate::random::Key;

    fn held(days: [bool; 7], decided: f64) -> f64 {
        days_to_decision(&MeetingRules {
            days,
            between: vec![(36_000, 36_000)],
            cut_off: Span::ZERO,
            cases: u32::MAX,
            decided: Chance { value: decided, ..Chance::CERTAIN },
            besides: Vec::new(),
            weekday_factors: [1.0; 7],
            purpose: Key::of_name("panel"),
        })
    }

    #[test]
    fn a_weekly_meeting_is_half_a_week_away() {
        let weekly = [true, false, false, false, false, false, false];
        assert!((held(weekly, 1.0) - 3.5).abs() < 1e-12);
        // Put off every other time: one more week on average.
        assert!((held(weekly, 0.5) - 10.5).abs() < 1e-12);
        assert!((held([true; 7], 1.0) - 0.5).abs() < 1e-12);
        // Monday and Tuesday: gaps of 1 and 6 days, (1 + 36) / 14.
        let two = [true, true, false, false, false, false, false];
        assert!((held(two, 1.0) - 37.0 / 14.0).abs() < 1e-12);
    }
}
