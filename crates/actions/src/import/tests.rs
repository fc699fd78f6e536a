//! What an import tells and publishes, on a store in memory.

mod partial;
mod references;
mod resaved;

use std::io::Write;

use super::shelf::Shelf;
use super::*;
use crate::Generated;

fn signature() -> Signature {
    Signature { author: "essai".to_owned(), message: "essai".to_owned() }
}

async fn plan(store: &Store, mode: Mode, rows: &[RawTraining]) -> Ready {
    let mut plan = Plan::begin(store, Referential::builtin(), mode).await.expect("a store");
    for (raw, line) in rows.iter().zip(1..) {
        plan.offer("essai.jsonl", Some(line), raw);
    }
    plan.finish(store).await.expect("a store")
}

/// A store that holds the first trainings of a generated catalogue.
async fn store_of(count: u64) -> (Store, Vec<RawTraining>) {
    let store = Store::open_memory().await.expect("a store");
    let rows: Vec<RawTraining> = Generated::new(count, 1).collect();
    plan(&store, Mode::Merge, &rows).await.publish(&store, signature()).await.expect("published");
    (store, rows)
}

#[track_caller]
fn check(report: &Report, [added, changed, unchanged, withdrawn, refused]: [u64; 5]) {
    let counts = [report.added, report.changed, report.unchanged, report.withdrawn, report.refused];
    assert_eq!(counts, [added, changed, unchanged, withdrawn, refused], "{:?}", report.issues);
}

#[tokio::test]
async fn rows_are_added_replaced_or_left() {
    let (store, mut rows) = store_of(10).await;
    rows[3].title = "Autre titre".to_owned();
    rows.push(RawTraining { id: "nouvelle".to_owned(), ..rows[0].clone() });
    let ready = plan(&store, Mode::Merge, &rows).await;
    check(&ready.report, [1, 1, 9, 0, 0]);
    let changed = &ready.report.first_changed[0];
    assert_eq!((changed.id.as_str(), changed.columns.len()), ("g-1-4", 1));
    assert_eq!(changed.columns[0].after.as_deref(), Some("Autre titre"));
    let revision = ready.publish(&store, signature()).await.expect("published").expect("a revision");
    assert_eq!((revision.id, revision.total, revision.added, revision.changed), (2, 11, 1, 1));
    check(&plan(&store, Mode::Merge, &rows).await.report, [0, 0, 11, 0, 0]);
}

#[tokio::test]
async fn replacing_withdraws_what_is_absent() {
    let (store, rows) = store_of(10).await;
    let ready = plan(&store, Mode::Replace, &rows[..7]).await;
    check(&ready.report, [0, 0, 7, 3, 0]);
    let revision = ready.publish(&store, signature()).await.expect("published").expect("a revision");
    assert_eq!((revision.total, revision.withdrawn), (7, 3));
}

#[tokio::test]
async fn nothing_is_withdrawn_beside_a_refused_row() {
    let (store, mut rows) = store_of(10).await;
    rows.truncate(7);
    rows[0].themes = vec!["inconnu".to_owned()];
    let ready = plan(&store, Mode::Replace, &rows).await;
    check(&ready.report, [0, 0, 6, 0, 1]);
    assert!(ready.report.withdrawals_held);
    assert!(ready.publish(&store, signature()).await.expect("nothing to do").is_none());
}

#[tokio::test]
async fn a_file_without_a_row_is_not_an_empty_catalogue() {
    let (store, _) = store_of(10).await;
    let ready = plan(&store, Mode::Replace, &[]).await;
    check(&ready.report, [0, 0, 0, 0, 0]);
    assert!(ready.report.withdrawals_held);
    assert!(ready.publish(&store, signature()).await.expect("nothing to do").is_none());
}

#[tokio::test]
async fn good_rows_go_in_beside_bad_ones() {
    let (store, mut rows) = store_of(1).await;
    rows[0].id = "bonne".to_owned();
    let bad = RawTraining { id: "Mauvais Id".to_owned(), kind: "inconnu".to_owned(), ..rows[0].clone() };
    let twice = RawTraining { title: "Une autre".to_owned(), ..rows[0].clone() };
    rows.extend([bad, twice]);
    let ready = plan(&store, Mode::Merge, &rows).await;
    check(&ready.report, [1, 0, 0, 0, 2]);
    let issues = &ready.report.issues;
    assert_eq!(issues.iter().map(|issue| issue.line).collect::<Vec<_>>(), [Some(2), Some(2), Some(3)]);
    assert!(issues[2].message.contains("ligne 1"), "{}", issues[2].message);
    assert!(ready.publish(&store, signature()).await.expect("published").is_some());
}

#[tokio::test]
async fn an_import_prepared_on_an_older_revision_is_refused() {
    let (store, mut rows) = store_of(3).await;
    rows[0].title = "Un titre".to_owned();
    let first = plan(&store, Mode::Merge, &rows).await;
    rows[0].title = "Un autre titre".to_owned();
    let second = plan(&store, Mode::Merge, &rows).await;
    assert!(first.publish(&store, signature()).await.is_ok());
    let refused = second.publish(&store, signature()).await;
    assert!(matches!(refused, Err(ActionError::Store(store::StoreError::Overtaken { .. }))), "{refused:?}");
}

#[tokio::test]
async fn a_line_with_several_faults_is_one_row() {
    let (store, _) = store_of(1).await;
    let text = "{\"id\":\"a\",\"couleur\":1,\"forme\":2}\nrien\n";
    let mut plan = Plan::begin(&store, Referential::builtin(), Mode::Merge).await.expect("a store");
    plan.offer_reader("essai.jsonl", text.as_bytes(), Format::Jsonl, &mut |_| {});
    let report = plan.finish(&store).await.expect("a store").report;
    assert_eq!((report.rows, report.refused), (2, 2), "{:?}", report.issues);
}

#[tokio::test]
async fn a_file_that_stops_halfway_publishes_nothing() {
    let (store, rows) = store_of(1).await;
    let new = RawTraining { id: "autre".to_owned(), ..rows[0].clone() };
    let mut bytes = Vec::new();
    exchange::write(Format::Csv, &mut bytes, [new].iter()).expect("written");
    bytes.extend_from_slice(b"\xff;course\n");
    let mut plan = Plan::begin(&store, Referential::builtin(), Mode::Merge).await.expect("a store");
    plan.offer_reader("essai.csv", &*bytes, Format::Csv, &mut |_| {});
    let ready = plan.finish(&store).await.expect("a store");
    assert!(ready.report.cut_short, "{:?}", ready.report);
    assert!(ready.publish(&store, signature()).await.expect("nothing to do").is_none());
}

#[tokio::test]
async fn a_small_file_is_compared_like_a_large_one() {
    let (store, mut rows) = store_of(30).await;
    rows[3].title = "Autre titre".to_owned();
    rows.push(RawTraining { id: "nouvelle".to_owned(), ..rows[0].clone() });
    let mut file = tempfile::Builder::new().suffix(".jsonl").tempfile().expect("a file");
    exchange::write(Format::Jsonl, &mut file, rows.iter()).expect("written");
    file.flush().expect("written");
    for (mode, counts) in [(Mode::Merge, [1, 1, 29, 0, 0]), (Mode::Replace, [1, 1, 29, 0, 0])] {
        let asked = Asked {
            path: file.path().to_owned(),
            mode,
            mapping: None,
            sheet: None,
            decisions: Default::default(),
            accept_proposals: false,
        };
        let plan = Plan::of_file(&store, &asked, &mut |_| {}).await.expect("read");
        check(&plan.finish(&store).await.expect("a store").report, counts);
    }
}

#[test]
fn edits_come_back_in_the_order_of_identifiers() {
    let mut rows: Vec<Body> = Generated::new(3_000, 2).map(|raw| Body::of(&raw)).collect();
    let mut edits = Edits::default();
    rows.iter().for_each(|body| edits.push(body));
    edits.settle().expect("a temporary file");
    rows.sort_by(|one, other| one.id().cmp(other.id()));
    edits.withdraw(vec!["x".to_owned()]);
    let expected = rows.into_iter().map(store::Edit::Put).chain([store::Edit::Withdraw("x".to_owned())]);
    assert!(edits.map(|edit| edit.expect("read back")).eq(expected));
}

/// What importing a file of these bytes would do.
async fn of_bytes(store: &Store, end: &str, bytes: &[u8], mode: Mode) -> Report {
    let mut file = tempfile::Builder::new().suffix(end).tempfile().expect("a file");
    file.write_all(bytes).expect("written");
    let (path, decisions) = (file.path().to_owned(), Default::default());
    let asked = Asked { path, mode, mapping: None, sheet: None, decisions, accept_proposals: false };
    let plan = Plan::of_file(store, &asked, &mut |_| {}).await.expect("read");
    plan.finish(store).await.expect("a store").report
}

#[tokio::test]
async fn a_package_that_was_exported_changes_nothing() {
    let (store, rows) = store_of(30).await;
    let about = exchange::About {
        selection: "30 formations.".to_owned(),
        revision: 1,
        published_at: "2026-03-01T08:00:00Z".to_owned(),
        total: None,
    };
    let mut bytes = std::io::Cursor::new(Vec::new());
    exchange::Output::Package.write(&mut bytes, rows.iter(), &about).expect("written");
    for mode in [Mode::Merge, Mode::Replace] {
        check(&of_bytes(&store, ".zip", bytes.get_ref(), mode).await, [0, 0, 30, 0, 0]);
    }
}

/// An ODS workbook of texts: each sheet with its name and its rows.
fn book(sheets: &[(&str, &[&[&str]])]) -> Vec<u8> {
    let cell = |text: &&str| format!("<table:table-cell><text:p>{text}</text:p></table:table-cell>");
    let row = |cells: &&[&str]| {
        format!("<table:table-row>{}</table:table-row>", cells.iter().map(cell).collect::<String>())
    };
    let sheet = |(name, rows): &(&str, &[&[&str]])| {
        let rows: String = rows.iter().map(row).collect();
        format!("<table:table table:name=\"{name}\">{rows}</table:table>")
    };
    of_content(&sheets.iter().map(sheet).collect::<String>())
}

/// An ODS workbook of these elements.
fn of_content(sheets: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\">{sheets}</office:document-content>"
    );
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in
        [("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", content.as_str())]
    {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).expect("a part");
        zip.write_all(text.as_bytes()).expect("memory");
    }
    zip.finish().expect("an archive").into_inner()
}

#[tokio::test]
async fn sheets_that_hold_no_catalogue_are_left_aside() {
    let (store, _) = store_of(3).await;
    let offer: &[&[&str]] = &[&["Titre", "Organisme"], &["Lire un tableau", "École"]];
    let spent: &[&[&str]] = &[&["Formation", "Organisme", "Coût"], &["Plan cyber", "Tous", "120"]];
    let lists: &[&[&str]] = &[
        &["Organisme", "Modalité", "Formation"],
        &["Orsys", "Présentiel", "Bureautique"],
        &["Cegos", "", "Data"],
        &["IGPDE", "", ""],
        &["CNFPT", "", ""],
    ];
    let left = async |name: &str, rows: &[&[&str]], why: &str| {
        let report = of_bytes(&store, ".ods", &book(&[("Offre", offer), (name, rows)]), Mode::Merge).await;
        check(&report, [1, 0, 0, 0, 0]);
        let told = report.reading.join("\n");
        assert!(told.contains(why) && told.contains("sauf si --sheet la demande"), "{told}");
    };
    left("Budget 2026", spent, "son nom dit des listes, des comptes ou une aide").await;
    left("Listes", lists, "son nom dit").await;
    left("Feuil2", lists, "ses colonnes sont des listes").await;
    // A name that says trainings is that of a catalogue; a workbook of such a sheet alone is read.
    let both = book(&[("Offre", offer), ("Liste des formations", spent)]);
    check(&of_bytes(&store, ".ods", &both, Mode::Merge).await, [2, 0, 0, 0, 0]);
    check(&of_bytes(&store, ".ods", &book(&[("Référentiel", offer)]), Mode::Merge).await, [1, 0, 0, 0, 0]);
}

#[tokio::test]
async fn a_bad_sheet_is_a_refused_row_beside_the_others() {
    let (store, _) = store_of(3).await;
    let far = "<table:table table:name=\"Large\"><table:table-row><table:table-cell table:number-columns-repeated=\"1010\"/>\
               <table:table-cell><text:p>loin</text:p></table:table-cell></table:table-row></table:table>";
    let cell = |text: &str| format!("<table:table-cell><text:p>{text}</text:p></table:table-cell>");
    let row = |first: &str, second: &str| {
        format!("<table:table-row>{}{}</table:table-row>", cell(first), cell(second))
    };
    let good = [row("Titre", "Organisme"), row("Lire un tableau", "École"), row("Écrire", "")].concat();
    let bytes = of_content(&format!("{far}<table:table table:name=\"Bonne\">{good}</table:table>"));
    for mode in [Mode::Merge, Mode::Replace] {
        let report = of_bytes(&store, ".ods", &bytes, mode).await;
        check(&report, [1, 0, 0, 0, 2]);
        let sheets: Vec<_> = report.issues.iter().map(|issue| issue.sheet.as_deref()).collect();
        assert_eq!(sheets, [Some("Bonne"), Some("Large")], "{:?}", report.issues);
        assert!(!report.cut_short && report.withdrawals_held == (mode == Mode::Replace));
    }
}

#[tokio::test]
async fn what_is_not_compared_beyond_a_limit_is_said() {
    let store = Store::open_memory().await.expect("a store");
    let rows = (0..5_012_u64).map(|row| format!("n{row} u{row};École {row}\n"));
    let all = format!("Titre;Organisme\n{}", rows.collect::<String>());
    let told = |report: Report| {
        let told: Vec<String> =
            report.reading.into_iter().filter(|line| line.contains("comparées")).collect();
        told.join("\n").replace(['\u{202f}', '\u{a0}'], " ")
    };
    let report = of_bytes(&store, ".csv", all.as_bytes(), Mode::Merge).await;
    check(&report, [5_012, 0, 0, 0, 0]);
    assert_eq!(
        told(report),
        "les 5 000 premières formations nouvelles sont comparées à celles du catalogue, et lues pour en tirer des \
         propositions ; 12 autres ne le sont pas"
    );
    let few: String = all.lines().take(101).map(|line| format!("{line}\n")).collect();
    assert_eq!(told(of_bytes(&store, ".csv", few.as_bytes(), Mode::Merge).await), "");
}

#[tokio::test]
async fn a_code_proposes_its_theme_and_publishes_nothing() {
    let (store, _) = store_of(3).await;
    let table = "Titre;Organisme;Code FORMACODE 1;code_nsf_1\nLire un tableau;École;11036;326\n";
    let report = of_bytes(&store, ".csv", table.as_bytes(), Mode::Merge).await;
    check(&report, [1, 0, 0, 0, 0]);
    let coded: Vec<&exchange::report::Suggestion> =
        report.suggestions.iter().filter(|own| own.confidence.is_none()).collect();
    assert_eq!(coded.len(), 1, "{:?}", report.suggestions);
    assert_eq!((coded[0].value.as_str(), coded[0].accepted), ("data-science", false));
    assert_eq!(coded[0].words, ["FORMACODE 11036, Statistique"]);
}

/// Imports a CSV file into a store; gives the identifiers and titles that are then in place.
async fn after(store: &Store, table: &str) -> Vec<String> {
    let mut file = tempfile::Builder::new().suffix(".csv").tempfile().expect("a file");
    file.write_all(table.as_bytes()).expect("written");
    let (path, decisions) = (file.path().to_owned(), Default::default());
    let asked =
        Asked { path, mode: Mode::Merge, mapping: None, sheet: None, decisions, accept_proposals: false };
    let plan = Plan::of_file(store, &asked, &mut |_| {}).await.expect("read");
    let ready = plan.finish(store).await.expect("a store");
    ready.publish(store, signature()).await.expect("published");
    let mut rows = Vec::new();
    let latest = store.latest_number().await.expect("a store");
    store.state(latest, &mut |raw| rows.push(format!("{} {}", raw.id, raw.title))).await.expect("a store");
    rows.sort();
    rows
}

#[tokio::test]
async fn titles_that_differ_by_a_sign_are_trainings_of_their_own() {
    let store = Store::open_memory().await.expect("a store");
    // The address stands for the name of the file, which changes.
    let table = "Titre;Organisme;Source\nLangage C;ENSAI\nLangage C++;ENSAI\nLangage C#;ENSAI\nR < 2;ENSAI\n\
                 R > 2;ENSAI\nZdata;ENSAI\nZdata β;ENSAI\nExcel;CNFPT Paris\nParis Excel;CNFPT\n"
        .replace('\n', ";https://exemple.fr/\n")
        .replacen(";https://exemple.fr/", "", 1);
    let rows = after(&store, &table).await;
    assert_eq!(rows.len(), 9, "{rows:?}");
    check(&of_bytes(&store, ".csv", table.as_bytes(), Mode::Merge).await, [0, 0, 9, 0, 0]);
    check(&of_bytes(&store, ".csv", table.as_bytes(), Mode::Replace).await, [0, 0, 9, 0, 0]);
    let mut lines: Vec<&str> = table.lines().skip(1).collect();
    lines.reverse();
    let reversed = format!("Titre;Organisme;Source\n{}\n", lines.join("\n"));
    check(&of_bytes(&store, ".csv", reversed.as_bytes(), Mode::Merge).await, [0, 0, 9, 0, 0]);
    let fewer = "Titre;Organisme;Source\nLangage C++;ENSAI;https://exemple.fr/\n";
    check(&of_bytes(&store, ".csv", fewer.as_bytes(), Mode::Merge).await, [0, 0, 1, 0, 0]);
}

#[tokio::test]
async fn the_header_of_a_second_table_is_no_training() {
    let store = Store::open_memory().await.expect("a store");
    let table = "Intitulé;Organisme;Durée (jours);Tarif HT\nLire;INSEE;2;500\n;;;\n\
                 Intitulé;Organisme;Durée (heures);Tarif TTC\nÉcrire;INSEE;14;600\n";
    for mode in [Mode::Merge, Mode::Replace] {
        let report = of_bytes(&store, ".csv", table.as_bytes(), mode).await;
        check(&report, [1, 0, 0, 0, 1]);
        let issue = &report.issues[0];
        assert_eq!(
            (issue.line, issue.remedy.contains("séparez les deux tableaux")),
            (Some(4), true),
            "{issue}"
        );
        assert_eq!(report.withdrawals_held, mode == Mode::Replace);
    }
    let again = "Intitulé;Organisme;Prix\nLire;INSEE;500\nOrganisme;Intitulé;Prix\nINSEE;Écrire;600\n";
    let rows = after(&store, again).await;
    assert_eq!(rows, ["insee-ecrire Écrire", "insee-lire Lire"]);
}

#[tokio::test]
async fn a_column_that_a_second_header_lacks_is_not_emptied() {
    let store = Store::open_memory().await.expect("a store");
    let source = "https://exemple.fr/";
    after(&store, &format!("Intitulé;Organisme;Ville;Source\nLire;INSEE;Paris;{source}\n")).await;
    let fewer = format!(
        "Intitulé;Organisme;Ville;Source\nÉcrire;INSEE;Metz;{source}\nIntitulé;Organisme;Source\nLire;INSEE;{source}\n"
    );
    check(&of_bytes(&store, ".csv", fewer.as_bytes(), Mode::Merge).await, [1, 0, 1, 0, 0]);
    // An empty cell still clears, also once the whole header comes back.
    let whole = format!("{fewer}Intitulé;Organisme;Ville;Source\nLire;INSEE;;{source}\n")
        .replace(&format!("\nLire;INSEE;{source}"), "");
    check(&of_bytes(&store, ".csv", whole.as_bytes(), Mode::Merge).await, [1, 1, 0, 0, 0]);
}

#[tokio::test]
async fn the_same_title_otherwise_typed_is_the_same_training() {
    let store = Store::open_memory().await.expect("a store");
    after(&store, "Titre;Organisme\nL'été : des données;INSEE\n").await;
    let other = "Titre;Organisme\nL’ÉTÉ – des  données;Insee\n";
    check(&of_bytes(&store, ".csv", other.as_bytes(), Mode::Merge).await, [0, 1, 0, 0, 0]);
    let twice = "Titre;Organisme\nLire+;INSEE\nLIRE+;INSEE\n";
    check(&of_bytes(&store, ".csv", twice.as_bytes(), Mode::Merge).await, [1, 0, 0, 0, 1]);
}

#[tokio::test]
async fn a_row_never_becomes_another_training_in_place() {
    let (store, rows) = store_of(1).await;
    let mut raw = rows[0].clone();
    (raw.id, raw.title, raw.provider) =
        ("cnil-atelier-rgpd".to_owned(), "L’atelier RGPD".to_owned(), "CNIL".to_owned());
    plan(&store, Mode::Merge, &[raw]).await.publish(&store, signature()).await.expect("published");
    let table = "Titre;Organisme\nAtelier RGPD;CNIL\n";
    check(&of_bytes(&store, ".csv", table.as_bytes(), Mode::Merge).await, [1, 0, 0, 0, 0]);
    let rows = after(&store, table).await;
    assert!(rows.contains(&"cnil-atelier-rgpd L’atelier RGPD".to_owned()), "{rows:?}");
    // A reference is told by its source: its title may change.
    let store = Store::open_memory().await.expect("a store");
    after(&store, "Référence;Titre;Organisme\nA1;Langage C;ENSAI\n").await;
    let changed = "Référence;Titre;Organisme\nA1;Langage C++;ENSAI\n";
    check(&of_bytes(&store, ".csv", changed.as_bytes(), Mode::Merge).await, [0, 1, 0, 0, 0]);
}

#[test]
fn rows_in_place_come_back_one_by_one_and_in_order() {
    let rows: Vec<RawTraining> = Generated::new(3_000, 3).collect();
    let mut before = Shelf::new().expect("a temporary file");
    let places: Vec<Place> = rows.iter().map(|raw| before.push(&Body::of(raw))).collect();
    assert_eq!(before.get(places[2_500]).as_ref(), Some(&rows[2_500]));
    assert!(before.rows().eq(rows.iter().cloned()));
    assert_eq!(before.get(places[7]).as_ref(), Some(&rows[7]));
    assert!(before.failure().is_ok());
}
