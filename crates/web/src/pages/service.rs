//! Pages that a State service owes: site map, accessibility, legal notice, API.
//! Absent: names and addresses of the administration that hosts it, which it must write itself.

use askama::Template;
use catalogue::{Facet, Order, PROVIDERS_LISTED, french};

use super::explorer::EXPORT_ROWS;
use crate::answer::Answer;
use crate::errors::Failure;
use crate::layout::{Layout, Section};
use crate::routes::{Parameters, ROUTES, Route};
use crate::visit::Visit;

#[derive(Template)]
#[template(path = "sitemap.html")]
struct SitemapPage {
    layout: Layout,
    themes: Vec<(String, String)>,
    audiences: Vec<(String, String)>,
    competences: Vec<(String, String)>,
    personas: Vec<(String, String)>,
    roadmaps: Vec<(String, String)>,
    has_history: bool,
}

#[derive(Template)]
#[template(path = "accessibility.html")]
struct AccessibilityPage {
    layout: Layout,
}

#[derive(Template)]
#[template(path = "legal.html")]
struct LegalPage {
    layout: Layout,
}

#[derive(Template)]
#[template(path = "api.html")]
struct ApiPage {
    layout: Layout,
    routes: Vec<&'static Route>,
    facets: Vec<FacetRow>,
    orders: Vec<(&'static str, &'static str)>,
    export_rows: String,
    providers_listed: String,
}

struct FacetRow {
    name: &'static str,
    label: &'static str,
    values: Vec<String>,
}

/// Site map.
pub(crate) fn sitemap(visit: &Visit) -> Result<Answer, Failure> {
    let links = |facet: Facet| {
        let terms = visit.snapshot.referential().terms(facet.name()).iter();
        terms.map(|term| (term.label.clone(), crate::address::of_value(facet, &term.id))).collect()
    };
    Ok(Answer::html(&SitemapPage {
        layout: Layout::new(visit, Section::Other, "Plan du site"),
        themes: links(Facet::Theme),
        audiences: links(Facet::Audience),
        competences: visit
            .snapshot
            .referential()
            .terms("competence")
            .iter()
            .map(|term| (term.label.clone(), format!("/competences/{}", term.id)))
            .collect(),
        roadmaps: super::roadmaps::one::ministries(),
        has_history: visit.app.history().is_some(),
        personas: visit
            .app
            .personas()
            .iter()
            .map(|persona| (persona.label.clone(), format!("/personas/{}", persona.id)))
            .collect(),
    }))
}

/// Declaration of accessibility.
pub(crate) fn accessibility(visit: &Visit) -> Result<Answer, Failure> {
    Ok(Answer::html(&AccessibilityPage { layout: Layout::new(visit, Section::Other, "Accessibilité") }))
}

/// Legal notice.
pub(crate) fn legal(visit: &Visit) -> Result<Answer, Failure> {
    Ok(Answer::html(&LegalPage { layout: Layout::new(visit, Section::Other, "Mentions légales") }))
}

/// The API for people.
pub(crate) fn api(visit: &Visit) -> Result<Answer, Failure> {
    let referential = visit.snapshot.referential();
    let values = |facet: Facet| match facet {
        Facet::Provider => Vec::new(),
        _ => referential.terms(facet.name()).iter().map(|term| term.id.clone()).collect(),
    };
    Ok(Answer::html(&ApiPage {
        layout: Layout::new(visit, Section::Other, "Accès aux données par programme").labelled("API"),
        routes: ROUTES
            .iter()
            .filter(|route| !route.summary.is_empty() && route.media != "text/html")
            .collect(),
        facets: Facet::all()
            .map(|facet| FacetRow { name: facet.name(), label: facet.label(), values: values(facet) })
            .collect(),
        orders: Order::all().map(|order| (order.name(), order.label())).collect(),
        export_rows: french::integer(EXPORT_ROWS as u64),
        providers_listed: french::integer(PROVIDERS_LISTED as u64),
    }))
}

impl Route {
    /// Parameters in words.
    pub(crate) fn parameters_in_french(&self) -> &'static str {
        match self.parameters {
            Parameters::Nothing => "aucun",
            Parameters::Selection => "une sélection",
            Parameters::Identifiers => "id, une à quatre fois",
            Parameters::Cartography => "lignes, colonnes, par, mesure, part et une sélection",
            Parameters::Actors => "provider (20 au plus) ou provider_kind ; nom",
            Parameters::Correspondences => "lignes, colonnes, seuil",
            Parameters::Beginning => "q",
            Parameters::Identifier | Parameters::Persona | Parameters::Roadmap => "id, dans le chemin",
            Parameters::Roadmaps => "ministere, type, etat, competence, persona",
            Parameters::Relays => "competence, niveau, mois",
            Parameters::Unknown => "champ et une sélection",
            Parameters::Case => "persona, et le cas d’un visiteur",
            Parameters::Pathway => "id, dans le chemin\u{202f}; le cas d’un visiteur et ce qu’il demande",
            Parameters::Team => "groupe, places, session, enveloppe, et des règles d’un parcours",
            Parameters::Recommendations => "nombre, persona, effectif, promesse",
            Parameters::Sheet => {
                "id, dans le chemin\u{202f}; ceux de /recommandations et ce qui change dans la fiche"
            }
            Parameters::TwoPathways => "a et b, adresses de parcours",
            Parameters::Scenario => {
                "id, dans le chemin\u{202f}; mois, debut, effectif, part, reglage, budget, objectif, mesure, tirages, graine"
            }
            Parameters::Plan => "scenario, contenu, et ceux de /scenarios/{id}",
            Parameters::ScenarioFile => "contenu, et ceux de /scenarios/{id}",
            Parameters::Scenarios => "scenario, une à quatre fois",
            Parameters::Report => "section, persona, format, date",
            Parameters::Competence => "id, dans le chemin ; niveau",
        }
    }
}
