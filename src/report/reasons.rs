//! NHS England's reasons for delay in few words, for tables.

/// A reason in at most 37 characters. The full text stands in JSON and in the story.
pub(super) fn short(code: &str, text: &'static str) -> &'static str {
    SHORT.iter().find(|(known, _)| *known == code).map_or(text, |(_, short)| short)
}

const SHORT: &[(&str, &str)] = &[
    ("hospital_01", "Medical review of need for support"),
    ("hospital_02", "Decision to discharge, test results"),
    ("hospital_03", "Medicines or discharge papers"),
    ("hospital_04", "Patient transport"),
    ("hospital_05", "Referral to the care transfer hub"),
    ("hospital_06", "Therapy review of need for support"),
    ("hospital_07", "Infection control restrictions"),
    ("hub_01", "Confirming eligibility for funding"),
    ("hub_02", "Confirming needs and pathway"),
    ("hub_03", "Necessary referrals by the hub"),
    ("interface_01", "Arranging a rehabilitation bed (P2)"),
    ("interface_02", "Arranging end of life care (P1, P3)"),
    ("interface_03", "Further action asked for by provider"),
    ("interface_04", "Arranging rehabilitation at home (P1)"),
    ("interface_05", "Homeless, no recourse to public funds"),
    ("interface_06", "Arranging housing (P0, P1)"),
    ("interface_07", "Arranging other health care at home"),
    ("interface_08", "Arranging other social care at home"),
    ("interface_09", "Out of area arrangements"),
    ("interface_10", "Choice of person, family or carers"),
    ("interface_11", "Arranging a care home (P3)"),
    ("interface_12", "Arranging self-funded care"),
    ("capacity_01", "No room: restart of social care (P0)"),
    ("capacity_02", "No room: rehabilitation bed (P2)"),
    ("capacity_03", "No room: end of life care (P1, P3)"),
    ("capacity_04", "Equipment not yet delivered"),
    ("capacity_05", "No room: rehabilitation at home (P1)"),
    ("capacity_06", "Housing adaptations not yet done"),
    ("capacity_07", "Housing not yet available (P0, P1)"),
    ("capacity_08", "No room: mental health bed (P2)"),
    ("capacity_09", "No room: other health care at home"),
    ("capacity_10", "No room: other social care at home"),
    ("capacity_11", "No room: care home (P3)"),
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
            assert!(short.chars().count() <= 37, "{short}");
        }
        assert_eq!(SHORT.len(), reasons::ALL.len());
    }
}
