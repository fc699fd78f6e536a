//! Rows to trainings and back; values that cannot be wrong.

use catalogue::{
    Euros, Field, Hours, Origin, RawSource, RawTraining, Referential, Seen, Training, TrainingId, WebAddress,
    changes, slug,
};
use proptest::prelude::*;

use crate::{levels, row, training};

/// Columns refused in a row.
fn check(change: impl FnOnce(&mut RawTraining), refused: &[&str]) {
    let mut raw = row("essai");
    change(&mut raw);
    let problems = Training::parse(&raw, &Referential::builtin()).err().unwrap_or_default();
    let columns: Vec<&str> = problems.iter().map(|problem| problem.column.as_str()).collect();
    assert_eq!(columns, refused, "{problems:?}");
    assert!(problems.iter().all(|problem| !problem.remedy.is_empty() && !problem.problem.is_empty()));
}

#[test]
fn a_row_is_taken_or_every_wrong_column_is_named() {
    check(|_| {}, &[]);
    check(|raw| raw.id = "Essai".to_owned(), &["id"]);
    check(|raw| raw.id = "organismes".to_owned(), &["id"]);
    check(|raw| raw.title = "  ".to_owned(), &["title"]);
    check(|raw| raw.title = "a\u{0}b".to_owned(), &["title"]);
    check(|raw| raw.title = "x".repeat(301), &["title"]);
    check(|raw| raw.provider = "!!!".to_owned(), &["provider"]);
    check(|raw| raw.url = Some("javascript:alert(1)".to_owned()), &["url"]);
    check(|raw| raw.duration_hours = Some(0.0), &["duration_hours"]);
    check(|raw| raw.duration_hours = Some(f64::NAN), &["duration_hours"]);
    check(|raw| raw.price_eur = Some(-1.0), &["price_eur"]);
    check(|raw| raw.price_eur = Some(0.0), &[]);
    check(|raw| raw.provider_kind.clear(), &[]);
    check(|raw| raw.provider_kind = "privé".to_owned(), &["provider_kind"]);
    check(|raw| raw.summary.clear(), &[]);
    check(|raw| raw.source.address = "fichier:offre 2026.xlsx".to_owned(), &[]);
    check(|raw| raw.source.address = "fichier:".to_owned(), &["source.address"]);
    check(|raw| raw.source.address.clear(), &["source.address"]);
    check(|raw| raw.themes = vec!["inconnu".to_owned()], &["themes"]);
    check(|raw| raw.competences = levels(&[("culture-donnees", 5)]), &["competences"]);
    check(|raw| raw.source.seen = Some("2024-02-30".to_owned()), &["source.seen"]);
    check(
        |raw| {
            raw.kind = "cours".to_owned();
            raw.language = Some("xx".to_owned());
            raw.stated.insert("couleur".to_owned(), "bleu".to_owned());
        },
        &["kind", "language", "stated.couleur"],
    );
}

#[test]
fn what_is_not_known_of_a_row_comes_back_unknown() {
    let mut raw = row("essai");
    raw.provider_kind.clear();
    raw.summary.clear();
    raw.source.address = "fichier:offre 2026.xlsx".to_owned();
    let training = training(&raw);
    assert_eq!(training.to_raw(&Referential::builtin()), raw);
    assert_eq!(training.origin(Field::Summary), Origin::Unknown);
    assert_eq!(training.sources.main.address.link(), None);
    assert_eq!(training.sources.main.address.site(), "fichier «\u{202f}offre 2026.xlsx\u{202f}»");
}

#[test]
fn the_address_of_a_field_is_its_own_or_the_main_one() {
    let mut raw = row("essai");
    raw.price_eur = Some(100.0);
    raw.duration_hours = Some(7.0);
    let other = RawSource { address: "https://exemple.fr/tarifs".to_owned(), seen: None };
    raw.sources.insert("price".to_owned(), other);
    let training = training(&raw);
    let host = |field| training.source(field).map(|source| source.address.to_string());
    assert_eq!(host(Field::Price).as_deref(), Some("https://exemple.fr/tarifs"));
    assert_eq!(host(Field::Duration).as_deref(), Some("https://exemple.fr/page"));
    assert_eq!(host(Field::City), None);
    assert_eq!(training.origin(Field::City), Origin::Unknown);
    assert_eq!(training.origin(Field::Summary), Origin::Written);
}

#[test]
fn slugs_fold_accents_ligatures_and_punctuation() {
    for (text, expected) in [
        ("École d’essai", "ecole-d-essai"),
        ("Œuvre & Cæsar", "oeuvre-caesar"),
        ("  CNAM — Paris (75) ", "cnam-paris-75"),
        ("ﬁnances", "finances"),
        ("!!!", ""),
    ] {
        assert_eq!(slug(text), expected, "{text}");
    }
}

#[test]
fn addresses_of_the_web_only() {
    for good in ["https://a.fr", "http://www.a-b.gouv.fr:8080/x?y=1#z", "https://a.fr/é"] {
        assert!(WebAddress::parse(good).is_ok(), "{good}");
    }
    for bad in [
        "",
        "a.fr",
        "ftp://a.fr",
        "https://",
        "https://a",
        "https://a..fr",
        "https://x@a.fr",
        "https://a.fr/ b",
        "https://a.fr/\"onclick",
    ] {
        assert!(WebAddress::parse(bad).is_err(), "{bad}");
    }
    assert_eq!(WebAddress::parse("https://www.a.fr/x").expect("sound").host(), "a.fr");
}

#[test]
fn dates_keep_their_precision() {
    for (raw, french) in [
        ("2024", "2024"),
        ("2024-05", "mai 2024"),
        ("2024-02-29", "29 février 2024"),
        ("2025-08-01", "1er août 2025"),
    ] {
        let seen = Seen::parse(raw).expect(raw);
        assert_eq!((seen.to_string().as_str(), seen.in_french().as_str()), (raw, french));
    }
    for bad in ["", "24", "2024-13", "2023-02-29", "2024-5", "2024-05-00", "2024-05-17-1", "1789", "+024"] {
        assert!(Seen::parse(bad).is_err(), "{bad}");
    }
}

#[test]
fn changes_name_each_column() {
    let before = row("essai");
    let mut after = before.clone();
    after.price_eur = Some(0.0);
    after.source.seen = None;
    after.themes = vec!["ia-algorithmes".to_owned(), "securite".to_owned()];
    let shown: Vec<String> = changes(&before, &after)
        .iter()
        .map(|c| format!("{} : {:?} → {:?}", c.column, c.before, c.after))
        .collect();
    insta::assert_debug_snapshot!(shown, @r#"
    [
        "price_eur : None → Some(\"0.0\")",
        "source.seen : Some(\"2024\") → None",
        "themes : None → Some(\"ia-algorithmes | securite\")",
    ]
    "#);
    assert!(changes(&before, &before).is_empty());
}

proptest! {
    #[test]
    fn a_training_written_as_a_row_is_read_as_itself(
        title in "[^\u{0}-\u{1f}\u{7f}-\u{9f}]{1,40}",
        hours in proptest::option::of(0.25_f64..2_000.0),
        euros in proptest::option::of(0.0_f64..20_000.0),
        themes in proptest::sample::subsequence(vec!["ia-algorithmes", "securite", "data-science"], 0..3),
        level in 1_u8..5,
    ) {
        let mut raw = row("essai");
        raw.title = title;
        raw.duration_hours = hours;
        raw.price_eur = euros;
        raw.themes = themes.into_iter().map(str::to_owned).collect();
        raw.competences = levels(&[("culture-donnees", level)]);
        let referential = Referential::builtin();
        if let Ok(training) = Training::parse(&raw, &referential) {
            let again = Training::parse(&training.to_raw(&referential), &referential);
            prop_assert_eq!(Ok(training), again);
        }
    }

    #[test]
    fn parsers_of_values_never_panic(text in "\\PC{0,60}", number in proptest::num::f64::ANY) {
        let id = TrainingId::parse(&text);
        prop_assert!(id.is_err() || id.is_ok_and(|id| slug(id.as_str()).len() <= 120));
        prop_assert_eq!(Seen::parse(&text).map(|seen| seen.to_string()).unwrap_or(text.trim().to_owned()), text.trim());
        prop_assert!(WebAddress::parse(&text).is_err() || text.contains("://"));
        prop_assert!(Hours::new(number).is_err() || number > 0.0);
        prop_assert!(Euros::new(number).is_err() || number >= 0.0);
    }
}
