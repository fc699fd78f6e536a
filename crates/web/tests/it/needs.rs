//! `/personas` and `/ecarts`: figures that agree with each other, cases kept in the address alone, refusals.

use axum::http::StatusCode;

use crate::support::{check, check_refused, get, get_real};

const FIRST: &str = "directrice-administration-centrale";

#[test]
fn the_home_page_leads_to_what_is_missing_in_one_click() {
    let home = get_real("/");
    assert!(home.text().contains(&format!("href=\"/ecarts?persona={FIRST}\"")));
    let gaps = get_real(&format!("/ecarts?persona={FIRST}"));
    assert_eq!(gaps.status, StatusCode::OK);
    assert!(gaps.text().contains("ce qui manque"));
}

#[test]
fn figures_agree_between_the_page_the_twin_and_the_table() {
    let twin = get_real(&format!("/ecarts.json?persona={FIRST}")).json();
    let page = get_real(&format!("/ecarts?persona={FIRST}"));
    let csv = get_real(&format!("/ecarts.csv?persona={FIRST}"));
    for (state, label) in [
        ("absent", "Absent"),
        ("hors-de-portee", "Hors de portée"),
        ("fragile", "Fragile"),
        ("couvert", "Couvert"),
    ] {
        let count = usize::try_from(twin["counts"][state].as_u64().expect("a count")).expect("small");
        assert_eq!(page.text().matches(&format!("class=\"c-{state}\"")).count(), count, "{label}");
        assert_eq!(csv.text().matches(&format!(";{state};")).count(), count, "{label}");
    }
    assert_eq!(csv.text().lines().count(), 1 + twin["gaps"].as_array().expect("a list").len());
}

#[test]
fn evidence_agrees_with_the_gap() {
    let twin = get_real(&format!("/ecarts.json?persona={FIRST}")).json();
    for gap in twin["gaps"].as_array().expect("a list") {
        let (competence, level) = (gap["competence"].as_str().expect("an id"), &gap["level"]);
        let page = get_real(&format!("/ecarts?persona={FIRST}&competence={competence}&niveau={level}"));
        assert_eq!(page.status, StatusCode::OK, "{competence} {level}");
        let suiting = gap["suiting"].as_u64().expect("a count");
        let (noun, kept_out) = (
            |n: u64| if n < 2 { "formation" } else { "formations" },
            gap["teaching"].as_u64().expect("a count") - suiting,
        );
        assert!(
            page.text().contains(&format!("Ce qui convient\u{202f}: {suiting}\u{a0}{}<", noun(suiting))),
            "{competence} {level}"
        );
        assert!(
            page.text().contains(&format!("Ce qui est écarté\u{202f}: {kept_out}\u{a0}{}<", noun(kept_out))),
            "{competence} {level}"
        );
    }
}

#[test]
fn answers_lead_to_one_short_address_and_stay_nowhere_else() {
    let form =
        format!("/ecarts?persona={FIRST}&acquis-culture-donnees=2&acquis-lire-chiffres=&heures=14&budget=");
    let moved = get(&form);
    assert_eq!(moved.status, StatusCode::SEE_OTHER);
    assert_eq!(moved.header("location"), format!("/ecarts?persona={FIRST}&acquis=culture-donnees%3A2"));
    let page = check(
        moved.header("location"),
        &["Votre cas", "Culture de la donnée\u{202f}» (niveau 2)", "noindex"],
    );
    assert_eq!(page.header("set-cookie"), "");
}

#[test]
fn every_persona_has_a_page_a_file_and_a_self_assessment() {
    let twin = get("/personas.json").json();
    let personas = twin["personas"].as_array().expect("a list");
    assert_eq!(personas.len(), 3);
    for persona in personas {
        let id = persona["id"].as_str().expect("an id");
        check(&format!("/personas/{id}"), &["Sous quelles contraintes", "Combien de personnes"]);
        let form =
            check(&format!("/personas/{id}/positionnement"), &["Où en êtes-vous", "gardées nulle part"]);
        let needs = persona["need"].as_array().expect("needs").len();
        assert_eq!(form.text().matches("<fieldset").count(), needs);
        let file = get(&format!("/personas/{id}.toml"));
        assert!(file.header("content-disposition").contains(&format!("{id}.toml")));
        let referential = catalogue::Referential::builtin();
        assert_eq!(
            exchange::personas::read("p", file.text(), &referential).map(|read| read.id),
            Ok(id.to_owned())
        );
        assert_eq!(get(&format!("/personas/{id}.json")).json()["id"], id);
    }
}

#[test]
fn what_makes_no_sense_is_refused_in_french() {
    check_refused(
        "/ecarts?personne=x",
        400,
        &["Le paramètre «\u{202f}personne\u{202f}» n’existe pas", "persona"],
    );
    check_refused("/ecarts?persona=inconnu", 404, &["Persona introuvable", "inconnu"]);
    check_refused("/ecarts?niveau=1", 400, &["Choisissez d’abord un persona"]);
    check_refused(&format!("/ecarts?persona={FIRST}&niveau=1"), 400, &["vont ensemble"]);
    check_refused(&format!("/ecarts?persona={FIRST}&competence=x&niveau=1"), 400, &["n’existe pas"]);
    check_refused(
        &format!("/ecarts?persona={FIRST}&competence=culture-donnees&niveau=9"),
        400,
        &["n’existe pas"],
    );
    check_refused(
        &format!("/ecarts?persona={FIRST}&competence=culture-donnees&niveau=4"),
        404,
        &["Niveau sans besoin"],
    );
    check_refused(&format!("/ecarts?persona={FIRST}&acquis=x:9"), 400, &["acquis"]);
    check_refused(&format!("/ecarts?persona={FIRST}&heures=beaucoup"), 400, &["heures"]);
    check_refused(&format!("/ecarts?persona={FIRST}&persona={FIRST}"), 400, &["plusieurs fois"]);
    check_refused("/personas/inconnu", 404, &["Persona introuvable"]);
    check_refused("/personas/inconnu/positionnement", 404, &["Persona introuvable"]);
    check_refused(&format!("/personas/{FIRST}.pdf"), 404, &["Page introuvable"]);
    let many = "acquis=culture-donnees:1&".repeat(150);
    check_refused(&format!("/ecarts?persona={FIRST}&{many}"), 400, &["paramètres"]);
    assert_eq!(
        check_refused("/ecarts.json?persona=inconnu", 404, &[]).json()["error"]["code"],
        "persona-introuvable"
    );
}

#[test]
fn a_catalogue_without_what_they_need_says_so() {
    check(&format!("/ecarts?persona={FIRST}"), &["Aucune formation recensée n’amène à ce niveau."]);
    check("/ecarts", &["Écarts entre l’offre et les besoins", "Combien de personnes derrière"]);
}

#[test]
fn imported_personas_are_shown_and_judged_beside_the_others() {
    let referential = catalogue::Referential::builtin();
    let mut personas = exchange::personas::builtin(&referential);
    let mut other = personas[0].clone();
    other.id = "amdac".to_owned();
    other.label = "AMDAC <b>essai</b>".to_owned();
    personas.push(other);
    let (_snapshots, snapshots) = tokio::sync::watch::channel(crate::support::real());
    let (_personas, personas) = tokio::sync::watch::channel(std::sync::Arc::new(personas));
    let router = web::router(web::App::new(snapshots).with_personas(personas));
    let ask = |address: &str| {
        let request = axum::http::Request::get(address).body(axum::body::Body::empty()).expect("a request");
        crate::support::send_to(router.clone(), request)
    };
    for address in ["/personas", "/ecarts", "/personas/amdac", "/ecarts?persona=amdac", "/plan-du-site", "/"]
    {
        let reply = ask(address);
        assert_eq!(reply.status, StatusCode::OK, "{address}");
        assert!(reply.text().contains("AMDAC"), "{address}");
        assert!(!reply.text().contains("<b>essai</b>"), "{address}");
    }
    let twin = ask("/ecarts.json").json();
    assert_eq!(twin.as_array().expect("a list").len(), 4);
    assert_eq!(twin[3]["counts"], twin[0]["counts"]);
    assert_eq!(
        ask("/personas.json").json()["personas"][3]["coverage"],
        ask("/personas.json").json()["personas"][0]["coverage"]
    );
}

#[test]
fn what_the_case_changes_is_told_everywhere() {
    let case = "acquis=culture-donnees:2&heures=10&sans=public&sans=temps&organismes=3&faits=etablis&durees=centrales";
    for page in [format!("/ecarts?{case}"), format!("/ecarts?persona={FIRST}&{case}")] {
        check(
            &page,
            &[
                "Votre cas",
                "10\u{a0}h par an",
                "3\u{a0}organismes",
                "public visé",
                "médiane",
                "ne permet de vérifier écarte",
            ],
        );
    }
    let reply = get_real("/ecarts?acquis=culture-donnees:2");
    let twin = get_real("/ecarts.json?acquis=culture-donnees:2").json();
    for persona in twin.as_array().expect("a list") {
        let levels = persona["gaps"].as_array().expect("gaps").len();
        assert!(reply.text().contains(&format!("Sur {levels}\u{a0}niveaux à gagner")), "{levels}");
    }
    assert!(
        reply.text().contains(&format!("href=\"/ecarts?persona={FIRST}&#38;acquis=culture-donnees%3A2\""))
    );
}

#[test]
fn pages_without_parameters_refuse_them() {
    for page in [
        "/personas",
        &format!("/personas/{FIRST}"),
        &format!("/personas/{FIRST}/positionnement"),
        "/personas.json",
    ] {
        assert_eq!(get(&format!("{page}?x=1")).status, StatusCode::BAD_REQUEST, "{page}");
    }
    check_refused("/ecarts?acquis=culture-donnees:1&acquis=culture-donnees:2", 400, &["plusieurs fois"]);
}
