//! Trainings to build: what is asked, by property; what a length may promise and what is composed of it, by example. Absent: the
//! choice (see `actions`).

use catalogue::gaps::Gaps;
use catalogue::pathways::PathwayRequest;
use catalogue::persona::{Circumstances, Persona, RawNeed, RawPersona};
use catalogue::recommendations::{
    Draft, Promise, RecommendationRequest, SheetEdits, Standing, Template, drafts, nearest,
};
use catalogue::{Level, RawTraining, Referential, Snapshot, Stamp, Training};
use proptest::prelude::*;

use crate::{levels, row, training};

fn snapshot(rows: &[RawTraining]) -> Snapshot {
    let stamp = Stamp { revision: 1, published_at: "2026-01-01T00:00:00Z".to_owned() };
    let trainings: Vec<Training> = rows.iter().map(training).collect();
    Snapshot::build(stamp, trainings.into_iter(), Referential::builtin(), 1).expect("a snapshot")
}

fn persona(id: &str, needs: &[(&str, u8)], hours: f64) -> Persona {
    let raw = RawPersona {
        id: id.to_owned(),
        label: id.to_owned(),
        situation: "Essaie.".to_owned(),
        audience: Some("sous-directeurs".to_owned()),
        hours_year_high: Some(hours),
        formats: vec!["presentiel".to_owned()],
        languages: vec!["fr".to_owned()],
        need: needs
            .iter()
            .map(|(competence, to)| RawNeed {
                competence: (*competence).to_owned(),
                to: i64::from(*to),
                ..RawNeed::default()
            })
            .collect(),
        ..RawPersona::default()
    };
    Persona::parse(&raw, &Referential::builtin()).expect("a sound persona")
}

/// Five trainings of a day that each bring so many competences to a level.
fn days(competences: &[(&str, u8)]) -> Vec<RawTraining> {
    let one = |number: usize| RawTraining {
        duration_hours: Some(7.0),
        formats: vec!["distanciel".to_owned()],
        competences: levels(competences),
        ..row(&format!("jour-{number}"))
    };
    (0..5).map(one).collect()
}

fn standing(snapshot: &Snapshot, persona: Persona) -> Standing {
    let gaps: Gaps = snapshot.gaps(&persona, &Circumstances::default());
    Standing { persona, people: 1, reached: vec![0; 64], gaps }
}

fn composed(rows: &[RawTraining], personas: Vec<Persona>) -> (Snapshot, Vec<Standing>, Vec<Draft>) {
    let snapshot = snapshot(rows);
    let standings: Vec<Standing> = personas.into_iter().map(|own| standing(&snapshot, own)).collect();
    let templates = Template::learnt(&snapshot, Promise::Median);
    let drafts = drafts(snapshot.referential(), &standings, &templates);
    (snapshot, standings, drafts)
}

#[test]
fn a_length_promises_what_half_of_its_trainings_bring() {
    let mut rows = days(&[("culture-donnees", 2), ("lire-chiffres", 2)]);
    rows[0].competences = levels(&[("culture-donnees", 1)]);
    rows[1].competences = levels(&[("culture-donnees", 1)]);
    rows.extend((0..4).map(|number| RawTraining {
        duration_hours: Some(3.0),
        competences: levels(&[("culture-donnees", 1)]),
        ..row(&format!("matin-{number}"))
    }));
    let check = |promise: Promise, expect: (usize, usize, u8)| {
        let learnt = Template::learnt(&snapshot(&rows), promise);
        // Four mornings are too few to learn from.
        assert_eq!(learnt.len(), 1);
        let own = &learnt[0];
        assert_eq!((own.hours, own.sample), (7.0, 5));
        assert_eq!((own.competences, own.gains, own.top), expect);
    };
    check(Promise::Median, (2, 4, 2));
    rows[2].competences = levels(&[("culture-donnees", 1)]);
    let own = &Template::learnt(&snapshot(&rows), Promise::Median)[0];
    assert_eq!((own.competences, own.gains, own.top), (1, 1, 1));
    let own = &Template::learnt(&snapshot(&rows), Promise::High)[0];
    assert_eq!((own.competences, own.gains, own.top), (2, 4, 2));
}

#[test]
fn a_level_above_the_top_asks_for_trainings_that_reach_it_so() {
    let mut rows = days(&[("culture-donnees", 2)]);
    let deep = |rows: &[RawTraining]| Template::learnt(&snapshot(rows), Promise::Median)[0].clone();
    assert!(!deep(&rows).may_bring(2, Level::new(3).expect("a level")));
    rows.extend((0..3).map(|number| RawTraining {
        duration_hours: Some(7.0),
        competences: levels(&[("culture-donnees", 3)]),
        prerequisites: levels(&[("culture-donnees", 2)]),
        ..row(&format!("suite-{number}"))
    }));
    let own = deep(&rows);
    assert!(own.may_bring(2, Level::new(3).expect("a level")));
    assert!(!own.may_bring(1, Level::new(3).expect("a level")));
}

#[test]
fn drafts_are_full_of_one_block_and_for_all_to_whom_each_level_is_of_use() {
    let rows = days(&[("culture-donnees", 2), ("lire-chiffres", 2)]);
    let both = [("culture-donnees", 2), ("lire-chiffres", 2), ("achat-financement", 2)];
    let (snapshot, standings, all) = composed(
        &rows,
        vec![persona("a", &both, 14.0), persona("b", &both[..2], 14.0), persona("c", &both, 3.0)],
    );
    let referential = snapshot.referential();
    let shared = all.iter().find(|draft| draft.lifts.len() == 2).expect("a draft of two competences");
    // The third has no time for a day.
    assert_eq!(shared.audience, [0, 1]);
    for draft in &all {
        let block =
            |competence| referential.blocks().iter().position(|own| own.competences.contains(&competence));
        let first = block(draft.lifts[0].competence);
        assert!(draft.lifts.iter().all(|lift| block(lift.competence) == first));
        assert_eq!(referential.term(draft.format).id, "presentiel");
        let training = draft.training(&standings, referential);
        assert!(training.duration_hours.map(|own| own.get()) == Some(7.0));
    }
    let asked = PathwayRequest::default();
    let offered: Vec<_> = standings.iter().map(|own| snapshot.offered(&own.persona, &asked)).collect();
    let near = nearest(&snapshot, &offered, shared);
    assert_eq!((near[0].levels, near[0].lacks.len()), (4, 0));
    // Given at a distance only: kept out by its format, and by nothing that nobody states.
    assert!(near[0].kept_out.iter().all(|(_, obstacles)| obstacles.len() == 1));
}

#[test]
fn nothing_is_composed_without_need_or_without_lengths() {
    let rows = days(&[("culture-donnees", 2)]);
    assert!(composed(&rows, vec![persona("a", &[("achat-financement", 2)], 2.0)]).2.is_empty());
    assert!(composed(&rows[..4], vec![persona("a", &[("culture-donnees", 2)], 14.0)]).2.is_empty());
    assert!(composed(&rows, Vec::new()).2.is_empty());
}

proptest! {
    #[test]
    fn addresses_say_requests_and_back(
        count in 1..=10_u8, people in proptest::option::of(1..=1_000_000_u32), chosen in any::<bool>(), high in any::<bool>(),
    ) {
        let personas = [persona("a", &[("culture-donnees", 2)], 14.0), persona("b", &[("lire-chiffres", 2)], 14.0)];
        let request = RecommendationRequest {
            count,
            personas: if chosen { vec!["b".to_owned()] } else { Vec::new() },
            people: people.map(|people| ("a".to_owned(), people)).into_iter().collect(),
            promise: if high { Promise::High } else { Promise::Median },
        };
        let pairs = request.pairs();
        let read = RecommendationRequest::parse(pairs.iter().map(|(name, value)| (*name, value.as_str())), &personas);
        prop_assert_eq!(read, Ok(request));
    }

    #[test]
    fn any_pairs_are_read_without_harm(name in "(nombre|persona|effectif|promesse|effectif-a|titre|heures|groupe|format)", value in "\\PC{0,40}") {
        let pairs = [(name.as_str(), value.as_str())];
        let _ = RecommendationRequest::parse(pairs, &[persona("a", &[("culture-donnees", 2)], 14.0)]);
        if let Ok(edits) = SheetEdits::parse(pairs, &Referential::builtin()) {
            let pairs = edits.pairs(&Referential::builtin());
            let again = SheetEdits::parse(pairs.iter().map(|(name, value)| (*name, value.as_str())), &Referential::builtin());
            prop_assert_eq!(again, Ok(edits));
        }
    }
}
