//! Personas: what is refused and why, and the way back to a raw persona.

use catalogue::persona::{Persona, RawNeed, RawNotNeeded, RawPersona, headcounts};
use catalogue::{Referential, french};

fn raw() -> RawPersona {
    let need = |id: &str, to: i64| RawNeed { competence: id.to_owned(), to, ..RawNeed::default() };
    RawPersona {
        id: "essai".to_owned(),
        label: "Essai".to_owned(),
        situation: "Essaie.".to_owned(),
        audience: Some("sous-directeurs".to_owned()),
        hours_year_low: Some(7.0),
        hours_year_high: Some(14.0),
        budget_eur: Some(1_500.0),
        formats: vec!["presentiel".to_owned()],
        cities: vec!["Paris".to_owned()],
        languages: vec!["fr".to_owned()],
        deadline: Some("2027-12".to_owned()),
        source: Some("https://exemple.fr/page".to_owned()),
        status: "proposition".to_owned(),
        need: vec![need("culture-donnees", 2), need("comprendre-ia", 1)],
        not_needed: vec![RawNotNeeded {
            competence: "analyse-donnees".to_owned(),
            ..RawNotNeeded::default()
        }],
    }
}

#[test]
fn a_sound_persona_reads_back() {
    let referential = Referential::builtin();
    let persona = Persona::parse(&raw(), &referential).expect("sound");
    assert_eq!((persona.needs.len(), persona.levels()), (2, 3));
    assert_eq!(persona.to_raw(&referential), raw());
}

/// A change makes the persona refused for these keys.
fn check(change: impl FnOnce(&mut RawPersona), keys: &[&str]) {
    let mut changed = raw();
    change(&mut changed);
    let problems = Persona::parse(&changed, &Referential::builtin()).expect_err("refused");
    let found: Vec<&str> = problems.iter().map(|problem| problem.column.as_str()).collect();
    assert_eq!(found, keys, "{problems:?}");
    assert!(problems.iter().all(|problem| !problem.remedy.is_empty()));
}

#[test]
fn what_is_wrong_is_told_by_key() {
    check(|raw| raw.id = "Essai 1".to_owned(), &["id"]);
    check(|raw| raw.label.clear(), &["label"]);
    check(|raw| raw.situation = "a\u{7}".to_owned(), &["situation"]);
    check(|raw| raw.audience = Some("tous".to_owned()), &["audience"]);
    check(|raw| raw.hours_year_low = Some(20.0), &["hours_year_low"]);
    check(|raw| raw.hours_year_high = Some(0.0), &["hours_year_high"]);
    check(|raw| raw.budget_eur = Some(-1.0), &["budget_eur"]);
    check(|raw| raw.formats = vec!["salle".to_owned()], &["formats"]);
    check(|raw| raw.languages = vec!["francais".to_owned()], &["languages"]);
    check(|raw| raw.cities = vec![String::new()], &["cities"]);
    check(|raw| raw.deadline = Some("2027-13".to_owned()), &["deadline"]);
    check(|raw| raw.source = Some("page".to_owned()), &["source"]);
    check(|raw| raw.need.clear(), &["need"]);
    check(|raw| raw.need[1].competence = "donnees".to_owned(), &["need[1].competence"]);
    check(|raw| raw.need[1].competence = "culture-donnees".to_owned(), &["need[1].competence"]);
    check(|raw| raw.need[0].to = 5, &["need[0].to"]);
    check(|raw| raw.need[0].from = 2, &["need[0].from"]);
    check(|raw| raw.need[0].from = -1, &["need[0].from"]);
    check(|raw| raw.need[0].weight = 0.0, &["need[0].weight"]);
    check(|raw| raw.need[0].weight = f64::NAN, &["need[0].weight"]);
    check(|raw| raw.not_needed[0].competence = "culture-donnees".to_owned(), &["not_needed[0].competence"]);
}

#[test]
fn headcounts_are_sourced_and_unknown_ones_have_no_row() {
    let of = |id: &str| -> Vec<String> {
        let line = |row: &catalogue::persona::Headcount| {
            format!(
                "{} : {} ({}, {})",
                row.ministry,
                french::integer(row.count),
                row.kind_in_french(),
                row.year
            )
        };
        headcounts(id).map(line).collect()
    };
    assert_eq!(of("directrice-administration-centrale"), ["État : 221 (effectif, 2019)"]);
    assert_eq!(of("cheffe-service-portefeuille").len(), 8);
    assert!(of("adjoint-projet").is_empty());
}
