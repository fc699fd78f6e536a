//! A visit: what a page may know of a request. Absent: sockets, bodies (no page reads one).

use std::sync::Arc;

use axum::http::header::ACCEPT;
use axum::http::request::Parts;
use catalogue::{Selection, SelectionError, Snapshot};

use crate::address::{self, BadEncoding};
use crate::app::App;
use crate::errors::{Code, Failure};
use crate::pages::chosen::{Chosen, PARAMETER};

/// What a page may know of a request.
pub(crate) struct Visit {
    /// What all pages share.
    pub app: App,
    /// The catalogue, the same during the whole visit.
    pub snapshot: Arc<Snapshot>,
    /// Path of the address, as sent.
    pub path: String,
    /// Decoded parameters; empty when `encoding` is broken.
    pub pairs: Vec<(String, String)>,
    /// Whether only the fragment that the script swaps is wanted.
    pub fragment: bool,
    /// Whether an error is to be told in JSON.
    pub wants_json: bool,
}

impl Visit {
    /// Reads a request; a broken query string leaves a visit that can tell the error.
    pub(crate) fn read(app: App, parts: &Parts) -> (Self, Result<(), BadEncoding>) {
        let path = parts.uri.path().to_owned();
        let pairs = address::pairs(parts.uri.query().unwrap_or_default());
        let encoding = pairs.as_ref().map(|_| ()).map_err(|_| BadEncoding);
        let accept = parts.headers.get(ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let last = path.rsplit('/').next().unwrap_or_default();
        let data = [".json", ".jsonld", ".csv", ".jsonl"].iter().any(|end| last.ends_with(end));
        let visit = Self {
            snapshot: app.snapshot(),
            fragment: parts.headers.get("x-fragment").is_some_and(|value| value == "results"),
            wants_json: data || (accept.contains("application/json") && !accept.contains("text/html")),
            pairs: pairs.unwrap_or_default(),
            path,
            app,
        };
        (visit, encoding)
    }

    /// The selection that the address says.
    pub(crate) fn selection(&self) -> Result<Selection, Failure> {
        let pairs = self.pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        Selection::parse(pairs, self.snapshot.referential())
            .map_err(|error| Failure::of_selection(self, &error))
    }

    /// The selection that the address says, beside a page's own parameters.
    pub(crate) fn selection_beside(&self, own: &[&str]) -> Result<Selection, Failure> {
        let pairs = self.pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let others = pairs.filter(|(name, _)| !own.contains(name));
        Selection::parse(others, self.snapshot.referential()).map_err(|error| {
            let mut failure = Failure::of_selection(self, &error);
            if matches!(error, SelectionError::UnknownParameter { .. }) {
                failure.known.extend(own.iter().map(|name| (*name).to_owned()));
            }
            failure
        })
    }

    /// The selection of a list, and the trainings chosen in it to be compared.
    pub(crate) fn list(&self) -> Result<(Selection, Chosen), Failure> {
        let chosen = Chosen::new(self.values(PARAMETER), &self.snapshot);
        let pairs = self.pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let selection =
            Selection::parse(pairs.filter(|(name, _)| *name != PARAMETER), self.snapshot.referential());
        Ok((selection.map_err(|error| Failure::of_selection(self, &error))?, chosen))
    }

    /// Refuses an address that has a parameter of another name.
    pub(crate) fn only(&self, known: &[&str]) -> Result<(), Failure> {
        let Some((name, _)) = self.pairs.iter().find(|(name, _)| !known.contains(&name.as_str())) else {
            return Ok(());
        };
        let shown: String = name.chars().take(40).collect();
        let mut failure =
            Failure::new(Code::UnknownParameter, format!("Le paramètre « {shown} » n’existe pas ici."))
                .leading("La même page sans paramètre", self.path.clone());
        failure.known = known.iter().map(|name| (*name).to_owned()).collect();
        failure.parameters = vec![shown];
        Err(failure)
    }

    /// Values of a parameter, in order, without the empty ones.
    pub(crate) fn values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let wanted = self.pairs.iter().filter(move |(known, value)| known == name && !value.is_empty());
        wanted.map(|(_, value)| value.as_str())
    }
}
