//! Tables of ours that lack columns. Absent: tables of other people.

use catalogue::RawSource;
use proptest::prelude::*;

use super::*;
use crate::builtin;

/// A store that holds some real trainings, with words, sources and summaries of all kinds; the first two have a
/// price, of which the second gives words and a source.
async fn store_of_real() -> (Store, Vec<RawTraining>) {
    let store = Store::open_memory().await.expect("a store");
    let mut rows: Vec<RawTraining> = builtin::rows().into_iter().step_by(9).collect();
    for row in &mut rows[..2] {
        row.price_eur = Some(300.0);
        row.stated.remove("price");
        row.sources.remove("price");
    }
    let prices = RawSource { address: "https://exemple.fr/tarifs".to_owned(), seen: None };
    rows[1].stated.insert("price".to_owned(), "300 € TTC".to_owned());
    rows[1].sources.insert("price".to_owned(), prices);
    plan(&store, Mode::Merge, &rows).await.publish(&store, signature()).await.expect("published");
    (store, rows)
}

/// The cells of an export in CSV, as they are written, quotes apart.
fn exported(rows: &[RawTraining]) -> Vec<Vec<String>> {
    let mut bytes = Vec::new();
    exchange::write(Format::Csv, &mut bytes, rows.iter()).expect("written");
    let text = String::from_utf8(bytes).expect("UTF-8");
    let (mut lines, mut cells, mut cell, mut is_quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut characters = text.trim_start_matches('\u{feff}').chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '"' if is_quoted && characters.next_if_eq(&'"').is_some() => cell.push('"'),
            '"' => is_quoted = !is_quoted,
            ';' if !is_quoted => cells.push(std::mem::take(&mut cell)),
            '\r' if !is_quoted => {}
            '\n' if !is_quoted => {
                cells.push(std::mem::take(&mut cell));
                lines.push(std::mem::take(&mut cells));
            }
            other => cell.push(other),
        }
    }
    lines
}

/// The columns of an export, in this order.
fn table(rows: &[RawTraining], columns: &[&str]) -> Vec<Vec<String>> {
    let lines = exported(rows);
    let place = |column: &&str| lines[0].iter().position(|own| own == column).expect("one of our columns");
    let places: Vec<usize> = columns.iter().map(place).collect();
    lines.iter().map(|cells| places.iter().map(|place| cells[*place].clone()).collect()).collect()
}

fn csv(lines: &[Vec<String>]) -> Vec<u8> {
    let quoted = |cells: &Vec<String>| {
        let cells: Vec<String> =
            cells.iter().map(|own| format!("\"{}\"", own.replace('"', "\"\""))).collect();
        cells.join(";") + "\n"
    };
    lines.iter().map(quoted).collect::<String>().into_bytes()
}

/// The columns that change in the only training that a table changes.
fn changed(report: &Report) -> Vec<&str> {
    assert_eq!((report.changed, report.first_changed.len()), (1, 1), "{report:?}");
    report.first_changed[0].columns.iter().map(|change| change.column.as_str()).collect()
}

#[tokio::test]
async fn each_column_may_go() {
    let (store, rows) = store_of_real().await;
    let count = rows.len() as u64;
    for gone in &exchange::COLUMNS[1..] {
        let columns: Vec<&str> = exchange::COLUMNS.into_iter().filter(|column| column != gone).collect();
        let report = of_bytes(&store, ".csv", &csv(&table(&rows, &columns)), Mode::Merge).await;
        check(&report, [0, 0, count, 0, 0]);
        assert!(report.kept <= count && report.reading[0].ends_with(gone), "{report:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn an_export_without_some_columns_changes_nothing(
        others in prop::sample::subsequence(exchange::COLUMNS[1..].to_vec(), 1..=22).prop_shuffle(),
        place in any::<prop::sample::Index>(),
        replaces in any::<bool>(),
    ) {
        let mut columns = others.clone();
        columns.insert(place.index(others.len() + 1), "id");
        let mode = if replaces { Mode::Replace } else { Mode::Merge };
        let report = run(async {
            let (store, rows) = store_of(12).await;
            let report = of_bytes(&store, ".csv", &csv(&table(&rows, &columns)), mode).await;
            (report, rows.len() as u64)
        });
        check(&report.0, [0, 0, report.1, 0, 0]);
        prop_assert_eq!(report.0.issues, []);
    }
}

fn run<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime").block_on(future)
}

#[tokio::test]
async fn a_price_changes_nothing_but_the_price() {
    let (store, rows) = store_of_real().await;
    let columns = ["id", "title", "provider", "price_eur"];
    for (place, expected) in [(0, &["price_eur"][..]), (1, &["price_eur", "sources.price", "stated.price"])] {
        let mut lines = table(&rows, &columns);
        lines[place + 1][3] = "4321".to_owned();
        let report = of_bytes(&store, ".csv", &csv(&lines), Mode::Merge).await;
        check(&report, [0, 1, rows.len() as u64 - 1, 0, 0]);
        assert_eq!(changed(&report), expected);
        assert_eq!(report.kept, rows.len() as u64);
    }
}

#[tokio::test]
async fn an_empty_cell_of_a_column_that_is_there_is_unknown() {
    let (store, rows) = store_of_real().await;
    let mut lines = table(&rows[..5], &["themes", "id"]);
    assert!(!lines[2][0].is_empty());
    lines[2][0].clear();
    let report = of_bytes(&store, ".csv", &csv(&lines), Mode::Merge).await;
    check(&report, [0, 1, 4, 0, 0]);
    assert_eq!(
        (changed(&report), report.first_changed[0].columns[0].after.as_deref()),
        (vec!["themes"], None)
    );
}

#[tokio::test]
async fn an_unknown_identifier_needs_the_compulsory_columns() {
    let (store, rows) = store_of_real().await;
    let new = RawTraining { id: "nouvelle".to_owned(), ..rows[0].clone() };
    let all = [rows[1].clone(), new];
    let report =
        of_bytes(&store, ".csv", &csv(&table(&all, &["id", "title", "provider"])), Mode::Merge).await;
    check(&report, [0, 0, 1, 0, 1]);
    let issue = &report.issues[0];
    assert_eq!((issue.line, issue.value.as_deref()), (Some(3), Some("nouvelle")));
    assert!(issue.message.contains("kind") && issue.message.contains("source.address"), "{issue}");
    assert!(issue.remedy.contains("ajoutez ce qui manque"), "{issue}");
    let enough = ["id", "title", "provider", "source.address", "kind"];
    let report = of_bytes(&store, ".csv", &csv(&table(&all, &enough)), Mode::Merge).await;
    check(&report, [1, 0, 1, 0, 0]);
}

#[tokio::test]
async fn replacing_by_a_partial_table_withdraws_the_rows_that_are_absent() {
    let (store, rows) = store_of_real().await;
    let count = rows.len() as u64;
    let columns = ["id", "city"];
    let report = of_bytes(&store, ".csv", &csv(&table(&rows[..3], &columns)), Mode::Replace).await;
    check(&report, [0, 0, 3, count - 3, 0]);
    let mut lines = table(&rows[..3], &columns);
    lines[1][0] = "inconnue".to_owned();
    let report = of_bytes(&store, ".csv", &csv(&lines), Mode::Replace).await;
    check(&report, [0, 0, 2, 0, 1]);
    assert!(report.withdrawals_held);
}

#[tokio::test]
async fn a_withdrawn_training_is_no_longer_in_place() {
    let (store, rows) = store_of_real().await;
    let ready = plan(&store, Mode::Replace, &rows[1..]).await;
    ready.publish(&store, signature()).await.expect("published");
    let lines = table(&rows[..2], &["id", "title"]);
    for mode in [Mode::Merge, Mode::Replace] {
        let report = of_bytes(&store, ".csv", &csv(&lines), mode).await;
        assert_eq!((report.unchanged, report.refused), (1, 1), "{report:?}");
    }
}

#[tokio::test]
async fn a_long_partial_table_is_compared_like_a_short_one() {
    let (store, rows) = store_of(1_500).await;
    let mut lines = table(&rows, &["id", "title", "summary"]);
    lines[7][1] = "Autre titre".to_owned();
    let bytes = csv(&lines);
    assert!(bytes.len() as u64 > SMALL_PARTIAL_BYTES);
    let report = of_bytes(&store, ".csv", &bytes, Mode::Merge).await;
    check(&report, [0, 1, 1_499, 0, 0]);
    assert_eq!(changed(&report), ["title"]);
}

#[tokio::test]
async fn refused_rows_of_a_partial_table_come_back_corrected() {
    let (store, rows) = store_of_real().await;
    let mut lines = table(&rows[..1], &["id", "price_eur"]);
    lines[0].push(exchange::REFUSED_COLUMN.to_owned());
    lines[1][1] = "4321".to_owned();
    lines[1].push("un nombre est attendu".to_owned());
    let report = of_bytes(&store, ".csv", &csv(&lines), Mode::Merge).await;
    check(&report, [0, 1, 0, 0, 0]);
    assert_eq!(report.issues, []);
}

#[tokio::test]
async fn a_workbook_or_a_package_may_lack_columns_too() {
    let (store, rows) = store_of_real().await;
    let lines = table(&rows[..4], &["id", "price_eur", "themes"]);
    let cell = |text: &String| {
        let text = text.replace('&', "&amp;").replace('<', "&lt;");
        format!("<table:table-cell><text:p>{text}</text:p></table:table-cell>")
    };
    let row = |cells: &Vec<String>| {
        format!("<table:table-row>{}</table:table-row>", cells.iter().map(cell).collect::<String>())
    };
    let content = format!(
        "<office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\">\
         <table:table table:name=\"Formations\">{}</table:table></office:document-content>",
        lines.iter().map(row).collect::<String>()
    );
    let mimetype = "application/vnd.oasis.opendocument.spreadsheet".to_owned();
    let table = String::from_utf8(csv(&lines)).expect("UTF-8");
    let book = [("mimetype", mimetype), ("content.xml", content)];
    let package = [("catalogue.csv", table), ("datapackage.json", "{}".to_owned())];
    for (end, parts) in [(".ods", book), (".zip", package)] {
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for (name, text) in parts {
            zip.start_file(name, zip::write::SimpleFileOptions::default()).expect("a part");
            zip.write_all(text.as_bytes()).expect("memory");
        }
        let bytes = zip.finish().expect("an archive").into_inner();
        let report = of_bytes(&store, end, &bytes, Mode::Merge).await;
        check(&report, [0, 0, 4, 0, 0]);
        assert_eq!(report.kept, 4);
        assert!(report.reading[0].contains("id, price_eur, themes"), "{report:?}");
    }
}
