//! Profiles of actors and tables of correspondences against a count by hand.

use std::collections::BTreeSet;

use catalogue::{Actors, Facet, Group, LEAST_TRAININGS, RawTraining, Snapshot, Verdict};
use proptest::prelude::*;

use crate::cartography::snapshot;
use crate::row;

fn values(raw: &RawTraining, facet: Facet) -> Vec<String> {
    match facet {
        Facet::Theme => raw.themes.clone(),
        Facet::Objective => raw.objectives.clone(),
        Facet::Audience => raw.audiences.clone(),
        Facet::Nature => raw.nature.iter().cloned().collect(),
        Facet::ProviderKind => vec![raw.provider_kind.clone()],
        _ => unreachable!("not profiled"),
    }
}

fn some(ids: &[&'static str]) -> impl Strategy<Value = Vec<String>> + use<> {
    let ids: Vec<String> = ids.iter().map(|id| (*id).to_owned()).collect();
    let most = ids.len();
    proptest::sample::subsequence(ids, 0..=most)
}

fn rows() -> impl Strategy<Value = Vec<RawTraining>> {
    let sets = (some(&["securite", "geodonnees", "data-science"]), some(&["strategie", "sensibilisation"]));
    let more = (some(&["sous-directeurs", "cadres-metiers"]), some(&["certifiante"]), 0..5_usize);
    let raw = (sets, more).prop_map(|((themes, objectives), (audiences, nature, provider))| RawTraining {
        themes,
        objectives,
        audiences,
        nature: nature.into_iter().next(),
        provider: format!("École {provider}"),
        provider_kind: ["public", "prive", "associatif", "public", "prive"][provider].to_owned(),
        ..row("essai")
    });
    proptest::collection::vec(raw, 0..60).prop_map(|rows| {
        (0..).zip(rows).map(|(rank, raw): (u32, _)| RawTraining { id: format!("f-{rank}"), ..raw }).collect()
    })
}

fn check_profile(snapshot: &Snapshot, rows: &[RawTraining], group: &Group) {
    let profile = snapshot.profile(group);
    let inside: Vec<&RawTraining> = rows
        .iter()
        .filter(|raw| match group {
            Group::Kinds(kinds) => kinds.contains(&raw.provider_kind),
            Group::Providers(ids) => ids.contains(&catalogue::slug(&raw.provider)),
        })
        .collect();
    assert_eq!((profile.trainings, profile.whole), (inside.len() as u64, rows.len() as u64));
    for field in &profile.fields {
        let known = |raw: &&RawTraining| !values(raw, field.facet).is_empty();
        assert_eq!(field.known, inside.iter().copied().filter(known).count() as u64);
        assert_eq!(field.whole_known, rows.iter().filter(known).count() as u64);
        for line in &field.lines {
            let has = |raw: &&RawTraining| values(raw, field.facet).contains(&line.id);
            assert_eq!(line.count, inside.iter().copied().filter(has).count() as u64, "{}", line.id);
            assert_eq!(line.whole_count, rows.iter().filter(has).count() as u64, "{}", line.id);
            assert_eq!(line.share.is_some(), field.known > 0);
            if let Some(index) = line.specialisation.as_ref() {
                let group = line.count as f64 / field.known as f64;
                let whole = line.whole_count as f64 / field.whole_known as f64;
                assert!((index.index - group / whole).abs() < 1e-9);
            }
            if line.count < 3 && line.verdict() == Some(Verdict::More) {
                panic!("an index that rests on {} trainings is brought out", line.count);
            }
        }
    }
}

fn check_table(snapshot: &Snapshot, rows: &[RawTraining], actors: Actors, columns: Facet) {
    let map = snapshot.correspondences(actors, columns);
    for (line, actor) in map.rows.iter().enumerate() {
        for (place, column) in map.columns.iter().enumerate() {
            let expected = rows.iter().filter(|raw| {
                let is_of = match actors {
                    Actors::Providers(_) => catalogue::slug(&raw.provider) == actor.id,
                    Actors::Values(facet) => values(raw, facet).contains(&actor.id),
                };
                is_of && values(raw, columns).contains(&column.id)
            });
            assert_eq!(map.counts[line * map.columns.len() + place], expected.count() as u64);
        }
    }
    if let Ok(analysis) = &map.analysis {
        let explained: f64 = analysis.axes.iter().map(|axis| axis.inertia).sum();
        assert!((explained - analysis.inertia).abs() < 1e-9);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]
    #[test]
    fn counts_of_actors_equal_a_count_by_hand(rows in rows(), kind in 0..3_usize, first in 0..5_u8, least in 1..4_u64) {
        let snapshot = snapshot(&rows);
        let kinds = BTreeSet::from([["public", "prive", "associatif"][kind].to_owned()]);
        check_profile(&snapshot, &rows, &Group::Kinds(kinds));
        let providers = (first..5).map(|number| format!("ecole-{number}")).collect();
        check_profile(&snapshot, &rows, &Group::Providers(providers));
        check_table(&snapshot, &rows, Actors::Providers(Some(least)), Facet::Theme);
        check_table(&snapshot, &rows, Actors::Values(Facet::ProviderKind), Facet::Objective);
        check_table(&snapshot, &rows, Actors::Values(Facet::Audience), Facet::Theme);
    }
}

/// `counts` trainings of one organisation each.
fn offer(counts: &[usize]) -> Snapshot {
    let rows = counts.iter().enumerate().flat_map(|(provider, count)| {
        (0..*count).map(move |rank| RawTraining {
            provider: format!("École {provider:03}"),
            themes: vec!["securite".to_owned()],
            ..row(&format!("f-{provider}-{rank}"))
        })
    });
    snapshot(&rows.collect::<Vec<_>>())
}

#[test]
fn the_usual_threshold_keeps_a_map_readable() {
    let check = |counts: &[usize], asked: Option<u64>, expect: (usize, u64, usize)| {
        let map = offer(counts).correspondences(Actors::Providers(asked), Facet::Theme);
        assert_eq!((map.rows.len(), map.least.expect("organisations"), map.left_out), expect);
    };
    check(&[3, 1, 2], None, (3, 1, 0));
    check(&[3, 1, 2], Some(2), (2, 2, 0));
    // Twenty-two organisations of two trainings and two of three: only a threshold of three keeps them few.
    let mut many = vec![2; 22];
    many.extend([3, 3]);
    check(&many, None, (2, 3, 0));
    check(&vec![1; 70], Some(1), (60, 1, 10));
    check(&[], None, (0, 1, 0));
}

#[test]
fn a_table_that_says_nothing_is_told() {
    let map = offer(&[2, 3]).correspondences(Actors::Providers(None), Facet::Theme);
    assert!(map.analysis.expect_err("one column").to_string().contains("deux colonnes"));
    let map = offer(&[]).correspondences(Actors::Providers(None), Facet::Theme);
    assert!(map.analysis.is_err());
}

#[test]
fn an_index_on_one_or_two_trainings_is_not_brought_out() {
    let mut rows = vec![];
    for rank in 0..200 {
        let themes = if rank < 2 { "geodonnees" } else { "securite" };
        let provider = if rank < 4 { "Petite école" } else { "Grande école" };
        let provider_kind = if rank < 4 { "associatif" } else { "public" };
        rows.push(RawTraining {
            themes: vec![themes.to_owned()],
            provider: provider.to_owned(),
            provider_kind: provider_kind.to_owned(),
            ..row(&format!("f-{rank}"))
        });
    }
    let profile = snapshot(&rows).profile(&Group::Providers(BTreeSet::from(["petite-ecole".to_owned()])));
    let line = profile.fields[0].lines.iter().find(|line| line.id == "geodonnees").expect("a theme");
    assert_eq!(line.specialisation.expect("an index").verdict, Verdict::More);
    assert!(line.rests_on_few && line.verdict() == Some(Verdict::Undecided) && LEAST_TRAININGS > 2.0);
}
