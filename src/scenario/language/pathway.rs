//! The ordered steps of a kind of person.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize, Serializer};

use super::queueing::Back;
use super::{ByAttribute, Distribution, Named, OneOf};
use crate::scenario::units::Hours;

/// The ordered steps of a kind of person, from arriving to leaving.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pathway {
    /// Its name as people know it.
    #[serde(default)]
    pub title: String,
    /// Who goes first where `queue = "priority"`: a lower number goes before a higher one; 100, if
    /// not said.
    #[serde(default)]
    pub priority: Option<u32>,
    /// The steps in their order.
    pub steps: Named<Step>,
    /// What can happen to a person on each day of delay in an acute place.
    #[serde(default)]
    pub while_delayed: Named<Hazard>,
}

/// A sequence of steps which several pathways follow.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Route {
    /// Its name as people know it.
    #[serde(default)]
    pub title: String,
    /// The steps in their order.
    pub steps: Named<Step>,
}

/// One piece of a pathway. Exactly one of the keys from `enter` to `readmit` says what it is;
/// the others say how it goes.
#[derive(Debug, Clone, PartialEq, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Step {
    /// Its name as people know it.
    pub title: String,

    /// Wait for a place, then move there. The person keeps the old place until then.
    pub enter: Option<String>,
    /// Wait for a place and hold it, without moving yet.
    pub reserve: Option<String>,
    /// Move to the place held by `reserve`.
    pub r#move: Option<bool>,
    /// Be where one is, for as long as one needs it.
    pub stay: Option<Distribution>,
    /// Wait for something that has no queue in the scenario.
    pub wait: Option<Distribution>,
    /// Wait until somebody in a team is free, then have the work of `takes` done.
    pub task: Option<String>,
    /// Wait until a team with a `caseload` has room for one more, then be on its books.
    pub join: Option<String>,
    /// Be on the books of a team no more; whoever leaves is on none any more.
    pub leave_books: Option<String>,
    /// Wait until a meeting decides.
    pub meeting: Option<String>,
    /// Wait until the clock is within these hours.
    pub until: Option<Hours>,
    /// From now on keep only so many units of the place that the person is in: visits that taper.
    pub keep: Option<u32>,
    /// From now on the person does not need the place they are in: the delay begins.
    pub ready: Option<bool>,
    /// Go through the steps of a route, then go on here.
    pub follow: Option<String>,
    /// Go on at one of several steps, by share; the shares add up to 1.
    pub split: Option<Named<f64>>,
    /// Go on at one of several steps, by an attribute: a step for each of some values. Others go on
    /// at the next step.
    pub route: Option<ByAttribute>,
    /// Leave, and say where to.
    pub leave: Option<Outcome>,
    /// Having left, come back to hospital with a certain chance. Stands after `leave`.
    pub readmit: Option<Return>,

    /// The other team of a `task` that two teams do together: it begins when both have somebody free.
    pub with: Option<String>,
    /// How long the work of a `task` takes, in the team's opening hours.
    pub takes: Option<Distribution>,
    /// The opening hours in which the time of a `wait` runs; always, if not said.
    pub calendar: Option<String>,
    /// What coordination between organisations makes of the time of a `wait`, if anything.
    pub depends_on: Option<DependsOn>,
    /// The people for whom this step is, by the values of attributes; the others pass it.
    pub when: Option<Named<OneOf>>,
    /// The share of people who need this step; the others pass it.
    pub chance: Option<Chance>,
    /// How many units of the place, or members of the team, one person takes at once, such as 2 for
    /// double-handed care; 1, if not said.
    pub units: Option<u32>,
    /// The class of the person there, for which the place may keep units (`kept`).
    pub class: Option<String>,
    /// Who goes first where `queue = "priority"`; the pathway's, if not said.
    pub priority: Option<u32>,
    /// Places where people go instead, the first that has room, if they would have to wait: outliers.
    pub overflow: Vec<String>,
    /// Whether an outlier goes back to the first choice when a unit falls free there.
    pub back: Option<Back>,
    /// Where a person goes on whom the place refuses because its queue is full: `step`, or
    /// `pathway.step`. If not said, they leave, with the outcome `refused`.
    pub if_refused: Option<String>,
    /// How long a person waits for the place, team or meeting before they give up.
    pub patience: Option<Distribution>,
    /// Where a person goes on who gives up: `step`, or `pathway.step`. If not said, they leave, with
    /// the outcome `gave_up`.
    pub if_impatient: Option<String>,
    /// NHS England's code of the reason for delay while this step lasts.
    pub reason: Option<String>,
    /// The code while waiting for the team or place of this step, where it differs from `reason`.
    pub queue_reason: Option<String>,
    /// Whose delay this is; the owner of the team, meeting or place, if not said.
    pub owner: Option<Owner>,
    /// After this step, go back to an earlier one with a certain chance.
    pub again: Option<Again>,
    /// After this step, go on at this step: `step`, or `pathway.step`.
    pub then: Option<String>,
    /// Where a scenario that extends another puts a new step: after this one.
    pub after: Option<String>,
}

/// Where people go when they leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// To their own home.
    Home,
    /// To a care home.
    CareHome,
    /// To a hospice.
    Hospice,
    /// To another hospital.
    OtherHospital,
    /// They died.
    Died,
    /// Out of what the scenario covers.
    Done,
    /// Away, because a place refused them.
    Refused,
    /// Away, because they waited too long.
    GaveUp,
}

impl Outcome {
    /// Whether the person never got what they came for.
    pub fn is_lost(self) -> bool {
        matches!(self, Outcome::Refused | Outcome::GaveUp)
    }
}

/// Coming back to hospital after leaving.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Return {
    /// The share of leavers who come back.
    pub chance: Chance,
    /// After how long.
    pub after: Distribution,
    /// The stream of arrivals whose shares decide their pathway.
    pub arrivals: String,
}

/// Going back to an earlier step.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Again {
    /// How likely it is, each time.
    pub chance: Chance,
    /// The step at which it starts again.
    pub from: String,
}

/// Something that can happen on each day of delay in an acute place.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Hazard {
    /// What it is, in a few words.
    #[serde(default)]
    pub title: String,
    /// Its chance per day of delay [0-1 a day].
    pub per_day: f64,
    /// The step at which the person goes on: `step`, or `pathway.step`.
    pub then: String,
}

/// A chance, and which quantity of coordination it is, if any: the relationship layer scales those.
#[derive(Debug, Clone, PartialEq)]
pub struct Chance {
    /// The chance itself [0-1].
    pub value: f64,
    /// What it is a chance of.
    pub of: Option<Quantity>,
    /// The two organisations between which it happens: who hands over, and to whom.
    pub between: Vec<String>,
}

impl Default for Chance {
    /// Certainty.
    fn default() -> Self {
        Chance { value: 1.0, of: None, between: Vec::new() }
    }
}

/// As it is written where it is a chance of nothing in particular: the schema shows defaults.
impl Serialize for Chance {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.value)
    }
}

/// The quantities that coordination between organisations changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Quantity {
    /// A referral comes back because something is missing or wrong.
    ReferralReturned,
    /// Two organisations disagree on who pays or who acts.
    Dispute,
    /// An assessment is made twice, once in each organisation.
    DuplicateAssessment,
    /// A decision that two organisations take together is taken.
    JointDecision,
    /// A person is sent to more support than they need.
    OverPrescribed,
    /// Something happens at a weekend as on other days.
    WeekendFlow,
    /// A person comes back to hospital.
    Readmission,
    /// A person is assessed before leaving hospital, and not after.
    AssessedInHospital,
}

/// What a wait is, for which two organisations need each other.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DependsOn {
    /// What it is.
    pub of: TimeQuantity,
    /// The two organisations.
    pub between: Vec<String>,
}

/// The waits that coordination between organisations changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TimeQuantity {
    /// Until two organisations have decided together.
    JointDecision,
    /// Until somebody has assessed a person whom they could have trusted another to assess.
    OwnAssessment,
}

/// Whose delay it is: one organisation, or a pair.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Owner {
    /// One organisation.
    One(String),
    /// Two organisations together.
    Pair(String, String),
}
