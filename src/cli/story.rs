//! `homeward story`: one person's way, in sentences.

use super::scenario::Options;
use super::{Failure, output};
use crate::model::{Log, Model, PersonId};
use crate::report::story::{self, Choice};

/// The arguments of `homeward story`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    options: Options,
    /// Whose way, by their number; somebody whose delay is typical, if not said
    #[arg(long, value_name = "N")]
    person: Option<u64>,
    /// In which replication; the first is 0
    #[arg(long, value_name = "N", default_value_t = 0)]
    replication: u32,
}

/// Tells one person's way.
pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let (scenario, model) = args.options.read(&[])?;
    let path = args.options.scenario.display();
    let only = match args.person {
        Some(number) => model.person_called(number),
        None => Some(somebody(&model, args.replication).ok_or_else(|| {
            Failure::Usage(format!(
                "nobody leaves in replication {} of {}; a longer run.length or warm_up may help",
                args.replication, scenario.name
            ))
        })?),
    };
    let log = Log { only, ..Log::default() };
    // Who cannot be called by any number did not come; nobody may mean everybody here.
    let entries = match only {
        Some(_) => model.simulate_recorded(args.replication, log).1.entries,
        None => Vec::new(),
    };
    if entries.is_empty() {
        return Err(Failure::Usage(format!(
            "nobody with the number {} comes in replication {}\n  `homeward run {path} --events \
             people.csv --replication {}` lists everybody with their numbers; without --person, \
             somebody whose delay is typical is chosen",
            args.person.unwrap_or_default(),
            args.replication,
            args.replication
        )));
    }
    output::result(&story::tell(&output::page(), &model, args.replication, &entries))
}

/// Somebody whose way is worth telling.
fn somebody(model: &Model, replication: u32) -> Option<PersonId> {
    model.simulate_recorded(replication, Choice::new(model)).1.person()
}
