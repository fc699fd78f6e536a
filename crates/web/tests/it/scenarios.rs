//! Scenarios: pages, twins, files, what is refused. Absent: the simulation (see the crate `actions`): here one figure is made
//! of the request.

use axum::body::Body;
use axum::http::Request;

use crate::support::{Reply, check, check_refused, get, send, small};

/// Sends one field of the form that opens a file.
fn open(field: &str, text: &str) -> Reply {
    let file = if field == "fichier" { "; filename=\"mon scénario.toml\"" } else { "" };
    let body = format!(
        "--bord\r\nContent-Disposition: form-data; name=\"{field}\"{file}\r\n\r\n{text}\r\n--bord--\r\n"
    );
    let request = Request::post("/scenarios/fichier")
        .header("content-type", "multipart/form-data; boundary=bord")
        .body(Body::from(body));
    send(&small(), request.expect("a request"))
}

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

#[test]
fn the_command_that_gives_the_same_is_shown() {
    check("/scenarios/campus-central", &["<code>parcours simulate campus-central.toml</code>"]);
    check(
        "/scenarios/campus-central?mois=12&objectif=60&mesure=depenses&tirages=50&graine=3&budget=200000",
        &[
            "<code>parcours simulate campus-central.toml --budget 200000 --goal 60 --measure depenses --runs 50 --seed 3</code>",
        ],
    );
}

#[test]
fn a_file_becomes_an_address_that_holds_it() {
    let file = get("/scenarios/campus-central.toml").text().replace("Campus central", "Notre <école>");
    let address = |field| {
        let reply = open(field, &file);
        assert_eq!(reply.status.as_u16(), 303, "{}", reply.text());
        reply.header("location").to_owned()
    };
    let own = address("fichier");
    assert_eq!(own, address("texte"));
    assert!(own.starts_with("/scenarios/fichier?contenu="), "{own}");
    let page = check(&own, &["Notre &#60;école&#62;", "50\u{a0}personnes (de 40 à 60)", "name=\"contenu\""]);
    assert!(page.text().contains("noindex"), "an address of somebody");
    let code = own.split_once('=').expect("a code").1;
    check(&format!("{own}&part=campus%3A40"), &["Revenir au scénario d’origine", code]);
    let json = get(&format!("/scenarios/fichier.json?contenu={code}")).json();
    assert_eq!(json["people"], 100);
    let toml = get(&format!("/scenarios/fichier.toml?contenu={code}"));
    assert!(toml.text().contains("Notre <école>"), "{}", toml.text());
    check(
        &format!("/communaute/animation?contenu={code}&mois=3"),
        &[
            "Notre &#60;école&#62; (fichier ouvert)",
            "/communaute/animation.ics?contenu=",
            "/scenarios/fichier?contenu=",
        ],
    );
    let chosen = get(&format!("/communaute/animation?contenu={code}&scenario=campus-central"));
    assert_eq!(chosen.header("location"), "/communaute/animation?scenario=campus-central");
    let both = format!(
        "/scenarios/comparer?scenario=campus-central&scenario={}",
        own.replace('?', "%3F").replace('=', "%3D")
    );
    check(&both, &["Notre &#60;école&#62;", "Campus central"]);
}

#[test]
fn a_file_that_is_no_scenario_says_what_to_mend() {
    check("/scenarios/fichier", &["Ouvrir ce scénario", "/scenarios/campus-central.toml"]);
    let wrong = get("/scenarios/campus-central.toml").text().replace("months = 36", "months = 0");
    for (field, text, expect) in [
        ("fichier", "", "Choisissez un fichier"),
        ("fichier", &*wrong, "mon scénario.toml, ligne"),
        ("texte", "id = \"un", "texte collé, ligne 1"),
        ("autre", "id", "Choisissez un fichier"),
    ] {
        let reply = open(field, text);
        assert_eq!(reply.status.as_u16(), 400, "{field}");
        assert!(reply.text().contains(expect), "{expect}: {}", reply.text());
    }
    assert!(open("texte", "id = \"un").text().contains("id = &#34;un</textarea>"), "what was pasted stays");
    let long = open("texte", &"#".repeat(600_000));
    assert_eq!(long.status.as_u16(), 413, "{}", long.text());
    check_refused("/scenarios/fichier?contenu=AAAA", 400, &["coupée ou abîmée", "/scenarios/fichier"]);
    check_refused("/scenarios/fichier.json", 400, &["ne contient pas de scénario"]);
    check_refused("/scenarios/campus-central?contenu=AAAA", 400, &["n’existe pas ici"]);
}
