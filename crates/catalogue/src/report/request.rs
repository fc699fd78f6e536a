//! What is asked of a report: read from the pairs of an address and written back to them. Absent: whether the persona
//! exists.

use std::collections::BTreeSet;
use std::fmt;

use crate::french::{list, quoted};
use crate::nearest::nearest;
use crate::values::Seen;

/// A section of the report, in its order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SectionKind {
    /// What to keep in mind.
    Summary,
    /// How it was made.
    Method,
    /// The offer, crossed.
    Map,
    /// Who gives it.
    Actors,
    /// Who needs what.
    Personas,
    /// What the offer leaves.
    Gaps,
    /// What to follow, in which order.
    Pathways,
    /// What to build.
    Recommendations,
    /// How to distribute it.
    Scenarios,
    /// What the data do not say.
    Limits,
    /// Where the facts were read.
    Sources,
}

const KINDS: [(SectionKind, &str, &str); 11] = [
    (SectionKind::Summary, "synthese", "Synthèse"),
    (SectionKind::Method, "methode", "Méthode"),
    (SectionKind::Map, "carte", "Carte de l’offre"),
    (SectionKind::Actors, "acteurs", "Acteurs"),
    (SectionKind::Personas, "personas", "Personas"),
    (SectionKind::Gaps, "ecarts", "Écarts"),
    (SectionKind::Pathways, "parcours", "Parcours types"),
    (SectionKind::Recommendations, "recommandations", "Recommandations"),
    (SectionKind::Scenarios, "scenarios", "Scénarios"),
    (SectionKind::Limits, "limites", "Limites des données"),
    (SectionKind::Sources, "sources", "Sources"),
];

impl SectionKind {
    /// All sections, in their order.
    pub fn all() -> impl Iterator<Item = SectionKind> {
        KINDS.iter().map(|(kind, ..)| *kind)
    }

    /// Name in addresses and options.
    pub fn name(self) -> &'static str {
        KINDS[self as usize].1
    }

    /// Title on screens.
    pub fn title(self) -> &'static str {
        KINDS[self as usize].2
    }

    /// The section of a name.
    pub fn named(name: &str) -> Option<SectionKind> {
        KINDS.iter().find(|(_, known, _)| *known == name).map(|(kind, ..)| *kind)
    }
}

/// What is asked of a report.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct ReportRequest {
    /// Sections wanted; empty: all.
    pub sections: BTreeSet<SectionKind>,
    /// Identifier of the only persona that it bears on; `None`: all.
    pub persona: Option<String>,
    /// Whether one page is wanted, whatever the sections.
    pub is_one_page: bool,
    /// Day that the report bears; `None`: that of the version.
    pub date: Option<Seen>,
}

/// Why an address or a command does not say a report; messages are in French.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportError {
    /// The parameter.
    pub name: String,
    /// What it was given.
    pub value: String,
    /// What it accepts.
    pub expected: String,
}

impl ReportError {
    /// The same error, the parameter called otherwise: as the option of a command.
    pub fn renamed(mut self, rename: impl FnOnce(&str) -> String) -> Self {
        self.name = rename(&self.name);
        self
    }
}

impl fmt::Display for ReportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} attend {} ; {} a été reçu", quoted(&self.name), self.expected, quoted(&self.value))
    }
}

const SECTION: &str = "section";
const PERSONA: &str = "persona";
const FORMAT: &str = "format";
const DATE: &str = "date";
const ONE_PAGE: &str = "une-page";
const WHOLE: &str = "complet";
/// Longest identifier that is looked at, in characters.
const ID_CHARS: usize = 100;

impl ReportRequest {
    /// Parameters of an address, each with what it says.
    pub fn parameters() -> [(&'static str, &'static str); 4] {
        [
            (SECTION, "une section du rapport ; peut être répété ; toutes sinon"),
            (PERSONA, "le seul persona du rapport"),
            (FORMAT, "complet, ou une-page"),
            (DATE, "le jour que porte le rapport, comme 2026-11-30 ; celui de la version sinon"),
        ]
    }

    /// Reads pairs; those of other names are left alone, empty values too.
    ///
    /// # Errors
    /// On the first pair of ours that says nothing sensible.
    pub fn parse<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, ReportError> {
        let mut request = Self::default();
        let mut once = BTreeSet::new();
        for (name, value) in pairs {
            let value = value.trim();
            let is_ours = Self::parameters().iter().any(|(known, _)| *known == name);
            if !is_ours || value.is_empty() {
                continue;
            }
            if name != SECTION && !once.insert(name) {
                return Err(wrong(name, value, "une seule valeur".to_owned()));
            }
            request.read(name, value)?;
        }
        if request.is_one_page || SectionKind::all().all(|kind| request.sections.contains(&kind)) {
            request.sections.clear();
        }
        Ok(request)
    }

    fn read(&mut self, name: &str, value: &str) -> Result<(), ReportError> {
        match name {
            SECTION => {
                let known: Vec<String> = SectionKind::all().map(|kind| kind.name().to_owned()).collect();
                let near = nearest(value, SectionKind::all().map(SectionKind::name));
                let hint = near.map(|near| format!(" (peut-être {})", quoted(near))).unwrap_or_default();
                let kind = SectionKind::named(value)
                    .ok_or_else(|| wrong(name, value, format!("{}{hint}", list(&known, "ou"))))?;
                self.sections.insert(kind);
            }
            PERSONA => self.persona = Some(value.chars().take(ID_CHARS).collect()),
            FORMAT => {
                self.is_one_page = match value {
                    ONE_PAGE => true,
                    WHOLE => false,
                    _ => return Err(wrong(name, value, format!("{WHOLE} ou {ONE_PAGE}"))),
                }
            }
            _ => {
                let date = Seen::parse(value).ok().filter(|date| date.to_string().len() == 10);
                let expected = || "un jour comme 2026-11-30".to_owned();
                self.date = Some(date.ok_or_else(|| wrong(name, value, expected()))?);
            }
        }
        Ok(())
    }

    /// The pairs that parse back to this request, in one canonical order; defaults are left out.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs: Vec<(&'static str, String)> =
            self.sections.iter().map(|kind| (SECTION, kind.name().to_owned())).collect();
        pairs.extend(self.persona.clone().map(|id| (PERSONA, id)));
        pairs.extend(self.is_one_page.then(|| (FORMAT, ONE_PAGE.to_owned())));
        pairs.extend(self.date.map(|date| (DATE, date.to_string())));
        pairs
    }

    /// Whether a section is wanted.
    pub fn wants(&self, kind: SectionKind) -> bool {
        self.sections.is_empty() || self.sections.contains(&kind)
    }
}

fn wrong(name: &str, value: &str, expected: String) -> ReportError {
    let value = value.chars().filter(|c| !c.is_control()).take(60).collect();
    ReportError { name: name.to_owned(), value, expected }
}
