//! All routes in one table: the router, the page « API » and the OpenAPI description are built
//! from it. Absent: what pages answer (see `pages`), how they are called (see `router`).

mod parameters;

use crate::answer::Answer;
use crate::errors::Failure;
use crate::pages::roadmaps;
use crate::visit::Visit;
use crate::{assets, openapi, pages};

pub(crate) use parameters::Parameters;

/// What a page is: a function of a visit.
pub(crate) type Page = fn(&Visit) -> Result<Answer, Failure>;

/// A route.
pub(crate) struct Route {
    /// Path as documented.
    pub path: &'static str,
    /// Path in the router, when the documented one is one of its cases.
    pub served_by: Option<&'static str>,
    /// What answers.
    pub page: Page,
    /// Media type of its answer.
    pub media: &'static str,
    /// Parameters it reads.
    pub parameters: Parameters,
    /// What it shows, in French; empty for files that pages alone ask for.
    pub summary: &'static str,
}

const fn route(
    path: &'static str,
    page: Page,
    media: &'static str,
    parameters: Parameters,
    summary: &'static str,
) -> Route {
    Route { path, served_by: None, page, media, parameters, summary }
}

const ONE: &str = "/formations/{id}";

const ONE_COMPETENCE: &str = "/competences/{id}";

const fn case(path: &'static str, media: &'static str, summary: &'static str) -> Route {
    Route {
        served_by: Some(ONE),
        ..route(path, pages::training::page, media, Parameters::Identifier, summary)
    }
}

const fn persona_case(path: &'static str, media: &'static str, summary: &'static str) -> Route {
    Route {
        path,
        served_by: Some("/personas/{id}"),
        page: pages::needs::personas::one,
        media,
        parameters: Parameters::Persona,
        summary,
    }
}

const fn pathway_case(path: &'static str, media: &'static str, summary: &'static str) -> Route {
    Route {
        path,
        served_by: Some("/parcours/{id}"),
        page: pages::pathways::one::page,
        media,
        parameters: Parameters::Pathway,
        summary,
    }
}

const fn scenario_case(path: &'static str, media: &'static str, summary: &'static str) -> Route {
    Route {
        path,
        served_by: Some("/scenarios/{id}"),
        page: pages::scenarios::one::page,
        media,
        parameters: Parameters::Scenario,
        summary,
    }
}

const fn sheet_case(path: &'static str, media: &'static str, summary: &'static str) -> Route {
    Route {
        path,
        served_by: Some("/recommandations/{id}"),
        page: pages::recommendations::sheet::page,
        media,
        parameters: Parameters::Sheet,
        summary,
    }
}

const HTML: &str = "text/html";
const JSON: &str = "application/json";
const ODT: &str = "application/vnd.oasis.opendocument.text";
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// All routes.
pub(crate) const ROUTES: [Route; 93] = [
    route("/", pages::home::page, HTML, Parameters::Nothing, "Accueil"),
    route("/formations", pages::trainings::page, HTML, Parameters::Selection, "Explorateur des formations"),
    route(
        "/formations.json",
        pages::trainings_data::json,
        JSON,
        Parameters::Selection,
        "Une page de la sélection, avec les effectifs de toutes les facettes",
    ),
    route(
        "/formations.csv",
        pages::trainings_data::csv,
        "text/csv",
        Parameters::Selection,
        "Toute la sélection, pour un tableur",
    ),
    route(
        "/formations.xlsx",
        pages::trainings_data::xlsx,
        XLSX,
        Parameters::Selection,
        "Toute la sélection, classeur pour Excel",
    ),
    route(
        "/formations.ods",
        pages::trainings_data::ods,
        "application/vnd.oasis.opendocument.spreadsheet",
        Parameters::Selection,
        "Toute la sélection, classeur pour LibreOffice",
    ),
    route(
        "/catalogue.zip",
        pages::trainings_data::package,
        "application/zip",
        Parameters::Nothing,
        "Le catalogue en données ouvertes : tables CSV, schémas et description",
    ),
    route(
        "/catalogue.jsonld",
        pages::dataset::page,
        "application/ld+json",
        Parameters::Nothing,
        "Description du catalogue pour les portails de données (DCAT)",
    ),
    route(
        "/formations.jsonl",
        pages::trainings_data::jsonl,
        "application/jsonl",
        Parameters::Selection,
        "Toute la sélection, une formation par ligne",
    ),
    route(
        "/formations.jsonld",
        pages::trainings_data::jsonld,
        "application/ld+json",
        Parameters::Selection,
        "Toute la sélection dans le vocabulaire schema.org",
    ),
    route(
        "/formations/organismes",
        pages::providers::page,
        HTML,
        Parameters::Selection,
        "Tous les organismes d’une sélection",
    ),
    route(ONE, pages::training::page, HTML, Parameters::Identifier, "Une formation, champ par champ"),
    case("/formations/{id}.json", JSON, "Une formation, avec la source de chaque champ"),
    case("/formations/{id}.jsonld", "application/ld+json", "Une formation dans le vocabulaire schema.org"),
    route(
        "/cartographie",
        pages::cartography::page,
        HTML,
        Parameters::Cartography,
        "Cartographie : deux critères croisés, et les formations de chaque case",
    ),
    route(
        "/cartographie.json",
        pages::cartography::data::json,
        JSON,
        Parameters::Cartography,
        "La cartographie, toutes les mesures de chaque case",
    ),
    route(
        "/cartographie.csv",
        pages::cartography::data::csv,
        "text/csv",
        Parameters::Cartography,
        "La cartographie pour un tableur, une ligne par case",
    ),
    route(
        "/cartographie/sans",
        pages::cartography::unknown::page,
        HTML,
        Parameters::Unknown,
        "Les formations d’une sélection qui n’ont pas de valeur pour un champ",
    ),
    route(
        "/cartographie/sans.json",
        pages::cartography::unknown::json,
        JSON,
        Parameters::Unknown,
        "Les mêmes, pour un programme",
    ),
    route(
        "/cartographie/acteurs",
        pages::actors::page,
        HTML,
        Parameters::Actors,
        "Profil d’un organisme, d’un statut ou d’un groupe d’organismes, comparé à toute l’offre",
    ),
    route(
        "/cartographie/acteurs.json",
        pages::actors::json,
        JSON,
        Parameters::Actors,
        "Le profil, avec intervalles et indices de spécialisation",
    ),
    route(
        "/cartographie/correspondances",
        pages::correspondences::page,
        HTML,
        Parameters::Correspondences,
        "Analyse des correspondances : qui se ressemble, qui s’oppose",
    ),
    route(
        "/cartographie/correspondances.json",
        pages::correspondences::json,
        JSON,
        Parameters::Correspondences,
        "L’analyse : inertie, coordonnées, contributions et qualité",
    ),
    route("/comparer", pages::compare::page, HTML, Parameters::Identifiers, "Comparaison de formations"),
    route("/competences", pages::competences::page, HTML, Parameters::Nothing, "Référentiel de compétences"),
    route(
        "/competences.json",
        pages::competences::json,
        JSON,
        Parameters::Nothing,
        "Le référentiel, avec le nombre de formations par compétence et par niveau",
    ),
    route(
        ONE_COMPETENCE,
        pages::competence::page,
        HTML,
        Parameters::Competence,
        "Une compétence, niveau par niveau, et ce qui l’enseigne",
    ),
    Route {
        served_by: Some(ONE_COMPETENCE),
        ..route(
            "/competences/{id}.json",
            pages::competence::page,
            JSON,
            Parameters::Competence,
            "Une compétence : à chaque niveau, formations, organismes, prix et durées",
        )
    },
    route("/qualite", pages::quality::page, HTML, Parameters::Nothing, "Qualité des données"),
    route(
        "/qualite.json",
        pages::quality::json,
        JSON,
        Parameters::Nothing,
        "Comment chaque champ est connu, âge des sources, doublons possibles, poids des organismes",
    ),
    route(
        "/personas",
        pages::needs::personas::page,
        HTML,
        Parameters::Nothing,
        "Personas : qui a besoin de quoi",
    ),
    route(
        "/personas.json",
        pages::needs::personas::json,
        JSON,
        Parameters::Nothing,
        "Les personas, leurs besoins et ce que l’offre leur donne",
    ),
    route("/personas/{id}", pages::needs::personas::one, HTML, Parameters::Persona, "Un persona"),
    persona_case("/personas/{id}.json", JSON, "Un persona, pour un programme"),
    persona_case(
        "/personas/{id}.toml",
        "application/toml",
        "Un persona en fichier, pour le modifier et l’importer",
    ),
    route(
        "/personas/{id}/positionnement",
        pages::needs::assessment::page,
        HTML,
        Parameters::Persona,
        "Se positionner : ce que l’on sait déjà",
    ),
    route("/ecarts", pages::needs::gaps::page, HTML, Parameters::Case, "Écarts entre l’offre et les besoins"),
    route(
        "/ecarts.json",
        pages::needs::gaps::json,
        JSON,
        Parameters::Case,
        "Les écarts d’un persona, ou de tous",
    ),
    route(
        "/ecarts.csv",
        pages::needs::gaps::csv,
        "text/csv",
        Parameters::Case,
        "Les écarts, pour un tableur",
    ),
    route("/feuilles-de-route", roadmaps::page, HTML, Parameters::Roadmaps, "Feuilles de route, par action"),
    route("/feuilles-de-route.json", roadmaps::json, JSON, Parameters::Roadmaps, "Toutes leurs actions"),
    route("/feuilles-de-route.csv", roadmaps::csv, "text/csv", Parameters::Roadmaps, "Les mêmes, en table"),
    route("/feuilles-de-route/{id}", roadmaps::one::page, HTML, Parameters::Roadmap, "Une feuille de route"),
    route(
        "/parcours",
        pages::pathways::typical::page,
        HTML,
        Parameters::Nothing,
        "Parcours types des personas",
    ),
    route(
        "/parcours/composer",
        pages::pathways::composer::page,
        HTML,
        Parameters::Nothing,
        "Composer un parcours",
    ),
    route(
        "/parcours/comparer",
        pages::pathways::compare::page,
        HTML,
        Parameters::TwoPathways,
        "Comparer deux parcours",
    ),
    route(
        "/parcours/equipe",
        pages::pathways::team::page,
        HTML,
        Parameters::Team,
        "Programme de formation d’une équipe",
    ),
    route(
        "/parcours/equipe.json",
        pages::pathways::team::page,
        JSON,
        Parameters::Team,
        "Le programme d’une équipe, pour un programme informatique",
    ),
    route("/parcours/{id}", pages::pathways::one::page, HTML, Parameters::Pathway, "Un parcours"),
    pathway_case("/parcours/{id}.json", JSON, "Un parcours, pour un programme"),
    pathway_case("/parcours/{id}.csv", "text/csv", "Un parcours, pour un tableur"),
    pathway_case("/parcours/{id}.ics", "text/calendar", "Un parcours, pour un agenda"),
    route("/scenarios", pages::scenarios::page, HTML, Parameters::Nothing, "Scénarios de distribution"),
    route(
        "/scenarios/comparer",
        pages::scenarios::compare::page,
        HTML,
        Parameters::Scenarios,
        "Scénarios côte à côte",
    ),
    route(
        "/scenarios/fichier",
        pages::scenarios::opened::page,
        HTML,
        Parameters::ScenarioFile,
        "Ouvrir le fichier d’un scénario",
    ),
    route("/scenarios/{id}", pages::scenarios::one::page, HTML, Parameters::Scenario, "Un scénario"),
    scenario_case("/scenarios/{id}.json", JSON, "Un scénario, pour un programme informatique"),
    scenario_case("/scenarios/{id}.csv", "text/csv", "Un scénario, mois par mois"),
    scenario_case("/scenarios/{id}.toml", "application/toml", "Un scénario en fichier TOML"),
    route("/communaute", pages::community::page, HTML, Parameters::Relays, "Relais, cohortes et rendez-vous"),
    route(
        "/communaute.ics",
        pages::community::calendar,
        "text/calendar",
        Parameters::Nothing,
        "Les rendez-vous, pour un agenda",
    ),
    route(
        "/communaute.atom",
        pages::community::feed,
        "application/atom+xml",
        Parameters::Nothing,
        "Les rendez-vous, pour un lecteur de fils",
    ),
    route(
        "/communaute/animation",
        pages::community::animation,
        HTML,
        Parameters::Plan,
        "Plan d’animation d’un scénario",
    ),
    route(
        "/communaute/animation.ics",
        pages::community::animation,
        "text/calendar",
        Parameters::Plan,
        "Un plan d’animation, pour un agenda",
    ),
    route("/rapport", pages::report::page, HTML, Parameters::Report, "Rapport stratégique"),
    route("/rapport.pdf", pages::report::pdf, "application/pdf", Parameters::Report, "Le rapport en PDF"),
    route("/rapport.odt", pages::report::odt, ODT, Parameters::Report, "Le rapport en texte à modifier"),
    route("/rapport.xlsx", pages::report::xlsx, XLSX, Parameters::Report, "Tous les chiffres du rapport"),
    route(
        "/recommandations",
        pages::recommendations::page,
        HTML,
        Parameters::Recommendations,
        "Formations à construire",
    ),
    route(
        "/recommandations.json",
        pages::recommendations::page,
        JSON,
        Parameters::Recommendations,
        "Les formations à construire, pour un programme informatique",
    ),
    route(
        "/recommandations/{id}",
        pages::recommendations::sheet::page,
        HTML,
        Parameters::Sheet,
        "Fiche d’une formation à construire",
    ),
    sheet_case("/recommandations/{id}.json", JSON, "Une fiche, pour un programme informatique"),
    sheet_case("/recommandations/{id}.pdf", "application/pdf", "Une fiche en PDF"),
    sheet_case("/recommandations/{id}.odt", ODT, "Une fiche en texte à modifier"),
    route(
        "/suggestions.json",
        pages::suggestions::json,
        JSON,
        Parameters::Beginning,
        "Mots du catalogue qui commencent comme la saisie",
    ),
    route("/aide", pages::help::page, HTML, Parameters::Nothing, "Aide"),
    route("/plan-du-site", pages::service::sitemap, HTML, Parameters::Nothing, "Plan du site"),
    route("/accessibilite", pages::service::accessibility, HTML, Parameters::Nothing, "Accessibilité"),
    route("/mentions-legales", pages::service::legal, HTML, Parameters::Nothing, "Mentions légales"),
    route("/api", pages::service::api, HTML, Parameters::Nothing, "Accès aux données par programme"),
    route(
        "/api/openapi.json",
        openapi::json,
        JSON,
        Parameters::Nothing,
        "Cette description, au format OpenAPI 3.1",
    ),
    route("/robots.txt", assets::robots, "text/plain", Parameters::Nothing, ""),
    route("/favicon.svg", assets::icon, "image/svg+xml", Parameters::Nothing, ""),
    route("/static/style.css", assets::style, "text/css", Parameters::Nothing, ""),
    route("/static/needs.css", assets::needs_style, "text/css", Parameters::Nothing, ""),
    route("/static/scenarios.css", assets::scenarios_style, "text/css", Parameters::Nothing, ""),
    route("/static/pathways.css", assets::pathways_style, "text/css", Parameters::Nothing, ""),
    route("/static/maps.css", assets::maps_style, "text/css", Parameters::Nothing, ""),
    route("/static/reference.css", assets::reference_style, "text/css", Parameters::Nothing, ""),
    route("/static/report.css", assets::report_style, "text/css", Parameters::Nothing, ""),
    route("/static/workshop.css", assets::workshop_style, "text/css", Parameters::Nothing, ""),
    route("/static/script.js", assets::script, "text/javascript", Parameters::Nothing, ""),
    route("/theme/{*file}", assets::theme, "text/css", Parameters::Nothing, ""),
];
