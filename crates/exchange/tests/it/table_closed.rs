//! Rows under a title that says that they are no longer on offer, and where such a part ends.
//! Absent: what a row says of itself (see `mapping_aside`).

use exchange::table::Options;
use rust_xlsxwriter::{Format, Workbook};

use crate::table::check_file;

const TITLE: &str = "la ligne est le titre de formations qui n’ont plus cours (valeur : « Formations annulées ») ; retirez-la de la table, avec les lignes qui la suivent.";
const UNDER: &str = "la ligne est sous un titre de formations qui n’ont plus cours (valeur : « Formations annulées ») ; retirez-la de la table, ou sortez-la de cette partie si elle a toujours cours.";

/// What is read of lines under the names of three columns: the lines that are given, and those that are left.
#[track_caller]
fn check(lines: &[&str], given: &[&str], left: &[(u64, &str)]) {
    let text = format!("Titre;Organisme;Durée\n{}\n", lines.join("\n"));
    let mut expected: Vec<(u64, String)> = Vec::new();
    for row in given {
        let line = 2 + lines.iter().position(|line| line == row).expect("one of the lines") as u64;
        expected.push((line, format!("{line}: {}", row.replace(';', "|"))));
    }
    expected.extend(left.iter().map(|(line, told)| (*line, format!("! f.csv, ligne {line} : {told}"))));
    expected.sort();
    let expected: Vec<&str> = std::iter::once("[] Titre|Organisme|Durée")
        .chain(expected.iter().map(|(_, told)| told.as_str()))
        .collect();
    check_file("f.csv", text.as_bytes(), &Options::default(), &expected);
}

#[test]
fn a_title_closes_the_rows_under_it() {
    check(
        &["Lire;INSP;2", "Formations annulées;;", "Compter;INSP;3", "Écrire;INSP;4"],
        &["Lire;INSP;2"],
        &[(3, TITLE), (4, UNDER), (5, UNDER)],
    );
}

#[test]
fn what_looks_like_another_title_ends_such_a_part() {
    let before = ["Formations annulées;;", "Compter;INSP;3"];
    for title in ["Formations nouvelles;;", "Formations nouvelles;;2"] {
        check(
            &[before[0], before[1], title, "Écrire;INSP;4"],
            &[title, "Écrire;INSP;4"],
            &[(2, TITLE), (3, UNDER)],
        );
    }
    // A blank line, or the names of columns again.
    check(&[before[0], before[1], ";;", "Écrire;INSP;4"], &["Écrire;INSP;4"], &[(2, TITLE), (3, UNDER)]);
    check(
        &[before[0], "Titre;Organisme;Durée", before[1], "Titre;Organisme;Durée", "Écrire;INSP;4"],
        &["Écrire;INSP;4"],
        &[(2, TITLE), (4, UNDER)],
    );
}

#[test]
fn a_merged_title_closes_and_ends_too() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Offre").expect("a name");
    let rows =
        [["Titre", "Organisme", "Durée"], ["Lire", "INSP", "a"], ["", "", ""], ["Compter", "INSP", "b"]];
    for (line, cells) in (0..).zip(rows) {
        for (column, text) in (0..).zip(cells).filter(|(_, text)| !text.is_empty()) {
            sheet.write(line, column, text).expect("a cell");
        }
    }
    let format = Format::new();
    sheet.merge_range(2, 0, 2, 2, "Formations annulées", &format).expect("a range");
    sheet.merge_range(4, 0, 4, 2, "Formations nouvelles", &format).expect("a range");
    ["Écrire", "INSP", "c"].iter().zip(0..).for_each(|(text, column)| {
        sheet.write(5, column, *text).expect("a cell");
    });
    let told = |line: u64, told: &str| format!("! f.xlsx, feuille « Offre », ligne {line} : {told}");
    let banner = |title: &str| {
        format!(
            "la ligne est un titre fusionné sur la table, pas une formation (valeur : « {title} ») ; retirez-la, ou dites-le dans une colonne."
        )
    };
    check_file(
        "f.xlsx",
        &book.save_to_buffer().expect("a workbook"),
        &Options::default(),
        &[
            "[Offre] Titre|Organisme|Durée",
            "2: Lire|INSP|a",
            &told(3, &banner("Formations annulées")),
            &told(4, UNDER),
            &told(5, &banner("Formations nouvelles")),
            "6: Écrire|INSP|c",
        ],
    );
}

#[test]
fn the_file_of_refused_rows_says_which_ones_were_under_such_a_title() {
    let text = "Titre;Organisme;Durée;erreur\nFormations annulées;;;la ligne est le titre de formations qui n’ont plus cours ; retirez-la\nCompter;INSP;3;la ligne est sous un titre de formations qui n’ont plus cours ; retirez-la\nÉcrire;INSP;4;la ligne ne dit pas l’organisme\nLire;INSP;5;\n";
    let told = "la ligne est sous un titre de formations qui n’ont plus cours ; retirez-la, ou videz la cellule « erreur » si elle a toujours cours.";
    check_file(
        "f.csv",
        text.as_bytes(),
        &Options::default(),
        &[
            "[] Titre|Organisme|Durée|erreur",
            &format!("! f.csv, ligne 2 : {told}"),
            &format!("! f.csv, ligne 3 : {told}"),
            "4: Écrire|INSP|4|la ligne ne dit pas l’organisme",
            "5: Lire|INSP|5|",
        ],
    );
}
