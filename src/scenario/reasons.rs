//! NHS England's reasons for delay: code, group and text, as the acute discharge situation report
//! has them (Open Government Licence v3.0).

/// A reason for delay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reason {
    /// Its code, such as `hub_02`.
    pub code: &'static str,
    /// The group to which it belongs.
    pub group: ReasonGroup,
    /// Its text.
    pub text: &'static str,
}

/// The five groups of reasons.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ReasonGroup {
    /// Work of the hospital itself.
    Hospital,
    /// Work of the care transfer hub.
    Hub,
    /// Arrangements between organisations that are under way.
    Interface,
    /// Something that is needed is not available yet.
    Capacity,
    /// Concerns about the person's wellbeing.
    Wellbeing,
}

impl ReasonGroup {
    /// All groups, in the order of the report.
    pub const ALL: [ReasonGroup; 5] = [
        ReasonGroup::Hospital,
        ReasonGroup::Hub,
        ReasonGroup::Interface,
        ReasonGroup::Capacity,
        ReasonGroup::Wellbeing,
    ];

    /// Its short name, as measures have it.
    pub fn id(self) -> &'static str {
        match self {
            ReasonGroup::Hospital => "hospital",
            ReasonGroup::Hub => "hub",
            ReasonGroup::Interface => "interface",
            ReasonGroup::Capacity => "capacity",
            ReasonGroup::Wellbeing => "wellbeing",
        }
    }

    /// Its name in the report.
    pub fn title(self) -> &'static str {
        match self {
            ReasonGroup::Hospital => "Hospital process",
            ReasonGroup::Hub => "Care transfer hub process",
            ReasonGroup::Interface => "Interface process",
            ReasonGroup::Capacity => "Capacity",
            ReasonGroup::Wellbeing => "Wellbeing concerns",
        }
    }
}

/// The reason with a code.
pub fn by_code(code: &str) -> Option<&'static Reason> {
    ALL.iter().find(|reason| reason.code == code)
}

/// All reasons, group by group.
pub const ALL: &[Reason] = &[
    Reason {
        code: "hospital_01",
        group: ReasonGroup::Hospital,
        text: "Awaiting medical review of need for supported discharge",
    },
    Reason {
        code: "hospital_02",
        group: ReasonGroup::Hospital,
        text: "Awaiting formal decision to discharge (inc diagnostic test results)",
    },
    Reason {
        code: "hospital_03",
        group: ReasonGroup::Hospital,
        text: "Awaiting medicines to take home, discharge letter or other discharge documentation",
    },
    Reason {
        code: "hospital_04",
        group: ReasonGroup::Hospital,
        text: "Awaiting patient transport services",
    },
    Reason {
        code: "hospital_05",
        group: ReasonGroup::Hospital,
        text: "Awaiting referral to care transfer hub for supported discharge",
    },
    Reason {
        code: "hospital_06",
        group: ReasonGroup::Hospital,
        text: "Awaiting therapy review of need for supported discharge",
    },
    Reason {
        code: "hospital_07",
        group: ReasonGroup::Hospital,
        text: "Remaining in hospital due to infection prevention and control restrictions",
    },
    Reason {
        code: "hub_01",
        group: ReasonGroup::Hub,
        text: "Awaiting confirmation of funding eligibility",
    },
    Reason {
        code: "hub_02",
        group: ReasonGroup::Hub,
        text: "Waiting for confirmation of immediate care needs and pathway",
    },
    Reason {
        code: "hub_03",
        group: ReasonGroup::Hub,
        text: "Awaiting necessary referrals by care transfer hub",
    },
    Reason {
        code: "interface_01",
        group: ReasonGroup::Interface,
        text: "Bed-based rehabilitation, reablement or recovery service arrangements still underway (Pathway 2)",
    },
    Reason {
        code: "interface_02",
        group: ReasonGroup::Interface,
        text: "End of life care inc Fast-Track CHC arrangement still underway(Pathway 1 or 3)",
    },
    Reason {
        code: "interface_03",
        group: ReasonGroup::Interface,
        text: "Further action requested by agreed provider",
    },
    Reason {
        code: "interface_04",
        group: ReasonGroup::Interface,
        text: "Home based rehabilitation, reablement or recovery service arrangements still underway (Pathway 1)",
    },
    Reason {
        code: "interface_05",
        group: ReasonGroup::Interface,
        text: "Homeless with no recourse to public funds",
    },
    Reason {
        code: "interface_06",
        group: ReasonGroup::Interface,
        text: "Housing provision arrangement for homelessness still underway (Pathway 0 or 1)",
    },
    Reason {
        code: "interface_07",
        group: ReasonGroup::Interface,
        text: "Other home-based community health service arrangements still underway (Pathway 1)",
    },
    Reason {
        code: "interface_08",
        group: ReasonGroup::Interface,
        text: "Other home-based social care service arrangements still underway (Pathway 1)",
    },
    Reason {
        code: "interface_09",
        group: ReasonGroup::Interface,
        text: "Out of area discharge arrangements requested but not completed",
    },
    Reason {
        code: "interface_10",
        group: ReasonGroup::Interface,
        text: "Patient, family or carer choice discussions on package still underway",
    },
    Reason {
        code: "interface_11",
        group: ReasonGroup::Interface,
        text: "Residential/nursing home care arrangements still underway (Pathway 3)",
    },
    Reason {
        code: "interface_12",
        group: ReasonGroup::Interface,
        text: "Self-funded care package arrangements still underway",
    },
    Reason {
        code: "capacity_01",
        group: ReasonGroup::Capacity,
        text: "Awaiting restart of existing social care arrangements (Pathway 0)",
    },
    Reason {
        code: "capacity_02",
        group: ReasonGroup::Capacity,
        text: "Bed-based rehabilitation, reablement or recovery services not yet available (Pathway 2)",
    },
    Reason {
        code: "capacity_03",
        group: ReasonGroup::Capacity,
        text: "End of life care inc Fast-Track CHC not yet available (Pathway 1 or 3)",
    },
    Reason {
        code: "capacity_04",
        group: ReasonGroup::Capacity,
        text: "Equipment and associated training not yet delivered (Pathway 1-3)",
    },
    Reason {
        code: "capacity_05",
        group: ReasonGroup::Capacity,
        text: "Home-based rehabilitation, reablement or recovery services not yet available (Pathway 1)",
    },
    Reason {
        code: "capacity_06",
        group: ReasonGroup::Capacity,
        text: "Housing adaptations not yet completed (Pathway 1 or 3)",
    },
    Reason {
        code: "capacity_07",
        group: ReasonGroup::Capacity,
        text: "Housing provision not yet available (Pathway 0 or 1)",
    },
    Reason {
        code: "capacity_08",
        group: ReasonGroup::Capacity,
        text: "Mental health admitted patient care not yet available (Pathway 2)",
    },
    Reason {
        code: "capacity_09",
        group: ReasonGroup::Capacity,
        text: "Other home-based community health services not yet available (Pathway 1)",
    },
    Reason {
        code: "capacity_10",
        group: ReasonGroup::Capacity,
        text: "Other home-based social care service not yet available (Pathway 1)",
    },
    Reason {
        code: "capacity_11",
        group: ReasonGroup::Capacity,
        text: "Residential/nursing home care not yet available (Pathway 3)",
    },
    Reason {
        code: "wellbeing_01",
        group: ReasonGroup::Wellbeing,
        text: "Issues with discharge destination readiness",
    },
    Reason {
        code: "wellbeing_02",
        group: ReasonGroup::Wellbeing,
        text: "Awaiting determination of mental capacity",
    },
    Reason {
        code: "wellbeing_03",
        group: ReasonGroup::Wellbeing,
        text: "Ongoing safeguarding concern",
    },
    Reason {
        code: "wellbeing_04",
        group: ReasonGroup::Wellbeing,
        text: "Patient, family or carer concerns over discharge readiness",
    },
];
