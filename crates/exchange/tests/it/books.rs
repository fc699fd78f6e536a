//! Workbooks and packages of ours: what is written is read back the same. Absent: tables of other people.

use std::io::{Cursor, Read};

use catalogue::RawTraining;
use exchange::book::{self, Book};
use exchange::limits::BOOK_CELL_CHARS;
use exchange::table::Options;
use exchange::{About, Format, Output, package};
use proptest::prelude::*;

use crate::round_trip::training;
use crate::row;

fn about() -> About {
    About {
        selection: "2 formations sur le thème « Droit ».".to_owned(),
        revision: 7,
        published_at: "2026-03-01T08:00:00Z".to_owned(),
        total: Some(12),
    }
}

fn bytes(output: Output, rows: &[RawTraining]) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let count = output.write(&mut bytes, rows.iter(), &about()).expect("memory takes all");
    assert_eq!(count, rows.len() as u64);
    bytes.into_inner()
}

/// The rows of a workbook, read from a file.
fn back(form: Book, rows: &[RawTraining]) -> Vec<RawTraining> {
    let bytes = bytes(Output::Book(form), rows);
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join(format!("f.{}", Output::Book(form).extension()));
    std::fs::write(&path, bytes).expect("written");
    let (options, _) = book::ours(&path, &Options::default()).expect("our columns");
    let mut read = Vec::new();
    let mut take = |row: Result<exchange::Row, exchange::Issue>| read.push(row.expect("a good row").raw);
    book::read_each(&path, &options, &mut take).expect("a sound workbook");
    read
}

/// What a text becomes where XML cannot hold it.
fn held(text: &str) -> String {
    let lost = |c: char| (c < ' ' && c != '\t' && c != '\n') || matches!(c, '\u{fffe}' | '\u{ffff}');
    text.replace(lost, "\u{fffd}")
}

/// A row without characters that XML cannot hold, through its JSON, where they are all escaped or plain.
fn writable(raw: &RawTraining) -> RawTraining {
    fn walk(value: &mut serde_json::Value) {
        match value {
            serde_json::Value::String(text) => *text = held(text),
            serde_json::Value::Array(items) => items.iter_mut().for_each(walk),
            serde_json::Value::Object(map) => {
                let old = std::mem::take(map);
                for (key, mut value) in old {
                    walk(&mut value);
                    map.insert(held(&key), value);
                }
            }
            _ => {}
        }
    }
    let mut value = serde_json::to_value(raw).expect("plain data");
    walk(&mut value);
    serde_json::from_value(value).expect("the same shape")
}

fn hard() -> Vec<RawTraining> {
    let titles = [
        "=1+1",
        "+33 1",
        "-5",
        "@nom",
        "'",
        "_x0041_",
        "a|b\\",
        "deux\nlignes, « ; »",
        "\"guillemets\"",
        "  deux  espaces ",
        "👩‍💻",
        "\tonglet\t",
        "exemple",
        "<b>&amp;</b>",
        "2024",
        "vrai",
    ];
    let mut rows: Vec<RawTraining> = Vec::new();
    for (number, title) in titles.iter().enumerate() {
        let mut raw = row(&format!("exemple-{number}"));
        raw.title = (*title).to_owned();
        raw.summary = titles[(number + 3) % titles.len()].to_owned();
        raw.duration_hours = (number % 3 > 0).then_some(number as f64 / 2.0);
        raw.price_eur = (number % 2 > 0).then_some(0.0);
        raw.public_sector_only = [None, Some(true), Some(false)][number % 3];
        raw.formats = vec!["a|b".to_owned(), String::new()];
        raw.stated.insert("price".to_owned(), (*title).to_owned());
        rows.push(raw);
    }
    rows
}

#[test]
fn hard_texts_come_back() {
    for form in [Book::Xlsx, Book::Ods] {
        assert_eq!(back(form, &hard()), hard(), "{form:?}");
        assert_eq!(back(form, &[row("seul")]), [row("seul")], "{form:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn workbooks_read_back(rows in prop::collection::vec(training(), 1..4)) {
        let rows: Vec<RawTraining> = rows.iter().map(writable).collect();
        for form in [Book::Xlsx, Book::Ods] {
            prop_assert_eq!(&back(form, &rows), &rows);
        }
    }

    #[test]
    fn the_table_of_a_package_reads_back(rows in prop::collection::vec(training(), 0..4)) {
        let table = part(&bytes(Output::Package, &rows), "catalogue.csv");
        let read = exchange::read("f", &table, Format::Csv);
        prop_assert_eq!(read.issues, vec![]);
        prop_assert_eq!(read.rows.into_iter().map(|row| row.raw).collect::<Vec<_>>(), rows);
    }

    #[test]
    fn packages_read_back(rows in prop::collection::vec(training(), 0..4)) {
        let (read, extent) = unpacked(&bytes(Output::Package, &rows)).expect("a package");
        prop_assert_eq!(extent, exchange::Extent::Whole);
        prop_assert_eq!(read, rows);
    }
}

/// The trainings of a package, from a file; none when it is not one of ours.
fn unpacked(bytes: &[u8]) -> Option<(Vec<RawTraining>, exchange::Extent)> {
    let mut file = tempfile::NamedTempFile::new().expect("a file");
    std::io::Write::write_all(&mut file, bytes).expect("written");
    if !package::is_ours(file.path()) {
        return None;
    }
    let mut read = Vec::new();
    let extent = package::read_each(file.path(), &mut |row| read.extend(row.ok().map(|row| row.raw)));
    Some((read, extent.ok()?))
}

#[test]
fn a_package_that_is_cut_or_changed_is_not_read_as_a_whole_one() {
    let rows: Vec<RawTraining> = (0..300).map(|number| row(&format!("fiche-{number}"))).collect();
    let good = bytes(Output::Package, &rows);
    assert_eq!(unpacked(&good).expect("a package").0.len(), rows.len());
    assert_eq!(unpacked(&good[..good.len() / 2]), None);
    // Packed bytes in the middle of the table.
    let mut changed = good;
    changed[900..910].fill(0x5a);
    assert!(unpacked(&changed).is_none_or(|(_, extent)| extent == exchange::Extent::Partial));
}

fn part(package: &[u8], name: &str) -> Vec<u8> {
    let mut zip = zip::ZipArchive::new(Cursor::new(package)).expect("a zip");
    let mut bytes = Vec::new();
    zip.by_name(name).expect("a part").read_to_end(&mut bytes).expect("read");
    bytes
}

fn text(package: &[u8], name: &str) -> String {
    String::from_utf8(part(package, name)).expect("UTF-8")
}

#[test]
fn no_text_is_a_formula_and_headers_stay_in_sight() {
    let xlsx = bytes(Output::Book(Book::Xlsx), &hard());
    let sheet = text(&xlsx, "xl/worksheets/sheet1.xml");
    assert!(!sheet.contains("<f>") && sheet.contains(">=1+1<"), "{sheet}");
    assert!(sheet.contains("state=\"frozen\"") && sheet.contains("<autoFilter ref=\"A1:W17\"/>"), "{sheet}");
    assert!(sheet.contains("<v>0.5</v>") || sheet.contains("<v>2.5</v>"), "numbers are numbers");
    let ods = bytes(Output::Book(Book::Ods), &hard());
    let content = text(&ods, "content.xml");
    assert!(!content.contains("table:formula") && content.contains("<text:p>=1+1</text:p>"), "{content}");
    assert!(content.contains("Formations.A1:Formations.W17") && content.contains("office:value=\"2.5\""));
    assert!(text(&ods, "settings.xml").contains("VerticalSplitMode"));
}

#[test]
fn a_workbook_says_what_it_is() {
    let parts = [(Book::Xlsx, "xl/sharedStrings.xml"), (Book::Ods, "content.xml")];
    for (form, name) in parts {
        let told = text(&bytes(Output::Book(form), &[row("a"), row("b")]), name);
        for words in [
            "2 formations sur le thème « Droit ».",
            "2, les premières des 12 de la sélection",
            "7, publiée le 2026-03-01",
            "Licence Ouverte 2.0",
            "Une cellule vide veut dire",
            "source.address",
            "duration_hours",
            "heures",
        ] {
            assert!(told.contains(words), "{form:?}: {words}");
        }
    }
}

#[test]
fn the_same_revision_gives_the_same_bytes() {
    for output in [Output::Book(Book::Xlsx), Output::Book(Book::Ods), Output::Package] {
        assert!(bytes(output, &hard()) == bytes(output, &hard()), "{output:?}");
    }
}

#[test]
fn a_package_describes_its_tables() {
    let mut raw = row("a");
    raw.competences.insert("culture-donnees".to_owned(), 2);
    raw.prerequisites.insert("lire-chiffres".to_owned(), 1);
    raw.duration_hours = Some(3.5);
    raw.public_sector_only = Some(true);
    let package = bytes(Output::Package, &[raw]);
    assert!(
        text(&package, "catalogue.csv").contains(",3.5,")
            && text(&package, "catalogue.csv").contains(",true,")
    );
    assert_eq!(
        text(&package, "competences.csv"),
        "training_id,competence,kind,level\r\na,culture-donnees,reached,2\r\na,lire-chiffres,required,1\r\n"
    );
    assert_eq!(
        text(&package, "sources.csv"),
        "training_id,field,address,seen\r\na,source,https://exemple.fr/a,\r\n"
    );
    let json =
        |name: &str| -> serde_json::Value { serde_json::from_slice(&part(&package, name)).expect("JSON") };
    let descriptor = json("datapackage.json");
    assert_eq!(
        (&descriptor["version"], &descriptor["licenses"][0]["name"]),
        (&"7".into(), &"etalab-2.0".into())
    );
    for resource in descriptor["resources"].as_array().expect("resources") {
        let of = |key: &str| resource[key].as_str().expect("a text").to_owned();
        let table = text(&package, &of("path"));
        let schema = json(&of("schema"));
        let fields = schema["fields"].as_array().expect("fields");
        let names: Vec<&str> = fields.iter().filter_map(|field| field["name"].as_str()).collect();
        assert_eq!(table.lines().next(), Some(names.join(",").as_str()));
    }
    assert!(text(&package, "LISEZ-MOI.md").contains("Licence Ouverte 2.0"));
}

#[test]
fn a_cell_too_long_for_excel_is_told() {
    let mut raw = row("long");
    raw.summary = "a".repeat(BOOK_CELL_CHARS + 1);
    let write = |form| book::write(form, Cursor::new(Vec::new()), std::iter::once(&raw), &about());
    let told = write(Book::Xlsx).expect_err("too long").to_string();
    assert!(told.contains("« long »") || told.contains("long"), "{told}");
    assert!(told.contains("colonne") && told.contains("summary"), "{told}");
    assert_eq!(write(Book::Ods).expect("no limit"), 1);
}

#[test]
fn a_workbook_that_someone_corrected_is_read_with_its_faults_told() {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet().set_name("Corrigées").expect("a name");
    let header = [
        "id",
        "kind",
        "title",
        "provider",
        "duration_hours",
        "public_sector_only",
        "source.address",
        "notes",
    ];
    for (column, name) in (0..).zip(header) {
        sheet.write(0, column, name).expect("a cell");
    }
    for (line, id) in [(1, "a"), (2, "b")] {
        for (column, text) in (0..).zip([id, "course", "", "Organisme"]) {
            sheet.write(line, column, text).expect("a cell");
        }
        sheet.write(line, 2, 2024).expect("a cell");
        sheet.write(line, 5, true).expect("a cell");
        sheet.write(line, 6, "https://exemple.fr/a").expect("a cell");
    }
    sheet.write(1, 4, 3.5).expect("a cell");
    sheet.write(2, 4, "deux jours").expect("a cell");
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("f.xlsx");
    workbook.save(&path).expect("saved");
    let (options, _) = book::ours(&path, &Options::default()).expect("our columns");
    let (mut rows, mut issues) = (Vec::new(), Vec::new());
    let mut take = |row: Result<exchange::Row, exchange::Issue>| match row {
        Ok(row) => rows.push(row),
        Err(issue) => issues.push(issue.to_string()),
    };
    book::read_each(&path, &options, &mut take).expect("a sound workbook");
    let raw = &rows[0].raw;
    assert_eq!((rows.len(), rows[0].line, raw.title.as_str()), (1, 2, "2024"));
    assert_eq!((raw.duration_hours, raw.public_sector_only), (Some(3.5), Some(true)));
    assert_eq!(issues.len(), 2, "{issues:?}");
    assert!(issues[0].contains("notes") && issues[0].contains("ligne 1"), "{issues:?}");
    assert!(issues[1].contains("Corrigées") && issues[1].contains("ligne 3"), "{issues:?}");
    assert!(issues[1].contains("duration_hours") && issues[1].contains("deux jours"), "{issues:?}");
}
