//! The work behind the workshop's pages: each step of an import, taken from the queue, one after the other.
//! Absent: the pages (see the crate `web`), the command line's own import.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use catalogue::Referential;
use catalogue::duplicates::{Decision, Decisions, Verdict};
use catalogue::french::counted;
use catalogue::{Seen, TrainingId};
use exchange::mapping::{Mapping, Survey};
use exchange::workshop::{Compared, Order, Published, Request, Step};
use store::{Job, Jobs, Store};
use tokio::runtime::Handle;

use crate::clock::now;
use crate::error::ActionError;
use crate::import::{self, Asked, Mode, Plan, Signature};
use crate::node::Node;
use crate::revisions;

/// Name of the file of refused rows, in the directory of an import.
pub const REFUSED_NAME: &str = "refusees.csv";
/// How often the rows read are told.
const TOLD_EVERY: Duration = Duration::from_millis(400);
/// How long to wait before looking at the queue again when nobody says anything.
const IDLE: Duration = Duration::from_secs(30);

/// Does the work of the queue, for ever.
pub async fn follow(node: Arc<Node>, jobs: Jobs) {
    loop {
        match jobs.take().await {
            Ok(Some(job)) => run(&node, &jobs, job).await,
            Ok(None) => {
                let _ = tokio::time::timeout(IDLE, jobs.wait()).await;
            }
            Err(error) => {
                tracing::warn!(%error, "file des travaux");
                tokio::time::sleep(IDLE).await;
            }
        }
    }
}

/// Does one job; what comes of it, good or bad, is left in the queue, once the node shows what was published.
pub async fn run(node: &Node, jobs: &Jobs, job: Job) {
    let rows = Arc::new(AtomicU64::new(0));
    let directory = jobs.directory(&job.subject);
    let (own_store, own_rows) = (node.store().clone(), rows.clone());
    let (own_directory, input) = (directory.clone(), job.input.clone());
    let handle = Handle::current();
    // Reading a file holds its thread.
    let mut work = tokio::task::spawn_blocking(move || {
        handle.block_on(step(&own_store, &own_directory, &input, &|read| {
            own_rows.store(read, Ordering::Relaxed)
        }))
    });
    let outcome = loop {
        tokio::select! {
            outcome = &mut work => break outcome,
            () = tokio::time::sleep(TOLD_EVERY) => {
                let read = rows.load(Ordering::Relaxed);
                let words = if read == 0 { String::new() } else { counted(read, "ligne lue", "lignes lues") };
                let _ = jobs.progress(job.number, &words).await;
            }
        }
    };
    let outcome = outcome.unwrap_or_else(|error| Err(error.into()));
    if let Err(error) = node.catch_up().await {
        tracing::warn!(%error, "suivi des versions");
    }
    let told = match &outcome {
        Ok(output) => Ok(output.as_str()),
        Err(error) => Err(told(error, &directory)),
    };
    let ended =
        jobs.end(job.number, told.as_ref().map(|output| *output).map_err(String::as_str), &now()).await;
    if let Err(error) = ended {
        tracing::warn!(%error, "file des travaux");
    }
}

/// An error and its remedy, for someone who sees pages: no path of the machine, no option of a command.
fn told(error: &ActionError, directory: &Path) -> String {
    let remedy = match error {
        ActionError::Store(store::StoreError::Overtaken { .. }) => {
            "comparez de nouveau le fichier, et relisez ce qui changerait".to_owned()
        }
        ActionError::NoTitle(..) | ActionError::NoProvider(..) => {
            "dites-le dans la lecture des colonnes".to_owned()
        }
        _ => error.remedy(),
    };
    let error = error.to_string().replace(&format!("{}/", directory.display()), "");
    let told = if remedy.is_empty() { format!("{error}.") } else { format!("{error} ; {remedy}.") };
    // The name of a file is written as it is.
    if told.split(' ').next().is_some_and(|first| first.contains('.')) {
        return told;
    }
    let mut letters = told.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Takes a step of an import. Gives what it tells, as JSON.
async fn step(
    store: &Store,
    directory: &Path,
    input: &str,
    progress: &(dyn Fn(u64) + Sync),
) -> Result<String, ActionError> {
    let order: Order = serde_json::from_str(input).map_err(|_| ActionError::Order)?;
    let output = match order.step {
        Step::Compare => serde_json::to_string(&compare(store, directory, &order.request, progress).await?),
        Step::Publish => serde_json::to_string(&publish(store, directory, order, progress).await?),
        Step::Undo => serde_json::to_string(&undo(store, order).await?),
    };
    output.map_err(|_| ActionError::Order)
}

fn asked(directory: &Path, request: &Request) -> Asked {
    let mut decisions = Decisions::default();
    for (new, known) in &request.apart {
        let pair = (TrainingId::parse(new), TrainingId::parse(known), Seen::parse(&now()[..10]));
        if let (Ok(keep), Ok(other), Ok(date)) = pair {
            let reason = "dit dans l’atelier".to_owned();
            // A pair said twice is said.
            let _ = decisions.add(Decision { keep, other, verdict: Verdict::Apart, reason, date });
        }
    }
    Asked {
        path: directory.join(&request.file),
        mode: if request.replace { Mode::Replace } else { Mode::Merge },
        mapping: request.mapping.clone(),
        sheet: None,
        decisions,
        accept_proposals: request.accept_proposals,
    }
}

/// Compares a file with the catalogue.
///
/// # Errors
/// When the store or the file cannot be read; what a person can put right is told in the answer instead.
pub async fn compare(
    store: &Store,
    directory: &Path,
    request: &Request,
    progress: &(dyn Fn(u64) + Sync),
) -> Result<Compared, ActionError> {
    let asked = asked(directory, request);
    let surveys = surveys(&asked)?;
    let base = store.latest_number().await?;
    let plan = match Plan::of_file(store, &asked, &mut |rows| progress(rows)).await {
        Ok(plan) => plan,
        Err(error) if error.is_about_the_file() => {
            return Ok(Compared {
                base,
                surveys,
                trouble: Some(told(&error, directory)),
                ..Compared::default()
            });
        }
        Err(error) => return Err(error),
    };
    let ready = plan.finish(store).await?;
    let (base, report) = (ready.base(), ready.report);
    let refused = directory.join(REFUSED_NAME);
    let is_table = exchange::table::known_name(&request.file);
    let written = match report.refused > 0 && is_table {
        true => import::write_refused(&asked, &report.issues, &refused),
        false => Ok(0),
    };
    let refused_rows = match written {
        Ok(rows) => rows,
        // What cannot be read as a table (a damaged line of our own JSONL) is told all the same.
        Err(error) if error.is_about_the_file() => 0,
        Err(error) => return Err(error),
    };
    if refused_rows == 0 {
        // Those of an earlier comparison are not of this one.
        let _ = std::fs::remove_file(&refused);
    }
    Ok(Compared { base, surveys, report: Some(report), trouble: None, refused_rows })
}

/// What the tables of a file hold; nothing of a file that needs no mapping.
fn surveys(asked: &Asked) -> Result<Vec<Survey>, ActionError> {
    let referential = Referential::builtin();
    let sampled = match import::samples(asked) {
        Ok(sampled) => sampled,
        // The comparison tells it. What a person said of the file may be wrong: they can say otherwise.
        Err(error) if error.is_about_the_file() && asked.mapping.is_some() => {
            return surveys(&Asked { mapping: None, ..asked.clone() });
        }
        Err(error) if error.is_about_the_file() => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let wanted = asked.mapping.as_ref().and_then(|mapping| mapping.table.sheet.as_ref());
    let survey = |(shape, rows): (exchange::table::Shape, Vec<exchange::table::TableRow>)| {
        let given = asked.mapping.clone().filter(|_| wanted.is_none() || wanted == shape.sheet.as_ref());
        let mapping = match given {
            Some(mapping) if !mapping.column.is_empty() => mapping,
            Some(Mapping { table, settings, defaults, .. }) => {
                let draft = Mapping::draft(&shape, &rows, &referential);
                let provider = defaults.provider.or(draft.defaults.provider);
                let defaults = exchange::mapping::Defaults { provider, ..defaults };
                Mapping { table, settings, defaults, ..draft }
            }
            None => Mapping::draft(&shape, &rows, &referential),
        };
        Survey::new(mapping, &shape, &rows, &referential)
    };
    Ok(sampled.into_iter().map(survey).collect())
}

async fn publish(
    store: &Store,
    directory: &Path,
    order: Order,
    progress: &(dyn Fn(u64) + Sync),
) -> Result<Published, ActionError> {
    let asked = asked(directory, &order.request);
    let ready = Plan::of_file(store, &asked, &mut |rows| progress(rows)).await?.finish(store).await?;
    let base = ready.base();
    let message = format!("import de {}", order.request.file);
    // The work may have been cut short once it was published: it is then told, not done again.
    if !ready.report.changes_something()
        && let Some(latest) = own_revision(store, &order, &message).await?
    {
        return Ok(latest);
    }
    expect(base, &order)?;
    let published = ready.publish(store, Signature { author: order.author, message }).await?;
    let revision = published.ok_or(ActionError::NothingToPublish)?;
    Ok(Published { base, revision: revision.id, total: revision.total })
}

/// Publishes again the revision that came before the one which the person saw.
async fn undo(store: &Store, order: Order) -> Result<Published, ActionError> {
    let latest = store.latest_number().await?;
    let message = format!("annulation de l’import de {}", order.request.file);
    if let Some(latest) = own_revision(store, &order, &message).await? {
        return Ok(latest);
    }
    expect(latest, &order)?;
    let signature = Signature { author: order.author, message };
    let restored = revisions::restore(store, latest - 1, signature).await?;
    let revision = restored.ok_or(ActionError::NothingToPublish)?;
    Ok(Published { base: latest, revision: revision.id, total: revision.total })
}

/// The latest revision, when it is what an order published already: it comes right after the one that the
/// person saw, and is signed by them for this file.
async fn own_revision(store: &Store, order: &Order, message: &str) -> Result<Option<Published>, ActionError> {
    let Some(base) = order.base else { return Ok(None) };
    let latest = store.latest().await?.filter(|latest| {
        latest.parent == Some(base) && latest.author == order.author && latest.message == message
    });
    Ok(latest.map(|latest| Published { base, revision: latest.id, total: latest.total }))
}

/// Refuses a step asked over another revision than the latest.
fn expect(found: i64, order: &Order) -> Result<(), ActionError> {
    match order.base {
        Some(expected) if expected != found => Err(store::StoreError::Overtaken { expected, found }.into()),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn taken(store: &Store, directory: &Path, order: &Order) -> Result<Published, ActionError> {
        let input = serde_json::to_string(order).expect("plain data");
        let output = step(store, directory, &input, &|_| {}).await?;
        Ok(serde_json::from_str(&output).expect("what a publication tells"))
    }

    /// A damaged line of our own form is told beside the others; refused rows of an earlier comparison are not
    /// given for those of this one.
    #[tokio::test]
    async fn a_damaged_line_of_ours_does_not_stop_the_comparison() {
        let directory = tempfile::tempdir().expect("a directory");
        std::fs::write(directory.path().join("offre.jsonl"), b"{\"id\":\"a\",\"source\":{}}\n\xff\xfe\n")
            .expect("written");
        std::fs::write(directory.path().join(REFUSED_NAME), "d’avant").expect("written");
        let store = Store::open_memory().await.expect("a store");
        crate::builtin::seed(&store, &Referential::builtin()).await.expect("the built-in catalogue");
        let request = Request { file: "offre.jsonl".to_owned(), ..Request::default() };
        let compared = compare(&store, directory.path(), &request, &|_| {}).await.expect("compared");
        let report = compared.report.expect("a report");
        assert!(report.refused >= 1 && !report.issues.is_empty(), "{report:?}");
        let kept = std::fs::read_to_string(directory.path().join(REFUSED_NAME)).unwrap_or_default();
        assert!(!kept.contains("d’avant") && (compared.refused_rows > 0 || kept.is_empty()), "{kept}");
    }

    /// A step cut short after its publication is taken again at the next start: it is told, not done twice.
    #[tokio::test]
    async fn a_publication_cut_short_is_told_when_it_is_taken_again() {
        let directory = tempfile::tempdir().expect("a directory");
        let table = "Intitulé;Organisme\nLire une carte;Institut d’essai\n";
        std::fs::write(directory.path().join("offre.csv"), table).expect("written");
        let store = Store::open_memory().await.expect("a store");
        crate::builtin::seed(&store, &Referential::builtin()).await.expect("the built-in catalogue");
        let request = Request { file: "offre.csv".to_owned(), ..Request::default() };
        let author = "Direction d’essai".to_owned();
        let publish = Order { step: Step::Publish, request, base: Some(1), author };
        let first = taken(&store, directory.path(), &publish).await.expect("published");
        assert_eq!((first.base, first.revision, first.total), (1, 2, 446));
        assert_eq!(taken(&store, directory.path(), &publish).await.expect("told"), first);
        let other = Order { author: "Quelqu’un d’autre".to_owned(), ..publish.clone() };
        assert!(taken(&store, directory.path(), &other).await.is_err(), "it is not theirs");
        let undo = Order { step: Step::Undo, base: Some(2), ..publish };
        let undone = taken(&store, directory.path(), &undo).await.expect("undone");
        assert_eq!((undone.revision, undone.total), (3, 445));
        assert_eq!(taken(&store, directory.path(), &undo).await.expect("told").revision, 3);
        assert_eq!(store.latest_number().await.expect("a store"), 3);
    }
}
