//! Homeward simulates how people leave hospital.

pub mod engine;
pub mod model;
pub mod random;
pub mod scenario;
