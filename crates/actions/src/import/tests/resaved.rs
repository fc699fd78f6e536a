//! Files that a spreadsheet saved again, and rows of one training met twice.

use catalogue::RawTraining;
use exchange::Format;
use store::Store;

use super::{Mode, check, of_bytes, plan, signature, store_of};

/// A text as Excel saves it: in windows-1252, without what that encoding lacks.
fn resaved(text: &str) -> Vec<u8> {
    let byte = |letter: char| match letter {
        '\u{feff}' => None,
        '’' => Some(0x92),
        '–' => Some(0x96),
        'œ' => Some(0x9c),
        other => Some(u8::try_from(u32::from(other)).unwrap_or(b'?')),
    };
    text.chars().filter_map(byte).collect()
}

#[tokio::test]
async fn our_table_saved_again_by_excel_is_read_in_its_encoding() {
    let (store, rows) = store_of(5).await;
    let named = RawTraining { title: "Données à l’œuvre – été".to_owned(), ..rows[2].clone() };
    plan(&store, Mode::Merge, std::slice::from_ref(&named))
        .await
        .publish(&store, signature())
        .await
        .expect("published");
    let mut bytes = Vec::new();
    exchange::write(Format::Csv, &mut bytes, std::iter::once(&named)).expect("memory");
    let text = String::from_utf8(bytes).expect("UTF-8");
    let report = of_bytes(&store, ".csv", &resaved(&text), Mode::Merge).await;
    check(&report, [0, 0, 1, 0, 0]);
    assert!(
        report.reading.iter().any(|line| line.starts_with("windows-1252, et non UTF-8")),
        "{:?}",
        report.reading
    );
    // As it was exported, nothing is said.
    let report = of_bytes(&store, ".csv", text.as_bytes(), Mode::Merge).await;
    check(&report, [0, 0, 1, 0, 0]);
    assert!(report.reading.is_empty(), "{:?}", report.reading);
}

#[tokio::test]
async fn a_training_met_twice_is_told_in_the_words_of_its_file() {
    let store = Store::open_memory().await.expect("a store");
    let told = async |table: &str| {
        let report = of_bytes(&store, ".csv", table.as_bytes(), Mode::Merge).await;
        check(&report, [1, 0, 0, 0, 1]);
        let issue = report.issues[0].clone();
        (issue.column.unwrap_or_default(), issue.value.unwrap_or_default(), issue.message)
    };
    let (column, value, message) = told("Intitulé;Organisme\nLire;CNIL\nLire;CNIL\n").await;
    assert_eq!((column.as_str(), value.as_str()), ("Intitulé", "Lire"));
    assert!(message.ends_with("est déjà à la ligne 2, qui est gardée"), "{message}");
    let (column, _, message) = told("Référence;Intitulé;Organisme\nA1;Lire;CNIL\nA1;Dire;CNIL\n").await;
    assert_eq!(column, "Référence");
    assert!(message.starts_with("l’identifiant est déjà"), "{message}");
}
