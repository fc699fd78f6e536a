//! Waiting a little for what is found off the threads that serve pages, and the page that says that it is under way.
//! Absent: who finds it (see `planning`).

use std::time::Duration;

use askama::Template;

use crate::address;
use crate::answer::Answer;
use crate::errors::{Code, Failure};
use crate::layout::{Layout, Section};
use crate::planning::{Answered, Order, Standing};
use crate::visit::Visit;

/// How long a file waits for its answer: what reads it cannot ask again by itself.
const FILE_WAIT: Duration = Duration::from_secs(20);

/// What comes of waiting for an answer.
pub(crate) enum Waited {
    /// It is there.
    Ready(Answered),
    /// It is not there yet: the page that says so.
    Pending(Answer),
}

/// What is said of what one waits for.
pub(crate) struct Awaited {
    /// Entry of the menu.
    pub section: Section,
    /// The page above it in the trail.
    pub above: Option<(&'static str, &'static str)>,
    /// What is said while it is under way.
    pub under_way: &'static str,
    /// What is said where nobody finds it.
    pub nowhere: &'static str,
    /// Where to go when a file does not come: label and address.
    pub otherwise: (&'static str, &'static str),
}

#[derive(Template)]
#[template(path = "pending.html")]
struct PendingPage {
    layout: Layout,
    here: String,
    is_busy: bool,
    under_way: &'static str,
}

/// Waits a little for what is asked; longer for a file.
pub(crate) fn wait(visit: &Visit, order: &Order, what: &Awaited) -> Result<Waited, Failure> {
    let Some(planning) = visit.app.planning() else {
        return Err(Failure::new(Code::PageNotFound, what.nowhere).leading("Accueil", "/".to_owned()));
    };
    let is_file = visit.path.rsplit('/').next().is_some_and(|last| last.contains('.'));
    let standing = match is_file {
        true => planning.ask_within(&visit.snapshot, order, FILE_WAIT),
        false => planning.ask(&visit.snapshot, order),
    };
    let is_busy = match standing {
        Standing::Ready(answered) => return Ok(Waited::Ready(answered)),
        Standing::UnderWay => false,
        Standing::Busy => true,
    };
    if is_file {
        let (label, href) = what.otherwise;
        let told = match is_busy {
            true => "D’autres recherches sont en cours.",
            false => "Ce fichier est en cours de préparation.",
        };
        return Err(Failure::new(Code::TooManySearches, told).leading(label, href.to_owned()));
    }
    let title = if is_busy { "Trop de recherches à la fois" } else { "Recherche en cours" };
    let mut layout = Layout::new(visit, what.section, title).not_indexed();
    if let Some((label, href)) = what.above {
        layout = layout.under(label, href);
    }
    let query = address::query(visit.pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    let here = if query.is_empty() { visit.path.clone() } else { format!("{}?{query}", visit.path) };
    let page = PendingPage { layout, here, is_busy, under_way: what.under_way };
    let status =
        if is_busy { axum::http::StatusCode::SERVICE_UNAVAILABLE } else { axum::http::StatusCode::ACCEPTED };
    Ok(Waited::Pending(Answer::html(&page).with_status(status)))
}
