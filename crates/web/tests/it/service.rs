//! Home, help and the pages that a State service owes.

use crate::support::{check, get, get_real};

#[test]
fn key_figures_lead_to_their_proof() {
    let home = get_real("/");
    for chunk in
        home.text().split("<ul class=\"chiffres\">").nth(1).expect("figures").split("<li>").skip(1).take(6)
    {
        let href = chunk.split("href=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a link");
        let number =
            chunk.split("<strong>").nth(1).and_then(|rest| rest.split('<').next()).expect("a number");
        if href != "/formations/organismes" && !number.contains('%') {
            let page = get_real(&href.replace("&#38;", "&"));
            assert!(
                page.text().contains(&format!("id=\"nombre\" tabindex=\"-1\">{number}\u{a0}formation")),
                "{href}: {number}"
            );
        }
    }
}

#[test]
fn pages_say_what_they_owe() {
    check("/", &["Je suis…", "Par thématique", "non précisé"]);
    check("/aide", &["Erreur médiane", "guillemets", "Faiblesses connues", "au moins 5"]);
    check("/accessibilite", &["non conforme", "à compléter par l’administration"]);
    check("/mentions-legales", &["Licence Ouverte 2.0", "à compléter par l’administration"]);
    check("/plan-du-site", &["/competences", "/api/openapi.json"]);
    check("/robots.txt", &["User-agent: *"]);
    check(
        "/",
        &[
            "Version 7 du catalogue",
            "publiée le <time datetime=\"2026-11-24\">24 novembre 2026</time>",
            "29\u{a0}formations",
        ],
    );
}

#[test]
fn every_page_has_one_heading_a_language_and_landmarks() {
    let pages = [
        "/",
        "/formations",
        "/formations/piege",
        "/comparer?id=piege",
        "/competences",
        "/cartographie?par=nature&mesure=prix&part=ligne",
        "/cartographie/acteurs?provider_kind=public",
        "/cartographie/acteurs",
        "/cartographie/correspondances",
        "/cartographie/correspondances?seuil=99999",
        "/competences/analyse-donnees",
        "/competences/equipe-data",
        "/competences/analyse-donnees?niveau=2",
        "/qualite",
        "/feuilles-de-route",
        "/feuilles-de-route?page=4",
        "/feuilles-de-route/ensemble-des-15-feuilles-de-route",
        "/feuilles-de-route/culture",
        "/formations/organismes",
        "/aide",
        "/plan-du-site",
        "/accessibilite",
        "/mentions-legales",
        "/api",
        "/nulle-part",
    ];
    for address in pages {
        let reply = get(address);
        let text = reply.text();
        assert_eq!(text.matches("<h1").count(), 1, "{address}");
        for part in ["<html lang=\"fr\">", "<main", "<header", "<footer", "fr-skiplinks", "</html>"] {
            assert!(text.contains(part), "{address}: {part}");
        }
        assert!(!text.contains("style=\"") && !text.contains(" onclick"), "{address}");
        let typewriter = ["« ", " »", " ;", " !", " ?"].into_iter().find(|wrong| text.contains(wrong));
        assert_eq!(typewriter, None, "{address}");
    }
}
