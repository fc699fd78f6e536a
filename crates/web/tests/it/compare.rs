//! `/comparer`: side by side, differences in words, limits.

use crate::support::{check, check_refused};

#[test]
fn what_differs_is_said_in_words() {
    let reply = check(
        "/comparer?id=droit-des-donnees&id=open-data",
        &[
            "Comparaison de 2 formations",
            "<span class=\"fr-badge\">diffère</span>",
            "href=\"/comparer?id=open-data\"",
            "Ajouter une formation proche",
        ],
    );
    let row = |label: &str| {
        let rest = reply.text().split(&format!("<th scope=\"row\">{label}")).nth(1).expect("a row");
        rest.split("</tr>").next().expect("its end").to_owned()
    };
    assert!(row("Prix").contains("diffère"));
    assert!(!row("Type").contains("diffère"));
}

#[test]
fn without_a_choice_the_page_explains() {
    check("/comparer", &["Jusqu’à quatre formations", "Cherchez des formations"]);
    check("/comparer?id=", &["Jusqu’à quatre formations"]);
    check("/comparer?id=open-data", &["Choisissez au moins une autre formation"]);
    check("/comparer?id=open-data&id=open-data", &["Choisissez au moins une autre formation"]);
}

#[test]
fn choices_stay_in_every_link_of_the_list() {
    let address =
        "/formations?theme=data-science&page=2&comparer=serie-1&comparer=open-data&comparer=absente";
    let reply = check(
        address,
        &[
            "2\u{a0}formations choisies pour la comparaison",
            "href=\"/comparer?id=serie-1&#38;id=open-data\"",
            "rel=\"prev\"",
            "href=\"/formations?theme=data-science&#38;comparer=serie-1&#38;comparer=open-data\"",
            "<input type=\"hidden\" name=\"page\" value=\"2\">",
            "<input type=\"hidden\" name=\"comparer\" value=\"open-data\">",
            "<meta name=\"robots\" content=\"noindex\">",
        ],
    );
    let list = reply.text().split("id=\"resultats\"").nth(1).expect("results");
    let links =
        list.split("href=\"/formations?").skip(1).map(|rest| rest.split('"').next().expect("its end"));
    assert!(links.clone().count() > 3);
    for link in links {
        assert!(link.contains("comparer="), "{link}");
    }
    check("/formations?comparer=open-data", &["1\u{a0}formation choisie", "Choisissez-en une autre"]);
}

#[test]
fn a_fifth_choice_is_explained_and_kept() {
    let ids: Vec<String> = (1..=5).map(|rank| format!("comparer=serie-{rank}")).collect();
    let reply = check(
        &format!("/formations?{}", ids.join("&")),
        &[
            "5\u{a0}formations choisies",
            "Quatre formations au plus se comparent",
            "retirez-en une",
            "série 5",
        ],
    );
    assert!(!reply.text().contains("href=\"/comparer?id="));
}

#[test]
fn limits() {
    check_refused(
        "/comparer?id=serie-1&id=serie-2&id=serie-3&id=serie-4&id=serie-5",
        400,
        &[
            "5 formations sont choisies",
            "quatre au plus",
            "Comparer les quatre premières",
            "Retirer «\u{202f}Analyse de données, série 5\u{202f}»",
            "href=\"/comparer?id=serie-1&#38;id=serie-2&#38;id=serie-3&#38;id=serie-4\"",
        ],
    );
    check_refused(
        "/comparer?id=absente&id=open-data",
        404,
        &["La comparaison sans elle", "href=\"/comparer?id=open-data\""],
    );
    check_refused("/comparer?ids=open-data", 400, &["Le paramètre «\u{202f}ids\u{202f}» n’existe pas ici"]);
}
