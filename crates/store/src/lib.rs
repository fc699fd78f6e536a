//! The catalogue's revisions in SQLite: publish, list, compare, restore, back up, check.
//!
//! Published rows never change: a publication is one transaction that appends a revision and the
//! rows that differ; the schema itself forbids updates and deletions. A state is, for each
//! training, its latest row up to a revision.
//! Absent: search, HTML, the clock (callers say when they publish).

mod backup;
mod body;
mod check;
mod digest;
mod error;
mod open;
mod publish;
mod read;

pub use backup::Backup;
pub use body::Body;
pub use check::{Finding, Severity};
pub use digest::Digest;
pub use error::StoreError;
pub use open::DATABASE_NAME;
pub use publish::{BODY_BYTES, Edit, NewRevision};
pub use read::{Difference, History, Revision};

use sqlx::SqlitePool;

/// A data directory's revisions. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Store {
    pool: SqlitePool,
    is_frozen: bool,
}
