//! The relationship layer as a scenario says it: how organisations spend their hours, how they
//! stand to each other, what they try, and what programme they go through.

mod parameters;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use self::parameters::{Parameter, Parameters};
use super::Named;
use crate::scenario::units::{Date, Duration};

/// `[coordination]`: with it, relationships between organisations are part of the model.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Coordination {
    /// How much of what relationships are assumed to do to delay they do: 0 is the sceptic, 0.6 what
    /// studies of other settings suggest, 1.3 the enthusiast.
    pub theta: f64,
    /// How each organisation spends its hours and where it starts. Those not named start as usual.
    pub organisations: Named<Stance>,
    /// How pairs of organisations stand to each other at the start, named `one+other`. Pairs between
    /// which something in the scenario happens are there also if they are not named.
    pub dyads: Named<Dyad>,
    /// What is switched on.
    pub couplings: Couplings,
    /// The strengths of everything else.
    pub parameters: Parameters,
    /// What the room tries.
    pub levers: Levers,
    /// The leadership programme, if there is one.
    pub programme: Option<Programme>,
    /// How often staff are asked about relational coordination.
    pub survey_every: Duration,
}

impl Default for Coordination {
    fn default() -> Self {
        Coordination {
            theta: Self::THETA,
            organisations: Named::default(),
            dyads: Named::default(),
            couplings: Couplings::default(),
            parameters: Parameters::default(),
            levers: Levers::default(),
            programme: None,
            survey_every: Duration::from_days(182.0),
        }
    }
}

impl Coordination {
    /// Theta if a scenario does not say: calibrated to what discharge planning and coordination have
    /// achieved in other settings.
    pub const THETA: f64 = 0.6;
    /// The layer measures its starting point in the second half of the warm-up, over four weeks or more
    /// \[days\].
    pub const LEAST_WARM_UP_DAYS: f64 = 56.0;
    /// What must be said wherever results of the layer are shown.
    pub const ANALOGY: &str = "The link from relationships to delay is an analogy from studies within \
        hospitals in other settings, mostly in the United States; nobody has measured it between three \
        English organisations.";
    /// The sceptic's and the enthusiast's theta.
    pub const THETA_RANGE: (f64, f64) = (0.0, 1.3);
}

/// How an organisation spends its hours, and its state at the start. Every share runs from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Stance {
    /// How it means to spend its hours.
    pub effort: Effort,
    /// Morale at the start [0-1].
    pub morale: f64,
    /// How far its people look to the whole system and not only to "their" patients [0-1].
    pub goals: f64,
    /// How far its leadership team sponsors time for relationships [0-1].
    pub sponsorship: f64,
    /// Work asked over work that can be done, at the start \[ratio\].
    pub pressure: f64,
    /// The time that people think a case deserves, as a share of what it would deserve.
    pub standard: f64,
}

impl Default for Stance {
    fn default() -> Self {
        Stance {
            effort: Effort::default(),
            morale: 0.55,
            goals: 0.35,
            sponsorship: 0.40,
            pressure: 1.05,
            standard: 0.97,
        }
    }
}

/// A split of an organisation's hours; the shares add up to 1.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Effort {
    /// Work for people.
    pub task: f64,
    /// Time with the other organisations.
    pub relate: f64,
    /// Improving how work is handed over.
    pub hone: f64,
    /// Rest, supervision, reflection.
    pub recover: f64,
}

impl Default for Effort {
    fn default() -> Self {
        Effort { task: 0.86, relate: 0.04, hone: 0.03, recover: 0.07 }
    }
}

/// How two organisations stand to each other at the start. Every share runs from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Dyad {
    /// The relationship of their leads [0-1].
    pub leads: f64,
    /// The relationship of their teams [0-1].
    pub teams: f64,
    /// How well they understand each other's work and words [0-1].
    pub understanding: f64,
    /// How well their handovers are honed [0-1].
    pub process: f64,
    /// How much passes between them, as a weight against other pairs.
    pub traffic: f64,
}

impl Default for Dyad {
    fn default() -> Self {
        Dyad { leads: 0.42, teams: 0.42, understanding: 0.40, process: 0.30, traffic: 0.5 }
    }
}

macro_rules! couplings {
    ($($name:ident: $meaning:literal;)*) => {
        /// Which couplings between relationships and people's ways are switched on; all are, if not said.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
        #[serde(deny_unknown_fields, default)]
        pub struct Couplings {
            $(#[doc = $meaning] pub $name: bool,)*
        }

        impl Default for Couplings {
            fn default() -> Self {
                Couplings { $($name: true,)* }
            }
        }

        impl Couplings {
            /// Their names and meanings, in the order of the specification.
            pub const ALL: &[(&str, &str)] = &[$((stringify!($name), $meaning),)*];

            /// From values in that order; what is missing is on.
            pub fn from_values(values: &[bool]) -> Couplings {
                let mut values = values.iter().copied();
                Couplings { $($name: values.next().unwrap_or(true),)* }
            }

            /// Whether each is on, in that order.
            pub fn values(&self) -> Vec<bool> {
                vec![$(self.$name,)*]
            }
        }
    };
}

couplings! {
    work: "The time that a case takes follows pressure, the standard, doubled work and the process.";
    duplicates: "Assessments made twice follow relationship and understanding.";
    returns: "Returned referrals follow understanding, process and the care that the sender takes.";
    decisions: "Joint decisions follow relationship and process.";
    disputes: "Disputes follow relationship, and what is contested may be escalated.";
    over_prescription: "Over-prescribed pathways follow relational coordination and the sender's pressure.";
    priority: "Whom a team sees next follows its goals: the longest delayed, or its own people.";
    weekends: "What flows at weekends follows the goals of all who are needed.";
    capacity: "Morale, fatigue, sickness and turnover follow relationships, and staff follow them.";
    readmissions: "Readmissions follow the care that is taken.";
    gaming: "With fines, people are declared ready early and cases are parked.";
}

/// What a room can try. A lever is pulled by naming who takes part; an empty list is not pulled.
#[derive(Debug, Clone, PartialEq, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Levers {
    /// One referral form, or a shared record; it works after six weeks.
    pub single_form: Vec<String>,
    /// Care homes trust the hospital's assessor, as far as they trust the hospital.
    pub trusted_assessor: Vec<String>,
    /// A huddle every weekday.
    pub daily_huddle: Vec<String>,
    /// A hub, or another way to sit in one room.
    pub hub: Vec<String>,
    /// The share of people who are assessed after leaving [0-1].
    pub discharge_to_assess: f64,
    /// Days on which a multi-agency event of five days begins.
    pub made: Vec<Date>,
    /// Organisations that are fined for delay.
    pub fines: Vec<String>,
    /// Organisations that pool their budgets.
    pub pooled_budget: Vec<String>,
    /// Organisations that work seven days a week.
    pub seven_days: Vec<String>,
}

/// The leadership programme: when it happens, and who comes. Every activity costs the hours of those
/// who attend, and acts only between organisations that do.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Programme {
    /// Its first day.
    pub starts: Date,
    /// Organisations whose operational leads attend.
    pub attending: Vec<String>,
    /// Organisations whose leadership teams attend as well.
    #[serde(default)]
    pub leadership_teams: Vec<String>,
    /// How long it lasts.
    #[serde(default = "half_a_year")]
    pub length: Duration,
    /// Until when individual discussions are held; none, if zero.
    #[serde(default = "four_weeks")]
    pub discussions_until: Duration,
    /// When the working note comes; never, if not within the programme.
    #[serde(default = "five_weeks")]
    pub working_note_after: Duration,
    /// How often the group meets.
    #[serde(default = "three_weeks")]
    pub meeting_every: Duration,
    /// How many group meetings there are.
    #[serde(default = "nine")]
    pub meetings: u32,
    /// When the evaluation comes; never, if not within the programme.
    #[serde(default = "twenty_four_weeks")]
    pub evaluation_after: Duration,
    /// How often the group meets after the programme to nurture what it gained; never, if not said.
    #[serde(default)]
    pub nurture_every: Option<Duration>,
    /// How many people of an organisation come to an activity.
    #[serde(default = "three")]
    pub people: f64,
    /// How long an activity takes them, with the way there and back.
    #[serde(default = "three_hours")]
    pub time: Duration,
}

impl Programme {
    /// On which day of the programme the group meets first: after a third of the time between two
    /// meetings, so that many fit in.
    pub fn first_meeting_day(&self) -> f64 {
        (self.meeting_every.days().round() / 3.0).floor()
    }
}

fn half_a_year() -> Duration {
    Duration::from_days(182.0)
}

fn four_weeks() -> Duration {
    Duration::from_days(28.0)
}

fn five_weeks() -> Duration {
    Duration::from_days(35.0)
}

fn three_weeks() -> Duration {
    Duration::from_days(21.0)
}

fn twenty_four_weeks() -> Duration {
    Duration::from_days(168.0)
}

fn nine() -> u32 {
    9
}

fn three() -> f64 {
    3.0
}

fn three_hours() -> Duration {
    Duration { seconds: 10_800.0 }
}
