//! The page on the quality of the data: figures, bars, order, refusals.

use crate::support::{build, check, check_refused, get, get_real, row, send};

#[test]
fn the_shape_of_the_figures() {
    let mut twin = get("/qualite.json").json();
    let to_read = twin["to_read"].as_array_mut().expect("rows");
    assert_eq!(to_read.len(), 29);
    to_read.truncate(2);
    let near = &mut twin["near_duplicates"];
    assert_eq!(
        near["total"].as_u64().map(|total| total.min(500)),
        near["pairs"].as_array().map(|p| p.len() as u64)
    );
    near["pairs"].as_array_mut().expect("pairs").truncate(1);
    insta::assert_json_snapshot!(twin);
}

#[test]
fn the_page_says_what_it_found() {
    check(
        "/qualite",
        &[
            "Durée en heures indiquée par la source\u{202f}: 25 (86\u{202f}%)\u{202f}; estimée\u{202f}: 1 (3\u{202f}%).",
            "Un organisme sur 3 donne la moitié de l’offre",
            "0\u{202f}% des formations viennent d’une page sans date",
            "Les 29 formations à relire d’abord",
            "Faiblesses connues du catalogue livré",
        ],
    );
}

#[test]
fn parts_of_a_bar_fill_it_and_agree_with_the_twin() {
    let page = get_real("/qualite");
    assert!(page.body.len() <= 63_000, "{} bytes", page.body.len());
    let twin = get_real("/qualite.json").json();
    let all = twin["trainings"].as_u64().expect("a count");
    let bars: Vec<&str> = page.text().split("<svg class=\"pile\"").skip(1).collect();
    let fields = twin["fields"].as_array().expect("fields");
    assert_eq!(bars.len(), fields.len());
    for (bar, field) in bars.iter().zip(fields) {
        let widths = bar.split("</svg>").next().expect("a bar").split("width=\"").skip(2);
        let number = |text: &str| text.split('%').next().and_then(|text| text.parse::<f64>().ok());
        let whole: f64 = widths.map(|text| number(text).expect("a share")).sum();
        assert!((whole - 100.0).abs() < 0.5, "{}: {whole}", field["field"]);
        let counts = ["stated", "stated_in_words", "edited", "estimated", "unknown"];
        let sum: u64 = counts.iter().map(|name| field[*name].as_u64().expect("a count")).sum();
        assert_eq!(sum, all, "{}", field["field"]);
    }
    let duration = fields.iter().find(|field| field["field"] == "duration").expect("durations");
    assert_eq!(duration["stated"], 146, "data/README.md says 146 stated durations");
    let undated = twin["years"].as_array().expect("years").iter().find(|year| year["year"].is_null());
    assert_eq!(undated.expect("undated pages")["trainings"], 177, "data/README.md says 177 undated rows");
}

#[test]
fn an_empty_catalogue_has_a_page_too() {
    let request = axum::http::Request::get("/qualite").body(axum::body::Body::empty());
    let page = send(&build(Vec::new()), request.expect("a request"));
    assert_eq!(page.status.as_u16(), 200);
    assert!(page.text().contains("Le catalogue est vide"));
}

#[test]
fn a_likely_duplicate_is_shown_and_can_be_compared() {
    let twins = ["une", "deux"]
        .map(|id| row(id, "Gouverner la donnée publique", ("Cabinet", "prive"), &["data-science"]));
    let request = axum::http::Request::get("/qualite").body(axum::body::Body::empty());
    let page = send(&build(twins.to_vec()), request.expect("a request"));
    assert!(page.text().contains("Une paire de formations est peut-être un doublon"), "{}", page.text());
    assert!(page.text().contains("/comparer?id=deux&#38;id=une"));
}

#[test]
fn a_parameter_is_refused() {
    check_refused("/qualite?annee=2020", 400, &["Paramètre inconnu", "annee"]);
    check_refused("/qualite.json?annee=2020", 400, &["parametre-inconnu"]);
}
