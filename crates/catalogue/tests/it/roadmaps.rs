//! Roadmaps: the built-in tables, what is refused of tables, and answers against a plain evaluation.

use std::collections::BTreeSet;

use catalogue::persona::{Circumstances, Persona, RawNeed, RawPersona};
use catalogue::roadmaps::{ActionKind, ActionState, Link, RoadmapTables, Roadmaps, Scope};
use catalogue::{RawTraining, Referential, Snapshot, Stamp, Training, slug};
use proptest::prelude::*;

use crate::{levels, row, training};

const NAMED: &str = "directrice-administration-centrale";

fn snapshot(rows: &[RawTraining]) -> Snapshot {
    let stamp = Stamp { revision: 1, published_at: "2026-01-01T00:00:00Z".to_owned() };
    let trainings: Vec<Training> = rows.iter().map(training).collect();
    Snapshot::build(stamp, trainings.into_iter(), Referential::builtin(), 1).expect("a snapshot")
}

/// Somebody of an identifier who needs some levels.
fn persona(id: &str, needs: &[(&str, i64)]) -> Persona {
    let need =
        |(id, to): &(&str, i64)| RawNeed { competence: (*id).to_owned(), to: *to, ..RawNeed::default() };
    let raw = RawPersona {
        id: id.to_owned(),
        label: "Essai".to_owned(),
        situation: "Essaie.".to_owned(),
        audience: Some("directeurs-administration-centrale".to_owned()),
        hours_year_high: Some(14.0),
        languages: vec!["fr".to_owned()],
        need: needs.iter().map(need).collect(),
        ..RawPersona::default()
    };
    Persona::parse(&raw, &Referential::builtin()).expect("a sound persona")
}

#[test]
fn the_built_in_tables_are_whole() {
    let roadmaps = Roadmaps::builtin();
    assert_eq!((roadmaps.roadmaps.len(), roadmaps.of_ministries().count()), (17, 15));
    assert_eq!(roadmaps.actions.len(), 81);
    assert!(roadmaps.of_ministries().all(|roadmap| roadmap.id == slug(&roadmap.ministry)));
    let ids: BTreeSet<&str> = roadmaps.actions.iter().map(|action| action.id.as_str()).collect();
    assert_eq!(ids.len(), 81);
    let training = roadmaps.actions.iter().filter(|action| action.kind == ActionKind::Training);
    let (linked, unlinked): (Vec<_>, Vec<_>) = training.partition(|action| action.unlinked.is_none());
    assert_eq!((linked.len(), unlinked.len()), (11, 6));
    assert!(linked.iter().all(|action| !action.links.is_empty()));
    assert!(unlinked.iter().all(|action| action.links.is_empty()));
}

#[test]
fn a_total_that_no_source_states_is_unknown() {
    let roadmaps = Roadmaps::builtin();
    let stated: Vec<(&str, u32)> = roadmaps
        .roadmaps
        .iter()
        .filter_map(|roadmap| Some((roadmap.id.as_str(), roadmap.actions_total?)))
        .collect();
    let expected =
        [("ensemble-des-15-feuilles-de-route", 500), ("culture", 45), ("economie-finances-et-relance", 25)];
    assert_eq!(stated, expected);
    assert_eq!(roadmaps.roadmaps[0].scope, Scope::All);
    assert_eq!(roadmaps.figures.len(), 68);
    assert_eq!(roadmaps.figures.iter().filter(|figure| figure.count.is_none()).count(), 17);
}

const INDEX: &str = "id,ministry,scope,published,horizon,actions_total,pdf,source_url,note\n\
    culture,Culture,ministere,2021-09-27,,45,,https://exemple.fr/,\n";
const ACTIONS: &str = "id,roadmap,title,kind,published,due,source_url,note\n\
    culture-1,culture,Former,formation,2021-09-27,,https://exemple.fr/,\n\
    culture-2,culture,Ouvrir,ouverture,2021-09,,https://exemple.fr/,\n";
const LINKS: &str = "action,competence,level,persona,reason\nculture-1,culture-donnees,1,,c’est dit\n";
const MINISTRIES: &str = "roadmaps,ministry,kind,what,count,year,source_url,note\n\
    culture,Culture,nombre,agents,3,,https://exemple.fr/,\n";

/// Tables that are sound but for a text replaced are refused with these words.
fn check(text: &str, by: &str, expect: &str) {
    let tables = [INDEX, ACTIONS, LINKS, MINISTRIES].map(|table| table.replace(text, by));
    let [roadmaps, actions, links, ministries] = &tables;
    let read =
        Roadmaps::read(&RoadmapTables { roadmaps, actions, links, ministries }, &Referential::builtin());
    let error = read.expect_err(expect).to_string();
    assert!(error.contains(expect), "{error}");
}

#[test]
fn what_is_wrong_in_a_table_is_told_with_its_row() {
    let tables = RoadmapTables { roadmaps: INDEX, actions: ACTIONS, links: LINKS, ministries: MINISTRIES };
    Roadmaps::read(&tables, &Referential::builtin()).expect("sound tables");
    check("culture-2,culture,", "culture-1,culture,", "écrite deux fois");
    check("culture-2,culture,", "culture-2,justice,", "sa feuille de route n’existe pas");
    check("culture-2,culture,", "culture-deux,culture,", "suivi d’un numéro");
    check("ouverture", "rien", "ce type d’action n’existe pas");
    check("ministere", "commune", "« scope »");
    check("2021-09-27", "2021-27", "la date n’a pas la bonne forme");
    check("https://exemple.fr/", "exemple", "adresse");
    check("culture-1,culture-donnees", "culture-3,culture-donnees", "cette action n’existe pas");
    check("culture-1,culture-donnees", "culture-2,culture-donnees", "pas une action de formation");
    check("culture-donnees,1,,", "donnees,1,,", "n’existe pas");
    check("culture-donnees,1,,", "culture-donnees,5,,", "de 1 à 4");
    check("culture-donnees,1,,", "culture-donnees,,quelqu-un,", "un persona demande un niveau");
    check("culture-donnees,1,,", ",1,,", "une seule raison");
    check("c’est dit\n", "\n", "le texte est vide");
    check("c’est dit\n", "c’est dit\nculture-1,culture-donnees,1,,encore\n", "écrit deux fois");
    check("c’est dit\n", "c’est dit\nculture-1,,,,rien à enseigner\n", "ou la raison de n’en pas avoir");
    check("culture-1,culture-donnees,1,,c’est dit\n", "", "ou la raison de n’en pas avoir");
    check("nombre,agents,3", "nombre,agents,", "va sans nombre");
    check("culture,Culture,nombre", "culture|justice,Culture,nombre", "justice\u{202f}» n’existe pas");
}

/// Trainings that answer a link, by reading the rows again.
fn plain(rows: &[RawTraining], snapshot: &Snapshot, link: &Link, personas: &[Persona]) -> BTreeSet<String> {
    let id = &snapshot.referential().term(link.competence).id;
    let needed = |persona: &&Persona| {
        link.persona.as_ref() == Some(&persona.id)
            && persona.need(link.competence).is_some_and(|need| Some(need.to) >= link.level)
    };
    if let (Some(persona), Some(level)) = (personas.iter().find(needed), link.level) {
        let all = snapshot.candidates(persona, &Circumstances::default(), link.competence, level);
        let suiting = all.into_iter().filter(|one| one.kept_out_by.is_empty());
        return suiting.map(|one| one.training.id.to_string()).collect();
    }
    let answers = |raw: &&RawTraining| {
        let reached = raw.competences.get(id).copied().unwrap_or(0);
        let asked = raw.prerequisites.get(id).copied().unwrap_or(0);
        let level = link.level.map_or(1, |level| level.number());
        raw.kind != "exam" && reached >= level && (link.level.is_none() || asked < level)
    };
    rows.iter().filter(answers).map(|raw| raw.id.clone()).collect()
}

fn check_answers(rows: &[RawTraining], personas: &[Persona]) -> Result<(), TestCaseError> {
    let (roadmaps, snapshot) = (Roadmaps::builtin(), snapshot(rows));
    let provider = |id: &String| &rows.iter().find(|raw| raw.id == *id).expect("a row").provider;
    let count =
        |found: &BTreeSet<String>| (found.len(), found.iter().map(provider).collect::<BTreeSet<_>>().len());
    for (action, answer) in roadmaps.actions.iter().zip(snapshot.answers(&roadmaps, personas)) {
        let found: Vec<BTreeSet<String>> =
            action.links.iter().map(|link| plain(rows, &snapshot, link, personas)).collect();
        for (found, link) in found.iter().zip(&answer.links) {
            prop_assert_eq!((link.trainings, link.providers), count(found), "{}", &action.id);
        }
        let whole = found.iter().flatten().cloned().collect();
        prop_assert_eq!((answer.trainings, answer.providers), count(&whole), "{}", &action.id);
        let met = found.iter().filter(|found| !found.is_empty()).count();
        let expected = match (action.kind, found.len()) {
            (kind, _) if kind != ActionKind::Training => ActionState::Other,
            (_, 0) => ActionState::Unjudged,
            (_, all) if met == all => ActionState::Answered,
            _ if met > 0 => ActionState::Partly,
            _ => ActionState::Unanswered,
        };
        prop_assert_eq!(answer.state, expected, "{}", &action.id);
    }
    Ok(())
}

/// A training of one or two of the competences that links name.
fn any_training() -> impl Strategy<Value = RawTraining> {
    const LINKED: [&str; 6] =
        ["culture-donnees", "analyse-donnees", "code-ouvert", "equipe-data", "decision-donnees", "cas-usage"];
    let audience = proptest::option::of(prop::sample::select(vec![
        "directeurs-administration-centrale",
        "cadres-techniques",
    ]));
    let taught =
        proptest::collection::btree_map(prop::sample::select(LINKED.to_vec()), (1..=4u8, 0..=4u8), 1..3);
    let kind = prop::sample::select(vec!["course", "course", "event", "exam"]);
    (taught, kind, audience, 1..30u8, 0..4u8).prop_map(|(taught, kind, audience, hours, provider)| {
        RawTraining {
            kind: kind.to_owned(),
            provider: format!("Organisme {provider}"),
            duration_hours: Some(hours.into()),
            audiences: audience.into_iter().map(str::to_owned).collect(),
            competences: taught.iter().map(|(id, (to, _))| ((*id).to_owned(), *to)).collect(),
            prerequisites: taught
                .iter()
                .filter(|(_, (to, from))| *from > 0 && from <= to)
                .map(|(id, (_, from))| ((*id).to_owned(), *from))
                .collect(),
            ..row("a")
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]
    #[test]
    fn answers_are_those_of_a_plain_evaluation(rows in proptest::collection::vec(any_training(), 0..12)) {
        let numbered = rows.into_iter().enumerate();
        let rows: Vec<RawTraining> =
            numbered.map(|(at, raw)| RawTraining { id: format!("a{at}"), title: format!("Formation {at}"), ..raw }).collect();
        check_answers(&rows, &[persona(NAMED, &[("culture-donnees", 2), ("decision-donnees", 1)])])?;
        check_answers(&rows, &[])?;
    }
}

#[test]
fn a_link_counts_for_its_persona_when_she_is_in_place_and_needs_it() {
    let for_her = RawTraining {
        audiences: vec!["directeurs-administration-centrale".to_owned()],
        competences: levels(&[("culture-donnees", 1)]),
        ..row("a")
    };
    let for_others = RawTraining { audiences: vec!["cadres-techniques".to_owned()], ..for_her.clone() };
    let for_others = RawTraining { id: "b".to_owned(), title: "Autre".to_owned(), ..for_others };
    let (roadmaps, snapshot) = (Roadmaps::builtin(), snapshot(&[for_her, for_others]));
    let first = |personas: &[Persona]| {
        let answers = snapshot.answers(&roadmaps, personas);
        let at =
            roadmaps.actions.iter().position(|action| action.id == "ensemble-des-15-feuilles-de-route-4");
        let link = &answers[at.expect("the action")].links[0];
        (link.persona.clone(), link.trainings)
    };
    assert_eq!(first(&[persona(NAMED, &[("culture-donnees", 1)])]), (Some(NAMED.to_owned()), 1));
    assert_eq!(first(&[persona(NAMED, &[("cas-usage", 1)])]), (None, 2));
    assert_eq!(first(&[]), (None, 2));
}
