//! A node: the current snapshot of a data directory, and the loop that follows what others publish.
//! Absent: pages, publishing.

#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::mpsc::sync_channel;
use std::time::Duration;

use catalogue::certification::Certifications;
use catalogue::persona::Persona;
use catalogue::{RawTraining, Referential, Snapshot, Stamp, Training, TrainingId};
use store::{Revision, Store, StoreError};
use tokio::runtime::Handle;
use tokio::sync::watch;
use tokio::task::spawn_blocking;

use crate::cache::{CACHED_MIN, Cache};
use crate::error::ActionError;
use crate::threads::threads;

/// How often the store is asked whether somebody published.
const POLL: Duration = Duration::from_millis(200);
/// Largest catalogue whose offer is read ahead, in trainings: about two seconds of one processor.
const WARMED_MAX: usize = 200_000;
/// Rows that go together from the database to the index.
const BATCH: usize = 256;
/// Batches waiting between the two.
const WAITING_BATCHES: usize = 4;
/// Revisions that change more trainings than this are indexed anew rather than applied.
const APPLIED_MAX: i64 = 20_000;

/// What a node tells while it makes its snapshot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// The cached snapshot is being read.
    Reading,
    /// That many trainings out of so many are indexed.
    Indexing {
        /// Trainings done.
        done: u64,
        /// Trainings in all.
        total: u64,
    },
    /// The snapshot is being kept for the next start.
    Keeping,
}

/// Told of each [`Progress`]; called from several threads.
pub type Watcher = Arc<dyn Fn(Progress) + Send + Sync>;

/// A data directory opened, its store and its current snapshot.
pub struct Node {
    store: Store,
    cache: Cache,
    referential: Arc<Referential>,
    snapshots: watch::Sender<Arc<Snapshot>>,
    certifications: watch::Sender<Option<Arc<Certifications>>>,
    /// Number of the loading of the directory of certifications; 0 before any.
    loading: AtomicI64,
    personas: watch::Sender<Arc<Vec<Persona>>>,
    /// Number of the last state written of a persona; 0 before any.
    personas_written: AtomicI64,
}

/// Opens a data directory that may be new: a new one receives the built-in catalogue, and one that
/// nobody has edited receives the built-in catalogue of a newer program.
///
/// # Errors
/// When the directory is not ours, damaged, or cannot be written.
pub async fn open_store(data_dir: &Path) -> Result<Store, ActionError> {
    let store = Store::open(data_dir).await?;
    crate::builtin::seed(&store, &Referential::builtin()).await?;
    Ok(store)
}

/// Opens what a command that only reads is to read; nothing is made nor changed. Where nothing is published
/// yet, it is the built-in catalogue, in memory, and the second answer is true.
///
/// # Errors
/// When the directory is not ours, damaged, or cannot be read.
pub async fn open_to_read(data_dir: &Path) -> Result<(Store, bool), ActionError> {
    match Store::open_to_read(data_dir).await {
        Ok(store) if store.latest_number().await? > 0 => return Ok((store, false)),
        Ok(_) | Err(StoreError::Missing(_)) => {}
        Err(error) => return Err(error.into()),
    }
    let store = Store::open_memory().await?;
    crate::builtin::seed(&store, &Referential::builtin()).await?;
    Ok((store, true))
}

impl Node {
    /// Opens a data directory and makes its snapshot, from the cache if it can. A directory that cannot
    /// be written is served as it is.
    ///
    /// # Errors
    /// Those of [`open_store`], and when the catalogue cannot be indexed.
    pub async fn open(data_dir: &Path, watcher: Watcher) -> Result<Self, ActionError> {
        let store = match open_store(data_dir).await {
            Err(ActionError::Store(StoreError::ReadOnly)) => match Store::open_read_only(data_dir).await {
                Err(StoreError::Missing(_)) => return Err(StoreError::ReadOnly.into()),
                other => other?,
            },
            other => other?,
        };
        Self::over(store, data_dir, watcher).await
    }

    /// The node of a store already open; its cache is that of the data directory.
    ///
    /// # Errors
    /// When the store cannot be read or indexed.
    pub async fn over(store: Store, data_dir: &Path, watcher: Watcher) -> Result<Self, ActionError> {
        let referential = Referential::builtin();
        let cache = Cache::new(data_dir, &referential);
        let maker =
            Maker { store: store.clone(), cache: cache.clone(), referential: referential.clone(), watcher };
        let snapshot = maker.current().await?;
        let (snapshots, _) = watch::channel(Arc::new(snapshot));
        let (certifications, _) = watch::channel(None);
        let (loading, personas_written) = (AtomicI64::new(0), AtomicI64::new(0));
        let (personas, _) = watch::channel(Arc::new(exchange::personas::builtin(&referential)));
        let node = Self {
            store,
            cache,
            referential,
            snapshots,
            certifications,
            loading,
            personas,
            personas_written,
        };
        if let Err(error) = node.catch_up_personas().await {
            tracing::error!(%error, "les personas importés ne peuvent pas être lus ; ceux du programme les remplacent");
        }
        if let Err(error) = node.catch_up_certifications().await {
            tracing::error!(%error, "le répertoire des certifications ne peut pas être lu ; les pages s’en passent");
        }
        Ok(node)
    }

    /// The current snapshot.
    pub fn snapshot(&self) -> Arc<Snapshot> {
        self.snapshots.borrow().clone()
    }

    /// A view of the current snapshot, now and later.
    pub fn snapshots(&self) -> watch::Receiver<Arc<Snapshot>> {
        self.snapshots.subscribe()
    }

    /// The directory of certifications, now and later; `None` while there is none.
    pub fn certifications(&self) -> watch::Receiver<Option<Arc<Certifications>>> {
        self.certifications.subscribe()
    }

    /// Brings the directory of certifications to the one that the store holds.
    ///
    /// # Errors
    /// When the store cannot be read; the directory stays as it is.
    pub async fn catch_up_certifications(&self) -> Result<(), ActionError> {
        let stamp = self.store.certifications_stamp().await?;
        let number = stamp.map_or(0, |stamp| stamp.number);
        if self.loading.swap(number, Ordering::Relaxed) == number {
            return Ok(());
        }
        let held = self.store.certifications().await?.map(|(_, held)| Arc::new(held));
        self.certifications.send_replace(held);
        Ok(())
    }

    /// The personas in place, now and later.
    pub fn personas(&self) -> watch::Receiver<Arc<Vec<Persona>>> {
        self.personas.subscribe()
    }

    /// Brings the personas to those that the store holds.
    ///
    /// # Errors
    /// When the store cannot be read; the personas stay as they are.
    pub async fn catch_up_personas(&self) -> Result<(), ActionError> {
        let number = self.store.personas_number().await?;
        if self.personas_written.swap(number, Ordering::Relaxed) == number {
            return Ok(());
        }
        let held = crate::personas::in_place(&self.store, &self.referential).await?;
        self.personas.send_replace(Arc::new(held.into_iter().map(|(persona, _)| persona).collect()));
        Ok(())
    }

    /// The store of the data directory.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Reads the offer of a snapshot ahead of the first view that needs it, in the background.
    fn warm(snapshot: &Arc<Snapshot>) {
        if snapshot.len() <= WARMED_MAX {
            let snapshot = snapshot.clone();
            tokio::task::spawn_blocking(move || snapshot.offer().len());
        }
    }

    /// Follows the store for ever: what is published is in the snapshot soon after. An error is
    /// logged and the snapshot stays as it is until a later attempt succeeds.
    pub async fn follow(&self) {
        Self::warm(&self.snapshot());
        if self.store.is_frozen() {
            tracing::warn!(
                "le dossier de données ne peut pas être écrit : ce qui sera publié ailleurs ne sera montré \
                 qu’au prochain démarrage"
            );
            return std::future::pending().await;
        }
        let mut failing = false;
        loop {
            tokio::time::sleep(POLL).await;
            let caught_up = match self.catch_up().await {
                Ok(()) => self.catch_up_beside().await,
                failed => failed,
            };
            match caught_up {
                Ok(()) => failing = false,
                Err(error) if failing => tracing::debug!(%error, "le catalogue n’est toujours pas à jour"),
                Err(error) => {
                    failing = true;
                    tracing::error!(%error, "le catalogue ne peut pas être mis à jour ; l’ancien reste affiché");
                }
            }
        }
    }

    /// Brings up what is kept beside the revisions.
    async fn catch_up_beside(&self) -> Result<(), ActionError> {
        self.catch_up_certifications().await?;
        self.catch_up_personas().await
    }

    /// Brings the snapshot to the store's latest revision.
    ///
    /// # Errors
    /// When the store cannot be read; the snapshot stays as it is.
    pub async fn catch_up(&self) -> Result<(), ActionError> {
        let before = self.snapshot();
        let latest = self.store.latest_number().await?;
        if latest == number(before.stamp()) && !before.should_rebuild() {
            return Ok(());
        }
        let Some(latest) = self.store.latest().await? else { return Ok(()) };
        let maker = self.maker();
        let after = match maker.apply(before, &latest).await? {
            Some(applied) => {
                // What was published is shown at once; indexing anew comes after.
                let applied = Arc::new(applied);
                self.snapshots.send_replace(applied.clone());
                Self::warm(&applied);
                if !applied.should_rebuild() {
                    return Ok(());
                }
                maker.build(&latest).await?
            }
            None => maker.build(&latest).await?,
        };
        let after = Arc::new(after);
        self.snapshots.send_replace(after.clone());
        Self::warm(&after);
        Ok(())
    }

    fn maker(&self) -> Maker {
        Maker {
            store: self.store.clone(),
            cache: self.cache.clone(),
            referential: self.referential.clone(),
            watcher: Arc::new(|_| {}),
        }
    }
}

/// Makes snapshots of a store.
#[derive(Clone)]
struct Maker {
    store: Store,
    cache: Cache,
    referential: Arc<Referential>,
    watcher: Watcher,
}

impl Maker {
    /// The snapshot of the latest revision: a cached one brought up to date, or made anew.
    async fn current(&self) -> Result<Snapshot, ActionError> {
        let Some(latest) = self.store.latest().await? else {
            let stamp = Stamp { revision: 0, published_at: String::new() };
            return Ok(Snapshot::build(stamp, std::iter::empty(), self.referential.clone(), 1)?);
        };
        if latest.total >= CACHED_MIN
            && let Some(cached) = self.cached(&latest).await?
            && let Some(snapshot) = self.apply(Arc::new(cached), &latest).await?
        {
            return Ok(snapshot);
        }
        self.build(&latest).await
    }

    /// The latest cached snapshot that can be read.
    async fn cached(&self, latest: &Revision) -> Result<Option<Snapshot>, ActionError> {
        for entry in self.cache.entries().into_iter().filter(|entry| entry.revision <= latest.id) {
            let Ok(revision) = self.store.revision(entry.revision).await else { continue };
            (self.watcher)(Progress::Reading);
            let (cache, referential, path) =
                (self.cache.clone(), self.referential.clone(), entry.path.clone());
            match spawn_blocking(move || cache.read(&entry, &revision, referential)).await? {
                Ok(snapshot) => return Ok(Some(snapshot)),
                Err(reason) => tracing::warn!(reason, path = %path.display(), "instantané ignoré"),
            }
        }
        Ok(None)
    }

    /// A snapshot brought to a later revision; `None` when so much changed that it is better made anew.
    async fn apply(&self, before: Arc<Snapshot>, latest: &Revision) -> Result<Option<Snapshot>, ActionError> {
        let from = number(before.stamp());
        if from == latest.id {
            return Ok(Some(Snapshot::clone(&before)));
        }
        let since = self.store.revisions(from + 1, APPLIED_MAX).await?;
        let touched: i64 =
            since.iter().map(|revision| revision.added + revision.changed + revision.withdrawn).sum();
        if from == 0 || from > latest.id || touched > APPLIED_MAX {
            return Ok(None);
        }
        let (mut upserts, mut withdrawn) = (Vec::new(), Vec::new());
        for (id, raw) in self.store.changes(from, latest.id).await? {
            match raw.map(|raw| parsed(&raw, &self.referential)) {
                Some(Some(training)) => upserts.push(training),
                // A row that no longer parses is not shown; `check` tells it.
                Some(None) | None => withdrawn.extend(TrainingId::parse(&id)),
            }
        }
        let stamp = stamp(latest);
        let snapshot = spawn_blocking(move || before.apply(stamp, &upserts, &withdrawn)).await??;
        Ok(Some(snapshot))
    }

    /// Indexes a whole revision, as a stream; a large one is then kept in the cache.
    async fn build(&self, latest: &Revision) -> Result<Snapshot, ActionError> {
        let (sender, receiver) = sync_channel::<Vec<RawTraining>>(WAITING_BATCHES);
        let (store, id) = (self.store.clone(), latest.id);
        let handle = Handle::current();
        // The sink waits for the index; it must not hold a thread that answers requests.
        let reading = spawn_blocking(move || {
            let mut batch = Vec::with_capacity(BATCH);
            let mut sink = |raw| {
                batch.push(raw);
                if batch.len() == BATCH {
                    let full = std::mem::replace(&mut batch, Vec::with_capacity(BATCH));
                    // The receiver is gone only when indexing failed, which is told below.
                    let _ = sender.send(full);
                }
            };
            let read = handle.block_on(store.state(id, &mut sink));
            let _ = sender.send(batch);
            read
        });
        let (maker, revision) = (self.clone(), latest.clone());
        let indexing = spawn_blocking(move || maker.index(&revision, receiver.into_iter().flatten()));
        let built = indexing.await?;
        reading.await??;
        built
    }

    fn index(
        &self,
        revision: &Revision,
        rows: impl Iterator<Item = RawTraining> + Send,
    ) -> Result<Snapshot, ActionError> {
        let total = u64::try_from(revision.total).unwrap_or(0);
        let mut done = 0;
        let trainings = rows.filter_map(|raw| {
            done += 1;
            if done % 1_000 == 0 {
                (self.watcher)(Progress::Indexing { done, total });
            }
            parsed(&raw, &self.referential)
        });
        let threads = threads(usize::MAX);
        let threads = if total < 2_000 { 1 } else { threads };
        let snapshot = Snapshot::build(stamp(revision), trainings, self.referential.clone(), threads)?;
        if revision.total >= CACHED_MIN {
            (self.watcher)(Progress::Keeping);
            if let Err(error) = self.cache.keep(&snapshot, revision) {
                tracing::warn!(%error, "l’instantané ne peut pas être conservé ; le prochain démarrage sera plus long");
            }
        }
        Ok(snapshot)
    }
}

fn parsed(raw: &RawTraining, referential: &Referential) -> Option<Training> {
    match Training::parse(raw, referential) {
        Ok(training) => Some(training),
        Err(problems) => {
            let first = problems.first().map(ToString::to_string);
            tracing::warn!(id = raw.id, problem = first, "fiche illisible, non affichée");
            None
        }
    }
}

fn number(stamp: &Stamp) -> i64 {
    i64::try_from(stamp.revision).unwrap_or(0)
}

fn stamp(revision: &Revision) -> Stamp {
    let number = u64::try_from(revision.id).unwrap_or(0);
    Stamp { revision: number, published_at: revision.published_at.clone() }
}

/// The directory where a platform keeps the data of a program's user.
pub fn default_data_dir(data_home: Option<PathBuf>, home: Option<PathBuf>) -> Option<PathBuf> {
    let data_home = data_home.filter(|path| path.is_absolute());
    data_home.or_else(|| home.map(|home| home.join(".local/share"))).map(|base| base.join("parcours"))
}
