//! Who may edit: the holder of the token, which a cookie carries from page to page. A handler that changes
//! something must receive an [`Editor`], and there is no other way to make one.
//! Absent: accounts.

use std::sync::Arc;

use askama::Template;
use axum::body::{Body, Bytes};
use axum::extract::rejection::BytesRejection;
use axum::extract::{FromRequestParts, State};
use axum::http::header::{COOKIE, HOST, ORIGIN, SET_COOKIE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, Response, StatusCode};

use super::{Workshop, respond};
use crate::address;
use crate::answer::Answer;
use crate::app::App;
use crate::errors::{Code, Failure};
use crate::guard;
use crate::layout::{Layout, Section};
use crate::visit::Visit;

/// Name of the cookie.
const COOKIE_NAME: &str = "parcours_atelier";
/// How long the cookie lasts, in seconds: a working day.
const COOKIE_SECONDS: u32 = 12 * 3_600;
/// Where the workshop begins.
const ENTRANCE: &str = "/atelier/import";

/// A request of someone who may edit.
pub(crate) struct Editor {
    /// What pages may know of the request.
    pub visit: Visit,
    /// Its headers.
    pub headers: HeaderMap,
    /// What the workshop works with.
    pub workshop: Arc<Workshop>,
}

#[derive(Template)]
#[template(path = "workshop_signin.html")]
struct SignInPage {
    layout: Layout,
    is_wrong: bool,
}

impl FromRequestParts<App> for Editor {
    type Rejection = Response<Body>;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Self::Rejection> {
        let (visit, _) = Visit::read(app.clone(), parts);
        let headers = parts.headers.clone();
        if let Some(failure) = guard::refusal(parts) {
            return Err(respond(&visit, &headers, Err(failure)));
        }
        let Some(workshop) = app.workshop() else {
            return Err(respond(&visit, &headers, Err(closed())));
        };
        if !cookie(&headers).is_some_and(|token| same(token, &workshop.token)) {
            let page = SignInPage { layout: layout(&visit), is_wrong: false };
            let answer = Answer::html(&page).with_status(StatusCode::FORBIDDEN);
            return Err(respond(&visit, &headers, Ok(answer)));
        }
        if parts.method != Method::GET && parts.method != Method::HEAD && !is_from_here(&headers) {
            let message = "Ce formulaire vient d’un autre site.";
            return Err(respond(&visit, &headers, Err(Failure::new(Code::ForeignForm, message))));
        }
        Ok(Self { visit, headers, workshop })
    }
}

impl Editor {
    /// The response of a page.
    pub fn respond(&self, result: Result<Answer, Failure>) -> Response<Body> {
        respond(&self.visit, &self.headers, result)
    }

    /// The date and time.
    pub fn now(&self) -> String {
        (self.workshop.now)()
    }
}

/// The body of a form, or why it is not read.
pub(crate) type Form = Result<Bytes, BytesRejection>;

/// The fields of a form.
pub(crate) fn fields(body: Form) -> Result<Vec<(String, String)>, Failure> {
    let body = body.map_err(|_| Failure::new(Code::FormTooLong, "Le formulaire dépasse un mégaoctet."))?;
    let broken = || Failure::new(Code::BadForm, "Ce qui est envoyé n’est pas un formulaire.");
    let text = std::str::from_utf8(&body).map_err(|_| broken())?;
    address::pairs(text).map_err(|_| broken())
}

/// A field of a form, without spaces around; empty when it is absent.
pub(crate) fn field<'a>(fields: &'a [(String, String)], name: &str) -> &'a str {
    fields.iter().find(|(own, _)| own == name).map_or("", |(_, value)| value.trim())
}

/// Enters by the address that `serve` prints, or asks for the token.
pub(crate) async fn enter(State(app): State<App>, parts: Parts) -> Response<Body> {
    let (visit, encoding) = Visit::read(app, &parts);
    let given = visit.values("jeton").next().filter(|_| encoding.is_ok()).map(str::to_owned);
    let known = cookie(&parts.headers).map(str::to_owned);
    let Some(workshop) = visit.app.workshop() else {
        return respond(&visit, &parts.headers, Err(closed()));
    };
    match given.or(known) {
        Some(token) => admit(&visit, &parts.headers, &workshop, &token),
        None => ask(&visit, &parts.headers, false),
    }
}

/// Takes the token that a form gives.
pub(crate) async fn sign_in(State(app): State<App>, parts: Parts, body: Form) -> Response<Body> {
    let (visit, _) = Visit::read(app, &parts);
    let Some(workshop) = visit.app.workshop() else {
        return respond(&visit, &parts.headers, Err(closed()));
    };
    match fields(body) {
        Ok(fields) => admit(&visit, &parts.headers, &workshop, field(&fields, "jeton")),
        Err(failure) => respond(&visit, &parts.headers, Err(failure)),
    }
}

fn admit(visit: &Visit, headers: &HeaderMap, workshop: &Workshop, token: &str) -> Response<Body> {
    if !same(token, &workshop.token) {
        return ask(visit, headers, true);
    }
    let mut response = respond(visit, headers, Ok(Answer::see_other(ENTRANCE.to_owned())));
    let cookie =
        format!("{COOKIE_NAME}={token}; Path=/atelier; Max-Age={COOKIE_SECONDS}; HttpOnly; SameSite=Strict");
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().insert(SET_COOKIE, cookie);
    }
    response
}

fn ask(visit: &Visit, headers: &HeaderMap, is_wrong: bool) -> Response<Body> {
    let page = SignInPage { layout: layout(visit), is_wrong };
    let status = if is_wrong { StatusCode::FORBIDDEN } else { StatusCode::OK };
    respond(visit, headers, Ok(Answer::html(&page).with_status(status)))
}

fn layout(visit: &Visit) -> Layout {
    Layout::new(visit, Section::Other, "Atelier").not_indexed()
}

fn closed() -> Failure {
    Failure::new(Code::WorkshopClosed, "Ce service ne peut pas écrire dans son dossier de données.")
        .leading("Toutes les formations", address::TRAININGS.to_owned())
}

/// The token that the cookie carries.
fn cookie(headers: &HeaderMap) -> Option<&str> {
    let lists = headers.get_all(COOKIE).iter().filter_map(|list| list.to_str().ok());
    lists
        .flat_map(|list| list.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, _)| *name == COOKIE_NAME)
        .map(|(_, token)| token)
}

/// Whether two tokens are the same, in a time that does not say where they differ.
fn same(given: &str, token: &str) -> bool {
    let differs = given.bytes().zip(token.bytes()).fold(0, |sum, (a, b)| sum | (a ^ b));
    given.len() == token.len() && !token.is_empty() && differs == 0
}

/// Whether a form was sent by a page of this site, when the browser says where it comes from.
fn is_from_here(headers: &HeaderMap) -> bool {
    let text = |value: &HeaderValue| value.to_str().map(str::to_owned).ok();
    let host = headers.get(HOST).and_then(text);
    match headers.get(ORIGIN).map(text) {
        Some(origin) => {
            let origin = origin.unwrap_or_default();
            let name = origin.split_once("://").map(|(_, name)| name.to_owned());
            name.is_some() && name == host
        }
        None => headers
            .get("sec-fetch-site")
            .and_then(text)
            .is_none_or(|site| site == "same-origin" || site == "none"),
    }
}
