//! `/feuilles-de-route`: counts that their lists prove, filters, unknown totals, refusals.

use axum::http::StatusCode;
use serde_json::Value;

use crate::support::{check, check_refused, get, get_real};

/// What a page may weigh when its styles and script are to stay under 100 kB with it.
const LIGHT: usize = 63_000;

fn list(value: &Value) -> &Vec<Value> {
    value.as_array().expect("a list")
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}

fn actions(query: &str) -> Vec<Value> {
    let twin = get_real(&format!("/feuilles-de-route.json{query}")).json();
    assert_eq!(twin["total"], list(&twin["actions"]).len(), "{query}");
    list(&twin["actions"]).clone()
}

#[test]
fn every_count_is_that_of_the_list_it_leads_to() {
    let mut seen = [0; 3];
    for action in actions("?type=formation") {
        for link in list(&action["links"]) {
            let (page, trainings) = (text(&link["page"]), link["trainings"].as_u64().expect("a count"));
            let counted = catalogue::french::counted(trainings, "formation", "formations");
            let expected = match (&link["level"], &link["counted_for"]) {
                (Value::Null, _) => {
                    let twin = get_real(&page.replace("/formations?", "/formations.json?")).json();
                    assert_eq!(twin["total"], trainings, "{page}");
                    seen[0] += 1;
                    continue;
                }
                (_, Value::Null) => {
                    seen[1] += 1;
                    let providers = link["providers"].as_u64().expect("a count");
                    format!(
                        "{counted} de {}",
                        catalogue::french::counted(providers, "organisme", "organismes")
                    )
                }
                _ => {
                    seen[2] += 1;
                    format!("Ce qui convient\u{202f}: {counted}<")
                }
            };
            let list = get_real(page);
            assert_eq!(list.status, StatusCode::OK, "{page}");
            assert!(list.text().contains(&expected), "{page}: {expected}");
        }
    }
    assert!(seen.iter().all(|number| *number > 0), "{seen:?}");
}

#[test]
fn pages_say_the_counts_of_the_twin_and_the_table_has_a_line_for_each_link() {
    let all = actions("");
    assert_eq!(all.len(), 81);
    let links: usize = all.iter().map(|action| list(&action["links"]).len().max(1)).sum();
    let table = get_real("/feuilles-de-route.csv");
    assert_eq!(table.text().lines().count(), 1 + links);
    for action in &all {
        let page = get_real(&format!("/feuilles-de-route/{}", text(&action["roadmap"])));
        let id = format!("id=\"{}\"", text(&action["id"]));
        let card = page.text().split(&id).nth(1).expect("the action").split("class=\"action-fdr\"").next();
        let card = card.expect("a card");
        for link in list(&action["links"]) {
            let number = link["trainings"].as_u64().expect("a count");
            let counted = catalogue::french::counted(number, "formation", "formations");
            assert!(card.contains(&counted) || number == 0, "{id}: {counted}\n{card}");
        }
        let state = format!("r-{}\"", text(&action["state"]));
        assert_eq!(card.contains(&state), action["kind"] == "formation", "{id}");
        assert!(card.contains(&text(&action["source"]).replace('&', "&#38;")), "{id}");
    }
}

#[test]
fn the_table_of_ministries_counts_what_each_link_lists() {
    let page = get_real("/feuilles-de-route");
    let rows = page.text().split("<tbody>").nth(1).expect("a table").split("</tbody>").next().expect("rows");
    let mut counted = 0;
    for cell in rows.split("<td><a href=\"").skip(1) {
        let (href, rest) = cell.split_once('"').expect("an address");
        let number = rest.trim_start_matches('>').split('<').next().expect("a number");
        let query = href.replace("&#38;", "&").replace("/feuilles-de-route", "");
        assert_eq!(actions(&query).len().to_string(), number, "{href}");
        counted += 1;
    }
    assert!(counted > 20, "{counted}");
    assert_eq!(rows.matches("non précisé").count(), 14);
    assert_eq!(rows.matches("<td>45</td>").count(), 1);
}

#[test]
fn pages_are_light_and_lead_from_one_to_the_next() {
    let mut cards = 0;
    for number in 1..=4 {
        let page = get_real(&format!("/feuilles-de-route?page={number}"));
        assert!(page.body.len() <= LIGHT, "{number}: {} bytes", page.body.len());
        cards += page.text().matches("class=\"action-fdr\"").count();
    }
    assert_eq!(cards, 81);
    let twin = get_real("/feuilles-de-route.json").json();
    for roadmap in list(&twin["roadmaps"]) {
        let page = get_real(&format!("/feuilles-de-route/{}", text(&roadmap["id"])));
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.body.len() <= LIGHT, "{}: {} bytes", roadmap["id"], page.body.len());
        let read = format!("<dt>Actions lues ici</dt><dd>{}</dd>", roadmap["actions_read"]);
        assert!(page.text().contains(&read), "{read}");
    }
}

#[test]
fn little_is_known_and_the_page_says_so() {
    check(
        "/feuilles-de-route",
        &[
            "81\u{a0}actions lues, 500 annoncées en 2021",
            "11\u{a0}actions lues viennent",
            "2 feuilles de route sur 15",
            "non précisé",
            "n’ont pas été lus",
        ],
    );
    check(
        "/feuilles-de-route/armees",
        &["Aucune action de cette feuille", "irecteur général du numérique", "270\u{202f}000"],
    );
    check("/feuilles-de-route/culture", &["<dd>45</dd>", "rapprochement éditorial", "aucun nom n’est gardé"]);
    check(
        "/feuilles-de-route?etat=non-jugee",
        &["6\u{a0}actions", "L’intitulé ne nomme aucun sujet.", "noindex"],
    );
}

#[test]
fn filters_narrow_and_a_form_leads_to_the_short_address() {
    let moved = get("/feuilles-de-route?ministere=culture&type=&etat=&competence=&persona=");
    assert_eq!(moved.status, StatusCode::SEE_OTHER);
    assert_eq!(moved.header("location"), "/feuilles-de-route?ministere=culture");
    for action in actions("?competence=culture-donnees") {
        assert!(list(&action["links"]).iter().any(|link| link["competence"] == "culture-donnees"));
    }
    let named = actions("?persona=directrice-administration-centrale");
    assert_eq!(named.len(), 3);
    let persona = get_real("/personas/directrice-administration-centrale");
    assert!(persona.text().contains("Les 3 actions"));
    let asking = actions("?competence=culture-donnees").len();
    let competence = get_real("/competences/culture-donnees");
    assert!(competence.text().contains(&format!(">{asking} actions de formation la demandent<")));
    assert!(actions("?competence=securite-numerique").is_empty());
    check("/feuilles-de-route?competence=securite-numerique", &["Aucune action lue"]);
}

#[test]
fn what_does_not_exist_is_refused_with_what_does() {
    check_refused("/feuilles-de-route?ministere=x", 400, &["Valeur inconnue", "<code>culture</code>"]);
    check_refused("/feuilles-de-route?type=x", 400, &["Valeur inconnue", "<code>formation</code>"]);
    check_refused("/feuilles-de-route?etat=x", 400, &["Valeur inconnue", "<code>en-partie</code>"]);
    check_refused("/feuilles-de-route?competence=x", 400, &["<code>culture-donnees</code>"]);
    check_refused("/feuilles-de-route?persona=x", 400, &["<code>adjoint-projet</code>"]);
    check_refused("/feuilles-de-route?ministre=x", 400, &["Paramètre inconnu", "<code>ministere</code>"]);
    check_refused("/feuilles-de-route?type=usage&type=outils", 400, &["plusieurs fois"]);
    check_refused("/feuilles-de-route?page=0", 400, &["numéro de page"]);
    check_refused(
        "/feuilles-de-route?page=9",
        404,
        &["La dernière page", "href=\"/feuilles-de-route?page=4\""],
    );
    check_refused(
        "/feuilles-de-route/nulle",
        404,
        &["Aucune feuille de route", "href=\"/feuilles-de-route\""],
    );
    check_refused("/feuilles-de-route/culture?x=1", 400, &["Paramètre inconnu"]);
    let twin = check_refused("/feuilles-de-route.json?etat=x", 400, &[]).json();
    assert_eq!(twin["error"]["parameters"], serde_json::json!(["etat"]));
}
