//! Pairs of trainings that look like one, their reasons and the decisions about them.

use catalogue::duplicates::{Decision, Decisions, Verdict, duplicates_of, near_duplicates};
use catalogue::{RawTraining, Seen, Training, TrainingId};

use crate::{row, training};

fn titled(id: &str, title: &str, provider: &str) -> RawTraining {
    let mut raw = row(id);
    raw.title = title.to_owned();
    raw.provider = provider.to_owned();
    raw.summary = format!("Phrase{id}, terme{id}, idée{id}.");
    raw
}

fn check(a: RawTraining, b: RawTraining, expected: Option<&[&str]>) {
    let found = near_duplicates(&[training(&a), training(&b)], &Decisions::default());
    let why = found.pairs.first().map(|pair| pair.why.iter().map(|why| why.in_french()).collect::<Vec<_>>());
    let why: Option<Vec<String>> =
        why.map(|why| why.iter().map(|why| why.replace('\u{202f}', " ")).collect());
    let expected = expected.map(|why| why.iter().map(|why| (*why).to_owned()).collect::<Vec<_>>());
    assert_eq!(why, expected, "{:?}", found.pairs);
    assert_eq!(found.limits(), None);
}

#[test]
fn reasons_are_said_in_french() {
    let school = "École nationale d’essai";
    check(
        titled("a", "Initiation au RGPD", school),
        titled("b", "INITIATION AU RGPD !", school),
        Some(&["même intitulé à la ponctuation près", "même organisme"]),
    );
    let mut one = titled("a", "Initiation au RGPD", "CNED");
    let mut other = titled("b", "Initiation au RGPD", "Centre national d’enseignement distant");
    one.url = Some("https://www.exemple.fr/rgpd/?utm_source=lettre".to_owned());
    other.url = Some("http://exemple.fr/rgpd#programme".to_owned());
    check(
        one,
        other,
        Some(&["même intitulé à la ponctuation près", "même adresse", "même organisme sous un autre nom"]),
    );
    let mut one = titled("a", "Découvrir la carte", school);
    let mut other = titled("b", "Lire un plan", school);
    one.summary = "Projection, coordonnées, fonds, légende et symboles".to_owned();
    other.summary = "Projection, coordonnées, fonds et légende".to_owned();
    check(one, other, Some(&["résumés proches : 80 % de mots communs", "même organisme"]));
}

#[test]
fn a_series_and_a_common_title_are_no_pairs() {
    check(titled("a", "Python niveau 1", "Essai"), titled("b", "Python niveau 2", "Essai"), None);
    check(titled("a", "Piloter par la donnée", "Essai"), titled("b", "Ouvrir ses codes", "Essai"), None);
}

fn twins() -> Vec<Training> {
    [("a", "Initiation au RGPD"), ("b", "Initiation au RGPD."), ("c", "Autre chose")]
        .map(|(id, title)| training(&titled(id, title, "Essai")))
        .to_vec()
}

#[test]
fn a_decided_pair_is_not_shown_again() {
    let id = |id: &str| TrainingId::parse(id).expect("an identifier");
    let mut decisions = Decisions::default();
    assert_eq!(near_duplicates(&twins(), &decisions).pairs.len(), 1);
    let decision = Decision {
        keep: id("b"),
        other: id("a"),
        verdict: Verdict::Apart,
        reason: "Deux sessions.".to_owned(),
        date: Seen::parse("2026").expect("a date"),
    };
    decisions.add(decision.clone()).expect("a first decision");
    assert!(decisions.add(decision).is_err());
    assert!(near_duplicates(&twins(), &decisions).pairs.is_empty());
}

#[test]
fn new_trainings_are_compared_with_the_catalogue_and_not_with_themselves() {
    let twins = twins();
    let pairs = |new: &[Training]| duplicates_of(new, twins.iter(), &Decisions::default()).pairs;
    assert_eq!(pairs(&[]), [], "the pairs of the catalogue are not those of nothing");
    let mut new = titled("n", "initiation au rgpd", "Essai");
    let found = pairs(&[training(&new)]);
    assert_eq!(found.iter().map(|pair| pair.b.as_str()).collect::<Vec<_>>(), ["a", "b"]);
    assert!(found.iter().all(|pair| pair.a.as_str() == "n"));
    new.id = "a".to_owned();
    let found = pairs(&[training(&new)]);
    assert_eq!(found.iter().map(|pair| pair.b.as_str()).collect::<Vec<_>>(), ["b"]);
}
