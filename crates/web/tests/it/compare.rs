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
fn limits() {
    check_refused(
        "/comparer?id=serie-1&id=serie-2&id=serie-3&id=serie-4&id=serie-5",
        400,
        &["quatre au plus", "Comparer les quatre premières"],
    );
    check_refused(
        "/comparer?id=absente&id=open-data",
        404,
        &["La comparaison sans elle", "href=\"/comparer?id=open-data\""],
    );
    check_refused("/comparer?ids=open-data", 400, &["Le paramètre «\u{202f}ids\u{202f}» n’existe pas ici"]);
}
