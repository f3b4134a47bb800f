//! The tests that use Homeward as others do: one binary, a module per theme.

mod cli;
mod invariants;
mod queueing_theory;
mod scenario_errors;
mod support;
