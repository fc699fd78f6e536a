//! Everything that an address can say wrongly: a clear answer in French, never a fault of ours.

use axum::body::Body;
use axum::http::Request;
use proptest::prelude::*;

use crate::support::{check, check_refused, get, send, small};

#[test]
fn unknown_facets_and_values_tell_the_known_ones() {
    check_refused(
        "/formations?thema=ia",
        400,
        &[
            "thema",
            "<code>theme</code>",
            "La même sélection sans «\u{202f}thema\u{202f}»",
            "href=\"/formations?theme=ia\"",
        ],
    );
    check_refused(
        "/formations?q=donn%C3%A9es&theme=ia-algoritmes",
        400,
        &[
            "Valeur inconnue",
            "<code>ia-algorithmes</code>",
            "href=\"/formations?q=donn%C3%A9es\"",
            "href=\"/formations?q=donn%C3%A9es&#38;theme=ia-algorithmes\"",
        ],
    );
    check_refused("/formations?provider=inconnu", 400, &["Valeur inconnue", "<code>ecole-d-essai</code>"]);
}

#[test]
fn values_that_cannot_be() {
    check_refused("/formations?duration_min=deux", 400, &["attend un nombre positif"]);
    check_refused("/formations?page=0", 400, &["attend un nombre de 1 à"]);
    check_refused("/formations?page=99999999999999999999", 400, &["attend un nombre"]);
    check_refused("/formations?q=a&q=b", 400, &["plusieurs fois"]);
    check_refused("/formations?sort=hasard", 400, &["Valeur inconnue", "<code>duree</code>"]);
}

#[test]
fn a_range_that_cannot_be_comes_back_in_the_form() {
    let reply = check_refused(
        "/formations?theme=data-science&duration_min=9&duration_max=3",
        400,
        &[
            "<title>Erreur dans les filtres",
            "<a href=\"#duration-min\">Pour le filtre",
            "name=\"duration_min\" value=\"9\"",
            "name=\"duration_max\" value=\"3\"",
            "aria-invalid=\"true\" aria-describedby=\"duration-erreur\"",
            "id=\"duration-erreur\">Pour le filtre «\u{202f}Durée\u{202f}», «\u{202f}au moins\u{202f}» dépasse",
            "name=\"theme\" value=\"data-science\" checked",
            "25\u{a0}formations",
        ],
    );
    assert!(!reply.text().contains("id=\"price-erreur\""));
    check_refused(
        "/formations?price_min=cher&duration_min=9&duration_max=3",
        400,
        &["id=\"price-erreur\">", "attend un nombre positif", "id=\"duration-erreur\">"],
    );
    let twin = check_refused("/formations.json?duration_min=9&duration_max=3", 400, &[]).json();
    assert_eq!(twin["error"]["parameters"], serde_json::json!(["duration_min", "duration_max"]));
    assert!(reply.text().contains(twin["error"]["message"].as_str().expect("a message")));
}

#[test]
fn a_search_of_too_many_words_says_so() {
    let words = vec!["mot"; 62].join("+");
    let reply =
        check_refused(&format!("/formations?q={words}"), 400, &["Trop de mots", "62 mots", "32 au plus"]);
    assert!(!reply.text().contains("invisibles"));
    let json = check_refused(&format!("/formations.json?q={words}"), 400, &[]).json();
    assert_eq!(json["error"]["code"], "trop-de-mots");
}

#[test]
fn long_and_broken_addresses() {
    check_refused(
        &format!("/formations?q={}", "a".repeat(10_000)),
        414,
        &["Adresse trop longue", "8\u{202f}000 au plus"],
    );
    check_refused(
        &format!("/formations?q={}", "a".repeat(600)),
        400,
        &["600 caractères", "La même sélection sans les mots"],
    );
    check_refused("/formations?q=%00", 400, &["caractère de contrôle"]);
    check_refused("/formations?q=%C3", 400, &["mal codée"]);
    check_refused("/formations?q=%E9", 400, &["mal codée"]);
    check_refused("/formations?q=100%", 400, &["mal codée"]);
    let repeated = vec!["theme=droit-ethique"; 200].join("&");
    check_refused(&format!("/formations?{repeated}"), 400, &["200 paramètres"]);
    check_refused("/formations.json?q=%FF", 400, &["\"code\":\"adresse-mal-codee\""]);
    check(&format!("/formations?{}", vec!["theme=droit-ethique"; 50].join("&")), &["2\u{a0}formations"]);
}

#[test]
fn nowhere_and_other_methods() {
    check_refused("/nulle-part", 404, &["Page introuvable", "/plan-du-site"]);
    check_refused("/theme/dsfr.min.css", 404, &["n’est pas dans le thème"]);
    let request = Request::post("/formations").body(Body::from("q=x")).expect("a request");
    let reply = send(&small(), request);
    assert_eq!((reply.status.as_u16(), reply.header("allow")), (405, "GET, HEAD"));
    assert!(reply.text().contains("Méthode refusée"));
    let with_body =
        Request::get("/formations").header("content-length", "3").body(Body::from("abc")).expect("a request");
    assert_eq!(send(&small(), with_body).status.as_u16(), 413);
    let json = Request::get("/nulle-part")
        .header("accept", "application/json")
        .body(Body::empty())
        .expect("a request");
    assert_eq!(send(&small(), json).json()["error"]["code"], "page-introuvable");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]
    #[test]
    fn no_query_is_a_fault_of_ours(query in "[a-z_]{0,9}=?[ -~é%&=]{0,60}") {
        let escaped: String = query.chars().map(|c| if c.is_ascii_graphic() && !"\"<>\\^`{|}#".contains(c) { c.to_string() } else { "+".to_owned() }).collect();
        let status = get(&format!("/formations?{escaped}")).status.as_u16();
        prop_assert!([200, 303, 400, 404].contains(&status), "{} for {}", status, escaped);
    }

    #[test]
    fn any_words_are_answered(words in "\\PC{1,80}") {
        let encoded: String = words.bytes().map(|byte| format!("%{byte:02x}")).collect();
        let status = get(&format!("/formations?q={encoded}")).status.as_u16();
        prop_assert!([200, 400].contains(&status), "{} for {}", status, words);
    }
}

#[test]
fn a_slash_too_many_leads_to_the_page_and_to_no_other_site() {
    for (address, to) in
        [("/parcours/", "/parcours"), ("/formations/?q=python", "/formations?q=python"), ("/a//", "/a/")]
    {
        let reply = get(address);
        assert_eq!((reply.status.as_u16(), reply.header("location")), (303, to), "{address}");
    }
    for address in ["//exemple.fr/", "/%5Cexemple.fr/", "/inconnue"] {
        check_refused(address, 404, &["Aucune page n’a l’adresse"]);
    }
}
