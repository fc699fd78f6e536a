//! Drafts of mappings through the command line, which sheets of a workbook they and an import read, files never written over.
//! Absent: what a mapping makes of rows (see `tables`).

use super::Home;
use super::tables::OFFER;

#[test]
fn a_draft_of_a_mapping_is_written_and_already_works() {
    let home = Home::seeded();
    home.write("offre.csv", OFFER);
    let ran = home.check("import offre.csv --propose offre.toml", 0);
    assert!(ran.out.contains("--mapping offre.toml --dry-run"), "{ran:?}");
    let draft = home.read("offre.toml");
    assert!(draft.contains("\"sur devis\"") && draft.contains("field = \"title\""), "{draft}");
    // Never over a file that is there.
    assert!(home.check("import offre.csv --propose offre.toml", 2).err.contains("existe déjà"));
    let read = home.check("import offre.csv --mapping offre.toml --yes --json", 0).json();
    assert_eq!(read["report"]["added"], 2, "{read:#}");
    assert_eq!(read["published"]["id"], 2);

    home.write("faux.toml", &draft.replace("name = \"Tarif\"", "name = \"Tarrif\""));
    let ran = home.check("import offre.csv --mapping faux.toml --dry-run", 1);
    assert!(ran.err.contains("Tarif"), "{ran:?}");
    home.write("casse.toml", "[[column]\n");
    let ran = home.check("import offre.csv --mapping casse.toml --dry-run", 2);
    assert!(ran.err.contains("ligne 1"), "{ran:?}");
}

/// A workbook whose sheets hold these lines.
fn workbook(home: &Home, name: &str, sheets: &[(&str, &[&[&str]])]) {
    let mut book = rust_xlsxwriter::Workbook::new();
    for (sheet, lines) in sheets {
        let sheet = book.add_worksheet().set_name(*sheet).expect("a name");
        for (line, cells) in (0..).zip(*lines) {
            sheet.write_row(line, 0, cells.iter().copied()).expect("a row");
        }
    }
    book.save(home.path(name)).expect("a workbook");
}

#[test]
fn a_draft_is_of_the_sheets_that_an_import_reads() {
    let home = Home::seeded();
    let names: &[&str] = &["Intitulé", "Organisme"];
    let notice: &[&[&str]] = &[&["Mode d’emploi"], &["Remplir les onglets"], &["Ne pas modifier"]];
    workbook(&home, "notice.xlsx", &[("Notice", notice), ("2026", &[names, &["Lire", "INSP"]])]);
    let villes: [(&str, &[&[&str]]); 2] =
        [("Lille", &[names, &["Lire", "INSP"]]), ("Lyon", &[names, &["Compter", "INSP"]])];
    workbook(&home, "villes.xlsx", &villes);
    let autres: [(&str, &[&[&str]]); 2] =
        [villes[0], ("Lyon", &[&["Intitulé", "Organisme", "Prix"], &["Compter", "INSP", "9"]])];
    workbook(&home, "autres.xlsx", &autres);
    for (book, added, told) in [("notice", 1, ""), ("villes", 2, ""), ("autres", 1, "« Lyon »")] {
        let ran = home.check(&format!("import {book}.xlsx --propose {book}.toml"), 0);
        assert_eq!(ran.err.contains("--sheet"), !told.is_empty(), "{ran:?}");
        assert!(ran.err.contains(told), "{ran:?}");
        let read =
            home.check(&format!("import {book}.xlsx --mapping {book}.toml --dry-run --json"), 0).json();
        assert_eq!(read["report"]["added"], added, "{read:#}");
    }
}

#[test]
fn sheets_of_domains_are_all_read() {
    let home = Home::seeded();
    let names: &[&str] = &["Intitulé", "Organisme"];
    let sheets: [(&str, &[&[&str]]); 2] =
        [("Achats", &[names, &["Marchés", "IGPDE"]]), ("Budget", &[names, &["Lire un budget", "IGPDE"]])];
    workbook(&home, "domaines.xlsx", &sheets);
    let read = home.check("import domaines.xlsx --dry-run --json", 0).json();
    assert_eq!(read["report"]["added"], 2, "{read:#}");
}

#[test]
fn a_draft_without_titles_says_what_to_write() {
    let home = Home::seeded();
    home.write("noms.csv", "Nom_Complet;Nom_Etablissement\nBTS;Lycée\nBUT;IUT\n");
    let ran = home.check("import noms.csv --propose noms.toml", 0);
    assert!(ran.err.contains("aucune colonne ne donne l’intitulé"), "{ran:?}");
    assert!(home.read("noms.toml").contains("écrivez field = \"title\""));
}

#[test]
fn a_file_of_refused_rows_is_never_written_over() {
    let home = Home::seeded();
    home.write("offre.csv", OFFER);
    home.write("refus.csv", "corrigé à la main");
    let ran = home.check("import offre.csv --refused refus.csv --dry-run", 2);
    assert!(ran.err.contains("existe déjà"), "{ran:?}");
    assert_eq!(home.read("refus.csv"), "corrigé à la main");
}

#[test]
fn refused_rows_keep_what_says_their_amounts() {
    let home = Home::seeded();
    home.write(
        "plan.csv",
        "Plan 2026;;\nMontants en k€;;\nIntitulé;Organisme;Prix\nLire;INSP;2\nÉcrire;;4\n",
    );
    home.check("import plan.csv --refused refus.csv --dry-run", 0);
    let refused = home.read("refus.csv");
    assert_eq!(refused.lines().next(), Some("Montants en k€"), "{refused}");
    home.write("corrige.csv", &refused.replace("Écrire;;4", "Écrire;INSP;4"));
    home.check("import corrige.csv --yes", 0);
    let found = home.run(["search", "Écrire", "--provider", "insp", "--json"]).json();
    let found = &found["results"][0];
    assert_eq!(
        (&found["title"], &found["price_eur"]),
        (&"Écrire".into(), &serde_json::Value::Null),
        "{found:#}"
    );
}

#[test]
fn a_hidden_column_stays_out_of_refused_rows() {
    let home = Home::seeded();
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet().set_name("Offre").expect("a name");
    for (line, cells) in
        (0..).zip([["Intitulé", "Organisme", "Prix"], ["Lire", "", "9"], ["Écrire", "INSP", "9"]])
    {
        sheet.write_row(line, 0, cells).expect("a row");
    }
    sheet.set_column_hidden(2).expect("a column");
    book.save(home.path("offre.xlsx")).expect("a workbook");
    home.check("import offre.xlsx --refused refus.csv --dry-run", 0);
    let refused = home.read("refus.csv");
    assert!(
        refused.starts_with("Intitulé;Organisme;erreur") || refused.starts_with("Intitulé,Organisme,erreur"),
        "{refused}"
    );
}
