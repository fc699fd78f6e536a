//! Revisions told and restored. Absent: how they are kept (see the crate `store`).

use catalogue::changes;
use store::{NewRevision, Revision, Store};

use crate::clock::now;
use crate::error::ActionError;
use crate::import::{Changed, Named, Signature};

/// What differs between two revisions.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Comparison {
    /// In the second only.
    pub added: Vec<Named>,
    /// In both and different, column by column.
    pub changed: Vec<Changed>,
    /// In the first only.
    pub withdrawn: Vec<Named>,
}

/// What differs from one revision to another; 0 is the empty catalogue before the first.
///
/// # Errors
/// When a revision does not exist or the store cannot be read.
pub async fn compare(store: &Store, from: i64, to: i64) -> Result<Comparison, ActionError> {
    let difference = store.difference(from, to).await?;
    let named = |raws: Vec<catalogue::RawTraining>| -> Vec<Named> {
        raws.into_iter().map(|raw| Named { id: raw.id, title: raw.title }).collect()
    };
    let changed = difference.changed.into_iter().map(|(before, after)| {
        let columns = changes(&before, &after);
        Changed { id: after.id, title: after.title, columns }
    });
    Ok(Comparison {
        changed: changed.collect(),
        added: named(difference.added),
        withdrawn: named(difference.withdrawn),
    })
}

/// Publishes the state of an earlier revision as a new one; `None` when it is the current state.
///
/// # Errors
/// When the revision does not exist, somebody published meanwhile, or the store cannot write.
pub async fn restore(
    store: &Store,
    revision: i64,
    signature: Signature,
) -> Result<Option<Revision>, ActionError> {
    let new = NewRevision {
        published_at: now(),
        author: signature.author,
        message: signature.message,
        expected_parent: None,
    };
    Ok(store.restore(revision, new).await?)
}
