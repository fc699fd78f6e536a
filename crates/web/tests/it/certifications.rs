//! What the page of a training says of the certifications that it cites, with a directory and without.

use std::collections::BTreeMap;

use axum::body::Body;
use axum::http::Request;
use catalogue::certification::{Certification, CertificationCode, Certifications};
use catalogue::{RawTraining, Seen};
use tokio::sync::watch;
use web::{App, router};

use crate::support::{Reply, build, row, send_to};

fn code(text: &str) -> CertificationCode {
    CertificationCode::parse(text).expect("a code")
}

fn directory() -> Certifications {
    let entry = |title: &str, active, successors: &[&str]| Certification {
        title: title.to_owned(),
        kind: Some("Titre professionnel".to_owned()),
        level: Some(7),
        active: Some(active),
        ends_on: Some("2023-08-31".to_owned()),
        successors: successors.iter().map(|text| code(text)).collect(),
    };
    let entries = BTreeMap::from([
        (code("RNCP30000"), entry("Chargé <b>d’affaires</b>", false, &["RNCP38106"])),
        (code("RNCP38106"), entry("DPO", true, &[])),
    ]);
    Certifications::new(Seen::parse("2026-11-24").expect("a date"), entries)
}

fn get(address: &str, directory: Option<Certifications>) -> Reply {
    let rows = vec![
        RawTraining {
            stated: [("nature".to_owned(), "RNCP30000 ; RS5616".to_owned())].into(),
            ..row("affaires", "Mener une affaire", ("École", "public"), &["data-science"])
        },
        row("autre", "Autre", ("École", "public"), &["data-science"]),
    ];
    let (_sender, snapshots) = watch::channel(build(rows));
    let (_held, held) = watch::channel(directory.map(std::sync::Arc::new));
    let app = App::new(snapshots).with_certifications(held);
    send_to(router(app), Request::get(address).body(Body::empty()).expect("a request"))
}

#[test]
fn the_page_says_what_the_directory_says() {
    let page = get("/formations/affaires", Some(directory()));
    for text in [
        "Certifications citées",
        "N’est plus active",
        "Niveau 7 du cadre national",
        "Fin d’enregistrement\u{202f}: 31 août 2023",
        "Remplacée par RNCP38106",
        "France compétences, répertoire du 24 novembre 2026",
        "Absente du répertoire",
        "Chargé &#60;b&#62;",
    ] {
        assert!(page.text().contains(text), "{text}:\n{}", page.text());
    }
    let twin = get("/formations/affaires.json", Some(directory())).json();
    let cited = &twin["certifications"];
    assert_eq!((&cited[0]["code"], &cited[0]["active"]), (&"RNCP30000".into(), &false.into()));
    assert_eq!(
        (&cited[0]["successors"][0], &cited[0]["ends_on"]),
        (&"RNCP38106".into(), &"2023-08-31".into())
    );
    assert_eq!((&cited[1]["listed"], &cited[1]["as_of"]), (&false.into(), &"2026-11-24".into()));
}

#[test]
fn without_a_directory_there_is_the_code_and_nothing_else() {
    let page = get("/formations/affaires", None);
    assert!(page.text().contains("RS5616") && page.text().contains("/recherche/rs/5616/"));
    for absent in ["répertoire", "active", "France compétences"] {
        assert!(!page.text().contains(absent), "{absent}");
    }
    let twin = get("/formations/affaires.json", None).json();
    assert_eq!(twin["certifications"], serde_json::json!([{ "code": "RNCP30000" }, { "code": "RS5616" }]));
}

#[test]
fn a_training_that_cites_none_has_no_such_section() {
    let page = get("/formations/autre", Some(directory()));
    assert!(!page.text().contains("id=\"certifications\""));
}
