//! A persona as pages show her: situation, constraints, needs, each with its source.

use catalogue::persona::Persona;
use catalogue::{Code, Referential, Set, WebAddress, french};

use crate::pages::needs::PERSONAS;

/// A persona in a list or at the head of a page.
pub(crate) struct PersonView {
    pub id: String,
    pub href: String,
    pub label: String,
    pub situation: String,
    pub status: String,
    pub source: Option<SourceView>,
    /// Constraints: name and value.
    pub constraints: Vec<(&'static str, String)>,
    pub needs: String,
    pub levels: String,
}

/// A page that something rests on.
pub(crate) struct SourceView {
    pub href: String,
    pub site: String,
}

/// A need in a table.
pub(crate) struct NeedView {
    pub competence: String,
    pub href: String,
    pub from: u8,
    pub to: u8,
    pub weight: String,
    pub reason: String,
    pub status: String,
    pub source: Option<SourceView>,
}

pub(crate) fn source(address: Option<&WebAddress>) -> Option<SourceView> {
    address.map(|page| SourceView { href: page.as_str().to_owned(), site: page.host().to_owned() })
}

impl PersonView {
    pub(crate) fn new(persona: &Persona, referential: &Referential) -> Self {
        Self {
            href: format!("{PERSONAS}/{}", persona.id),
            id: persona.id.clone(),
            label: persona.label.clone(),
            situation: persona.situation.clone(),
            status: persona.status.clone(),
            source: source(persona.source.as_ref()),
            constraints: constraints(persona, referential),
            needs: french::counted(persona.needs.len() as u64, "besoin", "besoins"),
            levels: french::counted(persona.levels() as u64, "niveau", "niveaux"),
        }
    }
}

/// The constraints of a persona; what is not known is said so.
pub(crate) fn constraints(persona: &Persona, referential: &Referential) -> Vec<(&'static str, String)> {
    fn labels<C: Code>(set: Set<C>, referential: &Referential, none: &str) -> String {
        let labels: Vec<String> = set.iter().map(|code| referential.term(code).label.clone()).collect();
        if labels.is_empty() { none.to_owned() } else { french::list(&labels, "ou") }
    }
    let time = match (persona.hours_year_low, persona.hours_year_high) {
        (Some(low), Some(high)) if low < high => {
            format!("{} à {} par an", french::hours(low.get()), french::hours(high.get()))
        }
        (_, Some(high)) => format!("{} par an au plus", french::hours(high.get())),
        (Some(low), None) => format!("{} par an au moins", french::hours(low.get())),
        (None, None) => "non précisé\u{202f}: aucune limite".to_owned(),
    };
    let budget = persona.budget_eur.map_or_else(
        || "non précisé\u{202f}: aucune limite".to_owned(),
        |budget| format!("{} par an au plus", french::euros(budget.get())),
    );
    let public = persona.audience.map(|code| referential.term(code).label.clone());
    let places =
        if persona.cities.is_empty() { "partout".to_owned() } else { french::list(&persona.cities, "ou") };
    let mut all = vec![
        ("Public", public.unwrap_or_else(|| "tous".to_owned())),
        ("Temps", time),
        ("Budget", budget),
        ("Formats", labels(persona.formats, referential, "tous")),
        ("Lieux", places),
        ("Langues", labels(persona.languages, referential, "toutes")),
    ];
    all.extend(persona.deadline.as_ref().map(|month| ("Échéance", month.clone())));
    all
}

/// The needs of a persona, in the referential's order.
pub(crate) fn needs(persona: &Persona, referential: &Referential) -> Vec<NeedView> {
    let view = |need: &catalogue::persona::Need| {
        let term = referential.term(need.competence);
        NeedView {
            competence: term.label.clone(),
            href: format!("/competences/{}", term.id),
            from: need.from,
            to: need.to.number(),
            weight: french::decimal(need.weight),
            reason: need.reason.clone(),
            status: need.status.clone(),
            source: source(need.source.as_ref()),
        }
    };
    persona.needs.iter().map(view).collect()
}
