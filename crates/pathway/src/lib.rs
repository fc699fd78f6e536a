//! Chooses modules that raise levels of topics under limits, and puts them in an order in which each one finds the
//! levels that it asks for; says how good the choice is, or why there is none.
//!
//! Inside: exact reductions (`reduce`), upper bounds (`bound`), the search (`search`), first choices (`beam`), a
//! checker that shares no code with them (`check`), places in periods (`schedule`), balanced loads of periods (`balance`).
//! Absent: trainings, files, clocks, money and hours by name: a resource is a number.

mod balance;
mod beam;
mod bound;
mod check;
mod model;
mod problem;
mod reduce;
mod schedule;
mod search;

pub use balance::{Balance, Balanced, Course, balance};
pub use check::{Broken, Misplaced, check, check_timetable};
pub use problem::{
    Aim, Amount, Error, Group, LEVEL_MAX, MODULES_MAX, Module, Need, Problem, RESOURCES_MAX, Resource,
    TOPICS_MAX,
};
pub use reduce::with_spares;
pub use schedule::{PERIODS_MAX, PLACED_MAX, Scheduled, Timetable, schedule};
pub use search::{Outcome, Plan, Searched, Settings, search, solve};
