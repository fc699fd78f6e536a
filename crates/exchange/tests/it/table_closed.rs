//! Rows under a title that says that they are no longer on offer, and where such a part ends.
//! Absent: what a row says of itself (see `mapping_aside`).

use rust_xlsxwriter::{Format, Workbook};

use crate::table_around::read;

/// Which lines under the names of three columns go in, by their titles; the others are refused.
#[track_caller]
fn check(lines: &[&str], taken: &[&str]) {
    let text = format!("Titre;Organisme;Durée (j)\n{}\n", lines.join("\n"));
    check_rows("f.csv", text.as_bytes(), taken);
}

#[track_caller]
fn check_rows(name: &str, bytes: &[u8], taken: &[&str]) {
    let (told, rows) = read(name, bytes);
    let titles =
        rows.iter().filter(|row| !row.starts_with('!')).map(|row| row.split('|').next().unwrap_or(""));
    assert_eq!(titles.collect::<Vec<_>>(), taken, "{rows:?}\n{told}");
}

#[test]
fn a_title_closes_the_rows_under_it() {
    let (_, rows) = read(
        "f.csv",
        "Titre;Organisme;Durée (j)\nLire;INSP;2\nFormations annulées;;\nCompter;INSP;3\nÉcrire;;4\n"
            .as_bytes(),
    );
    let under = "! la ligne est sous un titre de formations qui n’ont plus cours";
    assert_eq!(rows[1], "! la ligne est le titre de formations qui n’ont plus cours");
    assert_eq!(
        (rows[0].as_str(), rows[2].as_str(), rows[3].as_str()),
        ("Lire|INSP|14|-|2 jours|", under, under)
    );
    // The organisation of a group is said once.
    check(&["Formations annulées;;", "Lire;INSP;2", "Compter;;3", "Écrire;;4"], &[]);
}

#[test]
fn what_looks_like_another_title_ends_such_a_part() {
    let before = ["Formations annulées;;", "Compter;INSP;3"];
    for title in
        ["Formations nouvelles;;", "Formations nouvelles;;2", "NOUVEAUTÉS 2026;4 stages;", "Sous-total;;2"]
    {
        check(&[before[0], before[1], title, "Écrire;INSP;4"], &["Écrire"]);
    }
    // A blank line, or the names of columns again.
    check(&[before[0], before[1], ";;", "Écrire;INSP;4"], &["Écrire"]);
    let names = "Titre;Organisme;Durée (j)";
    check(&[before[0], names, before[1], names, "Écrire;INSP;4"], &["Écrire"]);
    check(
        &["Lire;INSP;1", before[0], before[1], "Formations retirées en 2025;;", "Écrire;INSP;4"],
        &["Lire"],
    );
}

#[test]
fn rows_of_few_cells_stay_in_their_part() {
    let text = "Titre;Organisme;Prix;Lieu;Public\nFormations annulées;;;;\nLire;INSP;;;\nCompter;INSP;;;\nÉcrire;INSP;9;Lyon;Tous\n";
    check_rows("f.csv", text.as_bytes(), &[]);
}

#[test]
fn a_merged_title_closes_and_ends_too() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Offre").expect("a name");
    let rows = [
        ["Titre", "Organisme", "Lien"],
        ["Lire", "INSP", "a"],
        ["", "", ""],
        ["Compter", "", "b"],
        ["Chanter", "", "c"],
        ["", "", ""],
        ["Écrire", "INSP", "d"],
    ];
    for (line, cells) in (0..).zip(rows) {
        for (column, text) in (0..).zip(cells).filter(|(_, text)| !text.is_empty()) {
            sheet.write(line, column, text).expect("a cell");
        }
    }
    let format = Format::new();
    sheet.merge_range(2, 0, 2, 2, "Formations annulées", &format).expect("a range");
    sheet.merge_range(3, 1, 4, 1, "INSP", &format).expect("a range");
    sheet.merge_range(5, 0, 5, 2, "Formations nouvelles", &format).expect("a range");
    check_rows("f.xlsx", &book.save_to_buffer().expect("a workbook"), &["Lire", "Écrire"]);
}

#[test]
fn the_file_of_refused_rows_says_which_ones_were_under_such_a_title() {
    let under = "la ligne est sous un titre de formations qui n’ont plus cours ; retirez-la";
    let text = format!(
        "Titre;Organisme;Durée (j);erreur\nFormations annulées;;;{under}\nCompter;INSP;3;{under}\nÉcrire;INSP;4;sans organisme\nLire;INSP;5;\n"
    );
    check_rows("f.csv", text.as_bytes(), &["Écrire", "Lire"]);
}
