//! What all pages share, and the loop that serves them. Absent: the routes themselves.

use std::future::Future;
use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use crate::history::History;
use crate::pages;
use crate::planning::Planning;
use crate::workshop::Workshop;
use axum::serve::ListenerExt;
use catalogue::Snapshot;
use catalogue::certification::Certifications;
use catalogue::community::Day;
use catalogue::gaps::Gaps;
use catalogue::pathways::Planner;
use catalogue::persona::{Circumstances, Persona};
use catalogue::report::Reporter;
use catalogue::roadmaps::{ActionAnswer, Roadmaps};
use catalogue::scenarios::Simulator;
use store::HeldCommunity;
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, SemaphorePermit, watch};

/// What all pages share: the current snapshot and the theme. Cheap to clone.
#[derive(Clone)]
pub struct App {
    snapshots: watch::Receiver<Arc<Snapshot>>,
    certifications: Option<watch::Receiver<Option<Arc<Certifications>>>>,
    personas: watch::Receiver<Arc<Vec<Persona>>>,
    history: Option<Arc<History>>,
    usual: Kept<Vec<Gaps>>,
    answers: Kept<Vec<ActionAnswer>>,
    publisher: Option<Arc<str>>,
    community: Option<watch::Receiver<Arc<HeldCommunity>>>,
    /// The clock; none: nothing is said to be past.
    now: Option<fn() -> String>,
    theme_dir: Option<Arc<PathBuf>>,
    exports: Arc<Semaphore>,
    workshop: Option<Arc<Workshop>>,
    planning: Option<Arc<Planning>>,
}

/// What was judged last for a snapshot and the personas in place.
struct Judged<T> {
    snapshot: Weak<Snapshot>,
    personas: Arc<Vec<Persona>>,
    value: Arc<T>,
}

type Kept<T> = Arc<Mutex<Option<Judged<T>>>>;

/// What is kept for a snapshot and personas, made again when either has changed.
fn kept<T>(
    held: &Kept<T>,
    snapshot: &Arc<Snapshot>,
    personas: Arc<Vec<Persona>>,
    judge: impl FnOnce(&[Persona]) -> T,
) -> Arc<T> {
    let mut held = held.lock().unwrap_or_else(PoisonError::into_inner);
    let is_same = |known: &&Judged<T>| {
        known.snapshot.as_ptr() == Arc::as_ptr(snapshot) && Arc::ptr_eq(&known.personas, &personas)
    };
    if let Some(known) = held.as_ref().filter(is_same) {
        return known.value.clone();
    }
    let value = Arc::new(judge(&personas));
    *held = Some(Judged { snapshot: Arc::downgrade(snapshot), personas, value: value.clone() });
    value
}

/// Exports made at once; the next ones wait, so that memory stays bounded.
const EXPORTS_AT_ONCE: usize = 4;

impl App {
    /// Pages of the snapshot that the channel holds at each visit, in the neutral theme.
    pub fn new(snapshots: watch::Receiver<Arc<Snapshot>>) -> Self {
        let exports = Arc::new(Semaphore::new(EXPORTS_AT_ONCE));
        let builtin = exchange::personas::builtin(snapshots.borrow().referential());
        let (_, personas) = watch::channel(Arc::new(builtin));
        Self {
            snapshots,
            certifications: None,
            personas,
            history: None,
            usual: Arc::default(),
            answers: Arc::default(),
            publisher: None,
            community: None,
            now: None,
            theme_dir: None,
            exports,
            workshop: None,
            planning: None,
        }
    }

    /// The same pages, that say of certifications what the directory in the channel says.
    pub fn with_certifications(self, certifications: watch::Receiver<Option<Arc<Certifications>>>) -> Self {
        Self { certifications: Some(certifications), ..self }
    }

    /// The same pages, with the personas in the channel instead of the built-in ones.
    pub fn with_personas(self, personas: watch::Receiver<Arc<Vec<Persona>>>) -> Self {
        Self { personas, ..self }
    }

    /// The same pages, which compare the versions of a store; to be called within a runtime.
    pub fn with_history(self, store: store::Store) -> Self {
        Self { history: Some(Arc::new(History::new(store))), ..self }
    }

    /// The same pages, whose catalogue is published by a body of this name.
    pub fn with_publisher(self, name: &str) -> Self {
        Self { publisher: Some(name.into()), ..self }
    }

    /// The same pages, dressed by the `dsfr.min.css` of a directory, served under `/theme/`.
    pub fn with_theme_dir(self, directory: PathBuf) -> Self {
        Self { theme_dir: Some(Arc::new(directory)), ..self }
    }

    /// The same pages, and the editors' workshop.
    pub fn with_workshop(self, workshop: Workshop) -> Self {
        Self { workshop: Some(Arc::new(workshop)), ..self }
    }

    /// The same pages, and those of pathways, found by a planner; to be called within a runtime, once the personas are set:
    /// typical pathways are looked for as soon as an offer is there.
    pub fn with_planner(mut self, planner: Arc<dyn Planner>) -> Self {
        let planning = Arc::new(Planning::new(planner));
        self.planning = Some(planning);
        let app = self.clone();
        tokio::spawn(async move {
            let (mut snapshots, mut personas) = (app.snapshots.clone(), app.personas.clone());
            loop {
                let own = app.clone();
                let _ = tokio::task::spawn_blocking(move || pages::pathways::typical::prepare(&own)).await;
                tokio::select! {
                    changed = snapshots.changed() => if changed.is_err() { return },
                    changed = personas.changed() => if changed.is_err() { std::future::pending().await },
                }
            }
        });
        self
    }

    /// The same pages, and the report, made by somebody; to be called once a planner is given.
    pub fn with_reporter(self, reporter: Arc<dyn Reporter>) -> Self {
        if let Some(planning) = &self.planning {
            planning.set_reporter(reporter);
        }
        self
    }

    /// The same pages, and scenarios, simulated by somebody; to be called once a planner is given.
    pub fn with_simulator(self, simulator: Arc<dyn Simulator>) -> Self {
        if let Some(planning) = &self.planning {
            planning.set_simulator(simulator);
        }
        self
    }

    /// The same pages, and the community as it is held; `now` gives the moment, RFC 3339.
    pub fn with_community(self, community: watch::Receiver<Arc<HeldCommunity>>, now: fn() -> String) -> Self {
        Self { community: Some(community), now: Some(now), ..self }
    }

    /// The community, when one is held.
    pub(crate) fn community(&self) -> Option<Arc<HeldCommunity>> {
        self.community.as_ref().map(|own| own.borrow().clone())
    }

    /// Today, when a clock was given.
    pub(crate) fn today(&self) -> Option<Day> {
        self.now.and_then(|now| pages::community::day(&now()))
    }

    /// Who finds pathways, when somebody does.
    pub(crate) fn planning(&self) -> Option<&Planning> {
        self.planning.as_deref()
    }

    pub(crate) fn workshop(&self) -> Option<Arc<Workshop>> {
        self.workshop.clone()
    }

    pub(crate) fn snapshot(&self) -> Arc<Snapshot> {
        self.snapshots.borrow().clone()
    }

    /// The directory of certifications, when one is loaded.
    pub(crate) fn certifications(&self) -> Option<Arc<Certifications>> {
        self.certifications.as_ref().and_then(|held| held.borrow().clone())
    }

    /// The gaps of all personas as they are, in their order; judged once for a snapshot.
    pub(crate) fn usual_gaps(&self, snapshot: &Arc<Snapshot>) -> Arc<Vec<Gaps>> {
        let case = Circumstances::default();
        kept(&self.usual, snapshot, self.personas(), |personas| {
            personas.iter().map(|persona| snapshot.gaps(persona, &case)).collect()
        })
    }

    /// What the offer answers to the actions of roadmaps, in their order; judged once for a snapshot.
    pub(crate) fn answers(&self, snapshot: &Arc<Snapshot>) -> Arc<Vec<ActionAnswer>> {
        kept(&self.answers, snapshot, self.personas(), |personas| {
            snapshot.answers(&Roadmaps::builtin(), personas)
        })
    }

    /// Earlier versions, when there is a store to read them in.
    pub(crate) fn history(&self) -> Option<Arc<History>> {
        self.history.clone()
    }

    /// The personas in place.
    pub(crate) fn personas(&self) -> Arc<Vec<Persona>> {
        self.personas.borrow().clone()
    }

    /// Who publishes the catalogue, when a setting says so.
    pub(crate) fn publisher(&self) -> Option<&str> {
        self.publisher.as_deref()
    }

    /// Waits for the right to make an export.
    pub(crate) async fn export_permit(&self) -> Option<SemaphorePermit<'_>> {
        self.exports.acquire().await.ok()
    }

    pub(crate) fn theme_dir(&self) -> Option<&PathBuf> {
        self.theme_dir.as_deref()
    }
}

/// Serves all pages until `shutdown` ends; requests under way are answered first.
pub async fn serve(
    listener: TcpListener,
    app: App,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let listener = listener.tap_io(|connection| {
        if let Err(error) = connection.set_nodelay(true) {
            tracing::debug!(%error, "TCP_NODELAY");
        }
    });
    axum::serve(listener, crate::router(app)).with_graceful_shutdown(shutdown).await
}
