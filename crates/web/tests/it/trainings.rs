//! `/formations`: list, facets, filters, pages, ways out.

use axum::body::Body;
use axum::http::Request;

use crate::support::{check, check_refused, get, get_real, send, small};

#[test]
fn the_list_says_what_matters_at_a_glance() {
    check(
        "/formations",
        &[
            "<title>Toutes les formations — Parcours</title>",
            "29\u{a0}formations",
            "page 1 sur 2",
            "École d’essai",
            "rel=\"next\" href=\"/formations?page=2\"",
        ],
    );
    check(
        "/formations?theme=droit-ethique",
        &["14\u{a0}h", "1\u{202f}200\u{a0}€", "Présentiel", "Gratuit", "17 mai 2024", "non précisé"],
    );
}

#[test]
fn an_estimate_is_always_marked() {
    check("/formations?q=%22s%C3%A9rie+1%22", &["≈\u{a0}", "<em>estimation</em>"]);
}

#[test]
fn filters_are_removed_one_by_one() {
    let reply = check(
        "/formations?q=donn%C3%A9es&theme=droit-ethique&duration_max=21&sort=duree",
        &[
            "Thématique\u{202f}: Droit et éthique",
            "Durée\u{202f}: 21\u{a0}h au plus",
            "href=\"/formations?theme=droit-ethique&#38;duration_max=21&#38;sort=duree\"",
            "href=\"/formations?q=donn%C3%A9es&#38;duration_max=21&#38;sort=duree\"",
            "href=\"/formations?q=donn%C3%A9es&#38;theme=droit-ethique&#38;sort=duree\"",
            "Tout effacer",
        ],
    );
    assert!(reply.text().contains("name=\"theme\" value=\"droit-ethique\" checked"));
    assert!(reply.text().contains("<meta name=\"robots\" content=\"noindex\">"));
}

#[test]
fn words_are_searched_and_shown_escaped() {
    let reply = check("/formations?q=%3Cscript%3E%22", &["value=\"&#60;script&#62;&#34;\""]);
    assert!(!reply.text().contains("<script>"));
    let list =
        check("/formations?theme=ia-algorithmes", &["&#60;script&#62;", "&#60;i&#62;Organisme&#60;/i&#62;"]);
    assert!(!list.text().contains("<script>alert"));
}

#[test]
fn nothing_found_is_never_empty_handed() {
    check(
        "/formations?theme=ia-algorithmes&price=gratuit",
        &[
            "Aucune formation",
            "Retirer le filtre «\u{202f}Prix\u{202f}»",
            "2\u{a0}formations",
            "Repartir de toutes les formations",
        ],
    );
    check("/formations?q=zzzzqqqq", &["n’apparaît dans aucune formation"]);
}

#[test]
fn a_page_beyond_the_last_leads_to_the_last() {
    check_refused(
        "/formations?page=9",
        404,
        &["La sélection compte 2\u{a0}pages", "href=\"/formations?page=2\""],
    );
}

#[test]
fn the_fragment_is_the_part_of_the_page_that_changes() {
    let address = "/formations?theme=data-science&page=2";
    let request =
        Request::get(address).header("X-Fragment", "results").body(Body::empty()).expect("a request");
    let fragment = send(&small(), request);
    assert!(fragment.text().starts_with("<div class=\"explorateur\""));
    assert!(get(address).text().contains(fragment.text()));
    assert!(fragment.header("vary").contains("X-Fragment"));
}

#[test]
fn all_providers_have_a_page() {
    check(
        "/formations/organismes?theme=ia-algorithmes",
        &["2\u{a0}organismes", "href=\"/formations?theme=ia-algorithmes&#38;provider=ecole-d-essai\""],
    );
    let many = get_real("/formations");
    assert!(many.text().contains("Tous les organismes ("));
}

#[test]
fn pages_of_the_real_catalogue_are_light() {
    let shared: usize =
        ["/static/style.css", "/static/script.js", "/favicon.svg"].iter().map(|a| get(a).body.len()).sum();
    assert!(get("/static/style.css").body.len() <= 25_000);
    assert!(get("/static/script.js").body.len() <= 8_000);
    let mut pages = vec![
        "/".to_owned(),
        "/competences".to_owned(),
        "/aide".to_owned(),
        "/formations/organismes".to_owned(),
    ];
    pages.extend((1..=22).map(|page| format!("/formations?page={page}")));
    pages.extend((1..=22).map(|page| format!("/formations?sort=duree-desc&page={page}")));
    for address in pages {
        let reply = get_real(&address);
        assert_eq!(reply.status.as_u16(), 200, "{address}");
        let whole = reply.body.len() + shared;
        assert!(whole <= 100_000, "{address}: {whole} bytes");
    }
}

#[test]
fn the_empty_fields_of_a_form_leave_the_address() {
    let check = |address: &str, expect: &str| {
        let reply = get(address);
        assert_eq!((reply.status.as_u16(), reply.header("location")), (303, expect), "{address}");
    };
    check("/formations?q=&price_min=&price_max=", "/formations");
    check("/formations?q=IA&theme=&duration_min=", "/formations?q=IA");
    assert_eq!(get("/formations?q=IA").status.as_u16(), 200);
}

#[test]
fn trainings_chosen_to_be_compared_stay_while_one_chooses_a_provider() {
    let kept = "comparer=elements-of-ai-fr";
    let list = get_real(&format!("/formations?q=IA&{kept}"));
    assert!(
        list.text().contains(&format!("/formations/organismes?q=IA&#38;{kept}")),
        "the link to all providers"
    );
    let providers = get_real(&format!("/formations/organismes?q=IA&{kept}"));
    let links: Vec<&str> = providers.text().split("href=\"/formations?").skip(1).collect();
    assert!(links.len() > 10, "{}", links.len());
    for link in links {
        assert!(link.split('"').next().is_some_and(|link| link.contains(kept)), "{}", &link[..80]);
    }
}
