//! NHS England's reasons for delay in few words, for tables.

/// A reason in at most 42 characters. The full text stands in JSON and in the story.
pub(super) fn short(code: &str, text: &'static str) -> &'static str {
    SHORT.iter().find(|(known, _)| *known == code).map_or(text, |(_, short)| short)
}

const SHORT: &[(&str, &str)] = &[
    ("hospital_01", "Medical review of need for support"),
    ("hospital_02", "Formal decision to discharge, test results"),
    ("hospital_03", "Medicines or discharge papers"),
    ("hospital_04", "Patient transport"),
    ("hospital_05", "Referral to the care transfer hub"),
    ("hospital_06", "Therapy review of need for support"),
    ("hospital_07", "Infection control restrictions"),
    ("hub_01", "Confirming who is eligible for funding"),
    ("hub_02", "Confirming immediate needs and pathway"),
    ("hub_03", "Necessary referrals by the hub"),
    ("interface_01", "Arranging bed-based rehabilitation (P2)"),
    ("interface_02", "Arranging end of life care (P1, P3)"),
    ("interface_03", "Further action asked for by provider"),
    ("interface_04", "Arranging home-based rehabilitation (P1)"),
    ("interface_05", "Homeless, no recourse to public funds"),
    ("interface_06", "Arranging housing (P0, P1)"),
    ("interface_07", "Arranging other home health services (P1)"),
    ("interface_08", "Arranging other home social care (P1)"),
    ("interface_09", "Out of area arrangements"),
    ("interface_10", "Choice: talks with person, family, carers"),
    ("interface_11", "Arranging a care home (P3)"),
    ("interface_12", "Arranging self-funded care"),
    ("capacity_01", "No room yet: restart of social care (P0)"),
    ("capacity_02", "No room yet: bed-based rehabilitation (P2)"),
    ("capacity_03", "No room yet: end of life care (P1, P3)"),
    ("capacity_04", "Equipment and training not yet delivered"),
    ("capacity_05", "No room yet: home-based rehabilitation"),
    ("capacity_06", "Housing adaptations not yet done"),
    ("capacity_07", "Housing not yet available (P0, P1)"),
    ("capacity_08", "No room yet: mental health bed (P2)"),
    ("capacity_09", "No room yet: other home health care (P1)"),
    ("capacity_10", "No room yet: other home social care (P1)"),
    ("capacity_11", "No room yet: care home (P3)"),
    ("wellbeing_01", "Destination not ready"),
    ("wellbeing_02", "Determining mental capacity"),
    ("wellbeing_03", "Safeguarding concern"),
    ("wellbeing_04", "Concerns of person, family or carers"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::reasons;

    #[test]
    fn every_reason_has_few_words() {
        for reason in reasons::ALL {
            let short = short(reason.code, reason.text);
            assert!(short.chars().count() <= 42, "{short}");
        }
        assert_eq!(SHORT.len(), reasons::ALL.len());
    }
}
