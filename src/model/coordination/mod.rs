//! The relationship layer: the daily update of organisations and of the dyads between them.
//!
//! Each midnight the layer looks at what the day's events did - what work was asked of whom, which
//! referrals came back, who was in dispute, how many people were delayed - and goes on by a day
//! (Euler, one day a step). From the new state follow the factors that the events of the
//! next day read: how long a case takes, who is on duty, what comes back, who is seen next. There is
//! nothing random in the update itself.
//!
//! | file | holds |
//! |---|---|
//! | `daily.rs` | what a day does to all of them, and the measuring of the starting point |
//! | `organisation.rs` | effort, pressure, fatigue, morale, sickness, staff, sponsorship, goals |
//! | `dyad.rs` | relationship of leads and teams, understanding, process |
//! | `start.rs` | the rates at which doing nothing stands still |
//! | `conflict.rs` | what becomes of a returned referral or a dispute |
//! | `programme.rs` | the leadership programme |
//! | `factors.rs` | what all of it does to people's ways |
//! | `course.rs` | what is written down of it |
//! | `rules.rs` | what a scenario fixes |
//!
//! **The link from relationships to delay is an analogy** from studies within hospitals, mostly in the
//! United States. Nobody has measured it between three English organisations: every result says so,
//! and theta scales it.

mod conflict;
mod course;
mod daily;
mod dyad;
mod factors;
mod organisation;
mod programme;
mod rules;
mod start;

pub(super) use self::conflict::{met, note, settle_disputes};
pub use self::course::{Course, DyadSeen, OrganisationSeen, Seen, Survey};
pub(super) use self::factors::Factors;
pub(super) use self::rules::is_weekend;
pub use self::rules::{
    ChanceOf, CoordinationRules, DyadRules, OrganisationRules, ProgrammeRules, TeamHours, WaitOf,
};

use self::daily::Midnight;
use self::dyad::{Dyad, Sides};
use self::organisation::Organisation;
use super::recorder::Recorder;
use super::world::Replication;
use super::{arrivals, day_of};

/// The state of the layer.
#[derive(Debug, Clone)]
pub(super) struct Layer {
    pub(super) organisations: Vec<Organisation>,
    pub(super) dyads: Vec<Dyad>,
    /// The organisations of each dyad.
    pairs: Vec<[usize; 2]>,
    at_start: Vec<Organisation>,
    dyads_at_start: Vec<Dyad>,
    /// By team.
    teams: Vec<Workload>,
    /// People ready to leave, as they are talked about, and as they are used to.
    delayed: f64,
    usual_delayed: f64,
    /// Organisations at rest, while the starting point is measured.
    rests: Vec<Rest>,
    /// Whether the budgets of a dyad were pooled at any time.
    pooled: Vec<bool>,
    /// Whether it lives: not while the run warms up.
    lives: bool,
    /// Days of the warm-up on which the starting point was measured.
    days_measured: f64,
    /// What conflicts added to each dyad on those days, or took from it.
    conflict_measured: Vec<f64>,
    pub(super) seen: Seen,
}

/// The work that is asked of a team, in cases: what a case takes is the same for all of them.
#[derive(Debug, Clone, Copy, Default)]
struct Workload {
    /// Asked since the last midnight \[cases\].
    asked: u32,
    /// Asked on each of the last seven days, the oldest at `oldest` \[cases\].
    week: [u32; 7],
    oldest: usize,
    /// Its staff at the start, who could do what was asked then [whole-time equivalents].
    staff: f64,
    /// What was felt on a day at the start: asked, and due of the backlog \[cases\].
    usual: f64,
}

/// How an organisation fares while the starting point is measured.
#[derive(Debug, Clone, Copy, Default)]
struct Rest {
    /// Its pressure.
    pressure: f64,
    /// The sum of the time for a case, as a share of the standard, over so many days.
    cutting: f64,
    days: f64,
}

impl Workload {
    /// What is felt on a day: the cases asked on a day of the last week, so that weekends do not
    /// count as relief, and those due of the backlog.
    fn felt(&self, waiting: f64, backlog_days: f64) -> f64 {
        f64::from(self.week.iter().sum::<u32>()) / 7.0 + waiting / backlog_days
    }

    fn end_the_day(&mut self) {
        self.week[self.oldest] = std::mem::take(&mut self.asked);
        self.oldest = (self.oldest + 1) % 7;
    }
}

impl Layer {
    /// The layer at the start.
    pub(super) fn new(rules: &CoordinationRules, measured_days: u32) -> Layer {
        let p = &rules.parameters;
        let organisations: Vec<Organisation> =
            rules.organisations.iter().map(|it| Organisation::new(it, p)).collect();
        let dyads: Vec<Dyad> = rules.dyads.iter().map(Dyad::new).collect();
        Layer {
            at_start: organisations.clone(),
            dyads_at_start: dyads.clone(),
            pairs: rules.dyads.iter().map(DyadRules::sides).collect(),
            conflict_measured: vec![0.0; dyads.len()],
            rests: organisations
                .iter()
                .map(|it| Rest { pressure: it.pressure, ..Rest::default() })
                .collect(),
            pooled: vec![false; dyads.len()],
            organisations,
            dyads,
            teams: rules
                .teams
                .iter()
                .map(|team| Workload { staff: team.staff, ..Workload::default() })
                .collect(),
            delayed: 0.0,
            usual_delayed: 0.0,
            lives: false,
            days_measured: 0.0,
            seen: Seen::over(measured_days),
        }
    }

    /// A case is asked of a team.
    #[inline]
    pub(super) fn ask(&mut self, team: u8) {
        self.teams[usize::from(team)].asked += 1;
    }

    /// Relational coordination of a dyad [0-1].
    fn coordination(&self, dyad: usize) -> f64 {
        let [one, other] = self.pairs[dyad];
        self.dyads[dyad]
            .coordination([self.organisations[one].goals, self.organisations[other].goals])
    }

    fn coordination_at_start(&self, dyad: usize) -> f64 {
        let [one, other] = self.pairs[dyad];
        self.dyads_at_start[dyad]
            .coordination([self.at_start[one].goals, self.at_start[other].goals])
    }

    fn sides(&self, rules: &DyadRules) -> Sides<'_> {
        let [one, other] = rules.sides();
        Sides {
            now: [&self.organisations[one], &self.organisations[other]],
            start: [&self.at_start[one], &self.at_start[other]],
        }
    }
}

impl DyadRules {
    fn sides(&self) -> [usize; 2] {
        [self.pair.0.into(), self.pair.1.into()]
    }

    fn has(&self, organisation: usize) -> bool {
        self.sides().contains(&organisation)
    }
}

/// A day ends and another begins: `day` is the one that begins, and `ready` people were ready to
/// leave at the midnight between.
pub(super) fn begin_day<R: Recorder>(run: &mut Replication<'_, R>, day: u32, ready: u32) {
    let Some(rules) = &run.rules.coordination else { return };
    let Some(mut layer) = run.layer.take() else { return };
    let live_from = day_of(run.measured_from);
    let midnight = Midnight {
        ready: f64::from(ready),
        waiting: run.teams.iter().map(|team| team.pool.waiting().value().into()).collect(),
    };
    layer.end_the_day();
    if layer.lives {
        layer.go_on(rules, day, &midnight);
    } else if day >= live_from {
        layer.come_to_life(rules);
    } else if day > live_from / 2 {
        let season = arrivals::season(&run.rules.arrivals, run.model.days.month(day - 1));
        layer.measure(rules, season, &midnight);
    }
    layer.forget_conflict();
    layer.spend_the_day(rules, day);
    if layer.lives {
        course::note(&mut layer, rules, run.key, &run.model.days, day - live_from, day);
    }
    run.layer = Some(layer);
    refresh(run, day);
}

/// Works the factors out anew: a day or other rules have begun.
pub(super) fn refresh<R: Recorder>(run: &mut Replication<'_, R>, day: u32) {
    if let (Some(layer), Some(rules)) = (&run.layer, &run.rules.coordination) {
        let today = factors::Today { day, weekend: is_weekend(&run.model.days, day) };
        let (chances, waits) = (&run.rules.chances_changed, &run.rules.waits_changed);
        factors::work_out(&mut run.factors, layer, rules, chances, waits, today);
    }
}
