//! The generated catalogue is sound, French enough, varied, and the same each time.

use std::collections::{BTreeMap, BTreeSet};

use catalogue::{Referential, Training};

use super::Generated;

#[test]
fn every_generated_training_is_sound() {
    let referential = Referential::builtin();
    for raw in Generated::new(3_000, 7) {
        let parsed = Training::parse(&raw, &referential);
        assert!(parsed.is_ok(), "{raw:?}: {parsed:?}");
        let reached = raw.competences.values().max().copied().unwrap_or(0);
        assert!(raw.duration_hours.is_none_or(|hours| hours > 4.0 || reached == 1), "{raw:?}");
        assert!(raw.duration_hours.is_none_or(|hours| hours > 21.0 || reached <= 2), "{raw:?}");
        assert!(raw.provider.starts_with("Organisme d’essai "));
    }
}

#[test]
fn the_same_seed_gives_the_same_catalogue() {
    let once: Vec<_> = Generated::new(50, 1).collect();
    assert_eq!(once, Generated::new(50, 1).collect::<Vec<_>>());
    assert_ne!(once[0].title, Generated::new(50, 2).next().expect("fifty trainings").title);
    assert_eq!(once[49].id, "g-1-50");
}

#[test]
fn facts_are_as_rare_as_in_the_real_catalogue() {
    let all: Vec<_> = Generated::new(10_000, 3).collect();
    let check = |what: &str, known: usize, expected: usize| {
        assert!(known.abs_diff(expected) < 200, "{what}: {known} known of 10,000, {expected} expected");
    };
    check("duration", all.iter().filter(|raw| raw.duration_hours.is_some()).count(), 3_350);
    check("price", all.iter().filter(|raw| raw.price_eur.is_some()).count(), 1_960);
    check("format", all.iter().filter(|raw| !raw.formats.is_empty()).count(), 5_500);
}

#[test]
fn words_follow_a_law_with_a_long_tail() {
    let mut words: BTreeMap<String, usize> = BTreeMap::new();
    let (mut in_summaries, mut in_titles) = (0, 0);
    for raw in Generated::new(20_000, 5) {
        in_titles += raw.title.split_whitespace().count();
        in_summaries += raw.summary.split_whitespace().count();
        let text = format!("{} {}", raw.title, raw.summary);
        for word in text.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|word| word.len() > 1) {
            *words.entry(word.to_lowercase()).or_default() += 1;
        }
    }
    assert!(words.len() >= 5_000, "{} distinct forms", words.len());
    assert!((25 * 20_000..36 * 20_000).contains(&in_summaries), "{in_summaries} words of summaries");
    assert!((4 * 20_000..9 * 20_000).contains(&in_titles), "{in_titles} words of titles");
}

#[test]
fn providers_are_many_and_unequal() {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for raw in Generated::new(20_000, 9) {
        *counts.entry(raw.provider).or_default() += 1;
    }
    let most = counts.values().max().copied().unwrap_or(0);
    assert!(
        counts.len() > 95 && most > 20_000 / 40,
        "{} providers, {most} trainings for the first",
        counts.len()
    );
    let kinds: BTreeSet<String> = Generated::new(2_000, 9).map(|raw| raw.provider_kind).collect();
    assert_eq!(kinds.len(), 3);
}
