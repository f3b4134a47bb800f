//! What organisations may do in two years, as shipped scenarios.

use crate::model::{Model, compile};
use crate::scenario::{Diagnostics, Scenario};

/// A policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Policy {
    /// Everybody goes on as before.
    Nothing,
    /// All hours go to tasks.
    AllTask,
    /// Half of the hours go to relationships and the rest suffers.
    AllRelationship,
    /// Somewhat more for relationships and honing, without a programme.
    Balanced,
    /// The same in one organisation only.
    OneOrganisation,
    /// The programme, and no other change.
    Programme,
    /// The programme, nurtured afterwards.
    ProgrammeNurtured,
    /// The programme, balanced effort, nurtured afterwards.
    Whole,
    /// The whole with no hours for relationships.
    WholeWithoutRelating,
    /// The whole with far too many.
    WholeRelatingTooMuch,
    /// The whole, as sceptics see it: theta 0.
    WholeForSceptics,
    /// The whole, as enthusiasts see it: theta 1.3.
    WholeForEnthusiasts,
    /// A pooled budget and nothing else.
    PooledBudget,
    /// Fines for social care.
    Fines,
    /// Seven days a week in one organisation.
    SevenDaysOne,
    /// High turnover in social care.
    HighTurnover,
}

impl Policy {
    /// All policies, doing nothing first.
    pub const ALL: [Policy; 16] = [
        Policy::Nothing,
        Policy::AllTask,
        Policy::AllRelationship,
        Policy::Balanced,
        Policy::OneOrganisation,
        Policy::Programme,
        Policy::ProgrammeNurtured,
        Policy::Whole,
        Policy::WholeWithoutRelating,
        Policy::WholeRelatingTooMuch,
        Policy::WholeForSceptics,
        Policy::WholeForEnthusiasts,
        Policy::PooledBudget,
        Policy::Fines,
        Policy::SevenDaysOne,
        Policy::HighTurnover,
    ];

    /// The shipped scenario from which it comes.
    fn scenario(self) -> &'static str {
        match self {
            Policy::Nothing => "do_nothing",
            Policy::AllTask => "all_task",
            Policy::AllRelationship => "all_relationship",
            Policy::Balanced => "balanced",
            Policy::OneOrganisation => "one_organisation",
            Policy::Programme | Policy::ProgrammeNurtured => "programme",
            Policy::Whole
            | Policy::WholeWithoutRelating
            | Policy::WholeRelatingTooMuch
            | Policy::WholeForSceptics
            | Policy::WholeForEnthusiasts => "programme_balanced_nurtured",
            Policy::PooledBudget => "pooled_budget",
            Policy::Fines => "fines",
            Policy::SevenDaysOne => "seven_days_one",
            Policy::HighTurnover => "high_turnover_social_care",
        }
    }

    /// Its model. What differs from the shipped scenario is altered in the compiled rules.
    pub(super) fn model(self, seed: u64) -> Result<Model, Diagnostics> {
        let mut sets = vec![format!("run.seed={seed}")];
        if self == Policy::ProgrammeNurtured {
            sets.push("coordination.programme.nurture_every=\"6 weeks\"".to_owned());
        }
        let scenario = Scenario::read(self.scenario().as_ref(), &sets)?;
        let mut model = compile(&scenario);
        let relate = match self {
            Policy::WholeWithoutRelating => Some(0.0),
            Policy::WholeRelatingTooMuch => Some(0.30),
            _ => None,
        };
        if let Some(relate) = relate {
            // The rules at the start stay: the hours that people are used to.
            for (_, rules) in model.rules.iter_mut().skip(1) {
                for organisation in
                    rules.coordination.iter_mut().flat_map(|it| &mut it.organisations)
                {
                    let effort = &mut organisation.stance.effort;
                    effort.task += effort.relate - relate;
                    effort.relate = relate;
                }
            }
        }
        Ok(match self {
            Policy::WholeForSceptics => model.with_theta(0.0),
            Policy::WholeForEnthusiasts => model.with_theta(1.3),
            _ => model,
        })
    }

    /// What draws of theta do not touch: it has its own.
    pub(super) fn has_own_theta(self) -> bool {
        matches!(self, Policy::WholeForSceptics | Policy::WholeForEnthusiasts)
    }
}
