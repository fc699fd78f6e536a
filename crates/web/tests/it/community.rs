//! The community: the page, its feeds, the plan of a scenario. Absent: who changes it (see the command).

use crate::support::{check, check_refused, get};

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
    check_refused("/communaute?x=1", 400, &["n’existe pas ici"]);
}
