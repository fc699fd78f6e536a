//! The words of the domain: trainings, vocabularies, evidence, estimates, the catalogue's
//! snapshot and everything asked of it.
//!
//! Inside: types that cannot be wrong, their parsing, search with facets and sentences,
//! differences between catalogues. All of it is a pure function of its arguments.
//! Absent: SQL, HTTP, files, clock, solver, async.

mod actors;
mod cartography;
pub mod certification;
pub mod codes;
pub mod community;
mod correspondences;
mod difference;
pub mod duplicates;
mod estimate;
mod evidence;
mod facets;
pub mod french;
pub mod gaps;
mod keyed;
mod nearest;
mod offer;
mod parse;
mod partial;
pub mod pathways;
pub mod persona;
mod price;
pub mod proposals;
mod quality;
mod query;
mod raw;
pub mod recommendations;
mod referential;
pub mod report;
pub mod roadmaps;
pub mod scenarios;
mod search;
mod sentence;
mod snapshot;
pub mod system;
mod teaching;
mod training;
mod unsaid;
mod values;
mod vocabulary;

pub use actors::{FieldProfile, Group, LEAST_TRAININGS, Line, PROFILED, Profile};
pub use cartography::{Axes, Axis, AxisValue, Cell, Finding, Matrix, Measure};
pub use contingency::{Correspondence, Point, Share, Specialisation, Verdict};
pub use correspondences::{Actors, CorrespondenceMap, Heading, PROVIDERS_MAX, PROVIDERS_READABLE};
pub use difference::{Change, changes};
pub use estimate::{Estimate, LEAST_SAMPLE, RuleError};
pub use evidence::{FILE_SCHEME, Field, Origin, Place, Source, Sources};
pub use explorer::{Explanation, Reading, ReadingKind};
pub use facets::Facet;
pub use offer::{Duration, LEVEL_2_HOURS, LEVEL_3_HOURS, Offer, ProviderRow, Taught};
pub use parse::Problem;
pub use price::PriceBasis;
pub use quality::{COMPARED_MOST, Concentration, DECIDING, FieldQuality, Quality, TO_READ_MAX, ToRead};
pub use query::{Bounds, LAST_PAGE, Order, PAGE_SIZE, Selection, SelectionError, TEXT_CHARS};
pub use raw::{RawSource, RawTraining};
pub use referential::{Block, Kinship, Referential, ReferentialError, ReferentialTables, Relation, Term};
pub use search::{Dropped, FacetCounts, Found, PROVIDERS_LISTED, ValueCount, WayOut};
pub use snapshot::{Snapshot, SnapshotError, Stamp};
pub use teaching::{LevelOffer, Teacher, TeachingCounts};
pub use training::{Levels, Provider, Training};
pub use values::{Euros, Hours, Seen, TrainingId, ValueError, WebAddress, slug};
pub use vocabulary::{
    Audience, Code, Competence, Format, Kind, Language, Level, Nature, Objective, ProviderKind, Set, Theme,
};
