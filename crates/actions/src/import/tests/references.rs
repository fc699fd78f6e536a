//! References that a second file gives to other trainings: taken over, numbered again, or kept under another title.

use super::*;

const FIRST: &str = "Réf.;Intitulé;Organisme;Durée;Prix\n\
                     1;Excel de base;Institut;2 jours;450\n\
                     2;Gouvernance des données;Institut;1 jour;900\n\
                     3;Python;Institut;3 jours;1200\n";

/// What a second file does to the first one: rows added, changed, unchanged, withdrawn, refused; its warnings, then the
/// messages of its refused rows.
async fn check_second(second: &str, counts: [u64; 5], told: &[&str]) {
    let store = Store::open_memory().await.expect("a store");
    after(&store, FIRST).await;
    let report = of_bytes(&store, ".csv", second.as_bytes(), Mode::Merge).await;
    check(&report, counts);
    assert_eq!(report.rows, counts.iter().sum::<u64>() - counts[3]);
    let warnings = report.warnings.iter().map(|warning| &warning.issue);
    let issues: Vec<String> = warnings
        .chain(&report.issues)
        .filter(|issue| issue.message.contains("référence"))
        .map(|issue| format!("{}: {}", issue.line.unwrap_or(0), issue.message.replace('\u{202f}', " ")))
        .collect();
    assert_eq!(issues.len(), told.len(), "{issues:#?}");
    for (issue, told) in issues.iter().zip(told) {
        assert!(issue.contains(told), "{issue}");
    }
}

#[tokio::test]
async fn rows_numbered_again_are_refused() {
    check_second(
        "Réf.;Intitulé;Organisme\n1;Accueil des nouveaux arrivants;Institut\n2;Excel de base;Institut\n\
         3;Gouvernance des données;Institut\n4;Python;Institut\n",
        [0, 0, 0, 0, 4],
        &[
            "2: les références semblent renumérotées : celle-ci est la référence de « Excel de base »",
            "3: les références semblent renumérotées",
            "4: les références semblent renumérotées",
            "5: les références semblent renumérotées : « Python » est publiée sous une autre référence",
        ],
    )
    .await;
    // What is far from the rows that moved goes in.
    check_second(
        "Réf.;Intitulé;Organisme\n1;Gouvernance des données;Institut\n2;Excel de base;Institut\n9;Rust;Institut\n",
        [1, 0, 0, 0, 2],
        &["2: les références", "3: les références"],
    )
    .await;
}

#[tokio::test]
async fn a_reference_taken_over_brings_nothing_of_the_former_training() {
    let store = Store::open_memory().await.expect("a store");
    after(&store, FIRST).await;
    let second =
        "Réf.;Intitulé;Organisme\n1;Accueil des nouveaux arrivants;Institut\n3;Python avancé;Institut\n";
    after(&store, second).await;
    let mut found = Vec::new();
    let latest = store.latest_number().await.expect("a store");
    store
        .state(latest, &mut |raw| found.push((raw.title, raw.duration_hours, raw.price_eur)))
        .await
        .expect("a store");
    found.sort_by(|one, other| one.0.cmp(&other.0));
    assert_eq!(
        found,
        [
            ("Accueil des nouveaux arrivants".to_owned(), None, None),
            ("Gouvernance des données".to_owned(), Some(7.0), Some(900.0)),
            ("Python avancé".to_owned(), Some(21.0), Some(1200.0)),
        ]
    );
    check_second(
        second,
        [0, 2, 0, 0, 0],
        &["2: référence reprise par une autre formation : c’était celle de « Excel de base »"],
    )
    .await;
}

#[tokio::test]
async fn a_row_refused_for_another_reason_is_refused_once() {
    let long = "mot ".repeat(200);
    let second = format!("Réf.;Intitulé;Organisme\n1;{long};Institut\n7;Excel de base;Institut\n");
    check_second(&second, [1, 0, 0, 0, 1], &[]).await;
}
