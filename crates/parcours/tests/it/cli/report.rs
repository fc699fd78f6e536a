//! `parcours report` and its files over the web, on the built-in catalogue: the same bytes, whole files, refusals.
//! Absent: how the pages look (see `tests/browser`), what sections say (see the crate `catalogue`).

use super::Home;
use super::serving::Served;

#[test]
fn a_report_is_written_once_and_always_the_same() {
    let home = Home::seeded();
    let told = home.check("report --out a.pdf --date 2026-11-30 --sections ecarts,parcours", 0);
    assert!(told.out.contains("Rapport du 30 novembre 2026, version 1"), "{told:?}");
    home.check("report --out a.pdf --date 2026-11-30 --sections ecarts,parcours", 2);
    home.check("report --out b.pdf --date 2026-11-30 --sections ecarts --sections parcours", 0);
    let bytes = |name: &str| std::fs::read(home.path(name)).expect("a file");
    assert!(bytes("a.pdf") == bytes("b.pdf"), "the same request, other bytes");
    assert!(bytes("a.pdf").len() < 2_000_000);
    home.check("report --out a.xlsx --one-page", 0);
    home.check("report --out a.odt --one-page", 0);
    assert!(bytes("a.xlsx").starts_with(b"PK") && bytes("a.odt").starts_with(b"PK"));
}

#[test]
fn the_report_builds_what_the_command_recommends() {
    let home = Home::seeded();
    home.check("report --out a.odt --sections recommandations", 0);
    let file = std::fs::File::open(home.path("a.odt")).expect("a file");
    let mut archive = zip::ZipArchive::new(file).expect("an archive");
    let content = std::io::read_to_string(archive.by_name("content.xml").expect("the text")).expect("XML");
    let told = home.check("recommend --json", 0);
    let twin: serde_json::Value = serde_json::from_str(&told.out).expect("JSON");
    let proposals = twin["proposals"].as_array().expect("proposals");
    assert!(!proposals.is_empty());
    for (place, proposal) in proposals.iter().enumerate() {
        let title = proposal["title"].as_str().expect("a title");
        assert!(content.contains(&format!("{}. {title}</text:p>", place + 1)), "{title}");
    }
}

#[test]
fn what_makes_no_sense_is_refused_before_anything_is_written() {
    let home = Home::seeded();
    let check = |line: &str, code: i32, expect: &str| {
        let ran = home.check(line, code);
        assert!(ran.err.contains(expect), "{ran:?}");
    };
    check("report", 2, "--out");
    check("report --out r.docx", 2, ".pdf");
    check("report --out r.pdf --sections ecart", 2, "ecarts");
    check("report --out r.pdf --date 2026-13-01", 2, "--date");
    check("report --out r.pdf --persona personne", 2, "adjoint-projet");
    check("report --out r.pdf --one-page --sections ecarts", 2, "--one-page");
    assert!(!home.path("r.pdf").exists());
}

#[test]
fn the_file_of_a_server_is_that_of_the_command() {
    let home = Home::seeded();
    home.check("report --out ici.pdf --one-page --date 2026-11-30", 0);
    let served = Served::start(&home);
    let there = served.bytes("/rapport.pdf?format=une-page&date=2026-11-30");
    assert!(there == std::fs::read(home.path("ici.pdf")).expect("a file"));
}
