//! The catalogue built into the program: a fresh data directory opens on it, and a newer program
//! brings its own as long as nobody has edited the catalogue. Absent: the rows themselves, which
//! are in `data/trainings`.

use std::sync::Arc;

use catalogue::{RawTraining, Referential};
use store::{Revision, Store, StoreError};

use crate::error::ActionError;
use crate::import::{Mode, Plan, Signature};

include!(concat!(env!("OUT_DIR"), "/builtin.rs"));

const AUTHOR: &str = "Parcours";
const MESSAGE: &str = "catalogue livré avec le programme";

/// How the catalogue of a data directory stands to the one built into the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Nothing is published.
    Empty,
    /// It is the program's own.
    Same,
    /// It is the one of another version of the program, and nobody has edited it since.
    Other,
    /// Somebody has published since.
    Edited,
}

/// Rows of the built-in catalogue.
///
/// # Panics
/// When a file of `data/trainings` is not readable, which a test excludes.
pub fn rows() -> Vec<RawTraining> {
    let mut rows = Vec::new();
    for (name, text) in &FILES {
        let read = exchange::read(name, text.as_bytes(), exchange::Format::Toml);
        assert!(read.issues.is_empty(), "{name}: {:?}", read.issues);
        rows.extend(read.rows.into_iter().map(|row| row.raw));
    }
    rows
}

/// How a latest revision stands to the built-in catalogue.
pub fn standing(latest: Option<&Revision>) -> Standing {
    match latest {
        None => Standing::Empty,
        Some(revision) if revision.author != AUTHOR || !revision.message.starts_with(MESSAGE) => {
            Standing::Edited
        }
        Some(revision) if revision.message == message() => Standing::Same,
        Some(_) => Standing::Other,
    }
}

/// Publishes the built-in catalogue where nothing else was.
pub(crate) async fn seed(store: &Store, referential: &Arc<Referential>) -> Result<(), ActionError> {
    let latest = store.latest().await?;
    if matches!(standing(latest.as_ref()), Standing::Same | Standing::Edited) {
        return Ok(());
    }
    let mut plan = Plan::begin(store, referential.clone(), Mode::Replace).await?;
    for raw in rows() {
        plan.offer("catalogue livré", None, &raw);
    }
    let signature = Signature { author: AUTHOR.to_owned(), message: message() };
    match plan.finish(store).await?.publish(store, signature).await {
        // Another process has just done it.
        Err(ActionError::Store(StoreError::Overtaken { .. })) => Ok(()),
        other => other.map(drop),
    }
}

fn message() -> String {
    format!("{MESSAGE} (empreinte {FINGERPRINT:016x})")
}
