//! One file for each page. Absent: addresses (see `routes`).

pub(crate) mod actors;
mod cards;
pub(crate) mod cartography;
mod certifications;
mod choices;
pub(crate) mod chosen;
pub(crate) mod compare;
pub(crate) mod competence;
pub(crate) mod competences;
pub(crate) mod correspondences;
pub(crate) mod dataset;
pub(crate) mod dates;
mod explorer;
mod facets;
mod fields;
pub(crate) mod help;
pub(crate) mod home;
pub(crate) mod needs;
pub(crate) mod pathways;
pub(crate) mod providers;
pub(crate) mod quality;
mod schema_org;
pub(crate) mod service;
pub(crate) mod suggestions;
pub(crate) mod training;
pub(crate) mod trainings;
pub(crate) mod trainings_data;
