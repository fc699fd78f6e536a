//! The web door: pages, their JSON twins, downloads and static files.
//!
//! Inside: one table of routes, one file for each page, one table of errors. A page is a pure
//! function of a visit (address and snapshot), so it reads no database; the editors' workshop alone speaks to the
//! queue of slow work.
//! Absent: rules of the domain (see the crate `catalogue`), SQL, solver, PDF.

mod address;
mod answer;
mod app;
mod assets;
mod errors;
mod guard;
mod history;
mod layout;
mod openapi;
mod pages;
mod planning;
mod router;
mod routes;
mod visit;
mod wording;
mod workshop;

pub use app::{App, serve};
pub use pages::needs::gaps_data::{GapsTwin, gaps};
pub use pages::pathways::data::{PathwayTwin, pathway};
pub use pages::recommendations::data::RecommendationsTwin;
pub use pages::scenarios::data::{SimulationTwin, table as simulation_table};
pub use pages::trainings_data::{ListTwin, list};
pub use router::router;
pub use workshop::Workshop;
