//! Scenarios: ways to distribute pathways to a population, month by month, with uncertainty.
//!
//! Rules, all shown on the pages:
//! - a population follows the typical pathway of its persona, computed from the offer that really exists, or a route that the
//!   scenario states; its hours are prudent where nobody states them;
//! - a way says how steps are given: by whom, in groups of how many, at what cost; every number is a lowest, a likeliest and
//!   a highest value with the page that states it, or an assumption said as such;
//! - a headcount that no source states is unknown: that population is left out of the simulation until somebody gives it;
//! - people are simulated as counts, month by month, many times; results are medians with the interval that holds eight runs
//!   out of ten;
//! - the best mix for a budget is that of a model of averages, with its bound; what it gives is then simulated.
//!
//! Absent: the simulation (see the crates `rollout` and `actions`), files (see `exchange`), HTML.

mod answer;
mod read;
mod request;
mod scenario;
mod sentence;
mod settings;
mod ways;

pub use answer::{
    BestMix, EFFECT_RUNS, Effect, Interval, LeftOut, Measure, MixShare, MonthResult, Never, PopulationResult,
    RouteTold, Simulation, SimulationError, Simulator, TooLong, WayResult, Year,
};
pub use request::{SCENARIOS_COMPARED, ScenarioRequest};
pub use scenario::{
    Follows, POPULATIONS_MAX, Population, Published, RawPopulation, RawPublished, RawRoute, RawRouteStep,
    RawScenario, RawWay, Route, RouteStep, Scenario, Way,
};
pub use sentence::{about_euros, people, percent};
pub use settings::{Ground, Setting, Triple};
pub use ways::WayKind;
