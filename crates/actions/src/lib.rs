//! One file for each thing the product does, shared by the command line and any other door.
//!
//! Inside: the catalogue built into the program, a node that follows the store, import, export,
//! comparison of revisions, check, generation, planning instances, the strategic report, the work behind the workshop's pages. Absent: HTTP, the terminal.

pub mod builtin;
pub mod cache;
pub mod certifications;
mod check;
mod clock;
pub mod community;
mod error;
pub mod export;
mod generate;
pub mod import;
mod node;
pub mod pathways;
pub mod personas;
pub mod plan;
pub mod report;
pub mod revisions;
pub mod scenarios;
mod threads;
pub mod workshop;

pub use check::{Checkup, check};
pub use clock::now;
pub use error::ActionError;
pub use generate::{GENERATED_MAX, Generated};
pub use node::{Node, Progress, Watcher, default_data_dir, open_store, open_to_read};
