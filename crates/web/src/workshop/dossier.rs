//! What is known of one import: the jobs that were asked about it, read back.
//! Absent: pages.

use std::time::Duration;

use exchange::workshop::{Compared, Order, Published, Request, Step};
use store::{Job, JobState, Subject};

use super::broken;
use super::editor::Editor;
use crate::errors::{Code, Failure};

/// How long a page waits for a job before it says that it is under way.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often it looks.
const GLANCE: Duration = Duration::from_millis(40);

/// One import.
pub(crate) struct Dossier {
    /// Its name in addresses.
    pub subject: Subject,
    /// The latest job.
    pub latest: Job,
    /// The step of the latest job.
    pub step: Step,
    /// How the file is read.
    pub request: Request,
    /// The latest comparison that came to its end.
    pub compared: Option<Compared>,
    /// Number of its job; 0 when there is none.
    pub comparison: i64,
    /// The latest publication.
    pub published: Option<Published>,
    /// The undoing of the latest publication.
    pub undone: Option<Published>,
}

impl Dossier {
    /// Reads an import from the queue.
    pub async fn read(editor: &Editor, subject: &str) -> Result<Self, Failure> {
        let missing = || {
            Failure::new(Code::ImportNotFound, "Aucun import n’a cette adresse.")
                .leading("Tous les imports", "/atelier/import".to_owned())
        };
        let subject = Subject::parse(subject).ok_or_else(missing)?;
        let jobs = editor.workshop.jobs.history(&subject).await.map_err(|error| broken(&error))?;
        Self::of_jobs(subject, jobs).ok_or_else(missing)
    }

    fn of_jobs(subject: Subject, jobs: Vec<Job>) -> Option<Self> {
        let mut orders = Vec::new();
        for job in jobs {
            let order: Order = serde_json::from_str(&job.input).ok()?;
            orders.push((job, order));
        }
        let (mut compared, mut comparison, mut published, mut undone) = (None, 0, None, None);
        for (job, order) in orders.iter().filter(|(job, _)| job.state == JobState::Done) {
            match order.step {
                Step::Compare => {
                    compared = serde_json::from_str(&job.output).ok();
                    comparison = job.number;
                    (published, undone) = (None, None);
                }
                Step::Publish => {
                    published = serde_json::from_str(&job.output).ok();
                    undone = None;
                }
                Step::Undo => undone = serde_json::from_str(&job.output).ok(),
            }
        }
        let (latest, order) = orders.pop()?;
        let (step, request) = (order.step, order.request);
        Some(Self { subject, latest, step, request, compared, comparison, published, undone })
    }

    /// Whether what was compared last is published, undone or not.
    pub fn is_published(&self) -> bool {
        self.published.is_some()
    }

    /// Whether a job is waiting or under way.
    pub fn is_busy(&self) -> bool {
        matches!(self.latest.state, JobState::Waiting | JobState::Running)
    }

    /// Address of the import, or of one of its pages.
    pub fn address(&self, page: &str) -> String {
        address(&self.subject, page)
    }

    /// Asks for a step, and waits a little for its end.
    pub async fn ask(&self, editor: &Editor, order: &Order) -> Result<(), Failure> {
        ask(editor, &self.subject, order).await
    }
}

/// Address of an import, or of one of its pages.
pub(crate) fn address(subject: &Subject, page: &str) -> String {
    let slash = if page.is_empty() { "" } else { "/" };
    format!("/atelier/import/{}{slash}{page}", subject.as_str())
}

/// Asks for a step, and waits a little for its end.
pub(crate) async fn ask(editor: &Editor, subject: &Subject, order: &Order) -> Result<(), Failure> {
    let jobs = &editor.workshop.jobs;
    let input = serde_json::to_string(order).expect("an order is plain data");
    jobs.ask(subject, &input, &editor.now()).await.map_err(|error| broken(&error))?;
    let ended = async {
        loop {
            tokio::time::sleep(GLANCE).await;
            match jobs.latest(subject).await {
                Ok(Some(job)) if matches!(job.state, JobState::Waiting | JobState::Running) => {}
                _ => break,
            }
        }
    };
    // Not ended yet is no failure: the page says so.
    let _ = tokio::time::timeout(PATIENCE, ended).await;
    Ok(())
}
