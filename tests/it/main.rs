//! The tests that use Homeward as others do: one binary, a module per theme.

mod scenario_errors;
