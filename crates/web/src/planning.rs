//! Pathways and reports found off the threads that serve pages: a few workers, a bounded queue, the latest answers kept in
//! memory. A page waits a little for its answer; what asks again later finds it ready. Absent: the search (see
//! `catalogue::pathways::Planner`), how reports are made (see `catalogue::report::Reporter`), pages.

use std::sync::mpsc::{self, Receiver, Sender, SyncSender};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, Weak};
use std::thread;
use std::time::Duration;

use catalogue::Snapshot;
use catalogue::pathways::{Outcome, PathwayError, PathwayRequest, Planner, TeamOutcome, TeamRequest};
use catalogue::persona::Persona;
use catalogue::recommendations::{RecommendationOutcome, RecommendationRequest};
use catalogue::report::{Form, Paper, PaperForm, PrintError, Report, ReportRequest, Reporter};
use catalogue::scenarios::{Scenario, ScenarioRequest, Simulation, SimulationError, Simulator};

/// Searches made at once.
const WORKERS: usize = 2;
/// Searches that wait for a worker; one more is refused.
const WAITING_MAX: usize = 64;
/// Pages that wait at once; one more is told to come back, so that threads are left for the others.
const PAGES_MAX: usize = 128;
/// Answers kept.
const KEPT: usize = 200;
/// Reports and their files kept, which weigh more.
const REPORTS_KEPT: usize = 12;
/// How long a page waits for its answer; then it says that it is under way.
const WAIT: Duration = Duration::from_secs(1);

/// What is asked.
#[derive(Clone, PartialEq)]
pub(crate) enum Order {
    /// A pathway.
    Pathway(Persona, PathwayRequest),
    /// A programme for a team.
    Programme(Vec<Persona>, TeamRequest),
    /// Trainings to build.
    Recommendations(Arc<Vec<Persona>>, RecommendationRequest),
    /// A report on some personas, as a value or printed in a form.
    Report(Arc<Vec<Persona>>, ReportRequest, Option<Form>),
    /// What a scenario would give.
    Simulation(Arc<Vec<Persona>>, Arc<Scenario>, ScenarioRequest),
    /// A paper to be printed in a form.
    Paper(Arc<Paper>, PaperForm),
}

/// What a planner found.
pub(crate) enum Finding {
    /// A pathway, or why there is none.
    Pathway(Outcome),
    /// A programme.
    Programme(TeamOutcome),
    /// Trainings to build.
    Recommendations(RecommendationOutcome),
    /// A report.
    Report(Box<Report>),
    /// A report or a paper as a file.
    File(Result<Vec<u8>, PrintError>),
    /// Nobody makes reports here.
    NoReport,
    /// What a scenario would give, or why nothing is simulated.
    Simulation(Result<Box<Simulation>, SimulationError>),
    /// Nobody simulates here.
    NoSimulation,
}

/// What a planner answered.
pub(crate) type Answered = Arc<Result<Finding, PathwayError>>;

/// How a question stands.
pub(crate) enum Standing {
    /// It is answered.
    Ready(Answered),
    /// It is being answered.
    UnderWay,
    /// Too many questions wait.
    Busy,
}

/// Finds pathways for pages.
pub(crate) struct Planning {
    shared: Arc<Shared>,
    orders: SyncSender<Arc<Question>>,
    /// Typical pathways of the revision before, by persona.
    before: Mutex<Vec<Typical>>,
}

struct Shared {
    planner: Arc<dyn Planner>,
    reporter: OnceLock<Arc<dyn Reporter>>,
    simulator: OnceLock<Arc<dyn Simulator>>,
    kept: Mutex<Vec<(Arc<Question>, Answered)>>,
    /// Questions under way.
    pending: Mutex<Vec<Pending>>,
}

/// A question under way, and who waits for it.
type Pending = (Arc<Question>, Vec<Sender<()>>);

/// What is asked, of which offer.
struct Question {
    snapshot: Weak<Snapshot>,
    order: Order,
}

/// The typical pathway of a persona at a revision.
#[derive(Clone)]
pub(crate) struct Typical {
    /// Identifier of the persona.
    pub persona: String,
    /// The revision.
    pub revision: u64,
    /// Identifiers and titles of its trainings.
    pub trainings: Vec<(String, String)>,
    /// Levels gained.
    pub levels: usize,
}

impl Question {
    fn is(&self, snapshot: &Arc<Snapshot>, order: &Order) -> bool {
        self.snapshot.as_ptr() == Arc::as_ptr(snapshot) && self.order == *order
    }
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Planning {
    /// Starts the workers, which end with this value.
    pub(crate) fn new(planner: Arc<dyn Planner>) -> Self {
        let shared = Arc::new(Shared {
            planner,
            reporter: OnceLock::new(),
            simulator: OnceLock::new(),
            kept: Mutex::default(),
            pending: Mutex::default(),
        });
        let (orders, queue) = mpsc::sync_channel(WAITING_MAX);
        let queue = Arc::new(Mutex::new(queue));
        for _ in 0..WORKERS {
            let (shared, queue) = (shared.clone(), queue.clone());
            thread::spawn(move || work(&shared, &queue));
        }
        Self { shared, orders, before: Mutex::default() }
    }

    /// Who makes reports, from now on.
    pub(crate) fn set_reporter(&self, reporter: Arc<dyn Reporter>) {
        // The first one stays.
        let _ = self.shared.reporter.set(reporter);
    }

    /// Who simulates scenarios, from now on.
    pub(crate) fn set_simulator(&self, simulator: Arc<dyn Simulator>) {
        // The first one stays.
        let _ = self.shared.simulator.set(simulator);
    }

    /// Who makes reports, when somebody does.
    pub(crate) fn reporter(&self) -> Option<&dyn Reporter> {
        self.shared.reporter.get().map(Arc::as_ref)
    }

    /// The answer to a question, if it comes within a second.
    pub(crate) fn ask(&self, snapshot: &Arc<Snapshot>, order: &Order) -> Standing {
        self.ask_within(snapshot, order, WAIT)
    }

    /// The answer to a question, if it comes in time.
    pub(crate) fn ask_within(&self, snapshot: &Arc<Snapshot>, order: &Order, wait: Duration) -> Standing {
        let (sender, receiver) = mpsc::channel();
        {
            let mut pending = held(&self.shared.pending);
            // Looked for while nothing can end: an answer is kept before its question leaves the list.
            if let Some(ready) = self.kept(snapshot, order) {
                return Standing::Ready(ready);
            }
            if pending.iter().map(|(_, waiting)| waiting.len()).sum::<usize>() >= PAGES_MAX {
                return Standing::Busy;
            }
            match pending.iter_mut().find(|(own, _)| own.is(snapshot, order)) {
                Some((_, waiting)) => waiting.push(sender),
                None => {
                    let question =
                        Arc::new(Question { snapshot: Arc::downgrade(snapshot), order: order.clone() });
                    if self.orders.try_send(question.clone()).is_err() {
                        return Standing::Busy;
                    }
                    pending.push((question, vec![sender]));
                }
            }
        }
        let _ = receiver.recv_timeout(wait);
        self.kept(snapshot, order).map_or(Standing::UnderWay, Standing::Ready)
    }

    fn kept(&self, snapshot: &Arc<Snapshot>, order: &Order) -> Option<Answered> {
        self.shared.kept(snapshot, order)
    }

    /// What the typical pathway of a persona was before the revision, when it was seen since the start.
    pub(crate) fn before(&self, typical: Typical) -> Option<Typical> {
        let mut before = held(&self.before);
        let mut own: Vec<&mut Typical> =
            before.iter_mut().filter(|other| other.persona == typical.persona).collect();
        own.sort_by_key(|other| other.revision);
        let earlier =
            own.iter().rev().find(|other| other.revision < typical.revision).map(|own| (**own).clone());
        if own.iter().all(|other| other.revision != typical.revision) {
            before.push(typical.clone());
            // Two revisions of each persona are enough.
            let oldest = before.iter().filter(|other| other.persona == typical.persona).count() > 2;
            if let Some(place) =
                before.iter().position(|other| other.persona == typical.persona).filter(|_| oldest)
            {
                before.remove(place);
            }
        }
        earlier
    }
}

impl Shared {
    fn kept(&self, snapshot: &Arc<Snapshot>, order: &Order) -> Option<Answered> {
        let kept = held(&self.kept);
        kept.iter().find(|(own, _)| own.is(snapshot, order)).map(|(_, answer)| answer.clone())
    }

    /// What a scenario would give.
    fn simulation(
        &self,
        snapshot: &Arc<Snapshot>,
        personas: &[Persona],
        scenario: &Scenario,
        request: &ScenarioRequest,
    ) -> Finding {
        match self.simulator.get() {
            Some(simulator) => {
                let known = Known { shared: self, snapshot };
                let found = simulator.simulate(snapshot, personas, scenario, request, &known);
                Finding::Simulation(found.map(Box::new))
            }
            None => Finding::NoSimulation,
        }
    }

    /// The file of a paper.
    fn paper(&self, paper: &Paper, form: PaperForm) -> Finding {
        match self.reporter.get() {
            Some(reporter) => Finding::File(reporter.print_paper(paper, form)),
            None => Finding::NoReport,
        }
    }

    /// A report, or its file.
    fn report(
        &self,
        snapshot: &Arc<Snapshot>,
        personas: &Arc<Vec<Persona>>,
        request: &ReportRequest,
        form: Option<Form>,
    ) -> Finding {
        let Some(reporter) = self.reporter.get() else { return Finding::NoReport };
        let value = Order::Report(personas.clone(), request.clone(), None);
        let known = form.and_then(|_| self.kept(snapshot, &value));
        let made = || reporter.report(snapshot, personas, request, &Known { shared: self, snapshot });
        match (form, known.as_deref()) {
            (Some(form), Some(Ok(Finding::Report(report)))) => Finding::File(reporter.print(report, form)),
            (Some(form), _) => Finding::File(reporter.print(&made(), form)),
            (None, _) => Finding::Report(Box::new(made())),
        }
    }
}

/// A planner that gives the answers already kept, and searches the others.
struct Known<'a> {
    shared: &'a Shared,
    snapshot: &'a Arc<Snapshot>,
}

impl Planner for Known<'_> {
    fn plan(
        &self,
        snapshot: &Snapshot,
        persona: &Persona,
        request: &PathwayRequest,
    ) -> Result<Outcome, PathwayError> {
        let order = Order::Pathway(persona.clone(), request.clone());
        match self.shared.kept(self.snapshot, &order).as_deref() {
            Some(Ok(Finding::Pathway(outcome))) => Ok(outcome.clone()),
            _ => self.shared.planner.plan(snapshot, persona, request),
        }
    }

    fn programme(
        &self,
        snapshot: &Snapshot,
        personas: &[Persona],
        request: &TeamRequest,
    ) -> Result<TeamOutcome, PathwayError> {
        self.shared.planner.programme(snapshot, personas, request)
    }

    fn recommend(
        &self,
        snapshot: &Snapshot,
        personas: &[Persona],
        request: &RecommendationRequest,
    ) -> Result<RecommendationOutcome, PathwayError> {
        let order = Order::Recommendations(Arc::new(personas.to_vec()), request.clone());
        match self.shared.kept(self.snapshot, &order).as_deref() {
            Some(Ok(Finding::Recommendations(outcome))) => Ok(outcome.clone()),
            _ => self.shared.planner.recommend(snapshot, personas, request),
        }
    }
}

fn work(shared: &Shared, queue: &Mutex<Receiver<Arc<Question>>>) {
    loop {
        let next = held(queue).recv();
        let Ok(question) = next else { return };
        // Nobody can ask about an offer that is gone.
        if let Some(snapshot) = question.snapshot.upgrade() {
            let find = || match &question.order {
                Order::Pathway(persona, request) => {
                    shared.planner.plan(&snapshot, persona, request).map(Finding::Pathway)
                }
                Order::Programme(personas, request) => {
                    shared.planner.programme(&snapshot, personas, request).map(Finding::Programme)
                }
                Order::Recommendations(personas, request) => {
                    shared.planner.recommend(&snapshot, personas, request).map(Finding::Recommendations)
                }
                Order::Report(personas, request, form) => {
                    Ok(shared.report(&snapshot, personas, request, *form))
                }
                Order::Simulation(personas, scenario, request) => {
                    Ok(shared.simulation(&snapshot, personas, scenario, request))
                }
                Order::Paper(paper, form) => Ok(shared.paper(paper, *form)),
            };
            let answer = std::panic::catch_unwind(std::panic::AssertUnwindSafe(find))
                .unwrap_or_else(|_| Err(PathwayError::Unsound("la recherche s’est interrompue".to_owned())));
            let mut kept = held(&shared.kept);
            kept.retain(|(own, _)| own.snapshot.strong_count() > 0);
            let is_report = |own: &Question| matches!(own.order, Order::Report(..) | Order::Paper(..));
            let reports = kept.iter().filter(|(own, _)| is_report(own)).count();
            let oldest = kept.iter().position(|(own, _)| is_report(own));
            if let Some(place) = oldest.filter(|_| is_report(&question) && reports >= REPORTS_KEPT) {
                kept.remove(place);
            }
            if kept.len() >= KEPT {
                kept.remove(0);
            }
            kept.push((question.clone(), Arc::new(answer)));
        }
        let mut pending = held(&shared.pending);
        if let Some(place) = pending.iter().position(|(own, _)| Arc::ptr_eq(own, &question)) {
            let (_, waiting) = pending.remove(place);
            // Who waited too long has left.
            for sender in waiting {
                let _ = sender.send(());
            }
        }
    }
}
