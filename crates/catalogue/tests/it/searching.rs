//! Searches of a small snapshot: pages, counts, sentences, ways out, bytes.

use catalogue::{
    Dropped, Facet, Found, RawTraining, Referential, Selection, SelectionError, Snapshot, Stamp,
};

use crate::{levels, row, training};

fn rows() -> Vec<RawTraining> {
    let mut rgpd = row("rgpd");
    rgpd.title = "Maîtriser le règlement général sur la protection des données".to_owned();
    rgpd.themes = vec!["droit-ethique".to_owned()];
    rgpd.price_eur = Some(1_200.0);
    rgpd.duration_hours = Some(14.0);
    let mut ia = row("ia");
    ia.title = "Découvrir l’intelligence artificielle".to_owned();
    ia.themes = vec!["ia-algorithmes".to_owned(), "droit-ethique".to_owned()];
    ia.price_eur = Some(0.0);
    ia.competences = levels(&[("comprendre-ia", 1)]);
    ia.provider = "Institut d’essai".to_owned();
    let mut sig = row("sig");
    sig.title = "Cartographier ses données".to_owned();
    sig.themes = vec!["geodonnees".to_owned()];
    sig.duration_hours = Some(2.0);
    vec![rgpd, ia, sig]
}

fn snapshot() -> Snapshot {
    let stamp = Stamp { revision: 7, published_at: "2026-01-01T00:00:00Z".to_owned() };
    let trainings: Vec<_> = rows().iter().map(training).collect();
    Snapshot::build(stamp, trainings.into_iter(), Referential::builtin(), 1).expect("a snapshot")
}

fn search(pairs: &[(&str, &str)]) -> Found {
    let selection = Selection::parse(pairs.iter().copied(), &Referential::builtin()).expect("an address");
    snapshot().search(&selection).expect("an answer")
}

fn check(pairs: &[(&str, &str)], expected: &[&str], sentence: &str) {
    let found = search(pairs);
    let ids: Vec<&str> = found.trainings.iter().map(|t| t.id.as_str()).collect();
    let plain = found.sentence.replace('\u{202f}', "").replace('\u{a0}', " ");
    assert_eq!((ids.as_slice(), plain.as_str(), found.total), (expected, sentence, expected.len() as u64));
}

#[test]
fn a_selection_lists_its_trainings_and_says_itself() {
    check(&[("sort", "titre")], &["sig", "ia", "rgpd"], "3 formations, par intitulé.");
    check(
        &[("q", "donnees"), ("sort", "titre")],
        &["sig", "rgpd"],
        "2 formations contenant «donnees», par intitulé.",
    );
    check(&[("q", "***"), ("sort", "titre")], &["sig", "ia", "rgpd"], "3 formations, par intitulé.");
    check(&[("q", "RGPD")], &["rgpd"], "1 formation contenant «RGPD».");
    check(&[("q", "l'IA")], &["ia"], "1 formation contenant «l'IA».");
    check(
        &[("theme", "geodonnees"), ("theme", "ia-algorithmes"), ("sort", "titre")],
        &["sig", "ia"],
        "2 formations sur le thème «Données géographiques» ou «IA et algorithmes», par intitulé.",
    );
    check(&[("duration_max", "7")], &["sig"], "1 formation avec pour durée 7 h au plus.");
    check(
        &[("duration", "inconnue"), ("duration_max", "7"), ("sort", "duree")],
        &["sig", "ia"],
        "2 formations avec pour durée «Durée en heures non précisée» ou 7 h au plus, par durée croissante.",
    );
    check(&[("competence", "comprendre")], &["ia"], "1 formation développant «Comprendre».");
    check(&[("provider", "institut-d-essai")], &["ia"], "1 formation de l’organisme «Institut d’essai».");
}

#[test]
fn a_facet_ignores_its_own_filter_only() {
    let found = search(&[("theme", "geodonnees"), ("price", "inconnu")]);
    let count = |facet: Facet, id: &str| {
        let counts = found.facets.iter().find(|counts| counts.facet == facet).expect("counted");
        counts.values.iter().find(|value| value.id == id).map_or(0, |value| value.count)
    };
    assert_eq!(count(Facet::Theme, "geodonnees"), 1);
    assert_eq!(count(Facet::Theme, "droit-ethique"), 0);
    assert_eq!(count(Facet::Price, "inconnu"), 1);
    assert_eq!(count(Facet::Price, "gratuit"), 0);
    assert_eq!(search(&[("theme", "geodonnees")]).facets[0].values.iter().map(|v| v.count).sum::<u64>(), 4);
}

#[test]
fn nothing_found_says_what_to_drop() {
    let found = search(&[("theme", "geodonnees"), ("price", "gratuit")]);
    let ways: Vec<_> = found.ways_out.iter().map(|way| (way.dropped, way.total)).collect();
    assert_eq!(ways, [(Dropped::Filter(Facet::Theme), 1), (Dropped::Filter(Facet::Price), 1)]);
    for way in &found.ways_out {
        assert_eq!(snapshot().count(&way.selection).expect("counted"), way.total);
    }
}

#[test]
fn an_unknown_provider_is_refused_with_the_nearest() {
    let mut selection = Selection::all();
    selection.values.entry(Facet::Provider).or_default().insert("institut-d-essais".to_owned());
    let error = snapshot().search(&selection).expect_err("refused");
    assert!(
        matches!(error, SelectionError::UnknownValue { nearest: Some(near), .. } if near == "institut-d-essai")
    );
}

#[test]
fn a_snapshot_is_read_back_as_it_was_written() {
    let before = snapshot();
    let mut bytes = Vec::new();
    before.write_to(&mut bytes).expect("written");
    let after = Snapshot::read_from(&mut bytes.as_slice(), Referential::builtin()).expect("read");
    assert_eq!(before.stamp(), after.stamp());
    let all = Selection::all();
    let (old, new) = (before.search(&all).expect("answer"), after.search(&all).expect("answer"));
    assert_eq!(old.trainings, new.trainings);
    for cut in [0, 4, 20, bytes.len() / 2, bytes.len() - 1] {
        assert!(Snapshot::read_from(&mut &bytes[..cut], Referential::builtin()).is_err(), "cut at {cut}");
    }
}

#[test]
fn pages_reach_ten_thousand_trainings() {
    let found = snapshot().search(&Selection::all()).expect("found");
    assert_eq!(found.reachable(), found.total);
    assert_eq!(Found { total: 10_000, ..found.clone() }.reachable(), 10_000);
    assert_eq!(Found { total: 1_234_567, ..found }.reachable(), 10_000);
}
