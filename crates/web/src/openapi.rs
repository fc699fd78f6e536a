//! `/api/openapi.json`: the routes described in OpenAPI 3.1, from the tables that the router and
//! the search themselves use. Absent: routes that only pages use (styles, scripts).

use catalogue::{Axis, Facet, Measure, Order, Referential, Selection};
use serde_json::{Map, Value, json};

use crate::answer::Answer;
use crate::errors::Failure;
use crate::routes::{Parameters, ROUTES, Route};
use crate::visit::Visit;

/// The description.
pub(crate) fn json(visit: &Visit) -> Result<Answer, Failure> {
    let mut paths = Map::new();
    for route in ROUTES.iter().filter(|route| !route.summary.is_empty()) {
        paths.insert(route.path.to_owned(), json!({ "get": operation(route, visit.snapshot.referential()) }));
    }
    Ok(Answer::json(&json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Parcours",
            "version": env!("CARGO_PKG_VERSION"),
            "summary": "Les formations à la donnée pour les cadres de l’État",
            "license": { "name": "EUPL-1.2", "identifier": "EUPL-1.2" },
        },
        "servers": [{ "url": "/" }],
        "paths": paths,
        "components": { "schemas": schemas() },
    })))
}

fn operation(route: &Route, referential: &Referential) -> Value {
    let schema = match route.path {
        "/formations.json" => json!({ "$ref": "#/components/schemas/Liste" }),
        "/formations/{id}.json" => json!({ "$ref": "#/components/schemas/Formation" }),
        _ if route.media.ends_with("json") => json!({ "type": "object" }),
        "/formations.xlsx" | "/formations.ods" | "/catalogue.zip" | "/rapport.pdf" | "/rapport.xlsx" => {
            json!({ "type": "string", "format": "binary" })
        }
        _ => json!({ "type": "string" }),
    };
    let mut responses = Map::new();
    responses.insert(
        "200".to_owned(),
        json!({ "description": route.summary, "content": { route.media: { "schema": schema } } }),
    );
    let mut fails = |status: &str, description: &str| {
        let error = json!({ "$ref": "#/components/schemas/Erreur" });
        let content = if route.media == "text/html" {
            json!({ "text/html": { "schema": { "type": "string" } } })
        } else {
            json!({ "application/json": { "schema": error } })
        };
        responses.insert(status.to_owned(), json!({ "description": description, "content": content }));
    };
    match route.parameters {
        Parameters::Nothing | Parameters::Beginning | Parameters::TwoPathways => {}
        Parameters::Identifier => fails("404", "Aucune formation n’a cet identifiant"),
        Parameters::Persona => fails("404", "Aucun persona n’a cet identifiant"),
        Parameters::Competence => {
            fails("400", "Le paramètre ou le niveau n’existe pas");
            fails("404", "Aucune compétence n’a cet identifiant");
        }
        Parameters::Roadmaps | Parameters::Relays => {
            fails("400", "Un paramètre ou une valeur n’existe pas ; les valeurs connues sont données")
        }
        Parameters::Roadmap => fails("404", "Aucune feuille de route n’a cet identifiant"),
        Parameters::Case
        | Parameters::Pathway
        | Parameters::Team
        | Parameters::Recommendations
        | Parameters::Sheet
        | Parameters::Report => {
            fails("400", "Un paramètre ou une valeur n’existe pas ; ce qui est attendu est dit");
            fails("404", "Aucun persona n’a cet identifiant");
        }
        Parameters::ScenarioFile => {
            fails("400", "Le scénario de l’adresse est abîmé, ou un paramètre n’existe pas");
        }
        Parameters::Scenario | Parameters::Scenarios | Parameters::Plan => {
            fails("400", "Un paramètre ou une valeur n’existe pas ; ce qui est attendu est dit");
            fails("404", "Aucun scénario n’a cet identifiant");
        }
        Parameters::Selection
        | Parameters::Cartography
        | Parameters::Actors
        | Parameters::Correspondences
        | Parameters::Unknown
        | Parameters::Identifiers => {
            fails("400", "Un paramètre ou une valeur n’existe pas ; les valeurs connues sont données");
            fails("404", "La page ou la formation n’existe pas");
        }
    }
    fails("414", "L’adresse est trop longue");
    json!({ "summary": route.summary, "parameters": parameters(route.parameters, referential), "responses": responses })
}

fn in_query(name: &str, description: &str, schema: Value) -> Value {
    json!({ "name": name, "in": "query", "description": description, "required": false, "schema": schema })
}

fn in_path(description: &str) -> Value {
    json!({
        "name": "id", "in": "path", "required": true, "description": description,
        "schema": { "type": "string", "pattern": "^[a-z0-9][a-z0-9-]*$", "maxLength": 120 },
    })
}

fn choice(values: &[&str]) -> Value {
    json!({ "type": "string", "enum": values })
}

/// Parameters that are texts, each with what it says.
fn texts(all: &[(&str, &str)]) -> Vec<Value> {
    all.iter().map(|(name, told)| in_query(name, told, json!({ "type": "string" }))).collect()
}

fn parameters(parameters: Parameters, referential: &Referential) -> Vec<Value> {
    match parameters {
        Parameters::Nothing => Vec::new(),
        Parameters::Identifier => vec![in_path("Identifiant de la formation")],
        Parameters::Persona => vec![in_path("Identifiant du persona")],
        Parameters::Roadmap => vec![in_path("Identifiant de la feuille de route")],
        Parameters::Relays => texts(&super::pages::community::parameters()),
        Parameters::Roadmaps => texts(&super::pages::roadmaps::parameters()),
        Parameters::Case => texts(&super::pages::needs::parameters()),
        Parameters::Pathway => {
            let text = |name, description| in_query(name, description, json!({ "type": "string" }));
            let all = super::pages::pathways::parameters();
            let asked = all.into_iter().map(|(name, description)| text(name, description));
            std::iter::once(in_path("Identifiant du persona, ou « sur-mesure »")).chain(asked).collect()
        }
        Parameters::Team => texts(&super::pages::pathways::team::parameters()),
        Parameters::Recommendations => recommended(),
        Parameters::Scenario => {
            let own = texts(&catalogue::scenarios::ScenarioRequest::parameters());
            std::iter::once(in_path("Identifiant du scénario")).chain(own).collect()
        }
        Parameters::Plan => texts(&super::pages::community::plan_parameters()),
        Parameters::ScenarioFile => texts(&super::pages::scenarios::opened::parameters()),
        Parameters::Scenarios => {
            texts(&[("scenario", "Identifiant ou adresse d’un scénario, répété, quatre au plus")])
        }
        Parameters::Sheet => of_sheet(),
        Parameters::Report => texts(&catalogue::report::ReportRequest::parameters()),
        Parameters::TwoPathways => ["a", "b"]
            .map(|name| in_query(name, "Adresse d’un parcours", json!({ "type": "string" })))
            .to_vec(),
        Parameters::Competence => {
            let ids: Vec<&String> = referential.terms("competence").iter().map(|term| &term.id).collect();
            let level = json!({ "type": "integer", "minimum": 1, "maximum": 4 });
            vec![
                json!({ "name": "id", "in": "path", "required": true, "description": "Identifiant de la compétence",
                    "schema": { "type": "string", "enum": ids } }),
                in_query(super::pages::competence::LEVEL, "Un seul niveau, avec plus de formations", level),
            ]
        }
        Parameters::Beginning => {
            vec![in_query("q", "Début de la saisie", json!({ "type": "string", "maxLength": 500 }))]
        }
        Parameters::Identifiers => vec![in_query(
            "id",
            "Identifiants des formations",
            json!({
                "type": "array", "items": { "type": "string" }, "maxItems": super::pages::compare::MOST_COMPARED,
            }),
        )],
        Parameters::Cartography => cartography(referential),
        Parameters::Actors => vec![
            in_query("provider", "Organismes du groupe", schema("provider", referential)),
            in_query("provider_kind", "Statuts d’organismes du groupe", schema("provider_kind", referential)),
            in_query(
                "nom",
                "Mots du nom d’un organisme à chercher",
                json!({ "type": "string", "maxLength": 500 }),
            ),
        ],
        Parameters::Correspondences => correspondences(),
        Parameters::Unknown => {
            let field =
                in_query("champ", "Champ qui n’est pas précisé ; répété : tous", json!({ "type": "string" }));
            std::iter::once(field).chain(self::parameters(Parameters::Selection, referential)).collect()
        }
        Parameters::Selection => {
            let selection = Selection::parameters().into_iter();
            selection.map(|name| in_query(name, &description(name), schema(name, referential))).collect()
        }
    }
}

fn cartography(referential: &Referential) -> Vec<Value> {
    let axes: Vec<&str> = Axis::all().map(Axis::name).collect();
    let measures: Vec<&str> = Measure::all().map(Measure::name).collect();
    let version = || json!({ "type": "integer", "minimum": 1 });
    let mut all = vec![
        in_query("lignes", "Critère en lignes (par défaut : theme)", choice(&axes)),
        in_query("colonnes", "Critère en colonnes (par défaut : audience)", choice(&axes)),
        in_query("par", "Un tableau par valeur de ce critère", choice(&axes)),
        in_query("mesure", "Mesure que la page montre", choice(&measures)),
        in_query("part", "Pourcentage que la page ajoute", choice(&["ligne", "colonne"])),
        in_query("revision", "Première de deux versions à comparer, sans autre paramètre", version()),
        in_query("contre", "Seconde de deux versions à comparer, sans autre paramètre", version()),
    ];
    all.extend(parameters(Parameters::Selection, referential));
    all
}

fn correspondences() -> Vec<Value> {
    let rows: Vec<&str> = super::pages::correspondences::ROWS.iter().map(|(name, ..)| *name).collect();
    let columns: Vec<&str> =
        super::pages::correspondences::COLUMNS.iter().map(|facet| facet.name()).collect();
    vec![
        in_query("lignes", "Ce que sont les lignes", choice(&rows)),
        in_query("colonnes", "Ce que sont les colonnes", choice(&columns)),
        in_query(
            "seuil",
            "Formations qu’un organisme a au moins pour être une ligne",
            json!({ "type": "integer", "minimum": 1 }),
        ),
    ]
}

fn description(name: &str) -> String {
    match name {
        "q" => "Mots cherchés ; entre guillemets, la forme exacte".to_owned(),
        "mots" => "« tous » (par défaut) ou « un » : un seul des mots suffit".to_owned(),
        "sort" => "Ordre".to_owned(),
        "page" => "Numéro de la page".to_owned(),
        _ => match (Facet::named(name), name.rsplit_once('_')) {
            (Some(facet), _) => format!("{} ; répété : l’une des valeurs", facet.label()),
            (None, Some((_, "min"))) => "Au moins (heures ou euros, bornes comprises)".to_owned(),
            _ => "Au plus (heures ou euros, bornes comprises)".to_owned(),
        },
    }
}

fn schema(name: &str, referential: &Referential) -> Value {
    let orders: Vec<&str> = Order::all().map(Order::name).collect();
    match name {
        "q" => json!({ "type": "string", "maxLength": catalogue::TEXT_CHARS }),
        "mots" => json!({ "type": "string", "enum": ["tous", "un"], "default": "tous" }),
        "sort" => json!({ "type": "string", "enum": orders, "default": orders[0] }),
        "page" => json!({ "type": "integer", "minimum": 1, "maximum": catalogue::LAST_PAGE, "default": 1 }),
        _ => match Facet::named(name) {
            None => json!({ "type": "number", "minimum": 0 }),
            Some(Facet::Provider) => json!({ "type": "array", "items": { "type": "string" } }),
            Some(facet) => {
                let blocks =
                    referential.blocks().iter().filter(|_| facet == Facet::Competence).map(|block| &block.id);
                let values: Vec<&String> =
                    blocks.chain(referential.terms(facet.name()).iter().map(|term| &term.id)).collect();
                json!({ "type": "array", "items": { "type": "string", "enum": values } })
            }
        },
    }
}

fn schemas() -> Value {
    let text = json!({ "type": "string" });
    let maybe_text = json!({ "type": ["string", "null"] });
    let texts = json!({ "type": "array", "items": { "type": "string" } });
    let levels = json!({ "type": "object", "additionalProperties": { "type": "integer", "minimum": 1, "maximum": 4 } });
    let number = json!({ "type": ["number", "null"], "description": "null : non précisé" });
    let source = json!({ "type": "object", "properties": { "address": text, "seen": maybe_text } });
    let estimate = json!({ "type": "object", "description": "Une estimation, jamais un fait", "properties": {
        "median_hours": { "type": "number" }, "p80_hours": { "type": "number" }, "sample": { "type": "integer" } } });
    let certification = json!({ "type": "object", "required": ["code"],
        "description": "Ce que dit le répertoire du jour as_of ; sans répertoire chargé, le code seul", "properties": {
        "code": text, "listed": { "type": "boolean" }, "title": maybe_text, "kind": maybe_text,
        "level": { "type": ["integer", "null"] }, "active": { "type": ["boolean", "null"] }, "ends_on": maybe_text,
        "successors": texts, "directory": text, "as_of": text } });
    let counts = json!({ "type": "array", "items": { "type": "object", "properties": {
        "value": text, "label": text, "count": { "type": "integer" }, "selected": { "type": "boolean" }, "parent": text } } });
    json!({
        "Liste": { "type": "object", "properties": {
            "revision": { "type": "integer" }, "total": { "type": "integer" },
            "reachable": { "type": "integer", "description": "Formations que les pages montrent : total, 10 000 au plus" },
            "page": { "type": "integer" }, "pages": { "type": "integer" }, "sentence": text,
            "results": { "type": "array", "items": { "$ref": "#/components/schemas/Formation" } },
            "facets": { "type": "object", "additionalProperties": counts },
            "readings": { "type": "array", "items": { "type": "object", "properties": { "typed": text, "kind": text, "words": texts } } },
            "ways_out": { "type": "array", "items": { "type": "object", "properties": {
                "dropped": text, "total": { "type": "integer" }, "href": text } } },
        } },
        "Formation": { "type": "object", "required": ["id", "title", "provider"], "properties": {
            "id": text, "title": text, "provider": text, "provider_id": text, "provider_kind": text, "kind": text, "page": text,
            "url": maybe_text, "language": maybe_text, "formats": texts,
            "duration": { "type": "object", "properties": { "hours": number, "stated": text, "estimate": estimate } },
            "price": { "type": "object", "properties": { "euros": number, "stated": text, "taxes": {
                "enum": ["ht", "ttc", null], "description": "Hors taxes, toutes taxes comprises ; null : la source ne le dit pas" } } },
            "city": maybe_text, "nature": maybe_text, "public_sector_only": { "type": ["boolean", "null"] },
            "audiences": texts, "objectives": texts, "themes": texts, "competences": levels, "prerequisites": levels,
            "summary": text, "source": source,
            "certifications": { "type": "array", "description": "Dans la réponse d’une seule formation", "items": certification },
        } },
        "Erreur": { "type": "object", "properties": { "error": { "type": "object", "properties": {
            "code": text, "message": text, "remedy": text, "parameters": texts, "known": texts } } } },
    })
}

/// Parameters of the sheet of a training to build.
fn of_sheet() -> Vec<Value> {
    let id = json!({ "name": "id", "in": "path", "required": true,
        "description": "Identifiant d’une formation à construire", "schema": { "type": "string" } });
    let edits = catalogue::recommendations::SheetEdits::parameters().into_iter();
    let edits = edits.map(|(name, told)| in_query(name, told, json!({ "type": "string" })));
    std::iter::once(id).chain(recommended()).chain(edits).collect()
}

/// Parameters of trainings to build.
fn recommended() -> Vec<Value> {
    let own = catalogue::recommendations::RecommendationRequest::parameters().into_iter();
    own.map(|(name, told)| in_query(name, told, json!({ "type": "string" }))).collect()
}
