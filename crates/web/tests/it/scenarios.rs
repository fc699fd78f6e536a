//! Scenarios: pages, twins, files, what is refused. Absent: the simulation (see the crate `actions`): here one figure is made
//! of the request.

use crate::support::{check, check_refused, get};

#[test]
fn the_list_gives_each_scenario_with_its_figures() {
    check(
        "/scenarios",
        &[
            "Campus central",
            "Le plan de transition écologique, rejoué",
            "Comparer les quatre façons",
            "50 sur 100",
        ],
    );
}

#[test]
fn a_scenario_says_what_it_gives_what_it_rests_on_and_how_to_change_it() {
    let page = check(
        "/scenarios/campus-central",
        &[
            "50\u{a0}personnes (de 40 à 60)",
            "Mois par mois",
            "Qui est formé, qui reste",
            "l’effectif n’est pas connu",
            "hypothèse",
            "name=\"reglage-campus.groupe\"",
            "15 ; 20 ; 27",
            "/scenarios/campus-central.csv",
        ],
    );
    assert!(!page.text().contains(" style="), "no inline style");
    check(
        "/scenarios/campus-central?effectif=adjoints%3A12&part=campus%3A40",
        &["donné par le lecteur", "Revenir au scénario d’origine"],
    );
}

#[test]
fn the_form_leads_to_the_short_address() {
    let reply = get(
        "/scenarios/campus-central?mois=36&debut=2027-01&budget=&objectif=80&effectif-directeurs=221&effectif-adjoints=1+200&part-campus=60&part-relais=0&reglage-campus.groupe=15+%3B+20+%3B+27",
    );
    assert_eq!(
        (reply.status.as_u16(), reply.header("location")),
        (303, "/scenarios/campus-central?effectif=adjoints%3A1200&part=campus%3A60")
    );
}

#[test]
fn files_say_the_scenario_as_it_was_changed() {
    let toml = get("/scenarios/campus-central.toml?part=campus%3A40");
    assert_eq!(toml.header("content-type"), "application/toml; charset=utf-8");
    let own = exchange::scenarios::read("s.toml", toml.text()).expect("a sound file");
    assert_eq!(own.unassigned_percent(), 60.0);
    let json = get("/scenarios/campus-central.json?part=campus%3A40").json();
    assert_eq!((&json["people"], &json["trained"]["p50"]), (&100.into(), &50.0.into()));
    assert_eq!(json["request"][0][1], "campus:40");
    let csv = get("/scenarios/campus-central.csv");
    assert!(csv.text().contains("2027-01;40;50;60"), "{}", csv.text());
}

#[test]
fn scenarios_are_compared_by_identifier_or_address() {
    check(
        "/scenarios/comparer?scenario=campus-central&scenario=%2Fscenarios%2Frelais-ministeriels%3Fmois%3D12",
        &["Campus central", "Relais ministériels", "mois\u{a0}: 12", "Personnes formées"],
    );
    check("/scenarios/comparer", &["Aucun scénario n’est choisi"]);
    check_refused("/scenarios/comparer?scenario=campus", 400, &["n’est pas l’adresse d’un scénario"]);
    check_refused(
        "/scenarios/comparer?scenario=a&scenario=b&scenario=c&scenario=d&scenario=e",
        400,
        &["Quatre scénarios au plus"],
    );
}

#[test]
fn what_makes_no_sense_is_refused_with_what_fits() {
    check_refused("/scenarios/inconnu", 404, &["Aucun scénario"]);
    check_refused("/scenarios/campus-central.pdf", 404, &["CSV"]);
    check_refused("/scenarios/campus-central?mois=0", 400, &["À corriger", "de 1 à 120"]);
    check_refused(
        "/scenarios/campus-central?reglage-campus.groupe=dix",
        400,
        &["15\u{202f}; 20\u{202f}; 25", "value=\"dix\""],
    );
    check_refused("/scenarios/campus-central?theme=ia", 400, &["n’existe pas ici"]);
    check_refused("/scenarios/campus-central.json?part=campus%3A101", 400, &["de 0 à 100"]);
}
