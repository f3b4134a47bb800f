//! The tests that use Homeward as others do: one binary, a module per theme.

mod cli;
mod scenario_errors;
