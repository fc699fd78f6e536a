//! The description of the API against the pages themselves.

use catalogue::{Facet, Selection};

use crate::support::get;

#[test]
fn every_described_path_answers_as_described() {
    let description = get("/api/openapi.json").json();
    let paths = description["paths"].as_object().expect("paths");
    assert!(paths.len() >= 15);
    for (path, methods) in paths {
        let reply = get(&path
            .replace("/competences/{id}", "/competences/analyse-donnees")
            .replace("/cartographie/sans.json", "/cartographie/sans.json?champ=nature")
            .replace("/parcours/equipe.json", "/parcours/equipe.json?groupe=adjoint-projet:3")
            .replace("/parcours/{id}.ics", "/parcours/adjoint-projet.ics?debut=2027-01")
            .replace("/parcours/{id}", "/parcours/adjoint-projet")
            .replace("/feuilles-de-route/{id}", "/feuilles-de-route/culture")
            .replace("/personas/{id}", "/personas/adjoint-projet")
            .replace("/scenarios/{id}", "/scenarios/campus-central")
            .replace("{id}", "open-data"));
        // A page that needs a parameter says so.
        if path == "/cartographie/sans" {
            assert_eq!(reply.status.as_u16(), 400);
            continue;
        }
        // Nothing is to be built from the small catalogue.
        if path.starts_with("/recommandations/{id}") {
            assert_eq!(reply.status.as_u16(), 404, "{path}");
            continue;
        }
        assert_eq!(reply.status.as_u16(), 200, "{path}");
        let described = methods["get"]["responses"]["200"]["content"].as_object().expect("a media type");
        let media = reply.header("content-type").split(';').next().expect("a media type").to_owned();
        assert!(described.contains_key(&media), "{path}: {media}");
    }
}

#[test]
fn parameters_of_a_selection_are_all_described() {
    let description = get("/api/openapi.json").json();
    let parameters =
        description["paths"]["/formations.json"]["get"]["parameters"].as_array().expect("parameters").clone();
    let names: Vec<&str> =
        parameters.iter().map(|parameter| parameter["name"].as_str().expect("a name")).collect();
    assert_eq!(names, Selection::parameters());
    let theme = parameters.iter().find(|parameter| parameter["name"] == Facet::Theme.name()).expect("themes");
    assert!(theme["schema"]["items"]["enum"].as_array().expect("values").contains(&"ia-algorithmes".into()));
}

#[test]
fn what_the_list_answers_is_in_its_schema() {
    let description = get("/api/openapi.json").json();
    let schemas = &description["components"]["schemas"];
    let list = get("/formations.json").json();
    let missing = |value: &serde_json::Value, schema: &serde_json::Value| {
        let known = schema["properties"].as_object().expect("properties").clone();
        value.as_object().expect("an object").keys().find(|key| !known.contains_key(*key)).cloned()
    };
    assert_eq!(missing(&list, &schemas["Liste"]), None);
    assert_eq!(missing(&list["results"][0], &schemas["Formation"]), None);
}
