//! Homeward simulates how people leave hospital.

pub mod scenario;
