//! A visit: what a page may know of a request. Absent: sockets, bodies (no page reads one).

use std::sync::Arc;

use axum::http::header::ACCEPT;
use axum::http::request::Parts;
use catalogue::{Selection, SelectionError, Snapshot, french};

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
    pub(crate) fn accept(&self, known: &[&str]) -> Result<(), Failure> {
        self.accept_also(known, |_| false)
    }

    /// The same, where names beyond the list may be told by their form.
    pub(crate) fn accept_also(&self, known: &[&str], fits: impl Fn(&str) -> bool) -> Result<(), Failure> {
        let foreign = self.pairs.iter().find(|(name, _)| !known.contains(&name.as_str()) && !fits(name));
        let Some((name, _)) = foreign else { return Ok(()) };
        let shown = shortened(name);
        let message = format!("Le paramètre {} n’existe pas ici.", french::quoted(&shown));
        let mut failure = Failure::new(Code::UnknownParameter, message)
            .knowing(known.iter().map(|name| (*name).to_owned()).collect())
            .leading("La même page sans paramètre", self.path.clone());
        failure.parameters = vec![shown];
        Err(failure)
    }

    /// Refuses an address that gives one of these parameters several times.
    pub(crate) fn once(&self, names: &[&str]) -> Result<(), Failure> {
        let Some(name) = names.iter().find(|name| self.values(name).nth(1).is_some()) else { return Ok(()) };
        let message = format!("{} est donné plusieurs fois\u{202f}: gardez-en un.", french::quoted(name));
        let mut failure =
            Failure::new(Code::BadValue, message).leading("La même page sans paramètre", self.path.clone());
        failure.parameters = vec![(*name).to_owned()];
        Err(failure)
    }

    /// The refusal of a value that a parameter does not have, with those that it has.
    pub(crate) fn no_such_value(&self, name: &str, value: &str, known: &[&str]) -> Failure {
        let message = format!(
            "{} n’est pas une valeur de {}.",
            french::quoted(&shortened(value)),
            french::quoted(name)
        );
        let mut failure = Failure::new(Code::UnknownValue, message)
            .knowing(known.iter().map(|id| (*id).to_owned()).collect())
            .leading("La même page sans paramètre", self.path.clone());
        failure.parameters = vec![name.to_owned()];
        failure
    }

    /// Values of a parameter, in order, without the empty ones.
    pub(crate) fn values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let wanted = self.pairs.iter().filter(move |(known, value)| known == name && !value.is_empty());
        wanted.map(|(_, value)| value.as_str())
    }
}

/// What of a text a message shows.
pub(crate) fn shortened(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_control()).take(60).collect()
}
