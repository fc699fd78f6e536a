//! The pages of imports: the list, one import from its reading to its publication, and the forms that ask for the
//! next step. Absent: the reading of columns (see `columns`), the words of a report (see `preview`).

use askama::Template;
use axum::body::Body;
use axum::extract::Path;
use axum::http::{Response, StatusCode};
use exchange::workshop::{Order, Step};
use store::{Job, JobState};

use super::dossier::Dossier;
use super::editor::{Editor, Form, field, fields};
use super::preview::{Preview, moment};
use super::upload::{FILE_LIMIT, KEPT_MAX};
use super::{broken, dossier::address as import_address};
use crate::answer::Answer;
use crate::errors::{Code, Failure};
use crate::layout::{Layout, Section};
use crate::wording::typeset;

/// Name of the file of refused rows, in the directory of an import.
pub(crate) const REFUSED: &str = "refusees.csv";
/// Longest name of an author, in characters.
const AUTHOR_CHARS: usize = 120;
/// Author when nobody says.
const NO_AUTHOR: &str = "atelier";

#[derive(Template)]
#[template(path = "workshop_imports.html")]
struct ListPage {
    layout: Layout,
    error: Option<String>,
    limit: &'static str,
    kept_max: usize,
    kept: Vec<Kept>,
}

/// One import in the list.
struct Kept {
    file: String,
    href: String,
    state: &'static str,
    asked_on: String,
}

#[derive(Template)]
#[template(path = "workshop_import.html")]
struct ImportPage {
    layout: Layout,
    import: String,
    file: String,
    /// What is under way, in words; `None` when nothing is.
    progress: Option<String>,
    failure: Option<String>,
    trouble: Option<String>,
    has_columns: bool,
    preview: Option<Preview>,
    /// Number of the comparison shown.
    comparison: i64,
    published: Option<PublishedView>,
    undone: Option<String>,
}

struct PublishedView {
    revision: String,
    total: String,
    can_undo: bool,
}

/// All imports that are kept, and the form that sends a file.
pub(crate) async fn list(editor: Editor) -> Response<Body> {
    let page = list_page(&editor, None, StatusCode::OK).await;
    editor.respond(page)
}

/// The same page, with what is wrong with the file just sent.
pub(crate) async fn list_again(editor: Editor, error: &str, status: StatusCode) -> Response<Body> {
    let page = list_page(&editor, Some(typeset(error)), status).await;
    editor.respond(page)
}

async fn list_page(editor: &Editor, error: Option<String>, status: StatusCode) -> Result<Answer, Failure> {
    let jobs = editor.workshop.jobs.subjects().await.map_err(|error| broken(&error))?;
    let kept = jobs.iter().filter_map(|job| {
        let order: Order = serde_json::from_str(&job.input).ok()?;
        Some(Kept {
            file: order.request.file,
            href: import_address(&job.subject, ""),
            state: state(job, order.step),
            asked_on: moment(&job.asked_at),
        })
    });
    let title = if error.is_some() { "Erreur : importer un catalogue" } else { "Importer un catalogue" };
    let layout = Layout::new(&editor.visit, Section::Other, typeset(title)).labelled("Imports").not_indexed();
    let page = ListPage { layout, error, limit: FILE_LIMIT, kept_max: KEPT_MAX, kept: kept.collect() };
    Ok(Answer::html(&page).with_status(status))
}

/// How far an import is, in a few words.
fn state(job: &Job, step: Step) -> &'static str {
    match (job.state, step) {
        (JobState::Waiting | JobState::Running, _) => "en cours",
        (JobState::Failed, _) => "interrompu",
        (JobState::Done, Step::Compare) => "à relire",
        (JobState::Done, Step::Publish) => "publié",
        (JobState::Done, Step::Undo) => "annulé",
    }
}

/// One import.
pub(crate) async fn show(editor: Editor, Path(subject): Path<String>) -> Response<Body> {
    let page = match Dossier::read(&editor, &subject).await {
        Ok(dossier) => Ok(Answer::html(&import_page(&editor, dossier))),
        Err(failure) => Err(failure),
    };
    editor.respond(page)
}

fn import_page(editor: &Editor, dossier: Dossier) -> ImportPage {
    let layout = Layout::new(&editor.visit, Section::Other, dossier.request.file.clone())
        .under("Imports", "/atelier/import")
        .not_indexed();
    let doing = match dossier.step {
        Step::Compare => "Le fichier est lu et comparé au catalogue",
        Step::Publish => "La publication est en cours",
        Step::Undo => "L’annulation est en cours",
    };
    let progress = dossier.is_busy().then(|| match dossier.latest.progress.as_str() {
        "" => format!("{doing}."),
        read => typeset(&format!("{doing} : {read}.")),
    });
    let failure = (dossier.latest.state == JobState::Failed).then(|| typeset(&dossier.latest.output));
    let compared = dossier.compared.as_ref();
    let latest = editor.visit.snapshot.stamp().revision;
    let is_published = dossier.is_published();
    let preview = compared.and_then(|compared| {
        Preview::new(compared, &dossier.request, is_published || dossier.is_busy(), &editor.visit)
    });
    let published = dossier.published.as_ref().map(|published| PublishedView {
        revision: catalogue::french::integer(u64::try_from(published.revision).unwrap_or(0)),
        total: counted(published.total),
        can_undo: dossier.undone.is_none()
            && !dossier.is_busy()
            && i64::try_from(latest).is_ok_and(|latest| latest <= published.revision),
    });
    let undone = dossier.undone.as_ref().map(|undone| {
        let number = catalogue::french::integer(u64::try_from(undone.revision).unwrap_or(0));
        format!(
            "Publication annulée : la version {number} reprend l’état d’avant, {}.",
            counted(undone.total)
        )
    });
    ImportPage {
        layout,
        import: dossier.address(""),
        file: dossier.request.file.clone(),
        progress,
        failure,
        trouble: compared.and_then(|compared| compared.trouble.as_deref()).map(typeset),
        has_columns: compared.is_some_and(|compared| !compared.surveys.is_empty()),
        preview,
        comparison: dossier.comparison,
        published,
        undone,
    }
}

fn counted(total: i64) -> String {
    catalogue::french::counted(u64::try_from(total).unwrap_or(0), "formation", "formations")
}

/// Takes the options of a comparison, and compares again.
pub(crate) async fn set_options(editor: Editor, Path(subject): Path<String>, body: Form) -> Response<Body> {
    let work = async {
        let dossier = Dossier::read(&editor, &subject).await?;
        let fields = fields(body)?;
        let mut request = dossier.request.clone();
        request.replace = field(&fields, "mode") == "replace";
        request.accept_proposals = !field(&fields, "accepter").is_empty();
        let pairs = fields.iter().filter(|(name, _)| name == "deux").filter_map(|(_, pair)| {
            pair.split_once(' ').map(|(new, known)| (new.to_owned(), known.to_owned()))
        });
        for pair in pairs {
            if !request.apart.contains(&pair) {
                request.apart.push(pair);
            }
        }
        let order = Order { step: Step::Compare, request, base: None, author: String::new() };
        dossier.ask(&editor, &order).await?;
        Ok(Answer::see_other(dossier.address("")))
    };
    let result = work.await;
    editor.respond(result)
}

/// Publishes what was shown.
pub(crate) async fn publish(editor: Editor, Path(subject): Path<String>, body: Form) -> Response<Body> {
    let result = next_step(&editor, &subject, body, Step::Publish).await;
    editor.respond(result)
}

/// Undoes the publication.
pub(crate) async fn undo(editor: Editor, Path(subject): Path<String>, body: Form) -> Response<Body> {
    let result = next_step(&editor, &subject, body, Step::Undo).await;
    editor.respond(result)
}

async fn next_step(editor: &Editor, subject: &str, body: Form, step: Step) -> Result<Answer, Failure> {
    let dossier = Dossier::read(editor, subject).await?;
    let fields = fields(body)?;
    // A button pressed twice asks once.
    let is_done = match step {
        Step::Undo => dossier.undone.is_some(),
        _ => dossier.is_published(),
    };
    if dossier.is_busy() || is_done {
        return Ok(Answer::see_other(dossier.address("")));
    }
    let shown = field(&fields, "comparaison");
    if step == Step::Publish && !shown.is_empty() && shown != dossier.comparison.to_string() {
        let message = "Une autre page a comparé ce fichier autrement depuis que celle-ci est affichée.";
        let failure = Failure::new(Code::Overtaken, message);
        return Err(failure.leading("Relire ce qui changerait", dossier.address("")));
    }
    let base = match step {
        Step::Undo => dossier.published.as_ref().map(|published| published.revision),
        _ => dossier
            .compared
            .as_ref()
            .filter(|compared| compared.report.is_some())
            .map(|compared| compared.base),
    };
    let Some(base) = base else {
        let failure = Failure::new(Code::BadForm, "Cette étape demande d’abord la précédente.");
        return Err(failure.leading("Revenir à l’import", dossier.address("")));
    };
    let author: String =
        field(&fields, "auteur").chars().filter(|c| !c.is_control()).take(AUTHOR_CHARS).collect();
    let author = if author.is_empty() { NO_AUTHOR.to_owned() } else { author };
    let order = Order { step, request: dossier.request.clone(), base: Some(base), author };
    dossier.ask(editor, &order).await?;
    Ok(Answer::see_other(dossier.address("")))
}

/// Erases an import, with its file; what it published stays.
pub(crate) async fn erase(editor: Editor, Path(subject): Path<String>) -> Response<Body> {
    let work = async {
        let dossier = Dossier::read(&editor, &subject).await?;
        if dossier.is_busy() {
            let failure = Failure::new(Code::Overtaken, "Un travail est en cours sur cet import.");
            return Err(failure.leading("Revenir à l’import", dossier.address("")));
        }
        editor.workshop.jobs.remove(&dossier.subject).await.map_err(|error| broken(&error))?;
        Ok(Answer::see_other("/atelier/import".to_owned()))
    };
    let result = work.await;
    editor.respond(result)
}

/// The refused rows, with what is wrong with each.
pub(crate) async fn refused(editor: Editor, Path(subject): Path<String>) -> Response<Body> {
    let work = async {
        let dossier = Dossier::read(&editor, &subject).await?;
        let path = editor.workshop.jobs.directory(&dossier.subject).join(REFUSED);
        let bytes = std::fs::read(path).map_err(|_| {
            Failure::new(Code::ImportNotFound, "Aucune ligne refusée n’est gardée pour cet import.")
                .leading("Revenir à l’import", dossier.address(""))
        })?;
        Ok(Answer::bytes("text/csv; charset=utf-8", bytes).for_file(REFUSED.to_owned()))
    };
    let result = work.await;
    editor.respond(result)
}

/// The whole report, for programs.
pub(crate) async fn report(editor: Editor, Path(subject): Path<String>) -> Response<Body> {
    let work = async {
        let dossier = Dossier::read(&editor, &subject).await?;
        match dossier.compared.as_ref().and_then(|compared| compared.report.as_ref()) {
            Some(report) => Ok(Answer::json(report)),
            None => Err(Failure::new(Code::ImportNotFound, "Cet import n’a pas encore de rapport.")),
        }
    };
    let result = work.await;
    editor.respond(result)
}
