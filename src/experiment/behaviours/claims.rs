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
    let terms = vec![term(1.0, more, reading), term(-1.0, less, reading)];
    Claim { behaviour, says, terms, prototype: prototype.into() }
}

/// The delay under a policy is not changed: two claims, one for each side.
fn unchanged(behaviour: u32, says: [&'static str; 2], policy: Policy) -> Vec<Claim> {
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
    vec![side(says[0], 1.0), side(says[1], -1.0)]
}

/// A weighted reading.
const fn term(weight: f64, policy: Policy, reading: Reading) -> Term {
    Term { weight, policy, reading }
}

/// All claims, in the order of the behaviours.
pub fn claims() -> Vec<Claim> {
    [
        all_task(),
        all_relationship(),
        whole_programme(),
        one_organisation(),
        after_the_programme(),
        interior_optimum(),
        unchanged(
            7,
            [
                "a pooled budget alone: delay does not fall",
                "a pooled budget alone: nor does it rise",
            ],
            Policy::PooledBudget,
        ),
        fines(),
        unchanged(
            9,
            [
                "seven days in one organisation: delay does not fall",
                "seven days in one organisation: nor does it rise",
            ],
            Policy::SevenDaysOne,
        ),
        sceptics(),
        high_turnover(),
    ]
    .concat()
}

fn all_task() -> Vec<Claim> {
    use Policy::{AllTask, Nothing};
    let soon = SECOND_AND_THIRD_MONTH;
    vec![
        more(1, "all-task: fewer wait in months 2 and 3", soon, Nothing, AllTask, 1.0),
        more(1, "all-task: more wait after two years", TWO_YEARS_ON, AllTask, Nothing, 0.99),
        more(1, "all-task: morale is lower", MORALE, Nothing, AllTask, 1.0),
    ]
}

fn all_relationship() -> Vec<Claim> {
    use Policy::{AllRelationship, Nothing};
    let morale = Reading::Course { measure: "morale", day: 182 };
    let says = [
        "all-relationship: more wait at once",
        "all-relationship: morale is lower after six months",
        "all-relationship: more still wait after two years",
    ];
    vec![
        more(2, says[0], FIRST_MONTH, AllRelationship, Nothing, 1.0),
        more(2, says[1], morale, Nothing, AllRelationship, 1.0),
        more(2, says[2], TWO_YEARS_ON, AllRelationship, Nothing, 0.98),
    ]
}

fn whole_programme() -> Vec<Claim> {
    use Policy::{Nothing, Whole};
    let says = [
        "programme, balanced and nurtured: more wait in the first month",
        "programme, balanced and nurtured: fewer wait after a year",
        "programme, balanced and nurtured: fewer wait after two years",
    ];
    vec![
        more(3, says[0], FIRST_MONTH, Whole, Nothing, 1.0),
        more(3, says[1], A_YEAR_ON, Nothing, Whole, 0.95),
        more(3, says[2], TWO_YEARS_ON, Nothing, Whole, 0.99),
    ]
}

fn one_organisation() -> Vec<Claim> {
    use Policy::{Balanced, Nothing, OneOrganisation};
    let coordination = Reading::Course { measure: "relational_coordination", day: 721 };
    let says = "one organisation alone: nobody waits less after 18 months";
    vec![
        Claim {
            behaviour: 4,
            says: "one organisation alone: less than a quarter of the gain in coordination",
            terms: vec![
                term(0.25, Balanced, coordination),
                term(0.75, Nothing, coordination),
                term(-1.0, OneOrganisation, coordination),
            ],
            prototype: Some(1.0),
        },
        more(4, says, EIGHTEEN_MONTHS_ON, OneOrganisation, Nothing, 0.99),
    ]
}

fn after_the_programme() -> Vec<Claim> {
    use Policy::{Nothing, Programme, ProgrammeNurtured};
    let relationship = |day| Reading::Course { measure: "relationship", day };
    let (peak, later) = (relationship(224), relationship(560));
    let says = "programme: nurture leaves fewer waiting after two years";
    vec![
        Claim {
            behaviour: 5,
            says: "programme alone: relationships decline afterwards",
            terms: vec![term(1.0, Programme, peak), term(-1.0, Programme, later)],
            prototype: Some(1.0),
        },
        Claim {
            behaviour: 5,
            says: "programme alone: a quarter of the gain is gone 11 months after the peak",
            terms: vec![
                term(0.75, Programme, peak),
                term(0.25, Nothing, peak),
                term(-1.0, Programme, later),
            ],
            prototype: Some(0.73),
        },
        more(5, says, TWO_YEARS_ON, Programme, ProgrammeNurtured, 1.0),
    ]
}

fn interior_optimum() -> Vec<Claim> {
    use Policy::{AllRelationship, AllTask, Whole, WholeRelatingTooMuch, WholeWithoutRelating};
    let says = [
        "no hours for relationships: more wait in the two years than with some",
        "too many hours for relationships: more wait in the two years than with some",
        "balanced beats all-task over two years",
        "balanced beats all-relationship over two years",
    ];
    vec![
        more(6, says[0], THE_TWO_YEARS, WholeWithoutRelating, Whole, 0.94),
        more(6, says[1], THE_TWO_YEARS, WholeRelatingTooMuch, Whole, 0.94),
        more(6, says[2], THE_TWO_YEARS, AllTask, Whole, 0.94),
        more(6, says[3], THE_TWO_YEARS, AllRelationship, Whole, 0.94),
    ]
}

fn fines() -> Vec<Claim> {
    use Policy::{Fines, Nothing};
    let assessments = Reading::Measure("turnaround_days.social_workers");
    let over_prescribed = Reading::MeanOf("over_prescribed_per_day");
    let readmitted = Reading::Measure("readmitted_share.all");
    let relationship = Reading::Measure("relationship.hospital+social_care");
    let says = [
        "fines: social care's assessments are done sooner",
        "fines: more people are sent to more support than they need",
        "fines: more people come back",
        "fines: the relationship of hospital and social care is worse",
    ];
    vec![
        more(8, says[0], assessments, Nothing, Fines, None),
        more(8, says[1], over_prescribed, Fines, Nothing, None),
        more(8, says[2], readmitted, Fines, Nothing, None),
        more(8, says[3], relationship, Nothing, Fines, None),
    ]
}

fn sceptics() -> Vec<Claim> {
    use Policy::{Whole, WholeForEnthusiasts, WholeForSceptics};
    let says = [
        "theta 0: the programme leaves more waiting than with the default",
        "theta 1.3: it leaves fewer",
    ];
    vec![
        more(10, says[0], TWO_YEARS_ON, WholeForSceptics, Whole, None),
        more(10, says[1], TWO_YEARS_ON, Whole, WholeForEnthusiasts, None),
    ]
}

fn high_turnover() -> Vec<Claim> {
    use Policy::{HighTurnover, Nothing};
    let spared = Reading::Measure("relationship.hospital+community");
    let hit = [
        (
            "high turnover in social care: it loses more with the hospital than others do",
            "relationship.hospital+social_care",
        ),
        (
            "high turnover in social care: it loses more with the community than others do",
            "relationship.community+social_care",
        ),
    ];
    hit.into_iter()
        .map(|(says, dyad)| {
            let hit = Reading::Measure(dyad);
            Claim {
                behaviour: 11,
                says,
                terms: vec![
                    term(1.0, HighTurnover, spared),
                    term(-1.0, Nothing, spared),
                    term(-1.0, HighTurnover, hit),
                    term(1.0, Nothing, hit),
                ],
                prototype: None,
            }
        })
        .collect()
}
