//! A scenario that an address names: one that comes with the program, or one that the address holds whole. Absent: what it
//! gives.

use std::borrow::Cow;

use catalogue::scenarios::{Scenario, ScenarioRequest};
use exchange::scenarios::from_code;

use super::{SCENARIOS, builtin};
use crate::address;
use crate::errors::{Code, Failure};
use crate::visit::Visit;
use crate::wording::typeset;

/// In the place of an identifier: the scenario is in the address.
pub(crate) const FILE: &str = "fichier";
/// The parameter that holds it.
pub(crate) const CONTENT: &str = "contenu";
/// The parameter that names a scenario, where the path does not.
pub(crate) const NAME: &str = "scenario";

/// A scenario, and how an address names it.
pub(crate) struct Own {
    pub scenario: Cow<'static, Scenario>,
    /// The code of one that comes from a file.
    pub code: Option<String>,
}

impl Own {
    /// The scenario of an identifier, or of the address's own content.
    pub(crate) fn read(visit: &Visit, id: &str) -> Result<Self, Failure> {
        if id != FILE {
            let found = builtin().iter().find(|own| own.id == id);
            let scenario = found.ok_or_else(|| {
                Failure::new(Code::PageNotFound, "Aucun scénario n’a cet identifiant.")
                    .leading("Les scénarios", SCENARIOS.to_owned())
            })?;
            return Ok(Self { scenario: Cow::Borrowed(scenario), code: None });
        }
        visit.once(&[CONTENT])?;
        let refused = |told: String| {
            Failure::new(Code::BadValue, typeset(&told))
                .leading("Ouvrir un fichier de scénario", super::opened::PATH.to_owned())
                .leading("Les scénarios", SCENARIOS.to_owned())
        };
        let code = visit.values(CONTENT).next().unwrap_or_default().trim().to_owned();
        if code.is_empty() {
            return Err(refused("L’adresse ne contient pas de scénario.".to_owned()));
        }
        let scenario = from_code(&code).map_err(|issues| {
            let told = issues.first().map(ToString::to_string).unwrap_or_default();
            refused(catalogue::french::capitalised(&told))
        })?;
        Ok(Self { scenario: Cow::Owned(scenario), code: Some(code) })
    }

    /// A scenario read from a file; `None`: it is too long for an address.
    pub(super) fn of_file(scenario: Scenario) -> Option<Self> {
        let code = exchange::scenarios::to_code(&scenario)?;
        Some(Self { scenario: Cow::Owned(scenario), code: Some(code) })
    }

    /// The path of its page.
    pub(super) fn path(&self) -> String {
        let name = if self.code.is_some() { FILE } else { &self.scenario.id };
        format!("{SCENARIOS}/{name}")
    }

    /// Its address with what is asked, at an end of path such as `.json`.
    pub(crate) fn href(&self, request: &ScenarioRequest, end: &str) -> String {
        let pairs = request.pairs();
        let asked = pairs.iter().map(|(name, value)| (*name, value.as_str()));
        let code = self.code.as_deref().map(|code| (CONTENT, code));
        address::with_pairs(&format!("{}{end}", self.path()), code.into_iter().chain(asked))
    }

    /// The address of its plan of meetings, with what is asked.
    pub(crate) fn plan_href(&self, path: &str, request: &ScenarioRequest) -> String {
        let pairs = request.pairs();
        let asked = pairs.iter().map(|(name, value)| (*name, value.as_str()));
        let own = match &self.code {
            Some(code) => (CONTENT, code.as_str()),
            None => (NAME, self.scenario.id.as_str()),
        };
        address::with_pairs(path, std::iter::once(own).chain(asked))
    }

    /// Its address as it was given.
    pub(super) fn original(&self) -> String {
        self.href(&ScenarioRequest::default(), "")
    }

    /// How another page names it as it was given: an identifier, or an address.
    pub(super) fn name(&self) -> String {
        if self.code.is_some() { self.original() } else { self.scenario.id.clone() }
    }

    /// Refuses names of parameters that are not ours.
    pub(super) fn check_names(&self, visit: &Visit) -> Result<(), Failure> {
        let own = self.code.as_ref().map(|_| CONTENT);
        let asked = ScenarioRequest::parameters().into_iter().map(|(name, _)| name);
        let known: Vec<&str> = own.into_iter().chain(asked).collect();
        visit.accept_also(&known, ScenarioRequest::is_parameter)
    }

    /// What an address asks of it.
    pub(crate) fn asked(&self, visit: &Visit) -> Result<ScenarioRequest, String> {
        let pairs = visit.pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        ScenarioRequest::parse(pairs, &self.scenario).map_err(|error| typeset(&format!("{error}.")))
    }
}
