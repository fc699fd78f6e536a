//! Answers requests by the table of routes: off the threads that serve when it takes long, in French when it goes wrong.
//! Absent: the routes (see `routes`), what pages answer (see `pages`).

use std::panic::{AssertUnwindSafe, catch_unwind};

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::header::ALLOW;
use axum::http::request::Parts;
use axum::http::{HeaderValue, Response};
use axum::routing::get;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate};

use crate::address::BadEncoding;
use crate::answer::Answer;
use crate::app::App;
use crate::errors::{Code, Failure};
use crate::routes::{Page, ROUTES};
use crate::visit::Visit;
use crate::{guard, pages, workshop};

/// Ends of the addresses of exports, which take longer than a page.
const SLOW: [&str; 6] = [".csv", ".jsonl", "/formations.jsonld", ".xlsx", ".ods", ".zip"];
/// Beginnings of the addresses of pages that wait for a search.
const AWAITED: [&str; 4] = [
    pages::pathways::PATHWAYS,
    pages::recommendations::RECOMMENDATIONS,
    pages::report::REPORT,
    pages::scenarios::SCENARIOS,
];

/// The router of all pages; tests call it without a socket.
pub fn router(app: App) -> Router {
    let mut router = Router::new();
    for route in ROUTES.iter().filter(|route| route.served_by.is_none()) {
        let page = route.page;
        router = router
            .route(route.path, get(move |State(app): State<App>, parts: Parts| answer(app, parts, page)));
    }
    router
        .merge(workshop::routes())
        .merge(pages::scenarios::opened::routes())
        .fallback(|State(app): State<App>, parts: Parts| answer(app, parts, nowhere))
        .method_not_allowed_fallback(|State(app): State<App>, parts: Parts| answer(app, parts, not_allowed))
        .with_state(app)
        .layer(CompressionLayer::new().compress_when(packable()))
}

/// What is worth packing on its way: not what is packed already.
fn packable() -> impl Predicate {
    DefaultPredicate::new()
        .and(NotForContentType::const_new("application/zip"))
        .and(NotForContentType::const_new("application/vnd."))
}

/// Answers a visit; whatever goes wrong is told in French.
async fn answer(app: App, parts: Parts, page: Page) -> Response<Body> {
    let (visit, encoding) = Visit::read(app.clone(), &parts);
    // What is searched is waited for, off the threads that serve the others; it is no export.
    let is_awaited = AWAITED.iter().any(|start| visit.path.starts_with(start));
    let is_slow = SLOW.iter().any(|end| visit.path.ends_with(end)) || pages::dates::is_asked(&visit);
    let refusal = guard::refusal(&parts);
    let work = move || match (refusal, encoding) {
        (Some(refusal), _) => refusal.into_answer(&visit),
        (None, Err(BadEncoding)) => {
            let message = "Un caractère de l’adresse n’est pas bien codé.";
            let failure = Failure::new(Code::BadEncoding, message);
            failure.leading("Toutes les formations", crate::address::TRAININGS.to_owned()).into_answer(&visit)
        }
        (None, Ok(())) => told(&visit, page),
    };
    let answer = if is_slow || is_awaited {
        let _permit = if is_awaited { None } else { app.export_permit().await };
        let done = tokio::task::spawn_blocking(work).await;
        done.unwrap_or_else(|_| {
            let row = Code::Internal.row();
            Answer::text("text/plain; charset=utf-8", row.remedy.to_owned()).with_status(row.status)
        })
    } else {
        work()
    };
    let is_refused = answer.status == axum::http::StatusCode::METHOD_NOT_ALLOWED;
    let mut response = guard::protect(answer.into_response(&parts.headers));
    if is_refused {
        response.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
    }
    response
}

/// The page's answer, its error, or the error page when the page itself breaks.
fn told(visit: &Visit, page: Page) -> Answer {
    let result =
        catch_unwind(AssertUnwindSafe(|| page(visit).unwrap_or_else(|failure| failure.into_answer(visit))));
    result.unwrap_or_else(|_| {
        tracing::error!(path = visit.path, "la page s’est interrompue");
        Failure::new(Code::Internal, "La page n’a pas pu être composée.").into_answer(visit)
    })
}

fn nowhere(visit: &Visit) -> Result<Answer, Failure> {
    if let Some(path) = without_slash(&visit.path) {
        let pairs = visit.pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        return Ok(Answer::moved(crate::address::with_pairs(path, pairs)));
    }
    let path: String = visit.path.chars().take(120).collect();
    let failure = Failure::new(Code::PageNotFound, format!("Aucune page n’a l’adresse « {path} »."));
    Err(failure
        .leading("Toutes les formations", "/formations".to_owned())
        .leading("Plan du site", "/plan-du-site".to_owned()))
}

/// The path without the slash that ends it; nothing for one that could lead to another site.
fn without_slash(path: &str) -> Option<&str> {
    let bare = path.strip_suffix('/').filter(|bare| bare.len() > 1 && !bare.starts_with("//"))?;
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_./".contains(&byte);
    let is_file = ["/theme", "/static"].iter().any(|start| bare.starts_with(start));
    (!is_file && bare.bytes().all(is_plain)).then_some(bare)
}

fn not_allowed(_: &Visit) -> Result<Answer, Failure> {
    let failure = Failure::new(Code::MethodNotAllowed, "Cette méthode HTTP n’est pas acceptée ici.");
    Err(failure.leading("Accueil", "/".to_owned()))
}
