//! The pages of pathways: what is wrong in a form told whole and beside its field, refusals, figures that agree. Absent: the
//! search (see the crate `actions`) and its answers (see the tests of `parcours`).

use crate::support::{check, check_refused, get_real};

const FIRST: &str = "directrice-administration-centrale";

#[test]
fn all_that_is_wrong_in_the_form_is_told_with_its_label_beside_its_field() {
    let pairs = format!("persona={FIRST}&heures=beaucoup&mois=99&impose=%C3%89&besoin-culture-donnees=9");
    let wrong = check_refused(
        &format!("/parcours/composer?{pairs}&calculer=1"),
        400,
        &[
            "<a href=\"#heures\">«\u{202f}Heures par an\u{202f}» attend",
            "<a href=\"#mois\">«\u{202f}Durée du parcours, en mois\u{202f}» attend",
            "<a href=\"#impose-1\">«\u{202f}Imposée\u{202f}» attend",
            "<a href=\"#besoin-culture-donnees\">«\u{202f}Je veux\u{202f}» attend",
            "value=\"beaucoup\" aria-invalid=\"true\" aria-describedby=\"heures-tort\"",
            "id=\"heures-tort\">«\u{202f}Heures par an",
        ],
    );
    // Each link leads to a field of the page, and nothing else is marked.
    for part in wrong.text().split("<li><a href=\"#").skip(1).take(4) {
        let field = part.split('"').next().expect("an identifier");
        assert!(wrong.text().contains(&format!(" id=\"{field}\"")), "{field}");
    }
    assert_eq!(wrong.text().matches("aria-invalid").count(), 4);
    check(
        "/parcours/composer?persona=adjoint-projet",
        &["name=\"heures\" inputmode=\"decimal\" value=\"\">"],
    );
    check_refused(
        "/parcours/composer?besoin=inconnue:2&calculer=1",
        400,
        &["<li>«\u{202f}Je veux\u{202f}» attend"],
    );
    check_refused("/parcours/composer?calculer=1", 400, &["<a href=\"#besoins\">Choisissez au moins"]);
}

#[test]
fn values_that_are_refused_have_the_status_of_a_refusal() {
    check_refused("/parcours/equipe?groupe=personne:3", 400, &["Aucun persona"]);
    check_refused(
        "/parcours/equipe?groupe=adjoint-projet:3&places=0&enveloppe=-5",
        400,
        &["<a href=\"#places\">", "<a href=\"#enveloppe\">", "de 0 à 1\u{202f}000\u{202f}000"],
    );
    check_refused("/parcours/equipe?groupe-adjoint-projet=x", 400, &["<a href=\"#groupe-adjoint-projet\">"]);
    check_refused(
        "/parcours/equipe?foo=1",
        400,
        &["groupe", "places", "session", "enveloppe", "heures", "exclus", "faits", "durees", "prix-inconnus"],
    );
    check_refused(
        "/parcours/comparer?a=ailleurs&b=%2Fparcours%2Fpersonne",
        400,
        &["<a href=\"#a\">Parcours A", "<a href=\"#b\">Parcours B", "aria-invalid"],
    );
    check_refused(
        &format!("/parcours/{FIRST}?heures=x&mois=y"),
        400,
        &["«\u{202f}heures\u{202f}» attend", "«\u{202f}mois\u{202f}» attend"],
    );
    check("/parcours/equipe", &["Programme pour une équipe"]);
    check("/parcours/comparer", &["Comparer deux parcours"]);
}

#[test]
fn what_is_mastered_already_is_said_so_and_nothing_is_counted_of_nothing() {
    let page =
        check("/parcours/sur-mesure?besoin=culture-donnees:2&acquis=culture-donnees:2", &["déjà maîtrisé"]);
    assert!(!page.text().contains("Aucun besoin n’est demandé"));
    assert!(!page.text().contains("Choisi parmi"), "{}", page.text());
    check(&format!("/parcours/{FIRST}?heures=0.0001"), &["vous avez moins d’une minute par an"]);
}

#[test]
fn the_level_after_is_the_same_on_the_page_and_in_its_file() {
    for id in [FIRST, "cheffe-service-portefeuille", "adjoint-projet"] {
        let twin = get_real(&format!("/parcours/{id}.json")).json();
        for line in twin["coverage"].as_array().expect("a list") {
            let (after, wanted) = (line["after"].as_u64(), line["wanted"].as_u64());
            assert!(after <= wanted, "{line}");
        }
    }
}
