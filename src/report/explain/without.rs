//! What goes with each cause of delay, against what the ledger books to it.

use crate::experiment::{Removed, Withouts};
use crate::report::comparison;
use crate::report::numbers::{figure, whole, with_interval};
use crate::report::reasons::short;
use crate::report::{Page, table};
use crate::statistics::Verdict;

/// The unit of all figures.
const UNIT: &str = "people";

/// The page.
pub fn without(page: &Page, withouts: &Withouts) -> String {
    let title = format!("{}: what goes if a cause of delay goes", withouts.title);
    let mut out = format!("{}\n", page.bold(&page.wrap(&title, 0)));
    let times = match withouts.replications {
        1 => "once each".to_owned(),
        many => format!("{} times each", whole(f64::from(many))),
    };
    let how = format!(
        "{}: {} days, {times}, seed {}: the same people in all. {} people delayed on average",
        withouts.scenario,
        whole(withouts.measured_days),
        withouts.seed,
        with_interval(&withouts.delay, UNIT),
    );
    out += &format!("{}\n\n", page.dim(&page.wrap(&how, 0)));
    let rows = withouts.removed.iter().map(row).collect();
    let header = ["Without", "Booked", "What goes (95%)", "Of booked"];
    out += &table::columns(page, &header, &[1, 2, 3], rows);
    out += "\n";
    let reading = "Booked: people delayed for this reason at a time, on average, by the ledger. What \
                   goes: by how many fewer are delayed in all if nobody ever waits for this reason - its \
                   waits take no time, its queues have room for all. Less goes than is booked where the \
                   next wait fills the gap; more goes where the cause holds up others too, such as a wait further on \
                   that keeps a bed in use and is itself not counted as delay. Causes hang \
                   together, so that these figures do not add up. Each interval holds by itself.";
    out += &format!("{}\n", page.wrap(reading, 0));
    out
}

fn row(removed: &Removed) -> Vec<String> {
    let goes = removed.delay.difference.times(-1.0);
    let share = goes.mean / removed.booked.mean;
    let told = matches!(removed.delay.verdict(), Verdict::Lower | Verdict::Higher);
    let share = match share.is_finite() {
        true if told || removed.delay.n() < 2 => format!("{:.0}%", share * 100.0),
        true => "cannot tell".to_owned(),
        false => "-".to_owned(),
    };
    vec![
        short(removed.reason.code, removed.reason.text).to_owned(),
        figure(removed.booked.mean, UNIT),
        comparison::change(&goes, UNIT, removed.delay.base),
        share,
    ]
}
