//! Workbooks of Excel 97, protected and damaged workbooks of all forms, all written here.
//! Absent: XLSX and ODS that are sound (see `table_books`, `table_ods`).

use std::io::{Cursor, Write};

use exchange::About;
use exchange::Output;
use exchange::book::Book;
use exchange::limits::OLD_BYTES;
use exchange::table::{Options, shapes};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::old_book::{self, Holds, OldCell, OldSheet};
use crate::row;
use crate::table::{check_file, plain};

fn workbook(sheets: &[OldSheet]) -> Vec<u8> {
    old_book::container("Workbook", &old_book::stream(sheets, false))
}

fn text(line: u16, column: u16, text: &str) -> OldCell {
    OldCell(line, column, Holds::Text(text.to_owned()))
}

fn sheets() -> Vec<OldSheet<'static>> {
    let cells = vec![
        text(0, 0, "Titre"),
        text(0, 1, "Début"),
        text(0, 2, "Prix"),
        text(1, 0, "Lire l’été 😀"),
        OldCell(1, 1, Holds::Day(46_145.0)),
        OldCell(1, 2, Holds::Number(12.5)),
        text(2, 1, "sans date"),
        OldCell(2, 2, Holds::Error(7)),
    ];
    vec![
        ("Offre", cells, vec![[1, 2, 0, 0]]),
        ("Été", vec![text(0, 0, "Titre"), text(1, 0, "Écrire")], Vec::new()),
    ]
}

#[test]
fn an_old_workbook_gives_its_cells() {
    let error = "! f.xls, feuille « Offre », ligne 3, colonne « Prix » : la cellule contient une erreur de calcul, elle n’est pas lue (valeur : « #DIV/0! ») ; corrigez la formule, ou écrivez la valeur.";
    let expected = [
        "[Offre] Titre|Début|Prix",
        "2: Lire l’été 😀|2026-05-03|12.5",
        error,
        "3: Lire l’été 😀|sans date|#DIV/0!",
        "[Été] Titre",
        "2: Écrire",
    ];
    let shapes = check_file("f.xls", &workbook(&sheets()), &Options::default(), &expected);
    assert_eq!(shapes[0].reading[0], "classeur XLS");
    // The name says nothing of the form.
    let expected = expected.map(|line| line.replace("f.xls", "f.csv"));
    let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
    check_file("f.csv", &workbook(&sheets()), &Options::default(), &expected);
}

#[test]
fn hidden_columns_of_an_old_workbook_are_told() {
    let unseen = |first, last| OldCell(0, first, Holds::Unseen(last));
    let mut cells = vec![unseen(1, 1), unseen(3, 255)];
    cells.extend([
        text(0, 0, "Titre"),
        text(0, 1, "Prix"),
        text(0, 2, "Lieu"),
        text(1, 0, "a"),
        text(1, 1, "9"),
    ]);
    let bytes = workbook(&[("F", cells, Vec::new())]);
    let shapes = check_file("f.xls", &bytes, &Options::default(), &["[F] Titre|Prix|Lieu", "2: a|9|"]);
    assert_eq!(shapes[0].hidden[..2], [1, 3]);
    let reading = plain(&shapes[0].reading.join("\n"));
    assert!(reading.contains("colonnes masquées dans le classeur : B et D et suivantes\n"), "{reading}");
}

#[test]
fn a_title_written_after_the_names_of_an_old_workbook_is_above_them() {
    let cells = vec![
        text(2, 0, "Titre"),
        text(2, 1, "Prix"),
        text(0, 0, "Catalogue 2026"),
        text(4, 0, "b"),
        text(3, 0, "a"),
        OldCell(3, 1, Holds::Number(7.0)),
    ];
    let bytes = workbook(&[("F", cells, vec![[0, 0, 0, 1]])]);
    let shapes = check_file("f.xls", &bytes, &Options::default(), &["[F] Titre|Prix", "4: a|7", "5: b|"]);
    assert_eq!((shapes[0].above.as_slice(), shapes[0].header_line), (&["Catalogue 2026".to_owned()][..], 3));
}

#[test]
fn a_far_cell_of_an_old_workbook_does_not_fill_the_memory() {
    let cells = vec![text(0, 0, "Titre"), text(1, 0, "a"), text(65_535, 255, "z"), text(65_535, 0, "b")];
    let expected = [
        "[F] Titre",
        "2: a",
        "! f.xls, feuille « F », ligne 65536, colonne « 256 » : des cellules sont à droite de la dernière colonne nommée, elles ne sont pas lues (valeur : « z ») ; nommez leur colonne, ou effacez-les.",
        "65536: b",
    ];
    check_file("f.xls", &workbook(&[("F", cells, Vec::new())]), &Options::default(), &expected);
}

#[test]
fn many_texts_go_from_one_record_to_the_next() {
    // The table of texts is cut inside a letter's run; each piece says how its letters are written.
    let piece =
        |kind: u16, data: &[u8]| [&kind.to_le_bytes()[..], &(data.len() as u16).to_le_bytes(), data].concat();
    let table = [&[2, 0, 0, 0, 2, 0, 0, 0, 5, 0, 0][..], b"Tit"].concat();
    let next = [&[0][..], b"re", &[3, 0, 1], &[0x61, 0, 0xe9, 0]].concat();
    let last = [0, b'z'];
    let stream = old_book::stream(&[("F", vec![text(0, 0, "Titre"), text(1, 0, "aéz")], Vec::new())], false);
    let at = stream.windows(2).position(|bytes| bytes == [0xfc, 0]).expect("the table");
    let length = 4 + usize::from(u16::from_le_bytes([stream[at + 2], stream[at + 3]]));
    let shared = [piece(0xfc, &table), piece(0x3c, &next), piece(0x3c, &last)].concat();
    let moved = (shared.len() as i64 - length as i64) as i32;
    let mut changed = [&stream[..at], &shared, &stream[at + length..]].concat();
    // The only sheet begins later by as much.
    let sheet = changed.windows(2).position(|bytes| bytes == [0x85, 0]).expect("the sheet") + 4;
    let place = i32::from_le_bytes(changed[sheet..sheet + 4].try_into().expect("four bytes")) + moved;
    changed[sheet..sheet + 4].copy_from_slice(&place.to_le_bytes());
    let bytes = old_book::container("Workbook", &changed);
    check_file("f.xls", &bytes, &Options::default(), &["[F] Titre", "2: aéz"]);
}

/// What refuses a file.
fn refusal(name: &str, bytes: &[u8]) -> String {
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join(name);
    std::fs::write(&path, bytes).expect("a file");
    let issue = shapes(&path, &Options::default(), &|_| true).expect_err("refused");
    plain(&format!("{} ; {}", issue.message, issue.remedy))
}

const PROTECTED: &str =
    "le classeur est protégé par un mot de passe ; enregistrez-en une copie sans mot de passe";
const DAMAGED: &str = "le classeur est abîmé ; ouvrez-le dans un tableur, puis enregistrez-le de nouveau";

#[test]
fn a_password_is_named_whatever_the_form() {
    let xls = old_book::container("Workbook", &old_book::stream(&sheets(), true));
    assert_eq!(refusal("f.xls", &xls), PROTECTED);
    // Excel puts a protected XLSX whole in a compound file.
    assert_eq!(refusal("f.xlsx", &old_book::container("EncryptedPackage", b"secret")), PROTECTED);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let manifest = "<manifest:manifest xmlns:manifest=\"m\"><manifest:file-entry manifest:full-path=\"content.xml\"><manifest:encryption-data/></manifest:file-entry></manifest:manifest>";
    for (name, text) in [
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", manifest),
        ("content.xml", "\u{1}\u{2}secret"),
    ] {
        zip.start_file(name, SimpleFileOptions::default()).expect("a part");
        zip.write_all(text.as_bytes()).expect("memory");
    }
    assert_eq!(refusal("f.ods", &zip.finish().expect("an archive").into_inner()), PROTECTED);
}

#[test]
fn a_compound_file_that_is_no_workbook_is_named() {
    for (stream, expected) in [
        ("WordDocument", "c’est un document bureautique, pas une table"),
        ("__properties_version1.0", "c’est un fichier d’un autre logiciel, pas un classeur"),
    ] {
        let found = refusal("f.xls", &old_book::container(stream, b"x"));
        assert!(found.starts_with(expected), "{found}");
    }
}

#[test]
fn a_workbook_cut_anywhere_is_refused_or_read_in_part() {
    let about = About { selection: String::new(), revision: 1, published_at: String::new(), total: None };
    let written = |form| {
        let mut bytes = Cursor::new(Vec::new());
        Output::Book(form).write(&mut bytes, [row("a")].iter(), &about).expect("memory takes all");
        bytes.into_inner()
    };
    for (name, bytes) in
        [("f.xlsx", written(Book::Xlsx)), ("f.ods", written(Book::Ods)), ("f.xls", workbook(&sheets()))]
    {
        // In a compound file, what is cut of the last sector may be only filling.
        for cut in [9, 600, bytes.len() / 3, bytes.len() / 2, bytes.len() - 2_000] {
            assert_eq!(refusal(name, &bytes[..cut.min(bytes.len() - 1)]), DAMAGED, "{name} cut at {cut}");
        }
    }
}

#[test]
fn chains_of_a_compound_file_that_turn_round_end() {
    let bytes = workbook(&sheets());
    // The directory's only sector is followed by itself.
    let mut round = bytes.clone();
    round[512 + 4..512 + 8].copy_from_slice(&1_u32.to_le_bytes());
    assert_eq!(refusal("f.xls", &round), DAMAGED);
    // The stream's first one too: it is no longer than it says.
    let mut round = bytes.clone();
    round[512 + 8..512 + 12].copy_from_slice(&2_u32.to_le_bytes());
    let dir = tempfile::tempdir().expect("a folder");
    std::fs::write(dir.path().join("f.xls"), &round).expect("a file");
    assert!(!crate::table::given(&dir.path().join("f.xls"), &Options::default()).0.is_empty());
    let mut long = bytes;
    long.resize(OLD_BYTES as usize + 1, 0);
    assert!(refusal("f.xls", &long).starts_with("le classeur XLS dépasse"));
}

#[test]
fn a_bad_sheet_leaves_the_others() {
    let mut stream = old_book::stream(&sheets(), false);
    let second = stream.windows(2).rposition(|bytes| bytes == [0x09, 0x08]).expect("a sheet");
    // A record of the first sheet says that it is endless.
    let number = stream.windows(4).position(|bytes| bytes == [0x03, 0x02, 14, 0]).expect("a number");
    assert!(number < second);
    stream[number + 2..number + 4].copy_from_slice(&[0xff, 0xff]);
    let bytes = old_book::container("Workbook", &stream);
    let bad = "! f.xls, feuille « Offre » : la feuille est abîmée, elle n’est pas lue jusqu’au bout ; ouvrez le classeur dans un tableur, puis enregistrez-le de nouveau.";
    check_file("f.xls", &bytes, &Options::default(), &["[Été] Titre", "2: Écrire", "[Offre] ", bad]);
}

#[test]
fn hidden_rows_and_zeros_of_an_old_workbook_are_told() {
    let number = |line, column, number| OldCell(line, column, Holds::Number(number));
    let cells = vec![
        OldCell(2, 0, Holds::UnseenRow),
        text(0, 0, "Titre"),
        text(0, 1, "Prix"),
        text(1, 0, "a"),
        number(1, 1, 0.0),
        text(2, 0, "b"),
        number(2, 1, 5.0),
        OldCell(0, 0, Holds::NoZeros),
    ];
    let bytes = workbook(&[("F", cells, Vec::new())]);
    let shapes = check_file("f.xls", &bytes, &Options::default(), &["[F] Titre|Prix", "2: a|", "3: b|5"]);
    let reading = plain(&shapes[0].reading.join("\n"));
    assert!(reading.contains("1 ligne masquée, lue comme les autres"), "{reading}");
    assert!(reading.contains("zéros masqués"), "{reading}");
}
