//! The page of the report and its files: what they say, what they refuse, how much they weigh.

use crate::support::{check, check_refused, get, get_real};

#[test]
fn the_page_has_every_section_and_leads_to_the_files() {
    let reply = check(
        "/rapport",
        &[
            "Former les cadres publics à la donnée",
            "href=\"/rapport.pdf\"",
            "href=\"/rapport.xlsx\"",
            "name=\"section\"",
            "version 7 du catalogue, publiée le 24 novembre 2026",
            "id=\"synthese\"",
            "&#60;i&#62;Organisme&#60;/i&#62;",
        ],
    );
    assert!(!reply.text().contains(" style="), "no inline style");
    for name in [
        "methode",
        "carte",
        "acteurs",
        "personas",
        "ecarts",
        "parcours",
        "recommandations",
        "limites",
        "sources",
    ] {
        let here = reply.text().contains(&format!("<h2 id=\"{name}\">"));
        let elsewhere = reply.text().contains(&format!("href=\"/rapport?section={name}\""));
        assert!(here != elsewhere, "{name}");
    }
}

#[test]
fn sections_persona_length_and_day_are_in_the_address() {
    let one = check(
        "/rapport?section=ecarts&persona=adjoint-projet&date=2027-01-02",
        &[
            "<h2 id=\"ecarts\">",
            "rapport du 2 janvier 2027",
            "/rapport.pdf?section=ecarts&#38;persona=adjoint-projet&#38;date=2027-01-02",
            "<option value=\"adjoint-projet\" selected>",
        ],
    );
    assert!(!one.text().contains("<h2 id=\"synthese\">"));
    check("/rapport?format=une-page", &["Ce que ces données ne disent pas"]);
    for (long, short) in [
        ("/rapport?section=&persona=&format=complet&date=", "/rapport"),
        ("/rapport?persona=adjoint-projet&section=ecarts", "/rapport?section=ecarts&persona=adjoint-projet"),
        ("/rapport?format=une-page&section=ecarts", "/rapport?format=une-page"),
    ] {
        let reply = get(long);
        assert_eq!((reply.status.as_u16(), reply.header("location")), (303, short), "{long}");
    }
}

#[test]
fn files_are_those_of_the_request() {
    let pdf = get("/rapport.pdf?section=ecarts");
    assert_eq!((pdf.status.as_u16(), pdf.header("content-type")), (200, "application/pdf"));
    assert!(pdf.header("content-disposition").contains("rapport-parcours-version-7.pdf"));
    assert_eq!(pdf.text(), "Pdf 2026-11-24 [(\"section\", \"ecarts\")]");
    let odt = get("/rapport.odt?section=ecarts");
    assert_eq!(odt.header("content-type"), "application/vnd.oasis.opendocument.text");
    assert_eq!(odt.text(), "Odt 2026-11-24 [(\"section\", \"ecarts\")]");
    let xlsx = get("/rapport.xlsx?format=une-page&date=2027-01-02");
    assert_eq!(xlsx.text(), "Xlsx 2027-01-02 [(\"format\", \"une-page\"), (\"date\", \"2027-01-02\")]");
    assert!(xlsx.header("content-type").ends_with("spreadsheetml.sheet"));
}

#[test]
fn what_makes_no_sense_is_refused_with_what_is_known() {
    check_refused("/rapport?section=ecart", 400, &["peut-être", "ecarts"]);
    check_refused("/rapport?format=deux-pages", 400, &["une-page"]);
    check_refused("/rapport?date=demain", 400, &["2026-11-30"]);
    check_refused("/rapport?persona=personne", 404, &["adjoint-projet"]);
    check_refused("/rapport?theme=droit-ethique", 400, &["section"]);
    check_refused("/rapport.pdf?persona=personne", 404, &[]);
}

#[test]
fn pages_of_the_report_stay_light() {
    let shared: usize = ["/static/style.css", "/static/script.js", "/static/report.css", "/favicon.svg"]
        .iter()
        .map(|address| get(address).body.len())
        .sum();
    let sections = [
        "synthese",
        "methode",
        "carte",
        "acteurs",
        "personas",
        "ecarts",
        "parcours",
        "recommandations",
        "limites",
        "sources",
    ];
    let alone = sections.iter().map(|name| format!("/rapport?section={name}"));
    for address in alone.chain(["/rapport".to_owned(), "/rapport?format=une-page".to_owned()]) {
        let mut reply = get_real(&address);
        while reply.status.as_u16() == 202 {
            reply = get_real(&address);
        }
        assert_eq!(reply.status.as_u16(), 200, "{address}");
        let whole = reply.body.len() + shared;
        assert!(whole <= 100_000, "{address}: {whole} bytes");
    }
}
