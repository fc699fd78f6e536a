//! Simulates how an offer reaches a population.

mod apportion;
mod error;
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
