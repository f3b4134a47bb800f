//! NHS England's reasons for delayed discharge, as trusts report them: every hour of delay has one.

/// What kind of reason it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ReasonGroup {
    /// A service is arranged but has no room yet.
    Capacity,
    /// The care transfer hub has work to do.
    Hub,
    /// The hospital has work to do.
    Hospital,
    /// Organisations have something to settle between them, or with the person.
    Interface,
    /// Whether it is right and safe to leave.
    Wellbeing,
}

impl ReasonGroup {
    /// All of them, in the order of the report.
    pub const ALL: [ReasonGroup; 5] = [
        ReasonGroup::Capacity,
        ReasonGroup::Hub,
        ReasonGroup::Hospital,
        ReasonGroup::Interface,
        ReasonGroup::Wellbeing,
    ];

    /// Its name in NHS England's report.
    pub fn name(self) -> &'static str {
        match self {
            ReasonGroup::Capacity => "Capacity",
            ReasonGroup::Hub => "Care transfer hub process",
            ReasonGroup::Hospital => "Hospital process",
            ReasonGroup::Interface => "Interface process",
            ReasonGroup::Wellbeing => "Wellbeing concerns",
        }
    }
}

/// One reason for delay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reason {
    /// Its code in a scenario, such as `hub_02`.
    pub code: &'static str,
    /// Its group in the report.
    pub group: ReasonGroup,
    /// Its words in the report.
    pub text: &'static str,
}

impl Reason {
    /// The reason of a code.
    pub fn find(code: &str) -> Option<&'static Reason> {
        REASONS.iter().find(|reason| reason.code == code)
    }
}

const fn reason(code: &'static str, group: ReasonGroup, text: &'static str) -> Reason {
    Reason { code, group, text }
}

/// All 37 reasons, in the order of the report.
pub const REASONS: [Reason; 37] = [
    reason(
        "capacity_01",
        ReasonGroup::Capacity,
        "Awaiting restart of existing social care arrangements (Pathway 0)",
    ),
    reason(
        "capacity_02",
        ReasonGroup::Capacity,
        "Bed-based rehabilitation, reablement or recovery services not yet available (Pathway 2)",
    ),
    reason(
        "capacity_03",
        ReasonGroup::Capacity,
        "End of life care inc Fast-Track CHC not yet available (Pathway 1 or 3)",
    ),
    reason(
        "capacity_04",
        ReasonGroup::Capacity,
        "Equipment and associated training not yet delivered (Pathway 1-3)",
    ),
    reason(
        "capacity_05",
        ReasonGroup::Capacity,
        "Home-based rehabilitation, reablement or recovery services not yet available (Pathway 1)",
    ),
    reason(
        "capacity_06",
        ReasonGroup::Capacity,
        "Housing adaptations not yet completed (Pathway 1 or 3)",
    ),
    reason(
        "capacity_07",
        ReasonGroup::Capacity,
        "Housing provision not yet available (Pathway 0 or 1)",
    ),
    reason(
        "capacity_08",
        ReasonGroup::Capacity,
        "Mental health admitted patient care not yet available (Pathway 2)",
    ),
    reason(
        "capacity_09",
        ReasonGroup::Capacity,
        "Other home-based community health services not yet available (Pathway 1)",
    ),
    reason(
        "capacity_10",
        ReasonGroup::Capacity,
        "Other home-based social care service not yet available (Pathway 1)",
    ),
    reason(
        "capacity_11",
        ReasonGroup::Capacity,
        "Residential/nursing home care not yet available (Pathway 3)",
    ),
    reason(
        "hub_01",
        ReasonGroup::Hub,
        "Awaiting confirmation of funding eligibility",
    ),
    reason(
        "hub_02",
        ReasonGroup::Hub,
        "Waiting for confirmation of immediate care needs and pathway",
    ),
    reason(
        "hub_03",
        ReasonGroup::Hub,
        "Awaiting necessary referrals by care transfer hub",
    ),
    reason(
        "hospital_01",
        ReasonGroup::Hospital,
        "Awaiting medical review of need for supported discharge",
    ),
    reason(
        "hospital_02",
        ReasonGroup::Hospital,
        "Awaiting formal decision to discharge (inc diagnostic test results)",
    ),
    reason(
        "hospital_03",
        ReasonGroup::Hospital,
        "Awaiting medicines to take home, discharge letter or other discharge documentation",
    ),
    reason(
        "hospital_04",
        ReasonGroup::Hospital,
        "Awaiting patient transport services",
    ),
    reason(
        "hospital_05",
        ReasonGroup::Hospital,
        "Awaiting referral to care transfer hub for supported discharge",
    ),
    reason(
        "hospital_06",
        ReasonGroup::Hospital,
        "Awaiting therapy review of need for supported discharge",
    ),
    reason(
        "hospital_07",
        ReasonGroup::Hospital,
        "Remaining in hospital due to infection prevention and control restrictions",
    ),
    reason(
        "interface_01",
        ReasonGroup::Interface,
        "Bed-based rehabilitation, reablement or recovery service arrangements still underway (Pathway 2)",
    ),
    reason(
        "interface_02",
        ReasonGroup::Interface,
        "End of life care inc Fast-Track CHC arrangement still underway (Pathway 1 or 3)",
    ),
    reason(
        "interface_03",
        ReasonGroup::Interface,
        "Further action requested by agreed provider",
    ),
    reason(
        "interface_04",
        ReasonGroup::Interface,
        "Home based rehabilitation, reablement or recovery service arrangements still underway (Pathway 1)",
    ),
    reason(
        "interface_05",
        ReasonGroup::Interface,
        "Homeless with no recourse to public funds",
    ),
    reason(
        "interface_06",
        ReasonGroup::Interface,
        "Housing provision arrangement for homelessness still underway (Pathway 0 or 1)",
    ),
    reason(
        "interface_07",
        ReasonGroup::Interface,
        "Other home-based community health service arrangements still underway (Pathway 1)",
    ),
    reason(
        "interface_08",
        ReasonGroup::Interface,
        "Other home-based social care service arrangements still underway (Pathway 1)",
    ),
    reason(
        "interface_09",
        ReasonGroup::Interface,
        "Out of area discharge arrangements requested but not completed",
    ),
    reason(
        "interface_10",
        ReasonGroup::Interface,
        "Patient/family/carer choice discussions on package still underway",
    ),
    reason(
        "interface_11",
        ReasonGroup::Interface,
        "Residential/nursing home care arrangements still underway (Pathway 3)",
    ),
    reason(
        "interface_12",
        ReasonGroup::Interface,
        "Self-funded care package arrangements still underway",
    ),
    reason(
        "wellbeing_01",
        ReasonGroup::Wellbeing,
        "Issues with discharge destination readiness",
    ),
    reason(
        "wellbeing_02",
        ReasonGroup::Wellbeing,
        "Awaiting determination of mental capacity",
    ),
    reason(
        "wellbeing_03",
        ReasonGroup::Wellbeing,
        "Ongoing safeguarding concern",
    ),
    reason(
        "wellbeing_04",
        ReasonGroup::Wellbeing,
        "Patient/family/carer concerns over discharge readiness",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_there_once_and_begins_with_its_group() {
        for (index, reason) in REASONS.iter().enumerate() {
            assert_eq!(
                REASONS.iter().position(|other| other.code == reason.code),
                Some(index)
            );
            let group = reason.code.split('_').next().unwrap_or_default();
            assert_eq!(format!("{:?}", reason.group).to_lowercase(), group);
        }
        assert_eq!(
            Reason::find("hub_02").map(|reason| reason.group.name()),
            Some("Care transfer hub process")
        );
        assert_eq!(Reason::find("hub_99"), None);
    }
}
