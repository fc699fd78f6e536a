//! Pathways of personas: what is asked (`request`), what of the offer may enter one (`offered`), why a level stays out of
//! it whatever the time and the money (`blockers`), and what is answered (`answer`).
//!
//! Rules, all shown on the pages:
//! - a training may enter when its public, formats, place and language suit, as for gaps, and its duration is stated or
//!   estimated; an event enters only when it is imposed, for nothing says that it is held again; an examination teaches
//!   nothing;
//! - an estimated duration counts at its 80th percentile, training by training, so that the figures of the steps add up to
//!   that of the pathway; at its median when central durations are asked for;
//! - a price that nobody states is not estimated: with a budget, the training stays out unless unknown prices are
//!   admitted; without one it enters, and the cost is then said to be « at least »;
//! - each level gained counts for the weight of its need; among pathways of equal coverage, the shortest, each deciding
//!   fact that no source states counting for [`UNSTATED_MINUTES`] more; or the cheapest.
//!
//! Absent: the search (see the crate `pathway`), HTML.

mod answer;
mod blockers;
mod formats;
mod offered;
mod refusals;
mod request;
mod sentence;
mod team;

pub use answer::{
    Alternative, Bill, Calendar, Considered, CoverageLine, Entry, FrontierPoint, Gain, Impossible, Lack,
    Outcome, Pathway, PathwayError, Planner, Proof, Reason, Removal, Rival, Step, Unmet, Way, Without,
};
pub use blockers::{Reach, wanted_levels};
pub use formats::AlternativeFormat;
pub use offered::{Basis, Limits, Obstacle, Obstacles, Offered, OfferedSet, topic};
pub use refusals::{RequestError, refusals};
pub use request::{ANYBODY, Month, PathwayRequest, Preference, STEPS_MAX, anybody};
pub use sentence::{cents_in_french, minutes_in_french, obstacle_counts, share_in_french};
pub use team::{GROUPS_MAX, Programme, Run, TeamGroup, TeamOutcome, TeamRequest};

/// What a deciding fact that no source states weighs when pathways of equal coverage are compared, in minutes: our choice,
/// so that among near-equal pathways the better known one comes first.
pub const UNSTATED_MINUTES: u32 = 30;
