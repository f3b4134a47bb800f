//! The tests that use Homeward as others do: one binary, a module per theme.

mod architecture;
mod cli;
mod golden;
mod invariants;
mod journey;
mod language_examples;
mod load;
mod published;
mod random_numbers;
mod readme;
mod relationships;
mod renewals;
mod scenario_errors;
mod sense;
mod support;
mod sweep;
mod theory;
