//! The tests that use Homeward as others do: one binary, a module per theme.

mod cli;
mod golden;
mod invariants;
mod queueing_theory;
mod readme;
mod scenario_errors;
mod support;
