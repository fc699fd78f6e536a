//! Simulates how an offer reaches a population: capacity, cost, delay, with uncertainty.
//!
//! Inside: people counted by group, channel and step, walked through month by month (`run`, `relays`); many runs put
//! together (`simulate`, `outcome`) or one told in full (`trace`); which uncertain number moves a result most
//! (`sensitivity`); the best mix of channels under a budget, with a bound (`fluid`, `mix`) and a checker that shares no
//! code with it (`mix_check`).
//! Absent: trainings, files, clock, money by name (spending is a number), words that are shown to people.
//!
//! A run costs by groups × channels × steps × months, never by people. Every number of a [`Range`] is drawn once for a
//! run, independently of others; who comes forward, comes, ends and leaves is drawn each month, by binomial laws.
//!
//! ```
//! use rollout::{
//!     Channel, Delivery, Format, Group, Model, Output, Pool, Range, Settings, Step, best_mix, check_mix,
//!     sensitivity, simulate,
//! };
//!
//! // 900 people, a day of training in sessions of about 12, five trainers who give 20 to 40 hours a month.
//! let format = Format {
//!     delivery: Delivery::Sessions {
//!         people: Range::new(10.0, 12.0, 15.0),
//!         fewest: 6,
//!         patience: 3,
//!         trainers: 1,
//!         preparation_hours: 1.0,
//!     },
//!     per_head: Range::fixed(20.0),
//!     per_head_hour: Range::fixed(0.0),
//!     per_session: Range::new(100.0, 150.0, 300.0),
//!     per_trainer_hour: Range::fixed(60.0),
//!     show_up: Range::new(0.7, 0.85, 0.95),
//!     completion: Range::fixed(0.97),
//! };
//! let channel = Channel {
//!     pool: Some(0),
//!     start_up: 5_000.0,
//!     take_up: Range::new(0.5, 0.7, 0.9),
//!     quality: Range::fixed(0.8),
//!     formats: vec![format],
//!     routes: vec![vec![Step { hours: 7.0, worth: 1.0, gap_months: 1, format: 0 }]],
//!     ..Channel::default()
//! };
//! let mut model = Model {
//!     months: 24,
//!     first_month: 9,
//!     calendar: [1.0, 1.0, 1.0, 1.0, 0.8, 1.0, 0.5, 0.0, 1.0, 1.0, 1.0, 0.6],
//!     groups: vec![Group { size: 900, wanted: 1.0, shares: vec![1.0], ..Group::default() }],
//!     pools: vec![Pool { trainers: 5, added: vec![(6, 2)], hours_per_month: Range::new(20.0, 30.0, 40.0) }],
//!     channels: vec![channel],
//! };
//!
//! // Which shares a budget allows, then what they give month by month, then what matters most.
//! let problem = model.mix(40_000.0)?;
//! let mix = best_mix(&problem)?;
//! assert_eq!(check_mix(&problem, &mix), Ok(()));
//! model.groups[0].shares = mix.shares(&problem, 0);
//!
//! let settings = Settings { runs: 200, threads: 2, goal: 0.5, ..Settings::default() };
//! let outcome = simulate(&model, &settings)?;
//! let left = outcome.left;
//! let others = left.unassigned + left.ahead + left.not_forward + left.waiting + left.under_way + left.dropped;
//! assert!((outcome.trained.mean + others - 900.0).abs() < 1e-6);
//! assert!(outcome.trained.p10 <= outcome.trained.p90);
//!
//! let tornado = sensitivity(&model, &settings, Output::Trained, &|_| true)?;
//! assert!(tornado.effects[0].swing() >= tornado.effects[1].swing());
//! # Ok::<(), rollout::Error>(())
//! ```

mod apportion;
mod error;
mod fluid;
mod mix;
mod mix_check;
mod model;
mod outcome;
mod parameter;
mod plan;
mod range;
mod record;
mod relays;
mod run;
mod sensitivity;
mod simulate;
mod stream;
mod trace;
mod validate;

pub use apportion::apportion;
pub use error::{Error, Fault, Field, Place};
pub use fluid::{MixChannel, MixLimit, MixPair, MixProblem, MixStock};
pub use mix::{Mix, best_mix};
pub use mix_check::{MixFault, check_mix};
pub use model::{
    ADDED_MAX, CHANNELS_MAX, COUNT_MAX, Channel, Delivery, FORMATS_MAX, Format, GAP_MAX, GROUPS_MAX, Group,
    HOURS_MAX, MONTHS_MAX, Model, POOLS_MAX, Pool, ROUTES_MAX, Relays, SIZE_MAX, SPENDING_MAX, STEPS_MAX,
    Step, WORTH_MAX,
};
pub use outcome::{ChannelOutcome, GroupOutcome, LeftOut, MonthOutcome, Outcome, Reached, Spread};
pub use parameter::{ChannelRange, FormatRange, Parameter};
pub use range::Range;
pub use run::Counts;
pub use sensitivity::{Effect, Output, Sensitivity, sensitivity};
pub use simulate::{RUNS_MAX, Settings, THREADS_MAX, Watch, simulate, simulate_watched};
pub use trace::{Attendance, Served, Trace, TraceMonth, TracePair, TraceRelays, trace};
