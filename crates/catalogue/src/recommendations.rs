//! Trainings to build: which few of those that could be would raise most what people reach.
//!
//! Rules, all shown on the pages:
//! - a training that does not exist is assumed to bring what trainings of its length bring in the catalogue: as many
//!   competences, levels and as high as half of those that state their duration; as four out of five at most when a high
//!   promise is asked for;
//! - it teaches competences of one block, from the level that today's best pathway of a persona reaches, up to what she
//!   needs; the personas to whom each of its levels is of use may come to it, when they have the time and a format in common;
//! - of each length and block, the drafts that would bring the most levels to the most people are kept, then those whose
//!   levels nothing within reach teaches;
//! - among the drafts, those are chosen that together with the offer of today give the best pathways: as many levels gained as
//!   can be, each for as many people as gain it, within the limits of each persona; then as few trainings to build as can be,
//!   then the shortest pathways;
//! - every figure after is that of a pathway searched in the catalogue with the proposals added, and checked.
//!
//! Absent: the search (see the crate `actions`), HTML.

mod answer;
mod candidates;
mod paper;
mod request;
mod sentence;
mod sheet;
mod templates;

pub use answer::{
    Advice, DAY_EUR, DAY_EUR_SOMETIMES, DAY_HOURS, DAY_SOURCE, Near, Outlook, Proposal, Reached,
    RecommendationOutcome, Recommendations, formats, nearest,
};
pub use candidates::{Draft, Lift, Standing, drafts};
pub use request::{COUNT_MAX, PEOPLE_MAX, PERSONAS_MAX, Promise, RecommendationRequest};
pub use sheet::{Sheet, SheetEdits, TEXT_CHARS};
pub use templates::Template;
