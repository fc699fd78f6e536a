//! Workbooks of other people, built here. Absent: text tables.

use std::io::{Cursor, Read, Write};

use exchange::limits::PARTS;
use exchange::table::{Options, Shape};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::table::{check_file, plain};

fn check(name: &str, bytes: &[u8], expected: &[&str]) -> Vec<Shape> {
    check_file(name, bytes, &Options::default(), expected)
}

fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).expect("a part");
        zip.write_all(bytes).expect("bytes");
    }
    zip.finish().expect("an archive").into_inner()
}

#[test]
fn cells_keep_their_types_and_errors_are_told() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Offre").expect("a name");
    for (column, name) in ["Titre", "Durée", "Prix", "Début", "Ouvert"].into_iter().enumerate() {
        sheet.write(2, column as u16, name).expect("a cell");
    }
    sheet.write(0, 0, "Catalogue 2026").expect("a cell");
    let day = Format::new().set_num_format("dd/mm/yyyy");
    let date = ExcelDateTime::from_ymd(2026, 5, 3).expect("a day");
    sheet.write(3, 0, "Lire").expect("a cell");
    sheet.write(3, 1, 3.5).expect("a cell");
    sheet.write_formula(3, 2, Formula::new("=2*600").set_result("1200")).expect("a cell");
    sheet.write_datetime_with_format(3, 3, date, &day).expect("a cell");
    sheet.write_boolean(3, 4, true).expect("a cell");
    sheet.write(6, 0, "Écrire").expect("a cell");
    sheet.write_formula(6, 1, Formula::new("=1/0").set_result("#DIV/0!")).expect("a cell");
    book.add_worksheet().set_name("Vide").expect("a name");
    let second = book.add_worksheet().set_name("Suite").expect("a name");
    second.write(0, 0, "Titre").expect("a cell");
    second.write(1, 0, "Compter").expect("a cell");
    let bytes = book.save_to_buffer().expect("a workbook");
    let error = "! f.xlsx, feuille « Offre », ligne 7, colonne « Durée » : la cellule contient une erreur de calcul, elle n’est pas lue (valeur : « #DIV/0! ») ; corrigez la formule, ou écrivez la valeur.";
    let shapes = check(
        "f.xlsx",
        &bytes,
        &[
            "[Offre] Titre|Durée|Prix|Début|Ouvert",
            "4: Lire|3.5|1200|2026-05-03|true",
            error,
            "7: Écrire|#DIV/0!|||",
            "[Suite] Titre",
            "2: Compter",
        ],
    );
    assert_eq!(shapes[0].header_line, 3);
    let options = Options { sheet: Some("Suite".to_owned()), ..Options::default() };
    check_file("f.xlsx", &bytes, &options, &["[Suite] Titre", "2: Compter"]);
    let options = Options { sheet: Some("Autre".to_owned()), ..Options::default() };
    let refused = "refused f.xlsx : la feuille demandée n’existe pas (valeur : « Autre ») ; les feuilles du classeur sont « Offre », « Vide », « Suite ».";
    check_file("f.xlsx", &bytes, &options, &[refused]);
    check(
        "f.csv",
        &bytes[..bytes.len() / 2],
        &[
            "refused f.csv : le classeur est abîmé ; ouvrez-le dans un tableur, puis enregistrez-le de nouveau.",
        ],
    );
}

#[test]
fn numbers_keep_what_their_format_says() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let formats = ["[$$-409]#,##0.00", "0%", "#,##0.00 \"€\"", "0\" jours\"", "0.00"];
    for (column, format) in (0..).zip(formats) {
        sheet.write(0, column, ["Titre", "Part", "Prix", "Durée", "N"][usize::from(column)]).expect("a name");
        sheet.write_with_format(1, column, 3, &Format::new().set_num_format(format)).expect("a cell");
    }
    sheet.write(1, 4, "Lire").expect("a cell");
    let bytes = book.save_to_buffer().expect("a workbook");
    check("f.xlsx", &bytes, &["[Sheet1] Titre|Part|Prix|Durée|N", "2: $ 3|300 %|3|3 jours|Lire"]);
}

#[test]
fn a_zero_that_is_not_shown_is_no_number() {
    let of = |is_hidden: bool| {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet().set_hidden_zeroes(is_hidden);
        let accounting = "_-* #,##0.00\\ \"€\"_-;\\-* #,##0.00\\ \"€\"_-;_-* \"-\"??\\ \"€\"_-;_-@_-";
        for (column, format) in (0..).zip(["0", "0;-0;;@", accounting, "#,##0"]) {
            sheet.write(0, column, ["Titre", "A", "B", "C"][usize::from(column)]).expect("a name");
            let format = Format::new().set_num_format(format);
            sheet.write_with_format(1, column, 0, &format).expect("a cell");
            sheet.write_with_format(2, column, 7, &format).expect("a cell");
        }
        sheet.write(1, 0, "Lire").expect("a cell").write(2, 0, "Dire").expect("a cell");
        book.save_to_buffer().expect("a workbook")
    };
    check("f.xlsx", &of(false), &["[Sheet1] Titre|A|B|C", "2: Lire||-|0", "3: Dire|7|7|7"]);
    let shapes = check("f.xlsx", &of(true), &["[Sheet1] Titre|A|B|C", "2: Lire|||", "3: Dire|7|7|7"]);
    assert!(shapes[0].reading.iter().any(|line| line.contains("zéros masqués")), "{:?}", shapes[0].reading);
}

#[test]
fn formulas_without_a_result_are_told() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("F").expect("a name");
    sheet.write(0, 0, "Titre").expect("a cell").write(0, 1, "Prix").expect("a cell");
    sheet.write(1, 0, "Lire").expect("a cell");
    sheet.write_formula(1, 1, Formula::new("=2*600").set_result("1200")).expect("a cell");
    let written = book.save_to_buffer().expect("a workbook");
    let mut written = zip::ZipArchive::new(Cursor::new(written)).expect("an archive");
    let mut parts = Vec::new();
    for position in 0..written.len() {
        let mut part = written.by_index(position).expect("a part");
        let mut text = String::new();
        part.read_to_string(&mut text).expect("a text");
        let name = part.name().expect("a name").into_owned();
        parts.push((name, text.replace("<v>1200</v>", "")));
    }
    let parts: Vec<(&str, &[u8])> =
        parts.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    let bytes = archive(&parts);
    let told = "! f.xlsx, feuille « F », ligne 2, colonne « Prix » : le résultat de la formule n’est pas dans le classeur, la cellule n’est pas lue ; ouvrez le classeur dans un tableur, enregistrez-le, puis importez-le de nouveau.";
    check("f.xlsx", &bytes, &["[F] Titre|Prix", told, "2: Lire|#N/A"]);
}

#[test]
fn hidden_columns_are_left_and_hidden_rows_are_told() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Été & Cie").expect("a name");
    for (column, name) in (0..).zip(["Titre", "Organisme", "Prix", "Prix 2026"]) {
        sheet.write(0, column, name).expect("a name");
        sheet.write(1, column, format!("{name} un")).expect("a cell");
        sheet.write(2, column, format!("{name} deux")).expect("a cell");
    }
    sheet.set_column_hidden(2).expect("a column").set_row_hidden(2).expect("a row");
    let bytes = book.save_to_buffer().expect("a workbook");
    let shapes = check(
        "f.xlsx",
        &bytes,
        &[
            "[Été & Cie] Titre|Organisme|Prix|Prix 2026",
            "2: Titre un|Organisme un|Prix un|Prix 2026 un",
            "3: Titre deux|Organisme deux|Prix deux|Prix 2026 deux",
        ],
    );
    assert_eq!(shapes[0].hidden, [2]);
    let reading = plain(&shapes[0].reading.join("\n"));
    assert!(reading.contains("colonne masquée dans le classeur : C"), "{reading}");
    assert!(reading.contains("1 ligne masquée, lue comme les autres"), "{reading}");
}

#[test]
fn hidden_sheets_are_read_when_they_are_asked_for() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Vue").expect("a name");
    sheet.write(0, 0, "Titre").expect("a cell").write(1, 0, "Lire").expect("a cell");
    let sheet = book.add_worksheet().set_name("Cachée").expect("a name").set_hidden(true);
    sheet.write(0, 0, "Titre").expect("a cell").write(1, 0, "Ancienne").expect("a cell");
    let bytes = book.save_to_buffer().expect("a workbook");
    let told = "! f.xlsx, feuille « Cachée » : la feuille est masquée, elle est laissée de côté ; affichez-la dans le tableur, ou demandez-la par son nom.";
    check("f.xlsx", &bytes, &["[Vue] Titre", "2: Lire", "[Cachée] ", told]);
    let options = Options { sheet: Some("Cachée".to_owned()), ..Options::default() };
    check_file("f.xlsx", &bytes, &options, &["[Cachée] Titre", "2: Ancienne"]);
}

#[test]
fn merged_cells_of_a_header_are_joined() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let format = Format::new();
    sheet.merge_range(0, 0, 0, 4, "Catalogue", &format).expect("a title");
    sheet.merge_range(1, 0, 2, 0, "Titre", &format).expect("a name");
    sheet.merge_range(1, 1, 1, 2, "Public visé", &format).expect("a group");
    sheet.merge_range(1, 3, 2, 3, "Prix", &format).expect("a name");
    sheet.merge_range(1, 4, 2, 4, "Lieu", &format).expect("a name");
    for (column, text) in [(1, "Cadres"), (2, "Agents")] {
        sheet.write(2, column, text).expect("a name");
    }
    for (column, text) in ["Lire", "x", "", "9", "Lyon"].into_iter().enumerate() {
        sheet.write(3, column as u16, text).expect("a cell");
    }
    let bytes = book.save_to_buffer().expect("a workbook");
    let columns = "[Sheet1] Titre|Public visé / Cadres|Public visé / Agents|Prix|Lieu";
    check("f.xlsx", &bytes, &[columns, "4: Lire|x||9|Lyon"]);
}

#[test]
fn a_far_cell_does_not_fill_the_memory() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (line, text) in [(0, "Titre"), (1, "a"), (1_048_575, "z")] {
        sheet.write(line, 0, text).expect("a cell");
    }
    let bytes = book.save_to_buffer().expect("a workbook");
    check("f.xlsx", &bytes, &["[Sheet1] Titre", "2: a", "1048576: z"]);
    let mut book = Workbook::new();
    book.add_worksheet().write(0, 16_383, "Titre").expect("a cell");
    let bytes = book.save_to_buffer().expect("a workbook");
    check(
        "f.xlsx",
        &bytes,
        &[
            "refused f.xlsx, ligne 1 : des cellules sont au-delà de la colonne 1 000, elles ne sont pas lues ; rapprochez-les des autres, ou effacez-les.",
        ],
    );
}

#[test]
fn an_open_document_table() {
    let cell = |text: &str| {
        format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>")
    };
    let content = format!(
        "<?xml version=\"1.0\"?><office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\"><office:body><office:spreadsheet><table:table table:name=\"F\"><table:table-row>{}{}</table:table-row><table:table-row>{}<table:table-cell office:value-type=\"date\" office:date-value=\"2026-05-03\"><text:p>3 mai</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>",
        cell("Titre"),
        cell("Début"),
        cell("Lire"),
    );
    let manifest = "<?xml version=\"1.0\"?><manifest:manifest xmlns:manifest=\"m\"/>";
    let bytes = archive(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", manifest.as_bytes()),
        ("content.xml", content.as_bytes()),
    ]);
    check("f.ods", &bytes, &["[F] Titre|Début", "2: Lire|2026-05-03"]);
}

#[test]
fn archives_that_are_not_workbooks_or_too_big_are_refused() {
    let zeros = vec![0; 64 << 20];
    for (bytes, expected) in [
        (archive(&[("word/document.xml", b"<w/>")]), "c’est un document Word, pas une table"),
        (archive(&[("notes.txt", b"a")]), "c’est une archive zip, pas une table"),
        (archive(&[("xl/workbook.bin", b"a")]), "c’est un classeur binaire (XLSB), pas une table"),
        (archive(&[("xl/workbook.xml", &zeros)]), "le classeur est démesuré une fois décompressé"),
        (archive(&[("xl/workbook.xml", b"<a/>")]), "le classeur est abîmé"),
    ] {
        let found = refusal(&bytes);
        assert!(plain(&found).starts_with(expected), "{found}");
    }
    let names: Vec<String> = (0..=PARTS).map(|number| number.to_string()).collect();
    let parts: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b""[..])).collect();
    assert_eq!(plain(&refusal(&archive(&parts))), "le classeur contient plus de 10 000 parties");
}

#[test]
fn an_archive_that_lies_about_its_size_is_refused() {
    let zeros = vec![0; 64 << 20];
    let mut bytes = archive(&[("xl/workbook.xml", &zeros)]);
    // The size once unpacked, where it is written: in the part's head and in the directory.
    let size = (64_u32 << 20).to_le_bytes();
    for position in 0..bytes.len() - 4 {
        if bytes[position..position + 4] == size {
            bytes[position..position + 4].copy_from_slice(&9_u32.to_le_bytes());
        }
    }
    let found = refusal(&bytes);
    assert!(found.contains("démesuré") || found.contains("abîmé"), "{found}");
}

fn refusal(bytes: &[u8]) -> String {
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join("f.xlsx");
    std::fs::write(&path, bytes).expect("a file");
    let found = exchange::table::shapes(&path, &Options::default(), &|_| true);
    found.expect_err("refused").message
}

/// The same archive with a part changed.
fn with(bytes: &[u8], name: &str, change: &dyn Fn(String) -> String) -> Vec<u8> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut parts: Vec<(String, Vec<u8>)> = Vec::new();
    for at in 0..zip.len() {
        let mut part = zip.by_index(at).expect("a part");
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut part, &mut bytes).expect("memory");
        let own = part.name().expect("a name").into_owned();
        if own == name {
            bytes = change(String::from_utf8(bytes).expect("UTF-8")).into_bytes();
        }
        parts.push((own, bytes));
    }
    let parts: Vec<(&str, &[u8])> =
        parts.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    archive(&parts)
}

#[test]
fn a_part_that_would_fill_the_memory_is_refused() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write(0, 0, "Titre").expect("a cell").write(1, 0, 3).expect("a cell");
    let bytes = book.save_to_buffer().expect("a workbook");
    let texts = "xl/sharedStrings.xml";
    let announced =
        |text: String| text.replace("uniqueCount=\"1\"", "uniqueCount = '99999999999999999999999'");
    let found = refusal(&with(&bytes, texts, &announced));
    assert!(found.starts_with("le classeur a trop de textes"), "{found}");
    let long = |text: String| text.replace("Titre", &"a".repeat(5 << 20));
    let found = plain(&refusal(&with(&bytes, texts, &long)));
    assert_eq!(found, "un texte du classeur dépasse 4 194 304 octets");
    let styles = |text: String| text.replace("<cellXfs", &format!("{}<cellXfs", "<xf/>".repeat(200_001)));
    assert_eq!(refusal(&with(&bytes, "xl/styles.xml", &styles)), "le classeur a trop de mises en forme");
    check("f.xlsx", &with(&bytes, texts, &|text| text), &["[Sheet1] Titre", "2: 3"]);
}

#[test]
fn a_row_that_repeats_a_long_text_is_left_and_the_others_go_in() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write(0, 0, "Titre").expect("a cell");
    for column in 0..40 {
        sheet.write(1, column, "a".repeat(32_767)).expect("a cell");
    }
    sheet.write(2, 0, "b").expect("a cell");
    let bytes = book.save_to_buffer().expect("a workbook");
    let long =
        "! f.xlsx, feuille « Sheet1 », ligne 2 : la ligne dépasse 1 048 576 octets ; raccourcissez-la.";
    check("f.xlsx", &bytes, &["[Sheet1] Titre", long, "3: b"]);
}
