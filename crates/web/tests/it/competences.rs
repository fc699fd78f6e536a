//! The referential and the page of a competence: figures, empty levels, links, refusals.

use catalogue::{RawTraining, Referential};

use crate::support::{build, check, check_refused, get, get_real, real, row, rows, send};

/// What a page may weigh when its styles and script are to stay under 100 kB with it.
const LIGHT: usize = 63_000;

/// Asks a page of a catalogue with these rows beside the small one.
fn get_with(more: Vec<RawTraining>, address: &str) -> crate::support::Reply {
    let mut rows = rows();
    rows.extend(more);
    let request = axum::http::Request::get(address).body(axum::body::Body::empty());
    send(&build(rows), request.expect("a request"))
}

fn analysis(id: &str, to: u8, from: u8) -> RawTraining {
    let mut raw = row(id, &format!("Formation {id}"), ("Cabinet", "prive"), &["data-science"]);
    raw.competences = [("analyse-donnees".to_owned(), to)].into();
    if from > 0 {
        raw.prerequisites = [("analyse-donnees".to_owned(), from)].into();
    }
    raw
}

/// The part of a page between two anchors.
fn section<'a>(page: &'a str, id: &str) -> &'a str {
    let rest = page.split(&format!("id=\"{id}\"")).nth(1).unwrap_or_else(|| panic!("no {id}:\n{page}"));
    rest.split("</section>").next().expect("a section")
}

#[test]
fn the_referential_counts_trainings_at_each_level() {
    let twin = get("/competences.json").json();
    assert_eq!(twin["blocks"].as_array().map(Vec::len), Some(5));
    let page = check(
        "/competences",
        &[
            "Analyse de données",
            "25\u{a0}formations",
            "1\u{a0}formation",
            "92 niveaux sur 96 ne sont enseignés",
        ],
    );
    let cell = "<a href=\"/competences/analyse-donnees#niveau-2\">25<span class=\"fr-sr-only\"> formations, niveau 2";
    assert!(page.text().contains(cell));
    assert!(page.text().contains("<a href=\"/competences/analyse-donnees#niveau-3\">aucune<"));
}

#[test]
fn every_competence_has_a_page_and_a_twin_that_agree() {
    for term in Referential::builtin().terms("competence") {
        let page = get_real(&format!("/competences/{}", term.id));
        assert_eq!(page.status.as_u16(), 200, "{}", term.id);
        assert!(page.body.len() <= LIGHT, "{}: {} bytes", term.id, page.body.len());
        let twin = get_real(&format!("/competences/{}.json", term.id)).json();
        for level in twin["levels"].as_array().expect("levels") {
            let number = &level["level"];
            let section = section(page.text(), &format!("niveau-{number}"));
            let trainings = level["trainings"].as_u64().expect("a count");
            let said = match trainings {
                0 => "Aucune formation recensée n’amène à ce niveau.".to_owned(),
                1 => "1\u{a0}formation de".to_owned(),
                many => format!("{}\u{a0}formations de", catalogue::french::integer(many)),
            };
            assert!(section.contains(&said), "{} {number}: {said}", term.id);
            let listed = section.matches("<tr><th scope=\"row\">").count() as u64;
            assert_eq!(listed, trainings.min(10), "{} {number}", term.id);
            let all = get_real(&format!("/competences/{}?niveau={number}", term.id));
            assert!(all.body.len() <= LIGHT, "{} {number}: {} bytes", term.id, all.body.len());
            let whole = self::section(all.text(), &format!("niveau-{number}"));
            assert_eq!(whole.matches("<tr><th scope=\"row\">").count() as u64, trainings.min(100));
        }
    }
    assert!(real().len() > 400);
}

#[test]
fn a_level_says_what_one_can_do_who_teaches_it_and_at_what_price() {
    let mut cheap = analysis("pas-cher", 3, 2);
    cheap.price_eur = Some(90.0);
    cheap.duration_hours = Some(30.0);
    let mut free = analysis("gratuite", 1, 0);
    free.price_eur = Some(0.0);
    let more = vec![analysis("une", 4, 0), cheap, free];
    let page = get_with(more.clone(), "/competences/analyse-donnees");
    let first = section(page.text(), "niveau-1");
    assert!(first.contains("À ce niveau, on sait\u{202f}: "));
    assert!(
        first.contains(
            "27\u{a0}formations de 2\u{a0}organismes l’enseignent\u{202f}; 1 s’y arrête, 26 vont plus haut."
        ),
        "{first}"
    );
    assert!(first.contains("Durée indiquée par 24 sur 27\u{202f}: 2\u{a0}h à 25\u{a0}h."), "{first}");
    assert!(first.contains("Prix indiqué par 1 sur 27, dont 1\u{a0}gratuite."), "{first}");
    assert!(first.contains("href=\"/competences/analyse-donnees?niveau=1\">Et 17\u{a0}autres"), "{first}");
    let third = section(page.text(), "niveau-3");
    assert!(third.contains("2\u{a0}formations de 1\u{a0}organisme"), "{third}");
    assert!(third.contains("à partir de 90\u{a0}€."), "{third}");
    assert!(
        third.contains("Analyse de données : niveau 2")
            || third.contains("Analyse de données\u{202f}: niveau 2"),
        "{third}"
    );
    assert!(third.find("pas-cher") < third.find("/formations/une"), "those that end there first: {third}");
    let fourth = section(page.text(), "niveau-4");
    assert!(fourth.contains("1\u{a0}formation de 1\u{a0}organisme l’enseigne."), "{fourth}");
    let alone = get_with(more, "/competences/analyse-donnees?niveau=3");
    assert!(alone.text().contains("id=\"niveau-3\"") && !alone.text().contains("id=\"niveau-2\""));
    assert!(alone.text().contains("<meta name=\"robots\" content=\"noindex\">"));
}

#[test]
fn an_exam_is_no_teaching() {
    let mut exam = row("examen", "Examen", ("Cabinet", "prive"), &["data-science"]);
    exam.kind = "exam".to_owned();
    exam.competences = [("equipe-data".to_owned(), 3)].into();
    let page = get_with(vec![exam], "/competences/equipe-data");
    assert!(page.text().contains("Aucune formation recensée n’enseigne cette compétence"));
    assert_eq!(page.text().matches("Aucune formation recensée n’amène à ce niveau.").count(), 4);
    assert!(page.text().contains("1\u{a0}formation<span class=\"fr-sr-only\"> qui développent"));
}

#[test]
fn what_lacks_a_level_says_so_at_once() {
    check(
        "/competences/analyse-donnees",
        &["Personne n’enseigne les niveaux 3 et 4", "la nôtre en est une partie"],
    );
    check("/competences/strategie-donnees", &["Aucune compétence n’y correspond."]);
}

#[test]
fn the_shape_of_a_competence() {
    let mut twin = get("/competences/protection-donnees.json").json();
    for level in twin["levels"].as_array_mut().expect("levels") {
        for training in level["first"].as_array_mut().expect("trainings") {
            *training = training["id"].take();
        }
    }
    insta::assert_json_snapshot!(twin);
    let one = get("/competences/protection-donnees.json?niveau=2").json();
    assert_eq!(one["levels"].as_array().map(Vec::len), Some(1));
}

#[test]
fn an_address_that_says_something_wrong_is_refused() {
    check_refused(
        "/competences/nulle",
        404,
        &["Aucune compétence n’a l’identifiant", "href=\"/competences\""],
    );
    check_refused("/competences/nulle.json", 404, &["page-introuvable"]);
    check_refused("/competences/analyse-donnees?niveau=5", 400, &["Valeur inconnue", "<code>4</code>"]);
    check_refused("/competences/analyse-donnees?niveau=deux", 400, &["Valeur inconnue"]);
    check_refused("/competences/analyse-donnees?niveau=1&niveau=2", 400, &["plusieurs fois"]);
    check_refused("/competences?niveau=1", 400, &["Paramètre inconnu"]);
    check_refused("/competences/analyse-donnees?level=2", 400, &["Paramètre inconnu", "<code>niveau</code>"]);
    check_refused("/competences/analyse-donnees.json?level=2", 400, &["parametre-inconnu"]);
}
