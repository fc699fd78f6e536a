//! Random files of LHEO: nothing panics, nothing loops, and what is written is read back.
//! Absent: what given files mean (see `lheo`).

use std::collections::BTreeMap;

use catalogue::{RawSource, RawTraining};
use exchange::lheo::{self, WriteOptions};
use proptest::prelude::*;

use crate::lheo_write::{options, validate};

fn read(bytes: &[u8]) -> (Vec<lheo::Offer>, usize) {
    let (mut offers, mut issues) = (Vec::new(), 0);
    lheo::read_each("f.xml", bytes, &mut |read| match read {
        Ok(offer) => offers.push(offer),
        Err(_) => issues += 1,
    });
    (offers, issues)
}

fn written(rows: &[RawTraining], options: &WriteOptions) -> Vec<u8> {
    let mut bytes = Vec::new();
    let left = lheo::write(&mut bytes, rows.iter().cloned(), options).expect("memory takes all");
    assert!(left.iter().all(|left| left.is_written), "{left:?}");
    bytes
}

fn words() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        "[a-zA-Zéèà]{1,12}",
        Just("R&D".to_owned()),
        Just("<b>gras</b>".to_owned()),
        Just("&eacute;".to_owned()),
        Just("]]>".to_owned()),
        Just("l’État : « 3 »".to_owned()),
        Just("😀".to_owned()),
        Just("a\nb\n\nc".to_owned()),
    ];
    proptest::collection::vec(word, 1..30).prop_map(|words| words.join(" "))
}

prop_compose! {
    fn row()(
        title in words(),
        summary in proptest::collection::vec(words(), 0..30),
        hours in proptest::option::of((1_u32..4000).prop_map(|quarters| f64::from(quarters) / 4.0)),
        price in proptest::option::of((0_u32..10_000_000).prop_map(|cents| f64::from(cents) / 100.0)),
        city in proptest::option::of(words()),
        stated in proptest::collection::btree_map(
            prop_oneof![Just("duration".to_owned()), Just("price".to_owned()), Just("audience".to_owned())],
            words(),
            0..3,
        ),
        formats in proptest::sample::subsequence(vec!["presentiel", "distanciel", "mooc", "conference"], 1..4),
        nature in proptest::sample::select(vec!["certifiante", "diplomante", "qualifiante", "attestation"]),
        level in 1_u8..=4,
    ) -> RawTraining {
        let mut formats: Vec<String> = formats.into_iter().map(str::to_owned).collect();
        if formats == ["conference"] {
            formats.push("hybride".to_owned());
        }
        let short = |text: String, most: usize| text.chars().take(most).collect::<String>().trim().to_owned();
        RawTraining {
            id: "essai-1".to_owned(),
            kind: "course".to_owned(),
            title: short(format!("T {title}"), 300).replace('\n', " "),
            provider: "Organisme".to_owned(),
            provider_kind: "public".to_owned(),
            url: Some("https://exemple.fr/?a=1&b=2".to_owned()),
            language: Some("fr".to_owned()),
            formats,
            duration_hours: hours,
            price_eur: price,
            city: city.map(|city| short(city, 200)),
            nature: Some(nature.to_owned()),
            public_sector_only: Some(level > 2),
            audiences: vec!["sous-directeurs".to_owned()],
            objectives: vec!["strategie".to_owned()],
            themes: vec!["ia-algorithmes".to_owned()],
            competences: BTreeMap::from([("protection-donnees".to_owned(), level)]),
            prerequisites: BTreeMap::from([("protection-donnees".to_owned(), 1)]),
            summary: short(summary.join(". "), 4_000),
            source: RawSource {
                address: "https://exemple.fr/source".to_owned(),
                seen: Some("2024-05".to_owned()),
            },
            stated,
            sources: BTreeMap::new(),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn what_is_written_is_valid_and_read_back(row in row()) {
        let bytes = written(std::slice::from_ref(&row), &options());
        validate(&bytes);
        let (offers, issues) = read(&bytes);
        prop_assert_eq!((offers.len(), issues), (1, 0));
        prop_assert_eq!(&offers[0].raw, &row);
        prop_assert!(offers[0].notes.is_empty(), "{:?}", &offers[0].notes);
    }

    #[test]
    fn mutations_never_panic(
        row in row(),
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..12),
        cut in any::<prop::sample::Index>(),
        is_cut in any::<bool>(),
    ) {
        let mut bytes = written(&[row.clone(), row], &options());
        for (place, byte) in changes {
            let place = place.index(bytes.len());
            bytes[place] = if byte % 3 == 0 { b"<>&/\"'!?["[usize::from(byte) % 9] } else { byte };
        }
        if is_cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        let (offers, issues) = read(&bytes);
        prop_assert!(offers.len() <= 2 && issues < 20);
        lheo::is_lheo(&bytes);
    }

    #[test]
    fn any_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        read(&bytes);
        lheo::is_lheo(&bytes);
        let mut wide = vec![0xff, 0xfe];
        wide.extend(&bytes);
        read(&wide);
    }
}
