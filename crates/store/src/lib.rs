//! The catalogue's revisions in SQLite: publish, list, compare, restore, back up, check; and, beside them, the
//! queue of slow work.
//!
//! Published rows never change: a publication is one transaction that appends a revision and the
//! rows that differ; the schema itself forbids updates and deletions. A state is, for each
//! training, its latest row up to a revision.
//! The directory of certifications stands beside them and is replaced whole. The community is in a file of its own, where
//! rows change and go, because it names people.
//! Absent: search, HTML, the clock (callers say when they publish).

mod backup;
mod body;
mod certifications;
mod check;
mod community;
mod digest;
mod error;
mod jobs;
mod open;
mod personas;
mod publish;
mod read;

pub use backup::Backup;
pub use body::Body;
pub use certifications::DirectoryStamp;
pub use check::{Finding, Severity};
pub use community::{COMMUNITY_NAME, CommunityStore, Erased, HeldCommunity, Holder, Mention};
pub use digest::Digest;
pub use error::StoreError;
pub use jobs::{FILES_NAME, JOBS_NAME, Job, JobState, Jobs, Subject};
pub use open::DATABASE_NAME;
pub use personas::PERSONAS_MAX;
pub use publish::{BODY_BYTES, Edit, NewRevision};
pub use read::{Difference, History, Revision};

use sqlx::SqlitePool;

/// A data directory's revisions. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Store {
    pool: SqlitePool,
    is_frozen: bool,
}
