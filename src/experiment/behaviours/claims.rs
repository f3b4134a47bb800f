//! What must hold, claim by claim.
//!
//! The numbers are those of the specification's eleven behaviours; the shares beside them are those of
//! its prototype, where it was asked.

use super::Policy;

/// Something that must hold.
#[derive(Debug, Clone, PartialEq)]
pub struct Claim {
    /// The number of the behaviour, from 1 to 11.
    pub behaviour: u32,
    /// What it says.
    pub says: &'static str,
    /// The sum that must be above zero.
    pub terms: Vec<Term>,
    /// The share of draws in which it held in the prototype, if it was tried there.
    pub prototype: Option<f64>,
}

/// A reading and its weight in a sum.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Term {
    /// Its weight.
    pub weight: f64,
    /// Under which policy.
    pub policy: Policy,
    /// What is read.
    pub reading: Reading,
}

/// What is read off a replication.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Reading {
    /// People ready to leave and waiting, on average over some days of the measured time.
    Waiting {
        /// The first day.
        from_day: u32,
        /// The day after the last.
        until_day: u32,
    },
    /// A measure, by its full name.
    Measure(&'static str),
    /// A measure, averaged over all its groups.
    MeanOf(&'static str),
    /// The course of something on a day, averaged over all groups.
    Course {
        /// The name of the measure.
        measure: &'static str,
        /// The day.
        day: u32,
    },
}

const FIRST_MONTH: Reading = Reading::Waiting { from_day: 0, until_day: 30 };
const SECOND_AND_THIRD_MONTH: Reading = Reading::Waiting { from_day: 30, until_day: 90 };
const A_YEAR_ON: Reading = Reading::Waiting { from_day: 320, until_day: 410 };
const EIGHTEEN_MONTHS_ON: Reading = Reading::Waiting { from_day: 502, until_day: 592 };
const TWO_YEARS_ON: Reading = Reading::Waiting { from_day: 638, until_day: 728 };
const THE_TWO_YEARS: Reading = Reading::Waiting { from_day: 0, until_day: 728 };
const MORALE: Reading = Reading::MeanOf("morale");

/// A difference smaller than this part of the delay is as good as none.
const AS_GOOD_AS_NONE: f64 = 0.03;

/// `more` has more of it than `less`.
fn more(
    behaviour: u32,
    says: &'static str,
    reading: Reading,
    more: Policy,
    less: Policy,
    prototype: impl Into<Option<f64>>,
) -> Claim {
    let terms = vec![
        Term { weight: 1.0, policy: more, reading },
        Term { weight: -1.0, policy: less, reading },
    ];
    Claim { behaviour, says, terms, prototype: prototype.into() }
}

/// The delay under a policy is not changed: two claims, one for each side.
fn unchanged(behaviour: u32, says: [&'static str; 2], policy: Policy) -> [Claim; 2] {
    let reading = THE_TWO_YEARS;
    let side = |says: &'static str, sign: f64| Claim {
        behaviour,
        says,
        terms: vec![
            Term { weight: sign, policy, reading },
            Term { weight: AS_GOOD_AS_NONE - sign, policy: Policy::Nothing, reading },
        ],
        prototype: None,
    };
    [side(says[0], 1.0), side(says[1], -1.0)]
}

/// All claims, in the order of the behaviours.
pub fn claims() -> Vec<Claim> {
    use Policy::{
        AllRelationship, AllTask, Balanced, Fines, HighTurnover, Nothing, OneOrganisation,
        Programme, ProgrammeNurtured, Whole, WholeForEnthusiasts, WholeForSceptics,
        WholeRelatingTooMuch, WholeWithoutRelating,
    };
    let relationship = |day| Reading::Course { measure: "relationship", day };
    let coordination = Reading::Course { measure: "relational_coordination", day: 721 };
    let mut claims = vec![
        more(
            1,
            "all-task: fewer wait in months 2 and 3",
            SECOND_AND_THIRD_MONTH,
            Nothing,
            AllTask,
            1.0,
        ),
        more(1, "all-task: more wait after two years", TWO_YEARS_ON, AllTask, Nothing, 0.99),
        more(1, "all-task: morale is lower", MORALE, Nothing, AllTask, 1.0),
        more(2, "all-relationship: more wait at once", FIRST_MONTH, AllRelationship, Nothing, 1.0),
        more(
            2,
            "all-relationship: morale is lower after six months",
            Reading::Course { measure: "morale", day: 182 },
            Nothing,
            AllRelationship,
            1.0,
        ),
        more(
            2,
            "all-relationship: more still wait after two years",
            TWO_YEARS_ON,
            AllRelationship,
            Nothing,
            0.98,
        ),
        more(
            3,
            "programme, balanced and nurtured: more wait in the first month",
            FIRST_MONTH,
            Whole,
            Nothing,
            1.0,
        ),
        more(
            3,
            "programme, balanced and nurtured: fewer wait after a year",
            A_YEAR_ON,
            Nothing,
            Whole,
            0.95,
        ),
        more(
            3,
            "programme, balanced and nurtured: fewer wait after two years",
            TWO_YEARS_ON,
            Nothing,
            Whole,
            0.99,
        ),
        Claim {
            behaviour: 4,
            says: "one organisation alone: less than a quarter of the gain in coordination",
            terms: vec![
                Term { weight: 0.25, policy: Balanced, reading: coordination },
                Term { weight: 0.75, policy: Nothing, reading: coordination },
                Term { weight: -1.0, policy: OneOrganisation, reading: coordination },
            ],
            prototype: Some(1.0),
        },
        more(
            4,
            "one organisation alone: nobody waits less after 18 months",
            EIGHTEEN_MONTHS_ON,
            OneOrganisation,
            Nothing,
            0.99,
        ),
        Claim {
            behaviour: 5,
            says: "programme alone: relationships decline afterwards",
            terms: vec![
                Term { weight: 1.0, policy: Programme, reading: relationship(224) },
                Term { weight: -1.0, policy: Programme, reading: relationship(560) },
            ],
            prototype: Some(1.0),
        },
        Claim {
            behaviour: 5,
            says: "programme alone: a quarter of the gain is gone 11 months after the peak",
            terms: vec![
                Term { weight: 0.75, policy: Programme, reading: relationship(224) },
                Term { weight: 0.25, policy: Nothing, reading: relationship(224) },
                Term { weight: -1.0, policy: Programme, reading: relationship(560) },
            ],
            prototype: Some(0.73),
        },
        more(
            5,
            "programme: nurture leaves fewer waiting after two years",
            TWO_YEARS_ON,
            Programme,
            ProgrammeNurtured,
            1.0,
        ),
        more(
            6,
            "no hours for relationships: more wait in the two years than with some",
            THE_TWO_YEARS,
            WholeWithoutRelating,
            Whole,
            0.94,
        ),
        more(
            6,
            "too many hours for relationships: more wait in the two years than with some",
            THE_TWO_YEARS,
            WholeRelatingTooMuch,
            Whole,
            0.94,
        ),
        more(6, "balanced beats all-task over two years", THE_TWO_YEARS, AllTask, Whole, 0.94),
        more(
            6,
            "balanced beats all-relationship over two years",
            THE_TWO_YEARS,
            AllRelationship,
            Whole,
            0.94,
        ),
        more(
            8,
            "fines: social care's assessments are done sooner",
            Reading::Measure("turnaround_days.social_workers"),
            Nothing,
            Fines,
            None,
        ),
        more(
            8,
            "fines: more people are sent to more support than they need",
            Reading::MeanOf("over_prescribed_per_day"),
            Fines,
            Nothing,
            None,
        ),
        more(
            8,
            "fines: more people come back",
            Reading::Measure("readmitted_share.all"),
            Fines,
            Nothing,
            None,
        ),
        more(
            8,
            "fines: the relationship of hospital and social care is worse",
            Reading::Measure("relationship.hospital+social_care"),
            Nothing,
            Fines,
            None,
        ),
        more(
            10,
            "theta 0: relationships gain less than with the default",
            TWO_YEARS_ON,
            WholeForSceptics,
            Whole,
            None,
        ),
        more(10, "theta 1.3: they gain more", TWO_YEARS_ON, Whole, WholeForEnthusiasts, None),
    ];
    claims.extend(unchanged(
        7,
        ["a pooled budget alone: delay does not fall", "a pooled budget alone: nor does it rise"],
        Policy::PooledBudget,
    ));
    claims.extend(unchanged(
        9,
        ["seven days in one organisation: delay does not fall", "nor does it rise"],
        Policy::SevenDaysOne,
    ));
    for (says, other) in [
        (
            "high turnover in social care: it loses more with the hospital than others do",
            "relationship.hospital+social_care",
        ),
        (
            "high turnover in social care: it loses more with the community than others do",
            "relationship.community+social_care",
        ),
    ] {
        let (spared, hit) =
            (Reading::Measure("relationship.hospital+community"), Reading::Measure(other));
        let term = |weight, policy, reading| Term { weight, policy, reading };
        claims.push(Claim {
            behaviour: 11,
            says,
            terms: vec![
                term(1.0, HighTurnover, spared),
                term(-1.0, Nothing, spared),
                term(-1.0, HighTurnover, hit),
                term(1.0, Nothing, hit),
            ],
            prototype: None,
        });
    }
    claims.sort_by_key(|claim| claim.behaviour);
    claims
}
