//! The editors' workshop: a file is sent, its columns are read, what it would change is shown, and only then
//! published. Whoever edits holds the token that `serve` prints.
//!
//! Inside: rights (`editor`), the file sent (`upload`), the reading of columns (`columns`), the pages of an import
//! (`imports`, `preview`). Absent: the work itself, which is done behind a queue (see the crates `store` and `actions`).

mod columns;
mod dossier;
mod editor;
mod imports;
mod preview;
mod upload;

use axum::Router;
use axum::body::Body;
use axum::extract::DefaultBodyLimit;
use axum::http::header::CACHE_CONTROL;
use axum::http::{HeaderMap, HeaderValue, Response};
use axum::routing::{get, post};
use store::{Jobs, StoreError};

use crate::answer::Answer;
use crate::app::App;
use crate::errors::{Code, Failure};
use crate::guard;
use crate::visit::Visit;

/// Longest form, in bytes.
const FORM_BYTES: usize = 1 << 20;
/// What surrounds a file that is sent, in bytes.
const AROUND_BYTES: usize = 64 << 10;

/// What the workshop works with.
pub struct Workshop {
    jobs: Jobs,
    token: String,
    now: fn() -> String,
}

impl Workshop {
    /// A workshop over a queue, open to those who hold the token; `now` gives the date and time, RFC 3339.
    pub fn new(jobs: Jobs, token: String, now: fn() -> String) -> Self {
        Self { jobs, token, now }
    }
}

/// The routes of the workshop.
pub(crate) fn routes() -> Router<App> {
    let forms = Router::new()
        .route("/atelier", get(editor::enter).post(editor::sign_in))
        .route("/atelier/import/{subject}", get(imports::show))
        .route("/atelier/import/{subject}/colonnes", get(columns::show).post(columns::save))
        .route("/atelier/import/{subject}/correspondance.toml", get(columns::download))
        .route("/atelier/import/{subject}/options", post(imports::set_options))
        .route("/atelier/import/{subject}/publier", post(imports::publish))
        .route("/atelier/import/{subject}/annuler", post(imports::undo))
        .route("/atelier/import/{subject}/effacer", post(imports::erase))
        .route("/atelier/import/{subject}/refusees.csv", get(imports::refused))
        .route("/atelier/import/{subject}/rapport.json", get(imports::report))
        .layer(DefaultBodyLimit::max(FORM_BYTES));
    let files = Router::new()
        .route("/atelier/import", get(imports::list).post(upload::receive))
        .layer(DefaultBodyLimit::max(upload::FILE_BYTES + AROUND_BYTES));
    forms.merge(files)
}

/// The response of a page of the workshop: nobody keeps a copy of it.
fn respond(visit: &Visit, headers: &HeaderMap, result: Result<Answer, Failure>) -> Response<Body> {
    let answer = result.unwrap_or_else(|failure| failure.into_answer(visit));
    let mut response = guard::protect(answer.into_response(headers));
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// A failure of the queue.
fn broken(error: &StoreError) -> Failure {
    tracing::error!(%error, "file des travaux");
    Failure::new(Code::Internal, format!("Le dossier de données ne répond pas : {error}."))
}
