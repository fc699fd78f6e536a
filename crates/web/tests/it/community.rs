//! The community: the page, its feeds, the plan of a scenario. Absent: who changes it (see the command).

use catalogue::Referential;
use catalogue::community::Community;
use catalogue::roadmaps::Roadmaps;

use crate::support::{check, check_refused, get, get_beside};

/// The community of the model file, which the guide shows.
fn written() -> Community {
    let text = include_str!("../../../../data/community/exemple.toml");
    exchange::community::read("exemple.toml", text, &Referential::builtin(), &Roadmaps::builtin())
        .unwrap_or_else(|issues| panic!("{issues:?}"))
}

#[test]
fn functions_of_public_sources_are_shown_with_what_is_not_known() {
    let page = check(
        "/communaute",
        &[
            "Administration ministérielle des données",
            "Culture",
            "non précisé",
            "Aucun rendez-vous",
            "/communaute.ics",
        ],
    );
    assert!(!page.text().contains("mailto:"), "no address of anybody");
}

#[test]
fn feeds_are_there_before_any_event() {
    let calendar = get("/communaute.ics");
    assert_eq!(
        (calendar.status.as_u16(), calendar.header("content-type")),
        (200, "text/calendar; charset=utf-8")
    );
    assert!(calendar.text().starts_with("BEGIN:VCALENDAR"));
    let feed = get("/communaute.atom");
    assert_eq!(feed.header("content-type"), "application/atom+xml; charset=utf-8");
    assert!(feed.text().contains("<feed xmlns=\"http://www.w3.org/2005/Atom\""));
}

#[test]
fn a_plan_says_each_month_what_is_proposed_and_on_what_ground() {
    check(
        "/communaute/animation?scenario=relais-ministeriels",
        &[
            "Relais ministériels",
            "Réunion des relais",
            "mois fermé",
            "proposé",
            "/communaute/animation.ics?scenario=relais-ministeriels",
        ],
    );
    let calendar = get("/communaute/animation.ics?scenario=relais-ministeriels");
    assert!(calendar.text().contains("BEGIN:VEVENT"));
    check_refused("/communaute/animation?scenario=inconnu", 404, &["Aucun scénario"]);
    // As the reader set it, with its calendar, and the way back to that scenario.
    check(
        "/communaute/animation?scenario=relais-ministeriels&mois=6&debut=2028-03",
        &[
            "mars 2028",
            "Toutes les populations du scénario",
            "août 2028",
            "/communaute/animation.ics?scenario=relais-ministeriels&#38;mois=6&#38;debut=2028-03",
            "/scenarios/relais-ministeriels?mois=6&#38;debut=2028-03",
        ],
    );
    check(
        "/scenarios/relais-ministeriels?mois=6",
        &["/communaute/animation?scenario=relais-ministeriels&#38;mois=6"],
    );
    check_refused("/communaute/animation?scenario=relais-ministeriels&mois=0", 400, &["mois"]);
    check_refused("/communaute/animation?contenu=zz", 400, &["Ouvrir un fichier"]);
    check_refused("/communaute?x=1", 400, &["n’existe pas ici"]);
}

#[test]
fn who_can_teach_is_found_by_competence_level_and_month() {
    let check = |address: &str, expect: &str, is_there: bool| {
        let page = get_beside(written(), address);
        assert_eq!(page.status.as_u16(), 200, "{address}");
        assert!(page.text().contains(expect), "{address} does not say {expect}:\n{}", page.text());
        assert_eq!(page.text().contains("Correspondante ou correspondant données"), is_there, "{address}");
    };
    check("/communaute", "Relais, par ministère", true);
    check(
        "/communaute?competence=culture-donnees&mois=2027-03",
        "1\u{a0}relais dit pouvoir mener au niveau 1",
        true,
    );
    check("/communaute?competence=culture-donnees&niveau=2&mois=2027-03", "en mars 2027", true);
    check(
        "/communaute?competence=culture-donnees&niveau=3&mois=2027-03",
        "Aucun relais ne dit pouvoir mener",
        false,
    );
    check("/communaute?competence=culture-donnees", "en novembre 2026", false);
    check("/communaute?competence=comprendre-ia&mois=2027-03", "Aucun relais ne dit", false);
    let moved = get("/communaute?competence=culture-donnees&niveau=&mois=");
    assert_eq!(
        (moved.status.as_u16(), moved.header("location")),
        (303, "/communaute?competence=culture-donnees")
    );
    check_refused(
        "/communaute?competence=rien",
        400,
        &["rien", "n’est pas une valeur de", "conduite-projet"],
    );
    check_refused("/communaute?niveau=5", 400, &["n’est pas une valeur de", "niveau"]);
    check_refused("/communaute?mois=mars", 400, &["n’est pas une valeur de", "2027-01"]);
}

#[test]
fn a_cohort_says_its_meetings_to_come() {
    let page = get_beside(written(), "/communaute");
    assert!(
        page.text().contains("à venir\u{202f}: Premier café de la data (vendredi 12 mars 2027 à 12"),
        "{}",
        page.text()
    );
}
