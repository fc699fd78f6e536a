//! OpenDocument sheets of other people: spans, repeats, hidden sheets, what surrounds texts.
//! Absent: those that we write (see `books`).

use std::io::{Cursor, Write};

use exchange::limits::REPEATED_ROWS;
use exchange::table::{Options, Shape};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::table::{check_file, plain};

fn book(sheets: &str) -> Vec<u8> {
    set_book(sheets, "")
}

/// A workbook with its settings.
fn set_book(sheets: &str, settings: &str) -> Vec<u8> {
    let content = format!(
        "<?xml version=\"1.0\"?><office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\"><office:automatic-styles><style:style style:name=\"off\"><style:table-properties table:display=\"false\"/></style:style></office:automatic-styles><office:body><office:spreadsheet>{sheets}</office:spreadsheet></office:body></office:document-content>"
    );
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in [
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", content.as_str()),
        ("settings.xml", settings),
    ] {
        zip.start_file(name, SimpleFileOptions::default()).expect("a part");
        zip.write_all(text.as_bytes()).expect("memory");
    }
    zip.finish().expect("an archive").into_inner()
}

fn sheet(name: &str, rows: &[String]) -> String {
    format!("<table:table table:name=\"{name}\">{}</table:table>", rows.concat())
}

fn line(cells: &[String]) -> String {
    format!("<table:table-row>{}</table:table-row>", cells.concat())
}

/// A row of plain texts.
fn texts(texts: &[&str]) -> String {
    line(&texts.iter().map(|text| cell("", text)).collect::<Vec<_>>())
}

fn cell(attributes: &str, text: &str) -> String {
    match text {
        "" => format!("<table:table-cell{attributes}/>"),
        _ => format!(
            "<table:table-cell{attributes} office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>"
        ),
    }
}

fn span(columns: u32, rows: u32) -> String {
    format!(" table:number-columns-spanned=\"{columns}\" table:number-rows-spanned=\"{rows}\"")
}

fn covered(count: u32) -> String {
    format!(
        "<table:covered-table-cell table:number-columns-repeated=\"{count}\"><text:p>caché</text:p></table:covered-table-cell>"
    )
}

fn check(sheets: &str, expected: &[&str]) -> Vec<Shape> {
    check_file("f.ods", &book(sheets), &Options::default(), expected)
}

#[test]
fn merged_cells_of_a_header_are_joined_and_titles_are_not() {
    let rows = [
        line(&[cell(&span(5, 1), "Catalogue 2026"), covered(4)]),
        line(&[
            cell(&span(1, 2), "Titre"),
            cell(&span(2, 1), "Public visé"),
            covered(1),
            cell(&span(1, 2), "Prix"),
            cell(&span(1, 2), "Lieu"),
        ]),
        line(&[covered(1), cell("", "Cadres"), cell("", "Agents"), covered(2)]),
        texts(&["Lire", "x", "", "9", "Lyon"]),
    ];
    let columns = "[F] Titre|Public visé / Cadres|Public visé / Agents|Prix|Lieu";
    check(&sheet("F", &rows), &[columns, "4: Lire|x||9|Lyon"]);
}

#[test]
fn cells_merged_over_lines_hold_for_each_of_them() {
    let rows = [
        texts(&["Titre", "Organisme"]),
        line(&[cell("", "Lire"), cell(&span(1, 3), "École")]),
        line(&[cell("", "Écrire"), covered(1)]),
        line(&[cell("", "Compter"), covered(1)]),
        texts(&["Dessiner"]),
    ];
    let shapes = check(
        &sheet("F", &rows),
        &["[F] Titre|Organisme", "2: Lire|École", "3: Écrire|École", "4: Compter|École", "5: Dessiner|"],
    );
    assert!(shapes[0].reading.iter().any(|note| note.contains("fusionnées")), "{shapes:?}");
}

/// How many rows a workbook gives, and what is told of it.
fn counted(bytes: &[u8]) -> (u64, Vec<String>) {
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join("f.ods");
    std::fs::write(&path, bytes).expect("a file");
    let (mut rows, mut issues) = (0_u64, Vec::new());
    let mut take = |_: &Shape, row: Result<exchange::table::TableRow, exchange::Issue>| match row {
        Ok(_) => rows += 1,
        Err(issue) => issues.push(issue.message),
    };
    let read = exchange::table::read_each(&path, &Options::default(), &|name| name == "Titre", &mut take);
    issues.extend(read.err().map(|issue| issue.message));
    (rows, issues)
}

#[test]
fn a_sheet_of_repetitions_is_refused_at_once() {
    let begun = std::time::Instant::now();
    for (rows, columns) in [(1_048_576, 16_384), (50_000, 16_384), (1_048_576, 900), (100_000, 900)] {
        let many = format!(" table:number-columns-repeated=\"{columns}\"");
        let row = format!(
            "<table:table-row table:number-rows-repeated=\"{rows}\">{}</table:table-row>",
            cell(&many, "x")
        );
        for lines in [vec![row.clone()], vec![texts(&["Titre", "Organisme"]), row]] {
            let (count, told) = counted(&book(&sheet("S", &lines)));
            assert_eq!((count, told.len()), (0, 1), "{told:?}");
            let expected = "la feuille répète les mêmes cellules plus de 50\u{202f}000 fois";
            assert!(told[0].starts_with(expected), "{told:?}");
        }
    }
    assert!(begun.elapsed().as_secs() < 5, "{:?}", begun.elapsed());
}

#[test]
fn marks_side_by_side_are_no_repetitions_of_a_whole_sheet() {
    let marks = cell(" table:number-columns-repeated=\"20\"", "x");
    let rows: Vec<String> = std::iter::once(texts(&["Titre"]))
        .chain((0..3_000).map(|_| line(&[cell("", "Lire"), marks.clone()])))
        .collect();
    let (count, told) = counted(&book(&sheet("S", &rows)));
    assert!(count == 3_000 && told.iter().all(|told| !told.contains("répète")), "{count} {told:?}");
}

#[test]
fn repeats_are_followed_within_limits() {
    let far = " table:number-columns-repeated=\"16384\"";
    let rows = [
        texts(&["Titre", "Prix"]),
        "<table:table-row table:number-rows-repeated=\"4\"><table:table-cell table:number-columns-repeated=\"1024\"/></table:table-row>".to_owned(),
        format!("<table:table-row-group><table:table-row table:number-rows-repeated=\"2\">{}</table:table-row></table:table-row-group>", cell("", "a")),
        line(&[cell("", "b"), cell(far, "")]),
        format!("<table:table-row table:number-rows-repeated=\"1048568\">{}</table:table-row>", cell(far, "")),
        texts(&["c"]),
    ];
    check(&sheet("F", &rows), &["[F] Titre|Prix", "6: a|", "7: a|", "8: b|", "1048577: c|"]);
    let endless = format!(
        "<table:table-row table:number-rows-repeated=\"99999999999\">{}</table:table-row>",
        cell("", "a")
    );
    let (rows, issues) = counted(&book(&sheet("F", &[texts(&["Titre"]), endless, texts(&["b"])])));
    assert_eq!(rows, REPEATED_ROWS + 2);
    assert!(issues[0].starts_with("la ligne est répétée 99"), "{issues:?}");
}

#[test]
fn a_far_cell_is_told_and_left() {
    let rows = [
        texts(&["Titre", "Prix"]),
        line(&[cell("", "a"), cell(" table:number-columns-repeated=\"16000\"", ""), cell("", "loin")]),
        texts(&["b", "2"]),
    ];
    let far = "! f.ods, feuille « F », ligne 2 : des cellules sont au-delà de la colonne 1 000, elles ne sont pas lues ; rapprochez-les des autres, ou effacez-les.";
    check(&sheet("F", &rows), &["[F] Titre|Prix", "2: a|", "3: b|2", far]);
}

#[test]
fn texts_are_read_as_they_are_shown() {
    let typed = |kind: &str, value: &str| {
        format!(
            "<table:table-cell office:value-type=\"{kind}\" office:{value}><text:p>autre</text:p></table:table-cell>"
        )
    };
    let rows = [
        texts(&["Titre", "A", "B", "C", "D", "E", "F"]),
        line(&[
            cell("", "  Lire<text:s text:c=\"2\"/>&amp;\n  <text:span>com</text:span>pter </text:p><office:annotation><text:p>note</text:p></office:annotation><text:p>deux<text:line-break/>trois"),
            typed("float", "value=\"3.5\""),
            typed("date", "date-value=\"2026-05-03T09:00:00\""),
            typed("time", "time-value=\"PT14H30M00S\""),
            typed("boolean", "boolean-value=\"true\""),
            typed("percentage", "value=\"beaucoup\""),
            "<table:table-cell office:value-type=\"string\" calcext:value-type=\"error\" office:string-value=\"\"><text:p>#N/A</text:p></table:table-cell>".to_owned(),
        ]),
    ];
    let error = "! f.ods, feuille « F », ligne 2, colonne « F » : la cellule contient une erreur de calcul, elle n’est pas lue (valeur : « #N/A ») ; corrigez la formule, ou écrivez la valeur.";
    check(
        &sheet("F", &rows),
        &[
            "[F] Titre|A|B|C|D|E|F",
            error,
            "2: Lire  & compter\ndeux\ntrois|autre|2026-05-03|14:30|true|autre|",
        ],
    );
}

#[test]
fn numbers_keep_what_is_shown_beside_them() {
    let cell = |kind: &str, value: &str, shown: &str| {
        format!(
            "<table:table-cell office:value-type=\"{kind}\" office:value=\"{value}\"><text:p>{shown}</text:p></table:table-cell>"
        )
    };
    let cells = [
        cell("percentage", "0.07", "7 %"),
        cell("currency\" office:currency=\"EUR", "1200", "1 200,00 €"),
        cell("currency\" office:currency=\"USD", "1200", "1 200,00"),
        cell("float", "14", "14 h"),
        cell("float", "1200", "1 200"),
    ];
    let row = format!("<table:table-row>{}</table:table-row>", cells.concat());
    let names = texts(&["Titre", "B", "C", "D", "E"]);
    check(&sheet("F", &[names, row]), &["[F] Titre|B|C|D|E", "2: 7 %|1200|1200 USD|14 h|1200"]);
}

#[test]
fn hidden_columns_are_told() {
    let columns = "<table:table-column-group><table:table-column/><table:table-column table:visibility=\"collapse\" table:number-columns-repeated=\"2\"/></table:table-column-group><table:table-column table:number-columns-repeated=\"900\"/><table:table-column table:visibility=\"collapse\" table:number-columns-repeated=\"16000\"/>";
    let rows = [texts(&["Titre", "Prix", "Durée", "Lieu"]), texts(&["a", "1", "2", "c"])];
    let content = sheet("F", &rows).replacen("<table:table-row>", &format!("{columns}<table:table-row>"), 1);
    let shapes = check(&content, &["[F] Titre|Prix|Durée|Lieu", "2: a|1|2|c"]);
    assert_eq!(shapes[0].hidden[..2], [1, 2]);
    assert!(!shapes[0].hidden.contains(&3));
    let reading = plain(&shapes[0].reading.join("\n"));
    assert!(reading.contains("colonnes masquées dans le classeur : B à C"), "{reading}");
}

#[test]
fn hidden_sheets_drafts_and_changes() {
    let hidden = sheet("Cachée", &[texts(&["Titre"]), texts(&["a"])])
        .replace("<table:table ", "<table:table table:style-name=\"off\" ");
    let changes = "<table:tracked-changes><table:cell-content-change><table:previous><table:table-cell><text:p>x</text:p></table:table-cell></table:previous></table:cell-content-change></table:tracked-changes>";
    let shown = sheet("Été & Cie", &[texts(&["Titre"]), texts(&["b"])]).replace('&', "&amp;");
    let told = "! f.ods, feuille « Cachée » : la feuille est masquée, elle est laissée de côté ; affichez-la dans le tableur, ou demandez-la par son nom.";
    check(&format!("{changes}{hidden}{shown}"), &["[Été & Cie] Titre", "2: b", "[Cachée] ", told]);
    let options = Options { sheet: Some("Cachée".to_owned()), ..Options::default() };
    let all = book(&format!("{hidden}{shown}"));
    let shapes = check_file("f.ods", &all, &options, &["[Cachée] Titre", "2: a"]);
    assert!(shapes[0].reading.contains(&"feuille masquée".to_owned()));
    let refused = "refused f.ods : toutes les feuilles du classeur qui ont des lignes sont masquées ; affichez-la dans le tableur, ou demandez-la par son nom.";
    check_file("f.ods", &book(&hidden), &Options::default(), &[refused]);
    let options = Options { sheet: Some("Été & Cie".to_owned()), ..Options::default() };
    check_file("f.ods", &book(&format!("{hidden}{shown}")), &options, &["[Été & Cie] Titre", "2: b"]);
    let options = Options { sheet: Some("Autre".to_owned()), ..Options::default() };
    let refused = "refused f.ods : la feuille demandée n’existe pas (valeur : « Autre ») ; les feuilles du classeur sont « Cachée », « Été & Cie ».";
    check_file("f.ods", &book(&format!("{hidden}{shown}")), &options, &[refused]);
}

#[test]
fn a_sheet_over_a_limit_leaves_the_others() {
    let sheets = [
        sheet(
            "Large",
            &[line(&[format!("{}{}", cell(" table:number-columns-repeated=\"1010\"", ""), cell("", "z"))])],
        ),
        sheet("F", &[texts(&["Titre"]), texts(&["a"])]),
    ]
    .concat();
    let far = "! f.ods, feuille « Large », ligne 1 : des cellules sont au-delà de la colonne 1 000, elles ne sont pas lues ; rapprochez-les des autres, ou effacez-les.";
    check(&sheets, &["[F] Titre", "2: a", "[Large] ", far]);
}

#[test]
fn hidden_rows_are_told() {
    let rows = [
        texts(&["Titre", "Prix"]),
        texts(&["a", "1"]).replace("<table:table-row>", "<table:table-row table:visibility=\"filter\">"),
        texts(&["b", "2"]).replace(
            "<table:table-row>",
            "<table:table-row table:visibility=\"collapse\" table:number-rows-repeated=\"2\">",
        ),
        "<table:table-row table:visibility=\"collapse\"><table:table-cell/></table:table-row>".to_owned(),
    ];
    let shapes = check(&sheet("S", &rows), &["[S] Titre|Prix", "2: a|1", "3: b|2", "4: b|2"]);
    let reading = plain(&shapes[0].reading.join("\n"));
    assert!(reading.contains("3 lignes masquées, lues comme les autres"), "{reading}");
}

#[test]
fn zeros_that_are_not_shown_are_no_price() {
    let value = |number: &str| {
        let typed = format!("office:value-type=\"float\" office:value=\"{number}\"");
        format!("<table:table-cell {typed}><text:p>{number}</text:p></table:table-cell>")
    };
    let rows =
        [texts(&["Titre", "Prix"]), line(&[cell("", "a"), value("0")]), line(&[cell("", "b"), value("5")])];
    let item = |shown: &str| {
        format!(
            "<config:config-item config:name=\"ShowZeroValues\" config:type=\"boolean\">{shown}</config:config-item>"
        )
    };
    for (shown, price, is_told) in [("false", "", true), ("true", "0", false)] {
        let book = set_book(&sheet("S", &rows), &item(shown));
        let row = format!("2: a|{price}");
        let shapes = check_file("f.ods", &book, &Options::default(), &["[S] Titre|Prix", &row, "3: b|5"]);
        let told = shapes[0].reading.iter().any(|line| line.contains("zéros masqués"));
        assert_eq!(told, is_told, "{:?}", shapes[0].reading);
    }
}
