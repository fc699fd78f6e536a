//! Quality of the map and what is taught at each level, against a count of every training one by one.

use std::collections::{BTreeMap, BTreeSet};

use catalogue::{
    Competence, DECIDING, Field, FieldQuality, Quality, RawTraining, Referential, Snapshot, Stamp,
    TO_READ_MAX, TeachingCounts, Training,
};
use proptest::prelude::*;

use crate::{levels, row, training};

fn build(rows: &[RawTraining]) -> (Snapshot, Vec<Training>) {
    let trainings: Vec<Training> = rows.iter().map(training).collect();
    let stamp = Stamp { revision: 1, published_at: "2026-01-01T00:00:00Z".to_owned() };
    let snapshot = Snapshot::build(stamp, trainings.clone().into_iter(), Referential::builtin(), 1);
    (snapshot.expect("a snapshot"), trainings)
}

/// How many of the deciding facts a row states, from the row itself.
fn facts(raw: &RawTraining) -> u8 {
    [
        raw.duration_hours.is_some(),
        raw.price_eur.is_some(),
        !raw.formats.is_empty(),
        raw.nature.is_some(),
        raw.stated.contains_key("audience"),
        raw.stated.contains_key("prerequisites"),
        raw.url.is_some(),
        raw.city.is_some(),
    ]
    .into_iter()
    .map(u8::from)
    .sum()
}

prop_compose! {
    fn rows()(rows in proptest::collection::vec(
        (
            (0..6_u8, proptest::option::of(2010..2026_u16), 1..=4_u8, 0..=4_u8),
            (any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>()),
            (any::<bool>(), any::<bool>(), any::<bool>(), 0..8_u8),
        ), 0..140),
    ) -> Vec<RawTraining> {
        rows.into_iter().enumerate().map(|(number, (numbers, first, second))| {
            let mut raw = row(&format!("t-{number}"));
            let (provider, year, to, from) = numbers;
            raw.provider = format!("Organisme {provider}");
            raw.source.seen = year.map(|year| year.to_string());
            raw.competences = levels(&[("culture-donnees", to)]);
            let mut say = |field: &str, words: &str| raw.stated.insert(field.to_owned(), words.to_owned());
            if first.0 { say("duration", "deux ans"); }
            if first.1 { say("price", "sur devis"); }
            if first.2 { say("audience", "tous"); }
            if first.3 { say("prerequisites", "aucun"); }
            if first.4 { raw.city = Some("Lyon".to_owned()); }
            if second.0 { raw.duration_hours = Some(7.0); }
            if second.1 { raw.price_eur = Some(f64::from(from) * 10.0); }
            if second.2 { raw.nature = Some("attestation".to_owned()); }
            if from > 0 && from <= to { raw.prerequisites = levels(&[("culture-donnees", from)]); }
            match second.3 {
                0 => raw.kind = "exam".to_owned(),
                1 => raw.url = Some("https://exemple.fr/une".to_owned()),
                2 => raw.formats = vec!["presentiel".to_owned()],
                3 => raw.themes = vec!["droit-ethique".to_owned()],
                _ => {}
            }
            raw
        }).collect()
    }
}

fn expected(raw: &RawTraining, is_estimated: bool, field: Field) -> &'static str {
    let words = raw.stated.contains_key(field.name());
    let stated = |value: bool| match (value, words) {
        (true, _) => "stated",
        (false, true) => "words",
        (false, false) => "unknown",
    };
    let known = |value: bool, place| if value { place } else { "unknown" };
    match field {
        Field::Kind | Field::Title | Field::Provider => "stated",
        Field::Duration if is_estimated => "estimated",
        Field::Duration => stated(raw.duration_hours.is_some()),
        Field::Price => stated(raw.price_eur.is_some()),
        Field::Prerequisites if !words && !raw.prerequisites.is_empty() => "edited",
        Field::Prerequisites => stated(!raw.prerequisites.is_empty()),
        Field::Url => known(raw.url.is_some(), "stated"),
        Field::City => known(raw.city.is_some(), "stated"),
        Field::Formats => known(!raw.formats.is_empty(), "stated"),
        Field::Nature => known(raw.nature.is_some(), "edited"),
        Field::Themes => known(!raw.themes.is_empty(), "edited"),
        Field::Competences => known(!raw.competences.is_empty(), "edited"),
        Field::Summary => known(!raw.summary.is_empty(), "edited"),
        Field::Language | Field::PublicSectorOnly | Field::Audience | Field::Objectives => "unknown",
    }
}

fn check_fields(quality: &Quality, rows: &[RawTraining], snapshot: &Snapshot) {
    for (field, known) in &quality.fields {
        let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
        for raw in rows {
            let is_estimated = snapshot.estimate(&training(raw)).is_some();
            *counts.entry(expected(raw, is_estimated, *field)).or_default() += 1;
        }
        let count = |place: &str| counts.get(place).copied().unwrap_or_default();
        let expect = FieldQuality {
            stated: count("stated"),
            words: count("words"),
            edited: count("edited"),
            estimated: count("estimated"),
            unknown: count("unknown"),
        };
        assert_eq!(*known, expect, "{}", field.name());
        let sum = known.stated + known.words + known.edited + known.estimated + known.unknown;
        assert_eq!(sum, rows.len() as u64, "{}", field.name());
    }
}

fn check_order(quality: &Quality, rows: &[RawTraining]) {
    let year = |raw: &RawTraining| raw.source.seen.as_ref().map(|year| year.parse::<u16>().expect("a year"));
    let mut years: BTreeMap<Option<u16>, u64> = BTreeMap::new();
    rows.iter().for_each(|raw| *years.entry(year(raw)).or_default() += 1);
    assert_eq!(quality.years, years);
    let mut keys: Vec<(Option<u16>, u8)> = rows.iter().map(|raw| (year(raw), facts(raw))).collect();
    keys.sort_unstable();
    keys.truncate(TO_READ_MAX);
    let listed: Vec<_> = quality.to_read.iter().map(|row| (row.year, row.facts)).collect();
    assert_eq!(listed, keys);
    for row in &quality.to_read {
        let raw = rows.iter().find(|raw| raw.id == row.training.id.as_str()).expect("a row");
        assert_eq!((row.year, row.facts), (year(raw), facts(raw)));
        assert!(row.facts <= DECIDING);
    }
    let ids: BTreeSet<_> = quality.to_read.iter().map(|row| &row.training.id).collect();
    assert_eq!(ids.len(), quality.to_read.len());
}

fn check_concentration(quality: &Quality, rows: &[RawTraining]) {
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    rows.iter().for_each(|raw| *counts.entry(&raw.provider).or_default() += 1);
    let mut sizes: Vec<u64> = counts.values().copied().collect();
    sizes.sort_unstable_by(|a, b| b.cmp(a));
    let total = rows.len() as u64;
    let half = (0..=sizes.len()).find(|first| sizes[..*first].iter().sum::<u64>() * 2 >= total);
    let index: f64 = sizes.iter().map(|size| (*size as f64 / total as f64).powi(2)).sum();
    let known = &quality.concentration;
    assert_eq!(known.providers, sizes.len() as u64);
    assert_eq!(known.single, sizes.iter().filter(|size| **size == 1).count() as u64);
    assert_eq!(Some(known.half), half.map(|half| half as u64));
    assert!((known.index - index).abs() < 1e-12, "{} and {index}", known.index);
    let top: Vec<u64> = known.top.iter().map(|(.., count)| *count).collect();
    assert_eq!(top, sizes.into_iter().take(10).collect::<Vec<_>>());
    for (id, name, count) in &known.top {
        assert_eq!((counts[name.as_str()], catalogue::slug(name)), (*count, id.clone()));
    }
}

fn teaches(raw: &RawTraining, level: u8) -> Option<bool> {
    let to = raw.competences["culture-donnees"];
    let from = raw.prerequisites.get("culture-donnees").copied().unwrap_or(0);
    (raw.kind != "exam" && from < level && level <= to).then_some(to == level)
}

fn check_teaching(snapshot: &Snapshot, rows: &[RawTraining], listed: usize) {
    let competence: Competence = snapshot.referential().code("culture-donnees").expect("a competence");
    let mut counts = TeachingCounts::default();
    for known in snapshot.teaching(competence, listed) {
        let level = known.level.number();
        let teaching: Vec<&RawTraining> = rows.iter().filter(|raw| teaches(raw, level).is_some()).collect();
        let ending = teaching.iter().filter(|raw| teaches(raw, level) == Some(true)).count();
        assert_eq!((known.teaching, known.ending), (teaching.len() as u64, ending as u64));
        counts.teaching[usize::from(level) - 1] = known.teaching;
        counts.ending[usize::from(level) - 1] = known.ending;
        let priced: Vec<f64> = teaching.iter().filter_map(|raw| raw.price_eur).collect();
        let cheapest = known.cheapest.as_ref().and_then(|one| one.price_eur).map(|price| price.get());
        assert_eq!(cheapest, priced.iter().copied().reduce(f64::min));
        let free = priced.iter().filter(|price| **price == 0.0).count();
        assert_eq!((known.priced, known.free), (priced.len() as u64, free as u64));
        let timed = teaching.iter().filter(|raw| raw.duration_hours.is_some()).count();
        assert_eq!((known.timed, known.hours), (timed as u64, (timed > 0).then_some((7.0, 7.0))));
        let providers: BTreeSet<&str> = teaching.iter().map(|raw| raw.provider.as_str()).collect();
        let named: BTreeSet<&str> = known.providers.iter().map(|one| one.name.as_str()).collect();
        assert_eq!((named, known.providers.len()), (providers.clone(), providers.len()));
        assert_eq!(known.providers.iter().map(|one| one.trainings).sum::<u64>(), known.teaching);
        assert!(known.providers.is_sorted_by_key(|one| std::cmp::Reverse(one.trainings)));
        let year = |raw: &RawTraining| raw.source.seen.clone().unwrap_or_default();
        let key = |raw: &RawTraining| {
            (teaches(raw, level) != Some(true), DECIDING - facts(raw), std::cmp::Reverse(year(raw)))
        };
        let mut keys: Vec<_> = teaching.iter().map(|raw| key(raw)).collect();
        keys.sort_unstable();
        keys.truncate(listed);
        let raw = |one: &Training| rows.iter().find(|raw| raw.id == one.id.as_str()).expect("a row");
        assert_eq!(known.first.iter().map(|one| key(raw(one))).collect::<Vec<_>>(), keys);
    }
    let all = snapshot.teaching_counts();
    assert_eq!(all[usize::from(catalogue::Code::position(competence))], counts);
    assert_eq!(all.iter().filter(|count| **count != TeachingCounts::default()).count(), {
        usize::from(counts != TeachingCounts::default())
    });
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn figures_are_those_of_a_count_one_by_one(rows in rows(), listed in 0..12_usize) {
        let (snapshot, _) = build(&rows);
        let quality = snapshot.quality();
        prop_assert_eq!(quality.trainings, rows.len() as u64);
        check_fields(&quality, &rows, &snapshot);
        check_order(&quality, &rows);
        check_concentration(&quality, &rows);
        check_teaching(&snapshot, &rows, listed);
    }
}

#[test]
fn an_empty_catalogue_has_no_figure() {
    let (snapshot, _) = build(&[]);
    let quality = snapshot.quality();
    assert_eq!((quality.trainings, quality.concentration.half, quality.to_read.len()), (0, 0, 0));
    assert_eq!(quality.concentration.index, 0.0);
    assert!(snapshot.duplicates().is_some_and(|pairs| pairs.pairs.is_empty()));
}

#[test]
fn an_exam_teaches_nothing_and_an_entry_level_is_not_taught() {
    let check = |change: fn(&mut RawTraining), expect: [u64; 4]| {
        let mut raw = row("une");
        raw.competences = levels(&[("culture-donnees", 3)]);
        change(&mut raw);
        assert_eq!(build(&[raw]).0.teaching_counts()[0].teaching, expect);
    };
    check(|_| {}, [1, 1, 1, 0]);
    check(|raw| raw.prerequisites = levels(&[("culture-donnees", 2)]), [0, 0, 1, 0]);
    check(|raw| raw.prerequisites = levels(&[("lire-chiffres", 2)]), [1, 1, 1, 0]);
    check(|raw| raw.kind = "exam".to_owned(), [0; 4]);
}

#[test]
fn duplicates_are_those_of_the_whole_catalogue() {
    let twin = |id: &str| {
        let mut raw = row(id);
        raw.title = "Gouverner la donnée publique".to_owned();
        raw.summary = "Rôles, règles et instances d’une donnée publique bien tenue.".to_owned();
        raw
    };
    let (snapshot, trainings) = build(&[twin("une"), twin("deux"), row("autre")]);
    let pairs = snapshot.duplicates().expect("a small catalogue");
    assert_eq!(*pairs, catalogue::duplicates::near_duplicates(&trainings, &Default::default()));
    let named: Vec<_> = pairs.pairs.iter().map(|pair| (pair.a.as_str(), pair.b.as_str())).collect();
    assert_eq!(named, [("deux", "une")]);
}
