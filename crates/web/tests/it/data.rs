//! JSON twins, downloads and suggestions: what scripts rely on.

use crate::support::{check_refused, get};

#[test]
fn the_shape_of_the_list() {
    let mut twin = get("/formations.json?q=donn%C3%A9es+personnelles&theme=droit-ethique").json();
    let facets = twin["facets"].as_object_mut().expect("facets");
    let names: Vec<&String> = facets.keys().collect();
    assert_eq!(names.len(), 12, "{names:?}");
    facets.retain(|name, _| name == "price" || name == "provider");
    insta::assert_json_snapshot!(twin);
}

#[test]
fn counts_of_a_facet_ignore_its_own_filter_only() {
    let twin = get("/formations.json?theme=droit-ethique").json();
    let themes = twin["facets"]["theme"].as_array().expect("themes");
    let count =
        |id: &str| themes.iter().find(|value| value["value"] == id).expect("a theme")["count"].clone();
    assert_eq!((count("droit-ethique"), count("data-science")), (2.into(), 25.into()));
    assert_eq!(twin["total"], 2);
    assert_eq!(twin["reachable"], 2);
}

#[test]
fn unknown_is_null_and_an_estimate_is_apart() {
    let twin = get("/formations/serie-1.json").json();
    assert_eq!(twin["duration"]["hours"], serde_json::Value::Null);
    assert_eq!(twin["duration"]["estimate"]["sample"], 24);
    assert_eq!(twin["price"]["euros"], serde_json::Value::Null);
}

#[test]
fn errors_of_twins_are_json() {
    let reply = check_refused("/formations.json?theme=ia-algoritmes", 400, &[]);
    let error = &reply.json()["error"];
    assert_eq!(error["code"], "valeur-inconnue");
    assert!(error["message"].as_str().expect("a message").contains("ia-algorithmes"));
    assert!(error["known"].as_array().expect("values").contains(&"ia-algorithmes".into()));
    assert_eq!(reply.header("content-type"), "application/json; charset=utf-8");
}

#[test]
fn suggestions_complete_the_last_word() {
    let twin = get("/suggestions.json?q=droit+perso").json();
    let first = twin["suggestions"][0].as_str().expect("a suggestion");
    assert!(first.starts_with("droit perso"), "{first}");
    assert_eq!(get("/suggestions.json?q=d").json()["suggestions"], serde_json::json!([]));
    assert_eq!(get("/suggestions.json").json()["suggestions"], serde_json::json!([]));
}
