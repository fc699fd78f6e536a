//! Cartography, profiles of actors and maps of correspondences: pages, twins, export, refusals.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::support::{Reply, check, check_refused, get, get_real};

/// Rewrites the entities of an attribute.
fn plain(text: &str) -> String {
    text.replace("&#38;", "&").replace("&amp;", "&")
}

/// Every linked cell of the page, totals included, says the total that the explorer gives at its address.
fn check_cells(page: &Reply, least: usize) {
    let mut seen = 0;
    for cell in page.text().split("<td").skip(1) {
        let cell = cell.split("</td>").next().expect("a cell");
        let Some(link) = cell.split("href=\"").nth(1) else { continue };
        let (href, rest) = link.split_once('"').expect("an address");
        let figure: String =
            rest.split('<').next().expect("a figure").chars().filter(char::is_ascii_digit).collect();
        let twin = get_real(&plain(href).replacen("/formations", "/formations.json", 1).replacen(
            "/sans?",
            "/sans.json?",
            1,
        ))
        .json();
        assert_eq!(twin["total"].to_string(), figure, "{href}");
        seen += 1;
    }
    assert!(seen >= least, "{seen} cells");
}

#[test]
fn what_is_not_said_opens_too() {
    check_cells(&get_real("/cartographie?lignes=nature&colonnes=format"), 40);
    check_cells(
        &get_real("/cartographie?lignes=language&colonnes=duration&theme=droit-ethique&q=donnees"),
        10,
    );
    check("/cartographie/sans?champ=nature", &["Formations sans", "Cabinet", "JSON"]);
    check_refused("/cartographie/sans", 400, &["quel champ"]);
    check_refused("/cartographie/sans?champ=provider", 400, &["croise"]);
    check_refused("/cartographie/sans?champ=nature&theme=x", 400, &["existe pas"]);
}

#[test]
fn each_figure_opens_as_many_trainings() {
    check_cells(&get_real("/cartographie"), 40);
    check_cells(
        &get_real(
            "/cartographie?lignes=bloc&colonnes=price&competence=analyse-donnees&competence=comprendre",
        ),
        6,
    );
    check_cells(
        &get_real("/cartographie?q=donnees&theme=droit-ethique&theme=securite&duration_max=14&par=format"),
        10,
    );
    check_cells(&get_real("/cartographie/acteurs?provider_kind=public"), 15);
}

#[test]
fn a_cartography_tells_its_finding_and_keeps_filters() {
    let page = check(
        "/cartographie?theme=droit-ethique&theme=securite&part=ligne",
        &[
            "Le plus fourni\u{202f}: «\u{202f}Droit et éthique\u{202f}» et «\u{202f}Sous-directeurs et sous-directrices\u{202f}» (1\u{a0}formation)",
            "7 cases sur 8 sont vides",
            "Sélection\u{202f}: 2\u{a0}formations sur le thème",
            "<input type=\"hidden\" name=\"theme\" value=\"securite\">",
            "href=\"/cartographie?part=ligne&#38;theme=securite\"",
            "/formations?theme=droit-ethique&#38;theme=securite",
            "Non précisé",
            "50\u{202f}%",
            "la comptent une seule fois",
        ],
    );
    assert!(page.text().contains("class=\"n0\"") && page.text().contains("class=\"n5\""));
    check("/formations?theme=securite&sort=titre", &["href=\"/cartographie?theme=securite\""]);
    check("/cartographie?q=introuvablement", &["Aucune formation dans cette sélection"]);
}

#[test]
fn each_measure_has_its_unit_and_says_what_is_unknown() {
    let at = |measure: &str| format!("/cartographie?colonnes=provider_kind&mesure={measure}");
    check(&at("heures"), &["324\u{a0}h</a> <i>(24/25)</i>", "class=\"n0\">0<", "non précisé"]);
    check(&at("gratuites"), &["(1/1)", "non précisé"]);
    check(
        &at("prix"),
        &[
            "Le prix payant connu le plus bas",
            "1\u{202f}200\u{a0}€</a> <i>(1/1)</i>",
            "gratuit",
            "non précisé",
        ],
    );
    check(&at("organismes"), &["Nombre d’organismes"]);
}

#[test]
fn small_multiples_stay_light_and_lead_to_each_matrix() {
    let heavy = get_real("/cartographie?lignes=competence&colonnes=theme&par=format");
    for reply in [&heavy, &get_real("/cartographie?lignes=competence&colonnes=theme")] {
        assert_eq!(reply.status, StatusCode::OK);
        assert!(reply.body.len() < 65_000, "{} bytes", reply.body.len());
    }
    assert!(heavy.text().contains("lignes=competence&#38;colonnes=theme&#38;format=presentiel"));
    assert!(heavy.text().contains("Tableaux qui ne sont pas dessinés ici"));
}

#[test]
fn a_form_leads_to_the_shortest_address() {
    let check = |address: &str, expect: &str| {
        let reply = get(address);
        assert_eq!((reply.status, reply.header("location")), (StatusCode::SEE_OTHER, expect), "{address}");
    };
    check("/cartographie?lignes=theme&colonnes=audience&par=&mesure=formations&part=", "/cartographie");
    check(
        "/cartographie?lignes=price&colonnes=audience&par=&theme=securite",
        "/cartographie?lignes=price&theme=securite",
    );
    check("/cartographie/acteurs?nom=", "/cartographie/acteurs");
    check(
        "/cartographie/correspondances?lignes=provider_kind&colonnes=theme&seuil=",
        "/cartographie/correspondances?lignes=provider_kind",
    );
}

#[test]
fn addresses_that_cannot_be_are_refused_in_french() {
    check_refused("/cartographie?lignes=theme&colonnes=theme", 400, &["est sur deux axes", "axes habituels"]);
    check_refused("/cartographie?lignes=couleur", 400, &["ne peut pas valoir", "audience"]);
    check_refused("/cartographie?lignes=theme&lignes=price", 400, &["plusieurs fois"]);
    check_refused("/cartographie?ligne=theme", 400, &["n’existe pas", "lignes"]);
    check_refused("/cartographie?lignes=price&price_min=3", 400, &["intervalle"]);
    check_refused("/cartographie/acteurs?provider=personne", 400, &["personne"]);
    check_refused(
        "/cartographie/acteurs?provider=ecole-d-essai&provider_kind=public",
        400,
        &["pas les deux"],
    );
    check_refused("/cartographie/acteurs?theme=securite", 400, &["n’existe pas"]);
    check_refused("/cartographie/correspondances?seuil=zero", 400, &["nombre entier"]);
    check_refused("/cartographie/correspondances?lignes=audience&colonnes=audience", 400, &["deux axes"]);
    check_refused(
        "/cartographie/correspondances?lignes=language",
        400,
        &["n’a pas cette valeur", "provider_kind"],
    );
    let refused = check_refused("/cartographie.json?mesure=poids", 400, &[]).json();
    assert_eq!(refused["error"]["parameters"], json!(["mesure"]));
}

#[test]
fn the_twin_of_a_cartography_has_every_measure() {
    let twin = get("/cartographie.json?lignes=provider_kind&colonnes=kind").json();
    insta::assert_json_snapshot!(twin);
}

#[test]
fn the_export_is_neutral_and_reads_as_a_table() {
    let reply = get("/cartographie.csv?lignes=provider_kind&colonnes=kind");
    assert!(reply.header("content-disposition").contains("parcours-v7-cartographie.csv"));
    let lines: Vec<&str> = reply.text().trim_start_matches('\u{feff}').lines().collect();
    assert_eq!(
        lines[0].trim(),
        "Statut de l’organisme;Type;Formations;Organismes;Heures indiquées;Durées connues;Dites gratuites;Prix connus;Prix payant le plus bas (€)"
    );
    assert_eq!(lines[1].trim(), "Organisme public;Formation;26;1;338;25;0;1;1200");
    assert_eq!(lines.len(), 1 + 4 * 5);
    let by = get("/cartographie.csv?lignes=kind&colonnes=nature&par=provider_kind");
    assert!(by.text().trim_start_matches('\u{feff}').starts_with("Statut de l’organisme;Type;Nature"));
}

#[test]
fn a_profile_compares_with_the_whole_offer() {
    check(
        "/cartographie/acteurs?provider_kind=public",
        &[
            "Organisme public",
            "27\u{a0}formations",
            "Part dans le groupe",
            "95 fois sur 100",
            "<title id=\"image-theme\">",
        ],
    );
    check("/cartographie/acteurs?provider=cabinet-fils", &["trop peu de formations", "Cabinet &#38; Fils"]);
    check("/cartographie/acteurs", &["Choisir un acteur", "École d’essai", "Association"]);
    check("/cartographie/acteurs?nom=ECOLE", &["École d’essai", "27\u{a0}formations"]);
    check("/cartographie/acteurs?nom=zzz", &["Aucun organisme du catalogue"]);
    let both = check(
        "/cartographie/acteurs?provider=cabinet-fils&provider=ecole-d-essai",
        &["Cabinet &#38; Fils et École d’essai", "28\u{a0}formations"],
    );
    assert!(
        both.text().contains("href=\"/cartographie/acteurs?provider=ecole-d-essai\""),
        "a member can leave"
    );
    let twin = get("/cartographie/acteurs.json?provider_kind=public").json();
    let theme = &twin["fields"][0];
    assert_eq!(
        (&theme["field"], &theme["known"], &theme["whole_known"]),
        (&"theme".into(), &27.into(), &29.into())
    );
    let value =
        theme["values"].as_array().expect("values").iter().find(|value| value["value"] == "data-science");
    let share = &value.expect("a theme")["share"];
    assert!(
        share["low"].as_f64() < share["value"].as_f64() && share["value"].as_f64() < share["high"].as_f64()
    );
    assert_eq!(get("/cartographie/acteurs.json").json()["group"], Value::Null);
}

#[test]
fn a_map_of_correspondences_has_its_tables_beside_it() {
    let page = get_real("/cartographie/correspondances");
    for text in [
        "Le premier axe, qui porte",
        "Contribution à l’axe 1",
        "Deux ronds proches",
        "<title id=\"titre-carte\">",
    ] {
        assert!(page.text().contains(text), "{text}");
    }
    let twin = get_real("/cartographie/correspondances.json").json();
    let points = |name: &str| twin[name].as_array().expect("points").clone();
    let drawn = page.text().matches("<circle").count();
    assert_eq!(drawn, points("row_points").len());
    let masses: f64 = points("column_points").iter().filter_map(|point| point["mass"].as_f64()).sum();
    assert!((masses - 1.0).abs() < 1e-9);
    assert!(!page.text().contains("khi"), "no test is read");
}

#[test]
fn a_map_that_cannot_be_says_why() {
    check("/cartographie/correspondances?seuil=99999", &["Pas de carte pour ces choix", "Un seuil plus bas"]);
    let empty = get("/cartographie/correspondances.json?seuil=99999").json();
    assert!(empty["error"].is_string() && empty["inertia"].is_null());
    check(
        "/cartographie/correspondances?lignes=provider_kind&colonnes=objective",
        &["Pas de carte pour ces choix"],
    );
}

#[test]
fn labels_of_a_map_do_not_cover_each_other() {
    for address in [
        "/cartographie/correspondances",
        "/cartographie/correspondances?seuil=2",
        "/cartographie/correspondances?lignes=competence",
        "/cartographie/correspondances?lignes=provider_kind&colonnes=objective",
    ] {
        let page = get_real(address);
        let mut boxes: Vec<(f64, f64, f64, f64)> = Vec::new();
        for text in page.text().split("<text").skip(1) {
            let value = |name: &str| {
                text.split(&format!(" {name}=\"")).nth(1).and_then(|rest| rest.split('"').next())
            };
            let (x, y) = (value("x"), value("y"));
            let (x, y): (f64, f64) = (x.expect("x").parse().expect("x"), y.expect("y").parse().expect("y"));
            let label = text.split('>').nth(1).and_then(|rest| rest.split('<').next()).expect("a label");
            let width = plain(label).replace("&#39;", "'").chars().count() as f64 * 6.0;
            let left = match value("text-anchor") {
                Some("end") => x - width,
                Some("middle") => x - width / 2.0,
                _ => x,
            };
            boxes.push((left, left + width, y - 12.0, y));
        }
        assert!(boxes.len() > 3, "{address}");
        for (at, one) in boxes.iter().enumerate() {
            for other in &boxes[..at] {
                let apart = one.1 <= other.0 || other.1 <= one.0 || one.3 <= other.2 || other.3 <= one.2;
                assert!(apart, "{address}: {one:?} {other:?}");
            }
        }
    }
}
