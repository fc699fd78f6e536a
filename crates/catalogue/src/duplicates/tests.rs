//! Blocks against a comparison of all pairs. Absent: reasons and decisions (see `tests/it`).

use proptest::prelude::*;

use super::*;
use crate::raw::{RawSource, RawTraining};
use crate::referential::Referential;

const WORDS: [&str; 12] = [
    "donnée",
    "algorithme",
    "juriste",
    "carte",
    "projet",
    "budget",
    "réseau",
    "langage",
    "serveur",
    "public",
    "7",
    "statistique",
];

fn training(at: usize, title: &[usize], summary: &[usize], provider: usize) -> Training {
    let text = |words: &[usize]| words.iter().map(|word| WORDS[*word]).collect::<Vec<_>>().join(" ");
    let raw = RawTraining {
        id: format!("t-{at}"),
        kind: "course".to_owned(),
        title: text(title),
        provider: ["École d’essai", "Institut"][provider].to_owned(),
        provider_kind: "public".to_owned(),
        summary: text(summary),
        source: RawSource { address: "https://exemple.fr/page".to_owned(), seen: None },
        ..RawTraining::default()
    };
    Training::parse(&raw, &Referential::builtin()).expect("a sound row")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_pair_is_missed(
        rows in prop::collection::vec(
            (prop::collection::vec(0..12usize, 1..6), prop::collection::vec(0..12usize, 1..10), 0..2usize),
            2..30,
        ),
        new in 1..10usize,
    ) {
        let trainings: Vec<Training> =
            rows.iter().enumerate().map(|(at, (t, s, p))| training(at, t, s, *p)).collect();
        let cards = cards(trainings.iter());
        let brute = |first: usize, wanted: &dyn Fn(usize, usize) -> bool| {
            let pairs = (0..first).flat_map(|a| (a + 1..cards.len()).map(move |b| (a, b)));
            let found = pairs.filter(|(a, b)| wanted(*a, *b)).filter_map(|(a, b)| compare(&cards[a], &cards[b]));
            found.count()
        };
        let found = near_duplicates(&trainings, &Decisions::default());
        prop_assert_eq!((found.pairs.len(), found.left_out), (brute(cards.len(), &|_, _| true), 0));
        let new = new.min(trainings.len() - 1);
        let of_new = duplicates_of(&trainings[..new], trainings[new..].iter(), &Decisions::default());
        prop_assert_eq!(of_new.pairs.len(), brute(new, &|_, b| b >= new));
    }
}
