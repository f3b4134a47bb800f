//! What is counted during a replication. Plain tallies: their meaning as measures is in
//! [`measures`](super::measures).

use super::coordination::Seen;
use super::rules::Action;

/// The longest series that is kept: longer runs are kept by coarser steps, so that the memory of a
/// replication does not grow with the days simulated.
pub(super) const SERIES_LIMIT: u32 = 400;

/// Tallies of the measured time of one replication.
#[derive(Debug, Clone, Default)]
pub struct Observations {
    /// Measured time \[s\].
    pub measured_seconds: u64,
    /// Events handled, warm-up included.
    pub events: u64,
    /// People who came, by stream; those who came back are not counted again.
    pub arrived: Vec<u64>,
    /// Of them, those who left without what they came for, by stream.
    pub lost: Vec<u64>,
    /// People whom a place refused, by place.
    pub refused: Vec<u64>,
    /// People who gave up waiting.
    pub impatient: Impatient,
    /// What the delay ledger holds.
    pub ledger: Ledger,
    /// People who left hospital, by pathway.
    pub leavers: Vec<Leavers>,
    /// By place.
    pub places: Vec<PlaceTally>,
    /// By team.
    pub teams: Vec<QueueTally>,
    /// The books of teams with a caseload, by team.
    pub books: Vec<QueueTally>,
    /// By meeting.
    pub meetings: Vec<WaitTally>,
    /// Live discharges by weekday, Monday first.
    pub discharges_by_weekday: [u64; 7],
    /// Live discharges before 17:00.
    pub discharges_by_17: u64,
    /// Live discharges by nights of delay; the last counts all longer ones.
    pub discharges_by_nights: Vec<u64>,
    /// Time in hospital of people beyond their 21st day there \[s\].
    pub seconds_beyond_21_days: u64,
    /// What was seen at each midnight.
    pub midnights: Midnights,
    /// How often each of the chances that coordination changes came true in a step: a position of
    /// [`Rules::chances_changed`](super::Rules::chances_changed).
    pub happened: Vec<u64>,
    /// How often each circle of places came to a standstill.
    pub gridlocks: Vec<u64>,
    /// After each of the first three quarters of the measured time: how long it has been \[s\], and the
    /// areas under the numbers waiting, of places and then teams [people x s].
    pub waiting_so_far: Vec<(u64, Vec<u64>)>,
    /// What was seen of the relationship layer, if there is one.
    pub coordination: Option<Seen>,
}

/// People who gave up waiting.
#[derive(Debug, Clone, Default)]
pub struct Impatient {
    /// By place.
    pub places: Vec<u64>,
    /// By team.
    pub teams: Vec<u64>,
    /// By meeting.
    pub meetings: Vec<u64>,
}

/// Delay by cell of the ledger, where a cell is a reason and an owner \[s\].
#[derive(Debug, Clone, Default)]
pub struct Ledger {
    /// Delay in the acute places.
    pub acute: Vec<u64>,
    /// The part of it after the 7th day in hospital.
    pub acute_after_7_days: Vec<u64>,
    /// Delay in all other places.
    pub elsewhere: Vec<u64>,
}

impl Observations {
    /// Counts somebody who gave up waiting in a step.
    pub(super) fn note_impatient(&mut self, action: Action) {
        let Impatient { places, teams, meetings } = &mut self.impatient;
        let (list, index) = match action {
            Action::Enter(place) | Action::Reserve(place) => (places, place),
            Action::Task { team, .. } | Action::Join(team) => (teams, team),
            Action::Meeting(meeting) => (meetings, meeting),
            _ => unreachable!("nobody waits for anything else"),
        };
        list[usize::from(index)] += 1;
    }
}

/// People of one pathway whose spell in hospital ended.
#[derive(Debug, Clone, Copy, Default)]
pub struct Leavers {
    /// All, the dead included.
    pub all: u64,
    /// Those who left alive.
    pub alive: u64,
    /// Length of the spells of all \[s\].
    pub stay_seconds: u64,
    /// Delay of those who left alive, from ready to leaving \[s\].
    pub delay_seconds: u64,
    /// Midnights between ready and leaving, of those who left alive.
    pub nights: u64,
    /// Those of them past at least one midnight.
    pub delayed: u64,
    /// Those who will come back.
    pub readmitted: u64,
    /// Delay in hospital after the 14th day there, of people on this pathway \[s\].
    pub delay_seconds_after_14_days: u64,
}

/// Waits that ended.
#[derive(Debug, Clone, Copy, Default)]
pub struct WaitTally {
    /// How many.
    pub count: u64,
    /// Their length \[s\].
    pub seconds: u64,
}

/// A queue and those who were served.
#[derive(Debug, Clone, Copy, Default)]
pub struct QueueTally {
    /// Waits that ended in service.
    pub waits: WaitTally,
    /// Length of the waits that ended otherwise: in patience, or in harm \[s\].
    pub given_up_seconds: u64,
    /// From asking until the work is done, of teams.
    pub turnarounds: WaitTally,
    /// Area under the number in use, in opening hours [people x s].
    pub in_use_area: u64,
    /// Area under the number waiting [people x s].
    pub waiting_area: u64,
    /// Area under the capacity, in opening hours [people x s].
    pub capacity_area: u64,
}

/// A place.
#[derive(Debug, Clone, Copy, Default)]
pub struct PlaceTally {
    /// Its queue and its use.
    pub queue: QueueTally,
    /// Waits longer than the place's long wait.
    pub long_waits: u64,
    /// People who left it.
    pub departures: u64,
    /// Area under the number of people in it who are ready to leave [people x s].
    pub ready_area: u64,
    /// Area under the number of people in it [people x s].
    pub people_area: u64,
}

/// What was seen at each midnight of the measured time.
#[derive(Debug, Clone, Default)]
pub struct Midnights {
    /// How many.
    pub count: u64,
    /// Sum of the people ready and waiting in acute places, by weekday of the day that ended.
    pub ready_by_weekday: [u64; 7],
    /// Sum of the people ready to leave in each place.
    pub ready_by_place: Vec<u64>,
    /// Sum of the people ready and waiting in acute places, by month.
    pub ready_by_month: [u64; 12],
    /// Sum of the people in acute places, by month.
    pub occupied_by_month: [u64; 12],
    /// Midnights, by month.
    pub count_by_month: [u64; 12],
    /// Days of one step of the series below.
    pub days_per_step: u32,
    /// Mean number of people on their way, in all places and queues, step by step.
    pub present: Series,
    /// Mean number ready and waiting, step by step.
    pub ready: Series,
    /// Mean number of people in each place, step by step.
    pub occupied: Vec<Series>,
}

/// A mean over each step of the measured time.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Series {
    sums: Vec<u64>,
    counts: Vec<u32>,
}

impl Series {
    /// Adds what was seen on a measured day.
    pub fn add(&mut self, step: usize, value: u32) {
        if self.sums.len() <= step {
            self.sums.resize(step + 1, 0);
            self.counts.resize(step + 1, 0);
        }
        self.sums[step] += u64::from(value);
        self.counts[step] += 1;
    }

    /// The means.
    pub fn means(&self) -> impl Iterator<Item = f64> + '_ {
        self.sums
            .iter()
            .zip(&self.counts)
            .map(|(&sum, &count)| sum as f64 / f64::from(count.max(1)))
    }
}

impl WaitTally {
    /// Counts a wait \[s\].
    #[inline]
    pub fn add(&mut self, seconds: u32) {
        self.count += 1;
        self.seconds += u64::from(seconds);
    }
}
