//! `homeward measures`: lists the measures with their units and meanings.

use std::path::PathBuf;

use super::{Failure, output};
use crate::model::{self, measures};
use crate::scenario::Scenario;

/// The arguments of `homeward measures`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// List the full names that this scenario has, such as delay_days.p1, and not only the kinds
    scenario: Option<PathBuf>,
}

/// Lists the measures.
pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let page = output::page();
    let names = match &args.scenario {
        Some(path) => measures::names(&model::compile(&Scenario::read(path, &[])?)),
        None => Vec::new(),
    };
    let mut out = String::new();
    for measure in measures::ALL {
        let of_it =
            names.iter().filter(|(_, known)| known == measure).map(|(name, _)| name.as_str());
        let of_it: Vec<&str> = of_it.collect();
        if args.scenario.is_some() && of_it.is_empty() {
            continue;
        }
        let name = format!("{}.<{}>", measure.name, measure.group);
        out += &format!("{} [{}]\n", page.bold(&name), measure.unit);
        out += &format!("{}\n", page.wrap(&format!("    {}", measure.meaning), 4));
        if !of_it.is_empty() {
            out += &format!("{}\n", page.wrap(&of_it.join(" "), 4));
        }
    }
    output::result(&out)
}
