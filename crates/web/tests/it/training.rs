//! `/formations/{id}` and its twins: origin of each field, escaping, JSON-LD.

use crate::support::{check, check_refused, get, get_real, real};

#[test]
fn each_field_has_its_origin() {
    check(
        "/formations/droit-des-donnees",
        &[
            "<h1>Droit des données personnelles</h1>",
            "<q class=\"mots\">2 jours</q>",
            "jugement éditorial",
            "source 1",
            "17 mai 2024",
            "(site externe)",
            "aucune source ne l’indique",
            "Protection des données\u{202f}: niveau 2",
            "<link rel=\"canonical\" href=\"/formations/droit-des-donnees\">",
        ],
    );
}

#[test]
fn an_estimate_shows_its_rule_and_its_spread() {
    check(
        "/formations/serie-1",
        &[
            "<em>estimation</em>",
            "24\u{a0}formations comparables",
            "quatre sur cinq durent au plus",
            "niveau le plus élevé 2",
        ],
    );
}

#[test]
fn hostile_texts_stay_texts() {
    let page = check("/formations/piege", &["&#60;script&#62;alert"]);
    let scripts = page.text().matches("<script").count();
    assert_eq!(scripts, 2, "ours and the JSON-LD");
    assert_eq!(page.text().matches("</script>").count(), 2);
    let linked = get("/formations/piege.jsonld").json();
    assert_eq!(linked["name"], "Titre <script>alert('x')</script> \"piégé\"");
}

#[test]
fn the_twin_has_the_same_facts() {
    let twin = get("/formations/droit-des-donnees.json").json();
    insta::assert_json_snapshot!(twin);
}

#[test]
fn linked_data_says_an_event_or_a_course() {
    assert_eq!(get("/formations/conference.jsonld").json()["@type"], "EducationEvent");
    let course = get("/formations/droit-des-donnees.jsonld").json();
    assert_eq!(course["@type"], "Course");
    assert_eq!(course["hasCourseInstance"][0]["courseWorkload"], "PT14H");
    assert_eq!(course["offers"]["price"], 1200.0);
}

#[test]
fn an_unknown_training_leads_to_a_search() {
    check_refused(
        "/formations/droit-absent",
        404,
        &["Formation introuvable", "href=\"/formations?q=droit%20absent&#38;mots=un\""],
    );
    let twin = check_refused("/formations/droit-absent.json", 404, &[]);
    assert_eq!(twin.json()["error"]["code"], "formation-introuvable");
}

#[test]
fn every_real_training_has_its_page() {
    for training in real().trainings() {
        let reply = get_real(&format!("/formations/{}", training.id));
        assert_eq!(reply.status.as_u16(), 200, "{}", training.id);
        assert!(reply.text().contains("</html>"), "{}", training.id);
    }
}
