//! Trainings to build: the page, the sheet, their twins, what is refused. Absent: how they are chosen (see `actions`).

use serde_json::Value;

use crate::support::{check, check_refused, get, get_real};

/// The identifier of the first proposal on the real catalogue.
fn first(query: &str) -> String {
    let twin = get_real(&format!("/recommandations.json{query}")).json();
    twin["proposals"][0]["id"].as_str().expect("a proposal").to_owned()
}

#[test]
fn the_page_says_what_to_build_for_whom_and_by_which_rules() {
    let expect = [
        "Formations à construire",
        "1\u{a0}formation à construire",
        "resterait à",
        "Avant, après",
        "La demande",
        "Comment ces formations sont composées et choisies",
    ];
    check("/recommandations", &expect);
}

#[test]
fn the_form_leads_to_the_short_address() {
    let reply = get("/recommandations?nombre=3&promesse=mediane&effectif-adjoint-projet=1+200&effectif-x=");
    assert_eq!(reply.status.as_u16(), 303);
    assert_eq!(reply.header("location"), "/recommandations?nombre=3&effectif=adjoint-projet%3A1200");
}

#[test]
fn what_makes_no_sense_is_refused_with_what_fits() {
    check_refused("/recommandations?nombre=11", 400, &["À corriger", "de 1 à 10"]);
    check_refused(
        "/recommandations?persona=adjoint-projets",
        400,
        &["vouliez-vous «\u{202f}adjoint-projet\u{202f}»"],
    );
    check_refused("/recommandations?effectif=adjoint-projet:0", 400, &["1 à 1 000 000"]);
    check_refused("/recommandations?promesse=folle", 400, &["mediane"]);
    check_refused("/recommandations?theme=ia", 400, &["n’existe pas ici"]);
    check_refused("/recommandations.json?nombre=zero", 400, &["de 1 à 10"]);
    check_refused("/recommandations/proposition--inconnue", 404, &["n’est plus"]);
    check_refused("/recommandations/x?heures=-1", 400, &["de plus de 0"]);
    check_refused("/recommandations/x?format=telepathie", 400, &["identifiant d’un format"]);
}

#[test]
fn a_sheet_says_every_choice_and_keeps_what_a_reader_changes() {
    let id = first("");
    let page = get_real(&format!("/recommandations/{id}"));
    assert_eq!(page.status.as_u16(), 200, "{}", page.text());
    for text in
        ["Objectifs", "Déroulé proposé", "Évaluation", "Ce qui fonde chaque choix", "20 personnes au plus"]
    {
        assert!(page.text().contains(text), "{text}");
    }
    let changed = get_real(&format!("/recommandations/{id}?titre=%3Cb%3EAutre&heures=3%2C5&groupe=8"));
    for text in ["&#60;b&#62;Autre", "3\u{a0}h\u{a0}30", "8 personnes au plus", "Revenir à la fiche proposée"]
    {
        assert!(changed.text().contains(text), "{text}: {}", changed.text());
    }
    let twin = get_real(&format!("/recommandations/{id}.json?heures=3,5")).json();
    assert_eq!(twin["hours"], 3.5);
    let minutes: u64 =
        twin["sequence"].as_array().expect("parts").iter().filter_map(|part| part["minutes"].as_u64()).sum();
    assert_eq!(minutes, 210);
    assert_eq!(twin["changed"], serde_json::json!(["heures"]));
}

#[test]
fn the_files_of_a_sheet_are_those_of_the_sheet_as_it_was_changed() {
    let id = first("");
    let page = get_real(&format!("/recommandations/{id}?titre=Autre"));
    let files =
        [("pdf", "application/pdf", "Pdf"), ("odt", "application/vnd.oasis.opendocument.text", "Odt")];
    for (end, media, form) in files {
        let address = format!("/recommandations/{id}.{end}?titre=Autre");
        assert!(page.text().contains(&format!("href=\"{address}\"")), "{address}");
        let file = get_real(&address);
        assert_eq!((file.status.as_u16(), file.header("content-type")), (200, media));
        assert!(file.header("content-disposition").contains(&format!("{id}.{end}")));
        let ident = format!("/recommandations/{id}?titre=Autre");
        assert!(file.text().starts_with(&format!("{form} Autre fiche ")), "{}", file.text());
        assert!(file.text().ends_with(&ident), "{}", file.text());
    }
    assert_eq!(get_real(&format!("/recommandations/{id}.docx")).status.as_u16(), 404);
}

#[test]
fn the_form_of_a_sheet_drops_what_changes_nothing() {
    let id = first("");
    let twin = get_real(&format!("/recommandations/{id}.json")).json();
    let situation = twin["audience"][0]["situation"].as_str().expect("a situation").replace(' ', "+");
    let address =
        format!("/recommandations/{id}?titre=&heures=&groupe=20&situation={situation}&remarques=oui");
    let reply = get_real(&address);
    assert_eq!(reply.status.as_u16(), 303);
    assert_eq!(reply.header("location"), format!("/recommandations/{id}?remarques=oui"));
}

#[test]
fn objectives_are_the_sentences_of_the_levels_gained() {
    let twin: Value = get_real(&format!("/recommandations/{}.json", first(""))).json();
    let levels: u64 = twin["competences"]
        .as_array()
        .expect("competences")
        .iter()
        .map(|own| own["to"].as_u64().unwrap_or(0) - own["from"].as_u64().unwrap_or(0))
        .sum();
    assert_eq!(twin["objectives"].as_array().map(Vec::len), Some(levels as usize));
}
