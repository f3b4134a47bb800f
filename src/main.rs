//! The `homeward` program.

fn main() {}
