//! Homeward simulates how people leave hospital: from being ready, through therapy and social care,
//! to home. It shows where the days of delay go, and what coordination between organisations does to
//! them.
//!
//! The whole product in five calls:
//!
//! ```
//! use std::path::Path;
//! use std::sync::atomic::AtomicBool;
//!
//! use homeward::experiment::{self, Plan, Quiet, Summary};
//! use homeward::scenario::Scenario;
//! use homeward::{model, report};
//!
//! // 1. A scenario is TOML text, checked once: every mistake at once, or none.
//! let scenario = Scenario::read(Path::new("scenarios/by_hand.toml"), &[])?;
//! // 2. It is compiled into numbers and positions ...
//! let model = model::compile(&scenario);
//! // 3. ... which replications on all cores share.
//! let runs = experiment::run(&model, &Plan::of(&scenario), &[], &Quiet, &AtomicBool::new(false))?;
//! // 4. What they found, with intervals.
//! let summary = Summary::of(&scenario, &model, &runs);
//! // 5. Everything that is shown is drawn from that.
//! println!("{}", report::json(&summary));
//!
//! // In a world of fixed times, figures can be worked out by hand: 98 hours of delay, four people.
//! let delay = summary.estimate("delay_days.all").expect("it is measured");
//! assert!((delay.mean - 98.0 / 24.0 / 4.0).abs() < 1e-9);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Where to read
//! `model/journey.rs` first: a person's way, a function a step. Imports run downwards only:
//! [`cli`] → [`report`] and [`experiment`] → [`model`] → [`scenario`]; [`engine`], [`random`] and
//! [`statistics`] know nothing of people.
//!
//! # What is promised
//! - **Same people, different world.** A random draw depends on the seed, the replication, the
//!   person, the purpose and the attempt, and on nothing else; see [`random`].
//! - **Same bytes** on any number of threads; see [`experiment`].
//! - **Every second of delay has a cause and an owner**, and the ledger adds up exactly.

pub mod cli;
pub mod engine;
pub mod experiment;
pub mod model;
pub mod random;
pub mod report;
pub mod scenario;
pub mod statistics;
