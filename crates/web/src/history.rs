//! Earlier states of the catalogue, read from the store when two dates are compared: the one place where a page reads the
//! store, off the threads that serve the others. Absent: what is shown of them (see `pages::dates`).

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, mpsc};
use std::time::Duration;

use catalogue::{Offer, RawTraining, Referential, Snapshot, Training};
use store::{Difference, Revision, Store, StoreError};
use tokio::runtime::Handle;

/// Largest revision whose offer is read, in trainings.
pub(crate) const TRAININGS_MAX: i64 = 200_000;
/// Offers of earlier revisions kept in memory.
const KEPT: usize = 3;
/// Most revisions that a form lists.
pub(crate) const LISTED_MAX: i64 = 200;

/// Earlier states of the catalogue.
pub(crate) struct History {
    store: Store,
    runtime: Handle,
    kept: Mutex<Vec<(i64, Arc<Offer>)>>,
    compared: Mutex<Vec<Arc<Differences>>>,
    /// Comparisons being prepared.
    pending: Mutex<Vec<(i64, i64)>>,
}

/// How long a page waits for a comparison; then it says that it is under way.
const WAIT: Duration = Duration::from_millis(150);

/// Trainings listed of each kind of difference; all are counted.
pub(crate) const LISTED: usize = 100;

/// What differs between two revisions: numbers, and the first trainings of each kind.
pub(crate) struct Differences {
    from: i64,
    to: i64,
    pub added: usize,
    pub withdrawn: usize,
    pub changed: usize,
    pub first: Difference,
}

/// Why an earlier state cannot be shown.
#[derive(Debug)]
pub(crate) enum Missing {
    /// No revision has this number.
    NoRevision(i64),
    /// It has more trainings than are compared.
    TooLarge(i64),
    /// The store cannot be read.
    Store(StoreError),
}

impl From<StoreError> for Missing {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NoRevision(number) => Self::NoRevision(number),
            other => Self::Store(other),
        }
    }
}

impl History {
    /// The history of a store; to be made within a runtime.
    pub(crate) fn new(store: Store) -> Self {
        Self {
            store,
            runtime: Handle::current(),
            kept: Mutex::default(),
            compared: Mutex::default(),
            pending: Mutex::default(),
        }
    }

    /// Prepares the comparison of two revisions in the background, and waits a little for it; tells whether it is ready.
    pub(crate) fn prepare(
        self: &Arc<Self>,
        before: &Revision,
        after: &Revision,
        snapshot: &Arc<Snapshot>,
    ) -> bool {
        let key = (before.id, after.id);
        let has_offer = |revision: &Revision| {
            is_current(revision, snapshot)
                || held(&self.kept).iter().any(|(number, _)| *number == revision.id)
        };
        let is_compared = held(&self.compared).iter().any(|known| (known.from, known.to) == key);
        if is_compared && has_offer(before) && has_offer(after) {
            return true;
        }
        {
            let mut pending = held(&self.pending);
            if pending.contains(&key) {
                return false;
            }
            pending.push(key);
        }
        let (sender, receiver) = mpsc::channel();
        let (own, revisions, snapshot) = (self.clone(), [before.clone(), after.clone()], snapshot.clone());
        self.runtime.spawn_blocking(move || {
            // What fails here fails again, and is told, when the page is made.
            let _ = own.differences(key.0, key.1);
            for revision in revisions.iter().filter(|revision| !is_current(revision, &snapshot)) {
                let _ = own.offer(revision, snapshot.referential());
            }
            held(&own.pending).retain(|other| *other != key);
            // Nobody may be waiting any more.
            let _ = sender.send(());
        });
        receiver.recv_timeout(WAIT).is_ok()
    }

    /// The latest revisions, latest first.
    pub(crate) fn revisions(&self) -> Result<Vec<Revision>, Missing> {
        Ok(self.runtime.block_on(self.store.revisions(0, LISTED_MAX))?)
    }

    /// A revision.
    pub(crate) fn revision(&self, number: i64) -> Result<Revision, Missing> {
        Ok(self.runtime.block_on(self.store.revision(number))?)
    }

    /// What differs from a revision to another.
    pub(crate) fn differences(&self, from: i64, to: i64) -> Result<Arc<Differences>, Missing> {
        let compared = || held(&self.compared);
        if let Some(known) = compared().iter().find(|known| (known.from, known.to) == (from, to)) {
            return Ok(known.clone());
        }
        let mut first = self.runtime.block_on(self.store.difference(from, to))?;
        let found = Arc::new(Differences {
            from,
            to,
            added: first.added.len(),
            withdrawn: first.withdrawn.len(),
            changed: first.changed.len(),
            first: {
                first.added.truncate(LISTED);
                first.withdrawn.truncate(LISTED);
                first.changed.truncate(LISTED);
                first
            },
        });
        let mut compared = compared();
        if compared.len() >= KEPT {
            compared.remove(0);
        }
        compared.push(found.clone());
        Ok(found)
    }

    /// The offer of a revision; a row that no longer fits the referential is left out.
    pub(crate) fn offer(
        &self,
        revision: &Revision,
        referential: &Referential,
    ) -> Result<Arc<Offer>, Missing> {
        let kept = || held(&self.kept);
        if let Some((_, offer)) = kept().iter().find(|(number, _)| *number == revision.id) {
            return Ok(offer.clone());
        }
        if revision.total > TRAININGS_MAX {
            return Err(Missing::TooLarge(revision.id));
        }
        let mut trainings: Vec<Training> = Vec::new();
        let mut take = |raw: RawTraining| trainings.extend(Training::parse(&raw, referential));
        self.runtime.block_on(self.store.state(revision.id, &mut take))?;
        let offer = Arc::new(Offer::of(&trainings, referential));
        let mut kept = kept();
        if kept.len() >= KEPT {
            kept.remove(0);
        }
        kept.push((revision.id, offer.clone()));
        Ok(offer)
    }
}

/// Whether a revision is the one that a snapshot shows.
pub(crate) fn is_current(revision: &Revision, snapshot: &Snapshot) -> bool {
    u64::try_from(revision.id) == Ok(snapshot.stamp().revision)
}

/// What a lock holds, even if a page broke while it held it.
fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}
