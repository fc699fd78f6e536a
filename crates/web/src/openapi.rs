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
        "/formations.xlsx" | "/formations.ods" | "/catalogue.zip" => {
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
        Parameters::Roadmaps => {
            fails("400", "Un paramètre ou une valeur n’existe pas ; les valeurs connues sont données")
        }
        Parameters::Roadmap => fails("404", "Aucune feuille de route n’a cet identifiant"),
